"""Brushes of the landscape painter: lattice noise, a canvas in layers, and soft edges.

Every random lattice has a size of its own, independent of the picture size, so one seed gives one
scene at any resolution. Positions run from 0 to 1 over the picture's width and height.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]


@lru_cache(maxsize=256)
def _grid_weights(count: int, cells: int, linear: bool) -> Field:
    centres = (np.arange(count, dtype=np.float32) + np.float32(0.5)) / np.float32(count)
    return spline_weights(centres, cells, linear)


def grid(count: int) -> Field:
    """Pixel centres of `count` pixels over [0, 1]."""
    return (np.arange(count, dtype=np.float32) + np.float32(0.5)) / np.float32(count)


def spline_weights(places: Field, cells: int, linear: bool = False) -> Field:
    """Matrix (places, cells + 3) of cubic B-spline, or linear, weights for places in [0, 1]."""
    at = np.clip(places, 0, 1).astype(np.float32) * np.float32(cells)
    base = np.minimum(at.astype(np.int64), cells - 1)
    t = (at - base).astype(np.float32)
    weights = np.zeros((len(at), cells + 3), np.float32)
    rows = np.arange(len(at))
    if linear:
        weights[rows, base + 1], weights[rows, base + 2] = 1 - t, t
        return weights
    weights[rows, base] = (1 - t) ** 3 / 6
    weights[rows, base + 1] = (3 * t**3 - 6 * t**2 + 4) / 6
    weights[rows, base + 2] = (-3 * t**3 + 3 * t**2 + 3 * t + 1) / 6
    weights[rows, base + 3] = t**3 / 6
    return weights


def _lattice(rng: np.random.Generator, *shape: int) -> Field:
    return (rng.random(shape, dtype=np.float32) * 2 - 1) * np.float32(1.7)


def line_noise(
    rng: np.random.Generator,
    size: int,
    cells: int,
    octaves: int = 1,
    fall: float = 0.5,
    linear: bool = False,
) -> Field:
    """Noise (size,) about 0 along a line, octaves of halving wavelength; linear gives crags."""
    total = np.zeros(size, np.float32)
    for octave in range(octaves):
        count = cells * 2**octave
        lattice = _lattice(rng, count + 3) * np.float32(fall**octave * (0.6 if linear else 1))
        total += _grid_weights(size, count, linear) @ lattice
    return total


def noise(
    rng: np.random.Generator,
    rows: Field | int,
    columns: int,
    cells: tuple[int, int],
    octaves: int = 1,
    fall: float = 0.5,
) -> Field:
    """Noise (rows, columns) about 0 with `cells` (down, across) lattice cells."""
    height = rows if isinstance(rows, int) else len(rows)
    total = np.zeros((height, columns), np.float32)
    for octave in range(octaves):
        down, across = cells[0] * 2**octave, cells[1] * 2**octave
        lattice = _lattice(rng, down + 3, across + 3) * np.float32(fall**octave)
        weigh = (
            _grid_weights(rows, down, False)
            if isinstance(rows, int)
            else spline_weights(rows, down)
        )
        total += weigh @ lattice @ _grid_weights(columns, across, False).T
    return total


def smooth(value: Field, low: float, high: float) -> Field:
    """Smoothstep of a field between two thresholds (falling when `low` > `high`), in [0, 1]."""
    t = np.clip((value - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return t * t * (3 - 2 * t)


def ramp(stops: list[tuple[float, Field]], at: Field) -> Field:
    """Colours (len(at), 3) of a gradient through (position, colour) stops."""
    places = np.array([p for p, _ in stops], np.float32)
    colours = np.stack([c for _, c in stops])
    return np.stack([np.interp(at, places, colours[:, i]) for i in range(3)], axis=1).astype(
        np.float32
    )


class Canvas:
    """A picture in progress: float colours (S, S, 3) in [0, 1] and a class map (S, S)."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rgb = np.zeros((size, size, 3), np.float32)
        self.classes = np.zeros((size, size), np.uint8)
        self.x = grid(size)
        self.y = grid(size)

    def row(self, y: float) -> int:
        """First pixel row at or below the position `y`, clamped to the picture."""
        return int(np.clip(np.ceil(y * self.size - 0.5), 0, self.size - 1))

    def lay(
        self, top: int, colours: Field, cover: Field, label: int | None = None, left: int = 0
    ) -> None:
        """Blend colours over the picture from (top, left) where `cover` (h, w) in [0, 1]."""
        height, width = cover.shape
        part = self.rgb[top : top + height, left : left + width]
        part += (colours - part) * cover[..., None]
        if label is not None:
            self.classes[top : top + height, left : left + width][cover > 0.5] = label

    def glow(self, colours: Field, strength: Field, top: int = 0) -> None:
        """Screen a light of one colour over the picture with strengths (h, w) in [0, 1]."""
        part = self.rgb[top : top + len(strength)]
        part += (1 - part) * (strength[..., None] * colours)

    def edge(self, distance: Field) -> Field:
        """Antialiased cover in [0, 1] of where a distance (in picture heights) is positive."""
        return np.clip(distance * np.float32(self.size) + np.float32(0.5), 0, 1)
