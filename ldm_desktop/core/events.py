"""What an engine tells a front end; every event about a picture carries its id and its job's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.recipe import Precision, Recipe


class State(StrEnum):
    """What became of a picture by a command."""

    PAUSED = "paused"
    RESUMED = "resumed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Hello:
    """The first event: who speaks, on what device, and what `auto` precision means here."""

    kind: ClassVar[str] = "hello"
    protocol: int
    environment: Environment
    device: str
    auto: Precision


@dataclass(frozen=True)
class Loading:
    """A model is being loaded; `share` is 0 … 1."""

    kind: ClassVar[str] = "loading"
    folder: str
    share: float


@dataclass(frozen=True)
class Ready:
    """A model is loaded."""

    kind: ClassVar[str] = "ready"
    model: ModelCard


@dataclass(frozen=True)
class Refused:
    """A model was not loaded, and why."""

    kind: ClassVar[str] = "refused"
    folder: str
    sentence: str


class Stage(StrEnum):
    """What can take long besides steps, so that whoever waits knows which picture is at fault."""

    STARTING = "starting"
    DECODING = "decoding"


@dataclass(frozen=True)
class Working:
    """A picture is begun (its model may have to be loaded) or decoded now."""

    kind: ClassVar[str] = "working"
    job: UUID
    picture: UUID
    stage: Stage


@dataclass(frozen=True)
class Stepped:
    """A picture has had `done` of `total` UNet evaluations; the preview is of x̂₀."""

    kind: ClassVar[str] = "step"
    job: UUID
    picture: UUID
    done: int
    total: int
    preview: Frame | None = None


@dataclass(frozen=True)
class Finished:
    """A picture is finished; the recipe is the one it was really made by."""

    kind: ClassVar[str] = "finished"
    job: UUID
    picture: UUID
    recipe: Recipe
    environment: Environment
    seconds: float
    frame: Frame


@dataclass(frozen=True)
class Rested:
    """A picture has come as far as was asked (`Order.until`); the frame is its x̂₀."""

    kind: ClassVar[str] = "rested"
    job: UUID
    picture: UUID
    done: int
    total: int
    sharp: bool
    frame: Frame


@dataclass(frozen=True)
class Failed:
    """A picture cannot be made; `report` is the traceback if it is a bug."""

    kind: ClassVar[str] = "failed"
    job: UUID | None
    picture: UUID | None
    sentence: str
    report: str = ""


@dataclass(frozen=True)
class Changed:
    """A picture was paused, resumed or cancelled."""

    kind: ClassVar[str] = "changed"
    job: UUID
    picture: UUID
    state: State


@dataclass(frozen=True)
class Log:
    """Something worth saying that stops nothing."""

    kind: ClassVar[str] = "log"
    sentence: str


@dataclass(frozen=True)
class Looked:
    """The x̂₀ of the keyframe nearest to a step, in the linear preview; None without keyframes."""

    kind: ClassVar[str] = "looked"
    picture: UUID
    step: int
    done: int
    frame: Frame | None


@dataclass(frozen=True)
class Stripped:
    """The x̂₀ of a picture's keyframes in the linear preview, side by side in one frame.

    `steps` are the evaluations done at each, rising; none, and no frame, if nothing is at hand.
    """

    kind: ClassVar[str] = "stripped"
    picture: UUID
    steps: tuple[int, ...]
    frame: Frame | None


@dataclass(frozen=True)
class Measured:
    """The angle from each noise to the next, in degrees 0 … 180; or why they have none."""

    kind: ClassVar[str] = "measured"
    number: UUID
    degrees: tuple[float, ...]
    sentence: str = ""


@dataclass(frozen=True)
class Pong:
    """The engine is alive and between two units of work."""

    kind: ClassVar[str] = "pong"
    number: int


Event: TypeAlias = (
    Hello
    | Loading
    | Ready
    | Refused
    | Working
    | Stepped
    | Finished
    | Rested
    | Failed
    | Changed
    | Log
    | Looked
    | Stripped
    | Measured
    | Pong
)
