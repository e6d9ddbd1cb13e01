"""Models that come and go: the shelf, the controls and waiting pictures hear of it."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samples import picture_of, recipe_of
from standin import FACES, STARTER, StandIn
from windows import make_session

from ldm_desktop.core import codec
from ldm_desktop.core.recipe import ModelRef, Recipe
from ldm_desktop.gallery import files
from ldm_desktop.session.model_tasks import Order, Verb
from ldm_desktop.session.session import Session
from ldm_desktop.session.wanted import Wanted, repository_in, wanted_by

MARK = FACES["fingerprint"]
REPO = "CompVis/ldm-celebahq-256"
COMMIT = FACES["commit"]


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    session = make_session(tmp_path)
    session.tasks._command = StandIn(tmp_path / "command")
    yield session
    session.shut_down()


@pytest.fixture
def command(session: Session) -> StandIn:
    command = session.tasks._command
    assert isinstance(command, StandIn)
    command.will("list", [STARTER | {"folder": session.shelf.usual}])
    return command


def lost(source: str = f"{REPO}@{COMMIT}", fingerprint: str = MARK) -> Recipe:
    """Give a recipe whose model is not here."""
    return dataclasses.replace(recipe_of(77), model=ModelRef(fingerprint, "faces", source))


def put(session: Session, name: str = "faces") -> str:
    folder = Path(session.shelf.folder, name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model_index.json").write_text("{}")
    return str(folder)


def come(qtbot: QtBot, session: Session, command: StandIn, **facts: Any) -> str:
    """Let a model be downloaded, and give its folder."""
    folder = put(session)
    model = {**FACES, "name": "faces", "folder": folder, **facts}
    command.will("download", [{"event": "done", "model": model}])
    with qtbot.waitSignal(session.tasks.listed):
        session.tasks.begin(Order(Verb.DOWNLOAD, REPO))
    return folder


@pytest.mark.parametrize(
    ("source", "repository", "revision"),
    [
        (REPO, REPO, ""),
        (f"{REPO}@{COMMIT}", REPO, COMMIT),
        (f"{REPO}@refs/pr/3", REPO, "refs/pr/3"),
    ],
)
def test_a_recipe_from_the_hub_says_where_its_model_is(
    source: str, repository: str, revision: str
) -> None:
    wanted = wanted_by(lost(source))
    assert wanted
    assert (wanted.repository, wanted.revision) == (repository, revision)
    assert wanted.fingerprint == MARK


@pytest.mark.parametrize(
    "source",
    [
        "",
        "resources",
        "/models/faces",
        "../a/b",
        "a/b/c",
        "-a/b",
        "https://hub/a/b",
        "a/b@",
        "a b/c",
    ],
)
def test_what_is_no_repository_is_not_offered(source: str) -> None:
    assert wanted_by(lost(source)) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (" a/b ", ("a/b", "")),
        ("https://huggingface.co/a/b", ("a/b", "")),
        ("huggingface.co/a/b/tree/main", ("a/b", "main")),
        ("hf.co/a/b/", ("a/b", "")),
        ("a/b@v1", ("a/b", "v1")),
        ("https://elsewhere.example/a/b", ("", "")),
        ("faces", ("", "")),
    ],
)
def test_a_repository_is_found_in_what_was_pasted(typed: str, found: tuple[str, str]) -> None:
    assert repository_in(typed) == found


def test_a_picture_of_a_missing_model_says_where_it_can_be_had(
    qtbot: QtBot, session: Session
) -> None:
    notices: list[str] = []
    session.notice.connect(notices.append)
    with qtbot.waitSignal(session.restoring.missing) as missing:
        session.restoring.restore(codec.canonical(lost()))
    sentence, wanted = missing.args
    assert f"from {REPO}" in sentence
    assert wanted == Wanted(REPO, COMMIT, lost())
    assert notices == []
    assert session.controls.choices.seed == 77


def test_a_picture_of_a_model_from_nowhere_is_only_explained(
    qtbot: QtBot, session: Session
) -> None:
    with qtbot.waitSignal(session.notice) as notice:
        session.restoring.restore(codec.canonical(lost("resources")))
    assert "put its folder into" in notice.args[0]


def test_what_came_is_offered_at_once(qtbot: QtBot, session: Session, command: StandIn) -> None:
    with qtbot.waitSignal(session.arrivals.came) as came:
        folder = come(qtbot, session, command)
    assert came.args[0].folder == folder
    assert folder in [entry.folder for entry in session.shelf.entries]


def test_the_first_model_that_comes_is_chosen(
    qtbot: QtBot, session: Session, command: StandIn, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setattr("ldm_desktop.core.model_folders.resources", lambda: tmp_path / "none")
    session.shelf.look()
    session.controls.change(model="")
    folder = come(qtbot, session, command)
    assert session.controls.choices.model == folder


def test_a_picture_that_waited_for_its_model_gets_its_settings_back(
    qtbot: QtBot, session: Session, command: StandIn
) -> None:
    came: list[object] = []
    session.arrivals.came.connect(came.append)
    session.arrivals.ask(Wanted(REPO, COMMIT, lost()))
    with qtbot.waitSignal(session.restoring.restored):
        folder = come(qtbot, session, command)
    choices = session.controls.choices
    assert (choices.seed, choices.model) == (77, folder)
    assert came == []


def test_another_version_than_the_one_waited_for_is_called_so(
    qtbot: QtBot, session: Session, command: StandIn
) -> None:
    session.arrivals.ask(Wanted(REPO, COMMIT, lost()))
    before = session.controls.choices
    with qtbot.waitSignal(session.notice) as notice, qtbot.waitSignal(session.arrivals.came):
        come(qtbot, session, command, fingerprint="ee" * 32)
    [sentence] = notice.args
    assert "another version (eeeeeeee…)" in sentence
    assert session.controls.choices == before
    assert session.arrivals.wanted_from(REPO) is None


def test_a_model_that_comes_another_way_is_recognised_too(
    qtbot: QtBot, session: Session, command: StandIn
) -> None:
    session.arrivals.ask(Wanted("else/where", "", lost()))
    with qtbot.waitSignal(session.restoring.restored):
        come(qtbot, session, command)
    assert session.arrivals.wanted_from("else/where") is None


def test_what_fails_is_told_and_still_waited_for(
    qtbot: QtBot, session: Session, command: StandIn
) -> None:
    session.arrivals.ask(Wanted(REPO, COMMIT, lost()))
    command.will("download", stderr="ldm-desktop: No network.", code=1)
    with qtbot.waitSignal(session.arrivals.failed) as failed:
        session.tasks.begin(Order(Verb.DOWNLOAD, REPO))
    assert failed.args[0].sentence == "No network."
    assert session.arrivals.wanted_from(REPO)


def test_when_the_model_in_use_is_removed_the_starter_takes_its_place(
    qtbot: QtBot, session: Session, command: StandIn
) -> None:
    folder = put(session)
    session.shelf.look()
    session.controls.change(model=folder)
    shutil.rmtree(folder)
    with qtbot.waitSignal(session.tasks.ended):
        session.tasks.begin(Order(Verb.REMOVE, "faces"))
    assert session.controls.choices.model == session.shelf.usual
    assert "faces" not in [entry.name for entry in session.shelf.entries]
    assert session.tasks.view("faces") is None


def test_the_settings_of_a_picture_on_screen_tell_of_its_missing_model(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    session.stage.show_file(files.save_as(picture_of(lost()), tmp_path / "picture.png"))
    qtbot.waitUntil(lambda: session.stage.shown is not None)
    with qtbot.waitSignal(session.restoring.missing) as missing:
        session.restoring.use_settings()
    assert missing.args[1].repository == REPO
    assert session.controls.choices.seed == 77


def test_the_commands_are_told_which_folders_the_settings_name(
    session: Session, tmp_path: Path
) -> None:
    usual = ["--data-dir", str(tmp_path)]
    assert session._place() == usual
    session.settings.change(models=str(tmp_path / "other"))
    assert session._place() == [*usual, "--models", str(tmp_path / "other")]
