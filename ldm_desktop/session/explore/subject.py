"""What is explored: a picture by its recipe, whether it is saved, forming or only a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QImage

from ldm_desktop.core.noise import first_seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.shown import Shown


@dataclass(frozen=True)
class Subject:
    """A picture one was looking at when one came to explore it.

    `picture` is None for a draft. `parents` are the ids of the nearest saved pictures it came
    from: what is made of a draft has those for parents, as nobody could find the draft.
    """

    recipe: Recipe
    picture: UUID | None = None
    image: QImage = field(default_factory=QImage, compare=False, repr=False)
    file: Path | None = None
    parents: tuple[UUID, ...] = ()

    @property
    def seed(self) -> int:
        """The seed that names it."""
        return first_seed(self.recipe.noise).seed

    @property
    def lineage(self) -> tuple[UUID, ...]:
        """What a picture made of this one has for parents."""
        return (self.picture,) if self.picture else self.parents


def subject_of(shown: Shown) -> Subject:
    """Give what is on the stage; a picture that still forms is a draft until it is saved."""
    saved = shown.record is not None
    return Subject(
        shown.recipe,
        shown.picture if saved else None,
        shown.image,
        shown.file,
        shown.record.parents if shown.record else (),
    )
