"""A picture's bytes become RGB here, whoever made it; bombs and broken ones are refused."""

from __future__ import annotations

import io
import struct
import zlib

# Named, so that `Image.open` need not look for them in whichever thread comes first.
from PIL import AvifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import metadata

PNG = PngImagePlugin.PngImageFile.format
JPEG = JpegImagePlugin.JpegImageFile.format
WEBP = WebPImagePlugin.WebPImageFile.format
AVIF = AvifImagePlugin.AvifImageFile.format
MOST_PIXELS = 89_478_485
"""Where Pillow begins to warn of a bomb; more than any recipe asks for."""
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    UserWarning,
    zlib.error,
    struct.error,
)
"""What Pillow raises over damaged files, its warnings where they are errors included."""
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each of EXIF's orientations."""


def kind_of(data: bytes) -> str | None:
    """Tell the format from a file's beginning; None is one that the gallery does not take."""
    if data.startswith(metadata.SIGNATURE):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    brands = data[8:64]
    return AVIF if data[4:8] == b"ftyp" and (b"avif" in brands or b"avis" in brands) else None


def opened(data: bytes, kind: str) -> Image.Image:
    """Open a picture without decoding it, refusing what would fill the memory."""
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large() from error
    except BROKEN as error:
        raise _damaged() from error
    # Only from twice as many on, Pillow refuses by itself.
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    return image


def decoded(image: Image.Image, orientation: int = 1) -> Image.Image:
    """Give an opened picture as 8-bit RGB, as it is to be looked at; of an animation, the first."""
    try:
        rgb = _rgb(image)
    except BROKEN as error:
        raise _damaged() from error
    return rgb.transpose(TURNS[orientation]) if orientation in TURNS else rgb


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Pillow would cut 16 bits at 255.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "P" and "transparency" in image.info:
        image = image.convert("RGBA")
    return image.convert("RGB")


def _too_large() -> KnownError:
    return metadata.NotOursError("it is too large to be decoded safely")


def _damaged() -> KnownError:
    return metadata.NotOursError("it is damaged; use a copy, if there is one")
