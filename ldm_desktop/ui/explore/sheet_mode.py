"""How far the tiles of a new contact sheet go: an early verdict, or drafts of few steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSpinBox, QWidget

from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.seeds.records import USUAL_SHARE
from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import Note, beside, named, stacked

LEAST_SHARE, MOST_SHARE = 5, 100
USUAL_DRAFT = 8
SPIN = 68
INDENT = 3 * theme.GRID


class SheetMode(QWidget):
    """Two ways, each with its number; what it means is said below."""

    changed = Signal()

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe = recipe
        self.early = QRadioButton(self.tr("Early verdict: stop all at"), self)
        self.drafts = QRadioButton(self.tr("Drafts of few steps:"), self)
        named(self.early, "sheet-early", self.tr("Early verdict"))
        named(self.drafts, "sheet-drafts", self.tr("Drafts of few steps"))
        self.percent = self._spin("sheet-stop-at", self.tr("Stop at"), self.tr(" %"))
        self.percent.setRange(LEAST_SHARE, MOST_SHARE)
        self.percent.setValue(round(100 * USUAL_SHARE))
        self.steps = self._spin("sheet-draft-steps", self.tr("Steps of a draft"), "")
        self.steps.setRange(1, max(recipe.steps - 1, 1))
        self.steps.setValue(USUAL_DRAFT)
        self._means_early = Note("sheet-early-note", "muted", self)
        self._means_drafts = Note("sheet-drafts-note", "muted", self)
        self._lay_out()
        self.early.setChecked(True)
        self.drafts.setEnabled(recipe.steps > 1)
        self._connect()
        self._refresh()

    @property
    def share(self) -> float:
        """After which share of the steps tiles rest; drafts go to their end."""
        return 1.0 if self.draft else self.percent.value() / 100

    @property
    def draft(self) -> int:
        """How many steps drafts have; 0 for none."""
        return self.steps.value() if self.drafts.isChecked() else 0

    def _spin(self, name: str, spoken: str, suffix: str) -> QSpinBox:
        spin = QSpinBox(self)
        named(spin, name, spoken)
        spin.setSuffix(suffix)
        spin.setFixedWidth(SPIN)
        return spin

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        column = stacked(self, 0)
        for radio, spin, note in (
            (self.early, self.percent, self._means_early),
            (self.drafts, self.steps, self._means_drafts),
        ):
            group.addButton(radio)
            row = beside(radio, spin)
            row.addStretch(1)
            column.addLayout(row)
            note.setContentsMargins(INDENT, theme.GRID // 2, 0, theme.GRID // 2)
            column.addWidget(note)

    def _connect(self) -> None:
        self.early.toggled.connect(self._refresh)
        for spin in (self.percent, self.steps):
            spin.valueChanged.connect(self._refresh)

    def _refresh(self) -> None:
        early = self.early.isChecked()
        self.percent.setEnabled(early)
        self.steps.setEnabled(not early)
        total = self._recipe.evaluations
        until = max(round(total * self.percent.value() / 100), 1)
        text = self.tr("At step {step} of {total}; survivors go on from there.")
        self._means_early.say(text.format(step=until, total=total))
        text = self.tr("Finished quickly; those you keep are made again in {steps} steps.")
        self._means_drafts.say(text.format(steps=self._recipe.steps))
        self.changed.emit()
