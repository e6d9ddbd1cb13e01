"""Animated GIF, frame by frame: 256 colours of its own for each, and dithering between them."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import IO

from PIL import GifImagePlugin, Image

from ldm_desktop.gallery.animation.film import Film
from ldm_desktop.gallery.animation.timing import Slot

UNIT = 0.01
LEAST = 2
"""Browsers show what is shorter for a tenth of a second."""
FOR_EVER = b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
XMP_HEAD = b"!\xff\x0bXMP DataXMP"
XMP_TAIL = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
"""Leads a reader of sub-blocks, who takes the text for lengths, to the end (XMP part 3, 1.1.2)."""


def write(stream: IO[bytes], film: Film, found: Iterable[Slot], text: str, xmp: bytes) -> None:
    """Write an animation that plays for ever."""
    width, height = film.morph.recipe.size
    # No colours for all frames: each brings its own.
    stream.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0x70, 0, 0))
    stream.write(FOR_EVER + _comment(text.encode()) + XMP_HEAD + xmp + XMP_TAIL)
    for slot in found:
        image = _in_few_colours(film.image(slot.number))
        milliseconds = 10 * slot.units
        parts = GifImagePlugin.getdata(image, duration=milliseconds, include_color_table=True)
        stream.write(b"".join(parts))
    stream.write(b";")


def _in_few_colours(image: Image.Image) -> Image.Image:
    colours = image.quantize(256, Image.Quantize.MEDIANCUT)
    return image.quantize(palette=colours, dither=Image.Dither.FLOYDSTEINBERG)


def _comment(text: bytes) -> bytes:
    blocks = (text[at : at + 255] for at in range(0, len(text), 255))
    return b"!\xfe" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
