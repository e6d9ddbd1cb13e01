"""Playing a path at its own pace: from the clock to a place on the way."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from ldm_desktop.core import morph as paths
from ldm_desktop.core.morph import Morph

FASTEST = 30
"""Pictures a second that are painted at most."""


class Player(QObject):
    """The place that is looked at, 0 … 1 of the way; while it plays, the clock moves it."""

    moved = Signal()
    playing_changed = Signal()

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._morph: Morph | None = None
        self._share = 0.0
        self._begun: float | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)

    @property
    def share(self) -> float:
        """The place, as a share of the whole way's degrees."""
        return self._share

    @property
    def playing(self) -> bool:
        """Whether the clock moves it."""
        return self._begun is not None

    @property
    def degrees(self) -> float:
        """The place in degrees from the beginning."""
        return self._share * paths.length(self._morph) if self._morph else 0.0

    @property
    def seconds(self) -> float:
        """When the place is come to."""
        if not self._morph:
            return 0.0
        if self._begun is not None:
            return (self._clock() - self._begun) % paths.duration(self._morph)
        return paths.seconds_at(self._morph, self.degrees)

    def set_morph(self, morph: Morph | None) -> None:
        """Travel along another path, from the same share of it on."""
        if morph is None:
            self.pause()
        self._morph = morph
        if morph and self.playing:
            self._begin()

    def look_at(self, share: float) -> None:
        """Look at a place, and stay there."""
        self.pause()
        self._move(min(1.0, max(0.0, share)))

    def play(self) -> None:
        """Travel on from here, for ever; from the end, from the beginning."""
        if self._morph and not self.playing:
            if self._share >= 1.0:
                self._share = 0.0
            self._begin()
            self.playing_changed.emit()

    def pause(self) -> None:
        """Stay where one is."""
        if self.playing:
            self._begun = None
            self._timer.stop()
            self.playing_changed.emit()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def tick(self) -> None:
        """Go to where the clock says."""
        if self._morph and self.playing:
            degrees = paths.degrees_at(self._morph, self.seconds)
            self._move(degrees / paths.length(self._morph))

    def _begin(self) -> None:
        assert self._morph
        self._begun = self._clock() - paths.seconds_at(self._morph, self.degrees)
        self._timer.start(round(1000 / min(self._morph.fps, FASTEST)))

    def _move(self, share: float) -> None:
        if share != self._share:
            self._share = share
            self.moved.emit()
