"""Noise: what mixing, turning and masking keep, and what a seed means for ever."""

from __future__ import annotations

import hashlib
import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Generator, Mask, Mix, Parent, Region, Rotate, Seed
from ldm_desktop.engine.noise import mix, noise, region, rotate, step_noise

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
    tree = Mix((Parent(Seed(1), 0.3), Parent(Rotate(Seed(2), Seed(3), 41.0), 0.7)))
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    one = noise(tree, (1, 3, 64, 64))
    torch.set_num_threads(before)
    assert torch.equal(one, noise(tree, (1, 3, 64, 64)))
