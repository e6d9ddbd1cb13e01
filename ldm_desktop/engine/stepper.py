"""Who advances next: the order of the work, without a thought of the mathematics."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from torch import Tensor

from ldm_desktop.core.job import Job, Order
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.engine.preview import Budget
from ldm_desktop.engine.trajectory import Trajectory

Kind = tuple[str, Precision, tuple[int, int]]


@dataclass(eq=False)
class Task:
    """A picture that is accepted and not yet shown: finished, or at rest."""

    job: UUID
    picture: UUID
    recipe: Recipe
    checkpoint: str | None
    batch: int
    priority: int
    number: int
    budget: Budget
    until: int = 0
    sharp: bool = False
    trajectory: Trajectory | None = None
    source: Trajectory | None = None
    paused: bool = False
    unread: bool = False
    saved_at: float = 0.0
    shown_at: float = 0.0
    pieces: Iterator[Tensor | None] | None = None
    starved: bool = False
    """Whether the memory has once not sufficed for this picture alone."""
    kind: Kind = field(init=False)
    """What two pictures must have in common to share a UNet call."""
    total: int = field(init=False)
    """Evaluations of the whole picture."""
    goal: int = field(init=False)
    """Evaluations after which it is shown: at its end, or where it is to rest."""

    def __post_init__(self) -> None:
        # Of hundreds of tasks all this is asked at each unit of work.
        made = self.recipe
        self.kind = made.model.fingerprint, made.precision, made.size
        self.total = made.evaluations
        self.goal = min(self.until or self.total, self.total)

    def change(self, recipe: Recipe) -> None:
        """Begin anew with another recipe."""
        self.recipe, self.trajectory, self.source, self.pieces = recipe, None, None, None
        self.__post_init__()

    @property
    def arrived(self) -> bool:
        """Whether nothing is left but to show it."""
        return self.trajectory is not None and self.trajectory.done >= self.goal

    @property
    def rough(self) -> bool:
        """Whether it is shown by the linear preview, where it rests."""
        return self.until > 0 and not self.sharp

    @property
    def rank(self) -> tuple[int, int]:
        """The smallest is first."""
        return -self.priority, self.number

    @property
    def way(self) -> Trajectory:
        """The trajectory of a task that has begun."""
        assert self.trajectory
        return self.trajectory

    @property
    def share(self) -> float:
        """How much of the picture is done, 0 … 1."""
        return self.trajectory.done / self.total if self.trajectory else 0.0


class Stepper:
    """The tasks in their order."""

    def __init__(self) -> None:
        self._tasks: list[Task] = []
        self._numbers = itertools.count()

    def __iter__(self) -> Iterator[Task]:
        return iter(list(self._tasks))

    def accept(self, order: Order, job: Job, budget: Budget) -> Task:
        """Put an order at the end of its priority."""
        return self._insert(
            Task(
                job.id,
                order.picture,
                order.recipe,
                order.checkpoint,
                job.batch,
                job.priority,
                next(self._numbers),
                budget,
                order.until,
                order.sharp,
            )
        )

    def _insert(self, task: Task) -> Task:
        bisect.insort(self._tasks, task, key=lambda other: other.rank)
        return task

    def remove(self, task: Task) -> None:
        """Forget a task."""
        self._tasks.remove(task)

    def reprioritise(self, task: Task, priority: int) -> None:
        """Move a task to the place of another priority."""
        self.remove(task)
        task.priority = priority
        self._insert(task)

    def named(self, target: UUID) -> list[Task]:
        """Give the tasks of a job, or the one of a picture."""
        return [task for task in self._tasks if target in (task.job, task.picture)]

    def front(self) -> list[Task]:
        """Give the tasks that advance together: the first, and those like it of its priority."""
        ready = (task for task in self._tasks if not task.paused)
        first = next(ready, None)
        if first is None:
            return []
        rest = itertools.takewhile(lambda task: task.priority == first.priority, ready)
        alike = (task for task in rest if task.kind == first.kind)
        return [first, *itertools.islice(alike, first.batch - 1)]


def least_advanced(front: list[Task]) -> Task:
    """Give the task that is furthest behind."""
    return min(front, key=lambda task: (task.share, task.number))


def together(front: list[Task], most: int) -> list[Task]:
    """Choose who of the front shares the next UNet call, the least advanced first.

    In `exact` one sample a call: a few layers give other bits in a batch.
    """
    if front[0].recipe.precision is Precision.EXACT:
        return [least_advanced(front)]
    return sorted(front, key=lambda task: (task.share, task.number))[:most]
