"""The albums in the database; each change is counted until `albums.json` has it, too."""

from __future__ import annotations

from collections.abc import Iterable

import apsw

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.index.sql import rows
from ldm_desktop.gallery.index.store_values import Album
from ldm_desktop.gallery.records import readable

LIST = """
    SELECT name, query, count(number) FROM albums
    LEFT JOIN album_pictures ON album = name
    LEFT JOIN pictures ON number = picture AND state != 'trashed'
    GROUP BY name ORDER BY name
"""
COUNT_CHANGE = """
    INSERT INTO meta VALUES ('albums_revision', '1')
    ON CONFLICT (name) DO UPDATE SET value = CAST(value + 1 AS TEXT)
"""
WRITTEN = "albums_written"
REVISIONS = "SELECT name, value FROM meta WHERE name IN ('albums_revision', 'albums_written')"


def list_albums(connection: apsw.Connection) -> list[Album]:
    """Give the albums by name; those that are filled by hand with their number of pictures."""
    return [
        Album(name, query, None if query is not None else count)
        for name, query, count in rows(connection, LIST)
    ]


def ensure_albums(connection: apsw.Connection, names: Iterable[str]) -> None:
    """Make the albums that are not there yet."""
    add_albums(connection, [Album(name) for name in sorted(names)])


def add_albums(connection: apsw.Connection, albums: Iterable[Album]) -> None:
    """Make albums but for those of whose name there is one."""
    for album in albums:
        connection.execute(
            "INSERT INTO albums VALUES (?, ?) ON CONFLICT DO NOTHING", (album.name, album.query)
        )
        if connection.changes():
            connection.execute(COUNT_CHANGE)


def make(connection: apsw.Connection, name: str, query: str | None) -> None:
    """Make an album under a name that is free."""
    connection.execute("INSERT INTO albums VALUES (?, ?)", (free(connection, name), query))
    connection.execute(COUNT_CHANGE)


def rename(connection: apsw.Connection, name: str, new: str) -> list[int]:
    """Give an album another name; gives the rows of the pictures in it."""
    numbers = members(connection, name)
    connection.execute("UPDATE albums SET name = ? WHERE name = ?", (free(connection, new), name))
    connection.execute(COUNT_CHANGE)
    return numbers


def remove(connection: apsw.Connection, name: str) -> list[int]:
    """Remove an album, not its pictures; gives their rows."""
    numbers = members(connection, name)
    connection.execute("DELETE FROM albums WHERE name = ?", (name,))
    connection.execute(COUNT_CHANGE)
    return numbers


def members(connection: apsw.Connection, name: str) -> list[int]:
    """Give the rows of an album's pictures; KnownError if there is no such album."""
    if not rows(connection, "SELECT 1 FROM albums WHERE name = ?", (name,)):
        raise BadArgumentError(f"There is no album {name!r}: look at the names there are.")
    found = rows(connection, "SELECT picture FROM album_pictures WHERE album = ?", (name,))
    return [number for (number,) in found]


def free(connection: apsw.Connection, name: str) -> str:
    """Give a name as it is kept, if no album has it."""
    cleaned = readable(name)
    if not cleaned:
        raise BadArgumentError("An album's name needs at least one character that can be seen.")
    if rows(connection, "SELECT 1 FROM albums WHERE name = ?", (cleaned,)):
        raise BadArgumentError(f"There is an album {cleaned!r} already: choose another name.")
    return cleaned


def refuse_smart(connection: apsw.Connection, names: Iterable[str]) -> None:
    """KnownError if an album that is to be filled by hand is a smart one."""
    smart = {name for (name,) in rows(connection, "SELECT name FROM albums WHERE query NOT NULL")}
    if taken := sorted(smart & {readable(name) for name in names}):
        raise BadArgumentError(
            f"The album {taken[0]!r} is filled by its search: change the search, or add the "
            "pictures to another album."
        )


def unwritten_revision(connection: apsw.Connection) -> int | None:
    """Give the revision of the albums if `albums.json` does not have it."""
    known = {name: int(value) for name, value in rows(connection, REVISIONS)}
    revision = known.get("albums_revision", 0)
    return revision if revision != known.get("albums_written", 0) else None
