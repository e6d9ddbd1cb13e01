"""How far the neighbours are: an angle by slider, by marks that can be clicked, and in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QWidget

from ldm_desktop.session.explore import ring
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.explore import variation_words as words
from ldm_desktop.ui.sliding_spin import SlidingSpin
from ldm_desktop.ui.widgets import HEIGHT, beside, named, stacked

MARKS = (1.0, 2.0, 5.0, 10.0, 20.0, 45.0, 90.0, 180.0)
HANDLE = 16
"""Logical pixels: the handle of the style sheet with its border."""
TEXT = 11
SCALE = 18
LABEL = 32
WORDS = 130


class DistanceField(QWidget):
    """The angle between the centre and its neighbours, 0.5° … 180°, on a logarithmic scale."""

    changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spin = QDoubleSpinBox(self)
        named(
            spin,
            "variations-distance",
            self.tr("Distance of the neighbours in degrees"),
            self.tr(
                "The angle by which the noise is turned: its cosine is how much of it stays. "
                "Two seeds are about 90° apart."
            ),
        )
        spin.setDecimals(1)
        spin.setSuffix("°")
        spin.setKeyboardTracking(False)
        self.field = SlidingSpin(spin, curved=True, parent=self)
        self.field.changed.connect(self._change)
        self.field.slider.setToolTip(spin.toolTip())
        self.scale = AngleScale(self)
        self.scale.picked.connect(self._change)
        self.words = QLabel(self)
        self.words.setObjectName("variations-nearness")
        self.words.setFixedWidth(WORDS)
        self.words.setWordWrap(True)
        self.words.setMinimumHeight(HEIGHT)
        theme.mark(self.words, "muted")
        left = QWidget(self)
        column = stacked(left, 0)
        column.addWidget(self.field)
        column.addWidget(self.scale)
        row = beside(left, stretch=(1,))
        row.addSpacing(theme.GRID // 2)
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)

    def show_degrees(self, degrees: float) -> None:
        """Show an angle, without telling anybody."""
        self.field.show_value(round(degrees, 2), ring.LEAST, ring.MOST)
        self.words.setText(words.nearness(degrees))

    def _change(self, degrees: float) -> None:
        self.changed.emit(float(degrees))


class AngleScale(QWidget):
    """Marks below a logarithmic slider; a click on one takes it."""

    picked = Signal(float)

    def __init__(self, field: DistanceField) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("variations-scale")
        self.setFixedHeight(SCALE)
        theme.LOOK.changed.connect(self._refresh)

    def sizeHint(self) -> QSize:
        """Be as wide as the slider."""
        return QSize(120, SCALE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearest mark."""
        if self.isEnabled():
            at = event.position().x()
            self.picked.emit(min(MARKS, key=lambda mark: abs(self._place(mark) - at)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the marks and their angles."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setFont(painting.text_font(self.font(), TEXT))
        painter.setPen(QColor(colours.muted if self.isEnabled() else colours.disabled))
        free = 0
        for mark in MARKS:
            at = self._place(mark)
            painter.drawLine(QPoint(at, 0), QPoint(at, 3))
            # Where it is narrow, some marks go without their angle.
            if at - LABEL // 2 >= free:
                room = QRect(at - LABEL // 2, 4, LABEL, SCALE - 4)
                painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, words.degrees(mark))
                free = at + LABEL // 2
        painter.end()

    def _refresh(self) -> None:
        self.update()

    def _place(self, mark: float) -> int:
        slider = self._field.field.slider
        share = math.log(mark / ring.LEAST) / math.log(ring.MOST / ring.LEAST)
        return slider.x() + HANDLE // 2 + round(share * (slider.width() - HANDLE))
