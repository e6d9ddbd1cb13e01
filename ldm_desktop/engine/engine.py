"""The engine: commands in, units of work, events out; one thread, no files but checkpoints.

Whoever runs it calls `handle` for every command and `work` until nothing is left. A unit is one
UNet call or one decode, so whatever is commanded takes effect within one step.
"""

from __future__ import annotations

import gc
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import torch

from ldm_desktop.core import protocols, recipe
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Hello,
    Loading,
    Log,
    Ready,
    Refused,
    State,
    Stepped,
)
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import (
    Cancel,
    Command,
    Fork,
    Job,
    Load,
    Order,
    Pause,
    PreviewKind,
    Reprioritise,
    Resume,
    Seen,
    Submit,
)
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.engine import trajectory as trajectories
from ldm_desktop.engine.decode import decode, to_frame
from ldm_desktop.engine.devices import Device
from ldm_desktop.engine.models import Model
from ldm_desktop.engine.noise import Shape
from ldm_desktop.engine.preview import Budget
from ldm_desktop.engine.shelf import Shelf
from ldm_desktop.engine.stepper import Kind, Stepper, Task, call
from ldm_desktop.engine.trajectory import Trajectory

CHECKPOINT_SECONDS = 10.0
MOST_RECENT = 8
"""Finished pictures whose keyframes are kept, so that they can be forked at once."""


class NotFiniteError(Exception):
    """The model's output is not a number in this precision."""


