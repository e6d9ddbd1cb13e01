"""The queue as values: what a person asks for, and how far each job and picture has come."""

from __future__ import annotations

import dataclasses
import random
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from ldm_desktop.core import morph as morphs
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import BATCH_PRIORITY
from ldm_desktop.core.morph import Morph, moments
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.core.seeds import TORCH_SEEDS

MOST_PICTURES = 1_000_000
USUAL_PREVIEW = PreviewPolicy()


class SeedOrder(StrEnum):
    """Which seeds follow the first of a job."""

    NEXT = "next"
    RANDOM = "random"


class Purpose(StrEnum):
    """Whether a picture is kept, only looked at while scrubbing, or a frame of an animation."""

    KEEP = "keep"
    LOOK = "look"
    FRAME = "frame"


@dataclass(frozen=True)
class Request:
    """A job as a person asks for it: one recipe, and how its seed goes on from picture to picture.

    `count` None goes on for ever. `parents` are the ids of the pictures it was forked from.
    `model_folder` is where the recipe's model was; it is found by fingerprint if it has moved.
    `picked` are the torch seeds of its pictures, if they do not follow from the first. Of a
    `morph` it makes the moments, whose files go to `folder` instead of the library.
    """

    id: UUID
    recipe: Recipe
    model_folder: str
    created: str
    count: int | None = 1
    seeds: SeedOrder = SeedOrder.NEXT
    priority: int = BATCH_PRIORITY
    batch: int = 1
    preview: PreviewPolicy = USUAL_PREVIEW
    purpose: Purpose = Purpose.KEEP
    parents: tuple[UUID, ...] = ()
    picked: tuple[int, ...] = ()
    morph: Morph | None = None
    folder: str = ""

    def __post_init__(self) -> None:
        if self.picked and self.count != len(self.picked):
            raise BadArgumentError("A job of picked seeds has one picture of each.")
        if (self.morph is not None) != (self.purpose is Purpose.FRAME and bool(self.folder)):
            raise BadArgumentError("The frames of a morph go to a folder of their own.")
        if self.morph and self.count != len(moments(self.morph)):
            raise BadArgumentError("A morph's job has one picture of each of its moments.")
        if self.count is not None and not 1 <= self.count <= MOST_PICTURES:
            raise BadArgumentError(f"A job has 1 to {MOST_PICTURES:,} pictures, not {self.count}.")
        if self.morph:
            return
        if self.count != 1 and not isinstance(self.recipe.noise, Seed):
            raise BadArgumentError(
                "Only a plain seed can be counted on from: make one picture of this mix."
            )
        if self.count != 1 and self.recipe.branch:
            raise BadArgumentError("A branch is one picture; ask for one.")

    def recipe_at(self, number: int) -> Recipe:
        """Give the recipe of the picture with a number, from 0; the first is `recipe` itself."""
        noise = self.recipe.noise
        if self.morph:
            return morphs.recipe_at(self.morph, moments(self.morph)[number].degrees)
        if self.picked:
            return dataclasses.replace(self.recipe, noise=Seed(self.picked[number]))
        if number == 0 or not isinstance(noise, Seed):
            return self.recipe
        if self.seeds is SeedOrder.NEXT:
            seed = (noise.seed + number) % TORCH_SEEDS
        else:
            # A function of the job and the number, so that a restart draws the same.
            seed = random.Random(f"{self.id} {number}").randrange(TORCH_SEEDS)  # noqa: S311
        return dataclasses.replace(self.recipe, noise=Seed(seed))


class JobState(StrEnum):
    """What a job is at; `set aside` has killed the engine twice."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"
    SET_ASIDE = "set aside"

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it unless somebody asks."""
        return self not in (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)


class PictureState(StrEnum):
    """What a picture of a job is at; `running` has been given to the engine."""

    WAITING = "waiting"
    RUNNING = "running"
    SAVED = "saved"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class PictureView:
    """One picture of a job; `done` of `total` UNet evaluations, `eta` in seconds."""

    id: UUID
    job: UUID
    number: int
    recipe: Recipe
    state: PictureState
    done: int
    total: int
    decoding: bool = False
    eta: float | None = None
    file: Path | None = None
    sentence: str = ""
    report: str = ""


@dataclass(frozen=True)
class JobView:
    """A job of the queue; `total` is None for one that goes on for ever, `share` is 0 … 1."""

    request: Request
    state: JobState
    saved: int
    failed: int
    total: int | None
    share: float
    eta: float | None = None
    steps_per_second: float | None = None
    sentence: str = ""
    log: str = ""

    @property
    def id(self) -> UUID:
        """The id of its request."""
        return self.request.id


@dataclass(frozen=True)
class QueueView:
    """The queue as a whole; `reason` says why it is paused, if it was not the person's wish."""

    paused: bool
    waiting_pictures: int
    share: float
    eta: float | None = None
    steps_per_second: float | None = None
    reason: str = ""
    unsaved: int = 0


class EngineState(StrEnum):
    """What the engine is at; `silent` has not answered for too long."""

    STARTING = "starting"
    LOADING = "loading"
    READY = "ready"
    BUSY = "busy"
    RESTARTING = "restarting"
    SILENT = "silent"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class EngineStatus:
    """The engine's state for the person: `share` of a model loaded, `precision` as `CPU bf16`."""

    state: EngineState
    share: float = 0.0
    device: str = ""
    auto: Precision = Precision.BALANCED
    dtype: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Saved:
    """A picture is durable in the library."""

    job: UUID
    record: PictureRecord
    file: Path
    frame: Frame


@dataclass(frozen=True)
class LookDone:
    """The x̂₀ of a step was decoded for scrubbing; it is not kept."""

    request: UUID
    recipe: Recipe
    frame: Frame


@dataclass(frozen=True)
class Pace:
    """What a picture costs on this machine, measured: seconds a UNet evaluation, and the rest.

    `rest` is what a picture takes besides its evaluations (noise, decoding, saving).
    """

    fingerprint: str
    precision: Precision
    size: tuple[int, int]
    evaluation: float
    rest: float

    def seconds(self, evaluations: int) -> float:
        """Seconds for a picture of so many evaluations."""
        return self.evaluation * evaluations + self.rest


@dataclass(frozen=True)
class EngineOptions:
    """How an engine is started; `threads` 0 leaves the choice to torch."""

    device: str = "auto"
    threads: int = 0
    cache: Path = Path()
    keyframe_bytes: int = 2 << 30


class Keeper(Protocol):
    """Where finished pictures go; the gallery's files, given to the worker by whoever builds it."""

    def save(self, picture: Picture) -> Path:
        """Make a picture durable; KnownError if that cannot be done now."""

    def find(self, recipe: Recipe, picture: UUID) -> Path | None:
        """Give the file of a picture that was saved, though nobody noted it."""

    def save_frame(self, picture: Picture, folder: Path) -> Path:
        """Make a frame durable as `<recipe id>.png`; KnownError if that cannot be done now."""

    def find_frame(self, recipe: Recipe, folder: Path) -> Path | None:
        """Give the intact frame of a recipe, whichever animation it was made for."""
