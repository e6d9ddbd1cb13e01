"""The centre and its neighbours in one view: arrows lead from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.explore.variations import CENTRE, Variations
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.explore import variation_layout
from ldm_desktop.ui.explore import variation_words as words
from ldm_desktop.ui.explore.mask_view import MaskView
from ldm_desktop.ui.explore.variation_tile import VariationTile
from ldm_desktop.ui.widgets import named

MARGIN = 12
SMALLEST = QSize(480, 280)


class VariationRing(QWidget):
    """Shows where one is among variations; what is chosen here is chosen there."""

    menu_wished = Signal(object)  # QPoint on the screen

    def __init__(self, variations: Variations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "variations-ring", self.tr("The picture and its neighbours"))
        theme.mark(self, "canvas")
        self._variations = variations
        self._scaled = painting.Scaled()
        self.centre = MaskView(self._scaled, self)
        self._tiles: list[VariationTile] = []
        self._seeds: tuple[Recipe, tuple[Seed, ...]] | None = None
        self.setMinimumSize(SMALLEST)
        self.setFocusProxy(self.centre)
        self.centre.chosen.connect(self._choose_centre)
        self.centre.opened.connect(self._open_centre)
        variations.changed.connect(self.refresh)
        variations.tile_changed.connect(self._refresh_one)
        variations.selection_changed.connect(self._refresh_choice)

    @property
    def tiles(self) -> tuple[VariationTile, ...]:
        """The neighbours, as far as there are any."""
        return tuple(self._tiles)

    def refresh(self) -> None:
        """Show all as it is now."""
        if self._variations.place is None:
            return
        self._match(len(self._variations.tiles))
        self._let_go()
        for number in range(CENTRE, len(self._tiles)):
            self._refresh_one(number)
        place = self._variations.place
        size = place.centre.recipe.size
        self.centre.show_mask(place.painted, size, inverted=place.inverted)
        self._arrange()
        self._follow_choice()

    def step(self, way: QPoint) -> None:
        """Choose what lies in a direction of what is chosen."""
        every = [self.centre, *self._tiles]
        here = self._variations.selected + 1
        found = variation_layout.toward([each.geometry() for each in every], here, way)
        every[found].setFocus(Qt.FocusReason.TabFocusReason)
        self._variations.select(found - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give all their places."""
        super().resizeEvent(event)
        self._arrange()

    # What is chosen.

    def _choose_centre(self) -> None:
        self._variations.select(CENTRE)

    def _open_centre(self) -> None:
        self._variations.go_to(CENTRE)

    def _follow_choice(self) -> None:
        """Let the keyboard be at what is chosen, if it is here at all."""
        chosen = self._variations.selected
        inside = self.isAncestorOf(self.window().focusWidget() or self)
        if inside:
            widget = self.centre if chosen == CENTRE else self._tiles[chosen]
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown.

    def _match(self, count: int) -> None:
        """Have so many tiles."""
        had_focus = any(tile.hasFocus() for tile in self._tiles[count:])
        for tile in self._tiles[count:]:
            tile.hide()
            tile.deleteLater()
        del self._tiles[count:]
        while len(self._tiles) < count:
            self._tiles.append(self._made(len(self._tiles)))
        if had_focus:
            self.centre.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_go(self) -> None:
        """Tell tiles that stand for other neighbours now, not for the same ones elsewhere."""
        place = self._variations.place
        seeds = (place.centre.recipe, place.directions) if place else None
        if seeds != self._seeds:
            self._seeds = seeds
            for tile in self._tiles:
                tile.forget()

    def _made(self, number: int) -> VariationTile:
        tile = VariationTile(number, self._scaled, self)
        tile.chosen.connect(self._variations.select)
        tile.opened.connect(self._variations.go_to)
        tile.menu_wished.connect(self.menu_wished)
        tile.show()
        return tile

    def _refresh_choice(self) -> None:
        for number in range(CENTRE, len(self._tiles)):
            self._refresh_one(number)

    def _refresh_one(self, number: int) -> None:
        place = self._variations.place
        if place is None or number >= len(self._tiles):
            return
        tile = self._variations.tile(number)
        chosen = number == self._variations.selected
        if number == CENTRE:
            self.centre.show_tile(tile, words.centre(place), chosen=chosen)
        else:
            self._tiles[number].show_tile(tile, chosen=chosen)

    def _arrange(self) -> None:
        place = self._variations.place
        if place is None:
            return
        room = self.size() - QSize(2 * MARGIN, 2 * MARGIN)
        picture = QSize(*place.centre.recipe.size)
        centre, tiles = variation_layout.places(len(self._tiles), room, picture)
        shift = QPoint(MARGIN, MARGIN)
        self.centre.setGeometry(centre.translated(shift))
        for tile, where in zip(self._tiles, tiles, strict=True):
            tile.setGeometry(where.translated(shift))
