"""What the store gives besides `records`: files, albums, and what is still to be written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ldm_desktop.gallery.records import Annotation, State


@dataclass(frozen=True)
class Known:
    """A picture's file as it was last seen; `file` is relative to the library.

    `sidecar_hash` is the sidecar's when it was last seen, and `dirty` says that a person's
    changes are not in it yet.
    """

    number: int
    id: UUID
    file: Path
    size: int
    mtime_ns: int
    state: State
    bytes: str
    pixels: str
    sidecar_hash: str = ""
    dirty: bool = False


@dataclass(frozen=True)
class Other:
    """A file that has no row: a copy of the picture in row `picture`, or one that was refused."""

    file: Path
    size: int
    mtime_ns: int
    picture: int | None
    reason: str


@dataclass(frozen=True)
class Unwritten:
    """An annotation that its sidecar does not have yet, as of a revision."""

    number: int
    id: UUID
    file: Path
    revision: int
    annotation: Annotation
    sidecar_hash: str


@dataclass(frozen=True)
class Album:
    """An album: filled by hand, with its number of pictures, or smart, with its query."""

    name: str
    query: str | None = None
    count: int | None = None


@dataclass(frozen=True)
class Common:
    """What is said of so many `pictures`: by all of them, or by some with the number of those.

    What most have comes first; `note` is the one that all have, "" for none, None if they differ.
    """

    pictures: int
    tags_everywhere: tuple[str, ...] = ()
    tags_somewhere: tuple[tuple[str, int], ...] = ()
    albums_everywhere: tuple[str, ...] = ()
    albums_somewhere: tuple[tuple[str, int], ...] = ()
    note: str | None = ""


@dataclass(frozen=True)
class Place:
    """Where a picture in the trash went, and how its file was before.

    `file` and `sidecar` are None until they are moved, and "" if the system did not say where to.
    """

    was: State
    file: str | None = None
    sidecar: str | None = None


@dataclass(frozen=True)
class Binned:
    """A picture in the trash, or on its way there; `file` is where it was in the library."""

    number: int
    id: UUID
    file: Path
    place: Place
