"""What the session keeps from one start to the next, written while nothing happens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from ldm_desktop.core import statefile
from ldm_desktop.core.errors import KnownError

IDLE_MS = 2000


class StateFile(QObject):
    """Writes beside the GUI thread, as a slow disk would hold up the window."""

    trouble = Signal(str)

    def __init__(self, file: Path, version: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._version = version
        self._waiting: object = None
        self._said = ""
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self._write)
        # One at a time, so that the newest is written last.
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def keep(self, value: object) -> None:
        """Write a value's fields once nothing has changed for two seconds."""
        self._waiting = value
        self._timer.start()

    def finish(self) -> None:
        """Write now what has not been written, and return when it is durable."""
        self._timer.stop()
        self._write()
        self._pool.waitForDone()

    def _write(self) -> None:
        if self._waiting is None:
            return
        text = statefile.text_of(self._version, self._waiting)
        self._waiting = None
        self._pool.start(lambda: self._write_text(text))

    def _write_text(self, text: bytes) -> None:
        before, self._said = self._said, ""
        try:
            statefile.write(self._file, text)
        except KnownError as error:
            # Once is enough: it is tried again after every change.
            self._said = str(error)
            if self._said != before:
                self.trouble.emit(self._said)
