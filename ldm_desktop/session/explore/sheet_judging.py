"""What a person says of tiles, as one undoable step, however many there are."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from ldm_desktop.gallery.seeds.records import Verdict

translate = QCoreApplication.translate
Put = Callable[[Sequence[int], Iterable[int]], None]
"""Takes places and their verdicts."""


class Judgement(QUndoCommand):
    """Gives one verdict to some places, and back to each the one it had."""

    def __init__(
        self, text: str, places: array[int], before: array[int], verdict: Verdict, put: Put
    ) -> None:
        super().__init__(text)
        self._places = places
        self._before = before
        self._verdict = verdict
        self._put = put

    def redo(self) -> None:
        """Say it."""
        self._put(self._places, repeat(self._verdict, len(self._places)))

    def undo(self) -> None:
        """Say again what was said before."""
        self._put(self._places, self._before)


def judgement_text(verdict: Verdict, seeds: int, first: int) -> str:
    """Say what is said of so many seeds, for the names of undo and redo."""
    one = {
        Verdict.KEPT: translate("Judging", "Keep seed {seed}"),
        Verdict.CULLED: translate("Judging", "Cull seed {seed}"),
        Verdict.OPEN: translate("Judging", "Take back the verdict on seed {seed}"),
    }
    many = {
        Verdict.KEPT: translate("Judging", "Keep {count} seeds"),
        Verdict.CULLED: translate("Judging", "Cull {count} seeds"),
        Verdict.OPEN: translate("Judging", "Take back the verdict on {count} seeds"),
    }
    return (one if seeds == 1 else many)[verdict].format(seed=first, count=seeds)
