"""From choices to the job that is asked for, and to the seed after it."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID, uuid4

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core import seeds
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.job import BATCH_PRIORITY, INTERACTIVE_PRIORITY
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.choices import AfterRun, Choices
from ldm_desktop.session.limits import MOST_IN_A_JOB
from ldm_desktop.worker.work import Request, SeedOrder

translate = QCoreApplication.translate


def request_of(
    choices: Choices,
    recipe: Recipe,
    batch: int,
    preview: PreviewPolicy,
    parents: tuple[UUID, ...],
    priority: int | None,
) -> Request:
    """Give the job; without a priority, one picture goes before those of batches."""
    if priority is None:
        priority = INTERACTIVE_PRIORITY if choices.pictures == 1 else BATCH_PRIORITY
    by_chance = choices.after is AfterRun.RANDOM
    return Request(
        id=uuid4(),
        recipe=recipe,
        model_folder=choices.model,
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        count=choices.pictures,
        seeds=SeedOrder.RANDOM if by_chance else SeedOrder.NEXT,
        priority=priority,
        batch=batch,
        preview=preview,
        parents=parents,
    )


def seeds_in(text: str) -> tuple[int, int | None, str]:
    """Read a seed, or a range as its first seed and count; and what there is to say about it."""
    found, notice = seeds.parse(text)
    if len(found) > MOST_IN_A_JOB:
        sentence = translate("Runs", "One job has 1 to {most} pictures: cut the range in parts.")
        raise BadArgumentError(sentence.format(most=MOST_IN_A_JOB))
    if any(seed != (found[0] + n) % seeds.TORCH_SEEDS for n, seed in enumerate(found)):
        raise BadArgumentError(
            translate("Runs", "These seeds do not follow each other: write a range, like 0:16.")
        )
    return found[0], None if text.strip().isdigit() else len(found), notice or ""


def rolled() -> int:
    """Give a seed by chance."""
    return secrets.randbelow(seeds.TORCH_SEEDS)


def seed_after(spent: Choices, after: AfterRun) -> int:
    """Give the seed that follows a job: the next one it did not use, or one by chance.

    A job that goes on for ever has no next one.
    """
    if after is AfterRun.RANDOM or spent.pictures is None:
        return rolled()
    return (spent.seed + spent.pictures) % seeds.TORCH_SEEDS
