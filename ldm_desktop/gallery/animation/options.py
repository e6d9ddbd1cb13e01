"""How a morph is exported, as values; nothing is imported that a window would wait for."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ldm_desktop.core.errors import BadArgumentError

MOST_QUALITY = 100


class AnimationFormat(StrEnum):
    """What a morph becomes: one file that plays, or a folder of pictures."""

    WEBP = "webp"
    GIF = "gif"
    PNG = "png"
    MP4 = "mp4"

    @property
    def ending(self) -> str:
        """How the target's name ends; a folder's need not."""
        return "" if self is AnimationFormat.PNG else f".{self}"

    @property
    def has_quality(self) -> bool:
        """Whether less quality makes a smaller file."""
        return self in (AnimationFormat.WEBP, AnimationFormat.MP4)


@dataclass(frozen=True)
class AnimationOptions:
    """Where a morph goes and as what; `replace` lets it take the place of a file (no folder).

    `quality` is 1 … 100, for WebP and MP4; `lossless` is WebP's.
    """

    target: Path
    format: AnimationFormat
    quality: int = 85
    lossless: bool = False
    replace: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.quality <= MOST_QUALITY:
            raise BadArgumentError(f"Quality is 1 to {MOST_QUALITY}, not {self.quality}.")


def format_of(target: Path) -> AnimationFormat:
    """Give the format that a target's name asks for; a name without an ending is a folder's."""
    ending = target.suffix.lower().removeprefix(".")
    if ending in ("webp", "gif", "mp4"):
        return AnimationFormat(ending)
    if ending and not target.is_dir():
        raise BadArgumentError(
            f"A morph becomes .webp, .gif, .mp4 or a folder of PNG files, not {target.name}."
        )
    return AnimationFormat.PNG


def has_video() -> bool:
    """Whether the optional encoder for MP4 is installed."""
    return importlib.util.find_spec("av") is not None
