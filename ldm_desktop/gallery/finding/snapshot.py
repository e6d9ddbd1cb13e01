"""The database as one search sees it: sets of pictures and columns, each read once a version.

A set is an array with a place for every number, so that AND, OR and NOT are operations of numpy.
SQLite puts numbers together into one text, of which numpy makes an array: of 100,000 in 10 ms,
mostly without holding up other threads, where rows one by one would take six times as long.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import apsw
import numpy as np
from numpy.typing import NDArray

from ldm_desktop.gallery.finding import conditions
from ldm_desktop.gallery.finding.query_terms import Leaf
from ldm_desktop.gallery.index import sql

Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
Keys: TypeAlias = NDArray[Any]

MOST_MASKS = 64
CREATED = "SELECT number FROM pictures {} ORDER BY created, number"
NEWEST = "SELECT number FROM pictures {} ORDER BY created DESC, number DESC LIMIT ?"
NOT_TRASH = "WHERE state != 'trashed'"
NAMES = {
    "tag": "SELECT DISTINCT tag FROM tags",
    "album": "SELECT name FROM albums WHERE query IS NULL",
    "model": "SELECT DISTINCT model FROM pictures WHERE model != ''",
    "sampler": "SELECT DISTINCT sampler FROM pictures WHERE sampler != ''",
}
TITLES = """
    SELECT model, sampler, coalesce(steps, 0), group_concat(number) FROM pictures
    GROUP BY model, sampler, steps
"""
DUPLICATES = f"""
    SELECT dense_rank() OVER (ORDER BY pixels), number FROM pictures
    WHERE pixels IN ({conditions.TWICE})
