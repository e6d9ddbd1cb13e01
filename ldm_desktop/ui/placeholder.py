"""What the canvas shows where there is no picture: before the first, before a preview, instead."""

from __future__ import annotations

import math
import random

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from ldm_desktop.session.shown import Shown
from ldm_desktop.ui import painting, theme

translate = QCoreApplication.translate
DOTS = 9
TILE = 108.0
TEXT = 15
KEY = 26.0
KEY_TEXT = 13


def paint_empty(painter: QPainter, room: QRectF, keys: str) -> None:
    """Invite to the first picture, naming the keys that make it."""
    middle = room.center()
    tile = QRectF(0, 0, TILE, TILE)
    tile.moveCenter(middle - QPointF(0, 44))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_seed(painter, tile)
    line = QRectF(room.left(), tile.bottom() + 30, room.width(), KEY)
    # The keys stand where a translation puts them.
    text = translate("Canvas", "Press {keys} to make a picture")
    before, _, after = text.partition("{keys}")
    _paint_keys(painter, line, before.strip(), keys, after.strip())
    painter.setFont(painting.text_font(painter.font()))
    painter.setPen(QColor(theme.current().muted))
    painter.drawText(
        line.translated(0, KEY + 8),
        Qt.AlignmentFlag.AlignCenter,
        translate("Canvas", "or drop a picture here to use its settings"),
    )


def paint_forming(painter: QPainter, target: QRectF) -> None:
    """Keep the place of a picture that has no preview yet."""
    colours = theme.current()
    sheen = QLinearGradient(target.topLeft(), target.bottomRight())
    sheen.setColorAt(0, painting.mixed(colours.canvas, colours.raised, 0.55))
    sheen.setColorAt(1, painting.mixed(colours.canvas, colours.raised, 0.2))
    painter.fillRect(target, sheen)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tile = QRectF(0, 0, TILE, TILE)
    tile.moveCenter(target.center())
    painter.setOpacity(0.6)
    if target.contains(tile):
        _paint_seed(painter, tile)
    painter.restore()


def paint_failed(painter: QPainter, room: QRectF, shown: Shown) -> None:
    """Say over whatever there is of a picture why it is not finished."""
    colours = theme.current()
    width = min(room.width() - 32, 440.0)
    title_font = painting.text_font(painter.font(), TEXT, strong=True)
    body_font = painting.text_font(painter.font(), 13)
    wrap = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value
    inner = QRectF(0, 0, width - 40, 10_000)
    body = QFontMetricsF(body_font).boundingRect(inner, wrap, shown.sentence)
    card = QRectF(0, 0, width, min(body.height() + 68, room.height() - 16))
    card.moveCenter(room.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(card, theme.RADIUS + 2, theme.RADIUS + 2)
    text = card.adjusted(20, 18, -20, -18)
    painter.setFont(title_font)
    painter.setPen(QColor(colours.danger))
    title = translate("Canvas", "Seed {seed} could not be finished").format(seed=shown.seed)
    painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
    painter.setFont(body_font)
    painter.setPen(QColor(colours.text))
    painter.drawText(text.adjusted(0, 28, 0, 0), wrap, shown.sentence)
    painter.restore()


def paint_hint(painter: QPainter, room: QRectF, text: str) -> None:
    """Say quietly in the middle what is missing."""
    painter.setFont(painting.text_font(painter.font(), TEXT))
    painter.setPen(QColor(theme.current().muted))
    flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignCenter.value
    painter.drawText(room.adjusted(32, 32, -32, -32), flags, text)


def _paint_seed(painter: QPainter, tile: QRectF) -> None:
    """Paint noise that gathers to the middle: what every picture here begins as."""
    colours = theme.current()
    draw = random.Random(3)  # noqa: S311
    pitch = tile.width() / DOTS
    painter.setPen(Qt.PenStyle.NoPen)
    for row in range(DOTS):
        for column in range(DOTS):
            x, y = column - (DOTS - 1) / 2, row - (DOTS - 1) / 2
            near = math.exp(-(x * x + y * y) / 11)
            share = min(1.0, 0.12 + 0.75 * near * draw.uniform(0.55, 1.0) + draw.uniform(0, 0.1))
            painter.setBrush(painting.mixed(colours.canvas, colours.accent, share))
            radius = pitch * (0.14 + 0.22 * near)
            spot = QPointF((column + 0.5) * pitch, (row + 0.5) * pitch)
            painter.drawEllipse(tile.topLeft() + spot, radius, radius)


def _paint_keys(painter: QPainter, line: QRectF, before: str, keys: str, after: str) -> None:
    """Paint words around keys that look like keys, centred on a line."""
    colours = theme.current()
    font = painting.text_font(painter.font(), TEXT)
    key_font = painting.text_font(painter.font(), KEY_TEXT)
    metrics, key_metrics = QFontMetricsF(font), QFontMetricsF(key_font)
    caps = [key for key in keys.split("+") if key]
    widths = [max(key_metrics.horizontalAdvance(key) + 16, KEY) for key in caps]
    gap = 6.0
    words = [metrics.horizontalAdvance(text) for text in (before, after)]
    total = sum(words) + sum(widths) + gap * (len(caps) - 1) + 2 * 10
    left = line.center().x() - total / 2
    centre = Qt.AlignmentFlag.AlignCenter
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(QRectF(left, line.top(), words[0] + 1, KEY), centre, before)
    left += words[0] + 10
    for key, width in zip(caps, widths, strict=True):
        cap = QRectF(left, line.top(), width, KEY).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(cap, 5, 5)
        painter.setFont(key_font)
        painter.setPen(QColor(colours.text))
        painter.drawText(cap, centre, key)
        left += width + gap
    left += 10 - gap
    painter.setFont(font)
    painter.drawText(QRectF(left, line.top(), words[1] + 1, KEY), centre, after)
