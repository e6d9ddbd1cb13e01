"""Pictures that look alike, by hashes of 64 bits: near ones differ in few of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Looks: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]

BITS = 64
NEAR = 4
"""Bits by which the hashes of near pictures differ at most."""
LIKE = 10
"""Bits by which a lookalike may differ that somebody asks for: more, and some by chance."""
FARTHEST = 8
"""Of 100,000 looks, farther ones would take minutes to find, and be near by chance."""
MOST_MODELS = 16


def near(
    looks: Looks, distance: int = NEAR, cancelled: Callable[[], bool] = lambda: False
) -> Places:
    """Give each look the number of its group: those that a chain of near looks connects.

    Hashes that differ in at most n bits are equal in one of n + 1 parts. So for each part they
    are sorted by it, and each is compared with those that follow it with an equal part. Memory is
    that of a few arrays as long as `looks`, whatever they are; cancelled, some chains are open.
    """
    distance = min(distance, FARTHEST)
    different, group_of = np.unique(looks, return_inverse=True)
    roots = np.arange(len(different), dtype=np.int64)
    edges = np.linspace(0, BITS, distance + 2).astype(np.uint64)
    for low, high in itertools.pairwise(edges):
        part = (different >> low) & np.uint64((1 << int(high - low)) - 1)
        _join_within(different, part, roots, distance, cancelled)
    return _tops(roots, np.arange(len(different)))[group_of]


def _join_within(
    looks: Looks,
    part: NDArray[Any],
    roots: Places,
    distance: int,
    cancelled: Callable[[], bool],
) -> None:
    """Join near looks among those with an equal part."""
    places = np.argsort(part, kind="stable")
    part, looks = part[places], looks[places]
    first = np.arange(len(places))
    step = 0
    while len(first) and not cancelled():
        step += 1
        first = first[: np.searchsorted(first, len(places) - step)]
        first = first[part[first] == part[first + step]]
        # What is one group already need not be compared; asked rarely, as it costs as much.
        if step & (step - 1) == 0:
            first = first[_open(part, _tops(roots, places))[first]]
        close = np.bitwise_count(looks[first] ^ looks[first + step]) <= distance
        pairs = first[close]
        _join(roots, places[pairs], places[pairs + step])


def _open(part: NDArray[Any], tops: Places) -> Mask:
    """Say which looks stand in a part whose looks are not all in one group yet."""
    starts = np.flatnonzero(np.concatenate([[True], part[1:] != part[:-1]]))
    lowest, highest = np.minimum.reduceat(tops, starts), np.maximum.reduceat(tops, starts)
    sizes = np.diff(starts, append=len(part))
    return np.repeat(lowest != highest, sizes)


def _join(roots: Places, ones: Places, others: Places) -> None:
    """Put the groups of pairs together: the higher root hangs from the lower."""
    while len(ones):
        tops, bottoms = _tops(roots, ones), _tops(roots, others)
        apart = tops != bottoms
        ones, others, tops, bottoms = ones[apart], others[apart], tops[apart], bottoms[apart]
        np.minimum.at(roots, np.maximum(tops, bottoms), np.minimum(tops, bottoms))


def _tops(roots: Places, places: Places) -> Places:
    """Follow roots to the end, and shorten the way for those who come later."""
    found = roots[places]
    while not np.array_equal(found, higher := roots[found]):
        found = higher
    roots[places] = found
    return found


def like(looks: Looks, known: Mask, models: Mask) -> Mask:
    """Say which pictures look like one of a few, themselves included."""
    found = np.zeros(len(looks), dtype=np.bool_)
    for look in looks[models][:MOST_MODELS]:
        found |= np.bitwise_count(looks ^ look) <= LIKE
    return found & known
