"""The angles between neighbours on a path, measured by the engine once and then known."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core.events import Measured
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.noise import Noise
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.explore.morph_route import Route
from ldm_desktop.session.orders import Orders
from ldm_desktop.worker.work import EngineState, EngineStatus

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

Shape = tuple[int, int, int]
MOST_KNOWN = 10_000


class Angles(QObject):
    """Knows angles by shape and noises; what it does not know it has measured, then `changed`.

    The shape of the latents is the model's to say: a model that has not been open yet is opened.
    """

    changed = Signal()

    def __init__(self, worker: Worker, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._orders = orders
        self._cards: dict[str, ModelCard] = {}
        self._known: dict[tuple[Shape, Noise, Noise], float] = {}
        self._wanted: Route | None = None
        self._asked: tuple[UUID, Shape, tuple[Noise, ...]] | None = None
        self._opening = ""
        self._lost = False
        self.trouble = ""
        """Why they cannot be measured, or nothing."""
        worker.model_ready.connect(self._take_card)
        worker.model_refused.connect(self._take_refusal)
        worker.measured.connect(self._take)
        worker.status_changed.connect(self._take_status)

    def of(self, route: Route) -> tuple[float | None, ...]:
        """Give the degrees between neighbours, as far as they are known."""
        shape = self._shape(route.recipe)
        if shape is None:
            return (None,) * len(route.pairs)
        return tuple(self._known.get((shape, *pair)) for pair in route.pairs)

    def want(self, route: Route) -> None:
        """Have all angles of a route measured that are not known."""
        self.trouble = ""
        self._wanted = route if None in self.of(route) else None
        self._ask()

    def _ask(self) -> None:
        route = self._wanted
        if route is None or route.recipe is None:
            return
        shape = self._shape(route.recipe)
        if shape is None:
            self._open(route.recipe)
        elif self._asked is None or self._asked[1:] != (shape, route.noises):
            self._asked = (uuid4(), shape, route.noises)
            self._worker.measure(*self._asked)

    def _shape(self, recipe: Recipe | None) -> Shape | None:
        card = self._cards.get(recipe.model.fingerprint) if recipe else None
        if card is None or recipe is None:
            return None
        _, channels, height, width = card.latent_shape(recipe.size)
        return channels, height, width

    def _open(self, recipe: Recipe) -> None:
        folder = self._orders.folder_of(recipe)
        if folder and folder != self._opening:
            self._opening = folder
            self._worker.open_model(folder, recipe.precision)

    def _take_card(self, card: ModelCard) -> None:
        self._cards[card.ref.fingerprint] = card
        self._opening = ""
        if self._wanted:
            self.want(self._wanted)
            self.changed.emit()

    def _take_refusal(self, folder: str, sentence: str) -> None:
        if self._opening and folder == self._opening:
            self._opening, self.trouble = "", sentence
            self.changed.emit()

    def _take(self, measured: Measured) -> None:
        if self._asked is None or measured.number != self._asked[0]:
            return
        _, shape, noises = self._asked
        self._asked = None
        self.trouble = measured.sentence
        if not measured.sentence:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            pairs = itertools.pairwise(noises)
            for pair, degrees in zip(pairs, measured.degrees, strict=True):
                self._known[(shape, *pair)] = degrees
        self._wanted = None if measured.sentence else self._wanted
        self.changed.emit()

    def _take_status(self, status: EngineStatus) -> None:
        """Ask once more if the engine that was asked is no more."""
        if status.state in (EngineState.STARTING, EngineState.RESTARTING):
            self._lost = True
        elif self._lost and status.state in (EngineState.READY, EngineState.BUSY):
            self._lost = False
            self._asked, self._opening = None, ""
            self._ask()
