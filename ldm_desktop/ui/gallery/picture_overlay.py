"""What stands on a large picture: its verdict, shown shortly, and what is the matter with it."""

from __future__ import annotations

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ldm_desktop.gallery.records import MOST_STARS, Entry, Flag, Label
from ldm_desktop.ui import icons, painting, theme
from ldm_desktop.ui.colours import DARK
from ldm_desktop.ui.gallery.star_field import paint_dot

LASTS = 1500
"""Milliseconds that a verdict stays on the picture after it was given."""
HEIGHT = 36.0
STAR = 18
GAP = 3
INSET = 12
TITLE = 15
BODY = 13
CARD = 460.0
DOT = 14

translate = QCoreApplication.translate


class Shortly(QObject):
    """Is on for a moment after `show`; `changed` tells when it goes on and off."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LASTS)
        self._timer.timeout.connect(self.changed)

    @property
    def on(self) -> bool:
        """Whether the moment lasts."""
        return self._timer.isActive()

    def show(self) -> None:
        """Begin a moment, or begin it again."""
        self._timer.start()
        self.changed.emit()

    def hide(self) -> None:
        """End it at once."""
        self._timer.stop()
        self.changed.emit()


def judged(one: Entry | None, other: Entry | None) -> bool:
    """Say whether two readings of one picture differ in what a person says of it."""
    if one is None or other is None or one.id != other.id:
        return False
    return (one.rating, one.flag, one.label) != (other.rating, other.flag, other.label)


def has_verdict(entry: Entry) -> bool:
    """Say whether anything has been said of a picture."""
    return bool(entry.rating or entry.flag or entry.label)


def paint_verdict(painter: QPainter, entry: Entry, room: QRectF) -> None:
    """Paint stars, flag and label on a scrim at the lower edge of a picture."""
    signs = 1 if entry.flag is not Flag.NONE else 0
    dots = 1 if entry.label is not Label.NONE else 0
    width = MOST_STARS * (STAR + GAP) + (signs + dots) * (STAR + 2 * GAP + 4) + 24
    pill = QRectF(0, 0, width, HEIGHT)
    pill.moveCenter(room.center())
    pill.moveBottom(room.bottom() - INSET)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().scrim))
    painter.drawRoundedRect(pill, HEIGHT / 2, HEIGHT / 2)
    _paint_signs(painter, entry, QPoint(round(pill.left()) + 12, round(pill.center().y())))
    painter.restore()


def _paint_signs(painter: QPainter, entry: Entry, start: QPoint) -> None:
    colours = theme.current()
    corner = start - QPoint(0, STAR // 2)
    for number in range(1, MOST_STARS + 1):
        lit = number <= entry.rating
        # On the scrim, which is dark in every theme.
        colour = colours.scrim_text if lit else DARK.disabled
        icons.draw(painter, "star-filled" if lit else "star", colour, corner, STAR)
        corner += QPoint(STAR + GAP, 0)
    corner += QPoint(GAP + 4, 0)
    if entry.flag is not Flag.NONE:
        picked = entry.flag is Flag.PICKED
        colour = DARK.accent if picked else DARK.danger
        icons.draw(painter, "flag-pick" if picked else "flag-reject", colour, corner, STAR)
        corner += QPoint(STAR + 2 * GAP + 4, 0)
    if entry.label is not Label.NONE:
        inset = (STAR - DOT) // 2
        place = QRect(corner + QPoint(inset, inset), QSize(DOT, DOT))
        paint_dot(painter, entry.label, place)


def paint_trouble(painter: QPainter, room: QRectF, title: str, sentence: str) -> None:
    """Say on a card why there is no picture to see."""
    colours = theme.current()
    width = min(room.width() - 24, CARD)
    if width < 40:
        return
    wrap = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value
    title_font = painting.text_font(painter.font(), TITLE, strong=True)
    body_font = painting.text_font(painter.font(), BODY)
    inner = QRectF(0, 0, width - 40, 10_000)
    above = QFontMetricsF(title_font).boundingRect(inner, wrap, title).height()
    below = QFontMetricsF(body_font).boundingRect(inner, wrap, sentence).height()
    card = QRectF(0, 0, width, min(above + below + 44, room.height() - 16))
    card.moveCenter(room.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(card, theme.RADIUS + 2, theme.RADIUS + 2)
    text = card.adjusted(20, 18, -20, -12)
    painter.setClipRect(card)
    painter.setFont(title_font)
    painter.setPen(QColor(colours.text))
    painter.drawText(text, wrap, title)
    painter.setFont(body_font)
    painter.setPen(QColor(colours.muted))
    painter.drawText(text.adjusted(0, above + 8, 0, 0), wrap, sentence)
    painter.restore()
