"""What is known of each tile of a sheet, in a few bytes a tile, and counted as it changes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import compress
from uuid import UUID

from ldm_desktop.gallery.seeds.records import SheetPlan, TileRow, Verdict
from ldm_desktop.session.explore.sheet_model import TileState

ORDERED = (TileState.QUEUED, TileState.FINISHING)


@dataclass(frozen=True)
class SheetCounts:
    """How far a sheet is: tiles by what they are at, and UNet evaluations.

    `formed` tiles have come to their rest, or are finished. `evaluations_saved` is what the
    culled tiles would still cost, were all finished.
    """

    total: int = 0
    formed: int = 0
    kept: int = 0
    culled: int = 0
    open: int = 0
    finished: int = 0
    evaluations_done: int = 0
    evaluations_saved: int = 0


class Tiles:
    """The tiles by their place; `changed` is told of each that is another than before."""

    def __init__(self, plan: SheetPlan, changed: Callable[[int], None]) -> None:
        self._changed = changed
        self._drafts = bool(plan.draft)
        self.total = plan.tile_recipe(0).evaluations
        self.whole = plan.recipe.evaluations
        """Evaluations of a tile, and of a finished picture: other ones if the tiles are drafts."""
        self._full = self.total + self.whole if plan.draft else self.whole
        self.until = rest_of(plan, self.total)
        self.verdicts = array("b", bytes(plan.count))
        self.states = bytearray(plan.count)
        self.done = array("L", bytes(plan.count * array("L").itemsize))
        self.eager = bytearray(b"\1") * plan.count
        """1 for each tile that is to go on forming."""
        self.pictures: dict[int, UUID] = {}
        self.sentences: dict[int, str] = {}
        self._making: dict[int, tuple[int, int]] = {}
        self._formed = self._finished = self._spent = self._saved = 0

    def __len__(self) -> int:
        return len(self.states)

    @property
    def counts(self) -> SheetCounts:
        """How far the sheet is."""
        total, said = len(self), self.verdicts.tobytes()
        kept, culled = said.count(1), said.count(0xFF)
        return SheetCounts(
            total,
            self._formed,
            kept,
            culled,
            total - kept - culled,
            self._finished,
            self._spent,
            self._saved,
        )

    def progress(self, place: int) -> tuple[int, int]:
        """Give the evaluations done and to be done, of the tile or of its picture."""
        state = self.states[place]
        if state == TileState.FINISHED:
            return self.whole, self.whole
        if state == TileState.FINISHING and place in self._making:
            return self._making[place]
        return self.done[place], self.total

    def restore(self, rows: Iterable[TileRow]) -> None:
        """Take up what was kept of a sheet; what was said or has formed since counts."""
        for row in rows:
            place = row.place
            self.verdicts[place] = self.verdicts[place] or row.verdict
            if row.total == self.total:
                self.done[place] = max(self.done[place], row.done)
            if row.picture:
                self.pictures.setdefault(place, row.picture)
            if self.states[place] <= TileState.RESTING:
                made = place in self.pictures
                self.states[place] = TileState.FINISHED if made else self._idle(place)
            self.eager[place] = self._goes_on(place)
        self._recount()

    def set_until(self, until: int) -> None:
        """Let tiles rest after other evaluations; what they have is not lost."""
        self.until = until
        for place in compress(range(len(self)), self.done):
            self._reconsider(place)
            self.eager[place] = self._goes_on(place)
        self._recount()

    def judge(self, verdicts: Iterable[tuple[int, int]]) -> None:
        """Say what becomes of tiles; `changed` is not told, as they may be very many."""
        culled = Verdict.CULLED.value
        for place, verdict in verdicts:
            turn = (verdict == culled) - (self.verdicts[place] == culled)
            if turn:
                self._saved += turn * max(0, self._full - self._cost(place))
            self.verdicts[place] = verdict
            if turn > 0 and self.states[place] == TileState.FORMING:
                self.states[place] = TileState.WAITING
            self.eager[place] = self._goes_on(place)

    def form(self, place: int, done: int, *, at_work: bool) -> None:
        """Hear how far a tile has come."""
        self._lift(place)
        self.done[place] = done
        if self.states[place] <= TileState.RESTING:
            idle = self._idle(place)
            forming = at_work and idle is TileState.WAITING
            self.states[place] = TileState.FORMING if forming else idle
        self._settle(place)

    def leave(self, place: int) -> None:
        """Hear that a tile is no longer at work."""
        if self.states[place] == TileState.FORMING:
            self._put(place, TileState.WAITING)

    def fail(self, place: int, sentence: str) -> None:
        """Hear why a tile cannot be formed."""
        self.sentences[place] = sentence
        self._put(place, TileState.FAILED)

    def release(self, place: int) -> None:
        """Let a tile go on that failed, or whose picture will not be made."""
        if self.states[place] in (*ORDERED, TileState.FAILED):
            self._lift(place)
            self.sentences.pop(place, None)
            self._making.pop(place, None)
            saved = place in self.pictures
            self.states[place] = TileState.FINISHED if saved else self._idle(place)
            self._settle(place)

    def release_failed(self) -> None:
        """Let all tiles go on that have failed."""
        for place in [*self.sentences]:
            self.release(place)

    def order(self, place: int) -> None:
        """Hear that a tile's picture waits in the queue."""
        self._put(place, TileState.QUEUED)

    def make(self, place: int, done: int, total: int) -> None:
        """Hear how far a tile's picture has come."""
        self._lift(place)
        self._making[place] = done, total
        self.states[place] = TileState.FINISHING
        self._settle(place)

    def finish(self, place: int, picture: UUID) -> None:
        """Hear that a tile's picture is saved."""
        self._lift(place)
        self._making.pop(place, None)
        self.sentences.pop(place, None)
        self.pictures[place] = picture
        self.states[place] = TileState.FINISHED
        self._settle(place)

    def row(self, place: int, preview: bytes = b"") -> TileRow:
        """Give what is to be kept of a tile."""
        return TileRow(
            place,
            Verdict(self.verdicts[place]),
            self.done[place],
            self.total,
            preview,
            self.pictures.get(place),
        )

    def _put(self, place: int, state: TileState) -> None:
        self._lift(place)
        self.states[place] = state
        self._settle(place)

    def _lift(self, place: int) -> None:
        self._count(place, -1)

    def _settle(self, place: int) -> None:
        self.eager[place] = self._goes_on(place)
        self._count(place, 1)
        self._changed(place)

    def _idle(self, place: int) -> TileState:
        return TileState.RESTING if self.done[place] >= self.until else TileState.WAITING

    def _reconsider(self, place: int) -> None:
        state, idle = self.states[place], self._idle(place)
        # One that forms goes on forming, if it does not rest now.
        if state == TileState.RESTING or state < idle:
            self.states[place] = idle

    def _goes_on(self, place: int) -> bool:
        return self.states[place] < TileState.RESTING and self.verdicts[place] != Verdict.CULLED

    def _recount(self) -> None:
        self._formed = self._finished = self._spent = self._saved = 0
        for place, known in enumerate(zip(self.done, self.states, self.verdicts, strict=True)):
            if any(known):
                self._count(place, 1)

    def _count(self, place: int, sign: int) -> None:
        spent, finished = self._cost(place), place in self.pictures
        self._spent += sign * spent
        self._finished += sign * finished
        self._formed += sign * (finished or self.done[place] >= self.until)
        if self.verdicts[place] == Verdict.CULLED:
            self._saved += sign * max(0, self._full - spent)

    def _cost(self, place: int) -> int:
        done, made = self.done[place], 0
        if place in self.pictures:
            made = self.whole
        elif place in self._making:
            made = self._making[place][0]
        # A picture goes on from where its tile was, but not from a draft's other trajectory.
        return done + made if self._drafts else max(done, made)


def rest_of(plan: SheetPlan, total: int) -> int:
    """Give the evaluations after which a sheet's tiles rest, of `total`: drafts go to the end."""
    return total if plan.draft else max(1, min(total, round(plan.share * total)))
