"""Liked seeds on another model: one button, and which model."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.seeds.records import SeedKey
from ldm_desktop.session.explore.seed_sheets import ModelChoices, sheet_of
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.ui import theme
from ldm_desktop.ui.explore.seed_list import SeedList
from ldm_desktop.ui.model_parts import button_of
from ldm_desktop.ui.widgets import Combo, Option, named


class LikedBar(QWidget):
    """Makes a contact sheet of the liked seeds, or of several that are chosen."""

    sheet_wanted = Signal(object)
    """A SheetPlan to open."""

    def __init__(
        self,
        desk: SeedDesk,
        choices: ModelChoices,
        seeds: SeedList,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._choices, self._seeds = desk, choices, seeds
        self._folder = ""
        self._words = QLabel(self)
        self._words.setObjectName("seeds-liked-words")
        theme.mark(self._words, "muted")
        self._models = Combo(self)
        named(self._models, "seeds-liked-model", self.tr("Model for the liked seeds"))
        self._models.setMinimumContentsLength(12)
        self._models.opening.connect(self.refresh)
        self._models.chosen.connect(self._choose)
        self._open = button_of("seeds-liked-open", self.tr("Open as a sheet"), self)
        self._open.setToolTip(
            self.tr("Liked seeds on another model: try those that are starred, or were kept.")
        )
        self._open.clicked.connect(self.open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        for widget in (self._words, self._models, self._open):
            row.addWidget(widget)
        self.refresh()

    def refresh(self) -> None:
        """Offer the models that are here now, and say which seeds are meant."""
        entries = self._choices.models()
        self._models.offer([Option(entry.folder, entry.name) for entry in entries])
        folders = [entry.folder for entry in entries]
        if self._folder not in folders:
            self._folder = self._usual()
        self._models.choose(self._folder)
        self._open.setEnabled(bool(self._folder))
        self.show_chosen()

    def show_chosen(self) -> None:
        """Say which seeds are meant."""
        count = self._seeds.count
        text = self.tr("{count} chosen seeds on").format(count=count)
        self._words.setText(text if count > 1 else self.tr("Liked seeds on"))

    def open(self) -> None:
        """Make the sheet; the model may have to be opened first."""
        if self._seeds.count > 1:
            self._seeds.with_chosen(self._take_seeds)
        else:
            self._desk.seeds_liked(None, self._take_seeds)

    def _usual(self) -> str:
        """Give a model that is not the one chosen in the studio, if there is one."""
        present = self._choices.present()
        others = [
            entry.folder
            for entry in self._choices.models()
            if not present or entry.fingerprint != present.model.fingerprint
        ]
        every = [entry.folder for entry in self._choices.models()]
        return next(iter([*others, *every]), "")

    def _choose(self, folder: str) -> None:
        self._folder = folder

    def _take_seeds(self, keys: tuple[SeedKey, ...] | KnownError) -> None:
        if isinstance(keys, KnownError):
            self._desk.notice.emit(str(keys))
            return
        self._open.setEnabled(False)
        self._choices.recipe_for(self._folder, partial(self._take_recipe, keys, self._folder))

    def _take_recipe(
        self, keys: tuple[SeedKey, ...], folder: str, recipe: Recipe | KnownError
    ) -> None:
        self._open.setEnabled(True)
        try:
            if isinstance(recipe, KnownError):
                raise recipe
            self.sheet_wanted.emit(sheet_of(keys, recipe, folder))
        except KnownError as error:
            self._desk.notice.emit(str(error))
