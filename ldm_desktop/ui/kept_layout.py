"""The window's place and division, kept from one start to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

VERSION = 1
"""Raised when the division changes, so that older sizes are not taken for new ones."""


class KeptLayout:
    """A file that is read by name; what is damaged or of another version is not there."""

    def __init__(self, file: Path) -> None:
        self._kept = QSettings(str(file), QSettings.Format.IniFormat)
        self._readable = str(self._kept.value("version")) == str(VERSION)

    def state(self, name: str) -> QByteArray | None:
        """Give what Qt once made of a widget, if it is there."""
        value = self._kept.value(name) if self._readable else None
        return value if isinstance(value, QByteArray) else None

    def is_closed(self, name: str) -> bool:
        """Say whether a panel was closed."""
        return self._readable and self._kept.value(name) == "closed"

    def place(self, window: QWidget) -> None:
        """Put a window where it was left."""
        if geometry := self.state("geometry"):
            window.restoreGeometry(geometry)

    def save(self, window: QWidget, states: dict[str, QByteArray], panels: dict[str, bool]) -> None:
        """Keep where a window is, the states of its splitters, and which panels are open."""
        self._kept.setValue("version", VERSION)
        self._kept.setValue("geometry", window.saveGeometry())
        for name, state in states.items():
            self._kept.setValue(name, state)
        for name, is_open in panels.items():
            self._kept.setValue(name, "open" if is_open else "closed")
        self._kept.sync()
