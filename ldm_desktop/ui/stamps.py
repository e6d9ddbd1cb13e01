"""Tiles painted once and kept as pixmaps, so that a frame is little more than copying them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

Face: TypeAlias = tuple[Any, ...]
"""All that what is painted depends on."""

KEPT = 96 << 20
FRAME_SECONDS = 0.005
"""Time to paint tiles anew within one frame; the others follow with the next ones."""


class Stamps:
    """Pixmaps by number, the ones used last; painting stops when a frame's time is up."""

    def __init__(self, most_bytes: int = KEPT) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[int, tuple[Face, QPixmap]] = OrderedDict()
        self._until = 0.0

    def begin_frame(self, seconds: float = FRAME_SECONDS) -> None:
        """Give so much time for painting."""
        self._until = time.perf_counter() + seconds

    def get(
        self, number: int, face: Face, size: QSize, scale: float, paint: Callable[[QPainter], None]
    ) -> tuple[QPixmap | None, bool]:
        """Give the pixmap of a face, and whether it is that one.

        Once the time is up it is the one of an earlier face, or none; the next frame has it.
        """
        kept = self._kept.get(number)
        if kept is not None and kept[0] == face:
            self._kept.move_to_end(number)
            return kept[1], True
        if time.perf_counter() > self._until:
            return (kept[1] if kept else None), False
        pixmap = _painted(size, scale, paint)
        self._keep(number, face, pixmap)
        return pixmap, True

    def _keep(self, number: int, face: Face, pixmap: QPixmap) -> None:
        self._drop(number)
        self._kept[number] = face, pixmap
        self._bytes += _bytes(pixmap)
        while self._bytes > self._most and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, number: int) -> None:
        if (gone := self._kept.pop(number, None)) is not None:
            self._bytes -= _bytes(gone[1])


def _painted(size: QSize, scale: float, paint: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap(round(size.width() * scale), round(size.height() * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return pixmap


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
