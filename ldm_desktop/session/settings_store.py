"""The settings, observable: a change holds at once, and is written beside the GUI thread."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core import settings as kept
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.settings import Settings
from ldm_desktop.session.state_file import StateFile


class SettingsStore(QObject):
    """Holds the settings; `changed(new, old)`, and `trouble` in a sentence.

    `opening_notice` is what there was to say when they were read, or "".
    """

    changed = Signal(object, object)
    trouble = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self.opening_notice = kept.load(file)
        self._file = StateFile(file, kept.VERSION, self)
        self._file.trouble.connect(self.trouble)

    @property
    def settings(self) -> Settings:
        """The settings now."""
        return self._settings

    def change(self, **fields: Any) -> None:
        """Set fields and keep them; an impossible value changes nothing and is explained."""
        old = self._settings
        try:
            new = dataclasses.replace(old, **fields)
        except KnownError as error:
            self.trouble.emit(str(error))
            return
        if new == old:
            return
        self._settings = new
        self._file.keep(new)
        self.changed.emit(new, old)

    def save(self) -> None:
        """Keep the settings for the next start, before the program ends."""
        self._file.finish()
