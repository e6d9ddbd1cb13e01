"""Trajectories side by side: a shared cursor goes through them, and forks leave from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Change, Renoise
from ldm_desktop.session import forking
from ldm_desktop.session.explore.strip_drafts import EVERY_STEP
from ldm_desktop.session.explore.strip_feed import Feed
from ldm_desktop.session.explore.strip_rows import MOST_ROWS, Rows
from ldm_desktop.session.explore.strip_trials import Aim, Trials, fresh_seed
from ldm_desktop.session.explore.strip_way import Look, Way, share_of, step_at
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.worker.work import QueueView, Request

if TYPE_CHECKING:
    from ldm_desktop.session.orders import Orders
    from ldm_desktop.worker.thread import Worker

MOST_DEGREES = 90.0


class Strips(QObject):
    """Up to eight rows, forks under the row they left, and one cursor through all of them.

    The cursor is a share of the way; steps are counted in the row with the `focus`.
    """

    rows_changed = Signal()
    row_changed = Signal(object)  # Way
    step_changed = Signal()
    focus_changed = Signal()
    strength_changed = Signal()
    paused_changed = Signal(bool)
    notice = Signal(str)

    def __init__(self, worker: Worker, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._orders = orders
        self._rows = Rows()
        self._focus: UUID | None = None
        self._share = 1.0
        self._paused = False
        self.degrees = forking.USUAL_TURN
        """How far the noise of a fork is turned, 0 … 90; see `set_strength`."""
        self.count = 1
        """How many forks leave at a time; see `set_strength`."""
        self.trials = Trials(worker, self)
        self._feed = Feed(worker, orders.folder_of, self)
        self._feed.changed.connect(self._changed)
        self._feed.notice.connect(self._say)
        worker.queue_changed.connect(self.take_queue)

    def close(self) -> None:
        """Want nothing any more."""
        self.trials.stop()
        self._feed.close()

    # Rows.

    @property
    def rows(self) -> tuple[Way, ...]:
        """The ways from top to bottom."""
        return tuple(self._rows)

    @property
    def focus(self) -> Way | None:
        """The row that is meant; there is one as long as there are rows."""
        return self._rows.way(self._focus)

    @property
    def paused(self) -> bool:
        """Whether nothing forms because the person has paused the queue."""
        return self._paused

    def show(self, subjects: Sequence[Subject]) -> None:
        """Show these pictures' ways; of those shown already the forks stay too."""
        known = [self._rows.known(subject) for subject in subjects]
        if subjects and not all(known):
            self._put(self._rows.ways_of(subjects))
        for subject in reversed(subjects):
            if way := self._rows.known(subject):
                way.subject = subject if subject.picture else way.subject
                self.focus_on(way.id)

    def remove(self, row: UUID) -> None:
        """Take a row off the page; the picture, and its fork if one forms, goes on."""
        if row == self._focus and len(self._rows) > 1:
            place = [way.id for way in self._rows].index(row)
            self.focus_on(self._rows[place + 1 if place == 0 else place - 1].id)
        self._put([way for way in self._rows if way.id != row])

    def focus_on(self, row: UUID | None) -> None:
        """Mean another row; the cursor stays where it is."""
        if row != self._focus:
            self._focus = row
            self.focus_changed.emit()
            self.step_changed.emit()
            self._aim()

    def subject(self) -> Subject | None:
        """Give what is looked at: the row with the focus."""
        way = self.focus
        if way and way.subject.image.isNull() and not way.final.isNull():
            return replace(way.subject, image=way.final)
        return way.subject if way else None

    def _put(self, ways: Sequence[Way]) -> None:
        if len(ways) > MOST_ROWS:
            text = self.tr("{most} trajectories at most fit side by side: these are the first.")
            self.notice.emit(text.format(most=MOST_ROWS))
        before = tuple(self._rows)
        to_fill = self._rows.put(ways)
        for way in before:
            if not self._rows.way(way.id):
                self._feed.drop(way)
        for way in to_fill:
            self._feed.begin(way)
        self._show_rows()

    def _show_rows(self) -> None:
        if not self._rows.way(self._focus):
            self._focus = self._rows[0].id if self._rows else None
            self.focus_changed.emit()
        self.rows_changed.emit()
        self._moved()

    def _changed(self, way: Way) -> None:
        self.row_changed.emit(way)

    # The cursor.

    @property
    def share(self) -> float:
        """Where the cursor is on the way, 0 … 1."""
        return self._share

    @property
    def total(self) -> int:
        """The steps of the row with the focus; 0 without rows."""
        return self.focus.total if self.focus else 0

    @property
    def step(self) -> int:
        """The cursor's step in the row with the focus."""
        return step_at(self._share, self.total) if self.focus else 0

    def set_step(self, step: int) -> None:
        """Go to a step of the row with the focus."""
        if self.focus:
            self._move(share_of(min(max(step, 1), self.total), self.total))

    def step_by(self, steps: int) -> None:
        """Go some steps of the row with the focus forward, or back."""
        self.set_step(self.step + steps)

    def set_share(self, share: float) -> None:
        """Go to the step nearest to a share of the way, of the row that has most of them."""
        if self._rows:
            finest = max(way.total for way in self._rows)
            self._move(share_of(step_at(share, finest), finest))

    def image(self, row: UUID, step: int | None = None) -> Look:
        """Give what is at hand of a row at a step of its own, or at the cursor."""
        way = self._rows.way(row)
        assert way
        return way.look(way.seen_step(self._share) if step is None else step)

    def _move(self, share: float) -> None:
        if share != self._share:
            self._share = share
            self._moved()

    def _moved(self) -> None:
        self._feed.look_at({way.id: way.seen_step(self._share) for way in self._rows})
        self.step_changed.emit()
        self._aim()

    # Forks.

    @property
    def fork_step(self) -> int | None:
        """The step nearest to the cursor at which the row with the focus can be left."""
        way = self.focus
        return fork_point(way, min(self.step, way.end)) if way else None

    @property
    def obstacle(self) -> str:
        """Why no fork can leave here; empty if one can."""
        way = self.focus
        return self._obstacle(way, self.fork_step, self.degrees) if way else ""

    def set_strength(self, degrees: float, count: int) -> None:
        """Set how far forks turn the noise, and how many leave at a time."""
        self.degrees = min(max(degrees, 0.0), MOST_DEGREES)
        self.count = min(max(count, 1), MOST_ROWS)
        self.strength_changed.emit()
        self._aim()

    def fork_here(self) -> tuple[Request, ...]:
        """Leave the row with the focus at the cursor, as is set; what was tried is made first."""
        if not self.focus:
            return ()
        tried = [trial.seed for trial in self.trials.shown]
        self.trials.stop()
        return self.fork(self.focus.id, self.step, self.degrees, self.count, tried)

    def fork(
        self, row: UUID, step: int, degrees: float, count: int = 1, seeds: Sequence[int] = ()
    ) -> tuple[Request, ...]:
        """Submit forks of a row at about a step, each toward a seed given or drawn."""
        way = self._rows.way(row)
        assert way
        point = fork_point(way, step)
        if (sentence := self._obstacle(way, point, degrees)) or point is None:
            self.notice.emit(sentence)
            return ()
        wanted = min(count, self._rows.room)
        drawn = [*seeds[:wanted], *(fresh_seed() for _ in range(wanted - len(seeds)))]
        made = [self._leave(way, point, Renoise(Seed(seed), degrees)) for seed in drawn]
        return tuple(request for request in made if request)

    def try_forks(self) -> None:
        """Show drafts of what forks from here would give, with fresh seeds each time."""
        if sentence := self.obstacle:
            self.notice.emit(sentence)
        elif aim := self._aim_here():
            self.trials.begin(aim)

    def keep(self, trial: UUID) -> Request | None:
        """Make a trial a picture, which goes on from what was drafted of it."""
        found = self.trials.trial(trial)
        way = self._rows.way(found.row) if found else None
        if not found or not way or not found.recipe.branch:
            return None
        if self._full:
            self.notice.emit(self._full)
            return None
        self.trials.drop(trial)
        return self._leave(way, found.recipe.branch.step, found.recipe.branch.change)

    @property
    def _full(self) -> str:
        if self._rows.room:
            return ""
        return self.tr("There is no room for another row: take one off the page first.")

    def _obstacle(self, way: Way, point: int | None, degrees: float) -> str:
        sentence = forking.obstacle(way.recipe, self._orders.folder_of(way.recipe), point)
        if not sentence and degrees <= 0:
            return self.tr("Without fresh noise a fork is the same picture: choose more than 0°.")
        return sentence or self._full

    def _leave(self, way: Way, step: int, change: Change) -> Request | None:
        way, folder = self._rows.leaver(way, step), self._orders.folder_of(way.recipe)
        parents = way.subject.lineage
        try:
            request = forking.fork_request(
                way.recipe, step, change, folder, parents, preview=EVERY_STEP
            )
        except KnownError as error:
            self.notice.emit(str(error))
            return None
        child = Way(Subject(request.recipe, parents=parents), way.id, request.id)
        self._rows.add_fork(way, child)
        self._feed.begin(child)
        self._worker.submit(request)
        self._show_rows()
        return request

    def _aim_here(self) -> Aim | None:
        way, step = self.focus, self.fork_step
        if not way or step is None or self.obstacle:
            return None
        folder = self._orders.folder_of(way.recipe)
        return Aim(way.id, way.recipe, step, self.degrees, self.count, folder)

    def _aim(self) -> None:
        if not self.trials.active:
            return
        if aim := self._aim_here():
            self.trials.aim(aim)
        else:
            self.trials.stop()

    # The worker.

    def take_queue(self, view: QueueView) -> None:
        paused = view.paused and not view.reason
        if paused != self._paused:
            self._paused = paused
            self.paused_changed.emit(paused)

    def _say(self, sentence: str) -> None:
        self.notice.emit(sentence)


def fork_point(way: Way, step: int) -> int | None:
    """Give the step nearest to one of a way's at which new noise can enter; None if none can."""
    points = forking.fork_points(way.recipe)
    return min(points, key=lambda point: abs(point - step), default=None)
