"""A trajectory: one picture on its way, which can be held, forked and continued.

At eta 0 it is one small latent and an index; multistep solvers add their history. With eta > 0
the noise of a step is a function of (seed, step), so no generator has to be kept.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from ldm_desktop.core.recipe import Recipe, Renoise, Stop
from ldm_desktop.engine import noise as noises
from ldm_desktop.engine.solvers import Solver, SolverState, Value

MOST_KEYFRAMES = 24
MOST_KEYFRAME_BYTES = 32 << 20


@dataclass(frozen=True)
class Keyframe:
    """The state after `done` UNet evaluations; its tensors are never written to.

    `latents` and `x0` are float32 (1, C, H, W); `latents` is x in the solver's own scaling.
    """

    done: int
    latents: Tensor
    x0: Tensor | None
    history: SolverState

    def fits(self, shape: noises.Shape) -> bool:
        """Whether this is a state on the way of latents of a shape."""
        alike = self.latents.shape == shape and self.latents.dtype == torch.float32
        seen = self.x0 is not None and self.x0.shape == shape
        return alike and seen and self.done > 0


def whole(made: Recipe) -> Recipe:
    """Give the recipe whose way a picture is on: of one that was stopped, its parent."""
    branch = made.branch
    return branch.parent if branch and isinstance(branch.change, Stop) else made


def lineage(made: Recipe) -> Iterator[tuple[Recipe, int]]:
    """Give the ways a picture goes along, its own first, then back, and up to which step each."""
    yield whole(made), made.evaluations
    made = whole(made)
    while made.branch:
        yield made.branch.parent, made.branch.step
        made = made.branch.parent


class Trajectory:
    """The latents of one picture, its solver, and keyframes to fork from."""

    def __init__(self, recipe: Recipe, shape: noises.Shape, device: torch.device) -> None:
        """Begin at the recipe's noise, of `shape` (1, C, H, W)."""
        self.recipe = recipe
        self.seconds = 0.0
        self._shape = shape
        self._device = device
        self._solver = Solver(recipe.sampler, recipe.steps)
        self._root_noise = recipe.root.noise
        self._latents = self._solver.start(noises.noise(self._root_noise, shape)).to(device)
        self._x0: Tensor | None = None
        self._done = 0
        self._changes = list(recipe.changes)
        self._keyframes: dict[int, Keyframe] = {}
        self._torn = False
        self._change()
        self._keep()

    @property
    def done(self) -> int:
        """UNet evaluations done."""
        return self._done

    @property
    def whole(self) -> bool:
        """Whether there is something to keep, and it is all of one step."""
        return self._done > 0 and not self._torn

    @property
    def finished(self) -> bool:
        """Whether nothing is left but decoding."""
        return self._done >= self.recipe.evaluations

    @property
    def timestep(self) -> Tensor:
        """The time step of the next evaluation, as the scheduler has it (no dimensions)."""
        return self._solver.timesteps[self._done]

    @property
    def x0(self) -> Tensor | None:
        """The last prediction of the clean latents, float32 (1, C, H, W)."""
        return self._x0

    @property
    def result(self) -> Tensor:
        """The latents to show: x at the end, x̂₀ on the way there and where one was stopped."""
        if not self.finished or self.recipe is not whole(self.recipe):
            assert self._x0 is not None
            return self._x0
        return self._latents

    def model_input(self) -> Tensor:
        """Give the UNet's next input, float32 (1, C, H, W)."""
        return self._solver.model_input(self._latents, self._done)

    def advance(self, output: Tensor) -> None:
        """Take the UNet's output for `model_input` and go one evaluation on."""
        # Whatever interrupts this leaves latents and history of different steps.
        self._torn = True
        output = output.float()
        eta = self.recipe.eta
        fresh = None
        if eta:
            fresh = noises.step_noise(self._root_noise, self._done, self._shape).to(self._device)
        self._x0 = self._solver.x0(output, self._latents, self._done)
        self._latents = self._solver.step(output, self._latents, self._done, eta, fresh)
        self._done += 1
        self._change()
        self._keep()
        self._torn = False

    def _change(self) -> None:
        """Apply what the recipe's branches change at this step."""
        while self._changes and self._changes[0][0] == self._done:
            _, change = self._changes.pop(0)
            if isinstance(change, Renoise):
                self._renoise(change)

    def _renoise(self, change: Renoise) -> None:
        toward = noises.noise(change.noise, self._shape)
        self._latents = self._solver.renoise(
            self._latents.cpu(),
            None if self._x0 is None else self._x0.cpu(),
            self._done,
            lambda noise: noises.rotate(noise, toward, change.degrees),
        ).to(self._device)

    @property
    def spacing(self) -> int:
        """How many evaluations lie between two keyframes; a stopped picture has its parent's."""
        # x, x̂₀ and up to four tensors of history.
        affordable = MOST_KEYFRAME_BYTES // (6 * 4 * self._latents.numel())
        count = max(1, min(MOST_KEYFRAMES, affordable))
        return -(-whole(self.recipe).evaluations // count)

    def _keep(self) -> None:
        # What the noise leads to at once need not be kept.
        if self._done and self._done % self.spacing == 0:
            self._keyframes[self._done] = self.keyframe()

    @property
    def keyframes(self) -> tuple[Keyframe, ...]:
        """The states kept on the way, every `spacing` evaluations."""
        return tuple(self._keyframes.values())

    @property
    def states(self) -> tuple[Keyframe, ...]:
        """The keyframes and, if it is whole, the present state."""
        return (*self.keyframes, self.keyframe()) if self.whole else self.keyframes

    def keyframe(self) -> Keyframe:
        """Copy the present state."""
        return Keyframe(self._done, self._latents, self._x0, self._solver.capture())

    def jump(self, frame: Keyframe) -> None:
        """Go to a keyframe of this recipe, in which the changes of its step are made already."""
        frame = on_device(frame, self._device)
        self._solver.restore(frame.history, frame.done)
        self._done, self._latents, self._x0 = frame.done, frame.latents, frame.x0
        self._keyframes = {n: kept for n, kept in self._keyframes.items() if n < frame.done}
        self._changes = [change for change in self.recipe.changes if change[0] > frame.done]

    def branch_from(self, ancestor: Recipe, step: int, frames: Iterable[Keyframe]) -> None:
        """Start from the last frame not after `step` of an ancestor, or of this way itself."""
        shared = {frame.done: frame for frame in frames if frame.done <= step}
        last = max(shared, default=0)
        if last <= self._done:
            return
        on_grid = {n: kept for n, kept in shared.items() if n % self.spacing == 0}
        self._keyframes = on_grid | self._keyframes
        self.jump(shared[last])
        made = [change for change in ancestor.changes if change[0] <= last]
        self._changes = list(self.recipe.changes[len(made) :])
        self._change()
        self._keep()


def timesteps(ways: list[Trajectory], device: torch.device) -> Tensor:
    """Give the next time step of each of a batch, or of one as its scheduler has it."""
    if len(ways) == 1:
        return ways[0].timestep
    # Some solvers count in whole numbers, some in real ones; the UNet embeds float32.
    return torch.stack([way.timestep.float() for way in ways]).to(device)


def on_device(frame: Keyframe, device: torch.device) -> Keyframe:
    """Bring a keyframe from the disk to the device that goes on with it."""
    x0 = None if frame.x0 is None else frame.x0.to(device)
    values = tuple((name, _moved(value, device)) for name, value in frame.history.values)
    return dataclasses.replace(
        frame, latents=frame.latents.to(device), x0=x0, history=SolverState(values)
    )


def _moved(value: Value, device: torch.device) -> Value:
    # A tensor without dimensions is one of the scheduler's own numbers, which stay on the CPU.
    if isinstance(value, Tensor):
        return value.to(device) if value.dim() else value
    return [_moved(item, device) for item in value] if isinstance(value, list) else value
