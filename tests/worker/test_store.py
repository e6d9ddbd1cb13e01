"""The queue on the disk: what was written is there, and what cannot be used is kept aside."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import apsw
import pytest
from fakes import request_of
from hypothesis import HealthCheck, given, settings
from strategies import recipes

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Precision, Recipe, in_precision
from ldm_desktop.worker.database import MIGRATIONS, VERSION, Opened, open_store
from ldm_desktop.worker.jobs import JobEntry, PictureEntry
from ldm_desktop.worker.store import Changes
from ldm_desktop.worker.work import JobState, Pace, PictureState, SeedOrder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Name a queue in a folder that is not there yet."""
    return tmp_path / "data" / "queue.db"


@pytest.fixture
def opened(file: Path) -> Iterator[Opened]:
    """Open a queue."""
    opened = open_store(file)
    yield opened
    opened.store._connection.close()


def job_of(count: int | None = 1, begun: int = 0, **changes: Any) -> JobEntry:
    """Give a job of which the first pictures have come into being."""
    job = JobEntry(request_of(3, count), **changes)
    for number in range(begun):
        entry = PictureEntry(uuid4(), job.id, number, job.request.recipe_at(number))
        job.live[entry.id] = entry
    return job


def changes_of(*jobs: JobEntry) -> Changes:
    """Give the changes of jobs with all their pictures."""
    pictures = {p.id: p for job in jobs for p in job.live.values()}
    return Changes(jobs={job.id: job for job in jobs}, pictures=pictures)


def again(file: Path) -> Opened:
    """Open a queue once more, read it and close it."""
    opened = open_store(file)
    opened.store.close()
    return opened


def test_a_job_is_read_as_it_was_written(opened: Opened, file: Path) -> None:
    request = request_of(
        7, 50, seeds=SeedOrder.RANDOM, batch=4, model_folder="models/\udcff folder"
    )
    job = JobEntry(request, 3, JobState.SET_ASIDE, 2, "Half a \udcff sentence.", "log")
    opened.store.write(changes_of(job))
    opened.store.close()
    found = again(file)
    assert found.notices == []
    assert found.jobs[0].request == request
    read = found.jobs[0]
    assert (read.place, read.state, read.crashes, read.log) == (3, JobState.SET_ASIDE, 2, "log")
    assert read.sentence == "Half a \\udcff sentence."


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(recipes)
def test_any_recipe_survives(tmp_path: Path, recipe: Recipe) -> None:
    file = tmp_path / f"{recipe.id}.db"
    opened = open_store(file)
    opened.store.write(changes_of(JobEntry(request_of(recipe=recipe))))
    opened.store.close()
    assert again(file).jobs[0].request.recipe == recipe


def test_pictures_are_counted_and_those_at_work_wait_and_are_doubtful(
    opened: Opened, file: Path
) -> None:
    job = job_of(10, begun=6)
    states = [*PictureState, PictureState.WAITING]
    for entry, state in zip(job.live.values(), states, strict=True):
        entry.state, entry.done = state, entry.number
        entry.submitted = state is not PictureState.WAITING
        entry.file = Path("/library/\udcff.png")
    opened.store.write(changes_of(job))
    opened.store.close()
    read = again(file).jobs[0]
    assert (read.saved, read.failed, read.cancelled, read.next) == (1, 1, 1, 6)
    assert [(p.number, p.doubtful, p.state, p.done) for p in read.live.values()] == [
        (0, False, PictureState.WAITING, 0),
        (1, True, PictureState.WAITING, 1),
        (5, False, PictureState.WAITING, 5),
    ]
    reopened = open_store(file)
    listed = reopened.store.pictures(job.request)
    assert [p.state for p in listed] == states
    assert listed[2].file == Path("/library/\udcff.png")
    assert [p.recipe for p in listed] == [job.request.recipe_at(n) for n in range(6)]
    ended = {PictureState.FAILED, PictureState.CANCELLED}
    assert {p.state for p in reopened.store.ended(job.request)} == ended
    assert len(list(reopened.store.begun())) == 4
    reopened.store.close()


def test_only_a_recipe_that_is_not_the_jobs_is_written_out(opened: Opened) -> None:
    job = job_of(2, begun=2)
    other = list(job.live.values())[1]
    other.recipe, other.remade = in_precision(other.recipe, Precision.BALANCED), True
    opened.store.write(changes_of(job))
    rows = opened.store._connection.execute("SELECT recipe FROM pictures ORDER BY number")
    assert [row is None for (row,) in rows] == [True, False]
    assert opened.store.pictures(job.request)[1].recipe == other.recipe


def test_removing_takes_the_pictures_along(opened: Opened, file: Path) -> None:
    job, other = job_of(2, begun=1), job_of()
    opened.store.write(changes_of(job, other))
    draft = changes_of(job)
    draft.remove(job.id)
    assert not draft.jobs
    assert not draft.pictures
    opened.store.write(draft)
    assert opened.store.pictures(job.request) == []
    opened.store.close()
    assert [each.id for each in again(file).jobs] == [other.id]


def test_all_of_a_draft_is_written_or_nothing(opened: Opened) -> None:
    good, bad = job_of(), job_of()
    orphan = PictureEntry(bad.id, bad.id, 0, bad.request.recipe)
    with pytest.raises(KnownError, match="cannot be kept on the disk"):
        opened.store.write(Changes(jobs={good.id: good}, pictures={orphan.id: orphan}))
    assert opened.store.load()[0] == []


