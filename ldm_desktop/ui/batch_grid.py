"""All pictures of a batch side by side, each forming in its own place."""

from __future__ import annotations

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ldm_desktop.core.noise import first_seed
from ldm_desktop.session.batch_model import BatchModel, Role
from ldm_desktop.session.shown import Shown, View
from ldm_desktop.session.stage import Stage
from ldm_desktop.ui import canvas, drag_out, icons, painting, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.worker.work import PictureState, PictureView

CAPTION = 24
PAD = 6
SMALLEST = 96
"""Logical pixels; when cells would be smaller, they scroll instead."""
FILLING = 16


class BatchGrid(QListView):
    """Cells as large as the room allows; what is chosen is on stage, Return shows it alone."""

    def __init__(
        self, model: BatchModel, stage: Stage, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("batch-grid")
        self.setAccessibleName(self.tr("Batch"))
        self._batch = model
        self._stage = stage
        self._actions = actions
        self.setModel(model)
        self.setItemDelegate(BatchDelegate(self))
        self._behave()
        theme.mark(self, "canvas")
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._arrange)
        # The picture on stage may be there before its row is.
        for signal in (model.rowsInserted, model.dataChanged):
            signal.connect(self._reselect)
        stage.shown_changed.connect(self._select)
        self.selectionModel().currentChanged.connect(self._chosen)
        self.activated.connect(self._open)
        theme.LOOK.changed.connect(self._repaint)
        self._select(stage.shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the cells fill the room."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return shows the picture alone, and so does Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._stage.show_as(View.SINGLE)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the picture, which is on stage when it is chosen."""
        if self.indexAt(event.pos()).flags() & Qt.ItemFlag.ItemIsEnabled:
            canvas.menu_of(self._actions, canvas.MENU, self).exec(event.globalPos())

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the chosen pictures that are saved to other applications."""
        chosen = self.selectedIndexes()
        files = [file for index in chosen if (file := index.data(Role.FILE))]
        drag_out.start_files(self, files, chosen[0].data(Role.IMAGE) if chosen else QImage())

    def _behave(self) -> None:
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        # The chosen cell says where the keyboard is; a frame around all would move the cells.
        self.setStyleSheet("QListView:focus { border: none; }")

    def _arrange(self) -> None:
        """Choose the cells' size: up to 16 pictures fill the room, more of them scroll."""
        count = self._batch.rowCount()
        if not count:
            return
        view: PictureView = self._batch.index(0).data(Role.VIEW)
        room, picture = self.contentsRect().size(), view.recipe.size
        cell = cell_size(room, count, picture) if count <= FILLING else None
        # Said outright, because a bar that comes and goes by itself moves all the cells.
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if cell else policy.ScrollBarAlwaysOn
        )
        if not cell:
            bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
            cell = scrolled_cell(QSize(room.width() - bar, room.height()), picture)
        if cell != self.gridSize():
            self.setGridSize(cell)

    def _select(self, shown: Shown | None) -> None:
        index = self._batch.index_of(shown.picture) if shown else QModelIndex()
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def _reselect(self) -> None:
        self._select(self._stage.shown)

    def _chosen(self, index: QModelIndex) -> None:
        view: PictureView | None = index.data(Role.VIEW)
        shown = self._stage.shown
        # The stage's own choice comes back here, and is no reason to stay with it.
        if view and (shown is None or shown.picture != view.id) and self.hasFocus():
            self._stage.show_picture(view.id)

    def _open(self, index: QModelIndex) -> None:
        view: PictureView = index.data(Role.VIEW)
        self._stage.show_picture(view.id)
        # A finished picture comes on a moment later, once it is read; a place never does.
        if self._stage.knows(view.id):
            self._stage.show_as(View.SINGLE)

    def _repaint(self) -> None:
        self.viewport().update()


def cell_size(room: QSize, count: int, picture: tuple[int, int]) -> QSize | None:
    """Give the cell in which `count` pictures are largest in a room; None if they are too small."""
    best, largest = None, SMALLEST - 1
    for columns in range(1, count + 1):
        # A pixel is left over, or the last of a row would go to the next.
        cell = QSize(
            (room.width() - 1) // columns, (room.height() - 1) // math.ceil(count / columns)
        )
        inside = QSize(cell.width() - 2 * PAD, cell.height() - 2 * PAD - CAPTION)
        side = QSize(*picture).scaled(inside, Qt.AspectRatioMode.KeepAspectRatio).width()
        if inside.isValid() and side > largest:
            best, largest = cell, side
    return best


