"""The axis over the strips: a slider along the way, marked with steps and where forks left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from ldm_desktop.session.explore.strip_way import share_of
from ldm_desktop.session.explore.strips import Strips
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.explore import trajectory_words
from ldm_desktop.ui.explore.strip_places import Places
from ldm_desktop.ui.widgets import named

HIGH = 34
BASE = 28
NEAR = 6
"""Logical pixels within which a press means the step of a fork."""


class StripAxis(QSlider):
    """Steps of the row with the focus, from 1 to its last; dragging goes by the finest row."""

    def __init__(
        self, strips: Strips, places: Callable[[], Places], parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        named(self, "strip-axis", self.tr("Step of the denoising"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HIGH)
        self._strips = strips
        self._places = places
        self.valueChanged.connect(strips.set_step)
        strips.step_changed.connect(self.refresh)
        theme.LOOK.changed.connect(self._repaint)
        self.refresh()

    def refresh(self) -> None:
        """Show where the cursor is, without moving anything by it."""
        strips = self._strips
        blocked = QSignalBlocker(self)
        self.setRange(1, max(strips.total, 1))
        self.setPageStep(max(strips.total // 10, 1))
        self.setValue(strips.step)
        blocked.unblock()
        words = trajectory_words.step_of(strips.step, strips.total)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Take the room of its numbers."""
        return QSize(200, HIGH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._go(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the cursor along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Leave it there."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the board, where a notch is a step everywhere."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the steps, where forks left, and the cursor with its step."""
        painter = QPainter(self)
        if self._strips.total:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(painting.text_font(self.font()))
            self._paint_steps(painter)
            self._paint_forks(painter)
            self._paint_cursor(painter)
            if self.hasFocus():
                painting.paint_focus(painter, QRectF(self.rect()), theme.RADIUS)
        painter.end()

    def _go(self, x: float) -> None:
        forks = (self._places().x(share) for share in self._forks())
        snapped = min(forks, key=lambda each: abs(each - x), default=x)
        self._strips.set_share(self._places().share(snapped if abs(snapped - x) <= NEAR else x))

    def _forks(self) -> set[float]:
        """Give the shares at which rows left other ways."""
        rows = self._strips.rows
        return {share_of(way.change[0], way.total) for way in rows if way.change}

    def _paint_steps(self, painter: QPainter) -> None:
        colours, places, total = theme.current(), self._places(), self._strips.total
        line = QRectF(places.left, BASE, places.right - places.left, 1)
        painter.fillRect(line, QColor(colours.border))
        taken = self._bubble(painter)
        for quarter in range(5):
            step = max(round(total * quarter / 4), 1)
            x = places.x(share_of(step, total))
            painter.fillRect(QRectF(x - 0.5, BASE - 3, 1, 4), QColor(colours.border))
            room = QRectF(x - 40, 4, 80, 18)
            width = painter.fontMetrics().horizontalAdvance(str(step)) + 12
            if abs(x - taken.center().x()) > (taken.width() + width) / 2:
                painter.setPen(QColor(colours.muted))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(step))

    def _paint_forks(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().accent))
        for share in self._forks():
            x = self._places().x(share)
            corners = (QPointF(x - 4, BASE), QPointF(x + 4, BASE), QPointF(x, BASE + 6))
            painter.drawPolygon(QPolygonF(corners))

    def _paint_cursor(self, painter: QPainter) -> None:
        colours, bubble = theme.current(), self._bubble(painter)
        x = round(self._places().x(self._strips.share))
        painter.fillRect(QRectF(x - 1, bubble.bottom(), 2, HIGH), QColor(colours.text))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.text))
        painter.drawRoundedRect(bubble, 9, 9)
        painter.setPen(QColor(colours.window))
        painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, str(self._strips.step))

    def _bubble(self, painter: QPainter) -> QRectF:
        """Give the place of the cursor's number."""
        width = max(painter.fontMetrics().horizontalAdvance(str(self._strips.step)) + 16, 28)
        middle = self._places().x(self._strips.share)
        left = min(max(middle - width / 2, 0.0), self.width() - width)
        return QRectF(left, 4, width, 18)

    def _repaint(self) -> None:
        self.update()
