"""The `models` commands as children of the window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from standin import FACES, PLAN, STARTER, StandIn, progress

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session import model_process, model_tasks
from ldm_desktop.session.model_news import ModelFacts, Plan, Speed, Verified, read_facts, read_news
from ldm_desktop.session.model_tasks import (
    ModelTasks,
    Order,
    TaskState,
    TaskView,
    Verb,
    check_folder,
    models_command,
)

REPO = "CompVis/ldm-celebahq-256"
DOWNLOAD = Order(Verb.DOWNLOAD, REPO)
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
sys.path[:0] = [sys.argv[1]]
from standin import StandIn
from ldm_desktop.session.model_tasks import ModelTasks, Order, Verb
application = QCoreApplication([])
tasks = ModelTasks(StandIn(Path(sys.argv[2])))
tasks.changed.connect(lambda view: view.progress and print("running", flush=True))
tasks.begin(Order(Verb.DOWNLOAD, "a/b"))
print(next(iter(tasks._running.values())).pid, flush=True)
application.exec()
"""


@pytest.fixture
def command(tmp_path: Path) -> StandIn:
    return StandIn(tmp_path / "command")


@pytest.fixture
def tasks(qtbot: QtBot, command: StandIn) -> Iterator[ModelTasks]:
    tasks = ModelTasks(command)
    yield tasks
    tasks.close()


def end(qtbot: QtBot, tasks: ModelTasks, order: Order = DOWNLOAD) -> TaskView:
    """Run a task to its end."""
    with qtbot.waitSignal(tasks.ended) as ended:
        tasks.begin(order)
    view: TaskView = ended.args[0]
    return view


def running(qtbot: QtBot, tasks: ModelTasks, order: Order = DOWNLOAD) -> int:
    """Begin a task, wait until it tells something, and give its process."""
    tasks.begin(order)

    def tells() -> bool:
        view = tasks.view(order.about)
        return view is not None and view.progress is not None

    qtbot.waitUntil(tells)
    return tasks._running[order.about].pid


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


# --- what is told


