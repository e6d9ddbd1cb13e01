"""Liked seeds on another model: their contact sheet, by the settings that are chosen now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QObject

from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.noise import Generator, Seed
from ldm_desktop.core.recipe import Recipe, with_noise
from ldm_desktop.gallery.seeds.records import MOST_TILES, SeedKey, SheetPlan
from ldm_desktop.session.choices import edited, fitted_to, recipe_of
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.models import ModelEntry, ModelShelf
from ldm_desktop.session.opened import OpenedModels, whole

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

Then = Callable[[Recipe | KnownError], None]
translate = QCoreApplication.translate


class ModelChoices(Protocol):
    """The models that are here, and how pictures would be made with each of them now."""

    def models(self) -> tuple[ModelEntry, ...]:
        """Give the models; a fingerprint is "" until its model was opened once."""

    def recipe_for(self, folder: str, then: Then) -> None:
        """Give the chosen settings as a recipe of seed 0, once the model is open."""

    def present(self) -> Recipe | None:
        """Give the recipe that is chosen now, if it is a possible one."""


class PresentSettings(QObject):
    """Makes recipes of the studio's settings, with whichever model is asked for."""

    def __init__(
        self, shelf: ModelShelf, controls: Controls, worker: Worker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shelf, self._controls, self._worker = shelf, controls, worker
        self._opened = OpenedModels()
        self._waiting: dict[str, Then] = {}
        worker.model_ready.connect(self._take_card)
        worker.model_refused.connect(self._take_refusal)

    def models(self) -> tuple[ModelEntry, ...]:
        """Give the models that are here."""
        return self._shelf.entries

    def present(self) -> Recipe | None:
        """Give the recipe that is chosen now, if it is a possible one."""
        card = self._controls.card
        made = self._recipe(card) if card else None
        return None if isinstance(made, KnownError) else made

    def recipe_for(self, folder: str, then: Then) -> None:
        """Give the chosen settings as a recipe of seed 0, once the model is open."""
        if card := self._opened.card(folder) or self._chosen(folder):
            then(self._recipe(card))
            return
        self._waiting[whole(folder)] = then
        controls = self._controls
        self._worker.open_model(folder, controls.choices.precision or controls.auto)

    def _chosen(self, folder: str) -> ModelCard | None:
        card = self._controls.card
        return card if card and whole(card.folder) == whole(folder) else None

    def _take_card(self, card: ModelCard) -> None:
        self._opened.take(card)
        if then := self._waiting.pop(whole(card.folder), None):
            then(self._recipe(card))

    def _take_refusal(self, folder: str, sentence: str) -> None:
        self._opened.refuse(folder, sentence)
        if then := self._waiting.pop(whole(folder), None):
            then(KnownError(sentence))

    def _recipe(self, card: ModelCard) -> Recipe | KnownError:
        controls = self._controls
        plain = replace(controls.choices, noise=None, seed=0, origin=None)
        choices = fitted_to(edited(plain, card, model=card.folder), card, controls.card)
        try:
            return recipe_of(choices, card, controls.auto)
        except KnownError as error:
            return error


def sheet_of(keys: Sequence[SeedKey], recipe: Recipe, folder: str) -> SheetPlan:
    """Plan a sheet of seeds by a recipe; BadArgumentError if none can be on one."""
    picked = tuple(key.seed for key in keys if key.generator is Generator.TORCH)[:MOST_TILES]
    if not picked:
        raise BadArgumentError(
            translate("Seeds", "No seed is liked yet: star one, or keep one on a contact sheet.")
        )
    name = translate("Seeds", "Liked seeds on {model}").format(model=recipe.model.name)
    return SheetPlan(
        id=uuid4(),
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        recipe=with_noise(recipe, Seed(picked[0])),
        model_folder=folder,
        count=len(picked),
        picked=picked,
    )
