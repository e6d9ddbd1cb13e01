"""A slider and a spin box that hold one number together."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDoubleSpinBox,
    QHBoxLayout,
    QSlider,
    QSpinBox,
    QWidget,
)

from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import WheelGuard, named

POSITIONS = 100_000
"""So many that neighbours near 1000 are apart on a logarithmic slider."""
PAGE = 10
SPIN_WIDTH = 68
MOVE = QAbstractSlider.SliderAction
MOVES = {
    MOVE.SliderSingleStepAdd: 1,
    MOVE.SliderSingleStepSub: -1,
    MOVE.SliderPageStepAdd: PAGE,
    MOVE.SliderPageStepSub: -PAGE,
}


class SlidingSpin(QWidget):
    """A number by slider (to feel) and by spin box (to say); `changed` only when a person did."""

    changed = Signal(object)

    def __init__(
        self,
        spin: QSpinBox | QDoubleSpinBox,
        *,
        curved: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.spin = spin
        self._curved = curved
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, POSITIONS)
        # For the wheel; keys go by whole steps, see below.
        self.slider.setSingleStep(POSITIONS // 100)
        self.slider.setPageStep(POSITIONS // 20)
        named(self.slider, f"{spin.objectName()}-slider", spin.accessibleName())
        for each in (self.slider, spin):
            WheelGuard(each)
        spin.setFixedWidth(SPIN_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.slider, 1)
        row.addWidget(spin)
        self.slider.valueChanged.connect(self._slid)
        self.slider.actionTriggered.connect(self._stepped)
        spin.valueChanged.connect(self._spun)

    def show_value(self, value: float, least: float, most: float) -> None:
        """Show a number and its limits, without telling anybody."""
        blocked = QSignalBlocker(self.spin)
        if (self.spin.minimum(), self.spin.maximum()) != (least, most):
            self.spin.setRange(least, most)  # type: ignore[arg-type]  # ints for a QSpinBox
        if self.spin.value() != value:
            self.spin.setValue(value)  # type: ignore[arg-type]  # an int for a QSpinBox
        blocked.unblock()
        self._follow()

    def _slid(self, position: int) -> None:
        self.spin.setValue(self._value(position))  # type: ignore[arg-type]  # an int for a QSpinBox

    def _spun(self, value: float) -> None:
        self._follow()
        self.changed.emit(value)

    def _stepped(self, action: int) -> None:
        # Arrow keys and clicks beside the handle go by the numbers, whatever the curve.
        moves = MOVES.get(MOVE(action))
        if moves is not None:
            value = self.spin.value() + moves * self.spin.singleStep()
            within = max(self.spin.minimum(), min(value, self.spin.maximum()))
            self.slider.setSliderPosition(self._position(within))

    def _follow(self) -> None:
        if self._value(self.slider.value()) != self.spin.value():
            blocked = QSignalBlocker(self.slider)
            self.slider.setValue(self._position(self.spin.value()))
            blocked.unblock()
        self.slider.setAccessibleDescription(self.spin.text())

    def _value(self, position: int) -> float:
        least, most = self.spin.minimum(), self.spin.maximum()
        share = position / POSITIONS
        value = least * (most / least) ** share if self._curved else least + share * (most - least)
        return round(value) if isinstance(self.spin, QSpinBox) else round(value, 2)

    def _position(self, value: float) -> int:
        least, most = self.spin.minimum(), self.spin.maximum()
        if most <= least:
            return 0
        if self._curved:
            return round(POSITIONS * math.log(value / least) / math.log(most / least))
        return round(POSITIONS * (value - least) / (most - least))
