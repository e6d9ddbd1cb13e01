"""What a person can ask of the queue: each takes effect on it at once, on the engine in a moment.

Nothing here speaks to the engine: it is given what the queue says it should have (`dispatch`).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection
from uuid import UUID, uuid4

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.worker.holds import Holds
from ldm_desktop.worker.jobs import JobEntry, PictureEntry, stopped
from ldm_desktop.worker.ledger import Ledger, end_pictures
from ldm_desktop.worker.saving import Saver
from ldm_desktop.worker.work import JobState, Purpose, Request, SeedOrder


class Wishes:
    """The queue's side of the worker's methods."""

    def __init__(
        self, ledger: Ledger, holds: Holds, saver: Saver, forget: Callable[[PictureEntry], None]
    ) -> None:
        """`forget` is told of pictures that nobody wants any more."""
        self._ledger = ledger
        self._holds = holds
        self._saver = saver
        self._forget = forget

    def _job(self, job: UUID) -> JobEntry:
        found = self._ledger.queue.jobs.get(job)
        if found is None:
            raise KnownError("This job is no longer in the queue.")
        return found

    def submit(self, request: Request) -> None:
        """Take a job, behind the others of its priority."""
        if request.purpose is Purpose.LOOK:
            self.look_sharp(request)
        elif request.id not in self._ledger.queue.jobs:
            self._ledger.add(JobEntry(request))

    def look_sharp(self, request: Request) -> None:
        """Take a look, instead of the last one."""
        self._ledger.queue.look = JobEntry(request)
        self._ledger.unplanned = True

    def pause(self, job: UUID) -> None:
        """Let a job stand still."""
        entry = self._job(job)
        if entry.state is JobState.WAITING:
            self._set(entry, JobState.PAUSED)
            for picture in entry.live.values():
                self._ledger.write(picture)

    def resume(self, job: UUID) -> None:
        """Let a job go on."""
        entry = self._job(job)
        self._holds.release(job)
        if entry.state is JobState.PAUSED:
            self._set(entry, JobState.WAITING)

    def _set(self, entry: JobEntry, state: JobState) -> None:
        entry.state = state
        self._ledger.job(entry)

    def cancel(self, job: UUID) -> None:
        """Make no more pictures of a job; those that are finished are kept."""
        entry = self._job(job)
        if entry.state.ended and not entry.live:
            return
        entry.state = JobState.CANCELLED
        self._drop(entry, list(entry.live.values()))

    def leave_out(self, job: UUID, numbers: Collection[int]) -> None:
        """Do not make some pictures of a job; what of them is at work is cancelled."""
        entry = self._job(job)
        if entry.state.ended:
            return
        # Those before them come into being, too: after a restart the next is behind the last.
        while entry.unmade and entry.next <= max(numbers, default=-1):
            self._ledger.picture(entry.bring())
        unwanted = set(numbers)
        self._drop(entry, [each for each in entry.live.values() if each.number in unwanted])

    def _drop(self, job: JobEntry, entries: list[PictureEntry]) -> None:
        unwanted = [each for each in entries if not self._saver.holds(each)]
        end_pictures(self._ledger, job, unwanted)
        for each in unwanted:
            self._forget(each)
        self._ledger.job(job)

    def retry(self, job: UUID) -> None:
        """Make the pictures of a job that failed, were cancelled or set aside."""
        entry = self._job(job)
        self._ledger.commit()
        again = self._ledger.store.ended(entry.request)
        if not (again or entry.state.ended):
            return
        self._holds.release(job)
        entry.retry(again)
        for picture in again:
            self._ledger.picture(picture)
        self._ledger.job(entry)

    def duplicate(self, job: UUID) -> None:
        """Ask for the same once more, at the end of the queue."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self.submit(dataclasses.replace(self._job(job).request, id=uuid4(), created=now))

    def remove(self, job: UUID) -> None:
        """Forget a job; what of it is at work is cancelled."""
        entry = self._job(job)
        entry.state = JobState.CANCELLED
        self._ledger.remove(entry)
        for picture in list(entry.live.values()):
            if not self._saver.holds(picture):
                self._forget(picture)

    def clear_ended(self) -> None:
        """Forget all jobs to which nothing more happens."""
        for entry in self._ledger.queue:
            if entry.state.ended:
                self.remove(entry.id)

    def move(self, job: UUID, before: UUID | None) -> None:
        """Put a job before another one, or at the end."""
        self._ledger.move(job, before)

    def pause_queue(self, reason: str) -> None:
        """Let the queue stand still."""
        self._holds.pause(reason)
        self._ledger.whole()

    def resume_queue(self) -> None:
        """Let the queue go on, also where saving had failed."""
        self._holds.resume()
        self.retry_saving()

    def retry_saving(self) -> None:
        """Try once more what could not be saved."""
        self._saver.trouble = ""
        self._ledger.whole()

    def stop_here(self, picture: UUID) -> None:
        """Keep what a picture shows now as a picture of its own, and do not finish it."""
        entry = self._ledger.queue.picture(picture)
        job = self._ledger.queue.job(entry.job) if entry else None
        if not entry or not job:
            return
        kept = dataclasses.replace(
            job.request,
            id=uuid4(),
            recipe=stopped(entry.recipe, entry.done),
            created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            count=1,
            seeds=SeedOrder.NEXT,
            picked=(),
            purpose=Purpose.KEEP,
            morph=None,
            folder="",
            priority=max(INTERACTIVE_PRIORITY, job.request.priority),
            batch=1,
            parents=(),
        )
        # While the engine still has what it is made of.
        self._holds.let(kept.id)
        self.submit(kept)
        self._drop(job, [entry])

    def list_pictures(self, job: UUID) -> None:
        """Tell of the newest pictures of a job."""
        entry = self._job(job)
        self._ledger.commit()
        for picture in self._ledger.store.pictures(entry.request):
            self._ledger.show_picture(entry.live.get(picture.id, picture))
