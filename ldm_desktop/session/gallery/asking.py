"""What is asked of chosen pictures: all of one, its family, what many have in common."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.records import Details
from ldm_desktop.session.gallery import reading
from ldm_desktop.session.gallery.librarian import Librarian
from ldm_desktop.session.gallery.model import GalleryModel
from ldm_desktop.session.gallery.values import Lineage, Summary
from ldm_desktop.session.gallery.verbs import Verbs

if TYPE_CHECKING:
    from collections.abc import Sequence


class Asking(Verbs):
    """Answers come as signals, the latest question's only, and again when rows change."""

    details_changed = Signal(object)  # Details of what was asked for last, again when it changes
    summary_changed = Signal(object)  # Summary of those asked for last, again when rows change
    lineage_changed = Signal(object)  # Lineage of what was asked for last

    def __init__(
        self, librarian: Librarian, model: GalleryModel, parent: QObject | None = None
    ) -> None:
        super().__init__(librarian, model, parent)
        self._asked_details: UUID | None = None
        self._asked_summary: tuple[int, ...] = ()

    def details(self, picture: UUID | None) -> None:
        """Read all of a picture: `details_changed`, again when it changes. None: no more news."""
        self._asked_details = picture
        if picture:
            work = partial(reading.details, picture)
            self._librarian.read(work, self._take_details, "details")

    def summary(self, numbers: Sequence[int]) -> None:
        """Read what pictures have in common: `summary_changed`, again when rows change.

        Of no pictures: no more news.
        """
        self._asked_summary = tuple(numbers)
        if self._asked_summary:
            work = partial(reading.summary, self._asked_summary)
            self._librarian.read(work, self._take_summary, "summary")

    def lineage(self, picture: UUID) -> None:
        """Read a picture's parents, siblings and children: `lineage_changed`."""
        self._librarian.read(partial(reading.lineage, picture), self._take_lineage, "lineage")

    def ask_again(self) -> None:
        """Read again what was asked, as rows have changed."""
        self.details(self._asked_details)
        self.summary(self._asked_summary)

    def _take_details(self, details: Details | KnownError) -> None:
        # A picture that has gone meanwhile has no details; the listing says so.
        if not isinstance(details, KnownError):
            self.details_changed.emit(details)

    def _take_summary(self, summary: Summary | KnownError) -> None:
        # What is in the way of the database is said once, for all that is asked of it. The
        # answer to a question that was taken back is not wanted any more.
        if not isinstance(summary, KnownError) and summary.numbers == self._asked_summary:
            self.summary_changed.emit(summary)

    def _take_lineage(self, lineage: Lineage | KnownError) -> None:
        if isinstance(lineage, KnownError):
            self.notice.emit(str(lineage))
        else:
            self.lineage_changed.emit(lineage)
