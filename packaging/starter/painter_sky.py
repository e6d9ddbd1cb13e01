"""Sky of a landscape: gradient, glow, stars, aurora, sun or moon, and clouds."""

from __future__ import annotations

import numpy as np
from painter_brush import Canvas, Field, grid, line_noise, noise, ramp, smooth
from painter_palette import Palette, TimeOfDay, colour, mix
from painter_scene import Clouds, Scene, Semantic, between


def paint_sky(canvas: Canvas, scene: Scene, air: Palette, rng: np.random.Generator) -> None:
    """Fill the whole canvas with the sky of a scene."""
    _gradient(canvas, scene, air, rng)
    if scene.stars:
        _milky_way(canvas, air, rng)
        _stars(canvas, scene, rng)
    if scene.aurora:
        _aurora(canvas, scene, rng)
    _sun(canvas, scene, air, rng)
    if scene.clouds is Clouds.HEAPS:
        _heaps(canvas, scene, air, rng)
    elif scene.clouds is not Clouds.NONE:
        _veils(canvas, scene, air, rng)


def _gradient(canvas: Canvas, scene: Scene, air: Palette, rng: np.random.Generator) -> None:
    size = canvas.size
    bend = between(rng, 0.42, 0.66)
    stops = [
        (0.0, air.top),
        (bend * 0.5, mix(air.top, air.middle, 0.55)),
        (bend, air.middle),
        (1.0, air.horizon),
    ]
    fine = ramp(stops, grid(256))
    wobble = noise(rng, size, size, (5, 3), 2) * np.float32(0.035)
    at = np.clip(canvas.y[:, None] / np.float32(scene.horizon) + wobble, 0, 1)
    canvas.rgb[:] = fine[(at * 255).astype(np.int32)]


def _from_sun(canvas: Canvas, scene: Scene, squash: float = 1.0) -> Field:
    dx = (canvas.x - np.float32(scene.sun_x))[None, :]
    dy = (canvas.y - np.float32(scene.sun_y))[:, None] * np.float32(squash)
    return np.sqrt(dx * dx + dy * dy)


def _milky_way(canvas: Canvas, air: Palette, rng: np.random.Generator) -> None:
    size = canvas.size
    tilt, middle = between(rng, -1.2, 1.2), between(rng, 0.1, 0.9)
    across = canvas.x[None, :] - middle - tilt * (canvas.y[:, None] - 0.25)
    band = np.exp(-((across / np.float32(between(rng, 0.08, 0.16))) ** 2))
    cloudy = np.clip(0.6 + 0.5 * noise(rng, size, size, (7, 7), 2), 0, 1)
    canvas.glow(air.cloud_light, band * cloudy * np.float32(between(rng, 0.0, 0.38)))


def _stars(canvas: Canvas, scene: Scene, rng: np.random.Generator) -> None:
    count = 40 + int(rng.random() * 70)
    places = rng.random((count, 3))
    for x, y, power in places:
        radius = 0.0045 + 0.0065 * power**4
        centre_x, centre_y = x, y * scene.horizon * 0.85
        reach = int(np.ceil(radius * 2.2 * canvas.size))
        left = int(centre_x * canvas.size) - reach
        top = int(centre_y * canvas.size) - reach
        if left < 0 or top < 0 or left + 2 * reach >= canvas.size:
            continue
        rows = canvas.y[top : top + 2 * reach + 1, None] - np.float32(centre_y)
        columns = canvas.x[None, left : left + 2 * reach + 1] - np.float32(centre_x)
        spark = np.exp(-(rows**2 + columns**2) / np.float32((0.7 * radius) ** 2))
        light = spark * np.float32(0.5 + 0.5 * power**1.5)
        warm = np.array([1, 0.97 - 0.1 * (power * 7 % 1), 0.85 + 0.15 * (power * 13 % 1)])
        canvas.lay(top, warm.astype(np.float32), light, Semantic.STAR, left)


def _aurora(canvas: Canvas, scene: Scene, rng: np.random.Generator) -> None:
    size = canvas.size
    green = colour("52f2a8") if rng.random() < 0.7 else colour("48d8e8")
    violet = colour("9a5cf0")
    for _ in range(1 + int(rng.random() * 2)):
        foot = between(rng, 0.35, 0.75) * scene.horizon + 0.07 * line_noise(rng, size, 3, 2)
        tall = np.float32(between(rng, 0.18, 0.34))
        rays = np.clip(0.6 + 0.45 * line_noise(rng, size, 9, 2), 0, 1.2)
        up = (foot[None, :] - canvas.y[:, None]) / tall
        veil = smooth(up, -0.10, 0.06) * np.clip(1 - up, 0, 1) ** 1.6 * rays[None, :]
        canvas.glow(violet, veil * smooth(up, 0.2, 0.9) * np.float32(0.55))
        canvas.glow(green, veil * np.float32(0.62))


def _sun(canvas: Canvas, scene: Scene, air: Palette, rng: np.random.Generator) -> None:
    night = scene.time is TimeOfDay.NIGHT
    distance = _from_sun(canvas, scene)
    power = 0.5 if night else 0.85 if scene.time is not TimeOfDay.DAY else 0.6
    wide = np.exp(-_from_sun(canvas, scene, 1.7) / np.float32(between(rng, 0.16, 0.30)))
    near = np.exp(-distance / np.float32(scene.sun_radius * 1.5))
    canvas.glow(mix(air.glow, air.horizon, 0.5), wide * np.float32(power * 0.75))
    canvas.glow(air.glow, near * np.float32(power * 0.8))
    disc = canvas.edge(np.float32(scene.sun_radius) - distance)
    face = mix(air.glow, np.ones(3, np.float32), 0.6)
    if night:
        shift = scene.sun_radius * between(rng, 0.35, 1.1)
        dx = (canvas.x - np.float32(scene.sun_x + shift))[None, :]
        dy = (canvas.y - np.float32(scene.sun_y - shift * 0.35))[:, None]
        if rng.random() < 0.5:
            bite = canvas.edge(np.float32(scene.sun_radius) - np.sqrt(dx * dx + dy * dy))
            disc = disc * (1 - bite)
    canvas.lay(0, face, disc, Semantic.SUN_OR_MOON)


