"""The worker's desk: the queue, the engine's bench and the library, brought into agreement.

Whatever happens (a person's wish, an engine's event, a moment that has come) changes the queue
first. Then `settle` gives the engine what the queue says it should have, makes the changes
durable, saves what is finished, and tells what is new. No thread, no clock of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Hello,
    Loading,
    Log,
    Looked,
    Measured,
    Ready,
    Refused,
    Stepped,
    Stripped,
    Working,
)
from ldm_desktop.core.job import Seen
from ldm_desktop.core.recipe import Precision
from ldm_desktop.worker.bench import Bench, checkpoint
from ldm_desktop.worker.blame import Blame
from ldm_desktop.worker.database import Opened
from ldm_desktop.worker.drafts import DraftBench
from ldm_desktop.worker.forecast import Forecast
from ldm_desktop.worker.giving import Giver
from ldm_desktop.worker.holds import Holds
from ldm_desktop.worker.jobs import PictureEntry
from ldm_desktop.worker.ledger import GLANCE, Ledger
from ldm_desktop.worker.listener import Listener
from ldm_desktop.worker.models import Models
from ldm_desktop.worker.pace import Paces
from ldm_desktop.worker.questions import Questions
from ldm_desktop.worker.saving import Saver, Unsaved
from ldm_desktop.worker.supervisor import CLOSING_SECONDS, News, Supervisor, lost_its_device
from ldm_desktop.worker.telling import Tell
from ldm_desktop.worker.wishes import Wishes
from ldm_desktop.worker.work import (
    EngineOptions,
    EngineState,
    EngineStatus,
    Keeper,
    PictureState,
    QueueView,
)

MOST_FORESEEN = 100
"""Waiting jobs whose forecasts are told anew as time goes by."""
FORESEEING_SECONDS = 5.0

Act: TypeAlias = "Callable[[Desk], None]"


class Desk:
    """Everything the worker's thread does, one call at a time."""

    def __init__(
        self,
        opened: Opened,
        supervisor: Supervisor,
        keeper: Keeper,
        checkpoints: Path,
        log: Path,
        tell: Tell,
        post: Callable[[Act], None],
        clock: Callable[[], float],
    ) -> None:
        """`post` has something done after all that has happened already."""
        self.closed = False
        self._ending = False
        self._supervisor = supervisor
        self._checkpoints = checkpoints
        self._tell = tell
        self._post = post
        self._clock = clock
        self._opened = opened
        self._ledger = Ledger(opened.store, tell, clock)
        self._saver = Saver(keeper)
        self._holds = Holds()
        self._bench = Bench(supervisor.send, checkpoints)
        self._models = Models(
            self._ledger, self._bench, lambda folder, why: self.drafts.refused(folder, why)
        )
        self.drafts = DraftBench(self._bench, self._models, self._holds, tell.drafted, clock)
        self.questions = Questions(supervisor, tell)
        self._blame = Blame(self._ledger, self._models, self.drafts, log)
        self._paces = Paces(opened.paces, clock)
        self._forecast = Forecast(self._paces, clock)
        self._listener = Listener(
            self._ledger, self._bench, self._paces, self._saver, self._forget, clock
        )
        self._giver = Giver(
            self._ledger, self._bench, self._models, self._holds, self._saver, self._listener
        )
        self.wishes = Wishes(self._ledger, self._holds, self._saver, self._drop_checkpoint)
        self._running: set[UUID] = set()
        self._status: EngineStatus | None = None
        self._turned = False
        self._foreseen = clock()

    # The beginning

    def begin(self) -> None:
        """Take up the queue as it was left."""
        jobs = self._opened.jobs
        self._ledger.queue.jobs = {job.id: job for job in jobs}
        for notice in self._opened.notices:
            self._tell.notice(notice)
        self._tell.paces(self._paces.all())
        self._adopt_all()
        self._holds.come_back(jobs, closed_well=self._opened.store.closed_well)
        self._ledger.everything()
        if not self._opened.notices:
            self._sweep()

    def _adopt_all(self) -> None:
        """Find the pictures that were saved and not noted, as far as the library can be read."""
        for job in self._ledger.queue:
            for entry in list(job.live.values()):
                if entry.doubtful:
                    try:
                        self._listener.adopt(job, entry)
                    except KnownError:
                        # It stays doubtful, and is looked for again before it is made again.
                        return

    def _sweep(self) -> None:
        """Remove the checkpoints of pictures that nobody waits for any more."""
        begun = {str(picture) for picture in self._opened.store.begun()}
        for path in self._checkpoints.glob("*.trajectory"):
            if path.stem not in begun:
                with contextlib.suppress(OSError):
                    path.unlink()

    # What a person asks of the engine

    def open_model(self, folder: str, precision: Precision) -> None:
        """Open the model that a person wants to work with."""
        opening = self._models.want(folder, precision)
        if self._supervisor.ready:
            self._bench.open(opening)

    def seen(self, picture: UUID) -> None:
        """Let the next preview of a picture or a draft come."""
        for each in self.drafts.named(picture) or [picture]:
            self._supervisor.send(Seen(each))

    def replace_engine(self) -> None:
        """Kill the engine and start another, which goes on from the checkpoints."""
        silent, suspect = self._supervisor.silent, self._bench.suspect()
        self._supervisor.replace()
        self._take_back()
        if silent:
            self._blame.hung(suspect)

    def configure(self, options: EngineOptions) -> None:
        """Go on with an engine of other options, if they are others."""
        if options != self._supervisor.options and not self._ending:
            # At once: until the next one starts, they may be changed again, or changed back.
            self._supervisor.options = options
            self._supervisor.close(CLOSING_SECONDS)
            # What the last one has finished is in the inbox by now.
            self._post(lambda desk: desk._go_on())  # noqa: SLF001 - it is this one

    def _go_on(self) -> None:
        if self._supervisor.stopped and not self._ending:
            self._take_back()
            self._supervisor.go_on()

    def shut_down(self) -> None:
        """End the engine, then everything."""
        if self._ending:
            return
        self._ending = True
        self._supervisor.close(CLOSING_SECONDS)
        self.wishes.retry_saving()
        self._post(lambda desk: desk._end())  # noqa: SLF001 - it is this one

    def _end(self) -> None:
        try:
            self._take_back()
            self.settle()
        finally:
            self.closed = True
            self._opened.store.close()

    # What the engine says

    def heard(self, number: int, news: News) -> None:
        """Take an event of an engine, or its end; only the last engine counts."""
        if number != self._supervisor.number:
            return
        if isinstance(news, KnownError):
            if not self._supervisor.stopped:
                self._died(news)
            return
        if not self._supervisor.stopped:
            self._supervisor.take(news)
        self._enter(news)
        self._bench.watch(news)

    def _enter(self, event: Event) -> None:
        if self.drafts.heard(event):
            # Whatever the engine does for them is no part of what a picture of the queue costs.
            self._paces.interrupted()
            return
        match event:
            case Stepped():
                self._listener.stepped(event)
            case Working():
                self._listener.working(event)
            case Finished():
                self._listener.finished(event)
            case Failed() if self._supervisor.ready:
                # Before its hello, this is why it will end.
                self._listener.failed(event)
            case Changed():
                self._listener.changed(event)
            case Ready() | Refused():
                self._paces.interrupted()
                self._models.answered(event)
            case Hello():
                self._models.greet()
                self._ledger.unplanned = True
            case Loading():
                self._paces.interrupted()
            case Looked():
                self.questions.heard(event)
            case Stripped() | Measured():
                self._paces.interrupted()
                self.questions.heard(event)
            case Log():
                self._tell.notice(event.sentence)

    def _died(self, error: KnownError) -> None:
        suspect = None if lost_its_device(error) else self._bench.suspect()
        self._supervisor.died(error)
        self._take_back()
        self._blame.crashed(suspect)
        self._tell.notice(self._supervisor.status.sentence)

    def _take_back(self) -> None:
        """Note that there is no engine any more that works on anything."""
        self._listener.note_progress()
        for job, mine in self._bench.given.items():
            entry = self._ledger.queue.job(job)
            for picture in mine:
                if entry and picture in entry.live:
                    entry.live[picture].state = PictureState.WAITING
                    entry.live[picture].decoding = False
                    self._ledger.show_picture(entry.live[picture])
        self._bench.clear()
        self.drafts.cleared()
        self.questions.cleared()
        self._paces.interrupted()
        self._ledger.unplanned = True

    # Agreement

    def settle(self) -> None:
        """Bring engine, disk, library and window into agreement with the queue."""
        self._supervisor.wake()
        self._agree()
        while unsaved := self._saver.next:
            self._save(unsaved)
            self._agree()
        self._report()

    def _agree(self) -> None:
        # What the queue is planned anew for may concern drafts: a pause, a model, an engine.
        self.drafts.unsettled = self.drafts.unsettled or self._ledger.unplanned
        self._plan()
        try:
            self._ledger.commit()
        except KnownError as error:
            self._giver.be_in_trouble(error)
            self._plan()
        if self._supervisor.ready:
            self.drafts.settle()
        self.questions.settle()

    def _plan(self) -> None:
        """Give the engine what it should have, if that may be something else by now."""
        if not self._ledger.unplanned:
            return
        if self._holds.settle(self._ledger.queue.active()):
            self._ledger.whole()
        while self._ledger.unplanned:
            self._ledger.unplanned = self._supervisor.ready and self._giver.give_all()
        more, self._giver.has_more = self._giver.has_more, False
        if more:
            # After what has been asked meanwhile: to look through many files takes a while.
            self._post(lambda desk: desk._ledger.whole())  # noqa: SLF001 - it is this one
        self._show_turns()

    def _show_turns(self) -> None:
        running = {job.id for job in self._ledger.queue if self._bench.at_work(job)}
        for job in running ^ self._running:
            if entry := self._ledger.queue.jobs.get(job):
                self._ledger.show(entry)
        self._running = running
        self._turned = True

    def _save(self, unsaved: Unsaved) -> None:
        # Whatever comes of it is to be seen.
        self._ledger.whole()
        try:
            saved = self._saver.save(unsaved)
        except KnownError as error:
            self._tell.notice(str(error))
            return
        unsaved.entry.file = saved.file
        self._listener.saved(self._ledger.queue.jobs.get(saved.job), unsaved.entry)
        if unsaved.folder is None:
            self._tell.saved(saved)

    def _drop_checkpoint(self, entry: PictureEntry) -> None:
        """Remove the checkpoint of a picture; while the engine has it, that says when it may be."""
        if entry.id not in self._bench.given.get(entry.job, {}):
            self._forget(entry.id)

    def _forget(self, picture: UUID) -> None:
        # One too many costs room only, and is tried again at the next start.
        with contextlib.suppress(OSError):
            checkpoint(self._checkpoints, picture).unlink()

    # What is told

    def _report(self) -> None:
        self._supervisor.settle(busy=self._bench.busy, opening=self._bench.opening is not None)
        self._report_status()
        self._foresee()
        self.drafts.report()
        self._ledger.report(self._forecast, self._bench.at_work, self._view)

    def _report_status(self) -> None:
        status, last = self._supervisor.status, self._status
        if status == last:
            return
        self._status = status
        self._tell.status(status)
        fresh = last is None or last.state is not EngineState.SILENT
        if status.state is EngineState.SILENT and fresh:
            self._tell.notice(status.sentence)

    def _foresee(self) -> None:
        """Look ahead anew now and then; of waiting jobs it is told more rarely."""
        if self._forecast.age < GLANCE and not self._turned:
            return
        going = [job for job in self._ledger.queue.active() if not self._giver.held(job)]
        self._forecast.refresh(going, self._bench.given)
        self._turned = False
        if self._clock() - self._foreseen >= FORESEEING_SECONDS and self._bench.busy:
            self._foreseen = self._clock()
            for job in going[:MOST_FORESEEN]:
                self._ledger.job(job, urgent=False)

    def _view(self, share: float, waiting: int) -> QueueView:
        trouble = self._saver.trouble
        running = (job for job in self._ledger.queue.active() if self._bench.at_work(job))
        pace = next((self._forecast.pace(job) for job in running), None)
        return QueueView(
            self._holds.paused or bool(trouble),
            waiting,
            share,
            self._forecast.whole,
            1 / pace.evaluation if pace and pace.evaluation > 0 else None,
            trouble or self._holds.reason,
            len(self._saver),
        )

    @property
    def deadline(self) -> float | None:
        """When `settle` has something to do though nothing has happened, by the clock."""
        times = (self._supervisor.deadline, self._ledger.deadline, self.drafts.deadline)
        return min((time for time in times if time is not None), default=None)
