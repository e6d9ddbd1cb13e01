"""Decisions become rows, in batches: one transaction for hundreds of plain cases.

What is decided about a file depends on the rows as they are, so a batch is written before a file
is decided about that has to do with one in it. Whatever is cut short is decided again next time.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path
from uuid import UUID

from ldm_desktop.gallery.care import adopt, reading, said, scan
from ldm_desktop.gallery.care.adopt import Decision, Fate
from ldm_desktop.gallery.care.reading import Read
from ldm_desktop.gallery.care.scan import Report
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_rows import file_to_blob
from ldm_desktop.gallery.index.store_values import Known
from ldm_desktop.gallery.records import Annotation, Facts, State, short

BATCH = 200
MOST_PROBLEMS = 100
TAKEN = (Fate.NEW, Fate.KNOWN, Fate.FOUND)
Key = str | bytes


class Intake:
    """Takes files in, one after the other; `finish` writes what is left and reports.

    `found` are the pictures whose files turned up, and `displaced` counts the rows whose place
    another picture's file has taken.
    """

    def __init__(self, store: Store) -> None:
        self.found: list[UUID] = []
        self.displaced = 0
        self._store = store
        self._batch: list[Decision] = []
        self._concerned: set[Key] = set()
        self._fates: Counter[Fate] = Counter()
        self._changed = 0
        self._annotated = 0
        self._problems: list[str] = []

    def take(self, read: Read) -> Decision:
        """Decide about a file and do what follows, now or with its batch."""
        if not self._concerned.isdisjoint(_keys(read)):
            self.write()
        decision = adopt.decide(self._store, read)
        self._count(read, decision)
        if decision.fate in TAKEN and not decision.displaced and not decision.again:
            self._add(decision, read)
        else:
            self.write()
            self._apply(decision)
        return decision

    def _count(self, read: Read, decision: Decision) -> None:
        row, facts = decision.row, decision.facts
        if decision.fate is Fate.DAMAGED and row and row.state is State.DAMAGED:
            return
        self._fates[decision.fate] += 1
        if decision.fate is Fate.FOUND and facts:
            self.found.append(facts.id)
        self._annotated += decision.said is not None and decision.fate is not Fate.NEW
        if decision.fate is Fate.KNOWN and row and facts:
            is_other = (row.bytes, row.state) != (facts.bytes, facts.state)
            self._changed += is_other
        self._note(read.trouble)

    def _note(self, problem: str) -> None:
        if problem and len(self._problems) < MOST_PROBLEMS:
            self._problems.append(problem)

    def _add(self, decision: Decision, read: Read) -> None:
        self._batch.append(decision)
        self._concerned |= _keys(read)
        if decision.facts:
            self._concerned.add(str(decision.facts.id))
        if decision.row:
            self._concerned.add(file_to_blob(decision.row.file))
        if len(self._batch) >= BATCH:
            self.write()

    def write(self) -> None:
        """Make the rows of what was taken in so far durable."""
        batch, self._batch = self._batch, []
        self._concerned.clear()
        if batch:
            # One by one in its transaction, so that what the rows say then holds.
            self._store.add_many(self._item(each) for each in batch if not self._has_gone(each))
        told = [(each.facts.id, each.said) for each in batch if each.facts and each.said]
        if told:
            said.take_in(self._store, told)

    def _has_gone(self, decision: Decision) -> bool:
        """Say whether a person has put a picture into the trash since it was decided about."""
        assert decision.facts is not None
        was, now = decision.row, self._store.known(decision.facts.id)
        had_gone = was is not None and was.state is State.TRASHED
        return now is not None and now.state is State.TRASHED and not had_gone

    def _item(self, decision: Decision) -> tuple[Facts, Path, Annotation | None]:
        """Give what is to be written; what a new row's sidecar says goes before what is kept."""
        assert decision.facts is not None
        is_new = self._store.number(decision.facts.id) is None
        annotation = decision.said.annotation if is_new and decision.said else None
        return decision.facts, decision.seen.path, annotation

    def _apply(self, decision: Decision) -> None:
        """Do what follows from one of the rarer decisions."""
        store, seen = self._store, decision.seen
        if decision.displaced and decision.displaced.state is not State.TRASHED:
            _let_go(store, decision.displaced)
            self.displaced += 1
        if decision.fate in TAKEN:
            self._batch.append(decision)
            self.write()
        elif decision.fate is Fate.DAMAGED and decision.row:
            store.saw_states([(decision.row.number, State.DAMAGED)])
        elif decision.fate in (Fate.COPY, Fate.REFUSED):
            number = decision.row.number if decision.row else None
            store.note_other(seen.path, seen.size, seen.mtime_ns, number, decision.reason)
        if decision.again:
            self._look_again(decision.again)

    def _look_again(self, file: Path) -> None:
        """Decide anew about a file that has lost its row to a better one."""
        seen = scan.see(self._store.library, file)
        if seen:
            self.take(reading.read(self._store.library, seen))

    def finish(self, report: Report) -> Report:
        """Write what is left, and put what was done into a report."""
        self.write()
        fates = self._fates
        return dataclasses.replace(
            report,
            looked=fates.total(),
            added=fates[Fate.NEW],
            found=fates[Fate.FOUND],
            changed=self._changed + fates[Fate.DAMAGED],
            annotated=report.annotated + self._annotated,
            copies=fates[Fate.COPY],
            refused=fates[Fate.REFUSED],
            problems=(*report.problems, *self._problems),
        )


def _keys(read: Read) -> set[Key]:
    """Give everything by which a file may have to do with another one of its batch."""
    keys: set[Key] = {read.seen.file}
    if read.facts:
        keys |= {str(read.facts.id), read.facts.pixels, read.facts.bytes}
    if read.sidecar and read.sidecar.id:
        keys.add(str(read.sidecar.id))
    return keys


def _let_go(store: Store, row: Known) -> None:
    """Take a row off the place that another picture's file has; its own may turn up elsewhere."""
    name = f"{row.file.stem} {short(row.id)}{row.file.suffix}"
    store.move(row.number, row.file.with_name(name))
    store.saw_states([(row.number, State.MISSING)])
