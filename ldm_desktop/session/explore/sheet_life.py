"""The life of the open contact sheet: opened, given attention, told of, closed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QUndoStack

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.settings import Settings
from ldm_desktop.gallery.seeds.records import USUAL_SHARE, SheetPlan, TileRow
from ldm_desktop.session.explore.sheet_board import Board
from ldm_desktop.session.explore.sheet_finishing import Finishing
from ldm_desktop.session.explore.sheet_loupe import Loupe
from ldm_desktop.session.explore.sheet_model import SheetModel, Tile
from ldm_desktop.session.explore.sheet_tiles import SheetCounts
from ldm_desktop.session.orders import Orders, not_here, preview_of
from ldm_desktop.worker.work import JobView, QueueView

if TYPE_CHECKING:
    from ldm_desktop.session.explore.seeds import SeedDesk
    from ldm_desktop.worker.thread import Worker

REPAINT = 33
"""Milliseconds between two repaints of tiles."""
REFILL = 50
"""Milliseconds in which tiles that have come to rest are gathered, before others follow them."""
READ_AGAIN = 2000
"""Milliseconds until what is kept of a sheet is asked for again, if it cannot be read."""
MOST_FAILURES = 16
"""Tiles that fail one after another until the sheet stands still."""
UNDO_STEPS = 500
NO_ROWS = range(0)


class LiveSheet(QObject):
    """One open sheet at a time, whose tiles form in the order in which they are looked at."""

    plan_changed = Signal(object)  # SheetPlan | None: another sheet, name or share
    counts_changed = Signal(object)  # SheetCounts, at most 30 times a second
    filter_changed = Signal()  # another filter, or other tiles that would come or go
    state_changed = Signal()  # paused, held or ready
    sharp_changed = Signal(int, object)  # place, QImage
    notice = Signal(str)

    def __init__(
        self, worker: Worker, orders: Orders, seeds: SeedDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._orders = orders
        self._seeds = seeds
        self.settings: Callable[[], Settings] = Settings
        self.jobs: Callable[[], Sequence[JobView]] = tuple
        self._board: Board | None = None
        self._ready = self._paused = self._held = False
        self._visible = NO_ROWS
        self._touched: set[int] = set()
        self._told = SheetCounts(), 0
        self._said: set[str] = set()
        self._failures = 0
        self.model = SheetModel(self._tile, self)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_STEPS)
        self._repaint = self._timer(REPAINT, self._tell)
        self._refill = self._timer(REFILL, self._attend)
        self._reading = self._timer(READ_AGAIN, self._ask_what_is_kept)
        self._finishing = Finishing(worker, self)
        self._finishing.imaged.connect(self._take_image)
        self._finishing.saved.connect(self._keep)
        self._finishing.found.connect(self.state_changed)
        self._loupe = Loupe(worker, self)
        self._loupe.seen.connect(self._show_sharp)
        self._loupe.failed.connect(self._say_once)
        worker.queue_changed.connect(self.take_queue)
        worker.model_ready.connect(self._take_card)

    @property
    def plan(self) -> SheetPlan | None:
        """The sheet that is open, with the name and share it has now."""
        return self._board.plan if self._board else None

    @property
    def count(self) -> int:
        """The sheet's tiles, whatever the filter; 0 if none is open."""
        return len(self._board.tiles) if self._board else 0

    @property
    def counts(self) -> SheetCounts:
        """How far the sheet is."""
        return self._board.tiles.counts if self._board else SheetCounts()

    @property
    def stale(self) -> int:
        """How many tiles would enter or leave the list, were the filter applied now."""
        return self._board.listing.stale if self._board else 0

    @property
    def share(self) -> float:
        """The share of their steps after which tiles rest."""
        return self._board.plan.share if self._board else USUAL_SHARE

    @property
    def until(self) -> int:
        """Evaluations after which tiles rest."""
        return self._board.tiles.until if self._board else 0

    @property
    def paused(self) -> bool:
        """Whether this sheet's tiles stand still, by a person's wish or after many failures."""
        return self._paused

    @property
    def held(self) -> bool:
        """Whether a person has paused the whole queue: then tiles stand still, too."""
        return self._held

    @property
    def ready(self) -> bool:
        """Whether what is kept of the sheet has been read."""
        return self._ready

    # What a person does with the sheet as a whole.

    def open(self, plan: SheetPlan) -> None:
        """Show a sheet, new or as it was left."""
        self.close()
        board = self._board = Board(self._worker, self._seeds, plan, self._touch, self)
        board.idle.connect(self._refill_soon)
        board.failed.connect(self._take_failure)
        board.trouble.connect(self._say_once)
        self.model.set_order(board.listing.order)
        self._seeds.keep_sheet(plan)
        self._ask_what_is_kept()
        self._tell_whole()

    def close(self) -> None:
        """Take back what forms, and keep what is known."""
        if not (board := self._board):
            return
        self.undo_stack.clear()
        self._finishing.leave()
        self._loupe.forget()
        board.close()
        for timer in (self._repaint, self._refill, self._reading):
            timer.stop()
        self.model.set_order(NO_ROWS)
        self._board = None
        board.deleteLater()
        self._ready = self._paused = False
        self._failures, self._visible = 0, NO_ROWS
        self._touched.clear()
        self._said.clear()
        self._tell_whole()

    def rename(self, name: str) -> None:
        """Give the sheet another name."""
        if self._board and self._replan(name=name):
            self._seeds.rename_sheet(self._board.plan.id, name)

    def set_share(self, share: float) -> None:
        """Let tiles rest later (they go on), or earlier (what they have is kept)."""
        if self._board and self._replan(share=share):
            self._seeds.keep_sheet(self._board.plan)
            self.model.tell_all()
            self._tell()
            self._attend()

    def set_visible(self, first_row: int, last_row: int) -> None:
        """Tell which rows are on screen (last < first: none); the work follows at once."""
        self._visible = range(first_row, last_row + 1)
        self._attend()

    def set_paused(self, paused: bool) -> None:
        """Let this sheet's tiles stand still; or go on, those that have failed as well."""
        if not self._board or paused == self._paused:
            return
        self._paused, self._failures = paused, 0
        self._said.clear()
        if not paused:
            self._board.tiles.release_failed()
        self.state_changed.emit()
        self._attend()

    def _replan(self, **fields: Any) -> bool:
        """Let the plan be another; say whether it is."""
        assert self._board
        plan = dataclasses.replace(self._board.plan, **fields)
        changed = plan != self._board.plan
        if changed:
            self._board.set_plan(plan)
            self.plan_changed.emit(plan)
        return changed

    # What comes in.

    def take_queue(self, queue: QueueView) -> None:
        """Hear how the queue is."""
        held = queue.paused and not queue.reason
        if held != self._held:
            self._held = held
            self.state_changed.emit()

    def _ask_what_is_kept(self) -> None:
        assert self._board
        sheet = self._board.plan.id
        self._seeds.tiles(sheet, partial(self._restore, sheet))

    def _restore(self, sheet: UUID, rows: tuple[TileRow, ...] | KnownError) -> None:
        board = self._board
        if not board or board.plan.id != sheet or (self._ready and not board.keeping.held):
            return
        if isinstance(rows, KnownError):
            # The sheet forms all the same, but what is kept must not be written over unseen.
            self._say_once(str(rows))
            board.keeping.hold()
            self._reading.start()
        else:
            board.restore(rows)
        if not self._ready:
            self._ready = True
            self._finishing.open(board.plan, board.tiles, board.background, self.jobs())
        self.model.tell_all()
        self._tell()
        self.state_changed.emit()
        self._attend()

    def _take_card(self, card: ModelCard) -> None:
        if self._board and card.ref == self._board.plan.recipe.model:
            self._attend()

    def _take_image(self, place: int, image: QImage, finished: bool) -> None:
        if self._board:
            self._board.take_image(place, image, keep=finished)

    def _keep(self, place: int) -> None:
        if self._board:
            self._board.keeping.note(place)

    def _show_sharp(self, place: int, image: QImage) -> None:
        self.sharp_changed.emit(place, image)

    def _refill_soon(self) -> None:
        self._failures = 0
        if not self._refill.isActive():
            self._refill.start()

    def _take_failure(self, sentence: str) -> None:
        failures = self._failures + 1
        self._say_once(sentence)
        self._refill_soon()
        self._failures = failures
        if failures == MOST_FAILURES:
            # Or all tiles of thousands would fail in turn.
            self.set_paused(True)
            self.notice.emit(
                self.tr(
                    "Many tiles have failed one after another, so the sheet stands still: "
                    "mend what they say, then let it go on."
                )
            )

    # What goes out.

    def _tile(self, place: int) -> Tile:
        assert self._board
        return self._board.tile(place)

    def _folder(self) -> str:
        """Say where the sheet's model is; without it, why nothing goes on."""
        assert self._board
        recipe = self._board.plan.recipe
        if not (folder := self._orders.folder_of(recipe)):
            self._say_once(not_here(recipe.model))
        return folder

    def _attend(self) -> None:
        """Have those tiles formed that are to be now."""
        self._refill.stop()
        if self._board and self._ready:
            folder = "" if self._paused else self._folder()
            self._board.attend(folder, self._visible, preview_of(self.settings()))

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self.notice.emit(sentence)

    def _touch(self, place: int) -> None:
        self._touched.add(place)
        if not self._repaint.isActive():
            self._repaint.start()

    def _tell(self) -> None:
        """Tell views of all that is another than before."""
        self._repaint.stop()
        if self._board:
            self._touched.update(self._board.take_frames())
        touched, self._touched = self._touched, set()
        self.model.tell(touched)
        before, self._told = self._told, (self.counts, self.stale)
        if before[0] != self._told[0]:
            self.counts_changed.emit(self._told[0])
        if before[1] != self._told[1]:
            self.filter_changed.emit()

    def _tell_whole(self) -> None:
        self._told = self.counts, self.stale
        self.plan_changed.emit(self.plan)
        self.counts_changed.emit(self.counts)
        self.filter_changed.emit()
        self.state_changed.emit()

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer
