"""What can be asked of the gallery's rows; `store.Store` can also change them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.index import store_albums, store_annotations, store_common
from ldm_desktop.gallery.index.sql import rows
from ldm_desktop.gallery.index.store_rows import (
    ENTRY,
    KNOWN,
    MADE,
    entry_of,
    file_of,
    file_to_blob,
    known_of,
    made_of,
)
from ldm_desktop.gallery.index.store_values import (
    Album,
    Binned,
    Common,
    Known,
    Other,
    Place,
    Unwritten,
)
from ldm_desktop.gallery.records import Annotation, Details, Entry, State, short

PAGE = 2000
PREFIX = re.compile(r"#?([0-9a-f]{1,32})", re.IGNORECASE)
DASHES = (8, 13, 18, 23)
LISTED = "IN (SELECT value FROM json_each(?))"
SELECT_ENTRIES = f"SELECT {ENTRY} FROM pictures WHERE number {LISTED}"  # noqa: S608
SELECT_MADE = f"SELECT {MADE}, trashed FROM pictures WHERE number = ?"  # noqa: S608
SELECT_KNOWN = f"SELECT {KNOWN} FROM pictures WHERE"  # noqa: S608
SELECT_BINNED = "SELECT number, id, file, trashed FROM pictures WHERE state = 'trashed'"
SELECT_IDS = f"SELECT number, id FROM pictures WHERE number {LISTED}"  # noqa: S608
SELECT_NUMBERS = f"SELECT id, number FROM pictures WHERE id {LISTED}"  # noqa: S608
CHILDREN = """
    SELECT id FROM parents JOIN pictures ON number = child WHERE parent = ?
    GROUP BY number ORDER BY created, number
"""
UNWRITTEN = """
    SELECT number, id, file, revision, sidecar_hash FROM pictures
    WHERE revision != written AND state NOT IN ('missing', 'trashed')
"""
TAGS = """
    SELECT tag, count(*) FROM tags JOIN pictures ON number = picture WHERE state != 'trashed'
    GROUP BY tag ORDER BY tag
"""


class NotHereError(KnownError):
    """A picture that was asked for has no row, or none any more."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The picture {what} is not in the gallery (any more): search for it.")


