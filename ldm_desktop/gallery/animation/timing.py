"""How long each frame is shown in the whole units of a format, without the rounding adding up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """The moment with a number is shown for so many units of time."""

    number: int
    units: int


def slots(seconds: Iterable[float], unit: float, least: int = 1) -> tuple[Slot, ...]:
    """Give each moment its units, each of `unit` seconds, and at least `least` of them.

    The end of every slot is where it would be without rounding, to half a unit; what is too short
    to be shown is left out, and its time goes to what follows. So the sum is right.
    """
    found: list[Slot] = []
    begun, end = 0, 0.0
    for number, each in enumerate(seconds):
        end += each
        until = round(end / unit)
        if until - begun >= least:
            found.append(Slot(number, until - begun))
            begun = until
    rest = round(end / unit) - begun
    if not found:
        return (Slot(0, max(least, rest)),)
    last = found[-1]
    return (*found[:-1], Slot(last.number, last.units + rest))
