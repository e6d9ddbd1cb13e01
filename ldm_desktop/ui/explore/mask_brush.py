"""Painting a mask: soft strokes on a small grey image, and what it looks like over a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QRadialGradient

from ldm_desktop.core.noise import Mask

SMALLEST, LARGEST = 0.02, 0.4
USUAL = 0.1
STEP = 1.25
"""How much a key makes a brush larger."""
HARD, SOFT = 0.8, 0.2
"""Share of its radius up to which a brush covers all."""
TINT = 130
STRIPE = 150
"""Opacities, 0 … 255, of what lies over a painted place."""


@dataclass(frozen=True)
class Brush:
    """A round brush; its radius is a share, 0.02 … 0.4, of the picture's longer side."""

    radius: float = USUAL
    soft: bool = True
    erases: bool = False

    def resized(self, factor: float) -> Brush:
        """Give one that is larger or smaller."""
        radius = min(max(self.radius * factor, SMALLEST), LARGEST)
        return Brush(radius, self.soft, self.erases)


def blank(width: int, height: int) -> QImage:
    """Give an image on which nothing is painted."""
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    return image


def image_of(mask: Mask, width: int, height: int) -> QImage:
    """Give a mask as an image of a size."""
    image = QImage(
        mask.values(), mask.width, mask.height, mask.width, QImage.Format.Format_Grayscale8
    ).copy()
    if image.size() == QSize(width, height):
        return image
    scaled = image.scaled(
        width,
        height,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return scaled.convertToFormat(QImage.Format.Format_Grayscale8)


def mask_of(image: QImage) -> Mask:
    """Give an image as a mask."""
    wide, high, line = image.width(), image.height(), image.bytesPerLine()
    # Lines of an image are padded to four bytes.
    grey = bytes(image.constBits())
    rows = (grey[row * line : row * line + wide] for row in range(high))
    return Mask.of(wide, high, b"".join(rows))


def stroke(image: QImage, brush: Brush, start: QPointF, end: QPointF) -> None:
    """Paint from one point to another; points are shares, 0 … 1, of width and height."""
    longest = max(image.width(), image.height())
    radius = max(brush.radius * longest, 0.75)
    first, last = _inside(image, start), _inside(image, end)
    way = last - first
    steps = max(1, math.ceil(math.hypot(way.x(), way.y()) / (radius / 4)))
    painter = QPainter(image)
    # Strokes that cross do not harden each other's soft edges.
    mode = QPainter.CompositionMode
    painter.setCompositionMode(
        mode.CompositionMode_Darken if brush.erases else mode.CompositionMode_Lighten
    )
    for number in range(steps + 1):
        _dab(painter, first + way * (number / steps), radius, brush)
    painter.end()


def stays(image: QImage, *, inverted: bool) -> QImage:
    """Give what stays as it is: the paint, or all but it; where there is no paint, nothing."""
    if not inverted or not any(mask_of(image).values()):
        return image
    rest = image.copy()
    rest.invertPixels()
    return rest


def overlay(image: QImage, colour: QColor, size: QSize) -> QImage:
    """Give what lies over a picture of `size` pixels: a tint with stripes that no picture hides."""
    large = image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    large = large.convertToFormat(QImage.Format.Format_Grayscale8)
    # Read as alpha, the same bytes say how much is seen.
    large.reinterpretAsFormat(QImage.Format.Format_Alpha8)
    result = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    tint = QColor(colour)
    tint.setAlpha(TINT)
    result.fill(tint)
    painter = QPainter(result)
    stripe = QColor(colour.darker(250))
    stripe.setAlpha(STRIPE)
    painter.fillRect(result.rect(), QBrush(stripe, Qt.BrushStyle.BDiagPattern))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, large)
    painter.end()
    return result


def _inside(image: QImage, point: QPointF) -> QPointF:
    return QPointF(point.x() * image.width(), point.y() * image.height())


def _dab(painter: QPainter, middle: QPointF, radius: float, brush: Brush) -> None:
    ink, ground = (0, 255) if brush.erases else (255, 0)
    gradient = QRadialGradient(middle, radius)
    core = SOFT if brush.soft else HARD
    gradient.setColorAt(0, QColor(ink, ink, ink))
    gradient.setColorAt(core, QColor(ink, ink, ink))
    gradient.setColorAt(1, QColor(ground, ground, ground))
    around = QRectF(middle - QPointF(radius, radius), middle + QPointF(radius, radius))
    # The ground beyond the radius neither lightens nor darkens anything.
    painter.fillRect(around.toAlignedRect(), gradient)
