"""A family of pictures as a graph: generations around one of them, small enough to be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from ldm_desktop.gallery.records import Entry

if TYPE_CHECKING:
    from ldm_desktop.session.gallery.access import Books

UP, DOWN = 4, 2
"""Generations that are shown before and after a picture's own."""
MOST_IN_A_ROW = 9

Related = Callable[[UUID], Sequence[UUID]]


class Way(Enum):
    """The ways from a picture to a relative."""

    PARENT = "parent"
    CHILD = "child"
    OLDER = "older"
    YOUNGER = "younger"


@dataclass(frozen=True)
class Kin:
    """A picture's family; `rows` are its generations, the eldest first.

    `entries` has those of them that are in the library; `parents` the lines of descent between
    those shown; `left_out` how many of each row there was no room for.
    """

    picture: UUID
    rows: tuple[tuple[UUID, ...], ...]
    own_row: int
    parents: dict[UUID, tuple[UUID, ...]]
    entries: dict[UUID, Entry]
    left_out: tuple[int, ...]

    @property
    def siblings(self) -> tuple[UUID, ...]:
        """The picture's own generation, itself included, the oldest first."""
        return self.rows[self.own_row]

    @property
    def alone(self) -> bool:
        """Whether it has no relatives at all."""
        return sum(map(len, self.rows)) == 1

    def relative(self, way: Way, last_child: UUID | None = None) -> UUID | None:
        """Give the nearest relative in a direction; of children, the one that one came from."""
        if way is Way.PARENT:
            return next(iter(self.parents.get(self.picture, ())), None)
        if way is Way.CHILD:
            everybody = [each for row in self.rows for each in row]
            children = [each for each in everybody if self.picture in self.parents.get(each, ())]
            return last_child if last_child in children else next(iter(children), None)
        place = self.siblings.index(self.picture) + (1 if way is Way.YOUNGER else -1)
        return self.siblings[place] if 0 <= place < len(self.siblings) else None


def read(picture: UUID, books: Books) -> Kin:
    """Read the family of a picture in a library."""
    store = books.store
    rows, left_out, own_row = generations(picture, store.parents, store.children)
    everybody = [each for row in rows for each in row]
    numbers = store.numbers(everybody)
    entries = store.entries(numbers.values())
    shown = set(everybody)
    return Kin(
        picture,
        rows,
        own_row,
        {each: tuple(p for p in store.parents(each) if p in shown) for each in everybody},
        {each: entries[number] for each, number in numbers.items() if number in entries},
        left_out,
    )


def generations(
    picture: UUID, parents: Related, children: Related
) -> tuple[tuple[tuple[UUID, ...], ...], tuple[int, ...], int]:
    """Give the rows of a family, how many each lacks, and which is the picture's own.

    Nobody is in two rows: who is related in several ways is as near as can be.
    """
    seen = {picture}
    elder = _walk(picture, parents, seen, UP)
    brood = _unique([each for one in parents(picture) for each in children(one)])
    own = [each for each in brood if each == picture or each not in seen] or [picture]
    seen.update(own)
    whole = [*reversed(elder), own, *_walk(picture, children, seen, DOWN)]
    rows = [_near(each, picture) for each in whole]
    left_out = tuple(len(one) - len(kept) for one, kept in zip(whole, rows, strict=True))
    return tuple(map(tuple, rows)), left_out, len(elder)


def _walk(picture: UUID, related: Related, seen: set[UUID], most: int) -> list[list[UUID]]:
    """Give the generations in one direction, the nearest first."""
    rows: list[list[UUID]] = [[picture]]
    while len(rows) <= most and rows[-1]:
        found = _unique([each for one in rows[-1][:MOST_IN_A_ROW] for each in related(one)])
        rows.append([each for each in found if each not in seen])
        seen.update(found)
    return [row for row in rows[1:] if row]


def _unique(pictures: Sequence[UUID]) -> list[UUID]:
    return list(dict.fromkeys(pictures))


def _near(row: list[UUID], picture: UUID) -> list[UUID]:
    """Keep what fits into a row; of the picture's own generation those beside it."""
    if len(row) <= MOST_IN_A_ROW:
        return row
    middle = row.index(picture) if picture in row else 0
    first = max(0, min(middle - MOST_IN_A_ROW // 2, len(row) - MOST_IN_A_ROW))
    return row[first : first + MOST_IN_A_ROW]
