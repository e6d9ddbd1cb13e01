"""What is to be noted of seeds, gathered so that one commit writes many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from ldm_desktop.gallery.seeds.records import Finished, SheetPlan, TileRow
from ldm_desktop.session.explore.seed_images import encoded
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.work import Saved

if TYPE_CHECKING:
    from ldm_desktop.gallery.seeds.store import Store


MOST_FRAMES = 64
"""Pictures that wait with their pixels; where nothing can be written they would fill the memory."""


@dataclass
class Waiting:
    """Tiles by sheet and place, of each the latest word, and saved pictures."""

    plans: dict[UUID, SheetPlan] = field(default_factory=dict)
    tiles: dict[UUID, dict[int, TileRow]] = field(default_factory=dict)
    saved: dict[UUID, Saved | Finished] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tiles or self.saved)

    def add(self, plan: SheetPlan, rows: Sequence[TileRow]) -> None:
        """Take what is now known of tiles over what was."""
        self.plans[plan.id] = plan
        tiles = self.tiles.setdefault(plan.id, {})
        for row in rows:
            tiles[row.place] = _over(row, tiles.get(row.place))

    def see(self, saved: Saved) -> None:
        """Take a saved picture; of those that wait long only what it was is kept."""
        self.saved[saved.record.id] = saved
        self._let_go()

    def _let_go(self) -> None:
        whole = [key for key, each in self.saved.items() if isinstance(each, Saved)]
        for key in whole[:-MOST_FRAMES]:
            self.saved[key] = _finished(self.saved[key], look=False)

    def put_under(self, later: Waiting) -> Waiting:
        """Give both together; `later` knows better."""
        for sheet, tiles in later.tiles.items():
            self.add(later.plans[sheet], tuple(tiles.values()))
        self.saved |= later.saved
        self._let_go()
        return self

    def drop_sheet(self, sheet: UUID) -> None:
        """Write nothing more of a sheet."""
        self.tiles.pop(sheet, None)

    def write(self, store: Store) -> None:
        """Commit it, in the thread of the store."""
        tiles = [(self.plans[sheet], tuple(tiles.values())) for sheet, tiles in self.tiles.items()]
        if tiles:
            store.note_tiles(tiles)
        if self.saved:
            store.saw([_finished(saved) for saved in self.saved.values()])


def _over(row: TileRow, before: TileRow | None) -> TileRow:
    if before is None:
        return row
    return replace(
        row, preview=row.preview or before.preview, picture=row.picture or before.picture
    )


def _finished(saved: Saved | Finished, *, look: bool = True) -> Finished:
    if isinstance(saved, Finished):
        return saved
    record = saved.record
    preview = encoded(image_of(saved.frame)) if look else b""
    return Finished(record.id, record.recipe, record.created, preview)
