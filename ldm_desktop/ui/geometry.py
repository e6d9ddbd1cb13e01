"""Where in a grid each tile stands: reckoned by division, whatever the number of tiles."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from PySide6.QtCore import QPoint, QRect

MARGIN = 12
HEADING = 44
"""Logical pixels above the pictures of a group."""


class Geometry:
    """Rows of a list as tiles of one size in lines, each group under a heading of its own.

    Tiles fill the lines and are as near to `side` wide as that goes; `foot` is added to their
    height. `starts` are the rows at which groups begin; without any there is no heading.
    Coordinates are those of the whole content, of which a view shows a part.
    """

    def __init__(
        self, count: int, width: int, side: int, foot: int = 0, starts: Sequence[int] = ()
    ) -> None:
        self.count = count
        self.width = max(width, side + 2 * MARGIN)
        room = self.width - 2 * MARGIN
        self.columns = max(round(room / side), 1)
        self.tile_width = room // self.columns
        self.tile_height = self.tile_width + foot
        self.left = (self.width - self.columns * self.tile_width) // 2
        self.heading = HEADING if starts else 0
        self._starts = list(starts) or [0]
        self._tops = list(accumulate(self._heights(), initial=MARGIN if not starts else 0))

    @property
    def height(self) -> int:
        """How high the whole content is."""
        return self._tops[-1] + MARGIN if self.count else 0

    @property
    def groups(self) -> int:
        """How many headings there are."""
        return len(self._starts) if self.heading else 0

    def group_of(self, row: int) -> int:
        """Give the number of the group that a row is in."""
        return bisect_right(self._starts, row) - 1

    def rows_of(self, group: int) -> range:
        """Give the rows of a group."""
        end = self._starts[group + 1] if group + 1 < len(self._starts) else self.count
        return range(self._starts[group], end)

    def rect(self, row: int) -> QRect:
        """Give where a row's tile is."""
        group = self.group_of(row)
        line, column = divmod(row - self._starts[group], self.columns)
        top = self._tops[group] + self.heading + line * self.tile_height
        left = self.left + column * self.tile_width
        return QRect(left, top, self.tile_width, self.tile_height)

    def heading_rect(self, group: int) -> QRect:
        """Give where a group's heading is."""
        return QRect(MARGIN, self._tops[group], self.width - 2 * MARGIN, self.heading)

    def row_at(self, point: QPoint) -> int:
        """Give the row of the tile at a point, or −1."""
        x, y = point.x() - self.left, point.y()
        if not 0 <= x < self.columns * self.tile_width:
            return -1
        rows = self._line_at(y)
        column = x // self.tile_width
        return rows.start + column if column < len(rows) else -1

    def pinned(self, top: int) -> tuple[int, QRect] | None:
        """Give the group that reaches above `top`, and where its heading stays in sight.

        The next group's heading pushes it away.
        """
        if not (self.groups and 0 < top < self._tops[-1]):
            return None
        group = bisect_right(self._tops, top) - 1
        place = self.heading_rect(group)
        place.moveTop(min(top, self._tops[group + 1] - self.heading))
        return group, place

    def heading_at(self, point: QPoint) -> int:
        """Give the group whose heading is at a point, or −1."""
        if not (self.groups and 0 <= point.y() < self._tops[-1]):
            return -1
        group = bisect_right(self._tops, point.y()) - 1
        return group if self.heading_rect(group).contains(point) else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """Give the rows of all tiles that reach into what lies from `top` up to `bottom`."""
        if bottom <= top or not self.count:
            return range(0)
        return range(self._first_row(top), self._first_row(bottom - 1, after=True))

    def groups_between(self, top: int, bottom: int) -> range:
        """Give the groups whose headings may reach into what lies from `top` up to `bottom`."""
        if bottom <= top or not self.groups:
            return range(0)
        first = max(bisect_right(self._tops, top) - 1, 0)
        last = max(bisect_right(self._tops, bottom - 1) - 1, 0)
        return range(first, min(last + 1, self.groups))

    def spans_in(self, rect: QRect) -> Iterator[range]:
        """Give the rows of the tiles that a rectangle touches, line by line."""
        first = max((rect.left() - self.left) // self.tile_width, 0)
        last = min((rect.right() - self.left) // self.tile_width, self.columns - 1)
        rows = self.rows_between(rect.top(), rect.bottom() + 1)
        if first > last:
            return
        if (first, last) == (0, self.columns - 1):
            yield rows
            return
        row = rows.start
        while row < rows.stop:
            line = self._line_of(row)
            if span := line[first : last + 1]:
                yield span
            row = line.stop

    def moved(self, row: int, lines: int) -> int:
        """Give the row so many lines below (or above) in the same column, as far as there are."""
        column = self._column(row)
        for _ in range(abs(lines)):
            line = self._line_of(row)
            beyond = line.stop if lines > 0 else line.start - 1
            if not 0 <= beyond < self.count:
                break
            row = beyond
        line = self._line_of(row)
        return line[min(column, len(line) - 1)]

    def _heights(self) -> Iterator[int]:
        for start, end in pairwise([*self._starts, self.count]):
            yield self.heading + math.ceil((end - start) / self.columns) * self.tile_height

    def _column(self, row: int) -> int:
        return (row - self._starts[self.group_of(row)]) % self.columns

    def _line_of(self, row: int) -> range:
        """Give the rows that stand in one line with a row."""
        rows = self.rows_of(self.group_of(row))
        start = row - (row - rows.start) % self.columns
        return range(start, min(start + self.columns, rows.stop))

    def _line_at(self, y: int) -> range:
        """Give the rows of the line at a height; none in headings and margins."""
        if not self.count or not self._tops[0] <= y < self._tops[-1]:
            return range(0)
        group = bisect_right(self._tops, y) - 1
        below = y - self._tops[group] - self.heading
        if below < 0:
            return range(0)
        rows = self.rows_of(group)
        start = rows.start + below // self.tile_height * self.columns
        return range(start, min(start + self.columns, rows.stop))

    def _first_row(self, y: int, *, after: bool = False) -> int:
        """Give the first row of the line at a height (or of the one after it)."""
        if y < self._tops[0]:
            return 0
        if y >= self._tops[-1]:
            return self.count
        group = bisect_right(self._tops, y) - 1
        rows = self.rows_of(group)
        below = y - self._tops[group] - self.heading
        if below < 0:
            return rows.start
        line = below // self.tile_height + (1 if after else 0)
        return min(rows.start + line * self.columns, rows.stop)
