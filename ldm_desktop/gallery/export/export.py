"""Pictures on their way out of the gallery: in another format, with or without their recipe.

An export is a new file under a name that is free. It gets that name when it has been read back
and holds what it should, and is durable; the picture in the library is only read.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.export import (
    export_check,
    export_names,
    export_place,
    export_source,
    export_texts,
)
from ldm_desktop.gallery.export.export_names import Words
from ldm_desktop.gallery.export.export_source import Source
from ldm_desktop.gallery.export.export_texts import Keep, Payload

MOST_QUALITY = 100
FULL_COLOUR_QUALITY = 90
"""From here on JPEG keeps colour as fine as brightness."""
JPEG_TEXTS = 65000
"""Bytes; a JPEG's parts have two bytes for their length."""
LONGEST_SIDE = {"jpeg": 65500, "webp": 16383}


class Format(StrEnum):
    """What exports are written as; the value is also how Pillow calls it."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"

    @property
    def ending(self) -> str:
        """How the files' names end."""
        return ".jpg" if self is Format.JPEG else f".{self}"


@dataclass(frozen=True)
class ExportOptions:
    """How pictures are exported; `lossless` is WebP's, as PNG always is and JPEG never."""

    folder: Path
    format: Format = Format.PNG
    metadata: Keep = Keep.RECIPE
    names: str = "{name}"
    quality: int = 90
    lossless: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.quality <= MOST_QUALITY:
            raise BadArgumentError(f"Quality is 1 to {MOST_QUALITY}, not {self.quality}.")
        if self.lossless and self.format is Format.JPEG:
            raise BadArgumentError("JPEG always loses a little: choose PNG or WebP.")
        export_names.check(self.names)

    @property
    def keeps_pixels(self) -> bool:
        """Whether every pixel stays as it is."""
        return self.format is Format.PNG or self.lossless


def export(file: Path, options: ExportOptions, words: Words) -> Path:
    """Export one picture into an existing folder; durable, and read back, on return."""
    source = export_source.read(file)
    kept = export_texts.payload(source, options.metadata, png=options.format is Format.PNG)
    copied = source.is_png and options.format is Format.PNG and options.metadata is Keep.RECIPE
    _check_limits(source, kept, options)
    # Nothing keeps a PNG's texts better than the file itself.
    data = source.data if copied else encode(source.image, kept, options)

    def write(part: Path) -> None:
        part.write_bytes(data)
        found = part.read_bytes()
        if copied:
            export_check.check_copy(found, data)
        else:
            export_check.check(found, source.image, kept, lossless=options.keeps_pixels)

    stem = export_names.fill(options.names, words)
    return export_place.keep(options.folder, stem, options.format.ending, write)


def _check_limits(source: Source, kept: Payload, options: ExportOptions) -> None:
    longest = LONGEST_SIDE.get(options.format)
    if longest and max(source.image.size) > longest:
        raise BadArgumentError(
            f"{options.format.upper()} takes {longest} pixels a side at most: choose PNG."
        )
    if options.format is Format.JPEG and max(len(kept.exif), len(kept.xmp)) > JPEG_TEXTS:
        raise BadArgumentError(
            "What is told of this picture is too long for a JPEG: choose PNG or WebP, "
            "or leave the recipe out."
        )


def encode(image: Image.Image, kept: Payload, options: ExportOptions) -> bytes:
    """Give the bytes of an export."""
    stream = io.BytesIO()
    if options.format is Format.PNG:
        info = PngInfo()
        for key, text in kept.texts:
            info.add_itxt(key, text)
        image.save(stream, "PNG", pnginfo=info, exif=kept.exif)
    elif options.format is Format.JPEG:
        subsampling = 0 if options.quality >= FULL_COLOUR_QUALITY else 2
        image.save(stream, "JPEG", quality=options.quality, subsampling=subsampling,
                   optimize=True, exif=kept.exif, xmp=kept.xmp)  # fmt: skip
    else:
        image.save(stream, "WEBP", quality=options.quality, lossless=options.lossless,
                   exif=kept.exif, xmp=kept.xmp)  # fmt: skip
    return stream.getvalue()
