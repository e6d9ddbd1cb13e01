"""What the gallery's threads do for the librarian; each function runs in one of them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.gallery.access import Access, Books
from ldm_desktop.session.gallery.values import Place
from ldm_desktop.session.gallery.watch import MOST_FOLDERS

if TYPE_CHECKING:
    from ldm_desktop.gallery.care.incoming import Brought
    from ldm_desktop.gallery.care.scan import Report
    from ldm_desktop.gallery.care.verify import Findings
    from ldm_desktop.gallery.export.export import ExportOptions
    from ldm_desktop.gallery.export.export_job import Exported, SheetJob, TableJob

    Wish: TypeAlias = ExportOptions | SheetJob | TableJob

AT_ONCE = 200
"""Sidecars between two looks at whether there is something else to do."""
OFTEN = 0.1
"""Seconds between two words on how far a task is."""
Told = Callable[[int, int | None], None]
Cancelled = Callable[[], bool]


class AwayError(KnownError):
    """The library's disk is in the way; it may come back."""


class Telling:
    """Passes on how far a task is, ten times a second and at the end."""

    def __init__(self, tell: Told) -> None:
        self._tell = tell
        self._last = 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how far it is."""
        now = time.monotonic()
        if now - self._last >= OFTEN or done == total:
            self._last = now
            self._tell(done, total)


@contextlib.contextmanager
def _reaching() -> Iterator[None]:
    """Tell a library that is away from other trouble, without Pillow in the GUI thread."""
    from ldm_desktop.gallery import files

    try:
        yield
    except files.UnreachableError as error:
        raise AwayError(str(error)) from error


def refresh(books: Books, told: Told, cancelled: Cancelled) -> Report:
    """Take note of files that came, went or changed."""
    from ldm_desktop.gallery.care import refresh as gallery

    with _reaching():
        return gallery.refresh(books.store, told, cancelled)


def rebuild(books: Books, told: Told, cancelled: Cancelled) -> Report:
    """Read everything again from the files."""
    from ldm_desktop.gallery.care import rebuild as gallery

    with _reaching():
        return gallery.rebuild(books.store, told, cancelled)


def verify(repair: bool, books: Books, told: Told, cancelled: Cancelled) -> Findings:
    """Compare database and files."""
    from ldm_desktop.gallery.care import verify as gallery

    with _reaching():
        return gallery.verify(books.store, repair, told, cancelled)


def import_files(
    sources: tuple[Path, ...], books: Books, told: Told, cancelled: Cancelled
) -> Brought:
    """Copy pictures of others into the library."""
    from ldm_desktop.gallery.care import incoming

    with _reaching():
        return incoming.bring_in(books.store, sources, told, cancelled)


def export(
    numbers: tuple[int, ...], wish: Wish, books: Books, told: Told, cancelled: Cancelled
) -> Exported:
    """Write pictures for others: as files, a contact sheet, or a table."""
    from ldm_desktop.gallery.export import export_job

    # In the order in which they were named; SQLite gives its own.
    ids = books.store.ids(numbers)
    pictures = tuple(ids[number] for number in numbers if number in ids)
    return export_job.run(books.store, export_job.ExportJob(pictures, wish), told, cancelled)


def flush_some(books: Books) -> int:
    """Write some sidecars; gives how many, AT_ONCE or more if there may be others."""
    from ldm_desktop.gallery.care.flush import flush

    with _reaching():
        return flush(books.store, limit=AT_ONCE)


def flush_until(place: Place, end: float, access: Access) -> None:
    """Write sidecars until all are written or the time is over; the rest stays marked."""
    while access.run(place, flush_some) >= AT_ONCE and time.monotonic() < end:
        continue


def back_up(place: Place, access: Access) -> None:
    """Keep a copy of the database."""
    from ldm_desktop.gallery.index import database

    access.run(place, lambda books: database.back_up(books.connection))


def folders_to_watch(books: Books) -> tuple[Path, ...]:
    """Give the library's folder and its newest days."""
    library = books.store.library
    try:
        days = sorted((path for path in library.iterdir() if path.is_dir()), reverse=True)
    except OSError:
        # The folder above tells when the disk is back.
        return (library.parent,)
    return (library, *[day for day in days if day.name[0] != "."][: MOST_FOLDERS - 1])


def nothing(_: object) -> None:
    """Do nothing with an answer: what the next start would find again needs no words."""
