"""What stands where the contact sheet would while none is open: what it is for, how to begin."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.model_parts import button_of, title_of, words_of
from ldm_desktop.ui.widgets import beside, chip, stacked

WIDTH = 560
DRAWING = 44


class SheetEmpty(QWidget):
    """Two ways to a new sheet, and one to those of before."""

    def __init__(self, new: QAction, earlier: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet-empty")
        theme.mark(self, "canvas")
        self.from_here = button_of("sheet-from-here", "", self)
        theme.mark(self.from_here, "primary")
        self.settings = words_of("sheet-empty-settings", self)
        self.settings.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._new, self._earlier = self._button(new), self._button(earlier)
        self.setFocusProxy(self.from_here)
        self._lay_out()

    def offer(self, text: str, settings: str, *, possible: bool) -> None:
        """Offer seeds from one on; say by which settings, or why it cannot be done."""
        self.from_here.setText(text)
        self.from_here.setAccessibleName(text)
        self.from_here.setAccessibleDescription(settings)
        self.from_here.setEnabled(possible)
        self.settings.say(settings)
        self.setFocusProxy(self.from_here if possible else self._new)

    def _button(self, action: QAction) -> QPushButton:
        button = chip(action, self)
        button.setObjectName(f"{action.objectName()}-empty")
        theme.mark(button, "chip", False)
        theme.mark(button, "tall")
        return button

    def _lay_out(self) -> None:
        box = QWidget(self)
        box.setFixedWidth(WIDTH)
        drawing = QLabel(box)
        drawing.setPixmap(icons.icon("sheet", "muted").pixmap(QSize(DRAWING, DRAWING)))
        title = title_of("sheet-empty-title", box)
        title.setText(self.tr("See a thousand seeds begin"))
        words = words_of("sheet-empty-words", box)
        words.say(
            self.tr(
                "All tiles of a contact sheet form together, those on screen first, and stop "
                "early. Keep what you like with P, cull the rest with X: survivors go on from "
                "where they stopped, and what is culled costs nothing more."
            )
        )
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = beside(self.from_here, self._new, self._earlier)
        buttons.setSpacing(theme.GRID)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = stacked(box, theme.GRID + 4)
        column.addWidget(drawing, 0, middle)
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(theme.GRID)
        column.addLayout(buttons)
        column.addWidget(self.settings)
        whole = stacked(self)
        whole.addStretch(2)
        # Not aligned: words that wrap are to know the width they have.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(box)
        row.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(3)
