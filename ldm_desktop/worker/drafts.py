"""The drafts of all views, and the engine brought into agreement with what they want to see.

What a view wants is said anew with every scroll (`draft.Drafts`). Here it is only noted; `settle`
takes back what nobody wants any more, ranks what is at work, and gives what is missing. What rests
stays at rest for as long as it is wanted. Nothing of this is in the queue or on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Rested,
    Stepped,
    Working,
)
from ldm_desktop.core.job import Job
from ldm_desktop.worker.bench import Bench
from ldm_desktop.worker.draft import Drafted, Drafts, DraftState
from ldm_desktop.worker.holds import Holds
from ldm_desktop.worker.models import MOST_CRASHES, Models
from ldm_desktop.worker.sketches import Board, Sketch
from ldm_desktop.worker.telling import Throttle

TOGETHER = 1024
"""Drafts of one level that advance side by side, as far as the memory suffices."""
MESSAGE = 64
"""Orders in one message to the engine."""
PROGRESS_SECONDS = 0.25
"""Between two pieces of news of a draft that has only advanced."""


class DraftBench:
    """Gives the engine the drafts of all views, and tells the views what becomes of them."""

    def __init__(
        self,
        bench: Bench,
        models: Models,
        holds: Holds,
        tell: Callable[[Drafted], None],
        clock: Callable[[], float],
    ) -> None:
        self._bench = bench
        self._models = models
        self._holds = holds
        self._tell = tell
        self._asked: dict[UUID, Drafts] = {}
        self._boards: dict[UUID, Board] = {}
        self._jobs: dict[UUID, Board] = {}
        self._orders: dict[UUID, Sketch] = {}
        self._advanced: Throttle[Sketch] = Throttle(PROGRESS_SECONDS, clock)
        self.unsettled = False
        """Whether the engine may have to be given something else."""

    # What the views want

    def want(self, drafts: Drafts) -> None:
        """Note what an owner wants; of several such wishes at once the last one counts."""
        board = self._boards.get(drafts.owner)
        if not board or drafts != self._asked.get(drafts.owner, board.wanted):
            self._asked[drafts.owner] = drafts
            self.unsettled = True

    def _catch_up(self) -> None:
        asked, self._asked = self._asked, {}
        for owner, drafts in asked.items():
            board = self._boards.get(owner) or Board(drafts)
            for gone in board.take(drafts):
                self._let_go(gone)
            self._boards[owner] = self._jobs[board.job] = board

    def _let_go(self, sketch: Sketch) -> None:
        """Listen no more to what the engine says of a draft."""
        self._advanced.forget(sketch)
        if sketch.order:
            self._orders.pop(sketch.order.picture, None)
            sketch.order = None

    def named(self, draft: UUID) -> list[UUID]:
        """Give the ids by which the engine has a draft."""
        found = (board.sketches.get(draft) for board in self._boards.values())
        return [sketch.order.picture for sketch in found if sketch and sketch.order]

    # Agreement

    def settle(self) -> None:
        """Give an engine that is ready what it should have, and take back the rest."""
        if not self.unsettled:
            return
        self.unsettled = False
        self._catch_up()
        for owner, board in list(self._boards.items()):
            self._agree(board)
            if not board.sketches:
                del self._boards[owner]

    def _agree(self, board: Board) -> None:
        due = [
            sketch
            for sketch in board.sketches.values()
            if sketch.wanting and not self._holds.holds_draft(sketch.draft.level)
        ]
        if due and not self._is_open(board):
            due = []
        kept = {s.order.picture: s.draft.level for s in due if s.order and s.on_course}
        for sketch in board.sketches.values():
            if sketch.order and sketch.order.picture not in kept:
                self._let_go(sketch)
        self._bench.keep_drafts(board.job, kept)
        self._renew_preview(board)
        self._give(board, [sketch for sketch in due if not sketch.order])

    def _is_open(self, board: Board) -> bool:
        """Whether the model is open; if not, it is opened, or there is none."""
        if self._bench.is_open(board.model):
            return True
        folder = self._folder(board)
        if folder:
            self._models.open_in(folder, board.wanted.drafts[0].recipe.precision)
        else:
            sentence = "The model of these pictures is not here: install it, or open its folder."
            self._fail(board.sketches.values(), sentence)
        return False

    def _folder(self, board: Board) -> str:
        return self._models.folder_of(board.model, board.wanted.folder)

    def _renew_preview(self, board: Board) -> None:
        if board.preview != board.wanted.preview and board.job in self._bench.drafts:
            self._bench.give_drafts(Job(board.job, (), TOGETHER, preview=board.wanted.preview))
        board.preview = board.wanted.preview

    def _give(self, board: Board, sketches: Sequence[Sketch]) -> None:
        for level in sorted({sketch.draft.level for sketch in sketches}, reverse=True):
            alike = [sketch for sketch in sketches if sketch.draft.level == level]
            for first in range(0, len(alike), MESSAGE):
                self._send(board, alike[first : first + MESSAGE], level)

    def _send(self, board: Board, sketches: Sequence[Sketch], level: int) -> None:
        orders = tuple(sketch.place_order() for sketch in sketches)
        self._orders |= {o.picture: s for o, s in zip(orders, sketches, strict=True)}
        try:
            self._bench.give_drafts(Job(board.job, orders, TOGETHER, level, board.wanted.preview))
        except KnownError as error:
            for sketch in sketches:
                self._let_go(sketch)
            # Recipes of many turns under locks are large: fewer of them may fit into a message.
            half = len(sketches) // 2
            for part in (sketches[:half], sketches[half:]) if half else ():
                self._send(board, part, level)
            if not half:
                self._fail(sketches, str(error))

    def cleared(self) -> None:
        """Note that the engine has gone; the next is given everything again."""
        for sketch in list(self._orders.values()):
            self._let_go(sketch)
        self._jobs = {board.job: board for board in self._boards.values()}
        self.unsettled = True

    # What the engine says

    def heard(self, event: Event) -> bool:
        """Take an event if it is about drafts, be it of such that nobody wants any more."""
        about = Working | Stepped | Rested | Finished | Failed | Changed
        if not isinstance(event, about) or event.job not in self._jobs:
            return False
        self._catch_up()
        sketch = self._orders.get(event.picture) if event.picture else None
        if isinstance(event, Stepped) and sketch:
            self._stepped(sketch, event)
        elif isinstance(event, Rested):
            self._drop(event.job, event.picture)
            if sketch:
                self._rested(sketch, event)
        elif isinstance(event, Failed):
            self._failed(event, sketch)
        return True

    def _drop(self, job: UUID, picture: UUID) -> None:
        """Note that the engine no longer has a picture, unless it was taken back before."""
        if picture in self._bench.drafts.get(job, {}):
            self._bench.drop_draft(job, picture)

    def _stepped(self, sketch: Sketch, event: Stepped) -> None:
        sketch.done = event.done
        if event.preview:
            self._advanced.forget(sketch)
            self._tell(sketch.news(DraftState.FORMING, event.preview))
        else:
            self._advanced.note(sketch, urgent=False)

    def _rested(self, sketch: Sketch, event: Rested) -> None:
        """One that was to go further meanwhile is given once more, and goes on from here."""
        assert sketch.order
        sketch.done, sketch.rested = event.done, (sketch.order.until, event.sharp)
        self._let_go(sketch)
        self._jobs[event.job].crashes = 0
        state = DraftState.FORMING if sketch.wanting else DraftState.RESTING
        self.unsettled = self.unsettled or sketch.wanting
        self._tell(sketch.news(state, event.frame, sharp=event.sharp))

    def _failed(self, event: Failed, sketch: Sketch | None) -> None:
        assert event.job
        if event.picture:
            self._drop(event.job, event.picture)
            self._fail([sketch] if sketch else [], event.sentence)
        else:
            given = [s for s in self._jobs[event.job].sketches.values() if s.order]
            self._fail(given, event.sentence)

    def _fail(self, sketches: Iterable[Sketch], sentence: str) -> None:
        """Give up drafts that are not at rest, for as long as they are wanted without a pause."""
        self.unsettled = True
        for sketch in sketches:
            if sketch.wanting:
                self._let_go(sketch)
                sketch.failed = True
                self._tell(sketch.news(DraftState.FAILED, why=sentence))

    def refused(self, folder: str, sentence: str) -> None:
        """Give up what has waited for a model in vain."""
        for board in self._boards.values():
            waits = board.sketches and not self._bench.is_open(board.model)
            if waits and self._folder(board) == folder:
                self._fail(board.sketches.values(), sentence)

    def crashed(self, job: UUID) -> None:
        """Note that the engine has ended at the drafts of a view."""
        board = self._jobs.get(job)
        if board is None:
            return
        board.crashes += 1
        if board.crashes >= MOST_CRASHES:
            board.crashes = 0
            sentence = "These pictures have ended the engine twice and are not tried again."
            self._fail(board.sketches.values(), sentence)

    # What is told

    def report(self) -> None:
        """Tell of what has only advanced."""
        for sketch in self._advanced.due():
            self._tell(sketch.news(DraftState.FORMING))

    @property
    def deadline(self) -> float | None:
        """When something is due to be told."""
        return self._advanced.deadline
