"""The models as a list."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from standin import FACES, PLAN, STARTER, StandIn, progress

from ldm_desktop.core import paths
from ldm_desktop.core.model_folders import STARTER as STARTERS_NAME
from ldm_desktop.core.recipe import Precision
from ldm_desktop.session.model_list import ModelList, ModelRow, Role
from ldm_desktop.session.model_tasks import ModelTasks, Order, Verb
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.worker.work import Pace

DOWNLOAD = Order(Verb.DOWNLOAD, "someone/flowers")


@pytest.fixture
def command(tmp_path: Path) -> StandIn:
    return StandIn(tmp_path / "command")


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    """Give a shelf with the starter and one more model."""
    put(tmp_path, "faces")
    return ModelShelf(paths.folders(tmp_path))


@pytest.fixture
def tasks(qtbot: QtBot, command: StandIn) -> Iterator[ModelTasks]:
    tasks = ModelTasks(command)
    yield tasks
    tasks.close()


@pytest.fixture
def model(shelf: ModelShelf, tasks: ModelTasks) -> ModelList:
    model = ModelList(shelf, tasks)
    # A model that lies to its views fails the test at once.
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def put(data: Path, name: str) -> Path:
    """Put something like a model on the shelf."""
    folder = data / "models" / name
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text("{}")
    return folder


def told(qtbot: QtBot, model: ModelList, tasks: ModelTasks, command: StandIn, **faces: Any) -> None:
    """Let the command tell of the models."""
    starter, other = model.rows[0].folder, model.rows[1].folder
    facts = {**FACES, "name": "faces", "folder": other, **faces}
    command.will("list", [{**STARTER, "folder": starter}, facts])
    with qtbot.waitSignal(tasks.listed):
        model.refresh()


def names(model: ModelList) -> list[str]:
    return [row.name for row in model.rows]


def details(model: ModelList) -> list[str]:
    return [model.data(model.index(row), Role.DETAIL) for row in range(model.rowCount())]


def test_the_models_on_the_shelf_are_there_at_once_and_described_when_they_are_known(
    qtbot: QtBot, model: ModelList, tasks: ModelTasks, command: StandIn
) -> None:
    assert names(model) == [STARTERS_NAME, "faces"]
    assert details(model) == ["", ""]
    told(qtbot, model, tasks, command)
    assert details(model) == ["128 × 128 · 26.4 MB", "256 × 256 · 1.3 GB"]
    aloud = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert aloud == "faces: 256 × 256 · 1.3 GB"


def test_what_is_wrong_with_a_model_is_said_first(
    qtbot: QtBot, model: ModelList, tasks: ModelTasks, command: StandIn
) -> None:
    told(qtbot, model, tasks, command, error="faces is damaged.")
    assert details(model)[1] == "Cannot be used"
    told(qtbot, model, tasks, command, state="changed")
    assert details(model)[1] == "Changed · 256 × 256 · 1.3 GB"


def test_models_come_and_go_with_the_shelf(
    qtbot: QtBot, model: ModelList, shelf: ModelShelf, tmp_path: Path
) -> None:
    put(tmp_path, "clouds")
    shelf.look()
    assert names(model) == [STARTERS_NAME, "clouds", "faces"]
    shutil.rmtree(tmp_path / "models" / "faces")
    shelf.look()
    assert names(model) == [STARTERS_NAME, "clouds"]


def test_what_is_coming_stands_below_until_it_is_here(
    qtbot: QtBot, model: ModelList, tasks: ModelTasks, shelf: ModelShelf, command: StandIn,
    tmp_path: Path,
) -> None:  # fmt: skip
    plan = {"event": "plan", **PLAN, "name": "flowers", "repo": "someone/flowers"}
    command.will("download", [plan, progress(500, 1000)], wait=True)
    tasks.begin(DOWNLOAD)
    assert details(model)[-1] == "Starting"
    qtbot.waitUntil(lambda: details(model)[-1] == "Downloading · 50 %")
    assert names(model) == [STARTERS_NAME, "faces", "flowers"]
    assert model.data(model.index(2), Role.SHARE) == 0.5
    with qtbot.waitSignal(tasks.ended):
        tasks.cancel("someone/flowers")
    assert details(model)[-1] == "Stopped"
    put(tmp_path, "flowers")
    command.will("download", [plan, {"event": "done", "model": {**FACES, "name": "flowers"}}])
    with qtbot.waitSignal(tasks.ended):
        tasks.begin(DOWNLOAD)
    shelf.look()
    assert names(model) == [STARTERS_NAME, "faces", "flowers"]
    assert model.rows[2].folder


def test_what_has_failed_stays_until_it_is_dismissed(
    qtbot: QtBot, model: ModelList, tasks: ModelTasks, command: StandIn
) -> None:
    command.will("download", stderr="ldm-desktop: No network.", code=1)
    with qtbot.waitSignal(tasks.ended):
        tasks.begin(DOWNLOAD)
    assert details(model)[-1] == "Could not be brought in"
    tasks.dismiss("someone/flowers")
    assert names(model) == [STARTERS_NAME, "faces"]


def test_what_is_done_with_a_model_is_seen_in_its_row(
    qtbot: QtBot, model: ModelList, tasks: ModelTasks, command: StandIn
) -> None:
    changed: list[ModelRow] = []
    model.row_changed.connect(changed.append)
    command.will("verify", [progress(3, 4, "checking")], wait=True)
    tasks.begin(Order(Verb.VERIFY, "faces"))
    qtbot.waitUntil(lambda: details(model)[1] == "Checking · 75 %")
    assert model.rows[1].busy
    assert {row.name for row in changed} == {"faces"}


def test_a_model_without_samples_has_the_speed_that_was_measured_at_work(
    qtbot: QtBot, model: ModelList, tasks: ModelTasks, command: StandIn
) -> None:
    told(qtbot, model, tasks, command, seconds_a_picture=None)
    mark = FACES["fingerprint"]
    paces = [
        Pace(mark, Precision.EXACT, (256, 256), 0.4, 1.0),
        Pace(mark, Precision.FAST, (256, 256), 0.2, 1.0),
        Pace(mark, Precision.FAST, (64, 64), 0.001, 0.0),
        Pace("00" * 32, Precision.FAST, (256, 256), 0.001, 0.0),
    ]
    model.set_paces(paces)
    facts = model.rows[1].facts
    assert facts
    assert facts.speed
    assert facts.speed.seconds == pytest.approx(5.0)


def test_trouble_with_the_list_is_told_and_goes(
    qtbot: QtBot, model: ModelList, tasks: ModelTasks, command: StandIn
) -> None:
    command.will("list", stderr="ldm-desktop: Locked.", code=1)
    with qtbot.waitSignal(model.trouble_changed) as trouble:
        model.refresh()
    assert trouble.args == ["Locked."]
    told(qtbot, model, tasks, command)
    assert model.trouble == ""


def test_rows_are_found_by_their_keys(model: ModelList) -> None:
    row = model.rows[1]
    assert model.row(row.key) == row
    assert model.index_of(row.key).row() == 1
    assert model.row("nobody") is None
    assert not model.index_of("nobody").isValid()
    assert model.data(QModelIndex()) is None
    assert b"row" in model.roleNames().values()
