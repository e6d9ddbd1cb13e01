"""Which tiles of a sheet are to be formed now: those that are looked at, then all the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ldm_desktop.core.job import AHEAD_PRIORITY, DRAFT_PRIORITY, IDLE_PRIORITY

MOST = 256
"""Tiles that are wanted of the engine at a time."""


def attend(
    eager: bytearray, order: Sequence[int], visible: range, most: int = MOST
) -> tuple[tuple[int, int], ...]:
    """Give up to `most` places with their priorities, the most urgent first.

    `eager` has 1 at the place of each tile that is to go on, and 0 at those that rest or are
    culled; `order` has the place of each row, `visible` are rows. What is on screen comes first,
    then a screenful after it and one before, then the whole sheet from its beginning.
    """
    levels: dict[int, int] = {}
    for rows, level in _screens(visible, len(order)):
        for place in order[rows.start : rows.stop]:
            if eager[place]:
                levels.setdefault(place, level)
                if len(levels) == most:
                    return tuple(levels.items())
    for place in _ones(eager):
        levels.setdefault(place, IDLE_PRIORITY)
        if len(levels) == most:
            break
    return tuple(levels.items())


def _screens(visible: range, rows: int) -> Iterator[tuple[range, int]]:
    first, last = max(visible.start, 0), min(visible.stop, rows)
    page = last - first
    if page <= 0:
        return
    yield range(first, last), DRAFT_PRIORITY
    yield range(last, min(last + page, rows)), AHEAD_PRIORITY
    yield range(max(first - page, 0), first), AHEAD_PRIORITY


def _ones(flags: bytearray) -> Iterator[int]:
    # What has rested is skipped by `find`, a million tiles in some 50 µs.
    place = flags.find(1)
    while place >= 0:
        yield place
        place = flags.find(1, place + 1)
