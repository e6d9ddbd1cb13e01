"""Where steps lie on the axis that all strips share."""

from __future__ import annotations

from dataclasses import dataclass

GAP = 2.0
"""Logical pixels between two frames of a strip."""
LINE = 2.0
"""Logical pixels of the line at which a fork begins."""


@dataclass(frozen=True)
class Places:
    """An axis from `left` to `right`, the middles of the frames at share 0 and 1 of the way."""

    left: float
    right: float

    def x(self, share: float) -> float:
        """Give the place of a share."""
        return self.left + share * (self.right - self.left)

    def share(self, x: float) -> float:
        """Give the share at a place, 0 … 1."""
        span = self.right - self.left
        return min(max((x - self.left) / span, 0.0), 1.0) if span > 0 else 1.0

    def middles(self, width: float, begin: float = 0.0, end: float = 1.0) -> list[float]:
        """Give the middles of frames of a width, from one share to another, one at the end.

        The frames of a fork, whose `begin` is not 0, lie to the right of the line there.
        """
        last = self.x(end)
        first = self.x(begin) + (width / 2 + LINE if begin else 0.0)
        steps = int((last - first) // (width + GAP))
        if steps < 1:
            return [last]
        return [first + (last - first) * n / steps for n in range(steps + 1)]
