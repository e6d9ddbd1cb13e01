"""How a model looks in the list: a sample, its name, and what goes on with it."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ldm_desktop.session.model_list import ModelRow, Role
from ldm_desktop.session.model_tasks import TaskState
from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.samples import SampleImages, paint_rounded, samples_of

Index: TypeAlias = QModelIndex | QPersistentModelIndex
HEIGHT = 60
PICTURE = 44
ICON = 16


class ModelDelegate(QStyledItemDelegate):
    """Paints a model in two lines beside a picture; the one in use has a tick."""

    def __init__(self, images: SampleImages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self.chosen = ""
        """The folder of the model in use."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give every model the same height."""
        return QSize(160, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one model."""
        row: ModelRow = index.data(Role.ROW)
        rect = option.rect.adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _background(painter, option, rect)
        inner = rect.adjusted(7, 7, -10, -7)
        self._picture(painter, row, QRectF(inner.left(), inner.top(), PICTURE, PICTURE))
        words = inner.adjusted(PICTURE + 10, 4, 0, 0)
        if row.folder and row.folder == self.chosen:
            corner = QPoint(words.right() - ICON, words.top() + 1)
            icons.draw(painter, "check", theme.current().accent, corner, ICON)
        _words(painter, option, index, words, room=row.folder == self.chosen)
        share = index.data(Role.SHARE)
        if row.busy and share is not None:
            _progress(painter, share, QRectF(words.left(), rect.bottom() - 7, words.width(), 3))
        painter.restore()

    def _picture(self, painter: QPainter, row: ModelRow, tile: QRectF) -> None:
        files = samples_of(row.facts) if row.facts else row.task.samples if row.task else ()
        image = self._images.image(files[0]) if files else QImage()
        if not image.isNull():
            paint_rounded(painter, image, tile)
            return
        colours = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(tile, theme.RADIUS, theme.RADIUS)
        drawing, colour = _drawing(row)
        corner = tile.center().toPoint() - QPoint(ICON // 2 - 1, ICON // 2 - 1)
        icons.draw(painter, drawing, colour, corner, ICON)


def _drawing(row: ModelRow) -> tuple[str, str]:
    colours = theme.current()
    if row.facts and row.facts.error:
        return "warning", colours.warning
    if row.task and row.task.state is TaskState.FAILED:
        return "error", colours.danger
    if not row.folder:
        return "down", colours.accent if row.busy else colours.muted
    return "models", colours.muted


def _background(painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
    colours = theme.current()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.selection if selected else colours.pressed))
        painter.drawRoundedRect(QRectF(rect), theme.RADIUS, theme.RADIUS)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(colours.focus))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outline = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(outline, theme.RADIUS, theme.RADIUS)


def _words(
    painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect, room: bool
) -> None:
    colours = theme.current()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    name = QRect(rect.left(), rect.top(), rect.width() - (ICON + 6 if room else 0), 18)
    painter.setPen(QColor(colours.selection_text if selected else colours.text))
    _elided(painter, option.font, name, index.data())
    small = QFont(option.font)
    small.setPixelSize(12)
    painter.setPen(QColor(colours.selection_text if selected else colours.muted))
    _elided(painter, small, name.translated(0, 19), index.data(Role.DETAIL))


def _elided(painter: QPainter, font: QFont, rect: QRect, text: str) -> None:
    painter.setFont(font)
    text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _progress(painter: QPainter, share: float, bar: QRectF) -> None:
    colours = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.border))
    painter.drawRoundedRect(bar, 1.5, 1.5)
    if share > 0:
        bar.setWidth(max(3.0, bar.width() * share))
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(bar, 1.5, 1.5)
