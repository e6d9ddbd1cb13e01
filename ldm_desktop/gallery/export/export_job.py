"""Exports as they are ordered: many pictures as files, as a contact sheet, or as a table.

The window and the command line order them alike. One picture that cannot be exported is told of,
and keeps none of the others back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import files
from ldm_desktop.gallery.export import contact_sheet, export, export_names, tables
from ldm_desktop.gallery.export.export import ExportOptions
from ldm_desktop.gallery.export.sheet_plan import SheetOptions, Shown
from ldm_desktop.gallery.index.store_reads import NotHereError, Reader
from ldm_desktop.gallery.records import Details

Told = Callable[[int, int | None], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class SheetJob:
    """A contact sheet: a PNG or a PDF, as the name ends."""

    file: Path
    options: SheetOptions


@dataclass(frozen=True)
class TableJob:
    """A table of recipes: JSON or CSV, as the name ends."""

    file: Path


@dataclass(frozen=True)
class ExportJob:
    """Which pictures are exported, in which order, and as what."""

    pictures: tuple[UUID, ...]
    wish: ExportOptions | SheetJob | TableJob


@dataclass(frozen=True)
class Exported:
    """The files that were made, and sentences about pictures that are not in them."""

    files: tuple[Path, ...]
    problems: tuple[str, ...] = ()
    cancelled: bool = False


class _Enough(Exception):  # noqa: N818 - a wish, not an error
    """The person has asked for the end."""


def run(store: Reader, job: ExportJob, told: Told, cancelled: Cancelled) -> Exported:
    """Export; when it is cancelled, files that are made stay, and a sheet or table is not made."""

    def done(count: int) -> None:
        told(count, len(job.pictures))
        if cancelled():
            raise _Enough

    problems: list[str] = []
    found = _found(store, job.pictures, problems)
    if isinstance(job.wish, ExportOptions):
        return _pictures(found, store.library, job.wish, problems, done)
    try:
        if isinstance(job.wish, TableJob):
            made = tables.write_table(found, store.library, job.wish.file, done)
            return Exported((made,), tuple(problems))
        return _sheet(found, store.library, job.wish, problems, done)
    except _Enough:
        return Exported((), tuple(problems), cancelled=True)


def _found(store: Reader, pictures: Sequence[UUID], problems: list[str]) -> Iterator[Details]:
    for picture in pictures:
        try:
            yield store.details(picture)
        except NotHereError as error:
            problems.append(str(error))


def _pictures(
    found: Iterator[Details],
    library: Path,
    options: ExportOptions,
    problems: list[str],
    done: Callable[[int], None],
) -> Exported:
    files.prepare(options.folder)
    made: list[Path] = []
    try:
        done(0)
        for number, details in enumerate(found, start=1):
            words = export_names.words_of(details, number)
            try:
                made.append(export.export(library / details.entry.file, options, words))
            except files.UnreachableError:
                # The folder takes no more: the others would only say the same.
                raise
            except KnownError as error:
                problems.append(str(error))
            done(number)
    except _Enough:
        return Exported(tuple(made), tuple(problems), cancelled=True)
    return Exported(tuple(made), tuple(problems))


def _sheet(
    found: Iterator[Details],
    library: Path,
    job: SheetJob,
    problems: list[str],
    done: Callable[[int], None],
) -> Exported:
    shown = [_shown(details, library) for details in found]
    sheet = contact_sheet.contact_sheet(shown, job.file, job.options, done)
    return Exported((sheet.file,), (*problems, *sheet.problems))


def _shown(details: Details, library: Path) -> Shown:
    entry = details.entry
    size = (entry.width, entry.height)
    return Shown(library / entry.file, export_names.words_of(details), size)
