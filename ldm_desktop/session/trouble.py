"""Where what nobody caught ends, from any thread: a bug as a report, a KnownError as a sentence."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, Signal, Slot

import ldm_desktop
from ldm_desktop.core.errors import KnownError
from ldm_desktop.session import logs

SAME_SECONDS = 10.0
"""How long a bug that has been told is not told again; a timer may meet it many times a second."""

_log = logging.getLogger(__name__)


class Trouble(QObject):
    """Takes the place of Python's hooks; its signals come in the GUI thread, whoever calls."""

    bug = Signal(str, str)
    """A sentence, and a report to copy."""
    notice = Signal(str)
    _happened = Signal(object)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log
        self._told: dict[str, float] = {}
        # Queued also in the GUI thread: a dialog has no place in the middle of a paint event.
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Listen."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    def uninstall(self) -> None:
        """Listen no more."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def report(self, details: str) -> str:
        """Give what a person can send: versions, what happened, the end of the log."""
        lines = [
            f"LDM Desktop {ldm_desktop.__version__}",
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}",
            platform.platform(),
            "",
            details.rstrip(),
            "",
            f"The end of {self._log_file.name}:",
            logs.tail(self._log_file),
        ]
        return "\n".join(lines).replace(str(Path.home()), "~") + "\n"

    def _on_exception(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self.meet(error)

    def _on_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value and not isinstance(arguments.exc_value, SystemExit):
            self.meet(arguments.exc_value)

    def _on_unraisable(self, arguments: sys.UnraisableHookArgs) -> None:
        if arguments.exc_value:
            self.meet(arguments.exc_value)

    def meet(self, error: BaseException) -> None:
        """Log what happened, and tell it in the GUI thread; any thread may call this."""
        if isinstance(error, KeyboardInterrupt):
            return
        details = "".join(traceback.format_exception(error))
        _log.error("%s", details)
        self._happened.emit((error, details))

    @Slot(object)
    def _tell(self, what: tuple[BaseException, str]) -> None:
        error, details = what
        if isinstance(error, KnownError):
            self.notice.emit(str(error))
            return
        now = time.monotonic()
        if now - self._told.get(details, -SAME_SECONDS) < SAME_SECONDS:
            return
        self._told[details] = now
        short = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        sentence = self.tr("This is a bug in LDM Desktop ({what}). Nothing saved is lost.")
        self.bug.emit(sentence.format(what=short), self.report(details))
