"""The open contact sheet as views bind to it: its tiles form, are judged, and become pictures.

What views bind to
------------------
    open(plan)  close()  plan     one sheet at a time; `plan_changed(SheetPlan | None)`
    model                         the tiles of the filter as rows (see `sheet_model`)
    set_visible(first, last)      rows on screen: the work follows at once
    judge(rows, verdict)          undoable (`undo_stack`); `call_back(rows)`
    filter  set_filter            which tiles are listed; what is judged keeps its row until the
                                  filter is applied again (`apply_filter`), so that nothing moves
                                  under a person's eyes; `stale` tiles would come or go
    share  set_share              where tiles rest; `until` is that in evaluations
    finish  refine                pictures of tiles into the queue
    look_sharp(row)               `sharp_changed(place, QImage)`
    paused  held  ready           why nothing forms; `state_changed()`
    counts                        `counts_changed(SheetCounts)`
    notice(str)                   a sentence worth saying

What the session sets
---------------------
    settings() -> Settings        how work is previewed, and how many pictures advance together
    jobs() -> the queue's jobs    among which a sheet finds its own after a restart
    take_queue(QueueView)         what the worker has told before the sheet was there
"""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Iterable, Sequence

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.sheet_board import Board
from ldm_desktop.session.explore.sheet_errands import request_for
from ldm_desktop.session.explore.sheet_judging import Judgement, judgement_text
from ldm_desktop.session.explore.sheet_life import LiveSheet
from ldm_desktop.session.explore.sheet_listing import Filter
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.session.explore.sheet_tiles import ORDERED, SheetCounts
from ldm_desktop.worker.work import Request

__all__ = ["Filter", "Sheet", "SheetCounts"]


class Sheet(LiveSheet):
    """One open sheet at a time; rows are those of `model`, places are those of the sheet."""

    # Which tiles are listed.

    @property
    def filter(self) -> Filter:
        """Which tiles are listed."""
        return self._board.listing.filter if self._board else Filter.ALL

    def set_filter(self, chosen: Filter) -> None:
        """List other tiles; the same filter again is applied anew."""
        if not self._board:
            return
        self._board.list(chosen)
        if self._board.listing.order != self.model.order:
            self.model.set_order(self._board.listing.order)
        self._told = self.counts, self.stale
        self.filter_changed.emit()
        self._attend()

    def apply_filter(self) -> None:
        """Let rows leave that no longer match, and those come that do now."""
        self.set_filter(self.filter)

    # What is said of tiles.

    def judge(self, rows: Iterable[int], verdict: Verdict) -> None:
        """Say what becomes of tiles, undoably; they keep their rows until `apply_filter`."""
        if not self._board:
            return
        said = self._board.tiles.verdicts
        named = dict.fromkeys(self.model.place_at(row) for row in rows)
        places = array("L", (place for place in named if said[place] != verdict))
        if not places:
            return
        before = array("b", (said[place] for place in places))
        text = judgement_text(verdict, len(places), self._board.plan.seed(places[0]))
        self.undo_stack.push(Judgement(text, places, before, verdict, self._put))

    def call_back(self, rows: Iterable[int]) -> None:
        """Let culled tiles go on from where they were, undoably, and try failed ones again."""
        if not self._board:
            return
        tiles, culled = self._board.tiles, []
        for row in rows:
            place = self.model.place_at(row)
            if tiles.states[place] == TileState.FAILED:
                tiles.release(place)
            if tiles.verdicts[place] == Verdict.CULLED:
                culled.append(row)
        self.judge(culled, Verdict.OPEN)
        self._attend()

    def _put(self, places: Sequence[int], verdicts: Iterable[int]) -> None:
        if self._board:
            self._board.judge(places, verdicts)
            self._finishing.leave_out(self._board.ordered_in_vain(places))
            self._touched.update(places)
            self._attend()
            self._tell()

    def look_sharp(self, row: int) -> None:
        """Have a tile decoded as it is now, for `sharp_changed`; a row of -1 looks away."""
        if not self._board or row < 0:
            self._loupe.look_away()
        elif folder := self._folder():
            place = self.model.place_at(row)
            self._loupe.look(folder, place, *self._board.sharp(place))

    # Pictures of tiles.

    def finishable(self) -> tuple[int, ...]:
        """Give the kept tiles (places) whose pictures are neither there nor ordered."""
        return self._board.finishable() if self._board else ()

    def finish(self, places: Iterable[int] | None = None) -> Request | None:
        """Order the pictures of the kept tiles, or of these; give what went into the queue."""
        if not self._board:
            return None
        wanted = self.finishable() if places is None else dict.fromkeys(places)
        free = [place for place in wanted if self._board.can_finish(place)]
        return self._order(self._board, free, self._board.plan.recipe)

    def refine(self, rows: Iterable[int], steps: int) -> Request | None:
        """Order pictures of the same seeds in so many steps; give what went into the queue."""
        if not (board := self._board):
            return None
        try:
            recipe = dataclasses.replace(board.plan.recipe, steps=steps)
        except KnownError as error:
            self.notice.emit(str(error))
            return None
        places = dict.fromkeys(self.model.place_at(row) for row in rows)
        free = [place for place in places if board.tiles.states[place] not in ORDERED]
        return self._order(board, free, recipe)

    def _order(self, board: Board, places: Sequence[int], recipe: Recipe) -> Request | None:
        if not places:
            self.notice.emit(self.tr("There is nothing to finish: keep some tiles first."))
            return None
        if not (folder := self._folder()):
            return None
        seeds = [board.plan.seed(place) for place in places]
        request = request_for(recipe, folder, seeds, self.settings())
        self._finishing.order(request, places)
        self._attend()
        self._tell()
        return request
