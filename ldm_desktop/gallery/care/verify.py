"""Every file of the library against its row: what is wrong, what that means, and its mending."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.care import adopt, flush, losses, reading, said, scan
from ldm_desktop.gallery.care.adopt import Decision, Fate
from ldm_desktop.gallery.care.intake import Intake
from ldm_desktop.gallery.care.ledger import Ledger, Row, open_ledger
from ldm_desktop.gallery.care.reading import Read
from ldm_desktop.gallery.care.scan import Cancelled, Listing, Progress, Seen
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Known
from ldm_desktop.gallery.records import State, short


class Kind(StrEnum):
    """What may be wrong with a file or a row."""

    MISSING = "missing"
    CHANGED = "changed"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    DUPLICATE = "duplicate"
    ORPHANED = "orphaned sidecar"
    UNINDEXED = "unindexed"
    MOVED = "moved"
    UNREADABLE = "unreadable"


KINDS = {
    Fate.NEW: Kind.UNINDEXED,
    Fate.KNOWN: Kind.CHANGED,
    Fate.FOUND: Kind.MOVED,
    Fate.COPY: Kind.DUPLICATE,
    Fate.DAMAGED: Kind.DAMAGED,
    Fate.REFUSED: Kind.FOREIGN,
    Fate.PASSED: Kind.UNREADABLE,
}
MEANING = {
    Kind.MISSING: "It is not in the library any more: put it back from a copy, or let a repair "
    "take it out of the gallery, which remembers what you said of it.",
    Kind.CHANGED: "Its pixels are not the ones that were saved: another program wrote over it, or "
    "it is damaged. Put it back from a copy if there is one.",
    Kind.DAMAGED: "It does not open any more: put it back from a copy.",
    Kind.UNINDEXED: "It is a picture that the gallery does not show yet.",
    Kind.MOVED: "It is a picture that the gallery looks for elsewhere.",
    Kind.ORPHANED: "It says something of a picture that is not beside it, and stays for when that "
    "comes back; without the picture, nobody needs it.",
}
SAVED_AGAIN = "It was saved again since the gallery last looked at it."


@dataclass(frozen=True)
class Finding:
    """Something about a file (relative to the library), in a sentence that says what it means.

    `repaired`: the gallery and the library agree on it now.
    """

    kind: Kind
    file: Path
    picture: UUID | None
    sentence: str
    repaired: bool = False


@dataclass(frozen=True)
class Findings:
    """All that was found in `checked` files; `problems` are what kept us from looking."""

    checked: int
    findings: tuple[Finding, ...]
    problems: tuple[str, ...] = ()
    cancelled: bool = False


def verify(
    store: Store,
    repair: bool = False,
    progress: Progress = scan.no_progress,
    cancelled: Cancelled = scan.never,
) -> Findings:
    """Look at every byte of the library; UnreachableError if that is not there.

    A repair makes every file that of a row, or notes why it is none, and takes rows without a
    file out, remembering what was said of them. It changes no picture.
    """
    return _Check(store, repair, progress, cancelled).run()


class _Check:
    """One walk through the library."""

    def __init__(
        self, store: Store, repair: bool, progress: Progress, cancelled: Cancelled
    ) -> None:
        self._store = store
        self._repair = repair
        self._progress = progress
        self._cancelled = cancelled
        self._intake = Intake(store)
        self._found: list[Finding] = []
        self._met: set[UUID] = set()
        self._problems: list[str] = []

    def run(self) -> Findings:
        if self._repair:
            self._write_sidecars()
        ledger = open_ledger(self._store)
        self._problems += ledger.listing.problems
        checked = self._check_files(ledger)
        cancelled = self._cancelled()
        if not cancelled:
            self._check_rows(ledger)
            self._check_sidecars(ledger.listing)
        if self._repair:
            self._write_sidecars()
        findings = sorted(self._found, key=lambda each: (each.file, each.kind))
        # A trouble that is met before and after is one.
        problems = tuple(dict.fromkeys(self._problems))
        return Findings(checked, tuple(findings), problems, cancelled)

    def _write_sidecars(self) -> None:
        try:
            flush.flush(self._store, self._store.count())
        except KnownError as error:
            self._problems.append(str(error))

    # Files

    def _check_files(self, ledger: Ledger) -> int:
        check = partial(_check, self._store.library, ledger.rows)
        files = scan.in_order(ledger.listing.pictures.values())
        done = 0
        for read in reading.in_threads(check, files, self._cancelled):
            done += 1
            if read:
                self._judge(read)
            self._progress(done, len(files))
        self._intake.write()
        return done

    def _judge(self, read: Read) -> None:
        decision = self._intake.take(read) if self._repair else adopt.decide(self._store, read)
        if decision.row and decision.fate is Fate.FOUND:
            self._met.add(decision.row.id)
        if _is_worth_saying(decision):
            self._found.append(self._finding(decision))

    def _finding(self, decision: Decision) -> Finding:
        kind, facts = KINDS[decision.fate], decision.facts
        is_changed = facts is not None and facts.state is State.CHANGED
        agrees = decision.fate in (Fate.NEW, Fate.FOUND, Fate.KNOWN) and not is_changed
        sentence = decision.reason or MEANING[kind]
        if kind is Kind.CHANGED and not is_changed:
            sentence = SAVED_AGAIN
        elif kind is Kind.MOVED and decision.row:
            sentence = f"{MEANING[kind]} It was {decision.row.file}."
        picture = facts.id if facts else None
        picture = decision.row.id if decision.row else picture
        return Finding(kind, decision.seen.path, picture, sentence, self._repair and agrees)

    # Rows

    def _check_rows(self, ledger: Ledger) -> None:
        store = self._store
        if self._repair:
            losses.settle(store, self._intake, ledger)
            missing = _missing(store)
        else:
            missing = [*losses.lost(store, ledger), *_missing(store)]
        for row in missing:
            if row.id not in self._met or self._repair:
                done = self._repair and self._take_out(row)
                self._found.append(
                    Finding(Kind.MISSING, row.file, row.id, MEANING[Kind.MISSING], done)
                )

    def _take_out(self, row: Known) -> bool:
        """Remove the row of a missing picture, when what was said of it is safe."""
        try:
            if row.dirty:
                said.keep(self._store, row)
            self._store.forget(row.number)
        except KnownError as error:
            self._problems.append(str(error))
            return False
        return True

    # Sidecars

    def _check_sidecars(self, listing: Listing) -> None:
        if self._repair:
            said.take_in_touched(self._store, listing, 0, self._problems)
        self._found += self._orphans(listing)
        if self._repair:
            said.write_again(self._store, [row.id for row in self._store.files()])

    def _orphans(self, listing: Listing) -> Iterator[Finding]:
        for orphan in said.orphans(self._store, listing):
            home = self._repair and said.bring_home(self._store, orphan, self._problems)
            sentence = orphan.damage or MEANING[Kind.ORPHANED]
            if orphan.picture:
                sentence = f"{sentence} It is of {short(orphan.picture)}."
            kind = Kind.DAMAGED if orphan.damage else Kind.ORPHANED
            yield Finding(kind, orphan.file, orphan.picture, sentence, home)


def _missing(store: Store) -> list[Known]:
    return [row for row in store.files() if row.state is State.MISSING]


def _check(library: Path, rows: dict[bytes, Row], seen: Seen) -> Read | None:
    """Read a file, unless its bytes are the ones that its row knows."""
    row = rows.get(seen.file)
    is_same = row is not None and row.is_as(seen) and row.state == State.PRESENT
    if row and is_same and _holds(library / row.path, row.bytes):
        return None
    return reading.read(library, seen)


def _holds(file: Path, digest: str) -> bool:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == digest
    except OSError:
        return False  # Reading it in full says why.


def _is_worth_saying(decision: Decision) -> bool:
    if decision.fate is Fate.PASSED:
        return bool(decision.reason)
    row, facts = decision.row, decision.facts
    if decision.fate is not Fate.KNOWN or not row or not facts:
        return True
    return facts.state is State.CHANGED or (row.bytes, row.state) != (facts.bytes, facts.state)
