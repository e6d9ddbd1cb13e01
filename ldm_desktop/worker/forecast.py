"""How long it will take: the measured paces, laid along the order in which the engine works."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from ldm_desktop.worker.jobs import JobEntry, PictureEntry
from ldm_desktop.worker.pace import Kind, Paces, kind_of
from ldm_desktop.worker.work import Pace


class Forecast:
    """Seconds until pictures and jobs are done, as of the last `refresh`."""

    def __init__(self, paces: Paces, clock: Callable[[], float]) -> None:
        self._paces = paces
        self._clock = clock
        self._made = float("-inf")
        self._pictures: dict[UUID, float] = {}
        self._jobs: dict[UUID, float] = {}
        self._whole: float | None = None
        self._known: dict[tuple[Kind, int], Pace | None] = {}

    @property
    def age(self) -> float:
        """Seconds since it was made."""
        return self._clock() - self._made

    def pace(self, job: JobEntry, pictures: int = 0) -> Pace | None:
        """Give what a picture of a job costs among so many, or as many as may advance together."""
        key = kind_of(job.request.recipe), pictures or job.request.batch
        if key not in self._known:
            # A thousand jobs are mostly of one kind.
            self._known[key] = self._paces.pace(*key)
        return self._known[key]

    def refresh(self, jobs: Sequence[JobEntry], given: Mapping[UUID, Mapping[UUID, int]]) -> None:
        """Look ahead anew; `jobs` are those that may go on, in the order of the engine."""
        self._made = self._clock()
        self._pictures, self._jobs, self._known, self._whole = {}, {}, {}, None
        passed = 0.0
        for job in jobs:
            ids = given.get(job.id, {}).items()
            at_work = [job.live[i] for i, p in ids if p == job.request.priority and i in job.live]
            pace = self.pace(job, len(at_work))
            if pace is None:
                return
            self._round(at_work, pace, passed)
            if job.request.count is None:
                return
            passed += self._cost(job, at_work, pace)
            self._jobs[job.id] = passed
        self._whole = passed if jobs else None

    def _round(self, at_work: list[PictureEntry], pace: Pace, passed: float) -> None:
        """The pictures of a round advance side by side, so they all arrive at its end."""
        steps = pace.evaluation * sum(each.left for each in at_work)
        for place, entry in enumerate(sorted(at_work, key=_first), start=1):
            spent = min(pace.rest, self._paces.decoding(entry.id))
            self._pictures[entry.id] = passed + steps + place * pace.rest - spent

    def _cost(self, job: JobEntry, at_work: list[PictureEntry], pace: Pace) -> float:
        """Seconds for what is at work of a job, for its full rounds, and for the last one."""
        others = job.left - len(at_work)
        last = others % job.request.batch
        begun = sum(each.done for each in job.live.values() if each not in at_work)
        evaluations = job.request.recipe.evaluations
        full, rest = self.pace(job) or pace, self.pace(job, last) or pace
        seconds = pace.evaluation * sum(each.left for each in at_work)
        seconds += full.evaluation * max(0, (others - last) * evaluations - begun)
        seconds += rest.evaluation * last * evaluations
        spent = sum(self._paces.decoding(each.id) for each in at_work)
        return seconds + max(0.0, job.left * pace.rest - spent)

    def _aged(self, seconds: float | None) -> float | None:
        return None if seconds is None else max(0.0, seconds - self.age)

    def picture(self, picture: UUID) -> float | None:
        """Seconds until a picture is finished, if that can be said."""
        return self._aged(self._pictures.get(picture))

    def job(self, job: UUID) -> float | None:
        """Seconds until the last picture of a job is finished, if that can be said."""
        return self._aged(self._jobs.get(job))

    @property
    def whole(self) -> float | None:
        """Seconds until everything is done that may go on, if that can be said."""
        return self._aged(self._whole)


def _first(entry: PictureEntry) -> tuple[bool, int, int]:
    return not entry.decoding, entry.left, entry.number


class Course:
    """The jobs since the queue was last empty, so that its progress does not jump back."""

    def __init__(self) -> None:
        self._jobs: dict[UUID, JobEntry] = {}

    def share(self, active: Sequence[JobEntry]) -> float:
        """Give how much of it is done, 0 … 1, and begin anew when nothing is left."""
        if not active:
            self._jobs = {}
            return 0.0
        self._jobs |= {job.id: job for job in active if not job.is_look}
        counted = [
            (job.share, job.request.count * job.request.recipe.evaluations)
            for job in self._jobs.values()
            if job.request.count is not None
        ]
        whole = sum(weight for _, weight in counted)
        return sum(share * weight for share, weight in counted) / whole if whole else 0.0

    def forget(self, job: UUID) -> None:
        """Leave a job out that was removed."""
        self._jobs.pop(job, None)
