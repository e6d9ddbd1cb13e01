"""The tiles of the open contact sheet as rows for views, made only when a view asks for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeAlias
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QImage

from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.gallery.steps import runs

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST_TOLD = 2000
MOST_RUNS = 64
translate = QCoreApplication.translate


class TileState(IntEnum):
    """What a tile is at; what a person said of it is its verdict."""

    WAITING = 0
    """Its turn has not come, or not come again."""
    FORMING = 1
    RESTING = 2
    """It has come as far as the sheet's share: it can be judged."""
    QUEUED = 3
    """Its picture is ordered, and waits in the queue."""
    FINISHING = 4
    """Its picture is being made."""
    FINISHED = 5
    """Its picture is saved; `Tile.picture` is its id."""
    FAILED = 6
    """`Tile.sentence` says why."""


@dataclass(frozen=True)
class Tile:
    """A tile as a view paints it: after `done` of `total` evaluations, `image` null before any.

    The image is small (latent size, or a thumbnail of the finished picture): scale it smoothly.
    """

    place: int
    seed: int
    verdict: Verdict
    done: int
    total: int
    state: TileState
    picture: UUID | None = None
    image: QImage = field(default_factory=QImage, compare=False, repr=False)
    sentence: str = ""


class Role(IntEnum):
    """What a view can ask of a row."""

    TILE = Qt.ItemDataRole.UserRole + 1


class SheetModel(QAbstractListModel):
    """The rows are the tiles of the chosen filter, in the sheet's order.

    Nothing is kept of a row but its place: what else there is to it is made when it is asked for.
    """

    def __init__(self, tile_at: Callable[[int], Tile], parent: QObject | None = None) -> None:
        """`tile_at` gives the tile of a place."""
        super().__init__(parent)
        self._tile_at = tile_at
        self._order: Sequence[int] = range(0)

    @property
    def order(self) -> Sequence[int]:
        """The places of all rows, rising."""
        return self._order

    def set_order(self, order: Sequence[int]) -> None:
        """List other tiles."""
        self.beginResetModel()
        self._order = order
        self.endResetModel()

    def tile(self, row: int) -> Tile:
        """Give what is known of a row; an image that was let go is sent for and told of."""
        return self._tile_at(self._order[row])

    def place_at(self, row: int) -> int:
        """Give which tile of the sheet a row is."""
        return self._order[row]

    def row_of(self, place: int) -> int:
        """Give a tile's row, or -1 if the filter leaves it out."""
        row = bisect_left(self._order, place)
        return row if row < len(self._order) and self._order[row] == place else -1

    def tell(self, places: Collection[int]) -> None:
        """Have tiles painted anew, those beside each other at once."""
        if len(places) > MOST_TOLD:
            self.tell_all()
            return
        rows = (self.row_of(place) for place in places)
        found = [*runs(row for row in rows if row >= 0)]
        if len(found) > MOST_RUNS:
            # Views paint what is on screen only, so that one signal too wide costs nothing.
            found = [(found[0][0], found[-1][1])]
        for first, last in found:
            self.dataChanged.emit(self.index(first), self.index(last))

    def tell_all(self) -> None:
        """Have all tiles painted anew."""
        if self._order:
            self.dataChanged.emit(self.index(0), self.index(len(self._order) - 1))

    # What Qt asks of a model.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Give how many tiles are listed."""
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is known of a tile."""
        if role not in ROLES or not (index.isValid() and index.row() < len(self._order)):
            return None
        tile = self.tile(index.row())
        if role == Role.TILE:
            return tile
        return str(tile.seed) if role == Qt.ItemDataRole.DisplayRole else spoken(tile)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that tiles have nothing below them."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemNeverHasChildren if index.isValid() else usual


ROLES = (
    Role.TILE,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


def spoken(tile: Tile) -> str:
    """Say what a tile is, for those who hear it and for a tool tip."""
    # What is culled waits for nothing.
    still = tile.verdict is Verdict.CULLED and tile.state is TileState.WAITING and tile.done
    state = {
        TileState.WAITING: translate("Sheet", "waiting"),
        TileState.FORMING: translate("Sheet", "step {done} of {total}"),
        TileState.RESTING: translate("Sheet", "rests at step {done} of {total}"),
        TileState.QUEUED: translate("Sheet", "in the queue"),
        TileState.FINISHING: translate("Sheet", "being finished, step {done} of {total}"),
        TileState.FINISHED: translate("Sheet", "finished"),
        TileState.FAILED: translate("Sheet", "failed: {sentence}"),
    }[TileState.RESTING if still else tile.state]
    state = state.format(done=tile.done, total=tile.total, sentence=tile.sentence)
    text = {
        Verdict.OPEN: translate("Sheet", "Seed {seed}, {state}"),
        Verdict.KEPT: translate("Sheet", "Seed {seed}, kept, {state}"),
        Verdict.CULLED: translate("Sheet", "Seed {seed}, culled, {state}"),
    }[tile.verdict]
    return text.format(seed=tile.seed, state=state)
