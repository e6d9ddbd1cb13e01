"""Three ways to begin with: a quick look, a good picture, and the model card's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.recipe import Precision
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.session.choices import Choices, edited
from ldm_desktop.session.limits import fitting_steps


class Preset(StrEnum):
    """How much care a picture is made with."""

    DRAFT = "draft"
    BALANCED = "balanced"
    REFERENCE = "reference"


@dataclass(frozen=True)
class _Care:
    sampler: SamplerName
    steps: int
    precision: Precision | None


CARE = {
    Preset.DRAFT: _Care(SamplerName.DPMPP_2M, 12, None),
    Preset.BALANCED: _Care(SamplerName.DPMPP_2M, 25, None),
    # As the model card of CompVis/ldm-celebahq-256 does it.
    Preset.REFERENCE: _Care(SamplerName.DDIM, 200, Precision.EXACT),
}


def with_preset(choices: Choices, preset: Preset, card: ModelCard | None) -> Choices:
    """Choose a preset's sampler, steps and precision, as far as the model takes them."""
    care, plain = CARE[preset], Convention.DIFFUSERS
    return edited(
        choices,
        card,
        sampler=care.sampler,
        steps=fitting_steps(care.steps, care.sampler, plain, card),
        convention=plain,
        eta=0.0,
        precision=care.precision,
    )


def preset_of(choices: Choices, card: ModelCard | None) -> Preset | None:
    """Give the preset that is chosen, if it is one."""
    return next((each for each in Preset if with_preset(choices, each, card) == choices), None)


def preset_name(preset: Preset) -> str:
    """Give the name a person reads."""
    names = {
        Preset.DRAFT: QCoreApplication.translate("Presets", "Draft"),
        Preset.BALANCED: QCoreApplication.translate("Presets", "Balanced"),
        Preset.REFERENCE: QCoreApplication.translate("Presets", "Reference"),
    }
    return names[preset]
