"""Noise as a recipe tells it: a tree whose leaves are seeds; the mathematics is the engine's."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, TypeAlias

from ldm_desktop.core import codec, seeds
from ldm_desktop.core.errors import BadArgumentError

MOST_SEEDS = 1024


class Generator(StrEnum):
    """How a seed becomes noise: torch's own generator, or the 64-bit counter-based one."""

    TORCH = "torch"
    WIDE = "wide"


@dataclass(frozen=True)
class Seed:
    """Fresh N(0, 1) noise of a seed."""

    kind: ClassVar[str] = "seed"
    seed: int = field(metadata=codec.TEXT)
    generator: Generator = Generator.TORCH

    def __post_init__(self) -> None:
        limit = seeds.TORCH_SEEDS if self.generator is Generator.TORCH else seeds.WIDE_SEEDS
        if not 0 <= self.seed < limit:
            raise BadArgumentError(
                f"A {self.generator} seed lies between 0 and {limit - 1}; {self.seed} is outside."
            )


@dataclass(frozen=True)
class Parent:
    """One ingredient of a mix, with its weight: any number but 0, up to a million either way."""

    noise: Noise
    weight: float

    def __post_init__(self) -> None:
        if not 1e-6 <= abs(self.weight) <= 1e6:
            raise BadArgumentError(
                f"A weight in a mix lies between a millionth and a million, not {self.weight}."
            )


@dataclass(frozen=True)
class Mix:
    """A weighted sum of noises, scaled so that its variance is that of its parents.

    The order of the parents is no part of it: they are kept sorted.
    """

    kind: ClassVar[str] = "mix"
    parents: tuple[Parent, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.parents) <= 256:
            raise BadArgumentError(f"A mix has 1 to 256 parents, not {len(self.parents)}.")
        _check_size(self)
        object.__setattr__(self, "parents", tuple(sorted(self.parents, key=codec.canonical)))


@dataclass(frozen=True)
class Rotate:
    """`base` turned by an angle (degrees) on the noise sphere, in the direction of `toward`."""

    kind: ClassVar[str] = "rotate"
    base: Noise
    toward: Noise
    degrees: float

    def __post_init__(self) -> None:
        if not -360 <= self.degrees <= 360:
            raise BadArgumentError(
                f"A rotation lies between -360 and 360 degrees, not {self.degrees}."
            )
        _check_size(self)


@dataclass(frozen=True)
class Mask:
    """A grey picture, stretched over the whole: 255 is inside, 0 outside, row by row, base64."""

    width: int
    height: int
    alpha: str

    def __post_init__(self) -> None:
        if not (0 < self.width <= 1024 and 0 < self.height <= 1024):
            raise BadArgumentError("A mask measures 1 to 1024 points a side.")
        if len(self.values()) != self.width * self.height:
            raise BadArgumentError("The mask has another number of points than it says.")

    def values(self) -> bytes:
        """Its `width * height` grey values, 0 … 255."""
        try:
            return base64.b64decode(self.alpha, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadArgumentError("The mask is not valid base64.") from error

    @classmethod
    def of(cls, width: int, height: int, values: bytes) -> Mask:
        """Make a mask of `width * height` grey values."""
        return cls(width, height, base64.b64encode(values).decode())


@dataclass(frozen=True)
class Region:
    """One noise inside a mask, another outside; soft edges keep the variance."""

    kind: ClassVar[str] = "region"
    inside: Noise
    outside: Noise
    mask: Mask

    def __post_init__(self) -> None:
        _check_size(self)


@dataclass(frozen=True)
class Turn:
    """One step of a walk: turned toward fresh noise, but for what `lock` keeps (255: as it was)."""

    toward: Noise
    degrees: float
    lock: Mask | None = None

    def __post_init__(self) -> None:
        if not -360 <= self.degrees <= 360:
            raise BadArgumentError(f"A turn lies between -360 and 360 degrees, not {self.degrees}.")


@dataclass(frozen=True)
class Walk:
    """Variations of variations: `base` turned on the noise sphere, turn after turn.

    What nested rotations and regions would say as well, in a list that can go on without end.
    """

    kind: ClassVar[str] = "walk"
    base: Noise
    turns: tuple[Turn, ...]

    def __post_init__(self) -> None:
        if not self.turns:
            raise BadArgumentError("A walk has at least one turn.")
        if isinstance(self.base, Walk):
            # One way of writing it down: a walk that goes on is one walk.
            object.__setattr__(self, "turns", (*self.base.turns, *self.turns))
            object.__setattr__(self, "base", self.base.base)
        _check_size(self)


@dataclass(frozen=True)
class Slerp:
    """The noise at a share, 0 … 1, of the great circle from one to another (Shoemake 1985)."""

    kind: ClassVar[str] = "slerp"
    start: Noise
    end: Noise
    share: float

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise BadArgumentError(f"A place between two noises is 0 … 1, not {self.share}.")
        _check_size(self)


Noise: TypeAlias = Seed | Mix | Rotate | Region | Walk | Slerp

WORDS = {each.kind: each.kind for each in (Seed, Mix, Rotate, Region)} | {
    Walk.kind: "variation",
    Slerp.kind: "morph",
}
"""What the kinds are called in names of files and in searches."""


def ingredients(noise: Noise) -> tuple[Noise, ...]:
    """Give what a noise is made of directly; of a seed, nothing."""
    if isinstance(noise, Mix):
        return tuple(parent.noise for parent in noise.parents)
    if isinstance(noise, Rotate):
        return noise.base, noise.toward
    if isinstance(noise, Walk):
        return noise.base, *(turn.toward for turn in noise.turns)
    if isinstance(noise, Slerp):
        return noise.start, noise.end
    return (noise.inside, noise.outside) if isinstance(noise, Region) else ()


def count_seeds(noise: Noise) -> int:
    """Count the seeds at the ends of a noise's tree."""
    return sum(map(count_seeds, ingredients(noise))) or 1


def _check_size(noise: Noise) -> None:
    # Each generation is sorted anew, so a hostile tree without bounds would take for ever.
    if count_seeds(noise) > MOST_SEEDS:
        raise BadArgumentError(f"Noise is made of at most {MOST_SEEDS} seeds: use fewer.")


def first_seed(noise: Noise) -> Seed:
    """The seed that names a picture: of a mix the heaviest parent's, of the rest the base's."""
    if isinstance(noise, Seed):
        return noise
    if isinstance(noise, Mix):
        return first_seed(max(noise.parents, key=lambda parent: abs(parent.weight)).noise)
    if isinstance(noise, Slerp):
        return first_seed(noise.start if noise.share <= 0.5 else noise.end)
    return first_seed(noise.outside if isinstance(noise, Region) else noise.base)
