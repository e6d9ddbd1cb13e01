"""Exports of morphs: frames by way of the queue, then one file of them; each can be gone on with.

An export lives in `<data>/morphs/<id of its path>`: `export.json` says what is wished for, and
beside it lies a file for each frame that is made. So whatever ends it, nothing is made twice.
The frames of the path that was exported last stay, so that it can be had in another format at
once; those of paths that were exported before it go.
"""

from __future__ import annotations

import dataclasses
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.morph import Morph, moments, recipe_at
from ldm_desktop.gallery.animation.options import AnimationOptions
from ldm_desktop.session.background import Background
from ldm_desktop.session.explore import morph_export_files as files
from ldm_desktop.session.explore.morph_export_files import KeptExport
from ldm_desktop.session.orders import Orders, not_here
from ldm_desktop.worker.work import JobState, JobView, Purpose, Request

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

TOLD = 100
"""How often at most the assembling tells how far it is."""


class ExportStage(StrEnum):
    """What an export is at; one that is stopped can be gone on with."""

    MAKING = "making"
    PAUSED = "paused"
    ASSEMBLING = "assembling"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class ExportView:
    """An export as it is shown: `done` of `total` frames made, or put together."""

    kept: KeptExport
    stage: ExportStage
    done: int
    total: int
    eta: float | None = None
    sentence: str = ""

    @property
    def id(self) -> str:
        """The id of its path."""
        return self.kept.morph.id


