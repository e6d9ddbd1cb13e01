"""What stands beside a recipe: where it was rendered, and which picture came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.recipe import Precision, Recipe


@dataclass(frozen=True)
class Environment:
    """What besides the recipe decides the bits of a picture."""

    app: str
    torch: str
    diffusers: str
    device: str
    cpu: str
    threads: int
    platform: str
    dtype: str

    def differences(self, other: Environment) -> list[str]:
        """Say in what two environments differ, as `what here / there`."""
        mine, theirs = vars(self), vars(other)
        return [f"{key} {mine[key]} / {theirs[key]}" for key in mine if mine[key] != theirs[key]]

    def obstacles(self, other: Environment, precision: Precision) -> list[str]:
        """Say what keeps a trajectory begun here from being continued there.

        Where bits are promised, everything that decides them; otherwise what makes its state
        another one.
        """
        names = ["torch", "diffusers", "dtype"]
        if precision is Precision.EXACT:
            names += ["device", "cpu", "threads", "platform"]
        return [text for text in self.differences(other) if text.split()[0] in names]


@dataclass(frozen=True)
class PictureRecord:
    """A finished picture without its pixels, as it is written into its file."""

    id: UUID
    recipe: Recipe
    environment: Environment
    pixels_sha256: str
    created: str
    seconds: float
    parents: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        datetime.fromisoformat(self.created)


@dataclass(frozen=True)
class Picture:
    """A finished picture."""

    record: PictureRecord
    frame: Frame
