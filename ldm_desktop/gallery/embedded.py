"""The texts that programs leave in pictures (PNG's three kinds, EXIF, XMP), all of them capped."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from PIL import ExifTags, Image

from ldm_desktop.gallery import metadata
from ldm_desktop.gallery.decoding import BROKEN

LONGEST = 4 << 20
MOST = 16 << 20
"""Bytes of one text, and of all in a picture; the rest of a longer one is left out."""
XMP_TEXT = "XML:com.adobe.xmp"
HEADS = ("prompt", "workflow")
"""What ComfyUI writes before its texts in EXIF."""
UTF_16 = b"UNICODE\0"


@dataclass(frozen=True)
class Parts:
    """A PNG taken apart: a PNG of nothing but its pixels, the texts and the EXIF beside them."""

    pixels: bytes
    is_own: bool
    texts: dict[str, str] = field(default_factory=dict)
    exif: bytes = b""


def take_apart(png: bytes) -> Parts:
    """Take any PNG apart; NotOursError if it is damaged."""
    chunks = [(name, content, whole) for name, content, whole in metadata.chunks(png)]
    kept = b"".join(whole for name, _, whole in chunks if name in metadata.PIXELS)
    mark = metadata.KEYWORD + b"\0"
    own = any(name == b"iTXt" and content.startswith(mark) for name, content, _ in chunks)
    exif = next((content for name, content, _ in chunks if name == b"eXIf"), b"")
    texts = _texts((name, content) for name, content, _ in chunks)
    return Parts(metadata.SIGNATURE + kept, own, texts, exif)


def _texts(chunks: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    room = MOST
    for name, content in chunks:
        if name in READERS and room > 0:
            keyword, _, rest = content.partition(b"\0")
            with contextlib.suppress(zlib.error, ValueError):
                text = READERS[name](rest)[:LONGEST]
                room -= len(text)
                texts.setdefault(keyword.decode("latin-1"), _decoded(text))
    return texts


def _plain(rest: bytes) -> bytes:
    return rest


def _packed(rest: bytes) -> bytes:
    return zlib.decompressobj().decompress(rest[1:], LONGEST)


def _international(rest: bytes) -> bytes:
    # compressed?, method, language 0, translated keyword 0, text
    _, _, text = rest[2:].split(b"\0", 2)
    return zlib.decompressobj().decompress(text, LONGEST) if rest[:1] == b"\1" else text


READERS = {b"tEXt": _plain, b"zTXt": _packed, b"iTXt": _international}


def _decoded(text: bytes) -> str:
    """Read UTF-8, which many write where PNG asks for Latin-1."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")


def read_exif(content: bytes) -> Image.Exif:
    """Read EXIF as it stands in a PNG; what is damaged is empty."""
    exif = Image.Exif()
    with contextlib.suppress(*BROKEN):
        exif.load(content)
    return exif


def exif_of(image: Image.Image) -> Image.Exif:
    """Give the EXIF of an opened picture; what is damaged is empty."""
    try:
        return image.getexif()
    except BROKEN:
        return Image.Exif()


def texts_of(exif: Image.Exif) -> dict[str, str]:
    """Give the texts that image generators leave in EXIF, under the names they have in PNG."""
    texts: dict[str, str] = {}
    for tag in (ExifTags.Base.ImageDescription, ExifTags.Base.Make, ExifTags.Base.Model):
        head, _, rest = str(_tag(exif, tag))[:LONGEST].partition(":")
        if head.lower() in HEADS:
            texts.setdefault(head.lower(), rest.strip())
    if comment := _comment(_inner(exif).get(ExifTags.Base.UserComment)):
        texts.setdefault("parameters", comment)
    return texts


def orientation_of(exif: Image.Exif) -> int:
    """Give how a picture is to be turned; 1 is not at all."""
    found = _tag(exif, ExifTags.Base.Orientation)
    return found if isinstance(found, int) else 1


def _tag(exif: Image.Exif, tag: int) -> object:
    """Give what EXIF says under a number; it is read only now, and may be damaged."""
    try:
        return exif.get(tag, "")
    except BROKEN:
        return ""


def _inner(exif: Image.Exif) -> dict[int, object]:
    try:
        return exif.get_ifd(ExifTags.IFD.Exif)
    except BROKEN:
        return {}


def _comment(value: object) -> str:
    """Read a UserComment, which begins with the name of its encoding; UTF-16 of either order."""
    if not isinstance(value, bytes):
        return value[:LONGEST] if isinstance(value, str) else ""
    name, text = value[:8], value[8 : 8 + LONGEST]
    if name == UTF_16:
        # What is read here is mostly Latin letters: their zeros stand first if big ends do.
        big = text[0::2].count(0) >= text[1::2].count(0)
        return text.decode("utf-16-be" if big else "utf-16-le", "replace").strip("\0\ufeff ")
    known = name in (b"ASCII\0\0\0", b"JIS\0\0\0\0\0", b"\0" * 8)
    return _decoded(text if known else value[:LONGEST]).strip("\0 ")


def taken_at(exif: Image.Exif) -> datetime | None:
    """Give when a photograph was taken or a picture made, if EXIF says it."""
    inner = _inner(exif)
    for moment, zone in (
        (inner.get(ExifTags.Base.DateTimeOriginal), ExifTags.Base.OffsetTimeOriginal),
        (_tag(exif, ExifTags.Base.DateTime), ExifTags.Base.OffsetTime),
    ):
        text = f"{moment}{inner.get(zone, '')}".strip("\0 ")
        for form in ("%Y:%m:%d %H:%M:%S%z", "%Y:%m:%d %H:%M:%S"):
            with contextlib.suppress(ValueError):
                return datetime.strptime(text, form)  # noqa: DTZ007 - here, if it names no zone.
    return None
