"""The worker: a thread that owns the engine, the queue and the saving, and sleeps on one inbox.

The window's wishes and the engine's events come into the inbox as what is to be done at the
`desk`; what is new goes out by signals, which reach their receivers in the window's thread.
"""

from __future__ import annotations

import queue
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec
from uuid import UUID

from PySide6.QtCore import QObject, QThread, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import Measure
from ldm_desktop.core.noise import Noise
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.worker.database import open_store
from ldm_desktop.worker.desk import Act, Desk
from ldm_desktop.worker.draft import Drafts
from ldm_desktop.worker.supervisor import PATIENCE, News, OpenEngine, Supervisor
from ldm_desktop.worker.telling import Tell
from ldm_desktop.worker.wishes import Wishes
from ldm_desktop.worker.work import EngineOptions, Keeper, Request

P = ParamSpec("P")
AT_A_TIME = 256
"""What is done before the rest is brought into agreement with it, once for all."""


class Worker(QThread):
    """The methods can be called from the window's thread and return at once."""

    status_changed = Signal(object)
    model_ready = Signal(object)
    model_refused = Signal(str, str)
    job_changed = Signal(object)
    job_removed = Signal(object)
    jobs_ordered = Signal(object)
    picture_changed = Signal(object)
    previewed = Signal(object)
    saved = Signal(object)
    queue_changed = Signal(object)
    paces_changed = Signal(object)
    looked = Signal(object)
    look_done = Signal(object)
    drafted = Signal(object)
    stripped = Signal(object)
    measured = Signal(object)
    notice = Signal(str)
    bug = Signal(str, str)

    def __init__(
        self,
        database: Path,
        open_engine: OpenEngine,
        options: EngineOptions,
        keeper: Keeper,
        checkpoints: Path,
        log: Path,
        *,
        patience: float = PATIENCE,
        parent: QObject | None = None,
    ) -> None:
        """`log` is what the engine writes on standard error; `patience` as in `supervisor`."""
        super().__init__(parent)
        self.setObjectName("worker")
        self._database = database
        self._keeper = keeper
        self._checkpoints = checkpoints
        self._log = log
        self._inbox: queue.SimpleQueue[Act] = queue.SimpleQueue()
        self._supervisor = Supervisor(open_engine, options, self._deliver, time.monotonic, patience)

    # In the worker's thread

    def run(self) -> None:
        """Do what comes; whatever goes wrong costs that one thing, and is told."""
        try:
            self._supervisor.start()
            desk = self._desk()
            self._do(Desk.begin, desk)
            bugs = 0
            while not desk.closed:
                for act in self._next(_wake_at(desk, bugs)):
                    self._do(act, desk)
                if not desk.closed:
                    bugs = 0 if self._do(Desk.settle, desk) else bugs + 1
        finally:
            self._supervisor.close(0.0)

    def _desk(self) -> Desk:
        return Desk(
            open_store(self._database),
            self._supervisor,
            self._keeper,
            self._checkpoints,
            self._log,
            self._tell(),
            self._inbox.put,
            time.monotonic,
        )

    def _tell(self) -> Tell:
        return Tell(
            self.status_changed.emit,
            self.model_ready.emit,
            self.model_refused.emit,
            self.job_changed.emit,
            self.job_removed.emit,
            self.jobs_ordered.emit,
            self.picture_changed.emit,
            self.previewed.emit,
            self.saved.emit,
            self.queue_changed.emit,
            self.paces_changed.emit,
            self.looked.emit,
            self.look_done.emit,
            self.drafted.emit,
            self.stripped.emit,
            self.measured.emit,
            self.notice.emit,
        )

    def _next(self, deadline: float | None) -> list[Act]:
        """Sleep until something is to be done, or a moment has come; give what there is."""
        timeout = None if deadline is None else max(0.0, deadline - time.monotonic())
        acts: list[Act] = []
        try:
            acts.append(self._inbox.get(timeout=timeout))
            while len(acts) < AT_A_TIME:
                acts.append(self._inbox.get_nowait())
        except queue.Empty:
            pass
        return acts

    def _do(self, act: Act, desk: Desk) -> bool:
        """Do one thing; False if that was a bug."""
        try:
            act(desk)
        except KnownError as error:
            self.notice.emit(str(error))
        except Exception as error:  # noqa: BLE001 - the one point where this thread's bugs arrive
            sentence = f"The queue has met a bug ({type(error).__name__}: {error})."
            self.bug.emit(sentence, traceback.format_exc())
            return False
        return True

    # In any thread

    def _deliver(self, number: int, news: News) -> None:
        self._inbox.put(lambda desk: desk.heard(number, news))

    def _ask(
        self, act: Callable[Concatenate[Desk, P], None], *args: P.args, **named: P.kwargs
    ) -> None:
        self._inbox.put(lambda desk: act(desk, *args, **named))

    def _wish(
        self, act: Callable[Concatenate[Wishes, P], None], *args: P.args, **named: P.kwargs
    ) -> None:
        self._inbox.put(lambda desk: act(desk.wishes, *args, **named))

    def open_model(self, folder: str, precision: Precision) -> None:
        """Open a model; answered by `model_ready` or `model_refused`."""
        self._ask(Desk.open_model, folder, precision)

    def submit(self, request: Request) -> None:
        """Put a job into the queue."""
        self._wish(Wishes.submit, request)

    def pause(self, job: UUID) -> None:
        """Let a job stand still."""
        self._wish(Wishes.pause, job)

    def resume(self, job: UUID) -> None:
        """Let a job go on."""
        self._wish(Wishes.resume, job)

    def cancel(self, job: UUID) -> None:
        """Make no more pictures of a job; those that are finished are kept."""
        self._wish(Wishes.cancel, job)

    def leave_out(self, job: UUID, numbers: tuple[int, ...]) -> None:
        """Do not make some pictures of a job, by their numbers; the others are made."""
        self._wish(Wishes.leave_out, job, numbers)

    def retry(self, job: UUID) -> None:
        """Make the pictures of a job that failed, were cancelled or set aside."""
        self._wish(Wishes.retry, job)

    def duplicate(self, job: UUID) -> None:
        """Ask for the same once more."""
        self._wish(Wishes.duplicate, job)

    def remove(self, job: UUID) -> None:
        """Forget a job; what of it is at work is cancelled."""
        self._wish(Wishes.remove, job)

    def clear_ended(self) -> None:
        """Forget all jobs to which nothing more happens."""
        self._wish(Wishes.clear_ended)

    def move(self, job: UUID, before: UUID | None) -> None:
        """Put a job before another one, or at the end."""
        self._wish(Wishes.move, job, before)

    def pause_queue(self, reason: str = "") -> None:
        """Let the queue stand still; with a reason, batches only (see `holds`)."""
        self._wish(Wishes.pause_queue, reason)

    def resume_queue(self) -> None:
        """Let the queue go on, whatever it was paused for."""
        self._wish(Wishes.resume_queue)

    def stop_here(self, picture: UUID) -> None:
        """Keep x̂₀ as a picture of its own, and do not finish this one."""
        self._wish(Wishes.stop_here, picture)

    def look(self, picture: UUID, recipe: Recipe, step: int) -> None:
        """Show roughly what a picture was at a step; answered by `looked`."""
        self._inbox.put(lambda desk: desk.questions.look(picture, recipe, step))

    def look_sharp(self, request: Request) -> None:
        """Decode what a picture was at a step, instead of the last such wish; `look_done`."""
        self._wish(Wishes.look_sharp, request)

    def draft(self, drafts: Drafts) -> None:
        """See these drafts forming, and none of those that their owner wanted before; `drafted`."""
        self._inbox.put(lambda desk: desk.drafts.want(drafts))

    def strip(self, picture: UUID, recipe: Recipe) -> None:
        """Show what is at hand of a picture's whole way; answered by `stripped`."""
        self._inbox.put(lambda desk: desk.questions.strip(picture, recipe))

    def measure(self, number: UUID, shape: tuple[int, int, int], noises: tuple[Noise, ...]) -> None:
        """Tell the angles between noises that follow one another; answered by `measured`."""
        measure = Measure(number, shape, noises)
        self._inbox.put(lambda desk: desk.questions.measure(measure))

    def seen(self, picture: UUID) -> None:
        """Let the next preview of a picture or a draft come."""
        self._ask(Desk.seen, picture)

    def list_pictures(self, job: UUID) -> None:
        """Tell of the newest pictures of a job by `picture_changed`."""
        self._wish(Wishes.list_pictures, job)

    def replace_engine(self) -> None:
        """Kill the engine, which perhaps hangs, and start another."""
        self._ask(Desk.replace_engine)

    def configure(self, options: EngineOptions) -> None:
        """Go on with an engine of other options, if they are others."""
        self._ask(Desk.configure, options)

    def retry_saving(self) -> None:
        """Try once more what could not be saved, and go on."""
        self._wish(Wishes.retry_saving)

    def shut_down(self) -> None:
        """End the engine and the thread within three seconds; `wait` for it."""
        self._ask(Desk.shut_down)


def _wake_at(desk: Desk, bugs: int) -> float | None:
    """A desk that could not settle tries once more at once, then not until something happens."""
    if bugs == 0:
        return desk.deadline
    return 0.0 if bugs == 1 else None
