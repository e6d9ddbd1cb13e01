"""Training of the starter model's autoencoder, a `diffusers.VQModel` with f = 4 and 3 channels.

The latent space is fixed beforehand (module `axes`), the codebook is laid on it by k-means, so
that codes are well used from the start (Esser et al. 2021 learn them jointly), and encoder and
decoder are then taught side by side: one to find these latents, one to paint from their codes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from axes import Axes, find_axes
from diffusers import VQModel
from features import Features
from numpy.typing import NDArray
from scipy.spatial import KDTree
from team import Team
from torch import Tensor
from torch.nn import functional as F
from training import Average, Budget, load_checkpoint, save_checkpoint, warm_cosine

log = logging.getLogger(__name__)
Pictures = NDArray[np.uint8]


@dataclass(frozen=True)
class AutoencoderPlan:
    """Sizes and rates of the autoencoder's training; the batch is that of one process."""

    channels: tuple[int, ...] = (32, 64, 96)
    codes: int = 8192
    crop: int = 64
    batch: int = 8
    rate: float = 1.2e-3
    latent_noise: float = 0.05
    perceptual: float = 0.5
    encoder_every: int = 4
    seconds: float = 33 * 60


def build_autoencoder(plan: AutoencoderPlan) -> VQModel:
    """An untrained autoencoder; 3-channel latents at a quarter of the picture's size."""
    depth = len(plan.channels)
    return VQModel(
        down_block_types=("DownEncoderBlock2D",) * depth,
        up_block_types=("UpDecoderBlock2D",) * depth,
        block_out_channels=plan.channels,
        layers_per_block=1,
        latent_channels=3,
        sample_size=128,
        num_vq_embeddings=plan.codes,
        norm_num_groups=16,
        scaling_factor=1.0,
        mid_block_add_attention=False,
    )


def to_tensor(pictures: Pictures) -> Tensor:
    """Pictures (N, H, W, 3) uint8 to a tensor (N, 3, H, W) in [-1, 1]."""
    batch = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2)
    return batch.float().div_(127.5).sub_(1).contiguous(memory_format=torch.channels_last)


def random_crops(pictures: Pictures, count: int, crop: int, rng: np.random.Generator) -> Tensor:
    """Crops at random places, half of them mirrored, as a tensor (count, 3, crop, crop)."""
    room = pictures.shape[1] - crop + 1
    chosen = rng.integers(len(pictures), size=count)
    corners = rng.integers(room, size=(count, 2))
    parts = [
        pictures[i, y : y + crop, x : x + crop] for i, (y, x) in zip(chosen, corners, strict=True)
    ]
    flips = rng.random(count) < 0.5
    return to_tensor(np.stack([p[:, ::-1] if f else p for p, f in zip(parts, flips, strict=True)]))


def reconstruction_loss(
    output: Tensor, target: Tensor, features: Features, weight: float
) -> Tensor:
    """L1 of values and of their gradients, and a perceptual distance."""
    loss = (output - target).abs().mean()
    for dim in (2, 3):
        loss = loss + (output.diff(dim=dim) - target.diff(dim=dim)).abs().mean()
    return loss + weight * features.distance(output, target)


@torch.no_grad()
def encode_all(model: VQModel, pictures: Pictures, batch: int = 32) -> Tensor:
    """Latents (N, 3, H/4, W/4) of pictures, before quantisation."""
    parts = []
    for start in range(0, len(pictures), batch):
        latents = model.encode(to_tensor(pictures[start : start + batch])).latents
        parts.append(latents.contiguous())
    return torch.cat(parts)


def nearest(points: Tensor, centres: Tensor) -> Tensor:
    """Index of the nearest centre for each point (N, 3)."""
    tree = KDTree(centres.detach().numpy())
    return torch.from_numpy(tree.query(points.detach().numpy())[1]).long()


@torch.no_grad()
def lay_codebook(points: Tensor, codes: int, rounds: int, seed: int = 0) -> Tensor:
    """Centres (codes, 3) by k-means on points (N, 3); idle centres move onto random points."""
    generator = torch.Generator().manual_seed(seed)
    centres = points[torch.randperm(len(points), generator=generator)[:codes]].clone()
    if len(centres) < codes:
        spare = torch.randn(codes - len(centres), 3, generator=generator)
        centres = torch.cat([centres, spare * points.std(0) + points.mean(0)])
    for _ in range(rounds):
        index = nearest(points, centres)
        count = torch.bincount(index, minlength=codes).float()
        total = torch.zeros_like(centres).index_add_(0, index, points)
        used = count > 0
        centres[used] = total[used] / count[used, None]
        idle = int((~used).sum())
        if idle:
            centres[~used] = points[torch.randint(len(points), (idle,), generator=generator)]
    return centres


