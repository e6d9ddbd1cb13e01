"""The queue as a list."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

import pytest
from fakes import FakeWorker, frames_of, job_of, morph_of, request_of
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ldm_desktop.core.noise import Seed
from ldm_desktop.session import wording
from ldm_desktop.session.queue_model import JOB_MIME, QueueModel, Role
from ldm_desktop.worker.work import JobState, JobView, QueueView, SeedOrder

MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def worker(qtbot: QtBot) -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def model(worker: FakeWorker) -> QueueModel:
    model = QueueModel(worker)
    # A model that lies to its views fails the test at once.
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def moves(model: QueueModel) -> list[tuple[int, int]]:
    """Note from which row to before which other one rows are moved from now on."""
    found: list[tuple[int, int]] = []
    model.rowsMoved.connect(lambda _from, row, _last, _to, before: found.append((row, before)))
    return found


def give(worker: FakeWorker, *jobs: JobView) -> None:
    for job in jobs:
        worker.job_changed.emit(job)
    worker.jobs_ordered.emit(tuple(job.id for job in jobs))


def ids(model: QueueModel) -> list[UUID]:
    return [job.id for job in model.jobs]


def waiting(seed: int, count: int | None = 1, **changes: Any) -> JobView:
    return job_of(request_of(seed, count, **changes), JobState.WAITING, share=0.0, eta=None)


def ended(seed: int, created: str, state: JobState = JobState.FINISHED) -> JobView:
    return job_of(request_of(seed, created=created), state, share=1.0)


def test_what_runs_first_stands_first_and_what_ended_last_heads_the_rest(
    worker: FakeWorker, model: QueueModel
) -> None:
    old = ended(1, "2026-11-22T00:00:00+00:00")
    new = ended(2, "2026-11-23T00:00:00+00:00", JobState.FAILED)
    first, second = waiting(3), waiting(4)
    for job in (old, second, new, first):
        worker.job_changed.emit(job)
    worker.jobs_ordered.emit((first.id, second.id))
    assert ids(model) == [first.id, second.id, new.id, old.id]


def test_a_job_that_ends_goes_down_among_the_ended_and_back_when_it_is_retried(
    worker: FakeWorker, model: QueueModel
) -> None:
    first, second = waiting(3), waiting(4)
    give(worker, first, second)
    worker.job_changed.emit(job_of(first.request, JobState.FAILED))
    assert ids(model) == [second.id, first.id]
    worker.job_changed.emit(first)
    assert ids(model) == [first.id, second.id]


def test_one_that_ends_is_moved_and_not_the_hundred_that_wait(
    worker: FakeWorker, model: QueueModel
) -> None:
    first, *others = jobs = [waiting(seed) for seed in range(100)]
    give(worker, *jobs)
    moved = moves(model)
    worker.job_changed.emit(job_of(first.request, JobState.FINISHED))
    assert moved == [(0, 100)]
    assert ids(model) == [job.id for job in (*others, first)]
    worker.job_changed.emit(first)
    assert moved == [(0, 100), (99, 0)]
    assert ids(model) == [job.id for job in jobs]


def test_a_queue_that_comes_back_in_order_is_not_sorted_anew_for_each(
    worker: FakeWorker, model: QueueModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    sorts: list[int] = []
    usual = QueueModel._sorted
    monkeypatch.setattr(
        QueueModel, "_sorted", lambda self: sorts.append(len(self.jobs)) or usual(self)
    )
    give(worker, *(waiting(seed) for seed in range(50)))
    assert sorts == [50]


@pytest.mark.parametrize("chance", range(12))
def test_whatever_comes_in_whatever_order_each_stands_in_its_place(
    worker: FakeWorker, model: QueueModel, chance: int
) -> None:
    dice = random.Random(chance)
    jobs = [waiting(place, created=f"2026-11-22T00:00:0{place}") for place in range(7)]
    states: dict[int, JobState] = {}
    turns = list(range(7))
    worker.jobs_ordered.emit(tuple(job.id for job in jobs))
    for _ in range(40):
        if len(states) == 7 and dice.random() < 0.3:
            dice.shuffle(turns)
            worker.jobs_ordered.emit(tuple(jobs[place].id for place in turns))
        else:
            place = dice.choice(turns)
            states[place] = dice.choice([JobState.WAITING, JobState.FINISHED, JobState.CANCELLED])
            worker.job_changed.emit(job_of(jobs[place].request, states[place]))
        live = [place for place in turns if place in states and not states[place].ended]
        ended = sorted((place for place in states if states[place].ended), reverse=True)
        assert ids(model) == [jobs[place].id for place in (*live, *ended)]


def test_what_is_pointed_at_stays_pointed_at_when_the_order_changes(
    worker: FakeWorker, model: QueueModel
) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    jobs = [waiting(seed) for seed in range(5)]
    give(worker, *jobs)
    index = QPersistentModelIndex(model.index(3))
    worker.jobs_ordered.emit(tuple(job.id for job in reversed(jobs)))
    assert ids(model) == [job.id for job in reversed(jobs)]
    assert index.row() == 1
    assert model.data(index, Role.VIEW) == jobs[3]


def test_progress_changes_a_row_and_moves_nothing(
    qtbot: QtBot, worker: FakeWorker, model: QueueModel
) -> None:
    first, second = waiting(3), waiting(4)
    give(worker, first, second)
    with (
        qtbot.waitSignal(model.dataChanged) as changed,
        qtbot.assertNotEmitted(model.rowsMoved),
    ):
        worker.job_changed.emit(job_of(second.request, JobState.RUNNING, share=0.5))
    assert changed.args[0].row() == 1
    assert model.index(1).data(Role.SHARE) == 0.5


def test_a_job_that_is_removed_is_gone_and_one_that_was_never_there_does_no_harm(
    worker: FakeWorker, model: QueueModel
) -> None:
    first, second = waiting(3), waiting(4)
    give(worker, first, second)
    worker.job_removed.emit(first.id)
    worker.job_removed.emit(first.id)
    assert ids(model) == [second.id]
    assert not model.index_of(first.id).isValid()
    assert model.job(first.id) is None


@pytest.mark.parametrize(
    ("count", "seeds", "title"),
    [
        (1, SeedOrder.NEXT, "Seed 7"),
        (24, SeedOrder.NEXT, "24 pictures from seed 7"),
        (None, SeedOrder.NEXT, "For ever from seed 7"),
        (24, SeedOrder.RANDOM, "24 pictures of random seeds"),
        (None, SeedOrder.RANDOM, "Random seeds for ever"),
    ],
)
def test_the_title_names_seeds_and_count(
    worker: FakeWorker, model: QueueModel, count: int | None, seeds: SeedOrder, title: str
) -> None:
    give(worker, waiting(7, count, seeds=seeds))
    assert model.index(0).data() == model.index(0).data(Role.TITLE) == title


def test_a_row_tells_what_it_is_at_also_aloud(worker: FakeWorker, model: QueueModel) -> None:
    request = request_of(7, 24)
    give(worker, job_of(request, saved=6, failed=1, eta=200.0))
    index = model.index(0)
    assert index.data(Role.STATE) == "Running · 6 of 24 · 1 failed"
    assert index.data(Role.ETA) == "3 min left"
    assert (
        index.data(Qt.ItemDataRole.AccessibleTextRole)
        == "24 pictures from seed 7, Running · 6 of 24 · 1 failed, 3 min left"
    )


def test_what_went_wrong_is_told_with_the_job(worker: FakeWorker, model: QueueModel) -> None:
    give(worker, job_of(request_of(7), JobState.SET_ASIDE, sentence="It ended the engine twice."))
    index = model.index(0)
    assert index.data(Role.STATE) == "Set aside"
    assert index.data(Role.SENTENCE) == index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Role.SENTENCE) == "It ended the engine twice."
    assert index.data(Role.ETA) == ""


def test_dropping_a_job_asks_the_worker_to_run_it_before_another(
    worker: FakeWorker, model: QueueModel
) -> None:
    jobs = [waiting(seed) for seed in range(3)]
    give(worker, *jobs, ended(9, "2026-11-23T00:00:00+00:00"))
    data = model.mimeData([model.index(2)])
    assert data.formats() == [JOB_MIME]
    assert model.dropMimeData(data, MOVE, 0, 0, QModelIndex())
    assert model.dropMimeData(data, MOVE, -1, -1, model.index(1))
    assert worker.called("move") == [(jobs[2].id, jobs[0].id), (jobs[2].id, jobs[1].id)]
    assert ids(model)[:3] == [job.id for job in jobs]


def test_dropping_a_job_below_the_last_that_waits_puts_it_at_the_end(
    worker: FakeWorker, model: QueueModel
) -> None:
    jobs = [waiting(seed) for seed in range(3)]
    give(worker, *jobs, ended(9, "2026-11-23T00:00:00+00:00"))
    data = model.mimeData([model.index(0)])
    for row in (3, 4, -1):
        assert model.dropMimeData(data, MOVE, row, 0, QModelIndex())
    assert worker.called("move") == [(jobs[0].id, None)] * 3


def test_a_list_view_moves_rows_by_the_same_way(worker: FakeWorker, model: QueueModel) -> None:
    jobs = [waiting(seed) for seed in range(3)]
    give(worker, *jobs)
    assert model.moveRow(QModelIndex(), 0, QModelIndex(), 2)
    assert model.moveRow(QModelIndex(), 1, QModelIndex(), 1)
    assert worker.called("move") == [(jobs[0].id, jobs[2].id)]


def test_a_job_is_shifted_by_one_place_and_not_out_of_the_queue(
    worker: FakeWorker, model: QueueModel
) -> None:
    jobs = [waiting(seed) for seed in range(3)]
    give(worker, *jobs, ended(9, "2026-11-23T00:00:00+00:00"))
    model.shift(jobs[0].id, +1)
    model.shift(jobs[1].id, -1)
    model.shift(jobs[1].id, +1)
    model.shift(jobs[0].id, -1)
    model.shift(jobs[2].id, +1)
    assert worker.called("move") == [
        (jobs[0].id, jobs[2].id),
        (jobs[1].id, jobs[0].id),
        (jobs[1].id, None),
    ]


def test_what_has_ended_is_not_dragged(worker: FakeWorker, model: QueueModel) -> None:
    give(worker, waiting(1), ended(9, "2026-11-23T00:00:00+00:00"))
    flags = [model.flags(model.index(row)) for row in range(2)]
    assert [bool(flag & Qt.ItemFlag.ItemIsDragEnabled) for flag in flags] == [True, False]
    assert model.supportedDropActions() == MOVE


def test_something_else_cannot_be_dropped(worker: FakeWorker, model: QueueModel) -> None:
    from PySide6.QtCore import QMimeData

    give(worker, waiting(1))
    data = QMimeData()
    data.setText("seed 3")
    assert not model.dropMimeData(data, MOVE, 0, 0, QModelIndex())


def test_the_queue_as_a_whole_is_passed_on(
    qtbot: QtBot, worker: FakeWorker, model: QueueModel
) -> None:
    assert not model.queue.paused
    queue = QueueView(paused=True, waiting_pictures=12, share=0.5, reason="from last time")
    with qtbot.waitSignal(model.queue_changed):
        worker.queue_changed.emit(queue)
    assert model.queue == queue


def test_picked_seeds_and_frames_are_named_as_such(qtbot: QtBot) -> None:
    picked = request_of(7, 3, picked=(7, 1, 90))
    assert wording.job_title(picked) == "3 picked seeds"
    assert wording.job_title(frames_of(morph_of(Seed(1), Seed(2)))) == "A morph of 9 frames"
