"""Land of a landscape: craggy ridges with snow, rolling hills, dunes, forests and single trees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from painter_brush import Canvas, Field, line_noise, noise, smooth
from painter_palette import Biome, LandColours, Palette, mix
from painter_scene import Scene, Semantic, between


@dataclass(frozen=True)
class Layer:
    """One strip of land: its crest height per column, foot, nearness in [0, 1], and kind."""

    crest: Field
    foot: float
    near: float
    craggy: bool
    label: Semantic


def crag_crest(rng: np.random.Generator, size: int, level: float, height: float) -> Field:
    """Sharp mountain crest (size,) reaching `height` above `level`."""
    cells = 2 + int(rng.random() * 2.4)
    line = line_noise(rng, size, cells, 6, 0.43, linear=True)
    line = (line - line.min()) / max(float(np.ptp(line)), 1e-3)
    # a power above one leaves saddles low and lets the summits stand out
    return (level - height * line**1.2).astype(np.float32)


def hill_crest(rng: np.random.Generator, size: int, level: float, height: float) -> Field:
    """Soft hill crest (size,) about `height` above `level`."""
    line = line_noise(rng, size, 1 + int(rng.random() * 3), 3, 0.36)
    return (level - height * (0.5 + 0.45 * line)).astype(np.float32)


def _soft(line: Field, width: int) -> Field:
    padded = np.pad(line, width, mode="edge")
    kernel = np.hanning(2 * width + 1).astype(np.float32)
    return np.convolve(padded, kernel / kernel.sum(), mode="valid").astype(np.float32)


def paint_layer(
    canvas: Canvas,
    scene: Scene,
    air: Palette,
    land: LandColours,
    layer: Layer,
    rng: np.random.Generator,
) -> None:
    """Paint a strip of land down from its crest, misty toward its foot."""
    size = canvas.size
    top = canvas.row(float(layer.crest.min()) - 0.01)
    depth = canvas.y[top:, None] - layer.crest[None, :]
    height = size - top
    below = np.maximum(depth, 0)
    light = _light(canvas, scene, layer, below, rng)
    base, shade, bright = _ground_colours(scene, air, land, layer, rng)
    colours = shade + (bright - shade) * light[..., None]
    cover = canvas.edge(depth)
    if not layer.craggy:
        patches = noise(rng, height, size, (max(2, int(16 * height / size)), 4), 2)
        colours += (base - colours) * (smooth(patches, 0.0, 0.8) * np.float32(0.55))[..., None]
        stripes = noise(rng, height, size, (max(3, int(34 * height / size)), 3), 2, 0.7)
        colours *= (1 + np.float32(0.10) * np.clip(stripes, -1, 1))[..., None]
    span = max(layer.foot - float(layer.crest.min()), 0.05)
    haze = mix(air.far, air.horizon, 0.35 + 0.5 * scene.haze)
    far = (1 - layer.near) ** 1.1 * (0.45 + 0.45 * scene.haze)
    mist = far + (1 - far) * smooth(depth, span * 0.25, span * 1.15) * np.float32(
        scene.haze * (0.75 - 0.62 * layer.near)
    )
    if layer.craggy and scene.snow:
        snow = _snow(scene, layer, canvas.y[top:], below, light, span, rng)
        white = (
            land.snow_shade
            + (land.snow_light - land.snow_shade) * smooth(light, 0.15, 0.62)[..., None]
        )
        colours += (white - colours) * snow[..., None]
    else:
        snow = None
    air_tone = mix(air.far, haze, 0.5)
    if snow is not None:
        mist = mist * (1 - 0.45 * snow)
    colours += (air_tone - colours) * mist[..., None]
    canvas.lay(top, colours, cover, layer.label)
    if snow is not None:
        canvas.classes[top:][(cover > 0.5) & (snow > 0.5)] = Semantic.SNOW


def _light(
    canvas: Canvas, scene: Scene, layer: Layer, below: Field, rng: np.random.Generator
) -> Field:
    height, size = below.shape
    columns = np.arange(size)[None, :]
    toward = 1.0 if scene.sun_x > float(canvas.x.mean()) else -1.0
    if layer.craggy:
        coarse = _soft(layer.crest, max(2, size // 50))
        fine = _soft(layer.crest, max(1, size // 128))
        slope = np.gradient(coarse, canvas.x[1]) + 0.5 * np.gradient(fine, canvas.x[1])
        # spurs: the slope of the crest runs down the face along wandering lines
        wander = noise(rng, height, size, (8, 6), 2) * np.minimum(below, 0.22) * np.float32(0.42)
        at = np.clip(columns + (wander * size).astype(np.int32), 0, size - 1)
        facets = noise(rng, height, size, (10, 14), 2)
        fade = np.exp(-below / np.float32(0.16))
        tilt = toward * slope.astype(np.float32)[at] * (0.35 + 0.65 * fade)
        return smooth(tilt + 0.32 * facets, -0.55, 0.65)
    slope = np.gradient(_soft(layer.crest, max(2, size // 40)), canvas.x[1]).astype(np.float32)
    rolls = noise(rng, height, size, (6, 3), 2, 0.45)
    rim = np.exp(-below / np.float32(0.05)) * np.float32(0.35)
    return smooth(toward * slope[None, :] * 0.8 + 0.42 * rolls + rim, -0.75, 0.95)


def _ground_colours(
    scene: Scene, air: Palette, land: LandColours, layer: Layer, rng: np.random.Generator
) -> tuple[Field, Field, Field]:
    rocky = layer.craggy or scene.biome is Biome.DESERT
    base = mix(land.rock, land.grass, 0.12 if layer.craggy else 0.45 if rocky else 0.9)
    if not rocky and layer.near < 0.6 and scene.biome is not Biome.WINTER:
        base = mix(base, land.tree, 0.35)
    dark = mix(base * np.float32(0.55), mix(air.near, air.top, 0.45), 0.35)
    bright = mix(base * np.float32(1.08), air.glow, 0.12 + 0.20 * air.light)
    other = mix(land.tree, land.rock, between(rng, 0.2, 0.8))
    if scene.biome is Biome.WINTER and not layer.craggy:
        bright, dark = land.snow_light, mix(land.snow_shade, base, 0.3)
        other = land.snow_shade
    if scene.biome is Biome.DESERT:
        other = mix(base, land.rock, 0.5)
    return other, dark, bright


def _snow(
    scene: Scene,
    layer: Layer,
    y: Field,
    below: Field,
    light: Field,
    span: float,
    rng: np.random.Generator,
) -> Field:
    line = layer.foot - span * (0.30 if scene.biome is Biome.WINTER else between(rng, 0.30, 0.58))
    ragged = noise(rng, below.shape[0], below.shape[1], (12, 18), 2) * np.float32(0.16 * span)
    above = np.float32(line) - y[:, None] + ragged + (light - 0.5) * np.float32(0.22 * span)
    return smooth(above, -0.010, 0.028) * np.float32(0.97)


def forest_edge(
    canvas: Canvas,
    scene: Scene,
    air: Palette,
    land: LandColours,
    crest: Field,
    near: float,
    rng: np.random.Generator,
) -> None:
    """A row of small trees standing along a crest line (size,), in groves."""
    size = canvas.size
    pointed = scene.biome not in (Biome.AUTUMN, Biome.BLOSSOM, Biome.MEADOW)
    count = 26 + int(rng.random() * 40)
    places = rng.random(count).astype(np.float32)
    tall = (0.022 + 0.05 * near) * (0.5 + 0.8 * rng.random(count).astype(np.float32))
    wide = tall * np.float32(0.30 if pointed else 0.48)
    grove = smooth(line_noise(rng, size, 4, 2), -0.75, 0.25)
    offset = np.abs(canvas.x[None, :] - places[:, None]) / wide[:, None]
    shape = np.clip(1 - offset, 0, 1) if pointed else np.sqrt(np.clip(1 - offset**2, 0, 1))
    rise = (shape * tall[:, None]).max(axis=0)
    rise = (rise + 0.30 * float(tall.mean())) * grove
    sink = np.float32(0.008 + 0.03 * near) * grove * (1 + 0.5 * line_noise(rng, size, 9))
    upper = crest - rise
    top = canvas.row(float(upper.min()) - 0.01)
    bottom = canvas.row(float((crest + sink).max()) + 0.02) + 1
    y = canvas.y[top:bottom, None]
    cover = canvas.edge(y - upper[None, :]) * smooth(y - (crest + sink)[None, :], 0.012, -0.004)
    cover *= np.clip(grove * 3, 0, 1)[None, :]
    dark = mix(land.tree * np.float32(0.55), mix(air.near, air.far, 0.25), 0.35)
    lift = smooth((crest + sink)[None, :] - y, 0.0, float(tall.mean()) * 1.3)
    lift *= np.clip(0.65 + 0.5 * noise(rng, bottom - top, size, (3, 26)), 0, 1)
    colours = dark + (land.tree - dark) * lift[..., None]
    colours += (air.far - colours) * np.float32((1 - near) * (0.25 + 0.45 * scene.haze))
    canvas.lay(top, colours, cover, Semantic.TREES)


def big_tree(
    canvas: Canvas,
    scene: Scene,
    air: Palette,
    land: LandColours,
    x: float,
    foot: float,
    tall: float,
    rng: np.random.Generator,
) -> None:
    """One foreground tree of height `tall` standing at (x, foot): conifer or round crown."""
    pointed = scene.biome not in (Biome.AUTUMN, Biome.BLOSSOM, Biome.MEADOW)
    reach = tall * (0.24 if pointed else 0.42)
    left, right = canvas.row(x - reach), canvas.row(x + reach) + 1
    top, bottom = canvas.row(foot - tall), canvas.row(foot) + 1
    y = canvas.y[top:bottom, None]
    dx = canvas.x[None, left:right] - np.float32(x)
    toward = 1.0 if scene.sun_x > x else -1.0
    down = np.clip((y - np.float32(foot - tall)) / np.float32(tall), 0, 1)
    dark = mix(land.tree * np.float32(0.42), air.near, 0.5)
    bright = mix(land.tree, air.glow, 0.16 * air.light)
    trunk = canvas.edge(np.float32(tall * (0.014 if pointed else 0.026)) - np.abs(dx) + 0 * y)
    bark = mix(air.near, land.rock, 0.3)
    canvas.lay(top, bark, trunk * (down > 0.3), Semantic.TREES, left)
    if pointed:
        tiers = 6 + int(rng.random() * 4)
        saw = (down * tiers + 0.22 * np.sign(dx)) % 1
        half = np.float32(tall * 0.19) * down**0.9 * (0.58 + 0.42 * saw)
        cover = canvas.edge(half - np.abs(dx)) * (down < 0.94)
        light = smooth(toward * dx / np.float32(tall * 0.19) + 0.35 * (1 - saw) - 0.1, -0.6, 0.9)
        colours = dark + (bright - dark) * (light * np.float32(0.8))[..., None]
        canvas.lay(top, colours, cover, Semantic.TREES, left)
        return
    rough = np.float32(1) + 0.20 * noise(rng, bottom - top, right - left, (13, 11))
    for ring in np.sort(rng.random(20))[::-1]:
        angle = between(rng, 0, 6.28)
        bx = np.cos(angle) * ring * 0.25 * tall
        by = foot - tall * (0.66 + 0.21 * np.sin(angle) * ring)
        radius = np.float32(tall * between(rng, 0.075, 0.135))
        distance = np.sqrt((dx - np.float32(bx)) ** 2 + (y - np.float32(by)) ** 2) * rough
        cover = canvas.edge(radius - distance)
        side = (toward * (dx - np.float32(bx)) - 1.3 * (y - np.float32(by))) / radius
        light = smooth(side + 1.2 * (1 - 2 * down) + 0.35 * toward * bx / radius, -2.2, 2.2)
        colours = dark + (bright - dark) * light[..., None]
        canvas.lay(top, colours, cover, Semantic.TREES, left)
