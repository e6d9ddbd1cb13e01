"""Anything by typing, and the table of shortcuts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from windows import make_session

from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.session.session import Session
from ldm_desktop.ui import palette_commands as offers
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.command_palette import CommandPalette, Role
from ldm_desktop.ui.palette_commands import Command, score
from ldm_desktop.ui.shortcut_sheet import ShortcutSheet


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, dressed: QApplication) -> Iterator[Session]:
    session = make_session(tmp_path)
    yield session
    session.shut_down()


@pytest.fixture
def actions(dressed: QApplication) -> Actions:
    return Actions()


@pytest.fixture
def palette(qtbot: QtBot, session: Session, actions: Actions) -> Iterator[CommandPalette]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    sources = (
        partial(offers.action_commands, actions),
        partial(offers.seed_commands, session.controls),
        partial(offers.model_commands, session.controls, session.shelf),
        partial(offers.sampler_commands, session.controls),
    )
    palette = CommandPalette(sources, window)
    palette.open()
    yield palette
    window.close()


def field(palette: CommandPalette) -> QLineEdit:
    return palette.findChild(QLineEdit, "palette-field")


def found(palette: CommandPalette) -> list[str]:
    model = palette.findChild(QListView).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def press_return(qtbot: QtBot, palette: CommandPalette) -> None:
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)


def test_it_opens_at_the_top_of_the_window_with_everything(
    palette: CommandPalette, actions: Actions
) -> None:
    assert palette.isVisible()
    assert set(found(palette)) > {spec.text for spec in actions} - {"Command palette…"} - {
        spec.text for spec in actions if spec.text.endswith("…")
    }
    window = palette.parentWidget()
    middle = window.mapToGlobal(window.rect().center()).x()
    assert abs(palette.geometry().center().x() - middle) <= 1


def test_typed_words_find_an_action_and_return_runs_it(
    qtbot: QtBot, palette: CommandPalette, actions: Actions
) -> None:
    qtbot.keyClicks(field(palette), "roll")
    assert found(palette)[0] == "Roll a seed"
    with qtbot.waitSignal(actions["roll-seed"].triggered):
        press_return(qtbot, palette)
    qtbot.waitUntil(lambda: not QApplication.activePopupWidget())


def test_a_number_is_a_seed(qtbot: QtBot, palette: CommandPalette, session: Session) -> None:
    qtbot.keyClicks(field(palette), "1234")
    assert found(palette)[0] == "Set the seed to 1234"
    press_return(qtbot, palette)
    qtbot.waitUntil(lambda: session.controls.choices.seed == 1234)


def test_a_sampler_and_a_model_are_chosen_by_name(
    qtbot: QtBot, palette: CommandPalette, session: Session
) -> None:
    qtbot.keyClicks(field(palette), "landscapes")
    assert found(palette) == ["Use the model landscapes"]
    field(palette).clear()
    qtbot.keyClicks(field(palette), "heun")
    press_return(qtbot, palette)
    qtbot.waitUntil(lambda: session.controls.choices.sampler is SamplerName.HEUN)


def test_arrows_choose_and_escape_does_nothing(
    qtbot: QtBot, palette: CommandPalette, actions: Actions
) -> None:
    view = palette.findChild(QListView)
    qtbot.keyClick(field(palette), Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(field(palette), Qt.Key.Key_Up)
    qtbot.keyClick(field(palette), Qt.Key.Key_Up)
    assert view.currentIndex().row() == 0
    with qtbot.assertNotEmitted(actions["generate"].triggered):
        qtbot.keyClick(palette, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not isValid(palette))


def test_what_cannot_be_done_now_comes_last_and_is_not_run(
    qtbot: QtBot, palette: CommandPalette, actions: Actions
) -> None:
    actions["undo"].setEnabled(False)
    field(palette).setText("undo")
    assert found(palette)[0] == "Undo"
    press_return(qtbot, palette)
    assert palette.isVisible()
    field(palette).clear()
    assert found(palette)[-1] == "Undo"


def test_nothing_is_said_to_fit(palette: CommandPalette) -> None:
    field(palette).setText("qqqq")
    assert found(palette) == []
    assert not palette.findChild(QListView).isVisible()


def test_a_line_is_read_with_its_keys(palette: CommandPalette) -> None:
    field(palette).setText("generate")
    index = palette.findChild(QListView).model().index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Generate, Run, Ctrl+Return"
    assert index.data(Role.COMMAND).icon == "generate"
    assert not palette.grab().isNull()


def command(text: str, group: str = "Seed") -> Command:
    return Command(text, group, lambda: None)


def test_the_beginning_counts_more_than_the_middle_and_letters_in_order_least() -> None:
    points = [score("gr", command(text)) for text in ("Grid", "Batch grid", "Degrees", "G or r")]
    assert all(points)
    assert points == sorted(points, key=lambda each: each or 0, reverse=True)
    assert score("xyz", command("Grid")) is None
    assert score("", command("Grid")) == 0


def test_every_word_must_be_found_in_text_or_group() -> None:
    assert score("seed next", command("Next one"))
    assert score("seed nothing", command("Next one")) is None


@pytest.fixture
def sheet(qtbot: QtBot, actions: Actions) -> ShortcutSheet:
    sheet = ShortcutSheet(actions)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def test_the_sheet_has_every_action_with_its_keys(sheet: ShortcutSheet, actions: Actions) -> None:
    expected = [(spec.text.rstrip("…"), spec.shortcut) for spec in actions]
    assert sheet.rows == expected


def test_the_sheet_is_searched_by_name_keys_and_group(qtbot: QtBot, sheet: ShortcutSheet) -> None:
    search = sheet.findChild(QLineEdit, "shortcut-search")
    qtbot.keyClicks(search, "roll")
    assert sheet.rows == [("Roll a seed", "Ctrl+R")]
    search.setText("F11")
    assert sheet.rows == [("Full screen", "F11")]
    search.setText("application")
    assert ("Quit", "Ctrl+Q") in sheet.rows
