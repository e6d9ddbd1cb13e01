"""What the worker tells: one call for each of its signals, and no more often than eyes can see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from ldm_desktop.core.events import Looked, Measured, Stepped, Stripped
from ldm_desktop.core.model import ModelCard
from ldm_desktop.worker.draft import Drafted
from ldm_desktop.worker.work import (
    EngineStatus,
    JobView,
    LookDone,
    Pace,
    PictureView,
    QueueView,
    Saved,
)

T = TypeVar("T")
MANY = 256


@dataclass(frozen=True)
class Tell:
    """Where news goes; see the signals of `thread.Worker`."""

    status: Callable[[EngineStatus], None]
    model_ready: Callable[[ModelCard], None]
    model_refused: Callable[[str, str], None]
    job: Callable[[JobView], None]
    job_removed: Callable[[UUID], None]
    ordered: Callable[[tuple[UUID, ...]], None]
    picture: Callable[[PictureView], None]
    previewed: Callable[[Stepped], None]
    saved: Callable[[Saved], None]
    queue: Callable[[QueueView], None]
    paces: Callable[[tuple[Pace, ...]], None]
    looked: Callable[[Looked], None]
    look_done: Callable[[LookDone], None]
    drafted: Callable[[Drafted], None]
    stripped: Callable[[Stripped], None]
    measured: Callable[[Measured], None]
    notice: Callable[[str], None]


class Throttle(Generic[T]):
    """Lets each thing be told of at most every so many seconds, but its last state always."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._waiting: dict[T, float] = {}
        self._told: dict[T, float] = {}

    def note(self, thing: T, *, urgent: bool) -> None:
        """Note that a thing has changed; `urgent` if that cannot wait."""
        told = self._told.get(thing)
        due = 0.0 if urgent or told is None else told + self._seconds
        self._waiting[thing] = min(due, self._waiting.get(thing, due))

    def forget(self, thing: T) -> None:
        """Say nothing of a thing that was changed."""
        self._waiting.pop(thing, None)
        self._told.pop(thing, None)

    def due(self) -> list[T]:
        """Take the things whose time has come, in the order of their first change."""
        now = self._clock()
        things = [thing for thing, due in self._waiting.items() if due <= now]
        for thing in things:
            del self._waiting[thing]
            self._told[thing] = now
        if len(self._told) > MANY:
            recent = {t: at for t, at in self._told.items() if now - at < self._seconds}
            self._told = recent
        return things

    @property
    def deadline(self) -> float | None:
        """When the next thing is due."""
        return min(self._waiting.values(), default=None)