def _veils(canvas: Canvas, scene: Scene, air: Palette, rng: np.random.Generator) -> None:
    """Wisps high in the sky, or long bands."""
    size = canvas.size
    bottom = canvas.row(min(1.0, scene.horizon + 0.12)) + 1
    deep = (canvas.y[:bottom] / np.float32(scene.horizon))[:, None]
    # rows spaced as on a flat ceiling seen in perspective: clouds grow thin near the horizon
    rows = np.clip(0.9 / (1.25 - np.clip(deep[:, 0], 0, 1.02)) - 0.6, 0, 3.4) / np.float32(3.4)
    if scene.clouds is Clouds.WISPS:
        body = noise(rng, rows.astype(np.float32), size, (11, 3), 3, 0.55)
        body += 0.4 * line_noise(rng, bottom, 6)[:, None]
        low, high, strength = between(rng, 0.05, 0.45), 1.4, 0.85
    else:
        body = noise(rng, rows.astype(np.float32), size, (17, 2), 3, 0.5)
        low, high, strength = between(rng, 0.0, 0.35), 0.9, 0.9
    cover = smooth(body, low, high) * smooth(deep, 1.12, 0.96) * np.float32(strength)
    # light falls from the sun: compare the body with itself one step toward the sun
    step = max(1, size // 22)
    aside = int(np.clip((scene.sun_x - 0.5) * 2, -1, 1) * step)
    above = np.roll(np.roll(body, step, axis=0), -aside, axis=1)
    above[:step] = body[:step]
    lit = smooth(body - above, -0.35, 0.75) * (1 - 0.45 * smooth(body, low, high + 0.5)) * 1.25
    close = np.exp(-_from_sun(canvas, scene)[:bottom] / np.float32(0.30))
    lit = np.clip(lit + 0.5 * close * (1 - 0.6 * cover), 0, 1)
    colours = air.cloud_shade + (air.cloud_light - air.cloud_shade) * lit[..., None]
    canvas.lay(0, colours, cover, Semantic.CLOUD)


def _heaps(canvas: Canvas, scene: Scene, air: Palette, rng: np.random.Generator) -> None:
    """Heaped clouds, from the horizon (small) to overhead (large)."""
    size = canvas.size
    rough = noise(rng, size, size, (20, 16), 2) * np.float32(0.22)
    count = 4 + int(rng.random() * 5)
    depths = np.sort(0.12 + 0.84 * rng.random(count))[::-1]
    for deep in depths:
        near = 1 - deep
        scale = (0.028 + 0.115 * near) * between(rng, 0.7, 1.3)
        centre, base = between(rng, -0.05, 1.05), scene.horizon * deep
        wide = between(rng, 1.3, 2.8)
        puffs = 7 + int(rng.random() * 6)
        spread = np.sort(np.abs(rng.random(puffs) * 2 - 1))[::-1]
        for index, outward in enumerate(spread):
            side = 1 if index % 2 else -1
            radius = scale * between(rng, 0.45, 0.75) * (1.15 - 0.6 * outward)
            x = centre + side * outward * scale * wide
            y = base - radius * 0.35 - (1 - outward) * scale * between(rng, 0.1, 0.9)
            _puff(canvas, scene, air, rough, x, y, radius, base, scale)


def _puff(
    canvas: Canvas,
    scene: Scene,
    air: Palette,
    rough: Field,
    x: float,
    y: float,
    radius: float,
    base: float,
    scale: float,
) -> None:
    reach = radius * 1.45
    if x + reach <= 0 or x - reach >= 1:
        return
    left, right = canvas.row(x - reach), canvas.row(x + reach) + 1
    top, bottom = canvas.row(y - reach), canvas.row(min(y + reach, base + 0.3 * scale)) + 1
    dx = (canvas.x[None, left:right] - np.float32(x)) / np.float32(radius)
    dy = (canvas.y[top:bottom, None] - np.float32(y)) * np.float32(1.2 / radius)
    distance = np.sqrt(dx * dx + dy * dy) + rough[top:bottom, left:right]
    foot = smooth(canvas.y[top:bottom, None], base + 0.22 * scale, base - 0.12 * scale)
    cover = smooth(distance, 1.15, 0.62) * foot
    sun = np.array([scene.sun_x - x, scene.sun_y - y - 0.35])
    sun = (sun / max(float(np.hypot(*sun)), 0.05)).astype(np.float32)
    lift = (np.float32(base) - canvas.y[top:bottom, None]) / np.float32(scale)
    lit = smooth(0.7 * (dx * sun[0] + dy * sun[1]) + 0.7 * lift, -0.75, 1.45)
    close = np.float32(0.25 * np.exp(-np.hypot(scene.sun_x - x, scene.sun_y - y) / 0.2))
    lit = np.clip(lit + close, 0, 1)
    hazy = np.float32(0.45 * np.clip(base / scene.horizon, 0, 1) ** 2)
    shade = mix(air.cloud_shade, air.horizon, hazy)
    colours = shade + (mix(air.cloud_light, air.horizon, hazy * 0.6) - shade) * lit[..., None]
    canvas.lay(top, colours, cover * np.float32(0.97), Semantic.CLOUD, left)
