"""What tiles of every grid are painted with: their ground, their picture, the frame of focus."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap

from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.stamps import Face, Stamps

RADIUS = 6
ROUNDING = 2
"""Device pixels by which an image may miss its place."""
HOVERED = 0.35
"""How much of the colour of chosen tiles is behind one that is pointed at."""
TEXT = 11
"""Pixels of what stands below a picture."""


class TilePainter:
    """Keeps what tiles show as pixmaps; how they stand among the others is painted anew."""

    def __init__(self) -> None:
        self.font = QFont()
        self.metrics = QFontMetrics(self.font)
        self.scale = 1.0
        self._stamps = Stamps()

    def begin_frame(self, font: QFont, scale: float) -> None:
        """Make ready for one frame on a screen of a scale."""
        self.scale = scale
        self.font = painting.text_font(font, TEXT)
        self.metrics = QFontMetrics(self.font)
        self._stamps.begin_frame()

    def paint_face(
        self,
        painter: QPainter,
        tile: QRect,
        number: int,
        face: Face,
        draw: Callable[[QPainter], None],
    ) -> tuple[bool, bool]:
        """Paint what a numbered tile shows; say whether there is anything, and whether it is that.

        `face` is all that `draw` depends on.
        """
        whole = (*face, tile.width(), tile.height(), self.scale, theme.current().name)
        stamp, done = self._stamps.get(number, whole, tile.size(), self.scale, draw)
        if stamp is not None and done:
            painter.drawPixmap(tile.topLeft(), stamp)
        elif stamp is not None:
            painter.drawPixmap(tile, stamp)
        return stamp is not None, done


def paint_ground(painter: QPainter, tile: QRect, *, selected: bool, scale: float) -> None:
    """Paint what is behind a tile that is chosen, or only pointed at."""
    share = 1.0 if selected else HOVERED
    ground = _ground(tile.width(), tile.height(), share, theme.current().name, scale)
    painter.drawPixmap(tile.topLeft(), ground)


def paint_place(painter: QPainter, place: QRect) -> None:
    """Keep the place of a picture that is not there yet."""
    colours = theme.current()
    painter.fillRect(place, painting.mixed(colours.canvas, colours.raised, 0.35))


def paint_picture(painter: QPainter, place: QRect, image: QImage, scale: float) -> None:
    """Paint an image as large as its place; what is off only by rounding goes as it is."""
    size = painting.on_device(place, scale).size()
    fitting = QImage(image) if _near(size, image) else painting.scale(image, size)
    fitting.setDevicePixelRatio(scale)
    painter.drawImage(place.topLeft(), fitting)


def paint_current(painter: QPainter, place: QRect, *, focused: bool) -> None:
    """Paint a frame around the current picture, which says where the keyboard is."""
    colours = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.focus if focused else colours.border), 2))
    painter.drawRect(QRectF(place).adjusted(-2, -2, 2, 2))


def paint_scrim(painter: QPainter, place: QRectF, radius: float) -> None:
    """Paint what goes between a picture and a sign on it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().scrim))
    painter.drawRoundedRect(place, radius, radius)


def _near(size: QSize, image: QImage) -> bool:
    wide, high = size.width() - image.width(), size.height() - image.height()
    return abs(wide) <= ROUNDING and abs(high) <= ROUNDING


@lru_cache(maxsize=32)
def _ground(width: int, height: int, share: float, _theme: str, scale: float) -> QPixmap:
    colours = theme.current()
    pixmap = QPixmap(round(width * scale), round(height * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(painting.mixed(colours.canvas, colours.raised, share))
    painter.drawRoundedRect(QRectF(1, 1, width - 2, height - 2), RADIUS, RADIUS)
    painter.end()
    return pixmap
