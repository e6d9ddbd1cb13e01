"""An export read back: the pixels that were meant, the texts that were meant, and nothing else."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from PIL import Image

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import metadata
from ldm_desktop.gallery.decoding import BROKEN
from ldm_desktop.gallery.export.export_texts import Payload

BARE = {
    "PNG": frozenset({"IHDR", "IDAT", "IEND"}),
    "JPEG": frozenset({"APP0"}),
    "WEBP": frozenset({"VP8 ", "VP8L"}),
}
"""The parts of files that hold pixels and nothing else; of JPEG, those that could hold more."""
WITH_TEXTS = {
    "PNG": frozenset({"iTXt", "tEXt", "zTXt", "eXIf"}),
    "JPEG": frozenset({"APP1"}),
    "WEBP": frozenset({"VP8X", "EXIF", "XMP "}),
}


def check(data: bytes, image: Image.Image, payload: Payload, *, lossless: bool) -> None:
    """Refuse a file that does not hold just what it should."""
    try:
        with Image.open(io.BytesIO(data)) as found:
            found.load()
            _check_pixels(found, image, lossless=lossless)
            _check_texts(found, payload)
            kind = str(found.format)
    except BROKEN as error:
        raise _unlike("it cannot be opened") from error
    # An EXIF or XMP of its own would make a JPEG or WebP another file, as would a PNG's text.
    allowed = BARE[kind] | (WITH_TEXTS[kind] if payload != Payload() else set())
    if extra := set(parts(data)) - allowed:
        raise _unlike(f"it holds {min(extra).strip()} as well")


def check_copy(data: bytes, original: bytes) -> None:
    """Refuse a copy that is not one to the byte."""
    if data != original:
        raise _unlike("it is no copy of the picture's file")


def _check_pixels(found: Image.Image, image: Image.Image, *, lossless: bool) -> None:
    if found.size != image.size or found.mode != "RGB":
        raise _unlike("its size is another")
    if lossless and found.tobytes() != image.tobytes():
        raise _unlike("its pixels are others")


def _check_texts(found: Image.Image, payload: Payload) -> None:
    texts = {key: str(text) for key, text in getattr(found, "text", {}).items()}
    if texts != dict(payload.texts):
        raise _unlike("its texts are others")
    if _tiff(found.info.get("exif", b"")) != _tiff(payload.exif):
        raise _unlike("its EXIF is another")
    if not texts and found.info.get("xmp", b"") != payload.xmp:
        raise _unlike("its XMP is another")


def _tiff(exif: bytes) -> bytes:
    return exif.removeprefix(b"Exif\0\0")


def _unlike(how: str) -> KnownError:
    return KnownError(
        f"The exported file is not as it should be ({how}), and was not kept: "
        "choose another format, and check the disk."
    )


def parts(data: bytes) -> Iterator[str]:
    """Name the parts of a PNG, JPEG or WebP file; of a JPEG, applications' parts and comments."""
    if data.startswith(metadata.SIGNATURE):
        return (name.decode("ascii", "replace") for name, _, _ in metadata.chunks(data))
    return _segments(data) if data.startswith(b"\xff\xd8") else _riff(data)


def _segments(data: bytes) -> Iterator[str]:
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xDA:
            return
        if 0xE0 <= marker <= 0xEF:
            yield f"APP{marker - 0xE0}"
        elif marker == 0xFE:
            yield "COM"
        place += 2 + int(struct.unpack_from(">H", data, place + 2)[0])


def _riff(data: bytes) -> Iterator[str]:
    place = 12
    while place + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, place)
        yield name.decode("ascii", "replace")
        place += 8 + length + length % 2
