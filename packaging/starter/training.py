"""Shared parts of both trainings: wall-clock budgets, averaged weights and checkpoints."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn


@dataclass
class Budget:
    """A span of training time that survives restarts: seconds planned and seconds used before.

    With `until` (seconds since the epoch) the plan ends at that moment, whatever else the
    processor does, so a learning rate that follows `share` always arrives at its end.
    """

    seconds: float
    used: float = 0.0
    until: float | None = None
    started: float = field(default_factory=time.time)

    def elapsed(self) -> float:
        """Seconds of training so far, earlier runs included."""
        return self.used + time.time() - self.started

    def share(self) -> float:
        """Spent share of the plan, 0 to 1."""
        total = self.seconds if self.until is None else self.used + self.until - self.started
        return min(1.0, self.elapsed() / max(total, 1e-6))


def warm_cosine(share: float, step: int, warm_steps: int, floor: float = 0.02) -> float:
    """Learning-rate factor: linear warm-up in steps, then half a cosine down to `floor`."""
    warm = min(1.0, (step + 1) / warm_steps)
    return warm * (floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * share)))


def warm_hold(share: float, step: int, warm_steps: int, hold: float, floor: float = 0.02) -> float:
    """Learning-rate factor: linear warm-up in steps, 1 up to the share `hold`, then a line down."""
    warm = min(1.0, (step + 1) / warm_steps)
    return warm * (1 - (1 - floor) * min(1.0, max(0.0, share - hold) / (1 - hold)))


class Average:
    """Exponential average of a module's weights with warm-up: decay min(limit, (1+n)/(10+n))."""

    def __init__(self, module: nn.Module, limit: float) -> None:
        self.limit = limit
        self.count = 0
        self.weights = {k: v.detach().clone().float() for k, v in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module: nn.Module) -> None:
        """Move the average one step toward the module's present weights."""
        self.count += 1
        decay = min(self.limit, (1 + self.count) / (10 + self.count))
        for key, value in module.state_dict().items():
            self.weights[key].lerp_(value.float(), 1 - decay)


def save_checkpoint(path: Path, **parts: Any) -> None:
    """Write a checkpoint so that a crash leaves the earlier one whole."""
    partial = path.with_suffix(".partial")
    torch.save(parts, partial)
    partial.replace(path)


def load_checkpoint(path: Path) -> dict[str, Any] | None:
    """Read a checkpoint, or None where there is none."""
    return torch.load(path, map_location="cpu", weights_only=True) if path.exists() else None


def newer(path: Path, *sources: Path) -> bool:
    """Whether a result exists and none of its sources was written after it."""
    if not path.exists():
        return False
    made = path.stat().st_mtime_ns
    return all(source.stat().st_mtime_ns <= made for source in sources if source.exists())
