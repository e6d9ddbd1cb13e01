"""Drafts as values: pictures to look at while they form, which are in no queue and not kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import DRAFT_PRIORITY
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Recipe

USUAL_PREVIEW = PreviewPolicy()


@dataclass(frozen=True)
class Draft:
    """A picture to look at while it forms: no part of the queue, and never saved.

    It rests after `until` evaluations of its recipe (its end, if there are fewer), decoded if it
    is `sharp`; `level` is its priority at the engine, the highest first.
    """

    id: UUID
    recipe: Recipe
    until: int
    level: int = DRAFT_PRIORITY
    sharp: bool = False


@dataclass(frozen=True)
class Drafts:
    """What one view wants to see forming now: these, and none of those it wanted before.

    All are of one model, which is opened from `folder`. Those of one level advance together.
    """

    owner: UUID
    folder: str
    drafts: tuple[Draft, ...]
    preview: PreviewPolicy = USUAL_PREVIEW


class DraftState(StrEnum):
    """What a draft is at; one that rests or has failed is no longer at work."""

    FORMING = "forming"
    RESTING = "resting"
    FAILED = "failed"


@dataclass(frozen=True)
class Drafted:
    """News of a draft: after `done` of `total` evaluations of its recipe.

    A forming draft's next frame comes after `Worker.seen`; one that rests has a frame, decoded if
    `sharp`; a `sentence` says why one has failed.
    """

    owner: UUID
    id: UUID
    state: DraftState
    done: int
    total: int
    frame: Frame | None = None
    sharp: bool = False
    sentence: str = ""
