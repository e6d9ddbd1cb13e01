"""From a person's wish to a job: generate, queue, stop, cancel, render once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import BATCH_PRIORITY, INTERACTIVE_PRIORITY
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import ModelRef, Precision, Recipe, in_precision
from ldm_desktop.core.settings import Settings
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.queue_model import QueueModel
from ldm_desktop.session.settings_store import SettingsStore
from ldm_desktop.session.stage import Stage
from ldm_desktop.worker.work import Request

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker


def preview_of(settings: Settings) -> PreviewPolicy:
    """Give the previews a person wishes."""
    return PreviewPolicy(show=settings.preview, share=settings.preview_share)


def not_here(model: ModelRef) -> str:
    """Say that a picture's model is missing."""
    text = QCoreApplication.translate("Orders", "The model of this picture, {name}, is not here.")
    return text.format(name=model.name or model.fingerprint[:8])


class Orders(QObject):
    """Submits jobs; what cannot be done is said in a sentence, `notice`."""

    notice = Signal(str)
    waits = Signal(bool)
    """Something is asked for that begins as soon as the model is open, or no longer."""
    batch_begun = Signal(object)
    """The UUID of a job whose pictures should be seen, maybe before the first of them begins."""

    def __init__(
        self,
        worker: Worker,
        settings: SettingsStore,
        controls: Controls,
        shelf: ModelShelf,
        stage: Stage,
        queue: QueueModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._settings = settings
        self._controls = controls
        self._shelf = shelf
        self._stage = stage
        self._queue = queue
        self._later: list[Callable[[], None]] = []
        controls.facts_changed.connect(self._catch_up)

    def generate(self) -> None:
        """Make what is chosen, ahead of all that waits, and show it forming."""
        if not (request := self._request(None, self.generate)):
            return
        self._stage.unpin()
        self._stage.set_grid(request.count != 1)
        self._worker.submit(request)
        if request.count != 1:
            self.batch_begun.emit(request.id)
        waiting = next((job.id for job in self._queue.jobs if not job.state.ended), None)
        if waiting and request.priority == BATCH_PRIORITY:
            self._worker.move(request.id, waiting)

    def add_to_queue(self) -> None:
        """Make what is chosen after all that waits; the screen stays as it is."""
        if request := self._request(BATCH_PRIORITY, self.add_to_queue):
            self._worker.submit(request)

    def render_exact(self) -> None:
        """Make the picture on screen once more, in the precision that repeats to the last bit."""
        shown = self._stage.shown
        if not shown or shown.recipe.precision is Precision.EXACT:
            return
        recipe = in_precision(shown.recipe, Precision.EXACT)
        if not (folder := self.folder_of(recipe)):
            self.notice.emit(not_here(recipe.model))
            return
        self._stage.unpin()
        self._worker.submit(
            Request(
                id=uuid4(),
                recipe=recipe,
                model_folder=folder,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                priority=INTERACTIVE_PRIORITY,
                preview=preview_of(self._settings.settings),
                parents=(shown.picture,),
            )
        )

    def stop_here(self) -> None:
        """Keep the forming picture on screen as it is now."""
        shown = self._stage.shown
        if shown and shown.live:
            self._worker.stop_here(shown.picture)

    def cancel(self) -> None:
        """Give up the job of the forming picture on screen."""
        shown = self._stage.shown
        if shown and shown.live and shown.job:
            self._worker.cancel(shown.job)

    def folder_of(self, recipe: Recipe) -> str:
        """Say where a recipe's model is, or ""."""
        job = self._stage.job
        if job and job.request.recipe.model == recipe.model:
            return job.request.model_folder
        return self._shelf.find(recipe.model) or ""

    def _request(self, priority: int | None, again: Callable[[], None]) -> Request | None:
        if self._controls.waiting:
            self._later.append(again)
            self.waits.emit(True)
            return None
        settings = self._settings.settings
        try:
            request = self._controls.request(
                batch=1, preview=preview_of(settings), priority=priority
            )
        except KnownError as error:
            self.notice.emit(str(error))
            return None
        return replace(request, batch=min(settings.at_a_time, request.count or settings.at_a_time))

    def _catch_up(self) -> None:
        if self._later and not self._controls.waiting:
            later, self._later = self._later, []
            self.waits.emit(False)
            for again in later:
                again()
