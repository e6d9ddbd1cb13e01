"""A morph with a worker that tests can speak for, and frames that nobody had to compute."""

from __future__ import annotations

from pathlib import Path

from fakes import CARD, FakeWorker, frame_of, job_of
from PySide6.QtCore import QObject, Signal
from samples import picture_of, recipe_of

from ldm_desktop.core.events import Measured
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.morph import Easing, Morph, Waypoint, moments
from ldm_desktop.core.noise import Seed, first_seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery import files
from ldm_desktop.gallery.animation.film import Film
from ldm_desktop.session.explore.morphs import Morphs
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.draft import Drafted, DraftState
from ldm_desktop.worker.work import JobState, JobView, Request

SIZE = (32, 16)
ANGLE = 84.0


def path_of(
    *seeds: int,
    holds: tuple[float, ...] = (),
    seconds: float = 1.0,
    fps: int = 6,
    closed: bool = False,
    easing: Easing = Easing.NONE,
    size: tuple[int, int] = SIZE,
) -> Morph:
    """Give a path through seeds, all of whose angles are alike."""
    rests = (*holds, *(0.0 for _ in seeds))
    waypoints = tuple(Waypoint(Seed(seed), rests[n]) for n, seed in enumerate(seeds))
    angles = (ANGLE,) * (len(seeds) - (not closed))
    recipe = recipe_of(seeds[0], size=size)
    return Morph(recipe, waypoints, angles, seconds, fps, closed, easing)


def film_of(morph: Morph, folder: Path, *, made: int | None = None) -> Film:
    """Give a film of which so many frames are made; all of them, if nothing is said."""
    folder.mkdir(parents=True, exist_ok=True)
    film = Film(morph, folder)
    for number in range(len(moments(morph)) if made is None else made):
        if not film.file(number).exists():
            files.save_as(picture_of(film.recipe(number)), film.file(number))
    return film


class FakeShelf(QObject):
    """Models that are here; it only tells when that changes."""

    entries_changed = Signal(object)


class FakeOrders:
    """Knows where the model of all recipes is."""

    def __init__(self) -> None:
        self.folder = CARD.folder

    def folder_of(self, _recipe: Recipe) -> str:
        """Give the folder; "" if the test has taken it away."""
        return self.folder


class MorphScene:
    """A morph whose worker answers when it is told to."""

    def __init__(self, data: Path) -> None:
        self.worker = FakeWorker()
        self.orders = FakeOrders()
        self.shelf = FakeShelf()
        self.data = data
        self.notices: list[str] = []
        self.morphs = Morphs(
            self.worker,  # type: ignore[arg-type]
            self.orders,  # type: ignore[arg-type]
            self.shelf,  # type: ignore[arg-type]
            data,
        )
        self.morphs.notice.connect(self.notices.append)

    def subject(self, seed: int, **changes: object) -> Subject:
        """Give a picture of a seed."""
        recipe = recipe_of(seed, **{"size": CARD.size, **changes})
        return Subject(recipe, image=image_of(frame_of(seed, recipe.size)))

    def add(self, *seeds: int) -> None:
        """Put pictures on the path, as somebody does who looks at them."""
        for seed in seeds:
            self.morphs.add([self.subject(seed)])

    def travel(self, *seeds: int) -> Morph:
        """Give a path that is measured."""
        self.add(*seeds)
        self.open_model()
        self.measure()
        path = self.morphs.path
        assert path is not None, self.morphs.obstacle
        return path

    def open_model(self) -> None:
        """Tell that the model is open."""
        self.worker.model_ready.emit(CARD)

    def measure(self, degrees: float = ANGLE) -> None:
        """Answer what was asked last: all angles are alike."""
        if asked := self.worker.called("measure"):
            number, _, noises = asked[-1]
            angles = (degrees,) * (len(noises) - 1)
            self.worker.measured.emit(Measured(number, angles))

    def wanted(self) -> tuple[object, ...]:
        """Give the drafts that are wanted now."""
        calls = self.worker.called("draft")
        return calls[-1][0].drafts if calls else ()

    def rest(self, draft: object, frame: Frame | None = None) -> None:
        """Tell that a draft has come to rest."""
        owner = self.worker.called("draft")[-1][0].owner
        recipe = draft.recipe
        frame = frame or frame_of(first_seed(recipe.noise).seed, recipe.size)
        total = recipe.evaluations
        self.worker.drafted.emit(
            Drafted(owner, draft.id, DraftState.RESTING, total, total, frame, sharp=True)
        )

    def submitted(self) -> Request:
        """Give the request that was submitted last."""
        return self.worker.called("submit")[-1][0]

    def tell(self, state: JobState, saved: int = 0, **changes: object) -> JobView:
        """Tell of the job that was submitted last."""
        view = job_of(self.submitted(), state, **{"saved": saved, **changes})
        self.worker.job_changed.emit(view)
        return view

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self.morphs.close()
