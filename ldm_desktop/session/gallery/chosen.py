"""Which pictures are meant: the current one, and the selection, by their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ldm_desktop.gallery.records import Entry
from ldm_desktop.session.gallery.model import GalleryModel
from ldm_desktop.session.gallery.values import NOT_LISTED

MOST_READ = 500
"""Selected pictures that are read at once, for dragging them out and for what panels say."""


class Chosen(QObject):
    """The current picture and the selection; both outlast another listing where they can."""

    current_changed = Signal(object)  # Entry | None: another, or the same with other values
    selection_changed = Signal()

    def __init__(self, model: GalleryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._number = NOT_LISTED
        self._row = NOT_LISTED
        self._current: Entry | None = None
        self._selected: tuple[int, ...] = ()
        model.entries_read.connect(self._take_entries)

    @property
    def model(self) -> GalleryModel:
        """The listing."""
        return self._model

    @property
    def current_number(self) -> int:
        """The number of the current picture, or NOT_LISTED."""
        return self._number

    @property
    def current(self) -> Entry | None:
        """The current picture, once it has been read."""
        return self._current

    @property
    def selected(self) -> tuple[int, ...]:
        """The numbers of the selected pictures."""
        return self._selected

    @property
    def targets(self) -> tuple[int, ...]:
        """What a verb is for: the selection, or else the current picture."""
        return self._selected or ((self._number,) if self._number != NOT_LISTED else ())

    def set_current(self, number: int) -> None:
        """Make a picture current; NOT_LISTED for none."""
        if number == self._number:
            return
        self._number, self._row = number, self._model.row_of(number)
        self._current = self._model.entry_of(number)
        if number != NOT_LISTED and self._current is None:
            self._model.want(number)
        self.current_changed.emit(self._current)

    def set_selected(self, numbers: Sequence[int]) -> None:
        """Say which pictures are selected."""
        if (selected := tuple(numbers)) == self._selected:
            return
        self._selected = selected
        for number in selected[:MOST_READ]:
            self._model.want(number)
        self.selection_changed.emit()

    def step(self, rows: int) -> None:
        """Make the picture so many rows on current and the only one chosen; ends are kept to."""
        count = self._model.rowCount()
        if count:
            row = max(self._model.row_of(self._number), 0) + rows
            number = self._model.number_at(min(max(row, 0), count - 1))
            self.set_selected((number,))
            self.set_current(number)

    def relist(self) -> None:
        """Stay with what was chosen; where the current picture is gone, the next is current."""
        model = self._model
        self.set_selected([n for n in self._selected if model.row_of(n) != NOT_LISTED])
        row = model.row_of(self._number)
        if self._number != NOT_LISTED and row == NOT_LISTED:
            last = model.rowCount() - 1
            self.set_current(model.number_at(min(self._row, last)) if last >= 0 else NOT_LISTED)
        self._row = model.row_of(self._number)

    def _take_entries(self, entries: dict[int, Entry]) -> None:
        entry = entries.get(self._number)
        if entry and entry != self._current:
            self._current = entry
            self.current_changed.emit(entry)
