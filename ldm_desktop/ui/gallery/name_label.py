"""The title over what is known of a picture, which may be the name of a file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

TITLE = 16


class NameLabel(QLabel):
    """Breaks a name between words; a word longer than a line is shortened in its middle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWordWrap(True)
        # No word of it may widen what it stands in.
        self.setMinimumWidth(1)
        font = self.font()
        font.setPixelSize(TITLE)
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)
        self._name = ""

    def show_name(self, name: str) -> None:
        """Show a name."""
        self._name = name
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten what does not fit now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, middle = self.fontMetrics(), Qt.TextElideMode.ElideMiddle
        words = self._name.split(" ")
        shown = " ".join(metrics.elidedText(word, middle, self.width()) for word in words)
        if shown != self.text():
            self.setText(shown)
        self.setAccessibleName(self._name)
        self.setToolTip(self._name if shown != self._name else "")
