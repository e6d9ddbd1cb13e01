"""The frames of a morph in their folder: one file a recipe, so that none is ever made twice."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.morph import Morph, moments, recipe_at
from ldm_desktop.core.recipe import Precision, Recipe, in_precision
from ldm_desktop.gallery import files, metadata
from ldm_desktop.gallery.animation.timing import Slot, slots

Told = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class CancelledError(Exception):
    """The person has asked for the end."""


class FrameError(KnownError):
    """A frame is missing, or is one no longer."""


@dataclass(frozen=True)
class Film:
    """The frames of a path, as far as they are made, in their folder."""

    morph: Morph
    folder: Path

    def recipe(self, number: int) -> Recipe:
        """Give the recipe of a moment's picture."""
        return recipe_at(self.morph, moments(self.morph)[number].degrees)

    def file(self, number: int) -> Path:
        """Say where the picture of a moment is, or will be."""
        recipe = self.recipe(number)
        if recipe.precision is Precision.FAST:
            # What went out of range in `fast` was made in `balanced`.
            other = frame_file(self.folder, in_precision(recipe, Precision.BALANCED))
            if other.exists():
                return other
        return frame_file(self.folder, recipe)

    def missing(self) -> int:
        """Count the files that are still to be made."""
        needed = {self.file(number) for number in range(len(moments(self.morph)))}
        return sum(not file.exists() for file in needed)

    def image(self, number: int) -> Image.Image:
        """Read a moment's picture; a damaged one is taken away, so that it is made again."""
        file = self.file(number)
        try:
            frame = files.read(file).frame
        except metadata.NotOursError as error:
            with contextlib.suppress(OSError):
                file.unlink()
            raise FrameError(
                f"A frame of the morph was damaged ({error}): go on, and it is made again."
            ) from error
        except files.UnreachableError as error:
            raise FrameError(f"A frame is missing: go on, and it is made. ({error})") from error
        if (frame.width, frame.height) != self.morph.recipe.size:
            raise FrameError(f"The frame {file} is of another size: remove it, and go on.")
        return Image.frombytes("RGB", (frame.width, frame.height), frame.pixels)

    def slots(self, unit: float, least: int = 1) -> tuple[Slot, ...]:
        """Say which moments are shown, for how many units of so many seconds."""
        return slots((moment.seconds for moment in moments(self.morph)), unit, least)


def frame_file(folder: Path, recipe: Recipe) -> Path:
    """Say where the frame of a recipe is kept."""
    return folder / f"{recipe.id}.png"


def watched(found: tuple[Slot, ...], told: Told, cancelled: Cancelled) -> Iterator[Slot]:
    """Go through slots, telling how far one is; CancelledError if it is to end."""
    for done, slot in enumerate(found):
        told(done, len(found))
        if cancelled():
            raise CancelledError
        yield slot
    told(len(found), len(found))
