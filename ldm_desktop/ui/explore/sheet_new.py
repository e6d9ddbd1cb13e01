"""A new contact sheet: which seeds, by which settings, and where they stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Generator
from ldm_desktop.gallery.seeds.records import SeedKey, SheetPlan
from ldm_desktop.session.explore.sheet_plans import Source
from ldm_desktop.session.wording import duration
from ldm_desktop.ui.explore import sheet_words
from ldm_desktop.ui.explore.sheet_frame import Frame
from ldm_desktop.ui.explore.sheet_mode import SheetMode
from ldm_desktop.ui.explore.sheet_seeds import SheetSeeds
from ldm_desktop.ui.model_parts import button_of
from ldm_desktop.ui.widgets import HEIGHT, Field, Note, named

if TYPE_CHECKING:
    from ldm_desktop.session.explore.seeds import SeedDesk

WIDTH = 540


@dataclass(frozen=True)
class Offer:
    """What a new sheet starts from: settings, whose they are, and a first seed."""

    source: Source
    whose: str
    first: int


class NewSheetDialog(Frame):
    """Asks for a plan, which `planned` gives; `cost` tells its seconds, if anybody knows."""

    planned = Signal(object)  # SheetPlan

    def __init__(
        self,
        offer: Offer,
        seeds: SeedDesk,
        cost: Callable[[SheetPlan], float | None],
        parent: QWidget | None = None,
    ) -> None:
        title = QCoreApplication.translate("NewSheetDialog", "New contact sheet")
        super().__init__("sheet-new-dialog", title, parent)
        self._offer = offer
        self._cost = cost
        self.seeds = SheetSeeds(offer.first, self)
        self.mode = SheetMode(offer.source.recipe, self)
        self.name = QLineEdit(self)
        named(self.name, "sheet-new-name", self.tr("Name"))
        self.costs = Note("sheet-cost", "muted", self)
        self.problem = Note("sheet-problem", "warning", self)
        self.open_button = button_of("sheet-new-open", self.tr("Open the sheet"), self)
        self._lay_out()
        self.seeds.changed.connect(self._refresh)
        self.mode.changed.connect(self._refresh)
        self._refresh()
        seeds.seeds_liked(None, self._take_liked)

    def plan(self) -> SheetPlan:
        """Give the plan as it is chosen now; KnownError says why there is none."""
        return self.seeds.plan(
            self._offer.source,
            share=self.mode.share,
            draft=self.mode.draft,
            name=self.name.text().strip(),
        )

    def accept(self) -> None:
        """Give the plan."""
        self.planned.emit(self.plan())
        super().accept()

    def _refresh(self) -> None:
        try:
            plan = self.plan()
        except KnownError as error:
            self._say("", str(error))
            return
        self.name.setPlaceholderText(plan.name)
        self._say(self._costs_of(plan), "")

    def _costs_of(self, plan: SheetPlan) -> str:
        seconds = self._cost(plan)
        if seconds is None:
            return ""
        text = self.tr("≈ {time} until all {count} can be judged")
        return text.format(time=duration(seconds), count=sheet_words.number(plan.count))

    def _say(self, costs: str, problem: str) -> None:
        self.costs.say(costs)
        self.problem.say(problem)
        self.open_button.setEnabled(not problem)

    def _take_liked(self, found: tuple[SeedKey, ...] | KnownError) -> None:
        if self.gone:
            return
        if isinstance(found, KnownError):
            self._say("", str(found))
            return
        self.seeds.set_liked([key.seed for key in found if key.generator is Generator.TORCH])

    def _lay_out(self) -> None:
        self.column.addWidget(self.seeds)
        self.column.addWidget(self._settings())
        self.column.addWidget(Field(self.tr("Mode"), self.mode, self.mode.early, self))
        self.column.addWidget(Field(self.tr("&Name"), self.name, self.name, self))
        self.column.addWidget(self.costs)
        self.column.addWidget(self.problem)
        self.column.addStretch(1)
        cancel = button_of("sheet-new-cancel", self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self.accept)
        self.finish((), (cancel, self.open_button))
        self.setMinimumWidth(WIDTH)

    def _settings(self) -> Field:
        label = QLabel(sheet_words.settings(self._offer.source.recipe), self)
        label.setObjectName("sheet-new-settings")
        label.setWordWrap(True)
        label.setMinimumHeight(HEIGHT)
        field = Field(self.tr("Settings"), label, label, self)
        field.set_hint(self._offer.whose)
        return field
