"""Which seeds a new contact sheet has: from one on, at random, or those one liked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from ldm_desktop.core import seeds as seed_texts
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.seeds.records import SheetPlan
from ldm_desktop.session.explore import sheet_plans
from ldm_desktop.session.explore.sheet_plans import Source
from ldm_desktop.ui.explore import sheet_words
from ldm_desktop.ui.widgets import Field, Note, Segments, beside, named, stacked

USUAL = 1_000
MOST = 100_000
"""Seeds of a sheet that is asked for here; nobody looks through more."""
FIGURE = 128

Make: TypeAlias = Callable[..., SheetPlan]


class SeedChoice(StrEnum):
    """Where the seeds of a sheet come from."""

    FROM = "from"
    RANDOM = "random"
    LIKED = "liked"


class SheetSeeds(QWidget):
    """Holds the choice, and plans a sheet of it."""

    changed = Signal()

    def __init__(self, first: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._liked: tuple[int, ...] = ()
        self.choice = SeedChoice.FROM
        self.choices = self._segments()
        self.first = QLineEdit(str(first), self)
        named(self.first, "sheet-first", self.tr("First seed"))
        digits = QRegularExpression(r"\d{0,39}")
        self.first.setValidator(QRegularExpressionValidator(digits, self.first))
        self.count = QSpinBox(self)
        named(self.count, "sheet-count", self.tr("How many seeds"))
        self.count.setRange(1, MOST)
        self.count.setGroupSeparatorShown(True)
        self.count.setSingleStep(100)
        self.count.setValue(USUAL)
        for field in (self.first, self.count):
            field.setFixedWidth(FIGURE)
        self.note = Note("sheet-seeds-note", "muted", self)
        self._lay_out()
        self._show_choice()

    def set_liked(self, seeds: Sequence[int]) -> None:
        """Hear which seeds a person liked."""
        self._liked = tuple(seeds)
        self._show_choice()

    def plan(self, source: Source, *, share: float, draft: int, name: str) -> SheetPlan:
        """Plan a sheet; KnownError says what is wrong with the choice."""
        return self._maker(source)(share=share, draft=draft, name=name)

    def _maker(self, source: Source) -> Make:
        if self.choice is SeedChoice.RANDOM:
            return partial(sheet_plans.at_random, source, self.count.value())
        if self.choice is SeedChoice.LIKED:
            return partial(sheet_plans.of_seeds, source, self._liked)
        return partial(sheet_plans.in_order, source, self._first_seed(), self.count.value())

    def _first_seed(self) -> int:
        if not self.first.text():
            raise BadArgumentError(self.tr("There is no first seed: write a number from 0."))
        return seed_texts.parse(self.first.text())[0][0]

    def _segments(self) -> Segments:
        segments = Segments("sheet-seeds", self.tr("Seeds"), self)
        words = {
            SeedChoice.FROM: self.tr("From one on"),
            SeedChoice.RANDOM: self.tr("At random"),
            SeedChoice.LIKED: self.tr("Seeds I liked"),
        }
        for each, text in words.items():
            segments.add(each, text, "", f"sheet-seeds-{each.value}")
        segments.choose(self.choice)
        segments.chosen.connect(self._choose)
        return segments

    def _lay_out(self) -> None:
        self._first_field = Field(self.tr("&First"), _short(self.first), self.first, self)
        self._count_field = Field(self.tr("How &many"), _short(self.count), self.count, self)
        column = stacked(self)
        column.addWidget(Field(self.tr("&Seeds"), self.choices, self.choices, self))
        column.addWidget(self._first_field)
        column.addWidget(self._count_field)
        column.addWidget(self.note)
        self.first.textChanged.connect(lambda _: self.changed.emit())
        self.count.valueChanged.connect(lambda _: self.changed.emit())

    def _choose(self, choice: SeedChoice) -> None:
        self.choice = choice
        self._show_choice()

    def _show_choice(self) -> None:
        self._first_field.setVisible(self.choice is SeedChoice.FROM)
        self._count_field.setVisible(self.choice in (SeedChoice.FROM, SeedChoice.RANDOM))
        self.note.say(self._said())
        self.changed.emit()

    def _said(self) -> str:
        if self.choice is not SeedChoice.LIKED:
            return ""
        if not self._liked:
            return self.tr("No seed is starred or kept yet: star one with Ctrl+B.")
        text = self.tr("Starred seeds, and those kept on a sheet: {count}")
        return text.format(count=sheet_words.number(len(self._liked)))


def _short(field: QWidget) -> QHBoxLayout:
    """Give a row in which a field has no more room than it wants."""
    row = beside(field)
    row.addStretch(1)
    return row
