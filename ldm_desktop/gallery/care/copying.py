"""Bytes on their way into the library, and names that change in it: durable, never replacing."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import files
from ldm_desktop.gallery.sidecar import sidecar_of

BLOCK = 1 << 20
NOT_OF_PICTURES = re.compile(r"(\.(part|xmp))+$", re.IGNORECASE)
"""Endings by which the library's own files are passed over."""


def copy_in(source: Path, beside: bytes, folder: Path, digest: str) -> Path:
    """Copy a picture, with what lies `beside` it as its sidecar, under a free readable name.

    `digest` is the SHA-256 of the bytes that were looked at. The sidecar is there before the
    picture, so that nobody finds the picture without it. What an import that was cut short has
    copied already is used.
    """
    with files.explained(folder, "be written to"), paths.part_file(folder / uuid4().hex) as part:
        _copy(source, part, digest)
        candidates = (folder / name for name in _names(source))
        return next(file for file in candidates if _take(part, file, beside, digest))


def _names(source: Path) -> Iterator[str]:
    named = Path(NOT_OF_PICTURES.sub("", source.name))
    stem, suffix = files.plain_name(named.stem) or "picture", files.plain_name(named.suffix[1:])
    ending = f".{suffix}" if suffix else ""
    more = (f"{stem} ({number}){ending}" for number in itertools.count(2))
    return itertools.chain([stem + ending], more)


def _take(part: Path, final: Path, beside: bytes, digest: str) -> bool:
    """Give a copied picture, and its sidecar first, a name that is free for both, durably."""
    sidecar, is_there = sidecar_of(final), os.path.lexists(final)
    if (is_there and not _holds(final, digest)) or not _is_free(sidecar, beside):
        return False
    wrote = bool(beside) and not sidecar.exists() and _write(sidecar, beside)
    if is_there:
        paths.sync_folder(final.parent)  # It is not ours to take back.
        return True
    try:
        files.place_first_free(part, final.parent, iter([final.name]))
    except FileExistsError:
        # Another program took the name just now: our sidecar would speak of its picture.
        if wrote:
            sidecar.unlink()
        return False
    files.settle(final)
    return True


def _holds(file: Path, digest: str) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == digest


def _write(sidecar: Path, data: bytes) -> bool:
    with paths.part_file(sidecar.parent / uuid4().hex) as part:
        paths.write_durably(part, data)
        files.place_first_free(part, sidecar.parent, iter([sidecar.name]))
    return True


def _is_free(sidecar: Path, beside: bytes) -> bool:
    """Say whether there is no sidecar, or the same one, as after an import that was cut short."""
    if not os.path.lexists(sidecar):
        return True
    return bool(beside) and sidecar.is_file() and sidecar.read_bytes() == beside


def _copy(source: Path, part: Path, digest: str) -> None:
    """Copy bytes and time of a file durably, and see that they are the ones looked at."""
    found = hashlib.sha256()
    with part.open("wb") as stream:
        for block in _blocks(source):
            found.update(block)
            stream.write(block)
        stream.flush()
        # Of pictures that do not say when they were made, it is all that is known.
        os.utime(part, ns=_times(source))
        os.fsync(stream.fileno())
    if found.hexdigest() != digest:
        raise KnownError(f"{source} changed while it was copied: try again.")


def _times(source: Path) -> tuple[int, int]:
    with files.explained(source, "be read"):
        status = source.stat()
    return status.st_atime_ns, status.st_mtime_ns


def _blocks(source: Path) -> Iterator[bytes]:
    with files.explained(source, "be read"), source.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def move(source: Path, target: Path) -> bool:
    """Give a file another name, durably; False, and nothing done, if that is taken."""
    with files.explained(target, "be written to"):
        try:
            files.place_first_free(source, target.parent, iter([target.name]))
        except FileExistsError:
            return False
        source.unlink(missing_ok=True)  # Where there are hard links, it has two names by now.
        paths.sync_folder(target.parent)
        paths.sync_folder(source.parent)
    return True
