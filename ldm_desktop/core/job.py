"""What a front end asks of an engine: jobs made of orders, and the commands that steer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias
from uuid import UUID

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.previews import USUAL, PreviewPolicy
from ldm_desktop.core.recipe import Change, Precision, Recipe

BATCH_PRIORITY = 0
INTERACTIVE_PRIORITY = 10


@dataclass(frozen=True)
class Order:
    """One picture to make; its id is chosen when the work is accepted.

    `checkpoint` is the file its trajectory is kept in until the picture is finished.
    """

    picture: UUID
    recipe: Recipe
    checkpoint: str | None = None


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
class Ping:
    """Answer `Pong` after the unit of work in progress."""

    kind: ClassVar[str] = "ping"
    number: int


Command: TypeAlias = (
    Load | Submit | Pause | Resume | Cancel | Fork | Reprioritise | Seen | Look | Ping
)
