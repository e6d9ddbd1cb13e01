"""Where the time goes, for the benchmark: marks, and how late the event loop's heartbeat comes."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

VARIABLE = "LDM_DESKTOP_TRACE"
BEAT_MS = 5
FLUSH_BEATS = 200


class Trace(QObject):
    """Writes a line for each mark (`first-paint 81.25`, monotonic) and each `beat` (how late)."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stream = file.open("a", encoding="utf-8")
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self._beats = 0

    def mark(self, name: str) -> None:
        """Note that something has happened now."""
        self._stream.write(f"{name} {time.monotonic():.6f}\n")
        self._stream.flush()

    def start_beating(self) -> None:
        """Note from now on how many seconds late the event loop comes to its heartbeat."""
        # Its enumerations take 18 ms to build, and the first paint is one of the marks.
        from PySide6.QtCore import Qt

        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._last = time.monotonic()
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self._stream.write(f"beat {max(now - self._last - BEAT_MS / 1000, 0.0):.6f}\n")
        self._last = now
        self._beats += 1
        if self._beats % FLUSH_BEATS == 0:
            self._stream.flush()

    def close(self) -> None:
        """Write what is left."""
        self._timer.stop()
        self._stream.close()


def wished(parent: QObject | None = None) -> Trace | None:
    """Give a trace if the environment asks for one."""
    name = os.environ.get(VARIABLE)
    return Trace(Path(name), parent) if name else None
