"""The family of the picture one looks at, and the way from it to its relatives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.records import Entry
from ldm_desktop.session.background import Background
from ldm_desktop.session.explore import kin
from ldm_desktop.session.explore.kin import Kin, Way
from ldm_desktop.session.explore.subject import Subject, subject_of
from ldm_desktop.session.gallery.librarian import Librarian
from ldm_desktop.session.gallery.values import Changed
from ldm_desktop.session.shown import Shown, read

if TYPE_CHECKING:
    from ldm_desktop.session.gallery.desk import GalleryDesk

translate = QCoreApplication.translate


class Family(QObject):
    """A picture among its relatives, `kin`, and itself as a subject once it is read.

    A draft has no family yet: it is shown the one of the picture that it came from.
    """

    changed = Signal()
    subject_changed = Signal(object)  # Subject | None
    notice = Signal(str)

    def __init__(
        self, librarian: Librarian, gallery: GalleryDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.gallery = gallery
        self._librarian = librarian
        self._background = Background(1, self)
        self._kin: Kin | None = None
        self._subject: Subject | None = None
        self._draft = False
        self._wanted: UUID | None = None
        self._came_from: UUID | None = None
        librarian.changed.connect(self._take_changed)

    @property
    def kin(self) -> Kin | None:
        """The family that is shown."""
        return self._kin

    @property
    def subject(self) -> Subject | None:
        """The picture whose family it is, once its file was read."""
        return self._subject

    @property
    def of_a_draft(self) -> bool:
        """Whether one came with a picture that is not saved yet."""
        return self._draft

    def show(self, subject: Subject) -> None:
        """Show the family of a picture."""
        self._draft = subject.picture is None
        if picture := subject.picture or next(iter(subject.parents), None):
            self.show_picture(picture)
        else:
            self._wanted = self._kin = None
            self._set_subject(None)
            self.changed.emit()

    def show_picture(self, picture: UUID) -> None:
        """Show the family of a saved picture."""
        self._came_from = self._kin.picture if self._kin else None
        self._wanted = picture
        self._ask(picture, self._take)

    def go(self, way: Way) -> None:
        """Walk to a relative; say so if there is none."""
        if not self._kin:
            return
        if found := self._kin.relative(way, self._came_from):
            self._draft = False
            self.show_picture(found)
        else:
            self.notice.emit(nobody(way))

    def relative(self, way: Way, picture: UUID, then: Callable[[Subject], None]) -> None:
        """Read the relative of a saved picture, and hand it over; say so if there is none."""
        self._ask(picture, partial(self._take_relative, way, then))

    def close(self) -> None:
        """Wait for what is being read."""
        self._background.close()

    def _ask(self, picture: UUID, then: Callable[[Kin | KnownError], None]) -> None:
        self._librarian.read(partial(kin.read, picture), then, "family")

    def _take(self, found: Kin | KnownError) -> None:
        if isinstance(found, KnownError):
            self.notice.emit(str(found))
        elif found.picture == self._wanted:
            self._kin = found
            self.changed.emit()
            self._read(found.entries.get(found.picture), self._set_subject)

    def _take_relative(
        self, way: Way, then: Callable[[Subject], None], found: Kin | KnownError
    ) -> None:
        if isinstance(found, KnownError):
            self.notice.emit(str(found))
            return
        picture = found.relative(way, self._came_from)
        self._came_from = found.picture
        if picture is None:
            self.notice.emit(nobody(way))
        elif entry := found.entries.get(picture):
            self._read(entry, then)
        else:
            self.notice.emit(elsewhere())

    def _read(self, entry: Entry | None, then: Callable[[Subject], None]) -> None:
        if entry:
            file = self.gallery.library / entry.file
            self._background.run(partial(read, file), partial(self._take_read, entry.id, then))

    def _take_read(
        self, picture: UUID, then: Callable[[Subject], None], shown: Shown | KnownError
    ) -> None:
        if isinstance(shown, KnownError):
            self.notice.emit(str(shown))
        elif shown.picture == picture:
            then(subject_of(shown))

    def _set_subject(self, subject: Subject | None) -> None:
        if subject is None or subject.picture == self._wanted:
            self._subject = subject
            self.subject_changed.emit(subject)

    def _take_changed(self, _: Changed) -> None:
        """Ask again, as there may be a new child."""
        if self._wanted:
            self._ask(self._wanted, self._take_again)

    def _take_again(self, found: Kin | KnownError) -> None:
        same = not isinstance(found, KnownError) and found.picture == self._wanted
        if same and found != self._kin:
            self._take(found)


def nobody(way: Way) -> str:
    """Say that there is no relative in a direction."""
    return {
        Way.PARENT: translate("Family", "This picture came from no other."),
        Way.CHILD: translate("Family", "No other picture has come of this one yet."),
        Way.OLDER: translate("Family", "This is the oldest of its siblings."),
        Way.YOUNGER: translate("Family", "This is the youngest of its siblings."),
    }[way]


def elsewhere() -> str:
    """Say that a relative is not in the library."""
    return translate("Family", "This relative is not in the library that is open.")
