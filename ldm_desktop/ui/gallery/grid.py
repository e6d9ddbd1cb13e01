"""All pictures of a listing as tiles: to look through them, choose among them and judge them."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import (
    QItemSelection,
    QLocale,
    QPoint,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.model import Role
from ldm_desktop.session.gallery.steps import runs
from ldm_desktop.session.gallery.values import NOT_LISTED
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.gallery import culling, dragging, group_words, picture_menu, tile
from ldm_desktop.ui.tile_grid import KEYPAD, TileGrid
from ldm_desktop.ui.tiled_view import Flag, Hint, Index

PAGE_KEYS = frozenset(
    [
        *(Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape),
        *(Qt.Key.Key_E, Qt.Key.Key_F, Qt.Key.Key_G, Qt.Key.Key_C, Qt.Key.Key_T, Qt.Key.Key_N),
        *(Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus),
    ]
)
"""Keys that the page around the grid takes."""
GROUP_TEXT = 14
LARGEST = 512
"""Device pixels of the largest thumbnails."""
SETTLES = 120
"""Milliseconds after which a new width is one to have thumbnails for."""


class Grid(TileGrid):
    """Tells the desk what is current and selected, and shows what the desk makes so itself."""

    def __init__(self, desk: GalleryDesk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(desk.model, parent)
        self.setObjectName("gallery-grid")
        self.setAccessibleName(self.tr("Pictures"))
        self._desk = desk
        self._listed = desk.model
        self._actions = actions
        self._painter = tile.Painter()
        self._told: tuple[int, ...] = ()
        self._asked = desk.query
        self._number, self._gone = NOT_LISTED, False
        self._captions = True
        self._settling = QTimer(self, singleShot=True, interval=SETTLES)
        self._settling.timeout.connect(self._size_thumbnails)
        self.setDragEnabled(True)
        self.show_rows()
        self._connect()
        self._arrange()

    def show_captions(self, on: bool) -> None:
        """Show seeds below the pictures, or only stars."""
        self._captions = on
        self.repaint_all()

    def set_side(self, side: int) -> None:
        """Show pictures of another size, from 64 logical pixels on."""
        self._desk.set_thumb_side(side, self.devicePixelRatioF())
        self._arrange()

    def center_current(self) -> None:
        """Bring the current picture into the middle, unless it is in sight."""
        if self.currentIndex().row() not in self.visible:
            self.scrollTo(self.currentIndex(), Hint.PositionAtCenter)

    # What is painted.

    def begin_frame(self) -> None:
        """Make ready for one frame."""
        self._painter.begin_frame(self.font(), self.devicePixelRatioF())

    def paint_between(self, painter: QPainter, top: int, bottom: int) -> None:
        """Paint the headings."""
        for group in self.tiles.groups_between(top, bottom):
            self._paint_heading(painter, group, self.tiles.heading_rect(group))

    def paint_tile(self, painter: QPainter, row: int) -> bool:
        """Paint a picture and what is said of it."""
        index, current = self._listed.index(row), row == self.currentIndex().row()
        look = tile.Look(
            selected=self.selectionModel().isSelected(index),
            current=current,
            focused=current and self.hasFocus(),
            hovered=row == self.hovered,
            pointed=self.pointed if row == self.hovered else 0,
            captions=self._captions,
        )
        entry = self._listed.entry_at(row)
        image = self._desk.thumbnail(entry) if entry else None
        return self._painter.paint(painter, self.tiles.rect(row), entry, image, look)

    def paint_over(self, painter: QPainter) -> None:
        """Keep the heading in sight of a group that begins above."""
        if pinned := self.tiles.pinned(self.top):
            group, place = pinned
            ground = place.adjusted(-place.left(), 0, place.left(), 0)
            painter.fillRect(ground, QColor(theme.current().canvas))
            line = ground.adjusted(0, ground.height() - 1, 0, 0)
            painter.fillRect(line, QColor(theme.current().line))
            self._paint_heading(painter, group, place)

    def _paint_heading(self, painter: QPainter, number: int, place: QRect) -> None:
        colours, group = theme.current(), self._listed.groups[number]
        place = place.adjusted(tile.PAD, 10, -tile.PAD, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        title = group_words.title(group, self._desk.grouping)
        painter.setFont(painting.text_font(self.font(), GROUP_TEXT, strong=True))
        painter.setPen(QColor(colours.text))
        painter.drawText(place, left, title)
        after = place.adjusted(painter.fontMetrics().horizontalAdvance(title) + 10, 0, 0, 0)
        painter.setFont(painting.text_font(self.font()))
        painter.setPen(QColor(colours.muted))
        painter.drawText(after, left, QLocale().toString(group.count))

    # What a person does.

    def part_at(self, row: int, point: QPoint) -> int:
        """Give the star at a point."""
        return tile.star_at(self.tiles.rect(row), self.in_content(point))

    def press_part(self, row: int, part: int) -> None:
        """Give a picture stars; the last one it has is taken back."""
        entry = self._listed.entry_at(row)
        if entry:
            self._desk.rate(0 if part == entry.rating else part, [entry.number])

    def press_between(self, event: QMouseEvent) -> bool:
        """Choose all pictures of the group whose heading is pressed."""
        group = self.group_at(event.position().toPoint())
        if group >= 0:
            self._choose_group(group, event.modifiers())
        return group >= 0

    def make_menu(self) -> QMenu:
        """Give the menu of the chosen pictures."""
        return picture_menu.make(self._desk, self._actions, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Judge pictures; leave to the page what is the page's; the rest moves about."""
        if culling.handle(event, self._desk):
            event.accept()
        elif not event.modifiers() & ~KEYPAD and Qt.Key(event.key()) in PAGE_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the chosen pictures, to an album or out of the window."""
        chosen = self.selectedIndexes()
        if chosen:
            image = self.currentIndex().data(Role.IMAGE) or QImage()
            dragging.start(self, self._listed.mimeData(chosen), image, len(chosen))

    # What Qt tells.

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the desk."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._number = self._listed.number_at(current.row())
            self._desk.set_current(self._number)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the desk."""
        super().selectionChanged(selected, deselected)
        self._told = self._listed.numbers(chain.from_iterable(self.chosen_spans()))
        self._desk.set_selected(self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have thumbnails of the new size once it stays."""
        super().resizeEvent(event)
        self._settling.start()

    # What the desk tells.

    def _take_reset(self) -> None:
        listed = self._listed.row_of(self._number) != NOT_LISTED
        self._gone = self._number != NOT_LISTED and not listed
        self._arrange()

    def _take_inserted(self, _parent: Index, first: int, last: int) -> None:
        self._arrange(last - first + 1 if first <= self.visible.start else 0)

    def _take_removed(self, _parent: Index, first: int, last: int) -> None:
        above = range(first, min(last + 1, self.visible.start))
        self._arrange(-len(above))

    def _show_listing(self) -> None:
        """Keep what was current and selected, by number; after another search begin at its top."""
        asked_anew, self._asked = self._desk.query != self._asked, self._desk.query
        self._arrange()
        self._told = ()
        self._show_selection()
        gone, self._gone = self._gone, False
        # The same search with other pictures is no reason to scroll.
        self.setAutoScroll(asked_anew)
        if asked_anew and gone:
            self._make_current(0)
        else:
            index = self._listed.index(self._row_of_desk())
            self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
        self.setAutoScroll(True)
        if asked_anew:
            self.center_current()

    def _show_current(self) -> None:
        if self._row_of_desk() != self.currentIndex().row():
            self._make_current(self._row_of_desk())

    def _row_of_desk(self) -> int:
        return self._listed.row_of(self._desk.current_number)

    def _make_current(self, row: int) -> None:
        """Make a row current, and the only one chosen unless it is one of several."""
        index = self._listed.index(row)
        if not index.isValid():
            return
        chosen = self.selectionModel().isSelected(index)
        self.selectionModel().setCurrentIndex(
            index, Flag.NoUpdate if chosen else Flag.ClearAndSelect
        )

    def _show_selection(self) -> None:
        numbers = self._desk.selected
        if numbers == self._told:
            return
        rows = [row for number in numbers if (row := self._listed.row_of(number)) != NOT_LISTED]
        selection = self.selection_of(range(first, last + 1) for first, last in runs(rows))
        self.selectionModel().select(selection, Flag.ClearAndSelect)

    def _arrange(self, moved: int = 0) -> None:
        starts = [group.start for group in self._listed.groups]
        side, foot = self._desk.thumb_side + 2 * tile.PAD, tile.FOOT - tile.PAD
        self.lay_out(side, foot, starts, moved)
        self._settling.start()

    def _size_thumbnails(self) -> None:
        """Have thumbnails as large as pictures are painted, so that nothing is left to scale."""
        room = tile.picture_room(self.tiles.rect(0)).width() * self.devicePixelRatioF()
        self._listed.set_thumb_side(min(round(room), LARGEST))
        self.repaint_all()

    # Details.

    def _connect(self) -> None:
        desk, model = self._desk, self._listed
        model.modelReset.connect(self._take_reset)
        model.rowsInserted.connect(self._take_inserted)
        model.rowsRemoved.connect(self._take_removed)
        self.visible_changed.connect(model.set_visible)
        desk.listing_changed.connect(self._show_listing)
        desk.current_changed.connect(self._show_current)
        desk.selection_changed.connect(self._show_selection)

    def _choose_group(self, group: int, held: Qt.KeyboardModifier) -> None:
        adding = bool(held & Qt.KeyboardModifier.ControlModifier)
        selection = self.selection_of([self.tiles.rows_of(group)])
        self.selectionModel().select(selection, Flag.Select if adding else Flag.ClearAndSelect)
