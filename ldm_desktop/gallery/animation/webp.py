"""Animated WebP, frame by frame, so that a long morph needs no more memory than a short one.

Each frame is encoded by Pillow as a picture of its own and its bitstream put into the container
(RFC 9649, sections 2.7.1.1, 2.7.1.2 and 2.7.1.6). In a morph every pixel changes, so that frames
that build on one another would save little.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from typing import IO

from PIL import Image

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.animation.film import Film
from ldm_desktop.gallery.animation.options import AnimationOptions
from ldm_desktop.gallery.animation.timing import Slot

UNIT = 0.001
LARGEST = (1 << 32) - 16
LONGEST_SIDE = 16383
ANIMATION, XMP = 0x02, 0x04
NO_BLENDING = 0x02
BITSTREAMS = (b"VP8 ", b"VP8L")


def write(
    stream: IO[bytes], film: Film, found: Iterable[Slot], options: AnimationOptions, xmp: bytes
) -> None:
    """Write an animation that plays for ever."""
    width, height = film.morph.recipe.size
    if max(width, height) > LONGEST_SIDE:
        raise KnownError(f"WebP takes {LONGEST_SIDE} pixels a side at most: choose MP4 or PNG.")
    canvas = _three(width - 1) + _three(height - 1)
    stream.write(b"RIFF\0\0\0\0WEBP")
    _chunk(stream, b"VP8X", bytes([ANIMATION | XMP, 0, 0, 0]) + canvas)
    _chunk(stream, b"ANIM", struct.pack("<IH", 0, 0))
    for slot in found:
        head = _three(0) * 2 + canvas + _three(slot.units) + bytes([NO_BLENDING])
        _chunk(stream, b"ANMF", head + _bitstream(film.image(slot.number), options))
    _chunk(stream, b"XMP ", xmp)
    size = stream.tell()
    if size > LARGEST:
        raise KnownError("A WebP file holds 4 GiB at most: choose MP4, or make the morph shorter.")
    stream.seek(4)
    stream.write(struct.pack("<I", size - 8))
    stream.seek(size)


def _bitstream(image: Image.Image, options: AnimationOptions) -> bytes:
    """Give the chunk with a picture's pixels out of a WebP of its own."""
    whole = io.BytesIO()
    image.save(whole, "WEBP", quality=options.quality, lossless=options.lossless)
    data = whole.getvalue()
    place = 12
    while data[place : place + 4] not in BITSTREAMS:
        place += 8 + _padded(int.from_bytes(data[place + 4 : place + 8], "little"))
    size = int.from_bytes(data[place + 4 : place + 8], "little")
    return data[place : place + 8 + _padded(size)]


def _chunk(stream: IO[bytes], name: bytes, content: bytes) -> None:
    stream.write(name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2))


def _padded(size: int) -> int:
    return size + size % 2


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")
