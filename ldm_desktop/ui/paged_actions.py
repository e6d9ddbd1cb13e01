"""Actions that mean another thing on each page: the picture on stage, the chosen ones, a tile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction


class Page(StrEnum):
    """What fills the window."""

    STUDIO = "studio"
    SHEET = "sheet"
    VARIATIONS = "variations"
    TRAJECTORIES = "trajectories"
    MORPH = "morph"
    FAMILY = "family"
    SEEDS = "seeds"
    GALLERY = "gallery"


EXPLORING = (
    Page.SHEET,
    Page.VARIATIONS,
    Page.TRAJECTORIES,
    Page.MORPH,
    Page.FAMILY,
    Page.SEEDS,
)
"""The pages on which seeds are explored, in their order."""


class PagedActions(QObject):
    """Knows which page is shown; an action that only another page can do is disabled."""

    page_changed = Signal(object)  # Page

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._verbs: dict[str, dict[Page, Callable[[], object]]] = {}
        self._possible: dict[tuple[str, Page], bool] = {}
        self._page = Page.STUDIO

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._page

    def show_page(self, page: Page) -> None:
        """Let the actions mean what is on a page."""
        if page is not self._page:
            self._page = page
            for name in self._verbs:
                self._enable(name)
            self.page_changed.emit(page)

    def bind(self, page: Page, verbs: Mapping[str, Callable[[], object]]) -> None:
        """Say what actions do on a page, by their ids."""
        for name, verb in verbs.items():
            if name not in self._verbs:
                self._actions[name].triggered.connect(lambda _=False, name=name: self._do(name))
            self._verbs.setdefault(name, {})[page] = verb
            self._enable(name)

    def allow(self, page: Page, possible: Mapping[str, bool]) -> None:
        """Say which actions are possible on a page now."""
        for name, can in possible.items():
            self._possible[name, page] = can
            self._enable(name)

    def _do(self, name: str) -> None:
        if verb := self._verbs[name].get(self._page):
            verb()

    def _enable(self, name: str) -> None:
        here = self._page in self._verbs.get(name, {})
        self._actions[name].setEnabled(here and self._possible.get((name, self._page), True))
