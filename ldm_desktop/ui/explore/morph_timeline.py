"""The way as a slider: where one is, where the pictures are, and where there are drafts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.core import morph as paths
from ldm_desktop.session import wording
from ldm_desktop.session.explore.morph_drafts import waypoint_shares
from ldm_desktop.session.explore.morphs import Morphs
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.widgets import IconButton, named

PARTS = 10_000
HANDLE = 16
"""Logical pixels: the handle of the style sheet with its border."""
STRIP = 3
MARK = 3.0


class MorphTimeline(QWidget):
    """Play, the slider, and the seconds."""

    def __init__(self, morphs: Morphs, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._morphs = morphs
        self._play = IconButton.of(actions["morph-play"], self)
        self._slider = WaySlider(morphs, self)
        self._slider.valueChanged.connect(self._slid)
        self._time = QLabel(self)
        self._time.setObjectName("morph-time")
        theme.mark(self._time, "figure")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(theme.GRID)
        row.addWidget(self._play)
        row.addLayout(column, 1)
        row.addWidget(self._time)
        morphs.changed.connect(self._show)
        morphs.player.moved.connect(self._show)
        morphs.player.playing_changed.connect(self._show)
        self._show()

    def _slid(self, value: int) -> None:
        self._morphs.player.look_at(value / PARTS)

    def _show(self) -> None:
        path, player = self._morphs.path, self._morphs.player
        self.setEnabled(path is not None)
        self._slider.show_share(player.share)
        self._play.show_drawing("pause" if player.playing else "play")
        if path:
            whole = paths.duration(path)
            text = self.tr("{now} of {whole} s")
            self._time.setText(
                text.format(now=wording.number(player.seconds), whole=wording.number(whole))
            )
            widest = text.format(now=wording.number(whole), whole=wording.number(whole))
            self._time.setMinimumWidth(self._time.fontMetrics().horizontalAdvance(widest) + 2)
        else:
            self._time.clear()


class WaySlider(QSlider):
    """A slider with a mark at each picture, and below it where there are drafts."""

    def __init__(self, morphs: Morphs, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        named(self, "morph-place", self.tr("Place on the way"))
        self._morphs = morphs
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setRange(0, PARTS)
        self.setSingleStep(PARTS // 100)
        self.setPageStep(PARTS // 10)
        morphs.images_changed.connect(self._repaint)
        morphs.changed.connect(self._repaint)

    def show_share(self, share: float) -> None:
        """Show where one is, without going there by it."""
        blocked = self.blockSignals(True)
        self.setValue(round(share * PARTS))
        self.blockSignals(blocked)

    def sizeHint(self) -> QSize:
        """Give room for the marks and the strip."""
        return QSize(240, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks and the strip, and the slider over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if path := self._morphs.path:
            self._paint_strip(painter)
            painter.setBrush(QColor(theme.current().text))
            ends = (1.0,) if path.closed else ()
            for share in (*waypoint_shares(path), *ends):
                painter.drawEllipse(QPointF(self._place(share), MARK + 1), MARK, MARK)
        painter.end()
        super().paintEvent(event)

    def _paint_strip(self, painter: QPainter) -> None:
        colours = theme.current()
        top = float(self.height() - STRIP)
        line = QRectF(self._place(0), top, self._place(1) - self._place(0), STRIP)
        painter.fillRect(line, QColor(colours.line))
        total = max(1, self._morphs.drafts.total)
        width = max(2.0, line.width() / total)
        for share in self._morphs.drafts.ready:
            left = min(max(self._place(share) - width / 2, line.left()), line.right() - width)
            painter.fillRect(QRectF(left, top, width, STRIP), QColor(colours.accent))

    def _place(self, share: float) -> float:
        span = self.width() - HANDLE
        value = round(share * PARTS)
        return QStyle.sliderPositionFromValue(0, PARTS, value, span) + HANDLE / 2

    def _repaint(self) -> None:
        self.update()
