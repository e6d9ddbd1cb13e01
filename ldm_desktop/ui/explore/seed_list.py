"""The list of remembered seeds, by keyboard and mouse."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ldm_desktop.gallery.seeds.records import SeedKey
from ldm_desktop.session.explore.seed_model import SeedsModel
from ldm_desktop.session.gallery.values import NOT_LISTED
from ldm_desktop.ui import theme
from ldm_desktop.ui.explore.seed_painting import SEED_HEIGHT, SeedDelegate
from ldm_desktop.ui.widgets import named

MOST_READ = 512
"""So many of the seeds that are selected are described."""
STAR_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Period)
USE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect
STAY = QItemSelectionModel.SelectionFlag.NoUpdate


class SeedList(QTableView):
    """Keeps what is chosen by its seeds while listings come and go.

    It is a table, as a list view of 100,000 rows lays all of them out when one has changed.
    """

    chosen_changed = Signal()
    star_wished = Signal()
    """What is chosen is to be starred, or no longer."""
    row_star_wished = Signal(object)
    """SeedKey: the same for one row."""
    name_wished = Signal()
    use_wished = Signal()

    def __init__(self, seeds: SeedsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "seeds-list", self.tr("Seeds"))
        self._seeds = seeds
        self._current: SeedKey | None = None
        self._chosen: tuple[SeedKey, ...] = ()
        self._count = 0
        self._restoring = False
        delegate = SeedDelegate(self)
        delegate.star_wished.connect(self._star_row)
        self.setItemDelegate(delegate)
        self.setModel(seeds)
        self._dress()
        self.selectionModel().selectionChanged.connect(self._take_selection)
        self.selectionModel().currentChanged.connect(self._take_selection)
        seeds.rows_read.connect(self._take_selection)
        seeds.modelReset.connect(self._restore)

    @property
    def current(self) -> SeedKey | None:
        """The seed that is looked at."""
        return self._current

    @property
    def chosen(self) -> tuple[SeedKey, ...]:
        """The first seeds that are selected, as far as they were read."""
        return self._chosen

    @property
    def count(self) -> int:
        """How many seeds are selected."""
        return self._count

    def with_chosen(self, then: Callable[[tuple[SeedKey, ...]], None]) -> None:
        """Hand over all seeds that are selected; those that were not read are looked up."""
        if len(self._chosen) == self._count:
            then(self._chosen)
        else:
            self._seeds.keys(self._selected_rows(), then)

    def go_to(self, row: int) -> None:
        """Choose a row and show it."""
        index = self._seeds.index(row)
        self.selectionModel().setCurrentIndex(index, CHOOSE)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def step(self, by: int) -> None:
        """Go to a row above or below."""
        rows = self._seeds.rowCount()
        if rows:
            self.go_to(min(max(self.currentIndex().row() + by, 0), rows - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Star, rename, use."""
        doing: dict[Qt.Key, Callable[[], object]] = {
            **dict.fromkeys(STAR_KEYS, self.star_wished.emit),
            **dict.fromkeys(USE_KEYS, self.use_wished.emit),
            Qt.Key.Key_F2: self.name_wished.emit,
        }
        key = Qt.Key(event.key())
        if key in doing and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            doing[key]()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Search nothing by typing: that would read every row; there is a field for it."""

    def _dress(self) -> None:
        theme.mark(self, "canvas")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        for header in (rows, columns):
            header.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(SEED_HEIGHT)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _star_row(self, row: int) -> None:
        if key := self._seeds.key(row):
            self.row_star_wished.emit(key)

    def _take_selection(self) -> None:
        if self._restoring:
            return
        current = self._seeds.key(self.currentIndex().row())
        count = sum(span.height() for span in self._spans())
        rows = itertools.islice(self._selected_rows(), MOST_READ)
        chosen = tuple(key for row in rows if (key := self._seeds.key(row)))
        if (current, chosen, count) != (self._current, self._chosen, self._count):
            self._current, self._chosen, self._count = current, chosen, count
            self.chosen_changed.emit()

    def _spans(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _selected_rows(self) -> Iterator[int]:
        spans = sorted((span.top(), span.bottom()) for span in self._spans())
        return itertools.chain.from_iterable(range(top, last + 1) for top, last in spans)

    def _restore(self) -> None:
        """Choose again what was chosen, as far as it is listed."""
        self._restoring = True
        chosen = QItemSelection()
        for key in self._chosen:
            if (row := self._seeds.row_of(key)) != NOT_LISTED:
                chosen.select(self._seeds.index(row), self._seeds.index(row))
        row = self._seeds.row_of(self._current) if self._current else NOT_LISTED
        if row != NOT_LISTED:
            self.selectionModel().setCurrentIndex(self._seeds.index(row), STAY)
        self.selectionModel().select(chosen, CHOOSE)
        self._restoring = False
        self._take_selection()
