"""The remembered seeds as an item model: all rows at once, what is on screen read elsewhere."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import SeedKey, SeedRow
from ldm_desktop.session.explore import seed_wording
from ldm_desktop.session.explore.seed_images import decoded
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.session.gallery.steps import StepKind, runs, step
from ldm_desktop.session.gallery.values import NOT_LISTED

if TYPE_CHECKING:
    from ldm_desktop.gallery.seeds.store import Store

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
PAGE = 64
"""Rows that are read at once."""
MOST_SEEN = 4096
MOST_WANTED = 8
"""Pages that are sent for: what was scrolled past is asked for again when it comes back."""
SETTLE = 600
"""Milliseconds to gather changes into one new listing, as a sheet notes tiles all the time."""


@dataclass(frozen=True)
class Seen:
    """A row as it was read, with its picture; a null one if it has none."""

    row: SeedRow
    image: QImage


class Role(IntEnum):
    """What a view can ask of a row; None until it is read."""

    SEEN = Qt.ItemDataRole.UserRole + 1  # Seen


class SeedsModel(QAbstractListModel):
    """The seeds that answer a query, those met last first; nothing here waits.

    A new listing is a reset, or rows put in or taken out in one place; `rows_read` tells that
    rows have come that were sent for.
    """

    listed = Signal()
    rows_read = Signal()
    problem_changed = Signal(str)
    """Why the query cannot be understood, or ""."""

    def __init__(self, desk: SeedDesk, parent: QObject | None = None) -> None:
        self._numbers: array[int] = array("q")
        self._rows: dict[int, int] | None = None
        self._seen: OrderedDict[int, Seen] = OrderedDict()
        self._by_key: dict[SeedKey, int] = {}
        self._wanted: OrderedDict[int, None] = OrderedDict()
        super().__init__(parent)
        self._desk = desk
        self._query = ""
        self._known = False
        self._active = False
        self._stale = True
        self._asking = self._timer(0, self._ask)
        self._settling = self._timer(SETTLE, self.refresh)
        desk.seeds_changed.connect(self._later)
        desk.note_changed.connect(self._take_note)

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._query

    @property
    def known(self) -> bool:
        """Whether a listing has come yet."""
        return self._known

    def set_query(self, text: str) -> None:
        """Search for something else."""
        if text != self._query:
            self._query = text
            self.refresh()

    def set_active(self, active: bool) -> None:
        """Follow what changes while somebody looks; otherwise only once they look again."""
        self._active = active
        if not active:
            self._settling.stop()
        elif self._stale:
            self.refresh()

    def refresh(self) -> None:
        """List again."""
        self._settling.stop()
        self._stale = False
        query = self._query
        self._desk.ask(lambda store: store.numbers(query), self._take_numbers, ("list", id(self)))

    def seen(self, row: int) -> Seen | None:
        """Give a row if it was read; if not, it is sent for."""
        number = self._numbers[row]
        found = self._seen.get(number)
        if found is None:
            self._want(row)
        else:
            self._seen.move_to_end(number)
        return found

    def key(self, row: int) -> SeedKey | None:
        """Give the seed of a row, if it was read; it is not sent for."""
        there = 0 <= row < len(self._numbers)
        found = self._seen.get(self._numbers[row]) if there else None
        return found.row.key if found else None

    def keys(self, rows: Iterable[int], then: Callable[[tuple[SeedKey, ...]], None]) -> None:
        """Look up the seeds of any rows, in their order."""
        numbers = tuple(self._numbers[row] for row in rows)
        self._desk.ask(lambda store: store.keys(numbers), partial(self._take_keys, then))

    @staticmethod
    def _take_keys(
        then: Callable[[tuple[SeedKey, ...]], None], keys: tuple[SeedKey, ...] | KnownError
    ) -> None:
        # What is in the way is told by the desk, once for all questions.
        if not isinstance(keys, KnownError):
            then(keys)

    def row_of(self, key: SeedKey) -> int:
        """Give the row of a seed that was read lately and is listed, or NOT_LISTED."""
        return self._row(self._by_key.get(key, -1))

    def find(self, key: SeedKey, then: Callable[[int], None]) -> None:
        """Look up the row of any seed: NOT_LISTED if it is not among those found."""
        self._desk.ask(
            lambda store: store.number_of(key), partial(self._take_found, then), ("find", id(self))
        )

    def _take_found(self, then: Callable[[int], None], number: int | KnownError | None) -> None:
        then(self._row(number) if isinstance(number, int) else NOT_LISTED)

    def _row(self, number: int) -> int:
        if self._rows is None:
            self._rows = {number: row for row, number in enumerate(self._numbers)}
        return self._rows.get(number, NOT_LISTED)

    # What Qt asks of a model.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Give how many seeds are listed."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is known of a seed."""
        if role not in WORDS and role != Role.SEEN:
            return None
        if not (index.isValid() and index.row() < len(self._numbers)):
            return None
        seen = self.seen(index.row())
        if seen is None or role == Role.SEEN:
            return seen
        return WORDS[role](seen.row)

    # What comes in.

    def _later(self) -> None:
        self._stale = True
        if self._active and not self._settling.isActive():
            self._settling.start()

    def _take_numbers(self, numbers: array[int] | KnownError) -> None:
        if isinstance(numbers, KnownError):
            self.problem_changed.emit(str(numbers))
            return
        self.problem_changed.emit("")
        self._known = True
        self._replace(numbers)
        # What is shown stays as it was until it is read again.
        self._read(tuple(self._seen)[-PAGE * MOST_WANTED :])
        self.listed.emit()

    def _replace(self, numbers: array[int]) -> None:
        way = step(self._numbers, numbers)
        self._rows = None
        if way.kind is StepKind.INSERTED:
            self.beginInsertRows(QModelIndex(), way.first, way.last)
            self._numbers = numbers
            self.endInsertRows()
        elif way.kind is StepKind.REMOVED:
            self.beginRemoveRows(QModelIndex(), way.first, way.last)
            self._numbers = numbers
            self.endRemoveRows()
        elif way.kind is StepKind.RESET:
            self.beginResetModel()
            self._numbers = numbers
            self.endResetModel()

    def _take_note(self, key: SeedKey) -> None:
        # One look-up each, as thousands may be starred at once.
        number = self._by_key.get(key, -1)
        if seen := self._seen.get(number):
            row = replace(seen.row, note=self._desk.record(key))
            self._seen[number] = replace(seen, row=row)
            self._tell([number])

    def _take_rows(self, asked: Sequence[int], rows: dict[int, Seen] | KnownError) -> None:
        if isinstance(rows, KnownError):
            return  # What is in the way is told by the desk, once for all questions.
        for number in asked:
            self._forget(number)
        self._seen |= rows
        self._by_key |= {seen.row.key: number for number, seen in rows.items()}
        while len(self._seen) > MOST_SEEN:
            self._forget(next(iter(self._seen)))
        self._tell(rows)
        self.rows_read.emit()

    def _forget(self, number: int) -> None:
        gone = self._seen.pop(number, None)
        # A seed that was removed and met again has another row.
        if gone and self._by_key.get(gone.row.key) == number:
            del self._by_key[gone.row.key]

    def _tell(self, numbers: Iterable[int]) -> None:
        rows = (self._row(number) for number in numbers)
        for first, last in runs(row for row in rows if row != NOT_LISTED):
            self.dataChanged.emit(self.index(first), self.index(last))

    # What is sent for.

    def _want(self, row: int) -> None:
        self._wanted[row // PAGE] = None
        self._wanted.move_to_end(row // PAGE)
        while len(self._wanted) > MOST_WANTED:
            self._wanted.popitem(last=False)
        if not self._asking.isActive():
            self._asking.start()

    def _ask(self) -> None:
        pages, self._wanted = reversed(self._wanted), OrderedDict()
        for page in pages:
            numbers = self._numbers[page * PAGE : (page + 1) * PAGE]
            self._read(tuple(number for number in numbers if number not in self._seen))

    def _read(self, numbers: Sequence[int]) -> None:
        if numbers:
            self._desk.ask(
                partial(_rows, numbers), partial(self._take_rows, numbers), (id(self), numbers)
            )

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer


WORDS: dict[int, Any] = {
    Qt.ItemDataRole.DisplayRole: seed_wording.title,
    Qt.ItemDataRole.AccessibleTextRole: seed_wording.spoken,
}


def _rows(numbers: Sequence[int], store: Store) -> dict[int, Seen]:
    rows = store.rows(numbers)
    return {number: Seen(row, decoded(row.preview)) for number, row in rows.items()}