class Reader:
    """The rows of one library's pictures, to be read by the thread that owns the connection."""

    def __init__(self, connection: apsw.Connection, library: Path) -> None:
        self.connection = connection
        self.library = library

    def _all(self, statement: str, *bindings: Any) -> list[tuple[Any, ...]]:
        return rows(self.connection, statement, bindings)

    # Single pictures

    def number(self, picture: UUID) -> int | None:
        """Give the row of a picture, if it has one."""
        found = self._all("SELECT number FROM pictures WHERE id = ?", str(picture))
        return found[0][0] if found else None

    def row(self, picture: UUID) -> int:
        """Give the row of a picture that must have one."""
        number = self.number(picture)
        if number is None:
            raise NotHereError(short(picture))
        return number

    def entry(self, number: int) -> Entry:
        """Give the entry of a row."""
        if found := self.entries([number]):
            return found[number]
        raise NotHereError(f"in row {number}")

    def annotation(self, picture: UUID) -> Annotation:
        """Give what a person says of a picture."""
        number = self.row(picture)
        return store_annotations.read(self.connection, [number])[number]

    def details(self, picture: UUID) -> Details:
        """Give all that is known of a picture."""
        number = self.row(picture)
        made, trashed = self._made(number, picture)
        return Details(
            entry=self.entry(number),
            made=made,
            annotation=store_annotations.read(self.connection, [number])[number],
            children=self.children(picture),
            trashed=place_of(trashed).file or "" if trashed else "",
        )

    def _made(self, number: int, picture: UUID) -> tuple[Any, str]:
        ((*row, trashed),) = self._all(SELECT_MADE, number)
        return made_of(tuple(row), self.parents(picture)), trashed

    def parents(self, picture: UUID) -> tuple[UUID, ...]:
        """Give the pictures that a picture came from, whether they have rows or not."""
        found = self._all(
            "SELECT parent FROM parents JOIN pictures ON number = child WHERE id = ? "
            "ORDER BY place",
            str(picture),
        )
        return tuple(UUID(parent) for (parent,) in found)

    def children(self, picture: UUID) -> tuple[UUID, ...]:
        """Give the pictures that came from a picture, oldest first."""
        return tuple(UUID(child) for (child,) in self._all(CHILDREN, str(picture)))

    # Many pictures

    def entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        """Give the entries of those rows that are there."""
        found = self._all(SELECT_ENTRIES, _json(numbers))
        return {row[0]: entry_of(row) for row in found}

    def ids(self, numbers: Iterable[int]) -> dict[int, UUID]:
        """Give the ids of those rows that are there."""
        found = self._all(SELECT_IDS, _json(numbers))
        return {number: UUID(key) for number, key in found}

    def numbers(self, pictures: Iterable[UUID]) -> dict[UUID, int]:
        """Give the rows of those pictures that have one."""
        wanted = json.dumps([str(picture) for picture in pictures])
        found = self._all(SELECT_NUMBERS, wanted)
        return {UUID(key): number for key, number in found}

    def common(self, numbers: Sequence[int]) -> Common:
        """Give which tags, albums and note pictures share, and what only some of them have."""
        return store_common.common(self.connection, numbers)

    def find(self, prefix: str) -> tuple[UUID, ...]:
        """Give the pictures whose ids begin so; `#` in front and dashes do not matter."""
        begins = PREFIX.fullmatch(prefix.strip().replace("-", ""))
        if not begins:
            return ()
        first = _dashed(begins[1].lower())
        found = self._all(
            "SELECT id FROM pictures WHERE id >= ? AND id < ? ORDER BY id", first, f"{first}g"
        )
        return tuple(UUID(key) for (key,) in found)

    def count(self, state: State | None = None) -> int:
        """Count the pictures, or those in a state."""
        if state is None:
            return int(self._all("SELECT count(*) FROM pictures")[0][0])
        counted = self._all("SELECT count(*) FROM pictures WHERE state = ?", state.value)
        return int(counted[0][0])

    def tags(self) -> list[tuple[str, int]]:
        """Give the tags with their number of pictures, by name."""
        return [(tag, count) for tag, count in self._all(TAGS)]

    def albums(self) -> list[Album]:
        """Give the albums by name."""
        return store_albums.list_albums(self.connection)

    def data_version(self) -> int:
        """Give a number that changes whenever another connection has changed something."""
        return int(self._all("PRAGMA data_version")[0][0])

    def meta(self, name: str) -> str:
        """Give a remark on the gallery as a whole, or nothing."""
        found = self._all("SELECT value FROM meta WHERE name = ?", name)
        return str(found[0][0]) if found else ""

    # Files

    def known(self, picture: UUID) -> Known | None:
        """Give the file of a picture as it was last seen."""
        return next(iter(self._known("id = ?", str(picture))), None)

    def at(self, file: Path) -> Known | None:
        """Give what was last seen at a path in the library."""
        return next(iter(self._known("file = ?", file_to_blob(file))), None)

    def files(self) -> Iterator[Known]:
        """Give all files, page by page: what changes meanwhile is seen or not, and never waits."""
        last = 0
        while page := self._known("number > ? ORDER BY number LIMIT ?", last, PAGE):
            yield from page
            last = page[-1].number

    def by_pixels(self, pixels: str) -> list[Known]:
        """Give the files with these pixels."""
        return self._known("pixels = ? ORDER BY number", pixels)

    def by_bytes(self, digest: str) -> list[Known]:
        """Give the files with these bytes, by their SHA-256."""
        return self._known("bytes = ? ORDER BY number", digest)

    def _known(self, where: str, *bindings: Any) -> list[Known]:
        return [known_of(row) for row in self._all(f"{SELECT_KNOWN} {where}", *bindings)]

    def others(self) -> list[Other]:
        """Give the files that have no row of their own."""
        found = self._all("SELECT file, size, mtime_ns, picture, reason FROM others ORDER BY file")
        return [Other(file_of(file), *rest) for file, *rest in found]

    def in_trash(self) -> list[Binned]:
        """Give the pictures in the trash, and those whose way there was cut short."""
        return self._binned("TRUE ORDER BY number")

    def binned(self, picture: UUID) -> Binned | None:
        """Give a picture if it is in the trash, or on its way there."""
        return next(iter(self._binned("id = ?", str(picture))), None)

    def _binned(self, where: str, *bindings: Any) -> list[Binned]:
        return [
            Binned(number, UUID(key), file_of(file), place_of(text))
            for number, key, file, text in self._all(f"{SELECT_BINNED} AND {where}", *bindings)
        ]

    # What is still to be written

    def unwritten(self, limit: int, after: int = 0) -> list[Unwritten]:
        """Give annotations whose sidecars do not have them yet, of files that are there, by row."""
        return self._unwritten("number > ? ORDER BY number LIMIT ?", after, limit)

    def due(self, picture: UUID) -> Unwritten | None:
        """Give a picture's annotation if its sidecar does not have it yet."""
        return next(iter(self._unwritten("id = ?", str(picture))), None)

    def _unwritten(self, where: str, *bindings: Any) -> list[Unwritten]:
        # The revision first: words of a later one only stay due.
        found = self._all(f"{UNWRITTEN} AND {where}", *bindings)
        said = store_annotations.read(self.connection, [row[0] for row in found])
        return [
            Unwritten(number, UUID(key), file_of(file), revision, said[number], sidecar_hash)
            for number, key, file, revision, sidecar_hash in found
            if number in said
        ]

    def unwritten_albums(self) -> int | None:
        """Give the revision of the albums if `albums.json` does not have it yet."""
        return store_albums.unwritten_revision(self.connection)


def place_of(text: str) -> Place:
    """Read where a picture in the trash is."""
    return codec.from_json(Place, codec.parse(text, "The place in the trash"))


def _dashed(digits: str) -> str:
    for place in DASHES:
        if len(digits) > place:
            digits = f"{digits[:place]}-{digits[place:]}"
    return digits


def _json(numbers: Iterable[int]) -> str:
    return json.dumps(list(numbers))
