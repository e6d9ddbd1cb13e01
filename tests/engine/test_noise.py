"""Noise: what mixing, turning and masking keep, and what a seed means for ever."""

from __future__ import annotations

import hashlib
import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from ldm_desktop.core.errors import KnownError
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
from ldm_desktop.engine import noise as noises
from ldm_desktop.engine.noise import angle as measured
from ldm_desktop.engine.noise import mix, noise, region, rotate, slerp, step_noise

SHAPE = (1, 3, 16, 16)
WEIGHTS = st.floats(-4, 4).filter(lambda weight: abs(weight) > 0.01)


def power(z: torch.Tensor) -> float:
    return float((z.double() ** 2).mean())


def seeded(seed: int) -> torch.Tensor:
    return noise(Seed(seed), SHAPE)


def angle(a: torch.Tensor, b: torch.Tensor) -> float:
    a, b = a.double().flatten(), b.double().flatten()
    return math.degrees(math.acos(max(-1.0, min(1.0, float(a @ b / (a.norm() * b.norm()))))))


def test_a_torch_seed_is_what_torch_makes_of_it() -> None:
    generator = torch.Generator().manual_seed(5)
    assert torch.equal(seeded(5), torch.randn(SHAPE, generator=generator))


def test_a_wide_seed_means_the_same_noise_for_ever() -> None:
    z = noise(Seed(2**64 - 1, Generator.WIDE), SHAPE)
    # Rounded, because the last bit of a logarithm is the C library's own.
    digest = hashlib.sha256((z * 1000).round().to(torch.int32).numpy().tobytes()).hexdigest()
    assert digest == "205cad92ac4f9919119fa0a2855fd3c7219fe0da0884eac22775d42a2305cb62"


def test_wide_noise_is_standard_normal_and_unlike_its_neighbours() -> None:
    shape = (1, 3, 64, 64)
    fields = [noise(Seed(seed, Generator.WIDE), shape) for seed in range(8)]
    for z in fields:
        assert abs(float(z.mean())) < 0.05
        assert abs(power(z) - 1) < 0.05
        assert abs(float((z**4).mean()) - 3) < 0.4
    for a, b in itertools.combinations(fields, 2):
        assert abs(angle(a, b) - 90) < 3


@given(st.lists(st.tuples(st.integers(0, 9), WEIGHTS), min_size=2, max_size=5))
def test_mixing_keeps_the_variance_and_ignores_the_order(pairs: list[tuple[int, float]]) -> None:
    parents = tuple(Parent(Seed(100 * i + seed), w) for i, (seed, w) in enumerate(pairs))
    mixed = noise(Mix(parents), SHAPE)
    powers = [power(seeded(100 * i + seed)) for i, (seed, _) in enumerate(pairs)]
    assert min(powers) - 1e-4 <= power(mixed) <= max(powers) + 1e-4
    assert torch.equal(mixed, noise(Mix(parents[::-1]), SHAPE))


def test_a_mix_ends_exactly_at_its_parents() -> None:
    a, b = seeded(1), seeded(2)
    assert torch.allclose(mix([(a, 1.0), (b, 1e-9)]), a, atol=1e-6)
    assert torch.allclose(mix([(a, 3.0)]), a, atol=1e-6)
    assert torch.allclose(mix([(a, -1.0)]), -a, atol=1e-6)


def test_two_parents_are_mixed_as_by_slerp() -> None:
    a, b = seeded(1), seeded(2)
    a, b = a / power(a) ** 0.5, b / power(b) ** 0.5
    omega = math.radians(angle(a, b))
    for t in (0.25, 0.5, 0.75):
        wa, wb = math.sin((1 - t) * omega), math.sin(t * omega)
        slerp = (wa * a + wb * b) / math.sin(omega)
        assert torch.allclose(mix([(a, wa), (b, wb)]), slerp, atol=1e-5)


def test_mixes_nest() -> None:
    inner = Mix((Parent(Seed(1), 1.0), Parent(Seed(2), 1.0)))
    outer = noise(Mix((Parent(inner, 1.0), Parent(Rotate(Seed(3), Seed(4), 30.0), 2.0))), SHAPE)
    assert 0.8 < power(outer) < 1.2


def test_weights_that_cancel_are_refused() -> None:
    with pytest.raises(KnownError, match="cancel"):
        mix([(seeded(1), 1.0), (seeded(1), -1.0)])


@given(st.floats(-180, 180))
def test_a_rotation_turns_by_its_angle_and_keeps_the_length(degrees: float) -> None:
    a = seeded(1)
    turned = rotate(a, seeded(2), degrees)
    assert abs(angle(a, turned) - abs(degrees)) < 0.1
    assert abs(power(turned) - power(a)) < 1e-5


