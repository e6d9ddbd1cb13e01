"""A path read back: from its own file, or out of what a morph was exported as.

Whatever the file is, no more of it is read than what holds the path, and nothing is decoded.
"""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import Path
from typing import IO, Any

from PIL import Image

from ldm_desktop.core import codec, morph
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.morph import Morph
from ldm_desktop.gallery import files, metadata, xmp
from ldm_desktop.gallery.animation import embed

LARGEST = 16 << 20
MOST_CHUNKS = 100_000
BOXES = (b"moov", b"udta", b"meta", b"ilst", b"\xa9cmt", b"data")
"""The way to the comment in an MP4."""
HEADS = {b"meta": 4, b"data": 8}
"""What stands before the content of some of them."""


class NoPathError(KnownError):
    """The file carries no path."""


def read_path(file: Path) -> Morph:
    """Read the path of a morph; KnownError says why there is none."""
    with files.explained(file, "be opened"):
        # Asked first, because a pipe or a device under this name would never end.
        if file.exists() and not file.is_file():
            raise NoPathError(f"{file} is not a file: open a path or an exported morph.")
        text = _opened(file)
    if not text:
        raise NoPathError(
            f"{file.name} holds no path of a morph: open a .morph.json file, or an animation that "
            "LDM Desktop has exported."
        )
    return path_in(text, file.name)


def _opened(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return _text(stream)
    except (metadata.NotOursError, xmp.DamagedXmpError) as error:
        raise NoPathError(f"{file.name} cannot be opened: {error}.") from error


def path_in(text: str | bytes, what: str) -> Morph:
    """Read a path from its JSON, or from JSON it stands in."""
    data: Any = codec.parse(text, what)
    inner = data.get("morph") if isinstance(data, dict) else None
    return morph.read(inner if isinstance(inner, dict) else data)


def _text(stream: IO[bytes]) -> bytes:
    head = stream.read(16)
    stream.seek(0)
    if head.startswith(metadata.SIGNATURE):
        return _in_png(stream)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _in_webp(stream)
    if head.startswith(b"GIF8"):
        return _in_gif(stream)
    if head[4:8] == b"ftyp":
        return _in_mp4(stream)
    text = stream.read(LARGEST + 1)
    return text if len(text) <= LARGEST and text.lstrip()[:1] == b"{" else b""


def _in_png(stream: IO[bytes]) -> bytes:
    data = stream.read(files.LARGEST_FILE)
    start = embed.KEYWORD + b"\0\0\0\0\0"
    for name, content, _ in metadata.chunks(data):
        if name == b"iTXt" and content.startswith(start):
            return content[len(start) :]
    return b""


def _in_webp(stream: IO[bytes]) -> bytes:
    place, size = 12, stream.seek(0, io.SEEK_END)
    for _ in range(MOST_CHUNKS):
        if place + 8 > size:
            break
        stream.seek(place)
        name, length = struct.unpack("<4sI", stream.read(8))
        if name == b"XMP " and length <= LARGEST:
            return (xmp.parse(stream.read(length)).value(xmp.LDM, "morph") or "").encode()
        place += 8 + length + length % 2
    return b""


def _in_gif(stream: IO[bytes]) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(stream, formats=["GIF"]) as image:
                found = image.info.get("comment", b"")
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise NoPathError("It is too large to be opened safely.") from error
        except (OSError, SyntaxError, EOFError) as error:
            raise NoPathError("This GIF is damaged: use a copy.") from error
    return found if isinstance(found, bytes) else b""


def _in_mp4(stream: IO[bytes]) -> bytes:
    place, end = 0, stream.seek(0, io.SEEK_END)
    for box in BOXES:
        found = _box(stream, box, place, end)
        if not found:
            return b""
        place, end = found
        place += HEADS.get(box, 0)
    stream.seek(place)
    return stream.read(end - place) if 0 <= end - place <= LARGEST else b""


def _box(stream: IO[bytes], wanted: bytes, place: int, end: int) -> tuple[int, int] | None:
    """Give where the content of a box begins and ends (ISO/IEC 14496-12, 4.2)."""
    for _ in range(MOST_CHUNKS):
        if place + 8 > end:
            break
        stream.seek(place)
        length, name = struct.unpack(">I4s", stream.read(8))
        head = 8
        if length == 1:
            head, length = 16, int.from_bytes(stream.read(8), "big")
        length = length or end - place
        if length < head or place + length > end:
            break
        if name == wanted:
            return place + head, place + length
        place += length
    return None
