"""What the engine process at work has been given, and who would be to blame if it ended now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ldm_desktop.core.events import (
    Event,
    Failed,
    Finished,
    Loading,
    Ready,
    Refused,
    Rested,
    Stepped,
    Working,
)
from ldm_desktop.core.job import (
    Cancel,
    Command,
    Job,
    Load,
    Order,
    Pause,
    Reprioritise,
    Resume,
    Submit,
)
from ldm_desktop.core.recipe import Precision
from ldm_desktop.worker.jobs import JobEntry, PictureEntry


@dataclass(frozen=True)
class Opening:
    """A model that is to be opened; `asked` by a person, or only for a job."""

    folder: str
    precision: Precision
    asked: bool = False


class Bench:
    """The models and pictures of one engine process; for the next it is cleared."""

    def __init__(self, send: Callable[[Command], None], checkpoints: Path) -> None:
        self._send = send
        self._checkpoints = checkpoints
        self.clear()

    def clear(self) -> None:
        """Begin with an engine that has been given nothing."""
        self._openings: deque[Opening] = deque()
        self._open: set[str] = set()
        self._held: set[UUID] = set()
        self.given: dict[UUID, dict[UUID, int]] = {}
        """The priority of each picture that the engine has, by job."""
        self.drafts: dict[UUID, dict[UUID, int]] = {}
        """The same of what is in no queue (see `drafts`)."""
        self._suspect: UUID | None = None
        self._loading = False

    @property
    def opening(self) -> Opening | None:
        """The model that is being opened."""
        return self._openings[0] if self._openings else None

    @property
    def busy(self) -> bool:
        """Whether the engine has something to do."""
        return bool(self._openings) or bool(self._at_work())

    def _at_work(self) -> dict[UUID, int]:
        """Give the jobs that do not stand still, each with its highest priority."""
        going = {job: mine for job, mine in self.given.items() if job not in self._held}
        return {job: max(mine.values()) for job, mine in (going | self.drafts).items()}

    def at_work(self, job: JobEntry) -> bool:
        """Whether it is the turn of a job."""
        levels = self.given.get(job.id, {}).values()
        return job.id not in self._held and job.request.priority in levels

    def is_open(self, fingerprint: str) -> bool:
        """Whether a model can be worked with."""
        return fingerprint in self._open

    def open(self, opening: Opening) -> None:
        """Open a model; if nobody waits for the answer, once is enough."""
        if opening.asked or all(each.folder != opening.folder for each in self._openings):
            self._openings.append(opening)
            self._send(Load(opening.folder, opening.precision))

    def opened(self, event: Ready | Refused) -> Opening | None:
        """Take the answer to the first opening that has none."""
        opening = self._openings.popleft() if self._openings else None
        if isinstance(event, Ready):
            self._open.add(event.model.ref.fingerprint)
        return opening

    def give(self, job: JobEntry, pictures: Sequence[PictureEntry], priority: int) -> None:
        """Give pictures of a job to the engine."""
        orders = tuple(
            Order(each.id, each.recipe, self._checkpoint(job, each)) for each in pictures
        )
        request = job.request
        self._send(Submit(Job(job.id, orders, request.batch, priority, request.preview)))
        self.given.setdefault(job.id, {}).update(dict.fromkeys((p.id for p in pictures), priority))

    def _checkpoint(self, job: JobEntry, entry: PictureEntry) -> str | None:
        return None if job.is_look else str(checkpoint(self._checkpoints, entry.id).absolute())

    def rank(self, wanted: Mapping[UUID, int]) -> None:
        """Give pictures their priorities."""
        for mine in self.given.values():
            for picture, level in mine.items():
                if wanted.get(picture, level) != level:
                    mine[picture] = wanted[picture]
                    self._send(Reprioritise(picture, wanted[picture]))

    def hold(self, held: Callable[[UUID], bool]) -> None:
        """Let each job stand still or go on."""
        for job in self.given:
            if held(job) and job not in self._held:
                self._held.add(job)
                self._send(Pause(job))
            elif not held(job) and job in self._held:
                self._held.discard(job)
                self._send(Resume(job))

    def keep_only(self, wanted: Callable[[UUID, UUID], bool]) -> None:
        """Take back what is no longer wanted."""
        for job, mine in list(self.given.items()):
            gone = [picture for picture in mine if not wanted(job, picture)]
            for target in [job] if len(gone) == len(mine) else gone:
                self._send(Cancel(target))
            for picture in gone:
                self.drop(job, picture)

    def drop(self, job: UUID, picture: UUID) -> bool:
        """Note that the engine no longer has a picture; False if it had not."""
        mine = self.given.get(job, {})
        had = mine.pop(picture, None) is not None
        if not mine and job in self.given:
            del self.given[job]
            self._held.discard(job)
        return had

    def give_drafts(self, job: Job) -> None:
        """Give the engine what is in no queue; without orders only its previews change."""
        self._send(Submit(job))
        if job.orders:
            levels = dict.fromkeys((order.picture for order in job.orders), job.priority)
            self.drafts.setdefault(job.id, {}).update(levels)

    def keep_drafts(self, job: UUID, wanted: Mapping[UUID, int]) -> None:
        """Take back all others of what is in no queue, and give these their priorities."""
        mine = self.drafts.get(job, {})
        gone = [picture for picture in mine if picture not in wanted]
        for target in [job] if gone and len(gone) == len(mine) else gone:
            self._send(Cancel(target))
        for picture in gone:
            self.drop_draft(job, picture)
        for picture, level in wanted.items():
            if mine[picture] != level:
                mine[picture] = level
                self._send(Reprioritise(picture, level))

    def drop_draft(self, job: UUID, picture: UUID) -> None:
        """Note that the engine no longer has a picture that is in no queue."""
        mine = self.drafts[job]
        del mine[picture]
        if not mine:
            del self.drafts[job]

    def watch(self, event: Event) -> None:
        """Remember what the engine is at, from what it says."""
        if isinstance(event, Loading):
            self._loading = True
        elif isinstance(event, Ready | Refused):
            self._loading = False
        elif isinstance(event, Working | Stepped):
            self._suspect, self._loading = event.job, False
        elif isinstance(event, Finished | Failed | Rested) and not self._has(self._suspect):
            self._suspect = None

    def _has(self, job: UUID | None) -> bool:
        return job in self.given or job in self.drafts

    def suspect(self) -> UUID | Opening | None:
        """Give the job that the engine is at, or the model that it is opening."""
        if self._has(self._suspect) and not (self._loading and self._openings):
            return self._suspect
        if self._openings:
            return self._openings[0]
        going = self._at_work()
        return max(going, key=lambda job: going[job], default=None)


def checkpoint(folder: Path, picture: UUID) -> Path:
    """Name the file in which a picture is kept until it is finished."""
    return folder / f"{picture}.trajectory"
