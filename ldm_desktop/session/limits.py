"""What of the choices is possible with a sampler and a model, and sentences where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.recipe import LARGEST_PICTURE, LARGEST_SIDE
from ldm_desktop.core.samplers import FACTS, Convention, Grid, SamplerName
from ldm_desktop.core.seeds import TORCH_SEEDS

if TYPE_CHECKING:
    from ldm_desktop.session.choices import Choices

MOST_IN_A_JOB = 9999
USUAL_TRAINING = 1000
"""The steps nearly every diffusion model was trained on; until a model is open."""

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Limits:
    """What widgets offer; sides are multiples of `multiple`, and 0 is the model's own size."""

    samplers: tuple[SamplerName, ...]
    conventions: tuple[Convention, ...]
    takes_eta: bool
    least_steps: int
    most_steps: int
    multiple: int
    least_side: int
    most_side: int


def limits(choices: Choices, card: ModelCard | None) -> Limits:
    """Give what is possible with the sampler chosen; without a model, with the usual ones."""
    multiple = card.multiple if card else 1
    return Limits(
        samplers=tuple(name for name in SamplerName if _is_for(name, card)),
        conventions=FACTS[choices.sampler].conventions,
        takes_eta=FACTS[choices.sampler].takes_eta,
        least_steps=FACTS[choices.sampler].minimum,
        most_steps=_most_steps(choices.sampler, choices.convention, card),
        multiple=multiple,
        least_side=multiple if card else 0,
        most_side=LARGEST_SIDE // multiple * multiple,
    )


def _is_for(name: SamplerName, card: ModelCard | None) -> bool:
    predicts_sample = card is not None and card.schedule.prediction_type == "sample"
    return FACTS[name].predicts_sample or not predicts_sample


def _most_steps(name: SamplerName, convention: Convention, card: ModelCard | None) -> int:
    trained = card.schedule.num_train_timesteps if card else USUAL_TRAINING
    return trained - max(FACTS[name].spare, convention is Convention.COMPVIS)


def _grid(name: SamplerName, convention: Convention, card: ModelCard) -> Grid:
    trained, offset = card.schedule.num_train_timesteps, card.schedule.steps_offset
    if convention is Convention.COMPVIS:
        return Grid(trained, "leading", 1)
    return Grid(trained, FACTS[name].spacing or card.spacing, offset)


def fitting_steps(
    wanted: int, name: SamplerName, convention: Convention, card: ModelCard | None
) -> int:
    """Give the number of steps nearest to the wanted one that the sampler takes."""
    least, most = FACTS[name].minimum, _most_steps(name, convention, card)
    steps = max(least, min(wanted, most))
    if card is None:
        return steps
    grid = _grid(name, convention, card)
    return next((fewer for fewer in range(steps, least - 1, -1) if grid.holds(fewer)), least)


def problems(choices: Choices, card: ModelCard) -> dict[str, str]:
    """Say by field what is impossible and what would be possible; nothing if all is well."""
    found = {
        "seed": _seed(choices),
        "count": _count(choices),
        "width": _side(choices.width, card),
        "height": _side(choices.height, card) or _area(choices),
    }
    # A recalled recipe runs on its own schedule, which may be another one than the card's.
    if not choices.origin:
        found |= {
            "sampler": _sampler(choices, card),
            "convention": _convention(choices),
            "steps": _steps(choices, card),
            "eta": _eta(choices),
        }
    return {name: sentence for name, sentence in found.items() if sentence}


def _sampler(choices: Choices, card: ModelCard) -> str:
    if _is_for(choices.sampler, card):
        return ""
    text = translate("Limits", "{sampler} does not work with this model: choose {others}.")
    others = [FACTS[name].title for name in limits(choices, card).samplers]
    return text.format(sampler=FACTS[choices.sampler].title, others=", ".join(others))


def _convention(choices: Choices) -> str:
    if choices.convention in FACTS[choices.sampler].conventions:
        return ""
    text = translate("Limits", "The convention {convention} exists for {sampler} only.")
    return text.format(convention=choices.convention, sampler=FACTS[SamplerName.DDIM].title)


def _steps(choices: Choices, card: ModelCard) -> str:
    allowed = limits(choices, card)
    if not allowed.least_steps <= choices.steps <= allowed.most_steps:
        text = translate("Limits", "{sampler} takes {least} to {most} steps with this model.")
        return text.format(
            sampler=FACTS[choices.sampler].title,
            least=allowed.least_steps,
            most=allowed.most_steps,
        )
    if _grid(choices.sampler, choices.convention, card).holds(choices.steps):
        return ""
    text = translate(
        "Limits", "{steps} steps go past what this model was trained on: take {fewer}."
    )
    fewer = fitting_steps(choices.steps, choices.sampler, choices.convention, card)
    return text.format(steps=choices.steps, fewer=fewer)


def _eta(choices: Choices) -> str:
    if not 0 <= choices.eta <= 1:
        return translate("Limits", "Eta lies between 0 and 1.")
    if not choices.eta or FACTS[choices.sampler].takes_eta:
        return ""
    text = translate("Limits", "{sampler} adds no noise while it samples: choose DDIM, or eta 0.")
    return text.format(sampler=FACTS[choices.sampler].title)


def _seed(choices: Choices) -> str:
    if choices.noise or 0 <= choices.seed < TORCH_SEEDS:
        return ""
    text = translate("Limits", "A seed lies between 0 and {most}.")
    return text.format(most=TORCH_SEEDS - 1)


def _count(choices: Choices) -> str:
    if not choices.forever and not 1 <= choices.count <= MOST_IN_A_JOB:
        text = translate("Limits", "One job has 1 to {most} pictures.")
        return text.format(most=MOST_IN_A_JOB)
    if choices.pictures == 1 or not choices.is_one_of_a_kind:
        return ""
    return translate(
        "Limits",
        "This is more than a seed (a mix or a branch), so nothing follows it: make one picture, "
        "or choose another seed.",
    )


def _side(side: int, card: ModelCard) -> str:
    multiple, most = card.multiple, LARGEST_SIDE // card.multiple * card.multiple
    if side % multiple == 0 and 0 < side <= most:
        return ""
    below = min(side // multiple * multiple, most - multiple)
    near = [str(n) for n in (below, below + multiple) if n > 0] or [str(multiple)]
    text = translate("Limits", "It has to be a multiple of {multiple}; the nearest is {near}.")
    return text.format(multiple=multiple, near=" / ".join(near))


def _area(choices: Choices) -> str:
    if choices.width * choices.height <= LARGEST_PICTURE:
        return ""
    return translate("Limits", "A picture has at most 67 million pixels, as 8192 × 8192 has.")
