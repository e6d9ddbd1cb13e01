"""Small models of the reference architecture at reduced width, made on the spot."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from pathlib import Path
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.autoencoders.vq_model import VQModel
from diffusers.models.unets.unet_2d import UNet2DModel
from safetensors.torch import save_file

WEIGHTS = "diffusion_pytorch_model"
NEW_NAMES = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}
Config = dict[str, Any]


def make_model(
    folder: Path,
    *,
    kind: str = "vq",
    format: str = "safetensors",  # noqa: A002 - reads well where it is called
    old_names: bool = False,
    seed: int = 0,
    sample: int = 16,
    dtype: torch.dtype = torch.float32,
    unet: Config | None = None,
    vae: Config | None = None,
    scheduler: Config | None = None,
) -> Path:
    """Write a model with random weights; the last three override entries of its configuration."""
    unet_config = {**unet_of(sample, 3 if kind == "vq" else 4), **(unet or {})}
    vae_config = {**(vq() if kind == "vq" else kl()), **(vae or {})}
    generator = torch.Generator().manual_seed(seed)
    name = "vqvae" if kind == "vq" else "vae"
    index = {
        "_class_name": "LDMPipeline",
        "_diffusers_version": "0.1.2",
        "unet": ["diffusers", "UNet2DModel"],
        name: ["diffusers", vae_config["_class_name"]],
        "scheduler": ["diffusers", "DDIMScheduler"],
    }
    write_json(folder / "model_index.json", index)
    write_json(folder / "scheduler/scheduler_config.json", {**ddim(), **(scheduler or {})})
    for part, config in (("unet", unet_config), (name, vae_config)):
        write_json(folder / part / "config.json", config)
        state = {key: value.to(dtype) for key, value in random_state(config, generator).items()}
        state = {old_name(key) if old_names else key: value for key, value in state.items()}
        write_weights(folder / part, state, format)
    return folder


def unet_of(sample: int, channels: int) -> Config:
    """Give the reference UNet's configuration, as its publishers wrote it, at 1/7 of its width."""
    attention = ["AttnDownBlock2D"] * 3
    return {
        "_class_name": "UNet2DModel",
        "_diffusers_version": "0.0.4",
        "act_fn": "silu",
        "attention_head_dim": 8,
        "block_out_channels": [32, 64, 96, 128],
        "center_input_sample": False,
        "down_block_types": ["DownBlock2D", *attention],
        "downsample_padding": 1,
        "flip_sin_to_cos": True,
        "freq_shift": 0,
        "in_channels": channels,
        "layers_per_block": 2,
        "mid_block_scale_factor": 1,
        "norm_eps": 1e-05,
        "norm_num_groups": 16,
        "out_channels": channels,
        "resnet_time_scale_shift": "default",
        "sample_size": sample,
        "time_embedding_type": "positional",
        "up_block_types": ["AttnUpBlock2D"] * 3 + ["UpBlock2D"],
    }


def _autoencoder(class_name: str, channels: int) -> Config:
    return {
        "_class_name": class_name,
        "_diffusers_version": "0.1.2",
        "act_fn": "silu",
        "block_out_channels": [32, 64, 64],
        "down_block_types": ["DownEncoderBlock2D"] * 3,
        "in_channels": 3,
        "latent_channels": channels,
        "layers_per_block": 2,
        "norm_num_groups": 16,
        "out_channels": 3,
        "sample_size": 256,
        "up_block_types": ["UpDecoderBlock2D"] * 3,
    }


def vq() -> Config:
    """Give a VQModel's configuration; like the published one it lacks `scaling_factor`."""
    return {**_autoencoder("VQModel", 3), "num_vq_embeddings": 256}


def kl() -> Config:
    """Give an AutoencoderKL's configuration."""
    return {**_autoencoder("AutoencoderKL", 4), "scaling_factor": 0.5}


def ddim() -> Config:
    """Give the reference model's scheduler file."""
    return {
        "_class_name": "DDIMScheduler",
        "_diffusers_version": "0.0.4",
        "beta_end": 0.0195,
        "beta_schedule": "scaled_linear",
        "beta_start": 0.0015,
        "clip_sample": False,
        "num_train_timesteps": 1000,
        "timestep_values": None,
        "trained_betas": None,
    }


def random_state(config: Config, generator: torch.Generator) -> dict[str, torch.Tensor]:
    """Give weights of a size that keeps activations, and so pictures, lively."""
    classes = {"UNet2DModel": UNet2DModel, "VQModel": VQModel, "AutoencoderKL": AutoencoderKL}
    arguments = {key: value for key, value in config.items() if key[0] != "_"}
    with torch.device("meta"):
        module = classes[config["_class_name"]](**arguments)
    return {
        name: _random(name, tuple(value.shape), generator)
        for name, value in module.state_dict().items()
    }


def _random(name: str, shape: tuple[int, ...], generator: torch.Generator) -> torch.Tensor:
    noise = torch.randn(shape, generator=generator)
    if len(shape) == 1:
        return noise * 0.1 + ("norm" in name and name.endswith("weight"))
    if "quantize" in name:
        return noise
    return noise / noise[0].numel() ** 0.5


def old_name(name: str) -> str:
    """Give the name a tensor of an attention block had before diffusers 0.12."""
    pattern = r"(attentions\.\d+)\.(to_[qkv]|to_out\.0)\."
    return re.sub(pattern, lambda match: f"{match[1]}.{NEW_NAMES[match[2]]}.", name)


def write_weights(folder: Path, state: dict[str, Any], format: str) -> None:  # noqa: A002
    """Write a part's weights, replacing those that are there."""
    if format == "bin":
        # As a module's own `state_dict()` is: an ordered table with an attribute.
        table = OrderedDict(state)
        vars(table)["_metadata"] = OrderedDict({"": {"version": 1}})
        torch.save(table, folder / f"{WEIGHTS}.bin")
    else:
        save_file(state, folder / f"{WEIGHTS}.safetensors")


def write_json(file: Path, value: Any) -> None:
    """Write a configuration file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=2))


def edit_json(file: Path, **changes: Any) -> None:
    """Change entries of a configuration file."""
    write_json(file, {**json.loads(file.read_text()), **changes})


def make_tiny_model(folder: Path, **changes: Any) -> Path:
    """Write a model of two levels and a few hundred kilobytes, for what runs no network."""
    widths = [16, 16]
    unet = {
        "block_out_channels": widths,
        "down_block_types": ["DownBlock2D", "AttnDownBlock2D"],
        "up_block_types": ["AttnUpBlock2D", "UpBlock2D"],
        "layers_per_block": 1,
    }
    vae = {
        "block_out_channels": widths,
        "down_block_types": ["DownEncoderBlock2D"] * 2,
        "up_block_types": ["UpDecoderBlock2D"] * 2,
        "layers_per_block": 1,
    }
    unet.update(changes.pop("unet", {}))
    vae.update(changes.pop("vae", {}))
    return make_model(folder, unet=unet, vae=vae, **changes)
