"""What is known of pictures whoever looks at them: facts, family, environment, foreign settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ldm_desktop.gallery.index.store_values import Common
from ldm_desktop.gallery.records import Details, Entry
from ldm_desktop.session.facts import Fact
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import Lineage
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery import picture_words
from ldm_desktop.ui.gallery.found_settings import FoundSettings
from ldm_desktop.ui.gallery.lineage import LineageView
from ldm_desktop.ui.model_parts import Facts, words_of
from ldm_desktop.ui.widgets import Disclosure, stacked


class InfoFacts(QWidget):
    """Shows each part once it is known; parts with nothing to say take no room."""

    chosen = Signal(object)  # Entry: a relative
    searched = Signal(str)
    """A query for more relatives."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None
        self._facts = Facts("gallery-facts", self)
        # The name of a file may be one long word, which must not widen the panel.
        self._facts.setMinimumWidth(1)
        self._title = QLabel(self.tr("Family"), self)
        theme.mark(self._title, "heading")
        self._family = LineageView(desk, parent=self)
        self._family.chosen.connect(self.chosen)
        self._family.searched.connect(self.searched)
        self._found = FoundSettings(self)
        self._where = Disclosure(self.tr("Environment"), "gallery-environment", self)
        self._environment = words_of("gallery-environment-text", self)
        self._where.body.addWidget(self._environment)
        column = stacked(self, theme.GRID + 2)
        for widget in (self._facts, self._title, self._family, self._found, self._where):
            column.addWidget(widget)
        self.clear()

    def clear(self, entry: Entry | None = None) -> None:
        """Show nothing until more is known of a picture, or of many."""
        self._entry = entry
        self._facts.hide()
        self._found.show_details(None)
        self._where.hide()
        self._show_family(None)

    def show_many(self, entries: Sequence[Entry], common: Common | None) -> None:
        """Show what can be said of many pictures at once, and their albums once known."""
        self._facts.setVisible(bool(entries))
        if entries:
            self._facts.show_facts(_plain(picture_words.several(entries, common)))

    def show_details(self, details: Details) -> None:
        """Show all that is known of the picture."""
        self._facts.show_facts(_plain(picture_words.table(details)))
        self._facts.show()
        self._found.show_details(details)
        words = picture_words.environment(details)
        self._environment.say(words)
        self._where.setVisible(bool(words))

    def show_lineage(self, lineage: Lineage) -> None:
        """Show the picture's relatives, if it has any; another's are not meant."""
        if self._entry is None or lineage.picture.id != self._entry.id:
            return
        relatives = (*lineage.parents, *lineage.siblings, *lineage.children, *lineage.unknown)
        self._show_family(lineage if relatives else None)

    def _show_family(self, lineage: Lineage | None) -> None:
        self._family.show_lineage(lineage)
        for widget in (self._title, self._family):
            widget.setVisible(lineage is not None)


def _plain(lines: Sequence[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.id, fact.name, _text(fact)) for fact in lines]


def _text(fact: Fact) -> str:
    # A folder is set apart, as Qt breaks no line at a stroke between figures.
    return fact.text.replace("/", " / ") if fact.id == "file" else fact.text
