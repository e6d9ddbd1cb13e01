"""What a painted landscape shows: its scene attributes, drawn at random from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TypeVar

import numpy as np
from painter_palette import Biome, TimeOfDay

T = TypeVar("T")


class Semantic(IntEnum):
    """Class of a painted pixel."""

    SKY = 0
    SUN_OR_MOON = 1
    STAR = 2
    CLOUD = 3
    FAR_RIDGE = 4
    NEAR_RIDGE = 5
    SNOW = 6
    TREES = 7
    WATER = 8
    GROUND = 9


class Composition(Enum):
    """How the ground in front of the ridges is filled."""

    LAKE = "lake"
    SEA = "sea"
    RIVER = "river valley"
    HILLS = "hills"


class Clouds(Enum):
    """Kind of clouds in the sky."""

    NONE = "none"
    WISPS = "wisps"
    HEAPS = "heaps"
    BANDS = "bands"


@dataclass(frozen=True)
class Scene:
    """Attributes of one landscape; positions are shares of the picture's width and height."""

    time: TimeOfDay
    biome: Biome
    composition: Composition
    clouds: Clouds
    horizon: float
    sun_x: float
    sun_y: float
    sun_radius: float
    ridges: int
    peaks: float
    haze: float
    stars: bool
    aurora: bool
    snow: bool
    trees: bool
    foreground_trees: int

    @property
    def water(self) -> bool:
        """Whether the scene holds a lake, a sea or a river."""
        return self.composition is not Composition.HILLS


_TIMES = dict(zip(TimeOfDay, (0.19, 0.24, 0.21, 0.20, 0.16), strict=True))
_BIOMES = dict(zip(Biome, (0.22, 0.19, 0.13, 0.12, 0.12, 0.12, 0.10), strict=True))
_COMPOSITIONS = dict(zip(Composition, (0.38, 0.18, 0.18, 0.26), strict=True))
_CLOUDS = dict(zip(Clouds, (0.16, 0.28, 0.34, 0.22), strict=True))


def choose(shares: dict[T, float], rng: np.random.Generator) -> T:
    """One key, drawn with the given shares (which add up to 1)."""
    at = float(rng.random())
    for key, share in shares.items():
        at -= share
        if at < 0:
            return key
    return next(reversed(shares))


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """A number drawn evenly between two bounds."""
    return low + (high - low) * float(rng.random())


def draw_scene(rng: np.random.Generator) -> Scene:
    """Draw the attributes of a scene."""
    time = choose(_TIMES, rng)
    biome = choose(_BIOMES, rng)
    composition = choose(_COMPOSITIONS, rng)
    clouds = choose(_CLOUDS, rng)
    if composition in (Composition.LAKE, Composition.SEA):
        horizon = between(rng, 0.48, 0.74)
    else:
        horizon = between(rng, 0.40, 0.66)
    low_sun = time in (TimeOfDay.DAWN, TimeOfDay.GOLDEN, TimeOfDay.DUSK)
    height = between(rng, 0.05, 0.42) if low_sun else between(rng, 0.30, 0.85)
    night = time is TimeOfDay.NIGHT
    radius = between(rng, 0.030, 0.062) if low_sun else between(rng, 0.024, 0.050)
    craggy = biome in (Biome.ALPINE, Biome.WINTER) or rng.random() < 0.4
    has_trees = biome is not Biome.DESERT and rng.random() < 0.85
    return Scene(
        time=time,
        biome=biome,
        composition=composition,
        clouds=clouds,
        horizon=horizon,
        sun_x=between(rng, 0.12, 0.88),
        sun_y=horizon * (1 - height),
        sun_radius=radius,
        ridges=2 + int(rng.random() * 3),
        peaks=between(rng, 0.20, 0.46) if craggy else between(rng, 0.05, 0.16),
        haze=between(rng, 0.25, 0.95),
        stars=night,
        aurora=bool(night and rng.random() < 0.4),
        snow=biome is Biome.WINTER or (biome is Biome.ALPINE and craggy),
        trees=bool(has_trees),
        foreground_trees=int(rng.random() * 4) if has_trees and rng.random() < 0.5 else 0,
    )
