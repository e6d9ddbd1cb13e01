"""What is looked at goes first, and a million tiles are no slower to attend to than ten."""

from __future__ import annotations

from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.core.job import AHEAD_PRIORITY, DRAFT_PRIORITY, IDLE_PRIORITY
from ldm_desktop.session.explore.attention import MOST, attend

flags = st.lists(st.integers(0, 1), min_size=1, max_size=200).map(bytearray)
rows = st.tuples(st.integers(-20, 220), st.integers(0, 60))
limits = st.integers(1, 40)


def visible_of(first_and_page: tuple[int, int]) -> range:
    """Give rows on screen, which may lie outside the sheet."""
    first, page = first_and_page
    return range(first, first + page)


def on_screen(eager: bytearray, visible: range) -> list[int]:
    """Give the eager places on screen of a sheet without a filter."""
    return [place for place in range(len(eager)) if place in visible and eager[place]]


@given(flags, rows, limits)
def test_nothing_that_rests_or_is_culled_is_ever_wanted(
    eager: bytearray, seen: tuple[int, int], most: int
) -> None:
    assert all(
        eager[place] for place, _ in attend(eager, range(len(eager)), visible_of(seen), most)
    )


@given(flags, rows, limits)
def test_what_is_on_screen_comes_first_in_its_order(
    eager: bytearray, seen: tuple[int, int], most: int
) -> None:
    visible = visible_of(seen)
    wanted = attend(eager, range(len(eager)), visible, most)
    first = on_screen(eager, visible)[:most]
    assert [place for place, level in wanted if level == DRAFT_PRIORITY] == first
    assert [place for place, _ in wanted[: len(first)]] == first


@given(flags, rows, limits)
def test_as_many_are_wanted_as_there_are_but_never_more_than_the_limit(
    eager: bytearray, seen: tuple[int, int], most: int
) -> None:
    wanted = attend(eager, range(len(eager)), visible_of(seen), most)
    assert len(wanted) == min(sum(eager), most)
    assert len({place for place, _ in wanted}) == len(wanted)


@given(flags, rows, limits)
def test_levels_fall_and_the_rest_is_in_order(
    eager: bytearray, seen: tuple[int, int], most: int
) -> None:
    wanted = attend(eager, range(len(eager)), visible_of(seen), most)
    levels = [level for _, level in wanted]
    assert levels == sorted(levels, reverse=True)
    rest = [place for place, level in wanted if level == IDLE_PRIORITY]
    assert rest == sorted(rest)


@given(flags, rows, limits)
def test_the_same_is_wanted_whenever_it_is_asked(
    eager: bytearray, seen: tuple[int, int], most: int
) -> None:
    order, visible = range(len(eager)), visible_of(seen)
    before = bytes(eager)
    assert attend(eager, order, visible, most) == attend(eager, order, visible, most)
    assert bytes(eager) == before


@given(flags, rows, limits, st.data())
def test_the_rows_of_a_filter_are_those_of_its_places(
    eager: bytearray, seen: tuple[int, int], most: int, data: st.DataObject
) -> None:
    listed = data.draw(st.sets(st.integers(0, len(eager) - 1)))
    order, visible = array("L", sorted(listed)), visible_of(seen)
    rows = range(max(visible.start, 0), max(visible.stop, 0))
    first = [place for place in order[rows.start : rows.stop] if eager[place]][:most]
    wanted = attend(eager, order, visible, most)
    assert [place for place, level in wanted if level == DRAFT_PRIORITY] == first
    assert len(wanted) == min(sum(eager), most)


def test_a_screenful_after_and_one_before_come_next() -> None:
    wanted = dict(attend(bytearray(b"\1" * 100), range(100), range(40, 50)))
    assert [place for place in wanted if wanted[place] == AHEAD_PRIORITY] == [
        *range(50, 60),
        *range(30, 40),
    ]


def test_with_nothing_on_screen_a_sheet_forms_from_its_beginning() -> None:
    wanted = attend(bytearray(b"\1" * 1000), range(1000), range(0))
    assert wanted == tuple((place, IDLE_PRIORITY) for place in range(MOST))


class Counted(bytearray):
    """Counts how often it is looked into."""

    looks = 0

    def __getitem__(self, place: Any) -> Any:
        self.looks += 1
        return super().__getitem__(place)

    def find(self, *arguments: Any) -> int:
        self.looks += 1
        return super().find(*arguments)


@pytest.mark.parametrize("left", ["all", "none", "the last"])
def test_a_million_tiles_take_no_more_looks_than_are_wanted(left: str) -> None:
    eager = Counted(bytearray([left == "all"]) * 1_000_000)
    eager[-1] = left != "none"
    page = 60
    attend(eager, range(len(eager)), range(500_000, 500_000 + page))
    assert eager.looks <= 3 * page + MOST
