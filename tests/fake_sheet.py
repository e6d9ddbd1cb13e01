"""A contact sheet without a worker, and a memory for seeds without a database: for its views."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from looking import image_of
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoCommand, QUndoStack
from samples import recipe_of

from ldm_desktop.core.samplers import evaluations
from ldm_desktop.gallery.seeds.records import SeedKey, SheetPlan, SheetRow, Verdict
from ldm_desktop.session.explore.sheet_listing import Filter
from ldm_desktop.session.explore.sheet_model import SheetModel, Tile, TileState
from ldm_desktop.session.explore.sheet_tiles import SheetCounts

SHEET = UUID(int=7, version=4)


def plan_of(count: int = 60, **changes: Any) -> SheetPlan:
    """Give the plan of a sheet whose seeds begin at 0, of 50 steps."""
    values: dict[str, Any] = {
        "id": SHEET,
        "name": "Dunes",
        "created": "2026-11-23T06:30:00+00:00",
        "recipe": recipe_of(0, steps=50, size=(96, 96)),
        "model_folder": "models/landscapes",
        "count": count,
        "share": 0.14,
    }
    return SheetPlan(**values | changes)


class FakeSheet(QObject):
    """Judges at once, lists by the filter, and notes what else it is asked for in `calls`."""

    plan_changed = Signal(object)
    counts_changed = Signal(object)
    filter_changed = Signal()
    state_changed = Signal()
    sharp_changed = Signal(int, object)
    notice = Signal(str)

    def __init__(self, plan: SheetPlan | None = None) -> None:
        super().__init__()
        self.calls: list[tuple[Any, ...]] = []
        self.asked: Counter[int] = Counter()
        self.tiles: dict[int, Tile] = {}
        self.picture: Callable[[int], QImage] = _small
        self.model = SheetModel(self._tile, self)
        self.undo_stack = QUndoStack(self)
        self.plan: SheetPlan | None = None
        self.filter = Filter.ALL
        self.stale = 0
        self.paused = self.held = False
        self.ready = True
        self.counts = SheetCounts()
        if plan:
            self.open(plan)
        self.calls.clear()

    @property
    def count(self) -> int:
        return self.plan.count if self.plan else 0

    @property
    def share(self) -> float:
        return self.plan.share if self.plan else 0.15

    @property
    def until(self) -> int:
        if not self.plan:
            return 0
        recipe = self.plan.tile_recipe(0)
        total = evaluations(recipe.sampler.name, recipe.steps)
        return total if self.plan.draft else max(round(total * self.plan.share), 1)

    def put(self, place: int, **changes: Any) -> None:
        """Let a tile be another, and tell of it."""
        self.tiles[place] = replace(self._known(place), **changes)
        self.model.tell([place])
        self.tell()

    def tell(self) -> None:
        """Count, and tell of it."""
        said = Counter(tile.verdict for tile in self.tiles.values())
        states = Counter(tile.state for tile in self.tiles.values())
        kept, culled = said[Verdict.KEPT], said[Verdict.CULLED]
        self.counts = SheetCounts(
            self.count,
            self.count - states[TileState.FORMING] - states[TileState.WAITING],
            kept,
            culled,
            self.count - kept - culled,
            states[TileState.FINISHED],
            self.count * self.until,
            culled * 43,
        )
        self.counts_changed.emit(self.counts)

    def open(self, plan: SheetPlan) -> None:
        self.calls.append(("open", plan))
        self.plan = plan
        self.tiles.clear()
        self._list(Filter.ALL)
        self.plan_changed.emit(plan)
        self.tell()

    def close(self) -> None:
        self.plan = None
        self.model.set_order(range(0))
        self.plan_changed.emit(None)

    def set_visible(self, first: int, last: int) -> None:
        self.calls.append(("set_visible", first, last))

    def judge(self, rows: Iterable[int], verdict: Verdict) -> None:
        places = [self.model.place_at(row) for row in rows]
        self.calls.append(("judge", tuple(places), verdict))
        before = {place: self._known(place).verdict for place in places}
        self.undo_stack.push(_Step(self, dict.fromkeys(places, verdict), before))

    def call_back(self, rows: Iterable[int]) -> None:
        self.calls.append(("call_back", tuple(rows)))

    def set_filter(self, chosen: Filter) -> None:
        self.calls.append(("set_filter", chosen))
        self._list(chosen)
        self.filter_changed.emit()

    def apply_filter(self) -> None:
        self.stale = 0
        self.set_filter(self.filter)

    def set_share(self, share: float) -> None:
        self.calls.append(("set_share", share))
        assert self.plan
        self.plan = replace(self.plan, share=share)
        self.plan_changed.emit(self.plan)

    def set_paused(self, paused: bool) -> None:
        self.paused = paused
        self.state_changed.emit()

    def rename(self, name: str) -> None:
        self.calls.append(("rename", name))
        assert self.plan
        self.plan = replace(self.plan, name=name)
        self.plan_changed.emit(self.plan)

    def finishable(self) -> tuple[int, ...]:
        free = (TileState.WAITING, TileState.FORMING, TileState.RESTING)
        return tuple(
            place
            for place, tile in self.tiles.items()
            if tile.verdict is Verdict.KEPT and tile.state in free
        )

    def finish(self, places: Iterable[int] | None = None) -> None:
        wanted = self.finishable() if places is None else tuple(places)
        self.calls.append(("finish", wanted))
        for place in wanted:
            self.put(place, state=TileState.QUEUED)

    def refine(self, rows: Iterable[int], steps: int) -> None:
        self.calls.append(("refine", tuple(rows), steps))

    def look_sharp(self, row: int) -> None:
        self.calls.append(("look_sharp", row))

    def sharpen(self, place: int, image: QImage) -> None:
        """Answer that a tile is decoded."""
        self.sharp_changed.emit(place, image)

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """Give the calls of a name, without it."""
        return [call[1:] for call in self.calls if call[0] == name]

    def _list(self, chosen: Filter) -> None:
        self.filter = chosen
        fits: dict[Filter, Callable[[Tile], bool]] = {
            Filter.ALL: lambda _: True,
            Filter.OPEN: lambda tile: tile.verdict is Verdict.OPEN,
            Filter.KEPT: lambda tile: tile.verdict is Verdict.KEPT,
            Filter.CULLED: lambda tile: tile.verdict is Verdict.CULLED,
            Filter.FINISHED: lambda tile: tile.state is TileState.FINISHED,
        }
        places = range(self.count)
        if chosen is not Filter.ALL:
            order = [place for place in places if fits[chosen](self._known(place))]
            self.model.set_order(order)
        else:
            self.model.set_order(places)

    def _known(self, place: int) -> Tile:
        assert self.plan
        total = evaluations(self.plan.recipe.sampler.name, self.plan.tile_recipe(0).steps)
        seed = self.plan.seed(place)
        image = self.picture(place)
        resting = Tile(place, seed, Verdict.OPEN, self.until, total, TileState.RESTING, image=image)
        return self.tiles.get(place, resting)

    def _tile(self, place: int) -> Tile:
        self.asked[place] += 1
        return self._known(place)


def _small(place: int) -> QImage:
    return image_of(place, 24, 24)


class _Step(QUndoCommand):
    def __init__(
        self, sheet: FakeSheet, after: dict[int, Verdict], before: dict[int, Verdict]
    ) -> None:
        super().__init__("judge")
        self._sheet, self._after, self._before = sheet, after, before

    def redo(self) -> None:
        self._put(self._after)

    def undo(self) -> None:
        self._put(self._before)

    def _put(self, verdicts: dict[int, Verdict]) -> None:
        for place, verdict in verdicts.items():
            self._sheet.put(place, verdict=verdict)


class FakeSeeds(QObject):
    """Answers at once."""

    def __init__(self, rows: tuple[SheetRow, ...] = (), liked: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.rows = rows
        self.liked = liked
        self.calls: list[tuple[Any, ...]] = []

    def sheets(self, then: Callable[[Any], None]) -> None:
        then(self.rows)

    def seeds_liked(self, _model: str | None, then: Callable[[Any], None]) -> None:
        then(tuple(map(SeedKey, self.liked)))

    def rename_sheet(self, sheet: UUID, name: str) -> None:
        self.calls.append(("rename_sheet", sheet, name))

    def remove_sheet(self, sheet: UUID) -> None:
        self.calls.append(("remove_sheet", sheet))
        self.rows = tuple(row for row in self.rows if row.plan.id != sheet)
