"""Strips with a worker that tests speak for."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

from fakes import CARD, FakeWorker, frame_of, picture_view_of, saved_of
from samples import recipe_of

from ldm_desktop.core.events import Stepped, Stripped
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.session.explore.strip_way import Way
from ldm_desktop.session.explore.strips import Strips
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.draft import Draft, Drafted, DraftState
from ldm_desktop.worker.work import PictureView, Request, Saved


def saved_subject(seed: int = 3, steps: int = 20, **changes: Any) -> Subject:
    """Give a saved picture, with its pixels at hand."""
    recipe = recipe_of(seed, steps=steps, size=(128, 128), **changes)
    return Subject(recipe, uuid4(), image_of(frame_of(1000 + seed)))


def draft_subject(seed: int = 3, steps: int = 20, name: SamplerName = SamplerName.DDIM) -> Subject:
    """Give a picture of which there is only a recipe."""
    return Subject(recipe_of(seed, name, steps=steps, size=(128, 128)))


class StripScene:
    """Strips, and what was asked of the worker by them."""

    def __init__(self, folder: str = CARD.folder) -> None:
        self.worker = FakeWorker()
        self.folder = folder
        orders = SimpleNamespace(folder_of=self._folder_of)
        self.strips = Strips(cast("Any", self.worker), cast("Any", orders))
        self.said: list[str] = []
        self.strips.notice.connect(self.said.append)

    def _folder_of(self, _recipe: Recipe) -> str:
        return self.folder

    @property
    def rows(self) -> tuple[Way, ...]:
        """The rows."""
        return self.strips.rows

    def wanted(self) -> dict[UUID, Draft]:
        """Give the drafts that are wanted now, of all owners."""
        last = {call[0].owner: call[0].drafts for call in self.worker.called("draft")}
        return {draft.id: draft for drafts in last.values() for draft in drafts}

    def submitted(self) -> list[Request]:
        """Give what was submitted."""
        return [call[0] for call in self.worker.called("submit")]

    def answer(self, way: Way, *steps: int) -> None:
        """Tell what keyframes there are of a way, each with a colour of its own."""
        frames = [frame_of(step, (8, 8)) for step in steps]
        pixels = b"".join(frame.pixels[y * 24 : (y + 1) * 24] for y in range(8) for frame in frames)
        frame = Frame(8 * len(steps), 8, pixels) if steps else None
        self.worker.stripped.emit(Stripped(way.id, steps, frame))

    def fill(self, way: Way) -> None:
        """Tell that there are keyframes along the whole way."""
        self.answer(way, *range(1, way.end + 1))

    def drafted(
        self,
        draft: UUID,
        done: int,
        state: DraftState = DraftState.FORMING,
        *,
        sharp: bool = False,
        sentence: str = "",
        frame: Frame | None = None,
    ) -> None:
        """Tell of a draft; its frame has the colour of the step."""
        if frame is None and state is not DraftState.FAILED:
            frame = frame_of(done, (128, 128) if sharp else (8, 8))
        self.worker.drafted.emit(Drafted(uuid4(), draft, state, done, 20, frame, sharp, sentence))

    def run(self, request: Request, done: int) -> PictureView:
        """Tell of a fork that forms, with a preview."""
        view = picture_view_of(request, done=done)
        self.worker.picture_changed.emit(view)
        frame = frame_of(done, (8, 8))
        self.worker.previewed.emit(Stepped(request.id, view.id, done, view.total, frame))
        return view

    def save(self, request: Request) -> Saved:
        """Tell that a fork is saved."""
        saved = saved_of(request.id, request.recipe, Path("fork.png"))
        self.worker.saved.emit(saved)
        return saved
