"""What the engine should have been given: a pure function of the queue's order.

Pictures go to the engine in rounds of a job's `batch`, which advance together, so the next round
waits behind by its priority until the last picture of this one is finished. Of that next round
(or the next job) one picture is there already: the engine never stands still between two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from ldm_desktop.worker.jobs import JobEntry

MOST_IN_FRONT = 8
"""Interactive jobs at the engine; it would do more of them one after the other anyway."""


@dataclass(frozen=True)
class Want:
    """Give so many more pictures of a job to the engine."""

    job: JobEntry
    pictures: int
    priority: int


@dataclass(frozen=True)
class Plan:
    """What is to be opened and given, and at what priority each given picture should stand."""

    opens: tuple[JobEntry, ...]
    wants: tuple[Want, ...]
    priorities: Mapping[UUID, int]


def front_of(jobs: Sequence[JobEntry]) -> list[JobEntry]:
    """Give the jobs whose turn it is: the interactive ones, and the first of the others."""
    urgent = [job for job in jobs if job.interactive][:MOST_IN_FRONT]
    return urgent + [job for job in jobs if not job.interactive][:1]


def plan(
    jobs: Sequence[JobEntry],
    given: Mapping[UUID, Mapping[UUID, int]],
    is_open: Callable[[JobEntry], bool],
) -> Plan:
    """Say what should change at the engine.

    `jobs` are those that may go on, in their order; `given` has the priorities of the pictures
    that the engine has of each job.
    """
    front = front_of(jobs)
    wants: list[Want] = []
    priorities: dict[UUID, int] = {}
    behind = False
    for job in [*front, *(job for job in jobs if job.id in given and job not in front)]:
        mine, level = given.get(job.id, {}), job.request.priority
        now = _round(job, mine) if job in front else []
        priorities |= {each: level if each in now else level - 1 for each in mine}
        behind = behind or len(now) < len(mine)
        room = min(job.request.batch - len(now), job.waiting)
        if job in front and level not in mine.values() and room > 0 and is_open(job):
            wants.append(Want(job, room, level))
    opens = tuple(job for job in front if job.waiting and not is_open(job))
    if not behind and (next_job := _next(jobs, wants)) and is_open(next_job):
        wants.append(Want(next_job, 1, next_job.request.priority - 1))
    return Plan(opens, tuple(wants), priorities)


def _round(job: JobEntry, mine: Mapping[UUID, int]) -> list[UUID]:
    """Give the pictures that advance now: those that did, or else the next to begin."""
    going = [each for each, level in mine.items() if level == job.request.priority]
    return going or list(mine)[: job.request.batch]


def _next(jobs: Sequence[JobEntry], wants: Sequence[Want]) -> JobEntry | None:
    """Give the job whose picture is to wait behind all that advance now.

    If its model is not open nothing waits: to load it would stop what is at work.
    """
    taken = {want.job.id: want.pictures for want in wants}
    return next((job for job in jobs if job.waiting > taken.get(job.id, 0)), None)
