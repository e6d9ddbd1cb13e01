"""A grid whose tiles are painted: the frames, the pointer, the rubber band, the focus."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from ldm_desktop.ui import theme
from ldm_desktop.ui.tiled_view import Flag, TiledView

KEYPAD = Qt.KeyboardModifier.KeypadModifier
ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
NOWHERE = QPoint(-1, -1)


class TileGrid(TiledView):
    """Calls whoever knows what a tile shows, and what a click on a part of one means."""

    opened = Signal()
    """The current tile is to be seen large."""

    def __init__(self, model: QAbstractListModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.hovered, self.pointed = -1, 0
        self._late: set[int] = set()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._paint_late)
        self.setMouseTracking(True)
        theme.mark(self, "canvas")
        # The current tile says where the keyboard is; a frame around all would move the tiles.
        self.setStyleSheet("TileGrid, TileGrid:focus { border: none; }")
        theme.LOOK.changed.connect(self.repaint_all)

    # For whoever knows what the tiles are.

    def begin_frame(self) -> None:
        """Make ready to paint tiles, all within one frame."""
        raise NotImplementedError

    def paint_tile(self, painter: QPainter, row: int) -> bool:
        """Paint a tile; say whether it is as it should be, or wants another frame."""
        raise NotImplementedError

    def paint_between(self, painter: QPainter, top: int, bottom: int) -> None:
        """Paint what stands between tiles, from one height of the content to another."""

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over tiles."""

    def part_at(self, row: int, point: QPoint) -> int:
        """Give the number of the part of a tile at a point on screen, 0 for the rest of it."""
        raise NotImplementedError

    def press_part(self, row: int, part: int) -> None:
        """Do what a part of a tile is for."""
        raise NotImplementedError

    def press_between(self, _event: QMouseEvent) -> bool:
        """Do what a place between tiles is for; say whether it is for anything."""
        return False

    def make_menu(self) -> QMenu:
        """Give the menu of the chosen tiles."""
        raise NotImplementedError

    # What is painted.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is on screen, and what there was no time for with the next frame."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.top)
        self.begin_frame()
        rows: set[int] = set()
        # The stubs of PySide 6 do not say that a region can be walked through.
        for part in event.region().translated(0, self.top):  # type: ignore[attr-defined]
            painter.fillRect(part, QColor(theme.current().canvas))
            self.paint_between(painter, part.top(), part.bottom() + 1)
            rows.update(self.tiles.rows_between(part.top(), part.bottom() + 1))
        late = [row for row in sorted(rows) if not self.paint_tile(painter, row)]
        self.paint_over(painter)
        self.band.paint(painter)
        painter.end()
        if late:
            self._late.update(late)
            self._again.start()

    def repaint_all(self) -> None:
        """Have all that is on screen painted anew."""
        self.viewport().update()

    # What a person does.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a part of a tile, choose, or begin a frame where there is no tile."""
        point = event.position().toPoint()
        row = self.row_at(point)
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif part := self._part(row, point):
            self.press_part(row, part)
        elif row >= 0:
            super().mousePressEvent(event)
        elif not self.press_between(event):
            self.band.press(point, adding=bool(event.modifiers() & ADDING))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the frame on, or show what is under the pointer."""
        point = event.position().toPoint()
        if self.band.pressed:
            self.band.move(point)
        else:
            self._hover(point)
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the frame."""
        if self.band.pressed:
            self.band.release()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show a tile large."""
        point = event.position().toPoint()
        row = self.row_at(point)
        if self._part(row, point):
            self.mousePressEvent(event)
        elif row >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer when it leaves."""
        super().leaveEvent(event)
        self._hover(NOWHERE)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first tile on screen, so that keys mean something."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and (seen := self.visible):
            first = self.model().index(seen.start, 0)
            self.selectionModel().setCurrentIndex(first, Flag.NoUpdate)
        self.repaint_all()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.repaint_all()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chosen tiles."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).center() if by_key else event.pos()
        if self.indexAt(at).isValid():
            self.make_menu().popup(self.viewport().mapToGlobal(at))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Look anew for what is under the pointer."""
        super().scrollContentsBy(dx, dy)
        under = self.viewport().mapFromGlobal(self.cursor().pos()) if self.underMouse() else NOWHERE
        self._hover(under)

    # Details.

    def _paint_late(self) -> None:
        late, self._late = self._late, set()
        self.update_rows(late)

    def _part(self, row: int, point: QPoint) -> int:
        return self.part_at(row, point) if row >= 0 else 0

    def _hover(self, point: QPoint) -> None:
        row = self.row_at(point)
        pointed = self._part(row, point)
        if (row, pointed) == (self.hovered, self.pointed):
            return
        self.update_rows({row, self.hovered})
        self.hovered, self.pointed = row, pointed
