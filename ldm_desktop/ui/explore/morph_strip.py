"""The pictures of a path in one row, with the angles between them; dragging changes the order."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ldm_desktop.session import wording
from ldm_desktop.session.explore.morph_model import Role, StationModel
from ldm_desktop.session.explore.morphs import Morphs
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.widgets import named

SIDE = 88
PAD = 10
CAPTION = 18
WAY = 56
"""Logical pixels between two pictures, where the angle stands."""
CELL = QSize(SIDE + WAY, SIDE + CAPTION + 2 * PAD)
SCROLLED = 2 * (SIDE + WAY)


class MorphStrip(QListView):
    """One row; the chosen picture can rest, go (Delete) and move (dragging, Shift with arrows)."""

    chosen = Signal(int)
    """The number of the picture that is the current one now, -1 for none."""
    activated_at = Signal(int)
    """A picture was clicked or opened by Return: the path is to be looked at there."""

    def __init__(self, morphs: Morphs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "morph-strip", self.tr("Pictures on the path"))
        self._morphs = morphs
        self._row = -1
        self.setModel(StationModel(morphs, self))
        self.setItemDelegate(StationDelegate(self))
        self._behave()
        self.selectionModel().currentChanged.connect(self._tell)
        self.model().modelReset.connect(self._come_back)
        self.clicked.connect(self._activate)
        self.activated.connect(self._activate)
        theme.LOOK.changed.connect(self._repaint)

    @property
    def row(self) -> int:
        """The number of the current picture, or -1."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Make a picture the current one."""
        self._row = row
        self.setCurrentIndex(self.model().index(row, 0))

    def remove(self) -> None:
        """Take the current picture out of the path."""
        if self.row >= 0:
            self._morphs.remove([self.row])

    def shift(self, by: int) -> None:
        """Move the current picture one place on (+1) or back (-1)."""
        row, to = self.row, self.row + by
        if row >= 0 and 0 <= to < self.model().rowCount():
            self._row = to
            self._morphs.move(row, to + (by > 0))

    def sizeHint(self) -> QSize:
        """Give the height of one row."""
        return QSize(480, CELL.height() + theme.SCROLL_BAR + 2)

    def minimumSizeHint(self) -> QSize:
        """Give the height of one row, and room for two pictures."""
        return QSize(2 * CELL.width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take out, move, or leave the key to the page."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif shift and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.shift(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along the row."""
        turns = (event.angleDelta().x() or event.angleDelta().y()) / 120
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - round(turns * SCROLLED))
        event.accept()

    def _behave(self) -> None:
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The chosen picture says where the keyboard is.
        self.setStyleSheet("QListView:focus { border-color: transparent; }")

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self._row = current.row()
        self.chosen.emit(current.row())

    def _come_back(self) -> None:
        """Stay at the same place of the row when the path is another one."""
        last = self.model().rowCount() - 1
        if last >= 0:
            self.choose(min(max(self._row, 0), last))
        else:
            self.chosen.emit(-1)

    def _activate(self, index: QModelIndex) -> None:
        self.activated_at.emit(index.row())

    def _repaint(self) -> None:
        self.viewport().update()


class StationDelegate(QStyledItemDelegate):
    """Paints a picture, how long the path rests there, and the way to the next."""

    def __init__(self, strip: MorphStrip) -> None:
        super().__init__(strip)
        self._strip = strip
        self._scaled = painting.Scaled(16 << 20)

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Give the size of every cell."""
        return CELL

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one station."""
        room = QRect(option.rect.x() + PAD, option.rect.y() + PAD, SIDE, SIDE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self._paint_image(painter, index.data(Role.IMAGE), room)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            _paint_frame(painter, place, selected=selected)
        if option.state & QStyle.StateFlag.State_HasFocus and self._strip.hasFocus():
            painting.paint_focus(painter, QRectF(room).adjusted(-5, -5, 5, 5), 4)
        self._paint_caption(painter, index, room, selected=selected)
        self._paint_hold(painter, index.data(Role.HOLD), place)
        if index.data(Role.GOES_ON):
            is_last = index.row() == index.model().rowCount() - 1
            _paint_way(painter, room, index.data(Role.ANGLE), home=is_last)
        painter.restore()

    def _paint_image(self, painter: QPainter, image: QImage | None, room: QRect) -> QRect:
        colours = theme.current()
        if image is None or image.isNull():
            painter.fillRect(room, painting.mixed(colours.panel, colours.raised, 0.5))
            return room
        place = painting.fitted(image.size(), room)
        dpr = painter.device().devicePixelRatioF()
        painter.drawPixmap(place, self._scaled.pixmap(image, painting.on_device(place, dpr).size()))
        return place

    def _paint_caption(
        self,
        painter: QPainter,
        index: QModelIndex | QPersistentModelIndex,
        room: QRect,
        *,
        selected: bool,
    ) -> None:
        colours = theme.current()
        painter.setFont(painting.text_font(painter.font(), 11))
        painter.setPen(QColor(colours.text if selected else colours.muted))
        line = QRect(room.left(), room.bottom() + 4, room.width(), CAPTION)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, elided)

    def _paint_hold(self, painter: QPainter, hold: float, place: QRect) -> None:
        if hold:
            text = self.tr("{seconds} s").format(seconds=wording.plain(hold))
            inside = QRectF(place).adjusted(3, 3, -3, -3)
            painting.paint_pill(painter, [text], inside, Qt.Corner.BottomLeftCorner)


def _paint_frame(painter: QPainter, place: QRect, *, selected: bool) -> None:
    colours = theme.current()
    painter.setPen(QPen(QColor(colours.accent if selected else colours.border), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(place).adjusted(-3, -3, 3, 3))


def _paint_way(painter: QPainter, room: QRect, angle: float | None, *, home: bool) -> None:
    """Paint an arc on the sphere, and how long it is; or that it goes home to the first."""
    colours = theme.current()
    left, right = room.right() + 9.0, float(room.right() + WAY - PAD)
    middle = room.center().y() + 6.0
    arc = QPainterPath(QPointF(left, middle))
    arc.quadTo(QPointF((left + right) / 2, middle - 14), QPointF(right, middle))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.border), 1.5))
    painter.drawPath(arc)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.border))
    for end in (left, right):
        painter.drawEllipse(QPointF(end, middle), 2.5, 2.5)
    painter.setFont(painting.text_font(painter.font(), 12))
    painter.setPen(QColor(colours.text if angle is not None else colours.muted))
    text = "…" if angle is None else f"{round(angle)}°"
    text = f"↺ {text}" if home else text
    line = QRectF(left - 6, middle - 32, right - left + 12, 18)
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
