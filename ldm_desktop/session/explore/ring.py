"""The noises around a noise: what turns it, in which directions and how far, as recipes.

Starting noise of d numbers lies on a sphere of radius √d about, and a neighbour is that noise
turned by an angle θ toward fresh noise: z' = z cos θ + n sin θ with n ⊥ z, ‖n‖ = ‖z‖ (slerp;
Shoemake 1985). cos θ is the correlation of the neighbour with its parent, whatever d is: at 2°
they share 99.9 % of it, at 45° 71 %, at 90° nothing, as two seeds do; at 180° it is the negative.
Two neighbours at θ in independent directions are arccos(cos² θ) apart.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import MOST_SEEDS, Mask, Noise, Seed, Turn, Walk, count_seeds
from ldm_desktop.core.recipe import Recipe, with_noise
from ldm_desktop.core.seeds import TORCH_SEEDS

LEAST, MOST = 0.5, 180.0
"""Degrees of a turn, 0.5 … 180."""
FEW = 16
"""Turns left at which it is time to say that a recipe holds only so many."""
NEARLY_ALL = 0.97
"""Share of a picture under a lock that leaves nothing worth varying."""
FINEST, COARSEST = 64, 16
"""Points of a mask's longer side."""
PIXELS = 4
"""Pixels of a picture a latent pixel, in the models of the finest latents."""


def varied(recipe: Recipe, toward: Seed, degrees: float, lock: Mask | None = None) -> Recipe:
    """Give the neighbour at an angle, 0.5 … 180, in a direction; `lock` stays where it is 255.

    With a lock, only the noise outside it is turned by so much.
    """
    return _at(recipe, (*turns(recipe), Turn(toward, within(degrees), lock)))


def aside(recipe: Recipe, toward: Seed) -> Recipe:
    """Give a sibling: as far from the same parent, under the same lock, in another direction."""
    last = last_turn(recipe)
    return _at(recipe, (*turns(recipe)[:-1], Turn(toward, last.degrees, last.lock)))


def further(recipe: Recipe, degrees: float) -> Recipe:
    """Give what lies further on the same great circle from the parent, up to its opposite."""
    last = last_turn(recipe)
    if abs(last.degrees) >= MOST:
        raise KnownError(
            "This is as far from its parent as noise can be, 180°: go sideways or back instead."
        )
    angle = math.copysign(min(abs(last.degrees) + degrees, MOST), last.degrees)
    return _at(recipe, (*turns(recipe)[:-1], Turn(last.toward, angle, last.lock)))


def back(recipe: Recipe) -> Recipe:
    """Give the parent: the recipe without its last turn."""
    last_turn(recipe)
    return _at(recipe, turns(recipe)[:-1])


def last_turn(recipe: Recipe) -> Turn:
    """Give the turn that leads here from the parent; KnownError for what is no variation."""
    if not (found := turns(recipe)):
        raise KnownError("This picture is no variation of another: go to one of its neighbours.")
    return found[-1]


def turns(recipe: Recipe) -> tuple[Turn, ...]:
    """Give the turns from the noise that a recipe began with; none if it is no variation."""
    return recipe.noise.turns if isinstance(recipe.noise, Walk) else ()


def turns_left(recipe: Recipe) -> int:
    """Give how many generations can follow, as a recipe holds 1024 seeds."""
    return MOST_SEEDS - count_seeds(recipe.noise)


def within(degrees: float) -> float:
    """Give the nearest angle that neighbours can have."""
    return min(max(degrees, LEAST), MOST)


def directions(
    count: int, recipe: Recipe, draw: Callable[[int], int] = secrets.randbelow
) -> tuple[Seed, ...]:
    """Draw directions at random that no turn of a recipe has taken, each once."""
    taken = {turn.toward for turn in turns(recipe)} | {_base(recipe)}
    found: list[Seed] = []
    while len(found) < count:
        seed = Seed(draw(TORCH_SEEDS))
        if seed not in taken:
            taken.add(seed)
            found.append(seed)
    return tuple(found)


def mask_size(picture: tuple[int, int]) -> tuple[int, int]:
    """Give the width and height of a mask for a picture: its latents', 64 points a side at most."""
    longest = max(picture)
    side = min(max(math.ceil(longest / PIXELS), COARSEST), FINEST)
    width, height = (max(1, round(side * each / longest)) for each in picture)
    return width, height


def inverted(mask: Mask) -> Mask:
    """Give what is outside a mask."""
    return Mask.of(mask.width, mask.height, bytes(255 - value for value in mask.values()))


def covered(mask: Mask) -> float:
    """Give the share, 0 … 1, of the picture that is inside a mask."""
    values = mask.values()
    return sum(values) / (255 * len(values))


def _base(recipe: Recipe) -> Noise:
    return recipe.noise.base if isinstance(recipe.noise, Walk) else recipe.noise


def _at(recipe: Recipe, way: tuple[Turn, ...]) -> Recipe:
    base = _base(recipe)
    return with_noise(recipe, Walk(base, way) if way else base)
