"""What is in the library's folder now: one quick look at names, sizes and times.

Nothing is opened. Links are not followed, and hidden files, `.part` files and what the gallery
itself keeps beside the pictures are passed over.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ldm_desktop.gallery import files

SIDECAR = b".xmp"
DAY = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}/")
STEM = re.compile(rb"\.[^./]*$")
UNFINISHED = b".part"
KEPT_HERE = b"albums.json"
SET_ASIDE = b".xmp.damaged-"

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class Seen(NamedTuple):
    """A file as the folder lists it; `file` is relative to the library, encoded, with slashes.

    `touched_ns` is when its content or name changed, whatever times a program gave it.
    """

    file: bytes
    size: int
    mtime_ns: int
    touched_ns: int

    @property
    def path(self) -> Path:
        """Its path, relative to the library."""
        return Path(os.fsdecode(self.file))


@dataclass(frozen=True)
class Listing:
    """All files of a library; `unread` are folders that could not be listed, `problems` why.

    What stands below an unread folder is unknown, not gone.
    """

    pictures: dict[bytes, Seen] = field(default_factory=dict)
    sidecars: dict[bytes, Seen] = field(default_factory=dict)
    unread: tuple[bytes, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all, as where a disk was taken out."""
        return not (self.pictures or self.sidecars or self.unread)

    @cached_property
    def by_stem(self) -> dict[bytes, bytes]:
        """The pictures by their names without the last ending."""
        return {STEM.sub(b"", file): file for file in self.pictures}

    def has_unknown(self, file: bytes) -> bool:
        """Say whether a file may be there although it was not seen."""
        return any(file == each or file.startswith(each + b"/") for each in self.unread)


@dataclass(frozen=True)
class Report:
    """What a look at the library has found and done, in numbers of pictures.

    `found` are those that were moved, or had been missing; `copies` and `refused` those files
    that have no row of their own; `problems` the sentences to be shown.
    """

    looked: int = 0
    added: int = 0
    found: int = 0
    changed: int = 0
    missing: int = 0
    annotated: int = 0
    copies: int = 0
    refused: int = 0
    problems: tuple[str, ...] = ()
    cancelled: bool = False

    @property
    def has_news(self) -> bool:
        """Whether anything in the gallery is different now."""
        return any((self.added, self.found, self.changed, self.missing, self.annotated))


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False


def list_library(library: Path) -> Listing:
    """List a library; UnreachableError if its folder cannot be reached."""
    unread: dict[bytes, str] = {}
    pictures: dict[bytes, Seen] = {}
    sidecars: dict[bytes, Seen] = {}
    for seen in _walk(library, unread):
        kind = sidecars if seen.file.lower().endswith(SIDECAR) else pictures
        kind[seen.file] = seen
    return Listing(pictures, sidecars, tuple(unread), tuple(unread.values()))


def in_order(files: Iterable[Seen]) -> list[Seen]:
    """Sort files so that pictures come where we saved them before their copies elsewhere."""
    return sorted(files, key=lambda seen: (not DAY.match(seen.file), seen.file))


def walk(library: Path) -> Iterator[Seen]:
    """Give the files of a library that can be listed; UnreachableError if its folder cannot."""
    return _walk(library, {})


def _walk(library: Path, unread: dict[bytes, str]) -> Iterator[Seen]:
    with files.explained(library, "be listed"):
        waiting = [(b"", _list(os.fsencode(library)))]
    while waiting:
        folder, entries = waiting.pop()
        for entry in entries:
            name = folder + entry.name
            if _is_passed_over(entry, top=not folder):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((name + b"/", _list(entry.path)))
                elif entry.is_file(follow_symlinks=False):
                    yield _seen(name, entry.stat(follow_symlinks=False))
            except FileNotFoundError:
                continue  # It went while we looked, and is not there.
            except OSError as error:
                reason = files.TROUBLE.get(error.errno or 0) or error.strerror
                unread[name] = f"{os.fsdecode(entry.path)} cannot be looked at: {reason}."


def _list(folder: bytes) -> list[os.DirEntry[bytes]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _is_passed_over(entry: os.DirEntry[bytes], *, top: bool) -> bool:
    name = entry.name
    ours = top and name.startswith(KEPT_HERE)
    hidden = name.startswith(b".") or name.endswith(UNFINISHED) or SET_ASIDE in name
    return ours or hidden or entry.is_symlink()


def _seen(name: bytes, status: os.stat_result) -> Seen:
    touched = max(status.st_mtime_ns, status.st_ctime_ns)
    return Seen(name, status.st_size, status.st_mtime_ns, touched)


def see(library: Path, file: Path) -> Seen | None:
    """Look at one file of the library; None if no file is there."""
    try:
        status = (library / file).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return _seen(os.fsencode(file.as_posix()), status) if stat.S_ISREG(status.st_mode) else None
