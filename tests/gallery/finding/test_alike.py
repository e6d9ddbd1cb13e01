"""Looks that are near each other are grouped, however many there are and however close."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_reference import pairs

from ldm_desktop.gallery.finding import alike

bits = st.integers(0, 2**64 - 1)
close = st.builds(
    lambda look, flips: look ^ sum(1 << flip for flip in flips),
    st.sampled_from([0, 2**64 - 1, 0x0123456789ABCDEF]),
    st.sets(st.integers(0, 63), max_size=6),
)


def chained(looks: list[int], distance: int) -> list[set[int]]:
    """Give the groups that chains of near pairs make, slowly."""
    groups = [{place} for place in range(len(looks))]
    for one, other in pairs(looks, distance):
        joined = next(group for group in groups if one in group)
        also = next(group for group in groups if other in group)
        if joined is not also:
            joined |= also
            groups.remove(also)
    return sorted(groups, key=min)


def grouped(looks: list[int], distance: int) -> list[set[int]]:
    """Give the groups of `near` as sets of places."""
    groups: dict[int, set[int]] = {}
    for place, group in enumerate(alike.near(np.array(looks, dtype=np.uint64), distance).tolist()):
        groups.setdefault(group, set()).add(place)
    return sorted(groups.values(), key=min)


@given(st.lists(bits | close, max_size=40), st.integers(0, alike.FARTHEST))
def test_near_looks_are_chained_as_comparing_all_of_them_would(
    looks: list[int], distance: int
) -> None:
    assert grouped(looks, distance) == chained(looks, distance)


@pytest.mark.parametrize("distance", [0, 1, 4, 8])
def test_one_bit_more_is_too_far(distance: int) -> None:
    looks = [0, (1 << distance) - 1, 2**64 - 1, (2**64 - 1) ^ ((2 << distance) - 1)]
    assert grouped(looks, distance) == [{0, 1}, {2}, {3}]


def test_many_looks_that_are_all_near_take_little_memory() -> None:
    looks = np.arange(5000, dtype=np.uint64)
    tracemalloc.start()
    groups = alike.near(looks)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(np.unique(groups)) == 1
    assert peak < 5_000_000  # A table of all pairs would take 25 million bytes at least.


def test_to_look_can_be_cancelled() -> None:
    looks = np.array([0, 1, 3, 7], dtype=np.uint64)
    assert len(np.unique(alike.near(looks, 4, cancelled=lambda: True))) == 4


def test_lookalikes_of_a_picture_include_it() -> None:
    looks = np.array([0, 2**10 - 1, 2**11 - 1, 2**64 - 1, 0], dtype=np.uint64)
    known = np.array([True, True, True, True, False])
    models = np.array([True, False, False, False, False])
    assert alike.like(looks, known, models).tolist() == [True, True, False, False, False]
