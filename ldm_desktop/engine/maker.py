"""The units of work: begin a picture, take some one evaluation on, decode a piece of one."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Finished, Log, Rested, Stage, Stepped, Working
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.previews import PreviewKind
from ldm_desktop.core.recipe import ModelRef, Precision
from ldm_desktop.engine import checkpoint
from ldm_desktop.engine.decode import decode, pieces, to_frame
from ldm_desktop.engine.devices import Device
from ldm_desktop.engine.keyframes import Keyframes
from ldm_desktop.engine.models import Model
from ldm_desktop.engine.noise import Shape
from ldm_desktop.engine.shelf import Shelf
from ldm_desktop.engine.stepper import Kind, Task
from ldm_desktop.engine.trajectory import Trajectory, lineage, timesteps, whole

CHECKPOINT_SECONDS = 10.0
DRAFT_SECONDS = 0.25
"""A UNet call of drafts should not take longer, so that what scrolls into view comes soon."""
SAMPLES_A_THREAD = 4
"""Of a UNet call on the CPU; see `Maker.fitting`."""


class Maker:
    """Does one unit of work on the tasks it is given; the order is the stepper's."""

    def __init__(
        self, device: Device, shelf: Shelf, keyframes: Keyframes, emit: Callable[[Event], None]
    ) -> None:
        self._device = device
        self._shelf = shelf
        self._keyframes = keyframes
        self._emit = emit
        self._paces: dict[Kind, float] = {}

    def model(self, task: Task) -> Model:
        """Give the model of a task in its precision, loading it if need be."""
        return self._shelf.model(task.recipe.model, task.recipe.precision)

    def fitting(self, task: Task) -> int:
        """Give how many samples like a task's fit into one UNet call, and pay.

        A step of the starter in `balanced` on two threads of a CPU took 26 ms a sample alone, 20
        of two, 16 of four, 14 of eight and of twelve, and 21 of sixteen.
        """
        model = self.model(task)
        shape = model.card.latent_shape(task.recipe.size)
        most = self._shelf.admit(model, task.recipe.precision, shape, task.recipe.decode)
        on_cpu = self._device.place.type == "cpu"
        return min(most, SAMPLES_A_THREAD * torch.get_num_threads()) if on_cpu else most

    def prompt(self, kind: Kind) -> int:
        """Give how many samples of a kind one short UNet call takes, as far as is known."""
        pace = self._paces.get(kind)
        return max(1, round(DRAFT_SECONDS / pace)) if pace else SAMPLES_A_THREAD

    def warm(self, ref: ModelRef, precision: Precision) -> Iterator[None]:
        """Measure the memory, let torch choose its kernels, fit the preview; one at a time."""
        model = self._shelf.model(ref, precision)
        shape = model.card.latent_shape(model.card.size)
        self._shelf.admit(model, precision, shape, model.card.decode_for(model.card.size))
        yield
        with torch.inference_mode():
            model.unet(torch.zeros(shape).to(model.unet.device, model.unet.dtype), 0)
        yield
        self._shelf.linear_map(model)
        yield

    def start(self, task: Task) -> None:
        """Begin at the noise, or where a checkpoint or a forked trajectory already is."""
        self._emit(Working(task.job, task.picture, Stage.STARTING))
        model = self.model(task)
        model.card.check_size(task.recipe.size)
        shape = model.card.latent_shape(task.recipe.size)
        if task.rough or task.budget.policy.show is PreviewKind.LINEAR:
            # Fitted once a model; not while steps are waiting to be shown.
            self._shelf.linear_map(model)
        trajectory = Trajectory(task.recipe, shape, self._device.place)
        self._branch(task, trajectory, shape)
        self._continue(task, trajectory, shape)
        task.trajectory = trajectory
        task.saved_at = time.monotonic()

    def _branch(self, task: Task, trajectory: Trajectory, shape: Shape) -> None:
        """Start from what drafts of it and its ancestors have been through already.

        They are in memory or on the disk; of several the furthest counts that is not too far.
        """
        environment = self._device.environment(task.recipe.precision)
        source, task.source = task.source, None
        for way, end in lineage(task.recipe):
            step = min(end, task.goal)
            if way is task.recipe and not task.until and self._keyframes.finished(way):
                # Made again, it is to show that its recipe leads to it.
                continue
            if source and whole(source.recipe) == way:
                trajectory.branch_from(way, step, source.states)
            if trajectory.done < step:
                frames = self._keyframes.frames(way, environment, shape)
                trajectory.branch_from(way, step, frames)

    def _continue(self, task: Task, trajectory: Trajectory, shape: Shape) -> None:
        path = Path(task.checkpoint) if task.checkpoint else None
        if not path or not path.exists():
            return
        try:
            saved = checkpoint.load(path)
            environment = self._device.environment(task.recipe.precision)
            saved.check(task.recipe, environment, shape)
            if trajectory.done < saved.frame.done <= task.goal:
                trajectory.jump(saved.frame)
            trajectory.seconds = saved.seconds
        except KnownError as error:
            self._emit(Log(f"A picture begins anew: {error}"))

    @torch.inference_mode()
    def step(self, tasks: list[Task]) -> list[Task]:
        """Take trajectories one evaluation on, by one UNet call.

        Gives the tasks whose output is not finite; they stay where they were.
        """
        begun = time.monotonic()
        model = self.model(tasks[0])
        ways = [task.way for task in tasks]
        sample = torch.cat([way.model_input() for way in ways]).to(model.unet.dtype)
        output = model.unet(sample, timesteps(ways, sample.device)).sample
        outputs = output.split(1)
        good = [i for i, one in enumerate(outputs) if one.isfinite().all()]
        for i in good:
            ways[i].advance(outputs[i])
        share = (time.monotonic() - begun) / len(tasks)
        self._paces[tasks[0].kind] = (self._paces.get(tasks[0].kind, share) + share) / 2
        self._tell([tasks[i] for i in good], model, share)
        return [task for i, task in enumerate(tasks) if i not in good]

    def _tell(self, tasks: list[Task], model: Model, seconds: float) -> None:
        """Report the step of each; the one shown longest ago comes first, as previews are few."""
        for task in sorted(tasks, key=lambda task: task.shown_at):
            task.budget.sampling += seconds
            task.way.seconds += seconds
            preview = self._preview(task, model)
            self._emit(Stepped(task.job, task.picture, task.way.done, task.total, preview))
            if time.monotonic() - task.saved_at >= CHECKPOINT_SECONDS:
                self.save(task)

    def _preview(self, task: Task, model: Model) -> Frame | None:
        """Show x̂₀ if the last one was seen, some time has passed and the budget allows it."""
        budget, begun = task.budget, time.monotonic()
        early = begun - task.shown_at < budget.policy.seconds
        if task.unread or early or task.arrived or not budget.allows():
            return None
        try:
            frame = self._picture_of(task, model)
        except Exception as error:  # noqa: BLE001 - a preview must never cost a picture
            budget.policy = dataclasses.replace(budget.policy, show=PreviewKind.OFF)
            self._emit(Log(f"Previews were switched off, because one failed ({error})."))
            return None
        task.unread, task.shown_at = True, time.monotonic()
        budget.charge(task.shown_at - begun)
        return frame

    def _picture_of(self, task: Task, model: Model) -> Frame:
        x0 = task.way.x0
        assert x0 is not None
        if task.budget.policy.show is PreviewKind.FULL:
            return to_frame(decode(model, x0, task.recipe.decode))
        return self._shelf.linear_map(model).frame(x0)

    @torch.inference_mode()
    def show(self, task: Task) -> Rested:
        """Show a picture roughly where it rests."""
        return self._rested(task, self._shelf.linear_map(self.model(task)).frame(task.way.result))

    def _rested(self, task: Task, frame: Frame) -> Rested:
        return Rested(task.job, task.picture, task.way.done, task.total, task.sharp, frame)

    @torch.inference_mode()
    def decode(self, task: Task) -> Finished | Rested | None:
        """Decode the next piece of a trajectory that has arrived; the last gives the picture."""
        begun = time.monotonic()
        if task.pieces is None:
            self._emit(Working(task.job, task.picture, Stage.DECODING))
            task.pieces = pieces(self.model(task), task.way.result, task.recipe.decode)
        picture = next(task.pieces)
        task.way.seconds += time.monotonic() - begun
        if picture is None:
            return None
        if not picture.isfinite().all():
            raise NotFiniteError
        self._learn(task, picture)
        frame = to_frame(picture)
        if task.until:
            return self._rested(task, frame)
        environment = self._device.environment(task.recipe.precision)
        return Finished(task.job, task.picture, task.recipe, environment, task.way.seconds, frame)

    def _learn(self, task: Task, picture: Tensor) -> None:
        if task.way.finished and task.budget.policy.show is PreviewKind.LINEAR:
            self._shelf.linear_map(self.model(task)).learn(task.way.result, picture)

    def save(self, task: Task) -> None:
        """Write the checkpoint of a task that has one and has got somewhere."""
        if not task.checkpoint or not task.trajectory or not task.trajectory.whole:
            return
        task.saved_at = time.monotonic()
        environment = self._device.environment(task.recipe.precision)
        try:
            checkpoint.save(Path(task.checkpoint), task.picture, task.trajectory, environment)
        except KnownError as error:
            self._emit(Log(str(error)))

    def keep(self, task: Task) -> None:
        """Write the keyframes of a task that has got somewhere.

        Of a draft that nobody looks at closely the last state has to do: there may be thousands.
        """
        if not task.trajectory:
            return
        way = task.trajectory
        frames = way.states if task.until else way.keyframes
        if task.rough:
            frames = frames[-1:]
        finished = not task.until and way.finished and way.recipe is whole(way.recipe)
        environment = self._device.environment(task.recipe.precision)
        self._keyframes.keep(way, frames, environment, finished=finished)


class NotFiniteError(Exception):
    """The decoder's output is not a number in this precision."""
