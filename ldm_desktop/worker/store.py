"""The queue on the disk: jobs, their pictures and measured paces, in one SQLite file.

One connection, owned by the worker's thread; `database` opens it and has the tables.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Precision
from ldm_desktop.worker.jobs import JobEntry, PictureEntry
from ldm_desktop.worker.work import JobState, Pace, PictureState, Request

MOST_LISTED = 1000
COLUMNS = "id, number, state, done, file, sentence, report, submitted, recipe"
PUT_JOB = """
    UPDATE jobs SET place = ?2, state = ?3, crashes = ?4, sentence = ?5, log = ?6 WHERE id = ?1
"""
PUT_PICTURE = """
    INSERT INTO pictures VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
    ON CONFLICT (id) DO UPDATE SET
    state = ?4, done = ?5, file = ?6, sentence = ?7, report = ?8, submitted = ?9, recipe = ?10
"""


@contextlib.contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Do all of something or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # On a full disk SQLite has undone it by itself; to do so again would hide the reason.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@dataclass
class Changes:
    """What has changed and is not on the disk yet; it is kept until it is."""

    jobs: dict[UUID, JobEntry] = field(default_factory=dict)
    places: dict[UUID, JobEntry] = field(default_factory=dict)
    pictures: dict[UUID, PictureEntry] = field(default_factory=dict)
    removed: set[UUID] = field(default_factory=set)
    paces: dict[tuple[str, Precision, tuple[int, int]], Pace] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.jobs or self.places or self.pictures or self.removed or self.paces)

    def remove(self, job: UUID) -> None:
        """Forget a job with all of its pictures."""
        self.jobs.pop(job, None)
        self.places.pop(job, None)
        self.pictures = {key: each for key, each in self.pictures.items() if each.job != job}
        self.removed.add(job)


class Store:
    """The file; every change is one transaction that is durable when `write` returns."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._known: set[UUID] = set()
        self.closed_well = self._meta("closed") != "no"

    def begin(self) -> None:
        """Note that it is in use, until it is closed."""
        self._note_closed("no")

    def _meta(self, name: str) -> str | None:
        rows = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,))
        return next((str(value) for (value,) in rows), None)

    def _note_closed(self, value: str) -> None:
        with transaction(self._connection):
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('closed', ?)", (value,))

    def load(self) -> tuple[list[JobEntry], list[str]]:
        """Give the jobs in their order, and a sentence for each that cannot be read here."""
        numbers = self._numbers()
        jobs, notices = [], []
        for row in self._connection.execute(
            "SELECT place, request, state, crashes, sentence, log FROM jobs ORDER BY place"
        ):
            # A thousand jobs must not keep the window from painting.
            time.sleep(0)
            try:
                job = self._job(row)
            except (KnownError, ValueError) as error:
                notices.append(_unread(error))
                continue
            for state, count, last in numbers[str(job.id)]:
                job.saved += count if state == PictureState.SAVED else 0
                job.failed += count if state == PictureState.FAILED else 0
                job.cancelled += count if state == PictureState.CANCELLED else 0
                job.next = max(job.next, last + 1)
            jobs.append(job)
            self._known.add(job.id)
        known = {str(job.id): job for job in jobs}
        unread = self._revive(known)
        notices += [_unread(error) for error in unread.values()]
        return [job for job in jobs if str(job.id) not in unread], notices

    def _numbers(self) -> dict[str, list[tuple[str, int, int]]]:
        found: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for job, *rest in self._connection.execute(
            "SELECT job, state, count(*), max(number) FROM pictures GROUP BY job, state"
        ):
            found[str(job)].append((str(rest[0]), int(rest[1]), int(rest[2])))
        return found

    def _job(self, row: tuple[Any, ...]) -> JobEntry:
        place, text, state, crashes, sentence, log = row
        data = codec.parse(text, "The job")
        try:
            request = codec.from_json(Request, data)
        except KnownError:
            recipe.read(data.get("recipe") if isinstance(data, dict) else None)  # Says it better.
            raise
        return JobEntry(request, place, JobState(state), crashes, sentence, log)

    def _revive(self, jobs: dict[str, JobEntry]) -> dict[str, Exception]:
        """Bring the pictures back that are not ended; of those at work nobody knows the end.

        Gives the jobs with a picture that cannot be read, and why.
        """
        unread: dict[str, Exception] = {}
        unended = (PictureState.WAITING.value, PictureState.RUNNING.value)
        for job, *row in self._connection.execute(
            f"SELECT job, {COLUMNS} FROM pictures WHERE state IN (?, ?) ORDER BY number",  # noqa: S608
            unended,
        ):
            if job not in jobs:
                continue
            try:
                entry = _picture(jobs[job].request, tuple(row))
            except (KnownError, ValueError) as error:
                unread[job] = error
                continue
            entry.state, entry.doubtful = PictureState.WAITING, entry.submitted
            jobs[job].live[entry.id] = entry
        return unread

    def write(self, changes: Changes) -> None:
        """Make changes durable, all or none; KnownError if that cannot be done now."""
        self._known -= changes.removed
        try:
            with transaction(self._connection):
                for job in changes.removed:
                    self._connection.execute("DELETE FROM jobs WHERE id = ?", (str(job),))
                self._write_jobs(changes.jobs.values())
                self._connection.executemany(
                    "UPDATE jobs SET place = ? WHERE id = ?",
                    ((job.place, str(job.id)) for job in changes.places.values()),
                )
                self._connection.executemany(
                    PUT_PICTURE, map(_picture_row, changes.pictures.values())
                )
                self._connection.executemany(
                    "INSERT OR REPLACE INTO paces VALUES (?, ?, ?, ?, ?, ?)",
                    map(_pace_row, changes.paces.values()),
                )
        except apsw.Error as error:
            raise _unkept(error) from error
        self._known |= set(changes.jobs)

    def _write_jobs(self, jobs: Collection[JobEntry]) -> None:
        """Write a request only once: one of ten thousand picked seeds takes 15 ms."""
        new = [job for job in jobs if job.id not in self._known]
        old = [job for job in jobs if job.id in self._known]
        self._connection.executemany(
            "INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?)", map(_new_row, new)
        )
        self._connection.executemany(PUT_JOB, map(_job_row, old))

    def pictures(self, request: Request) -> list[PictureEntry]:
        """Give the newest pictures of a job, in their order."""
        rows = self._connection.execute(
            f"SELECT {COLUMNS} FROM pictures WHERE job = ? ORDER BY number DESC LIMIT ?",  # noqa: S608
            (str(request.id), MOST_LISTED),
        )
        return [_picture(request, row) for row in rows][::-1]

    def ended(self, request: Request) -> list[PictureEntry]:
        """Give the pictures of a job that failed or were cancelled."""
        rows = self._connection.execute(
            f"SELECT {COLUMNS} FROM pictures WHERE job = ? AND state IN (?, ?)",  # noqa: S608
            (str(request.id), PictureState.FAILED.value, PictureState.CANCELLED.value),
        )
        return [_picture(request, row) for row in rows]

    def begun(self) -> Iterator[UUID]:
        """Give the ids of the pictures whose checkpoints may still be of use."""
        rows = self._connection.execute(
            "SELECT id FROM pictures WHERE state IN (?, ?, ?)",
            (PictureState.WAITING.value, PictureState.RUNNING.value, PictureState.FAILED.value),
        )
        return (UUID(str(picture)) for (picture,) in rows)

    def paces(self) -> list[Pace]:
        """Give what pictures cost, as measured earlier."""
        rows = self._connection.execute("SELECT * FROM paces")
        return [
            Pace(fingerprint, Precision(precision), (width, height), evaluation, rest)
            for fingerprint, precision, width, height, evaluation, rest in rows
        ]

    def close(self) -> None:
        """End in order; KnownError if that cannot be noted, and the file is closed all the same."""
        try:
            self._note_closed("yes")
        except apsw.Error as error:
            raise _unkept(error) from error
        finally:
            self._connection.close()


