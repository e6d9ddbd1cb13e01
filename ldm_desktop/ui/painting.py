"""Painting that views share: scaled pictures that are kept, pills of text, progress, focus."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPixmap

from ldm_desktop.ui import theme
from ldm_desktop.ui.colours import DARK

SMALL = 12
"""Pixels of text on pictures and under them."""
KEPT = 96 << 20
"""Bytes of scaled pictures that are kept for repainting."""


class Scaled:
    """Pictures scaled to device pixels, the ones used last, so that repainting only copies."""

    def __init__(self, most_bytes: int = KEPT) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[int, int, int, bool], QPixmap] = OrderedDict()

    def pixmap(self, image: QImage, size: QSize, *, sharp: bool = False) -> QPixmap:
        """Give an image at a size in device pixels; `sharp` keeps pixels as squares."""
        key = image.cacheKey(), size.width(), size.height(), sharp
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        result = self._kept[key] = QPixmap.fromImage(scale(image, size, sharp=sharp))
        self._bytes += _bytes(result)
        while self._bytes > self._most and len(self._kept) > 1:
            self._bytes -= _bytes(self._kept.popitem(last=False)[1])
        return result


def scale(image: QImage, size: QSize, *, sharp: bool = False) -> QImage:
    """Scale an image; what becomes many times larger goes there by doubling.

    Each doubling interpolates linearly, and several of them come near to a smooth B-spline,
    where one large step would show the diamonds between the points of a small preview.
    """
    if image.size() == size:
        return image
    if sharp:
        return image.scaled(size)
    while image.width() * 2 <= size.width() and image.height() * 2 <= size.height():
        image = _smooth(image, image.size() * 2)
    return _smooth(image, size)


def _smooth(image: QImage, size: QSize) -> QImage:
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def fitted(size: QSize, room: QRect) -> QRect:
    """Give the middle part of `room` that has the proportions of `size`."""
    inside = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    result = QRect(room.topLeft(), inside.expandedTo(QSize(1, 1)))
    result.moveCenter(room.center())
    return result


def on_device(rect: QRect | QRectF, dpr: float) -> QRect:
    """Give a rectangle in device pixels."""
    left, top = round(rect.x() * dpr), round(rect.y() * dpr)
    return QRect(left, top, round(rect.width() * dpr), round(rect.height() * dpr))


def text_font(base: QFont, pixels: int = SMALL, *, strong: bool = False) -> QFont:
    """Give the font of a widget at a size, with figures of one width."""
    font = QFont(base)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    if QFont.Tag.fromString("tnum"):
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def paint_pill(painter: QPainter, parts: Sequence[str], room: QRectF, corner: Qt.Corner) -> QRectF:
    """Paint words on a scrim in a corner; if room is scarce, the third of four goes first."""
    colours = theme.current()
    font = text_font(painter.font())
    metrics = QFontMetricsF(font)
    kept = list(parts)
    while len(kept) > 1 and metrics.horizontalAdvance(" · ".join(kept)) + 20 > room.width():
        kept.pop(2 if len(kept) > 3 else -1)
    text = metrics.elidedText(
        " · ".join(kept), Qt.TextElideMode.ElideRight, max(room.width() - 20, 0)
    )
    pill = QRectF(0, 0, metrics.horizontalAdvance(text) + 20, 24)
    pill.moveTopLeft(room.topLeft())
    if corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
        pill.moveBottom(room.bottom())
    if corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
        pill.moveRight(room.right())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.scrim))
    painter.drawRoundedRect(pill, 12, 12)
    painter.setPen(QColor(colours.scrim_text))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return pill


def paint_progress(painter: QPainter, room: QRectF, share: float, height: float = 3) -> None:
    """Paint how much is done along the lower edge of a picture."""
    colours = theme.current()
    line = QRectF(room.left(), room.bottom() - height, room.width(), height)
    painter.fillRect(line, QColor(colours.scrim))
    line.setWidth(room.width() * min(max(share, 0.0), 1.0))
    # The dark theme's accent is light enough to stand on the scrim in every theme.
    painter.fillRect(line, QColor(DARK.accent))


def paint_focus(painter: QPainter, rect: QRectF, radius: float = 0) -> None:
    """Paint a frame that says where the keyboard is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.current().focus), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def mixed(one: str, other: str, share: float) -> QColor:
    """Give the colour that lies between two."""
    a, b = QColor(one), QColor(other)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )
