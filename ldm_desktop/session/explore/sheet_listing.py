"""Which tiles of a sheet are listed: a filter that changes nothing under a person's eyes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import compress

from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.session.explore.sheet_tiles import Tiles


class Filter(StrEnum):
    """Which tiles are listed."""

    ALL = "all"
    OPEN = "open"
    KEPT = "kept"
    CULLED = "culled"
    FINISHED = "finished"


VERDICTS = {Filter.OPEN: Verdict.OPEN, Filter.KEPT: Verdict.KEPT, Filter.CULLED: Verdict.CULLED}


class Listing:
    """The places listed when the filter was applied; what is judged since then stays listed."""

    def __init__(self, tiles: Tiles, chosen: Filter = Filter.ALL) -> None:
        self.filter = chosen
        self._tiles = tiles
        self._listed = self._matching()
        self._strays: set[int] = set()
        whole = range(len(tiles))
        self.order: Sequence[int] = (
            whole if chosen is Filter.ALL else array("L", compress(whole, self._listed))
        )

    @property
    def stale(self) -> int:
        """How many tiles would leave or enter the list, were the filter applied now."""
        return len(self._strays)

    def note(self, places: Iterable[int]) -> None:
        """Hear that tiles are others than before."""
        if self.filter is Filter.ALL:
            return
        for place in places:
            if self._matches(place) == self._listed[place]:
                self._strays.discard(place)
            else:
                self._strays.add(place)

    def _matches(self, place: int) -> bool:
        if self.filter is Filter.FINISHED:
            return self._tiles.states[place] == TileState.FINISHED
        return self._tiles.verdicts[place] == VERDICTS[self.filter]

    def _matching(self) -> bytes:
        """Give 1 for each place that matches, 0 for the others; quick for a million."""
        if self.filter is Filter.ALL:
            return b"\1" * len(self._tiles)
        if self.filter is Filter.FINISHED:
            return bytes(self._tiles.states).translate(_only(TileState.FINISHED))
        return self._tiles.verdicts.tobytes().translate(_only(VERDICTS[self.filter]))


def _only(value: int) -> bytes:
    return bytes(byte == value % 256 for byte in range(256))
