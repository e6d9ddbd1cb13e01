"""What each sampler can do, and how it says that it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.core import samplers
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.samplers import FACTS, Convention, Grid, SamplerName

names = st.sampled_from(SamplerName)
PLAIN = Convention.DIFFUSERS
GRID = Grid(1000, "leading", 0)


def test_every_sampler_has_its_facts() -> None:
    assert set(FACTS) == set(SamplerName)
    assert all(facts.title and facts.paper.startswith("arXiv") for facts in FACTS.values())


@pytest.mark.parametrize(
    ("name", "steps", "expected"),
    [("ddim", 20, 20), ("dpmpp-2m", 20, 20), ("heun", 20, 39), ("heun", 2, 3), ("pndm", 5, 14)],
)
def test_a_picture_costs_so_many_evaluations(name: str, steps: int, expected: int) -> None:
    assert samplers.evaluations(SamplerName(name), steps) == expected


@given(names, st.integers(4, 500))
def test_new_noise_enters_before_the_end_and_always_at_the_beginning(
    name: SamplerName, steps: int
) -> None:
    points = samplers.restart_points(name, steps)
    assert points[0] == 0
    assert points[-1] < samplers.evaluations(name, steps)


@given(
    names, st.sampled_from(Convention), st.integers(-5, 2000), st.floats(), st.integers(10, 1000)
)
def test_whatever_is_asked_is_accepted_or_refused_in_a_sentence(
    name: SamplerName, convention: Convention, steps: int, eta: float, trained: int
) -> None:
    facts = FACTS[name]
    try:
        samplers.check(name, convention, steps, eta, Grid(trained, "linspace", 0))
    except BadArgumentError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either outcome is right.
    else:
        assert facts.minimum <= steps <= trained
        assert 0 <= eta <= 1
        assert convention in facts.conventions
        assert not eta or facts.takes_eta


@pytest.mark.parametrize("name", SamplerName)
def test_the_limits_of_steps_are_themselves_accepted(name: SamplerName) -> None:
    facts = FACTS[name]
    samplers.check(name, PLAIN, facts.minimum, 0, GRID)
    samplers.check(name, PLAIN, 1000 - facts.spare, 0, GRID)
    for steps in (facts.minimum - 1, 1001 - facts.spare):
        with pytest.raises(
            BadArgumentError, match=f"{facts.minimum} to {1000 - facts.spare} steps"
        ):
            samplers.check(name, PLAIN, steps, 0, GRID)


def test_the_compvis_grid_stops_one_step_earlier() -> None:
    samplers.check(SamplerName.DDIM, Convention.COMPVIS, 999, 0, GRID)
    with pytest.raises(BadArgumentError, match="2 to 999 steps"):
        samplers.check(SamplerName.DDIM, Convention.COMPVIS, 1000, 0, GRID)


def test_eta_is_for_ddim_and_so_is_the_compvis_convention() -> None:
    samplers.check(SamplerName.DDIM, Convention.COMPVIS, 20, 1, GRID)
    with pytest.raises(BadArgumentError, match="--sampler ddim"):
        samplers.check(SamplerName.EULER, PLAIN, 20, 0.5, GRID)
    with pytest.raises(BadArgumentError, match="only for ddim"):
        samplers.check(SamplerName.EULER, Convention.COMPVIS, 20, 0, GRID)


@pytest.mark.parametrize("eta", [-0.1, 1.1, float("nan"), float("inf")])
def test_eta_lies_between_0_and_1(eta: float) -> None:
    with pytest.raises(BadArgumentError, match="between 0 and 1"):
        samplers.check(SamplerName.DDIM, PLAIN, 20, eta, GRID)


@pytest.mark.parametrize(
    ("steps", "offset", "fits"),
    [(999, 1, True), (1000, 1, False), (500, 1, True), (10, 100, False)],
)
def test_a_shifted_grid_does_not_go_past_the_end_of_the_training(
    steps: int, offset: int, fits: bool
) -> None:
    grid = Grid(1000, "leading", offset)
    assert grid.holds(steps) is fits
    if not fits:
        with pytest.raises(BadArgumentError, match=f"shifts them by {offset}"):
            samplers.check(SamplerName.DDIM, PLAIN, steps, 0, grid)
