"""A picture is its recipe: everything that decides its pixels, as one frozen value.

Format, version 1
-----------------
A recipe is written as canonical JSON (`codec.canonical`): keys sorted, no white space, entries
that equal their default left out, seeds as text. `version` is 1.

    model      fingerprint (SHA-256, hex); name and source are remarks, no part of equality
    noise      {"kind": "seed", "generator": "torch" | "wide", "seed": "3"}
               {"kind": "mix", "parents": [{"noise": …, "weight": 0.5}, …]}
               {"kind": "rotate", "base": …, "toward": …, "degrees": 12.5}
               {"kind": "region", "inside": …, "outside": …, "mask": {width, height, alpha}}
               {"kind": "walk", "base": …, "turns": [{"toward": …, "degrees": 8, "lock": mask}, …]}
               {"kind": "slerp", "start": …, "end": …, "share": 0.25}
    sampler    name, convention, spacing and the noise schedule in numbers
    steps eta  as asked; `samplers.evaluations` gives the UNet evaluations
    size       [width, height] in pixels
    decode     tile and overlap in latent pixels; tile 0 decodes in one piece
    precision  exact | balanced | fast
    branch     parent (a whole recipe), step (UNet evaluations done), change; or absent

In precision `exact`, equal recipes in an equal environment give equal bits. The environment,
ids, parents, dates and ratings stand beside a recipe, never inside.
"""

from __future__ import annotations

import dataclasses
import hashlib
import reprlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

from ldm_desktop.core import codec, samplers
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.noise import Noise

VERSION = 1
LARGEST_SIDE = 16384
LARGEST_PICTURE = 2**26
"""Pixels; image libraries take more for an attack."""
DEEPEST = codec.DEEPEST - 8
"""The messages and files that carry a recipe are nested by up to eight themselves."""


class Precision(StrEnum):
    """How exactly a picture repeats; see the table in README."""

    EXACT = "exact"
    BALANCED = "balanced"
    FAST = "fast"


@dataclass(frozen=True)
class ModelRef:
    """Which model, by what it contains; its name and where it came from are remarks."""

    fingerprint: str
    name: str = field(default="", compare=False)
    source: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if len(self.fingerprint) != 64 or set(self.fingerprint) - set("0123456789abcdef"):
            raise BadArgumentError("A model fingerprint is a SHA-256 in 64 lower-case hex digits.")


@dataclass(frozen=True)
class NoiseSchedule:
    """The model's forward process, q(x_t | x₀) = N(√ᾱ_t x₀, (1 - ᾱ_t) I), in diffusers' terms."""

    num_train_timesteps: int
    beta_start: float
    beta_end: float
    beta_schedule: str
    prediction_type: str
    clip_sample: bool
    clip_sample_range: float
    set_alpha_to_one: bool
    steps_offset: int
    trained_betas: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if self.trained_betas is not None:
            # Equal schedules are written alike (see `codec` for the single numbers).
            betas = tuple(float(beta) + 0.0 for beta in self.trained_betas)
            object.__setattr__(self, "trained_betas", betas)


@dataclass(frozen=True)
class Sampler:
    """The solver, its reading of the time grid, and the schedule it runs on."""

    name: samplers.SamplerName
    convention: samplers.Convention
    spacing: str
    schedule: NoiseSchedule

    def __post_init__(self) -> None:
        facts = samplers.FACTS[self.name]
        if self.schedule.prediction_type == "sample" and not facts.predicts_sample:
            raise BadArgumentError(
                f"{facts.title} does not work with models that predict the picture itself; "
                "use ddim."
            )


def sampler_for(
    name: samplers.SamplerName,
    convention: samplers.Convention,
    schedule: NoiseSchedule,
    spacing: str,
) -> Sampler:
    """Fit a sampler to a model's own schedule and spacing."""
    if convention is samplers.Convention.COMPVIS:
        schedule = dataclasses.replace(schedule, steps_offset=1, set_alpha_to_one=False)
        spacing = "leading"
    return Sampler(name, convention, samplers.FACTS[name].spacing or spacing, schedule)


@dataclass(frozen=True)
class Decode:
    """How latents become pixels: in one piece (tile 0), or in blended tiles (latent pixels)."""

    tile: int = 0
    overlap: int = 0

    def __post_init__(self) -> None:
        if self.tile < 0 or not 0 <= 2 * self.overlap <= self.tile:
            raise BadArgumentError("Decoder tiles overlap by at most half of their size.")


@dataclass(frozen=True)
class Renoise:
    """Keep the x̂₀ seen so far and turn the noise still in it by an angle toward fresh noise."""

    kind: ClassVar[str] = "renoise"
    noise: Noise
    degrees: float


@dataclass(frozen=True)
class Stop:
    """Keep the x̂₀ seen at this step as the picture."""

    kind: ClassVar[str] = "stop"


Change: TypeAlias = Renoise | Stop


