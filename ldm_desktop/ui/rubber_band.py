"""Choosing tiles in a grid by drawing a frame around them; it scrolls at the edges."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication

from ldm_desktop.ui import theme

TICK = 16
"""Milliseconds between two steps of scrolling at an edge."""


class RubberBand(QObject):
    """A frame from where the button went down to where the pointer is, in the whole content."""

    def __init__(
        self, view: QAbstractItemView, choose: Callable[[QRect, QItemSelection], None]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._choose = choose
        self._from: QPoint | None = None
        self._to = QPoint()
        self._before = QItemSelection()
        self.active = False
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(TICK)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def pressed(self) -> bool:
        """Whether the button went down where a frame may begin."""
        return self._from is not None

    @property
    def rect(self) -> QRect:
        """The frame, in the coordinates of the content."""
        return QRect(self._from, self._to).normalized() if self._from else QRect()

    def press(self, point: QPoint, *, adding: bool) -> None:
        """Hear where a frame may begin; unless it is `adding`, nothing is chosen any more."""
        self._from = self._to = self._in_content(point)
        chosen = self._view.selectionModel()
        if not adding:
            chosen.clearSelection()
        self._before = QItemSelection(chosen.selection())

    def move(self, point: QPoint) -> None:
        """Draw the frame on."""
        if self._from is None:
            return
        self._to = self._in_content(point)
        far = (self._to - self._from).manhattanLength() >= QApplication.startDragDistance()
        self.active = self.active or far
        if self.active:
            self._choose(self.rect, self._before)
            self._view.viewport().update()
            self._follow_edge(point)

    def release(self) -> bool:
        """End; say whether there was a frame."""
        was, self.active, self._from = self.active, False, None
        self._scrolling.stop()
        if was:
            self._view.viewport().update()
        return was

    def paint(self, painter: QPainter) -> None:
        """Paint the frame, the painter being in the content."""
        if not self.active:
            return
        colour = QColor(theme.current().accent)
        painter.setPen(colour)
        colour.setAlpha(36)
        painter.setBrush(colour)
        painter.drawRect(self.rect.adjusted(0, 0, -1, -1))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _in_content(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self._view.verticalScrollBar().value())

    def _follow_edge(self, point: QPoint) -> None:
        outside = not 0 <= point.y() < self._view.viewport().height()
        if outside and not self._scrolling.isActive():
            self._scrolling.start()
        elif not outside:
            self._scrolling.stop()

    def _scroll(self) -> None:
        """Scroll faster the further out the pointer is."""
        viewport, bar = self._view.viewport(), self._view.verticalScrollBar()
        y = (self._to - QPoint(0, bar.value())).y()
        beyond = y if y < 0 else y - viewport.height() + 1
        before = bar.value()
        bar.setValue(before + max(min(beyond, 60), -60))
        self.move(QPoint(self._to.x(), y))
        if bar.value() == before:
            self._scrolling.stop()