def _new_row(job: JobEntry) -> tuple[Any, ...]:
    key, place, *rest = _job_row(job)
    return key, place, codec.canonical(job.request), *rest


def _job_row(job: JobEntry) -> tuple[Any, ...]:
    head = (str(job.id), job.place, job.state.value)
    return *head, job.crashes, _text(job.sentence), _text(job.log)


def _picture_row(entry: PictureEntry) -> tuple[Any, ...]:
    file = os.fsencode(entry.file) if entry.file else None
    own = codec.canonical(entry.recipe) if entry.remade else None
    head = (str(entry.id), str(entry.job), entry.number, entry.state.value, entry.done, file)
    return *head, _text(entry.sentence), _text(entry.report), int(entry.submitted), own


def _pace_row(pace: Pace) -> tuple[Any, ...]:
    return pace.fingerprint, pace.precision.value, *pace.size, pace.evaluation, pace.rest


def _text(text: str) -> str:
    # A sentence may name a file whose name is no UTF-8.
    return text.encode("utf-8", "backslashreplace").decode()


def _picture(request: Request, row: tuple[Any, ...]) -> PictureEntry:
    key, number, state, done, file, sentence, report, submitted, own = row
    return PictureEntry(
        UUID(key),
        request.id,
        number,
        recipe.read(codec.parse(own, "A recipe")) if own else request.recipe_at(number),
        PictureState(state),
        done,
        file=Path(os.fsdecode(file)) if file else None,
        sentence=sentence,
        report=report,
        submitted=bool(submitted),
        remade=bool(own),
    )


def _unread(error: Exception) -> str:
    return (
        "A job of the queue cannot be read by this version of LDM Desktop; it is kept for a "
        f"newer one. {error}"
    )


def _unkept(error: apsw.Error) -> KnownError:
    return KnownError(f"The queue cannot be kept on the disk: {reason_of(error)}.")


def reason_of(error: apsw.Error) -> str:
    """Say in a few words why SQLite refuses."""
    if isinstance(error, apsw.FullError):
        return "the disk is full; free some space"
    if isinstance(error, apsw.BusyError):
        return "another LDM Desktop has it open"
    return str(error)
