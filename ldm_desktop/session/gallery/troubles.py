"""What is in the way of the gallery now, said once, and tried again less and less often."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

FIRST, LONGEST = 1000, 30_000
"""Milliseconds to wait before trying again: doubled each time."""


class Troubles(QObject):
    """Sentences by what they are about; the oldest is the one that is said."""

    said = Signal(str)
    """The sentence now, or "" once everything is well again."""
    again = Signal()
    """It is time to try again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sentences: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FIRST)
        self._timer.timeout.connect(self._try_again)

    @property
    def sentence(self) -> str:
        """What is in the way, or ""."""
        return next(iter(self._sentences.values()), "")

    def __contains__(self, about: str) -> bool:
        return about in self._sentences

    def add(self, about: str, sentence: str) -> None:
        """Say that something is in the way, unless that was said."""
        before = self.sentence
        self._sentences[about] = sentence
        if not self._timer.isActive():
            self._timer.start()
        self._tell(before)

    def over(self, about: str) -> None:
        """Say that something is no longer in the way."""
        before = self.sentence
        self._sentences.pop(about, None)
        if not self._sentences:
            self._timer.stop()
            self._timer.setInterval(FIRST)
        self._tell(before)

    def clear(self) -> None:
        """Forget everything, as another library is opened."""
        for about in tuple(self._sentences):
            self.over(about)

    def hurry(self) -> None:
        """Try again now, if anything is in the way."""
        if self._sentences:
            self._timer.setInterval(FIRST)
            self.again.emit()

    def stop(self) -> None:
        """Try nothing again."""
        self._timer.stop()

    def _try_again(self) -> None:
        self._timer.setInterval(min(2 * self._timer.interval(), LONGEST))
        self.again.emit()

    def _tell(self, before: str) -> None:
        if self.sentence != before:
            self.said.emit(self.sentence)
