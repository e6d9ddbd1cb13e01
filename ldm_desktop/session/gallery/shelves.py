"""What the sidebar says: places, albums and tags, counted when nothing more urgent is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.gallery import reading
from ldm_desktop.session.gallery.librarian import Librarian
from ldm_desktop.session.gallery.values import Counts, Shelf

LEISURE = 9


class Shelves(QObject):
    """Counts each place by its query, one by one, so that a search need not wait for it."""

    changed = Signal(object)  # Counts

    def __init__(self, librarian: Librarian, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._librarian = librarian
        self._counts = Counts(places=self._places())

    @property
    def counts(self) -> Counts:
        """What was counted last; what is being counted keeps its last number."""
        return self._counts

    def count(self) -> None:
        """Count everything again."""
        self._librarian.search(reading.albums, self._take_albums, "albums", LEISURE)

    def _places(self) -> tuple[Shelf, ...]:
        return (
            Shelf(self.tr("All pictures"), ""),
            Shelf(self.tr("Picked"), "flag:picked"),
            Shelf(self.tr("Rejected"), "flag:rejected"),
            Shelf(self.tr("Unrated"), "is:unrated"),
            Shelf(self.tr("Duplicates"), "is:duplicate"),
            Shelf(self.tr("Imported"), "is:imported"),
            Shelf(self.tr("Missing"), "state:missing"),
            Shelf(self.tr("Damaged"), "state:damaged OR state:changed"),
            Shelf(self.tr("Trash"), "state:trashed"),
        )

    def _take_albums(self, found: Counts | KnownError) -> None:
        if isinstance(found, KnownError):
            return
        known = {shelf.query: shelf.count for shelf in self._counts.smart}
        smart = tuple(replace(shelf, count=known.get(shelf.query)) for shelf in found.smart)
        self._set(replace(found, places=self._counts.places, smart=smart))
        for shelf in (*self._counts.places, *smart):
            work = partial(reading.count, shelf.query)
            then = partial(self._take_count, shelf.query)
            self._librarian.search(work, then, ("count", shelf.query), LEISURE)

    def _take_count(self, query: str, count: int | KnownError) -> None:
        # A smart album whose query is not understood any more has no number.
        number = None if isinstance(count, KnownError) else count
        counts = self._counts
        self._set(
            replace(
                counts,
                places=_counted(counts.places, query, number),
                smart=_counted(counts.smart, query, number),
            )
        )

    def _set(self, counts: Counts) -> None:
        if counts != self._counts:
            self._counts = counts
            self.changed.emit(counts)


def _counted(shelves: Iterable[Shelf], query: str, count: int | None) -> tuple[Shelf, ...]:
    return tuple(
        replace(shelf, count=count) if shelf.query == query else shelf for shelf in shelves
    )
