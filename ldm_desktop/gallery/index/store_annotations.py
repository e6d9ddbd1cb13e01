"""What people say of pictures, in the database: ratings, tags, albums, notes, and the words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import apsw

from ldm_desktop.core import codec
from ldm_desktop.gallery.index.sql import rows
from ldm_desktop.gallery.index.store_albums import ensure_albums
from ldm_desktop.gallery.records import Annotation, Facts, Flag, Label

MANY = 10_000
INDEX_WORDS = """
    INSERT OR REPLACE INTO words (rowid, file, model, sampler, tags, albums, note, settings)
    SELECT number, CAST(file AS TEXT), model, sampler,
        coalesce((SELECT group_concat(tag, char(10)) FROM tags WHERE picture = number), ''),
        coalesce((SELECT group_concat(album, char(10)) FROM album_pictures
                  WHERE picture = number), ''),
        note, settings
    FROM pictures WHERE number IN (SELECT value FROM json_each(?))
"""
WRITE = "UPDATE pictures SET rating = ?, flag = ?, label = ?, note = ? WHERE number = ?"


def index_words(connection: apsw.Connection, numbers: Iterable[int]) -> None:
    """Make the words of pictures findable as they are now."""
    connection.execute(INDEX_WORDS, (_json(numbers),))


def read(connection: apsw.Connection, numbers: Iterable[int]) -> dict[int, Annotation]:
    """Give what is said of pictures, by row."""
    wanted = _json(numbers)
    tags = _names(connection, "SELECT picture, tag FROM tags", wanted)
    albums = _names(connection, "SELECT picture, album FROM album_pictures", wanted)
    found = rows(
        connection,
        "SELECT number, rating, flag, label, note FROM pictures "
        "WHERE number IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {
        number: Annotation(
            rating, Flag(flag), Label(label), tuple(tags[number]), tuple(albums[number]), note
        )
        for number, rating, flag, label, note in found
    }


def _names(connection: apsw.Connection, select: str, wanted: str) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    where = "WHERE picture IN (SELECT value FROM json_each(?))"
    for picture, name in rows(connection, f"{select} {where}", (wanted,)):
        found[picture].append(name)
    return found


def write(connection: apsw.Connection, said: Mapping[int, Annotation]) -> None:
    """Replace what is said of pictures; their words are the caller's to index again."""
    connection.executemany(
        WRITE,
        ((a.rating, a.flag.value, a.label.value, a.note, row) for row, a in said.items()),
    )
    ensure_albums(connection, {album for a in said.values() for album in a.albums})
    for table, column in (("tags", "tag"), ("album_pictures", "album")):
        connection.executemany(
            f"DELETE FROM {table} WHERE picture = ?",  # noqa: S608 - of the names above
            ((number,) for number in said),
        )
        connection.executemany(
            f"INSERT INTO {table} ({column}, picture) VALUES (?, ?)",  # noqa: S608
            _pairs(said, column),
        )


def _pairs(said: Mapping[int, Annotation], column: str) -> Iterable[tuple[str, int]]:
    for number, annotation in said.items():
        for name in annotation.tags if column == "tag" else annotation.albums:
            yield name, number


def remember(connection: apsw.Connection, number: int, said: Annotation) -> None:
    """Keep what is said of a picture whose row goes."""
    if said != Annotation():
        connection.execute(
            "INSERT OR REPLACE INTO remembered SELECT id, pixels, ? FROM pictures WHERE number = ?",
            (codec.canonical(said), number),
        )


def recall(connection: apsw.Connection, facts: Facts) -> Annotation | None:
    """Give what was said of a picture when it had a row before, if anything was.

    It is known by its id, or, if a file has lost what it said of itself, by its pixels.
    """
    found = _remembered(connection, "id", str(facts.id))
    if found is None and facts.made.recipe is None:
        return _remembered(connection, "pixels", facts.pixels)
    return found


def let_go(connection: apsw.Connection, picture: UUID) -> None:
    """Let go of what was kept of a picture that has a row again."""
    connection.execute("DELETE FROM remembered WHERE id = ?", (str(picture),))


def _remembered(connection: apsw.Connection, column: str, value: str) -> Annotation | None:
    found = rows(
        connection,
        f"SELECT annotation FROM remembered WHERE {column} = ? ORDER BY id LIMIT 1",  # noqa: S608
        (value,),
    )
    return (
        codec.from_json(Annotation, codec.parse(found[0][0], "What is remembered"))
        if found
        else None
    )


def _json(numbers: Iterable[Any]) -> str:
    return json.dumps(list(numbers))
