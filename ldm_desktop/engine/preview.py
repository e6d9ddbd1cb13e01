"""x̂₀ while it forms: one matrix a latent pixel, or the decoder, within a budget of time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.paths import replace_durably
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.recipe import Decode
from ldm_desktop.engine.decode import decode, to_frame
from ldm_desktop.engine.models import Model

PATCH = 4
PATCHES = 6
PATCH_WEIGHT = 0.01
MOST_PICTURES = 16


@dataclass
class Budget:
    """Lets previews take their share of the seconds spent on sampling, and no more."""

    policy: PreviewPolicy
    sampling: float = 0.0
    previews: float = 0.0
    dearest: float = 0.0

    def allows(self) -> bool:
        """Whether one more preview, as dear as the dearest yet, stays within the share."""
        if self.policy.show is PreviewKind.OFF:
            return False
        return self.previews + self.dearest <= self.policy.share * self.sampling

    def charge(self, seconds: float) -> None:
        """Account for a preview."""
        self.previews += seconds
        self.dearest = max(self.dearest, seconds)


class LinearMap:
    """Latents to RGB by least squares on the model's own decodes, kept by fingerprint.

    It starts from the decode of flat patches and improves with each of the first finished
    pictures. Only sums are kept: AᵀA and AᵀB, where A is the latents with a one, B the pixels.
    """

    def __init__(self, model: Model, cache: Path) -> None:
        """Read the map of a model from the cache, or fit it."""
        self._path = cache / "previews" / f"{model.card.ref.fingerprint}.json"
        width = model.card.channels + 1
        self._gram = torch.zeros(width, width, dtype=torch.float64)
        self._target = torch.zeros(width, 3, dtype=torch.float64)
        self._pictures = 0
        if not self._read():
            patches = flat_patches(model.card.channels).to(model.unet.device)
            self._add(patches, decode(model, patches, Decode()), PATCH_WEIGHT)
        self._solve()

    def frame(self, x0: Tensor) -> Frame:
        """Show x̂₀ (1, C, h, w) as h × w pixels."""
        rows = _with_one(x0) @ self._matrix
        return to_frame(rows.T.reshape(1, 3, *x0.shape[2:]))

    def learn(self, latents: Tensor, picture: Tensor) -> None:
        """Improve the map by a finished picture (1, 3, H, W), as long as few have been seen."""
        if self._pictures < MOST_PICTURES:
            self._pictures += 1
            self._add(latents, picture, 1.0)
            self._solve()
            if self._pictures.bit_count() == 1:
                # The 1st, 2nd, 4th, 8th and 16th: each changes the map less, and writing waits.
                self._write()

    def _add(self, latents: Tensor, picture: Tensor, weight: float) -> None:
        rows = _with_one(latents).double()
        pixels = torch.nn.functional.adaptive_avg_pool2d(
            picture, (latents.shape[2], latents.shape[3])
        )
        colours = pixels[0].reshape(3, -1).T.double()
        self._gram += weight * rows.T @ rows
        self._target += weight * rows.T @ colours

    def _solve(self) -> None:
        ridge = 1e-6 * self._gram.trace() * torch.eye(len(self._gram), dtype=torch.float64)
        self._matrix = torch.linalg.solve(self._gram + ridge, self._target).float()

    def _read(self) -> bool:
        try:
            data = json.loads(self._path.read_text())
            gram = torch.tensor(data["gram"], dtype=torch.float64)
            target = torch.tensor(data["target"], dtype=torch.float64)
            pictures = int(data["pictures"])
        except (OSError, ValueError, KeyError, TypeError):
            return False
        fits = gram.shape == self._gram.shape and target.shape == self._target.shape
        if not (fits and gram.isfinite().all() and target.isfinite().all() and gram.trace() > 0):
            return False
        self._gram, self._target, self._pictures = gram, target, pictures
        return True

    def _write(self) -> None:
        data = {
            "gram": self._gram.tolist(),
            "target": self._target.tolist(),
            "pictures": self._pictures,
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_durably(self._path, json.dumps(data).encode())
        except OSError:
            # A cache that cannot be written costs a fit at the next start, and no picture.
            return


def flat_patches(channels: int) -> Tensor:
    """Give latents (1, C, 24, 24) made of flat random patches: the decoder shows a colour each."""
    generator = torch.Generator("cpu").manual_seed(0)
    colours = torch.randn(1, channels, PATCHES, PATCHES, generator=generator)
    return colours.repeat_interleave(PATCH, 2).repeat_interleave(PATCH, 3)


def _with_one(latents: Tensor) -> Tensor:
    rows = latents.float().cpu()[0].flatten(1).T
    return torch.cat([rows, torch.ones(len(rows), 1)], dim=1)
