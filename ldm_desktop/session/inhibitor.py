"""Keeps the machine from falling asleep by itself while a batch runs; a lid closes as ever."""

from __future__ import annotations

import ctypes
import itertools
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusPendingCallWatcher

NAME = "LDM Desktop"
# A name is used once, as Qt takes its time to forget a connection.
CALLS = itertools.count(1)
ES_CONTINUOUS, ES_SYSTEM_REQUIRED = 0x80000000, 0x00000001

_log = logging.getLogger(__name__)


class Brake(Protocol):
    """One system's way to stay awake."""

    def hold(self, reason: str) -> None:
        """Stay awake until `release`."""

    def release(self) -> None:
        """Sleep as usual."""


class Inhibitor(QObject):
    """Stays awake while it is on; a system that does not let it is only noted in the log."""

    def __init__(self, brake: Brake | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brake = brake or _brake(self)
        self.on = False

    def keep_awake(self, on: bool) -> None:
        """Begin or end it."""
        if on is self.on:
            return
        self.on = on
        try:
            if on:
                self._brake.hold(self.tr("Pictures are being made."))
            else:
                self._brake.release()
        except OSError as error:
            _log.warning("The machine cannot be kept awake: %s", error)


def _brake(parent: QObject) -> Brake:
    if sys.platform == "darwin":
        return Caffeinate()
    if sys.platform == "win32":
        return WindowsBrake()
    return DBusBrake(parent)


class Caffeinate:
    """macOS's own command, which ends with this process at the latest."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def hold(self, reason: str) -> None:
        """Start it."""
        _log.debug("caffeinate: %s", reason)
        self._process = subprocess.Popen(["/usr/bin/caffeinate", "-i", "-w", str(os.getpid())])

    def release(self) -> None:
        """End it."""
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


class WindowsBrake:
    """A state of the thread that says so, which is the GUI thread."""

    def hold(self, reason: str) -> None:
        """Set it."""
        _log.debug("SetThreadExecutionState: %s", reason)
        self._set(ES_CONTINUOUS | ES_SYSTEM_REQUIRED)

    def release(self) -> None:
        """Take it back."""
        self._set(ES_CONTINUOUS)

    def _set(self, state: int) -> None:
        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there on Windows
        kernel.SetThreadExecutionState(state)


@dataclass(frozen=True)
class Door:
    """A D-Bus method that is asked not to sleep; all of its arguments are text."""

    system: bool
    service: str
    path: str
    interface: str
    arguments: Callable[[str], list[str]]


# The desktop first (it knows sleep from a dark screen), then what every desktop has; systemd
# besides, for sessions of none.
DESKTOP = (
    Door(
        False,
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
        lambda reason: [NAME, reason],
    ),
    Door(
        False,
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver",
        lambda reason: [NAME, reason],
    ),
)
SYSTEM = (
    Door(
        True,
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
        lambda reason: ["idle", NAME, reason, "block"],
    ),
)


class DBusBrake(QObject):
    """Linux: asks desktop and systemd over connections of its own.

    Hanging up lets go of all that was asked, and so does the end of the process, however it comes.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # What was asked, and whom to ask next if the answer is no. An answer lives in its watcher:
        # systemd's is a file descriptor, which holds for as long as it is open.
        self._asked: dict[QDBusPendingCallWatcher, tuple[Door, ...]] = {}
        self._names: list[str] = []
        self._reason = ""

    def hold(self, reason: str) -> None:
        """Ask; the answers come later."""
        self._reason = reason
        for doors in (DESKTOP, SYSTEM):
            self._ask(doors)

    def release(self) -> None:
        """Hang up."""
        from PySide6.QtDBus import QDBusConnection

        for watcher in self._asked:
            watcher.deleteLater()
        self._asked.clear()
        for name in self._names:
            QDBusConnection.disconnectFromBus(name)
        self._names.clear()

    def _ask(self, doors: tuple[Door, ...]) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        if not doors:
            _log.info("Nobody takes the wish to stay awake")
            return
        door, rest = doors[0], doors[1:]
        self._names.append(f"ldm-desktop awake {next(CALLS)}")
        types = QDBusConnection.BusType
        kind = types.SystemBus if door.system else types.SessionBus
        connection = QDBusConnection.connectToBus(kind, self._names[-1])
        message = QDBusMessage.createMethodCall(door.service, door.path, door.interface, "Inhibit")
        message.setArguments(door.arguments(self._reason))
        # What is not running is not started for this.
        message.setAutoStartService(False)
        watcher = QDBusPendingCallWatcher(connection.asyncCall(message), self)
        self._asked[watcher] = rest
        watcher.finished.connect(self._answered)

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        if watcher not in self._asked or not watcher.isError():
            return
        _log.debug("No: %s", watcher.error().message())
        self._ask(self._asked[watcher])
