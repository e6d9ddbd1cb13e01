"""The chips of a tag field: one for each tag, and one that stands for those left out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.widgets import named

CLOSE = QSize(12, 12)
CROSS = 26
"""Logical pixels at the end of a chip that belong to its cross."""
WIDEST = 184
"""Logical pixels of a tag's words; a longer one must not widen the panel it stands in."""


class FieldChip(QPushButton):
    """A button among others; the arrows go along them."""

    left = Signal(int)
    """The focus goes so many places on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the chips by arrows."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.left.emit(1 if key is Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


class Chip(FieldChip):
    """A tag; a click or Delete takes it away.

    Of a tag that only some pictures have, only a click on the cross does: anywhere else it gives
    the tag to all.
    """

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, tag: str, parent: QWidget, count: int = 0, of: int = 0) -> None:
        """Show a tag that all have, or so many `of` all."""
        super().__init__(parent)
        self.tag = tag
        self._everywhere = count == of
        self._at_cross = False
        self._say(count, of)
        theme.mark(self, "chip")
        theme.mark(self, "outlined", not self._everywhere)
        self.ensurePolished()
        shown = self.fontMetrics().elidedText(tag, Qt.TextElideMode.ElideRight, WIDEST)
        figure = "" if self._everywhere else f" · {count}"
        self.setText(f"{shown.replace('&', '&&')}{figure}")
        self.setIcon(icons.icon("close", "selection_text" if self._everywhere else "muted"))
        self.setIconSize(CLOSE)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.clicked.connect(self._act)

    def _say(self, count: int, of: int) -> None:
        if self._everywhere:
            words = tip = self.tr("Remove the tag “{tag}”")
        else:
            words = self.tr("Add the tag “{tag}” to all; it is on {count} of {of}")
            tip = self.tr("“{tag}” is on {count} of {of}: a click adds it to all, × removes it")
            self.setAccessibleDescription(self.tr("Delete removes it from all"))
        words, tip = (each.format(tag=self.tag, count=count, of=of) for each in (words, tip))
        named(self, f"gallery-tag-{self.tag}", words, tip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take this one away by Delete."""
        self._at_cross = False
        if Qt.Key(event.key()) in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.tag)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See whether the cross is meant."""
        self._at_cross = event.position().x() >= self.width() - CROSS
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do nothing more: once a tag was added, its new chip lies under the second click."""
        event.accept()

    def _act(self) -> None:
        wanted = self.removed if self._everywhere or self._at_cross else self.added
        wanted.emit(self.tag)


class MoreChip(FieldChip):
    """Stands for the chips that are left out, so many; or ends showing them all, for 0."""

    def __init__(self, left_out: int, parent: QWidget) -> None:
        super().__init__(parent)
        words = self.tr("Show fewer tags")
        shown = self.tr("Fewer")
        if left_out:
            words = self.tr("Show all tags: {count} more").format(count=left_out)
            shown = self.tr("+{count} more").format(count=left_out)
        named(self, "gallery-tags-more", words, words)
        theme.mark(self, "chip")
        theme.mark(self, "outlined")
        self.setText(shown)
