"""What the gallery's views bind to: what is listed, current and selected, and what to do with it.

Views call methods and hear signals, all in the GUI thread; nothing here waits. Pictures are
named by their row's number in the database where there may be 100,000 of them (selection,
verbs) and by their id where there is one (details, lineage, images, reproduction).

    Chosen       current, selected, targets, set_current, set_selected, step      (chosen.py)
    Verbs        undo_stack, rate, flag, label, tags, notes, albums, trash, …      (verbs.py)
    Asking       details of one picture, its lineage, what many have in common    (asking.py)
    GalleryDesk  what is listed and counted, pictures at full size, tasks
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.finding.query import Grouping, Order
from ldm_desktop.gallery.records import Details, Entry
from ldm_desktop.session.gallery import kept_view, reading
from ldm_desktop.session.gallery.asking import Asking
from ldm_desktop.session.gallery.images import Images
from ldm_desktop.session.gallery.kept_view import KeptView
from ldm_desktop.session.gallery.librarian import Librarian
from ldm_desktop.session.gallery.model import GalleryModel
from ldm_desktop.session.gallery.reproduction import Reproducer
from ldm_desktop.session.gallery.shelves import Shelves
from ldm_desktop.session.gallery.steps import SAME
from ldm_desktop.session.gallery.thumbs import LARGEST, SMALLEST, Thumbs
from ldm_desktop.session.gallery.values import (
    NOT_LISTED,
    NOTHING_LISTED,
    Changed,
    Counts,
    OpenedGallery,
    OpenedImage,
    Question,
    TaskDone,
)
from ldm_desktop.session.restoring import Restoring
from ldm_desktop.session.state_file import StateFile

if TYPE_CHECKING:
    from ldm_desktop.gallery.finding.complete import Completion
    from ldm_desktop.session.gallery.chores import Wish

NEIGHBOURS = (1, -1, 2)
"""Rows from the picture that is looked at whose pictures are read before they are asked for."""


class GalleryDesk(Asking):
    """The gallery of the library that is open, observable.

    Signals of its bases: `current_changed` (Entry | None), `selection_changed` (nothing),
    `notice` (str), `details_changed`, `summary_changed`, `lineage_changed`.
    """

    listing_changed = Signal()
    """`model` shows another listing, and `current_number` and `selected` hold for it already."""
    query_trouble = Signal(str)
    """Why the query cannot be answered (the last listing stays), or "" once one was."""
    question_changed = Signal()
    """`query`, `order` or `grouping` are other than before."""
    thumb_side_changed = Signal(int)
    thumbnails_changed = Signal(object)
    """frozenset[int]: numbers of pictures whose `thumbnail` has come (the model tells its own)."""
    counts_changed = Signal(object)  # Counts
    completions = Signal(object)  # tuple[Completion, ...] for the text asked for last
    image_opened = Signal(object)  # OpenedImage
    opened = Signal(object)  # OpenedGallery
    trouble = Signal(str)
    """What is in the way of the library now (unplugged, full, read-only), or "" once it is over."""
    work_changed = Signal(object)  # Work: how far a task is that takes long
    task_done = Signal(object)  # TaskDone: with the report of an import, check, rebuild or export
    reproduced = Signal(object)  # Reproduction

    def __init__(
        self,
        librarian: Librarian,
        thumbnails: Path,
        restoring: Restoring,
        reproducer: Reproducer,
        kept: Path,
        parent: QObject | None = None,
    ) -> None:
        self._thumbs = Thumbs(thumbnails)
        super().__init__(librarian, GalleryModel(self._thumbs), parent)
        self._thumbs.setParent(self)
        self._model.setParent(self)
        self._restoring = restoring
        self._reproducer = reproducer
        self._images = Images(self)
        self._shelves = Shelves(librarian, self)
        view = kept_view.load(kept)
        self._question = Question("", view.order, view.grouping)
        self._thumb_side = min(max(view.thumb_side, SMALLEST), LARGEST)
        self._kept = StateFile(kept, kept_view.VERSION, self)
        self._kept.trouble.connect(self.notice)
        self._listen()

    # What is listed.

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self._librarian.library

    @property
    def ready(self) -> bool:
        """Whether the gallery is open."""
        return self._librarian.ready

    @property
    def listed(self) -> bool:
        """Whether it is known which pictures there are."""
        return self._model.listing is not NOTHING_LISTED

    @property
    def in_the_way(self) -> str:
        """What `trouble` has told last."""
        return self._librarian.in_the_way

    @property
    def query(self) -> str:
        """The text that is searched for, as it was typed."""
        return self._question.text

    @property
    def order(self) -> Order:
        """What the listing is sorted by."""
        return self._question.order

    @property
    def grouping(self) -> Grouping:
        """What the listing is grouped by."""
        return self._question.grouping

    def set_query(self, text: str) -> None:
        """Search for something else, as one types; the latest text wins."""
        self._ask(replace(self._question, text=text))

    def set_order(self, order: Order) -> None:
        """Sort in another way."""
        self._ask(replace(self._question, order=order))

    def set_grouping(self, grouping: Grouping) -> None:
        """Group in another way."""
        self._ask(replace(self._question, grouping=grouping))

    @property
    def counts(self) -> Counts:
        """What the sidebar says: places, albums, smart albums, tags."""
        return self._shelves.counts

    # How large thumbnails are.

    @property
    def thumb_side(self) -> int:
        """The longer side of thumbnails in the grid, in logical pixels."""
        return self._thumb_side

    def set_thumb_side(self, side: int, scale: float = 1.0) -> None:
        """Show thumbnails of another size, on a screen of this scale."""
        side = min(max(side, SMALLEST), LARGEST)
        self._model.set_thumb_side(min(round(side * scale), LARGEST))
        if side != self._thumb_side:
            self._thumb_side = side
            self.thumb_side_changed.emit(side)
            self._keep()

    def thumbnail(self, entry: Entry) -> QImage | None:
        """Give a small image of any picture: null if it cannot be read, None if it is to come."""
        return self._thumbs.image(entry, self._model.file_of(entry))

    # What is asked for one picture.

    def complete(self, text: str, cursor: int) -> None:
        """Find what could stand at the cursor: `completions`."""
        work = partial(reading.complete, text, cursor)
        self._librarian.read(work, self._take_completions, "complete", urgency=2)

    def open_image(self, picture: UUID) -> None:
        """Read a picture at full size: `image_opened`, at once if it is kept; neighbours follow."""
        if not (image := self._images.kept(picture)).isNull():
            self.image_opened.emit(OpenedImage(picture, image))
            self._expect_neighbours()
            return
        current = self.current
        if current and current.id == picture:
            self._open(current)
        else:
            work = partial(reading.entry, picture)
            self._librarian.read(work, self._take_entry, ("entry", picture), urgency=2)

    def kept_image(self, picture: UUID) -> QImage:
        """Give a full-size picture if it is kept, or a null image."""
        return self._images.kept(picture)

    def use_settings(self, picture: UUID) -> None:
        """Set the controls to how a picture was made."""
        self._librarian.read(partial(reading.details, picture), self._restore)

    def render_exact(self, picture: UUID) -> None:
        """Make a picture again in the precision that repeats to the last bit."""
        self._librarian.read(partial(reading.details, picture), self._render_exact)

    def reproduce(self, picture: UUID) -> None:
        """Make a picture again by its recipe, and compare: `reproduced` once it is saved."""
        self._librarian.read(partial(reading.details, picture), self._reproduce)

    # What takes long: `work_changed`, then `task_done`; one after another.

    def import_files(self, paths: Sequence[Path]) -> None:
        """Copy pictures, and those in folders, into the library."""
        self._librarian.import_files(tuple(paths))

    def rebuild(self) -> None:
        """Read everything again from the files."""
        self._librarian.rebuild()

    def verify(self, repair: bool) -> None:
        """Compare database and files, and mend what can be mended if so wished."""
        self._librarian.verify(repair)

    def export(self, wish: Wish, numbers: Sequence[int] | None = None) -> None:
        """Write pictures for others: ExportOptions, SheetJob or TableJob, in listed order."""
        pictures = self.targets if numbers is None else tuple(numbers)
        self._librarian.export(tuple(sorted(pictures, key=self._model.row_of)), wish)

    def cancel(self) -> None:
        """Stop the task that is being done."""
        self._librarian.cancel()

    def retry(self) -> None:
        """Try again now what is in the way, as `trouble` says."""
        self._librarian.retry()

    def close(self) -> None:
        """Write what is to be written and end the threads, in at most 2.5 s."""
        self._librarian.close()
        self._kept.finish()
        for part in (self._thumbs, self._images, self._reproducer):
            part.close()

    # What comes in.

    def _listen(self) -> None:
        librarian, model = self._librarian, self._model
        librarian.closed.connect(self._take_closed)
        librarian.opened.connect(self._take_opened)
        librarian.changed.connect(self._take_changed)
        librarian.trouble.connect(self.trouble)
        librarian.notice.connect(self.notice)
        librarian.progress.connect(self.work_changed)
        librarian.done.connect(self._take_done)
        model.wanted.connect(self._read_page)
        self._thumbs.loaded.connect(self.thumbnails_changed)
        self._images.opened.connect(self.image_opened)
        self._shelves.changed.connect(self.counts_changed)
        self._reproducer.reproduced.connect(self.reproduced)
        self._reproducer.notice.connect(self.notice)

    def _ask(self, question: Question) -> None:
        if question != self._question:
            self._question = question
            self.question_changed.emit()
            self._list()
            self._keep()

    def _keep(self) -> None:
        """Remember how pictures are looked at; what is searched for is today's."""
        self._kept.keep(KeptView(self.order, self.grouping, self._thumb_side))

    def _list(self) -> None:
        work = partial(reading.answer, self._question, self._model.listing, self.current_number)
        self._librarian.search(work, self._take_answer, "listing", urgency=0)

    def _take_answer(self, answer: reading.Answer | KnownError) -> None:
        if isinstance(answer, KnownError):
            self.query_trouble.emit(str(answer))
            return
        before, listing = self._model.listing, answer.listing
        step = answer.step_from(before)
        self._model.set_listing(listing, step)
        self.relist()
        self.query_trouble.emit("")
        # Asked again because something had changed, most listings are what they were; that there
        # are no pictures is news as well, the first time.
        other = (before.question, before.groups) != (listing.question, listing.groups)
        if step != SAME or other or before is NOTHING_LISTED:
            self.listing_changed.emit()

    def _take_closed(self) -> None:
        self._model.set_library(self._librarian.library)
        self._images.forget()
        self.undo_stack.clear()
        self.relist()

    def _take_opened(self, opened: OpenedGallery) -> None:
        self._list()
        self._shelves.count()
        self.opened.emit(opened)

    def _take_changed(self, changed: Changed) -> None:
        self._model.take_changed(changed)
        self.ask_again()
        if changed.numbers is None:
            self._model.want(self.current_number)
            self._list()
            self._shelves.count()

    def _take_done(self, done: TaskDone) -> None:
        # Any file may be another one now.
        self._images.forget()
        self.task_done.emit(done)

    def _read_page(self, numbers: tuple[int, ...]) -> None:
        self._librarian.read(partial(reading.page, numbers), self._take_page, "page", urgency=1)

    def _take_page(self, page: reading.Page | KnownError) -> None:
        if not isinstance(page, KnownError):
            self._model.take_entries(page.entries, page.asked)

    def _take_completions(self, found: tuple[Completion, ...] | KnownError) -> None:
        self.completions.emit(() if isinstance(found, KnownError) else found)

    def _take_entry(self, entry: Entry | KnownError) -> None:
        if isinstance(entry, KnownError):
            self.notice.emit(str(entry))
        else:
            self._open(entry)

    def _open(self, entry: Entry) -> None:
        self._images.open(entry.id, self._model.file_of(entry))
        self._expect_neighbours()

    def _expect_neighbours(self) -> None:
        row = self._model.row_of(self.current_number)
        near = (row + offset for offset in NEIGHBOURS) if row != NOT_LISTED else ()
        for other in near:
            if 0 <= other < self._model.rowCount() and (entry := self._model.entry_at(other)):
                self._images.expect(entry.id, self._model.file_of(entry))

    def _restore(self, details: Details | KnownError) -> None:
        if isinstance(details, KnownError):
            self.notice.emit(str(details))
        elif recipe := details.made.recipe:
            self._restoring.restore(codec.canonical(recipe))
        elif details.made.seed is not None:
            self._restoring.restore(str(details.made.seed))
        else:
            self.notice.emit(self.tr("Nothing is known of how this picture was made."))

    def _render_exact(self, details: Details | KnownError) -> None:
        if isinstance(details, KnownError):
            self.notice.emit(str(details))
        else:
            self._reproducer.render_exact(details)

    def _reproduce(self, details: Details | KnownError) -> None:
        if isinstance(details, KnownError):
            self.notice.emit(str(details))
        else:
            self._reproducer.reproduce(details, self._model.file_of(details.entry))
