"""The small files beside the pictures: written whole and durably; damaged ones are kept aside."""

from __future__ import annotations

import itertools
import os
import stat
from pathlib import Path
from uuid import uuid4

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import files

LARGEST = 16 << 20


class DamagedError(KnownError):
    """A file that cannot be read; the next writing sets it aside."""


def damaged(path: Path, reason: str) -> DamagedError:
    """Say why a file cannot be read, and what becomes of it."""
    return DamagedError(
        f"{path} cannot be read: {reason.rstrip('.')}; it is kept under another name as soon as "
        "a new one is written."
    )


def read(path: Path) -> bytes | None:
    """Give what is in a file, None without one; links, folders and giants are damaged ones."""
    with files.explained(path, "be read"):
        try:
            found = path.lstat()
            if not stat.S_ISREG(found.st_mode):
                raise damaged(path, "it is a link or no file")
            if found.st_size > LARGEST:
                raise damaged(path, "it is larger than such files are")
            return path.read_bytes()
        except FileNotFoundError:
            return None


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; durable on return."""
    if len(data) > LARGEST:
        raise KnownError(f"{path} cannot be written: its texts are too long; shorten them.")
    # Named as the pictures' own, so that what a killed process leaves is swept away with theirs.
    with files.explained(path, "be written"), paths.part_file(path.parent / uuid4().hex) as part:
        paths.write_durably(part, data)
        part.replace(path)
        paths.sync_folder(path.parent)


def set_aside(path: Path) -> Path:
    """Rename a damaged file, durably, to the first name that is free; give that."""
    names = (path.with_name(f"{path.name}.damaged-{number}") for number in itertools.count(1))
    with files.explained(path, "be renamed"):
        aside = next(name for name in names if not os.path.lexists(name))
        path.rename(aside)
        paths.sync_folder(path.parent)
    return aside
