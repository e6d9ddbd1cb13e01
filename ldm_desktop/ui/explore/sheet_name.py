"""The name of the open contact sheet, which is changed where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ldm_desktop.session.explore.sheet import Sheet
from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import named

LEAST, MOST = 140, 320
ROOM = 24


class SheetName(QLineEdit):
    """Takes a name with Return, or when it is left; Escape leaves the one there was."""

    left = Signal()
    """The name is as it is to be, and the keyboard is free."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        named(self, "sheet-name", self.tr("Name of the sheet"), self.tr("Rename the sheet"))
        theme.mark(self, "bare")
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)
        self.setMaxLength(120)
        self.textChanged.connect(self._fit)
        self.editingFinished.connect(self._take)
        sheet.plan_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the name the sheet has."""
        name = self._sheet.plan.name if self._sheet.plan else ""
        if name != self.text():
            self.setText(name)
            self.setCursorPosition(0)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the name back at Escape, and the keyboard to the tiles at both."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape:
            self.refresh()
        super().keyPressEvent(event)
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Or the page would take it for a wish to look closely.
            event.accept()
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show its beginning."""
        super().focusOutEvent(event)
        self.setCursorPosition(0)

    def _take(self) -> None:
        name = self.text().strip()
        if name and self._sheet.plan and name != self._sheet.plan.name:
            self._sheet.rename(name)
        self.refresh()

    def _fit(self) -> None:
        wide = self.fontMetrics().horizontalAdvance(self.text()) + ROOM
        self.setFixedWidth(min(max(wide, LEAST), MOST))
