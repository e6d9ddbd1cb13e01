"""How much memory a picture needs, found by a dry run, so that the kernel need not say no."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from ldm_desktop.core.errors import NotEnoughMemoryError
from ldm_desktop.engine.decode import ROWS
from ldm_desktop.engine.models import Model

SLACK = 2.0
"""Kernels' own scratch space over what tensors take: 1.1 to 1.8 was measured on the CPU, most in
contiguous layout, which the convolutions turn into another and back."""
RESERVE = 128 << 20
"""Left free for everything else."""
UNLIMITED = 1024


@dataclass(frozen=True)
class Need:
    """Bytes of activations for each latent pixel of a sample."""

    unet: int
    decoder: int
    codes: int

    def of(self, pixels: int, batch: int, decoded: int) -> int:
        """Bytes to advance `batch` samples of `pixels` latent pixels, or to decode a piece."""
        step = self.unet * pixels * batch
        return round(SLACK * max(step, self.decoder * decoded + self.codes))


def measure(model: Model) -> Need:
    """Run the model on tensors without contents and see how much would live at a time."""
    side = model.card.size[0] // model.card.factor
    with FakeTensorMode(allow_non_fake_inputs=True), torch.no_grad():
        sample, decoded = (
            torch.empty(1, count, side, side, dtype=model.unet.dtype, device=model.unet.device)
            for count in (model.card.channels, model.vae.config.latent_channels)
        )
        unet = _peak(lambda: model.unet(sample, 0))
        decoder = _peak(lambda: model.vae.decoder(decoded))
    codes = model.vae.config.num_vq_embeddings if model.is_vq else 0
    return Need(unet // side**2, decoder // side**2, ROWS * codes * 4)


def admit(need: Need, pixels: int, decoded: int, free: int | None) -> int:
    """Give how many samples fit at a time; NotEnoughMemoryError if not even one does."""
    if free is None:
        return UNLIMITED
    wanted = need.of(pixels, 1, decoded) + RESERVE
    if wanted > free:
        raise NotEnoughMemoryError(
            f"A picture of this size needs about {wanted >> 20} MB, and {max(free, 0) >> 20} MB "
            "are free: make it smaller, or close other programs."
        )
    return min(UNLIMITED, (free - RESERVE) // max(1, round(SLACK * need.unet * pixels)))


def _peak(run: Any) -> int:
    with _Tracker() as tracker:
        run()
    return int(tracker.peak)


class _Tracker(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Adds up the storages that live at the same time."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.peak = 0
        self._live: dict[int, int] = {}

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        known = {_key(leaf) for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor)}
        for leaf in tree_leaves(result):
            if isinstance(leaf, Tensor) and _key(leaf) not in known.union(self._live):
                self._add(leaf)
        return result

    def _add(self, tensor: Tensor) -> None:
        storage = tensor.untyped_storage()
        key = _key(tensor)
        self._live[key] = storage.nbytes()
        weakref.finalize(storage, self._live.pop, key, None)
        self.peak = max(self.peak, sum(self._live.values()))


def _key(tensor: Tensor) -> int:
    return int(tensor.untyped_storage()._cdata)  # noqa: SLF001
