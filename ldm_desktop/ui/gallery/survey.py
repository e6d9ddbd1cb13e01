"""Two to nine pictures side by side, zoomed and moved together: to choose the best of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ldm_desktop.gallery.records import State
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import NOT_LISTED, OpenedImage
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery import culling
from ldm_desktop.ui.gallery.survey_cell import SurveyCell
from ldm_desktop.ui.surface import ARROWS, KEYPAD
from ldm_desktop.ui.viewport import Viewport

MOST = 9
GAP = theme.GRID
UNKNOWN = QSize(1, 1)


class Survey(QWidget):
    """Shows pictures in cells of one size, through one viewport; verdicts go to the active one."""

    closed = Signal()
    """Back to the grid: asked for, or no picture is left."""
    full_screen_wished = Signal()
    chosen = Signal(int)
    """A number: this one is to be seen alone."""

    def __init__(
        self, desk: GalleryDesk, viewport: Viewport | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("gallery-survey")
        self.setAccessibleName(self.tr("Pictures side by side"))
        theme.mark(self, "canvas")
        self._desk = desk
        self._viewport = viewport or Viewport(self)
        self._cells: list[SurveyCell] = []
        self._active: SurveyCell | None = None
        desk.model.entries_read.connect(self._refresh)
        desk.listing_changed.connect(self._refresh)
        desk.image_opened.connect(self._take)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The pictures that are shown."""
        return tuple(cell.number for cell in self._cells)

    @property
    def cells(self) -> tuple[SurveyCell, ...]:
        """The cells in their order."""
        return tuple(self._cells)

    @property
    def active(self) -> int | None:
        """The picture that verdicts go to."""
        return self._active.number if self._active else None

    def show_pictures(self, numbers: Sequence[int], active: int | None = None) -> None:
        """Show pictures, nine at most, and make one of them active."""
        self.clear()
        for number in tuple(numbers)[:MOST]:
            self._cells.append(self._cell(number))
        self._viewport.fit()
        self._refresh()
        start = next((cell for cell in self._cells if cell.number == active), None)
        self._activate(start or (self._cells[0] if self._cells else None))

    def clear(self) -> None:
        """Show nothing, and let go of the pixels."""
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells.clear()
        self._active = None

    def remove(self, number: int) -> None:
        """Take a picture out of the survey; it stays in the gallery."""
        place = self.numbers.index(number)
        gone = self._cells.pop(place)
        had_focus = gone.hasFocus() or gone.isAncestorOf(self.focusWidget() or gone)
        gone.hide()
        gone.deleteLater()
        if not self._cells:
            self._active = None
            self.closed.emit()
            return
        if gone is self._active:
            self._activate(self._cells[min(place, len(self._cells) - 1)], focus=had_focus)
        self._arrange()

    # What is heard.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cells their places."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the active one, judge it, take it out, look closer, go back."""
        if self._move(event) or self._look(event):
            return
        numbers = [] if self._active is None else [self._active.number]
        if not culling.handle(event, self._desk, numbers, partial(self._step, 1)):
            super().keyPressEvent(event)

    def _move(self, event: QKeyEvent) -> bool:
        key, wide = Qt.Key(event.key()), self._columns()
        ways = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -wide,
            Qt.Key.Key_Down: wide,
            Qt.Key.Key_Home: -MOST,
            Qt.Key.Key_End: MOST,
        }
        modifiers = event.modifiers() & ~KEYPAD
        if modifiers is Qt.KeyboardModifier.NoModifier and key in ways:
            self._step(ways[key])
        elif modifiers is Qt.KeyboardModifier.ShiftModifier and key in ARROWS:
            self._viewport.pan(QPointF(ARROWS[key]) * self.devicePixelRatioF())
        else:
            return False
        return True

    def _look(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~KEYPAD or self._active is None:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_G):
            self.closed.emit()
        elif key in (Qt.Key.Key_F, Qt.Key.Key_Space):
            self.full_screen_wished.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._active.number)
        elif key in (Qt.Key.Key_Slash, Qt.Key.Key_Backspace):
            self.remove(self._active.number)
        elif key is Qt.Key.Key_Z:
            self._zoom()
        else:
            return False
        return True

    def _zoom(self) -> None:
        if self._viewport.fits:
            self._viewport.actual()
        else:
            self._viewport.fit()

    def _step(self, by: int) -> None:
        if self._active is None:
            return
        place = self._cells.index(self._active) + by
        # A step down from a full row into a short last one ends at its last picture.
        self._activate(self._cells[min(max(place, 0), len(self._cells) - 1)])

    def _take(self, opened: OpenedImage) -> None:
        for cell in self._cells:
            cell.take(opened)

    def _refresh(self) -> None:
        """Show what is known of the pictures now; those that went to the trash leave."""
        model = self._desk.model
        for cell in tuple(self._cells):
            entry = model.entry_of(cell.number)
            if entry is None:
                model.want(cell.number)
            elif entry.state is State.TRASHED and model.row_of(cell.number) == NOT_LISTED:
                self.remove(cell.number)
            else:
                cell.show_entry(entry)
        self._measure()

    # Cells.

    def _cell(self, number: int) -> SurveyCell:
        cell = SurveyCell(self._desk, number, self._viewport, self)
        cell.focused.connect(partial(self._focused, number))
        cell.closed.connect(partial(self.remove, number))
        cell.show()
        return cell

    def _focused(self, number: int) -> None:
        self._activate(next(cell for cell in self._cells if cell.number == number), focus=False)

    def _activate(self, cell: SurveyCell | None, *, focus: bool = True) -> None:
        changed, self._active = cell is not self._active, cell
        for each in self._cells:
            each.set_active(each is cell)
        if cell is None:
            return
        self.setFocusProxy(cell)
        if focus:
            cell.setFocus(Qt.FocusReason.OtherFocusReason)
        if changed:
            # So that details and verdicts elsewhere are about the same picture.
            self._desk.set_current(cell.number)

    def _measure(self) -> None:
        """Give all cells the one picture size that they are zoomed by."""
        sizes = [size for cell in self._cells if (size := cell.picture_size)]
        frame = UNKNOWN
        for size in sizes:
            frame = frame.expandedTo(size)
        for cell in self._cells:
            cell.set_frame(frame)
        self._arrange()

    def _columns(self) -> int:
        shape = self._cells[0].frame if self._cells else UNKNOWN
        return columns(len(self._cells), self.size(), shape)

    def _arrange(self) -> None:
        if not self._cells:
            return
        for cell, place in zip(
            self._cells, places(len(self._cells), self.size(), self._columns()), strict=True
        ):
            cell.setGeometry(place)


