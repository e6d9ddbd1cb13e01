"""For who looks elsewhere: how far things are, in the title, and news of batches that ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal, SignalInstance

from ldm_desktop.core.paths import NAME
from ldm_desktop.worker.work import JobState, JobView, QueueView


class News(Protocol):
    """What of `worker.thread.Worker` is needed here."""

    job_changed: SignalInstance
    job_removed: SignalInstance
    queue_changed: SignalInstance


class Announcer(QObject):
    """Turns the worker's signals into a title, and into news if nobody is looking."""

    title_changed = Signal(str)
    unseen = Signal(str, str)
    """A batch has ended while `watching()` was false: a title and a sentence."""

    def __init__(
        self, worker: News, watching: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._watching = watching
        self._states: dict[UUID, JobState] = {}
        self._queue = QueueView(paused=False, waiting_pictures=0, share=0.0)
        self.title = NAME
        worker.job_changed.connect(self._note_job)
        worker.job_removed.connect(self._forget_job)
        worker.queue_changed.connect(self._note_queue)

    def _note_job(self, job: JobView) -> None:
        before = self._states.get(job.id, job.state)
        self._states[job.id] = job.state
        if job.state.ended and not before.ended and job.total != 1 and not self._watching():
            self._tell(job)
        self._retitle()

    def _forget_job(self, job: UUID) -> None:
        self._states.pop(job, None)
        self._retitle()

    def _note_queue(self, queue: QueueView) -> None:
        self._queue = queue
        self._retitle()

    def _retitle(self) -> None:
        working = any(not state.ended for state in self._states.values())
        # A non-breaking space, as one writes it; the share is rounded down: 100 % is the end.
        share = f"{int(self._queue.share * 100)}\N{NO-BREAK SPACE}%"
        if not working:
            title = NAME
        elif self._queue.paused:
            title = self.tr("{share}, paused – {name}").format(share=share, name=NAME)
        else:
            title = self.tr("{share} – {name}").format(share=share, name=NAME)
        if title != self.title:
            self.title = title
            self.title_changed.emit(title)

    def _tell(self, job: JobView) -> None:
        if job.state is JobState.CANCELLED:
            return  # Whoever cancels knows.
        if job.state is JobState.FINISHED and not job.failed:
            title = self.tr("The pictures are ready")
            text = self.tr("Pictures saved: {saved}").format(saved=job.saved)
        else:
            title = self.tr("A batch has ended with trouble")
            text = self.tr("Pictures saved: {saved}. Failed: {failed}. {sentence}")
            text = text.format(saved=job.saved, failed=job.failed, sentence=job.sentence).rstrip()
        self.unseen.emit(title, text)
