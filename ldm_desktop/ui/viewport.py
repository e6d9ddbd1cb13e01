"""Where a picture lies in a view: fitted or at a scale, in whole device pixels."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Signal

LEVELS = (1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 3 / 2, 2, 3, 4, 6, 8, 12, 16, 24, 32)
SHARPENS = 2.0
"""From this scale on, single pixels are meant to be seen."""


class Viewport(QObject):
    """Zoom and position, shared by the views of one picture.

    Everything is in device pixels, so that at scale 1 a pixel of the picture is one of the
    screen, whatever the screen's scale.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = QSize(1, 1)
        self._margin = 0
        self._picture = QSize(1, 1)
        self._scale: float | None = None
        self._centre = QPointF(0.5, 0.5)

    @property
    def fits(self) -> bool:
        """Whether the picture is as large as the view allows."""
        return self._scale is None

    @property
    def scale(self) -> float:
        """Device pixels a pixel of the picture."""
        return self._fitting() if self._scale is None else self._scale

    @property
    def sharp(self) -> bool:
        """Whether pixels are to be seen as squares."""
        return self._scale is not None and self._scale >= SHARPENS

    @property
    def picture(self) -> QSize:
        """How large the picture is, in its own pixels."""
        return self._picture

    @property
    def view(self) -> QRect:
        """The whole view."""
        return QRect(QPoint(0, 0), self._view)

    @property
    def movable(self) -> bool:
        """Whether part of the picture is outside the view."""
        return not self.view.contains(self.target)

    @property
    def target(self) -> QRect:
        """Where the picture lies in the view."""
        size = self._scaled()
        corner = QPointF(
            self._view.width() / 2 - self._centre.x() * size.width(),
            self._view.height() / 2 - self._centre.y() * size.height(),
        )
        return QRect(math.floor(corner.x() + 0.5), math.floor(corner.y() + 0.5), *_whole(size))

    def place(self, view: QSize, margin: int, picture: QSize) -> None:
        """Say how large the view and the picture are; a fitted picture stays `margin` away."""
        if (view, margin, picture) != (self._view, self._margin, self._picture):
            self._view, self._margin, self._picture = view, margin, picture
            self._keep_inside()
            self.changed.emit()

    def fit(self) -> None:
        """Make the picture as large as the view allows."""
        self._set(None, QPointF(self._view.width() / 2, self._view.height() / 2))

    def actual(self, at: QPointF | None = None) -> None:
        """Make a pixel of the picture one of the screen, keeping what is at a point there."""
        self._set(1.0, at)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Scale by a factor, keeping what is at a point of the view there."""
        scale = min(max(self.scale * factor, LEVELS[0]), LEVELS[-1])
        # A wheel seldom hits the one scale that matters most.
        crosses = min(scale, self.scale) < 1 < max(scale, self.scale)
        self._set(1.0 if crosses else scale, at)

    def zoom_in(self) -> None:
        """Go to the next larger scale."""
        self._set(next((each for each in LEVELS if each > self.scale * 1.001), LEVELS[-1]), None)

    def zoom_out(self) -> None:
        """Go to the next smaller scale."""
        smaller = (each for each in reversed(LEVELS) if each < self.scale * 0.999)
        self._set(next(smaller, LEVELS[0]), None)

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many device pixels, as far as it has an edge to show."""
        size = self._scaled()
        self._centre -= QPointF(by.x() / size.width(), by.y() / size.height())
        self._keep_inside()
        self.changed.emit()

    def _set(self, scale: float | None, at: QPointF | None) -> None:
        middle = QPointF(self._view.width() / 2, self._view.height() / 2)
        at = at or middle
        old, target = self._scaled(), QRectF(self.target)
        spot = QPointF((at.x() - target.x()) / old.width(), (at.y() - target.y()) / old.height())
        self._scale = scale
        new = self._scaled()
        self._centre = QPointF(
            spot.x() - (at.x() - middle.x()) / new.width(),
            spot.y() - (at.y() - middle.y()) / new.height(),
        )
        self._keep_inside()
        self.changed.emit()

    def _fitting(self) -> float:
        width = max(self._view.width() - 2 * self._margin, 1) / self._picture.width()
        height = max(self._view.height() - 2 * self._margin, 1) / self._picture.height()
        return min(width, height)

    def _scaled(self) -> QSizeF:
        return QSizeF(self._picture) * self.scale

    def _keep_inside(self) -> None:
        """Centre what is smaller than the view; keep the edges of the rest at its border."""
        if self._scale is None:
            self._centre = QPointF(0.5, 0.5)
            return
        size = self._scaled()
        self._centre = QPointF(
            _clamped(self._centre.x(), self._view.width() / size.width()),
            _clamped(self._centre.y(), self._view.height() / size.height()),
        )


def _clamped(centre: float, seen: float) -> float:
    return 0.5 if seen >= 1 else min(max(centre, seen / 2), 1 - seen / 2)


def _whole(size: QSizeF) -> tuple[int, int]:
    return max(1, round(size.width())), max(1, round(size.height()))
