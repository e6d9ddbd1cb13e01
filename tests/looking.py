"""A gallery's desk that only holds values and records calls, for tests of the looking side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from samples import ENVIRONMENT, recipe_of

from ldm_desktop.gallery.records import Annotation, Details, Entry, Flag, Label, Made, Origin, State
from ldm_desktop.session.gallery.values import (
    NOT_LISTED,
    Counts,
    Lineage,
    OpenedImage,
    TaskDone,
    Work,
)

CREATED = "2026-11-23T06:30:00+00:00"
LIBRARY = Path("pictures")


def entry_of(number: int, **changes: Any) -> Entry:
    """Give the entry of a picture of ours; its seed is its number."""
    values: dict[str, Any] = {
        "number": number,
        "id": UUID(int=(0x5F3A0000 + number) << 96 | 1, version=4),
        "file": Path("2026-11-23") / f"seed-{number}.png",
        "state": State.PRESENT,
        "created": CREATED,
        "width": 96,
        "height": 64,
        "pixels": f"{number:064x}",
        "seed": number,
        "model": "landscapes",
        "rating": 0,
        "flag": Flag.NONE,
        "label": Label.NONE,
        "has_note": False,
        "has_recipe": True,
    }
    return Entry(**values | changes)


def details_of(entry: Entry, annotation: Annotation | None = None, **changes: Any) -> Details:
    """Give the details of a picture of ours."""
    made: dict[str, Any] = {
        "origin": Origin.OWN,
        "created": entry.created,
        "recipe": recipe_of(entry.seed or 0, size=(entry.width, entry.height)),
        "environment": ENVIRONMENT,
        "seconds": 1.5,
        "seed": entry.seed,
        "model": entry.model,
    }
    given = annotation or Annotation(entry.rating, entry.flag, entry.label)
    return Details(entry, Made(**made | changes), given, ())


def image_of(number: int, width: int = 96, height: int = 64) -> QImage:
    """Give a picture that can be told from others."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    sky = QLinearGradient(0, 0, width, height)
    sky.setColorAt(0, QColor.fromHsv((number * 47) % 360, 140, 220))
    sky.setColorAt(1, QColor.fromHsv((number * 47 + 60) % 360, 180, 70))
    painter = QPainter(image)
    painter.fillRect(image.rect(), sky)
    painter.setBrush(QColor.fromHsv((number * 91) % 360, 90, 245))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(width // 2 + number % 5 * width // 16, height // 6, width // 5, width // 5)
    painter.end()
    return image


class FakeModel(QAbstractListModel):
    """A listing of entries by their numbers."""

    entries_read = Signal(object)

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = {entry.number: entry for entry in entries}
        self.listed = [entry.number for entry in entries]
        self.wanted: list[int] = []
        self.library = LIBRARY

    def rowCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(self.listed)

    def data(self, _index: QModelIndex, _role: int = 0) -> None:
        return None

    def entry_of(self, number: int) -> Entry | None:
        return self.entries.get(number)

    def want(self, number: int) -> None:
        self.wanted.append(number)

    def row_of(self, number: int) -> int:
        return self.listed.index(number) if number in self.listed else NOT_LISTED

    def file_of(self, entry: Entry) -> Path:
        return self.library / entry.file


class FakeDesk(QObject):
    """Keeps what views ask for in `calls`; judging changes entries as the real one does."""

    listing_changed = Signal()
    current_changed = Signal(object)
    selection_changed = Signal()
    counts_changed = Signal(object)
    details_changed = Signal(object)
    summary_changed = Signal(object)
    lineage_changed = Signal(object)
    thumbnails_changed = Signal()
    image_opened = Signal(object)
    work_changed = Signal(object)
    task_done = Signal(object)
    notice = Signal(str)
    trouble = Signal(str)

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        super().__init__()
        self.model = FakeModel(entries)
        self.library = LIBRARY
        self.counts = Counts(tags=(("sky", 4), ("blue hour", 2), ("forest", 1)))
        self.current_number = NOT_LISTED
        self.selected: tuple[int, ...] = ()
        self.calls: list[tuple[Any, ...]] = []
        self.images: dict[UUID, QImage] = {}
        self.thumbnails = True

    @property
    def current(self) -> Entry | None:
        return self.model.entry_of(self.current_number)

    @property
    def targets(self) -> tuple[int, ...]:
        own = () if self.current_number == NOT_LISTED else (self.current_number,)
        return self.selected or own

    def set_current(self, number: int) -> None:
        if number != self.current_number:
            self.current_number = number
            self.current_changed.emit(self.current)

    def set_selected(self, numbers: Sequence[int]) -> None:
        self.selected = tuple(numbers)
        self.selection_changed.emit()

    def step(self, rows: int) -> None:
        row = self.model.row_of(self.current_number) + rows
        self.set_current(self.model.listed[min(max(row, 0), len(self.model.listed) - 1)])

    def change(self, number: int, **changes: Any) -> None:
        """Let a picture be another, as the database tells."""
        entry = self.model.entries[number] = replace(self.model.entries[number], **changes)
        self.model.entries_read.emit({number: entry})
        if number == self.current_number:
            self.current_changed.emit(entry)

    def rate(self, stars: int, numbers: Sequence[int] | None = None) -> None:
        self._judge("rate", stars, numbers, rating=stars)

    def flag(self, flag: Flag, numbers: Sequence[int] | None = None) -> None:
        self._judge("flag", flag, numbers, flag=flag)

    def label(self, label: Label, numbers: Sequence[int] | None = None) -> None:
        self._judge("label", label, numbers, label=label)

    def add_tags(self, tags: Sequence[str], numbers: Sequence[int] | None = None) -> None:
        self.calls.append(("add_tags", tuple(tags), numbers))

    def remove_tags(self, tags: Sequence[str], numbers: Sequence[int] | None = None) -> None:
        self.calls.append(("remove_tags", tuple(tags), numbers))

    def set_note(self, note: str, numbers: Sequence[int] | None = None) -> None:
        self.calls.append(("set_note", note, numbers))

    def trash(self, numbers: Sequence[int] | None = None) -> None:
        numbers = tuple(self.targets if numbers is None else numbers)
        self.calls.append(("trash", numbers))
        for number in numbers:
            self.model.listed.remove(number)
            self.change(number, state=State.TRASHED)
        self.listing_changed.emit()

    def details(self, picture: UUID | None) -> None:
        self.calls.append(("details", picture))

    def summary(self, numbers: Sequence[int]) -> None:
        self.calls.append(("summary", tuple(numbers)))

    def lineage(self, picture: UUID) -> None:
        self.calls.append(("lineage", picture))

    def set_query(self, text: str) -> None:
        self.calls.append(("set_query", text))

    def open_image(self, picture: UUID) -> None:
        self.calls.append(("open_image", picture))

    def kept_image(self, picture: UUID) -> QImage:
        return self.images.get(picture, QImage())

    def thumbnail(self, entry: Entry) -> QImage | None:
        return image_of(entry.number) if self.thumbnails else None

    def verify(self, repair: bool) -> None:
        self.calls.append(("verify", repair))

    def export(self, wish: object, numbers: Sequence[int] | None = None) -> None:
        self.calls.append(("export", wish, numbers))

    def rebuild(self) -> None:
        self.calls.append(("rebuild",))

    def cancel(self) -> None:
        self.calls.append(("cancel",))

    def open_all(self) -> None:
        """Let the pixels come that were asked for."""
        wanted = [call[1] for call in self.calls if call[0] == "open_image"]
        for entry in self.model.entries.values():
            if entry.id in wanted:
                image = image_of(entry.number, entry.width, entry.height)
                self.image_opened.emit(OpenedImage(entry.id, image))

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """Give the calls of a name, without it."""
        return [call[1:] for call in self.calls if call[0] == name]

    def _judge(self, name: str, value: object, numbers: Sequence[int] | None, **to: Any) -> None:
        numbers = tuple(self.targets if numbers is None else numbers)
        self.calls.append((name, value, numbers))
        for number in numbers:
            self.change(number, **to)


__all__ = ["FakeDesk", "FakeModel", "Lineage", "TaskDone", "Work", "details_of", "entry_of"]
