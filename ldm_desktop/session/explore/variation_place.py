"""Where one is among variations, as one value: the way here, and what is around."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QImage

from ldm_desktop.core.noise import Mask, Seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.explore import ring
from ldm_desktop.session.explore.subject import Subject

USUAL_DEGREES = 15.0
COUNTS = (8, 15, 24)
MOST_NEIGHBOURS = max(COUNTS)


class Around(StrEnum):
    """Whose children the neighbours are: the centre's own, or its parent's."""

    CHILDREN = "children"
    SIBLINGS = "siblings"


@dataclass(frozen=True)
class Place:
    """The way here, the centre last; and the directions and the distance of what is around it.

    `painted` is 255 where the brush was: what stays, or what alone varies if it is `inverted`.
    """

    path: tuple[Subject, ...]
    directions: tuple[Seed, ...]
    degrees: float = USUAL_DEGREES
    around: Around = Around.CHILDREN
    painted: Mask | None = None
    inverted: bool = False

    @property
    def centre(self) -> Subject:
        """What one looks at."""
        return self.path[-1]

    @property
    def lock(self) -> Mask | None:
        """What new turns leave as it is, 255; None if nothing is painted."""
        if self.painted and self.inverted:
            return ring.inverted(self.painted)
        return self.painted

    @property
    def angle(self) -> float:
        """How far the neighbours are from what they are turned from, in degrees."""
        return self.turned if self.around is Around.SIBLINGS else self.degrees

    @property
    def turned(self) -> float:
        """How far the centre is from its parent, in degrees; 0 for what is no variation."""
        recipe = self.centre.recipe
        return abs(ring.last_turn(recipe).degrees) if ring.turns(recipe) else 0.0

    @property
    def parents(self) -> tuple[UUID, ...]:
        """What a neighbour that is kept has for parents."""
        return self._centre_parents if self.around is Around.SIBLINGS else self.centre.lineage

    @property
    def is_variation(self) -> bool:
        """Whether the centre was turned from something that one can go back to."""
        return bool(ring.turns(self.centre.recipe))

    def neighbours(self, count: int) -> tuple[Recipe, ...]:
        """Give the recipes of so many neighbours; KnownError if they would hold too many turns."""
        recipe, toward = self.centre.recipe, self.directions[:count]
        if self.around is Around.SIBLINGS:
            return tuple(ring.aside(recipe, each) for each in toward)
        return tuple(ring.varied(recipe, each, self.degrees, self.lock) for each in toward)

    # Moves: each gives another place.

    def on(self, path: tuple[Subject, ...]) -> Place:
        """Give the place at the end of another way, among children in fresh directions."""
        return dataclasses.replace(self, path=path, around=Around.CHILDREN).again()

    def again(self) -> Place:
        """Give the place with neighbours in fresh directions."""
        fresh = ring.directions(MOST_NEIGHBOURS, self.centre.recipe)
        return dataclasses.replace(self, directions=fresh)

    def at(self, recipe: Recipe) -> Place:
        """Give the place at one of the neighbours."""
        path = self.path[:-1] if self.around is Around.SIBLINGS else self.path
        return self.on((*path, Subject(recipe, parents=self.parents)))

    def back(self) -> Place:
        """Give the place at the parent; KnownError for what is no variation."""
        if len(self.path) > 1:
            return self.on(self.path[:-1])
        parent = ring.back(self.centre.recipe)
        return self.on((Subject(parent, parents=self.centre.parents),))

    def sideways(self) -> Place:
        """Give the place among siblings; KnownError for what is no variation."""
        ring.last_turn(self.centre.recipe)
        return dataclasses.replace(self, around=Around.SIBLINGS).again()

    def beyond(self, neighbour: Recipe | None = None) -> Place:
        """Give the place further on toward a neighbour, or from the centre's parent through it.

        KnownError where there is nothing further.
        """
        if neighbour:
            return self.at(ring.further(neighbour, self.degrees))
        # What lies further than the centre is as much its parent's as a sibling.
        place = dataclasses.replace(self, around=Around.SIBLINGS)
        return place.at(ring.further(self.centre.recipe, self.degrees))

    @property
    def _centre_parents(self) -> tuple[UUID, ...]:
        return self.path[-2].lineage if len(self.path) > 1 else self.centre.parents


def related(
    path: Sequence[Subject], saved: Callable[[Recipe], tuple[UUID, Path] | None]
) -> tuple[Subject, ...]:
    """Give a way whose pictures know under which ids they were saved, and so their children."""
    result: list[Subject] = []
    for subject in path:
        parents = result[-1].lineage if result else subject.parents
        if not subject.picture and subject.parents != parents:
            subject = dataclasses.replace(subject, parents=parents)
        if not subject.picture and (found := saved(subject.recipe)):
            subject = dataclasses.replace(subject, picture=found[0], file=found[1])
        result.append(subject)
    return tuple(result)


class TileState(StrEnum):
    """How much of a neighbour there is to see; `draft` is finished, but in few steps."""

    WAITING = "waiting"
    FORMING = "forming"
    DRAFT = "draft"
    WHOLE = "whole"
    FAILED = "failed"


class Kept(StrEnum):
    """Whether a neighbour is saved."""

    NO = "no"
    MAKING = "making"
    YES = "yes"


@dataclass(frozen=True)
class Tile:
    """The centre or a neighbour as it is shown; `done` of `total` steps of what forms now."""

    subject: Subject
    degrees: float
    state: TileState = TileState.WAITING
    kept: Kept = Kept.NO
    done: int = 0
    total: int = 0
    sentence: str = ""

    @property
    def image(self) -> QImage:
        """What there is to see; null at first."""
        return self.subject.image

    @property
    def share(self) -> float:
        """How much of what forms now is done, 0 … 1."""
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True)
class Look:
    """What is known of how a recipe looks; `done` of `total` steps of what forms now."""

    state: TileState = TileState.WAITING
    image: QImage = field(default_factory=QImage, compare=False, repr=False)
    done: int = 0
    total: int = 0
    sentence: str = ""
