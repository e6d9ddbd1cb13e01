"""The contact sheet's page: tiles form, are judged, and survivors go on.

Who comes here with a picture finds the sheet as it was left, at that picture's tile if its seed
is on it; if it is not, a line offers a sheet from there. While no sheet is open, the page itself
offers one, by the picture's settings, or else by those of the studio.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ldm_desktop.gallery.seeds.records import SheetPlan
from ldm_desktop.session.explore.sheet import Sheet
from ldm_desktop.session.explore.sheet_listing import Filter
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.sheet_bar import SheetBar
from ldm_desktop.ui.explore.sheet_beginning import Beginning, Sources
from ldm_desktop.ui.explore.sheet_empty import SheetEmpty
from ldm_desktop.ui.explore.sheet_grid import SheetGrid
from ldm_desktop.ui.explore.sheet_line import SheetLine
from ldm_desktop.ui.explore.sheet_loupe import SheetLoupe
from ldm_desktop.ui.tile_grid import KEYPAD
from ldm_desktop.ui.widgets import stacked

if TYPE_CHECKING:
    from ldm_desktop.session.explore.seeds import SeedDesk

STEP = 32
"""Logical pixels by which tiles grow at once."""
NOTCH = 120
MOST_SUBJECTS = 64
"""More pictures than anybody takes along at once."""
OPEN = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
LARGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class SheetPage(QWidget):
    """Puts grid, loupe and bars together; `sources` tells by which settings sheets begin."""

    possible_changed = Signal()

    def __init__(
        self,
        sheet: Sheet,
        seeds: SeedDesk,
        actions: Actions,
        sources: Sources,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sheet-page")
        self._sheet = sheet
        self._actions = actions
        self._survivors = 0
        self._judged = (0, 0, 0)
        self.beginning = Beginning(sheet, seeds, sources, self)
        self.bar = SheetBar(sheet, actions, self)
        self.held = SheetLine("sheet-held", self.tr("Go on"), closable=False, parent=self)
        verb = self.tr("New sheet from there…")
        self.offer = SheetLine("sheet-offer", verb, closable=True, parent=self)
        self.grid = SheetGrid(sheet, actions, self)
        self.loupe = SheetLoupe(sheet, self.grid, self)
        self.empty = SheetEmpty(actions["sheet-new"], actions["sheet-open"], self)
        self._lay_out()
        self._connect()
        self._take_plan(sheet.plan)

    @property
    def _several(self) -> bool:
        """Whether more than one tile is chosen."""
        return len(self.grid.first_targets(2)) > 1

    def subjects(self) -> tuple[Subject, ...]:
        """Give the current tile, and the others that are chosen."""
        current = self.grid.currentIndex().row()
        if self._sheet.plan is None or current < 0:
            return ()
        rows = dict.fromkeys((current, *self.grid.first_targets(MOST_SUBJECTS)))
        return tuple(map(self._subject, rows))

    def take(self, subjects: tuple[Subject, ...]) -> None:
        """Go to a picture's tile; offer a sheet of its seed and settings if there is none."""
        if not subjects:
            return
        place = self.beginning.take(subjects[0])
        if place >= 0:
            self._go_to_place(place)
        self._show_offers(on_sheet=place >= 0)

    def slots(self) -> dict[str, Callable[[], object]]:
        """Say what actions do here."""
        sheet = self._sheet
        return {
            "sheet-new": self.beginning.ask,
            "sheet-open": self.beginning.list_sheets,
            "sheet-finish": self._finish,
            "sheet-refine": self._refine,
            "undo": sheet.undo_stack.undo,
            "redo": sheet.undo_stack.redo,
            "zoom-in": lambda: self._grow(STEP),
            "zoom-out": lambda: self._grow(-STEP),
            "previous-picture": lambda: self._step(-1),
            "next-picture": lambda: self._step(1),
        }

    def possible(self) -> dict[str, bool]:
        """Say which of them can be done now."""
        plan, stack = self._sheet.plan, self._sheet.undo_stack
        listed = self._sheet.model.rowCount() > 0
        drafts = plan is not None and plan.draft > 0
        return {
            "sheet-finish": self._survivors > 0,
            "sheet-refine": drafts and (self._survivors > 0 or self._several),
            "undo": stack.canUndo(),
            "redo": stack.canRedo(),
            **dict.fromkeys(("zoom-in", "zoom-out"), plan is not None),
            **dict.fromkeys(("previous-picture", "next-picture"), listed),
        }

    def show_loupe(self) -> None:
        """Show the current tile large."""
        if self.grid.currentIndex().isValid():
            self._show(self.loupe)

    def show_grid(self) -> None:
        """Show all tiles."""
        self._show(self.grid)
        self.grid.scrollTo(self.grid.currentIndex())

    def refresh(self) -> None:
        """Hear that the studio's settings may be others, by which sheets begin."""
        self._show_offers()

    def showEvent(self, event: QShowEvent) -> None:
        """Offer what can begin now."""
        super().showEvent(event)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that lead from one way of looking to another."""
        key = Qt.Key(event.key())
        doing: dict[Qt.Key, Callable[[], object]] = {
            **dict.fromkeys(OPEN, self.show_loupe),
            **dict.fromkeys(LARGER, lambda: self._grow(STEP)),
            Qt.Key.Key_Minus: lambda: self._grow(-STEP),
            Qt.Key.Key_Escape: self._escape,
        }
        if event.modifiers() & ~KEYPAD or key not in doing or self._sheet.plan is None:
            super().keyPressEvent(event)
        else:
            doing[key]()

    # How it is put together.

    def _lay_out(self) -> None:
        self.centre = QStackedWidget(self)
        for widget in (self.empty, self.grid, self.loupe):
            self.centre.addWidget(widget)
        theme.mark(self, "canvas")
        column = stacked(self, 0)
        for line in (self.bar, self.held, self.offer):
            column.addWidget(line)
        column.addWidget(self.centre, 1)

    def _connect(self) -> None:
        sheet, stack = self._sheet, self._sheet.undo_stack
        self.bar.side_changed.connect(self.grid.set_side)
        self.bar.name.left.connect(self._go_to_tiles)
        self.grid.turned.connect(lambda turned: self._grow(STEP * turned // NOTCH))
        self.grid.opened.connect(self.show_loupe)
        self.loupe.closed.connect(self.show_grid)
        self.empty.from_here.clicked.connect(self.beginning.begin)
        self.held.wished.connect(self._actions["pause-queue"].trigger)
        self.offer.wished.connect(self.beginning.ask)
        sheet.plan_changed.connect(self._take_plan)
        sheet.counts_changed.connect(self._take_counts)
        sheet.state_changed.connect(self._take_state)
        for signal in (stack.canUndoChanged, stack.canRedoChanged):
            signal.connect(self._tell_possible)
        self.grid.chosen_changed.connect(self.possible_changed)

    # What happens.

    def _take_plan(self, plan: SheetPlan | None) -> None:
        shown = self.centre.currentWidget()
        if plan is None:
            self._show(self.empty)
        elif shown is self.empty:
            self._show(self.grid)
        self.bar.setVisible(plan is not None)
        self.offer.hide()
        self._show_held()
        self._show_offers()
        self._count_survivors()

    def _take_counts(self) -> None:
        counts = self._sheet.counts
        judged = counts.kept, counts.culled, counts.finished
        if judged != self._judged:
            self._judged = judged
            self._count_survivors()

    def _take_state(self) -> None:
        self._show_held()
        self._count_survivors()

    def _count_survivors(self) -> None:
        self._survivors = len(self._sheet.finishable())
        self.bar.show_survivors(self._survivors)
        self.possible_changed.emit()

    def _show_held(self) -> None:
        held = self._sheet.held and self._sheet.plan is not None
        sentence = self.tr("The queue is paused, so that no tiles form.") if held else ""
        self.held.say(sentence)

    def _show_offers(self, *, on_sheet: bool = True) -> None:
        """Offer what could begin from the picture one came with."""
        text, settings, possible = self.beginning.words()
        self.empty.offer(text, settings, possible=possible)
        if on_sheet or self._sheet.plan is None:
            self.offer.hide()
        else:
            sentence = self.tr("You came with seed {seed}.")
            sentence = sentence.format(seed=self.beginning.first)
            self.offer.say(sentence)

    def _go_to_place(self, place: int) -> None:
        if self._sheet.model.row_of(place) < 0:
            self._sheet.set_filter(Filter.ALL)
        self.grid.go_to(self._sheet.model.row_of(place))

    def _tell_possible(self) -> None:
        self.possible_changed.emit()

    def _show(self, widget: QWidget) -> None:
        here = self.isAncestorOf(focused) if (focused := self.window().focusWidget()) else False
        self.centre.setCurrentWidget(widget)
        self.setFocusProxy(widget)
        if here:
            self._go_to_tiles()

    def _go_to_tiles(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _escape(self) -> None:
        if self.centre.currentWidget() is self.loupe:
            self.show_grid()
        elif self._several:
            self.grid.go_to(self.grid.currentIndex().row())

    def _grow(self, by: int) -> None:
        """Show tiles larger or smaller, or look closer at the one that is large."""
        port = self.loupe.viewport
        if self.centre.currentWidget() is not self.loupe:
            self.bar.grow(by)
        elif by > 0:
            port.zoom_in()
        else:
            port.zoom_out()

    def _step(self, by: int) -> None:
        last = self._sheet.model.rowCount() - 1
        self.grid.go_to(min(max(self.grid.currentIndex().row() + by, 0), last))

    def _finish(self) -> None:
        self._sheet.finish()
        self._count_survivors()

    def _refine(self) -> None:
        """Make the chosen drafts in all their steps, if they are several; or those kept."""
        plan = self._sheet.plan
        if plan and self._several:
            self._sheet.refine(self.grid.targets, plan.recipe.steps)
        else:
            self._sheet.finish()
        self._count_survivors()

    def _subject(self, row: int) -> Subject:
        """Give what is seen of a tile: its picture, or until then what it forms by."""
        plan, tile = self._sheet.plan, self._sheet.model.tile(row)
        assert plan
        made = plan.recipe_at if tile.picture else plan.tile_recipe
        return Subject(made(tile.place), tile.picture, tile.image)
