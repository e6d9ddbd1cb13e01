"""The sample pictures of models: read once beside the GUI thread, shown four in a row.

The starter has none of its own at first; its sheet, which ships, shows seeds 0 to 63 in 8 x 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.background import Background
from ldm_desktop.session.model_news import ModelFacts
from ldm_desktop.session.thumbnails import read_small
from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.widgets import named

SIDE = 384
"""Pixels: twice what is painted, for screens of scale 2."""
COUNT = 4
SHEET = "sheet.webp"
SHEET_COLUMNS = 8
TILE = "#tile="
GAP = theme.GRID
LARGEST = 192
ICON = 24


class SampleImages(QObject):
    """Images of files by their names; `loaded` tells when one that was asked for has come."""

    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: dict[str, QImage] = {}
        self._background = Background(1, self)

    def image(self, file: str) -> QImage:
        """Give an image; a null one while it is being read, or if it cannot be."""
        if file not in self._images:
            self._images[file] = QImage()
            self._background.run(partial(_read, file), partial(self._take, file))
        return self._images[file]

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._background.close()

    def _take(self, file: str, image: QImage | KnownError) -> None:
        if isinstance(image, QImage):
            self._images[file] = image
            self.loaded.emit()


class SampleTiles(QWidget):
    """Four places for pictures; those that are not there yet are pale."""

    def __init__(self, images: SampleImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "model-samples", self.tr("Sample pictures"))
        self._images = images
        self._files: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        images.loaded.connect(self.update)

    def show_files(self, files: Sequence[str]) -> None:
        """Show these pictures, the first four."""
        self._files = tuple(files[:COUNT])
        text = self.tr("Sample pictures: {count}").format(count=len(self._files))
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Give the size of four tiles."""
        return QSize(COUNT * LARGEST // 2, self._side())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tiles square."""
        super().resizeEvent(event)
        self.setFixedHeight(self._side())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint four squares with round corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(COUNT):
            tile = QRectF(number * (self._side() + GAP), 0, self._side(), self._side())
            file = self._files[number] if number < len(self._files) else ""
            image = self._images.image(file) if file else QImage()
            if image.isNull():
                _paint_place(painter, tile)
            else:
                paint_rounded(painter, image, tile)
        painter.end()

    def _side(self) -> int:
        return min(LARGEST, (self.width() - (COUNT - 1) * GAP) // COUNT)


def samples_of(facts: ModelFacts) -> tuple[str, ...]:
    """Give the pictures of a model, or else those of the sheet that it comes with."""
    if facts.samples:
        return facts.samples[:COUNT]
    sheet = Path(facts.folder, SHEET)
    return tuple(f"{sheet}{TILE}{number}" for number in range(COUNT)) if sheet.is_file() else ()


def _read(file: str) -> QImage:
    name, is_tile, number = file.rpartition(TILE)
    if not is_tile:
        return read_small(Path(file), SIDE)
    reader = QImageReader(name)
    side = reader.size().width() // SHEET_COLUMNS
    reader.setClipRect(QRect(int(number) * side, 0, side, side))
    return reader.read()


def paint_rounded(painter: QPainter, image: QImage, tile: QRectF) -> None:
    """Paint the middle of an image as a square with round corners."""
    side = min(image.width(), image.height())
    middle = QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
    outline = QPainterPath()
    outline.addRoundedRect(tile, theme.RADIUS, theme.RADIUS)
    painter.save()
    painter.setClipPath(outline)
    painter.drawImage(tile, image, middle)
    painter.restore()


def _paint_place(painter: QPainter, tile: QRectF) -> None:
    colours = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.line))
    painter.drawRoundedRect(tile, theme.RADIUS, theme.RADIUS)
    corner = tile.center().toPoint() - QPoint(ICON // 2, ICON // 2)
    icons.draw(painter, "image", colours.disabled, corner, ICON)
