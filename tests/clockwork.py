"""An engine of clockwork: it works in the real one's order, a unit at a time, when it is told to.

What it is to do otherwise (to fail, to end, to be slow) is written down in its `scripted.Shop`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from fakes import CARD, frame_of
from samples import ENVIRONMENT

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Hello,
    Looked,
    Measured,
    Pong,
    Ready,
    Refused,
    Rested,
    Stage,
    State,
    Stepped,
    Stripped,
    Working,
)
from ldm_desktop.core.job import (
    Cancel,
    Command,
    Load,
    Look,
    Measure,
    Order,
    Pause,
    Ping,
    Reprioritise,
    Resume,
    Seen,
    Strip,
    Submit,
)
from ldm_desktop.core.recipe import Precision
from ldm_desktop.worker.supervisor import News
from ldm_desktop.worker.work import EngineOptions

if TYPE_CHECKING:
    from scripted import Shop


@dataclass(eq=False)
class Task:
    """A picture that the engine has."""

    job: UUID
    order: Order
    batch: int
    priority: int
    number: int
    begun: bool = False
    paused: bool = False
    done: int = 0

    @property
    def share(self) -> float:
        """How much of it is done."""
        return self.done / self.order.recipe.evaluations

    @property
    def arrived(self) -> bool:
        """Whether it is as far as was asked."""
        end = self.order.recipe.evaluations
        return self.done >= min(self.order.until or end, end)


class Clockwork:
    """A `worker.supervisor.EngineHandle` that advances by `work`."""

    pid = None

    def __init__(self, shop: Shop, options: EngineOptions, deliver: Callable[[News], None]) -> None:
        self.shop = shop
        self.options = options
        self.deliver = deliver
        self.sent: list[Command] = []
        self.tasks: list[Task] = []
        self.number = 0
        self.deaf = False
        self.gone = False
        self.opened: set[str] = set()

    def greet(self) -> None:
        """Say hello."""
        self.deliver(Hello(protocols.VERSION, ENVIRONMENT, "CPU", Precision.BALANCED))

    def send(self, command: Command) -> None:
        """Take a command at once, as between two units."""
        self.sent.append(command)
        if not (self.deaf or self.gone):
            self.deliver_all(self._answer(command))

    def deliver_all(self, events: list[Event]) -> None:
        """Say several things."""
        for event in events:
            self.deliver(event)

    def _answer(self, command: Command) -> list[Event]:
        if isinstance(command, Load):
            if command.folder in self.shop.deadly:
                self.die()
                return []
            fingerprint = self.shop.models.get(command.folder)
            if fingerprint is None:
                return [Refused(command.folder, f"There is no model in {command.folder}.")]
            self.opened.add(fingerprint)
            ref = dataclasses.replace(CARD.ref, fingerprint=fingerprint)
            return [Ready(dataclasses.replace(CARD, ref=ref, folder=command.folder))]
        if isinstance(command, Submit):
            return self._submit(command)
        if isinstance(command, Look):
            return [Looked(command.picture, command.step, command.step, frame_of(1))]
        if isinstance(command, Strip):
            return [Stripped(command.picture, (1, 2), frame_of(1, (64, 32)))]
        if isinstance(command, Measure):
            return [Measured(command.number, tuple(90.0 for _ in command.noises[1:]))]
        if isinstance(command, Ping):
            return [Pong(command.number)]
        if isinstance(command, Pause | Resume | Cancel | Reprioritise):
            return self._steer(command)
        assert isinstance(command, Seen)
        return []

    def _submit(self, command: Submit) -> list[Event]:
        job = command.job
        for order in job.orders:
            assert all(task.order.picture != order.picture for task in self.tasks), "given twice"
            assert order.recipe.model.fingerprint in self.opened, "model is not open"
            self.number += 1
            task = Task(job.id, order, job.batch, job.priority, self.number)
            kept = self.shop.checkpoints_kept.get(order.checkpoint or "")
            task.done = kept or self.shop.keyframes.get(order.recipe, 0)
            self.tasks.append(task)
        return []

    def _steer(self, command: Pause | Resume | Cancel | Reprioritise) -> list[Event]:
        found = [t for t in self.tasks if command.target in (t.job, t.order.picture)]
        events: list[Event] = []
        for task in found:
            if isinstance(command, Reprioritise):
                task.priority = command.priority
                continue
            if isinstance(command, Cancel):
                self.tasks.remove(task)
                self._keep_frame(task)
                state = State.CANCELLED
            else:
                task.paused = isinstance(command, Pause)
                state = State.PAUSED if task.paused else State.RESUMED
                self._keep(task)
            events.append(Changed(task.job, task.order.picture, state))
        return events

    def _keep_frame(self, task: Task) -> None:
        if task.order.until and task.done:
            self.shop.keyframes[task.order.recipe] = task.done

    def _keep(self, task: Task) -> None:
        if task.order.checkpoint and task.done:
            self.shop.checkpoints_kept[task.order.checkpoint] = task.done
            Path(task.order.checkpoint).parent.mkdir(exist_ok=True)
            Path(task.order.checkpoint).write_text("x")

    def front(self) -> list[Task]:
        """Give who advances together, as `engine.stepper` has it."""
        ready = sorted(
            (t for t in self.tasks if not t.paused), key=lambda t: (-t.priority, t.number)
        )
        if not ready:
            return []
        first = ready[0]
        alike = [
            t
            for t in ready
            if t.priority == first.priority
            and t.order.recipe.precision == first.order.recipe.precision
            and t.order.recipe.size == first.order.recipe.size
        ]
        return alike[: first.batch]

    def work(self) -> bool:
        """Do one unit; False if there is none."""
        front = [] if self.deaf or self.gone else self.front()
        if not front:
            return False
        alone = next((t for t in front if t.arrived), None) or next(
            (t for t in front if not t.begun), None
        )
        if alone and alone.arrived and alone.order.until:
            self._rest(alone)
        elif alone and alone.arrived:
            self._decode(alone)
        elif alone:
            self.deliver(Working(alone.job, alone.order.picture, Stage.STARTING))
            alone.begun = True
            self.shop.pass_time(self.shop.start)
        else:
            order = sorted(front, key=lambda t: (t.share, t.number))
            exact = order[0].order.recipe.precision is Precision.EXACT
            self._step(order[:1] if exact else order)
        return True

    def _step(self, tasks: list[Task]) -> None:
        self.shop.pass_time(self.shop.evaluation)
        for task in tasks:
            task.done += 1
            total = task.order.recipe.evaluations
            preview = frame_of(task.done) if self.shop.previews else None
            self.deliver(Stepped(task.job, task.order.picture, task.done, total, preview))

    def _rest(self, task: Task) -> None:
        order = task.order
        self.tasks.remove(task)
        self._keep_frame(task)
        failure = self.shop.failures.get(order.recipe.noise)
        if failure:
            self.deliver(Failed(task.job, order.picture, failure, "Traceback"))
            return
        end, frame = order.recipe.evaluations, frame_of(task.number, (16, 16))
        rested = Rested(task.job, order.picture, task.done, end, order.sharp, frame)
        self.deliver(rested)

    def _decode(self, task: Task) -> None:
        self.deliver(Working(task.job, task.order.picture, Stage.DECODING))
        self.shop.go()
        self.shop.pass_time(self.shop.decode)
        self.tasks.remove(task)
        failure = self.shop.failures.get(task.order.recipe.noise)
        if failure:
            self.deliver(Failed(task.job, task.order.picture, failure, "Traceback"))
            return
        made = self.shop.remade.get(task.order.recipe, task.order.recipe)
        frame = frame_of(task.number, (16, 16))
        self.deliver(Finished(task.job, task.order.picture, made, ENVIRONMENT, 1.0, frame))

    def die(self, sentence: str = "The engine has ended unexpectedly (it was killed).") -> None:
        """End as by kill -9; what checkpoints there are stay."""
        self.gone = True
        self.deliver(KnownError(sentence))

    def close(self, seconds: float) -> None:
        """Write the checkpoints and end."""
        if not self.deaf:
            for task in self.tasks:
                self._keep(task)
        if not self.gone:
            self.die("The engine has ended.")

    def kill(self) -> None:
        """End at once."""
        if not self.gone:
            self.die()
