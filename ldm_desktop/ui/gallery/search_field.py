"""Where a person says which pictures to see: it completes, and says in place what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.gallery.completion_popup import CompletionPopup
from ldm_desktop.ui.widgets import IconButton, Note, beside, named, stacked

if TYPE_CHECKING:
    from ldm_desktop.gallery.finding.complete import Completion

WAYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchField(QWidget):
    """A line to search in; `left` says that the person goes on to what was found."""

    left = Signal()
    save_wished = Signal()
    """What is searched for is to become a smart album."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.line = QLineEdit(self)
        named(self.line, "gallery-search", self.tr("Search pictures"))
        self.line.setPlaceholderText(self.tr('Search: seed:7  rating:>=4  tag:"blue hour"'))
        self.line.setClearButtonEnabled(True)
        position = QLineEdit.ActionPosition.LeadingPosition
        self.line.addAction(icons.icon("search", "muted"), position)
        self.line.installEventFilter(self)
        tip = self.tr("Keep this search as a smart album")
        self.keep = IconButton("smart-album", "gallery-keep-search", tip, self)
        self.problem = Note("gallery-search-problem", "warning", self)
        self.popup = CompletionPopup(self.line)
        self.popup.taken.connect(self._take)
        column = stacked(self, theme.GRID // 2)
        column.addLayout(beside(self.line, self.keep, stretch=(1,)))
        column.addWidget(self.problem)
        self.setFocusProxy(self.line)
        self._connect()
        self._show_question()

    def focus(self) -> None:
        """Let the person type, all of what is there being chosen."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are the list's while it is open, and those that lead out."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()), event.modifiers())
        if event.type() is QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        desk = self._desk
        self.line.textEdited.connect(self._edited)
        # The clear button and undo tell no one of an edit.
        self.line.textChanged.connect(self._changed)
        self.keep.clicked.connect(self.save_wished)
        desk.completions.connect(self._offer)
        desk.query_trouble.connect(self._show_problem)
        desk.question_changed.connect(self._show_question)

    def _key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        if held & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if self.popup.isVisible():
            return self._key_in_list(key)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif key is Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
        elif key is Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _key_in_list(self, key: Qt.Key) -> bool:
        chosen = self.popup.chosen
        if key in WAYS:
            self.popup.step(WAYS[key])
        elif key is Qt.Key.Key_Escape:
            self.popup.hide()
        elif key is Qt.Key.Key_Tab:
            self._take(chosen or self.popup.found[0])
        elif key in TAKING and chosen:
            self._take(chosen)
        elif key in TAKING:
            self.popup.hide()
            self.left.emit()
        else:
            return False
        return True

    def _edited(self, text: str) -> None:
        self._desk.complete(text, self.line.cursorPosition())

    def _changed(self, text: str) -> None:
        self.keep.setEnabled(bool(text.strip()))
        self._desk.set_query(text)
        if not text:
            self.popup.hide()

    def _offer(self, found: tuple[Completion, ...]) -> None:
        if self.line.hasFocus() and found:
            self.popup.offer(found)
        else:
            self.popup.hide()

    def _take(self, completion: Completion) -> None:
        """Put what was chosen where it belongs, and go on completing."""
        text = self.line.text()
        begin, end = text[: completion.start] + completion.text, text[completion.end :]
        self.popup.hide()
        self.line.setText(begin + end)
        self.line.setCursorPosition(len(begin))
        if completion.text.endswith(":"):
            self._desk.complete(begin + end, len(begin))

    def _show_problem(self, sentence: str) -> None:
        self.problem.say(sentence)
        theme.mark(self.line, "error", bool(sentence))
        self.line.setAccessibleDescription(sentence)

    def _show_question(self) -> None:
        """Show what is searched for now, if it was not typed here."""
        query = self._desk.query
        if query != self.line.text():
            self.line.setText(query)
        self.keep.setEnabled(bool(query.strip()))
