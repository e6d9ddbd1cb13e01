"""Where things are kept: one folder each for pictures, models, caches; all under one if wished."""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from ldm_desktop.core.errors import KnownError

NAME = "LDM Desktop"
ID = "ldm-desktop"


@dataclass(frozen=True)
class Folders:
    """The application's folders; none of them need exist. `data` has the queue and the settings."""

    library: Path
    models: Path
    cache: Path
    data: Path


def folders(data_dir: Path | None = None) -> Folders:
    """Give the system's usual folders, or all of them under `data_dir`."""
    if data_dir:
        return Folders(data_dir / "library", data_dir / "models", data_dir / "cache", data_dir)
    data = Path(platformdirs.user_data_dir(ID, appauthor=False))
    pictures = Path(platformdirs.user_pictures_dir()) / NAME
    cache = Path(platformdirs.user_cache_dir(ID, appauthor=False))
    return Folders(pictures, data / "models", cache, data)


def gallery_database(data: Path, library: Path) -> Path:
    """Give the place of a library's database, which is not in it, as its disk may be out."""
    digest = hashlib.sha256(os.fsencode(library.absolute())).hexdigest()[:16]
    return data / "galleries" / f"{digest}.db"


@functools.cache
def resources() -> Path:
    """Give the folder of what ships with the application (wheel, frozen, or a checkout)."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "resources"
    return packaged if packaged.is_dir() else package.parent / "resources"


def make_folder(folder: Path) -> None:
    """Make a folder with those it is in, unless it is there; KnownError if that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(
            f"The folder {folder} cannot be made ({error.strerror}): check the rights of the one "
            "it is in, or name another."
        ) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system has such a thing."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network and FUSE disks synchronise files only, and say so in these words.
        if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


@contextlib.contextmanager
def part_file(final: Path) -> Iterator[Path]:
    """Give a temporary name beside `final` (it does not end like it) that is gone afterwards."""
    part = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        yield part
    finally:
        # One that stays is swept away later, and what it was for has succeeded or failed by now.
        with contextlib.suppress(OSError):
            part.unlink()


def replace_durably(final: Path, data: bytes) -> None:
    """Write a file whole or not at all, over an older one: .part, fsync, rename, fsync folder."""
    with part_file(final) as part:
        write_durably(part, data)
        part.replace(final)
        sync_folder(final.parent)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
