"""The newest saved pictures in one row below the stage."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ldm_desktop.session.filmstrip import FilmstripModel, Role
from ldm_desktop.session.shown import Shown
from ldm_desktop.session.stage import Stage
from ldm_desktop.ui import canvas, drag_out, icons, painting, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore_actions import WAYS

SIDE = 96
PAD = 5
CAPTION = 18
CELL = QSize(SIDE + 2 * PAD, SIDE + CAPTION + 2 * PAD)
SCROLLED = 3 * SIDE
"""Logical pixels that one turn of the wheel goes."""
MENU = (
    *("copy-picture", "copy-seed", "copy-recipe", "", "save-as", "reveal", ""),
    *("use-settings", "render-exact", "", *WAYS.values(), "star-seed", "morph-add", ""),
    "compare-mark",
)


class FilmstripView(QListView):
    """One row; a click or Return shows a picture, and what is shown is marked in the row."""

    def __init__(
        self,
        model: FilmstripModel,
        stage: Stage,
        actions: Actions | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setAccessibleName(self.tr("Recent pictures"))
        self._strip = model
        self._stage = stage
        self._actions = actions
        self._menu_for: tuple[Path, QPoint] | None = None
        self.setModel(model)
        self.setItemDelegate(FilmstripDelegate(self))
        self._behave()
        theme.mark(self, "panel")
        self.clicked.connect(self._show)
        self.activated.connect(self._show)
        stage.shown_changed.connect(self._select)
        model.rowsInserted.connect(self._reselect)
        theme.LOOK.changed.connect(self._repaint)
        self._select(stage.shown)

    def sizeHint(self) -> QSize:
        """Be as high as one row and its scroll bar."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(4 * CELL.width(), CELL.height() + bar + 2)

    def minimumSizeHint(self) -> QSize:
        """Never cut the row."""
        return QSize(CELL.width(), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways, whichever way the wheel turns."""
        pixels = event.pixelDelta().x() or event.pixelDelta().y()
        angle = event.angleDelta().x() or event.angleDelta().y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (pixels or round(angle / 120 * SCROLLED)))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return shows the picture, on every system."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._show(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the newest picture, so that there is something to see of the focus."""
        super().focusInEvent(event)
        self._have_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a picture, once it is the one on screen."""
        index = self.indexAt(event.pos())
        if not index.isValid() or not self._actions:
            return
        file: Path = index.data(Role.FILE)
        self._menu_for = file, event.globalPos()
        if not self._open_menu(self._stage.shown):
            self._stage.show_file(file)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the chosen picture to other applications."""
        index = self.currentIndex()
        if index.isValid():
            drag_out.start_files(self, [index.data(Role.FILE)], index.data(Role.IMAGE) or QImage())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what will be here, before there is anything."""
        super().paintEvent(event)
        if not self._strip.rowCount():
            painter = QPainter(self.viewport())
            painter.setFont(painting.text_font(self.font(), 13))
            painter.setPen(QColor(theme.current().muted))
            text = self.tr("Finished pictures gather here")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, text)

    def _behave(self) -> None:
        # Not the list mode, which lays out everything anew for each image that arrives.
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The chosen picture says where the keyboard is.
        self.setStyleSheet("QListView:focus { border: none; }")

    def _show(self, index: QModelIndex) -> None:
        if index.isValid():
            self._stage.show_file(index.data(Role.FILE))

    def _select(self, shown: Shown | None) -> None:
        index = self._strip.index_of(shown.file if shown else None)
        if not index.isValid():
            self.selectionModel().clearSelection()
        elif index != self.currentIndex() or not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self._open_menu(shown)

    def _reselect(self) -> None:
        self._select(self._stage.shown)
        if self.hasFocus():
            self._have_current()

    def _have_current(self) -> None:
        if not self.currentIndex().isValid() and self._strip.rowCount():
            self.selectionModel().setCurrentIndex(
                self._strip.index(0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _open_menu(self, shown: Shown | None) -> bool:
        """Open the menu that was asked for, if its picture is the one on screen now."""
        if not (self._menu_for and self._actions and shown and shown.file == self._menu_for[0]):
            return False
        point, self._menu_for = self._menu_for[1], None
        canvas.menu_of(self._actions, MENU, self).popup(point)
        return True

    def _repaint(self) -> None:
        self.viewport().update()


class FilmstripDelegate(QStyledItemDelegate):
    """Paints one thumbnail with its seed."""

    def __init__(self, strip: FilmstripView) -> None:
        super().__init__(strip)
        self._strip = strip
        self._scaled = painting.Scaled(32 << 20)

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
        """Paint a saved picture."""
        image: QImage | None = index.data(Role.IMAGE)
        room = QRect(option.rect.x() + PAD, option.rect.y() + PAD, SIDE, SIDE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        place = self._paint_image(painter, image, room)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            self._paint_frame(painter, place, selected=selected)
        has_cursor = option.state & QStyle.StateFlag.State_HasFocus
        if has_cursor and self._strip.hasFocus():
            painting.paint_focus(painter, QRectF(option.rect).adjusted(0, 0, 0, -1), 4)
        self._paint_caption(painter, index, room, selected=selected)
        painter.restore()

    def _paint_image(self, painter: QPainter, image: QImage | None, room: QRect) -> QRect:
        colours = theme.current()
        if image is None or image.isNull():
            painter.fillRect(room, painting.mixed(colours.panel, colours.raised, 0.5))
            if image is not None:
                corner = room.center() - QPoint(12, 12)
                icons.draw(painter, "warning", colours.muted, corner, 24)
            return room
        place = painting.fitted(image.size(), room)
        dpr = painter.device().devicePixelRatioF()
        pixmap = self._scaled.pixmap(image, painting.on_device(place, dpr).size())
        painter.drawPixmap(place, pixmap)
        return place

    def _paint_frame(self, painter: QPainter, place: QRect, *, selected: bool) -> None:
        colours = theme.current()
        colour = colours.accent if selected else colours.border
        painter.setPen(QPen(QColor(colour), 2 if selected else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        out = 3 if selected else 0.5
        painter.drawRect(QRectF(place).adjusted(-out, -out, out, out))

    def _paint_caption(
        self,
        painter: QPainter,
        index: QModelIndex | QPersistentModelIndex,
        room: QRect,
        *,
        selected: bool,
    ) -> None:
        colours = theme.current()
        text = index.data(Role.SEED) or index.data(Qt.ItemDataRole.DisplayRole)
        painter.setFont(painting.text_font(painter.font(), 11))
        painter.setPen(QColor(colours.text if selected else colours.muted))
        line = QRect(room.left(), room.bottom() + 3, room.width(), CAPTION)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, elided)
