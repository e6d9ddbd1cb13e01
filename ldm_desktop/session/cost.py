"""What the chosen pictures will cost on this machine, from what pictures have cost so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ldm_desktop.core.recipe import Recipe
from ldm_desktop.worker.work import Pace


class CostKind(StrEnum):
    """How a cost is known: measured at this size, scaled from another size, or not at all."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Cost:
    """Seconds a picture and for the whole job; `total` is None also if it goes on for ever."""

    kind: CostKind = CostKind.UNKNOWN
    picture: float | None = None
    total: float | None = None


UNKNOWN = Cost()


def cost_of(recipe: Recipe, pictures: int | None, paces: Iterable[Pace]) -> Cost:
    """Give the cost of pictures like `recipe`, by the measured pace of the nearest size."""
    own = (recipe.model.fingerprint, recipe.precision)
    known = [pace for pace in paces if (pace.fingerprint, pace.precision) == own]
    if not known:
        return UNKNOWN
    pixels = _pixels(recipe.size)
    pace = min(known, key=lambda each: (each.size != recipe.size, abs(_pixels(each.size) - pixels)))
    seconds = pace.seconds(recipe.evaluations) * pixels / _pixels(pace.size)
    total = None if pictures is None else seconds * pictures
    kind = CostKind.MEASURED if pace.size == recipe.size else CostKind.ESTIMATED
    return Cost(kind, seconds, total)


def _pixels(size: tuple[int, int]) -> int:
    return size[0] * size[1]
