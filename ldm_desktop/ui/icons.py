"""Icons by name: strokes drawn in resources/icons, in the colour of whatever is worn now."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ldm_desktop.core.paths import resources
from ldm_desktop.ui import theme

Tint: TypeAlias = Literal[
    "text",
    "muted",
    "accent",
    "accent_text",
    "selection_text",
    "danger",
    "warning",
    "success",
    "scrim_text",
]

ALIASES = {
    "add-to-queue": "queue-add",
    "stop-here": "stop",
    "pause-queue": "pause",
    "replace-engine": "restart",
    "roll-seed": "roll",
    "lock-seed": "lock",
    "seed-up": "plus",
    "seed-down": "minus",
    "seed-history": "history",
    "preset-draft": "draft",
    "preset-balanced": "balanced",
    "preset-reference": "reference",
    "copy-picture": "copy",
    "copy-seed": "seed",
    "copy-recipe": "recipe",
    "save-as": "save",
    "reveal": "folder",
    "render-exact": "exact",
    "previous-picture": "previous",
    "next-picture": "next",
    "compare-mark": "compare",
    "compare-wipe": "wipe",
    "compare-flicker": "flicker",
    "panel-controls": "panel-left",
    "panel-queue": "panel-right",
    "panel-filmstrip": "panel-bottom",
    "gallery-show": "gallery",
    "gallery-find": "search",
    "gallery-grid": "grid",
    "gallery-loupe": "loupe",
    "gallery-survey": "survey",
    "gallery-reproduce": "reproduce",
    "gallery-export": "export",
    "gallery-import": "import",
    "gallery-verify": "verify",
    "gallery-rebuild": "restart",
    "gallery-trash": "remove",
    "explore-sheet": "sheet",
    "explore-variations": "variations",
    "explore-trajectory": "trajectory",
    "explore-morph": "morph",
    "explore-family": "family",
    "explore-seeds": "seeds",
    "star-seed": "star",
    "morph-add": "path-add",
    "family-parent": "to-parent",
    "family-child": "to-child",
    "family-older": "to-older",
    "family-younger": "to-younger",
    "sheet-finish": "finish",
    "sheet-refine": "refine",
    "variations-back": "back-to-parent",
    "variations-sideways": "sideways",
    "variations-further": "further",
    "variations-again": "again",
    "variations-keep": "keep",
    "variations-lock": "brush",
    "morph-play": "play",
    "morph-export": "export",
    "morph-open": "path-open",
    "morph-save": "path-save",
    "job-pause": "pause",
    "job-cancel": "cancel",
    "job-retry": "retry",
    "job-duplicate": "duplicate",
    "job-remove": "remove",
    "job-up": "up",
    "job-down": "down",
    "clear-ended": "clear",
    "shortcuts": "keyboard",
}
"""Actions whose drawing has another name."""


class StrokeEngine(QIconEngine):
    """Draws an SVG in the colour of the moment, so that icons follow the theme by themselves."""

    def __init__(self, name: str, tint: Tint) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the drawing into the middle of a rectangle."""
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Give the drawing for a screen of scale 1."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """Give the drawing for a screen of a scale; the size is without it."""
        return pixmap(self._name, self._colour(mode), size.width(), size.height(), scale)

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        """Give the size itself, because strokes have any size."""
        return size

    def isNull(self) -> bool:
        """Say that there is something to see."""
        return False

    def clone(self) -> QIconEngine:
        """Give another of the same, for icons that part from their copies."""
        return StrokeEngine(self._name, self._tint)

    def _colour(self, mode: QIcon.Mode) -> str:
        colours = theme.current()
        if mode is QIcon.Mode.Disabled:
            return colours.disabled
        colour: str = getattr(colours, self._tint)
        return colour


@lru_cache
def icon(name: str, tint: Tint = "text") -> QIcon:
    """Give the icon of an action or of a drawing; KeyError if nobody drew it."""
    if not path(name).is_file():
        raise KeyError(name)
    if name == "app":
        return QIcon(str(path(name)))
    return QIcon(StrokeEngine(name, tint))


def path(name: str) -> Path:
    """Give the file of a drawing, by its own name or an action's."""
    return resources() / "icons" / f"{ALIASES.get(name, name)}.svg"


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, width: int, height: int, scale: float) -> QPixmap:
    """Draw into a pixmap of width × height, with so many pixels each as the screen's scale."""
    result = QPixmap(round(width * scale), round(height * scale))
    result.setDevicePixelRatio(scale)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    side = min(width, height)
    middle = QRectF((width - side) / 2, (height - side) / 2, side, side)
    QSvgRenderer(_drawing(name, colour)).render(painter, middle)
    painter.end()
    return result


def draw(painter: QPainter, name: str, colour: str, corner: QPoint, side: int) -> None:
    """Paint an icon of a side at a corner, for views and delegates that paint themselves."""
    scale = painter.device().devicePixelRatioF()
    painter.drawPixmap(corner, pixmap(name, colour, side, side, scale))


@lru_cache
def _source(name: str) -> str:
    return path(name).read_text(encoding="utf-8")


def _drawing(name: str, colour: str) -> QByteArray:
    return QByteArray(_source(name).replace("currentColor", colour).encode())
