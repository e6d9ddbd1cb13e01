"""The units of work: begin a picture, take some one evaluation on, decode a piece of one."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Finished, Log, Stage, Stepped, Working
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
from ldm_desktop.engine.stepper import Task
from ldm_desktop.engine.trajectory import Trajectory, lineage, timesteps

CHECKPOINT_SECONDS = 10.0


class Maker:
    """Does one unit of work on the tasks it is given; the order is the stepper's."""

    def __init__(
        self, device: Device, shelf: Shelf, keyframes: Keyframes, emit: Callable[[Event], None]
    ) -> None:
        self._device = device
        self._shelf = shelf
        self._keyframes = keyframes
        self._emit = emit

    def model(self, task: Task) -> Model:
        """Give the model of a task in its precision, loading it if need be."""
        return self._shelf.model(task.recipe.model, task.recipe.precision)

    def fitting(self, task: Task) -> int:
        """Give how many samples like a task's fit into one UNet call."""
        model = self.model(task)
        shape = model.card.latent_shape(task.recipe.size)
        return self._shelf.admit(model, task.recipe.precision, shape, task.recipe.decode)

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
        if task.budget.policy.show is PreviewKind.LINEAR:
            # Fitted once a model; not while steps are waiting to be shown.
            self._shelf.linear_map(model)
        trajectory = Trajectory(task.recipe, shape, self._device.place)
        self._branch(task, trajectory, shape)
        self._continue(task, trajectory, shape)
        task.trajectory = trajectory
        task.saved_at = time.monotonic()

    def _branch(self, task: Task, trajectory: Trajectory, shape: Shape) -> None:
        """Start from what its ancestors, in memory or on the disk, have been through already."""
        environment = self._device.environment(task.recipe.precision)
        for ancestor, step in lineage(task.recipe):
            if task.source:
                trajectory.branch_from(ancestor, step, task.source.states)
                task.source = None
            if trajectory.done < step - step % trajectory.spacing:
                frames = self._keyframes.frames(ancestor, environment, shape)
                trajectory.branch_from(ancestor, step, frames)

    def _continue(self, task: Task, trajectory: Trajectory, shape: Shape) -> None:
        path = Path(task.checkpoint) if task.checkpoint else None
        if not path or not path.exists():
            return
        try:
            saved = checkpoint.load(path)
            environment = self._device.environment(task.recipe.precision)
            saved.check(task.recipe, environment, shape)
            if saved.frame.done > trajectory.done:
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
        self._tell([tasks[i] for i in good], model, share)
        return [task for i, task in enumerate(tasks) if i not in good]

    def _tell(self, tasks: list[Task], model: Model, seconds: float) -> None:
        """Report the step of each; the one shown longest ago comes first, as previews are few."""
        for task in sorted(tasks, key=lambda task: task.shown_at):
            task.budget.sampling += seconds
            task.way.seconds += seconds
            preview = self._preview(task, model)
            total = task.recipe.evaluations
            self._emit(Stepped(task.job, task.picture, task.way.done, total, preview))
            if time.monotonic() - task.saved_at >= CHECKPOINT_SECONDS:
                self.save(task)

    def _preview(self, task: Task, model: Model) -> Frame | None:
        """Show x̂₀ if the last one was seen, some time has passed and the budget allows it."""
        budget, begun = task.budget, time.monotonic()
        early = begun - task.shown_at < budget.policy.seconds
        if task.unread or early or task.way.finished or not budget.allows():
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
    def decode(self, task: Task) -> Finished | None:
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
        environment = self._device.environment(task.recipe.precision)
        self._learn(task, picture)
        return Finished(
            task.job, task.picture, task.recipe, environment, task.way.seconds, to_frame(picture)
        )

    def _learn(self, task: Task, picture: Tensor) -> None:
        if task.budget.policy.show is PreviewKind.LINEAR:
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
        """Write the keyframes of a task that has got somewhere."""
        if task.trajectory:
            environment = self._device.environment(task.recipe.precision)
            self._keyframes.keep(task.trajectory, environment)


class NotFiniteError(Exception):
    """The decoder's output is not a number in this precision."""
