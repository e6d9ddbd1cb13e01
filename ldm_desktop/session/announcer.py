"""For who looks elsewhere: how far things are, in the title, and news of batches that ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal, SignalInstance

from ldm_desktop.core.paths import NAME
from ldm_desktop.worker.work import JobState, JobView, Purpose, QueueView


class News(Protocol):
    """What of `worker.thread.Worker` is needed here."""

    job_changed: SignalInstance
    job_removed: SignalInstance
    queue_changed: SignalInstance


class Announcer(QObject):
    """Turns the worker's signals into a title, and into news if nobody is looking."""

    title_changed = Signal(str)
    unseen = Signal(str, str)
    """A batch, or many pictures, ended while `watching()` was false: a title and a sentence."""

    def __init__(
        self, worker: News, watching: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._watching = watching
        self._jobs: dict[UUID, JobView] = {}
        self._singles: list[JobView] = []
        self._queue = QueueView(paused=False, waiting_pictures=0, share=0.0)
        self.title = NAME
        worker.job_changed.connect(self._note_job)
        worker.job_removed.connect(self._forget_job)
        worker.queue_changed.connect(self._note_queue)

    def _note_job(self, job: JobView) -> None:
        before = self._jobs.get(job.id, job)
        self._jobs[job.id] = job
        if job.state.ended and not before.state.ended:
            self._end(job)
        self._settle()

    def _forget_job(self, job: UUID) -> None:
        self._jobs.pop(job, None)
        self._settle()

    def _end(self, job: JobView) -> None:
        if self._watching():
            # Whoever looks now sees what has been made before, too.
            self._singles.clear()
        elif job.state is JobState.CANCELLED or job.request.purpose is Purpose.FRAME:
            pass  # Whoever cancels knows, and of frames whoever made an animation of them tells.
        elif job.total == 1:
            self._singles.append(job)
        else:
            self._tell([job])

    def _settle(self) -> None:
        """Tell of single pictures once, when nothing waits any more; of one, nobody needs news."""
        waits = (JobState.WAITING, JobState.RUNNING)
        if not any(job.state in waits for job in self._jobs.values()):
            if len(self._singles) > 1 and not self._watching():
                self._tell(self._singles)
            self._singles = []
        self._retitle()

    def _note_queue(self, queue: QueueView) -> None:
        self._queue = queue
        self._retitle()

    def _retitle(self) -> None:
        title = self._title([job for job in self._jobs.values() if not job.state.ended])
        if title != self.title:
            self.title = title
            self.title_changed.emit(title)

    def _title(self, working: list[JobView]) -> str:
        # A non-breaking space, as one writes it; the share is rounded down: 100 % is the end.
        share = f"{int(self._queue.share * 100)}\N{NO-BREAK SPACE}%"
        counted = any(job.total is not None for job in working)
        if not working:
            title = NAME
        elif self._queue.paused and counted:
            title = self.tr("{share}, paused – {name}")
        elif self._queue.paused:
            title = self.tr("Paused – {name}")
        else:
            title = self.tr("{share} – {name}") if counted else NAME
        return title.format(share=share, name=NAME)

    def _tell(self, jobs: Sequence[JobView]) -> None:
        saved = sum(job.saved for job in jobs)
        failed = sum(job.failed for job in jobs)
        bad = [job for job in jobs if job.failed or job.state is not JobState.FINISHED]
        if not bad:
            title = self.tr("The pictures are ready")
            text = self.tr("Pictures saved: {saved}").format(saved=saved)
        else:
            title = self.tr("A batch has ended with trouble")
            text = self.tr("Pictures saved: {saved}. Failed: {failed}. {sentence}")
            text = text.format(saved=saved, failed=failed, sentence=bad[-1].sentence).rstrip()
        self.unseen.emit(title, text)
