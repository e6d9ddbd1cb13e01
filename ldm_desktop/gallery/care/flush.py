"""Annotations on their way to the files: sidecars of changed pictures, and `albums.json`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import albums_file, beside, files
from ldm_desktop.gallery.care import ledger, said
from ldm_desktop.gallery.index import locks
from ldm_desktop.gallery.index.sql import DatabaseError
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Unwritten

MANY = 1000
ALBUMS_READ = "albums_read"


def flush(store: Store, limit: int = MANY) -> int:
    """Write sidecars that are due, at most so many, and the albums; give how many were written.

    What cannot be written stays due, and the first trouble is raised when the rest is written.
    """
    ledger.reach(store)
    written, troubles = _write_sidecars(store, limit)
    try:
        written += write_albums(store)
    except KnownError as error:
        troubles.append(error)
    if troubles:
        raise troubles[0]
    return written


def _write_sidecars(store: Store, limit: int) -> tuple[int, list[KnownError]]:
    written, troubles = 0, []
    stuck: set[Path] = set()
    for due in _all_due(store):
        if written == limit:
            break
        if due.file.parent in stuck:
            continue
        try:
            written += said.write(store, due.id)
        except DatabaseError as error:
            return written, [error]
        except KnownError as error:
            troubles.append(error)
            if isinstance(error, files.UnreachableError):
                stuck.add(due.file.parent)
    return written, troubles


def _all_due(store: Store) -> Iterator[Unwritten]:
    """Give all that is due, page by page: what cannot be written holds up nothing behind it."""
    last = 0
    while page := store.unwritten(MANY, last):
        yield from page
        last = page[-1].number


def write_albums(store: Store) -> bool:
    """Write the albums if they have changed; tell whether they had."""
    read_albums(store)
    if store.unwritten_albums() is None:
        return False
    with locks.writing(store.connection.filename):
        # Asked before what they are: later ones only stay due.
        revision = store.unwritten_albums()
        if revision is None:
            return False
        albums_file.write(store.library, store.albums())
        store.wrote_albums(revision)
    return True


def read_albums(store: Store) -> None:
    """Make the albums that the library's file has, too, unless ours are newer.

    A new database reads them once in any case: it has only those that sidecars name.
    """
    is_new = not store.meta(ALBUMS_READ)
    if not is_new and store.unwritten_albums() is not None:
        return
    try:
        albums = albums_file.read(store.library)
    except beside.DamagedError:
        albums = ()  # Writing sets it aside; the sidecars name those that have pictures.
    store.add_albums(albums)
    if is_new:
        store.set_meta(ALBUMS_READ, "yes")
