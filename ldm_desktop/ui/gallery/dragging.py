"""Dragging pictures from the grid: to albums by their numbers, to other programs as files."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QFontMetricsF, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ldm_desktop.ui import painting, theme

SIDE = 96
BADGE = 22


def start(source: QWidget, data: QMimeData, image: QImage, count: int) -> None:
    """Drag pictures, `image` under the pointer with how many they are."""
    drag = QDrag(source)
    drag.setMimeData(data)
    if not image.isNull():
        drag.setPixmap(under_pointer(image, count, source.devicePixelRatioF()))
        drag.setHotSpot(QPoint(SIDE // 2, SIDE // 2))
    drag.exec(Qt.DropAction.CopyAction)


def under_pointer(image: QImage, count: int, scale: float) -> QPixmap:
    """Give what goes with the pointer: the picture, and the count of several."""
    side = round(SIDE * scale)
    size = image.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    pixmap = QPixmap.fromImage(painting.scale(image, size.expandedTo(QSize(1, 1))))
    pixmap.setDevicePixelRatio(scale)
    if count > 1:
        _paint_badge(pixmap, str(count))
    return pixmap


def _paint_badge(pixmap: QPixmap, text: str) -> None:
    colours = theme.current()
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(painting.text_font(painter.font(), strong=True))
    width = max(QFontMetricsF(painter.font()).horizontalAdvance(text) + 14, BADGE)
    badge = QRectF(4, 4, width, BADGE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    painter.drawRoundedRect(badge, BADGE / 2, BADGE / 2)
    painter.setPen(QColor(colours.accent_text))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