def test_no_rotation_changes_nothing_and_none_is_possible_toward_itself() -> None:
    assert torch.equal(rotate(seeded(1), seeded(2), 0.0), seeded(1))
    with pytest.raises(KnownError, match="itself"):
        rotate(seeded(1), seeded(1), 10.0)


def test_a_hard_mask_takes_each_noise_where_it_belongs() -> None:
    mask = Mask.of(2, 1, bytes([255, 0]))
    z = noise(Region(Seed(1), Seed(2), mask), SHAPE)
    assert torch.equal(z[..., :8], seeded(1)[..., :8])
    assert torch.equal(z[..., 8:], seeded(2)[..., 8:])


@pytest.mark.parametrize("degrees", [0.5, 20.0, 90.0])
def test_a_soft_mask_keeps_the_variance(degrees: float) -> None:
    shape = (1, 3, 64, 64)
    a = noise(Seed(1), shape)
    b = rotate(a, noise(Seed(2), shape), degrees)
    half = region(a, b, Mask.of(1, 1, bytes([128])))
    assert abs(power(half) - power(a)) < 0.02


def test_the_noise_of_a_step_depends_on_seed_and_step_alone() -> None:
    first = step_noise(Seed(1), 4, SHAPE)
    assert torch.equal(first, step_noise(Seed(1), 4, SHAPE))
    assert not torch.equal(first, step_noise(Seed(1), 5, SHAPE))
    assert not torch.equal(first, step_noise(Seed(2), 4, SHAPE))


def test_noise_does_not_depend_on_the_number_of_threads() -> None:
    mixed = Mix((Parent(Seed(1), 0.3), Parent(Rotate(Seed(2), Seed(3), 41.0), 0.7)))
    tree = Slerp(mixed, Walk(Seed(4), (Turn(Seed(5), 8.0, Mask.of(2, 1, b"\xff\x40")),)), 0.3)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    one = noise(tree, (1, 3, 64, 64))
    torch.set_num_threads(before)
    assert torch.equal(one, noise(tree, (1, 3, 64, 64)))


DEGREES = st.floats(0.5, 179)
SHARES = st.floats(0, 1)
WIDE = (1, 3, 48, 48)
SPREAD = 5 * math.sqrt(2 / math.prod(WIDE))
"""Five standard deviations of the power of so many independent normal values."""


@st.composite
def turns(draw: st.DrawFn, *, locks: bool = True) -> Turn:
    """Give a turn toward one of a few seeds, which may keep a painted part."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    greys = st.sampled_from([0, 64, 128, 200, 255])
    grey = draw(st.lists(greys, min_size=width * height, max_size=width * height))
    lock = Mask.of(width, height, bytes(grey)) if locks and draw(st.booleans()) else None
    return Turn(Seed(draw(st.integers(10, 14))), draw(st.floats(-180, 180)), lock)


def walks(way: st.SearchStrategy[list[Turn]]) -> st.SearchStrategy[Walk]:
    return way.map(lambda found: Walk(Seed(1), tuple(found)))


WAYS = st.lists(turns(), min_size=1, max_size=6)
FRESH = st.lists(turns(), min_size=1, max_size=5, unique_by=lambda turn: turn.toward)


@settings(deadline=None)
@given(walks(WAYS))
def test_a_walk_is_what_nested_turns_and_regions_are(tree: Walk) -> None:
    nested: Noise = tree.base
    for turn in tree.turns:
        turned = Rotate(nested, turn.toward, turn.degrees)
        nested = Region(nested, turned, turn.lock) if turn.lock else turned
    assert torch.equal(noise(tree, SHAPE), noise(nested, SHAPE))


@settings(deadline=None)
@given(walks(FRESH))
def test_a_walk_toward_fresh_noise_keeps_the_variance(tree: Walk) -> None:
    z = noise(tree, WIDE)
    assert abs(power(z) - 1) < SPREAD
    assert abs(float(z.double().mean())) < SPREAD


@settings(deadline=None)
@given(st.lists(turns(locks=False), min_size=1, max_size=6))
def test_a_walk_that_locks_nothing_keeps_the_length_exactly(way: list[Turn]) -> None:
    assert power(noise(Walk(Seed(1), tuple(way)), SHAPE)) == pytest.approx(
        power(seeded(1)), rel=1e-6
    )


@settings(deadline=None)
@given(st.lists(DEGREES, min_size=1, max_size=5))
def test_what_is_locked_stays_to_the_last_bit(degrees: list[float]) -> None:
    lock = Mask.of(2, 2, bytes([255, 0, 0, 0]))
    way = tuple(Turn(Seed(n), each, lock) for n, each in enumerate(degrees, 10))
    z = noise(Walk(Seed(1), way), SHAPE)
    assert torch.equal(z[..., :8, :8], seeded(1)[..., :8, :8])
    assert not torch.equal(z[..., 8:, 8:], seeded(1)[..., 8:, 8:])


@settings(deadline=None)
@given(DEGREES)
def test_a_turn_leads_as_far_away_as_it_says(degrees: float) -> None:
    parent = noise(Walk(Seed(1), (Turn(Seed(2), 33.0),)), SHAPE)
    child = noise(Walk(Seed(1), (Turn(Seed(2), 33.0), Turn(Seed(3), degrees))), SHAPE)
    assert measured(parent, child) == pytest.approx(degrees, abs=1e-3)


def test_for_its_neighbours_a_walk_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    seeded_ = noises._seeded

    def noted(seed: Seed, shape: noises.Shape) -> torch.Tensor:
        made.append(seed.seed)
        return seeded_(seed, shape)

    monkeypatch.setattr(noises, "_seeded", noted)
    way = tuple(Turn(Seed(n), 7.5) for n in range(2, 12))
    for neighbour in range(100, 108):
        noise(Walk(Seed(1), (*way, Turn(Seed(neighbour), 5))), SHAPE)
    assert made == [*range(1, 12), *range(100, 108)]


@given(SHARES, st.integers(2, 20))
def test_a_morph_is_the_same_from_either_end(share: float, other: int) -> None:
    a, b = seeded(1), seeded(other)
    assert torch.allclose(slerp(a, b, share), slerp(b, a, 1 - share), atol=1e-6)


@given(st.integers(2, 40), st.integers(2, 20))
def test_equal_shares_are_equal_angles(count: int, other: int) -> None:
    a, b = seeded(1), seeded(other)
    way = [slerp(a, b, n / count) for n in range(count + 1)]
    steps = [measured(one, next_) for one, next_ in itertools.pairwise(way)]
    assert steps == pytest.approx([measured(a, b) / count] * count, abs=1e-4)


@given(SHARES, st.integers(2, 20))
def test_the_length_of_a_morph_goes_evenly_from_one_to_the_other(share: float, other: int) -> None:
    a, b = seeded(1), 1.5 * seeded(other)
    lengths = [float(z.double().norm()) for z in (a, slerp(a, b, share), b)]
    assert lengths[1] == pytest.approx((1 - share) * lengths[0] + share * lengths[2], rel=1e-6)


def test_the_ends_of_a_morph_are_the_noises_themselves() -> None:
    a, b = Seed(1), Mix((Parent(Seed(2), 1.0), Parent(Seed(3), 0.5)))
    assert torch.equal(noise(Slerp(a, b, 0.0), SHAPE), noise(a, SHAPE))
    assert torch.equal(noise(Slerp(a, b, 1.0), SHAPE), noise(b, SHAPE))


def test_a_morph_along_a_turn_is_a_smaller_turn() -> None:
    half = noise(Slerp(Seed(1), Rotate(Seed(1), Seed(2), 60.0), 0.25), SHAPE)
    assert torch.allclose(half, noise(Rotate(Seed(1), Seed(2), 15.0), SHAPE), atol=1e-6)


@pytest.mark.parametrize("degrees", [0.0, 1e-7, 1e-4, 179.9])
def test_ends_that_are_nearly_equal_or_far_apart_have_a_way_between_them(degrees: float) -> None:
    a = seeded(1)
    b = rotate(a, seeded(2), degrees)
    half = slerp(a, b, 0.5)
    assert half.isfinite().all()
    assert measured(a, half) == pytest.approx(degrees / 2, abs=1e-3)


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_between_opposite_ends_no_way_is_the_shortest(share: float) -> None:
    for opposite in (-seeded(1), rotate(seeded(1), seeded(2), 180.0)):
        with pytest.raises(KnownError, match="opposite"):
            slerp(seeded(1), opposite, share)
    assert torch.equal(slerp(seeded(1), -seeded(1), 1.0), -seeded(1))


def test_angles_are_exact_at_both_ends_and_right_between() -> None:
    a = seeded(1)
    assert measured(a, a) == 0.0
    assert measured(a, 3 * a) == pytest.approx(0.0, abs=1e-5)
    assert measured(a, -a) == 180.0
    for degrees in (0.01, 1.0, 90.0, 179.99):
        assert measured(a, rotate(a, seeded(2), degrees)) == pytest.approx(degrees, abs=1e-4)
    assert measured(a, seeded(2)) == pytest.approx(angle(a, seeded(2)), abs=1e-6)


def test_noise_that_cancels_itself_has_no_direction() -> None:
    with pytest.raises(KnownError, match="cancel"):
        measured(seeded(1), torch.zeros(SHAPE))


@settings(deadline=None)
@given(SHARES, st.integers(2, 9))
def test_a_morph_and_a_region_keep_the_variance(share: float, other: int) -> None:
    a, b = (noise(Seed(seed), WIDE) for seed in (1, other))
    assert abs(power(slerp(a, b, share)) - 1) < SPREAD
    grey = Mask.of(3, 1, bytes([255, round(share * 255), 0]))
    assert abs(power(region(a, b, grey)) - 1) < SPREAD
