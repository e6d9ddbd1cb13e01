"""Frames of all rows lie on one axis, side by side and never on top of one another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.ui.explore.strip_places import Places

widths = st.floats(4, 400)
shares = st.floats(0, 1)


@st.composite
def axes(draw: st.DrawFn) -> Places:
    """Axes of some length."""
    left = draw(st.floats(0, 500))
    return Places(left, left + draw(st.floats(1, 3000)))


@given(axes(), shares)
def test_a_share_comes_back_from_its_place(places: Places, share: float) -> None:
    assert places.share(places.x(share)) == pytest.approx(share, abs=1e-6)


@given(axes(), st.floats(-5000, 5000))
def test_what_is_beside_the_axis_is_its_end(places: Places, x: float) -> None:
    assert 0 <= places.share(x) <= 1


@given(axes(), widths, shares, shares)
def test_frames_fill_their_part_without_touching(
    places: Places, width: float, one: float, other: float
) -> None:
    begin, end = sorted((one, other))
    middles = places.middles(width, begin, end)
    # The last frame is at the end of the way, whatever room there is.
    assert middles[-1] == pytest.approx(places.x(end))
    if len(middles) > 1:
        assert all(late - early >= width for early, late in pairwise(middles))
        if begin:
            assert middles[0] - width / 2 >= places.x(begin)
        else:
            assert middles[0] == pytest.approx(places.left)