"""  # noqa: S608 - a constant


@dataclass(frozen=True)
class Column:
    """A value for every number of a picture, where `known` says that there is one."""

    values: Keys
    known: Mask


class Snapshot:
    """What was read of one version of the database; it is kept until there is another."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._tokenizer = connection.fts5_tokenizer("unicode61", ["remove_diacritics", "2"])
        newest = self.rows("SELECT max(number) FROM pictures")[0][0]
        self.size = (newest or 0) + 1
        self._masks: dict[Leaf, Mask] = {}
        self._names: dict[str, list[str]] = {}
        self._columns: dict[str, Column] = {}
        self._created: dict[bool, Numbers] = {}
        self._titles: tuple[list[tuple[str, str, int]], Numbers] | None = None

    def rows(self, statement: str, bindings: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Give all rows of a statement."""
        return sql.rows(self._connection, statement, bindings)

    def numbers(self, statement: str, bindings: Sequence[Any] = ()) -> Numbers:
        """Give the numbers that a statement selects in its only column."""
        joined = f"WITH found (n) AS ({statement}) SELECT group_concat(n) FROM found"  # noqa: S608
        return _integers(self.rows(joined, bindings)[0][0] or "")

    def mask(self, leaf: Leaf) -> Mask:
        """Give the set of pictures that a condition holds for."""
        if leaf not in self._masks:
            asked = conditions.statement(leaf, self.names, self._tokens)
            if len(self._masks) == MOST_MASKS:
                del self._masks[next(iter(self._masks))]
            self._masks[leaf] = self.among(self.numbers(asked.text, asked.bindings))
        return self._masks[leaf]

    def among(self, numbers: Numbers) -> Mask:
        """Give numbers as a set."""
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[numbers] = True
        return mask

    def names(self, column: str) -> list[str]:
        """Give the names that a column has, or those of all tags or albums."""
        if column not in self._names:
            self._names[column] = [name for (name,) in self.rows(NAMES[column])]
        return self._names[column]

    def _tokens(self, text: str) -> list[str]:
        flags = apsw.FTS5_TOKENIZE_QUERY
        found = self._tokenizer(text.encode(), flags, None, include_offsets=False)
        return [token for group in found for token in group if isinstance(token, str)]

    def created(self, *, trash: bool) -> Numbers:
        """Give all pictures from the oldest on; those in the trash only if asked."""
        if trash not in self._created:
            self._created[trash] = self.numbers(CREATED.format("" if trash else NOT_TRASH))
        return self._created[trash]

    def newest(self, count: int, *, trash: bool) -> Numbers:
        """Give the newest pictures, the newest first."""
        if trash in self._created:
            return self._created[trash][::-1][:count]
        return self.numbers(NEWEST.format("" if trash else NOT_TRASH), [count])

    def measure(self, expression: str) -> Column:
        """Give a column, or what is made of several, as numbers."""
        return self._kept(expression, lambda: self._numeric(expression, _decimals))

    def seeds(self) -> Column:
        """Give the seeds: 64 bits without a sign."""
        return self._kept("seed", lambda: self._hexadecimal("hex(seed)", "seed IS NOT NULL"))

    def days(self) -> Column:
        """Give the days as numbers: 20261123."""
        day = "CAST(replace(day, '-', '') AS INTEGER)"
        return self._kept("day", lambda: self._numeric(day, _integers))

    def looks(self) -> Column:
        """Give the perceptual hashes: 64 bits without a sign."""
        return self._kept("look", lambda: self._numeric("look", _bits))

    def likenesses(self) -> Column:
        """Give 64 of the 256 bits by which recipes differ that differ in more than their seed."""
        first, whole = "substr(likeness, 1, 16)", "length(likeness) >= 16"
        return self._kept("likeness", lambda: self._hexadecimal(first, whole))

    def duplicates(self) -> Column:
        """Give a number to all pixels that several pictures have."""
        return self._kept("pixels", self._numbered_pixels)

    def _numbered_pixels(self) -> Column:
        found = self.rows(DUPLICATES)
        pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
        return self._column(pairs[:, 1], pairs[:, 0])

    def ranks(self, column: str) -> Column:
        """Give a column of few texts as their places in the alphabet; the empty is no text."""
        return self._kept(column, lambda: self._ranked(column))

    def _ranked(self, column: str) -> Column:
        found = self.rows(
            f"SELECT {column}, group_concat(number) FROM pictures "  # noqa: S608
            f"WHERE {column} != '' GROUP BY {column}"
        )
        found.sort(key=lambda row: (row[0].casefold(), row[0]))
        return self._column(*_in_turn([numbers for _, numbers in found]))

    def recipe_titles(self) -> tuple[list[tuple[str, str, int]], Numbers]:
        """Give (model, sampler, steps) of all recipes, and by number which a picture has."""
        if self._titles is None:
            found = self.rows(TITLES)
            of = self._column(*_in_turn([numbers for *_, numbers in found])).values
            self._titles = [(row[0], row[1], row[2]) for row in found], of
        return self._titles

    def file_names(self) -> Column:
        """Give the places of the files' names, without their folders, in the alphabet."""
        return self._kept("file", self._named)

    def _named(self) -> Column:
        text, numbers = self._joined("hex(file)", "00", "file IS NOT NULL")
        return self._column(numbers, _by_name(text))

    def _kept(self, name: str, read: Callable[[], Column]) -> Column:
        if name not in self._columns:
            self._columns[name] = read()
        return self._columns[name]

    def _numeric(self, expression: str, parsed: Callable[[str], Keys]) -> Column:
        text, numbers = self._joined(expression, ",", f"{expression} IS NOT NULL")
        return self._column(numbers, parsed(text))

    def _hexadecimal(self, expression: str, condition: str) -> Column:
        """Read 16 digits of each picture."""
        text, numbers = self._joined(expression, "", condition)
        values = np.frombuffer(bytes.fromhex(text), dtype=">u8").astype(np.uint64)
        return self._column(numbers, values)

    def _joined(self, expression: str, between: str, condition: str) -> tuple[str, Numbers]:
        ((text, numbers),) = self.rows(
            f"SELECT group_concat({expression}, ?), group_concat(number) FROM pictures "  # noqa: S608
            f"WHERE {condition}",
            (between,),
        )
        return text or "", _integers(numbers or "")

    def _column(self, numbers: Numbers, given: Keys) -> Column:
        values = np.zeros(self.size, dtype=given.dtype)
        values[numbers] = given
        return Column(values, self.among(numbers))


@functools.lru_cache(maxsize=1)
def _by_name(text: str) -> Numbers:
    """Give the places in the alphabet of paths, written in hexadecimal with 00 between them.

    It takes longer than all else here, and most changes of the database are to other columns.
    """
    paths = bytes.fromhex(text).lower().split(b"\0") if text else []
    names = np.array([path.rpartition(b"/")[2] for path in paths], dtype=np.bytes_)
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[np.argsort(names, kind="stable")] = np.arange(len(names))
    return ranks


def _in_turn(groups: list[str]) -> tuple[Numbers, Numbers]:
    """Give the numbers of groups, written with commas, one group after another, and of which."""
    parts = [_integers(group) for group in groups]
    numbers = np.concatenate([np.empty(0, dtype=np.int64), *parts])
    return numbers, np.repeat(np.arange(len(parts)), [len(part) for part in parts])


def _integers(text: str) -> Numbers:
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)


def _decimals(text: str) -> NDArray[np.float64]:
    return np.fromstring(text, dtype=np.float64, sep=",") if text else np.empty(0)


def _bits(text: str) -> NDArray[np.uint64]:
    return _integers(text).view(np.uint64)
