"""Where the centre and its neighbours stand: as large as the room allows, the centre in the middle.

The neighbours stand in two blocks at either side of the centre, which in a wide room leaves
nothing empty; in a high one they stand above and below it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

GAP = 10
FOOT = 22
"""Logical pixels below a picture, for its words."""
LARGER = 2.0
"""How much larger than a neighbour the centre is at least."""
WEIGHT = 1.5
"""How much more the neighbours' area counts than the centre's: they are what is chosen from."""


@dataclass(frozen=True)
class Blocks:
    """Two blocks of columns and rows, `beside` the centre or above and below it."""

    columns: int
    rows: int
    beside: bool

    def scales(self, room: QSize, picture: QSize) -> tuple[float, float]:
        """Give the largest scales of a neighbour's picture and of the centre's."""
        along = 2 * self.columns if self.beside else 0
        above = 0 if self.beside else 2 * self.rows
        wide, high = room.width() - along * GAP, room.height() - FOOT - above * (GAP + FOOT)
        if self.beside:
            across = (room.height() + GAP) / self.rows - GAP - FOOT
            limit = min(across, high / LARGER) / picture.height()
            small = min(limit, wide / ((along + LARGER) * picture.width()))
        else:
            across = (room.width() + GAP) / self.columns - GAP
            limit = min(across, wide / LARGER) / picture.width()
            small = min(limit, high / ((above + LARGER) * picture.height()))
        large = min(
            (wide - along * small * picture.width()) / picture.width(),
            (high - above * small * picture.height()) / picture.height(),
        )
        return small, large


def places(count: int, room: QSize, picture: QSize) -> tuple[QRect, list[QRect]]:
    """Give the places of the centre and of so many neighbours, words included."""
    blocks = max(_candidates(count), key=lambda each: _worth(each, count, room, picture))
    small, large = blocks.scales(room, picture)
    tile, centre = _cell(picture, small), _cell(picture, large)
    middle = QRect(QPoint(0, 0), centre)
    middle.moveCenter(QRect(QPoint(0, 0), room).center())
    first = math.ceil(count / 2)
    halves = _block(first, blocks.columns, tile), _block(count - first, blocks.columns, tile)
    shifts = _shifts(middle, blocks, tile, [_extent(half, tile) for half in halves])
    return middle, [
        each.translated(shift) for half, shift in zip(halves, shifts, strict=True) for each in half
    ]


def toward(places: Sequence[QRect], here: int, way: QPoint) -> int:
    """Give the place that an arrow leads to from another one; itself if there is none."""
    start = places[here].center()
    best, least = here, math.inf
    for number, place in enumerate(places):
        offset = place.center() - start
        along = QPoint.dotProduct(offset, way)
        aside = abs(offset.x() * way.y() - offset.y() * way.x())
        # What lies well ahead, and no further aside than ahead.
        if along > GAP and aside <= along and (cost := along + 2 * aside) < least:
            best, least = number, cost
    return best


def _candidates(count: int) -> Iterator[Blocks]:
    half = max(math.ceil(count / 2), 1)
    for lines in range(1, half + 1):
        others = math.ceil(half / lines)
        yield Blocks(lines, others, beside=True)
        yield Blocks(others, lines, beside=False)


def _worth(blocks: Blocks, count: int, room: QSize, picture: QSize) -> float:
    small, large = blocks.scales(room, picture)
    return -1.0 if small <= 0 or large <= 0 else WEIGHT * count * small**2 + large**2


def _cell(picture: QSize, scale: float) -> QSize:
    wide, high = (max(1, int(side * scale)) for side in (picture.width(), picture.height()))
    return QSize(wide, high + FOOT)


def _block(count: int, columns: int, tile: QSize) -> list[QRect]:
    wide, high = tile.width() + GAP, tile.height() + GAP
    return [
        QRect(QPoint(number % columns * wide, number // columns * high), tile)
        for number in range(count)
    ]


def _extent(block: Sequence[QRect], tile: QSize) -> QSize:
    whole = QRect(QPoint(0, 0), tile)
    for each in block:
        whole = whole.united(each)
    return whole.size()


def _shifts(
    middle: QRect, blocks: Blocks, tile: QSize, extents: Sequence[QSize]
) -> tuple[QPoint, QPoint]:
    """Say where the two blocks begin, each centred at its side of the middle."""
    one, two = extents
    if blocks.beside:
        # A block with fewer pictures is as wide, so that both stand as far from the centre.
        wide = blocks.columns * (tile.width() + GAP)
        centre = middle.center().y()
        return (
            QPoint(middle.left() - wide, centre - one.height() // 2),
            QPoint(middle.right() + 1 + GAP, centre - two.height() // 2),
        )
    high = blocks.rows * (tile.height() + GAP)
    centre = middle.center().x()
    return (
        QPoint(centre - one.width() // 2, middle.top() - high),
        QPoint(centre - two.width() // 2, middle.bottom() + 1 + GAP),
    )
