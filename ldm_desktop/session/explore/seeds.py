"""The memory for seeds and contact sheets: one thread with the database, answers in this one.

All that is asked returns at once. What is noted while sheets form is gathered and committed
within half a second; what a person says of a seed is committed before `note_changed` tells of it.
Without its database (it is newer, or the disk is full) everything else goes on without memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Seed
from ldm_desktop.gallery.seeds.records import (
    SeedChange,
    SeedKey,
    SeedNote,
    SeedRow,
    SheetPlan,
    SheetRow,
    TileRow,
    Trial,
)
from ldm_desktop.session.explore.seed_access import Access, DamagedError, OpenedSeeds
from ldm_desktop.session.explore.seed_steps import Notes, NoteStep
from ldm_desktop.session.explore.seed_waiting import Waiting
from ldm_desktop.session.gallery.lane import Lane
from ldm_desktop.session.gallery.troubles import Troubles
from ldm_desktop.session.gallery.watch import Watch
from ldm_desktop.worker.work import Saved

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ldm_desktop.gallery.seeds.store import Store

T = TypeVar("T")
GATHERED = 300
"""Milliseconds from the first thing to be noted to the commit."""
CLOSING = 1.9
"""Seconds: what hangs longer is left to itself, and its transaction undone."""
MOST_STEPS = 200
OPENING, WRITING = "opening", "writing"
UNSAID = SeedNote()


class SeedDesk(QObject):
    """Asks and changes what is remembered of seeds; `then` gets the answer or a KnownError."""

    notice = Signal(str)
    opened = Signal()
    trouble = Signal(str)
    """What is in the way now, or ""."""
    seeds_changed = Signal()
    note_changed = Signal(object)
    """The SeedKey of which something else is said now; it is committed."""

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notes: Notes = {}
        self._waiting = Waiting()
        self._ready = False
        self._version = -1
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(MOST_STEPS)
        self._lane = Lane("seeds", lambda: Access(data), Access.close, self)
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(GATHERED)
        self._gathering.timeout.connect(self.flush)
        self._troubles = Troubles(self)
        self._troubles.said.connect(self.trouble)
        self._troubles.again.connect(self._try_again)
        self._watch = Watch(self)
        self._watch.rows_changed.connect(self._look)
        self._open()

    @property
    def ready(self) -> bool:
        """Whether the database is open."""
        return self._ready

    @property
    def in_the_way(self) -> str:
        """What `trouble` has told last."""
        return self._troubles.sentence

    def close(self) -> None:
        """Commit what waits, back up, end the thread: within two seconds, whatever hangs."""
        for part in (self._gathering, self._troubles, self._watch):
            part.stop()
        self.flush()
        self._lane.close()
        self._lane.join(CLOSING)

    # Sheets

    def keep_sheet(self, plan: SheetPlan) -> None:
        """Remember a sheet, or that it was opened again."""
        self._write(lambda store: store.keep_sheet(plan))

    def rename_sheet(self, sheet: UUID, name: str) -> None:
        """Give a sheet another name."""
        self._write(lambda store: store.rename_sheet(sheet, name))

    def remove_sheet(self, sheet: UUID) -> None:
        """Remove a sheet; of its seeds, those judged, noted or finished stay remembered."""
        self._waiting.drop_sheet(sheet)
        self._write(lambda store: store.remove_sheet(sheet))

    def sheets(self, then: Callable[[tuple[SheetRow, ...] | KnownError], None]) -> None:
        """Ask for all sheets, those opened last first."""
        self.ask(lambda store: store.sheets(), then)

    def tiles(self, sheet: UUID, then: Callable[[tuple[TileRow, ...] | KnownError], None]) -> None:
        """Ask for the tiles of which anything is known, without previews."""
        self.ask(lambda store: store.tiles(sheet), then)

    def previews(
        self,
        sheet: UUID,
        places: Iterable[int],
        then: Callable[[dict[int, bytes] | KnownError], None],
    ) -> None:
        """Ask for previews of tiles by their places; those that are not kept are left out."""
        wanted = tuple(places)
        self.ask(lambda store: store.tile_previews(sheet, wanted), then)

    def note_tiles(self, plan: SheetPlan, rows: Sequence[TileRow]) -> None:
        """Note how tiles are; it is committed soon. Without a preview the old one stays."""
        if rows:
            self._waiting.add(plan, rows)
            self._gather()

    def saw(self, saved: Saved) -> None:
        """Note a finished picture as a trial of its seed."""
        self._waiting.see(saved)
        self._gather()

    # Seeds

    def list_seeds(
        self, text: str, limit: int, then: Callable[[tuple[SeedRow, ...] | KnownError], None]
    ) -> None:
        """Ask for the seeds that answer a query, those met last first."""
        self.ask(lambda store: store.list_seeds(text, limit), then)

    def trials(self, key: SeedKey, then: Callable[[tuple[Trial, ...] | KnownError], None]) -> None:
        """Ask how a seed was tried, the latest first."""
        self.ask(lambda store: store.trials(key), then)

    def seeds_liked(
        self,
        fingerprint: str | None,
        then: Callable[[tuple[SeedKey, ...] | KnownError], None],
    ) -> None:
        """Ask for the seeds that are starred or were kept on a sheet, perhaps of one model."""
        self.ask(lambda store: store.liked(fingerprint), then)

    def record(self, key: SeedKey) -> SeedNote:
        """Give what is said of a seed."""
        return self._notes.get(key, UNSAID)

    def note(self, keys: Iterable[SeedKey], change: SeedChange) -> None:
        """Say something of seeds; it can be undone."""
        changed = tuple(key for key in keys if change.apply(self.record(key)) != self.record(key))
        if changed:
            self.undo_stack.push(NoteStep(self._words(change), changed, change, self._carry_out))

    def star(self, seeds: Iterable[Seed | SeedKey], star: bool | None = None) -> None:
        """Star seeds, or take the stars away if all have one."""
        keys = tuple(dict.fromkeys(SeedKey(seed.seed, seed.generator) for seed in seeds))
        if star is None:
            star = not all(self.record(key).star for key in keys)
        self.note(keys, SeedChange(star=star))

    def _words(self, change: SeedChange) -> str:
        if change.star is not None:
            return self.tr("Star") if change.star else self.tr("Remove star")
        return self.tr("Name of a seed") if change.name is not None else self.tr("Note on a seed")

    # How it is done.

    def ask(
        self,
        work: Callable[[Store], T],
        then: Callable[[T | KnownError], None],
        key: Hashable = None,
    ) -> None:
        """Have the thread do something; of jobs with one key only the latest is answered."""
        # What is asked for is to know of everything noted before.
        self.flush()
        self._do(work, then, key)

    def flush(self) -> None:
        """Commit what waits, now."""
        self._gathering.stop()
        # What is asked before it is open waits in the row behind the opening.
        if self._waiting and OPENING not in self._troubles:
            batch, self._waiting = self._waiting, Waiting()
            self._do(batch.write, partial(self._take_written, batch))

    def _gather(self) -> None:
        # Not restarted, as who notes without pause would never be written.
        if not self._gathering.isActive():
            self._gathering.start()

    def _do(
        self,
        work: Callable[[Store], T],
        then: Callable[[T | KnownError], None],
        key: Hashable = None,
    ) -> None:
        self._lane.do(lambda access: access.run(work), partial(self._take_answer, then), key)

    def _take_answer(self, then: Callable[[T | KnownError], None], answer: T | KnownError) -> None:
        if isinstance(answer, DamagedError) and self._ready:
            self.notice.emit(str(answer))
            self._open()
        then(answer)

    def _write(self, work: Callable[[Store], None]) -> None:
        self.ask(work, self._take_change)

    def _take_change(self, answer: KnownError | None) -> None:
        if isinstance(answer, KnownError):
            self.notice.emit(str(answer))
        else:
            self.seeds_changed.emit()

    def _take_written(self, batch: Waiting, answer: KnownError | None) -> None:
        if isinstance(answer, KnownError):
            # Tried again, together with what has come since.
            self._waiting = batch.put_under(self._waiting)
            self._troubles.add(WRITING, str(answer))
        else:
            self._troubles.over(WRITING)
            self.seeds_changed.emit()

    def _carry_out(self, step: NoteStep, work: Callable[[Store], Notes]) -> None:
        self.ask(work, partial(self._take_notes, step))

    def _take_notes(self, step: NoteStep, notes: Notes | KnownError) -> None:
        if isinstance(notes, KnownError):
            self.notice.emit(str(notes))
            step.fail(self.undo_stack)
            return
        self._put_notes(self._notes | notes)
        self.seeds_changed.emit()

    def _put_notes(self, notes: Notes) -> None:
        before, self._notes = self._notes, {k: note for k, note in notes.items() if note != UNSAID}
        for key in before.keys() | self._notes.keys():
            if before.get(key, UNSAID) != self.record(key):
                self.note_changed.emit(key)

    # Opening, and what others change.

    def _open(self) -> None:
        self._ready = False
        self._lane.do(Access.open, self._take_opened, OPENING)

    def _take_opened(self, opened: OpenedSeeds | KnownError) -> None:
        if isinstance(opened, KnownError):
            self._troubles.add(OPENING, str(opened))
            return
        self._troubles.over(OPENING)
        self._ready, self._version = True, opened.version
        self._watch.set_database(opened.file)
        self._put_notes(opened.notes)
        for sentence in opened.notices:
            self.notice.emit(sentence)
        self.flush()
        self.opened.emit()
        self.seeds_changed.emit()

    def _try_again(self) -> None:
        if self._ready:
            self.flush()
        else:
            self._open()

    def _look(self) -> None:
        """See whether another program has changed something; our own changes do not count."""
        self._do(lambda store: store.data_version(), self._take_version, "version")

    def _take_version(self, version: int | KnownError) -> None:
        if not isinstance(version, KnownError) and version != self._version:
            self._version = version
            self._do(lambda store: store.noted(), self._take_noted, "noted")

    def _take_noted(self, notes: Notes | KnownError) -> None:
        if not isinstance(notes, KnownError):
            self._put_notes(notes)
            self.seeds_changed.emit()
