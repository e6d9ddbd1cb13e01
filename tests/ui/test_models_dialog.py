"""The models dialog: what there is, what comes in, and where more can be had."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from samples import recipe_of
from shiboken6 import isValid
from standin import FACES, PLAN, STARTER, StandIn, progress
from windows import make_session

from ldm_desktop.core import codec
from ldm_desktop.core.recipe import ModelRef
from ldm_desktop.core.settings import Theme
from ldm_desktop.session.model_tasks import Order, Verb
from ldm_desktop.session.session import Session
from ldm_desktop.session.wanted import Wanted
from ldm_desktop.ui import theme
from ldm_desktop.ui.models_dialog import ModelsDialog
from ldm_desktop.ui.notices import NoticeBar
from ldm_desktop.ui.samples import SampleTiles
from ldm_desktop.ui.window import MainWindow

REPO = "CompVis/ldm-celebahq-256"
MARK = FACES["fingerprint"]
RECIPE = dataclasses.replace(recipe_of(77), model=ModelRef(MARK, "portraits", REPO))
INTERACTIVE = (QAbstractButton, QLineEdit, QListView)


@pytest.fixture
def session(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Session]:
    put(tmp_path, "faces")
    session = make_session(tmp_path)
    session.tasks._command = StandIn(tmp_path / "command")
    yield session
    session.shut_down()


@pytest.fixture
def command(session: Session) -> StandIn:
    """Give what answers for the `models` commands: two models, and one on the Hub."""
    command = session.tasks._command
    assert isinstance(command, StandIn)
    tell(session, command)
    command.will("plan", [PLAN])
    return command


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, command: StandIn) -> Iterator[ModelsDialog]:
    dialog = ModelsDialog(session)
    with qtbot.waitSignal(session.tasks.listed):
        dialog.show()
    yield dialog
    if isValid(dialog):
        dialog.close()


def put(data: Path, name: str) -> Path:
    folder = data / "models" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model_index.json").write_text("{}")
    return folder


def tell(session: Session, command: StandIn, **faces: Any) -> None:
    """Let the command tell of the models from now on."""
    facts = {**FACES, "name": "faces", "folder": folder_of(session), **faces}
    command.will("list", [{**STARTER, "folder": session.shelf.usual}, facts])


def folder_of(session: Session, name: str = "faces") -> str:
    return str(Path(session.shelf.folder, name))


def button(dialog: QWidget, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found, name
    return found


def text(dialog: QWidget, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    assert label, name
    return label.text() if label.isVisible() else ""


def choose_faces(dialog: ModelsDialog, session: Session) -> None:
    dialog.choose(folder_of(session))


# --- a model is described


def test_the_model_in_use_is_described_when_the_dialog_opens(
    dialog: ModelsDialog, session: Session
) -> None:
    assert text(dialog, "model-title") == "landscapes"
    assert text(dialog, "model-about") == "Makes pictures of 128 × 128 pixels."
    assert text(dialog, "model-facts-source") == "Comes with LDM Desktop"
    assert button(dialog, "model-use").text() == "In use"
    assert not button(dialog, "model-use").isEnabled()
    assert dialog.list.hasFocus()


def test_a_model_is_described_to_the_artist(dialog: ModelsDialog, session: Session) -> None:
    choose_faces(dialog, session)
    assert text(dialog, "model-about") == "Makes pictures of 256 × 256 pixels, in 16 s each."
    assert text(dialog, "model-facts-speed") == "16 s a picture of 20 steps · CPU fp32"
    assert text(dialog, "model-facts-bytes") == "1.3 GB"
    assert text(dialog, "model-facts-licence") == "apache-2.0"
    assert text(dialog, "model-facts-source") == f"{REPO}, version 03978f2227"
    assert "2026" in text(dialog, "model-facts-added") or "26" in text(dialog, "model-facts-added")
    assert text(dialog, "model-facts-fingerprint") == MARK[:16]
    assert text(dialog, "model-facts-checked") == ""
    assert text(dialog, "model-facts-state") == "Complete; Verify compares every byte"


def test_the_sample_pictures_are_shown(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn, tmp_path: Path
) -> None:
    files = [str(tmp_path / f"seed-{number}.png") for number in range(4)]
    for file in files:
        image = QImage(32, 32, QImage.Format.Format_RGB888)
        image.fill(0xFFFF0000)
        assert image.save(file)
    tell(session, command, samples=files)
    session.models.refresh()
    choose_faces(dialog, session)
    tiles = dialog.page.findChild(SampleTiles)

    def red_tiles() -> int:
        image = tiles.grab().toImage()
        sides = [(number * 2 + 1) * image.width() // 8 for number in range(4)]
        return sum(image.pixelColor(x, image.height() // 2).red() > 200 for x in sides)

    qtbot.waitUntil(lambda: red_tiles() == 4)
    assert tiles.accessibleName() == "Sample pictures: 4"
    assert "drafted on this machine" in text(dialog, "model-caption")


def test_the_starter_shows_the_pictures_that_it_comes_with(
    qtbot: QtBot, dialog: ModelsDialog
) -> None:
    tiles = dialog.page.findChild(SampleTiles)

    def seen() -> str:
        return tiles.grab().toImage().pixelColor(20, 20).name()

    qtbot.waitUntil(lambda: seen() != theme.current().line)
    assert text(dialog, "model-caption") == "What it makes: seeds 0 to 3."


def test_a_model_is_used_by_its_button_and_by_return(
    qtbot: QtBot, dialog: ModelsDialog, session: Session
) -> None:
    choose_faces(dialog, session)
    button(dialog, "model-use").click()
    assert session.controls.choices.model == folder_of(session)
    assert button(dialog, "model-use").text() == "In use"
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert session.controls.choices.model == session.shelf.usual
    assert dialog.isVisible()


def test_a_broken_model_says_what_is_wrong_and_can_be_removed_but_not_used(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    tell(session, command, error="unet/config.json is damaged.")
    with qtbot.waitSignal(session.tasks.listed):
        session.models.refresh()
    choose_faces(dialog, session)
    assert text(dialog, "model-trouble") == "unet/config.json is damaged."
    assert not button(dialog, "model-use").isEnabled()
    assert button(dialog, "model-remove").isEnabled()
    dialog.list.activated.emit(dialog.list.currentIndex())
    assert session.controls.choices.model == session.shelf.usual


def test_a_models_folder_is_shown_in_the_file_manager(
    dialog: ModelsDialog, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    choose_faces(dialog, session)
    button(dialog, "model-reveal").click()
    assert opened == [folder_of(session)]


# --- it is checked and removed


def test_verifying_shows_how_far_it_is_and_can_be_cancelled(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    command.will("verify", [progress(300_000_000, 1_200_000_000, "checking")], wait=True)
    choose_faces(dialog, session)
    button(dialog, "model-verify").click()
    qtbot.waitUntil(lambda: text(dialog, "model-amount") == "300.0 MB of 1.2 GB · 74 s left")
    assert text(dialog, "model-stage") == "Checking"
    assert not button(dialog, "model-remove").isEnabled()
    with qtbot.waitSignal(session.tasks.ended):
        button(dialog, "model-cancel").click()
    assert button(dialog, "model-verify").isEnabled()
    assert not button(dialog, "model-cancel").isVisible()
    assert text(dialog, "model-outcome") == ""


@pytest.mark.parametrize(
    ("event", "trouble", "outcome"),
    [
        ({"ok": True}, "", "every file is as it came in"),
        ({"ok": True, "state": "unrecorded"}, "", "nothing was recorded"),
        (
            {"ok": False, "problems": [{"file": "u", "what": "changed", "sentence": "u differs."}]},
            "u differs.",
            "",
        ),
    ],
)
def test_what_a_check_has_found_is_said_in_place(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn,
    event: dict[str, Any], trouble: str, outcome: str,
) -> None:  # fmt: skip
    command.will("verify", [{"event": "verified", "name": "faces", **event}])
    tell(session, command, state=event.get("state", "recorded"))
    with qtbot.waitSignal(session.tasks.listed):
        session.models.refresh()
    choose_faces(dialog, session)
    with qtbot.waitSignal(session.tasks.ended):
        button(dialog, "model-verify").click()
    assert text(dialog, "model-trouble") == trouble
    assert outcome in text(dialog, "model-outcome")


def test_of_many_problems_some_are_named_and_the_rest_counted(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    problems = [{"file": f"file-{number}", "what": "changed"} for number in range(40)]
    event = {"event": "verified", "name": "faces", "ok": False, "problems": problems}
    command.will("verify", [event], code=1)
    choose_faces(dialog, session)
    with qtbot.waitSignal(session.tasks.ended):
        button(dialog, "model-verify").click()
    lines = text(dialog, "model-trouble").splitlines()
    assert (len(lines), lines[0]) == (7, "file-0: changed")
    assert "34" in lines[-1]


def test_removing_asks_once_with_the_safe_answer_first(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    choose_faces(dialog, session)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert f"can be had again from {REPO}" in text(dialog, "model-question")
    qtbot.waitUntil(lambda: button(dialog, "model-keep").hasFocus())
    button(dialog, "model-keep").click()
    assert command.calls("remove") == []
    button(dialog, "model-remove").click()
    shutil.rmtree(folder_of(session))
    with qtbot.waitSignal(session.tasks.ended):
        button(dialog, "model-remove-really").click()
    assert command.calls("remove") == [["--", "faces"]]
    assert [row.name for row in session.models.rows] == ["landscapes"]
    assert text(dialog, "model-title") == "landscapes"


def test_where_there_is_no_trash_it_is_asked_once_more(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    command.will("remove", stderr="ldm-desktop: There is no trash.", code=1)
    choose_faces(dialog, session)
    button(dialog, "model-remove").click()
    with qtbot.waitSignal(session.tasks.ended):
        button(dialog, "model-remove-really").click()
    assert "for good?" in text(dialog, "model-question")
    button(dialog, "model-keep").click()
    with qtbot.waitSignal(session.tasks.listed):
        session.models.refresh()
    assert text(dialog, "model-question") == ""
    button(dialog, "model-remove").click()
    for _ in range(2):
        with qtbot.waitSignal(session.tasks.ended):
            button(dialog, "model-remove-really").click()
    assert command.calls("remove")[-1] == ["--for-good", "--", "faces"]


def test_the_starter_cannot_be_removed(qtbot: QtBot, dialog: ModelsDialog) -> None:
    remove = button(dialog, "model-remove")
    assert not remove.isEnabled()
    assert "cannot be removed" in remove.accessibleDescription()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert text(dialog, "model-question") == ""


# --- more of them


def look_up(qtbot: QtBot, dialog: ModelsDialog, typed: str = REPO) -> None:
    button(dialog, "models-from-hub").click()
    field = dialog.findChild(QLineEdit, "hub-repository")
    field.setText("")
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_hub_is_asked_and_what_it_has_is_shown_before_the_first_byte(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    look_up(qtbot, dialog, f"https://huggingface.co/{REPO}")
    qtbot.waitUntil(lambda: text(dialog, "hub-facts-name") == "ldm-celebahq-256")
    assert text(dialog, "hub-facts-bytes") == "1.3 GB"
    assert text(dialog, "hub-facts-free") == "45.0 GB"
    assert text(dialog, "hub-facts-there") == ""
    assert text(dialog, "hub-licence-note") == PLAN["licence_note"]
    assert button(dialog, "hub-download").text() == "Download 1.3 GB"
    qtbot.waitUntil(lambda: button(dialog, "hub-download").hasFocus())
    assert command.calls("plan") == [["--", REPO]]
    assert command.calls("download") == []


@pytest.mark.parametrize(
    ("plan", "says", "possible"),
    [
        ({"there": 17_600_000}, "Continue: 1.3 GB to go", True),
        ({"installed": True}, "It is here already", False),
        ({"free": 1_000_000_000}, "Download 1.3 GB", False),
        ({"free": 2_000_000_000}, "Download 1.3 GB", False),
    ],
)
def test_the_button_says_what_there_is_to_do(
    qtbot: QtBot, dialog: ModelsDialog, command: StandIn, plan: dict[str, Any], says: str,
    possible: bool,
) -> None:  # fmt: skip
    command.will("plan", [{**PLAN, **plan}])
    look_up(qtbot, dialog)
    qtbot.waitUntil(lambda: button(dialog, "hub-download").text() == says)
    assert button(dialog, "hub-download").isEnabled() is possible
    assert ("not enough room" in text(dialog, "hub-trouble")) == ("free" in plan)


@pytest.mark.parametrize("typed", ["", "faces", "https://elsewhere.example/a/b", "-x/y"])
def test_what_is_no_name_on_the_hub_is_said_without_asking(
    qtbot: QtBot, dialog: ModelsDialog, command: StandIn, typed: str
) -> None:
    look_up(qtbot, dialog, typed)
    assert "Give the name of a model" in text(dialog, "hub-trouble")
    assert command.calls("plan") == []


def test_why_there_is_no_plan_is_said_in_place_until_the_name_is_changed(
    qtbot: QtBot, dialog: ModelsDialog, command: StandIn
) -> None:
    command.will("plan", stderr="ldm-desktop: There is no such model.", code=1)
    look_up(qtbot, dialog)
    qtbot.waitUntil(lambda: text(dialog, "hub-trouble") == "There is no such model.")
    assert button(dialog, "hub-look-up").isEnabled()
    qtbot.keyClicks(dialog.findChild(QLineEdit, "hub-repository"), "x")
    assert text(dialog, "hub-trouble") == ""


def test_a_download_is_followed_stopped_and_gone_on_with(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    plan = {"event": "plan", **PLAN}
    command.will("download", [plan, progress(552_000_000, 1_317_600_000)], wait=True)
    look_up(qtbot, dialog)
    qtbot.waitUntil(lambda: button(dialog, "hub-download").isVisible())
    dialog.findChild(QCheckBox, "hub-half").click()
    button(dialog, "hub-download").click()
    amount = "552.0 MB of 1.3 GB · 74 s left"
    qtbot.waitUntil(lambda: text(dialog, "arrival-amount") == amount)
    assert text(dialog, "arrival-title") == "ldm-celebahq-256"
    with qtbot.waitSignal(session.tasks.ended):
        button(dialog, "arrival-cancel").click()
    assert "552.0 MB of 1.3 GB have come" in text(dialog, "arrival-outcome")
    command.will("download", stderr="ldm-desktop: The network has gone.", code=1)
    with qtbot.waitSignal(session.tasks.ended):
        button(dialog, "arrival-continue").click()
    assert text(dialog, "arrival-trouble") == "The network has gone."
    assert button(dialog, "arrival-continue").text() == "Try again"
    facts = {**FACES, "folder": str(put(Path(session.shelf.folder).parent, FACES["name"]))}
    command.will("download", [plan, {"event": "done", "model": facts}])
    with qtbot.waitSignal(session.tasks.ended):
        button(dialog, "arrival-continue").click()
    assert text(dialog, "model-title") == "ldm-celebahq-256"
    words = ["--revision", PLAN["commit"], "--half", "--", REPO]
    assert command.calls("download") == [words] * 3


def test_what_has_failed_can_be_dismissed(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    command.will("download", stderr="ldm-desktop: No network.", code=1)
    with qtbot.waitSignal(session.tasks.ended):
        session.tasks.begin(Order(Verb.DOWNLOAD, "a/b"))
    dialog.choose("a/b")
    button(dialog, "arrival-dismiss").click()
    assert session.models.row("a/b") is None
    assert text(dialog, "model-title")


def test_somebody_who_looks_at_another_model_is_left_alone(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    facts = {**FACES, "folder": str(put(Path(session.shelf.folder).parent, "lakes"))}
    command.will("download", [{"event": "done", "model": facts}])
    choose_faces(dialog, session)
    with qtbot.waitSignal(session.tasks.ended):
        session.tasks.begin(Order(Verb.DOWNLOAD, "a/lakes"))
    assert text(dialog, "model-title") == "faces"


def test_a_folder_is_dropped_or_looked_for(
    qtbot: QtBot, dialog: ModelsDialog, command: StandIn, tmp_path: Path
) -> None:
    command.will("add", wait=True)
    folders = [put(tmp_path / "elsewhere", name) for name in ("one", "two")]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folders[0] / "model_index.json"))])
    keys = Qt.KeyboardModifier.NoModifier
    action, mouse = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    dialog.dropEvent(QDropEvent(QPointF(5, 5), action, data, mouse, keys))
    button(dialog, "models-from-folder").click()
    dialog.findChild(QFileDialog, "file-dialog").fileSelected.emit(str(folders[1]))
    qtbot.waitUntil(lambda: len(command.calls("add")) == 2)
    assert sorted(command.calls("add")) == [["--", str(folder)] for folder in folders]
    assert text(dialog, "arrival-title") == "two"


def test_a_folder_that_is_no_model_is_refused_in_place(
    dialog: ModelsDialog, command: StandIn, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    dialog.add(tmp_path / "photos")
    assert "photos is not the folder of a model" in text(dialog, "models-trouble")
    assert command.calls("add") == []


def test_without_any_model_the_way_to_get_one_is_shown(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ldm_desktop.core.model_folders.resources", lambda: tmp_path / "none")
    shutil.rmtree(tmp_path / "models")
    session.shelf.look()
    dialog = ModelsDialog(session)
    dialog.show()
    assert text(dialog, "hub-title")
    button(dialog, "hub-reference").click()
    qtbot.waitUntil(lambda: session.tasks._command.calls("plan") == [["--", REPO]])
    dialog.close()


# --- in the window


@pytest.fixture
def window(qtbot: QtBot, session: Session, command: StandIn, tmp_path: Path) -> MainWindow:
    window = MainWindow(tmp_path / "window.ini")
    window.furnish(session)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    session.start()
    return window


def test_a_key_and_the_button_beside_the_model_open_the_dialog_once(
    qtbot: QtBot, window: MainWindow
) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_M, keys)
    [dialog] = window.findChildren(ModelsDialog)
    window.inside.controls.findChild(QAbstractButton, "models").click()
    assert window.findChildren(ModelsDialog) == [dialog]
    dialog.close()


def test_what_goes_on_is_seen_in_the_window_when_the_dialog_is_closed(
    qtbot: QtBot, window: MainWindow, session: Session, command: StandIn
) -> None:
    state = button(window, "models-state")
    assert not state.isVisible()
    command.will("download", [{"event": "plan", **PLAN}, progress(1, 4)], wait=True)
    window.inside.actions["models"].trigger()
    [dialog] = window.findChildren(ModelsDialog)
    session.tasks.begin(Order(Verb.DOWNLOAD, REPO))
    dialog.close()
    qtbot.waitUntil(lambda: state.text() == "Downloading ldm-celebahq-256 · 25 % · 74 s left")
    qtbot.waitUntil(lambda: not isValid(dialog))
    state.click()
    [dialog] = window.findChildren(ModelsDialog)
    assert text(dialog, "arrival-title") == "ldm-celebahq-256"
    dialog.close()
    with qtbot.waitSignal(session.tasks.ended):
        session.tasks.cancel(REPO)
    assert not state.isVisible()


def test_a_closed_dialog_hears_nothing_more(
    qtbot: QtBot, window: MainWindow, session: Session, command: StandIn
) -> None:
    command.will("download", [{"event": "plan", **PLAN}, progress(1, 4)], wait=True)
    window.inside.actions["models"].trigger()
    [dialog] = window.findChildren(ModelsDialog)
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    session.controls.change(seed=99)
    # A row comes and goes; an exception in a slot fails the test.
    session.tasks.begin(Order(Verb.DOWNLOAD, REPO))
    with qtbot.waitSignal(session.tasks.ended):
        session.tasks.cancel(REPO)
    session.tasks.dismiss(REPO)
    assert REPO not in [row.key for row in session.models.rows]


def test_a_model_that_has_come_can_be_used_from_its_notice(
    qtbot: QtBot, window: MainWindow, session: Session, command: StandIn
) -> None:
    facts = {**FACES, "folder": folder_of(session)}
    command.will("download", [{"event": "done", "model": facts}])
    with qtbot.waitSignal(session.arrivals.came):
        session.tasks.begin(Order(Verb.DOWNLOAD, REPO))
    [notice] = window.inside.notices.shown
    assert notice.sentence.startswith("ldm-celebahq-256 is here")
    window.findChild(NoticeBar).findChild(QPushButton, "notice-button").click()
    assert session.controls.choices.model == folder_of(session)


def test_a_model_that_did_not_come_is_told_in_the_window(
    qtbot: QtBot, window: MainWindow, session: Session, command: StandIn
) -> None:
    command.will("download", stderr="ldm-desktop: The network has gone.", code=1)
    with qtbot.waitSignal(session.arrivals.failed):
        session.tasks.begin(Order(Verb.DOWNLOAD, REPO))
    assert [notice.sentence for notice in window.inside.notices.shown] == ["The network has gone."]


def test_a_missing_model_is_offered_looked_up_fetched_and_its_picture_restored(
    qtbot: QtBot, window: MainWindow, session: Session, command: StandIn
) -> None:
    with qtbot.waitSignal(session.restoring.missing):
        session.restoring.restore(codec.canonical(RECIPE))
    session.controls.change(seed=5)
    bar = next(bar for bar in window.findChildren(NoticeBar) if bar.notice.key == "missing")
    bar.findChild(QPushButton, "notice-button").click()
    [dialog] = window.findChildren(ModelsDialog)
    qtbot.waitUntil(lambda: button(dialog, "hub-download").isVisible())
    assert MARK[:8] in text(dialog, "hub-wanted")
    assert not dialog.findChild(QCheckBox, "hub-half").isEnabled()
    command.will("download", [{"event": "done", "model": {**FACES, "folder": folder_of(session)}}])
    with qtbot.waitSignal(session.restoring.restored):
        button(dialog, "hub-download").click()
    assert session.controls.choices.seed == 77
    assert session.controls.choices.model == folder_of(session)
    dialog.close()


# --- for everybody


def test_the_hub_is_left_by_choosing_a_model_and_not_by_coming_past(
    qtbot: QtBot, dialog: ModelsDialog, session: Session, command: StandIn
) -> None:
    look_up(qtbot, dialog)
    dialog.list.setFocus()
    qtbot.waitUntil(lambda: button(dialog, "hub-download").isVisible())
    with qtbot.waitSignal(session.tasks.listed):
        session.models.refresh()
    assert text(dialog, "hub-title")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert text(dialog, "model-title") == "landscapes"
    button(dialog, "models-from-hub").click()
    dialog.list.setFocus()
    assert text(dialog, "hub-title")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert text(dialog, "model-title") == "faces"


def test_everything_is_named_and_reached_by_tab(
    qtbot: QtBot, dialog: ModelsDialog, session: Session
) -> None:
    dialog.get(Wanted(REPO, "", RECIPE))
    for kind in INTERACTIVE:
        for widget in dialog.findChildren(kind):
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()


@pytest.mark.parametrize("worn", [Theme.DARK, Theme.LIGHT])
def test_it_can_be_as_small_as_a_small_screen_and_nothing_is_cut_off(
    qtbot: QtBot, dressed: QApplication, dialog: ModelsDialog, session: Session, worn: Theme
) -> None:
    theme.apply(dressed, worn)
    choose_faces(dialog, session)
    dialog.resize(1, 1)
    names = ("model-use", "model-verify", "model-reveal", "model-remove")
    buttons = [button(dialog, name) for name in names]

    def fits() -> bool:
        return all(each.width() >= each.minimumSizeHint().width() for each in buttons)

    # The least size follows what is shown, layout by layout.
    qtbot.waitUntil(fits)
    assert dialog.width() <= 1280
    assert dialog.height() <= 720
    for each in buttons:
        corner = each.mapTo(dialog, each.rect().bottomRight())
        assert dialog.rect().contains(corner), each.objectName()
