"""Water of a landscape: lakes and seas that mirror the scene above, and winding rivers."""

from __future__ import annotations

import numpy as np
from painter_brush import Canvas, Field, line_noise, noise, smooth
from painter_palette import Palette, mix
from painter_scene import Composition, Scene, Semantic, between


def _mirror(canvas: Canvas, top: int, waterline: float, sway: Field, stretch: float) -> Field:
    """Colours (h, S, 3) of the scene above the waterline, mirrored and swayed sideways."""
    size = canvas.size
    y = canvas.y[top:]
    source = np.clip(((waterline - (y - waterline) * stretch) * size), 0, top - 1).astype(np.int32)
    columns = np.clip(np.arange(size)[None, :] + (sway * size).astype(np.int32), 0, size - 1)
    rise = np.clip(source[:, None] + (sway * size * 0.7).astype(np.int32), 0, top - 1)
    return canvas.rgb[rise, columns]


def _ripples(canvas: Canvas, top: int, waterline: float, rng: np.random.Generator) -> Field:
    """Wave field (h, S) about 0, long across and shorter toward the waterline."""
    depth = (canvas.y[top:] - np.float32(waterline)) / np.float32(1 - waterline)
    rows = np.log1p(9 * np.clip(depth, 0, 1)) / np.float32(np.log(10))
    return noise(rng, rows.astype(np.float32), canvas.size, (20, 3), 2, 0.6)


def paint_open_water(
    canvas: Canvas, scene: Scene, air: Palette, waterline: float, rng: np.random.Generator
) -> None:
    """Fill the picture below the waterline with a lake or a sea."""
    top = max(canvas.row(waterline), 2)
    sea = scene.composition is Composition.SEA
    depth = ((canvas.y[top:] - np.float32(waterline)) / np.float32(1 - waterline))[:, None]
    waves = _ripples(canvas, top, waterline, rng)
    calm = between(rng, 0.010, 0.022) if not sea else between(rng, 0.022, 0.045)
    sway = waves * (0.15 + 0.85 * depth) * np.float32(calm)
    stretch = min(between(rng, 0.95, 1.25), waterline / (1 - waterline) * 0.96)
    colours = _mirror(canvas, top, waterline, sway, stretch)
    deep = mix(mix(air.top, air.near, 0.45), air.middle, 0.25)
    own = (0.16 + 0.42 * depth) * np.float32(1.0 if not sea else 1.35)
    colours = colours + (deep - colours) * np.clip(own, 0, 0.85)[..., None]
    crest = smooth(waves, 0.35, 1.2) * (0.25 + 0.75 * depth)
    sheen = mix(air.horizon, air.middle, 0.3)
    colours += (sheen - colours) * (crest * np.float32(0.28 if not sea else 0.42))[..., None]
    trough = smooth(waves, -0.35, -1.2) * np.float32(0.22)
    colours += (deep * np.float32(0.7) - colours) * trough[..., None]
    colours += (1 - colours) * (_glitter(canvas, scene, air, depth, waves)[..., None] * air.glow)
    shore = smooth(depth, 0.035, 0.0) * np.float32(0.30 * scene.haze)
    colours += (sheen - colours) * shore[..., None]
    canvas.rgb[top:] = colours
    canvas.classes[top:] = Semantic.WATER


def _glitter(canvas: Canvas, scene: Scene, air: Palette, depth: Field, waves: Field) -> Field:
    width = 0.035 + 0.13 * depth
    path = np.exp(-(((canvas.x[None, :] - np.float32(scene.sun_x)) / width) ** 2))
    low = np.clip(1.25 - 1.1 * (scene.horizon - scene.sun_y) / scene.horizon, 0.15, 1)
    power = np.float32(low * (0.45 + 0.35 * air.light))
    return path * np.clip(smooth(waves, -0.25, 0.8) + 0.15, 0, 1) * power


def paint_river(canvas: Canvas, air: Palette, source: float, rng: np.random.Generator) -> None:
    """A river that winds from (x, source) on the far plain to the foot of the picture."""
    size = canvas.size
    top = max(canvas.row(source), 2)
    depth = ((canvas.y[top:] - np.float32(source)) / np.float32(1 - source)).astype(np.float32)
    turns, phase = between(rng, 1.0, 2.0), between(rng, 0, 6.28)
    bends = np.sin(phase + turns * 2 * np.pi * np.sqrt(depth) * 1.1)
    start = between(rng, 0.3, 0.7)
    middle = start + (between(rng, 0.2, 0.8) - start) * depth + bends * (0.03 + 0.17 * depth)
    half = 0.008 + between(rng, 0.09, 0.20) * depth**1.5
    half = half * (1 + 0.10 * line_noise(rng, len(depth), 7))
    gap = half[:, None] - np.abs(canvas.x[None, :] - middle[:, None].astype(np.float32))
    cover = np.clip(gap * np.float32(size * 0.6) + np.float32(0.5), 0, 1)
    waves = noise(rng, np.sqrt(depth), size, (16, 3), 2, 0.6)
    sky = canvas.rgb[np.clip((source - depth * source * 0.9) * size, 0, top - 1).astype(np.int32)]
    sky = sky.mean(axis=1, keepdims=True)
    colours = mix(sky, mix(air.horizon, air.middle, 0.5), 0.45) + 0 * cover[..., None]
    deep = mix(air.top, air.near, 0.3)
    colours += (deep - colours) * (0.08 + 0.30 * smooth(waves, 0.1, -1.1))[..., None]
    colours += (air.horizon - colours) * (0.5 * smooth(waves, 0.3, 1.3))[..., None]
    edge = smooth(np.abs(gap), 0.014, 0.0) * (0.3 + 0.7 * depth[:, None])
    bank = mix(air.near, air.far, 0.2)
    canvas.lay(top, bank, edge * np.float32(0.55))
    canvas.lay(top, colours, cover, Semantic.WATER)
