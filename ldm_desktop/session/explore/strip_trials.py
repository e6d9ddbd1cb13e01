"""What a fork would give, seen as drafts before one decides for it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core.job import DRAFT_PRIORITY
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe, Renoise, fork
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.session.explore.strip_drafts import DraftWishes
from ldm_desktop.session.forking import parent_at
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.draft import Draft, Drafted, DraftState

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

MOST_TRIALS = 3
SETTLES = 200
"""Milliseconds for which the strength must stay as it is before it is tried."""
TRIAL_PRIORITY = DRAFT_PRIORITY + 1


@dataclass(frozen=True)
class Aim:
    """Where trials leave from: a row's way at a step, by how much, and how many of them."""

    row: UUID
    recipe: Recipe
    step: int
    degrees: float
    count: int
    folder: str


@dataclass(frozen=True)
class Trial:
    """One fork that may be; `image` is the best that is known of it yet."""

    id: UUID
    row: UUID
    recipe: Recipe
    seed: int
    done: int = 0
    sharp: bool = False
    image: QImage = field(default_factory=QImage, compare=False, repr=False)
    sentence: str = ""


class Trials(QObject):
    """Drafts of forks. Their seeds stay while strength and step change, so that they compare."""

    changed = Signal()

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._drafts = DraftWishes(worker)
        self._seeds: tuple[int, ...] = ()
        self._aim: Aim | None = None
        self._trials: tuple[Trial, ...] = ()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLES)
        self._settle.timeout.connect(self._make)
        worker.drafted.connect(self._take)

    @property
    def active(self) -> bool:
        """Whether forks are being tried."""
        return bool(self._seeds)

    @property
    def shown(self) -> tuple[Trial, ...]:
        """The trials, in their order."""
        return self._trials

    def trial(self, trial: UUID) -> Trial | None:
        """Give a trial by its id."""
        return next((each for each in self._trials if each.id == trial), None)

    def begin(self, aim: Aim) -> None:
        """Try forks with fresh seeds, at once."""
        self._seeds = tuple(fresh_seed() for _ in range(MOST_TRIALS))
        self._aim, self._trials = aim, ()
        self._settle.stop()
        self._make()

    def aim(self, aim: Aim) -> None:
        """Try the same seeds at another strength or step, once it stays as it is."""
        if self.active and aim != self._aim:
            self._aim = aim
            self._settle.start()

    def drop(self, trial: UUID) -> None:
        """Show a trial no more; the last one ends it."""
        place = [each.id for each in self._trials].index(trial)
        self._trials = (*self._trials[:place], *self._trials[place + 1 :])
        self._seeds = (*self._seeds[:place], *self._seeds[place + 1 :])
        if self._trials:
            self._tell()
        else:
            self.stop()

    def stop(self) -> None:
        """End it, and want no drafts any more."""
        self._settle.stop()
        self._aim, self._seeds, self._trials = None, (), ()
        self._tell()

    def _make(self) -> None:
        assert self._aim
        aim, before = self._aim, {each.seed: each for each in self._trials}
        seeds = self._seeds[: min(aim.count, MOST_TRIALS)]
        self._trials = tuple(_trial(aim, seed, before.get(seed)) for seed in seeds)
        self._tell()

    def _tell(self) -> None:
        self._want()
        self.changed.emit()

    def _want(self) -> None:
        folder = self._aim.folder if self._aim else ""
        forming = (each for each in self._trials if not each.sharp and not each.sentence)
        self._drafts.want((folder, _draft(each)) for each in forming)

    def _take(self, drafted: Drafted) -> None:
        if drafted.id not in {each.id for each in self._trials}:
            return
        self._trials = tuple(
            _after(each, drafted) if each.id == drafted.id else each for each in self._trials
        )
        if drafted.state is not DraftState.FORMING:
            self._want()
        elif drafted.frame:
            self._worker.seen(drafted.id)
        self.changed.emit()


def fresh_seed() -> int:
    """Draw a seed."""
    return secrets.randbelow(TORCH_SEEDS)


def _trial(aim: Aim, seed: int, before: Trial | None) -> Trial:
    change = Renoise(Seed(seed), aim.degrees)
    recipe = fork(parent_at(aim.recipe, aim.step), aim.step, change)
    if before and before.recipe == recipe:
        return before
    # The one before stays to be seen until there is something of this one.
    image = before.image if before else QImage()
    return Trial(uuid4(), aim.row, recipe, seed, aim.step, image=image)


def _draft(trial: Trial) -> Draft:
    return Draft(trial.id, trial.recipe, trial.recipe.evaluations, TRIAL_PRIORITY, sharp=True)


def _after(trial: Trial, drafted: Drafted) -> Trial:
    resting = drafted.state is DraftState.RESTING
    return replace(
        trial,
        done=drafted.done,
        sharp=resting,
        image=image_of(drafted.frame) if drafted.frame else trial.image,
        sentence=drafted.sentence if drafted.state is DraftState.FAILED else "",
    )
