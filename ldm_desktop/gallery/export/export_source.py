"""The picture that is exported: its pixels as they are seen, and what its file says of them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image, ImageCms

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.gallery import decoding, embedded, files, metadata

NEARLY_OPAQUE = 250
"""Of 255; words have been hidden in the lowest bits of the opacity."""


@dataclass(frozen=True)
class Source:
    """A picture's file taken apart: `texts` are a PNG's, `exif` and `xmp` other formats'."""

    data: bytes
    image: Image.Image
    is_png: bool
    record: PictureRecord | None
    texts: tuple[tuple[str, str], ...] = ()
    exif: bytes = b""
    xmp: bytes = b""


def read(file: Path) -> Source:
    """Read a picture of any program; KnownError says why it cannot be exported."""
    try:
        return take_apart(_bytes(file))
    except files.UnreachableError as error:
        # It is this picture that is out of reach, not the place that it is exported to.
        raise KnownError(str(error)) from error
    except KnownError as error:
        raise KnownError(f"{file} cannot be exported: {str(error).rstrip('.')}.") from error


def _bytes(file: Path) -> bytes:
    with files.explained(file, "be opened"):
        # Asked first, because a pipe under this name would never end.
        if file.exists() and not (file.is_file() and file.stat().st_size <= files.LARGEST_FILE):
            raise KnownError("it is no file, or larger than any picture")
        return file.read_bytes()


def take_apart(data: bytes) -> Source:
    """Give what is in a picture's bytes; a KnownError's text is the end of a sentence."""
    kind = decoding.kind_of(data)
    if kind is None:
        raise KnownError("it is no PNG, JPEG, WebP or AVIF picture")
    if kind == decoding.PNG:
        return _of_png(data)
    image = decoding.opened(data, kind)
    exif = embedded.exif_of(image)
    seen = as_seen(image, embedded.orientation_of(exif))
    return Source(data, seen, False, None, exif=_public(exif), xmp=image.info.get("xmp", b""))


def _of_png(data: bytes) -> Source:
    parts = embedded.take_apart(data)
    # Of nothing but the pixels' chunks, as texts are read with limits of their own.
    image = decoding.opened(_with_colours(data), decoding.PNG)
    seen = as_seen(image, embedded.orientation_of(embedded.read_exif(parts.exif)))
    return Source(data, seen, True, _record(data), tuple(parts.texts.items()))


def _with_colours(png: bytes) -> bytes:
    """Give a PNG of its pixels and of what says how they look."""
    kept = metadata.PIXELS | {b"tRNS", b"iCCP"}
    return metadata.SIGNATURE + b"".join(
        whole for name, _, whole in metadata.chunks(png) if name in kept
    )


def _record(data: bytes) -> PictureRecord | None:
    try:
        return metadata.take_apart(data)[0]
    except KnownError:
        # Another program's, or a newer one's of ours: its texts are kept as they stand.
        return None


def _public(exif: Image.Exif) -> bytes:
    """Give others' EXIF without the turn, which is in the pixels now, and without places."""
    try:
        exif.get_ifd(ExifTags.IFD.GPSInfo).clear()
        exif.pop(ExifTags.IFD.GPSInfo, None)
        exif.pop(ExifTags.Base.Orientation, None)
        return exif.tobytes() if exif else b""
    except decoding.BROKEN:
        return b""


def as_seen(image: Image.Image, orientation: int) -> Image.Image:
    """Give plain RGB with nothing attached: turned, opaque and in sRGB, as a viewer shows it."""
    profile = image.info.get("icc_profile")
    rgb = _in_srgb(decoding.decoded(_opaque(image), orientation), profile)
    return Image.frombytes("RGB", rgb.size, rgb.tobytes())


def _opaque(image: Image.Image) -> Image.Image:
    """Lay what is transparent on white; what is hardly so is as the gallery knows it."""
    if not image.has_transparency_data:
        return image
    try:
        rgba = image.convert("RGBA")
    except decoding.BROKEN:
        # Whoever decodes it next says so.
        return image
    if min(rgba.getchannel("A").tobytes()) >= NEARLY_OPAQUE:
        return image
    ground = Image.new("RGBA", rgba.size, "white")
    ground.alpha_composite(rgba)
    return ground


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Turn colours of another profile into sRGB, as the profile does not come along."""
    if not profile:
        return image
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(found):
            return image
        turned = ImageCms.profileToProfile(image, found, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        # Damaged, or of other than RGB colours: viewers show such pictures without it.
        return image
    return turned or image
