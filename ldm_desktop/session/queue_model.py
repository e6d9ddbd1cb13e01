"""The queue as a list for views: what runs first stands first, what has ended comes after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ldm_desktop.session import wording
from ldm_desktop.worker.work import JobView, QueueView

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

Index: TypeAlias = QModelIndex | QPersistentModelIndex
JOB_MIME = "application/x-ldm-desktop-job"
NOWHERE = QModelIndex()


class Role(IntEnum):
    """What a view can ask of a job."""

    VIEW = Qt.ItemDataRole.UserRole + 1
    TITLE = Qt.ItemDataRole.UserRole + 2
    STATE = Qt.ItemDataRole.UserRole + 3
    SHARE = Qt.ItemDataRole.UserRole + 4
    ETA = Qt.ItemDataRole.UserRole + 5
    SENTENCE = Qt.ItemDataRole.UserRole + 6


class QueueModel(QAbstractListModel):
    """The jobs the worker tells of; moving a row asks the worker, whose answer moves it."""

    queue_changed = Signal(object)

    NAMES: ClassVar[dict[int, bytes]] = {role: role.name.lower().encode() for role in Role}

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._rows: list[UUID] = []
        self._views: dict[UUID, JobView] = {}
        self._order: dict[UUID, int] = {}
        self._queue = QueueView(paused=False, waiting_pictures=0, share=0.0)
        worker.job_changed.connect(self._take)
        worker.job_removed.connect(self._drop)
        worker.jobs_ordered.connect(self._take_order)
        worker.queue_changed.connect(self._take_queue)

    @property
    def queue(self) -> QueueView:
        """The queue as a whole."""
        return self._queue

    @property
    def jobs(self) -> tuple[JobView, ...]:
        """All jobs, as they are listed."""
        return tuple(self._views[job] for job in self._rows)

    def job(self, job: UUID) -> JobView | None:
        """Give a job that is listed."""
        return self._views.get(job)

    def index_of(self, job: UUID) -> QModelIndex:
        """Give a job's place, or an invalid index."""
        return self.index(self._rows.index(job)) if job in self._views else QModelIndex()

    def shift(self, job: UUID, by: int) -> None:
        """Move a job up (-1) or down (+1) among those that have not ended."""
        row = self._rows.index(job)
        if 0 <= row + by < self._live():
            self._move(row, row + by + (by > 0))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the jobs."""
        return 0 if parent.isValid() else len(self._rows)

    def roleNames(self) -> dict[int, Any]:
        """Name the roles."""
        return {**super().roleNames(), **self.NAMES}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Tell of a job."""
        if not index.isValid():
            return None
        view = self._views[self._rows[index.row()]]
        match role:
            case Role.VIEW:
                return view
            case Role.TITLE | Qt.ItemDataRole.DisplayRole:
                return wording.job_title(view.request)
            case Role.STATE:
                return wording.job_state(view)
            case Role.SHARE:
                return view.share
            case Role.ETA:
                return "" if view.state.ended else wording.left(view.eta)
            case Role.SENTENCE | Qt.ItemDataRole.ToolTipRole:
                return view.sentence
            case Qt.ItemDataRole.AccessibleTextRole:
                return _aloud(view)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what has not ended be dragged, and dropped between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        ended = index.row() >= self._live()
        return usual if ended else usual | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Jobs are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Name what is dragged."""
        return [JOB_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Give the ids of the jobs that are dragged."""
        data = QMimeData()
        ids = " ".join(str(self._rows[index.row()]) for index in indexes)
        data.setData(JOB_MIME, ids.encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Ask the worker to run the dragged jobs before the one they were dropped on."""
        if action is not Qt.DropAction.MoveAction or not data.hasFormat(JOB_MIME):
            return False
        if row < 0:
            row = parent.row() if parent.isValid() else len(self._rows)
        jobs = [UUID(text) for text in data.data(JOB_MIME).toStdString().split()]
        for job in jobs:
            if job in self._views:
                self._move(self._rows.index(job), row)
        return bool(jobs)

    def moveRows(self, source: Index, row: int, count: int, target: Index, before: int) -> bool:
        """Ask the worker to run a job before another, as a list view does after a drag."""
        if source.isValid() or target.isValid() or count != 1:
            return False
        self._move(row, before)
        return True

    def _move(self, row: int, before: int) -> None:
        live = self._live()
        if row >= live or before in (row, row + 1):
            return
        self._worker.move(self._rows[row], self._rows[before] if before < live else None)

    def _live(self) -> int:
        return sum(not self._views[job].state.ended for job in self._rows)

    def _take(self, view: JobView) -> None:
        known = self._views.get(view.id)
        if known is None:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._views[view.id] = view
            self._rows.append(view.id)
            self.endInsertRows()
        else:
            self._views[view.id] = view
            index = self.index_of(view.id)
            self.dataChanged.emit(index, index)
        if known.state.ended != view.state.ended if known else not self._comes_last(view):
            self._settle()

    def _comes_last(self, view: JobView) -> bool:
        """Whether a new job stands right at the end, as each does when a queue comes back."""
        last = self._views[self._rows[-2]] if len(self._rows) > 1 else view
        in_order = self._turn(last.id) <= self._turn(view.id)
        return in_order and not (view.state.ended or last.state.ended)

    def _turn(self, job: UUID) -> float:
        """Give a job's place in the order; one that is not in it yet comes after all that are."""
        return self._order.get(job, math.inf)

    def _drop(self, job: UUID) -> None:
        if job not in self._views:
            return
        row = self._rows.index(job)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row], self._views[job]
        self._order.pop(job, None)
        self.endRemoveRows()

    def _take_order(self, jobs: tuple[UUID, ...]) -> None:
        self._order = {job: place for place, job in enumerate(jobs)}
        self._settle()

    def _take_queue(self, queue: QueueView) -> None:
        self._queue = queue
        self.queue_changed.emit(queue)

    def _settle(self) -> None:
        """Move each row to its place, so that selections and scroll positions stay with theirs."""
        wanted = self._sorted()
        places = {job: place for place, job in enumerate(wanted)}
        for place, job in enumerate(wanted):
            here = self._rows[place]
            if here == job:
                continue
            if self._rows[place + 1] == job:
                # As when one has ended and goes far down: or all that wait would go up one by one.
                self._put(place, places[here])
            else:
                self._put(self._rows.index(job, place), place)

    def _put(self, row: int, place: int) -> None:
        before = place if place < row else place + 1
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), before)
        self._rows.insert(place, self._rows.pop(row))
        self.endMoveRows()

    def _sorted(self) -> list[UUID]:
        live = [job for job in self._rows if not self._views[job].state.ended]
        ended = [job for job in self._rows if self._views[job].state.ended]
        live.sort(key=self._turn)
        ended.sort(key=lambda job: self._views[job].request.created, reverse=True)
        return live + ended


def _aloud(view: JobView) -> str:
    eta = "" if view.state.ended else wording.left(view.eta)
    parts = [wording.job_title(view.request), wording.job_state(view), eta, view.sentence]
    return ", ".join(filter(None, parts))
