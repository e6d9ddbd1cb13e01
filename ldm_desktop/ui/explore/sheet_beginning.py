"""How contact sheets begin: from the picture one came with, or from the studio's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.gallery.seeds.records import SheetPlan
from ldm_desktop.session.explore import sheet_plans
from ldm_desktop.session.explore.sheet import Sheet
from ldm_desktop.session.explore.sheet_plans import Source
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.ui.explore import sheet_words
from ldm_desktop.ui.explore.sheet_seeds import USUAL

if TYPE_CHECKING:
    from ldm_desktop.session.explore.seeds import SeedDesk
    from ldm_desktop.ui.explore.sheet_new import Offer

MOST_SOUGHT = 1_000
"""Tiles among which a seed is looked for, as each draw takes its time."""


def _unknown(_plan: SheetPlan) -> float | None:
    return None


@dataclass(frozen=True)
class Sources:
    """Where settings come from: the studio's (or a KnownError why there are none), a recipe's.

    `folder_of` says where a recipe's model is, or nothing; `cost` gives the seconds until a
    sheet can be judged, if anybody knows.
    """

    chosen: Callable[[], Source]
    folder_of: Callable[[Recipe], str]
    cost: Callable[[SheetPlan], float | None] = _unknown


class Beginning(QObject):
    """Opens sheets; it remembers with which picture one came."""

    def __init__(self, sheet: Sheet, seeds: SeedDesk, sources: Sources, page: QWidget) -> None:
        super().__init__(page)
        self._sheet = sheet
        self._seeds = seeds
        self._sources = sources
        self._page = page
        self._subject: Subject | None = None

    @property
    def first(self) -> int:
        """The seed that a sheet would begin with."""
        if self._subject:
            return self._subject.seed % TORCH_SEEDS
        noise = self._source().recipe.noise
        assert isinstance(noise, Seed)
        return noise.seed

    def take(self, subject: Subject) -> int:
        """Remember a picture; give its place on the open sheet, or −1."""
        place = self._place_of(subject)
        if place < 0:
            self._subject = subject
        return place

    def words(self) -> tuple[str, str, bool]:
        """Say what would begin, by which settings, and whether it can."""
        count = sheet_words.number(USUAL)
        try:
            source = self._source()
        except KnownError as error:
            return self.tr("{count} seeds from here").format(count=count), str(error), False
        text = self.tr("{count} seeds from {seed}").format(count=count, seed=self.first)
        return text, sheet_words.settings(source.recipe), True

    def begin(self) -> None:
        """Open a sheet of the usual size at once."""
        self.open(sheet_plans.in_order(self._source(), self.first, USUAL))

    def ask(self) -> None:
        """Ask which sheet is wished."""
        try:
            source = self._source()
        except KnownError as error:
            self._sheet.notice.emit(str(error))
            return
        from ldm_desktop.ui.explore.sheet_new import Offer

        self._show_dialog(Offer(source, self._whose(), self.first))

    def list_sheets(self) -> None:
        """Let a sheet of before be chosen."""
        from ldm_desktop.ui.explore.sheet_list import SheetsDialog

        dialog = SheetsDialog(self._seeds, self._page)
        dialog.chosen.connect(self.open)
        dialog.renamed.connect(self._rename)
        dialog.removed.connect(self._remove)
        _show(dialog)

    def open(self, plan: SheetPlan) -> None:
        """Open a sheet; the picture one came with has done its part."""
        self._subject = None
        self._sheet.open(plan)

    def _show_dialog(self, offer: Offer) -> None:
        from ldm_desktop.ui.explore.sheet_new import NewSheetDialog

        dialog = NewSheetDialog(offer, self._seeds, self._sources.cost, self._page)
        dialog.planned.connect(self.open)
        _show(dialog)

    def _rename(self, sheet: UUID, name: str) -> None:
        if self._sheet.plan and self._sheet.plan.id == sheet:
            self._sheet.rename(name)
        else:
            self._seeds.rename_sheet(sheet, name)

    def _remove(self, sheet: UUID) -> None:
        if self._sheet.plan and self._sheet.plan.id == sheet:
            self._sheet.close()
        self._seeds.remove_sheet(sheet)

    def _source(self) -> Source:
        """Give the settings of the picture one came with, or the studio's."""
        if self._subject is None:
            return self._sources.chosen()
        recipe = sheet_plans.plain(self._subject.recipe)
        return Source(recipe, self._sources.folder_of(recipe))

    def _whose(self) -> str:
        if self._subject is None:
            return self.tr("As in the studio")
        return self.tr("As seed {seed} was made").format(seed=self._subject.seed)

    def _place_of(self, subject: Subject) -> int:
        """Give where a picture's seed is on the open sheet, or −1; other models have none."""
        plan, noise = self._sheet.plan, subject.recipe.noise
        same = plan is not None and plan.recipe.model == subject.recipe.model
        if plan is None or not same or not isinstance(noise, Seed):
            return -1
        if plan.picked or plan.at_random:
            seeds = map(plan.seed, range(min(plan.count, MOST_SOUGHT)))
            return next((place for place, seed in enumerate(seeds) if seed == noise.seed), -1)
        place = (noise.seed - plan.first) % TORCH_SEEDS
        return place if place < plan.count else -1


def _show(dialog: QDialog) -> None:
    """Show a dialog, which goes when it is closed."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
