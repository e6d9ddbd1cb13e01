"""Pixels on their way from the engine to the screen and the disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """An 8-bit RGB picture, row by row, `width * height * 3` bytes."""

    width: int
    height: int
    pixels: bytes

    def __post_init__(self) -> None:
        if len(self.pixels) != self.width * self.height * 3:
            raise ValueError("the pixels do not fill the frame")

    @property
    def sha256(self) -> str:
        """Hash of the picture as seen: size and RGB, whatever file it is in."""
        head = f"{self.width}x{self.height} RGB\n".encode()
        return hashlib.sha256(head + self.pixels).hexdigest()
