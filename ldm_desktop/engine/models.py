"""From a model folder to networks that are ready to run.

Order matters: the small files are checked, the networks are built without memory (device
`meta`), the names and shapes in the weights files are compared with theirs, and only then is
anything large allocated, one tensor at a time, in the precision that will be used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.autoencoders.vq_model import VQModel
from diffusers.models.unets.unet_2d import UNet2DModel
from torch import nn

from ldm_desktop.core.errors import ModelError, NotEnoughMemoryError
from ldm_desktop.core.model import ModelCard
from ldm_desktop.engine import fingerprints, weights
from ldm_desktop.engine.fingerprints import Stamp, fingerprint
from ldm_desktop.engine.folder import ModelFolder, Part, read_folder
from ldm_desktop.engine.foreign import describe, explained
from ldm_desktop.engine.weights import Entry

__all__ = ["Model", "Prepared", "Summary", "fingerprint", "inspect_model", "load_model", "prepare"]

CLASSES = {"UNet2DModel": UNet2DModel, "VQModel": VQModel, "AutoencoderKL": AutoencoderKL}
MOST_PARAMETERS = 4_000_000_000
REPORT_EVERY = 2**26


@dataclass(frozen=True)
class Model:
    """A model ready to run: latents are divided by `scaling_factor`, plus `shift_factor`.

    `stamp` shows whether its files are still those it was read from.
    """

    card: ModelCard
    unet: UNet2DModel
    vae: VQModel | AutoencoderKL
    scaling_factor: float
    shift_factor: float
    is_vq: bool
    stamp: Stamp


@dataclass(frozen=True)
class Summary:
    """What a model folder says about itself without its weights being read."""

    name: str
    folder: Path
    size: tuple[int, int]
    multiple: int
    bytes: int
    licence: str
    source: str


def inspect_model(folder: Path) -> Summary:
    """Give name, picture size, size on disk and licence of a model."""
    with explained(folder):
        described = read_folder(folder)
        card = described.card("0" * 64)
        size = sum(file.stat().st_size for file in described.files)
        return Summary(
            card.ref.name,
            described.path,
            card.size,
            card.multiple,
            size,
            card.licence,
            card.ref.source,
        )


def load_model(
    folder: Path,
    *,
    device: torch.device,
    dtype: torch.dtype,
    channels_last: bool,
    cache: Path,
    progress: Callable[[float], None],
    room: int | None = None,
) -> Model:
    """Load a model in one precision and layout; `progress` hears the share that has been read.

    NotEnoughMemoryError if it needs more than `room` bytes; None is as much as one likes.
    """
    with explained(folder):
        described = read_folder(folder)
        before = fingerprints.stamp(described)
        parts = [prepare(part) for part in (described.unet, described.vae)]
        place = _Place(device, dtype, channels_last)
        _check_room(parts, dtype, room)
        total = sum(entry.bytes for part in parts for entry in part.entries.values())
        identity = _fill(described, parts, place, cache, _Share(total, progress), before)
    unet, vae = (part.module for part in parts)
    config = described.vae.config
    return Model(
        card=described.card(identity),
        unet=unet,
        vae=vae,
        scaling_factor=float(config["scaling_factor"]),
        shift_factor=float(config.get("shift_factor") or 0),
        is_vq=described.vae.class_name == "VQModel",
        stamp=before,
    )


def _check_room(parts: list[Prepared], dtype: torch.dtype, room: int | None) -> None:
    numbers = sum(value.numel() for part in parts for value in part.module.state_dict().values())
    size = numbers * dtype.itemsize
    if room is not None and size > room:
        raise NotEnoughMemoryError(
            f"The model needs {size >> 20} MB and {max(room, 0) >> 20} MB are free: close other "
            "programs, or use a smaller model."
        )


@dataclass(frozen=True)
class _Place:
    device: torch.device
    dtype: torch.dtype
    channels_last: bool


@dataclass(frozen=True)
class Prepared:
    """One network without memory, and where in its weights file which of its tensors lies."""

    part: Part
    module: Any
    entries: Mapping[str, Entry]


class _Share:
    """Turns bytes into shares, and tells of them about a hundred times."""

    def __init__(self, total: int, progress: Callable[[float], None]) -> None:
        self._total, self._progress = total, progress
        self._done = self._told = 0
        progress(0.0)

    def add(self, count: int) -> None:
        self._done += count
        if self._done - self._told >= min(REPORT_EVERY, self._total / 100):
            self._told = self._done
            self._progress(self._done / self._total)

    def finish(self) -> None:
        self._progress(1.0)


def prepare(part: Part) -> Prepared:
    """Build a network without memory; its weights have to be exactly those it needs."""
    module = _build(part)
    entries = fingerprints.read_entries(part)
    _compare(module, entries, part)
    return Prepared(part, module, entries)


def _build(part: Part) -> Any:
    """Build a network without memory for its parameters."""
    try:
        with torch.device("meta"):
            module = CLASSES[part.class_name](**part.config)
    except (ValueError, TypeError, ArithmeticError, RuntimeError, LookupError) as error:
        raise ModelError(
            f"the configuration of its {part.name} describes an impossible network "
            f"({describe(str(error))}); it is damaged"
        ) from error
    count = sum(parameter.numel() for parameter in module.parameters())
    if count > MOST_PARAMETERS:
        raise ModelError(
            f"the configuration of its {part.name} describes a network of {count:,} parameters, "
            f"more than the {MOST_PARAMETERS:,} that are supported"
        )
    return module.eval().requires_grad_(False)


def _compare(module: nn.Module, entries: Mapping[str, Entry], part: Part) -> None:
    """Refuse weights that are not exactly those of the network."""
    expected = {name: tuple(value.shape) for name, value in module.state_dict().items()}
    file = f"the weights of its {part.name}"
    missing, extra = sorted(expected.keys() - entries), sorted(entries.keys() - expected.keys())
    if missing:
        also = f" and have {_some(extra)} instead" if extra else ""
        raise ModelError(f"{file} lack {_some(missing)}{also}; they are of another model")
    if extra:
        raise ModelError(f"{file} have {_some(extra)} too many; they are of another model")
    for name, shape in expected.items():
        if entries[name].shape != shape:
            raise ModelError(
                f"{file} have {describe(name)} in the shape {list(entries[name].shape)} where "
                f"the configuration says {list(shape)}; they do not belong together"
            )


def _some(names: list[str]) -> str:
    rest = f" and {len(names) - 1} more" if names[1:] else ""
    return describe(names[0]) + rest


def _fill(
    folder: ModelFolder,
    parts: list[Prepared],
    place: _Place,
    cache: Path,
    share: _Share,
    before: Stamp,
) -> str:
    """Read all weights in one pass, and give the fingerprint."""
    known = fingerprints.look_up(folder, cache)
    digest = None if known else fingerprints.Digest(folder)
    for prepared in parts:
        with prepared.part.weights.open("rb", buffering=0) as stream:
            for name, entry in prepared.entries.items():
                tensor = weights.read_tensor(stream, name, entry, share.add)
                if digest:
                    digest.add(prepared.part, name, tensor)
                _put(prepared.module, name, tensor, place)
    share.finish()
    if digest:
        known = digest.finish()
        fingerprints.remember(folder, before, cache, known)
    assert known
    return known


def _put(module: nn.Module, name: str, tensor: torch.Tensor, place: _Place) -> None:
    own = weights.placed(tensor, name, place.dtype, place.device, place.channels_last)
    owner, _, leaf = name.rpartition(".")
    parameter = nn.Parameter(own, requires_grad=False)
    module.get_submodule(owner).register_parameter(leaf, parameter)
