"""Variations that are made whole and saved: what was asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.explore.variation_place import Kept
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.work import USUAL_PREVIEW, JobState, JobView, Request, Saved

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

GIVEN_UP = (JobState.CANCELLED, JobState.FAILED, JobState.SET_ASIDE)


class Keeping(QObject):
    """Asks for pictures of recipes, and knows those that are saved."""

    changed = Signal(object)  # Recipe
    saved = Signal(object, QImage)  # Recipe
    notice = Signal(str)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self.preview: PreviewPolicy = USUAL_PREVIEW
        """How what is kept is previewed; whoever knows the settings sets it."""
        self._asked: dict[UUID, Recipe] = {}
        self._making: dict[Recipe, UUID] = {}
        self._saved: dict[Recipe, tuple[UUID, Path]] = {}
        worker.saved.connect(self._take_saved)
        worker.job_changed.connect(self._take_job)
        worker.job_removed.connect(self._give_up)

    def state(self, recipe: Recipe) -> Kept:
        """Say whether a recipe's picture is saved, or will be."""
        if recipe in self._saved:
            return Kept.YES
        return Kept.MAKING if recipe in self._making else Kept.NO

    def found(self, recipe: Recipe) -> tuple[UUID, Path] | None:
        """Give the id and the file of a recipe's picture, if it was saved from here."""
        # Reckoning the hash of a recipe of many turns takes longer than it looks.
        return self._saved.get(recipe) if self._saved else None

    def keep(self, recipe: Recipe, folder: str, parents: Sequence[UUID]) -> None:
        """Make a picture in all its steps and save it, once."""
        if self.state(recipe) is not Kept.NO:
            return
        request = Request(
            id=uuid4(),
            recipe=recipe,
            model_folder=folder,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            priority=INTERACTIVE_PRIORITY,
            preview=self.preview,
            parents=tuple(parents),
        )
        self._asked[request.id] = recipe
        self._making[recipe] = request.id
        self._worker.submit(request)
        self.changed.emit(recipe)

    def _take_saved(self, saved: Saved) -> None:
        if (recipe := self._asked.pop(saved.job, None)) is None:
            return
        self._making.pop(recipe, None)
        self._saved[recipe] = saved.record.id, saved.file
        self.saved.emit(recipe, image_of(saved.frame))

    def _take_job(self, view: JobView) -> None:
        if view.state in GIVEN_UP and view.id in self._asked:
            self._give_up(view.id)
            if view.sentence:
                self.notice.emit(view.sentence)
        elif (recipe := self._asked.get(view.id)) and not view.state.ended:
            self._resume(recipe, view.id)

    def _resume(self, recipe: Recipe, job: UUID) -> None:
        """Count on a job that had ended, if somebody lets it go on."""
        if recipe not in self._making:
            self._making[recipe] = job
            self.changed.emit(recipe)

    def _give_up(self, job: UUID) -> None:
        recipe = self._asked.get(job)
        if recipe and self._making.get(recipe) == job:
            del self._making[recipe]
            self.changed.emit(recipe)
