"""The path that is being edited, as a value: pictures in an order, and how one travels past them.

A `Morph` comes of it when all of it is possible and the angles are measured; until then it says in
a sentence what is in the way.
"""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.morph import NEAR, Easing, Morph, Waypoint, place, recipe_at
from ldm_desktop.core.noise import Noise
from ldm_desktop.core.recipe import Recipe, with_noise
from ldm_desktop.session.explore.subject import Subject

translate = QCoreApplication.translate
SAME, OPPOSITE = 0.01, 179.9
"""Degrees: from noises as near, or as far, no way leads to one another."""


@dataclass(frozen=True)
class Station:
    """A picture the path goes through, and the seconds it rests there."""

    subject: Subject
    hold: float = 0.0


@dataclass(frozen=True)
class Route:
    """The path as a person edits it, possible or not."""

    stations: tuple[Station, ...] = ()
    closed: bool = False
    easing: Easing = Easing.NONE
    seconds: float = 6.0
    fps: int = 12

    @property
    def noises(self) -> tuple[Noise, ...]:
        """The noises in the order in which they are passed; of a closed path the first twice."""
        found = tuple(station.subject.recipe.noise for station in self.stations)
        return (*found, found[0]) if self.closed and len(found) > 1 else found

    @property
    def pairs(self) -> tuple[tuple[Noise, Noise], ...]:
        """The neighbours between which a way leads."""
        return tuple(itertools.pairwise(self.noises))

    @property
    def recipe(self) -> Recipe | None:
        """What all of its pictures share but for the noise, as the first picture has it."""
        return self.stations[0].subject.recipe if self.stations else None

    def problem(self) -> str:
        """Say what keeps these pictures from being on one path, before anything is measured."""
        if not self.stations:
            return translate("Morph", "A morph goes through two pictures or more.")
        for number, station in enumerate(self.stations, start=1):
            if sentence := self._problem_of(station.subject.recipe):
                return sentence.format(number=number)
        if len(self.stations) < 2:
            return translate("Morph", "Add another picture: a morph needs two or more.")
        return ""

    def _problem_of(self, recipe: Recipe) -> str:
        first = self.stations[0].subject.recipe
        if recipe.branch:
            return translate(
                "Morph",
                "Picture {number} left its trajectory on the way (it is a fork), and a morph "
                "begins at noise: take its parent instead.",
            )
        if recipe.model != first.model:
            return translate(
                "Morph",
                "Picture {number} is of another model than the first: take it out, or make its "
                "seed with the first one's model.",
            )
        if recipe.size != first.size:
            return translate(
                "Morph",
                "Picture {number} is of another size than the first: take it out, or make its "
                "seed in the first one's size.",
            )
        return ""

    def problem_of_angles(self, angles: tuple[float, ...]) -> str:
        """Say which neighbours have no way between them."""
        for number, angle in enumerate(angles, start=1):
            if SAME < angle < OPPOSITE:
                continue
            if angle <= SAME:
                text = translate(
                    "Morph", "Pictures {one} and {other} have the same noise: take one of them out."
                )
            else:
                text = translate(
                    "Morph",
                    "Pictures {one} and {other} have opposite noises, between which no way is the "
                    "shortest: put another picture between them.",
                )
            return text.format(one=number, other=number % len(self.stations) + 1)
        return ""

    def morph(self, angles: tuple[float, ...]) -> Morph:
        """Give the path; KnownError says why there is none."""
        recipe = self.recipe
        if recipe is None:
            raise KnownError(self.problem())
        waypoints = tuple(
            Waypoint(each.subject.recipe.noise, each.hold, each.subject.picture)
            for each in self.stations
        )
        return Morph(recipe, waypoints, angles, self.seconds, self.fps, self.closed, self.easing)

    def with_station(self, number: int, station: Station) -> Route:
        """Exchange a station."""
        stations = list(self.stations)
        stations[number] = station
        return dataclasses.replace(self, stations=tuple(stations))

    def moved(self, number: int, before: int) -> Route:
        """Put a station before another one; the number of stations means the end."""
        stations = list(self.stations)
        station = stations.pop(number)
        stations.insert(before - (number < before), station)
        return dataclasses.replace(self, stations=tuple(stations))

    def without(self, numbers: frozenset[int]) -> Route:
        """Take stations out."""
        kept = (each for number, each in enumerate(self.stations) if number not in numbers)
        return dataclasses.replace(self, stations=tuple(kept))


def route_of(morph: Morph) -> Route:
    """Give a path for editing; its pictures are known by their recipes."""
    stations = tuple(
        Station(Subject(with_noise(morph.recipe, each.noise), each.picture), each.hold)
        for each in morph.waypoints
    )
    return Route(stations, morph.closed, morph.easing, morph.seconds, morph.fps)


def between(route: Route, morph: Morph, degrees: float) -> Subject:
    """Give what lies at a place: a picture of the path, or a draft and its neighbours' lineage."""
    number, share = place(morph, degrees)
    start, end = (route.stations[n % len(route.stations)].subject for n in (number, number + 1))
    if share <= NEAR:
        return start
    if share >= 1 - NEAR:
        return end
    parents = dict.fromkeys((*start.lineage, *end.lineage))
    return Subject(recipe_at(morph, degrees), parents=tuple(parents))


# What is kept from one start to the next.


@dataclass(frozen=True)
class KeptStation:
    """A station without its image."""

    recipe: Recipe
    hold: float = 0.0
    picture: UUID | None = None
    file: str = ""
    parents: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class KeptRoute:
    """A route without its images."""

    stations: tuple[KeptStation, ...]
    closed: bool
    easing: Easing
    seconds: float
    fps: int


def kept(route: Route) -> KeptRoute:
    """Give what is written of a route."""
    stations = tuple(
        KeptStation(
            each.subject.recipe,
            each.hold,
            each.subject.picture,
            str(each.subject.file or ""),
            each.subject.parents,
        )
        for each in route.stations
    )
    return KeptRoute(stations, route.closed, route.easing, route.seconds, route.fps)


def restored(found: KeptRoute) -> Route:
    """Give the route that was written."""
    stations = tuple(
        Station(
            Subject(
                each.recipe,
                each.picture,
                file=Path(each.file) if each.file else None,
                parents=each.parents,
            ),
            each.hold,
        )
        for each in found.stations
    )
    return Route(stations, found.closed, found.easing, found.seconds, found.fps)
