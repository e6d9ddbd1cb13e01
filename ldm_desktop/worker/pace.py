"""What pictures cost on this machine, measured while they are made: seconds an evaluation.

The engine does one thing at a time, so the clock between its events is the price of what lies
between them. Samples of several pictures come in rounds, in which each has advanced by one:
together in one UNet call, or one after the other in `exact`. A round is over when one of them
comes again, and its duration by its number of steps is one sample.
"""

from __future__ import annotations

import statistics
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from ldm_desktop.core.events import Stage
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.worker.work import Pace

Kind = tuple[str, Precision, tuple[int, int]]
RECENT_ROUNDS = 24
RECENT_PICTURES = 8
OUTLIER = 3.0
"""A round that took so many times the usual was interrupted by something else, as by sleep."""
FAR_OUT = 10.0
DECODE = 3.0


def kind_of(recipe: Recipe) -> Kind:
    """Say what the pace of a picture depends on, besides how many advance together."""
    return recipe.model.fingerprint, recipe.precision, recipe.size


@dataclass(eq=False)
class _Round:
    """The steps since `since`, one a picture; the first after an interruption is no sample."""

    since: float
    last: float
    opening: bool
    pictures: set[UUID] = field(default_factory=set)


class _Measure:
    """What is known of one kind of picture; a round's price depends on how many are in it."""

    def __init__(self) -> None:
        self._rounds: dict[int, deque[float]] = {}
        self._last = 1
        self.starts: deque[float] = deque(maxlen=RECENT_PICTURES)
        self.decodes: deque[float] = deque(maxlen=RECENT_PICTURES)

    def add(self, seconds: float, pictures: int) -> None:
        """Note what a round of so many pictures took."""
        self._last = pictures
        rounds = self._rounds.setdefault(pictures, deque(maxlen=RECENT_ROUNDS))
        rounds.append(seconds / pictures)

    def evaluation(self, pictures: int) -> float | None:
        """Seconds an evaluation among so many, over the recent rounds that nothing interrupted."""
        rounds = self._rounds.get(pictures) or self._rounds.get(self._last)
        if not rounds:
            return None
        usual = statistics.median(rounds)
        return statistics.fmean(each for each in rounds if each <= OUTLIER * usual)

    @property
    def last(self) -> float | None:
        """Seconds an evaluation, as it was last."""
        return self.evaluation(self._last)

    @property
    def rest(self) -> float | None:
        """Seconds that a picture takes besides its evaluations."""
        if not self.decodes:
            return None
        start = statistics.median(self.starts) if self.starts else 0.0
        return statistics.median(self.decodes) + start


class Paces:
    """Measures by listening to the engine's events as they come."""

    def __init__(self, known: Iterable[Pace], clock: Callable[[], float]) -> None:
        """Begin with what was measured earlier."""
        self._known = {(pace.fingerprint, pace.precision, pace.size): pace for pace in known}
        self._clock = clock
        self._measures: defaultdict[Kind, _Measure] = defaultdict(_Measure)
        self._round: _Round | None = None
        self._at: Kind | None = None
        self._begun: tuple[UUID, Stage, float] | None = None

    def interrupted(self) -> None:
        """Note that something else has taken time."""
        self._round = self._begun = None

    def working(self, picture: UUID, stage: Stage) -> None:
        """Note that a picture is begun or decoded now."""
        self.interrupted()
        self._begun = picture, stage, self._clock()

    def stepped(self, kind: Kind, picture: UUID) -> None:
        """Note that a picture has advanced."""
        now = self._clock()
        if self._at != kind:
            self._round = None
        self._at = kind
        self._note_start(kind, picture, now)
        if self._round is None:
            self._round = _Round(now, now, opening=True)
        elif picture in self._round.pictures:
            self._close(kind, self._round)
            self._round = _Round(self._round.last, now, opening=False)
        self._round.last = now
        self._round.pictures.add(picture)

    def _close(self, kind: Kind, ended: _Round) -> None:
        if not ended.opening:
            # In `exact` they take turns, so that each costs what it would alone.
            pictures = len(ended.pictures)
            seconds = ended.last - ended.since
            exact = kind[1] is Precision.EXACT
            self._measures[kind].add(*(seconds / pictures, 1) if exact else (seconds, pictures))

    def _note_start(self, kind: Kind, picture: UUID, now: float) -> None:
        begun, self._begun = self._begun, None
        evaluation = self._measures[kind].evaluation(1)
        if begun and begun[:2] == (picture, Stage.STARTING) and evaluation is not None:
            self._measures[kind].starts.append(max(0.0, now - begun[2] - evaluation))

    def finished(self, kind: Kind, picture: UUID) -> Pace | None:
        """Note that a picture is finished, and give the pace as it is known by that."""
        begun = self._begun
        self.interrupted()
        measure = self._measures[kind]
        if begun and begun[:2] == (picture, Stage.DECODING):
            self._note_decode(kind, measure, self._clock() - begun[2])
        if measure.last is None or measure.rest is None:
            return None
        self._known[kind] = Pace(*kind, measure.last, measure.rest)
        return self._known[kind]

    def _note_decode(self, kind: Kind, measure: _Measure, seconds: float) -> None:
        known = self._known.get(kind)
        if known and known.rest > 0 and seconds > FAR_OUT * known.rest and not measure.decodes:
            return
        measure.decodes.append(seconds)

    def decoding(self, picture: UUID) -> float:
        """Give for how many seconds a picture has been decoded by now."""
        if self._begun and self._begun[:2] == (picture, Stage.DECODING):
            return self._clock() - self._begun[2]
        return 0.0

    def pace(self, kind: Kind, pictures: int = 1) -> Pace | None:
        """Give what a picture costs among so many, by what is measured now or was earlier."""
        measure, known = self._measures.get(kind), self._known.get(kind)
        evaluation = measure.evaluation(pictures) if measure else None
        if measure is None or evaluation is None:
            return known
        rest = measure.rest
        if rest is None:
            # A decode costs about three evaluations, until one has been seen.
            rest = known.rest if known else DECODE * evaluation
        return Pace(*kind, evaluation, rest)

    def all(self) -> tuple[Pace, ...]:
        """Give all that is known."""
        return tuple(self._known.values())
