"""The order of the strips: which pictures are side by side, each fork under what it left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from ldm_desktop.session.explore.strip_way import Way
from ldm_desktop.session.explore.subject import Subject

MOST_ROWS = 8


class Rows:
    """The ways from top to bottom, eight at most."""

    def __init__(self) -> None:
        self._ways: list[Way] = []

    def __iter__(self) -> Iterator[Way]:
        return iter(tuple(self._ways))

    def __len__(self) -> int:
        return len(self._ways)

    def __getitem__(self, place: int) -> Way:
        return self._ways[place]

    @property
    def room(self) -> int:
        """How many more there is room for."""
        return MOST_ROWS - len(self._ways)

    def way(self, row: UUID | None) -> Way | None:
        """Give a row by its id."""
        return next((way for way in self._ways if way.id == row), None)

    def known(self, subject: Subject) -> Way | None:
        """Give the row of a picture, if it has one."""
        return next((way for way in self._ways if way.recipe == subject.recipe), None)

    def family(self, way: Way) -> list[Way]:
        """Give a row and all that left it, which stand under it."""
        found = [way]
        for each in self._ways:
            if each.parent in {member.id for member in found}:
                found.append(each)
        return found

    def leaver(self, way: Way, step: int) -> Way:
        """Give the row whose own steps hold this one: before it left, a fork is its parent."""
        while step < way.start and (parent := self.way(way.parent)):
            way = parent
        return way

    def ways_of(self, subjects: Sequence[Subject]) -> list[Way]:
        """Give rows for pictures, in their order; those that are there bring their forks along."""
        found: list[Way] = []
        for subject in subjects:
            known = self.known(subject)
            found += self.family(known) if known else [Way(subject)]
        return list({way.recipe.id: way for way in found}.values())

    def put(self, ways: Sequence[Way]) -> list[Way]:
        """Have exactly these rows; give those that have to be filled from their beginning.

        A fork whose parent has gone stands on its own from now on, with the steps they shared.
        """
        before, self._ways = set(self._ways), list(ways[:MOST_ROWS])
        fresh = [way for way in self._ways if way not in before]
        orphans = [way for way in self._ways if way.parent and not self.way(way.parent)]
        for way in orphans:
            way.parent = None
        return list(dict.fromkeys([*fresh, *orphans]))

    def add_fork(self, parent: Way, child: Way) -> None:
        """Put a fork under its parent, after those that left before."""
        last = self.family(parent)[-1]
        self._ways.insert(self._ways.index(last) + 1, child)
