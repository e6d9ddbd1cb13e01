"""The seed field: digits, larger numbers explained, steps, history, and more than a seed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from fakes import CARD
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core.noise import Mix, Parent, Seed, Slerp, Turn, Walk
from ldm_desktop.core.recipe import Stop, fork
from ldm_desktop.session.choices import AfterRun
from ldm_desktop.session.controls import Controls
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.seed_field import SeedField

MIX = Mix((Parent(Seed(3), 0.5), Parent(Seed(4), 0.25), Parent(Seed(9), 0.25)))


@pytest.fixture
def controls(tmp_path: Path, qapp: QApplication) -> Controls:
    controls = Controls(tmp_path / "choices.json", str(tmp_path))
    controls.set_card(dataclasses.replace(CARD, folder=str(tmp_path)))
    controls.change(seed=7)
    return controls


@pytest.fixture
def actions(qapp: QApplication) -> Actions:
    return Actions()


@pytest.fixture
def field(qtbot: QtBot, dressed: QApplication, controls: Controls, actions: Actions) -> SeedField:
    field = SeedField(controls, actions)
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    return field


def note(field: SeedField) -> str:
    label = field.findChild(QLabel, "seed-note")
    assert label is not None
    return label.text() if label.isVisibleTo(field) else ""


def chip(field: SeedField) -> QPushButton:
    found = field.findChild(QPushButton, "more-than-a-seed")
    assert found is not None
    return found


def paste(field: SeedField, text: str) -> None:
    QApplication.clipboard().setText(text)
    field.edit.selectAll()
    field.edit.paste()


def leave(field: SeedField) -> None:
    field.edit.setFocus()
    field.edit.clearFocus()


def test_what_is_typed_is_chosen_at_once(
    qtbot: QtBot, field: SeedField, controls: Controls
) -> None:
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "4294967295")
    assert controls.choices.seed == 4294967295
    assert not note(field)


def test_a_seed_chosen_elsewhere_is_shown(field: SeedField, controls: Controls) -> None:
    controls.change(seed=123)
    assert field.edit.text() == "123"
    controls.undo_stack.undo()
    assert field.edit.text() == str(controls.choices.seed)


def test_a_larger_number_is_reduced_and_the_reason_given(
    field: SeedField, controls: Controls
) -> None:
    paste(field, "4294967299")
    assert controls.choices.seed == 3
    assert "reduced to 3" in note(field)
    assert "reduced to 3" in field.edit.accessibleDescription()
    leave(field)
    assert field.edit.text() == "3"
    assert "reduced to 3" in note(field)
    controls.change(seed=8)
    assert not note(field)


@pytest.mark.parametrize(
    ("text", "seed"),
    [(" 42\n", 42), ("Seed: 3755744309", 3755744309), ("1 234 567", 1234567), ("007", 7)],
)
def test_pasted_text_gives_its_number(
    field: SeedField, controls: Controls, text: str, seed: int
) -> None:
    controls.change(seed=99)
    paste(field, text)
    leave(field)
    assert controls.choices.seed == seed
    assert field.edit.text() == str(seed)


@pytest.mark.parametrize("text", ["-1", "3.5 and 4", "tree", "1,2,3", "9" * 40])
def test_what_is_no_seed_does_not_get_in_and_is_explained(
    field: SeedField, controls: Controls, text: str
) -> None:
    paste(field, text)
    assert controls.choices.seed == 7
    assert "whole number from 0 to 4294967295" in note(field)
    leave(field)
    assert field.edit.text() == "7"


def test_a_range_is_many_pictures(field: SeedField, controls: Controls) -> None:
    paste(field, "10:26")
    chosen = controls.choices
    assert (chosen.seed, chosen.count, chosen.after) == (10, 16, AfterRun.NEXT)
    leave(field)
    assert field.edit.text() == "10"


def test_an_empty_field_comes_back_to_the_seed(
    qtbot: QtBot, field: SeedField, controls: Controls
) -> None:
    field.edit.selectAll()
    qtbot.keyClick(field.edit, Qt.Key.Key_Delete)
    assert controls.choices.seed == 7
    leave(field)
    assert field.edit.text() == "7"


def test_arrow_keys_step_around_the_end(qtbot: QtBot, field: SeedField, controls: Controls) -> None:
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert controls.choices.seed == 8
    controls.change(seed=0)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    assert (controls.choices.seed, field.edit.text()) == (4294967295, "4294967295")


def test_the_wheel_steps_only_with_the_focus(
    qtbot: QtBot, field: SeedField, controls: Controls
) -> None:
    def turn(eighths: int) -> None:
        middle = QPointF(field.edit.rect().center())
        event = QWheelEvent(
            middle,
            middle,
            QPoint(),
            QPoint(0, eighths),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field.edit, event)

    field.edit.clearFocus()
    turn(120)
    assert controls.choices.seed == 7
    field.activateWindow()
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    turn(240)
    assert controls.choices.seed == 9
    turn(-60)
    turn(-60)
    assert controls.choices.seed == 8


def test_the_history_offers_the_last_twenty(
    field: SeedField, controls: Controls, actions: Actions
) -> None:
    for _ in range(25):
        controls.roll()
    actions["seed-history"].trigger()
    menu = field.findChild(QMenu, "seed-history-menu")
    assert menu is not None
    offered = [int(entry.text()) for entry in menu.actions()]
    assert tuple(offered) == controls.history[:20]
    assert menu.actions()[0].isChecked()
    menu.actions()[3].trigger()
    assert controls.choices.seed == offered[3]
    menu.close()


def test_an_empty_history_says_so(field: SeedField) -> None:
    field.show_history()
    menu = field.findChild(QMenu, "seed-history-menu")
    assert menu is not None
    assert [(entry.text(), entry.isEnabled()) for entry in menu.actions()] == [
        ("No seeds yet", False)
    ]
    menu.close()


def test_a_mix_is_a_chip_that_can_be_taken_off(field: SeedField, controls: Controls) -> None:
    assert not chip(field).isVisibleTo(field)
    controls.change(seed=3, noise=MIX)
    assert chip(field).isVisibleTo(field)
    assert chip(field).text().startswith("Mix of 3 seeds")
    chip(field).click()
    assert controls.choices.noise is None
    assert not chip(field).isVisibleTo(field)


def test_a_variation_and_a_morph_are_chips_too(field: SeedField, controls: Controls) -> None:
    controls.change(seed=3, noise=Walk(Seed(3), (Turn(Seed(4), 8.0),)))
    assert chip(field).text().startswith("Variation ")
    controls.change(seed=3, noise=Slerp(Seed(3), Seed(4), 0.3))
    assert chip(field).text().startswith("Morph ")
    chip(field).click()
    assert controls.choices.noise is None


def test_a_branch_is_a_chip_too(field: SeedField, controls: Controls) -> None:
    recipe = fork(recipe_of(5, size=(128, 128)), 12, Stop())
    controls.restore(recipe, controls.choices.model)
    assert chip(field).text().startswith("Stopped at step 12")
    chip(field).click()
    assert controls.choices.branch is None
    assert controls.choices.seed == 5


def test_the_buttons_are_the_actions(field: SeedField, actions: Actions) -> None:
    asked: list[str] = []
    for name in ("roll-seed", "lock-seed"):
        actions[name].triggered.connect(lambda _=False, name=name: asked.append(name))
        button = field.findChild(QAbstractButton, name)
        assert button is not None
        button.click()
    assert asked == ["roll-seed", "lock-seed"]
    actions["roll-seed"].setEnabled(False)
    roll = field.findChild(QAbstractButton, "roll-seed")
    assert roll is not None
    assert not roll.isEnabled()
