"""Jobs of the queue that make pictures of a sheet's tiles, as values."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from ldm_desktop.core.job import BATCH_PRIORITY
from ldm_desktop.core.noise import Seed, first_seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.core.settings import Settings
from ldm_desktop.gallery.seeds.records import SheetPlan
from ldm_desktop.session.orders import preview_of
from ldm_desktop.worker.work import Request

NOWHERE = -1


@dataclass
class Errand:
    """A job that makes pictures of a sheet's tiles: `places` by the pictures' numbers."""

    plan: SheetPlan
    request: Request
    places: Sequence[int]
    live: bool = True

    def place_of(self, recipe: Recipe) -> int:
        """Give the place of a picture, or -1."""
        seed = first_seed(recipe.noise).seed
        found = seed in self.request.picked
        return self.places[self.request.picked.index(seed)] if found else NOWHERE


def request_for(recipe: Recipe, folder: str, seeds: Sequence[int], settings: Settings) -> Request:
    """Give the job that makes the pictures of these seeds, behind what is asked for one by one."""
    return Request(
        id=uuid4(),
        recipe=dataclasses.replace(recipe, noise=Seed(seeds[0])),
        model_folder=folder,
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        count=len(seeds),
        priority=BATCH_PRIORITY,
        batch=min(settings.at_a_time, len(seeds)),
        preview=preview_of(settings),
        picked=tuple(seeds),
    )


def same_settings(request: Request, plan: SheetPlan) -> bool:
    """Whether a job makes pictures of chosen seeds by a sheet's settings, but for the steps."""
    names = {field.name for field in dataclasses.fields(Recipe)} - {"noise", "steps"}
    recipe = request.recipe
    same = all(getattr(recipe, name) == getattr(plan.recipe, name) for name in names)
    return bool(request.picked) and same


def places_of(plan: SheetPlan, seeds: Sequence[int]) -> tuple[int, ...]:
    """Give the places of seeds on a sheet, -1 for those that are not; slow for random ones."""
    if not (plan.picked or plan.at_random):
        places = ((seed - plan.first) % TORCH_SEEDS for seed in seeds)
        return tuple(place if place < plan.count else NOWHERE for place in places)
    found: dict[int, int] = dict.fromkeys(seeds, NOWHERE)
    for place in reversed(range(plan.count)):
        if (seed := plan.seed(place)) in found:
            found[seed] = place
    return tuple(found[seed] for seed in seeds)
