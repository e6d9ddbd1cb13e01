"""A stage with a worker behind it that tests can speak for, and the views before it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from fakes import FakeWorker, frame_of, job_of, picture_view_of, request_of, saved_of
from PySide6.QtWidgets import QApplication
from samples import recipe_of

from ldm_desktop.core.events import Stepped
from ldm_desktop.core.noise import first_seed
from ldm_desktop.session.batch_model import BatchModel
from ldm_desktop.session.scrubber import Scrubber
from ldm_desktop.session.stage import Stage
from ldm_desktop.ui.actions import Actions
from ldm_desktop.worker.work import PictureView, Request, Saved


class Scene:
    """The session objects that the views in the middle of the window need."""

    def __init__(self) -> None:
        self.worker = FakeWorker()
        self.stage = Stage(self.worker)  # type: ignore[arg-type]
        self.batch = BatchModel(self.worker, self.stage)  # type: ignore[arg-type]
        self.scrubber = Scrubber(self.worker, self.stage)  # type: ignore[arg-type]
        self.actions = Actions()

    def begin(self, seed: int = 7, count: int = 1, side: int = 128) -> Request:
        """Tell of a job that begins now."""
        request = request_of(seed, count, recipe=recipe_of(seed, size=(side, side)))
        self.worker.job_changed.emit(job_of(request))
        return request

    def run(self, request: Request, number: int = 0, done: int = 5) -> PictureView:
        """Tell of a picture that runs, with a preview."""
        view = picture_view_of(request, number, done=done)
        self.worker.picture_changed.emit(view)
        frame = frame_of(done, (32, 32))
        self.worker.previewed.emit(Stepped(request.id, view.id, done, view.total, frame))
        return view

    def finish(self, seed: int = 7, side: int = 128) -> Saved:
        """Tell of a picture that was made and saved."""
        return self.save(self.run(self.begin(seed, side=side)))

    def save(self, view: PictureView) -> Saved:
        """Tell that a picture is saved."""
        seed = first_seed(view.recipe.noise).seed
        saved = saved_of(view.job, view.recipe, Path(f"{seed}.png"), view.id)
        saved = dataclasses.replace(saved, frame=frame_of(seed, view.recipe.size))
        self.worker.saved.emit(saved)
        return saved

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self.batch.close()
        self.stage.close()


def settle() -> None:
    """Let what was asked for be painted."""
    for _ in range(3):
        QApplication.processEvents()
