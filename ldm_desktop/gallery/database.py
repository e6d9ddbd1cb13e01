"""A database file: opened, checked, brought to the present form, kept as backups.

What is in it is for its `Kind` to say. One that is damaged is set aside whole, and its latest
sound backup, or an empty one, takes its place. A newer one is left alone.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from ldm_desktop.core import paths
from ldm_desktop.gallery import files
from ldm_desktop.gallery.index import locks
from ldm_desktop.gallery.index.sql import (
    DAMAGED,
    DamagedError,
    DatabaseError,
    accessible,
    called,
    explained,
    suspicion,
    transaction,
)

BUSY_MS = 5000
RESTORED = "restored"
"""The name in `meta` of the time from which a backup is that took the place of the database."""
SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")


@dataclass(frozen=True)
class Kind:
    """What belongs into a database, and what people are told when another takes its place.

    `tables` are those by which it is recognised (one of them `meta`), `filled` a statement that
    gives 1 if there is anything in it. `from_backup` may name the day, `{since}`. `backups` are
    the endings of its copies' names, the latest first.
    """

    migrations: tuple[str, ...]
    tables: frozenset[str]
    filled: str
    from_backup: str
    from_nothing: str
    backups: tuple[str, ...] = ("backup",)
    settings: tuple[str, ...] = SETTINGS

    @property
    def version(self) -> int:
        """The newest version that is known."""
        return len(self.migrations)


@dataclass(frozen=True)
class Opened:
    """A connection to a database that is in order, and what had to be done for that.

    `fresh`: there is nothing in it.
    """

    connection: apsw.Connection
    notices: tuple[str, ...]
    fresh: bool


class _Connection(apsw.Connection):
    """A connection that others can see is open (see `locks.unused`)."""

    def __init__(self, file: Path, flags: int) -> None:
        handle = locks.use(file)
        self._leave = weakref.finalize(self, os.close, handle)
        try:
            super().__init__(str(file), flags=flags)
        except BaseException:
            self._leave()
            raise

    def close(self, force: bool = False) -> None:
        try:
            super().close(force)
        finally:
            self._leave()


def open_database(file: Path, kind: Kind) -> Opened:
    """Open a database, or put another one in its place, and say so.

    KnownError if it is a newer one, or if the disk is in the way.
    """
    with accessible(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with locks.opening(file):
            _sweep(file)
            connection, notices = _opened_or_replaced(file, kind)
        ((filled,),) = connection.execute(kind.filled).fetchall()
        return Opened(connection, notices, not filled)


def connect(file: Path, kind: Kind) -> apsw.Connection:
    """Give one more connection, for another thread, to a database that was opened."""
    with accessible(file):
        return _connect(file, kind, apsw.SQLITE_OPEN_READWRITE)


def _connect(file: Path, kind: Kind, flags: int) -> apsw.Connection:
    connection = _Connection(file, flags)
    try:
        connection.set_busy_timeout(BUSY_MS)
        for setting in kind.settings:
            connection.execute(f"PRAGMA {setting}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _opened_or_replaced(file: Path, kind: Kind) -> tuple[apsw.Connection, tuple[str, ...]]:
    if not file.exists() or not file.stat().st_size:
        if _log_of(file).exists():
            _set_aside(file)  # It would be taken for the log of the next one.
        return _begun(file, kind, f"{called(file)} was not there", is_first=True)
    try:
        return _in_order(file, kind), ()
    except (*DAMAGED, DamagedError):
        aside = _set_aside(file)
    return _begun(file, kind, f"{called(file)} was damaged and is kept as {aside.name}")


def _in_order(file: Path, kind: Kind) -> apsw.Connection:
    connection = _connect(file, kind, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    try:
        _check(connection, kind, closely=suspicion(file).exists())
        _migrate(connection, kind)
        suspicion(file).unlink(missing_ok=True)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: apsw.Connection, kind: Kind, *, closely: bool) -> None:
    """Raise apsw's CorruptError if a database is damaged, or is somebody else's.

    The index of the words is gone through only `closely`: that takes a second for 100,000
    pictures. If it is damaged, its use says so.
    """
    found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    tables = {name: str(sql).startswith("CREATE VIRTUAL") for name, sql in found.fetchall()}
    missing = kind.tables - set(tables)
    if missing if _version(connection) else tables:
        raise apsw.CorruptError("its tables are another's")
    plain = [f"quick_check({name})" for name, is_virtual in tables.items() if not is_virtual]
    for check in ["integrity_check(1)"] if closely else plain:
        if connection.execute(f"PRAGMA {check}").fetchall() != [("ok",)]:
            raise apsw.CorruptError(f"{check} found damage")


def _version(connection: apsw.Connection) -> int:
    return int(connection.pragma("user_version"))


def _migrate(connection: apsw.Connection, kind: Kind) -> None:
    version = _version(connection)
    if version > kind.version:
        name = connection.filename
        raise DatabaseError(
            f"{called(name)} {name} was written by a newer LDM Desktop "
            f"(it is of version {version}, and this one knows version {kind.version}): update "
            "LDM Desktop."
        )
    if 0 < version < kind.version:
        with _copied(connection, _beside(connection, f"version-{version}")):
            pass
    for number in range(version, kind.version):
        with transaction(connection):
            connection.execute(kind.migrations[number])
            connection.execute(f"PRAGMA user_version = {number + 1}")


# Backups


def back_up(connection: apsw.Connection, kind: Kind) -> None:
    """Keep a sound copy beside the database; the oldest one goes."""
    names = [_beside(connection, ending) for ending in kind.backups]
    with _copied(connection, names[0]):
        # From the oldest on, so that a kill in between leaves no name without a sound copy.
        for newer, older in reversed(list(itertools.pairwise(names))):
            if newer.exists():
                newer.replace(older)


def _beside(connection: apsw.Connection, ending: str) -> Path:
    file = Path(connection.filename)
    return file.with_name(f"{file.name}.{ending}")


@contextlib.contextmanager
def _copied(connection: apsw.Connection, to: Path) -> Iterator[None]:
    """Copy a database, make room for the copy, and give it its name."""
    with accessible(to), _unfinished(to) as part:
        with explained(connection.filename):
            connection.execute("VACUUM INTO ?", (str(part),))
        yield
        _replace(part, to)


@contextlib.contextmanager
def _unfinished(final: Path) -> Iterator[Path]:
    """Give a temporary name for a database, of which nothing is left afterwards."""
    with paths.part_file(final) as part:
        try:
            yield part
        finally:
            for ending in ("-journal", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    part.with_name(part.name + ending).unlink()


def _replace(part: Path, final: Path) -> None:
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(final)
    paths.sync_folder(final.parent)


def _sweep(file: Path) -> None:
    """Remove copies that a killed process has left unfinished."""
    for part in file.parent.glob(f".{file.name}.*.part*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > files.STALE_SECONDS:
                part.unlink()


# Damage


def _log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _set_aside(file: Path) -> Path:
    """Rename a database, with what SQLite keeps beside it, to a name that is free."""
    names = (file.with_name(f"{file.name}.damaged-{number}") for number in itertools.count(1))
    aside = next(name for name in names if not name.exists())
    with locks.unused(file):
        for ending in ("-wal", "-shm", ""):
            part = file.with_name(file.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
        suspicion(file).unlink(missing_ok=True)
        paths.sync_folder(file.parent)
    return aside


def _begun(
    file: Path, kind: Kind, reason: str, *, is_first: bool = False
) -> tuple[apsw.Connection, tuple[str, ...]]:
    """Begin with the latest backup that is sound, or with nothing."""
    days = (_bring_backup(file.with_name(f"{file.name}.{name}"), file, kind)
            for name in kind.backups)  # fmt: skip
    since = next((day for day in days if day), "")
    connection = _in_order(file, kind)
    if since:
        what = kind.from_backup.format(since=since)
    elif is_first:
        return connection, ()
    else:
        what = kind.from_nothing
    return connection, (f"{reason}; {what}.",)


def _bring_backup(backup: Path, file: Path, kind: Kind) -> str:
    """Put a backup in the database's place; gives the day it is from, if it is a sound one."""
    if not backup.exists():
        return ""
    since = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
    with _unfinished(file) as part:
        shutil.copyfile(backup, part)
        if not _is_sound(part, kind, since.isoformat()):
            return ""
        _replace(part, file)
    return since.astimezone().date().isoformat()


def _is_sound(part: Path, kind: Kind, since: str) -> bool:
    """Say whether a copy can be used, and note in it what it is."""
    connection = apsw.Connection(str(part))
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        _check(connection, kind, closely=True)
        if not 0 < _version(connection) <= kind.version:
            return False
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (RESTORED, since))
    except DAMAGED:
        return False
    finally:
        connection.close()
    return True
