"""The application's worker with its engine in a child process, which counts what the engine says.

For `explore.py`; what waits for something lets the event loop turn and sleep, as the window does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from ldm_desktop.app import open_engine
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Stepped
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.opening import Launch
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState
from ldm_desktop.worker.supervisor import EngineHandle
from ldm_desktop.worker.thread import Worker
from ldm_desktop.worker.work import EngineOptions, Request, Saved

PATIENCE = 240.0
OWNER = uuid4()


def turn(until: Callable[[], object], what: str, patience: float = PATIENCE) -> float:
    """Let the event loop turn until something is so; give the seconds it took."""
    begun = time.perf_counter()
    alarm = QTimer()
    # What is waited for may be told by no event of this thread.
    alarm.start(10)
    while not until():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() - begun > patience:
            raise SystemExit(f"no {what} within {patience:.0f} s")
    return time.perf_counter() - begun


class Crew:
    """A worker and its engine with folders of their own; `evaluations` counts those of the UNet."""

    def __init__(self, folder: Path, model: Path) -> None:
        self.evaluations = 0
        self.frames: dict[UUID, Frame] = {}
        self.saved: dict[Recipe, Frame] = {}
        self._model = str(model)
        self._sentence = ""
        self._cards: list[ModelCard] = []
        log = folder / "engine.log"
        library = folder / "library"
        library.mkdir(parents=True)
        self._keeper = LibraryKeeper(library)
        self.worker = Worker(
            folder / "queue.db",
            partial(self._open_engine, log),
            EngineOptions(cache=folder / "cache"),
            self._keeper,
            folder / "checkpoints",
            log,
        )
        self._listen()

    def open(self) -> ModelCard:
        """Start the engine and give its model."""
        self.worker.start()
        self.worker.open_model(self._model, Precision.BALANCED)
        turn(lambda: self._cards or self._trouble(), "model")
        return self._cards[0]

    def draft(self, recipes: Sequence[Recipe], until: int) -> float:
        """Have drafts formed as a sheet does; give the seconds until all rest."""
        self.frames.clear()
        drafts = tuple(Draft(uuid4(), recipe, until) for recipe in recipes)
        begun = time.perf_counter()
        self.worker.draft(Drafts(OWNER, self._model, drafts))
        turn(lambda: len(self.frames) == len(drafts) or self._trouble(), "drafts")
        took = time.perf_counter() - begun
        self.worker.draft(Drafts(OWNER, "", ()))
        return took

    def make(self, request: Request) -> float:
        """Have pictures made and saved by the queue; give the seconds until all are."""
        self.saved.clear()
        begun = time.perf_counter()
        self.worker.submit(request)
        turn(lambda: len(self.saved) == request.count or self._trouble(), "pictures")
        return time.perf_counter() - begun

    def close(self) -> None:
        """End the engine and the thread."""
        self.worker.shut_down()
        self.worker.wait()
        self._keeper.close()

    def _open_engine(
        self, log: Path, options: EngineOptions, deliver: Callable[[Event | KnownError], None]
    ) -> EngineHandle:
        def count(news: Event | KnownError) -> None:
            # One for each picture in each call of the UNet.
            self.evaluations += isinstance(news, Stepped)
            deliver(news)

        return open_engine(Launch(), log, options, count)

    def _listen(self) -> None:
        worker = self.worker
        worker.model_ready.connect(self._cards.append)
        worker.model_refused.connect(lambda _, sentence: self._take_trouble(sentence))
        worker.drafted.connect(self._take_draft)
        worker.saved.connect(self._take_saved)
        worker.notice.connect(self._take_trouble)
        worker.bug.connect(lambda _, report: self._take_trouble(report))

    def _take_draft(self, news: Drafted) -> None:
        if news.state is DraftState.FAILED:
            self._take_trouble(news.sentence)
        elif news.state is DraftState.RESTING:
            assert news.frame
            self.frames[news.id] = news.frame
        elif news.frame:
            self.worker.seen(news.id)

    def _take_saved(self, saved: Saved) -> None:
        self.saved[saved.record.recipe] = saved.frame

    def _take_trouble(self, sentence: str) -> None:
        self._sentence = sentence

    def _trouble(self) -> bool:
        if self._sentence:
            raise SystemExit(self._sentence)
        return False
