"""A note on pictures: saved when one rests, when one leaves, and before another is shown."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ldm_desktop.ui.widgets import named

REST = 1000
"""Milliseconds without writing after which a note is saved."""
LEAST_LINES, MOST_LINES = 2, 8
ALWAYS_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class NoteField(QPlainTextEdit):
    """Holds the note of some pictures by their numbers; `saved` says what was written for which."""

    saved = Signal(str, object)  # tuple[int, ...]
    done = Signal()
    """Escape: the person has no more to write."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "gallery-note", self.tr("Note"), self.tr("Note (N)"))
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._numbers: tuple[int, ...] = ()
        self._kept = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.save)
        self.textChanged.connect(self._written)
        self.document().documentLayout().documentSizeChanged.connect(self._measure)
        self._measure()

    @property
    def unsaved(self) -> bool:
        """Whether something was written that nobody was told of."""
        return self.toPlainText() != self._kept

    def show_note(self, note: str, numbers: tuple[int, ...]) -> None:
        """Show the note of some pictures; what is being written for the same ones stays."""
        if numbers != self._numbers:
            self.save()
        elif self.unsaved:
            return
        self._numbers, self._kept = numbers, note
        if note != self.toPlainText():
            blocked = QSignalBlocker(self)
            self.setPlainText(note)
            blocked.unblock()
            self._measure()

    def save(self) -> None:
        """Tell of what was written, if anything was."""
        self._rest.stop()
        if self.unsaved:
            self._kept = self.toPlainText()
            self.saved.emit(self._kept, self._numbers)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save what was written."""
        super().focusOutEvent(event)
        self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape."""
        if Qt.Key(event.key()) is Qt.Key.Key_Escape:
            self.save()
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Be as high as the text, within reason."""
        lines = min(max(self._lines(), LEAST_LINES), MOST_LINES)
        margins = 2 * self.document().documentMargin() + 14
        return QSize(120, round(lines * self.fontMetrics().lineSpacing() + margins))

    def minimumSizeHint(self) -> QSize:
        """Be never lower."""
        return self.sizeHint()

    def _lines(self) -> int:
        return round(self.document().size().height())

    def _measure(self) -> None:
        # A bar that comes and goes while the field grows would break lines elsewhere each time.
        more = self._lines() > MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else ALWAYS_OFF
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()

    def _written(self) -> None:
        self._rest.start()
