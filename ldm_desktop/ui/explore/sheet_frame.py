"""What the dialogs about contact sheets have in common: a title on top, buttons at the foot."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ldm_desktop.ui import theme
from ldm_desktop.ui.model_parts import SIDE, title_of
from ldm_desktop.ui.widgets import rule, stacked


class Frame(QDialog):
    """A dialog with a column for what it is about; `gone` once it is closed."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.gone = False
        self._inner = QWidget(self)
        self.column: QVBoxLayout = stacked(self._inner, theme.GRID + 4)
        self.column.setContentsMargins(SIDE, SIDE - 4, SIDE, SIDE - 4)
        label = title_of(f"{name}-title", self)
        label.setText(title)
        self.column.addWidget(label)

    def finish(self, left: tuple[QPushButton, ...], right: tuple[QPushButton, ...]) -> None:
        """Put buttons at the foot, the last of them the one that matters."""
        whole = stacked(self, 0)
        whole.addWidget(self._inner, 1)
        whole.addWidget(rule(self))
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, theme.GRID + 4, SIDE, theme.GRID + 4)
        foot.setSpacing(theme.GRID)
        for button in left:
            foot.addWidget(button)
        foot.addStretch(1)
        for button in right:
            foot.addWidget(button)
        for button in (*left, *right[:-1]):
            theme.mark(button, "tall")
        theme.mark(right[-1], "primary")
        whole.addLayout(foot)

    def done(self, result: int) -> None:
        """Close; what was asked for and comes later is nobody's any more."""
        self.gone = True
        super().done(result)
