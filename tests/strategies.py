"""Hypothesis strategies for the values of `ldm_desktop.core`."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from hypothesis import strategies as st

from ldm_desktop.core import samplers
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import (
    Generator,
    Mask,
    Mix,
    Noise,
    Parent,
    Region,
    Rotate,
    Seed,
    Slerp,
    Turn,
    Walk,
)
from ldm_desktop.core.picture import Environment, Picture, PictureRecord
from ldm_desktop.core.recipe import (
    Decode,
    ModelRef,
    NoiseSchedule,
    Precision,
    Recipe,
    Renoise,
    Sampler,
    Stop,
    fork,
)

numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-1000, 1000)
weights = st.floats(1e-6, 1e6) | st.floats(-1e6, -1e-6) | st.integers(1, 1000)
words = st.text(max_size=12) | st.sampled_from(["\udc80", 'a "b", c: d', "<&>'", "\0\n", "é" * 9])
fingerprints = st.text("0123456789abcdef", min_size=64, max_size=64)
models = st.builds(ModelRef, fingerprints, words, words)

torch_seeds = st.builds(Seed, st.integers(0, 2**32 - 1))
wide_seeds = st.builds(Seed, st.integers(0, 2**64 - 1), st.just(Generator.WIDE))
seeds = torch_seeds | wide_seeds


@st.composite
def masks(draw: st.DrawFn) -> Mask:
    """Masks of few points."""
    width, height = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    return Mask.of(width, height, draw(st.binary(min_size=width * height, max_size=width * height)))


def _made_of(noise: st.SearchStrategy[Noise]) -> st.SearchStrategy[Noise]:
    parents = st.builds(Parent, noise, weights)
    turns = st.builds(Turn, noise, st.floats(-360, 360), st.none() | masks())
    return st.one_of(
        st.builds(Mix, st.lists(parents, min_size=1, max_size=4).map(tuple)),
        st.builds(Rotate, noise, noise, st.floats(-360, 360)),
        st.builds(Region, noise, noise, masks()),
        st.builds(Walk, noise, st.lists(turns, min_size=1, max_size=3).map(tuple)),
        st.builds(Slerp, noise, noise, st.floats(0, 1)),
    )


noises: st.SearchStrategy[Noise] = st.recursive(seeds, _made_of, max_leaves=8)
schedules = st.builds(
    NoiseSchedule,
    num_train_timesteps=st.integers(40, 2000),
    beta_start=numbers,
    beta_end=numbers,
    beta_schedule=words,
    prediction_type=st.sampled_from(["epsilon", "v_prediction"]),
    clip_sample=st.booleans(),
    clip_sample_range=numbers,
    set_alpha_to_one=st.booleans(),
    steps_offset=st.integers(0, 1),
    trained_betas=st.none() | st.lists(numbers, max_size=4).map(tuple),
)


@st.composite
def sampler_choices(draw: st.DrawFn) -> Sampler:
    """Samplers with a convention that they have."""
    name = draw(st.sampled_from(samplers.SamplerName))
    convention = draw(st.sampled_from(samplers.FACTS[name].conventions))
    return Sampler(name, convention, draw(words), draw(schedules))


@st.composite
def decodes(draw: st.DrawFn) -> Decode:
    """Decoding in one piece or in tiles."""
    tile = draw(st.integers(0, 128))
    return Decode(tile, draw(st.integers(0, tile // 2)))


@st.composite
def roots(draw: st.DrawFn) -> Recipe:
    """Recipes without a branch."""
    sampler = draw(sampler_choices())
    facts = samplers.FACTS[sampler.name]
    return Recipe(
        model=draw(models),
        noise=draw(noises),
        sampler=sampler,
        steps=draw(st.integers(facts.minimum, 30)),
        eta=draw(st.floats(0, 1)) if facts.takes_eta else 0,
        size=(draw(st.integers(1, 16384)), draw(st.integers(1, 4096))),
        precision=draw(st.sampled_from(Precision)),
        decode=draw(decodes()),
    )


@st.composite
def _forks(draw: st.DrawFn, parents: st.SearchStrategy[Recipe]) -> Recipe:
    parent = draw(parents)
    if parent.branch and isinstance(parent.branch.change, Stop):
        return parent
    earliest = parent.changes[-1][0] if parent.changes else 0
    points = samplers.restart_points(parent.sampler.name, parent.steps)
    starts = [step for step in points if step >= earliest]
    if draw(st.booleans()) and starts:
        change = Renoise(draw(noises), draw(st.floats(-180, 180)))
        return fork(parent, draw(st.sampled_from(starts)), change)
    return fork(parent, draw(st.integers(max(1, earliest), parent.evaluations)), Stop())


recipes: st.SearchStrategy[Recipe] = st.recursive(roots(), _forks, max_leaves=3)
environments = st.builds(
    Environment, words, words, words, words, words, st.integers(1, 256), words, words
)
times = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the time zone itself.
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(datetime.isoformat)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Small pictures with a record that fits them."""
    width, height = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    pixels = draw(st.binary(min_size=width * height * 3, max_size=width * height * 3))
    frame = Frame(width, height, pixels)
    record = PictureRecord(
        id=draw(st.uuids()),
        recipe=_resized(draw(recipes), (width, height)),
        environment=draw(environments),
        pixels_sha256=frame.sha256,
        created=draw(times),
        seconds=draw(st.floats(0, 1e6)),
        parents=tuple(draw(st.lists(st.uuids(), max_size=3))),
    )
    return Picture(record, frame)


def _resized(recipe: Recipe, size: tuple[int, int]) -> Recipe:
    branch = recipe.branch
    if branch:
        branch = dataclasses.replace(branch, parent=_resized(branch.parent, size))
    return dataclasses.replace(recipe, size=size, branch=branch)
