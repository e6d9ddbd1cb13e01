"""How recipes look: formed as drafts, in few steps first, and remembered to come back to."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import AHEAD_PRIORITY, DRAFT_PRIORITY, IDLE_PRIORITY
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.explore.variation_place import Look, TileState
from ldm_desktop.session.shown import image_of
from ldm_desktop.session.thumbnails import small
from ldm_desktop.worker.draft import USUAL_PREVIEW, Draft, Drafted, Drafts, DraftState

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

QUICK_STEPS = 12
"""Steps of a first draft."""
SIDE = 1024
KEPT_BYTES = 256 << 20
KEPT = 4096
SEEN = (TileState.DRAFT, TileState.WHOLE)


@dataclass(frozen=True)
class Wish:
    """A recipe to be seen; one that is `urgent` forms first, and is made whole first."""

    recipe: Recipe
    urgent: bool = False


@dataclass(frozen=True)
class _Entry:
    """A recipe with what its drafts are called; `quick` is None if it is quick itself."""

    recipe: Recipe
    quick: Recipe | None
    quick_id: UUID
    whole_id: UUID


class Looks(QObject):
    """Has what is wanted form, all of it in few steps and then in all steps, most urgent first."""

    changed = Signal(object)  # Recipe

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._owner = uuid4()
        self.preview: PreviewPolicy = USUAL_PREVIEW
        """How drafts are previewed; whoever knows the settings sets it."""
        self._folder = ""
        self._wishes: dict[Recipe, Wish] = {}
        self._quickly = True
        self._told: Drafts | None = None
        self._entries: dict[Recipe, _Entry] = {}
        self._recipes: dict[UUID, Recipe] = {}
        self._looks: OrderedDict[Recipe, Look] = OrderedDict()
        self._bytes = 0
        self._spoilt: set[Recipe] = set()
        worker.drafted.connect(self._take)

    def of(self, recipe: Recipe) -> Look:
        """Give how a recipe looks, as far as is known."""
        return self._looks.get(recipe, Look())

    def put(self, recipe: Recipe, image: QImage, *, whole: bool) -> None:
        """Say how a recipe looks: the finished picture, or something like it."""
        if self.of(recipe).state in SEEN and not whole:
            return
        state = TileState.WHOLE if whole else TileState.WAITING
        self._keep(recipe, Look(state, small(image, SIDE)))
        self._agree()

    def want(self, folder: str, wishes: Sequence[Wish], *, quickly: bool) -> None:
        """Have these form from now on, and no others; in few steps first if it goes `quickly`."""
        self._folder = folder
        self._wishes = {wish.recipe: wish for wish in wishes}
        self._quickly = quickly
        for recipe in self._wishes:
            self._looks.setdefault(recipe, Look())
            self._looks.move_to_end(recipe)
        self._agree()

    def retry(self) -> None:
        """Let what has failed form once more, as drafts of other names."""
        failed = [each for each in self._looks if self.of(each).state is TileState.FAILED]
        for recipe in (*failed, *tuple(self._spoilt)):
            look = self.of(recipe)
            self._forget(recipe)
            kept = TileState.DRAFT if look.state is TileState.DRAFT else TileState.WAITING
            self._keep(recipe, Look(kept, look.image))
        self._agree()

    # What the worker is told.

    def _agree(self) -> None:
        drafts = (self._first_drafts() or self._refinements()) if self._folder else ()
        told = Drafts(self._owner, self._folder if drafts else "", drafts, self.preview)
        if told != self._told and (drafts or self._told):
            self._told = told
            self._worker.draft(told)

    def _first_drafts(self) -> tuple[Draft, ...]:
        drafts = []
        for wish in self._wishes.values():
            if self.of(wish.recipe).state in (*SEEN, TileState.FAILED):
                continue
            entry = self._entry(wish.recipe)
            level = DRAFT_PRIORITY + wish.urgent
            if self._quickly and entry.quick:
                drafts.append(_draft(entry.quick_id, entry.quick, level))
            else:
                drafts.append(_draft(entry.whole_id, entry.recipe, level))
        return tuple(drafts)

    def _refinements(self) -> tuple[Draft, ...]:
        return tuple(
            _draft(
                self._entry(wish.recipe).whole_id,
                wish.recipe,
                AHEAD_PRIORITY if wish.urgent else IDLE_PRIORITY,
            )
            for wish in self._wishes.values()
            if self.of(wish.recipe).state is TileState.DRAFT and wish.recipe not in self._spoilt
        )

    def _entry(self, recipe: Recipe) -> _Entry:
        if recipe not in self._entries:
            entry = _Entry(recipe, quick_of(recipe), uuid4(), uuid4())
            self._entries[recipe] = entry
            self._recipes |= {entry.quick_id: recipe, entry.whole_id: recipe}
        return self._entries[recipe]

    # What the worker tells.

    def _take(self, drafted: Drafted) -> None:
        recipe = self._recipes.get(drafted.id)
        if drafted.owner != self._owner or recipe is None:
            return
        whole = drafted.id == self._entries[recipe].whole_id
        if drafted.state is DraftState.FORMING:
            self._form(recipe, drafted)
        elif drafted.state is DraftState.RESTING:
            self._rest(recipe, drafted, whole=whole)
        else:
            self._fail(recipe, drafted.sentence)

    def _form(self, recipe: Recipe, drafted: Drafted) -> None:
        look = dataclasses.replace(self.of(recipe), done=drafted.done, total=drafted.total)
        if look.state not in SEEN:
            # What is less than the draft that is seen already stays unseen, and no more comes.
            look = dataclasses.replace(look, state=TileState.FORMING)
            if drafted.frame:
                look = dataclasses.replace(look, image=image_of(drafted.frame))
                self._worker.seen(drafted.id)
        self._keep(recipe, look)

    def _rest(self, recipe: Recipe, drafted: Drafted, *, whole: bool) -> None:
        if drafted.frame and self.of(recipe).state is not TileState.WHOLE:
            state = TileState.WHOLE if whole else TileState.DRAFT
            self._keep(recipe, Look(state, small(image_of(drafted.frame), SIDE)))
            self._agree()

    def _fail(self, recipe: Recipe, sentence: str) -> None:
        look = self.of(recipe)
        if look.state is TileState.DRAFT:
            self._spoilt.add(recipe)
            self._keep(recipe, Look(TileState.DRAFT, look.image))
        else:
            self._keep(recipe, Look(TileState.FAILED, look.image, sentence=sentence))
        self._agree()

    # What is remembered.

    def _keep(self, recipe: Recipe, look: Look) -> None:
        self._bytes += look.image.sizeInBytes() - self.of(recipe).image.sizeInBytes()
        self._looks[recipe] = look
        self._looks.move_to_end(recipe)
        while self._bytes > KEPT_BYTES or len(self._looks) > KEPT:
            if (oldest := next(iter(self._looks))) in self._wishes:
                break
            self._forget(oldest)
        self.changed.emit(recipe)

    def _forget(self, recipe: Recipe) -> None:
        self._bytes -= self._looks.pop(recipe).image.sizeInBytes()
        self._spoilt.discard(recipe)
        if entry := self._entries.pop(recipe, None):
            del self._recipes[entry.quick_id], self._recipes[entry.whole_id]


def quick_of(recipe: Recipe) -> Recipe | None:
    """Give the same picture in few steps; None if it has few, or is a branch at a step of many."""
    if recipe.branch or recipe.steps <= QUICK_STEPS:
        return None
    try:
        return dataclasses.replace(recipe, steps=QUICK_STEPS)
    except KnownError:
        return None


def _draft(draft: UUID, recipe: Recipe, level: int) -> Draft:
    return Draft(draft, recipe, recipe.evaluations, level, sharp=True)
