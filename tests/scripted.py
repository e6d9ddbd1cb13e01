"""A worker's desk with engines of clockwork, a clock that stands still, and a library in memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from clockwork import Clockwork
from fakes import CARD, request_of
from samples import recipe_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Recipe, Stop, fork
from ldm_desktop.worker.database import open_store
from ldm_desktop.worker.desk import Act, Desk
from ldm_desktop.worker.supervisor import News, Supervisor
from ldm_desktop.worker.telling import Tell
from ldm_desktop.worker.work import (
    EngineOptions,
    EngineStatus,
    JobView,
    PictureView,
    Purpose,
    QueueView,
    Request,
    Saved,
)

MOST_UNITS = 100_000


def look_of(step: int) -> Request:
    """Give a wish to look at a step of a picture."""
    recipe = fork(recipe_of(3, size=(128, 128)), step, Stop())
    return request_of(recipe=recipe, purpose=Purpose.LOOK, priority=INTERACTIVE_PRIORITY)


class Clock:
    """Shows the time it is set to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


class Shelf:
    """A `worker.work.Keeper` in memory."""

    def __init__(self) -> None:
        self.pictures: dict[UUID, Picture] = {}
        self.frames: set[tuple[Path, Recipe]] = set()
        self.made: list[Recipe] = []
        self.trouble = ""
        self.looked_for: list[UUID] = []

    def save(self, picture: Picture) -> Path:
        """Keep a picture."""
        if self.trouble:
            raise KnownError(self.trouble)
        assert picture.record.id not in self.pictures, "made twice"
        self.pictures[picture.record.id] = picture
        return Path(f"/library/{picture.record.id}.png")

    def find(self, recipe: Recipe, picture: UUID) -> Path | None:
        """Find a picture that was kept."""
        self.looked_for.append(picture)
        if self.trouble:
            raise KnownError(self.trouble)
        return Path(f"/library/{picture}.png") if picture in self.pictures else None

    def save_frame(self, picture: Picture, folder: Path) -> Path:
        """Keep a frame."""
        if self.trouble:
            raise KnownError(self.trouble)
        self.made.append(picture.record.recipe)
        self.frames.add((folder, picture.record.recipe))
        return folder / f"{picture.record.recipe.id}.png"

    def find_frame(self, recipe: Recipe, folder: Path) -> Path | None:
        """Find a frame that was kept."""
        return folder / f"{recipe.id}.png" if (folder, recipe) in self.frames else None


class Shop:
    """A desk and everything around it; `go` lets it take what has come."""

    def __init__(self, folder: Path, patience: float = 30.0) -> None:
        self.folder = folder
        self.patience = patience
        self.clock = Clock()
        self.keeper = Shelf()
        self.models: dict[str, str] = {CARD.folder: CARD.ref.fingerprint}
        self.checkpoints_kept: dict[str, int] = {}
        self.keyframes: dict[Recipe, int] = {}
        self.failures: dict[Any, str] = {}
        self.remade: dict[Recipe, Recipe] = {}
        self.deadly: set[str] = set()
        self.previews = False
        self.greets = True
        self.evaluation, self.decode, self.start = 1.0, 3.0, 0.0
        self.engines: list[Clockwork] = []
        self.begin()

    def begin(self) -> None:
        """Start as the program does."""
        self.told: list[tuple[str, Any]] = []
        self.inbox: list[Act] = []
        self.supervisor = Supervisor(
            self._open, EngineOptions(), self._deliver, self.clock, self.patience
        )
        self.supervisor.start()
        self.desk = Desk(
            open_store(self.folder / "queue.db"),
            self.supervisor,
            self.keeper,
            self.folder / "unfinished",
            self.folder / "engine.log",
            self._tell(),
            self.inbox.append,
            self.clock,
        )
        self.desk.begin()
        self.go()

    def _open(self, options: EngineOptions, deliver: Callable[[News], None]) -> Clockwork:
        engine = Clockwork(self, options, deliver)
        self.engines.append(engine)
        if self.greets:
            engine.greet()
        return engine

    def _deliver(self, number: int, news: News) -> None:
        self.inbox.append(lambda desk: desk.heard(number, news))

    def _tell(self) -> Tell:
        names = [field.name for field in dataclasses.fields(Tell)]
        return Tell(*(self._teller(name) for name in names))

    def _teller(self, name: str) -> Callable[..., None]:
        return lambda *what: self.told.append((name, what[0] if len(what) == 1 else what))

    @property
    def engine(self) -> Clockwork:
        """The engine that is at work."""
        return self.engines[-1]

    @property
    def wishes(self) -> Any:
        """What a person can ask; `go` lets it happen."""
        return self.desk.wishes

    def pass_time(self, seconds: float) -> None:
        """Let time pass, without the desk noticing."""
        self.clock.now += seconds

    def go(self) -> None:
        """Let the desk do everything there is to do now."""
        while True:
            acts, self.inbox[:] = list(self.inbox), []
            for act in acts:
                act(self.desk)
            if self.desk.closed:
                return
            self.desk.settle()
            if not self.inbox:
                return

    def sleep(self, seconds: float) -> None:
        """Let time pass, in which the desk wakes when it wants to."""
        self.go()
        end = self.clock.now + seconds
        while (due := self.desk.deadline) is not None and due <= end:
            self.clock.now = max(due, self.clock.now)
            self.go()
        self.clock.now = end
        self.go()

    def units(self, count: int) -> None:
        """Let the engine do so many units of work."""
        for _ in range(count):
            assert self.engine.work(), "nothing to do"
            self.go()

    def finish(self, until: Callable[[], object] = lambda: False) -> None:
        """Let the engine work until nothing is left, or something has happened."""
        for _ in range(MOST_UNITS):
            if until() or not self.engine.work():
                return
            self.go()
        raise AssertionError("it never ends")

    def submit(self, seed: int = 3, count: int | None = 1, **changes: Any) -> Request:
        """Ask for a job."""
        request = request_of(seed, count, **changes)
        self.wishes.submit(request)
        self.go()
        return request

    def crash(self) -> None:
        """End this program as by kill -9, and start it again."""
        self.engine.gone = True
        self.desk._opened.store._connection.close()
        self.begin()

    def shut_down(self) -> None:
        """Close the window."""
        self.desk.shut_down()
        self.go()
        assert self.desk.closed

    def of(self, name: str) -> list[Any]:
        """Give what was told of a kind."""
        return [what for kind, what in self.told if kind == name]

    def job(self, request: Request) -> JobView:
        """Give the last view of a job."""
        view: JobView = [view for view in self.of("job") if view.id == request.id][-1]
        return view

    def picture(self, request: Request, number: int = 0) -> PictureView:
        """Give the last view of a picture."""
        views = self.of("picture")
        found: PictureView = [v for v in views if (v.job, v.number) == (request.id, number)][-1]
        return found

    @property
    def queue(self) -> QueueView:
        """The last view of the queue."""
        view: QueueView = self.of("queue")[-1]
        return view

    @property
    def status(self) -> EngineStatus:
        """The last status of the engine."""
        status: EngineStatus = self.of("status")[-1]
        return status

    @property
    def saved(self) -> list[Saved]:
        """The pictures that were saved."""
        return self.of("saved")

    def seeds(self) -> list[int]:
        """The seeds of the saved pictures in their order."""
        return [saved.record.recipe.noise.seed for saved in self.saved]  # type: ignore[union-attr]
