"""What is understood of other programs' settings; odd values are left out, never raised over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.records import Origin, readable

LARGEST_SEED = 2**64 - 1
MOST_STEPS = 1_000_000
LONGEST_NAME = 200
MODEL_ENDING = re.compile(r"\.(safetensors|ckpt|pth|pt|bin|gguf|sft)$", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """The settings that were understood, and the text that they stand in."""

    origin: Origin
    settings: str
    seed: int | None = None
    model: str = ""
    sampler: str = ""
    steps: int | None = None


def seed_in(value: Any) -> int | None:
    """Give a seed of up to 64 bits; larger ones and what is no seed are None."""
    number = _whole(value)
    return number if number is not None and 0 <= number <= LARGEST_SEED else None


def steps_in(value: Any) -> int | None:
    """Give a number of steps that a picture may have taken."""
    number = _whole(value)
    return number if number is not None and 0 <= number <= MOST_STEPS else None


def _whole(value: Any) -> int | None:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,20}\s*", value, re.ASCII):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def name_in(value: Any) -> str:
    """Give a name on one line."""
    return readable(value[: 4 * LONGEST_NAME])[:LONGEST_NAME] if isinstance(value, str) else ""


def model_in(value: Any) -> str:
    """Give the name of a model without its folder and its file's ending."""
    return MODEL_ENDING.sub("", re.split(r"[\\/]", name_in(value))[-1])


def json_in(text: str) -> dict[str, Any]:
    """Read a JSON object; what is none is empty. NaN, as ComfyUI writes it, is no trouble."""
    if text.lstrip()[:1] != "{":
        return {}
    try:
        data = codec.parse(text, "It")
    except KnownError:
        return {}
    return data if isinstance(data, dict) else {}


def inside(data: Any, *path: str | int) -> Any:
    """Give what stands at a place in JSON, None if nothing does."""
    for step in path:
        if isinstance(step, str):
            data = data.get(step) if isinstance(data, dict) else None
        else:
            data = data[step] if isinstance(data, list) and len(data) > step else None
    return data
