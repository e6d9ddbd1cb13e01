"""Moves among variations that can be undone, and the neighbours that one comes back to."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.explore.variation_place import Around, Place

MOST_PLACES = 1024


class Memory:
    """The neighbours of each centre as they were when one was there last."""

    def __init__(self) -> None:
        self._places: OrderedDict[Recipe, Place] = OrderedDict()

    def remember(self, place: Place) -> None:
        """Note how it is around a centre; siblings are their parent's affair."""
        if place.around is Around.CHILDREN:
            self._places[place.centre.recipe] = place
            self._places.move_to_end(place.centre.recipe)
            if len(self._places) > MOST_PLACES:
                self._places.popitem(last=False)

    def as_it_was(self, place: Place) -> Place:
        """Give a place with the directions, distance and lock that its centre had."""
        was = self._places.get(place.centre.recipe)
        return dataclasses.replace(was, path=place.path) if was else place


class Move(QUndoCommand):
    """From one place to another; moves that merge, like a slider's, become one."""

    def __init__(
        self, before: Place, after: Place, merges: bool, put: Callable[[Place], None]
    ) -> None:
        super().__init__()
        self._before = before
        self._after = after
        self._merges = merges
        self._put = put

    def id(self) -> int:
        """Let Qt offer the next move for merging."""
        return 1 if self._merges else -1

    def redo(self) -> None:
        """Go there."""
        self._put(self._after)

    def undo(self) -> None:
        """Go back."""
        self._put(self._before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a further move of the same kind."""
        assert isinstance(other, Move)
        self._after = other._after  # noqa: SLF001 - it is one of these
        return True
