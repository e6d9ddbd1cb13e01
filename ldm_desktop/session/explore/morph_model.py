"""The pictures of a path as a list for views; moving a row moves the picture on the path."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, ClassVar, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session import wording
from ldm_desktop.session.explore.morphs import Morphs

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Role(IntEnum):
    """What a view can ask of a picture: ANGLE is the degrees to the next one, None if unknown."""

    IMAGE = Qt.ItemDataRole.UserRole + 1
    HOLD = Qt.ItemDataRole.UserRole + 2
    ANGLE = Qt.ItemDataRole.UserRole + 3
    GOES_ON = Qt.ItemDataRole.UserRole + 4


class StationModel(QAbstractListModel):
    """A row for each picture of the path."""

    NAMES: ClassVar[dict[int, bytes]] = {role: role.name.lower().encode() for role in Role}

    def __init__(self, morphs: Morphs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._morphs = morphs
        self._rows: tuple[Recipe, ...] = ()
        morphs.changed.connect(self._follow)
        morphs.images_changed.connect(self._repaint)
        self._follow()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the pictures."""
        return 0 if parent.isValid() else len(self._rows)

    def roleNames(self) -> dict[int, Any]:
        """Name the roles."""
        return {**super().roleNames(), **self.NAMES}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Tell of a picture."""
        if not index.isValid() or index.row() >= len(self._morphs.waypoints):
            return None
        row = index.row()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return wording.picture_title(self._rows[row])
            case Role.IMAGE:
                return self._morphs.image_of(row)
            case Role.HOLD:
                return self._morphs.waypoints[row].hold
            case Role.ANGLE:
                return self._angle(row)
            case Role.GOES_ON:
                return row < len(self._morphs.route.pairs)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._aloud(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let pictures be dragged, and dropped between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        """Pictures are moved, never copied."""
        return Qt.DropAction.MoveAction

    def moveRows(self, source: Index, row: int, count: int, target: Index, before: int) -> bool:
        """Move a picture on the path, as a list view does after a drag."""
        if source.isValid() or target.isValid() or count != 1:
            return False
        self._morphs.move(row, before)
        return True

    def _angle(self, row: int) -> float | None:
        angles = self._morphs.angles
        return angles[row] if row < len(angles) else None

    def _aloud(self, row: int) -> str:
        parts = [wording.picture_title(self._rows[row])]
        if hold := self._morphs.waypoints[row].hold:
            parts.append(self.tr("rests {seconds} s").format(seconds=wording.plain(hold)))
        if (angle := self._angle(row)) is not None:
            parts.append(self.tr("{angle}° to the next").format(angle=round(angle)))
        return ", ".join(parts)

    def _follow(self) -> None:
        rows = tuple(station.subject.recipe for station in self._morphs.waypoints)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        else:
            self._repaint()

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
