"""Locks between threads and processes: who alone does what, and that nobody moves what is in use.

They are files beside the database, go with their process, and are never deleted: a process that
waits for one holds the file already. On disks without locks nobody can be kept out.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ldm_desktop.gallery.index.sql import DatabaseError, accessible, called

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 30.0
PAUSE = 0.005
TAKEN = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


def opening(file: Path) -> contextlib.AbstractContextManager[None]:
    """Be the only one that opens this database; another one is waited for."""
    return _alone(file, "lock", "is being opened by another LDM Desktop")


def writing(file: str) -> contextlib.AbstractContextManager[None]:
    """Be the only one that writes sidecars, lest older words replace newer ones."""
    return _alone(Path(file), "sidecars", "has sidecars that another LDM Desktop is writing")


def binning(file: str) -> contextlib.AbstractContextManager[None]:
    """Be the only one that moves pictures to the trash or back."""
    return _alone(Path(file), "bin", "has pictures that another LDM Desktop moves to the trash")


@contextlib.contextmanager
def unless_binning(file: str) -> Iterator[bool]:
    """Do the same, but only say so if somebody else does."""
    handle = _open(Path(file), "bin")
    try:
        yield _take(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _alone(file: Path, ending: str, doing: str) -> Iterator[None]:
    handle = _open(file, ending)
    try:
        end = time.monotonic() + PATIENCE
        while not _take(handle):
            if time.monotonic() > end:
                raise DatabaseError(
                    f"{called(file)} {file} {doing}, which does not come to an end: "
                    "close it, and try again."
                )
            time.sleep(PAUSE)
        yield
    finally:
        os.close(handle)


def use(file: Path) -> int:
    """Note that a connection is open, until its handle is closed."""
    handle = _open(file, "use")
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


@contextlib.contextmanager
def unused(file: Path) -> Iterator[None]:
    """Move a database that no connection is open to, or raise DatabaseError.

    SQLite deletes its log by name: a connection to the moved file would later delete the log of
    the new one. Windows moves no open file by itself.
    """
    handle = _open(file, "use")
    try:
        if sys.platform != "win32" and not _take(handle):
            raise DatabaseError(
                f"{called(file)} {file} is damaged, and another LDM Desktop has it open: "
                "close every LDM Desktop and start it again, which mends it."
            )
        yield
    finally:
        os.close(handle)


def _open(file: Path, ending: str) -> int:
    with accessible(file):
        return os.open(file.with_name(f"{file.name}.{ending}"), os.O_RDWR | os.O_CREAT, 0o600)


def _take(handle: int) -> bool:
    """Take a lock unless somebody has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in TAKEN
    return True