@dataclass(frozen=True)
class Branch:
    """Where a picture left its parent's trajectory, after `step` UNet evaluations, and how."""

    parent: Recipe
    step: int
    change: Change


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a picture's pixels, but for the environment."""

    model: ModelRef
    noise: Noise
    sampler: Sampler
    steps: int
    eta: float
    size: tuple[int, int]
    precision: Precision
    decode: Decode = Decode()
    branch: Branch | None = None
    version: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        if self.version not in (0, VERSION):
            raise BadArgumentError(f"Version {self.version!r} of recipes is unknown.")
        # Differs from its default, so that it is always written (see `codec`).
        object.__setattr__(self, "version", VERSION)
        sampler, schedule = self.sampler, self.sampler.schedule
        samplers.check(
            sampler.name,
            sampler.convention,
            self.steps,
            self.eta,
            samplers.Grid(schedule.num_train_timesteps, sampler.spacing, schedule.steps_offset),
        )
        if not all(0 < side <= LARGEST_SIDE for side in self.size):
            raise BadArgumentError(f"A picture measures 1 to {LARGEST_SIDE} pixels a side.")
        if self.size[0] * self.size[1] > LARGEST_PICTURE:
            raise BadArgumentError("A picture has at most 67 million pixels, as 8192 × 8192 has.")
        if self.branch:
            _check_branch(self, self.branch)
        # What could be made but never be opened again would be lost.
        if codec.depth(self) > DEEPEST:
            raise BadArgumentError(
                "This picture has too many generations of mixes and branches behind it to be "
                "written down: begin again from a seed, or branch an earlier one."
            )

    @property
    def evaluations(self) -> int:
        """UNet evaluations until the picture is finished."""
        if self.branch and isinstance(self.branch.change, Stop):
            return self.branch.step
        return samplers.evaluations(self.sampler.name, self.steps)

    @property
    def root(self) -> Recipe:
        """The recipe at the bottom of the branches."""
        return self.branch.parent.root if self.branch else self

    @property
    def changes(self) -> tuple[tuple[int, Change], ...]:
        """The (step, change) pairs on the way from the root, in order."""
        if not self.branch:
            return ()
        return (*self.branch.parent.changes, (self.branch.step, self.branch.change))

    @property
    def id(self) -> str:
        """SHA-256 of the canonical JSON without remarks: equal recipes have equal ids."""
        return hashlib.sha256(codec.canonical(_bare(self)).encode()).hexdigest()


def _check_branch(child: Recipe, branch: Branch) -> None:
    parent = branch.parent
    shared = [each.name for each in dataclasses.fields(child) if each.name != "branch"]
    if any(getattr(child, name) != getattr(parent, name) for name in shared):
        raise BadArgumentError("A branch shares everything with its parent but the change.")
    if parent.branch and isinstance(parent.branch.change, Stop):
        raise BadArgumentError("A stopped picture has no later steps; branch its parent.")
    if isinstance(branch.change, Renoise):
        valid = samplers.restart_points(parent.sampler.name, parent.steps)
        if branch.step not in valid:
            raise BadArgumentError(
                f"New noise cannot enter after {branch.step} evaluations of "
                f"{parent.sampler.name} with {parent.steps} steps (it can at "
                f"{valid[0]} … {valid[-1]}, every {valid.step})."
            )
    if not 0 <= branch.step <= parent.evaluations:
        raise BadArgumentError(
            f"The parent has {parent.evaluations} steps; a branch after {branch.step} is outside."
        )
    if isinstance(branch.change, Stop) and branch.step == 0:
        raise BadArgumentError("There is no picture yet before the first step.")
    if parent.changes and branch.step < parent.changes[-1][0]:
        raise BadArgumentError("A branch cannot leave before its parent did; branch its parent.")


def _bare(recipe: Recipe) -> Recipe:
    model = ModelRef(recipe.model.fingerprint)
    branch = recipe.branch
    if branch:
        branch = dataclasses.replace(branch, parent=_bare(branch.parent))
    return dataclasses.replace(recipe, model=model, branch=branch)


def fork(parent: Recipe, step: int, change: Change) -> Recipe:
    """Give the recipe of a branch off `parent` after `step` UNet evaluations."""
    return dataclasses.replace(parent, branch=Branch(parent, step, change))


def with_noise(recipe: Recipe, noise: Noise) -> Recipe:
    """Give what becomes of another noise on the same way, its branches included."""
    branch = recipe.branch
    if branch:
        branch = dataclasses.replace(branch, parent=with_noise(branch.parent, noise))
    return dataclasses.replace(recipe, noise=noise, branch=branch)


def in_precision(recipe: Recipe, precision: Precision) -> Recipe:
    """Give the same picture's recipe in another precision, its whole past included."""
    branch = recipe.branch
    if branch:
        branch = dataclasses.replace(branch, parent=in_precision(branch.parent, precision))
    return dataclasses.replace(recipe, precision=precision, branch=branch)


def read(data: Any) -> Recipe:
    """Read a recipe from JSON; a newer version or an unknown kind is refused, its seed named."""
    try:
        _check_version(data)
        return codec.from_json(Recipe, data)
    except KnownError as error:
        raise KnownError(f"The recipe cannot be used: {error}{seed_hint(data)}") from error


def _check_version(data: Any) -> None:
    if isinstance(data, dict) and data.get("version") != VERSION:
        raise KnownError(
            f"This recipe is of version {reprlib.repr(data.get('version'))}, and this program "
            f"knows version {VERSION}: update LDM Desktop."
        )


def seed_hint(data: Any) -> str:
    """Give a sentence with the seeds found in JSON that is otherwise not understood, or none."""
    found = sorted(_seeds_in(data, 0))[:8]
    return f" Its seed: {', '.join(found)}." if found else ""


def _seeds_in(data: Any, depth: int) -> set[str]:
    if depth > codec.DEEPEST:
        return set()
    if isinstance(data, list):
        return set().union(*(_seeds_in(item, depth + 1) for item in data))
    if not isinstance(data, dict):
        return set()
    own = {str(data["seed"])[:20]} if isinstance(data.get("seed"), str | int) else set()
    return own.union(*(_seeds_in(item, depth + 1) for item in data.values()))
