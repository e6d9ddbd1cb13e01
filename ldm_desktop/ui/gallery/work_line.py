"""What the gallery is busy with, and what is in its way, in one line each."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import Task, Work
from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import IconButton, beside, named, stacked


class WorkLine(QFrame):
    """How far a long task is, with a button that ends it; without a task it takes no room."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery-work")
        self._words = QLabel(self)
        theme.mark(self._words, "muted")
        self._bar = QProgressBar(self)
        named(self._bar, "gallery-progress", self.tr("Progress"))
        self._bar.setTextVisible(False)
        stop = IconButton("cancel", "gallery-stop", self.tr("Stop"), self)
        stop.clicked.connect(desk.cancel)
        column = stacked(self, theme.GRID // 2)
        column.setContentsMargins(12, 4, 8, 8)
        column.addLayout(beside(self._words, stop, stretch=(1,)))
        column.addWidget(self._bar)
        desk.work_changed.connect(self.show_work)
        self.hide()

    def show_work(self, work: Work) -> None:
        """Show how far it is."""
        self.setVisible(not work.ended)
        self._words.setText(self._said(work))
        self._bar.setRange(0, work.total or 0)
        self._bar.setValue(work.done)

    def _said(self, work: Work) -> str:
        name = {
            Task.OPENING: self.tr("Opening…"),
            Task.REFRESHING: self.tr("Looking for changes…"),
            Task.REBUILDING: self.tr("Rebuilding…"),
            Task.IMPORTING: self.tr("Importing…"),
            Task.VERIFYING: self.tr("Checking…"),
            Task.EXPORTING: self.tr("Exporting…"),
        }[work.task]
        return f"{name} {QLocale().toString(work.done)}" if work.done else name


class TroubleLine(QFrame):
    """What is in the way of the library, over the pictures, until it is over."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery-trouble")
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        theme.mark(self._sentence, "warning")
        again = QPushButton(self.tr("Try again"), self)
        named(again, "gallery-retry", self.tr("Try again"))
        again.clicked.connect(desk.retry)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._sentence, 1)
        row.addWidget(again)
        desk.trouble.connect(self.show_trouble)
        self.show_trouble(desk.in_the_way)

    @property
    def sentence(self) -> str:
        """What is in the way."""
        return self._sentence.text()

    def show_trouble(self, sentence: str) -> None:
        """Say it, or that it is over."""
        self._sentence.setText(sentence)
        self.setVisible(bool(sentence))
