"""The page of variations: a picture among its neighbours, and how one goes about there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ldm_desktop.core.noise import Mask
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.explore.variation_place import Around, Kept, Place
from ldm_desktop.session.explore.variations import CENTRE, Variations
from ldm_desktop.ui import canvas, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.empty_page import EmptyPage, Reason
from ldm_desktop.ui.explore import mask_brush
from ldm_desktop.ui.explore import variation_words as words
from ldm_desktop.ui.explore.mask_bar import MaskBar
from ldm_desktop.ui.explore.variation_bar import Options, VariationBar
from ldm_desktop.ui.explore.variation_path import VariationPath
from ldm_desktop.ui.explore.variation_ring import VariationRing
from ldm_desktop.ui.surface import KEYPAD
from ldm_desktop.ui.widgets import Note, named, stacked

DRAGGED = 60
"""Milliseconds between two looks at the slider while it is dragged."""
MENU = (
    "variations-keep",
    "variations-further",
    "",
    "explore-trajectory",
    "morph-add",
    "star-seed",
    "",
    "copy-seed",
    "copy-recipe",
    "use-settings",
)
ARROWS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class VariationsPage(QWidget):
    """Shows variations; single keys go about, and paint what is to stay."""

    possible_changed = Signal()

    def __init__(
        self, variations: Variations, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, "variations-page", self.tr("Variations"))
        theme.mark(self, "canvas")
        self._variations = variations
        self._actions = actions
        self.path = VariationPath(variations, self)
        self.options = Options(variations, self)
        self.note = Note("variations-note", "warning", self)
        self.hint = Note("variations-hint", "muted", self)
        self.ring = VariationRing(variations, self)
        self.mask_bar = MaskBar(self.ring.centre, self)
        self.bar = VariationBar(variations, actions, self)
        self.empty = self._empty_page()
        self._pages = QStackedWidget(self)
        self._degrees = 0.0
        self._drag = QTimer(self)
        self._drag.setSingleShot(True)
        self._drag.setInterval(DRAGGED)
        self._lay_out()
        self._connect()
        self.mask_bar.hide()
        self._refresh()

    # What the window asks of every page.

    def subjects(self) -> tuple[Subject, ...]:
        """Give the chosen neighbour, or the centre."""
        subject = self._variations.subject
        return (subject,) if subject else ()

    def take(self, subjects: tuple[Subject, ...]) -> None:
        """Go to a picture; without one, go on as it was left."""
        if subjects:
            self._variations.start(subjects[0])

    def slots(self) -> dict[str, Callable[[], object]]:
        """Say what actions do here."""
        part = self._variations
        return {
            "variations-back": part.back,
            "variations-sideways": part.sideways,
            "variations-further": part.further,
            "variations-again": part.again,
            "variations-keep": part.keep,
            "variations-lock": self.toggle_painting,
            "undo": part.undo_stack.undo,
            "redo": part.undo_stack.redo,
        }

    def possible(self) -> dict[str, bool]:
        """Say which of them can be done now."""
        part, place = self._variations, self._variations.place
        turned = place is not None and place.is_variation
        kept = part.tile(part.selected).kept if place else Kept.YES
        return {
            "variations-back": turned,
            "variations-sideways": turned,
            "variations-further": turned or part.selected != CENTRE,
            "variations-again": place is not None,
            "variations-keep": kept is Kept.NO,
            "variations-lock": place is not None,
            "undo": part.undo_stack.canUndo(),
            "redo": part.undo_stack.canRedo(),
        }

    # Painting.

    def toggle_painting(self) -> None:
        """Make the pointer a brush, or a pointer again."""
        self.set_painting(not self.ring.centre.painting)

    def set_painting(self, painting: bool) -> None:
        """Paint on the centre, or no more."""
        painting = painting and self._variations.place is not None
        self.ring.centre.set_painting(painting)
        self.mask_bar.setVisible(painting)
        self._actions["variations-lock"].setChecked(painting)
        self._refresh()
        self.ring.centre.setFocus(Qt.FocusReason.OtherFocusReason)

    # What Qt tells.

    def showEvent(self, event: QShowEvent) -> None:
        """Have the neighbours form, as somebody looks."""
        super().showEvent(event)
        self._variations.set_watched(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let them rest."""
        super().hideEvent(event)
        self._variations.set_watched(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go about by single keys."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~KEYPAD
        if modifiers or self._variations.place is None:
            super().keyPressEvent(event)
        elif key in ARROWS:
            self.ring.step(ARROWS[key])
        elif key is Qt.Key.Key_Space:
            self._peek()
        elif (verb := self._verbs().get(key)) and not event.isAutoRepeat():
            verb()
        elif brush := self._brushes().get(key):
            self.ring.centre.set_brush(brush)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the centre again when the space bar is let go."""
        if Qt.Key(event.key()) is Qt.Key.Key_Space and not event.isAutoRepeat():
            self.ring.centre.peek(None)
        else:
            super().keyReleaseEvent(event)

    def _verbs(self) -> dict[Qt.Key, Callable[[], object]]:
        part = self._variations
        verbs: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Return: self._open,
            Qt.Key.Key_Enter: self._open,
            Qt.Key.Key_Backspace: part.back,
            Qt.Key.Key_S: part.sideways,
            Qt.Key.Key_F: part.further,
            Qt.Key.Key_N: part.again,
            Qt.Key.Key_K: part.keep,
            Qt.Key.Key_B: self.toggle_painting,
        }
        if self.ring.centre.painting:
            verbs[Qt.Key.Key_Escape] = self.toggle_painting
        return verbs

    def _brushes(self) -> dict[Qt.Key, mask_brush.Brush]:
        """Say which brush a key gives while one paints."""
        if not self.ring.centre.painting:
            return {}
        brush = self.ring.centre.brush
        return {
            Qt.Key.Key_BracketLeft: brush.resized(1 / mask_brush.STEP),
            Qt.Key.Key_BracketRight: brush.resized(mask_brush.STEP),
            Qt.Key.Key_X: replace(brush, erases=not brush.erases),
        }

    def _open(self) -> None:
        self._variations.go_to(self._variations.selected)

    def _peek(self) -> None:
        """Show the chosen neighbour in the middle, as long as the space bar is held."""
        chosen = self._variations.selected
        self.ring.centre.peek(self._variations.tile(chosen) if chosen != CENTRE else None)

    # How it hangs together.

    def _empty_page(self) -> EmptyPage:
        page = EmptyPage("variations-empty", self)
        keys = self._actions["explore-variations"].shortcut()
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        sentence = self.tr("Look at a picture, in the studio or the gallery, and press {keys}.")
        page.say(Reason("variations", self.tr("Nothing to vary yet"), sentence.format(keys=shown)))
        page.setObjectName("variations-empty")
        return page

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 0)
        top.setSpacing(2 * theme.GRID)
        top.addWidget(self.path, 1)
        top.addWidget(self.options, 0, Qt.AlignmentFlag.AlignVCenter)
        for note in (self.note, self.hint):
            note.setContentsMargins(12, 6, 12, 0)
        whole = QWidget(self)
        theme.mark(whole, "canvas")
        column: QVBoxLayout = stacked(whole, 0)
        column.addLayout(top)
        column.addWidget(self.note)
        column.addWidget(self.hint)
        column.addWidget(self.ring, 1)
        column.addWidget(self.mask_bar)
        column.addWidget(self.bar)
        for page in (self.empty, whole):
            self._pages.addWidget(page)
        stacked(self, 0).addWidget(self._pages)

    def _connect(self) -> None:
        part = self._variations
        part.changed.connect(self._refresh)
        part.selection_changed.connect(self.possible_changed)
        part.tile_changed.connect(self._refresh_one)
        part.undo_stack.indexChanged.connect(self._tell_possible)
        self.ring.menu_wished.connect(self._open_menu)
        self.ring.centre.painted.connect(self._take_paint)
        self.mask_bar.inverted.connect(part.set_inverted)
        self.mask_bar.cleared.connect(self._clear)
        self.mask_bar.done.connect(self.toggle_painting)
        self.bar.distance_wished.connect(self._take_distance)
        self._drag.timeout.connect(self._set_distance)

    def _refresh(self) -> None:
        place = self._variations.place
        self._pages.setCurrentIndex(0 if place is None else 1)
        if place is None:
            self.setFocusProxy(self.empty)
            return
        self.setFocusProxy(self.ring.centre)
        for each in (self.path, self.options, self.bar):
            each.refresh()
        self.mask_bar.refresh(inverted=place.inverted, painted=place.painted is not None)
        self.note.say(self._trouble())
        self.hint.say(self._meaning(place))
        self.possible_changed.emit()

    def _refresh_one(self, number: int) -> None:
        if number == CENTRE:
            self.path.refresh()
        if number == self._variations.selected:
            self.possible_changed.emit()

    def _tell_possible(self, _index: int) -> None:
        self.possible_changed.emit()

    def _trouble(self) -> str:
        """Say in place why nothing comes, or soon will not."""
        part = self._variations
        if part.held and not part.obstacle:
            return self.tr(
                "The queue is paused, and so are these drafts: let it go on to see them."
            )
        return part.obstacle or part.warning

    def _meaning(self, place: Place) -> str:
        """Say what the neighbours are, if they are not the centre's own, and what stripes are."""
        if self.ring.centre.painting:
            return self.tr(
                "What is striped stays as it is in the neighbours, and the rest varies. "
                "[ and ] change the brush; X or Alt erases."
            )
        if place.around is Around.CHILDREN:
            return ""
        text = self.tr(
            "Sideways: around it are other children of its parent, {angle} from that. "
            "Return on the picture in the middle shows its own again."
        )
        return text.format(angle=words.degrees(place.angle))

    def _open_menu(self, point: QPoint) -> None:
        menu = canvas.menu_of(self._actions, MENU, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _take_distance(self, degrees: float) -> None:
        """Wait a moment: a slider that is dragged tells more than anything can follow."""
        self._degrees = degrees
        if not self._drag.isActive():
            self._drag.start()

    def _set_distance(self) -> None:
        self._variations.set_degrees(self._degrees)

    def _take_paint(self, painted: Mask) -> None:
        self._variations.paint(painted)

    def _clear(self) -> None:
        self._variations.paint(None)
