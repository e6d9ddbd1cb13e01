"""One solver a trajectory: diffusers' schedulers, with x̂₀ and a state that can be kept.

The mathematics of a step is diffusers'; this module knows which of a scheduler's attributes
change while it runs, so that a trajectory can be forked, saved and continued to the same bits.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, TypeAlias

from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler
from diffusers.schedulers.scheduling_euler_discrete import EulerDiscreteScheduler
from diffusers.schedulers.scheduling_heun_discrete import HeunDiscreteScheduler
from diffusers.schedulers.scheduling_pndm import PNDMScheduler
from diffusers.schedulers.scheduling_unipc_multistep import UniPCMultistepScheduler
from torch import Tensor

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import NoiseSchedule, Sampler
from ldm_desktop.core.samplers import SamplerName

Value: TypeAlias = Any
"""None, a number, a tensor, or a list of these."""


@dataclass(frozen=True)
class SolverState:
    """The history of a scheduler, by its attributes; nothing in it is shared with a scheduler."""

    values: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class _Kind:
    scheduler: Any
    options: tuple[tuple[str, Value], ...]
    history: tuple[str, ...]
    """What `step` changes, besides the index."""
    restart: tuple[tuple[str, Value], ...] = ()
    """What new noise makes invalid, and its value at the start."""
    in_sigma_space: bool = False
    """Whether its samples are x₀ + σε instead of √ᾱ x₀ + √(1-ᾱ) ε."""


_KINDS = {
    SamplerName.DDIM: _Kind(DDIMScheduler, (), ()),
    SamplerName.PNDM: _Kind(
        PNDMScheduler,
        (("skip_prk_steps", False), ("set_alpha_to_one", False)),
        ("counter", "cur_model_output", "cur_sample", "ets"),
    ),
    SamplerName.DPMPP_2M: _Kind(
        DPMSolverMultistepScheduler,
        (("algorithm_type", "dpmsolver++"), ("solver_order", 2)),
        ("model_outputs", "lower_order_nums"),
        restart=(("model_outputs", [None, None]), ("lower_order_nums", 0)),
    ),
    SamplerName.UNIPC: _Kind(
        UniPCMultistepScheduler,
        (("solver_order", 2),),
        ("model_outputs", "timestep_list", "lower_order_nums", "last_sample", "this_order"),
        restart=(
            ("model_outputs", [None, None]),
            ("timestep_list", [None, None]),
            ("lower_order_nums", 0),
            ("last_sample", None),
        ),
    ),
    SamplerName.EULER: _Kind(
        EulerDiscreteScheduler, (), ("is_scale_input_called",), in_sigma_space=True
    ),
    SamplerName.HEUN: _Kind(
        HeunDiscreteScheduler, (), ("prev_derivative", "dt", "sample"), in_sigma_space=True
    ),
}


class Solver:
    """Takes one picture's latents from noise to x₀, one UNet evaluation at a time."""

    def __init__(self, sampler: Sampler, steps: int) -> None:
        self._kind = _KINDS[sampler.name]
        self._schedule = sampler.schedule
        self._scheduler = _scheduler(sampler)
        self._scheduler.set_timesteps(steps)
        if hasattr(self._scheduler, "set_begin_index"):
            self._scheduler.set_begin_index(0)
        self.timesteps: Tensor = self._scheduler.timesteps

    def start(self, noise: Tensor) -> Tensor:
        """Scale N(0, 1) noise to x_T."""
        scaled: Tensor = noise * self._scheduler.init_noise_sigma
        return scaled

    def model_input(self, x: Tensor, index: int) -> Tensor:
        """Scale x to what the UNet was trained on."""
        if not hasattr(self._scheduler, "scale_model_input"):
            return x
        scaled: Tensor = self._scheduler.scale_model_input(x, self.timesteps[index])
        return scaled

    def step(
        self, output: Tensor, x: Tensor, index: int, eta: float, noise: Tensor | None
    ) -> Tensor:
        """Give the next x from the UNet's output at evaluation `index`; `noise` if eta > 0."""
        options = {"eta": eta, "variance_noise": noise} if eta else {}
        step = self._scheduler.step(output, self.timesteps[index], x, **options)
        following: Tensor = step.prev_sample
        return following

    def x0(self, output: Tensor, x: Tensor, index: int) -> Tensor:
        """Predict the clean latents from the UNet's output (arXiv 2010.02502, eq. 9)."""
        alpha, sigma = self.levels(index)
        if self._kind.in_sigma_space:
            x = x * alpha
        kind = self._schedule.prediction_type
        if kind == "epsilon":
            clean = (x - sigma * output) / alpha
        elif kind == "v_prediction":
            clean = alpha * x - sigma * output
        else:
            clean = output
        limit = self._schedule.clip_sample_range
        return clean.clamp(-limit, limit) if self._clips else clean

    @property
    def _clips(self) -> bool:
        return self._schedule.clip_sample and self._kind.scheduler is DDIMScheduler

    def levels(self, index: int) -> tuple[float, float]:
        """Give √ᾱ and √(1-ᾱ) of the sample that goes into evaluation `index`."""
        if hasattr(self._scheduler, "sigmas"):
            sigma = float(self._scheduler.sigmas[index])
            bar = 1 / (1 + sigma**2)
        else:
            bar = float(self._scheduler.alphas_cumprod[self.timesteps[index]])
        return bar**0.5, (1 - bar) ** 0.5

    def renoise(self, x: Tensor, x0: Tensor | None, index: int, fresh: Any) -> Tensor:
        """Replace the noise in x by `fresh(noise)`, keeping x̂₀, and forget the history."""
        alpha, sigma = self.levels(index)
        scale = alpha if self._kind.in_sigma_space else 1.0
        for name, value in self._kind.restart:
            setattr(self._scheduler, name, copy.copy(value))
        if x0 is None:
            return self.start(fresh(x / self._scheduler.init_noise_sigma))
        noise = (x * scale - alpha * x0) / sigma
        renewed: Tensor = (alpha * x0 + sigma * fresh(noise)) / scale
        return renewed

    def capture(self) -> SolverState:
        """Copy the history."""
        names = self._kind.history
        return SolverState(tuple((name, _copied(self._history(name))) for name in names))

    def _history(self, name: str) -> Value:
        return getattr(self._scheduler, name, None)

    def restore(self, state: SolverState, index: int) -> None:
        """Go on from a history and the number of evaluations done."""
        if tuple(name for name, _ in state.values) != self._kind.history:
            raise KnownError("The kept history belongs to another sampler.")
        for name, value in state.values:
            setattr(self._scheduler, name, _copied(value))
        if hasattr(self._scheduler, "step_index"):
            self._scheduler._step_index = index if index else None  # noqa: SLF001


def _scheduler(sampler: Sampler) -> Any:
    kind = _KINDS[sampler.name]
    options = dict(kind.options)
    options.update(_schedule_options(sampler.schedule), timestep_spacing=sampler.spacing)
    if kind.scheduler is DDIMScheduler:
        options["clip_sample"] = sampler.schedule.clip_sample
        options["clip_sample_range"] = sampler.schedule.clip_sample_range
        options["set_alpha_to_one"] = sampler.schedule.set_alpha_to_one
    return kind.scheduler(**options)


def _schedule_options(schedule: NoiseSchedule) -> dict[str, Value]:
    betas = schedule.trained_betas
    return {
        "num_train_timesteps": schedule.num_train_timesteps,
        "beta_start": schedule.beta_start,
        "beta_end": schedule.beta_end,
        "beta_schedule": schedule.beta_schedule,
        "trained_betas": list(betas) if betas is not None else None,
        "prediction_type": schedule.prediction_type,
        "steps_offset": schedule.steps_offset,
    }


def _copied(value: Value) -> Value:
    # PNDM adds into its tensors in place, and every multistep solver shifts its lists in place.
    if isinstance(value, Tensor):
        return value.clone()
    return [_copied(item) for item in value] if isinstance(value, list) else value
