"""The main window as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import job_of, request_of
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMenuBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from windows import make_session, open_model, saved_file, show_live, submitted, worker_of

from ldm_desktop.core.recipe import Precision
from ldm_desktop.session.session import Session
from ldm_desktop.ui.bug_dialog import BugDialog
from ldm_desktop.ui.command_palette import CommandPalette
from ldm_desktop.ui.settings_dialog import SettingsDialog
from ldm_desktop.ui.shortcut_sheet import ShortcutSheet
from ldm_desktop.ui.window import LEAST, USUAL, MainWindow
from ldm_desktop.worker.work import EngineState, EngineStatus, QueueView

PANELS = {"panel-controls": "controls", "panel-queue": "side", "panel-filmstrip": "filmstrip"}
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, dressed: QApplication) -> Iterator[Session]:
    session = make_session(tmp_path)
    yield session
    session.shut_down()


@pytest.fixture
def window(qtbot: QtBot, session: Session, tmp_path: Path) -> MainWindow:
    window = MainWindow(tmp_path / "window.ini")
    window.furnish(session)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    session.start()
    return window


def again(qtbot: QtBot, session: Session, tmp_path: Path) -> MainWindow:
    """Open another window over the same layout file."""
    window = MainWindow(tmp_path / "window.ini")
    window.furnish(session)
    qtbot.addWidget(window)
    window.show()
    return window


def panel(window: MainWindow, name: str) -> QWidget:
    found = window.findChild(QWidget, PANELS[name])
    assert found
    return found


def test_every_part_is_there_under_the_name_that_is_agreed(window: MainWindow) -> None:
    assert window.objectName() == "main-window"
    for name in ("controls", "canvas", "filmstrip", "queue", "engine-state", "generate", "seed"):
        assert window.findChild(QWidget, name), name


def actions_in(menu: QMenuBar | QMenu) -> Iterator[QAction]:
    """Give the actions of a menu and of those in it."""
    for action in menu.actions():
        if inner := action.menu():
            yield from actions_in(inner)
        elif not action.isSeparator():
            yield action


def test_every_action_is_in_the_window_once_and_in_a_menu(window: MainWindow) -> None:
    everything = list(window.inside.actions.all())
    assert [action for action in window.actions() if action in everything] == everything
    in_menus = list(actions_in(window.menuBar()))
    assert sorted(action.objectName() for action in in_menus) == sorted(
        action.objectName() for action in everything
    )


def test_everything_fits_into_1280_by_720(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    show_live(session, request_of(4294967295))
    window.resize(1280, 720)
    for name in ("generate", "add-to-queue", "details-seed", "queue", "filmstrip", "engine-state"):
        for widget in window.findChildren(QWidget, name):
            corner = widget.mapTo(window, widget.rect().bottomRight())
            assert window.rect().contains(corner), name
    least = window.minimumSizeHint()
    assert least.width() <= LEAST.width()
    assert least.height() <= LEAST.height()


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_closes_and_opens(window: MainWindow, name: str) -> None:
    action = window.inside.actions[name]
    assert action.isChecked()
    action.trigger()
    assert not panel(window, name).isVisible()
    action.trigger()
    assert panel(window, name).isVisible()
    assert min(panel(window, name).width(), panel(window, name).height()) > 50


def test_a_panel_dragged_shut_is_closed_and_can_be_opened(window: MainWindow) -> None:
    columns = window.findChild(QWidget, "columns")
    columns.moveSplitter(0, 1)
    assert not window.inside.actions["panel-controls"].isChecked()
    window.inside.actions["panel-controls"].trigger()
    assert panel(window, "panel-controls").width() >= 200


def test_sizes_and_closed_panels_are_remembered(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    # The screen of tests is smaller than the window, so only its least size fits both times.
    window.resize(LEAST)
    columns = window.findChild(QWidget, "columns")
    columns.setSizes([290, 444, 300])
    sizes = columns.sizes()
    window.inside.actions["panel-filmstrip"].trigger()
    window.close()
    other = again(qtbot, session, tmp_path)
    assert other.findChild(QWidget, "columns").sizes() == sizes
    assert not other.inside.actions["panel-filmstrip"].isChecked()
    assert not panel(other, "panel-filmstrip").isVisible()
    other.inside.actions["panel-filmstrip"].trigger()
    assert panel(other, "panel-filmstrip").height() > 50


@pytest.mark.parametrize(
    "damage",
    [
        "not an ini file \x00\x01",
        "[General]\nversion=1\ncolumns=@ByteArray(nonsense)\ngeometry=@ByteArray(x)\nside=3\n",
        "[General]\nversion=99\npanel-controls=closed\n",
    ],
)
def test_a_damaged_layout_is_ignored(
    qtbot: QtBot, session: Session, tmp_path: Path, damage: str
) -> None:
    (tmp_path / "window.ini").write_text(damage)
    window = again(qtbot, session, tmp_path)
    # As large as the screen lets it be; that of tests is a small one.
    room = window.screen().availableSize()
    assert window.size() == USUAL.boundedTo(room).expandedTo(LEAST)
    assert all(panel(window, name).isVisible() for name in PANELS)
    window.close()
    assert QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat).value("version")


def test_one_key_makes_the_first_picture(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    open_model(session)
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert len(submitted(session)) == 1


def test_the_button_makes_a_picture_too(window: MainWindow, session: Session) -> None:
    open_model(session)
    window.findChild(QPushButton, "generate").click()
    window.findChild(QPushButton, "add-to-queue").click()
    assert len(submitted(session)) == 2


def test_actions_reach_what_they_are_about(window: MainWindow, session: Session) -> None:
    actions, worker = window.inside.actions, worker_of(session)
    view = show_live(session, request_of(4))
    for name in ("stop-here", "cancel", "replace-engine", "copy-seed"):
        assert actions[name].isEnabled(), name
        actions[name].trigger()
    assert worker.called("stop_here") == [(view.id,)]
    assert worker.called("cancel") == [(view.job,)]
    assert worker.called("replace_engine") == [()]
    assert QGuiApplication.clipboard().text() == "4"


def test_seed_actions_change_the_seed_and_are_undone(window: MainWindow, session: Session) -> None:
    actions, controls = window.inside.actions, session.controls
    assert not actions["undo"].isEnabled()
    controls.change(seed=10)
    actions["seed-up"].trigger()
    assert controls.choices.seed == 11
    actions["seed-down"].trigger()
    assert controls.choices.seed == 10
    actions["lock-seed"].trigger()
    assert controls.choices.lock
    assert not actions["roll-seed"].isEnabled()
    actions["undo"].trigger()
    assert not controls.choices.lock
    assert not actions["lock-seed"].isChecked()
    assert actions["redo"].isEnabled()
    actions["preset-reference"].trigger()
    assert controls.choices.steps == 200


def test_what_is_impossible_is_switched_off(window: MainWindow, session: Session) -> None:
    actions = window.inside.actions
    needs_picture = ("copy-picture", "copy-seed", "save-as", "reveal", "use-settings", "cancel")
    assert not any(actions[name].isEnabled() for name in (*needs_picture, "render-exact"))
    show_live(session, request_of(4), done=0)
    assert not actions["stop-here"].isEnabled()
    assert not actions["save-as"].isEnabled()
    assert actions["copy-seed"].isEnabled()


def test_a_finished_picture_can_be_rendered_exactly_unless_it_is_exact(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_model(session)
    action = window.inside.actions["render-exact"]
    session.stage.show_file(saved_file(tmp_path / "pictures"))
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    assert submitted(session)[0].recipe.precision is Precision.EXACT
    session.stage.show_file(saved_file(tmp_path / "pictures", 8, Precision.EXACT))
    qtbot.waitUntil(lambda: not action.isEnabled())


def test_a_step_gone_back_to_is_kept_by_stop_here(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.stage.show_file(saved_file(tmp_path / "pictures"))
    qtbot.waitUntil(lambda: session.scrubber.active)
    assert not window.inside.actions["stop-here"].isEnabled()
    session.scrubber.set_step(9)
    window.inside.actions["stop-here"].trigger()
    [request] = submitted(session)
    assert request.recipe.evaluations == 9


def test_a_dropped_picture_restores_its_settings(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_model(session)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(saved_file(tmp_path / "pictures")))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    window.dragEnterEvent(entered)
    assert entered.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: session.controls.choices.seed == 7)


def test_a_seed_is_pasted(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    QGuiApplication.clipboard().setText("123456")
    window.inside.actions["paste"].trigger()
    qtbot.waitUntil(lambda: session.controls.choices.seed == 123456)


def test_the_foot_of_the_window_is_honest_about_the_engine(
    window: MainWindow, session: Session
) -> None:
    label = window.findChild(QLabel, "engine-state")
    status = worker_of(session).status_changed
    assert label.text() == "Starting the engine…"
    status.emit(EngineStatus(EngineState.LOADING, share=0.4))
    assert label.text() == "Loading the model: 40 %"
    status.emit(EngineStatus(EngineState.READY, device="cpu", dtype="bfloat16"))
    assert label.text() == "Ready: CPU bf16"
    assert label.accessibleName() == "Engine: Ready: CPU bf16"
    worker_of(session).queue_changed.emit(QueueView(False, 3, 0.5, 70.0, 8.46))
    status.emit(EngineStatus(EngineState.BUSY, device="cpu", dtype="float32"))
    assert label.text() == "Busy: 8.5 steps/s on CPU fp32"
    assert window.findChild(QLabel, "queue-state").text() == "Pictures to go: 3 · 70 s left"
    button = next(each for each in window.inside.status.findChildren(QPushButton, "replace-engine"))
    assert not button.isVisible()
    status.emit(EngineStatus(EngineState.SILENT))
    assert button.isVisible()
    button.click()
    assert worker_of(session).called("replace_engine") == [()]


def test_a_chosen_job_shows_its_pictures_side_by_side(window: MainWindow, session: Session) -> None:
    job = job_of(request_of(5, 9))
    worker_of(session).job_changed.emit(job)
    window.inside.queue.job_chosen.emit(job.id)
    assert session.stage.grid
    assert session.batch.job == job.id


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("palette", CommandPalette),
        ("shortcuts", ShortcutSheet),
        ("settings", SettingsDialog),
    ],
)
def test_dialogs_open_once_by_their_keys(
    qtbot: QtBot, window: MainWindow, name: str, kind: type[QWidget]
) -> None:
    window.inside.actions[name].trigger()
    window.inside.actions[name].trigger() if name != "palette" else None
    [dialog] = window.findChildren(kind)
    assert dialog.isVisible()
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_bugs_share_one_dialog(qtbot: QtBot, window: MainWindow) -> None:
    window.inside.dialogs.show_bug("One.", "ValueError: 1")
    window.inside.dialogs.show_bug("Two.", "ValueError: 2")
    [dialog] = window.findChildren(BugDialog)
    assert "ValueError: 1" in dialog.field.toPlainText()
    dialog.accept()
    qtbot.waitUntil(lambda: not isValid(dialog))
    window.inside.dialogs.show_bug("Three.", "ValueError: 3")
    [dialog] = window.findChildren(BugDialog)
    assert dialog.field.toPlainText() == "ValueError: 3"
    dialog.accept()


def test_a_sentence_can_be_said(window: MainWindow) -> None:
    window.inside.say("Something.")
    assert [notice.sentence for notice in window.inside.notices.shown] == ["Something."]


def test_closing_hides_at_once_and_ends_the_rest(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    window.inside.actions["quit"].trigger()
    assert not window.isVisible()
    assert worker_of(session).called("shut_down") == [()]


def test_full_screen_goes_and_comes(qtbot: QtBot, window: MainWindow) -> None:
    action = window.inside.actions["full-screen"]
    action.trigger()
    qtbot.waitUntil(window.isFullScreen)
    action.trigger()
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert not action.isChecked()
