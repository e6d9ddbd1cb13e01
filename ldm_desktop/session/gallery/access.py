"""A thread's own connection to the gallery's database, made there when it is first needed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.gallery.values import OpenedGallery, Place

if TYPE_CHECKING:
    import apsw

    from ldm_desktop.gallery.finding.search import Search
    from ldm_desktop.gallery.index.store import Store

T = TypeVar("T")
translate = QCoreApplication.translate


class DamagedError(KnownError):
    """The database is no database any more: it is to be opened anew, which sets it aside."""


@dataclass(frozen=True)
class Books:
    """What can be asked of a database by the thread that has opened it."""

    connection: apsw.Connection
    store: Store
    search: Search


class Access:
    """The books of a place, opened once and again when the place is another one."""

    def __init__(self) -> None:
        self._place: Place | None = None
        self._books: Books | None = None

    def open(self, place: Place) -> OpenedGallery:
        """Check the database and open it, or make a new one; of all threads, one does this."""
        from ldm_desktop.gallery.index import database

        self.close()
        opened = _explained(place, lambda: database.open_database(place.database))
        self._take(place, opened.connection)
        self.run(place, _set_right)
        return OpenedGallery(place.library, opened.notices, opened.fresh)

    def run(self, place: Place, work: Callable[[Books], T]) -> T:
        """Do something with the books of a place."""
        return _explained(place, lambda: work(self._at(place)))

    def close(self) -> None:
        """Let go of the connection."""
        if self._books:
            self._books.connection.close()
        self._books = self._place = None

    def _at(self, place: Place) -> Books:
        from ldm_desktop.gallery.index import database

        if self._books is None or self._place != place:
            self.close()
            return self._take(place, database.connect(place.database))
        return self._books

    def _take(self, place: Place, connection: apsw.Connection) -> Books:
        from ldm_desktop.gallery.finding.search import Search
        from ldm_desktop.gallery.index.store import Store

        store = Store(connection, place.library)
        self._place, self._books = place, Books(connection, store, Search(connection))
        return self._books


def _set_right(books: Books) -> None:
    """Mend what a killed process has left, and read what was said since a backup was made.

    That before anybody can say more: the words of sidecars are newer than the backup's, and go
    before what is said until they have been read.
    """
    from ldm_desktop.gallery import files
    from ldm_desktop.gallery.care import refresh
    from ldm_desktop.gallery.index import bin as trash
    from ldm_desktop.gallery.index import database

    trash.settle(books.store)
    if books.store.meta(database.RESTORED):
        with contextlib.suppress(files.UnreachableError):
            refresh.refresh(books.store)


def _explained(place: Place, work: Callable[[], T]) -> T:
    from ldm_desktop.gallery.index import sql

    try:
        with sql.explained(str(place.database)):
            return work()
    except sql.DamagedError as error:
        raise DamagedError(
            translate(
                "Gallery", "The gallery's database is damaged: it is made anew from the pictures."
            )
        ) from error
