"""Figures of the starter model: Frechet distances, reconstruction, code usage, sample sheets."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from autoencoder import Pictures, decode_latents, encode_all, nearest, quantise, to_tensor
from denoiser import sample_latents
from diffusers import UNet2DModel, VQModel
from features import Features
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional as F
from training import newer

SHEET_STEPS = 25


@dataclass(frozen=True)
class Figures:
    """What was measured; Frechet distances are against the same held-out paintings."""

    reference_count: int
    sample_count: int
    sample_steps: int
    frechet_samples: float
    frechet_floor: float
    frechet_reconstructions: float
    frechet_blurred: float
    reconstruction_psnr: float
    codes: int
    codes_used: int
    code_perplexity: float

    def save(self, path: Path) -> None:
        """Write the figures as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def load(cls, path: Path) -> Figures | None:
        """Read figures, or None where none were measured."""
        return cls(**json.loads(path.read_text())) if path.exists() else None


@torch.no_grad()
def embed(features: Features, pictures: Pictures, batch: int = 64) -> NDArray[np.float64]:
    """Pooled features (N, 320) of pictures (N, H, W, 3) uint8."""
    parts = [
        features.pooled(to_tensor(pictures[i : i + batch])) for i in range(0, len(pictures), batch)
    ]
    return torch.cat(parts).double().numpy()


def frechet(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Frechet distance between Gaussians fitted to two feature sets (Heusel et al. 2017)."""
    first, second = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    values, vectors = np.linalg.eigh(first)
    root = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    shared = np.sqrt(np.clip(np.linalg.eigvalsh(root @ second @ root), 0, None)).sum()
    gap = np.square(a.mean(0) - b.mean(0)).sum()
    return float(gap + np.trace(first) + np.trace(second) - 2 * shared)


def to_pictures(output: Tensor) -> Pictures:
    """Decoder output (N, 3, H, W) in [-1, 1] to pictures (N, H, W, 3) uint8."""
    values = ((output.clamp(-1, 1) + 1) * 127.5).round().byte()
    return values.permute(0, 2, 3, 1).contiguous().numpy()


@torch.no_grad()
def decode_all(model: VQModel, latents: Tensor, batch: int = 32) -> Pictures:
    """Pictures of latents, quantised on the way."""
    parts = [
        to_pictures(decode_latents(model, quantise(model, part))) for part in latents.split(batch)
    ]
    return np.concatenate(parts)


def psnr(a: Pictures, b: Pictures) -> float:
    """Peak signal-to-noise ratio in dB over all pixels of two picture sets."""
    error = np.square(a.astype(np.float32) - b.astype(np.float32)).mean()
    return float(10 * np.log10(255**2 / max(float(error), 1e-9)))


def blurred(pictures: Pictures) -> Pictures:
    """Pictures shrunk to a quarter and enlarged again: a yardstick of what blur costs."""
    size = pictures.shape[1]
    small = F.interpolate(to_tensor(pictures), size=size // 4, mode="area")
    return to_pictures(F.interpolate(small, size=size, mode="bicubic", align_corners=False))


def code_use(model: VQModel, latents: Tensor) -> tuple[int, float]:
    """How many codes the latents use, and the perplexity of their use."""
    codes = model.quantize.embedding.weight.detach()
    index = nearest(latents.permute(0, 2, 3, 1).reshape(-1, 3), codes)
    share = torch.bincount(index, minlength=len(codes)).double() / len(index)
    entropy = -(share * share.clamp(min=1e-12).log()).sum()
    return int((share > 0).sum()), float(entropy.exp())


def make_samples(
    denoiser: UNet2DModel, autoencoder: VQModel, seeds: list[int], steps: int = SHEET_STEPS
) -> Pictures:
    """Pictures of seeds as the finished model makes them."""
    return decode_all(autoencoder, sample_latents(denoiser, seeds, steps))


def save_sheet(pictures: Pictures, path: Path, columns: int) -> None:
    """Write pictures as a sheet in reading order; the suffix sets the format."""
    rows = [
        np.concatenate(list(pictures[i : i + columns]), axis=1)
        for i in range(0, len(pictures), columns)
    ]
    image = Image.fromarray(np.concatenate(rows, axis=0))
    image.save(path, quality=88) if path.suffix != ".png" else image.save(path)


@dataclass(frozen=True)
class Yardsticks:
    """What the samples are held against: features and figures that need no denoiser."""

    reference: NDArray[np.float64]
    floor: float
    reconstructions: float
    blurred: float
    psnr: float
    codes_used: int
    perplexity: float


def find_yardsticks(
    autoencoder: VQModel, features: Features, held_out: Pictures, count: int
) -> Yardsticks:
    """Half of the held-out paintings is the reference, `count` of the others are measured."""
    half = len(held_out) // 2
    others = held_out[half:][:count]
    known = embed(features, held_out[:half])
    latents = encode_all(autoencoder, others)
    rebuilt = decode_all(autoencoder, latents)
    used, perplexity = code_use(autoencoder, latents)
    return Yardsticks(
        reference=known,
        floor=frechet(known, embed(features, others)),
        reconstructions=frechet(known, embed(features, rebuilt)),
        blurred=frechet(known, embed(features, blurred(others))),
        psnr=psnr(others, rebuilt),
        codes_used=used,
        perplexity=perplexity,
    )


def keep_yardsticks(
    autoencoder: VQModel, features: Features, held_out: Pictures, count: int, work: Path
) -> Yardsticks:
    """The yardsticks, measured once and kept in the work folder."""
    path = work / f"yardsticks-{count}.npz"
    if not newer(path, work / "autoencoder.pt"):
        np.savez(path, **asdict(find_yardsticks(autoencoder, features, held_out, count)))
    with np.load(path) as stored:
        values = {k: v if v.ndim else v.item() for k, v in stored.items()}
    return Yardsticks(**values)


def evaluate(autoencoder: VQModel, held_out: Pictures, samples: Pictures, work: Path) -> Figures:
    """Measure samples (N, H, W, 3) of the model beside its yardsticks."""
    features = Features().eval()
    yard = keep_yardsticks(autoencoder, features, held_out, len(samples), work)
    return Figures(
        reference_count=len(yard.reference),
        sample_count=len(samples),
        sample_steps=SHEET_STEPS,
        frechet_samples=frechet(yard.reference, embed(features, samples)),
        frechet_floor=yard.floor,
        frechet_reconstructions=yard.reconstructions,
        frechet_blurred=yard.blurred,
        reconstruction_psnr=yard.psnr,
        codes=autoencoder.config["num_vq_embeddings"],
        codes_used=yard.codes_used,
        code_perplexity=yard.perplexity,
    )
