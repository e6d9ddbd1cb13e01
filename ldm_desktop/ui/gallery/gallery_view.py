"""The gallery's page: places on the left, pictures in the middle, what is known on the right."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.empty_page import EmptyPage, Reason
from ldm_desktop.ui.gallery.grid import Grid
from ldm_desktop.ui.gallery.info_panel import InfoPanel
from ldm_desktop.ui.gallery.loupe import Loupe
from ldm_desktop.ui.gallery.search_field import SearchField
from ldm_desktop.ui.gallery.sidebar import Sidebar
from ldm_desktop.ui.gallery.survey import MOST, Survey
from ldm_desktop.ui.gallery.toolbar import STEP, Toolbar
from ldm_desktop.ui.gallery.work_line import TroubleLine, WorkLine
from ldm_desktop.ui.viewport import Viewport
from ldm_desktop.ui.widgets import stacked

SIDEBAR, INFO = 224, 276
LEAST = 420
EMPTY = 3
NOTCH = 120
LARGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
OPEN = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_E)


class Looking(IntEnum):
    """The ways to look at pictures."""

    GRID = 0
    LOUPE = 1
    SURVEY = 2


class GalleryView(QWidget):
    """Puts the gallery's parts together and switches between them; `slots` say what ends here."""

    def __init__(self, desk: GalleryDesk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self._desk = desk
        self._actions = actions
        self._looking = Looking.GRID
        self._alone = False
        self._listed = desk.listed
        self.port = Viewport(self)
        self.sidebar = Sidebar(desk, self)
        self.search = SearchField(desk, self)
        self.toolbar = Toolbar(desk, actions, self)
        self.grid = Grid(desk, actions, self)
        self.loupe = Loupe(desk, self.port, self)
        self.survey = Survey(desk, self.port, self)
        self.info = InfoPanel(desk, actions, self)
        self.empty = EmptyPage("gallery-empty", self)
        self.trouble = TroubleLine(desk, self)
        self._lay_out()
        self._connect()
        self.look(Looking.GRID)

    @property
    def looking(self) -> Looking:
        """How pictures are looked at now."""
        return self._looking

    def slots(self) -> dict[str, Callable[[], object]]:
        """Give what actions do here, by their ids; whoever owns the actions binds them."""
        desk, port = self._desk, self.port
        return {
            "gallery-find": self.search.focus,
            "gallery-grid": self.show_grid,
            "gallery-loupe": self.show_loupe,
            "gallery-survey": self.show_survey,
            "gallery-trash": desk.trash,
            "undo": desk.undo_stack.undo,
            "redo": desk.undo_stack.redo,
            "previous-picture": lambda: desk.step(-1),
            "next-picture": lambda: desk.step(1),
            "zoom-in": lambda: self._zoom(STEP),
            "zoom-out": lambda: self._zoom(-STEP),
            "zoom-fit": port.fit,
            "zoom-actual": port.actual,
        }

    def show_grid(self) -> None:
        """Show all pictures."""
        self.look(Looking.GRID)

    def show_loupe(self) -> None:
        """Show the current picture large."""
        if self._desk.current is not None:
            self.look(Looking.LOUPE)

    def show_survey(self) -> None:
        """Show the chosen pictures side by side, or the current one and the next."""
        numbers = self._compared()
        if len(numbers) > 1:
            self.survey.show_pictures(numbers, self._desk.current_number)
            self.look(Looking.SURVEY)

    def look(self, way: Looking, *, take_focus: bool = True) -> None:
        """Look in another way; the keyboard goes along, unless it is wanted where it is."""
        self._looking = way
        if way is Looking.GRID:
            self._fill_the_screen(False)
        self._show_centre()
        self.toolbar.show_view(way)
        self.info.set_alone(way is not Looking.GRID)
        if way is Looking.GRID:
            self.survey.clear()
            self.grid.center_current()
        if take_focus and self.isVisible():
            self._go_to_pictures()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that lead from one way of looking to another."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        doing = dict.fromkeys(OPEN, self.show_loupe) | {
            Qt.Key.Key_F: self._toggle_full_screen,
            Qt.Key.Key_C: self.show_survey,
            Qt.Key.Key_G: self.show_grid,
            Qt.Key.Key_Escape: self._escape,
            Qt.Key.Key_T: self.info.edit_tags,
            Qt.Key.Key_N: self.info.edit_note,
            **dict.fromkeys(LARGER, lambda: self._zoom(STEP)),
            Qt.Key.Key_Minus: lambda: self._zoom(-STEP),
        }
        if key in doing:
            doing[key]()
        else:
            super().keyPressEvent(event)

    # How it is put together.

    def _lay_out(self) -> None:
        self._centre = QStackedWidget(self)
        for widget in (self.grid, self.loupe, self.survey, self.empty):
            self._centre.addWidget(widget)
        self._bars = QWidget(self)
        theme.mark(self._bars, "canvas")
        bars = stacked(self._bars)
        bars.setContentsMargins(12, 8, 12, 8)
        bars.addWidget(self.search)
        bars.addWidget(self.toolbar)
        middle = QWidget(self)
        theme.mark(middle, "canvas")
        column = stacked(middle, 0)
        column.addWidget(self._bars)
        column.addWidget(self.trouble)
        column.addWidget(self._centre, 1)
        middle.setMinimumWidth(LEAST)
        self._left = self._left_side()
        self.parts = QSplitter(Qt.Orientation.Horizontal, self)
        self.parts.setObjectName("gallery-parts")
        for part in (self._left, middle, self.info):
            self.parts.addWidget(part)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([SIDEBAR, 10 * LEAST, INFO])
        stacked(self, 0).addWidget(self.parts)

    def _left_side(self) -> QWidget:
        left = QWidget(self)
        theme.mark(left, "panel")
        left.setMinimumWidth(SIDEBAR - 40)
        column: QVBoxLayout = stacked(left, 0)
        column.addWidget(self.sidebar, 1)
        column.addWidget(WorkLine(self._desk, left))
        return left

    def _connect(self) -> None:
        desk, model = self._desk, self._desk.model
        self.search.left.connect(self._go_to_pictures)
        self.search.save_wished.connect(self.sidebar.new_smart_album)
        self.toolbar.side_changed.connect(self.grid.set_side)
        self.grid.turned.connect(lambda turned: self._zoom(STEP * turned // NOTCH))
        # What finds elsewhere finds here; what these keys do in the studio is not to be had here.
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.focus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.grid.opened.connect(self.show_loupe)
        self.info.left.connect(self._go_to_pictures)
        for large in (self.loupe, self.survey):
            large.closed.connect(self.show_grid)
            large.full_screen_wished.connect(self._toggle_full_screen)
        self.survey.chosen.connect(self._open_number)
        self.empty.wished.connect(self._help)
        self._actions["full-screen"].toggled.connect(self._show_alone)
        desk.listing_changed.connect(self._take_listing)
        desk.question_changed.connect(self._take_question)
        desk.trouble.connect(self._show_centre)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._show_centre)

    # What happens.

    def _take_listing(self) -> None:
        self._listed = True
        self._show_centre()

    def _take_question(self) -> None:
        """Look at another place or search from above; who types or points there goes on."""
        if self._looking is not Looking.GRID and not self._alone:
            self.look(Looking.GRID, take_focus=self._has_keyboard())

    def _has_keyboard(self) -> bool:
        """Say whether the keyboard is where pictures are, and not in what is around them."""
        focused = self.window().focusWidget()
        return focused is not None and self._centre.isAncestorOf(focused)

    def _show_centre(self) -> None:
        there = bool(self._desk.model.rowCount())
        known = self._listed or bool(self.trouble.sentence)
        empty = self._looking is Looking.GRID and not there and known
        if empty:
            self.empty.say(self._reason())
        here = self._has_keyboard()
        self._centre.setCurrentIndex(EMPTY if empty else self._looking)
        shown = self._centre.currentWidget()
        if shown and shown is not self.focusProxy():
            self.setFocusProxy(shown)
            if here:
                self._go_to_pictures()
        self.trouble.setVisible(bool(self.trouble.sentence) and not empty)

    def _reason(self) -> Reason:
        if self.trouble.sentence:
            title = self.tr("The library is out of reach")
            return Reason("missing", title, self.trouble.sentence, self.tr("Try again"))
        if self._desk.query.strip():
            title = self.tr("Nothing matches")
            return Reason("search", title, self._desk.query, self.tr("Clear search"))
        return Reason(
            "all-pictures",
            self.tr("No pictures yet"),
            self.tr("Finished pictures gather here by themselves."),
            self.tr("Import pictures…"),
        )

    def _help(self) -> None:
        """Do what the empty page offers."""
        if self.trouble.sentence:
            self._desk.retry()
        elif self._desk.query.strip():
            self._desk.set_query("")
            self.search.focus()
        else:
            self._actions["gallery-import"].trigger()

    def _go_to_pictures(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_number(self, number: int) -> None:
        self._desk.set_current(number)
        self.look(Looking.LOUPE)

    def _compared(self) -> tuple[int, ...]:
        """Give the chosen pictures, or else the current one and its neighbour."""
        desk, model = self._desk, self._desk.model
        if len(desk.selected) > 1:
            return desk.selected[:MOST]
        row = model.row_of(desk.current_number)
        first = max(min(row, model.rowCount() - 2), 0)
        return model.numbers(range(first, min(first + 2, model.rowCount())) if row >= 0 else ())

    def _escape(self) -> None:
        if self._looking is not Looking.GRID:
            self.show_grid()
        elif len(self._desk.selected) > 1:
            self.grid.clearSelection()

    def _zoom(self, by: int) -> None:
        """Show pictures larger or smaller: all of them in the grid, else what is looked at."""
        if self._looking is Looking.GRID:
            self.toolbar.grow(by)
        elif by > 0:
            self.port.zoom_in()
        else:
            self.port.zoom_out()

    def _toggle_full_screen(self) -> None:
        if self._looking is Looking.GRID:
            self.show_loupe()
        if self._looking is not Looking.GRID:
            self._fill_the_screen(not self._alone)

    def _fill_the_screen(self, on: bool) -> None:
        """Show nothing but the picture, on all of the screen."""
        if on != self._alone and self._actions["full-screen"].isChecked() != on:
            self._actions["full-screen"].trigger()
        self._show_alone(on)

    def _show_alone(self, on: bool) -> None:
        self._alone = on and self._looking is not Looking.GRID
        for widget in (self._left, self._bars, self.info):
            widget.setVisible(not self._alone)
        self.loupe.set_full_screen(self._alone)
