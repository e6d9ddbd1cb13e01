"""What a front end asks of an engine: jobs made of orders, and the commands that steer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias
from uuid import UUID

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.noise import Noise
from ldm_desktop.core.previews import USUAL, PreviewPolicy
from ldm_desktop.core.recipe import Change, Precision, Recipe

BATCH_PRIORITY = 0
INTERACTIVE_PRIORITY = 10
DRAFT_PRIORITY = 6
"""What is looked at while it forms; it goes before batches, and behind what was asked for."""
AHEAD_PRIORITY = 4
"""Drafts that will be looked at soon."""
IDLE_PRIORITY = -5
"""Drafts that form when nothing else is to be done."""


@dataclass(frozen=True)
class Order:
    """One picture to make; its id is chosen when the work is accepted.

    `checkpoint` is the file its trajectory is kept in until the picture is finished. With `until`
    it rests after so many evaluations (or at its end): it is not finished but shown (`Rested`),
    decoded if `sharp`, and its state is kept among the keyframes, from which whoever asks for the
    same recipe goes on.
    """

    picture: UUID
    recipe: Recipe
    checkpoint: str | None = None
    until: int = 0
    sharp: bool = False

    def __post_init__(self) -> None:
        if self.until < 0:
            raise BadArgumentError("A picture rests after at least one step.")


@dataclass(frozen=True)
class Job:
    """Orders for one model that belong together; at most `batch` of them advance at a time."""

    id: UUID
    orders: tuple[Order, ...]
    batch: int = 1
    priority: int = BATCH_PRIORITY
    preview: PreviewPolicy = USUAL

    def __post_init__(self) -> None:
        if not 1 <= self.batch <= 1024:
            raise BadArgumentError(f"A batch has 1 to 1024 pictures, not {self.batch}.")


@dataclass(frozen=True)
class Load:
    """Open the model in a folder, for a precision; answered by `Ready` or `Refused`."""

    kind: ClassVar[str] = "load"
    folder: str
    precision: Precision = Precision.EXACT


@dataclass(frozen=True)
class Submit:
    """Take a job; its model must be ready."""

    kind: ClassVar[str] = "submit"
    job: Job


@dataclass(frozen=True)
class Pause:
    """Stop advancing a job or a picture, and write its checkpoint."""

    kind: ClassVar[str] = "pause"
    target: UUID


@dataclass(frozen=True)
class Resume:
    """Go on with what was paused."""

    kind: ClassVar[str] = "resume"
    target: UUID


@dataclass(frozen=True)
class Cancel:
    """Forget a job or a picture; the file of its checkpoint stays as it was last written."""

    kind: ClassVar[str] = "cancel"
    target: UUID


@dataclass(frozen=True)
class Fork:
    """Branch off a picture this engine has made or is making, after `step` evaluations."""

    kind: ClassVar[str] = "fork"
    source: UUID
    step: int
    change: Change
    picture: UUID
    checkpoint: str | None = None
    priority: int = INTERACTIVE_PRIORITY


@dataclass(frozen=True)
class Reprioritise:
    """Give a job or a picture another priority; the highest advances first."""

    kind: ClassVar[str] = "reprioritise"
    target: UUID
    priority: int


@dataclass(frozen=True)
class Seen:
    """The last preview of a picture was shown: the next one may come."""

    kind: ClassVar[str] = "seen"
    picture: UUID


@dataclass(frozen=True)
class Look:
    """Show roughly what a picture was after `step` evaluations; answered by `Looked`."""

    kind: ClassVar[str] = "look"
    picture: UUID
    recipe: Recipe
    step: int


@dataclass(frozen=True)
class Strip:
    """Show a picture's whole way, as far as its keyframes are at hand; answered by `Stripped`."""

    kind: ClassVar[str] = "strip"
    picture: UUID
    recipe: Recipe


@dataclass(frozen=True)
class Measure:
    """Tell the angles between noises that follow one another; answered by `Measured`."""

    kind: ClassVar[str] = "measure"
    number: UUID
    shape: tuple[int, int, int]
    noises: tuple[Noise, ...]


@dataclass(frozen=True)
class Ping:
    """Answer `Pong` after the unit of work in progress."""

    kind: ClassVar[str] = "ping"
    number: int


Command: TypeAlias = (
    Load
    | Submit
    | Pause
    | Resume
    | Cancel
    | Fork
    | Reprioritise
    | Seen
    | Look
    | Strip
    | Measure
    | Ping
)
