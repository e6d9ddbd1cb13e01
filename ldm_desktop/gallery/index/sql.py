"""What all uses of databases share: transactions, reads, and trouble in words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import files

TROUBLE = (
    (apsw.FullError, "the disk is full; free some space and try again"),
    (apsw.IOError, "the disk reports an error; check it, and try again"),
    (apsw.ReadOnlyError, "it can only be read; check the rights of its folder, and try again"),
    (apsw.PermissionsError, "you have no permission; check the rights of its folder"),
    (apsw.CantOpenError, "it cannot be opened; check its folder's rights and the disk's space"),
    (apsw.BusyError, "another LDM Desktop is writing in it; try again"),
    (apsw.LockedError, "another part of LDM Desktop is writing in it; try again"),
    (apsw.ProtocolError, "its folder's disk keeps no locks; move the data folder to another disk"),
)
SEEDS = "seeds.db"
DAMAGED = (apsw.CorruptError, apsw.NotADBError)
MADE_ANEW = "makes it anew from the pictures' files"
MOVED = apsw.SQLITE_READONLY_DBMOVED


class DatabaseError(KnownError):
    """The database, not what was asked of it, is in the way; once that ends, it can be used."""


class DamagedError(DatabaseError):
    """The database is damaged: only the next opening can help, which sets it aside."""


@contextlib.contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn trouble with the database file into a sentence; everything else is a bug."""
    try:
        yield
    except apsw.Error as error:
        known = _in_words(name, error)
        if known is None:
            raise
        if isinstance(known, DamagedError):
            with contextlib.suppress(OSError):
                suspicion(name).touch()
        raise known from error


@contextlib.contextmanager
def accessible(file: Path) -> Iterator[None]:
    """Do the same for the database's file and what lies beside it."""
    try:
        with explained(str(file)):
            yield
    except OSError as error:
        reason = files.TROUBLE.get(error.errno or 0) or error.strerror
        raise DatabaseError(f"{called(file)} {file} cannot be used: {reason}.") from error


def called(name: str | Path) -> str:
    """Say whose database a file is: that of the seeds has its name, the gallery's have numbers."""
    return "The seeds' database" if _is_of_seeds(name) else "The gallery's database"


def _is_of_seeds(name: str | Path) -> bool:
    return Path(name).name.startswith(SEEDS)


def suspicion(name: str | Path) -> Path:
    """Give the mark beside a database in which damage was met: it is to be looked at closely."""
    return Path(f"{name}.suspect")


def _in_words(name: str, error: apsw.Error) -> DatabaseError | None:
    if isinstance(error, DAMAGED):
        mended = "takes its backup" if _is_of_seeds(name) else MADE_ANEW
        return DamagedError(
            f"{called(name)} {name} is damaged: start LDM Desktop again, which sets it "
            f"aside and {mended}."
        )
    if getattr(error, "extendedresult", 0) == MOVED:
        return DatabaseError(
            f"{called(name)} {name} was moved while it was in use: put it back, and "
            "start LDM Desktop again."
        )
    words = next((words for form, words in TROUBLE if isinstance(error, form)), None)
    return DatabaseError(f"{called(name)} {name} cannot be used: {words}.") if words else None


@contextlib.contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Do all of something, durably, or nothing."""
    with explained(connection.filename):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # On a full disk SQLite has undone it by itself; to do so again would hide the reason.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def rows(
    connection: apsw.Connection, statement: str, bindings: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """Give all rows of a query; read to the end, as one left open would hold up the writers."""
    with explained(connection.filename):
        return connection.execute(statement, tuple(bindings)).fetchall()
