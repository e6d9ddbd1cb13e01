"""How long a sheet still takes, from how fast it has been lately."""

from __future__ import annotations

import pytest

from ldm_desktop.session.explore.sheet_tiles import SheetCounts
from ldm_desktop.ui.explore.sheet_pace import Pace


class Clock:
    """A time that tests set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def counts_of(done: int, formed: int = 0) -> SheetCounts:
    """Give counts of a sheet of a hundred tiles."""
    return SheetCounts(total=100, formed=formed, evaluations_done=done)


def test_the_time_left_follows_from_the_last_moments() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.note(counts_of(0))
    clock.now = 10.0
    now = counts_of(50, formed=10)
    pace.note(now)
    assert pace.left(now, until=7) == pytest.approx(90 * 7 / 5)


def test_what_was_long_ago_does_not_count() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.note(counts_of(0))
    for second, done in ((100.0, 10), (110.0, 110)):
        clock.now = second
        pace.note(counts_of(done))
    assert pace.left(counts_of(110), until=1) == pytest.approx(100 / 10)


def test_nobody_knows_after_a_moment_or_when_all_stands_still_or_is_done() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.note(counts_of(0))
    clock.now = 1.0
    pace.note(counts_of(10))
    assert pace.left(counts_of(10), until=7) is None
    clock.now = 10.0
    pace.note(counts_of(90))
    assert pace.left(counts_of(90), until=7) is not None
    assert pace.left(counts_of(90, formed=100), until=7) is None
    pace.forget()
    assert pace.left(counts_of(90), until=7) is None


def test_another_sheet_begins_anew() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.note(counts_of(900))
    clock.now = 10.0
    pace.note(counts_of(5))
    assert pace.left(counts_of(5), until=7) is None
