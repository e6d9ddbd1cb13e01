"""How a picture came from its parent, in one sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from ldm_desktop.core.noise import Mix, Noise, Region, Rotate, Slerp, Walk
from ldm_desktop.core.recipe import Recipe, Renoise

translate = QCoreApplication.translate


def sentence(recipe: Recipe) -> str:
    """Say what was done to come to a picture."""
    if branch := recipe.branch:
        if isinstance(branch.change, Renoise):
            text = translate(
                "Relation", "Forked after step {step}, with {degrees}° of fresh noise."
            )
            return text.format(step=branch.step, degrees=number(branch.change.degrees))
        text = translate("Relation", "Stopped after step {step} of {total}.")
        return text.format(step=branch.step, total=branch.parent.evaluations)
    return _of_noise(recipe.noise)


def _of_noise(noise: Noise) -> str:
    if isinstance(noise, Walk):
        return _of_walk(noise)
    if isinstance(noise, Slerp):
        text = translate("Relation", "A place on a morph, {share} % of the way between two.")
        return text.format(share=number(100 * noise.share))
    if isinstance(noise, Rotate):
        text = translate("Relation", "Turned {degrees}° from its parent.")
        return text.format(degrees=number(noise.degrees))
    if isinstance(noise, Mix):
        return translate("Relation", "A mix of {count} noises.").format(count=len(noise.parents))
    if isinstance(noise, Region):
        return translate("Relation", "One noise inside a region, another outside.")
    return translate("Relation", "It begins with a seed of its own.")


def _of_walk(walk: Walk) -> str:
    last = walk.turns[-1]
    if last.lock:
        text = translate("Relation", "Turned {degrees}° from its parent, but for a locked region.")
    else:
        text = translate("Relation", "Turned {degrees}° from its parent.")
    if len(walk.turns) == 1:
        return text.format(degrees=number(last.degrees))
    more = translate("Relation", "{text} Turns since the seed: {count}.")
    return more.format(text=text.format(degrees=number(last.degrees)), count=len(walk.turns))


def number(value: float) -> str:
    """Give a figure with at most one place, as people write it."""
    return QLocale().toString(round(value, 1))
