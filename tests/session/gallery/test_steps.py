"""From one listing to another with as little ado as can be."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.session.gallery.steps import RESET, SAME, Step, StepKind, runs, step

ROWS = st.lists(st.integers(0, 9), max_size=12, unique=True).map(lambda rows: array("q", rows))


@given(ROWS, ROWS)
def test_a_step_leads_from_one_listing_to_the_next(old: array[int], new: array[int]) -> None:
    taken = step(old, new)
    rows = old[:]
    if taken.kind is StepKind.INSERTED:
        rows[taken.first : taken.first] = new[taken.first : taken.last + 1]
    elif taken.kind is StepKind.REMOVED:
        del rows[taken.first : taken.last + 1]
    assert taken == RESET or rows == new


@given(ROWS, st.integers(0, 12), st.lists(st.integers(10, 19), min_size=1, unique=True))
def test_rows_put_in_at_one_place_are_no_reset(
    old: array[int], place: int, more: list[int]
) -> None:
    if not old:
        return
    place = min(place, len(old))
    new = old[:place] + array("q", more) + old[place:]
    there = Step(StepKind.INSERTED, place, place + len(more) - 1)
    assert step(old, new) == there
    assert step(new, old) == Step(StepKind.REMOVED, there.first, there.last)


def test_the_same_is_no_step_and_another_order_a_reset() -> None:
    rows = array("q", [3, 1, 2])
    assert step(rows, rows[:]) == SAME
    assert step(rows, array("q", [1, 2, 3])) == RESET


def test_rows_beside_each_other_are_told_of_together() -> None:
    assert list(runs([7, 2, 3, 4, 9, 8])) == [(2, 4), (7, 9)]
    assert list(runs([])) == []