class Exports(QObject):
    """The exports that are under way, were stopped, or have ended in this session."""

    changed = Signal()
    notice = Signal(str)
    _told = Signal(str, int, int)

    def __init__(
        self, worker: Worker, orders: Orders, data: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._orders = orders
        self._folder = data / "morphs"
        self._background = Background(1, self)
        self._views: dict[str, ExportView] = {}
        self._jobs: dict[UUID, JobView] = {}
        self._cancelled: dict[str, threading.Event] = {}
        self._told.connect(self._take_progress)
        worker.job_changed.connect(self._take_job)
        worker.job_removed.connect(self._take_removal)
        self._background.run(partial(files.find, self._folder), self._take_found)

    @property
    def views(self) -> tuple[ExportView, ...]:
        """All of them, the newest first."""
        return tuple(sorted(self._views.values(), key=lambda v: v.kept.created, reverse=True))

    @property
    def resumable(self) -> tuple[ExportView, ...]:
        """Those that can be gone on with."""
        return tuple(view for view in self.views if view.stage is ExportStage.STOPPED)

    def start(self, morph: Morph, options: AnimationOptions) -> None:
        """Export a path: what is made of its frames already is used."""
        if not (folder := self._orders.folder_of(morph.recipe)):
            self.notice.emit(not_here(morph.recipe.model))
            return
        self._forget_job(morph.id)
        kept = KeptExport(
            morph,
            str(options.target),
            options.format,
            options.quality,
            options.lossless,
            options.replace,
            folder,
            uuid4(),
            datetime.now(UTC).isoformat(),
        )
        self._put(ExportView(kept, ExportStage.MAKING, 0, len(moments(morph))))
        self._background.run(partial(files.begin, self._folder, kept), partial(self._make, kept))

    def go_on(self, path: str) -> None:
        """Go on with an export that was stopped."""
        view = self._views.get(path)
        if view and view.stage is ExportStage.STOPPED:
            self.start(view.kept.morph, view.kept.options)

    def cancel(self, path: str) -> None:
        """Stop an export; its frames stay, so that it can be gone on with."""
        if event := self._cancelled.get(path):
            event.set()
        elif view := self._views.get(path):
            self._worker.cancel(view.kept.job)
            self._stop(view, "")

    def discard(self, path: str) -> None:
        """Give an export up with all of its frames; what it was exported to stays."""
        self.cancel(path)
        view = self._views.pop(path, None)
        if view:
            self._background.run(partial(files.remove, self._folder / path), self._said)
            self.changed.emit()

    def dismiss(self, path: str) -> None:
        """Show an export that is done no longer."""
        view = self._views.get(path)
        if view and view.stage is ExportStage.DONE:
            del self._views[path]
            self.changed.emit()

    def close(self) -> None:
        """End what runs beside the GUI thread; what it was at can be gone on with."""
        for event in self._cancelled.values():
            event.set()
        self._background.close()

    # Making the frames.

    def _make(self, kept: KeptExport, missing: int | KnownError) -> None:
        view = self._views.get(kept.morph.id)
        if view is None or view.kept is not kept or view.stage is ExportStage.STOPPED:
            return
        if isinstance(missing, KnownError):
            self._stop(view, str(missing))
        elif missing:
            self._worker.submit(_request(kept, self._folder / kept.morph.id))
        else:
            self._assemble(view)

    def _take_job(self, job: JobView) -> None:
        if job.request.purpose is not Purpose.FRAME:
            return
        self._jobs[job.id] = job
        if view := self._of_job(job.id):
            self._follow(view, job)

    def _take_removal(self, job: UUID) -> None:
        self._jobs.pop(job, None)
        view = self._of_job(job)
        if view and view.stage in (ExportStage.MAKING, ExportStage.PAUSED):
            self._stop(view, "")

    def _of_job(self, job: UUID) -> ExportView | None:
        return next((view for view in self._views.values() if view.kept.job == job), None)

    def _follow(self, view: ExportView, job: JobView) -> None:
        """Bring an export into agreement with the job that makes its frames."""
        if view.stage in (ExportStage.ASSEMBLING, ExportStage.DONE):
            return
        if job.state is JobState.FINISHED:
            self._assemble(view)
        elif job.state.ended:
            self._stop(dataclasses.replace(view, done=job.saved), job.sentence)
        else:
            paused = job.state is JobState.PAUSED
            stage = ExportStage.PAUSED if paused else ExportStage.MAKING
            self._put(
                dataclasses.replace(
                    view, stage=stage, done=job.saved, eta=job.eta, sentence=job.sentence
                )
            )

    def _forget_job(self, path: str) -> None:
        """Take back the job of an earlier attempt, which would make the same frames."""
        view = self._views.get(path)
        if view and (job := self._jobs.get(view.kept.job)) and not job.state.ended:
            self._worker.cancel(job.id)

    # Putting them together.

    def _assemble(self, view: ExportView) -> None:
        enough = self._cancelled[view.id] = threading.Event()
        self._put(
            dataclasses.replace(view, stage=ExportStage.ASSEMBLING, done=0, eta=None, sentence="")
        )
        told = partial(self._tell, view.id)
        work = partial(files.put_together, self._folder, view.kept, told, enough)
        self._background.run(work, partial(self._take_end, view.id))

    def _tell(self, path: str, done: int, total: int) -> None:
        """Tell, from the other thread, how far it is."""
        if done == total or done % max(1, total // TOLD) == 0:
            self._told.emit(path, done, total)

    def _take_progress(self, path: str, done: int, total: int) -> None:
        view = self._views.get(path)
        if view and view.stage is ExportStage.ASSEMBLING:
            self._put(dataclasses.replace(view, done=done, total=total))

    def _take_end(self, path: str, made: Path | KnownError | None) -> None:
        self._cancelled.pop(path, None)
        if not (view := self._views.get(path)):
            return
        if isinstance(made, Path):
            kept = dataclasses.replace(view.kept, done=True)
            self._put(ExportView(kept, ExportStage.DONE, view.total, view.total))
            self.notice.emit(self.tr("The morph is saved as {file}.").format(file=made))
        else:
            self._stop(view, str(made) if made else "")

    def _stop(self, view: ExportView, sentence: str) -> None:
        total = len(moments(view.kept.morph))
        done = min(view.done, total)
        if view.stage is ExportStage.ASSEMBLING:
            done = total
        self._put(ExportView(view.kept, ExportStage.STOPPED, done, total, sentence=sentence))
        if sentence:
            self.notice.emit(sentence)

    # What was left behind by an earlier session.

    def _take_found(self, found: tuple[tuple[KeptExport, int], ...] | KnownError) -> None:
        if isinstance(found, KnownError):
            self.notice.emit(str(found))
            return
        for kept, missing in found:
            if kept.morph.id in self._views:
                continue
            total = len(moments(kept.morph))
            view = ExportView(kept, ExportStage.STOPPED, max(0, total - missing), total)
            self._put(view)
            if job := self._jobs.get(kept.job):
                self._follow(view, job)

    def _put(self, view: ExportView) -> None:
        self._views[view.id] = view
        self.changed.emit()

    def _said(self, outcome: KnownError | None) -> None:
        if outcome:
            self.notice.emit(str(outcome))


def _request(kept: KeptExport, folder: Path) -> Request:
    return Request(
        id=kept.job,
        recipe=recipe_at(kept.morph, 0.0),
        model_folder=kept.model_folder,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        count=len(moments(kept.morph)),
        purpose=Purpose.FRAME,
        morph=kept.morph,
        folder=str(folder),
    )
