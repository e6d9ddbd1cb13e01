"""What the gallery's threads tell the GUI thread: frozen values, exchanged whole."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtGui import QImage

from ldm_desktop.gallery.finding.query import Group, Grouping, Order
from ldm_desktop.gallery.index.store_values import Common
from ldm_desktop.gallery.records import Entry

NOT_LISTED = -1
PICTURES_MIME = "application/x-ldm-desktop-pictures"
"""Row numbers as text, separated by spaces: what is dragged from the grid to an album."""


@dataclass(frozen=True)
class Place:
    """A library and its database; `turn` counts how often the database was opened anew."""

    database: Path
    library: Path
    turn: int = 0


@dataclass(frozen=True)
class OpenedGallery:
    """The database of a library is open; `fresh` says that the library is being read for it."""

    library: Path
    notices: tuple[str, ...]
    fresh: bool


@dataclass(frozen=True)
class Changed:
    """Rows that are other than before; `numbers` None: any, and any may have come or gone."""

    numbers: tuple[int, ...] | None
    entries: dict[int, Entry] = field(default_factory=dict)


class Task(StrEnum):
    """What takes so long that a person may want to stop it."""

    OPENING = "opening"
    REFRESHING = "refreshing"
    REBUILDING = "rebuilding"
    IMPORTING = "importing"
    VERIFYING = "verifying"
    EXPORTING = "exporting"


@dataclass(frozen=True)
class Work:
    """How far a task is; `total` None: nobody knows. `ended`: it is over, however it ended."""

    task: Task
    done: int = 0
    total: int | None = None
    ended: bool = False


@dataclass(frozen=True)
class TaskDone:
    """A task has ended with a report of `gallery` (Report, Brought, Findings, Exported)."""

    task: Task
    report: Any
    cancelled: bool = False


@dataclass(frozen=True)
class Question:
    """What is to be listed, and how."""

    text: str = ""
    order: Order = field(default=Order())
    grouping: Grouping = Grouping.NONE


@dataclass(frozen=True)
class Listing:
    """The answer to a question: row numbers of the database in order.

    `places[number]` is the row in the listing, or NOT_LISTED; `entries` are some of them, so
    that the first painting need not wait for more.
    """

    numbers: array[int]
    places: array[int]
    groups: tuple[Group, ...] = ()
    entries: dict[int, Entry] = field(default_factory=dict)
    question: Question = field(default=Question())

    def row_of(self, number: int) -> int:
        """Give the row of a picture, or NOT_LISTED."""
        return self.places[number] if 0 <= number < len(self.places) else NOT_LISTED


NOTHING_LISTED = Listing(array("q"), array("i"))


@dataclass(frozen=True)
class Shelf:
    """A place of the sidebar: what to ask for, and how many there are (None: not counted yet).

    `album` is the name of an album, `smart` says that it is a kept query.
    """

    title: str
    query: str
    count: int | None = None
    album: str = ""
    smart: bool = False


@dataclass(frozen=True)
class Counts:
    """What the sidebar says: fixed places, albums, smart albums; tags, the most used first."""

    places: tuple[Shelf, ...] = ()
    albums: tuple[Shelf, ...] = ()
    smart: tuple[Shelf, ...] = ()
    tags: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Lineage:
    """A picture among its own; `unknown` parents have no row here."""

    picture: Entry
    parents: tuple[Entry, ...]
    siblings: tuple[Entry, ...]
    children: tuple[Entry, ...]
    unknown: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Summary:
    """What is said of many pictures: by all of them, and by some."""

    numbers: tuple[int, ...]
    common: Common


class Verdict(StrEnum):
    """How a picture that was made again compares with the first."""

    IDENTICAL = "identical"
    VISUALLY_EQUAL = "visually equal"
    DIFFERENT = "different"
    FAILED = "failed"


@dataclass(frozen=True)
class Reproduction:
    """A picture was made again: `file` is the new one; `psnr` in dB, None where there is none.

    `reasons` say why it is not identical, in words like `torch 2.12 / 2.11`.
    """

    picture: UUID
    verdict: Verdict
    sentence: str
    psnr: float | None = None
    file: Path | None = None
    again: UUID | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenedImage:
    """A picture at full size; `image` is null and `sentence` says why where there is none."""

    picture: UUID
    image: QImage = field(compare=False, repr=False)
    sentence: str = ""
