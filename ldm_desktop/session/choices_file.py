"""The choices and the seeds' history from one start to the next, written while nothing happens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from ldm_desktop.core import codec, statefile
from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.choices import Choices

VERSION = 1
IDLE_MS = 2000
USUAL = Choices()


@dataclass(frozen=True)
class Kept:
    """What is kept; the seed of `spent` choices has been used, so that the next one is due."""

    choices: Choices = USUAL
    history: tuple[int, ...] = ()
    spent: bool = False


def load(file: Path) -> tuple[Kept, str]:
    """Give what was kept, or the usual and a notice."""
    kept, notice = statefile.load(file, VERSION, lambda data: codec.from_json(Kept, data))
    return kept or Kept(), notice


class ChoicesFile(QObject):
    """Writes beside the GUI thread, as a slow disk would hold up the window."""

    trouble = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._waiting: Kept | None = None
        self._said = ""
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self._write)
        # One at a time, so that the newest is written last.
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def keep(self, kept: Kept) -> None:
        """Write it once nothing has changed for two seconds."""
        self._waiting = kept
        self._timer.start()

    def finish(self) -> None:
        """Write now what has not been written, and return when it is durable."""
        self._timer.stop()
        self._write()
        self._pool.waitForDone()

    def _write(self) -> None:
        if self._waiting is None:
            return
        text = statefile.text_of(VERSION, self._waiting)
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
