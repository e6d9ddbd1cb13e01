"""A morph: a path through noises at constant speed on their sphere, as a value that is a recipe.

From a path follow its moments (what is shown, and for how long), and from each moment the recipe
of its picture; nothing else decides a frame, so an export can be taken up again anywhere. A path
is written as canonical JSON, like recipes; its files end in `.morph.json`.
"""

from __future__ import annotations

import bisect
import functools
import hashlib
import itertools
import math
import reprlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.noise import Noise, Slerp
from ldm_desktop.core.recipe import Recipe, with_noise

VERSION = 1
ENDING = ".morph.json"
MOST_WAYPOINTS = 128
MOST_MOMENTS = 20_000
NEAR = 1e-9
"""A share of a way that is none: rounding brings nobody away from a waypoint."""


class Easing(StrEnum):
    """How a leg between two rests begins and ends."""

    NONE = "none"
    SMOOTH = "smooth"
    IN = "in"
    OUT = "out"

    def at(self, share: float) -> float:
        """Give how much of a leg's angle is covered after a share of its time, both 0 … 1."""
        if self is Easing.SMOOTH:
            return share * share * (3 - 2 * share)
        if self is Easing.IN:
            return share * share
        return share * (2 - share) if self is Easing.OUT else share


@dataclass(frozen=True)
class Waypoint:
    """A noise that the path goes through, and the seconds it rests there.

    `picture` is where it was taken from, if that is saved.
    """

    noise: Noise
    hold: float = 0.0
    picture: UUID | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.hold <= 600:
            raise BadArgumentError(f"A morph rests 0 to 600 seconds at a picture, not {self.hold}.")


@dataclass(frozen=True)
class Morph:
    """A path: everything but the noise is as in `recipe`, whose own noise is not used.

    `angles` are the degrees from each waypoint to the next, as measured (`job.Measure`), and from
    the last to the first if it is `closed`. `seconds` are those on the way, without the rests.
    """

    recipe: Recipe
    waypoints: tuple[Waypoint, ...]
    angles: tuple[float, ...]
    seconds: float
    fps: int = 12
    closed: bool = False
    easing: Easing = Easing.NONE
    version: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        if self.version not in (0, VERSION):
            raise BadArgumentError(f"Version {self.version!r} of morphs is unknown.")
        object.__setattr__(self, "version", VERSION)
        # Equal paths are written alike (see `codec` for the single numbers).
        angles = tuple(float(angle) + 0.0 for angle in self.angles)
        object.__setattr__(self, "angles", angles)
        if not 2 <= len(self.waypoints) <= MOST_WAYPOINTS:
            raise BadArgumentError(
                f"A morph goes through 2 to {MOST_WAYPOINTS} pictures, not {len(self.waypoints)}."
            )
        if self.recipe.branch:
            raise BadArgumentError("A morph begins at noise: take a picture that is no branch.")
        if len(self.angles) != len(self.waypoints) - (not self.closed):
            raise BadArgumentError("A morph has one angle for each way between two pictures.")
        if not all(0 <= angle < 180 for angle in self.angles) or not sum(self.angles) > 0:
            raise BadArgumentError(
                "Neighbours on a path must differ, and not be opposite: take out one of them."
            )
        if not (1 <= self.fps <= 60 and 0 < self.seconds <= 3600):
            raise BadArgumentError("A morph takes up to an hour, at 1 to 60 frames a second.")
        if self.seconds * self.fps > MOST_MOMENTS:
            raise BadArgumentError(
                f"A morph has at most {MOST_MOMENTS:,} frames: make it shorter, or take fewer "
                "frames a second."
            )

    @property
    def id(self) -> str:
        """SHA-256 of the canonical JSON: equal paths have equal ids."""
        return hashlib.sha256(codec.canonical(self).encode()).hexdigest()


@dataclass(frozen=True)
class Moment:
    """What is shown for some seconds: the place on the way in degrees from its beginning."""

    degrees: float
    seconds: float


def length(morph: Morph) -> float:
    """Give the degrees of the whole way."""
    return math.fsum(morph.angles)


