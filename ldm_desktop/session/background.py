"""Work off the GUI thread: reading files and folders, with the results handed back in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from ldm_desktop.core.errors import KnownError

T = TypeVar("T")


class Background(QObject):
    """A few threads that run functions; `then` gets the result, or the KnownError."""

    _done = Signal(object, object)

    def __init__(self, threads: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._open = True
        self._done.connect(self._deliver)

    def run(self, work: Callable[[], T], then: Callable[[T | KnownError], None]) -> None:
        """Run `work` in a thread of the pool, then `then` in the GUI thread."""
        if self._open:
            self._pool.start(lambda: self._work(work, then))

    def close(self) -> None:
        """Wait for what is running and forget the rest; a result that still comes is dropped."""
        self._open = False
        self._pool.clear()
        self._pool.waitForDone()

    def _work(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        # Whatever happens is told in the GUI thread, where bugs are shown.
        try:
            outcome: Any = work()
        except Exception as error:  # noqa: BLE001
            outcome = error
        self._done.emit(then, outcome)

    def _deliver(self, then: Callable[[Any], None], outcome: Any) -> None:
        if not self._open:
            return
        if isinstance(outcome, Exception) and not isinstance(outcome, KnownError):
            raise outcome
        then(outcome)
