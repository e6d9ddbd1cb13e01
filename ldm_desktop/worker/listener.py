"""What the engine says of pictures, entered into the queue."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from ldm_desktop.core.events import Changed, Failed, Finished, Stage, State, Stepped, Working
from ldm_desktop.worker.bench import Bench
from ldm_desktop.worker.jobs import JobEntry, PictureEntry
from ldm_desktop.worker.ledger import Ledger
from ldm_desktop.worker.pace import Paces, kind_of
from ldm_desktop.worker.saving import Saver
from ldm_desktop.worker.work import JobState, LookDone, PictureState

NOTING_SECONDS = 10.0
"""How often progress is written down; the pictures themselves have checkpoints."""


class Listener:
    """Takes the events that are about a picture; those nobody waits for any more are nothing."""

    def __init__(
        self,
        ledger: Ledger,
        bench: Bench,
        paces: Paces,
        saver: Saver,
        forget: Callable[[UUID], None],
        clock: Callable[[], float],
    ) -> None:
        """`forget` is told of the pictures whose checkpoints are of no use any more."""
        self._ledger = ledger
        self._bench = bench
        self._paces = paces
        self._saver = saver
        self._forget = forget
        self._clock = clock
        self._noted = clock()

    def _find(self, job: UUID | None, picture: UUID | None) -> tuple[JobEntry, PictureEntry] | None:
        entry = self._ledger.queue.job(job)
        found = entry.live.get(picture) if entry and picture else None
        return (entry, found) if entry and found else None

    def working(self, event: Working) -> None:
        """A picture is begun or decoded now."""
        self._paces.working(event.picture, event.stage)
        if found := self._find(event.job, event.picture):
            job, entry = found
            entry.decoding = event.stage is Stage.DECODING
            self._ledger.picture(entry, urgent=False)
            self._ledger.job(job, urgent=False)

    def stepped(self, event: Stepped) -> None:
        """A picture has advanced."""
        found = self._find(event.job, event.picture)
        if not found:
            return
        job, entry = found
        self._paces.stepped(kind_of(entry.recipe), entry.id)
        entry.done, entry.decoding = event.done, False
        self._ledger.picture(entry, urgent=False)
        self._ledger.job(job, urgent=False)
        if event.preview:
            self._ledger.tell.previewed(event)
        if self._clock() - self._noted >= NOTING_SECONDS:
            self.note_progress()

    def note_progress(self) -> None:
        """Have it written down how far the pictures have come that are at work."""
        self._noted = self._clock()
        for job, mine in self._bench.given.items():
            for picture in mine:
                if found := self._find(job, picture):
                    self._ledger.write(found[1])

    def finished(self, event: Finished) -> None:
        """A picture is finished, and on its way to the library; a look is only shown."""
        found = self._find(event.job, event.picture)
        self._bench.drop(event.job, event.picture)
        self._ledger.unplanned = True
        if not found:
            return
        job, entry = found
        pace = self._paces.finished(kind_of(event.recipe), entry.id)
        if pace:
            self._ledger.pace(pace)
            self._ledger.tell.paces(self._paces.all())
        if job.is_look:
            self._ledger.queue.look = None
            self._ledger.tell.look_done(LookDone(job.id, event.recipe, event.frame))
            return
        entry.done = event.recipe.evaluations
        entry.remade = event.recipe != entry.recipe
        entry.recipe = event.recipe
        self._saver.add(job, entry, event)

    def failed(self, event: Failed) -> None:
        """A picture cannot be made, or nothing of a job, or a command was not understood."""
        found = self._find(event.job, event.picture)
        if event.job and event.picture:
            self._bench.drop(event.job, event.picture)
            self._ledger.unplanned = True
        if found:
            job, entry = found
            entry.report = event.report
            job.end_picture(entry, PictureState.FAILED, event.sentence)
            self._ledger.picture(entry)
            self._ledger.job(job)
            if job.is_look:
                self._ledger.queue.look = None
                self._ledger.tell.notice(event.sentence)
        elif event.picture is None:
            self._refused(event)

    def _refused(self, event: Failed) -> None:
        job = self._ledger.queue.job(event.job)
        if job:
            job.end(JobState.FAILED, event.sentence)
            self._ledger.job(job)
        if job is None or job.is_look:
            self._ledger.tell.notice(event.sentence)

    def changed(self, event: Changed) -> None:
        """A picture was paused, resumed or cancelled."""
        self._paces.interrupted()
        if event.state is State.CANCELLED and not self._ledger.queue.picture(event.picture):
            self._forget(event.picture)

    def adopt(self, job: JobEntry, entry: PictureEntry) -> bool:
        """Take a picture as saved whose file is there already; False if there is none."""
        file = self._saver.find(job, entry)
        entry.doubtful = False
        if file is None:
            return False
        entry.file = file
        self.saved(job, entry)
        return True

    def saved(self, job: JobEntry | None, entry: PictureEntry) -> None:
        """Note that a picture is durable."""
        if job:
            job.end_picture(entry, PictureState.SAVED)
            self._ledger.picture(entry)
            self._ledger.job(job)
        self._forget(entry.id)
