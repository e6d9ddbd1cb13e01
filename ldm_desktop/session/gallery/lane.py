"""A thread of the gallery's: does one thing after another, and answers in the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core.errors import KnownError

T = TypeVar("T")
R = TypeVar("R")
USUAL = 5
"""Urgency: what is smaller goes first."""


@dataclass(frozen=True)
class Job(Generic[R]):
    """What a lane is to do; of those with one key only the latest is done and answered."""

    work: Callable[[R], Any]
    then: Callable[[Any], None]
    key: Hashable
    urgency: int
    number: int


class Lane(QObject, Generic[R]):
    """One thread and what only it may touch: made there by `hold`, let go there by `release`.

    The thread sleeps until there is something to do. It is a daemon, so that nothing that hangs
    on a dead disk can keep the application from ending.
    """

    _done = Signal(object, object)

    def __init__(
        self,
        name: str,
        hold: Callable[[], R],
        release: Callable[[R], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hold, self._release = hold, release
        self._news = threading.Condition()
        self._waiting: dict[Hashable, Job[R]] = {}
        self._latest: dict[Hashable, int] = {}
        self._count = 0
        self._open = True
        self._done.connect(self._deliver)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def do(
        self,
        work: Callable[[R], T],
        then: Callable[[T | KnownError], None],
        key: Hashable = None,
        urgency: int = USUAL,
    ) -> None:
        """Run `work` in the thread, then `then` in the GUI thread with its result."""
        with self._news:
            if not self._open:
                return
            self._count += 1
            job = Job(work, then, self._count if key is None else key, urgency, self._count)
            self._latest[job.key] = job.number
            # A later one takes the place in the row of the one that it replaces.
            self._waiting[job.key] = job
            self._news.notify()

    def forget(self) -> None:
        """Do nothing of what waits, and answer nothing that is being done."""
        with self._news:
            self._waiting.clear()
            self._latest.clear()

    def close(self) -> None:
        """Do what waits, answer nothing any more, and end; `join` waits for that."""
        with self._news:
            self._open = False
            self._news.notify()

    def join(self, seconds: float) -> bool:
        """Wait for the end; say whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        held = self._hold()
        while job := self._next():
            self._work(job, held)
        self._release(held)

    def _next(self) -> Job[R] | None:
        with self._news:
            while self._open and not self._waiting:
                self._news.wait()
            if not self._waiting:
                return None
            key = min(self._waiting, key=self._turn)
            return self._waiting.pop(key)

    def _turn(self, key: Hashable) -> tuple[int, int]:
        return self._waiting[key].urgency, self._waiting[key].number

    def _work(self, job: Job[R], held: R) -> None:
        # Whatever happens is told in the GUI thread, where bugs are shown.
        try:
            outcome: Any = job.work(held)
        except Exception as error:  # noqa: BLE001
            outcome = error
        self._done.emit(job, outcome)

    def _deliver(self, job: Job[R], outcome: Any) -> None:
        if not self._open or self._latest.get(job.key) != job.number:
            return
        del self._latest[job.key]
        if isinstance(outcome, Exception) and not isinstance(outcome, KnownError):
            raise outcome
        job.then(outcome)
