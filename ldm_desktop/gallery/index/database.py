"""The gallery's database: what is in it can be read again from the pictures and their sidecars."""

from __future__ import annotations

from pathlib import Path

import apsw

from ldm_desktop.gallery import database
from ldm_desktop.gallery.database import RESTORED as RESTORED
from ldm_desktop.gallery.database import SETTINGS, Kind, Opened
from ldm_desktop.gallery.index import schema
from ldm_desktop.gallery.index.sql import transaction as transaction

TABLES = frozenset(
    ("pictures", "parents", "tags", "albums", "album_pictures", "others", "remembered", "meta")
)


def _kind() -> Kind:
    return Kind(
        schema.MIGRATIONS,
        TABLES,
        "SELECT EXISTS (SELECT 1 FROM pictures)",
        "its backup of {since} took its place, and the library is looked through",
        "it is made anew from the pictures' files",
        settings=SETTINGS,
    )


def open_database(file: Path) -> Opened:
    """Open a library's database, or put another one in its place, and say so.

    It is `fresh` if there is nothing in it, so that the library is to be looked through.
    KnownError if it is a newer one, or if the disk is in the way.
    """
    return database.open_database(file, _kind())


def connect(file: Path) -> apsw.Connection:
    """Give one more connection, for another thread, to a database that was opened."""
    return database.connect(file, _kind())


def back_up(connection: apsw.Connection) -> None:
    """Keep a sound copy beside the database, in place of an older one."""
    database.back_up(connection, _kind())
