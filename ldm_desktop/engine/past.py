"""What is at hand of the pictures' ways: to look back in, and to go on from."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from uuid import UUID

import torch

from ldm_desktop.core.events import Looked, Stripped
from ldm_desktop.core.job import Look, Order, Strip
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.engine import faults
from ldm_desktop.engine.keyframes import Keyframes, nearest
from ldm_desktop.engine.shelf import Shelf
from ldm_desktop.engine.stepper import Task
from ldm_desktop.engine.trajectory import Keyframe, Trajectory, lineage, whole

MOST_RECENT = 8
"""Finished pictures, and as many at rest, whose keyframes stay in memory."""

Ways = Mapping[Recipe, list[Task]]


class Past:
    """Knows the pictures that are at work or were made last, and the keyframes on the disk."""

    def __init__(
        self,
        at_work: Iterable[Task],
        keyframes: Keyframes,
        shelf: Shelf,
        say: Callable[[str], None],
    ) -> None:
        self._at_work = at_work
        self._keyframes = keyframes
        self._shelf = shelf
        self._say = say
        self._finished: OrderedDict[UUID, Task] = OrderedDict()
        self._rested: OrderedDict[UUID, Task] = OrderedDict()

    def remember(self, task: Task) -> None:
        """Keep a picture at hand that has come as far as it was to go."""
        task.pieces = None
        kept = self._rested if task.until else self._finished
        kept[task.picture] = task
        if len(kept) > MOST_RECENT:
            kept.popitem(last=False)

    def __iter__(self) -> Iterator[Task]:
        """Give the pictures that are being made or were made last, as far as they have begun."""
        known = [*self._finished.values(), *self._rested.values(), *self._at_work]
        return (task for task in known if task.trajectory)

    def ways(self) -> Ways:
        """Give what is in memory by the way that it is on."""
        found: defaultdict[Recipe, list[Task]] = defaultdict(list)
        for task in self:
            found[whole(task.recipe)].append(task)
        return found

    # To be seen

    def look(self, command: Look) -> Looked:
        """Show x̂₀ near a step, as far as that costs nothing."""
        frame = picture = None
        try:
            frame = self._nearest(command)
            linear = self._shelf.map_at_hand(command.recipe.model)
            if frame and frame.x0 is not None and linear:
                picture = linear.frame(frame.x0)
        except Exception as error:  # noqa: BLE001 - looking back must never cost a picture
            self._say(faults.bug(error))
        return Looked(command.picture, command.step, frame.done if frame else 0, picture)

    def _nearest(self, command: Look) -> Keyframe | None:
        """Give the keyframe nearest to a step, in memory or on the disk."""
        way, end = whole(command.recipe), command.recipe.evaluations
        frames = self._in_memory(way, command.picture)
        found = nearest(frames, command.step, end)
        if found is None or found.done != command.step:
            kept = self._keyframes.find(way)
            found = nearest([*frames, *(kept.frames if kept else ())], command.step, end)
        return found

    def _in_memory(self, way: Recipe, picture: UUID) -> list[Keyframe]:
        return [
            frame
            for task in self
            if task.picture == picture or whole(task.recipe) == way
            for frame in task.way.states
        ]

    def strip(self, command: Strip) -> Stripped:
        """Show the x̂₀ of all keyframes at hand of a picture's way, its ancestors' part included."""
        try:
            linear = self._shelf.map_at_hand(command.recipe.model)
            seen = self._way_of(command) if linear else {}
            if linear and seen:
                steps = tuple(sorted(seen))
                beside = torch.cat([seen[step].cpu() for step in steps], dim=3)
                return Stripped(command.picture, steps, linear.frame(beside))
        except Exception as error:  # noqa: BLE001 - looking back must never cost a picture
            self._say(faults.bug(error))
        return Stripped(command.picture, (), None)

    def _way_of(self, command: Strip) -> dict[int, torch.Tensor]:
        """Give x̂₀ by the evaluations done, the nearest generation's where several have one."""
        found: dict[int, torch.Tensor] = {}
        for way, step in lineage(command.recipe):
            kept = self._keyframes.find(way)
            frames = [*self._in_memory(way, command.picture), *(kept.frames if kept else ())]
            for frame in frames:
                if frame.x0 is not None and frame.done <= step:
                    found.setdefault(frame.done, frame.x0)
        return found


def source_of(order: Order, ways: Ways) -> Trajectory | None:
    """Give the trajectory in memory that takes an order furthest: its own way's or an ancestor's.

    A picture goes on from drafts of it, but not from itself: made again, it is to show that its
    recipe leads to it.
    """
    found = [
        (min(task.way.done, step), task.way)
        for way, step in lineage(order.recipe)
        if order.until or way is not order.recipe or all(each.until for each in ways.get(way, ()))
        for task in ways.get(way, ())
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None
