"""Angles and states of variations in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from ldm_desktop.session import wording
from ldm_desktop.session.explore import ring
from ldm_desktop.session.explore.variation_place import Kept, Place, Tile, TileState

translate = QCoreApplication.translate


def degrees(angle: float) -> str:
    """Write an angle, as finely as it matters."""
    numbers = QLocale()
    if angle >= 10 or angle == round(angle):
        return f"{numbers.toString(round(angle))}°"
    return f"{numbers.toString(angle, 'f', 1)}°"


def nearness(angle: float) -> str:
    """Say what an angle does to a picture."""
    words = (
        (3.0, translate("Variations", "hardly to be seen")),
        (8.0, translate("Variations", "subtle")),
        (16.0, translate("Variations", "close")),
        (32.0, translate("Variations", "related")),
        (60.0, translate("Variations", "loosely related")),
        (85.0, translate("Variations", "far")),
        (96.0, translate("Variations", "another picture")),
    )
    beyond = translate("Variations", "beyond another picture, to the opposite")
    return next((word for most, word in words if angle <= most), beyond)


def state(tile: Tile) -> str:
    """Say in a word or two what a picture is at; nothing of one that is finished."""
    if tile.kept is Kept.YES:
        return translate("Variations", "kept")
    if tile.kept is Kept.MAKING:
        return translate("Variations", "keeping…")
    if tile.state is TileState.FAILED:
        return translate("Variations", "failed")
    if tile.state is TileState.DRAFT:
        return translate("Variations", "draft")
    if tile.state is TileState.FORMING and tile.total:
        numbers = QLocale()
        return f"{numbers.toString(tile.done)} / {numbers.toString(tile.total)}"
    return ""


def centre(place: Place) -> str:
    """Say what is in the middle, and how far it has come."""
    title = wording.picture_title(place.centre.recipe)
    count = len(ring.turns(place.centre.recipe))
    if not count:
        return title
    text = translate("Variations", "Seed {seed} · {angle} from its parent · generation {count}")
    return text.format(seed=place.centre.seed, angle=degrees(place.turned), count=count)


def spoken(number: int, tile: Tile) -> str:
    """Name a neighbour, for who cannot see it."""
    text = translate("Variations", "Variation {number}, {angle} away")
    return text.format(number=number + 1, angle=degrees(tile.degrees))
