"""A line over the tiles: a sentence about the sheet, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import IconButton, named


class SheetLine(QFrame):
    """Says a sentence, with a button; without a sentence it takes no room."""

    wished = Signal()

    def __init__(
        self, name: str, verb: str, *, closable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        theme.mark(self._sentence, "muted" if closable else "warning")
        self.button = QPushButton(verb, self)
        named(self.button, f"{name}-verb", verb)
        self.button.clicked.connect(self.wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._sentence, 1)
        row.addWidget(self.button)
        if closable:
            close = IconButton("close", f"{name}-close", self.tr("Do not offer this"), self)
            close.clicked.connect(self.hide)
            row.addWidget(close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._sentence.text()

    def say(self, sentence: str) -> None:
        """Say a sentence, or nothing."""
        self._sentence.setText(sentence)
        self.setVisible(bool(sentence))