class Engine:
    """Makes pictures of recipes on one device."""

    def __init__(self, device: Device, cache: Path, emit: Callable[[Event], None]) -> None:
        """Say hello; `emit` is called in the thread that calls `handle` and `work`."""
        self._device = device
        self._emit = emit
        self._shelf = Shelf(device, cache, lambda folder, share: emit(Loading(folder, share)))
        self._stepper = Stepper()
        self._recent: OrderedDict[UUID, Task] = OrderedDict()
        self._most: dict[Kind, int] = {}
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
        elif isinstance(command, Submit):
            self._submit(command.job)
        elif isinstance(command, Fork):
            self._fork(command)
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
        except KnownError as error:
            self._emit(Refused(command.folder, str(error)))
        except Exception as error:  # noqa: BLE001 - a bug in one model must not end the engine
            self._emit(Refused(command.folder, _bug(error)))

    def _submit(self, job: Job) -> None:
        known = self._stepper.named(job.id)
        budget = known[0].budget if known else Budget(job.preview)
        for order in job.orders:
            task = self._stepper.accept(order, job, budget)
            task.source = self._parent_of(order.recipe)

    def _parent_of(self, child: Recipe) -> Trajectory | None:
        if not child.branch:
            return None
        known = [*self._recent.values(), *self._stepper]
        return next((t.trajectory for t in known if t.recipe == child.branch.parent), None)

    def _fork(self, command: Fork) -> None:
        found = [*self._stepper.named(command.source), self._recent.get(command.source)]
        source = next((task for task in found if task and task.picture == command.source), None)
        if source is None:
            sentence = "This picture is no longer at hand; fork it by its recipe instead."
            self._emit(Failed(None, command.picture, sentence))
            return
        try:
            child = recipe.fork(source.recipe, command.step, command.change)
        except KnownError as error:
            self._emit(Failed(source.job, command.picture, str(error)))
            return
        order = Order(command.picture, child, command.checkpoint)
        job = Job(source.job, (), source.batch, source.priority)
        self._stepper.accept(order, job, source.budget).source = source.trajectory

    def _steer(self, command: Pause | Resume | Cancel) -> None:
        for task in self._stepper.named(command.target):
            if isinstance(command, Pause):
                task.paused, state = True, State.PAUSED
                self._save(task)
            elif isinstance(command, Resume):
                task.paused, state = False, State.RESUMED
            else:
                self._stepper.remove(task)
                state = State.CANCELLED
            self._emit(Changed(task.job, task.picture, state))

    def work(self) -> bool:
        """Do one unit of work; False if there is none."""
        front = self._stepper.front()
        if not front:
            self._most.clear()
            return False
        concerned = front[:1]
        try:
            for task in front:
                concerned = [task]
                if task.trajectory is None:
                    self._start(task)
            done = next((t for t in front if t.trajectory and t.trajectory.finished), None)
            concerned = [done] if done else call(front, self._batch)
            self._finish(done) if done else self._step(concerned)
        except NotFiniteError:
            self._once_more(concerned)
        except KnownError as error:
            self._fail(concerned, str(error))
        except Exception as error:  # noqa: BLE001 - the one place where bugs are caught
            if _out_of_memory(error):
                self._smaller(concerned)
            else:
                self._fail(concerned, _bug(error), traceback.format_exc())
        return True

    def close(self) -> None:
        """Write the checkpoints of what is at work."""
        for task in self._stepper:
            self._save(task)

    def _model(self, task: Task) -> Model:
        return self._shelf.model(task.recipe.model, task.recipe.precision)

    def _batch(self, task: Task) -> int:
        """Give how many samples like a task's fit into one UNet call."""
        if task.kind not in self._most:
            model = self._model(task)
            shape = model.card.latent_shape(task.recipe.size)
            self._most[task.kind] = self._shelf.admit(model, shape, task.recipe.decode)
        return min(task.batch, self._most[task.kind])

    def _start(self, task: Task) -> None:
        """Begin at the noise, or where a checkpoint or a forked trajectory already is."""
        model = self._model(task)
        model.card.check_size(task.recipe.size)
        shape = model.card.latent_shape(task.recipe.size)
        self._batch(task)
        if task.budget.policy.kind is PreviewKind.LINEAR:
            # Fitted once a model; not while steps are waiting to be shown.
            self._shelf.linear_map(model)
        trajectory = Trajectory(task.recipe, shape, self._device.place)
        if task.source:
            trajectory.branch_from(task.source)
            task.source = None
        self._continue(task, trajectory, shape)
        task.trajectory = trajectory
        task.saved_at = time.monotonic()

    def _continue(self, task: Task, trajectory: Trajectory, shape: Shape) -> None:
        path = Path(task.checkpoint) if task.checkpoint else None
        if not path or not path.exists():
            return
        try:
            saved = trajectories.load(path)
            environment = self._device.environment(task.recipe.precision)
            saved.check(task.recipe, environment, shape)
            trajectory.jump(trajectories.on_device(saved.frame, self._device.place))
            trajectory.seconds = saved.seconds
        except KnownError as error:
            self._emit(Log(f"A picture begins anew: {error}"))

    @torch.inference_mode()
    def _step(self, tasks: list[Task]) -> None:
        """Take each task's trajectory one evaluation on, by one UNet call."""
        begun = time.monotonic()
        model = self._model(tasks[0])
        ways = [task.trajectory for task in tasks if task.trajectory]
        sample = torch.cat([way.model_input() for way in ways]).to(model.unet.dtype)
        output = model.unet(sample, trajectories.timesteps(ways, sample.device)).sample
        if not output.isfinite().all():
            raise NotFiniteError
        for way, one in zip(ways, output.split(1), strict=True):
            way.advance(one)
        seconds = time.monotonic() - begun
        tasks[0].budget.sampling += seconds
        for task, way in zip(tasks, ways, strict=True):
            way.seconds += seconds / len(ways)
            self._emit(
                Stepped(
                    task.job,
                    task.picture,
                    way.done,
                    task.recipe.evaluations,
                    self._preview(task, way, model),
                )
            )
            if time.monotonic() - task.saved_at >= CHECKPOINT_SECONDS:
                self._save(task)

    def _preview(self, task: Task, way: Trajectory, model: Model) -> Frame | None:
        """Show x̂₀ if the last one was seen, some time has passed and the budget allows it."""
        budget, begun = task.budget, time.monotonic()
        early = begun - task.shown_at < budget.policy.seconds
        if task.unread or early or way.finished or way.x0 is None or not budget.allows():
            return None
        if budget.policy.kind is PreviewKind.FULL:
            frame = to_frame(decode(model, way.x0, task.recipe.decode))
        else:
            frame = self._shelf.linear_map(model).frame(way.x0)
        task.unread, task.shown_at = True, time.monotonic()
        budget.charge(task.shown_at - begun)
        return frame

    @torch.inference_mode()
    def _finish(self, task: Task) -> None:
        """Decode a trajectory that has arrived."""
        assert task.trajectory
        begun = time.monotonic()
        model = self._model(task)
        latents = task.trajectory.result
        picture = decode(model, latents, task.recipe.decode)
        if not picture.isfinite().all():
            raise NotFiniteError
        seconds = task.trajectory.seconds + time.monotonic() - begun
        self._stepper.remove(task)
        self._recent[task.picture] = task
        if len(self._recent) > MOST_RECENT:
            self._recent.popitem(last=False)
        environment = self._device.environment(task.recipe.precision)
        frame = to_frame(picture)
        self._emit(Finished(task.job, task.picture, task.recipe, environment, seconds, frame))
        if task.budget.policy.kind is not PreviewKind.OFF:
            self._shelf.linear_map(model).learn(latents, picture)

    def _save(self, task: Task) -> None:
        if not task.checkpoint or not task.trajectory or not task.trajectory.done:
            return
        task.saved_at = time.monotonic()
        environment = self._device.environment(task.recipe.precision)
        try:
            trajectories.save(Path(task.checkpoint), task.picture, task.trajectory, environment)
        except KnownError as error:
            self._emit(Log(str(error)))

    def _once_more(self, tasks: list[Task]) -> None:
        """Begin again in `balanced` what has overflowed in `fast`."""
        if tasks[0].recipe.precision is not Precision.FAST:
            self._fail(tasks, "The model's output is not a number; its weights may be damaged.")
            return
        for task in tasks:
            task.change(recipe.in_precision(task.recipe, Precision.BALANCED))
        self._emit(
            Log(
                f"{len(tasks)} picture(s) went out of the range of 16 bits and are made again "
                "in precision balanced, which their recipes say."
            )
        )

    def _smaller(self, tasks: list[Task]) -> None:
        """After running out of memory: free what can be freed, and go on by half as many."""
        gc.collect()
        if self._device.place.type == "cuda":
            torch.cuda.empty_cache()
        if len(tasks) == 1:
            self._fail(
                tasks,
                "The memory does not suffice for one picture of this size: make it smaller, or "
                "close other programs.",
            )
            return
        self._most[tasks[0].kind] = len(tasks) // 2
        self._emit(
            Log(
                f"The memory does not suffice for {len(tasks)} pictures at a time; "
                f"going on with {len(tasks) // 2}."
            )
        )

    def _fail(self, tasks: list[Task], sentence: str, report: str = "") -> None:
        for task in tasks:
            self._stepper.remove(task)
            self._emit(Failed(task.job, task.picture, sentence, report))


def _out_of_memory(error: Exception) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    words = ("can't allocate memory", "not enough memory", "out of memory")
    return isinstance(error, RuntimeError) and any(word in str(error) for word in words)


def _bug(error: Exception) -> str:
    return f"This is a bug in LDM Desktop ({type(error).__name__}: {error}); please report it."
