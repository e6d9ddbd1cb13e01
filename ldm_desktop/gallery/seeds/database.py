"""The seeds' database: it is the truth about them, which no files could tell again.

So it has two backups, of the last close and of the one before. The small pictures are kept apart
(see `previews`): they can be made again, and would make checks and backups slow.
"""

from __future__ import annotations

from pathlib import Path

import apsw

from ldm_desktop.gallery import database
from ldm_desktop.gallery.database import Kind, Opened
from ldm_desktop.gallery.index.sql import SEEDS
from ldm_desktop.gallery.seeds import schema

TABLES = frozenset(("seeds", "recipes", "sheets", "trials", "meta"))


def _kind() -> Kind:
    return Kind(
        schema.MIGRATIONS,
        TABLES,
        "SELECT EXISTS (SELECT 1 FROM seeds) OR EXISTS (SELECT 1 FROM sheets)",
        "its backup of {since} took its place, so what was said of seeds after that is missing",
        "there was no sound backup of it, so seeds and sheets are remembered anew from now on",
        ("backup", "backup-before"),
    )


def file_in(data: Path) -> Path:
    """Give the place of the database in the application's data."""
    return data / SEEDS


def open_database(file: Path) -> Opened:
    """Open the database, or put its backup in its place, and say so.

    KnownError if it is a newer one, or if the disk is in the way.
    """
    return database.open_database(file, _kind())


def back_up(connection: apsw.Connection) -> None:
    """Keep a sound copy beside the database; the last one becomes the one before."""
    database.back_up(connection, _kind())
