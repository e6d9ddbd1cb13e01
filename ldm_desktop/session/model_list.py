"""The models as a list for views: those at hand with what is known of them, and those to come."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ldm_desktop.session import model_wording
from ldm_desktop.session.model_news import SAMPLE_STEPS, ModelFacts, Speed
from ldm_desktop.session.model_tasks import ModelTasks, TaskState, TaskView
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.opened import whole
from ldm_desktop.worker.work import Pace

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class ModelRow:
    """A model: at hand in a folder, or (without one) to come by its task.

    `facts` is None until they have been told; `task` is what goes on about it, or went wrong.
    """

    key: str
    name: str
    folder: str = ""
    facts: ModelFacts | None = None
    task: TaskView | None = None

    @property
    def busy(self) -> bool:
        """Whether something goes on about it."""
        return self.task is not None and self.task.running


class Role(IntEnum):
    """What a view can ask of a model."""

    ROW = Qt.ItemDataRole.UserRole + 1
    DETAIL = Qt.ItemDataRole.UserRole + 2
    SHARE = Qt.ItemDataRole.UserRole + 3


class ModelList(QAbstractListModel):
    """The models on the shelf in its order, then what is coming; `refresh` asks for the facts."""

    row_changed = Signal(object)
    """A ModelRow that is another than before."""
    trouble_changed = Signal(str)

    NAMES: ClassVar[dict[int, bytes]] = {role: role.name.lower().encode() for role in Role}

    def __init__(self, shelf: ModelShelf, tasks: ModelTasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._tasks = tasks
        self._facts: dict[str, ModelFacts] = {}
        self._paces: tuple[Pace, ...] = ()
        self._rows: list[ModelRow] = []
        self.trouble = ""
        shelf.entries_changed.connect(self._rebuild)
        tasks.changed.connect(self._rebuild)
        tasks.dismissed.connect(self._rebuild)
        tasks.listed.connect(self._take_facts)
        tasks.list_failed.connect(self._set_trouble)
        self._rebuild()

    @property
    def rows(self) -> tuple[ModelRow, ...]:
        """All rows, as they are listed."""
        return tuple(self._rows)

    def row(self, key: str) -> ModelRow | None:
        """Give the row of a folder, or of what a task is about."""
        return next((row for row in self._rows if row.key == key), None)

    def index_of(self, key: str) -> QModelIndex:
        """Give a row's place, or an invalid index."""
        rows = (number for number, row in enumerate(self._rows) if row.key == key)
        number = next(rows, None)
        return QModelIndex() if number is None else self.index(number)

    def refresh(self) -> None:
        """Ask what is known of the models."""
        self._tasks.refresh()

    def set_paces(self, paces: Sequence[Pace]) -> None:
        """Hear what pictures have cost on this machine."""
        self._paces = tuple(paces)
        self._rebuild()

    # What Qt asks of a model.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the models."""
        return 0 if parent.isValid() else len(self._rows)

    def roleNames(self) -> dict[int, Any]:
        """Name the roles."""
        return {**super().roleNames(), **self.NAMES}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Tell of a model."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Role.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Role.DETAIL:
                return model_wording.detail(row.facts, row.task)
            case Role.SHARE:
                return row.task.progress.share if row.task and row.task.progress else None
            case Qt.ItemDataRole.ToolTipRole:
                return row.folder or row.key
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.name}: {model_wording.detail(row.facts, row.task)}"
        return None

    # What comes in.

    def _take_facts(self, found: tuple[ModelFacts, ...]) -> None:
        self._facts = {whole(facts.folder): facts for facts in found}
        self._set_trouble("")
        self._rebuild()

    def _set_trouble(self, sentence: str) -> None:
        if sentence != self.trouble:
            self.trouble = sentence
            self.trouble_changed.emit(sentence)

    def _rebuild(self, _news: object = None) -> None:
        """Take away, put in and change row by row, so that selection and scrolling stay."""
        wanted = self._wanted()
        keys = {row.key for row in wanted}
        for number in reversed(range(len(self._rows))):
            if self._rows[number].key not in keys:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()
        for number, row in enumerate(wanted):
            self._put(number, row)

    def _put(self, number: int, row: ModelRow) -> None:
        """Let a row stand at a place; all before it stand where they should."""
        at = self.index_of(row.key).row()
        if at < 0:
            self.beginInsertRows(QModelIndex(), number, number)
            self._rows.insert(number, row)
            self.endInsertRows()
            return
        if at != number:
            self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), number)
            self._rows.insert(number, self._rows.pop(at))
            self.endMoveRows()
        if self._rows[number] != row:
            self._rows[number] = row
            self.dataChanged.emit(self.index(number), self.index(number))
            self.row_changed.emit(row)

    def _wanted(self) -> list[ModelRow]:
        here = [
            ModelRow(
                entry.folder,
                entry.name,
                entry.folder,
                self._told(entry.folder, entry.fingerprint),
                self._tasks.view(entry.name),
            )
            for entry in self._shelf.entries
        ]
        coming = [
            ModelRow(view.about, view.name, task=view)
            for view in self._tasks.views
            if view.order.verb.brings and view.state is not TaskState.DONE
        ]
        return [*here, *coming]

    def _told(self, folder: str, fingerprint: str) -> ModelFacts | None:
        """Give what was told of a model, with what has been found out here since."""
        facts = self._facts.get(folder)
        if facts and not facts.fingerprint:
            facts = dataclasses.replace(facts, fingerprint=fingerprint)
        if facts and not facts.speed and (seconds := self._seconds(facts)):
            facts = dataclasses.replace(facts, speed=Speed(min(seconds)))
        return facts

    def _seconds(self, facts: ModelFacts) -> list[float]:
        return [
            pace.seconds(SAMPLE_STEPS)
            for pace in self._paces
            if pace.fingerprint == facts.fingerprint and pace.size == facts.size
        ]
