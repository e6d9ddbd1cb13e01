"""Plain example values for tests that need one and do not care which."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.picture import Environment, Picture, PictureRecord
from ldm_desktop.core.recipe import ModelRef, NoiseSchedule, Precision, Recipe, Sampler
from ldm_desktop.core.samplers import Convention, SamplerName

SCHEDULE = NoiseSchedule(
    num_train_timesteps=1000,
    beta_start=0.0015,
    beta_end=0.0195,
    beta_schedule="scaled_linear",
    prediction_type="epsilon",
    clip_sample=False,
    clip_sample_range=1.0,
    set_alpha_to_one=True,
    steps_offset=0,
)
ENVIRONMENT = Environment(
    "0.1.0", "2.13.0+cpu", "0.42.1", "cpu", "AVX512", 2, "Linux x86_64", "float32"
)


def recipe_of(seed: int = 3, name: SamplerName = SamplerName.DDIM, **changes: Any) -> Recipe:
    """Give the recipe of a seed."""
    entries: dict[str, Any] = {
        "model": ModelRef("5f3a9c21" * 8, "landscapes", "resources"),
        "noise": Seed(seed),
        "sampler": Sampler(name, Convention.DIFFUSERS, "leading", SCHEDULE),
        "steps": 20,
        "eta": 0.0,
        "size": (16, 8),
        "precision": Precision.EXACT,
    }
    return Recipe(**entries | changes)


def picture_of(recipe: Recipe | None = None, seed: int = 3) -> Picture:
    """Give a small picture, each seed's with pixels of its own."""
    recipe = recipe or recipe_of(seed)
    width, height = recipe.size
    row = hashlib.shake_256(recipe.id.encode()).digest(width * 3)
    frame = Frame(width, height, row * height)
    record = PictureRecord(
        id=UUID(int=seed, version=4),
        recipe=recipe,
        environment=ENVIRONMENT,
        pixels_sha256=frame.sha256,
        created="2026-11-23T06:30:00+00:00",
        seconds=1.5,
    )
    return Picture(record, frame)
