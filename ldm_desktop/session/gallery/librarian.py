"""The gallery's threads: who reads, who writes, who keeps sidecars, who keeps order.

    searcher  listings and counts: the latest question wins
    reader    pages and details of single pictures, which wait for no search
    writer    a person's changes, each committed before it is answered
    sidecars  brings the changes into the files beside the pictures, within two seconds
    order     opens the database, looks at the folders, rebuilds, imports, checks

Each has a connection of its own. All that is asked returns at once; answers come in the GUI
thread. What was committed is safe: everything else can be done again at the next start.
"""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.gallery import chores
from ldm_desktop.session.gallery.access import Access, Books, DamagedError
from ldm_desktop.session.gallery.lane import USUAL, Lane
from ldm_desktop.session.gallery.troubles import Troubles
from ldm_desktop.session.gallery.values import (
    Changed,
    OpenedGallery,
    Place,
    Task,
    TaskDone,
    Work,
)
from ldm_desktop.session.gallery.watch import Watch

if TYPE_CHECKING:
    from ldm_desktop.session.gallery.chores import Wish

T = TypeVar("T")
Chore = Callable[[Books, chores.Told, chores.Cancelled], Any]
SIDECARS_WAIT = 700
"""Milliseconds from a change to its sidecar: quick changes of one picture are written once."""
CLOSING = 2.4
"""Seconds: what is not written by then is written at the next start."""
OF_DATABASE, OF_SIDECARS, OF_LIBRARY = "database", "sidecars", "library"


