"""Training of the starter model's denoiser, a `diffusers.UNet2DModel` on 32 x 32 latents.

It predicts the velocity v = sqrt(a) noise - sqrt(1 - a) x0 (Salimans and Ho 2022), which keeps
the first steps of a sampler tame; steps of the noise schedule are drawn about as often as min-SNR
(Hang et al. 2023) weights them, evenly spread within each batch to calm the gradient.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers import DDIMScheduler, UNet2DModel
from team import Team
from torch import Tensor
from training import Average, Budget, load_checkpoint, save_checkpoint, warm_hold

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DenoiserPlan:
    """Sizes and rates of the denoiser's training; the batch is that of one process."""

    channels: tuple[int, ...] = (64, 128, 256)
    layers: int = 1
    attention: tuple[bool, ...] = (False, True, True)
    batch: int = 8
    rate: float = 6e-4
    warm_steps: int = 200
    hold: float = 0.88
    snr_cap: float = 5.0
    base_share: float = 0.10
    average: float = 0.998
    seconds: float = 73 * 60
    save_every: float = 480.0


def make_scheduler() -> DDIMScheduler:
    """The noise schedule: 1000 steps, square-root-linear betas, velocity prediction."""
    return DDIMScheduler(
        num_train_timesteps=1000,
        beta_start=0.0015,
        beta_end=0.0195,
        beta_schedule="scaled_linear",
        clip_sample=False,
        set_alpha_to_one=True,
        steps_offset=0,
        prediction_type="v_prediction",
        timestep_spacing="leading",
    )


def build_denoiser(plan: DenoiserPlan, size: int = 32) -> UNet2DModel:
    """An untrained denoiser of latents (N, 3, size, size)."""
    down = tuple("AttnDownBlock2D" if a else "DownBlock2D" for a in plan.attention)
    up = tuple("AttnUpBlock2D" if a else "UpBlock2D" for a in reversed(plan.attention))
    return UNet2DModel(
        sample_size=size,
        in_channels=3,
        out_channels=3,
        down_block_types=down,
        up_block_types=up,
        block_out_channels=plan.channels,
        layers_per_block=plan.layers,
        attention_head_dim=32,
        norm_num_groups=16,
        norm_eps=1e-6,
        resnet_time_scale_shift="scale_shift",
    )


@dataclass(frozen=True)
class Noising:
    """Signal and noise shares of each step of a schedule, as tensors (1000,)."""

    signal: Tensor
    noise: Tensor

    @classmethod
    def of(cls, scheduler: DDIMScheduler) -> Noising:
        """The shares of a diffusers scheduler."""
        kept = scheduler.alphas_cumprod.float()
        return cls(kept.sqrt(), (1 - kept).sqrt())


def step_shares(shares: Noising, cap: float, base: float) -> Tensor:
    """How often each step is drawn, cumulative (1000,): its min-SNR weight plus a base share.

    Drawing a step more often rather than weighting its loss gives the same expected gradient, and
    spends no work on the nearly pure noise to which the weight would give next to nothing.
    """
    snr = (shares.signal / shares.noise).square()
    weight = snr.clamp(max=cap) / (snr + 1) + base
    return (weight / weight.sum()).cumsum(0)


def spread_steps(count: int, cumulative: Tensor) -> Tensor:
    """Random steps (count,) of cumulative shares, one from each of `count` equal parts."""
    places = (torch.arange(count) + torch.rand(count)) / count
    steps = torch.searchsorted(cumulative, places).clamp(max=len(cumulative) - 1)
    return steps[torch.randperm(count)]


def velocity_loss(model: UNet2DModel, clean: Tensor, shares: Noising, drawn: Tensor) -> Tensor:
    """Velocity error of a batch of clean latents (N, 3, H, W) at steps drawn by `drawn`."""
    steps = spread_steps(len(clean), drawn)
    signal = shares.signal[steps].view(-1, 1, 1, 1)
    share = shares.noise[steps].view(-1, 1, 1, 1)
    noise = torch.randn_like(clean)
    target = signal * noise - share * clean
    output = model(signal * clean + share * noise, steps).sample
    return (output - target).square().mean()


def train_denoiser(
    latents: Tensor,
    work: Path,
    plan: DenoiserPlan,
    until: float | None,
    on_save: Callable[[UNet2DModel], None],
    team: Team,
) -> None:
    """Train on latents (N, 3, H, W) to the end of the plan, continuing from `denoiser.pt`."""
    path = work / "denoiser.pt"
    torch.manual_seed(0)
    model = build_denoiser(plan, latents.shape[-1]).to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(
        model.parameters(), plan.rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True
    )
    average = Average(model, plan.average)
    state = load_checkpoint(path) or {"step": 0, "elapsed": 0.0, "views": 0}
    if "model" in state:
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average.weights, average.count = state["average"], state["count"]
    step: int = state["step"]
    views: int = state["views"]
    first = step
    budget = Budget(plan.seconds, state["elapsed"], until)
    shares = Noising.of(make_scheduler())
    drawn = step_shares(shares, plan.snr_cap, plan.base_share)
    torch.manual_seed(1 + step * team.size + team.place)
    order = torch.randperm(len(latents))
    share = budget.share()
    if share >= 1 and step >= 2:
        return
    at, saved, running = 0, time.time(), 1.0

    def save() -> None:
        save_checkpoint(
            path,
            model=model.state_dict(),
            optimiser=optimiser.state_dict(),
            step=step,
            average=average.weights,
            count=average.count,
            elapsed=budget.elapsed(),
            views=views,
        )
        on_save(averaged(plan, average.weights, latents.shape[-1]))

    while share < 1 or step < 2:
        if at + plan.batch > len(order):
            order, at = torch.randperm(len(latents)), 0
        clean = latents[order[at : at + plan.batch]].float()
        at += plan.batch
        clean = clean.contiguous(memory_format=torch.channels_last)
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * warm_hold(share, step, plan.warm_steps, plan.hold)
        loss = velocity_loss(model, clean, shares, drawn)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        share = team.average_gradients(model.parameters(), budget.share())
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model)
        step += 1
        views += plan.batch * team.size
        running += max(0.02, 1 / (step - first)) * (loss.item() - running)
        if step % 50 == 0 and team.leads:
            log.info("denoiser step %d share %.3f loss %.4f", step, share, running)
        if team.leads and time.time() - saved > plan.save_every:
            save()
            saved = time.time()
    if team.leads:
        save()


def averaged(plan: DenoiserPlan, weights: dict[str, Tensor], size: int) -> UNet2DModel:
    """A denoiser with the averaged weights, ready for sampling."""
    model = build_denoiser(plan, size)
    model.load_state_dict(weights)
    return model.eval()


@torch.no_grad()
def sample_latents(
    model: UNet2DModel, seeds: list[int], steps: int = 25, batch: int = 32
) -> Tensor:
    """Latents (N, 3, H, W) by DDIM from noise of one CPU generator for each seed."""
    scheduler = make_scheduler()
    scheduler.set_timesteps(steps)
    side = model.config["sample_size"]
    parts = []
    for start in range(0, len(seeds), batch):
        generators = [torch.Generator().manual_seed(s) for s in seeds[start : start + batch]]
        x = torch.cat([torch.randn(1, 3, side, side, generator=g) for g in generators])
        x = x.contiguous(memory_format=torch.channels_last)
        for t in scheduler.timesteps:
            x = scheduler.step(model(x, t).sample, t, x).prev_sample
        parts.append(x)
    return torch.cat(parts)
