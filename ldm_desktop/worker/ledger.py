"""The queue in memory, and what has changed in it: to be written down, and to be told."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from ldm_desktop.worker.forecast import Course, Forecast
from ldm_desktop.worker.jobs import JobEntry, PictureEntry, Queue
from ldm_desktop.worker.store import Changes, Store
from ldm_desktop.worker.telling import Tell, Throttle
from ldm_desktop.worker.work import Pace, PictureState, QueueView

EYES = 0.1
"""Seconds between two signals about one thing that only goes on."""
GLANCE = 0.5
"""Seconds between two views of the whole queue, and two forecasts."""


class Ledger:
    """Every change of the queue passes here; `commit` and `tell` are called when all are made."""

    def __init__(self, store: Store, tell: Tell, clock: Callable[[], float]) -> None:
        self.queue = Queue()
        self.store = store
        self.tell = tell
        self.unplanned = True
        """Whether the engine may have to be given something else."""
        self._changes = Changes()
        self._jobs: Throttle[JobEntry] = Throttle(EYES, clock)
        self._pictures: Throttle[PictureEntry] = Throttle(EYES, clock)
        self._whole: Throttle[str] = Throttle(GLANCE, clock)
        self._course = Course()
        self._ordered = False

    def job(self, job: JobEntry, *, urgent: bool = True) -> None:
        """Note that a job has changed; one that only goes on is not written down."""
        self._whole.note("queue", urgent=urgent)
        self.unplanned = self.unplanned or urgent
        if job.is_look:
            return
        if urgent:
            self._changes.jobs[job.id] = job
        self._jobs.note(job, urgent=urgent)
        if urgent and job.state.ended:
            for entry in job.live.values():
                self.show_picture(entry)

    def show(self, job: JobEntry) -> None:
        """Have a job told of that has changed only as to whether it is its turn."""
        if not job.is_look:
            self._jobs.note(job, urgent=True)
            self._whole.note("queue", urgent=True)

    def picture(self, entry: PictureEntry, *, urgent: bool = True) -> None:
        """Note that a picture has changed; one that only goes on is not written down."""
        if entry.job not in self.queue.jobs:
            return
        if urgent:
            self.write(entry)
        self._pictures.note(entry, urgent=urgent)

    def show_picture(self, entry: PictureEntry) -> None:
        """Have a picture told of that has not changed."""
        if entry.job in self.queue.jobs:
            self._pictures.note(entry, urgent=True)

    def write(self, entry: PictureEntry) -> None:
        """Have a picture written down as it is."""
        if entry.job in self.queue.jobs:
            self._changes.pictures[entry.id] = entry

    def pace(self, pace: Pace) -> None:
        """Have a pace written down."""
        self._changes.paces[pace.fingerprint, pace.precision, pace.size] = pace

    def add(self, job: JobEntry) -> None:
        """Put a new job at the end."""
        self.queue.add(job)
        self._ordered = True
        self.job(job)

    def move(self, job: UUID, before: UUID | None) -> None:
        """Put a job before another one, or at the end."""
        self._changes.places |= {each.id: each for each in self.queue.move(job, before)}
        self._ordered = self.unplanned = True

    def remove(self, job: JobEntry) -> None:
        """Forget a job; its saved pictures are in the library."""
        del self.queue.jobs[job.id]
        self._changes.remove(job.id)
        self._course.forget(job.id)
        self._jobs.forget(job)
        for entry in job.live.values():
            self._pictures.forget(entry)
        self.unplanned = self._ordered = True
        self._whole.note("queue", urgent=True)
        self.tell.job_removed(job.id)

    def whole(self) -> None:
        """Note that the queue as a whole has changed."""
        self.unplanned = True
        self._whole.note("queue", urgent=True)

    def commit(self) -> None:
        """Make all changes durable; what cannot be written now is written with the next."""
        if self._changes:
            self.store.write(self._changes)
            self._changes = Changes()

    def report(
        self,
        forecast: Forecast,
        at_work: Callable[[JobEntry], bool],
        view: Callable[[float, int], QueueView],
    ) -> None:
        """Tell what has changed since the last time; `view` gets the share and what waits."""
        if self._ordered:
            self._ordered = False
            self.tell.ordered(tuple(self.queue.jobs))
        # First the jobs, so that who hears of a picture knows what it is made for.
        for job in self._jobs.due():
            running, pace = at_work(job), forecast.pace(job)
            speed = 1 / pace.evaluation if running and pace and pace.evaluation > 0 else None
            self.tell.job(job.view(running=running, eta=forecast.job(job.id), speed=speed))
        for entry in self._pictures.due():
            self.tell.picture(entry.view(forecast.picture(entry.id)))
        if self._whole.due():
            active = self.queue.active()
            waiting = sum(
                len(job.live) if job.request.count is None else job.left
                for job in active
                if not job.is_look
            )
            self.tell.queue(view(self._course.share(active), waiting))

    @property
    def deadline(self) -> float | None:
        """When something is due to be told."""
        times = (self._jobs.deadline, self._pictures.deadline, self._whole.deadline)
        return min((time for time in times if time is not None), default=None)

    def everything(self) -> None:
        """Have all jobs and their pictures at hand told, as after a start."""
        self._ordered = True
        for job in self.queue:
            self._jobs.note(job, urgent=True)
            for entry in job.live.values():
                self._pictures.note(entry, urgent=True)
        self.whole()


def end_pictures(ledger: Ledger, job: JobEntry, entries: list[PictureEntry]) -> None:
    """Cancel pictures of a job."""
    for entry in entries:
        job.end_picture(entry, PictureState.CANCELLED)
        ledger.picture(entry)
