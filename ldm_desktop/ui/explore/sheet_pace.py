"""How fast a contact sheet forms, from what was counted in the last moments."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from ldm_desktop.session.explore.sheet_tiles import SheetCounts

WINDOW = 30.0
"""Seconds that are looked back."""
LEAST = 3.0
"""Seconds of counting before anything is said."""


class Pace:
    """Takes counts as they come, and tells how long the tiles that still form will take."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._noted: deque[tuple[float, int]] = deque()

    def forget(self) -> None:
        """Begin anew, because the work has stood still or is another."""
        self._noted.clear()

    def note(self, counts: SheetCounts) -> None:
        """Take counts of now."""
        now = self._clock()
        if self._noted and counts.evaluations_done < self._noted[-1][1]:
            self._noted.clear()
        self._noted.append((now, counts.evaluations_done))
        while now - self._noted[0][0] > WINDOW:
            self._noted.popleft()

    def left(self, counts: SheetCounts, until: int) -> float | None:
        """Give the seconds until all tiles have rested, or None if nobody can say."""
        waiting = counts.total - max(counts.formed, counts.culled)
        if len(self._noted) < 2 or waiting <= 0:
            return None
        (began, before), (now, after) = self._noted[0], self._noted[-1]
        if now - began < LEAST or after == before:
            return None
        return waiting * until * (now - began) / (after - before)