def columns(count: int, room: QSize, shape: QSize) -> int:
    """Give how many columns let pictures of a shape be largest."""
    candidates = range(1, max(count, 1) + 1)
    return max(candidates, key=lambda number: _scale(count, number, room, shape))


def places(count: int, room: QSize, wide: int) -> list[QRect]:
    """Give places of one size for so many cells; a short last row stands in the middle."""
    high = math.ceil(count / wide)
    size = _cell_size(count, wide, room)
    result = []
    for number in range(count):
        row, column = divmod(number, wide)
        missing = wide - min(wide, count - row * wide)
        left = (room.width() - wide * (size.width() + GAP) + GAP) // 2
        top = (room.height() - high * (size.height() + GAP) + GAP) // 2
        shift = missing * (size.width() + GAP) // 2
        corner = QPoint(
            left + shift + column * (size.width() + GAP), top + row * (size.height() + GAP)
        )
        result.append(QRect(corner, size))
    return result


def _cell_size(count: int, wide: int, room: QSize) -> QSize:
    high = math.ceil(count / wide)
    width = (room.width() - (wide + 1) * GAP) // wide
    height = (room.height() - (high + 1) * GAP) // high
    return QSize(max(width, 1), max(height, 1))


def _scale(count: int, wide: int, room: QSize, shape: QSize) -> float:
    """Give the scale of pictures in so many columns; of equal ones the squarer cells win."""
    size = _cell_size(count, wide, room)
    scale = min(size.width() / shape.width(), size.height() / shape.height())
    return scale - 1e-9 * abs(wide - math.ceil(count / wide))
