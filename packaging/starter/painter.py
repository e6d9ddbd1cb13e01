"""Procedural painter of stylised landscapes: the starter model's only source of pictures.

A painting is a pure function of its seed: `numpy.random.default_rng(seed)` draws the scene first
and then every brush stroke, all lattices having sizes of their own, so one seed shows the same
scene at every resolution. Pictures are painted at twice their size and averaged down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from painter_brush import Canvas, Field, noise, smooth
from painter_land import Layer, big_tree, crag_crest, forest_edge, hill_crest, paint_layer
from painter_palette import Biome, LandColours, Palette, colour, land_colours, make_palette, mix
from painter_scene import Composition, Scene, Semantic, between, draw_scene
from painter_sky import paint_sky
from painter_water import paint_open_water, paint_river

__all__ = ["Composition", "Painting", "Scene", "Semantic", "paint"]


@dataclass(frozen=True)
class Painting:
    """A picture (S, S, 3) uint8, its class map (S, S) uint8 of `Semantic`, and its scene."""

    rgb: NDArray[np.uint8]
    semantic: NDArray[np.uint8]
    label: Scene


def paint(seed: int, size: int = 128) -> Painting:
    """Paint the landscape of a seed (0 or more) at `size` pixels a side."""
    rng = np.random.default_rng(seed)
    scene = draw_scene(rng)
    air = make_palette(scene.time, rng)
    land = land_colours(scene.biome, air, rng)
    canvas = Canvas(2 * size)
    paint_sky(canvas, scene, air, rng)
    _distance(canvas, scene, air, land, rng)
    if scene.composition in (Composition.LAKE, Composition.SEA):
        _waterside(canvas, scene, air, land, rng)
    else:
        _foreground_hills(canvas, scene, air, land, rng)
    _foreground_trees(canvas, scene, air, land, rng)
    return _finish(canvas, scene, rng)


def _distance(
    canvas: Canvas, scene: Scene, air: Palette, land: LandColours, rng: np.random.Generator
) -> None:
    """The ridges behind: from the farthest and highest to the nearest and lowest."""
    size = canvas.size
    sea = scene.composition is Composition.SEA
    if sea and rng.random() < 0.3:
        return
    craggy = scene.peaks > 0.18
    for index in range(scene.ridges):
        t = index / max(scene.ridges - 1, 1)
        height = scene.peaks * (1 - 0.62 * t) * between(rng, 0.75, 1.1)
        level = scene.horizon + (0.01 if sea else 0.03) * t
        near = 0.05 + (0.60 if craggy else 0.5) * t
        if craggy and t < 0.8:
            crest = crag_crest(rng, size, level - 0.02, height)
        else:
            crest = hill_crest(rng, size, level, 0.5 * height + 0.03)
        if sea:
            crest = _headland(canvas, crest, scene.horizon, rng)
        label = Semantic.FAR_RIDGE if t < 0.5 else Semantic.NEAR_RIDGE
        layer = Layer(crest, scene.horizon + 0.02, near, craggy and t < 0.8, label)
        paint_layer(canvas, scene, air, land, layer, rng)
        if scene.trees and t > 0.4 and not layer.craggy and not sea:
            forest_edge(canvas, scene, air, land, crest, near, rng)


def _headland(canvas: Canvas, crest: Field, waterline: float, rng: np.random.Generator) -> Field:
    """Let a ridge sink under the waterline on one side, as capes and islands do."""
    edge, turn = between(rng, 0.25, 0.75), 1.0 if rng.random() < 0.5 else -1.0
    inside = smooth((canvas.x - np.float32(edge)) * np.float32(turn), -0.22, 0.22)
    return (crest + (waterline + 0.03 - crest) * (1 - inside)).astype(np.float32)


def _waterside(
    canvas: Canvas, scene: Scene, air: Palette, land: LandColours, rng: np.random.Generator
) -> None:
    """Open water, with a near bank in some scenes."""
    size = canvas.size
    lake = scene.composition is Composition.LAKE
    if lake:
        shore = hill_crest(rng, size, scene.horizon + 0.015, between(rng, 0.01, 0.05))
        layer = Layer(shore, scene.horizon + 0.05, 0.7, False, Semantic.NEAR_RIDGE)
        paint_layer(canvas, scene, air, land, layer, rng)
        if scene.trees:
            forest_edge(canvas, scene, air, land, shore, between(rng, 0.45, 0.8), rng)
    paint_open_water(canvas, scene, air, scene.horizon + (0.025 if lake else 0.0), rng)
    if rng.random() < 0.55 or scene.foreground_trees:
        bank = hill_crest(rng, size, between(rng, 0.96, 1.06), between(rng, 0.05, 0.14))
        bank = _headland(canvas, bank, 1.04, rng) if rng.random() < 0.7 else bank
        layer = Layer(bank, 1.1, 1.0, False, Semantic.GROUND)
        paint_layer(canvas, scene, air, land, layer, rng)


def _foreground_hills(
    canvas: Canvas, scene: Scene, air: Palette, land: LandColours, rng: np.random.Generator
) -> None:
    """Hills that roll from the horizon to the foot of the picture, with a river in some scenes."""
    size = canvas.size
    river = scene.composition is Composition.RIVER
    if river:
        plain = hill_crest(rng, size, scene.horizon + 0.02, 0.03)
        paint_layer(canvas, scene, air, land, Layer(plain, 0.8, 0.72, False, Semantic.GROUND), rng)
        if scene.trees:
            forest_edge(canvas, scene, air, land, plain, 0.5, rng)
        paint_river(canvas, air, float(plain.max()) + 0.01, rng)
        return
    count = 3 + int(rng.random() * 3)
    for index in range(count):
        t = (index + 1) / count
        level = scene.horizon + (1.02 - scene.horizon) * t**1.2 * between(rng, 0.8, 0.95)
        crest = hill_crest(rng, size, level, 0.04 + 0.07 * t + 0.10 * float(rng.random()))
        near = 0.5 + 0.5 * t
        layer = Layer(crest, level + 0.22, near, False, Semantic.GROUND)
        paint_layer(canvas, scene, air, land, layer, rng)
        if scene.trees and rng.random() < 0.6 and t < 0.95:
            forest_edge(canvas, scene, air, land, crest, near * 0.8, rng)
    if scene.biome in (Biome.MEADOW, Biome.BLOSSOM):
        _flowers(canvas, scene, air, rng)


def _flowers(canvas: Canvas, scene: Scene, air: Palette, rng: np.random.Generator) -> None:
    """Drifts of blossom over the near ground, in soft bands."""
    codes = ("d86a9a", "b07ad8", "f0d05a", "f4f0e4", "e0604c")
    top = canvas.row(scene.horizon + 0.16)
    height = canvas.size - top
    tone = colour(codes[int(rng.random() * len(codes))]) * (0.35 + 0.65 * air.light)
    tone = mix(tone.astype(np.float32), air.near, air.veil * 0.7)
    drifts = noise(rng, height, canvas.size, (12, 5), 2, 0.6)
    cover = smooth(drifts, 0.15, 0.9) * smooth(canvas.y[top:], scene.horizon + 0.16, 0.95)[:, None]
    cover *= canvas.classes[top:] == Semantic.GROUND
    canvas.lay(top, tone, cover * np.float32(0.75))


def _foreground_trees(
    canvas: Canvas, scene: Scene, air: Palette, land: LandColours, rng: np.random.Generator
) -> None:
    """Big trees at the sides of the picture, standing on ground near its foot."""
    right = rng.random() < 0.5
    for index in range(scene.foreground_trees):
        x = between(rng, 0.03, 0.27)
        if right != (index == 2):
            x = 1 - x
        big_tree(
            canvas, scene, air, land, x, between(rng, 0.97, 1.04), between(rng, 0.28, 0.62), rng
        )


def _finish(canvas: Canvas, scene: Scene, rng: np.random.Generator) -> Painting:
    """Let the brush wander over edges, deepen the corners, and average down."""
    size = canvas.size
    wander = noise(rng, size, size, (22, 22)) * np.float32(0.0035 * size)
    across = noise(rng, size, size, (22, 22)) * np.float32(0.0035 * size)
    rows = np.clip(np.arange(size)[:, None] + np.rint(wander).astype(np.int32), 0, size - 1)
    columns = np.clip(np.arange(size)[None, :] + np.rint(across).astype(np.int32), 0, size - 1)
    sky = canvas.classes < Semantic.CLOUD
    rgb = np.where(sky[..., None], canvas.rgb, canvas.rgb[rows, columns])
    strokes = noise(rng, size, size, (14, 18), 2) * np.float32(0.018)
    middle = (canvas.x[None, :] - 0.5) ** 2 + (canvas.y[:, None] - 0.5) ** 2
    rgb = rgb * (1 + strokes - np.float32(0.22) * middle)[..., None]
    rgb = np.clip(rgb, 0, 1)
    rgb = rgb + np.float32(0.10) * (rgb * rgb * (3 - 2 * rgb) - rgb)
    half = size // 2
    small = rgb.reshape(half, 2, half, 2, 3).mean(axis=(1, 3))
    pixels = np.rint(np.clip(small, 0, 1) * 255).astype(np.uint8)
    return Painting(pixels, canvas.classes[::2, ::2].copy(), scene)
