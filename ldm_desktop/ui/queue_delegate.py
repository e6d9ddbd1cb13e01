"""How a job looks in the list: its title, what it is at, and a thin line of progress."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ldm_desktop.session.queue_model import Role
from ldm_desktop.ui import icons, theme
from ldm_desktop.worker.work import JobState, JobView

Index: TypeAlias = QModelIndex | QPersistentModelIndex
HEIGHT = 54
ICONS = {
    JobState.WAITING: "history",
    JobState.RUNNING: "play",
    JobState.PAUSED: "pause",
    JobState.FINISHED: "check",
    JobState.CANCELLED: "cancel",
    JobState.FAILED: "error",
    JobState.SET_ASIDE: "warning",
}
TROUBLE = (JobState.FAILED, JobState.SET_ASIDE)


class QueueDelegate(QStyledItemDelegate):
    """Paints a job in two lines and its progress below."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give every job the same height."""
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one job."""
        view: JobView = index.data(Role.VIEW)
        rect = option.rect.adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _background(painter, option, rect)
        inner = rect.adjusted(10, 7, -10, -7)
        icons.draw(painter, ICONS[view.state], _colour(view), inner.topLeft() + QPoint(0, 1), 16)
        _first_line(painter, option, index, inner.adjusted(26, 0, 0, 0))
        _second_line(painter, option, index, inner.adjusted(26, 19, 0, 0))
        if not view.state.ended:
            _progress(painter, view, QRectF(inner.left() + 26, rect.bottom() - 7, 0, 3), inner)
        painter.restore()


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


def _first_line(painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
    """Paint the title, and at the right how long it will take."""
    view: JobView = index.data(Role.VIEW)
    small = _small(option.font)
    eta: str = index.data(Role.ETA)
    width = QFontMetrics(small).horizontalAdvance(eta)
    painter.setFont(small)
    painter.setPen(QColor(_muted(option)))
    line = QRect(rect.left(), rect.top(), rect.width(), 18)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, eta)
    colours = theme.current()
    painter.setFont(option.font)
    painter.setPen(QColor(_muted(option) if view.state.ended else colours.text))
    _elided(
        painter, option.font, line.adjusted(0, 0, -width - 10 if eta else 0, 0), index, Role.TITLE
    )


def _second_line(
    painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect
) -> None:
    """Paint what the job is at, or what went wrong with it."""
    view: JobView = index.data(Role.VIEW)
    in_trouble = view.state in TROUBLE and bool(view.sentence)
    small = _small(option.font)
    painter.setFont(small)
    painter.setPen(QColor(_colour(view) if in_trouble else _muted(option)))
    line = QRect(rect.left(), rect.top(), rect.width(), 16)
    _elided(painter, small, line, index, Role.SENTENCE if in_trouble else Role.STATE)


def _elided(painter: QPainter, font: QFont, rect: QRect, index: Index, role: Role) -> None:
    text = QFontMetrics(font).elidedText(
        index.data(role), Qt.TextElideMode.ElideRight, rect.width()
    )
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _progress(painter: QPainter, view: JobView, bar: QRectF, inner: QRect) -> None:
    colours = theme.current()
    bar.setRight(inner.right())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.line))
    painter.drawRoundedRect(bar, 1.5, 1.5)
    if view.share > 0:
        bar.setWidth(max(3.0, bar.width() * min(view.share, 1.0)))
        running = view.state is JobState.RUNNING
        painter.setBrush(QColor(colours.accent if running else colours.muted))
        painter.drawRoundedRect(bar, 1.5, 1.5)


def _small(font: QFont) -> QFont:
    result = QFont(font)
    result.setPixelSize(12)
    return result


def _muted(option: QStyleOptionViewItem) -> str:
    selected = option.state & QStyle.StateFlag.State_Selected
    return theme.current().selection_text if selected else theme.current().muted


def _colour(view: JobView) -> str:
    colours = theme.current()
    return {
        JobState.RUNNING: colours.accent,
        JobState.FINISHED: colours.success,
        JobState.FAILED: colours.danger,
        JobState.SET_ASIDE: colours.warning,
    }.get(view.state, colours.muted)