class Librarian(QObject):
    """Owns the threads of the gallery of one library at a time."""

    opened = Signal(object)  # OpenedGallery
    closed = Signal()
    """The database is being opened anew, or another: what was read of it counts no more."""
    changed = Signal(object)  # Changed
    trouble = Signal(str)  # what is in the way now, or ""
    notice = Signal(str)
    progress = Signal(object)  # Work
    done = Signal(object)  # TaskDone

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._place: Place | None = None
        self._ready = False
        self._version: int | None = None
        self._still_open = 0
        self._tasks: deque[tuple[Task, Event]] = deque()
        self._searcher, self._reader = self._lane("searcher"), self._lane("reader")
        self._writer, self._sidecars = self._lane("writer"), self._lane("sidecars")
        self._order = self._lane("order")
        self._asked = (self._searcher, self._reader, self._writer, self._sidecars)
        self._troubles = Troubles(self)
        self._troubles.said.connect(self.trouble)
        self._troubles.again.connect(self._try_again)
        self._watch = Watch(self)
        self._watch.rows_changed.connect(self._look_at_rows)
        self._watch.folders_changed.connect(self.refresh)
        self._flushing = QTimer(self)
        self._flushing.setSingleShot(True)
        self._flushing.setInterval(SIDECARS_WAIT)
        self._flushing.timeout.connect(self._flush)

    @property
    def library(self) -> Path:
        """The library that is open, or being opened."""
        return self._place.library if self._place else Path()

    @property
    def ready(self) -> bool:
        """Whether the database is open."""
        return self._ready

    @property
    def in_the_way(self) -> str:
        """What `trouble` has told last."""
        return self._troubles.sentence

    # Opening and closing.

    def set_library(self, library: Path) -> None:
        """Open the gallery of a library; what was changed in the former one is written first."""
        if self._place:
            self._flush()
        turn = self._place.turn + 1 if self._place else 0
        self._troubles.clear()
        self._open(Place(paths.gallery_database(self._data, library), library, turn))

    def close(self) -> None:
        """Write what is to be written, back up, end the threads: in 2.5 s, whatever hangs."""
        end = time.monotonic() + CLOSING
        for part in (self._flushing, self._watch, self._troubles):
            part.stop()
        for _, cancelled in self._tasks:
            cancelled.set()
        self._searcher.forget()
        self._reader.forget()
        # What is still being committed is in the sidecars and the backup, too.
        self._writer.close()
        self._writer.join(max(end - time.monotonic(), 0))
        if self._ready and self._place:
            self._sidecars.do(partial(chores.flush_until, self._place, end), chores.nothing)
            self._order.do(partial(chores.back_up, self._place), chores.nothing)
        for lane in (*self._asked, self._order):
            lane.close()
        for lane in (*self._asked, self._order):
            lane.join(max(end - time.monotonic(), 0))

    def _lane(self, name: str) -> Lane[Access]:
        return Lane(f"gallery-{name}", Access, Access.close, self)

    def _open(self, place: Place) -> None:
        anew = self._place is not None and self._place.database == place.database
        self._ready, self._place, self._version = False, place, None
        for _, cancelled in self._tasks:
            cancelled.set()
        self._searcher.forget()
        self._reader.forget()
        self.closed.emit()
        self.progress.emit(Work(Task.OPENING))
        # Windows sets no file aside that anybody has open.
        lanes = self._asked if anew else self._asked[:1]
        self._still_open = len(lanes)
        for lane in lanes:
            lane.do(Access.close, self._open_when_closed)

    def _open_when_closed(self, _: object) -> None:
        self._still_open -= 1
        if self._still_open == 0 and self._place:
            place = self._place
            self._order.do(lambda access: access.open(place), self._take_opened, key="open")

    def _take_opened(self, opened: OpenedGallery | KnownError) -> None:
        self.progress.emit(Work(Task.OPENING, ended=True))
        if isinstance(opened, KnownError):
            self._troubles.add(OF_DATABASE, str(opened))
            return
        assert self._place
        self._troubles.over(OF_DATABASE)
        self._ready = True
        self._watch.set_database(self._place.database)
        self.opened.emit(opened)
        for sentence in opened.notices:
            self.notice.emit(sentence)
        if opened.fresh:
            self.rebuild()
        else:
            self.refresh()
        self._flush()

    # Questions and changes.

    def search(
        self,
        work: Callable[[Books], T],
        then: Callable[[T | KnownError], None],
        key: Hashable,
        urgency: int = USUAL,
    ) -> None:
        """Ask what may take a while; of questions with one key only the latest is answered."""
        if self._ready:
            self._ask(self._searcher, work, then, key, urgency)

    def read(
        self,
        work: Callable[[Books], T],
        then: Callable[[T | KnownError], None],
        key: Hashable = None,
        urgency: int = USUAL,
    ) -> None:
        """Ask what is answered at once; of questions with one key only the latest is answered."""
        if self._ready:
            self._ask(self._reader, work, then, key, urgency)

    def write(self, work: Callable[[Books], T], then: Callable[[T | KnownError], None]) -> None:
        """Change something in the database; it is committed when `then` is called."""
        if not self._ready:
            text = self.tr("The gallery is still being opened: try again in a moment.")
            then(KnownError(self._troubles.sentence or text))
            return
        self._ask(self._writer, work, partial(self._take_written, then))

    def announce(self, changed: Changed) -> None:
        """Tell of rows that a change was committed for."""
        self.changed.emit(changed)

    def _ask(
        self,
        lane: Lane[Access],
        work: Callable[[Books], T],
        then: Callable[[T | KnownError], None],
        key: Hashable = None,
        urgency: int = USUAL,
    ) -> None:
        assert self._place
        place = self._place
        lane.do(
            lambda access: access.run(place, work),
            partial(self._take_answer, place, then),
            key,
            urgency,
        )

    def _take_answer(
        self, place: Place, then: Callable[[T | KnownError], None], answer: T | KnownError
    ) -> None:
        if isinstance(answer, DamagedError) and place == self._place:
            self.notice.emit(str(answer))
            self._open(replace(place, turn=place.turn + 1))
        then(answer)

    def _take_written(self, then: Callable[[T | KnownError], None], answer: T | KnownError) -> None:
        if not isinstance(answer, KnownError):
            self._watch.wrote_rows()
            if not self._flushing.isActive():
                self._flushing.start()
        then(answer)

    def _look_at_rows(self) -> None:
        self.read(
            lambda books: books.store.data_version(), self._take_version, "version", urgency=1
        )

    def _take_version(self, version: int | KnownError) -> None:
        if isinstance(version, KnownError):
            self._troubles.add(OF_DATABASE, str(version))
            return
        self._troubles.over(OF_DATABASE)
        if version != self._version:
            self._version = version
            self.changed.emit(Changed(None))

    # Sidecars.

    def _flush(self) -> None:
        if self._ready:
            self._ask(self._sidecars, chores.flush_some, self._take_flushed, "flush")

    def _take_flushed(self, written: int | KnownError) -> None:
        if isinstance(written, KnownError):
            self._troubles.add(OF_SIDECARS, str(written))
            return
        self._troubles.over(OF_SIDECARS)
        if written:
            self._watch.wrote_files()
        if written >= chores.AT_ONCE:
            self._flush()

    # What takes long.

    def refresh(self) -> None:
        """Look whether files came, went or changed, and take note of it."""
        # One that is being done may have passed already what is to be seen; one waits behind it.
        waiting = itertools.islice(self._tasks, 1, None)
        if not any(task is Task.REFRESHING for task, _ in waiting):
            self._begin(Task.REFRESHING, chores.refresh)

    def rebuild(self) -> None:
        """Read everything again from the files."""
        self._begin(Task.REBUILDING, chores.rebuild)

    def import_files(self, sources: tuple[Path, ...]) -> None:
        """Copy pictures of others into the library."""
        self._begin(Task.IMPORTING, partial(chores.import_files, sources))

    def verify(self, repair: bool) -> None:
        """Compare database and files."""
        self._begin(Task.VERIFYING, partial(chores.verify, repair))

    def export(self, numbers: tuple[int, ...], wish: Wish) -> None:
        """Write pictures for others, in this order."""
        self._begin(Task.EXPORTING, partial(chores.export, numbers, wish))

    def cancel(self) -> None:
        """Stop the task that is being done; what it has done so far is kept."""
        if self._tasks:
            self._tasks[0][1].set()

    def retry(self) -> None:
        """Try again now what did not go, as the disk may be back."""
        self._troubles.hurry()

    def _try_again(self) -> None:
        if self._place is None:
            return
        if not self._ready:
            self._open(self._place)
            return
        self._look_at_rows()
        self._flush()
        if OF_LIBRARY in self._troubles:
            self.refresh()

    def _begin(self, task: Task, chore: Chore) -> None:
        if not self._ready:
            text = self.tr("The gallery is still being opened: try again in a moment.")
            self.notice.emit(self._troubles.sentence or text)
            return
        cancelled = Event()
        self._tasks.append((task, cancelled))
        self._watch.set_busy(True)
        self.progress.emit(Work(task))
        told = chores.Telling(partial(self._tell, task))
        self._ask(
            self._order,
            lambda books: chore(books, told, cancelled.is_set),
            partial(self._take_done, task, cancelled, self._place),
        )

    def _tell(self, task: Task, done: int, total: int | None) -> None:
        """Say how far a task is; called in its thread."""
        self.progress.emit(Work(task, done, total))

    def _take_done(self, task: Task, cancelled: Event, place: Place | None, report: Any) -> None:
        self._tasks.popleft()
        self._watch.set_busy(bool(self._tasks))
        self.progress.emit(Work(task, ended=True))
        if place != self._place:
            return
        self._watch.wrote_rows()
        if task is not Task.REFRESHING:
            self._watch.wrote_files()
        if isinstance(report, chores.AwayError):
            self._troubles.add(OF_LIBRARY, str(report))
        elif isinstance(report, KnownError):
            self.notice.emit(str(report))
        else:
            self._troubles.over(OF_LIBRARY)
            self.done.emit(TaskDone(task, report, cancelled.is_set()))
            self._flush()
            self._ask(self._order, chores.folders_to_watch, self._take_folders, "folders")

    def _take_folders(self, folders: tuple[Path, ...] | KnownError) -> None:
        if not isinstance(folders, KnownError):
            self._watch.set_folders(folders)
