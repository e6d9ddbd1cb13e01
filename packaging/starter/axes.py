"""The latent space of the starter model: averaged colours along balanced axes.

The encoder is taught to give, for every 4 x 4 patch, its mean colour along the principal axes of
the data's colours, the weaker axes enlarged. Such latents look like a small picture, which a
small denoiser learns soonest, and the decoder learns to paint the detail back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

FACTOR = 4
BALANCE = 0.6


@dataclass(frozen=True)
class Axes:
    """An affine map of colours in [-1, 1] to latents of mean 0 and standard deviation about 1."""

    matrix: Tensor
    mean: Tensor

    def latents(self, pictures: Tensor) -> Tensor:
        """Latents (N, 3, H/4, W/4) of pictures (N, 3, H, W)."""
        small = F.avg_pool2d(pictures, FACTOR) - self.mean.view(1, 3, 1, 1)
        return torch.einsum("ij,njhw->nihw", self.matrix, small)

    def save(self, path: Path) -> None:
        """Write the map as a NumPy archive."""
        np.savez(path, matrix=self.matrix.numpy(), mean=self.mean.numpy())

    @classmethod
    def load(cls, path: Path) -> Axes:
        """Read a map."""
        with np.load(path) as stored:
            return cls(torch.from_numpy(stored["matrix"]), torch.from_numpy(stored["mean"]))


def find_axes(pictures: Tensor) -> Axes:
    """Principal colour axes of pictures (N, 3, H, W); overall standard deviation becomes 1."""
    small = F.avg_pool2d(pictures, FACTOR).permute(1, 0, 2, 3).reshape(3, -1).double()
    mean = small.mean(dim=1)
    values, vectors = torch.linalg.eigh(torch.cov(small))
    values, vectors = values.flip(0).clamp(min=1e-6), vectors.flip(1)
    vectors = vectors * torch.sign(vectors.sum(dim=0) + 1e-9)
    enlarge = (values[0] / values) ** (BALANCE / 2)
    matrix = enlarge[:, None] * vectors.T
    scale = torch.sqrt((values * enlarge.square()).mean())
    return Axes((matrix / scale).float(), mean.float())
