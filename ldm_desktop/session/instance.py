"""One window a data folder: a second start hands its files to the first, and ends."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from ldm_desktop.core.errors import KnownError

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK = "instance.lock"
LONGEST_MESSAGE = 1 << 18
PATIENCE_MS = 5_000
CONFIRMED = b"ok\n"

_log = logging.getLogger(__name__)


class Instance(QObject):
    """The lock on a data folder, and the door at which later starts knock.

    QtNetwork is imported where it is used, as it is not needed before the window is painted.
    """

    files_handed = Signal(object)
    """A later start gave these files, tuple[Path, ...], maybe none: the window should come up."""

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(data / LOCK))
        # Not by age: only the lock of a process that has gone is anybody's to take.
        self._lock.setStaleLockTime(0)
        self._name = _door(data)
        self._server: QLocalServer | None = None
        self._visitors: set[_Visitor] = set()

    def claim(self) -> bool:
        """Become the first; False if another one runs. KnownError if the folder takes no lock."""
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            raise KnownError(
                f"The file {self._lock.fileName()} cannot be written: check the rights of its "
                "folder and the space that is free, or name another folder with --data-dir."
            )
        return False

    def listen(self) -> None:
        """Open the door; the first one does this once its window is up."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._welcome)
        # One that was killed leaves its socket; the lock says that it is nobody's.
        QLocalServer.removeServer(self._name)
        if not server.listen(self._name):
            _log.warning("No door for later starts: %s", server.errorString())
        self._server = server

    def close(self) -> None:
        """Let the next start be the first."""
        if self._server:
            self._server.close()
        self._lock.unlock()

    def hand_over(self, files: Sequence[Path], patience_ms: int = PATIENCE_MS) -> None:
        """Give files to the first one and wait for its answer; KnownError if there is none."""
        message = json.dumps([str(file.absolute()) for file in files]).encode()
        end = time.monotonic() + patience_ms / 1000
        while time.monotonic() < end:
            # It may still be starting, and have no door yet.
            if self._knock(message, end):
                return
            time.sleep(0.05)
        raise KnownError(
            "LDM Desktop is running already, but does not answer: close it, or end it. If it is "
            f"not running, delete the file {self._lock.fileName()}."
        )

    def _knock(self, message: bytes, end: float) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(1_000):
            return False
        socket.write(message + b"\n")
        while socket.bytesAvailable() < len(CONFIRMED):
            left = int((end - time.monotonic()) * 1000)
            if left <= 0 or not socket.waitForReadyRead(left):
                return False
        return bytes(socket.readAll().data()) == CONFIRMED

    def _welcome(self) -> None:
        assert self._server
        while socket := self._server.nextPendingConnection():
            visitor = _Visitor(socket, self.files_handed.emit, self._visitors.discard)
            self._visitors.add(visitor)
            visitor.read()


class _Visitor:
    """Reads what a later start says; one that says too much, or nothing, is shown out."""

    def __init__(
        self,
        socket: QLocalSocket,
        take: Callable[[tuple[Path, ...]], None],
        forget: Callable[[_Visitor], None],
    ) -> None:
        self._socket, self._give, self._forget = socket, take, forget
        self._heard = b""
        self._timer = QTimer(singleShot=True, interval=PATIENCE_MS)
        self._timer.timeout.connect(self._show_out)
        self._timer.start()
        socket.setReadBufferSize(LONGEST_MESSAGE)
        socket.readyRead.connect(self.read)
        socket.disconnected.connect(self._leave)

    def read(self) -> None:
        """Take what has come so far."""
        self._heard += bytes(self._socket.readAll().data())
        if len(self._heard) > LONGEST_MESSAGE:
            _log.warning("A later start said too much")
            self._show_out()
        elif self._heard.endswith(b"\n"):
            self._take(self._heard)

    def _take(self, message: bytes) -> None:
        try:
            names = json.loads(message)
        except ValueError:
            names = None
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            _log.warning("A later start said something else than files")
            self._show_out()
            return
        self._socket.write(CONFIRMED)
        # At once: restoring the files may take the event loop a while.
        self._socket.flush()
        self._socket.disconnectFromServer()
        self._give(tuple(map(Path, names)))

    def _show_out(self) -> None:
        self._socket.abort()

    def _leave(self) -> None:
        self._timer.stop()
        self._socket.deleteLater()
        self._forget(self)


def _door(data: Path) -> str:
    """Give the name of the socket of a data folder, in the person's own folder if there is one."""
    digest = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    name = f"ldm-desktop-{digest}"
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if sys.platform == "linux" and os.path.isdir(folder):  # noqa: PTH112 - "" is no folder
        return os.path.join(folder, name)  # noqa: PTH118 - what Qt takes is text
    return name
