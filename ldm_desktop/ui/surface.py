"""A view that pictures are moved and scaled in: wheel, dragging, keys; what it shows is others'."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.viewport import Viewport

MARGIN = 16
NUDGE = 64
"""Logical pixels that an arrow key moves a picture."""
BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
KEYPAD = Qt.KeyboardModifier.KeypadModifier
ARROWS = {
    Qt.Key.Key_Left: QPointF(NUDGE, 0),
    Qt.Key.Key_Right: QPointF(-NUDGE, 0),
    Qt.Key.Key_Up: QPointF(0, NUDGE),
    Qt.Key.Key_Down: QPointF(0, -NUDGE),
}


class Surface(QWidget):
    """Shows a picture through a viewport, which several surfaces may share."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = viewport
        self._scaled = painting.Scaled()
        self._grip: QPoint | None = None
        self._pressed: QPoint | None = None
        self._space = False
        self._by_keyboard = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 120)
        viewport.changed.connect(self._moved)
        theme.LOOK.changed.connect(self._moved)

    # For whoever shows something.

    def place(self, picture: tuple[int, int]) -> None:
        """Say how large the picture is, in its own pixels."""
        dpr = self.devicePixelRatioF()
        view = QSize(round(self.width() * dpr), round(self.height() * dpr))
        self.viewport.place(view, round(MARGIN * dpr), QSize(*picture))

    def paint_image(self, painter: QPainter, target: QRect, image: QImage) -> None:
        """Paint an image onto a rectangle of device pixels, as sharp as the viewport wants."""
        preview = image.size() != self.viewport.picture
        sharp = self.viewport.sharp and not preview
        painter.save()
        painter.scale(1 / self.devicePixelRatioF(), 1 / self.devicePixelRatioF())
        seen, whole = target.intersected(self.viewport.view).size(), target.size()
        if whole.width() * whole.height() <= 2 * seen.width() * seen.height():
            painter.drawPixmap(target.topLeft(), self._scaled.pixmap(image, whole, sharp=sharp))
        else:
            # Far in, scaling all of it would cost more than is seen of it.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
            painter.drawPixmap(target, self._scaled.pixmap(image, image.size()))
        painter.restore()

    def on_screen(self) -> QRectF:
        """Where the picture is seen, in logical pixels."""
        dpr = self.devicePixelRatioF()
        seen = self.viewport.target.intersected(self.viewport.view)
        return QRectF(seen.x() / dpr, seen.y() / dpr, seen.width() / dpr, seen.height() / dpr)

    def paint_focus(self, painter: QPainter) -> None:
        """Paint the frame of focus, if the keyboard brought it here."""
        if self.hasFocus() and self._by_keyboard:
            painting.paint_focus(painter, QRectF(self.rect()))

    def drag_out(self) -> bool:
        """Drag what is shown to other applications, if it can be; say whether it was."""
        return False

    # What Qt tells.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted."""
        super().resizeEvent(event)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        turns = (event.angleDelta().y() or event.angleDelta().x()) / 120
        if turns:
            self.viewport.zoom_by(1.2**turns, self._device(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the picture, or to drag it out."""
        middle = event.button() is Qt.MouseButton.MiddleButton
        if event.button() is Qt.MouseButton.LeftButton and not self._space:
            self._pressed = event.position().toPoint()
        if middle or self._space or (self._pressed and self.viewport.movable):
            self._grip = event.position().toPoint()
            self._pressed = None
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture, or drag it out."""
        here = event.position().toPoint()
        if self._grip is not None:
            self.viewport.pan(QPointF(here - self._grip) * self.devicePixelRatioF())
            self._grip = here
        elif self._pressed is not None:
            way = (here - self._pressed).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._pressed = None
                self.drag_out()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the picture."""
        self._grip = self._pressed = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go between the whole picture and its pixels at the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            if self.viewport.fits:
                self.viewport.actual(self._device(event.position()))
            else:
                self.viewport.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the picture by arrows; space makes a hand of the pointer."""
        key = Qt.Key(event.key())
        if key in ARROWS and self.viewport.movable and not event.modifiers() & ~KEYPAD:
            self.viewport.pan(ARROWS[key] * self.devicePixelRatioF())
        elif key is Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Give the pointer back."""
        if Qt.Key(event.key()) is Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Zoom by two fingers, where the system tells of them."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.viewport.zoom_by(1 + event.value(), self._device(event.position()))
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of focus to whoever came by keyboard."""
        self._by_keyboard = event.reason() in BY_KEYBOARD
        self.update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Hide the frame of focus, and let go of the hand."""
        self._space = False
        self._show_cursor()
        self.update()

    def _moved(self) -> None:
        self._show_cursor()
        self.update()

    def _device(self, point: QPointF) -> QPointF:
        return point * self.devicePixelRatioF()

    def _show_cursor(self) -> None:
        if self._grip is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space or self.viewport.movable:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
