"""What the controls hold, as one frozen value, and how it becomes a recipe."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.noise import Noise, Seed, first_seed
from ldm_desktop.core.recipe import Branch, Precision, Recipe, in_precision
from ldm_desktop.core.samplers import FACTS, Convention, SamplerName
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.session.limits import fitting_steps


class AfterRun(StrEnum):
    """What becomes of the seed when Generate is pressed once more."""

    FIXED = "fixed"
    NEXT = "+1"
    RANDOM = "random"


@dataclass(frozen=True)
class Choices:
    """All that a person can choose; of two equal values the next picture is the same.

    `model` is a folder. `noise` is None unless it is more than `seed`. `origin` is the recipe
    that was recalled, as long as nothing that decides its pixels has been changed since: it
    carries what there are no controls for (a branch, tiles, another schedule). A width or height
    of 0 is the model's own; precision None is what pays on this machine.
    """

    model: str = ""
    seed: int = 0
    noise: Noise | None = None
    origin: Recipe | None = None
    lock: bool = False
    after: AfterRun = AfterRun.RANDOM
    count: int = 1
    forever: bool = False
    steps: int = 25
    sampler: SamplerName = SamplerName.DPMPP_2M
    convention: Convention = Convention.DIFFUSERS
    eta: float = 0.0
    width: int = 0
    height: int = 0
    precision: Precision | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height

    @property
    def pictures(self) -> int | None:
        """How many pictures a job has; None goes on for ever."""
        return None if self.forever else self.count

    @property
    def branch(self) -> Branch | None:
        """Where the recalled picture left another one's trajectory, if it still is that one."""
        return self.origin.branch if self.origin else None

    @property
    def which(self) -> tuple[int, Noise | None, Branch | None]:
        """Say which picture this is, as opposed to how it is made."""
        return self.seed, self.noise, self.branch

    @property
    def is_one_of_a_kind(self) -> bool:
        """Whether this is more than a seed, so that no other pictures follow from it."""
        return bool(self.noise or self.branch)


FIELDS = frozenset(field.name for field in dataclasses.fields(Choices))


def changed_fields(before: Choices, after: Choices) -> frozenset[str]:
    """Name the fields in which two values differ."""
    return frozenset(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def overlay(below: Choices, above: Choices, names: frozenset[str]) -> Choices:
    """Take some fields of one value over another."""
    return coherent(dataclasses.replace(below, **{name: getattr(above, name) for name in names}))


def coherent(choices: Choices) -> Choices:
    """Let go of the recalled recipe where the fields no longer tell the same picture."""
    if choices.origin and not _tells(choices, choices.origin):
        return dataclasses.replace(choices, origin=None)
    return choices


def _tells(choices: Choices, recipe: Recipe) -> bool:
    sampler = recipe.sampler
    return (
        noise_of(choices) == recipe.noise
        and (choices.sampler, choices.convention) == (sampler.name, sampler.convention)
        and (choices.steps, choices.eta, choices.size) == (recipe.steps, recipe.eta, recipe.size)
    )


def edited(before: Choices, card: ModelCard | None, **fields: Any) -> Choices:
    """Change fields, and along with them what would otherwise be impossible or meant another.

    Another seed is a plain seed. Another model has no recalled recipe. Another sampler or
    convention brings steps, convention and eta into its limits; given along, they stay.
    """
    after = dataclasses.replace(before, **fields)
    if after.seed != before.seed and "noise" not in fields:
        after = dataclasses.replace(after, noise=None)
    if after.model != before.model and "origin" not in fields:
        after = dataclasses.replace(after, origin=None)
    if (after.sampler, after.convention) != (before.sampler, before.convention):
        after = _fitted(after, card, frozenset(fields))
    return coherent(after)


def _fitted(choices: Choices, card: ModelCard | None, given: frozenset[str]) -> Choices:
    facts = FACTS[choices.sampler]
    if "eta" not in given and not facts.takes_eta:
        choices = dataclasses.replace(choices, eta=0.0)
    if choices.convention not in facts.conventions:
        choices = dataclasses.replace(choices, convention=Convention.DIFFUSERS)
    if "steps" not in given:
        steps = fitting_steps(choices.steps, choices.sampler, choices.convention, card)
        choices = dataclasses.replace(choices, steps=steps)
    return choices


def fitted_to(choices: Choices, card: ModelCard, before: ModelCard | None) -> Choices:
    """Fit choices to a model that is open now: its own size unless another one was chosen.

    A recalled recipe stays, untouched, only with the very model that it names.
    """
    if choices.origin and choices.origin.model == card.ref:
        return choices
    sizes = {(0, 0), before.size if before else (0, 0)}
    if choices.size in sizes or any(side <= 0 or side % card.multiple for side in choices.size):
        choices = dataclasses.replace(choices, width=card.size[0], height=card.size[1])
    return dataclasses.replace(choices, origin=None)


def restored(choices: Choices, recipe: Recipe, folder: str | None) -> Choices:
    """Choose what a recipe was made by; without its model, as much of it as other models take."""
    seed, sampler = first_seed(recipe.noise), recipe.sampler
    plain = recipe.noise == Seed(seed.seed % TORCH_SEEDS)
    return dataclasses.replace(
        choices,
        model=folder or choices.model,
        seed=seed.seed % TORCH_SEEDS,
        noise=None if plain else recipe.noise,
        origin=recipe if folder else None,
        count=1,
        forever=False,
        steps=recipe.steps,
        sampler=sampler.name,
        convention=sampler.convention,
        eta=recipe.eta,
        width=recipe.size[0],
        height=recipe.size[1],
        precision=recipe.precision,
    )


def noise_of(choices: Choices) -> Noise:
    """Give the noise of the first picture; BadArgumentError for a seed out of range."""
    return choices.noise or Seed(choices.seed)


def recipe_of(choices: Choices, card: ModelCard, auto: Precision) -> Recipe:
    """Give the recipe of the first picture; KnownError if it is impossible."""
    precision = choices.precision or auto
    if choices.origin and choices.origin.model == card.ref:
        return in_precision(choices.origin, precision)
    return card.recipe(
        noise_of(choices),
        sampler=choices.sampler,
        convention=choices.convention,
        steps=choices.steps,
        eta=choices.eta,
        size=choices.size,
        precision=precision,
    )
