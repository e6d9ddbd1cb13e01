"""What the gallery says of a picture: facts read from its file, and what a person adds to them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.recipe import Recipe

MOST_STARS = 5
SHORT_ID = 8


class Flag(IntEnum):
    """A verdict while culling, as in Lightroom."""

    REJECTED = -1
    NONE = 0
    PICKED = 1


class Label(StrEnum):
    """A colour to sort by; what it means is the person's."""

    NONE = ""
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"


class State(StrEnum):
    """How a picture's file is, as it was last seen."""

    PRESENT = "present"
    MISSING = "missing"
    CHANGED = "changed"  # It opens, but its pixels are not the recorded ones.
    DAMAGED = "damaged"  # It does not open.
    TRASHED = "trashed"


class Origin(StrEnum):
    """Which program made a picture."""

    OWN = "ldm-desktop"
    A1111 = "a1111"
    INVOKEAI = "invokeai"
    COMFYUI = "comfyui"
    OTHER = "other"


@dataclass(frozen=True)
class Annotation:
    """What a person says of a picture; tags and albums are sorted and said once."""

    rating: int = 0
    flag: Flag = Flag.NONE
    label: Label = Label.NONE
    tags: tuple[str, ...] = ()
    albums: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.rating <= MOST_STARS:
            raise BadArgumentError(
                f"A rating is 0 (none) to {MOST_STARS} stars, not {self.rating}."
            )
        object.__setattr__(self, "tags", _names(self.tags, "A tag"))
        object.__setattr__(self, "albums", _names(self.albums, "An album's name"))
        object.__setattr__(self, "note", readable(self.note, breaks=True))


@dataclass(frozen=True)
class Change:
    """What a person changes at one or many pictures; what is None stays as it is."""

    rating: int | None = None
    flag: Flag | None = None
    label: Label | None = None
    note: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    add_albums: tuple[str, ...] = ()
    remove_albums: tuple[str, ...] = ()

    def apply(self, to: Annotation) -> Annotation:
        """Give an annotation with the change in it."""
        simple = {
            name: value
            for name in ("rating", "flag", "label", "note")
            if (value := getattr(self, name)) is not None
        }
        gone = set(_names(self.remove_tags, "A tag"))
        out = set(_names(self.remove_albums, "An album's name"))
        tags = tuple(tag for tag in to.tags if tag not in gone) + self.add_tags
        albums = tuple(album for album in to.albums if album not in out) + self.add_albums
        return dataclasses.replace(to, tags=tags, albums=albums, **simple)

    def taken_back(self, before: Annotation, now: Annotation) -> Annotation:
        """Give an annotation as it is `now`, with what the change did to the one `before` undone.

        What somebody else has said since stays.
        """
        made = self.apply(before)
        values: dict[str, Any] = {}
        for name in ("rating", "flag", "label", "note"):
            if getattr(now, name) == getattr(made, name):
                values[name] = getattr(before, name)
        for name in ("tags", "albums"):
            was, became = set(getattr(before, name)), set(getattr(made, name))
            values[name] = tuple(set(getattr(now, name)) - (became - was) | (was - became))
        return dataclasses.replace(now, **values)


@dataclass(frozen=True)
class Made:
    """What can be said of how a picture was made, whoever made it.

    `created` is ISO 8601 with its zone. Without a recipe the few settings that were understood
    stand here; `settings` is another program's text as it was found.
    """

    origin: Origin
    created: str
    recipe: Recipe | None = None
    environment: Environment | None = None
    parents: tuple[UUID, ...] = ()
    seconds: float | None = None
    seed: int | None = None
    model: str = ""
    sampler: str = ""
    steps: int | None = None
    settings: str = ""


@dataclass(frozen=True)
class Facts:
    """What a picture's file says: read from the file alone, so that it can be read again.

    `id` is the UUID in a PNG of ours, otherwise one made of the file's hash. `pixels` is the
    SHA-256 of the decoded RGB with its size (`core.frame.Frame.sha256`), `bytes` that of the
    file; `look` a perceptual hash of 64 bits. `recorded` is the pixel hash that the file says
    it was saved with, if it does.
    """

    id: UUID
    made: Made
    width: int
    height: int
    pixels: str
    bytes: str
    look: int
    size: int
    mtime_ns: int
    recorded: str = ""

    @property
    def state(self) -> State:
        """Whether the pixels are the ones that were saved."""
        return State.CHANGED if self.recorded not in ("", self.pixels) else State.PRESENT


@dataclass(frozen=True)
class Entry:
    """A picture as a grid shows it; `file` is relative to the library, `number` its row."""

    number: int
    id: UUID
    file: Path
    state: State
    created: str
    width: int
    height: int
    pixels: str
    seed: int | None
    model: str
    rating: int
    flag: Flag
    label: Label
    has_note: bool
    has_recipe: bool


@dataclass(frozen=True)
class Details:
    """All that is known of one picture."""

    entry: Entry
    made: Made
    annotation: Annotation
    children: tuple[UUID, ...]
    trashed: str = ""


def short(picture: UUID) -> str:
    """Give the short form of an id, as `#5f3a01bc`."""
    return f"#{picture.hex[:SHORT_ID]}"


def readable(text: str, *, breaks: bool = False) -> str:
    """Keep of a text what databases, XML and screens can all hold, in one form.

    Line ends become newlines (and spaces, unless `breaks`); control characters, lone surrogates
    and the two code points that are no characters go.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    kept = "".join(char for char in lines if char in "\n\t" or _is_text(char))
    return kept if breaks else " ".join(kept.split())


def _is_text(char: str) -> bool:
    code = ord(char)
    control = code < 0x20 or 0x7F <= code < 0xA0
    return not (control or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE)


def _names(names: tuple[str, ...], what: str) -> tuple[str, ...]:
    cleaned = {readable(name) for name in names}
    if "" in cleaned:
        raise BadArgumentError(f"{what} needs at least one character that can be seen.")
    return tuple(sorted(cleaned))