def quantise(model: VQModel, latents: Tensor) -> Tensor:
    """Latents (N, 3, H, W) moved onto their nearest codes."""
    codes = model.quantize.embedding.weight.detach()
    flat = latents.detach().float().permute(0, 2, 3, 1).reshape(-1, 3)
    snapped = codes[nearest(flat, codes)].view(len(latents), *latents.shape[2:], 3)
    return snapped.permute(0, 3, 1, 2)


def decode_latents(model: VQModel, latents: Tensor) -> Tensor:
    """Pictures of latents that are quantised already (or deliberately not)."""
    return model.decoder(model.post_quant_conv(latents))


def _first_codes(axes: Axes, pictures: Pictures, codes: int) -> Tensor:
    points = axes.latents(to_tensor(pictures[:1024])).permute(0, 2, 3, 1).reshape(-1, 3)
    keep = torch.randperm(len(points), generator=torch.Generator().manual_seed(1))[:200_000]
    return lay_codebook(points[keep], codes, 12)


def prepare_axes(pictures: Pictures, work: Path) -> Axes:
    """The latent axes of a data set, found once and kept in `work/axes.npz`."""
    path = work / "axes.npz"
    if not path.exists():
        find_axes(to_tensor(pictures[:2048])).save(path)
    return Axes.load(path)


def train_autoencoder(
    pictures: Pictures, work: Path, plan: AutoencoderPlan, until: float | None, team: Team
) -> None:
    """Train to the end of the plan, continuing from `work/autoencoder.pt` where it exists."""
    path = work / "autoencoder.pt"
    torch.manual_seed(0)
    axes = prepare_axes(pictures, work)
    model = build_autoencoder(plan).to(memory_format=torch.channels_last)
    model.quantize.requires_grad_(False)
    features = Features().eval().requires_grad_(False)
    state = load_checkpoint(path) or {"step": 0, "elapsed": 0.0}
    optimiser = torch.optim.AdamW(
        [p for p in model.parameters() if p.requires_grad],
        plan.rate,
        betas=(0.9, 0.98),
        weight_decay=1e-4,
        fused=True,
    )
    if "model" in state:
        model.load_state_dict(state["model"])
    else:
        codes = _first_codes(axes, pictures, plan.codes)
        model.quantize.embedding.weight.data.copy_(codes)
    average = Average(model, 0.997)
    if "optimiser" in state:
        optimiser.load_state_dict(state["optimiser"])
        average.weights, average.count = state["average"], state["count"]
    step: int = state["step"]
    budget = Budget(plan.seconds, state["elapsed"], until)
    rng = np.random.default_rng((step, team.place))
    torch.manual_seed(step * team.size + team.place)
    share = budget.share()
    if share >= 1 and step >= 2:
        return

    def save() -> None:
        if team.leads:
            save_checkpoint(
                path,
                model=model.state_dict(),
                average=average.weights,
                count=average.count,
                optimiser=optimiser.state_dict(),
                step=step,
                elapsed=budget.elapsed(),
            )

    while share < 1 or step < 2:
        crop = min(plan.crop, pictures.shape[1])
        target = random_crops(pictures, plan.batch, crop, rng)
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * warm_cosine(share, step, 100)
        optimiser.zero_grad()
        if step % plan.encoder_every == 0:
            F.mse_loss(model.encode(target).latents, axes.latents(target)).backward()
        loss = _painting_loss(model, axes, features, target, plan)
        loss.backward()
        share = team.average_gradients(model.parameters(), budget.share())
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model)
        step += 1
        if step % 50 == 0 and team.leads:
            log.info("autoencoder step %d share %.3f loss %.4f", step, share, loss.item())
        if step % 200 == 0:
            save()
    save()


def _painting_loss(
    model: VQModel, axes: Axes, features: Features, target: Tensor, plan: AutoencoderPlan
) -> Tensor:
    """How far the decoder is from painting a batch out of its latents, slightly disturbed."""
    latents = axes.latents(target)
    inside = quantise(model, latents + plan.latent_noise * torch.randn_like(latents))
    output = decode_latents(model, inside)
    return reconstruction_loss(output, target, features, plan.perceptual)
