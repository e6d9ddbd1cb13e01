"""The engine: commands in, units of work, events out; one thread, no files but caches of its work.

Whoever runs it calls `handle` for every command and `work` until nothing is left. A unit is one
UNet call or one decode, so whatever is commanded takes effect within one step.
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from ldm_desktop.core import protocols, recipe
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Hello,
    Loading,
    Log,
    Pong,
    Ready,
    Refused,
    State,
)
from ldm_desktop.core.job import (
    Cancel,
    Command,
    Fork,
    Job,
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
from ldm_desktop.engine import faults
from ldm_desktop.engine.devices import Device
from ldm_desktop.engine.keyframes import Keyframes
from ldm_desktop.engine.maker import Maker, NotFiniteError
from ldm_desktop.engine.measuring import measure
from ldm_desktop.engine.past import Past, source_of
from ldm_desktop.engine.preview import Budget
from ldm_desktop.engine.shelf import Shelf
from ldm_desktop.engine.stepper import Kind, Stepper, Task, least_advanced, together
from ldm_desktop.engine.trajectory import whole


class LostDeviceError(KnownError):
    """The GPU's state is beyond repair in this process; a new one can go on from checkpoints."""


class Engine:
    """Makes pictures of recipes on one device."""

    def __init__(
        self, device: Device, cache: Path, emit: Callable[[Event], None], keyframes: int = 0
    ) -> None:
        """Say hello; `emit` is called in the thread that calls `handle` and `work`.

        Up to `keyframes` bytes of pictures' keyframes are kept in the cache.
        """
        self._device = device
        self._emit = emit
        self._shelf = Shelf(device, cache, lambda folder, share: emit(Loading(folder, share)))
        folder = cache / "keyframes"
        kept = Keyframes(folder, keyframes, lambda sentence: emit(Log(sentence)))
        self._maker = Maker(device, self._shelf, kept, emit)
        self._stepper = Stepper()
        self._past = Past(self._stepper, kept, self._shelf, lambda sentence: emit(Log(sentence)))
        self._lost = False
        self._most: dict[Kind, int] = {}
        self._warming: Iterator[None] = iter(())
        emit(
            Hello(
                protocols.VERSION,
                device.environment(Precision.EXACT),
                device.title,
                device.auto,
            )
        )

    def handle(self, command: Command) -> None:
        """Take a command; what cannot be done is answered by an event."""
        if isinstance(command, Load):
            self._load(command)
        elif isinstance(command, Submit | Fork):
            self._take(command)
        elif isinstance(command, Ping):
            self._emit(Pong(command.number))
        elif isinstance(command, Look):
            self._emit(self._past.look(command))
        elif isinstance(command, Strip):
            self._emit(self._past.strip(command))
        elif isinstance(command, Measure):
            self._emit(measure(command))
        elif isinstance(command, Seen):
            for task in self._stepper.named(command.picture):
                task.unread = False
        elif isinstance(command, Reprioritise):
            for task in self._stepper.named(command.target):
                self._stepper.reprioritise(task, command.priority)
        else:
            self._steer(command)

    def _load(self, command: Load) -> None:
        try:
            model = self._shelf.open(Path(command.folder), command.precision)
            self._emit(Ready(model.card))
            self._warming = self._maker.warm(model.card.ref, command.precision)
        except KnownError as error:
            self._emit(Refused(command.folder, str(error)))
        except Exception as error:  # noqa: BLE001 - a bug in one model must not end the engine
            self._emit(Refused(command.folder, faults.bug(error)))

    def _take(self, command: Submit | Fork) -> None:
        try:
            if isinstance(command, Fork):
                self._fork(command)
            else:
                self._submit(command.job)
        except KnownError as error:
            job = command.job.id if isinstance(command, Submit) else None
            picture = command.picture if isinstance(command, Fork) else None
            self._emit(Failed(job, picture, str(error)))

    def _submit(self, job: Job) -> None:
        known = self._stepper.named(job.id)
        budget = known[0].budget if known else Budget(job.preview)
        budget.policy = job.preview
        ways = self._past.ways()
        for order in job.orders:
            self._accept(order, job, budget).source = source_of(order, ways)
        for ref in {order.recipe.model for order in job.orders}:
            if changed := self._shelf.change_on_disk(ref):
                self._emit(Log(changed))

    def _accept(self, order: Order, job: Job, budget: Budget) -> Task:
        if self._stepper.named(order.picture):
            raise BadArgumentError(f"The picture {order.picture} is being made already.")
        return self._stepper.accept(order, job, budget)

    def _fork(self, command: Fork) -> None:
        known = [*self._stepper, *self._past]
        source = next((task for task in known if task.picture == command.source), None)
        if source is None:
            raise KnownError("This picture is no longer at hand; fork it by its recipe instead.")
        child = recipe.fork(source.recipe, command.step, command.change)
        order = Order(command.picture, child, command.checkpoint)
        job = Job(source.job, (), source.batch, command.priority)
        self._accept(order, job, source.budget).source = source.trajectory

    def _steer(self, command: Pause | Resume | Cancel) -> None:
        for task in self._stepper.named(command.target):
            if isinstance(command, Pause):
                task.paused, state = True, State.PAUSED
                self._maker.save(task)
            elif isinstance(command, Resume):
                task.paused, state = False, State.RESUMED
            else:
                self._stepper.remove(task)
                state = State.CANCELLED
                if task.until or whole(task.recipe) is not task.recipe:
                    # Whoever looks there again, or somewhere else, goes on from there.
                    self._maker.keep(task)
            self._emit(Changed(task.job, task.picture, state))

    def work(self) -> bool:
        """Do one unit of work; False if there is none."""
        front = self._stepper.front()
        if not front:
            self._most.clear()
            return self._warm()
        concerned = [least_advanced(front)]
        try:
            concerned = self._choose(front, concerned[0])
            self._unit(concerned)
        except NotFiniteError:
            self._once_more(concerned)
        except KnownError as error:
            self._fail(concerned, str(error))
        except Exception as error:
            if faults.device_lost(error):
                self._lost = True
                raise LostDeviceError(f"The device has stopped answering ({error}).") from error
            if not faults.out_of_memory(error):
                self._fail(concerned, faults.bug(error), traceback.format_exc())
                return True
            # The traceback holds the tensors; they are free only once it is gone.
            error.__traceback__ = None
            self._smaller(concerned)
        return True

    def _warm(self) -> bool:
        """While nobody waits, do a part of what the first picture of a model would wait for."""
        try:
            return next(self._warming, self) is None
        except Exception as error:  # noqa: BLE001 - if it matters, the first picture says so too
            self._emit(Log(f"The model could not be warmed up ({error})."))
            return True

    def close(self) -> None:
        """Write the state of what is at work, if it can still be read."""
        for task in () if self._lost else self._stepper:
            self._maker.save(task)
            if task.until:
                self._maker.keep(task)

    def _choose(self, front: list[Task], first: Task) -> list[Task]:
        """Choose what the next unit is about: who is to be shown or begun is alone."""
        if first.kind not in self._most:
            self._most[first.kind] = self._maker.fitting(first)
        if arrived := next((task for task in front if task.arrived), None):
            return [arrived]
        most = self._most[first.kind]
        chosen = together(front, min(most, self._maker.prompt(first.kind)) if first.until else most)
        new = next((task for task in chosen if task.trajectory is None), None)
        return [new] if new else chosen

    def _unit(self, tasks: list[Task]) -> None:
        first = tasks[0]
        if first.trajectory is None:
            self._maker.start(first)
        elif not first.arrived:
            self._once_more(self._maker.step(tasks))
        elif shown := self._maker.show(first) if first.rough else self._maker.decode(first):
            self._stepper.remove(first)
            self._past.remember(first)
            self._emit(shown)
            self._maker.keep(first)

    def _once_more(self, tasks: list[Task]) -> None:
        """Begin again in `balanced` what has overflowed in `fast`."""
        for task in tasks:
            if task.recipe.precision is not Precision.FAST:
                sentence = "The model's output is not a number; its weights may be damaged."
                self._fail([task], sentence)
                continue
            task.change(recipe.in_precision(task.recipe, Precision.BALANCED))
            self._emit(
                Log(
                    "A picture went out of the range of 16 bits and is made again in precision "
                    "balanced, which its recipe says."
                )
            )

    def _smaller(self, tasks: list[Task]) -> None:
        """After running out of memory: free what can be freed, and go on by half as many."""
        gc.collect()
        if self._device.place.type == "cuda":
            torch.cuda.empty_cache()
        if len(tasks) > 1:
            self._most[tasks[0].kind] = len(tasks) // 2
            sentence = f"The memory does not suffice for {len(tasks)} pictures at a time"
            self._emit(Log(f"{sentence}; going on with {len(tasks) // 2}."))
        elif tasks[0].starved:
            self._fail(
                tasks,
                "The memory does not suffice for one picture of this size: make it smaller, or "
                "close other programs.",
            )
        tasks[0].starved, tasks[0].pieces = True, None

    def _fail(self, tasks: list[Task], sentence: str, report: str = "") -> None:
        for task in tasks:
            self._maker.save(task)
            self._stepper.remove(task)
            self._emit(Failed(task.job, task.picture, sentence, report))
