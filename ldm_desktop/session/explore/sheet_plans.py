"""Plans of new sheets: which seeds, by what settings, and under which name."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.noise import Seed, first_seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.gallery.seeds.records import USUAL_SHARE, SheetPlan
from ldm_desktop.session.choices import recipe_of
from ldm_desktop.session.controls import Controls

translate = QCoreApplication.translate


@dataclasses.dataclass(frozen=True)
class Source:
    """The settings of a sheet's tiles: a plain seed's recipe, and where its model is."""

    recipe: Recipe
    folder: str


def chosen(controls: Controls) -> Source:
    """Give the settings that are chosen in the studio; BadArgumentError says why there are none."""
    for sentence in controls.problems().values():
        raise BadArgumentError(sentence)
    assert controls.card
    recipe = recipe_of(controls.choices, controls.card, controls.auto)
    return Source(plain(recipe), controls.choices.model)


def plain(recipe: Recipe) -> Recipe:
    """Give the settings of any picture with its first seed alone: no mix, no branch."""
    seed = Seed(first_seed(recipe.noise).seed % TORCH_SEEDS)
    return dataclasses.replace(recipe, noise=seed, branch=None)


def in_order(
    source: Source,
    first: int,
    count: int,
    *,
    share: float = USUAL_SHARE,
    draft: int = 0,
    name: str = "",
) -> SheetPlan:
    """Plan a sheet of seeds that follow from the first."""
    first %= TORCH_SEEDS
    plan = _plan(source, count, share, draft, name or name_in_order(first, count))
    return dataclasses.replace(plan, first=first)


def at_random(
    source: Source, count: int, *, share: float = USUAL_SHARE, draft: int = 0, name: str = ""
) -> SheetPlan:
    """Plan a sheet of seeds drawn at random."""
    plan = _plan(source, count, share, draft, name or name_at_random(count))
    return dataclasses.replace(plan, at_random=True)


def of_seeds(
    source: Source,
    seeds: Sequence[int],
    *,
    share: float = USUAL_SHARE,
    draft: int = 0,
    name: str = "",
) -> SheetPlan:
    """Plan a sheet of these seeds, each once, in their order."""
    picked = tuple(dict.fromkeys(seed % TORCH_SEEDS for seed in seeds))
    if not picked:
        raise BadArgumentError(translate("Sheet", "There are no seeds for a sheet: choose some."))
    plan = _plan(source, len(picked), share, draft, name or name_of_seeds(picked))
    return dataclasses.replace(plan, picked=picked)


def _plan(source: Source, count: int, share: float, draft: int, name: str) -> SheetPlan:
    plan = SheetPlan(
        id=uuid4(),
        name=name,
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        recipe=plain(source.recipe),
        model_folder=source.folder,
        count=count,
        share=share,
        draft=draft,
    )
    # Steps that the sampler does not take are refused now, not with the first tile.
    plan.tile_recipe(0)
    return plan


def name_in_order(first: int, count: int) -> str:
    """Name a sheet of seeds that follow each other."""
    if count == 1:
        return translate("Sheet", "Seed {seed}").format(seed=first)
    last = (first + count - 1) % TORCH_SEEDS
    return translate("Sheet", "Seeds {first}–{last}").format(first=first, last=last)


def name_at_random(count: int) -> str:
    """Name a sheet of seeds drawn at random."""
    return translate("Sheet", "Random seeds: {count}").format(count=count)


def name_of_seeds(seeds: Sequence[int]) -> str:
    """Name a sheet of chosen seeds."""
    if len(seeds) == 1:
        return name_in_order(seeds[0], 1)
    text = translate("Sheet", "Chosen seeds: {count}, from {seed}")
    return text.format(count=len(seeds), seed=seeds[0])
