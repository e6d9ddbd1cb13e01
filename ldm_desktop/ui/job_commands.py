"""The actions on jobs and on the whole queue: when they are possible, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from ldm_desktop.session.queue_model import QueueModel
from ldm_desktop.ui.actions import Actions
from ldm_desktop.worker.work import JobState, JobView, QueueView

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker


class JobCommands(QObject):
    """Connects the actions of the queue to the worker."""

    def __init__(
        self, model: QueueModel, worker: Worker, actions: Actions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._worker = worker
        self._actions = actions
        self._job: JobView | None = None
        doing: dict[str, Callable[[UUID], None]] = {
            "job-pause": self._pause_or_resume,
            "job-cancel": worker.cancel,
            "job-retry": worker.retry,
            "job-duplicate": worker.duplicate,
            "job-remove": worker.remove,
            "job-up": lambda job: model.shift(job, -1),
            "job-down": lambda job: model.shift(job, +1),
        }
        for name, do in doing.items():
            actions[name].triggered.connect(lambda _=False, do=do: self._with_job(do))
        actions["clear-ended"].triggered.connect(lambda: worker.clear_ended())
        actions["pause-queue"].triggered.connect(self._pause_queue)

    def act_on(self, job: JobView | None) -> None:
        """Let the actions mean a job, or nothing."""
        self._job = job
        live = job is not None and not job.state.ended
        row = self._model.index_of(job.id).row() if job else -1
        last = sum(not each.state.ended for each in self._model.jobs) - 1
        possible = {
            "job-pause": live,
            "job-cancel": live,
            "job-retry": job is not None and _can_retry(job),
            "job-duplicate": job is not None,
            "job-remove": job is not None,
            "job-up": live and row > 0,
            "job-down": live and row < last,
            "clear-ended": last + 1 < self._model.rowCount(),
        }
        for name, enabled in possible.items():
            self._actions[name].setEnabled(enabled)
        self._name_pause(job is not None and job.state is JobState.PAUSED)

    def show_queue(self, queue: QueueView) -> None:
        """Let the action for the whole queue say what it does now."""
        self._actions["pause-queue"].setChecked(queue.paused)
        text = self.tr("Go on with the queue") if queue.paused else self.tr("Pause the queue")
        self._actions.rename("pause-queue", text, "play" if queue.paused else "pause")

    def _name_pause(self, paused: bool) -> None:
        text = self.tr("Go on with the job") if paused else self.tr("Pause the job")
        self._actions.rename("job-pause", text, "play" if paused else "pause")

    def _with_job(self, do: Callable[[UUID], None]) -> None:
        if self._job:
            do(self._job.id)

    def _pause_or_resume(self, job: UUID) -> None:
        if self._job and self._job.state is JobState.PAUSED:
            self._worker.resume(job)
        else:
            self._worker.pause(job)

    def _pause_queue(self) -> None:
        if self._model.queue.paused:
            self._worker.resume_queue()
        else:
            self._worker.pause_queue()


def _can_retry(job: JobView) -> bool:
    return job.state in (JobState.FAILED, JobState.CANCELLED, JobState.SET_ASIDE) or (
        job.state.ended and job.failed > 0
    )
