"""A gallery's desk over the real item model, with rows out of thin air: for tests of the grid."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from looking import entry_of, image_of
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoStack

from ldm_desktop.gallery.finding.query import Group, Grouping, Order
from ldm_desktop.gallery.records import Entry, Flag, Label
from ldm_desktop.session.gallery.chosen import Chosen
from ldm_desktop.session.gallery.model import GalleryModel
from ldm_desktop.session.gallery.steps import step
from ldm_desktop.session.gallery.values import NOT_LISTED, Counts, Listing, Question

LIBRARY = Path("pictures")


class InstantThumbs(QObject):
    """Has every image at once."""

    loaded = Signal(object)

    def __init__(self, size: tuple[int, int] = (96, 64)) -> None:
        super().__init__()
        self.side = 256
        self.size = size
        self.images: dict[int, QImage] = {}
        self.broken: set[int] = set()

    def set_side(self, side: int) -> None:
        self.side = side

    def image(self, entry: Entry, _file: Path) -> QImage | None:
        if entry.number in self.broken:
            return QImage()
        if entry.number not in self.images:
            self.images[entry.number] = image_of(entry.number, *self.size)
        return self.images[entry.number]

    def forget(self) -> None:
        self.images.clear()


class ListedDesk(Chosen):
    """Lists numbers at once, applies verdicts at once, and keeps all else that is asked for."""

    listing_changed = Signal()
    query_trouble = Signal(str)
    question_changed = Signal()
    counts_changed = Signal(object)
    completions = Signal(object)
    thumb_side_changed = Signal(int)
    thumbnails_changed = Signal(object)
    details_changed = Signal(object)
    summary_changed = Signal(object)
    lineage_changed = Signal(object)
    image_opened = Signal(object)
    opened = Signal(object)
    trouble = Signal(str)
    notice = Signal(str)
    work_changed = Signal(object)
    task_done = Signal(object)

    def __init__(self, count: int = 0, size: tuple[int, int] = (96, 64)) -> None:
        self.thumbs = InstantThumbs(size)
        super().__init__(GalleryModel(self.thumbs))  # type: ignore[arg-type]
        self.model.setParent(self)
        self.library = LIBRARY
        self.question = Question()
        self.counts = Counts()
        self.undo_stack = QUndoStack(self)
        self.thumb_side = 160
        self.entries: dict[int, Entry] = {}
        self.calls: list[tuple[Any, ...]] = []
        self.model.wanted.connect(self._read)
        self.list(range(1, count + 1))
        self.listed = bool(count)
        self.in_the_way = ""

    query = property(lambda self: self.question.text)
    order = property(lambda self: self.question.order)
    grouping = property(lambda self: self.question.grouping)

    def list(self, numbers: Sequence[int], groups: tuple[Group, ...] = ()) -> None:
        """Show a listing, as the database answers."""
        listed, places = (
            array("q", numbers),
            array("i", [NOT_LISTED]) * (max(numbers, default=0) + 1),
        )
        for row, number in enumerate(listed):
            places[number] = row
        listing = Listing(listed, places, groups, question=self.question)
        self.model.set_listing(listing, step(self.model.listing.numbers, listed))
        self.relist()
        self.listing_changed.emit()

    def ask(self, **changes: Any) -> None:
        """Have another question."""
        if (question := replace(self.question, **changes)) != self.question:
            self.question = question
            self.question_changed.emit()

    def set_query(self, text: str) -> None:
        self.calls.append(("set_query", text))
        self.ask(text=text)

    def set_order(self, order: Order) -> None:
        self.ask(order=order)

    def set_grouping(self, grouping: Grouping) -> None:
        self.ask(grouping=grouping)

    def set_thumb_side(self, side: int, scale: float = 1.0) -> None:
        self.thumb_side = side
        self.model.set_thumb_side(round(side * scale))
        self.thumb_side_changed.emit(side)

    def thumbnail(self, entry: Entry) -> QImage | None:
        return self.thumbs.image(entry, self.model.file_of(entry))

    def rate(self, stars: int, numbers: Sequence[int] | None = None) -> None:
        self.change(numbers, rating=stars)

    def flag(self, flag: Flag, numbers: Sequence[int] | None = None) -> None:
        self.change(numbers, flag=flag)

    def label(self, label: Label, numbers: Sequence[int] | None = None) -> None:
        self.change(numbers, label=label)

    def change(self, numbers: Sequence[int] | None, **values: Any) -> None:
        """Let pictures be others."""
        changed = {
            number: replace(self.entry(number), **values)
            for number in (self.targets if numbers is None else numbers)
        }
        self.entries |= changed
        self.model.take_entries(changed)

    def entry(self, number: int) -> Entry:
        """Give the entry of a picture."""
        if number not in self.entries:
            self.entries[number] = entry_of(number)
        return self.entries[number]

    def kept_image(self, _picture: UUID) -> QImage:
        return QImage()

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """Give the calls of a name, without it."""
        return [call[1:] for call in self.calls if call[0] == name]

    def __getattr__(self, name: str) -> Any:
        """Keep every other verb as a call."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *given: self.calls.append((name, *given))

    def _read(self, numbers: tuple[int, ...]) -> None:
        self.model.take_entries({number: self.entry(number) for number in numbers})
