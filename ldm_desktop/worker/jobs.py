"""The queue as it stands now: jobs in their order, and the pictures of them that are at hand.

A picture comes into being when the engine can take it, so a job of a million is one entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.recipe import Recipe, Stop, fork
from ldm_desktop.worker.work import (
    JobState,
    JobView,
    PictureState,
    PictureView,
    Purpose,
    Request,
)

MANY = 1 << 40
"""More pictures than anybody waits for: what is left of a job that goes on for ever."""
FAILURES_IN_A_ROW = 8
"""So many, and the rest of a job would fail as well."""


@dataclass(eq=False)
class PictureEntry:
    """A picture that is not ended, or was read from the store to be looked at.

    `submitted` once it was given to an engine; `doubtful` if that was before a restart, so that
    it may have been saved though nobody noted it; `remade` if its recipe is not the job's.
    """

    id: UUID
    job: UUID
    number: int
    recipe: Recipe
    state: PictureState = PictureState.WAITING
    done: int = 0
    decoding: bool = False
    file: Path | None = None
    sentence: str = ""
    report: str = ""
    submitted: bool = False
    doubtful: bool = False
    remade: bool = False

    @property
    def left(self) -> int:
        """UNet evaluations that are still to be made."""
        return max(0, self.recipe.evaluations - self.done)

    def view(self, eta: float | None = None) -> PictureView:
        """Give what a person sees."""
        total = self.recipe.evaluations
        return PictureView(
            self.id,
            self.job,
            self.number,
            self.recipe,
            self.state,
            total if self.state is PictureState.SAVED else min(self.done, total),
            total,
            self.decoding,
            eta,
            self.file,
            self.sentence,
            self.report,
        )


@dataclass(eq=False)
class JobEntry:
    """A job; its state is never `running`, which is for the engine to say."""

    request: Request
    place: int = 0
    state: JobState = JobState.WAITING
    crashes: int = 0
    sentence: str = ""
    log: str = ""
    saved: int = 0
    failed: int = 0
    cancelled: int = 0
    next: int = 0
    failures: int = 0
    live: dict[UUID, PictureEntry] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """The id of its request."""
        return self.request.id

    @property
    def is_look(self) -> bool:
        """Whether it is only to be looked at."""
        return self.request.purpose is Purpose.LOOK

    @property
    def is_morph(self) -> bool:
        """Whether its pictures are the frames of an animation, which no library has."""
        return self.request.purpose is Purpose.FRAME

    @property
    def model(self) -> str:
        """The fingerprint of its model."""
        return self.request.recipe.model.fingerprint

    @property
    def interactive(self) -> bool:
        """Whether somebody waits for it before the screen."""
        return self.request.priority >= INTERACTIVE_PRIORITY

    @property
    def unmade(self) -> int:
        """Pictures that have not come into being yet."""
        count = self.request.count
        return MANY if count is None else max(0, count - self.next)

    @property
    def waiting(self) -> int:
        """Pictures that could be given to the engine."""
        return self.unmade + sum(p.state is PictureState.WAITING for p in self.live.values())

    @property
    def left(self) -> int:
        """Pictures that are not ended."""
        return self.unmade + len(self.live)

    def take(self) -> PictureEntry:
        """Give the first picture that waits, which may come into being by that."""
        known = (p for p in self.live.values() if p.state is PictureState.WAITING)
        first = min(known, key=lambda picture: picture.number, default=None)
        return first or self.bring()

    def bring(self) -> PictureEntry:
        """Let the next picture come into being."""
        assert self.unmade
        entry = PictureEntry(uuid4(), self.id, self.next, self.request.recipe_at(self.next))
        self.live[entry.id] = entry
        self.next += 1
        return entry

    def end_picture(self, entry: PictureEntry, state: PictureState, sentence: str = "") -> None:
        """Note what became of a picture, and of the job if it was the last."""
        self.live.pop(entry.id, None)
        entry.state, entry.sentence, entry.decoding = state, sentence, False
        self.saved += state is PictureState.SAVED
        self.failed += state is PictureState.FAILED
        self.cancelled += state is PictureState.CANCELLED
        self.failures = self.failures + 1 if state is PictureState.FAILED else 0
        if state is PictureState.SAVED:
            self.crashes = 0
        if self.state.ended:
            return
        if not self.left:
            self.state, self.sentence = self._outcome(), self.sentence or sentence
        elif self.failures >= FAILURES_IN_A_ROW:
            self.end(JobState.FAILED, sentence)

    def _outcome(self) -> JobState:
        if self.saved:
            return JobState.FINISHED
        return JobState.FAILED if self.failed else JobState.CANCELLED

    def end(self, state: JobState, sentence: str, log: str = "") -> None:
        """Stop here; what is not made can be asked for again."""
        self.state, self.sentence, self.log = state, sentence, log
        for entry in self.live.values():
            entry.state, entry.decoding = PictureState.WAITING, False

    def retry(self, ended: list[PictureEntry]) -> None:
        """Begin again with those of its pictures that failed or were cancelled."""
        for entry in ended:
            self.failed -= entry.state is PictureState.FAILED
            self.cancelled -= entry.state is PictureState.CANCELLED
            entry.state, entry.done = PictureState.WAITING, 0
            entry.sentence = entry.report = ""
            self.live[entry.id] = entry
        self.crashes = self.failures = 0
        self.sentence = self.log = ""
        if self.left:
            self.state = JobState.WAITING

    @property
    def share(self) -> float:
        """How much of it is done, 0 … 1; of one without end, how much of what is at work."""
        begun = sum(p.done / max(1, p.recipe.evaluations) for p in self.live.values())
        if self.request.count is None:
            return begun / max(1, len(self.live))
        return min(1.0, (self.saved + self.failed + self.cancelled + begun) / self.request.count)

    def view(
        self, *, running: bool, eta: float | None = None, speed: float | None = None
    ) -> JobView:
        """Give what a person sees."""
        at_work = running and self.state is JobState.WAITING
        return JobView(
            self.request,
            JobState.RUNNING if at_work else self.state,
            self.saved,
            self.failed,
            self.request.count,
            self.share,
            eta,
            speed,
            self.sentence,
            self.log,
        )


class Queue:
    """The jobs in their order, and the one look that is asked for."""

    def __init__(self) -> None:
        self.jobs: dict[UUID, JobEntry] = {}
        self.look: JobEntry | None = None

    def __iter__(self) -> Iterator[JobEntry]:
        return iter(list(self.jobs.values()))

    def job(self, job: UUID | None) -> JobEntry | None:
        """Give a job or the look by its id."""
        if self.look and self.look.id == job:
            return self.look
        return self.jobs.get(job) if job else None

    def picture(self, picture: UUID) -> PictureEntry | None:
        """Give a picture that is not ended."""
        everyone = [*self.jobs.values(), *([self.look] if self.look else [])]
        return next((job.live[picture] for job in everyone if picture in job.live), None)

    def active(self) -> list[JobEntry]:
        """Give the jobs that are not ended, the look included, as they overtake one another."""
        jobs = [job for job in self.jobs.values() if not job.state.ended]
        jobs = sorted(jobs, key=lambda job: -job.request.priority)
        return [self.look, *jobs] if self.look and not self.look.state.ended else jobs

    def add(self, entry: JobEntry) -> None:
        """Put a job at the end."""
        entry.place = 1 + max((job.place for job in self.jobs.values()), default=0)
        self.jobs[entry.id] = entry

    def move(self, job: UUID, before: UUID | None) -> list[JobEntry]:
        """Put a job before another one, or at the end; give those whose place has changed."""
        if job not in self.jobs or job == before:
            return []
        entry = self.jobs.pop(job)
        order, others = list(self.jobs.values()), list(self.jobs)
        order.insert(others.index(before) if before in others else len(order), entry)
        self.jobs = {each.id: each for each in order}
        moved = [(place, each) for place, each in enumerate(order) if each.place != place]
        for place, each in moved:
            each.place = place
        return [each for _, each in moved]


def stopped(recipe: Recipe, done: int) -> Recipe:
    """Give the recipe of what a picture shows after `done` evaluations."""
    if done < 1:
        raise BadArgumentError("There is no picture yet before the first step.")
    while recipe.branch and (isinstance(recipe.branch.change, Stop) or done < recipe.branch.step):
        recipe = recipe.branch.parent
    return fork(recipe, done, Stop())
