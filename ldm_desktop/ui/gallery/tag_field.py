"""Tags as chips with a field that completes: what all pictures have, and what only some have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery.flow import Flow
from ldm_desktop.ui.gallery.tag_chip import Chip, FieldChip, MoreChip
from ldm_desktop.ui.widgets import named, stacked

MOST = 12
"""Chips that are shown unless one asks for all: what stands below is wanted as well."""


Tag: TypeAlias = tuple[str, int, int]
"""A tag, how many pictures have it, and of how many."""


class TagLine(QLineEdit):
    """Where a tag is written; Backspace in an empty one goes to the last chip."""

    back = Signal()
    done = Signal()
    """Escape in an empty one: the person has no more to add."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave an empty field by Backspace or Escape; Escape empties a full one."""
        key, empty = Qt.Key(event.key()), not self.text()
        if key is Qt.Key.Key_Backspace and empty:
            self.back.emit()
        elif key is Qt.Key.Key_Escape:
            if empty:
                self.done.emit()
            self.clear()
        else:
            super().keyPressEvent(event)


class TagField(QWidget):
    """Shows tags and tells which are to be added and removed; it changes nothing itself."""

    added = Signal(object)  # tuple[str, ...]
    removed = Signal(str)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Tag, ...] = ()
        self._open = False
        self._place = QWidget(self)
        self._flow = Flow(self._place)
        self._line = TagLine(self)
        named(self._line, "gallery-tag-line", self.tr("Add tags"), self.tr("Add tags (T)"))
        self.set_many(False)
        self._known = QStringListModel(self)
        self._line.setCompleter(self._completer())
        self._line.returnPressed.connect(self._entered)
        self._line.back.connect(self._go_back)
        self._line.done.connect(self.done)
        self.setFocusProxy(self._line)
        column = stacked(self, theme.GRID)
        column.addWidget(self._place)
        column.addWidget(self._line)
        self._place.hide()

    @property
    def chips(self) -> list[Chip]:
        """The chips of tags in their order."""
        return [stop for stop in self._stops() if isinstance(stop, Chip)]

    def _stops(self) -> list[FieldChip]:
        items = (self._flow.itemAt(place) for place in range(self._flow.count()))
        return [stop for item in items if item and isinstance(stop := item.widget(), FieldChip)]

    def show_tags(
        self, everywhere: Sequence[str], somewhere: Sequence[tuple[str, int]] = (), of: int = 0
    ) -> None:
        """Show the tags that all pictures have, and those that only so many `of` them have."""
        whole = tuple((tag, of, of) for tag in everywhere)
        wanted = whole + tuple((tag, count, of) for tag, count in somewhere)
        if wanted == self._shown:
            return
        self._shown = wanted
        # Nothing stands here before other pictures' tags, of which the first ones will do.
        self._open = self._open and bool(wanted)
        focused = self._focused()
        tag = next((chip.tag for chip in self.chips if chip.hasFocus()), None)
        self._lay_out()
        if focused is not None:
            # A tag that all have now has gone to the front.
            tags = [chip.tag for chip in self.chips]
            self._focus(tags.index(tag) if tag in tags else focused)

    def _lay_out(self) -> None:
        self._clear()
        for tag, count, of in self._shown if self._open else self._shown[:MOST]:
            chip = Chip(tag, self._place, count, of)
            chip.added.connect(self._add_to_all)
            chip.removed.connect(self.removed)
            self._append(chip)
        if (more := len(self._shown) - MOST) > 0:
            toggle = MoreChip(0 if self._open else more, self._place)
            toggle.clicked.connect(self._toggle)
            self._append(toggle)
        self._place.setVisible(bool(self._shown))

    def _append(self, chip: FieldChip) -> None:
        chip.left.connect(self._go_along)
        self._flow.addWidget(chip)
        chip.show()

    def _toggle(self) -> None:
        self._open = not self._open
        self._lay_out()
        # The first that has come, or what lets them come again.
        self._focus(MOST)

    def _add_to_all(self, tag: str) -> None:
        self.added.emit((tag,))

    def set_many(self, many: bool) -> None:
        """Say whose tags these are: one picture's, or those that are given to many."""
        one, all_of_them = self.tr("Add a tag"), self.tr("Tag all of them; -tag takes it away")
        self._line.setPlaceholderText(all_of_them if many else one)

    def offer(self, known: Sequence[str]) -> None:
        """Complete these tags from now on, the ones most used first."""
        if list(known) != self._known.stringList():
            self._known.setStringList(list(known))

    def _completer(self) -> QCompleter:
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # Queued, because the completer writes the tag into the field after it has told of it.
        completer.activated.connect(self._add, Qt.ConnectionType.QueuedConnection)
        return completer

    def _entered(self) -> None:
        popup = self._line.completer().popup()
        # What is marked in the list comes by way of the completer.
        if not (popup and popup.isVisible() and popup.currentIndex().isValid()):
            self._add()

    def _add(self) -> None:
        tags = [tag for part in self._line.text().split(",") if (tag := part.strip())]
        new = tuple(tag for tag in tags if not tag.startswith("-"))
        for tag in tags:
            if tag not in new and (gone := tag.removeprefix("-").strip()):
                self.removed.emit(gone)
        if new:
            self.added.emit(new)
        self._line.clear()

    def _focused(self) -> int | None:
        places = [place for place, chip in enumerate(self._stops()) if chip.hasFocus()]
        return places[0] if places else None

    def _focus(self, place: int) -> None:
        stops = self._stops()
        target = stops[max(place, 0)] if place < len(stops) else self._line
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_along(self, by: int) -> None:
        if (place := self._focused()) is not None:
            self._focus(place + by)

    def _go_back(self) -> None:
        if stops := self._stops():
            self._focus(len(stops) - 1)

    def _clear(self) -> None:
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
