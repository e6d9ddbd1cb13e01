"""The quick look at the library, at each start and when its folders change.

Files that are as their rows say cost a name, a size and a time; only the others are opened.
`rebuild` takes the same way with every file opened.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.care import flush, losses, reading, said, scan
from ldm_desktop.gallery.care.intake import Intake
from ldm_desktop.gallery.care.ledger import Ledger, open_ledger
from ldm_desktop.gallery.care.scan import Cancelled, Progress, Report, Seen
from ldm_desktop.gallery.index.database import RESTORED
from ldm_desktop.gallery.index.store import Store

LOOKED = "looked"
"""In `meta`: when sidecars were last looked at, in nanoseconds."""
SLACK_NS = 600 * 10**9
"""Clocks of network disks are not ours, so sidecars of the minutes before are read again."""


def refresh(
    store: Store, progress: Progress = scan.no_progress, cancelled: Cancelled = scan.never
) -> Report:
    """Bring the rows up to date with the library; UnreachableError if that is not there."""
    return _Look(store, progress, cancelled).take(everything=False)


def look_at_everything(store: Store, progress: Progress, cancelled: Cancelled) -> Report:
    """Do the same without trusting any size or time."""
    return _Look(store, progress, cancelled).take(everything=True)


class _Look:
    """One look at the library."""

    def __init__(self, store: Store, progress: Progress, cancelled: Cancelled) -> None:
        self._store = store
        self._progress = progress
        self._cancelled = cancelled
        self._intake = Intake(store)
        self._problems: list[str] = []

    def take(self, *, everything: bool) -> Report:
        started = time.time_ns()
        ledger = open_ledger(self._store)
        self._problems += ledger.listing.problems
        self._read_albums()
        since = 0 if everything else _last_look(self._store, started)
        news = [] if everything else ledger.news(self._store.others())
        self._take_in(ledger.listing.pictures.values() if everything else news)
        if self._cancelled():
            return self._intake.finish(Report(problems=tuple(self._problems), cancelled=True))
        missing = losses.settle(self._store, self._intake, ledger)
        annotated = self._settle_sidecars(ledger, since)
        self._store.set_meta(LOOKED, str(started))
        self._store.set_meta(RESTORED, "")
        report = Report(missing=missing, annotated=annotated, problems=tuple(self._problems))
        return self._intake.finish(report)

    def _read_albums(self) -> None:
        try:
            flush.read_albums(self._store)
        except KnownError as error:
            self._problems.append(str(error))

    def _take_in(self, wanted: Iterable[Seen]) -> None:
        files = scan.in_order(wanted)
        read = partial(reading.read, self._store.library)
        self._progress(0, len(files))
        for done, each in enumerate(reading.in_threads(read, files, self._cancelled), 1):
            self._intake.take(each)
            self._progress(done, len(files))
        self._intake.write()

    def _settle_sidecars(self, ledger: Ledger, since: int) -> int:
        """Let sidecars that others changed hold, and bring those home that lie elsewhere."""
        store = self._store
        annotated = said.take_in_touched(store, ledger.listing, since, self._problems)
        for orphan in said.orphans(store, ledger.listing):
            said.bring_home(store, orphan, self._problems)
        bare = [row.id for each in ledger.seem_bare() if (row := store.at(each.path))]
        said.write_again(store, [*bare, *self._intake.found])
        return annotated


def _last_look(store: Store, now: int) -> int:
    looked = store.meta(LOOKED)
    # After a clock that went ahead, and in the place of a damaged database, nothing is known.
    is_known = looked.isdecimal() and int(looked) <= now and not store.meta(RESTORED)
    return int(looked) - SLACK_NS if is_known else 0
