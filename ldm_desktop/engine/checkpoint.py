"""A trajectory on the disk, from which another engine can go on: written by `maker`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from torch import Tensor

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import replace_durably
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.engine import stored
from ldm_desktop.engine.noise import Shape
from ldm_desktop.engine.trajectory import Keyframe, Trajectory


@dataclass(frozen=True)
class Checkpoint:
    """A trajectory as it lies on the disk."""

    picture: UUID
    recipe: Recipe
    environment: Environment
    seconds: float
    frame: Keyframe

    def check(self, wanted: Recipe, environment: Environment, shape: Shape) -> None:
        """Refuse to go on where the result would not be the picture that `wanted` describes."""
        if self.recipe != wanted:
            raise KnownError("what was kept belongs to another recipe.")
        differences = self.environment.obstacles(environment, wanted.precision)
        if differences:
            raise KnownError(f"it was begun in another environment ({'; '.join(differences)}).")
        if not self.frame.fits(shape) or self.frame.done > wanted.evaluations:
            raise KnownError("what was kept does not fit its recipe.")


def save(path: Path, picture: UUID, trajectory: Trajectory, environment: Environment) -> None:
    """Write a trajectory whole or not at all."""
    tensors: dict[str, Tensor] = {}
    head = {
        "picture": str(picture),
        "recipe": codec.to_json(trajectory.recipe),
        "environment": codec.to_json(environment),
        "seconds": trajectory.seconds,
        **stored.pack(trajectory.keyframe(), tensors),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_durably(path, stored.to_bytes(head, tensors))
    except OSError as error:
        raise KnownError(
            f"The unfinished picture could not be kept in {path.parent} ({error.strerror}); "
            "if you stop now, it begins anew next time."
        ) from error


def load(path: Path) -> Checkpoint:
    """Read a saved trajectory; KnownError when it is damaged or of another version."""
    head, tensors = stored.read(path)
    with stored.explained(path):
        return _checkpoint(head, tensors)


def _checkpoint(head: dict[str, Any], tensors: dict[str, Tensor]) -> Checkpoint:
    return Checkpoint(
        UUID(head["picture"]),
        recipe.read(head["recipe"]),
        codec.from_json(Environment, head["environment"]),
        float(head["seconds"]),
        stored.unpack(head, tensors),
    )