def scrolled_cell(room: QSize, picture: tuple[int, int]) -> QSize:
    """Give the cell for many pictures: about 16 are seen at once, and whole ones fill a row."""
    ideal = cell_size(room, FILLING, picture)
    wanted = ideal.width() if ideal else SMALLEST + 2 * PAD
    columns = max(room.width() // wanted, 1)
    width = (room.width() - 1) // columns
    height = round((width - 2 * PAD) * picture[1] / picture[0])
    return QSize(width, height + 2 * PAD + CAPTION)


class BatchDelegate(QStyledItemDelegate):
    """Paints one cell: picture, progress, seed, and what it is at if it is not finished."""

    def __init__(self, grid: BatchGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._scaled = painting.Scaled()

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Fill the cell."""
        return self._grid.gridSize()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a picture of the batch."""
        view: PictureView = index.data(Role.VIEW)
        image: QImage = index.data(Role.IMAGE)
        room = option.rect.adjusted(PAD, PAD, -PAD, -PAD - CAPTION)
        place = painting.fitted(QSize(*view.recipe.size), room)
        painter.save()
        self._paint_picture(painter, view, image, place)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            _paint_frame(painter, place, selected=selected, focused=self._grid.hasFocus())
        caption = QRect(place.left(), place.bottom() + 1, place.width(), CAPTION)
        self._paint_caption(painter, view, caption, selected=selected)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, view: PictureView, image: QImage, place: QRect
    ) -> None:
        colours = theme.current()
        dimmed = view.state in (PictureState.FAILED, PictureState.CANCELLED)
        if image.isNull():
            painter.fillRect(place, painting.mixed(colours.canvas, colours.raised, 0.35))
        else:
            dpr = painter.device().devicePixelRatioF()
            pixmap = self._scaled.pixmap(image, painting.on_device(place, dpr).size())
            painter.setOpacity(0.4 if dimmed else 1.0)
            painter.drawPixmap(place, pixmap)
            painter.setOpacity(1.0)
        if view.state is PictureState.RUNNING:
            share = view.done / view.total if view.total else 0.0
            painting.paint_progress(painter, QRectF(place), share, 2)
        elif view.state is PictureState.FAILED:
            _paint_sign(painter, "warning", colours.danger, place)

    def _paint_caption(
        self, painter: QPainter, view: PictureView, room: QRect, *, selected: bool
    ) -> None:
        colours = theme.current()
        failed = view.state is PictureState.FAILED
        seed: str = str(first_seed(view.recipe.noise).seed)
        painter.setFont(painting.text_font(painter.font()))
        painter.setPen(QColor(colours.text if selected else colours.muted))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        state = self._state(view)
        seed_width = room.width()
        if state and metrics.horizontalAdvance(seed + state) + 12 <= room.width():
            painter.setPen(QColor(colours.danger if failed else colours.muted))
            painter.drawText(room, right, state)
            seed_width -= metrics.horizontalAdvance(state) + 8
        painter.setPen(QColor(colours.text if selected else colours.muted))
        elided = metrics.elidedText(seed, Qt.TextElideMode.ElideMiddle, seed_width)
        painter.drawText(room, left, elided)

    def _state(self, view: PictureView) -> str:
        if view.state is PictureState.RUNNING:
            return f"{view.done} / {view.total}"
        return {
            PictureState.WAITING: self.tr("waiting"),
            PictureState.FAILED: self.tr("failed"),
            PictureState.CANCELLED: self.tr("cancelled"),
        }.get(view.state, "")


def _paint_frame(painter: QPainter, place: QRect, *, selected: bool, focused: bool) -> None:
    colours = theme.current()
    chosen = colours.focus if focused else colours.accent
    painter.setPen(QPen(QColor(chosen if selected else colours.border), 2 if selected else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    out = 3 if selected else 0.5
    painter.drawRect(QRectF(place).adjusted(-out, -out, out, out))


def _paint_sign(painter: QPainter, name: str, colour: str, place: QRect) -> None:
    side = max(16, min(28, place.width() // 5))
    corner = place.center() - QRect(0, 0, side, side).center()
    icons.draw(painter, name, colour, corner, side)
