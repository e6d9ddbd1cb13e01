"""A picture among its neighbours on the noise sphere: walked about in, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoStack

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Mask
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.explore import ring
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.explore.variation_keeping import Keeping
from ldm_desktop.session.explore.variation_looks import Looks, Wish
from ldm_desktop.session.explore.variation_move import MOST_PLACES, Memory, Move
from ldm_desktop.session.explore.variation_place import (
    COUNTS,
    MOST_NEIGHBOURS,
    Around,
    Kept,
    Place,
    Tile,
    related,
)
from ldm_desktop.session.orders import Orders, not_here
from ldm_desktop.worker.work import QueueView

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

CENTRE = -1
"""The number of the centre, beside those of its neighbours from 0."""


class Variations(QObject):
    """The centre and its neighbours, forming; each way of moving can be undone.

    Every centre's neighbours are remembered: whoever comes back sees the same ones again.
    """

    changed = Signal()
    """Another place, or another way to look at it."""
    tile_changed = Signal(int)
    selection_changed = Signal()
    notice = Signal(str)

    def __init__(self, worker: Worker, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders = orders
        self.looks = Looks(worker, self)
        self.keeping = Keeping(worker, self)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(MOST_PLACES)
        self._place: Place | None = None
        self._recipes: tuple[Recipe, ...] = ()
        self._numbers: dict[Recipe, int] = {}
        self._memory = Memory()
        self._count = COUNTS[0]
        self._quickly = True
        self._selected = CENTRE
        self._held = False
        self._watched = True
        self._obstacle = ""
        self.looks.changed.connect(self._tell)
        self.keeping.changed.connect(self._tell)
        self.keeping.saved.connect(self._take_saved)
        self.keeping.notice.connect(self._say)
        worker.queue_changed.connect(self.take_queue)

    # What there is to see.

    @property
    def place(self) -> Place | None:
        """Where one is, as a value; None before the first picture."""
        return self._place

    @property
    def centre(self) -> Subject | None:
        """What one looks at, as it looks now."""
        return self.seen(self._place.centre) if self._place else None

    @property
    def path(self) -> tuple[Subject, ...]:
        """The way here, the centre last; `seen` gives how one of them looks."""
        return self._place.path if self._place else ()

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The neighbours."""
        return tuple(self.tile(number) for number in range(len(self._recipes)))

    def tile(self, number: int) -> Tile:
        """Give a neighbour, or the centre, as it is now."""
        assert self._place
        if number == CENTRE:
            subject, degrees = self._place.centre, self._place.turned
        else:
            subject = Subject(self._recipes[number], parents=self._place.parents)
            degrees = self._place.angle
        recipe = subject.recipe
        look, kept = self.looks.of(recipe), self.keeping.state(recipe)
        kept = Kept.YES if subject.picture else kept
        return Tile(
            self.seen(subject), degrees, look.state, kept, look.done, look.total, look.sentence
        )

    def seen(self, subject: Subject) -> Subject:
        """Give a subject as it looks now, and as what it was saved."""
        found = self.keeping.found(subject.recipe)
        if found and not subject.picture:
            subject = dataclasses.replace(subject, picture=found[0], file=found[1])
        image = self.looks.of(subject.recipe).image
        return subject if image.isNull() else dataclasses.replace(subject, image=image)

    @property
    def selected(self) -> int:
        """The number of the neighbour that is chosen, or CENTRE."""
        return self._selected

    @property
    def subject(self) -> Subject | None:
        """What is chosen: a neighbour, or the centre."""
        return self.tile(self._selected).subject if self._place else None

    @property
    def held(self) -> bool:
        """Whether nothing forms because the person has paused the queue."""
        return self._held

    @property
    def obstacle(self) -> str:
        """Why there are no neighbours; empty if there are."""
        return self._obstacle

    @property
    def warning(self) -> str:
        """What is to be said of the neighbours: few generations are left, or all is locked."""
        if not self._place or self._obstacle:
            return ""
        left = ring.turns_left(self._place.centre.recipe)
        if left <= ring.FEW and self._place.around is Around.CHILDREN:
            text = self.tr(
                "A recipe holds 1,024 seeds, and {left} more fit into this one: go back some "
                "way, or begin from another picture soon."
            )
            return text.format(left=left)
        lock = self._place.lock
        if lock and ring.covered(lock) > ring.NEARLY_ALL:
            return self.tr("Nearly all is kept, so the neighbours hardly differ: free some of it.")
        return ""

    @property
    def count(self) -> int:
        """How many neighbours there are."""
        return self._count

    @property
    def quickly(self) -> bool:
        """Whether neighbours form in few steps first, and in all of them when there is time."""
        return self._quickly

    # How it is looked at.

    def set_count(self, count: int) -> None:
        """Show so many neighbours, 24 at most; those that were there stay."""
        self._count = max(1, min(count, MOST_NEIGHBOURS))
        self._show()

    def set_quickly(self, quickly: bool) -> None:
        """Form in few steps first, or in all of them at once."""
        self._quickly = quickly
        self._show()

    def set_watched(self, watched: bool) -> None:
        """Say whether somebody looks; while nobody does, nothing forms."""
        if watched and not self._watched:
            self.looks.retry()
        self._watched = watched
        self._want()

    def select(self, number: int) -> None:
        """Choose a neighbour, or CENTRE; it is made whole before the others."""
        if number != self._selected and number < len(self._recipes):
            self._selected = number
            self._want()
            self.selection_changed.emit()

    def set_preview(self, preview: PreviewPolicy) -> None:
        """Take the previews a person wishes, of drafts and of what is kept."""
        self.looks.preview = self.keeping.preview = preview

    def take_queue(self, view: QueueView) -> None:
        """Hear whether the person has paused the queue, which drafts stand still for."""
        held = view.paused and not view.reason
        if held != self._held:
            self._held = held
            self.changed.emit()

    def close(self) -> None:
        """Let nothing form any more."""
        self.set_watched(False)
        # A stack that goes with something in it tells of that, and nobody is there any more.
        self.undo_stack.clear()

    # Where one goes.

    def start(self, subject: Subject) -> None:
        """Go to a picture; where one was before can be undone to."""
        whole = subject.picture is not None and subject.image.width() >= subject.recipe.size[0]
        if not subject.image.isNull():
            self.looks.put(subject.recipe, subject.image, whole=whole)
        if self._place is None:
            self._put(self._memory.as_it_was(Place((subject,), ()).again()))
        elif self._place.centre != subject:
            # A lock is of another picture; the distance is what one is used to.
            fresh = Place((subject,), (), self._place.degrees).again()
            self._go(self._memory.as_it_was(fresh))

    def go_to(self, number: int) -> None:
        """Let a neighbour be the centre; a centre among its siblings goes to its children."""
        if self._place and number != CENTRE:
            self._go(self._memory.as_it_was(self._place.at(self._recipes[number])))
        elif self._place and self._place.around is Around.SIBLINGS:
            self._go(self._memory.as_it_was(self._place.on(self._place.path)))

    def back(self) -> None:
        """Go to the parent, among the neighbours that it had."""
        self._try(lambda place: self._memory.as_it_was(place.back()))

    def back_to(self, number: int) -> None:
        """Go back to a picture on the way here, counted from 0."""
        if self._place and 0 <= number < len(self._place.path) - 1:
            self._go(self._memory.as_it_was(self._place.on(self._place.path[: number + 1])))

    def sideways(self) -> None:
        """Show siblings of the centre: as far from its parent, in fresh directions."""
        self._try(Place.sideways)

    def further(self, number: int | None = None) -> None:
        """Go to what lies further on toward a neighbour, or, of the centre, from its parent."""
        number = self._selected if number is None else number
        toward = None if number == CENTRE else self._recipes[number]
        self._try(lambda place: self._memory.as_it_was(place.beyond(toward)))

    def again(self) -> None:
        """Show other neighbours: the same distance in fresh directions."""
        self._try(Place.again)

    def set_degrees(self, degrees: float) -> None:
        """Show neighbours in the same directions at another angle, 0.5 … 180."""
        if self._place and (near := ring.within(degrees)) != self._place.degrees:
            self._go(dataclasses.replace(self._place, degrees=near), merges=True)

    def paint(self, painted: Mask | None) -> None:
        """Say where the brush was, 255; None, or nothing but 0, for nowhere."""
        if painted and not any(painted.values()):
            painted = None
        if self._place and painted != self._place.painted:
            self._go(dataclasses.replace(self._place, painted=painted))

    def set_inverted(self, inverted: bool) -> None:
        """Vary what is painted, and keep the rest; or the reverse."""
        if self._place and inverted != self._place.inverted:
            self._go(dataclasses.replace(self._place, inverted=inverted))

    def keep(self, number: int | None = None) -> None:
        """Make a neighbour, or the centre, in all its steps and save it."""
        subject = self.subject if number is None else self.tile(number).subject
        if subject is None or subject.picture:
            return
        if folder := self._orders.folder_of(subject.recipe):
            self.keeping.keep(subject.recipe, folder, subject.parents)
        else:
            self.notice.emit(not_here(subject.recipe.model))

    # How it comes about.

    def _try(self, move: Callable[[Place], Place]) -> None:
        """Move, or say why one cannot."""
        if self._place is None:
            return
        try:
            self._go(move(self._place))
        except KnownError as error:
            self.notice.emit(str(error))

    def _go(self, place: Place, *, merges: bool = False) -> None:
        assert self._place
        self.undo_stack.push(Move(self._place, place, merges, self._put))

    def _put(self, place: Place) -> None:
        before = self._place
        self._place = dataclasses.replace(place, path=related(place.path, self.keeping.found))
        self._memory.remember(self._place)
        if before is None or (before.centre, before.directions) != (place.centre, place.directions):
            self._selected = CENTRE
        self._show()

    def _show(self) -> None:
        """Reckon the neighbours, have them form, and tell of them."""
        if self._place is None:
            return
        self._recipes = ()
        self._obstacle = self._model_missing()
        try:
            self._recipes = self._place.neighbours(self._count)
        except KnownError:
            self._obstacle = self.tr(
                "This picture has come through as many variations as a recipe can hold, 1,024 "
                "seeds: go back some way, or begin from another picture."
            )
        self._numbers = {recipe: number for number, recipe in enumerate(self._recipes)}
        self._selected = min(self._selected, len(self._recipes) - 1)
        self._want()
        self.changed.emit()

    def _model_missing(self) -> str:
        assert self._place
        recipe = self._place.centre.recipe
        return "" if self._orders.folder_of(recipe) else not_here(recipe.model)

    def _want(self) -> None:
        if self._place is None or not self._watched:
            self.looks.want("", (), quickly=self._quickly)
            return
        centre = self._place.centre.recipe
        wishes = [Wish(centre, urgent=True)]
        wishes += [
            Wish(recipe, urgent=number == self._selected)
            for number, recipe in enumerate(self._recipes)
        ]
        self.looks.want(self._orders.folder_of(centre), wishes, quickly=self._quickly)

    def _say(self, sentence: str) -> None:
        self.notice.emit(sentence)

    def _tell(self, recipe: Recipe) -> None:
        if self._place and recipe == self._place.centre.recipe:
            self.tile_changed.emit(CENTRE)
        elif (number := self._numbers.get(recipe)) is not None:
            self.tile_changed.emit(number)

    def _take_saved(self, recipe: Recipe, image: QImage) -> None:
        self.looks.put(recipe, image, whole=True)
        if self._place and any(recipe == each.recipe for each in self._place.path):
            # Its children have it for their parent from now on.
            self._put(self._place)
        else:
            self._tell(recipe)
