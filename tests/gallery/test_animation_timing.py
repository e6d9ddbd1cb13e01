"""Times are rounded to a format's units so that the rounding never adds up."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.gallery.animation.timing import slots

SECONDS = st.lists(st.floats(1 / 60, 3), min_size=1, max_size=60)


@given(SECONDS, st.sampled_from([0.001, 0.01, 1 / 24]), st.integers(1, 3))
def test_the_units_add_up_to_the_whole_time(seconds: list[float], unit: float, least: int) -> None:
    found = slots(seconds, unit, least)
    assert sum(slot.units for slot in found) == max(least, round(sum(seconds) / unit))
    assert all(slot.units >= least for slot in found)


@given(SECONDS, st.sampled_from([0.001, 0.01]))
def test_every_end_is_where_it_would_be_without_rounding(seconds: list[float], unit: float) -> None:
    ends = list(itertools.accumulate(seconds))
    shown = 0
    for slot in slots(seconds, unit)[:-1]:
        shown += slot.units
        assert shown * unit == pytest.approx(ends[slot.number], abs=0.51 * unit)


@given(SECONDS)
def test_moments_stay_in_their_order_and_none_is_shown_twice(seconds: list[float]) -> None:
    numbers = [slot.number for slot in slots(seconds, 0.01, 2)]
    assert numbers == sorted(set(numbers))


def test_twelve_frames_a_second_do_not_drift_in_a_gif() -> None:
    found = slots([1 / 12] * 1200, 0.01, 2)
    assert sum(slot.units for slot in found) == 10_000
    assert {slot.units for slot in found} == {8, 9}


def test_what_is_too_short_to_be_shown_leaves_its_time_to_the_next() -> None:
    found = slots([1 / 60] * 60, 0.01, 2)
    assert sum(slot.units for slot in found) == 100
    assert len(found) < 60


def test_one_moment_is_shown_at_least_once() -> None:
    (slot,) = slots([0.001], 0.01, 2)
    assert (slot.number, slot.units) == (0, 2)
