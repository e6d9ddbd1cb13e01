"""Batches and the machine they run on: pause them on battery, keep it awake, each if wished."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, SignalInstance

from ldm_desktop.core.job import BATCH_PRIORITY
from ldm_desktop.core.settings import Settings
from ldm_desktop.session.inhibitor import Inhibitor
from ldm_desktop.session.power import Power
from ldm_desktop.worker.work import JobState, JobView, QueueView


class Queue(Protocol):
    """What of `worker.thread.Worker` is needed here."""

    job_changed: SignalInstance
    job_removed: SignalInstance
    queue_changed: SignalInstance

    def pause_queue(self, reason: str = "") -> None:
        """Pause everything."""

    def resume_queue(self) -> None:
        """Go on."""


class Laptop(QObject):
    """Listens to queue, battery and settings; a person who resumes by hand is not overruled."""

    def __init__(
        self,
        queue: Queue,
        power: Power,
        inhibitor: Inhibitor,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._power, self._inhibitor = queue, power, inhibitor
        self._settings = settings
        self._running: set[UUID] = set()
        self._queue: QueueView | None = None
        self._reason = self.tr("running on battery")
        queue.job_changed.connect(self._note_job)
        queue.job_removed.connect(self._forget_job)
        queue.queue_changed.connect(self._note_queue)
        power.changed.connect(self._heed_battery)

    def apply(self, settings: Settings, _old: Settings | None = None) -> None:
        """Take changed settings."""
        before, self._settings = self._settings, settings
        if before.pause_on_battery is not settings.pause_on_battery:
            self._heed_battery()
        self._heed_sleep()

    def _note_job(self, job: JobView) -> None:
        if job.state is JobState.RUNNING and job.request.priority <= BATCH_PRIORITY:
            self._running.add(job.id)
        else:
            self._running.discard(job.id)
        self._heed_sleep()

    def _forget_job(self, job: UUID) -> None:
        self._running.discard(job)
        self._heed_sleep()

    def _note_queue(self, queue: QueueView) -> None:
        self._queue = queue
        self._heed_sleep()
        # It shows no more than one reason: at the mains again there may have been another.
        self._heed_mains()

    def _heed_sleep(self) -> None:
        paused = self._queue is not None and self._queue.paused
        wished = self._settings.keep_awake and bool(self._running) and not paused
        self._inhibitor.keep_awake(wished)

    @property
    def _wished(self) -> bool:
        return self._settings.pause_on_battery and self._power.on_battery

    def _heed_battery(self) -> None:
        by_hand = self._queue is not None and self._queue.paused and not self._queue.reason
        if self._wished and not by_hand:
            self._worker.pause_queue(self._reason)
        self._heed_mains()

    def _heed_mains(self) -> None:
        ours = self._queue is not None and self._queue.paused and self._queue.reason == self._reason
        if ours and not self._wished:
            self._worker.resume_queue()
