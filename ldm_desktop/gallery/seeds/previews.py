"""Small pictures of trials, in a file beside the seeds' database: a cache that may be lost.

They are named by seed and recipe, so that they fit whatever database they stand beside. Trouble
with them costs a picture that can be made again, never what a person said.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import apsw

from ldm_desktop.gallery.index.sql import DAMAGED, MOVED
from ldm_desktop.gallery.seeds.records import SeedKey

T = TypeVar("T")
FILE = "seed-previews.db"
BUSY_MS = 2000
MOST = 200_000
"""Pictures that are kept, the latest ones; some KiB each."""
GET = "SELECT image FROM previews WHERE key = ?"
NOWHERE = ":memory:"
SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "CREATE TABLE IF NOT EXISTS previews (key BLOB PRIMARY KEY, image BLOB NOT NULL) STRICT",
)
_log = logging.getLogger(__name__)


def key_of(seed: SeedKey, likeness: str) -> bytes:
    """Name the picture of a seed by a recipe."""
    return seed.seed.to_bytes(8, "big") + seed.generator.value[:1].encode() + _digest(likeness)


def _digest(likeness: str) -> bytes:
    return bytes.fromhex(likeness[:32])


class Previews:
    """Image files' bytes by key, for the thread that has made it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection = self._opened()

    def put(self, images: Mapping[bytes, bytes]) -> None:
        """Keep pictures in place of older ones of the same keys."""
        self._try(lambda: self._put(images), None)

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give the pictures that are there."""
        wanted = list(keys)
        return self._try(lambda: self._get(wanted), {})

    def close(self) -> None:
        """Let go of the oldest ones that are too many, and of the file."""
        self._try(self._tidy, None)
        self._connection.close()

    def _put(self, images: Mapping[bytes, bytes]) -> None:
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO previews VALUES (?, ?)", images.items()
            )

    def _get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for key in keys:
            rows: Any = self._connection.execute(GET, (key,)).fetchall()
            found.update((key, image) for (image,) in rows)
        return found

    def _tidy(self) -> None:
        self._connection.execute(
            "DELETE FROM previews WHERE rowid <= (SELECT max(rowid) FROM previews) - ?", (MOST,)
        )

    def _try(self, work: Callable[[], T], otherwise: T) -> T:
        try:
            return work()
        except DAMAGED as error:
            _log.warning("The previews of seeds are made anew: %s.", error)
            self._connection.close()
            self._connection = self._begun_anew()
        except apsw.Error as error:
            _log.warning("Previews of seeds cannot be kept in %s: %s.", self._file, error)
            if getattr(error, "extendedresult", 0) == MOVED:
                self._connection.close()
                self._connection = self._opened()
        return otherwise

    def _opened(self) -> apsw.Connection:
        try:
            return _connected(str(self._file))
        except DAMAGED:
            return self._begun_anew()
        except apsw.Error as error:
            _log.warning("Previews of seeds cannot be kept in %s: %s.", self._file, error)
            return _connected(NOWHERE)

    def _begun_anew(self) -> apsw.Connection:
        for ending in ("-wal", "-shm", ""):
            with contextlib.suppress(OSError):
                self._file.with_name(self._file.name + ending).unlink()
        try:
            return _connected(str(self._file))
        except apsw.Error:
            return _connected(NOWHERE)  # As when the damaged one is read-only.


def _connected(name: str) -> apsw.Connection:
    connection = apsw.Connection(name)
    try:
        connection.set_busy_timeout(BUSY_MS)
        for setting in SETTINGS:
            connection.execute(setting).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection
