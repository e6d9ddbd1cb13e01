"""What a person says of a picture, in the file beside it: XMP that other programs read and write.

`xmp:Rating`, `xmp:Label`, `dc:subject` (tags) and `dc:description` (the note) are what Lightroom,
darktable, digiKam, exiftool and exiv2 know; `ldm:*` has the picture's id, its flag and its albums.
What others wrote besides stays. Files that cannot be read are set aside, never written over.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ldm_desktop.gallery import beside, xmp
from ldm_desktop.gallery.records import MOST_STARS, Annotation, Flag, Label, readable

ENDING = ".xmp"
REJECTED = -1
"""The rating by which others say that a picture is rejected."""
FLAGS = {Flag.PICKED: "picked", Flag.REJECTED: "rejected"}


@dataclass(frozen=True)
class Sidecar:
    """A sidecar as it was read; without an `id`, another program made it."""

    id: UUID | None
    annotation: Annotation
    hash: str


def sidecar_of(png: Path) -> Path:
    """Give the place of a picture's sidecar."""
    return png.with_name(png.name + ENDING)


def read(path: Path) -> Sidecar | None:
    """Read a sidecar, if there is one; beside.DamagedError or files.UnreachableError if not."""
    data = beside.read(path)
    if data is None:
        return None
    try:
        packet = xmp.parse(data)
    except xmp.DamagedXmpError as error:
        raise beside.damaged(path, str(error)) from error
    return Sidecar(_id(packet), _annotation(packet), _hash(data))


def digest(path: Path) -> str | None:
    """Give the hash of a sidecar, if there is one, without reading what it says."""
    data = beside.read(path)
    return None if data is None else _hash(data)


def write(path: Path, id: UUID, annotation: Annotation) -> str:  # noqa: A002
    """Say it in a sidecar, durably; give the file's hash. What others put in it stays."""
    packet = _existing(path) or xmp.empty()
    _say(packet, id, annotation)
    data = xmp.serialise(packet)
    beside.write(path, data)
    return _hash(data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _existing(path: Path) -> xmp.Packet | None:
    """Give what stands in a sidecar; one that cannot be read is set aside."""
    try:
        data = beside.read(path)
        return None if data is None else xmp.parse(data)
    except (beside.DamagedError, xmp.DamagedXmpError):
        beside.set_aside(path)
        return None


def _say(packet: xmp.Packet, id: UUID, annotation: Annotation) -> None:  # noqa: A002
    packet.set_value(xmp.LDM, "id", str(id))
    packet.set_value(xmp.LDM, "flag", FLAGS.get(annotation.flag))
    packet.set_items(xmp.LDM, "albums", annotation.albums)
    packet.set_value(xmp.BASIC, "Rating", str(annotation.rating))
    packet.set_items(xmp.DUBLIN, "subject", annotation.tags)
    packet.set_text(xmp.DUBLIN, "description", annotation.note)
    # A label of others' that is none of our colours is not shown, so it cannot have been removed.
    if annotation.label or _label(packet):
        packet.set_value(xmp.BASIC, "Label", annotation.label.capitalize() or None)


# Reading


def _id(packet: xmp.Packet) -> UUID | None:
    try:
        return UUID((packet.value(xmp.LDM, "id") or "").strip())
    except ValueError:
        return None


def _annotation(packet: xmp.Packet) -> Annotation:
    rating = _rating(packet)
    return Annotation(
        rating=max(0, rating),
        flag=Flag.REJECTED if rating == REJECTED else _flag(packet),
        label=_label(packet),
        tags=_readable(packet.items(xmp.DUBLIN, "subject")),
        albums=_readable(packet.items(xmp.LDM, "albums")),
        note=packet.text(xmp.DUBLIN, "description"),
    )


def _rating(packet: xmp.Packet) -> int:
    """Give whole stars; some programs write fractions, and some more stars than five."""
    try:
        stars = float(packet.value(xmp.BASIC, "Rating") or "0")
    except ValueError:
        return 0
    return int(min(max(stars, REJECTED), MOST_STARS)) if not math.isnan(stars) else 0


def _flag(packet: xmp.Packet) -> Flag:
    said = (packet.value(xmp.LDM, "flag") or "").strip()
    return next((flag for flag, name in FLAGS.items() if name == said), Flag.NONE)


def _label(packet: xmp.Packet) -> Label:
    said = (packet.value(xmp.BASIC, "Label") or "").strip().lower()
    return Label(said) if said in set(Label) else Label.NONE


def _readable(names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out names of which nothing can be seen."""
    return tuple(name for name in names if readable(name))
