"""Where tiles stand: the same whether reckoned by division or laid out one after the other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from ldm_desktop.ui.geometry import HEADING, MARGIN, Geometry


@dataclass(frozen=True)
class Wanted:
    """What a geometry is made of."""

    count: int
    width: int
    side: int
    foot: int
    starts: tuple[int, ...]

    def geometry(self) -> Geometry:
        """Make it."""
        return Geometry(self.count, self.width, self.side, self.foot, self.starts)


@st.composite
def wanted(draw: st.DrawFn) -> Wanted:
    """Give any grid, with or without groups."""
    count = draw(st.integers(0, 60))
    inner = st.sets(st.integers(1, max(count - 1, 1)), max_size=8)
    grouped = count > 1 and draw(st.booleans())
    starts = tuple(sorted({0, *draw(inner)})) if grouped else ()
    width = draw(st.integers(40, 900))
    return Wanted(count, width, draw(st.integers(64, 320)), draw(st.integers(0, 30)), starts)


def laid_out(of: Wanted) -> tuple[list[QRect], list[QRect]]:
    """Lay out tiles one after the other; give them and their headings."""
    made = of.geometry()
    tiles, headings, top = [], [], 0 if of.starts else MARGIN
    starts = of.starts or (0,)
    for start, end in zip(starts, [*starts[1:], of.count], strict=True):
        if of.starts:
            headings.append(QRect(MARGIN, top, made.width - 2 * MARGIN, HEADING))
            top += HEADING
        for place in range(end - start):
            line, column = divmod(place, made.columns)
            corner = QPoint(made.left + column * made.tile_width, top + line * made.tile_height)
            tiles.append(QRect(corner.x(), corner.y(), made.tile_width, made.tile_height))
        top += math.ceil((end - start) / made.columns) * made.tile_height
    return tiles, headings


@given(wanted())
def test_every_tile_and_heading_is_where_laying_out_puts_it(of: Wanted) -> None:
    made = of.geometry()
    tiles, headings = laid_out(of)
    assert [made.rect(row) for row in range(of.count)] == tiles
    assert [made.heading_rect(group) for group in range(made.groups)] == headings
    bottom = max((tile.bottom() + 1 for tile in tiles), default=0)
    assert made.height == (bottom + MARGIN if tiles else 0)


@given(wanted(), st.integers(-20, 1000), st.integers(-20, 4000))
def test_a_point_hits_the_tile_or_heading_that_contains_it(of: Wanted, x: int, y: int) -> None:
    made, point = of.geometry(), QPoint(x, y)
    tiles, headings = laid_out(of)
    under = [row for row, tile in enumerate(tiles) if tile.contains(point)]
    assert made.row_at(point) == (under[0] if under else -1)
    above = [group for group, each in enumerate(headings) if each.contains(point)]
    assert made.heading_at(point) == (above[0] if above else -1)


@given(wanted(), st.integers(-50, 4000), st.integers(1, 700))
def test_what_is_seen_of_the_content_is_exactly_what_reaches_into_it(
    of: Wanted, top: int, height: int
) -> None:
    made = of.geometry()
    tiles, headings = laid_out(of)
    part = QRect(-10_000, top, 20_000, height)
    seen = [row for row, tile in enumerate(tiles) if tile.intersects(part)]
    assert list(made.rows_between(top, top + height)) == seen
    groups = made.groups_between(top, top + height)
    assert {g for g, each in enumerate(headings) if each.intersects(part)} <= set(groups)


@given(wanted(), st.integers(-50, 900), st.integers(-50, 3000), st.integers(1, 900))
def test_a_rectangle_touches_the_tiles_it_crosses(of: Wanted, x: int, y: int, size: int) -> None:
    made, rect = of.geometry(), QRect(x, y, size, size)
    tiles, _ = laid_out(of)
    touched = [row for row, tile in enumerate(tiles) if tile.intersects(rect)]
    assert [row for span in made.spans_in(rect) for row in span] == touched


@given(wanted(), st.integers(0, 59), st.integers(-5, 5))
def test_going_up_and_down_keeps_to_the_column_as_far_as_lines_go(
    of: Wanted, row: int, lines: int
) -> None:
    if row >= of.count:
        return
    made = of.geometry()
    tiles, _ = laid_out(of)
    tops = sorted({tile.top() for tile in tiles})
    line = min(max(tops.index(tiles[row].top()) + lines, 0), len(tops) - 1)
    there = [each for each, tile in enumerate(tiles) if tile.top() == tops[line]]
    column = (tiles[row].left() - made.left) // made.tile_width
    assert made.moved(row, lines) == there[min(column, len(there) - 1)]


@given(wanted())
def test_lines_are_filled_by_tiles_of_about_the_size_that_is_wanted(of: Wanted) -> None:
    made = of.geometry()
    assert of.side * 2 // 3 - 1 <= made.tile_width <= of.side * 3 // 2
    assert made.tile_height == made.tile_width + of.foot
    room = made.width - 2 * MARGIN
    assert room - made.columns * made.tile_width < made.columns


def test_a_hundred_thousand_pictures_in_as_many_groups_are_found_as_well() -> None:
    made = Geometry(100_000, 1000, 200, 20, range(100_000))
    assert made.groups == 100_000
    last = made.rect(99_999)
    assert made.row_at(last.center()) == 99_999
    assert made.group_of(99_999) == 99_999
    assert list(made.rows_between(last.top(), last.bottom())) == [99_999]
