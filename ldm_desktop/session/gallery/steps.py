"""How one listing becomes another: rows put in, taken out, or all anew."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class StepKind(StrEnum):
    """What happens to the rows."""

    SAME = "same"
    INSERTED = "inserted"
    REMOVED = "removed"
    RESET = "reset"


@dataclass(frozen=True)
class Step:
    """Rows `first` to `last`, in the listing that has them."""

    kind: StepKind
    first: int = 0
    last: int = 0


SAME = Step(StepKind.SAME)
RESET = Step(StepKind.RESET)


def step(old: array[int], new: array[int]) -> Step:
    """Say what leads from one listing to the next; changes in two places are a reset."""
    if old == new:
        return SAME
    shorter = min(len(old), len(new))
    if len(old) == len(new) or not shorter:
        return RESET
    before = _common(old, new, shorter)
    more = abs(len(new) - len(old))
    longer, other = (new, old) if len(new) > len(old) else (old, new)
    if longer[before + more :] != other[before:]:
        return RESET
    kind = StepKind.INSERTED if longer is new else StepKind.REMOVED
    return Step(kind, before, before + more - 1)


def _common(old: array[int], new: array[int], most: int) -> int:
    """Give how many rows at the beginning are the same, by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Put rows together that stand beside each other, as first and last."""
    first = last = None
    for row in sorted(rows):
        if first is None or last is None:
            first = last = row
        elif row <= last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last
