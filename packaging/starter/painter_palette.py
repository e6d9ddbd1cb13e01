"""Colour harmonies of the painted landscapes: one family of palettes for each time of day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float32]


class TimeOfDay(Enum):
    """When the scene is painted; it selects the palette family and the light."""

    DAWN = "dawn"
    DAY = "day"
    GOLDEN = "golden hour"
    DUSK = "dusk"
    NIGHT = "night"


class Biome(Enum):
    """What grows and lies on the land; it selects rock, grass and tree colours."""

    ALPINE = "alpine"
    FOREST = "forest"
    AUTUMN = "autumn"
    DESERT = "desert"
    WINTER = "winter"
    MEADOW = "meadow"
    BLOSSOM = "blossom"


@dataclass(frozen=True)
class Palette:
    """Colours of air and light, each an RGB triple in [0, 1]."""

    top: Colour
    middle: Colour
    horizon: Colour
    glow: Colour
    far: Colour
    near: Colour
    cloud_light: Colour
    cloud_shade: Colour
    light: float
    veil: float


@dataclass(frozen=True)
class LandColours:
    """Colours of rock, grass, trees and snow under the light of a palette, RGB in [0, 1]."""

    rock: Colour
    grass: Colour
    tree: Colour
    snow_light: Colour
    snow_shade: Colour


def colour(code: str) -> Colour:
    """RGB triple in [0, 1] of a six-digit hexadecimal code."""
    return np.array([int(code[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / np.float32(255)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Straight blend of two colours: `share` 0 gives `a`, 1 gives `b`."""
    return (a + (b - a) * np.float32(share)).astype(np.float32)


# top, middle, horizon, glow, far land, near land, cloud light, cloud shade
_SKIES: dict[TimeOfDay, tuple[str, ...]] = {
    TimeOfDay.DAWN: (
        "5b6ea8 c79fc0 ffd6b8 fff0d0 8d8fc0 3a3f5c ffe3d6 a58bb5",
        "4f8aa3 a9cfcf ffe3c2 fff4da 86a9b8 2c4a52 fff0e0 93b0bc",
        "3c3f78 9b7bb0 f7a8a8 ffe2b8 7a6aa6 2e2a4c ffc9c0 7d69a3",
        "6a86b8 e2b6c4 ffe9d0 fff6e0 a29bc4 454a66 fff0ea bfa0c0",
    ),
    TimeOfDay.DAY: (
        "2f7fd0 7fbdf0 d9f0fa fffdf0 8fb4d6 35604a ffffff b4c9e2",
        "2a9fc0 86d4de e9f7ec fffbe8 8cc0c4 3c6a4a ffffff b2d4da",
        "6fa3d8 b0d3ee f5efdf fffbea a9bfd6 4a6b52 fffdf8 c2cbdc",
        "1f66b4 5fa4e0 c4e2f4 ffffff 7f9fce 2f5558 ffffff a3bbdc",
    ),
    TimeOfDay.GOLDEN: (
        "6f9ac8 f0cf98 ffe0a0 fff2c0 d8a478 5a4630 fff0cc d9a68c",
        "4673a8 e6b07c ffcf7d ffeab0 b98d80 443c34 ffe2b4 b98a84",
        "d9804c ffb866 ffe6a6 fff2c4 d58a5c 5a332c ffe6b0 d07f5c",
        "7fb0b8 f3dca4 fff0b8 fff8d4 c8b47c 4f5030 fff4d0 d6bc8c",
    ),
    TimeOfDay.DUSK: (
        "1f2a5c 8a4a8a ff8a5c ffc27a 6a4a86 1d1a38 ff9f86 5a3a74",
        "2a1f4f b0476a ff9f5a ffd080 7d3f66 22142c ff9670 6a2f5c",
        "17395c 4f7f9a f7b27a ffd9a0 4c6a88 14263a f9bc94 3f6284",
        "30285e 7a62a8 f2a0b0 ffd6c4 66589a 201c3e eeb0c4 5a4c8c",
    ),
    TimeOfDay.NIGHT: (
        "050a24 12265a 2f5a8c e8f0ff 1f3a68 060d20 4a6ea0 14264e",
        "0a0824 2a1f5a 5a3f86 f4ecff 33286a 0c0820 6a5498 221a4a",
        "03141f 0b3a48 2a7078 eafff8 14485a 04141c 3c848c 0b3440",
        "080c1c 1c2c4c 4a6280 fff6e4 2a3c5c 0a1020 6c80a0 1c2a44",
    ),
}

_LIGHT: dict[TimeOfDay, tuple[float, float]] = {
    TimeOfDay.DAWN: (0.90, 0.24),
    TimeOfDay.DAY: (1.04, 0.05),
    TimeOfDay.GOLDEN: (0.98, 0.16),
    TimeOfDay.DUSK: (0.78, 0.36),
    TimeOfDay.NIGHT: (0.46, 0.46),
}

# rock, grass, trees (several choices)
_LAND: dict[Biome, tuple[str, str, tuple[str, ...]]] = {
    Biome.ALPINE: ("77808f", "6fa34a", ("274a35", "1f4438", "355a3a")),
    Biome.FOREST: ("66806a", "7ab33e", ("2a5a36", "3c6e3a", "1f5040")),
    Biome.AUTUMN: ("857060", "d8aa42", ("c8582a", "d98a2c", "a63c2c", "e0a838")),
    Biome.DESERT: ("c07048", "f0b060", ("6a6a3c", "58683e")),
    Biome.WINTER: ("8492aa", "e6eef6", ("30485a", "3f5a66")),
    Biome.MEADOW: ("7190a0", "a2d048", ("3a7840", "5a8a48")),
    Biome.BLOSSOM: ("8088a4", "94c864", ("f29cbc", "f4bccc", "e07fa4")),
}


def make_palette(time: TimeOfDay, rng: np.random.Generator) -> Palette:
    """Random blend of two palettes of one time of day, so that no two skies are alike."""
    codes = _SKIES[time]
    first, second = (codes[int(rng.random() * len(codes))].split() for _ in range(2))
    share = 0.5 * float(rng.random())
    tone = np.float32(0.96) + np.float32(0.08) * rng.random(3).astype(np.float32)
    colours = [
        np.clip(mix(colour(a), colour(b), share) * tone, 0, 1)
        for a, b in zip(first, second, strict=True)
    ]
    light, veil = _LIGHT[time]
    return Palette(*colours, light=light, veil=veil)


def land_colours(biome: Biome, air: Palette, rng: np.random.Generator) -> LandColours:
    """Local colours of a biome, tinted by the light and veiled by the air of a palette."""
    rock, grass, trees = _LAND[biome]
    tint = mix(air.glow, np.ones(3, np.float32), 0.55) * np.float32(air.light)
    ambient = mix(air.near, air.middle, 0.40)

    def lit(code: str, veil: float = air.veil) -> Colour:
        return np.clip(mix(colour(code) * tint, ambient, veil), 0, 1)

    white = np.ones(3, np.float32)
    brightness = np.float32(0.45 + 0.55 * air.light)
    snow_light = mix(white, air.glow, 0.5) * brightness
    snow_shade = mix(mix(air.top, air.far, 0.55), white, 0.34) * brightness
    if air.light < 0.5:
        snow_light, snow_shade = mix(snow_light, air.far, 0.35), mix(snow_shade, air.far, 0.6)
    tree = trees[int(rng.random() * len(trees))]
    return LandColours(lit(rock), lit(grass), lit(tree), snow_light, snow_shade)
