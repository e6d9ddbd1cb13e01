"""Neighbours are turned from the parent meant by the angle asked for, and lead back to it."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import recipe_of

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Mask, Mix, Parent, Seed, Turn, Walk, count_seeds
from ldm_desktop.core.recipe import Recipe, Renoise, fork, read
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.engine.noise import noise
from ldm_desktop.session.explore import ring

SEEDS = st.builds(Seed, st.integers(0, TORCH_SEEDS - 1))
ANGLES = st.floats(ring.LEAST, ring.MOST)
LOCKS = st.none() | st.binary(min_size=6, max_size=6).map(lambda grey: Mask.of(3, 2, grey))
TURNS = st.builds(Turn, SEEDS, ANGLES, LOCKS)
BASES = SEEDS | st.builds(
    lambda one, two: Mix((Parent(one, 0.25), Parent(two, 0.75))), SEEDS, SEEDS
)


@st.composite
def recipes(draw: st.DrawFn, least: int = 0) -> Recipe:
    """Give a picture that has come through some turns, or none."""
    recipe = recipe_of(noise=draw(BASES))
    for turn in draw(st.lists(TURNS, min_size=least, max_size=5)):
        recipe = ring.varied(recipe, turn.toward, turn.degrees, turn.lock)
    return recipe


@given(recipes(), TURNS)
def test_a_neighbour_is_its_parent_and_one_turn_more(parent: Recipe, turn: Turn) -> None:
    child = ring.varied(parent, turn.toward, turn.degrees, turn.lock)
    assert ring.turns(child) == (*ring.turns(parent), turn)
    assert ring.last_turn(child) == turn
    assert ring.turns_left(child) == ring.turns_left(parent) - 1


@given(recipes(), TURNS)
def test_back_gives_the_parent_itself(parent: Recipe, turn: Turn) -> None:
    child = ring.varied(parent, turn.toward, turn.degrees, turn.lock)
    assert ring.back(child) == parent
    assert ring.back(child).id == parent.id


@given(recipes(least=1), SEEDS)
def test_a_sibling_differs_from_the_centre_in_its_direction_alone(
    centre: Recipe, toward: Seed
) -> None:
    sibling = ring.aside(centre, toward)
    own, other = ring.last_turn(centre), ring.last_turn(sibling)
    assert other == Turn(toward, own.degrees, own.lock)
    assert ring.back(sibling) == ring.back(centre)


@given(recipes(least=1), ANGLES)
def test_further_stays_on_the_great_circle_and_adds_the_angle(centre: Recipe, more: float) -> None:
    before = ring.last_turn(centre)
    if before.degrees == ring.MOST:
        return
    after = ring.last_turn(ring.further(centre, more))
    assert (after.toward, after.lock) == (before.toward, before.lock)
    assert after.degrees == min(before.degrees + more, ring.MOST)
    assert ring.back(ring.further(centre, more)) == ring.back(centre)


def test_further_goes_on_the_way_that_a_foreign_turn_went() -> None:
    centre = recipe_of(noise=Walk(Seed(3), (Turn(Seed(4), -20.0),)))
    assert ring.last_turn(ring.further(centre, 15.0)).degrees == -35.0


def test_there_is_nothing_further_than_the_opposite() -> None:
    opposite = ring.varied(recipe_of(3), Seed(4), 180.0)
    with pytest.raises(KnownError, match="as far from its parent"):
        ring.further(opposite, 1.0)


@pytest.mark.parametrize("move", [ring.back, ring.last_turn, lambda each: ring.further(each, 5.0)])
def test_what_is_no_variation_has_no_parent(move) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KnownError, match="no variation"):
        move(recipe_of(3))


@pytest.mark.parametrize(("asked", "given_"), [(0.0, 0.5), (-3.0, 0.5), (12.5, 12.5), (400.0, 180)])
def test_angles_stay_within_what_can_be_seen_and_meant(asked: float, given_: float) -> None:
    assert ring.last_turn(ring.varied(recipe_of(3), Seed(4), asked)).degrees == given_


def test_a_fork_is_varied_from_its_very_beginning() -> None:
    branch = fork(recipe_of(3), 10, Renoise(Seed(9), 30.0))
    child = ring.varied(branch, Seed(4), 12.0)
    assert child.branch
    assert child.branch.change == Renoise(Seed(9), 30.0)
    assert child.branch.parent.noise == child.noise == Walk(Seed(3), (Turn(Seed(4), 12.0),))
    assert ring.back(child) == branch


@settings(max_examples=20)
@given(st.integers(1, 24), st.randoms(use_true_random=False))
def test_directions_are_all_different_and_new_to_the_walk(
    count: int, chance: random.Random
) -> None:
    centre = recipe_of(3)
    for number in range(10):
        centre = ring.varied(centre, Seed(number + 10), 12.0)
    # So few to draw from that each repetition would be met.
    found = ring.directions(count, centre, lambda _: chance.randrange(20 + count))
    assert len(set(found)) == count
    assert not set(found) & {Seed(3), *(Seed(number) for number in range(10, 20))}


@pytest.mark.parametrize("degrees", [0.5, 5.0, 45.0, 90.0, 180.0])
def test_the_noises_are_as_far_apart_as_is_said(degrees: float) -> None:
    parent = ring.varied(recipe_of(3), Seed(4), 30.0)
    child = ring.varied(parent, Seed(5), degrees)
    assert _angle(parent, child) == pytest.approx(degrees, abs=0.01)
    assert _angle(ring.back(child), ring.aside(child, Seed(6))) == pytest.approx(degrees, abs=0.01)
    beyond = ring.further(child, 20.0) if degrees < 180 else child
    assert _angle(parent, beyond) == pytest.approx(min(degrees + 20.0, 180.0), abs=0.01)
    # Independent directions are at right angles, but for what chance leaves of 1 / √d.
    apart = math.degrees(math.acos(math.cos(math.radians(degrees)) ** 2))
    assert _angle(child, ring.aside(child, Seed(6))) == pytest.approx(apart, abs=2.5)


def _angle(one: Recipe, other: Recipe) -> float:
    a, b = (noise(each.noise, (1, 3, 32, 32)).double() for each in (one, other))
    cosine = float((a * b).sum() / (a.norm() * b.norm()))
    return math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))


def test_directions_are_drawn_anew_each_time() -> None:
    assert ring.directions(8, recipe_of(3)) != ring.directions(8, recipe_of(3))


def test_three_hundred_generations_are_written_down_as_deep_as_one() -> None:
    lock = Mask.of(2, 2, bytes(range(4)))
    first = ring.varied(recipe_of(3), Seed(5), 12.0, lock)
    last = first
    for number in range(299):
        last = ring.varied(last, Seed(number + 10), 12.0, lock)
    assert len(ring.turns(last)) == 300
    assert codec.depth(last) == codec.depth(first)
    assert read(codec.to_json(last)) == last
    for _ in range(300):
        last = ring.back(last)
    assert last == recipe_of(3)


def test_generations_end_where_a_recipe_is_full_and_not_before() -> None:
    turns = tuple(Turn(Seed(number + 10), 1.0) for number in range(1022))
    last = ring.varied(recipe_of(noise=Walk(Seed(3), turns)), Seed(5), 12.0)
    assert count_seeds(last.noise) == 1024
    assert ring.turns_left(last) == 0
    with pytest.raises(KnownError, match="at most 1024 seeds"):
        ring.varied(last, Seed(6), 12.0)


@pytest.mark.parametrize(
    ("picture", "mask"),
    [((256, 256), (64, 64)), ((128, 128), (32, 32)), ((1024, 512), (64, 32)), ((32, 64), (8, 16))],
)
def test_masks_are_as_fine_as_latents(picture: tuple[int, int], mask: tuple[int, int]) -> None:
    assert ring.mask_size(picture) == mask


@given(st.binary(min_size=12, max_size=12))
def test_what_is_outside_a_mask_is_what_it_lacks(grey: bytes) -> None:
    mask = Mask.of(4, 3, grey)
    outside = ring.inverted(mask)
    assert all(a + b == 255 for a, b in zip(mask.values(), outside.values(), strict=True))
    assert ring.covered(mask) + ring.covered(outside) == pytest.approx(1.0)
    assert ring.inverted(outside) == mask
