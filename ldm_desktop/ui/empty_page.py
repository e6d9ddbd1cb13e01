"""What stands where pictures would: why there are none, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.widgets import named, stacked

DRAWING = 44
WIDTH = 400


@dataclass(frozen=True)
class Reason:
    """Why there is nothing to see; `verb` is the text of the button, if one helps."""

    drawing: str
    title: str
    sentence: str = ""
    verb: str = ""


class EmptyPage(QWidget):
    """A drawing, a few words, and a button in the middle; its parts are named after it."""

    wished = Signal()
    """The button was pressed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        theme.mark(self, "canvas")
        self._reason: Reason | None = None
        self._drawing = QLabel(self)
        self._title = self._label(f"{name}-title")
        theme.mark(self._title, "heading")
        self._sentence = self._label(f"{name}-sentence")
        theme.mark(self._sentence, "muted")
        self._button = QPushButton(self)
        self._button.clicked.connect(self.wished)
        self.setFocusProxy(self._button)
        self._lay_out()

    @property
    def reason(self) -> Reason | None:
        """What is said now."""
        return self._reason

    def say(self, reason: Reason) -> None:
        """Say why there is nothing here."""
        self._reason = reason
        pixmap = icons.icon(reason.drawing, "muted").pixmap(QSize(DRAWING, DRAWING))
        self._drawing.setPixmap(pixmap)
        self._title.setText(reason.title)
        self._sentence.setText(reason.sentence)
        self._sentence.setVisible(bool(reason.sentence))
        named(self._button, f"{self.objectName()}-verb", reason.verb)
        self._button.setText(reason.verb)
        self._button.setVisible(bool(reason.verb))
        self.setAccessibleName(reason.title)
        self.setAccessibleDescription(reason.sentence)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _lay_out(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        # A box of its own, as words that wrap need a width to know their height.
        box = QWidget(self)
        box.setFixedWidth(WIDTH)
        column = stacked(box)
        column.addWidget(self._drawing, 0, middle)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(theme.GRID // 2)
        column.addWidget(self._button, 0, middle)
        whole = stacked(self)
        whole.addStretch(2)
        whole.addWidget(box, 0, middle)
        whole.addStretch(3)