def place(morph: Morph, degrees: float) -> tuple[int, float]:
    """Give the way (0 …) that a place lies on, and the share, 0 … 1, of it that is covered."""
    starts = [0.0, *itertools.accumulate(morph.angles)]
    for number, angle in enumerate(morph.angles):
        if degrees == starts[number + 1] and angle > 0:
            # Not one rounding error before the waypoint.
            return number, 1.0
        if degrees < starts[number + 1] and angle > 0:
            return number, min(1.0, max(0.0, (degrees - starts[number]) / angle))
    return len(morph.angles) - 1, 1.0


def noise_at(morph: Morph, degrees: float) -> Noise:
    """Give the noise at a place; at a waypoint its own."""
    number, share = place(morph, degrees)
    start = morph.waypoints[number].noise
    end = morph.waypoints[(number + 1) % len(morph.waypoints)].noise
    if not NEAR < share < 1 - NEAR:
        return end if share > NEAR else start
    return Slerp(start, end, share)


def recipe_at(morph: Morph, degrees: float) -> Recipe:
    """Give the recipe of the picture at a place."""
    return with_noise(morph.recipe, noise_at(morph, degrees))


@functools.lru_cache(maxsize=16)
def moments(morph: Morph) -> tuple[Moment, ...]:
    """Give what is shown, in order: rests once, and each leg between two rests in equal times.

    Without easing all steps of a leg have equal angles. A closed path ends where it began, which
    is not shown twice.
    """
    found: list[Moment] = []
    for leg in _legs(morph):
        found += leg
    return tuple(found)


def _legs(morph: Morph) -> list[list[Moment]]:
    stops = _stops(morph)
    whole = length(morph)
    legs: list[list[Moment]] = []
    for (start, hold), (end, _) in itertools.pairwise(stops):
        count = max(1, round(morph.seconds * morph.fps * (end - start) / whole))
        frame = 1 / morph.fps
        steps = [start + (end - start) * morph.easing.at(n / count) for n in range(count)]
        legs.append([Moment(at, frame + hold * (not n)) for n, at in enumerate(steps)])
    if not morph.closed:
        end, hold = stops[-1]
        legs.append([Moment(end, 1 / morph.fps + hold)])
    return legs


def _stops(morph: Morph) -> list[tuple[float, float]]:
    """Give the places where the path rests, with the seconds; its beginning and end are two."""
    starts = [0.0, *itertools.accumulate(morph.angles)]
    holds = [waypoint.hold for waypoint in morph.waypoints]
    if morph.closed:
        holds.append(0.0)
    last = len(starts) - 1
    return [
        (at, hold)
        for n, (at, hold) in enumerate(zip(starts, holds, strict=True))
        if hold or n in (0, last)
    ]


def duration(morph: Morph) -> float:
    """Give the seconds from the beginning to the end, with all rests."""
    return _ends(morph)[-1]


def degrees_at(morph: Morph, seconds: float) -> float:
    """Give the place that is shown after so many seconds."""
    shown = bisect.bisect_right(_ends(morph), seconds)
    return moments(morph)[min(shown, len(moments(morph)) - 1)].degrees


def seconds_at(morph: Morph, degrees: float) -> float:
    """Give when a place is come to: the last moment that does not lie behind it begins."""
    places = [moment.degrees for moment in moments(morph)]
    last = max(0, bisect.bisect_right(places, degrees) - 1)
    first = bisect.bisect_left(places, places[last])
    return _ends(morph)[first - 1] if first else 0.0


@functools.lru_cache(maxsize=16)
def _ends(morph: Morph) -> tuple[float, ...]:
    """Give when each moment is over, in seconds."""
    return tuple(itertools.accumulate(moment.seconds for moment in moments(morph)))


def read(data: Any) -> Morph:
    """Read a path from JSON; a newer version is refused, its seeds named."""
    try:
        _check_version(data)
        return codec.from_json(Morph, data)
    except KnownError as error:
        raise KnownError(f"The path cannot be used: {error}{recipe.seed_hint(data)}") from error


def _check_version(data: Any) -> None:
    if not isinstance(data, dict):
        return
    if data.get("version") != VERSION:
        raise KnownError(
            f"It is of version {reprlib.repr(data.get('version'))}, and this program knows "
            f"version {VERSION}: update LDM Desktop."
        )
    recipe.read(data.get("recipe"))
