"""A model folder on disk: which files it may consist of and what its small ones say.

Everything here is read as data: class names are looked up in a list, never imported by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ldm_desktop.core.errors import ModelError
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.recipe import LARGEST_SIDE, ModelRef, NoiseSchedule
from ldm_desktop.engine import configs, model_schedule
from ldm_desktop.engine.foreign import describe, inside, parse, tidy

MOST_TEXT = 2**20
MOST_WEIGHTS = 2**35
WEIGHTS = ("diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.bin")
INDEX = "model_index.json"
RECORD = "ldm-desktop.json"
"""What `hub/record.py` writes when a model comes in; here only a remark is taken from it."""
AUTOENCODERS = {"vqvae": ("VQModel", "AutoencoderKL"), "vae": ("AutoencoderKL", "VQModel")}


@dataclass(frozen=True)
class Part:
    """One network of a model: its class, its checked configuration and its weights file."""

    name: str
    class_name: str
    config: Mapping[str, Any]
    config_file: Path
    weights: Path

    @property
    def levels(self) -> int:
        """How many resolutions the network works at."""
        return len(self.config["block_out_channels"])


@dataclass(frozen=True)
class ModelFolder:
    """A model as its small files describe it; no weights have been read."""

    path: Path
    unet: Part
    vae: Part
    schedule: NoiseSchedule
    spacing: str
    licence: str
    source: str

    @property
    def factor(self) -> int:
        """Pixels a latent pixel, along a side."""
        return int(2 ** (self.vae.levels - 1))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels, of the pictures the model was trained on."""
        sample = self.unet.config["sample_size"]
        height, width = sample if isinstance(sample, tuple) else (sample, sample)
        return width * self.factor, height * self.factor

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that decides the fingerprint."""
        parts = (self.unet, self.vae)
        return (
            self.path / INDEX,
            *(part.config_file for part in parts),
            *(part.weights for part in parts),
        )

    def card(self, fingerprint: str) -> ModelCard:
        """Give what a front end needs to know."""
        return ModelCard(
            ref=ModelRef(fingerprint, self.path.name, self.source),
            folder=str(self.path),
            size=self.size,
            multiple=self.factor * 2 ** (self.unet.levels - 1),
            factor=self.factor,
            channels=self.unet.config["in_channels"],
            schedule=self.schedule,
            spacing=self.spacing,
            licence=self.licence,
        )


def read_folder(path: Path) -> ModelFolder:
    """Read and check the small files of a model folder."""
    path = tidy(path)
    if not path.is_dir():
        raise ModelError(f"there is no folder {describe(str(path))}; choose the model's folder")
    index = _read_index(path)
    unet = _read_part(path, "unet", index["unet"])
    kind = next(name for name in AUTOENCODERS if name in index)
    vae = _read_part(path, kind, index[kind])
    _check_fit(unet, vae)
    scheduler = "scheduler/scheduler_config.json"
    raw = _read_config(path, scheduler, index["scheduler"])
    schedule, spacing = model_schedule.read_schedule(index["scheduler"], raw, scheduler)
    return ModelFolder(path, unet, vae, schedule, spacing, *_read_remarks(path))


def _read_json(folder: Path, name: str) -> dict[str, Any]:
    path = inside(folder, name, MOST_TEXT)
    with path.open("rb") as stream:
        text = stream.read(MOST_TEXT)
    return parse(text, f"its file {name}")


def _read_index(folder: Path) -> dict[str, str]:
    """Give the class of each part; the parts are exactly those of an LDMPipeline."""
    data = _read_json(folder, INDEX)
    if data.get("_class_name") != "LDMPipeline":
        raise ModelError(
            f"it is made for the pipeline {describe(data.get('_class_name'))}; only LDMPipeline, "
            "an unconditional latent diffusion model, is supported"
        )
    given = {name: value for name, value in data.items() if not name.startswith("_")}
    known = ("unet", "scheduler", *AUTOENCODERS)
    for name in given:
        if name not in known:
            raise ModelError(f"it has the part {describe(name)}, which is not supported")
    autoencoders = [name for name in AUTOENCODERS if name in given]
    if len(autoencoders) != 1 or not {"unet", "scheduler"} <= set(given):
        raise ModelError(
            f"{INDEX} must name a unet, a scheduler and one autoencoder (vqvae or vae), and "
            f"names {describe(', '.join(sorted(given)) or 'none')}; get the model again"
        )
    return {name: _class_of(name, value) for name, value in given.items()}


def _class_of(part: str, value: Any) -> str:
    allowed = {"unet": ("UNet2DModel",), "scheduler": tuple(sorted(model_schedule.CLASSES))}
    known = allowed.get(part) or AUTOENCODERS[part]
    match value:
        case ["diffusers", str() as name] if name in known:
            return name
    raise ModelError(
        f"its part {part} is of the class {describe(value)}, and only diffusers' own "
        f"{' or '.join(known)} is supported"
    )


def _read_config(folder: Path, file: str, class_name: str) -> dict[str, Any]:
    raw = _read_json(folder, file)
    if raw.get("_class_name", class_name) != class_name:
        raise ModelError(
            f"{file} is for the class {describe(raw['_class_name'])} where {INDEX} says "
            f"{class_name}; the model was put together wrongly"
        )
    return raw


def _read_part(folder: Path, name: str, class_name: str) -> Part:
    file = f"{name}/config.json"
    raw = _read_config(folder, file, class_name)
    config = configs.resolve(configs.CLASSES[class_name], raw, file)
    _check_part(config, file)
    weights = [f"{name}/{file}" for file in WEIGHTS]
    there = next((file for file in weights if (folder / file).exists()), weights[0])
    return Part(
        "unet" if name == "unet" else "vae",
        class_name,
        config,
        folder / file,
        inside(folder, there, MOST_WEIGHTS),
    )


def _check_part(config: Mapping[str, Any], file: str) -> None:
    widths, groups = config["block_out_channels"], config["norm_num_groups"]
    counts = {len(config[name]) for name in ("down_block_types", "up_block_types")}
    if counts != {len(widths)}:
        raise ModelError(f"{file} gives its levels in lists of different lengths; it is damaged")
    if any(width % groups for width in widths):
        raise ModelError(
            f"{file} has block_out_channels that are no multiples of norm_num_groups = {groups}; "
            "it is damaged"
        )
    if (config.get("attention_head_dim") or 0) > min(_attended(config)):
        raise ModelError(f"{file} has attention heads wider than their layers; it is damaged")


def _attended(config: Mapping[str, Any]) -> list[int]:
    """Give the width of every level with attention; the middle has it too."""
    widths = config["block_out_channels"]
    down = zip(widths, config["down_block_types"], strict=True)
    up = zip(reversed(widths), config["up_block_types"], strict=True)
    return [widths[-1], *(width for width, kind in (*down, *up) if kind.startswith("Attn"))]


def _check_fit(unet: Part, vae: Part) -> None:
    latent = vae.config.get("vq_embed_dim") or vae.config["latent_channels"]
    channels = {unet.config["in_channels"], unet.config["out_channels"]}
    if channels != {latent}:
        raise ModelError(
            f"its UNet works on {' and '.join(map(str, sorted(channels)))} channels and its "
            f"autoencoder on {latent}, so they do not belong together"
        )
    sample = unet.config["sample_size"]
    if sample is None:
        raise ModelError("unet/config.json lacks sample_size; add the size of the latents")
    sides = sample if isinstance(sample, tuple) else (sample,)
    if any(side % 2 ** (unet.levels - 1) for side in sides):
        raise ModelError(
            f"its UNet halves the latents {unet.levels - 1} times, which sample_size = "
            f"{describe(sample)} does not allow; unet/config.json is damaged"
        )
    if max(sides) * 2 ** (vae.levels - 1) > LARGEST_SIDE:
        raise ModelError(f"its pictures have more than {LARGEST_SIDE} pixels a side")


def _read_remarks(folder: Path) -> tuple[str, str]:
    """Give `license` and `source` of README.md's front matter; what was recorded goes before."""
    try:
        with inside(folder, "README.md", MOST_WEIGHTS).open("rb") as stream:
            text = stream.read(2**16).decode(errors="replace").replace("\r\n", "\n")
    except (ModelError, OSError):
        text = ""
    front = re.match(r"---\n(.*?)\n---", text, re.DOTALL)
    found = dict(re.findall(r"(?m)^(license|source): *(.+)$", front[1] if front else ""))
    return _tame(found.get("license", "")), _recorded(folder) or _tame(found.get("source", ""))


def _recorded(folder: Path) -> str:
    """Give the repository and commit that a download was recorded with, as `owner/name@commit`."""
    try:
        with inside(folder, RECORD, MOST_TEXT).open("rb") as stream:
            found = json.loads(stream.read(MOST_TEXT))
    except (ModelError, OSError, ValueError, RecursionError):
        return ""
    told = [found.get(name) for name in ("source", "commit")] if isinstance(found, dict) else []
    return _tame("@".join(text for text in told if isinstance(text, str) and text))


def _tame(text: str) -> str:
    return "".join(filter(str.isprintable, text)).strip(" \"'")[:200]
