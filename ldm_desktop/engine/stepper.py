"""Who advances next: the order of the work, without a thought of torch."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from ldm_desktop.core.job import Job, Order
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.engine.preview import Budget
from ldm_desktop.engine.trajectory import Trajectory

Kind = tuple[str, Precision, tuple[int, int]]


@dataclass(eq=False)
class Task:
    """A picture that is accepted and not yet finished."""

    job: UUID
    picture: UUID
    recipe: Recipe
    checkpoint: str | None
    batch: int
    priority: int
    number: int
    budget: Budget
    trajectory: Trajectory | None = None
    source: Trajectory | None = None
    paused: bool = False
    unread: bool = False
    saved_at: float = 0.0
    shown_at: float = 0.0

    @property
    def kind(self) -> Kind:
        """What two pictures must have in common to share a UNet call."""
        return self.recipe.model.fingerprint, self.recipe.precision, self.recipe.size

    def change(self, recipe: Recipe) -> None:
        """Begin anew with another recipe."""
        self.recipe, self.trajectory, self.source = recipe, None, None

    @property
    def rank(self) -> tuple[int, int]:
        """The smallest is first."""
        return -self.priority, self.number

    @property
    def share(self) -> float:
        """How much of the picture is done, 0 … 1."""
        return self.trajectory.done / self.recipe.evaluations if self.trajectory else 0.0


class Stepper:
    """The tasks in their order."""

    def __init__(self) -> None:
        self._tasks: list[Task] = []
        self._numbers = itertools.count()

    def __iter__(self) -> Iterator[Task]:
        return iter(list(self._tasks))

    def accept(self, order: Order, job: Job, budget: Budget) -> Task:
        """Put an order at the end of its priority."""
        return self.insert(
            Task(
                job.id,
                order.picture,
                order.recipe,
                order.checkpoint,
                job.batch,
                job.priority,
                next(self._numbers),
                budget,
            )
        )

    def insert(self, task: Task) -> Task:
        """Put a task where its rank says."""
        bisect.insort(self._tasks, task, key=lambda other: other.rank)
        return task

    def number(self) -> int:
        """Give the next number."""
        return next(self._numbers)

    def remove(self, task: Task) -> None:
        """Forget a task."""
        self._tasks.remove(task)

    def reprioritise(self, task: Task, priority: int) -> None:
        """Move a task to the place of another priority."""
        self.remove(task)
        task.priority = priority
        self.insert(task)

    def named(self, target: UUID) -> list[Task]:
        """Give the tasks of a job, or the one of a picture."""
        return [task for task in self._tasks if target in (task.job, task.picture)]

    def front(self) -> list[Task]:
        """Give the tasks that advance together: the first, and those of its job behind it."""
        ready = (task for task in self._tasks if not task.paused)
        first = next(ready, None)
        if first is None:
            return []
        rest = itertools.takewhile(lambda task: task.priority == first.priority, ready)
        same = (task for task in rest if task.job == first.job)
        return [first, *itertools.islice(same, first.batch - 1)]


def call(front: list[Task], most: Callable[[Task], int]) -> list[Task]:
    """Choose who of the front shares the next UNet call, the least advanced first.

    In `exact` one sample a call: a few layers give other bits in a batch.
    """
    behind = min(front, key=lambda task: (task.share, task.number))
    if behind.recipe.precision is Precision.EXACT:
        return [behind]
    alike = [task for task in front if task.kind == behind.kind]
    alike.sort(key=lambda task: (task.share, task.number))
    return alike[: most(behind)]
