"""The lines of the sidebar: places, albums and smart albums under their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.model import dragged
from ldm_desktop.session.gallery.values import PICTURES_MIME, Counts, Shelf

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Kind(Enum):
    """What a line is."""

    HEADING = auto()
    PLACE = auto()
    ALBUM = auto()
    SMART = auto()


@dataclass(frozen=True)
class Line:
    """A line of the sidebar; a `draft` is an album that has no name yet."""

    kind: Kind
    shelf: Shelf
    draft: bool = False


class Role(IntEnum):
    """What a view can ask of a line."""

    LINE = Qt.ItemDataRole.UserRole + 1


class ShelfModel(QAbstractListModel):
    """Renaming a line renames its album; pictures dropped on an album go into it."""

    def __init__(self, desk: GalleryDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: list[Line] = []

    def show_counts(self, counts: Counts) -> None:
        """Show other lines, or only other counts."""
        lines = self._made_of(counts)
        if [_name(line) for line in lines] == [_name(line) for line in self._lines]:
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def add_draft(self, kind: Kind, query: str = "") -> QModelIndex:
        """Put in an album that a person will name now."""
        row = max(row for row, line in enumerate(self._lines) if _belongs(line, kind)) + 1
        self.beginInsertRows(QModelIndex(), row, row)
        title = self.tr("New smart album") if kind is Kind.SMART else self.tr("New album")
        self._lines.insert(row, Line(kind, Shelf(title, query, smart=kind is Kind.SMART), True))
        self.endInsertRows()
        return self.index(row)

    def drop_draft(self) -> None:
        """Take it out again: it has its name, or nobody gave it one."""
        for row in [row for row, line in enumerate(self._lines) if line.draft]:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._lines[row]
            self.endRemoveRows()

    def row_of(self, query: str) -> int:
        """Give the line that asks for just this, or −1."""
        rows = (row for row, line in enumerate(self._lines) if line.kind is not Kind.HEADING)
        return next((row for row in rows if self._lines[row].shelf.query == query), -1)

    # What Qt asks of a model.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Tell of a line."""
        if not (index.isValid() and index.row() < len(self._lines)):
            return None
        line = self._lines[index.row()]
        match role:
            case Role.LINE:
                return line
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return line.shelf.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(line)
            case Qt.ItemDataRole.ToolTipRole:
                return line.shelf.query if line.kind is Kind.SMART else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Name an album as a person typed it; without a name nothing happens."""
        name, line = " ".join(str(value).split()), self._lines[index.row()]
        if role != Qt.ItemDataRole.EditRole or not name:
            return False
        if line.draft and line.kind is Kind.SMART:
            self._desk.save_smart_album(name, line.shelf.query)
        elif line.draft:
            self._desk.new_album(name)
        elif name != line.shelf.album:
            self._desk.rename_album(line.shelf.album, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let lines be chosen, albums be renamed and be dropped on."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        kind = self._lines[index.row()].kind
        flags = Qt.ItemFlag.ItemNeverHasChildren
        if kind is not Kind.HEADING:
            flags |= Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if kind in (Kind.ALBUM, Kind.SMART):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemIsDropEnabled if kind is Kind.ALBUM else flags

    def mimeTypes(self) -> list[str]:
        """Take pictures of the gallery."""
        return [PICTURES_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        """Leave pictures where they are."""
        return Qt.DropAction.CopyAction

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        """Take pictures on albums only."""
        drops = bool(self.flags(parent) & Qt.ItemFlag.ItemIsDropEnabled)
        return drops and data.hasFormat(PICTURES_MIME)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Put pictures into an album."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        self._desk.add_to_album(self._lines[parent.row()].shelf.album, dragged(data))
        return True

    def _made_of(self, counts: Counts) -> list[Line]:
        parts: list[tuple[Kind, str, Sequence[Shelf]]] = [
            (Kind.PLACE, self.tr("Library"), counts.places),
            (Kind.ALBUM, self.tr("Albums"), counts.albums),
            (Kind.SMART, self.tr("Smart albums"), counts.smart),
        ]
        lines = []
        for kind, heading, shelves in parts:
            lines.append(Line(Kind.HEADING, Shelf(heading, "", smart=kind is Kind.SMART)))
            lines += [Line(kind, shelf) for shelf in shelves]
        return lines

    def _spoken(self, line: Line) -> str:
        if line.shelf.count is None:
            return line.shelf.title
        return self.tr("{album}, pictures: {count}").format(
            album=line.shelf.title, count=line.shelf.count
        )


def _name(line: Line) -> tuple[Kind, str, str]:
    return line.kind, line.shelf.title, line.shelf.query


def _belongs(line: Line, kind: Kind) -> bool:
    """Say whether a line stands before the end of the part for a kind of albums."""
    last = line.kind is Kind.HEADING and line.shelf.smart
    return line.kind is not Kind.SMART and not last if kind is Kind.ALBUM else True
