"""Leaving a picture's trajectory for another one: from which recipe, where, and what is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core import samplers
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Change, Recipe, Stop, fork
from ldm_desktop.session.orders import not_here
from ldm_desktop.worker.work import USUAL_PREVIEW, Purpose, Request

USUAL_TURN = 30.0
TURNS = (5.0, 180.0)

translate = QCoreApplication.translate


def parent_at(recipe: Recipe, step: int) -> Recipe:
    """Give the recipe whose own trajectory passes through a step of a picture's.

    A branch has its parent's steps before it left, and one that was stopped has no others.
    """
    while recipe.branch and (isinstance(recipe.branch.change, Stop) or step < recipe.branch.step):
        recipe = recipe.branch.parent
    return recipe


def fork_points(recipe: Recipe) -> range:
    """Give the steps at which new noise can enter a picture that has begun to be seen."""
    return samplers.restart_points(recipe.sampler.name, recipe.steps)[1:]


def obstacle(recipe: Recipe, folder: str, step: int | None) -> str:
    """Say why a picture cannot be forked at the point found for it; empty if it can."""
    if not folder:
        return not_here(recipe.model)
    if step is not None:
        return ""
    if recipe.sampler.name is samplers.SamplerName.PNDM:
        return translate(
            "Scrubber",
            "PNDM carries too much from step to step for new noise to enter: make the "
            "picture with another sampler to fork it.",
        )
    return translate("Scrubber", "Go to a later step: new noise can enter only after the first.")


def fork_request(
    recipe: Recipe,
    step: int,
    change: Change,
    folder: str,
    parents: tuple[UUID, ...],
    *,
    preview: PreviewPolicy = USUAL_PREVIEW,
    purpose: Purpose = Purpose.KEEP,
    priority: int = INTERACTIVE_PRIORITY,
) -> Request:
    """Give what is asked of the worker to leave a picture's way at a step."""
    return Request(
        id=uuid4(),
        recipe=fork(parent_at(recipe, step), step, change),
        model_folder=folder,
        created=datetime.now(UTC).isoformat(),
        priority=priority,
        preview=preview,
        purpose=purpose,
        parents=parents,
    )