def test_places_are_kept(opened: Opened, file: Path) -> None:
    first, second = job_of(place=0), job_of(place=1)
    opened.store.write(changes_of(first, second))
    first.place, second.place = 5, 2
    opened.store.write(Changes(places={first.id: first, second.id: second}))
    opened.store.close()
    assert [job.id for job in again(file).jobs] == [second.id, first.id]


def test_paces_are_kept(opened: Opened, file: Path) -> None:
    pace = Pace("5f" * 32, Precision.FAST, (256, 128), 0.5, 2.0)
    newer = dataclasses.replace(pace, evaluation=0.75)
    for each in (pace, newer):
        opened.store.write(Changes(paces={(each.fingerprint, each.precision, each.size): each}))
    opened.store.close()
    assert again(file).paces == [newer]


def test_it_is_known_whether_the_last_run_ended_in_order(file: Path) -> None:
    first = open_store(file)
    assert first.store.closed_well
    first.store._connection.close()
    second = open_store(file)
    assert not second.store.closed_well
    second.store.close()
    third = open_store(file)
    assert third.store.closed_well
    third.store.close()


@pytest.mark.parametrize("damage", ["cut", "foreign", "flipped", "table", "state"])
def test_a_damaged_queue_is_kept_aside_and_said(file: Path, damage: str) -> None:
    opened = open_store(file)
    for _ in range(300):
        opened.store.write(changes_of(job_of()))
    if damage == "table":
        opened.store._connection.execute("DROP TABLE paces")
    if damage == "state":
        opened.store._connection.execute("UPDATE jobs SET state = 'floating'")
    opened.store.close()
    data = file.read_bytes()
    if damage == "cut":
        file.write_bytes(data[: len(data) // 2 + 100])
    if damage == "foreign":
        file.write_bytes(b"no database at all" * 999)
    if damage == "flipped":
        file.write_bytes(data[:5000] + b"\xff" * 5000 + data[10000:])
    broken = file.read_bytes()
    found = again(file)
    aside = file.with_name("queue.db.damaged-1")
    if damage == "state":
        # A word only a newer program knows: said of each job, and nothing is touched.
        assert len(found.notices) == 300
        assert not aside.exists()
        return
    assert found.jobs == []
    assert len(found.notices) == 1
    assert "damaged" in found.notices[0]
    assert aside.name in found.notices[0]
    assert aside.read_bytes() == broken
    assert again(file).notices == []


def test_a_newer_queue_is_kept_aside_as_often_as_need_be(file: Path) -> None:
    for number in (1, 2):
        opened = open_store(file)
        opened.store._connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        opened.store.close()
        found = again(file)
        assert "newer" in found.notices[0]
        assert file.with_name(f"queue.db.newer-{number}").exists()


def test_a_job_of_a_newer_recipe_is_kept_for_a_newer_program(opened: Opened, file: Path) -> None:
    old, new = job_of(), job_of()
    opened.store.write(changes_of(old, new))
    connection = opened.store._connection
    rows = connection.execute("SELECT request FROM jobs WHERE id = ?", (str(new.id),)).fetchall()
    data = json.loads(str(rows[0][0]))
    data["recipe"]["version"] = 99
    text = json.dumps(data)
    connection.execute("UPDATE jobs SET request = ? WHERE id = ?", (text, str(new.id)))
    opened.store.close()
    found = again(file)
    assert [job.id for job in found.jobs] == [old.id]
    assert "version 99" in found.notices[0]
    assert "Its seed: 3" in found.notices[0]
    later = apsw.Connection(str(file))
    assert later.execute("SELECT request FROM jobs WHERE id = ?", (str(new.id),)).fetchall() == [
        (text,)
    ]
    later.close()


def test_a_picture_of_a_newer_recipe_hides_its_job_and_no_other(opened: Opened, file: Path) -> None:
    old, new = job_of(2, begun=1), job_of(2, begun=2)
    opened.store.write(changes_of(old, new))
    text = json.dumps({"version": 99})
    connection = opened.store._connection
    connection.execute(
        "UPDATE pictures SET recipe = ? WHERE job = ? AND number = 1", (text, str(new.id))
    )
    opened.store.close()
    found = again(file)
    assert [job.id for job in found.jobs] == [old.id]
    assert len(found.jobs[0].live) == 1
    (notice,) = found.notices
    assert notice.startswith("A job of the queue cannot be read")
    assert "version 99" in notice
    later = apsw.Connection(str(file))
    kept = "SELECT recipe FROM pictures WHERE job = ? ORDER BY number"
    assert later.execute(kept, (str(new.id),)).fetchall() == [(None,), (text,)]
    later.close()


def test_a_queue_that_cannot_be_opened_lasts_as_long_as_the_window(tmp_path: Path) -> None:
    folder = tmp_path / "queue.db"
    folder.mkdir()
    opened = open_store(folder)
    assert "lasts until you close" in opened.notices[0]
    opened.store.write(changes_of(job_of()))
    assert len(opened.store.load()[0]) == 1
    opened.store.close()
    assert folder.is_dir()


def test_a_second_program_gets_a_queue_of_its_own(opened: Opened, file: Path) -> None:
    opened.store.write(changes_of(job_of()))
    second = open_store(file)
    assert "another LDM Desktop has it open" in second.notices[0]
    assert second.jobs == []
    second.store.close()
    opened.store.write(changes_of(job_of()))


def test_every_migration_leads_to_the_next(file: Path) -> None:
    file.parent.mkdir()
    connection = apsw.Connection(str(file))
    for number, script in enumerate(MIGRATIONS[:-1]):
        connection.execute(script)
        connection.execute(f"PRAGMA user_version = {number + 1}")
    connection.close()
    assert again(file).notices == []
