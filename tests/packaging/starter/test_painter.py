"""The painter is deterministic and truthful, and the making of the starter model runs through."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

STARTER = Path(__file__).resolve().parents[3] / "packaging" / "starter"
sys.path.insert(0, str(STARTER))

from painter import Composition, Painting, Semantic, paint  # noqa: E402
from painter_palette import TimeOfDay  # noqa: E402

SEEDS = range(40)


def digest(seed: int) -> str:
    """SHA-256 of a small painting's pixels and classes."""
    painting = paint(seed, 64)
    return hashlib.sha256(painting.rgb.tobytes() + painting.semantic.tobytes()).hexdigest()


@pytest.fixture(scope="module")
def paintings() -> list[Painting]:
    """Small paintings of the first seeds."""
    return [paint(seed, 64) for seed in SEEDS]


def test_same_seed_gives_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); from painter import paint; "
        "p = paint(7, 64); "
        "print(hashlib.sha256(p.rgb.tobytes() + p.semantic.tobytes()).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(STARTER)], capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == digest(7) == digest(7)


def test_different_seeds_differ() -> None:
    assert len({digest(seed) for seed in range(8)}) == 8


@pytest.mark.parametrize("size", [64, 128, 256])
def test_shapes_types_and_ranges(size: int) -> None:
    painting = paint(3, size)
    assert painting.rgb.shape == (size, size, 3)
    assert painting.rgb.dtype == np.uint8
    assert painting.semantic.shape == (size, size)
    assert painting.semantic.dtype == np.uint8
    assert painting.semantic.max() <= max(Semantic)
    assert 0 < painting.label.horizon < 1


def test_one_seed_shows_one_scene_at_every_size() -> None:
    small, large = paint(11, 64), paint(11, 256)
    assert small.label == large.label
    shrunk = large.rgb.reshape(64, 4, 64, 4, 3).mean(axis=(1, 3))
    assert np.abs(shrunk - small.rgb).mean() < 6


def test_pictures_use_the_tonal_range(paintings: list[Painting]) -> None:
    stack = np.stack([p.rgb for p in paintings])
    assert stack.min() < 30
    assert stack.max() > 245
    assert all(p.rgb.std() > 8 for p in paintings)


def test_water_pixels_agree_with_the_label(paintings: list[Painting]) -> None:
    for painting in paintings:
        assert painting.label.water == bool((painting.semantic == Semantic.WATER).any())
    assert {p.label.composition for p in paintings} == set(Composition)


def test_stars_shine_at_night_only(paintings: list[Painting]) -> None:
    for painting in paintings:
        night = painting.label.time is TimeOfDay.NIGHT
        assert painting.label.stars == night
        if (painting.semantic == Semantic.STAR).any():
            assert night
    seen = [p for p in paintings if (p.semantic == Semantic.STAR).any()]
    assert seen
    assert {p.label.time for p in paintings} == set(TimeOfDay)


def test_snow_lies_only_where_the_label_allows_it(paintings: list[Painting]) -> None:
    for painting in paintings:
        if (painting.semantic == Semantic.SNOW).any():
            assert painting.label.snow
    assert any((p.semantic == Semantic.SNOW).any() for p in paintings)


def test_trees_grow_only_where_the_label_allows_them(paintings: list[Painting]) -> None:
    for painting in paintings:
        if (painting.semantic == Semantic.TREES).any():
            assert painting.label.trees


def test_sky_lies_above_the_ground(paintings: list[Painting]) -> None:
    sky = (Semantic.SKY, Semantic.SUN_OR_MOON, Semantic.STAR, Semantic.CLOUD)
    for painting in paintings:
        assert np.isin(painting.semantic[0], [*sky, Semantic.TREES]).mean() > 0.5
        assert not np.isin(painting.semantic[-1], sky).any()
