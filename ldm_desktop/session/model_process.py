"""One `models` command as a child process: its lines as JSON, and at the end why it ended.

The child holds the other end of its standard input, and goes when that is closed: so none
outlives a window, however the window ends.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

PATIENCE_MS = 3_000
"""How long a child that was asked to end may take before it is killed."""
KILLING_MS = 1_000
"""How long one that was killed may be waited for."""
NAME = "ldm-desktop: "
"""What stands before the sentence in which a command says why it could not do it."""
LONGEST_LINE = 16 << 20
INTERRUPTED = (130, 143)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ending:
    """How a command ended; a command that did what it should may still have had to say something.

    `asked` if it ended because it was told to.
    """

    ok: bool
    sentence: str = ""
    asked: bool = False


class ModelProcess(QObject):
    """Runs a command from now on; `told` gives each line, `ended` comes once, at the end."""

    told = Signal(object)
    ended = Signal(object)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked = False
        self._over = False
        self._line = b""
        self._errors = b""
        self._process = process = QProcess(self)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(process.kill)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._fail)
        process.start(command[0], list(command[1:]))

    @property
    def pid(self) -> int:
        """The child's process id; 0 if there is none."""
        return self._process.processId()

    def stop(self) -> None:
        """Ask the child to end; one that does not is killed."""
        self._asked = True
        # Where there are no signals, the end of its input tells it the same.
        self._process.closeWriteChannel()
        self._process.terminate()
        self._patience.start()

    def wait_for_end(self, milliseconds: int) -> None:
        """Wait until a child that was asked to end has ended; one that has not is killed."""
        if not self._process.waitForFinished(milliseconds):
            self._process.kill()
            self._process.waitForFinished(KILLING_MS)

    def _read(self) -> None:
        lines = (self._line + self._process.readAllStandardOutput().data()).split(b"\n")
        self._line = lines.pop()[-LONGEST_LINE:]
        for line in filter(bytes.strip, lines):
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            # A library has printed something.
            _log.info("models: %s", line.decode("utf-8", "replace"))
        else:
            self.told.emit(data)

    def _read_errors(self) -> None:
        self._errors = (self._errors + self._process.readAllStandardError().data())[-LONGEST_LINE:]

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            text = self.tr("This could not be started ({why}).")
            self._finish(Ending(False, text.format(why=self._process.errorString())))

    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._read_errors()
        said = self._errors.decode("utf-8", "replace").strip()
        if said:
            _log.info("models: %s", said)
        sentence = _sentence_in(said)
        crashed = status is QProcess.ExitStatus.CrashExit
        ok = not crashed and code == 0
        if not ok and not sentence and not self._asked:
            sentence = self._unexplained(code, crashed)
        self._finish(Ending(ok, sentence, self._asked and not ok))

    def _unexplained(self, code: int, crashed: bool) -> str:
        if code in INTERRUPTED and not crashed:
            return self.tr("It was interrupted from outside.")
        if crashed:
            return self.tr(
                "It was ended from outside, perhaps because the memory did not suffice: try again."
            )
        return self.tr("It ended without saying why (exit code {code}).").format(code=code)

    def _finish(self, ending: Ending) -> None:
        if not self._over:
            self._over = True
            self._patience.stop()
            self.ended.emit(ending)


def _sentence_in(errors: str) -> str:
    """Give the last sentence of the command itself, without what libraries have to say."""
    own = [line for line in errors.splitlines() if line.startswith(NAME)]
    return own[-1].removeprefix(NAME).strip() if own else ""
