"""How far a task of the gallery is, and a button that ends it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from ldm_desktop.session.gallery.values import Task, Work
from ldm_desktop.ui import theme
from ldm_desktop.ui.model_parts import button_of
from ldm_desktop.ui.widgets import beside, named, stacked


class WorkStrip(QWidget):
    """Words, a bar and Cancel; hidden while nothing is done."""

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setObjectName(f"{name}-work")
        self._amount = QLabel(self)
        self._amount.setObjectName(f"{name}-amount")
        theme.mark(self._amount, "muted")
        self._bar = QProgressBar(self)
        named(self._bar, f"{name}-progress", self.tr("Progress"))
        self._bar.setTextVisible(False)
        self.button: QPushButton = button_of(f"{name}-cancel", self.tr("Cancel"), self)
        self.button.clicked.connect(self._cancel)
        left = QWidget(self)
        column = stacked(left, 6)
        column.addLayout(beside(self._words, self._amount, stretch=(1,)))
        column.addWidget(self._bar)
        row = beside(left, self.button, stretch=(1,))
        row.setSpacing(2 * theme.GRID)
        self.setLayout(row)
        self.hide()

    def show_work(self, work: Work) -> None:
        """Show how far a task is; nothing once it has ended."""
        fresh = self.isHidden()
        self.setVisible(not work.ended)
        if fresh:
            self.button.setEnabled(True)
        if work.ended:
            return
        self._words.setText(self._sentence(work.task))
        numbers = QLocale()
        if work.total:
            text = self.tr("{done} of {total}")
            done, total = numbers.toString(work.done), numbers.toString(work.total)
            self._amount.setText(text.format(done=done, total=total))
            self._bar.setRange(0, work.total)
            self._bar.setValue(work.done)
        else:
            self._amount.setText(numbers.toString(work.done) if work.done else "")
            self._bar.setRange(0, 0)

    def _sentence(self, task: Task) -> str:
        return {
            Task.OPENING: self.tr("Opening the gallery…"),
            Task.REFRESHING: self.tr("Looking through the library…"),
            Task.REBUILDING: self.tr("Rebuilding the gallery from the files…"),
            Task.IMPORTING: self.tr("Importing…"),
            Task.VERIFYING: self.tr("Checking every file…"),
            Task.EXPORTING: self.tr("Exporting…"),
        }[task]

    def _cancel(self) -> None:
        self.button.setEnabled(False)
        self._words.setText(self.tr("Stopping…"))
        self.cancelled.emit()
