"""One open sheet's parts, put together: its tiles with their images, list, work and memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.seeds.records import SheetPlan, TileRow, Verdict
from ldm_desktop.session.background import Background
from ldm_desktop.session.explore.attention import attend
from ldm_desktop.session.explore.sheet_forming import Forming
from ldm_desktop.session.explore.sheet_images import TileImages
from ldm_desktop.session.explore.sheet_keeping import Keeping
from ldm_desktop.session.explore.sheet_listing import Filter, Listing
from ldm_desktop.session.explore.sheet_model import Tile, TileState
from ldm_desktop.session.explore.sheet_tiles import ORDERED, Tiles, rest_of

if TYPE_CHECKING:
    from ldm_desktop.session.explore.seeds import SeedDesk
    from ldm_desktop.worker.thread import Worker

SEEDS_AT_HAND = 4096


class Board(QObject):
    """What there is while a sheet is open; `changed` is told of each tile that is another."""

    idle = Signal()  # fewer tiles are at work than could be
    failed = Signal(str)
    trouble = Signal(str)

    def __init__(
        self,
        worker: Worker,
        seeds: SeedDesk,
        plan: SheetPlan,
        changed: Callable[[int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.plan = plan
        self.background = Background(1, self)
        self.tiles = Tiles(plan, self._note)
        self.listing = Listing(self.tiles)
        self._changed = changed
        # Drawing random seeds anew would cost a millisecond for each screen that is painted.
        self._seed = lru_cache(SEEDS_AT_HAND)(plan.seed)
        self.forming = Forming(worker, plan, self.tiles, self._seed, self)
        self._kept = bytearray(plan.count)
        self.images = TileImages(seeds, plan.id, self._kept, self.background, self)
        self.keeping = Keeping(seeds, plan, self.tiles, self._kept, self.background, self)
        self.images.missing.connect(self._form_again)
        self.images.read.connect(self._show)
        self.images.trouble.connect(self.trouble)
        self.forming.rested.connect(self.idle)
        self.forming.failed.connect(self.failed)

    def restore(self, rows: Iterable[TileRow]) -> None:
        """Take up what was kept of the sheet."""
        known = [row for row in rows if row.place < len(self.tiles)]
        self.tiles.restore(known)
        for row in known:
            self._kept[row.place] = row.done > 0 or row.picture is not None
        self.listing.note(row.place for row in known)
        self.keeping.release()

    def tile(self, place: int) -> Tile:
        """Give what is known of a tile."""
        tiles = self.tiles
        done, total = tiles.progress(place)
        return Tile(
            place,
            self._seed(place),
            Verdict(tiles.verdicts[place]),
            done,
            total,
            TileState(tiles.states[place]),
            tiles.pictures.get(place),
            self.images.image(place),
            tiles.sentences.get(place, ""),
        )

    def list(self, chosen: Filter) -> None:
        """List the tiles that match a filter now."""
        self.listing = Listing(self.tiles, chosen)

    def attend(self, folder: str, visible: range, preview: PreviewPolicy) -> None:
        """Have those tiles formed that are to be, visible rows first; without a folder, none."""
        wanted = attend(self.tiles.eager, self.listing.order, visible) if folder else ()
        for place in self.forming.want(folder, wanted, preview):
            self._keep_way(place)

    def judge(self, places: Sequence[int], verdicts: Iterable[int]) -> None:
        """Give places their verdicts, and keep them."""
        self.tiles.judge(zip(places, verdicts, strict=True))
        self.listing.note(places)
        self.keeping.note_all(places)

    def ordered_in_vain(self, places: Sequence[int]) -> tuple[int, ...]:
        """Give those that are in the queue although they are culled."""
        tiles, culled = self.tiles, Verdict.CULLED.value
        ordered = (place for place in places if tiles.states[place] in ORDERED)
        return tuple(place for place in ordered if tiles.verdicts[place] == culled)

    def set_plan(self, plan: SheetPlan) -> None:
        """Let tiles rest elsewhere, or the sheet have another name."""
        self.plan = self.keeping.plan = plan
        until = rest_of(plan, self.tiles.total)
        if until != self.tiles.until:
            self.tiles.set_until(until)
            for place in self.forming.places:
                self._keep_way(place)

    def can_finish(self, place: int) -> bool:
        """Whether a tile's picture can be ordered: not if it is there, ordered or culled."""
        made = self.tiles.states[place] in (*ORDERED, TileState.FINISHED)
        return not made and self.tiles.verdicts[place] != Verdict.CULLED

    def finishable(self) -> tuple[int, ...]:
        """Give the places of the kept tiles whose pictures can be ordered."""
        return tuple(filter(self.can_finish, Listing(self.tiles, Filter.KEPT).order))

    def sharp(self, place: int) -> tuple[Recipe, int]:
        """Give by what a tile is looked at closely: its recipe, and after how many evaluations."""
        tiles = self.tiles
        if tiles.states[place] == TileState.FINISHED:
            recipe = self.plan.recipe_at(place)
            return recipe, recipe.evaluations
        forms = tiles.eager[place] or not tiles.done[place]
        return self.plan.tile_recipe(place), tiles.until if forms else tiles.done[place]

    def take_image(self, place: int, image: QImage, *, keep: bool) -> None:
        """Show a tile otherwise than before."""
        self.images.put(place, image)
        self._changed(place)
        if keep:
            self.keeping.note(place, image)

    def take_frames(self) -> Iterable[int]:
        """Take in what has come since the last time; give the places."""
        frames = self.forming.take_frames()
        for place, (image, rests) in frames.items():
            self.images.put(place, image)
            if rests:
                self.keeping.note(place, image)
        return frames

    def close(self) -> None:
        """Take back what forms, keep what is known, and end the threads."""
        self.take_frames()
        for place in self.forming.close():
            self._keep_way(place)
        self.keeping.close()
        self.background.close()

    def _note(self, place: int) -> None:
        self.listing.note((place,))
        self._changed(place)

    def _show(self, places: frozenset[int]) -> None:
        for place in places:
            self._changed(place)

    def _keep_way(self, place: int) -> None:
        """Keep how far a tile has come that is no longer at work, so that it is seen again so."""
        if self.tiles.done[place] and place in self.images:
            self.keeping.note(place, self.images.image(place))

    def _form_again(self, places: frozenset[int]) -> None:
        """Have tiles formed once more of which nothing can be shown, as their images are lost."""
        for place in places:
            if self.tiles.states[place] <= TileState.RESTING:
                self.tiles.form(place, 0, at_work=False)
        self.idle.emit()