def test_models_are_listed_with_what_is_known_of_them(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    broken = {"name": "x", "folder": "/x", "error": "x is damaged."}
    command.will("list", [{**STARTER, "folder": "/s", "invented": 1}, FACES, broken])
    with qtbot.waitSignal(tasks.listed) as listed:
        tasks.refresh()
    starter, faces, other = listed.args[0]
    assert (starter.name, starter.shipped, starter.speed) == ("landscapes", True, None)
    assert (faces.size, faces.bytes, faces.commit[:4]) == ((256, 256), 1_317_600_000, "0397")
    assert faces.speed == Speed(15.95, "cpu", "float32")
    assert other == ModelFacts("x", "/x", error="x is damaged.")


def test_a_list_asked_for_twice_at_once_is_read_again_afterwards(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    command.will("list", [FACES])
    with qtbot.waitSignals([tasks.listed, tasks.listed]):
        for _ in range(3):
            tasks.refresh()
    assert len(command.calls("list")) == 2


def test_a_list_that_fails_says_why(qtbot: QtBot, tasks: ModelTasks, command: StandIn) -> None:
    command.will("list", stderr="ldm-desktop: The folder is locked.", code=1)
    with qtbot.waitSignal(tasks.list_failed) as failed:
        tasks.refresh()
    assert failed.args == ["The folder is locked."]


def test_a_plan_tells_what_a_download_would_bring(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    command.will("plan", [{**PLAN, "there": 17_600_000}])
    with qtbot.waitSignal(tasks.planned) as planned:
        tasks.look_up(REPO, "main")
    plan: Plan = planned.args[0]
    assert (plan.repo, plan.to_go, plan.installed) == (REPO, 1_300_000_000, False)
    assert command.calls("plan") == [["--revision", "main", "--", REPO]]


@pytest.mark.parametrize(
    ("does", "sentence"),
    [
        ({"stderr": "ldm-desktop: There is no network.", "code": 1}, "There is no network."),
        ({"lines": ["null"]}, "There was no answer: try again."),
        ({"code": 9}, "It ended without saying why (exit code 9)."),
    ],
)
def test_a_plan_that_fails_says_why(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn, does: dict[str, Any], sentence: str
) -> None:
    command.will("plan", **does)
    with qtbot.waitSignal(tasks.plan_failed) as failed:
        tasks.look_up(REPO)
    assert failed.args == [sentence]


def test_of_two_plans_only_the_later_one_is_told(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    told: list[Plan] = []
    tasks.planned.connect(told.append)
    command.will("plan", [{**PLAN, "name": "early"}], wait=True)
    tasks.look_up("a/early")
    qtbot.waitUntil(lambda: len(command.calls("plan")) == 1)
    command.will("plan", [PLAN])
    with qtbot.waitSignal(tasks.planned):
        tasks.look_up(REPO)
    qtbot.waitUntil(lambda: not tasks.findChildren(model_process.ModelProcess))
    assert [plan.name for plan in told] == ["ldm-celebahq-256"]


def test_a_download_tells_how_far_it_is_until_the_model_is_there(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    views: list[TaskView] = []
    tasks.changed.connect(views.append)
    events = [
        {"event": "plan", **PLAN},
        progress(300, 1200),
        progress(2, 80, "sampling", seconds_left=None),
        {"event": "sample", "file": "/samples/seed-0.png"},
        {"event": "of a newer version", "what": 3},
        {"event": "done", "model": FACES},
    ]
    command.will("download", events)
    view = end(qtbot, tasks)
    assert view.state is TaskState.DONE
    assert view.samples == ("/samples/seed-0.png",)
    assert view.model
    assert view.model.fingerprint == FACES["fingerprint"]
    shares = [each.progress.share for each in views if each.progress]
    assert shares[0] == 0.25
    assert next(each.plan.bytes for each in views if each.plan) == PLAN["bytes"]
    assert tasks.view(REPO) == view


def test_what_is_no_event_is_passed_over(qtbot: QtBot, tasks: ModelTasks, command: StandIn) -> None:
    damaged = [
        *("a library says hello", '{"event": "progress"', "[1]", "7"),
        {"event": "progress", "stage": 3},
        {"event": "done", "model": "faces"},
        {"event": "verified", "name": "x", "ok": True, "problems": [3]},
    ]
    command.will("download", [*damaged, progress(1, 2)])
    view = end(qtbot, tasks)
    assert view.state is TaskState.DONE
    assert view.progress
    assert view.progress.share == 0.5
    assert view.model is None


def test_what_a_check_finds_is_told_although_the_command_fails(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    problem = {"file": "unet.safetensors", "what": "changed", "sentence": "unet has changed."}
    event = {"event": "verified", "name": "faces", "ok": False, "problems": [problem]}
    command.will("verify", [event], stderr="ldm-desktop: Not as it should be: faces.", code=1)
    view = end(qtbot, tasks, Order(Verb.VERIFY, "faces"))
    assert view.state is TaskState.DONE
    [found] = view.verified
    assert not found.ok
    assert found.problems[0].sentence == "unet has changed."


@pytest.mark.parametrize("seconds", [None, 0, [], ["x"], {"seconds": None}, "soon"])
def test_a_speed_that_nobody_measured_is_none(seconds: object) -> None:
    assert read_facts({**FACES, "seconds_a_picture": seconds}).speed is None


def test_what_is_not_known_has_its_default() -> None:
    facts = read_facts({"name": "x", "folder": "/x", "licence": None, "added": None, "size": None})
    assert facts == ModelFacts("x", "/x")
    news = read_news({"event": "verified", "name": "x", "ok": True, "problems": None})
    assert news == Verified("x", ok=True)


# --- how a task ends


def test_a_failure_is_the_commands_own_sentence(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    noise = "UserWarning: something of a library's\nldm-desktop: The disk is full.\n  more noise"
    command.will("download", [progress(1, 2)], stderr=noise, code=1)
    view = end(qtbot, tasks)
    assert (view.state, view.sentence) == (TaskState.FAILED, "The disk is full.")


def test_a_command_that_is_not_there_is_explained(qtbot: QtBot, tmp_path: Path) -> None:
    tasks = ModelTasks(lambda words: [str(tmp_path / "nowhere"), *words])
    with qtbot.waitSignal(tasks.ended) as ended:
        tasks.begin(DOWNLOAD)
    assert ended.args[0].state is TaskState.FAILED
    assert ended.args[0].sentence.startswith("This could not be started (")
    tasks.close()


def test_a_command_that_is_killed_from_outside_says_so(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    command.will("download", [progress(1, 2)], wait=True)
    pid = running(qtbot, tasks)
    with qtbot.waitSignal(tasks.ended) as ended:
        os.kill(pid, signal.SIGKILL)
    assert ended.args[0].state is TaskState.FAILED
    assert "ended from outside" in ended.args[0].sentence


def test_cancelling_asks_the_command_to_end_and_the_same_order_goes_on(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    command.will("download", [{"event": "plan", **PLAN}, progress(1, 2)], wait=True)
    pid = running(qtbot, tasks)
    with qtbot.waitSignal(tasks.ended) as ended:
        tasks.cancel(REPO)
        assert tasks.view(REPO).state is TaskState.STOPPING  # type: ignore[union-attr]
    assert (ended.args[0].state, ended.args[0].sentence) == (TaskState.CANCELLED, "")
    assert not is_alive(pid)
    command.will("download", [{"event": "done", "model": FACES}])
    view = end(qtbot, tasks)
    assert view.state is TaskState.DONE
    assert view.plan
    assert command.calls("download") == [["--", REPO], ["--", REPO]]


def test_a_command_that_does_not_listen_is_killed(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_process, "PATIENCE_MS", 200)
    command.will("download", [progress(1, 2)], wait=True, deaf=True)
    pid = running(qtbot, tasks)
    with qtbot.waitSignal(tasks.ended) as ended:
        tasks.cancel(REPO)
    assert ended.args[0].state is TaskState.CANCELLED
    assert not is_alive(pid)


def test_about_one_thing_only_one_task_runs_at_a_time(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    command.will("download", [progress(1, 2)], wait=True)
    running(qtbot, tasks)
    tasks.begin(Order(Verb.DOWNLOAD, REPO, half=True))
    running(qtbot, tasks, Order(Verb.DOWNLOAD, "a/b", "main", half=True))
    calls = command.calls("download")
    assert calls == [["--", REPO], ["--revision", "main", "--half", "--", "a/b"]]
    assert [view.about for view in tasks.views] == [REPO, "a/b"]


def test_only_what_has_ended_can_be_dismissed(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn
) -> None:
    command.will("download", [progress(1, 2)], wait=True)
    running(qtbot, tasks)
    tasks.dismiss(REPO)
    assert tasks.view(REPO)
    with qtbot.waitSignal(tasks.ended):
        tasks.cancel(REPO)
    with qtbot.waitSignal(tasks.dismissed):
        tasks.dismiss(REPO)
    assert tasks.views == ()


@pytest.mark.parametrize("deaf", [False, True])
def test_closing_ends_everything_and_nothing_begins_after_it(
    qtbot: QtBot, tasks: ModelTasks, command: StandIn, monkeypatch: pytest.MonkeyPatch, deaf: bool
) -> None:
    monkeypatch.setattr(model_tasks, "LAST_PATIENCE_MS", 500)
    for verb in ("download", "list"):
        command.will(verb, [progress(1, 2)], wait=True, deaf=deaf)
    pids = [running(qtbot, tasks), running(qtbot, tasks, Order(Verb.DOWNLOAD, "a/b"))]
    tasks.refresh()
    qtbot.waitUntil(lambda: bool(command.calls("list")))
    pids.append(tasks._questions["list"].pid)
    tasks.close()
    assert not any(is_alive(pid) for pid in pids)
    tasks.refresh()
    tasks.begin(DOWNLOAD)
    assert len(command.calls("list")) == 1
    assert len(command.calls("download")) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_a_window_that_is_killed_leaves_no_child_behind(
    qtbot: QtBot, command: StandIn, tmp_path: Path
) -> None:
    command.will("download", [progress(1, 2)], wait=True, leashed=True)
    here = Path(__file__).resolve().parents[1]
    arguments = [sys.executable, "-c", WINDOW, str(here), str(tmp_path / "command")]
    window = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=here.parent)
    assert window.stdout
    with window.stdout as said:
        pid = int(said.readline())
        assert said.readline() == "running\n"
        assert is_alive(pid)
        window.kill()
        window.wait()
    qtbot.waitUntil(lambda: not is_alive(pid))


# --- orders


def test_the_command_line_is_this_program_with_the_place_of_the_models() -> None:
    order = Order(Verb.REMOVE, "-faces", for_good=True)
    line = models_command(["--data-dir", "/data"], order.words)
    assert line[:4] == [sys.executable, "-m", "ldm_desktop", "models"]
    rest = ["--data-dir", "/data", "--for-good", "--", "-faces"]
    assert line[4:] == ["remove", "--json", "--leashed", *rest]


def test_a_folder_without_a_model_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no model_index"):
        check_folder(tmp_path)
    (tmp_path / "model_index.json").write_text("{}")
    check_folder(tmp_path)
