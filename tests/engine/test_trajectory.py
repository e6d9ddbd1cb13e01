"""One picture on its way: what it keeps, and what can be gone on from."""

from __future__ import annotations

import pytest
import samples
import torch

from ldm_desktop.core import recipe
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe, Renoise, Stop
from ldm_desktop.engine.trajectory import Trajectory, lineage, whole

SHAPE = (1, 3, 4, 4)
CPU = torch.device("cpu")


def go(way: Trajectory, to: int) -> Trajectory:
    """Advance by outputs that depend on the step and the latents alone."""
    while way.done < to:
        generator = torch.Generator().manual_seed(way.done)
        way.advance(way.model_input() * 0.1 + torch.randn(SHAPE, generator=generator))
    return way


@pytest.mark.parametrize("steps", [2, 24, 25, 47, 200])
def test_keyframes_are_at_most_twenty_four_and_evenly_spaced(steps: int) -> None:
    way = go(Trajectory(samples.recipe_of(3, steps=steps), SHAPE, CPU), steps)
    steps_kept = [frame.done for frame in way.keyframes]
    assert steps_kept == list(range(way.spacing, steps + 1, way.spacing))
    assert min(steps, 12) <= len(steps_kept) <= 24


def test_a_keyframe_leads_to_the_same_bits() -> None:
    one = go(Trajectory(samples.recipe_of(3, steps=200), SHAPE, CPU), 200)
    other = Trajectory(one.recipe, SHAPE, CPU)
    other.jump(one.keyframes[12])
    assert 110 < other.done < 123
    assert torch.equal(one.result, go(other, 200).result)


def test_a_stopped_picture_keeps_the_keyframes_of_its_parent() -> None:
    parent = samples.recipe_of(3, steps=200)
    stopped = recipe.fork(parent, 50, Stop())
    assert whole(stopped) is parent is whole(parent)
    way = go(Trajectory(stopped, SHAPE, CPU), 50)
    assert way.finished
    assert [frame.done for frame in way.keyframes] == [9, 18, 27, 36, 45]


def generations() -> list[Recipe]:
    """Give a picture, its child and its grandchild."""
    first = samples.recipe_of(3, steps=48)
    second = recipe.fork(first, 20, Renoise(Seed(1), 30.0))
    return [first, second, recipe.fork(second, 30, Renoise(Seed(2), 30.0))]


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("reached", [6, 20, 21, 30, 33, 48])
def test_a_branch_goes_on_from_any_ancestor_to_the_same_bits(number: int, reached: int) -> None:
    *ancestors, last = generations()
    ancestor = ancestors[number]
    step = {made.id: step for made, step in lineage(last)}[ancestor.id]
    source = go(Trajectory(ancestor, SHAPE, CPU), reached)
    way = Trajectory(last, SHAPE, CPU)
    way.branch_from(ancestor, step, source.states)
    assert way.done == min(reached, step)
    expected = go(Trajectory(last, SHAPE, CPU), 48)
    assert torch.equal(go(way, 48).result, expected.result)
    assert [frame.done for frame in way.keyframes] == [frame.done for frame in expected.keyframes]
    for mine, theirs in zip(way.keyframes, expected.keyframes, strict=True):
        assert torch.equal(mine.latents, theirs.latents)


def test_what_lies_behind_is_no_source() -> None:
    parent, child, _ = generations()
    way = go(Trajectory(child, SHAPE, CPU), 25)
    way.branch_from(parent, 20, go(Trajectory(parent, SHAPE, CPU), 48).states)
    assert way.done == 25
