"""On the noise itself, a morph goes at constant speed on the sphere, and closes without a seam."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import recipe_of

from ldm_desktop.core.job import Measure
from ldm_desktop.core.morph import Easing, Morph, Waypoint, moments, recipe_at
from ldm_desktop.core.noise import Mix, Noise, Parent, Rotate, Seed
from ldm_desktop.engine.measuring import measure
from ldm_desktop.engine.noise import angle, noise

SHAPE = (1, 3, 16, 16)
SEEDS = st.integers(0, 2**32 - 1).map(Seed)
NOISES = (
    SEEDS
    | st.builds(Rotate, SEEDS, SEEDS, st.floats(5, 80))
    | st.builds(lambda a, b: Mix((Parent(a, 1.0), Parent(b, 2.0))), SEEDS, SEEDS)
)
"""What pictures on a path are made of: seeds, variations and mixes."""


def measured(noises: tuple[Noise, ...]) -> tuple[float, ...]:
    answer = measure(Measure(uuid4(), SHAPE[1:], noises))
    assert not answer.sentence
    return answer.degrees


def path_through(noises: tuple[Noise, ...], *, closed: bool, **changes: object) -> Morph:
    """Give a path as the engine has measured it."""
    ends = (*noises, noises[0]) if closed else noises
    entries = {"seconds": 1.0, "fps": 12, "closed": closed, **changes}
    waypoints = tuple(Waypoint(each) for each in noises)
    return Morph(recipe_of(), waypoints, measured(ends), **entries)


def shown(path: Morph) -> list[torch.Tensor]:
    """Give the noise of each frame."""
    return [noise(recipe_at(path, each.degrees).noise, SHAPE) for each in moments(path)]


PATHS = st.lists(NOISES, min_size=2, max_size=4, unique=True).map(tuple)


@settings(max_examples=15, deadline=None)
@given(PATHS, st.booleans())
def test_every_frame_turns_the_noise_by_the_same_angle(
    noises: tuple[Noise, ...], closed: bool
) -> None:
    if closed and len(noises) == 2:
        noises = (*noises, Seed(123))
    path = path_through(noises, closed=closed)
    frames = shown(path)
    if closed:
        frames.append(frames[0])
    step = sum(path.angles) / (len(frames) - 1)
    starts = [0.0, *itertools.accumulate(path.angles)]
    places = [each.degrees for each in moments(path)] + [starts[-1]] * closed
    for (before, after), (one, other) in zip(
        itertools.pairwise(places), itertools.pairwise(frames), strict=True
    ):
        assert after - before == pytest.approx(step, rel=1e-6)
        if not any(before < at < after for at in starts):
            # Across a picture of the path, where it turns, the shortest way is shorter.
            assert angle(one, other) == pytest.approx(step, abs=0.02)
        else:
            assert angle(one, other) <= step + 0.02


@settings(max_examples=15, deadline=None)
@given(PATHS)
def test_no_frame_is_quieter_or_louder_than_its_neighbours_are(noises: tuple[Noise, ...]) -> None:
    path = path_through(noises, closed=False)
    ends = [float(noise(each, SHAPE).double().norm()) for each in noises]
    for frame in shown(path):
        assert 0.999 * min(ends) < float(frame.double().norm()) < 1.001 * max(ends)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(Easing))
def test_a_closed_morph_comes_back_without_a_seam(easing: Easing) -> None:
    path = path_through((Seed(1), Seed(2), Seed(3)), closed=True, easing=easing)
    frames = shown(path)
    steps = [angle(one, other) for one, other in itertools.pairwise([*frames, frames[0]])]
    first = noise(Seed(1), SHAPE)
    assert torch.equal(frames[0], first)
    # The step home is no other than the one that easing asks for there.
    covered = sum(path.angles) - moments(path)[-1].degrees
    assert steps[-1] == pytest.approx(covered, abs=0.02)
    assert angle(frames[-1], first) > 1e-3


def test_pictures_of_the_path_are_met_to_the_last_bit() -> None:
    path = path_through((Seed(1), Seed(2), Seed(3)), closed=False)
    for seed, degrees in ((1, 0.0), (2, path.angles[0]), (3, sum(path.angles))):
        met = noise(recipe_at(path, degrees).noise, SHAPE)
        assert torch.equal(met, noise(Seed(seed), SHAPE))
