"""Tags as chips with a field that completes: what all pictures have, and what only some have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.widgets import named, stacked

CLOSE = QSize(12, 12)
WIDEST = 184
"""Logical pixels of a tag's words; a longer one must not widen the panel it stands in."""


class Flow(QLayout):
    """Puts widgets one after another like words, in as many lines as they need."""

    def __init__(self, parent: QWidget, spacing: int = theme.GRID // 2) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Say how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Say how high the lines are together."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Ask for the widest of the items."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Need at least the room of the widest item."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        """Put the items where they belong."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(rect.width(), item.sizeHint().height()))
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


class Chip(QPushButton):
    """A tag; a click or Delete takes it away."""

    removed = Signal(str)
    left = Signal(int)
    """The focus goes so many places on."""

    def __init__(self, tag: str, everywhere: bool, parent: QWidget) -> None:
        super().__init__(parent)
        words = self.tr("Remove the tag “{tag}”")
        if not everywhere:
            words = self.tr("Remove the tag “{tag}”, which only some of these pictures have")
        named(self, f"gallery-tag-{tag}", words.format(tag=tag), words.format(tag=tag))
        theme.mark(self, "chip")
        font = self.font()
        font.setItalic(not everywhere)
        self.setFont(font)
        self.ensurePolished()
        shown = self.fontMetrics().elidedText(tag, Qt.TextElideMode.ElideRight, WIDEST)
        self.setText(shown.replace("&", "&&"))
        self.setIcon(icons.icon("close", "selection_text" if everywhere else "muted"))
        self.setIconSize(CLOSE)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._tag = tag
        self.clicked.connect(self._remove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the chips by arrows; take this one away by Delete."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.left.emit(1 if key is Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def _remove(self) -> None:
        self.removed.emit(self._tag)


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
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
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
        column = stacked(self, theme.GRID // 2)
        column.addWidget(self._place)
        column.addWidget(self._line)
        self._place.hide()

    @property
    def chips(self) -> list[Chip]:
        """The chips in their order."""
        widgets = (self._flow.itemAt(place) for place in range(self._flow.count()))
        return [chip for item in widgets if item and isinstance(chip := item.widget(), Chip)]

    def show_tags(self, everywhere: Sequence[str], somewhere: Sequence[str] = ()) -> None:
        """Show the tags that all pictures have, and those that only some have."""
        wanted = tuple(everywhere), tuple(somewhere)
        if wanted == self._shown:
            return
        focused = self._focused()
        self._clear()
        self._shown = wanted
        for tag in wanted[0]:
            self._add_chip(tag, True)
        for tag in wanted[1]:
            self._add_chip(tag, False)
        self._place.setVisible(bool(self.chips))
        if focused is not None:
            self._focus(focused)

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

    def _add_chip(self, tag: str, everywhere: bool) -> None:
        chip = Chip(tag, everywhere, self._place)
        chip.removed.connect(self.removed)
        chip.left.connect(self._go_along)
        self._flow.addWidget(chip)
        chip.show()

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
        places = [place for place, chip in enumerate(self.chips) if chip.hasFocus()]
        return places[0] if places else None

    def _focus(self, place: int) -> None:
        chips = self.chips
        target = chips[max(place, 0)] if place < len(chips) else self._line
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_along(self, by: int) -> None:
        if (place := self._focused()) is not None:
            self._focus(place + by)

    def _go_back(self) -> None:
        if chips := self.chips:
            self._focus(len(chips) - 1)

    def _clear(self) -> None:
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
