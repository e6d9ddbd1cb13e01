"""Gives the engine what the queue says it should have, and takes back the rest."""

from __future__ import annotations

from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.worker.bench import Bench
from ldm_desktop.worker.dispatch import Want, plan
from ldm_desktop.worker.holds import Holds
from ldm_desktop.worker.jobs import JobEntry, PictureEntry
from ldm_desktop.worker.ledger import Ledger
from ldm_desktop.worker.listener import Listener
from ldm_desktop.worker.models import Models
from ldm_desktop.worker.saving import Saver
from ldm_desktop.worker.work import JobState, PictureState

MOST_ADOPTED = 16
"""Files that are read at once, while everything else here waits."""


class Giver:
    """Brings the engine's bench into agreement with the queue."""

    def __init__(
        self,
        ledger: Ledger,
        bench: Bench,
        models: Models,
        holds: Holds,
        saver: Saver,
        listener: Listener,
    ) -> None:
        self._ledger = ledger
        self._bench = bench
        self._models = models
        self._holds = holds
        self._saver = saver
        self._listener = listener
        self.has_more = False
        """Whether more pictures that are there already are to be looked for."""
        self._adopted = 0

    def held(self, job: JobEntry) -> bool:
        """Whether a job is to stand still."""
        return self._holds.held(job) or (bool(self._saver.trouble) and not job.is_look)

    def _wanted(self, job: UUID, picture: UUID) -> bool:
        entry = self._ledger.queue.job(job)
        return bool(entry and not entry.state.ended and picture in entry.live)

    def give_all(self) -> bool:
        """Give the engine what it should have; True if that has changed the queue."""
        self._adopted = 0
        active = self._ledger.queue.active()
        going = [job for job in active if not self.held(job)]
        given = {
            job: {each: level for each, level in mine.items() if self._wanted(job, each)}
            for job, mine in self._bench.given.items()
        }
        self._mark(given)
        able = [job for job in going if job.waiting or given.get(job.id)]
        todo = plan(able, given, lambda job: self._bench.is_open(job.model))
        held = {job.id for job in active if self.held(job)}
        self._bench.hold(lambda job: job in held)
        self._bench.rank(todo.priorities)
        for job in todo.opens:
            self._models.open_for(job)
        changed = [self._give(want) for want in todo.wants]
        self._bench.keep_only(self._wanted)
        return any(changed)

    def _mark(self, given: dict[UUID, dict[UUID, int]]) -> None:
        """What was cancelled and is wanted again, before the engine knew, is still at work."""
        for job, mine in given.items():
            entry = self._ledger.queue.job(job)
            if entry:
                for picture in mine:
                    entry.live[picture].state = PictureState.RUNNING

    def _give(self, want: Want) -> bool:
        """Give pictures to the engine; True if another plan is needed."""
        entries, otherwise = self._take(want)
        try:
            if entries:
                self._bench.give(want.job, entries, want.priority)
        except KnownError as error:
            want.job.end(JobState.FAILED, str(error))
            self._ledger.job(want.job)
            return True
        return otherwise

    def _take(self, want: Want) -> tuple[list[PictureEntry], bool]:
        """Take pictures that wait; those that are there already are found to be, some at a time."""
        entries: list[PictureEntry] = []
        before = self._adopted
        while len(entries) < want.pictures and want.job.waiting:
            if self._adopted == MOST_ADOPTED:
                self.has_more = True
                return entries, False
            entry = want.job.take()
            try:
                if self._is_there(want.job, entry):
                    self._adopted += 1
                    continue
            except KnownError as error:
                self.be_in_trouble(error)
                return entries, True
            entry.state, entry.submitted = PictureState.RUNNING, True
            self._ledger.picture(entry)
            entries.append(entry)
        return entries, self._adopted > before

    def _is_there(self, job: JobEntry, entry: PictureEntry) -> bool:
        """Adopt what was saved before a restart, and a frame that an earlier export has made."""
        return (entry.doubtful or job.is_morph) and self._listener.adopt(job, entry)

    def be_in_trouble(self, error: KnownError) -> None:
        """Let everything stand still until somebody says that the disk is in order again."""
        if not self._saver.trouble:
            self._saver.trouble = str(error)
            self._ledger.tell.notice(str(error))
            self._ledger.whole()
