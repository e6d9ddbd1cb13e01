"""The queue's file: opened, checked, brought to the present form, or set aside.

A file that is damaged or newer than this program keeps all it has under another name, and the
worker begins with an empty one and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import apsw

from ldm_desktop.core.errors import KnownError
from ldm_desktop.worker.jobs import JobEntry
from ldm_desktop.worker.store import Store, reason_of, transaction
from ldm_desktop.worker.work import Pace

MIGRATIONS = (
    """
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, place INTEGER NOT NULL, request TEXT NOT NULL, state TEXT NOT NULL,
        crashes INTEGER NOT NULL, sentence TEXT NOT NULL, log TEXT NOT NULL
    ) STRICT;
    CREATE TABLE pictures (
        id TEXT PRIMARY KEY, job TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE,
        number INTEGER NOT NULL, state TEXT NOT NULL, done INTEGER NOT NULL, file BLOB,
        sentence TEXT NOT NULL, report TEXT NOT NULL, submitted INTEGER NOT NULL, recipe TEXT,
        UNIQUE (job, number)
    ) STRICT;
    CREATE TABLE paces (
        fingerprint TEXT NOT NULL, precision TEXT NOT NULL, width INTEGER NOT NULL,
        height INTEGER NOT NULL, evaluation REAL NOT NULL, rest REAL NOT NULL,
        PRIMARY KEY (fingerprint, precision, width, height)
    ) STRICT;
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    """,
)
VERSION = len(MIGRATIONS)


class UnusableError(KnownError):
    """The file is no queue that this program could use."""

    def __init__(self, sentence: str, kind: str) -> None:
        super().__init__(sentence)
        self.kind = kind


@dataclass(frozen=True)
class Opened:
    """A store with what was in it, and what there is to say about that."""

    store: Store
    jobs: list[JobEntry]
    paces: list[Pace]
    notices: list[str]


def open_store(file: Path) -> Opened:
    """Open the queue, or an empty one in its place, and say what had to be done for that."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _open(str(file))
        except UnusableError as error:
            aside = _set_aside(file, error.kind)
            opened = _open(str(file))
            opened.notices.append(f"{error} It was kept as {aside.name}.")
            return opened
    except (OSError, apsw.Error, KnownError) as error:
        reason = reason_of(error) if isinstance(error, apsw.Error) else str(error)
        opened = _open(":memory:")
        opened.notices.append(
            f"The queue cannot be kept ({reason}); it lasts until you close LDM Desktop."
        )
        return opened


def _open(name: str) -> Opened:
    connection = apsw.Connection(name)
    try:
        _prepare(connection)
        store = Store(connection)
        jobs, notices = store.load()
        paces = store.paces()
        store.begin()
        return Opened(store, jobs, paces, notices)
    except (apsw.CorruptError, apsw.NotADBError, apsw.SQLError, ValueError) as error:
        connection.close()
        raise UnusableError("The queue's file was damaged.", "damaged") from error
    except BaseException:
        connection.close()
        raise


def _prepare(connection: apsw.Connection) -> None:
    connection.set_busy_timeout(1000)
    # One program at a time: two would make the same pictures.
    for setting in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise apsw.CorruptError
    version = connection.pragma("user_version")
    if version > VERSION:
        raise UnusableError("The queue was written by a newer LDM Desktop.", "newer")
    for number in range(version, VERSION):
        with transaction(connection):
            connection.execute(MIGRATIONS[number])
            connection.execute(f"PRAGMA user_version = {number + 1}")


def _set_aside(file: Path, kind: str) -> Path:
    """Rename a database, with what SQLite keeps beside it, to a name that is free."""
    number = 1
    while (aside := file.with_name(f"{file.name}.{kind}-{number}")).exists():
        number += 1
    for suffix in ("-wal", "-shm", ""):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside
