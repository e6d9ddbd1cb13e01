"""The queue as a panel."""

from __future__ import annotations

import pytest
from fakes import FakeWorker, job_of, request_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from ldm_desktop.session.queue_model import QueueModel
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.bug_dialog import ReportDialog
from ldm_desktop.ui.job_commands import JobCommands
from ldm_desktop.ui.queue_panel import JOB_BUTTONS, QueuePanel
from ldm_desktop.worker.work import JobState, JobView, QueueView

WAITING, RUNNING = JobState.WAITING, JobState.RUNNING


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def actions(dressed: QApplication) -> Actions:
    return Actions()


@pytest.fixture
def panel(qtbot: QtBot, worker: FakeWorker, actions: Actions) -> QueuePanel:
    model = QueueModel(worker)
    panel = QueuePanel(model, worker, actions)
    model.setParent(panel)
    qtbot.addWidget(panel)
    panel.resize(300, 500)
    panel.show()
    return panel


def give(worker: FakeWorker, *states: JobState, **changes: str) -> list[JobView]:
    jobs = [job_of(request_of(seed, 9), state, **changes) for seed, state in enumerate(states)]
    for job in jobs:
        worker.job_changed.emit(job)
    worker.jobs_ordered.emit(tuple(job.id for job in jobs))
    QApplication.processEvents()
    return jobs


def enabled(actions: Actions) -> set[str]:
    return {name for name in JOB_BUTTONS if actions[name].isEnabled()}


def test_an_empty_queue_says_how_to_fill_it(panel: QueuePanel, worker: FakeWorker) -> None:
    empty, queue = panel.findChild(QLabel, "queue-empty"), panel.findChild(QListView, "queue")
    assert empty.isVisible()
    assert "Ctrl+Return" in empty.text()
    give(worker, RUNNING)
    assert not empty.isVisible()
    assert queue.isVisible()


def test_nothing_can_be_done_without_a_chosen_job(
    panel: QueuePanel, worker: FakeWorker, actions: Actions
) -> None:
    give(worker, RUNNING, WAITING)
    assert panel.chosen is None
    assert enabled(actions) == set()
    for name in JOB_BUTTONS:
        actions[name].trigger()
    assert worker.calls == []


def test_what_is_possible_is_seen_once_for_all_jobs_that_come_together(
    panel: QueuePanel, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    usual = JobCommands.act_on
    monkeypatch.setattr(
        JobCommands, "act_on", lambda self, job: seen.append(job) or usual(self, job)
    )
    give(worker, *[WAITING] * 50)
    assert seen == [None]


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        (RUNNING, {"job-pause", "job-cancel", "job-duplicate", "job-remove"}),
        (JobState.FINISHED, {"job-duplicate", "job-remove"}),
        (JobState.SET_ASIDE, {"job-retry", "job-duplicate", "job-remove"}),
        (JobState.CANCELLED, {"job-retry", "job-duplicate", "job-remove"}),
    ],
)
def test_only_what_is_possible_with_a_job_is_offered(
    panel: QueuePanel, worker: FakeWorker, actions: Actions, state: JobState, possible: set[str]
) -> None:
    [job] = give(worker, state)
    panel.choose(job.id)
    assert enabled(actions) == possible


def test_the_actions_reach_the_worker(
    panel: QueuePanel, worker: FakeWorker, actions: Actions
) -> None:
    first, second = give(worker, RUNNING, WAITING)
    panel.choose(first.id)
    for name in ("job-pause", "job-cancel", "job-duplicate", "job-remove", "job-down"):
        actions[name].trigger()
    assert worker.calls == [
        ("pause", first.id),
        ("cancel", first.id),
        ("duplicate", first.id),
        ("remove", first.id),
        ("move", first.id, None),
    ]
    panel.choose(second.id)
    actions["job-up"].trigger()
    assert worker.called("move")[-1] == (second.id, first.id)


def test_a_paused_job_goes_on_by_the_same_action_which_says_so(
    panel: QueuePanel, worker: FakeWorker, actions: Actions
) -> None:
    [job] = give(worker, RUNNING)
    panel.choose(job.id)
    assert actions["job-pause"].text() == "Pause the job"
    worker.job_changed.emit(job_of(job.request, JobState.PAUSED))
    QApplication.processEvents()
    assert actions["job-pause"].text() == "Go on with the job"
    actions["job-pause"].trigger()
    assert worker.called("resume") == [(job.id,)]


def test_the_whole_queue_is_paused_and_goes_on(
    panel: QueuePanel, worker: FakeWorker, actions: Actions
) -> None:
    actions["pause-queue"].trigger()
    assert worker.calls == [("pause_queue",)]
    worker.queue_changed.emit(QueueView(paused=True, waiting_pictures=12, share=0.1))
    assert panel.findChild(QLabel, "queue-count").text() == "12 · paused"
    assert actions["pause-queue"].isChecked()
    assert actions["pause-queue"].text() == "Go on with the queue"
    actions["pause-queue"].trigger()
    assert worker.calls[-1] == ("resume_queue",)


def test_ended_jobs_are_cleared_only_if_there_are_any(
    panel: QueuePanel, worker: FakeWorker, actions: Actions
) -> None:
    give(worker, RUNNING)
    assert not actions["clear-ended"].isEnabled()
    give(worker, JobState.FINISHED)
    actions["clear-ended"].trigger()
    assert worker.calls == [("clear_ended",)]


def test_a_job_that_is_clicked_is_told_so_that_its_pictures_are_shown(
    qtbot: QtBot, panel: QueuePanel, worker: FakeWorker
) -> None:
    _first, second = give(worker, RUNNING, WAITING)
    rect = panel.list.visualRect(panel.list.model().index(1, 0))
    with qtbot.waitSignal(panel.job_chosen) as told:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert told.args == [second.id]
    assert panel.chosen == second


def test_keys_choose_a_job_and_tell_it(qtbot: QtBot, panel: QueuePanel, worker: FakeWorker) -> None:
    jobs = give(worker, RUNNING, WAITING)
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.list.setFocus()
    panel.choose(jobs[0].id)
    with qtbot.waitSignal(panel.job_chosen) as told:
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert told.args == [jobs[1].id]


def test_a_row_that_vanishes_chooses_no_other_pictures(
    qtbot: QtBot, panel: QueuePanel, worker: FakeWorker
) -> None:
    jobs = give(worker, RUNNING, WAITING)
    panel.choose(jobs[0].id)
    with qtbot.assertNotEmitted(panel.job_chosen):
        worker.job_removed.emit(jobs[0].id)


def test_what_went_wrong_is_said_in_full_with_its_log(
    panel: QueuePanel, worker: FakeWorker
) -> None:
    sentence = "This job has ended the engine twice, so it was set aside."
    [job] = give(worker, JobState.SET_ASIDE, sentence=sentence, log="Killed\n")
    panel.choose(job.id)
    assert panel.findChild(QLabel, "job-sentence").text() == sentence
    log = panel.findChild(QPushButton, "job-log")
    assert log.isVisible()
    log.click()
    dialog = panel.window().findChild(ReportDialog)
    assert dialog.field.toPlainText() == "Killed\n"
    dialog.close()


def test_a_sound_job_has_no_log(panel: QueuePanel, worker: FakeWorker) -> None:
    [job] = give(worker, RUNNING)
    panel.choose(job.id)
    assert not panel.findChild(QPushButton, "job-log").isVisible()
    assert not panel.findChild(QLabel, "job-sentence").isVisible()


def test_the_menu_of_a_job_has_its_actions(
    panel: QueuePanel, worker: FakeWorker, actions: Actions
) -> None:
    give(worker, RUNNING)
    at = panel.list.visualRect(panel.list.model().index(0, 0)).center()
    panel.list.customContextMenuRequested.emit(at)
    menu = panel.findChild(QMenu)
    assert [actions[name] for name in JOB_BUTTONS] == menu.actions()[: len(JOB_BUTTONS)]
    menu.close()
    panel.list.customContextMenuRequested.emit(QPoint(5, 400))
    outside = panel.findChildren(QMenu)[-1]
    assert actions["job-pause"] not in outside.actions()
    outside.close()


def test_every_state_is_painted_in_both_themes(
    panel: QueuePanel, worker: FakeWorker, dressed: QApplication
) -> None:
    from ldm_desktop.core.settings import Theme
    from ldm_desktop.ui import theme

    jobs = give(worker, *JobState, sentence="It went wrong.")
    panel.choose(jobs[0].id)
    pictures = []
    for each in (Theme.LIGHT, Theme.DARK):
        theme.apply(dressed, each)
        pictures.append(panel.list.grab().toImage())
    assert pictures[0] != pictures[1]
