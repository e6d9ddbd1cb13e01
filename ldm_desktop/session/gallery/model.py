"""The listing as an item model: all rows at once, what is on screen read and decoded elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, ClassVar, TypeAlias
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage

from ldm_desktop.gallery.finding.query import Group
from ldm_desktop.gallery.records import Entry, State
from ldm_desktop.session import export
from ldm_desktop.session.gallery import wording
from ldm_desktop.session.gallery.steps import Step, StepKind, runs
from ldm_desktop.session.gallery.thumbs import Thumbs
from ldm_desktop.session.gallery.values import (
    NOT_LISTED,
    NOTHING_LISTED,
    PICTURES_MIME,
    Changed,
    Listing,
)

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST_ENTRIES = 8192
"""Entries that are kept; more than any screen shows, and some scrolling back."""
MOST_ASKED = 1024
NO_FILE = (State.MISSING, State.DAMAGED)


class Role(IntEnum):
    """What a view can ask of a row. All but NUMBER, GROUP and IMAGE are None until it is read."""

    NUMBER = Qt.ItemDataRole.UserRole + 1  # int: its number in the database
    ENTRY = Qt.ItemDataRole.UserRole + 2  # gallery.records.Entry
    ID = Qt.ItemDataRole.UserRole + 3  # UUID
    FILE = Qt.ItemDataRole.UserRole + 4  # Path, absolute
    IMAGE = Qt.ItemDataRole.UserRole + 5  # QImage at most thumb_side; null: it cannot be read
    BROKEN = Qt.ItemDataRole.UserRole + 6  # bool: missing, damaged, or not to be read
    GROUP = Qt.ItemDataRole.UserRole + 7  # Group it is in, or None without grouping
    RATING = Qt.ItemDataRole.UserRole + 8  # int 0-5
    FLAG = Qt.ItemDataRole.UserRole + 9  # Flag
    LABEL = Qt.ItemDataRole.UserRole + 10  # Label


class GalleryModel(QAbstractListModel):
    """All pictures of a listing; a view says by `set_visible` which of them it shows.

    Nothing here waits: what is not known yet is None, is sent for, and comes by `dataChanged`.
    A new listing is a reset (or rows put in or taken out in one place); views keep what they
    had current and selected by number, with `row_of`.
    """

    wanted = Signal(object)
    """tuple[int, ...]: rows' numbers whose entries are to be read; the latest wish counts."""
    entries_read = Signal(object)
    """dict[int, Entry]: what has just been read."""
    NAMES: ClassVar[dict[int, bytes]] = {role: role.name.lower().encode() for role in Role}

    def __init__(self, thumbnails: Thumbs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = NOTHING_LISTED
        self._library = Path()
        self._entries: OrderedDict[int, Entry] = OrderedDict()
        self._asked: OrderedDict[int, None] = OrderedDict()
        self._visible = range(0)
        self._thumbs = thumbnails
        thumbnails.loaded.connect(self._take_image)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._ask)

    # What views ask besides data.

    @property
    def listing(self) -> Listing:
        """What is listed."""
        return self._listing

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups in order, each with the row it starts at; none without grouping."""
        return self._listing.groups

    @property
    def visible(self) -> range:
        """The rows that the view has said it shows."""
        return self._visible

    @property
    def library(self) -> Path:
        """The folder that files are relative to."""
        return self._library

    @property
    def thumb_side(self) -> int:
        """The longer side of thumbnails, in pixels of the screen."""
        return self._thumbs.side

    def set_thumb_side(self, side: int) -> None:
        """Give thumbnails of another size; until they come, those that are there are given."""
        self._thumbs.set_side(side)

    def set_visible(self, first: int, last: int) -> None:
        """Hear which rows are on screen: they are read first, then a screenful on either side."""
        visible = range(max(first, 0), min(last + 1, self.rowCount()))
        if visible != self._visible:
            self._visible = visible
            self._asking.start()

    def row_of(self, number: int) -> int:
        """Give the row of a picture, or NOT_LISTED (-1)."""
        return self._listing.row_of(number)

    def number_at(self, row: int) -> int:
        """Give the number of a row's picture."""
        return self._listing.numbers[row]

    def numbers(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Give the numbers of rows' pictures."""
        return tuple(self._listing.numbers[row] for row in rows)

    def entry_of(self, number: int) -> Entry | None:
        """Give what is known of a picture, listed or not, if it was read lately."""
        return self._entries.get(number)

    def entry_at(self, row: int) -> Entry | None:
        """Give what is known of a row; what is not is sent for."""
        number = self._listing.numbers[row]
        if (entry := self._entries.get(number)) is None:
            self.want(number)
            return None
        self._entries.move_to_end(number)
        return entry

    def group_at(self, row: int) -> Group | None:
        """Give the group that a row is in."""
        groups = self._listing.groups
        place = bisect_right(groups, row, key=lambda group: group.start)
        return groups[place - 1] if place else None

    def file_of(self, entry: Entry) -> Path:
        """Give where a picture's file is."""
        return self._library / entry.file

    # What Qt asks of a model.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Give how many pictures are listed."""
        return 0 if parent.isValid() else len(self._listing.numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is known of a picture."""
        if not (index.isValid() and index.row() < len(self._listing.numbers)):
            return None
        if role == Role.NUMBER:
            return self._listing.numbers[index.row()]
        if role == Role.GROUP:
            return self.group_at(index.row())
        entry = self.entry_at(index.row()) if role in READ else None
        return None if entry is None else self._of_entry(entry, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let pictures be dragged, to albums and out."""
        usual, more = super().flags(index), Qt.ItemFlag.ItemIsDragEnabled
        return usual | more | Qt.ItemFlag.ItemNeverHasChildren if index.isValid() else usual

    def mimeTypes(self) -> list[str]:
        """Name what is dragged: pictures for albums, and files for everybody else."""
        return [PICTURES_MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Give pictures by number, and the files of those that were read."""
        numbers = [self._listing.numbers[index.row()] for index in indexes]
        known = [self._entries[number] for number in numbers if number in self._entries]
        data = export.files_data(
            [self.file_of(entry) for entry in known if entry.state not in NO_FILE]
        )
        data.setData(PICTURES_MIME, " ".join(map(str, numbers)).encode())
        return data

    def roleNames(self) -> dict[int, bytes]:  # type: ignore[override]
        """Name the roles; PySide's stub has QByteArray where it takes and gives bytes."""
        return self.NAMES

    # What comes in.

    def set_library(self, library: Path) -> None:
        """Show nothing until another library has been listed."""
        self.beginResetModel()
        self._library = library
        self._listing = NOTHING_LISTED
        self._entries.clear()
        self._asked.clear()
        self._visible = range(0)
        self._thumbs.forget()
        self.endResetModel()

    def set_listing(self, listing: Listing, step: Step) -> None:
        """Show another listing; `step` leads to it from the one that is shown."""
        self._keep(listing.entries)
        if step.kind is StepKind.SAME:
            self._listing = listing
        elif step.kind is StepKind.INSERTED:
            self.beginInsertRows(QModelIndex(), step.first, step.last)
            self._listing = listing
            self.endInsertRows()
        elif step.kind is StepKind.REMOVED:
            self.beginRemoveRows(QModelIndex(), step.first, step.last)
            self._listing = listing
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._listing = listing
            self.endResetModel()
        self._visible = range(
            min(self._visible.start, self.rowCount()), min(self._visible.stop, self.rowCount())
        )
        self._asking.start()

    def want(self, number: int) -> None:
        """Have a picture read, listed or not, unless it was lately."""
        if number in self._entries or number in self._asked or number == NOT_LISTED:
            return
        self._asked[number] = None
        while len(self._asked) > MOST_ASKED:
            self._asked.popitem(last=False)
        self._asking.start()

    def take_entries(self, entries: dict[int, Entry], asked: Iterable[int] = ()) -> None:
        """Take what was read; rows that are other than before are painted again."""
        for number in (*asked, *entries):
            self._asked.pop(number, None)
        self._tell(self._keep(entries))
        self.entries_read.emit(entries)

    def take_changed(self, changed: Changed) -> None:
        """Hear that rows have changed: those on screen stay as they are until they are read."""
        if changed.numbers is None:
            shown = {self._listing.numbers[row] for row in self._visible}
            for number in [number for number in self._entries if number not in shown]:
                del self._entries[number]
            self._asked.update(dict.fromkeys(shown))
            self._thumbs.forget_broken()
            self._asking.start()
            return
        for number in self._entries.keys() & changed.numbers:
            if number not in changed.entries:
                del self._entries[number]
        self.take_entries(changed.entries)

    def _of_entry(self, entry: Entry, role: int) -> Any:
        if role == Role.IMAGE:
            return self._image(entry)
        if role == Role.BROKEN:
            image = self._image(entry)
            return entry.state in NO_FILE or (image is not None and image.isNull())
        if role == Role.FILE:
            return self.file_of(entry)
        return OF_ENTRY[role](entry)

    def _image(self, entry: Entry) -> QImage | None:
        return self._thumbs.image(entry, self.file_of(entry))

    def _take_image(self, numbers: frozenset[int]) -> None:
        self._tell(numbers, [Role.IMAGE, Role.BROKEN, Qt.ItemDataRole.DecorationRole])

    def _tell(self, numbers: Iterable[int], roles: list[int] | None = None) -> None:
        rows = (self._listing.row_of(number) for number in numbers)
        for first, last in runs(row for row in rows if row != NOT_LISTED):
            self.dataChanged.emit(self.index(first), self.index(last), roles or [])

    def _keep(self, entries: dict[int, Entry]) -> list[int]:
        """Keep what was read, the latest read longest; give which are other than before."""
        changed = [number for number, entry in entries.items() if self._other(number, entry)]
        for number, entry in entries.items():
            self._entries[number] = entry
            self._entries.move_to_end(number)
        while len(self._entries) > MOST_ENTRIES:
            self._entries.popitem(last=False)
        return changed

    def _other(self, number: int, entry: Entry) -> bool:
        return self._entries.get(number) != entry

    # What is sent for.

    def _ask(self) -> None:
        """Send for all that is wanted by now: on screen, asked for one by one, and around."""
        numbers = self._listing.numbers
        wanted = []
        for number in (numbers[row] for row in self._visible):
            if number in self._entries:
                self._entries.move_to_end(number)
            else:
                wanted.append(number)
        around = self._around() if self._visible else ()
        missing = [numbers[row] for row in around if numbers[row] not in self._entries]
        if ahead := tuple(dict.fromkeys([*wanted, *self._asked, *missing])):
            self.wanted.emit(ahead)

    def _around(self) -> list[int]:
        first, last, page = self._visible.start, self._visible.stop, len(self._visible)
        after = range(last, min(last + page, self.rowCount()))
        return [*after, *range(max(first - page, 0), first)]


OF_ENTRY: dict[int, Any] = {
    Role.ENTRY: lambda entry: entry,
    Role.ID: lambda entry: entry.id,
    Role.RATING: lambda entry: entry.rating,
    Role.FLAG: lambda entry: entry.flag,
    Role.LABEL: lambda entry: entry.label,
    Qt.ItemDataRole.DisplayRole: wording.title,
    Qt.ItemDataRole.AccessibleTextRole: wording.spoken,
    Qt.ItemDataRole.ToolTipRole: lambda entry: entry.file.name,
}
READ = frozenset([*OF_ENTRY, Role.IMAGE, Role.BROKEN, Role.FILE])


def dragged(data: QMimeData) -> tuple[int, ...]:
    """Give the numbers of the pictures in what was dragged from the gallery."""
    if not data.hasFormat(PICTURES_MIME):
        return ()
    return tuple(map(int, bytes(data.data(PICTURES_MIME).data()).split()))


def ids(entries: Iterable[Entry | None]) -> tuple[UUID, ...]:
    """Give the ids of entries that are known."""
    return tuple(entry.id for entry in entries if entry)
