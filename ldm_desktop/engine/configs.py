"""What the configuration files of a model may say: every key, its default and its limits.

The defaults are those of diffusers 0.42 but for one: a VQModel without `scaling_factor` has
factor 1, because its latents were never scaled (diffusers would take 0.18215, issue 6725).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ldm_desktop.core.errors import ModelError
from ldm_desktop.engine.foreign import describe

LEVELS = 8
CHANNELS = 4096


@dataclass(frozen=True)
class Key:
    """One entry: its default, what it may be, and whether it changes a picture's pixels."""

    default: Any
    check: Callable[[Any], bool]
    says: str
    pixels: bool = True


def _is_whole(value: Any, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _is_real(value: Any, low: float, high: float) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and low <= value <= high


def _is_list(value: Any, most: int, check: Callable[[Any], bool]) -> bool:
    return isinstance(value, list | tuple) and 0 < len(value) <= most and all(map(check, value))


def whole(default: int | None, low: int, high: int, *, pixels: bool = True) -> Key:
    """A whole number, or null where null is the default."""
    says = f"a whole number from {low} to {high}"
    if default is None:
        says += " or null"
        return Key(None, lambda v: v is None or _is_whole(v, low, high), says, pixels)
    return Key(default, lambda v: _is_whole(v, low, high), says, pixels)


def real(default: float, low: float, high: float, *, pixels: bool = True) -> Key:
    """A finite number between two limits."""
    return Key(
        default, lambda v: _is_real(v, low, high), f"a number from {low:g} to {high:g}", pixels
    )


def flag(default: bool, *, pixels: bool = True) -> Key:
    """True or false."""
    return Key(default, lambda v: type(v) is bool, "true or false", pixels)


def one_of(*choices: Any, pixels: bool = True) -> Key:
    """One of a few values; the first is the default."""
    says = " or ".join(map(json.dumps, choices))
    return Key(
        choices[0],
        lambda v: any(type(v) is type(choice) and v == choice for choice in choices),
        says,
        pixels,
    )


def levels(default: tuple[Any, ...], check: Callable[[Any], bool], says: str) -> Key:
    """A list with one entry for each level of a network."""
    return Key(
        default,
        lambda v: _is_list(v, LEVELS, check),
        f"a list of 1 to {LEVELS} entries, each {says}",
    )


def _blocks(default: tuple[str, ...], *choices: str) -> Key:
    return levels(default, lambda v: v in choices, " or ".join(choices))


def _widths(*default: int) -> Key:
    says = f"a whole number from 1 to {CHANNELS}"
    return levels(default, lambda v: _is_whole(v, 1, CHANNELS), says)


def _is_size(value: Any) -> bool:
    sides = value if isinstance(value, list) and len(value) == 2 else [value]
    return all(_is_whole(side, 1, 1024) for side in sides)


Table = Mapping[str, Key]
_ACTIVATIONS = ("silu", "swish", "mish", "gelu", "relu")
_SCALE = Key(
    1.0,
    lambda v: _is_real(v, -1e6, 1e6) and abs(v) >= 1e-6,
    "a number from 1e-6 to 1e6",
)
_NO_CLASSES = Key(None, lambda v: v is None, "null, a model without classes,")

UNET: Table = {
    "sample_size": Key(None, _is_size, "one or two whole numbers from 1 to 1024", pixels=False),
    "in_channels": whole(3, 1, CHANNELS),
    "out_channels": whole(3, 1, CHANNELS),
    "center_input_sample": flag(False),
    "time_embedding_type": one_of("positional"),
    "time_embedding_dim": whole(None, 1, 4 * CHANNELS),
    "freq_shift": whole(0, 0, 1),
    "flip_sin_to_cos": flag(True),
    "down_block_types": _blocks(
        ("DownBlock2D", *("AttnDownBlock2D",) * 3), "DownBlock2D", "AttnDownBlock2D"
    ),
    "mid_block_type": one_of("UNetMidBlock2D", None),
    "up_block_types": _blocks((*("AttnUpBlock2D",) * 3, "UpBlock2D"), "UpBlock2D", "AttnUpBlock2D"),
    "block_out_channels": _widths(224, 448, 672, 896),
    "layers_per_block": whole(2, 1, 16),
    "mid_block_scale_factor": real(1.0, 1e-6, 1e6),
    "downsample_padding": whole(1, 0, 1),
    "downsample_type": one_of("conv"),
    "upsample_type": one_of("conv"),
    "dropout": real(0.0, 0, 1, pixels=False),
    "act_fn": one_of(*_ACTIVATIONS),
    "attention_head_dim": Key(
        8, lambda v: v is None or _is_whole(v, 1, CHANNELS), f"1 to {CHANNELS} or null"
    ),
    "norm_num_groups": whole(32, 1, CHANNELS),
    "attn_norm_num_groups": whole(None, 1, CHANNELS),
    "norm_eps": real(1e-5, 1e-12, 1),
    "resnet_time_scale_shift": one_of("default", "scale_shift"),
    "add_attention": flag(True),
    "class_embed_type": _NO_CLASSES,
    "num_class_embeds": _NO_CLASSES,
    "num_train_timesteps": whole(None, 1, 10000, pixels=False),
}

_AUTOENCODER: Table = {
    "in_channels": one_of(3),
    "out_channels": one_of(3),
    "down_block_types": _blocks(
        ("DownEncoderBlock2D",), "DownEncoderBlock2D", "AttnDownEncoderBlock2D"
    ),
    "up_block_types": _blocks(("UpDecoderBlock2D",), "UpDecoderBlock2D", "AttnUpDecoderBlock2D"),
    "block_out_channels": _widths(64),
    "layers_per_block": whole(1, 1, 16),
    "act_fn": one_of(*_ACTIVATIONS),
    "norm_num_groups": whole(32, 1, CHANNELS),
    "sample_size": Key(
        32,
        lambda v: _is_list(v, 2, lambda side: _is_whole(side, 1, 65536)) or _is_whole(v, 1, 65536),
        "one or two whole numbers from 1 to 65536",
        pixels=False,
    ),
    "mid_block_add_attention": flag(True),
}

VQ: Table = {
    **_AUTOENCODER,
    "latent_channels": whole(3, 1, CHANNELS),
    "num_vq_embeddings": whole(256, 1, 65536),
    "vq_embed_dim": whole(None, 1, CHANNELS),
    "scaling_factor": _SCALE,
    "norm_type": one_of("group"),
    "lookup_from_codebook": flag(False, pixels=False),
    "force_upcast": flag(False, pixels=False),
}

KL: Table = {
    **_AUTOENCODER,
    "latent_channels": whole(4, 1, CHANNELS),
    "scaling_factor": Key(0.18215, _SCALE.check, _SCALE.says),
    "shift_factor": Key(None, lambda v: v is None or _is_real(v, -1e6, 1e6), "a number or null"),
    "latents_mean": one_of(None),
    "latents_std": one_of(None),
    "force_upcast": flag(True, pixels=False),
    "use_quant_conv": flag(True),
    "use_post_quant_conv": flag(True),
}

CLASSES = {"UNet2DModel": UNET, "VQModel": VQ, "AutoencoderKL": KL}


def resolve(table: Table, raw: Mapping[str, Any], file: str) -> dict[str, Any]:
    """Check a configuration against its table and fill in the defaults."""
    for name, value in raw.items():
        if name not in table and not name.startswith("_") and value is not None:
            raise ModelError(
                f"{file} has the entry {describe(name)}, which this version does not know; "
                "the model is of a kind that is not supported"
            )
    return {name: _value(name, key, raw, file) for name, key in table.items()}


def _value(name: str, key: Key, raw: Mapping[str, Any], file: str) -> Any:
    value = raw.get(name, key.default)
    if name in raw and not key.check(value):
        raise ModelError(
            f"{file} says {name} = {describe(value)}, and only {key.says} is supported; "
            "the file is damaged or the model of another kind"
        )
    if isinstance(value, list):
        return tuple(value)
    return float(value) if isinstance(key.default, float) else value


def of_pixels(table: Table, config: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a configuration says that changes pixels and is not the default.

    Defaults are left out, so that a key added to the table later changes no fingerprint.
    """
    return {
        name: config[name]
        for name, key in table.items()
        if key.pixels and config[name] != key.default
    }
