"""A trajectory: one picture on its way, which can be held, forked, saved and continued.

At eta 0 it is one small latent and an index; multistep solvers add their history. With eta > 0
the noise of a step is a function of (seed, step), so no generator has to be kept.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import replace_durably
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.recipe import Recipe, Renoise
from ldm_desktop.engine import noise as noises
from ldm_desktop.engine.solvers import Solver, SolverState, Value

FORMAT = "1"
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
        """The latents to decode: x at the end, x̂₀ of a picture stopped on its way."""
        if self.recipe.branch and isinstance(self.recipe.branch.change, recipe.Stop):
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

    def _keep(self) -> None:
        # x, x̂₀ and up to four tensors of history.
        affordable = MOST_KEYFRAME_BYTES // (6 * 4 * self._latents.numel())
        count = max(1, min(MOST_KEYFRAMES, affordable))
        spacing = -(-self.recipe.evaluations // count)
        if self._done % spacing == 0:
            self._keyframes[self._done] = self.keyframe()

    def keyframe(self) -> Keyframe:
        """Copy the present state."""
        return Keyframe(self._done, self._latents, self._x0, self._solver.capture())

    def keyframe_before(self, step: int) -> Keyframe | None:
        """Give the last keyframe (or the present) at or before `step` evaluations."""
        known = [frame for done, frame in self._keyframes.items() if done <= step]
        if self._done <= step:
            known.append(self.keyframe())
        return max(known, key=lambda frame: frame.done, default=None)

    def jump(self, frame: Keyframe) -> None:
        """Go to a keyframe of this recipe, in which the changes of its step are made already."""
        self._solver.restore(frame.history, frame.done)
        self._done, self._latents, self._x0 = frame.done, frame.latents, frame.x0
        self._keyframes = {}
        self._changes = [change for change in self.recipe.changes if change[0] > frame.done]

    def branch_from(self, parent: Trajectory) -> None:
        """Start from what a parent of this recipe has already been through."""
        branch = self.recipe.branch
        frame = parent.keyframe_before(branch.step) if branch else None
        if not branch or frame is None or frame.done <= self._done:
            return
        self.jump(frame)
        if frame.done == branch.step:
            self._changes = [(branch.step, branch.change)]
            self._change()
        self._keep()


@dataclass(frozen=True)
class Checkpoint:
    """A trajectory as it lies on the disk."""

    picture: UUID
    recipe: Recipe
    environment: Environment
    seconds: float
    frame: Keyframe

    def check(self, wanted: Recipe, environment: Environment, shape: noises.Shape) -> None:
        """Refuse to go on where the result would not be the picture that `wanted` describes."""
        if self.recipe != wanted:
            raise KnownError("what was kept belongs to another recipe.")
        differences = self.environment.obstacles(environment, wanted.precision)
        if differences:
            raise KnownError(f"it was begun in another environment ({'; '.join(differences)}).")
        fits = self.frame.latents.shape == shape and self.frame.latents.dtype == torch.float32
        if not fits or not 0 < self.frame.done <= wanted.evaluations:
            raise KnownError("what was kept does not fit its recipe.")


def save(path: Path, picture: UUID, trajectory: Trajectory, environment: Environment) -> None:
    """Write a trajectory whole or not at all."""
    frame = trajectory.keyframe()
    tensors: dict[str, Tensor] = {"latents": frame.latents}
    if frame.x0 is not None:
        tensors["x0"] = frame.x0
    head = {
        "picture": str(picture),
        "recipe": codec.to_json(trajectory.recipe),
        "environment": codec.to_json(environment),
        "seconds": trajectory.seconds,
        "done": frame.done,
        "history": [[name, _flatten(value, name, tensors)] for name, value in frame.history.values],
    }
    tensors = {name: t.detach().cpu().contiguous() for name, t in tensors.items()}
    text = json.dumps(head)
    metadata = {"format": FORMAT, "head": text, "sha256": _digest(text, tensors)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_durably(path, safetensors.torch.save(tensors, metadata))
    except OSError as error:
        raise KnownError(
            f"The unfinished picture could not be kept in {path.parent} ({error.strerror}); "
            "if you stop now, it begins anew next time."
        ) from error


def load(path: Path) -> Checkpoint:
    """Read a saved trajectory; KnownError when it is damaged or of another version."""
    try:
        with safetensors.safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
        text = metadata["head"]
        if metadata.get("format") != FORMAT or metadata.get("sha256") != _digest(text, tensors):
            raise KnownError(f"{path.name} is damaged or of another version.")
        return _checkpoint(json.loads(text), tensors)
    except (OSError, ValueError, KeyError, TypeError, safetensors.SafetensorError) as error:
        raise KnownError(f"{path.name} cannot be read ({error}).") from error


def _checkpoint(head: dict[str, Any], tensors: dict[str, Tensor]) -> Checkpoint:
    history = tuple((str(name), _unflatten(value, tensors)) for name, value in head["history"])
    frame = Keyframe(int(head["done"]), tensors["latents"], tensors.get("x0"), SolverState(history))
    return Checkpoint(
        UUID(head["picture"]),
        recipe.read(head["recipe"]),
        codec.from_json(Environment, head["environment"]),
        float(head["seconds"]),
        frame,
    )


def _flatten(value: Value, name: str, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, Tensor):
        tensors[name] = value
        return {"tensor": name}
    if isinstance(value, list):
        return [_flatten(item, f"{name}.{i}", tensors) for i, item in enumerate(value)]
    return value


def _unflatten(value: Any, tensors: dict[str, Tensor]) -> Value:
    if isinstance(value, dict):
        return tensors[value["tensor"]]
    return [_unflatten(item, tensors) for item in value] if isinstance(value, list) else value


def _digest(head: str, tensors: dict[str, Tensor]) -> str:
    digest = hashlib.sha256(head.encode())
    for name in sorted(tensors):
        digest.update(f"{name} {tensors[name].dtype} {list(tensors[name].shape)}".encode())
        digest.update(tensors[name].contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


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
