"""A worker without a thread, and values to show: for tests of the session and the views."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal
from samples import ENVIRONMENT, SCHEDULE, recipe_of

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.morph import Morph, Waypoint, moments, recipe_at
from ldm_desktop.core.noise import Noise
from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.core.recipe import ModelRef, Recipe
from ldm_desktop.worker.work import (
    JobState,
    JobView,
    PictureState,
    PictureView,
    Purpose,
    Request,
    Saved,
)

CARD = ModelCard(
    ref=ModelRef("5f3a9c21" * 8, "landscapes", "resources"),
    folder="models/landscapes",
    size=(128, 128),
    multiple=32,
    factor=4,
    channels=3,
    schedule=SCHEDULE,
    spacing="leading",
    licence="Apache-2.0",
)


def frame_of(seed: int = 3, size: tuple[int, int] = (128, 128)) -> Frame:
    """Give soft coloured bands, each seed's of its own colours."""
    width, height = size
    dye = hashlib.sha256(str(seed).encode()).digest()
    rows = []
    for y in range(height):
        t = y / height
        colour = bytes(int(dye[i] * (1 - t) + dye[i + 3] * t) for i in range(3))
        rows.append(colour * width)
    return Frame(width, height, b"".join(rows))


def request_of(seed: int = 3, count: int | None = 1, **changes: Any) -> Request:
    """Give a request for pictures of 128 x 128."""
    entries: dict[str, Any] = {
        "id": uuid4(),
        "recipe": recipe_of(seed, size=(128, 128)),
        "model_folder": CARD.folder,
        "created": "2026-11-23T06:30:00+00:00",
        "count": count,
    }
    return Request(**entries | changes)


def morph_of(*noises: Noise, seconds: float = 4.0, closed: bool = False) -> Morph:
    """Give a path through noises at two frames a second, each 90 degrees from the next."""
    recipe = recipe_of(3, steps=2, size=(128, 128))
    waypoints = tuple(Waypoint(noise) for noise in noises)
    angles = (90.0,) * (len(noises) - (not closed))
    return Morph(recipe, waypoints, angles, seconds, fps=2, closed=closed)


def frames_of(morph: Morph, folder: str = "frames", **changes: Any) -> Request:
    """Give a request for the frames of a path."""
    entries: dict[str, Any] = {
        "recipe": recipe_at(morph, 0),
        "purpose": Purpose.FRAME,
        "morph": morph,
        "folder": folder,
    }
    return request_of(count=len(moments(morph)), **entries | changes)


def job_of(request: Request, state: JobState = JobState.RUNNING, **changes: Any) -> JobView:
    """Give a job's view."""
    entries: dict[str, Any] = {
        "request": request,
        "state": state,
        "saved": 0,
        "failed": 0,
        "total": request.count,
        "share": 0.25,
        "eta": 12.0,
        "steps_per_second": 8.5,
    }
    return JobView(**entries | changes)


def picture_view_of(request: Request, number: int = 0, **changes: Any) -> PictureView:
    """Give a picture's view."""
    recipe = request.recipe_at(number)
    entries: dict[str, Any] = {
        "id": uuid4(),
        "job": request.id,
        "number": number,
        "recipe": recipe,
        "state": PictureState.RUNNING,
        "done": 5,
        "total": recipe.evaluations,
        "eta": 3.0,
    }
    return PictureView(**entries | changes)


def saved_of(job: UUID, recipe: Recipe, file: Path, picture: UUID | None = None) -> Saved:
    """Give the news of a saved picture; the file need not exist."""
    frame = frame_of(0, recipe.size)
    record = PictureRecord(
        picture or uuid4(),
        recipe,
        ENVIRONMENT,
        frame.sha256,
        "2026-11-23T06:30:00+00:00",
        1.5,
    )
    return Saved(job, record, file, frame)


class FakeWorker(QObject):
    """Has the signals of `worker.thread.Worker`, and remembers what it was asked in `calls`."""

    status_changed = Signal(object)
    model_ready = Signal(object)
    model_refused = Signal(str, str)
    job_changed = Signal(object)
    job_removed = Signal(object)
    jobs_ordered = Signal(object)
    picture_changed = Signal(object)
    previewed = Signal(object)
    saved = Signal(object)
    queue_changed = Signal(object)
    paces_changed = Signal(object)
    looked = Signal(object)
    look_done = Signal(object)
    drafted = Signal(object)
    stripped = Signal(object)
    measured = Signal(object)
    notice = Signal(str)
    bug = Signal(str, str)

    METHODS = frozenset(
        [
            *("open_model", "submit", "pause", "resume", "cancel", "retry", "duplicate", "remove"),
            *("clear_ended", "move", "pause_queue", "resume_queue", "stop_here"),
            *("look", "look_sharp", "seen", "list_pictures", "replace_engine", "configure"),
            *("retry_saving", "shut_down", "draft", "strip", "measure", "leave_out"),
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        """Give a method that only notes its call."""
        if name not in self.METHODS:
            raise AttributeError(name)
        return lambda *arguments, **named: self.calls.append((name, *arguments, *named.values()))

    def called(self, name: str) -> list[tuple[Any, ...]]:
        """Give the arguments of each call of a method."""
        return [call[1:] for call in self.calls if call[0] == name]
