"""What a task has found, under headings that say what each means; all of it can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import named

MOST_SHOWN = 500
"""Lines of a heading; copying gives all of them."""
FILE, WHY = range(2)
AIR = theme.GRID
COLUMN = 240


@dataclass(frozen=True)
class Heading:
    """Findings of one kind: `lines` are files with what there is to say of each."""

    title: str
    meaning: str
    lines: tuple[tuple[str, str], ...]


class ReportView(QTreeWidget):
    """Headings that open and close, files below them."""

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self._headings: tuple[Heading, ...] = ()
        self._sentences: list[QTreeWidgetItem] = []
        self._lines: list[QTreeWidgetItem] = []
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(2 * theme.GRID)
        self.header().setSectionResizeMode(FILE, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.header().resizeSection(FILE, COLUMN)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def show_headings(self, headings: Sequence[Heading]) -> None:
        """Show what was found; headings without lines are left out."""
        self._headings = tuple(heading for heading in headings if heading.lines)
        self._sentences.clear()
        self._lines.clear()
        self.clear()
        for heading in self._headings:
            self._add(heading)
        self._measure()
        self.setVisible(bool(self._headings))

    def text(self) -> str:
        """Give all of it as text."""
        parts = []
        for heading in self._headings:
            parts.append(f"{_title(heading)}\n{heading.meaning}".rstrip())
            parts += ["\t".join(filter(None, line)) for line in heading.lines]
            parts.append("")
        return "\n".join(parts).rstrip()

    def copy(self) -> None:
        """Copy all of it."""
        QGuiApplication.clipboard().setText(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected."""
        if event.matches(QKeySequence.StandardKey.Copy):
            lines = [f"{item.text(FILE)}\t{item.text(WHY)}" for item in self.selectedItems()]
            QGuiApplication.clipboard().setText("\n".join(line.rstrip() for line in lines))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break sentences where the list ends."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        # Qt does not break what spans columns by itself.
        wide = self.viewport().width() - 2 * self.indentation() - 2 * AIR
        for item in self._sentences:
            self._break(item, FILE, wide)
        for item in self._lines:
            self._break(item, WHY, self.viewport().width() - COLUMN - 3 * AIR)

    def _break(self, item: QTreeWidgetItem, column: int, wide: int) -> None:
        flags = Qt.TextFlag.TextWordWrap.value
        room = QRect(0, 0, max(wide, 1), 10_000)
        high = self.fontMetrics().boundingRect(room, flags, item.text(column)).height()
        item.setSizeHint(column, QSize(room.width(), high + AIR))

    def _add(self, heading: Heading) -> None:
        top = QTreeWidgetItem(self, [_title(heading)])
        top.setFirstColumnSpanned(True)
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        top.setFont(FILE, font)
        if heading.meaning:
            self._add_words(top, heading.meaning)
        for file, why in heading.lines[:MOST_SHOWN]:
            item = QTreeWidgetItem(top, [file, why])
            item.setToolTip(FILE, file)
            item.setToolTip(WHY, why)
            self._lines.append(item)
        if (more := len(heading.lines) - MOST_SHOWN) > 0:
            self._add_words(top, self.tr("… and {count} more.").format(count=more))
        top.setExpanded(True)

    def _add_words(self, top: QTreeWidgetItem, words: str) -> None:
        item = QTreeWidgetItem(top, [words])
        item.setFirstColumnSpanned(True)
        item.setForeground(FILE, QBrush(QColor(theme.current().muted)))
        self._sentences.append(item)


def _title(heading: Heading) -> str:
    return f"{heading.title}: {len(heading.lines)}"
