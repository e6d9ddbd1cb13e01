"""Solvers: x̂₀, limits and states, on a model whose clean latents are known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from ldm_desktop.core import samplers
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import NoiseSchedule, Sampler, sampler_for
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.engine.solvers import Solver

TARGET = torch.randn(1, 3, 8, 8, generator=torch.Generator().manual_seed(1))
STEPS = 10


def sampler(name: SamplerName, prediction: str = "epsilon", **changes: Any) -> Sampler:
    schedule = NoiseSchedule(1000, 0.0015, 0.0195, "scaled_linear", prediction, False, 1.0, True, 0)
    return sampler_for(name, Convention.DIFFUSERS, schedule, "leading")


def perfect(solver: Solver, x: torch.Tensor, index: int, prediction: str) -> torch.Tensor:
    """Answer as a model that knows the picture: what it predicts, by its own definition."""
    alpha, sigma = solver.levels(index)
    seen = solver.model_input(x, index)
    epsilon = (seen - alpha * TARGET) / sigma
    answers = {"epsilon": epsilon, "v_prediction": alpha * epsilon - sigma * TARGET}
    return answers.get(prediction, TARGET)


def start() -> torch.Tensor:
    return torch.randn(1, 3, 8, 8, generator=torch.Generator().manual_seed(2))


CASES = [
    (name, prediction)
    for name in SamplerName
    for prediction in ("epsilon", "v_prediction", "sample")
    if prediction != "sample" or samplers.FACTS[name].predicts_sample
]


@pytest.mark.parametrize(("name", "prediction"), CASES)
def test_x0_of_a_perfect_model_is_the_picture_at_every_step(
    name: SamplerName, prediction: str
) -> None:
    solver = Solver(sampler(name, prediction), STEPS)
    x = solver.start(start())
    for index in range(len(solver.timesteps)):
        output = perfect(solver, x, index, prediction)
        assert torch.allclose(solver.x0(output, x, index), TARGET, atol=2e-3)
        x = solver.step(output, x, index, 0.0, None)
    # PNDM ends at ᾱ₀, where a little noise is left.
    assert torch.allclose(x, TARGET, atol=0.3 if name is SamplerName.PNDM else 1e-3)


@pytest.mark.parametrize("name", SamplerName)
def test_the_promised_number_of_evaluations_is_what_the_scheduler_makes(name: SamplerName) -> None:
    for steps in (samplers.FACTS[name].minimum, 5, 10, 50):
        timesteps = Solver(sampler(name), steps).timesteps
        assert len(timesteps) == samplers.evaluations(name, steps)


@pytest.mark.parametrize("name", SamplerName)
def test_at_both_limits_every_sampler_arrives(name: SamplerName) -> None:
    facts = samplers.FACTS[name]
    for steps in (facts.minimum, 1000 - facts.spare):
        solver = Solver(sampler(name), steps)
        x = solver.start(start())
        for index in range(len(solver.timesteps)):
            x = solver.step(perfect(solver, x, index, "epsilon"), x, index, 0.0, None)
        assert x.isfinite().all()


@pytest.mark.parametrize("name", SamplerName)
def test_a_kept_history_goes_on_to_the_same_bits(name: SamplerName) -> None:
    first = Solver(sampler(name), STEPS)
    x = first.start(start())
    for index in range(len(first.timesteps)):
        second = Solver(sampler(name), STEPS)
        second.restore(first.capture(), index)
        output = perfect(first, x, index, "epsilon")
        perfect(second, x, index, "epsilon")
        again = second.step(output, x, index, 0.0, None)
        x = first.step(output, x, index, 0.0, None)
        assert torch.equal(x, again)


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    def same(a: Any, b: Any) -> bool:
        if isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor):
            return torch.equal(a, b)
        if isinstance(a, list) and isinstance(b, list):
            return len(a) == len(b) and all(map(same, a, b))
        return type(a) is type(b) and bool(np.array_equal(a, b))

    return {name for name in after if not same(before.get(name), after[name])}


@pytest.mark.parametrize("name", SamplerName)
def test_the_kept_history_is_all_that_a_step_of_diffusers_changes(name: SamplerName) -> None:
    solver = Solver(sampler(name), STEPS)
    scheduler, x, seen = solver._scheduler, solver.start(start()), set()
    for index in range(len(solver.timesteps)):
        output = perfect(solver, x, index, "epsilon")
        before = {key: _copy(value) for key, value in vars(scheduler).items()}
        x = solver.step(output, x, index, 0.0, None)
        seen |= changed(before, vars(scheduler))
    assert seen <= {*solver._kind.history, "_step_index"}


def _copy(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.clone()
    return [_copy(item) for item in value] if isinstance(value, list) else value


def test_a_history_of_another_sampler_is_refused() -> None:
    state = Solver(sampler(SamplerName.HEUN), STEPS).capture()
    with pytest.raises(KnownError, match="another sampler"):
        Solver(sampler(SamplerName.UNIPC), STEPS).restore(state, 0)


@pytest.mark.parametrize("name", sorted(set(SamplerName) - {SamplerName.PNDM}))
def test_new_noise_enters_at_every_restart_point_and_the_picture_still_arrives(
    name: SamplerName,
) -> None:
    for point in samplers.restart_points(name, STEPS):
        solver, x0 = Solver(sampler(name), STEPS), None
        x = solver.start(start())
        for index in range(len(solver.timesteps)):
            if index == point:
                renewed = solver.renoise(x, x0, index, lambda noise: -noise)
                assert not torch.allclose(renewed, x)
                x = renewed
            output = perfect(solver, x, index, "epsilon")
            x0 = solver.x0(output, x, index)
            x = solver.step(output, x, index, 0.0, None)
        assert torch.allclose(x, TARGET, atol=1e-3)
