"""Whether the machine runs on its battery: asked twice a minute, off the GUI thread."""

from __future__ import annotations

import ctypes
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

SUPPLIES = Path("/sys/class/power_supply")
POLL_MS = 30_000
ON_BATTERY = 0
"""`ACLineStatus` of Windows' SYSTEM_POWER_STATUS; 1 is mains, 255 unknown."""

_log = logging.getLogger(__name__)


class Power(QObject):
    """Says when the machine goes to its battery and back to the mains."""

    changed = Signal(bool)
    _read = Signal(bool)

    def __init__(self, read: Callable[[], bool] | None = None, parent: QObject | None = None):
        super().__init__(parent)
        self._ask = read or on_battery
        self.on_battery = False
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=POLL_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and then again and again."""
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Ask the system; some firmware takes a while to answer, so in a thread of the pool."""
        QThreadPool.globalInstance().start(self._look)

    def _look(self) -> None:
        try:
            self._read.emit(self._ask())
        except (OSError, subprocess.SubprocessError) as error:
            _log.info("The battery cannot be asked: %s", error)

    def _take(self, on_battery: bool) -> None:
        if on_battery is not self.on_battery:
            self.on_battery = on_battery
            self.changed.emit(on_battery)


def on_battery() -> bool:
    """Ask this system; one without a battery runs on the mains."""
    if sys.platform == "darwin":
        return _macos()
    if sys.platform == "win32":
        return _windows()
    return linux(SUPPLIES)


def linux(supplies: Path) -> bool:
    """Read the kernel's power supplies.

    A mouse's battery (scope Device) is not the machine's. Where a mains adapter says that it is
    in, its word counts, as a battery held at 80 % may discharge a little all the same.
    """
    parts = [_Supply(folder) for folder in sorted(supplies.glob("*"))]
    parts = [part for part in parts if part.entry("scope") != "Device"]
    if any(part.entry("type") != "Battery" and part.entry("online") == "1" for part in parts):
        return False
    batteries = [part for part in parts if part.entry("type") == "Battery"]
    return any(part.entry("status") == "Discharging" for part in batteries)


class _Supply:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entry(self, name: str) -> str:
        """Give an entry; not every driver has every one."""
        try:
            return (self._folder / name).read_text().strip()
        except OSError:
            return ""


def _macos() -> bool:
    done = subprocess.run(
        ["/usr/bin/pmset", "-g", "batt"], capture_output=True, text=True, timeout=10, check=True
    )
    return "'Battery Power'" in done.stdout


class _Status(ctypes.Structure):
    """SYSTEM_POWER_STATUS."""

    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("battery", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds", ctypes.c_uint32),
        ("full_seconds", ctypes.c_uint32),
    )


def _windows() -> bool:
    status = _Status()
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there on Windows
    kernel.GetSystemPowerStatus(ctypes.byref(status))
    return bool(status.line == ON_BATTERY)
