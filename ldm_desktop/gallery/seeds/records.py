"""What is remembered of seeds and contact sheets, as values; nothing heavy is imported here."""

from __future__ import annotations

import dataclasses
import random
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any
from uuid import UUID

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.noise import Generator, Seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.core.seeds import TORCH_SEEDS

MOST_TILES = 1_000_000
USUAL_SHARE = 0.15


class Verdict(IntEnum):
    """What a person said of a seed on a sheet."""

    CULLED = -1
    OPEN = 0
    KEPT = 1


@dataclass(frozen=True)
class SheetPlan:
    """A contact sheet: which seeds, by which recipe, and where they stop for the verdict.

    `recipe` is that of each tile but for the seed. Tiles rest after `share` (0 … 1) of its steps;
    with `draft` steps they are drafts instead, which go to the end of so many. The seeds follow
    from `first`, or are drawn at random by the sheet's id, or are the `picked` ones.
    """

    id: UUID
    name: str
    created: str
    recipe: Recipe
    model_folder: str
    count: int
    first: int = 0
    at_random: bool = False
    picked: tuple[int, ...] = ()
    share: float = USUAL_SHARE
    draft: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_TILES:
            raise BadArgumentError(f"A sheet has 1 to {MOST_TILES:,} seeds, not {self.count:,}.")
        if self.picked and len(self.picked) != self.count:
            raise BadArgumentError("A sheet of picked seeds has one tile of each.")
        if not 0 < self.share <= 1:
            raise BadArgumentError("Tiles rest after more than 0 and at most all of their steps.")
        if not isinstance(self.recipe.noise, Seed) or self.recipe.branch:
            raise BadArgumentError("A sheet is made of plain seeds: take the settings of one.")

    def seed(self, place: int) -> int:
        """Give the torch seed of a tile, from 0."""
        if self.picked:
            return self.picked[place]
        if self.at_random:
            # A function of sheet and place, so that it is the same whenever it is opened.
            return random.Random(f"{self.id} {place}").randrange(TORCH_SEEDS)  # noqa: S311
        return (self.first + place) % TORCH_SEEDS

    def recipe_at(self, place: int) -> Recipe:
        """Give the recipe of a tile's finished picture."""
        return dataclasses.replace(self.recipe, noise=Seed(self.seed(place)))

    def tile_recipe(self, place: int) -> Recipe:
        """Give the recipe that a tile forms by: the picture's own, or a draft's."""
        whole = self.recipe_at(place)
        return dataclasses.replace(whole, steps=self.draft) if self.draft else whole


@dataclass(frozen=True)
class TileRow:
    """What is kept of a tile; `preview` is an image file's bytes, empty if there is none."""

    place: int
    verdict: Verdict = Verdict.OPEN
    done: int = 0
    total: int = 0
    preview: bytes = field(default=b"", repr=False)
    picture: UUID | None = None


@dataclass(frozen=True)
class SheetRow:
    """A sheet in the list of sheets; `formed` counts the tiles that have anything to show."""

    plan: SheetPlan
    opened: str
    formed: int
    kept: int
    culled: int
    finished: int


@dataclass(frozen=True)
class SeedKey:
    """A seed and its generator."""

    seed: int
    generator: Generator = Generator.TORCH


@dataclass(frozen=True)
class SeedNote:
    """What a person says of a seed."""

    star: bool = False
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class SeedChange:
    """What is to be said of seeds; None leaves it as it is."""

    star: bool | None = None
    name: str | None = None
    note: str | None = None

    def apply(self, to: SeedNote) -> SeedNote:
        """Give what is said afterwards."""
        return dataclasses.replace(to, **self._said())

    def taken_back(self, before: SeedNote, now: SeedNote) -> SeedNote:
        """Give what is said `now` with this change of `before` undone; later words stay."""
        mine = {name for name, value in self._said().items() if getattr(now, name) == value}
        return dataclasses.replace(now, **{name: getattr(before, name) for name in mine})

    def _said(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Trial:
    """A seed tried by a recipe: how far it came, what was said, and what became of it.

    `recipe` is a whole recipe with this seed. `sheet` is where it was a tile; `picture` is the
    saved one, if there is.
    """

    key: SeedKey
    recipe: Recipe
    when: str
    done: int
    total: int
    verdict: Verdict = Verdict.OPEN
    sheet: UUID | None = None
    picture: UUID | None = None
    preview: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Finished:
    """A saved picture; `preview` is a small image file's bytes."""

    picture: UUID
    recipe: Recipe
    created: str
    preview: bytes = field(default=b"", repr=False)

    @property
    def is_of_a_seed(self) -> bool:
        """Whether it shows what a seed gives; mixes, variations and branches show more."""
        return isinstance(self.recipe.noise, Seed) and not self.recipe.branch


@dataclass(frozen=True)
class SeedRow:
    """A seed in the list of seeds; `models` are names, `when` is when it was last met."""

    key: SeedKey
    note: SeedNote
    when: str
    models: tuple[str, ...] = ()
    trials: int = 0
    pictures: int = 0
    kept: int = 0
    culled: int = 0
    preview: bytes = field(default=b"", repr=False)
