"""What another program has written into a picture: what was understood, and the text as found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ldm_desktop.gallery.records import Details, Origin
from ldm_desktop.ui.gallery import picture_words
from ldm_desktop.ui.model_parts import words_of
from ldm_desktop.ui.widgets import Disclosure, named, stacked

HEIGHT = 140


class FoundSettings(QWidget):
    """A sentence on a picture that was not made here, and its settings to be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words_of("gallery-foreign", self)
        self._raw = Disclosure(self.tr("Settings as found"), "gallery-settings", self)
        self._text = QPlainTextEdit(self)
        named(self._text, "gallery-settings-text", self.tr("Settings as found"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(HEIGHT)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._raw.body.addWidget(self._text)
        self._raw.open(True)
        column = stacked(self)
        column.addWidget(self._words)
        column.addWidget(self._raw)

    def show_details(self, details: Details | None) -> None:
        """Show what a foreign picture says of itself; nothing of one of ours."""
        foreign = details is not None and details.made.recipe is None
        self.setVisible(foreign)
        if details and foreign:
            self._words.say(self._sentence(details))
            self._raw.setVisible(bool(details.made.settings))
            if self._text.toPlainText() != details.made.settings:
                self._text.setPlainText(details.made.settings)

    def _sentence(self, details: Details) -> str:
        made = details.made
        if made.origin is Origin.OTHER and not made.settings:
            return self.tr("It carries no settings that could be read.")
        if made.origin is Origin.OWN:
            return self.tr("Its recipe could not be read; what it says stands below.")
        text = self.tr(
            "Made by {program}. Its settings are not a recipe of LDM Desktop, so it cannot be "
            "made again here to the last pixel."
        )
        return text.format(program=picture_words.origin(made.origin))
