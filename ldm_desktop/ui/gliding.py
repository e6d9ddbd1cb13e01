"""Scrolling that glides to where a wheel's turn leads instead of jumping there."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation
from PySide6.QtWidgets import QScrollBar, QStyle

MILLISECONDS = 130


class Gliding(QPropertyAnimation):
    """Moves a scroll bar; turns that come while it moves lead further."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar, b"value", bar)
        self._bar = bar
        self.setDuration(MILLISECONDS)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        # Whoever takes the bar in hand has it.
        bar.sliderPressed.connect(self.stop)

    def by(self, pixels: int) -> None:
        """Scroll on; at once where the person wants no animations."""
        moving = self.state() is QPropertyAnimation.State.Running
        start: int = self.endValue() if moving else self._bar.value()
        target = min(max(start + pixels, self._bar.minimum()), self._bar.maximum())
        self.stop()
        if self._bar.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0:
            self.setStartValue(self._bar.value())
            self.setEndValue(target)
            self.start()
        else:
            self._bar.setValue(target)
