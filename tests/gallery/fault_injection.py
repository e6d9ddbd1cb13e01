"""A disk that fails at the write call it is told to: for files as Python writes them, and SQLite's.

Python's calls are caught in `os` and below `open`, where pathlib, shutil and Pillow end up, too;
SQLite's in a VFS that is the default one while `sqlite_on_disks` holds.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import apsw

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CALLS = (
    "fsync", "ftruncate", "link", "mkdir", "remove", "rename", "replace", "rmdir", "sendfile",
    "symlink", "truncate", "unlink", "utime", "write",
)  # fmt: skip
FREES = {"remove", "rename", "replace", "rmdir", "truncate", "unlink", "xDelete", "xTruncate"}
"""Calls that a full disk is no obstacle to."""
OF_SQLITE = {
    "xOpen": apsw.SQLITE_CANTOPEN,
    "xDelete": apsw.SQLITE_IOERR_DELETE,
    "xWrite": apsw.SQLITE_IOERR_WRITE,
    "xSync": apsw.SQLITE_IOERR_FSYNC,
    "xTruncate": apsw.SQLITE_IOERR_TRUNCATE,
}
"""What SQLite's own file system makes of errors; a full disk is another thing where it writes."""
SYSTEMS = apsw.vfs_names()[0]


@dataclass(frozen=True)
class Fault:
    """The call that fails, and how: that one alone, or, if it `lasts`, all from then on."""

    at: int
    number: int
    lasts: bool = False

    def is_met(self, place: int, call: str) -> bool:
        """Say whether this is the call."""
        if not self.lasts:
            return place == self.at
        return place >= self.at and not (self.number == errno.ENOSPC and call in FREES)


@dataclass
class Disk:
    """Notes the write calls that are made while it is in use, and the ones that failed."""

    fault: Fault | None = None
    calls: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def meet(self, call: str) -> int:
        """Note a call; gives the error that it fails with, or nothing."""
        self.calls.append(call)
        if self.fault and self.fault.is_met(len(self.calls) - 1, call):
            self.failed.append(call)
            return self.fault.number
        return 0

    def check(self, call: str) -> None:
        """Let a call of Python's fail if it is to."""
        if number := self.meet(call):
            raise OSError(number, os.strerror(number))

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Let all that this process writes be written on this disk."""
        with contextlib.ExitStack() as stack:
            for name in CALLS:
                stack.enter_context(mock.patch.object(os, name, self._watched(name)))
            stack.enter_context(mock.patch.object(os, "open", self._os_open(os.open)))
            opened = self._open(io.open)
            for module in (io, builtins):
                stack.enter_context(mock.patch.object(module, "open", opened))
            stack.enter_context(mock.patch.object(_Files, "disk", self))
            yield

    def _watched(self, name: str) -> Callable[..., Any]:
        call: Callable[..., Any] = getattr(os, name)

        def watched(*arguments: Any, **more: Any) -> Any:
            self.check(name)
            # Power does not fail in these tests, so nothing waits for the real disk.
            return None if name == "fsync" else call(*arguments, **more)

        return watched

    def _os_open(self, call: Callable[..., int]) -> Callable[..., int]:
        def opened(path: Any, flags: int, *arguments: Any, **more: Any) -> int:
            if flags & WRITES:
                self.check("os.open")
            return call(path, flags, *arguments, **more)

        return opened

    def _open(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def opened(
            file: Any, mode: str = "r", buffering: int = -1, *texts: Any, **more: Any
        ) -> Any:
            if not set(mode) & set("wax+"):
                return call(file, mode, buffering, *texts, **more)
            self.check("open")
            raw = _Raw(file, mode.translate({ord("b"): None, ord("t"): None}))
            raw.disk = self
            if buffering == 0:
                return raw
            stream = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return stream if "b" in mode else io.TextIOWrapper(stream, *texts, **more)

        return opened


class _Raw(io.FileIO):
    """A file that was opened for writing."""

    disk: Disk

    def write(self, data: Any, /) -> int:
        self.disk.check("write")
        return super().write(data)

    def truncate(self, size: int | None = None, /) -> int:
        self.disk.check("ftruncate")
        return super().truncate(size)


# SQLite


class _Files(apsw.VFS):
    """SQLite's files, on the disk that is in use."""

    disk: Disk | None = None

    def __init__(self) -> None:
        super().__init__("faulty", SYSTEMS, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - apsw's name
        _check("xOpen")
        return _File(name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        _check("xDelete")
        super().xDelete(name, sync)


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int]) -> None:
        super().__init__(SYSTEMS, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        _check("xWrite")
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        _check("xSync")

    def xTruncate(self, size: int) -> None:  # noqa: N802
        _check("xTruncate")
        super().xTruncate(size)

    def excepthook(self, *told: object) -> bool:
        """Hear of what SQLite passes over, as at the end of a connection: that is its right."""
        return True


def _check(call: str) -> None:
    disk = _Files.disk
    if disk and (number := disk.meet(call)):
        is_full = number == errno.ENOSPC and call == "xWrite"
        raise apsw.exception_for(apsw.SQLITE_FULL if is_full else OF_SQLITE[call])


@contextlib.contextmanager
def sqlite_on_disks() -> Iterator[None]:
    """Let the databases that are opened from now on be on the disk that is in use, if one is."""
    system = _Files()
    try:
        yield
    finally:
        system.unregister()
