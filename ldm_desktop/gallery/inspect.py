"""What a picture's file says of it: the one way from a file to the gallery's `Facts`.

Ours carry their record. Of other programs' pictures, and of ours that are damaged or newer than
this program, what can be understood is told; only what is no picture at all is refused.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

from PIL import Image

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import first_seed
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.gallery import decoding, embedded, files, metadata, xmp
from ldm_desktop.gallery.foreign import foreign, foreign_values
from ldm_desktop.gallery.records import Facts, Made, Origin

NAMESPACE = UUID("0d4e4d1b-6a1c-5f0e-9a55-2f3b8f3f6c11")
"""In which ids are made of the hashes of files that have none."""
LOOK = (9, 8)
SEED = re.compile(r" Its seed: ([0-9]{1,20})\.$")


@dataclass(frozen=True)
class _File:
    """A file as it was read once."""

    data: bytes
    sha256: str
    mtime_ns: int


def facts_of(file: Path) -> Facts:
    """Tell what a picture's file says; UnreachableError for the disk's trouble, else KnownError."""
    with _refusing(file):
        read = _read(file)
        kind = decoding.kind_of(read.data)
        if kind is None:
            raise metadata.NotOursError("it is no PNG, JPEG, WebP or AVIF picture")
        return _of_png(read) if kind == decoding.PNG else _of_others(read, kind)


def facts_of_saved(picture: Picture, file: Path) -> Facts:
    """Tell the same of a picture that has just been saved, without decoding it again."""
    with _refusing(file):
        read = _read(file)
    frame = picture.frame
    image = Image.frombytes("RGB", (frame.width, frame.height), frame.pixels)
    return _own(read, picture.record, image, frame)


def difference_hash(image: Image.Image) -> int:
    """Give 64 bits that alike pictures share most of (dHash): whether it gets lighter rightwards.

    As a number with a sign, as databases hold them.
    """
    width, height = LOOK
    grey = image.resize(LOOK, Image.Resampling.BOX).convert("L").tobytes()
    rows = (grey[row : row + width] for row in range(0, width * height, width))
    bits = "".join("01"[right > left] for row in rows for left, right in itertools.pairwise(row))
    return int.from_bytes(int(bits, 2).to_bytes(8), signed=True)


# Files


@contextlib.contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Make a sentence of why a file is not taken."""
    try:
        yield
    except files.UnreachableError:
        raise
    except KnownError as error:
        raise KnownError(f"{file} cannot be opened: {str(error).rstrip('.')}.") from error


def _read(file: Path) -> _File:
    """Read a file of its own right: no link, pipe or device, and none that fills the memory."""
    with files.explained(file, "be opened"):
        _check(file.lstat())
        with open(file, "rb", buffering=0, opener=_strictly) as stream:
            found = os.fstat(stream.fileno())
            _check(found)
            data = stream.readall()
    return _File(data, hashlib.sha256(data).hexdigest(), found.st_mtime_ns)


def _check(found: os.stat_result) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise KnownError("it is a link, and links are not followed; take the picture itself")
    if not stat.S_ISREG(found.st_mode):
        raise KnownError("it is not a file; name a picture")
    if found.st_size > files.LARGEST_FILE:
        raise KnownError("it is larger than any picture that can be taken")


def _strictly(file: str, flags: int) -> int:
    # Not what took its name since it was looked at, and without waiting for a pipe's other end.
    strict = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(file, flags | strict)


# Pictures


def _of_png(read: _File) -> Facts:
    try:
        record, pixels = metadata.take_apart(read.data)
    except KnownError as error:
        parts = embedded.take_apart(read.data)
        if parts.is_own:
            return _known_in_part(read, parts, str(error))
        return _foreign_png(read, parts)
    rgb = decoding.decoded(decoding.opened(pixels, decoding.PNG))
    return _own(read, record, rgb, _frame(rgb))


def _own(read: _File, record: PictureRecord, image: Image.Image, frame: Frame) -> Facts:
    facts = _facts(read, record.id, _made(read, record), image, frame)
    return dataclasses.replace(facts, recorded=record.pixels_sha256)


def _made(read: _File, record: PictureRecord) -> Made:
    """Say how a picture of ours was made."""
    made = record.recipe
    return Made(
        Origin.OWN,
        _in_utc(record.created) or _changed(read),
        recipe=made,
        environment=record.environment,
        parents=record.parents,
        seconds=record.seconds,
        seed=first_seed(made.noise).seed,
        model=made.model.name,
        sampler=str(made.sampler.name),
        steps=made.steps,
    )


def _known_in_part(read: _File, parts: embedded.Parts, reason: str) -> Facts:
    """Take a picture of ours whose record is damaged or newer for what can be read of it."""
    known = foreign.made_by_others(parts.texts, _changed(read))
    seed = known.seed if known.seed is not None else _hinted(reason)
    told = "\n".join(text for text in (f"{reason.rstrip('.')}.", known.settings) if text)
    made = dataclasses.replace(known, origin=Origin.OWN, seed=seed, settings=told)
    rgb = decoding.decoded(decoding.opened(parts.pixels, decoding.PNG))
    return _facts(read, _own_id(parts) or _made_id(read), made, rgb, _frame(rgb))


def _hinted(reason: str) -> int | None:
    found = SEED.search(reason)
    return foreign_values.seed_in(found[1]) if found else None


def _own_id(parts: embedded.Parts) -> UUID | None:
    """Give the id in a record that cannot be read otherwise; newer ones have it, too."""
    try:
        data = codec.parse(parts.texts.get(metadata.KEYWORD.decode(), ""), "It")
        return UUID(data["record"]["id"])
    except (KnownError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _foreign_png(read: _File, parts: embedded.Parts) -> Facts:
    exif = embedded.read_exif(parts.exif)
    image = decoding.opened(parts.pixels, decoding.PNG)
    return _foreign(read, image, exif, embedded.texts_of(exif) | parts.texts)


def _of_others(read: _File, kind: str) -> Facts:
    image = decoding.opened(read.data, kind)
    exif = embedded.exif_of(image)
    packet = image.info.get("xmp", b"")
    told = _exported(packet if isinstance(packet, bytes) else str(packet).encode())
    if isinstance(told, PictureRecord):
        rgb = decoding.decoded(image, embedded.orientation_of(exif))
        return _facts(read, _made_id(read), _made(read, told), rgb, _frame(rgb))
    return _foreign(read, image, exif, embedded.texts_of(exif) | told)


def _exported(packet: bytes) -> PictureRecord | dict[str, str]:
    """Read what our own export leaves in other formats: a record, or another program's texts."""
    if xmp.LDM.encode() not in packet:
        return {}
    try:
        properties = xmp.parse(packet)
        if record := properties.value(xmp.LDM, "record"):
            return metadata.read_record(record.encode())
        texts = codec.parse(properties.value(xmp.LDM, "texts") or "{}", "It")
    except KnownError:
        return {}
    plain = texts if isinstance(texts, dict) else {}
    return {key: text for key, text in plain.items() if isinstance(text, str)}


def _foreign(read: _File, image: Image.Image, exif: Image.Exif, texts: dict[str, str]) -> Facts:
    taken = embedded.taken_at(exif)
    created = _in_utc(taken.isoformat()) if taken else None
    made = foreign.made_by_others(texts, created or _changed(read))
    rgb = decoding.decoded(image, embedded.orientation_of(exif))
    return _facts(read, _made_id(read), made, rgb, _frame(rgb))


def _facts(read: _File, id: UUID, made: Made, image: Image.Image, frame: Frame) -> Facts:  # noqa: A002
    return Facts(
        id=id,
        made=made,
        width=frame.width,
        height=frame.height,
        pixels=frame.sha256,
        bytes=read.sha256,
        look=difference_hash(image),
        size=len(read.data),
        mtime_ns=read.mtime_ns,
    )


def _frame(rgb: Image.Image) -> Frame:
    return Frame(rgb.width, rgb.height, rgb.tobytes())


def _made_id(read: _File) -> UUID:
    return uuid5(NAMESPACE, read.sha256)


def _changed(read: _File) -> str:
    """Say when a file was last written, for pictures that say nothing of their time."""
    try:
        return datetime.fromtimestamp(read.mtime_ns // 10**9, UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC).isoformat()


def _in_utc(moment: str) -> str | None:
    """Give a time in UTC; one without a zone is of this place. None for what no clock shows."""
    try:
        return datetime.fromisoformat(moment).astimezone(UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return None
