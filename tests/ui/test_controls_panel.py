"""The controls: they show the choices, hand on every edit, and say what is wrong in place."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from fakes import CARD
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ldm_desktop.core import model_folders
from ldm_desktop.core.paths import folders
from ldm_desktop.core.recipe import Precision
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.session.choices import AfterRun
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.presets import Preset
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.controls_panel import ControlsPanel
from ldm_desktop.worker.work import Pace

PACE = Pace(CARD.ref.fingerprint, Precision.BALANCED, (128, 128), 0.04, 0.2)
Kind = TypeVar("Kind", bound=QWidget)
INTERACTIVE = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractSlider)


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(folders(tmp_path))


@pytest.fixture
def controls(tmp_path: Path, shelf: ModelShelf) -> Controls:
    return Controls(tmp_path / "choices.json", shelf.usual)


@pytest.fixture
def actions(qapp: QApplication) -> Actions:
    return Actions()


@pytest.fixture
def panel(
    qtbot: QtBot, dressed: QApplication, controls: Controls, shelf: ModelShelf, actions: Actions
) -> ControlsPanel:
    """The panel with a model open, as wide as it is in the window."""
    controls.set_card(dataclasses.replace(CARD, folder=shelf.usual))
    panel = ControlsPanel(controls, shelf, actions)
    qtbot.addWidget(panel)
    panel.resize(300, 900)
    panel.show()
    return panel


def part(panel: QWidget, kind: type[Kind], name: str) -> Kind:
    found = panel.findChild(kind, name)
    assert found is not None, name
    return found


def note(panel: QWidget, name: str) -> str:
    label = part(panel, QLabel, name)
    return label.text() if label.isVisibleTo(panel) else ""


def put_model(shelf: ModelShelf, name: str) -> str:
    folder = Path(shelf.folder, name)
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text("{}")
    return str(folder)


def pick(combo: QComboBox, text: str) -> None:
    row = combo.findText(text)
    assert row >= 0, text
    combo.setCurrentIndex(row)
    combo.activated.emit(row)


def stops(panel: QWidget) -> list[QWidget]:
    """Give what Tab goes to, in its order."""
    found, widget = [], panel.nextInFocusChain()
    while widget is not panel:
        by_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if by_tab and widget.isVisibleTo(panel) and not widget.focusProxy():
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def test_the_panel_shows_what_is_chosen(panel: ControlsPanel, controls: Controls) -> None:
    controls.change(
        steps=77, sampler=SamplerName.DDIM, eta=0.25, count=8, seed=42, precision=Precision.FAST
    )
    assert part(panel, QSpinBox, "steps").value() == 77
    assert part(panel, QComboBox, "sampler").currentText() == "DDIM"
    assert part(panel, QDoubleSpinBox, "eta").value() == 0.25
    assert part(panel, QSpinBox, "count").value() == 8
    assert part(panel, QLineEdit, "seed").text() == "42"
    assert part(panel, QComboBox, "precision").currentText() == "Fast"
    assert part(panel, QComboBox, "model").currentText() == "landscapes"


def test_showing_choices_is_no_edit(panel: ControlsPanel, controls: Controls) -> None:
    controls.change(steps=77, sampler=SamplerName.DDIM, eta=0.25, count=8, width=256)
    edits, choices = controls.undo_stack.count(), controls.choices
    panel.refresh()
    controls.facts_changed.emit()
    assert (controls.undo_stack.count(), controls.choices) == (edits, choices)


def test_every_edit_reaches_the_choices(panel: ControlsPanel, controls: Controls) -> None:
    pick(part(panel, QComboBox, "sampler"), "DDIM")
    part(panel, QSpinBox, "steps").setValue(33)
    part(panel, QDoubleSpinBox, "eta").setValue(0.5)
    pick(part(panel, QComboBox, "convention"), "CompVis")
    part(panel, QSpinBox, "width").setValue(256)
    part(panel, QSpinBox, "height").setValue(192)
    part(panel, QSpinBox, "count").setValue(5)
    part(panel, QCheckBox, "forever").click()
    part(panel, QPushButton, "after-run-next").click()
    pick(part(panel, QComboBox, "precision"), "Exact")
    chosen = controls.choices
    assert chosen.sampler is SamplerName.DDIM
    assert chosen.convention is Convention.COMPVIS
    assert (chosen.steps, chosen.eta, chosen.size) == (33, 0.5, (256, 192))
    assert (chosen.count, chosen.forever, chosen.after) == (5, True, AfterRun.NEXT)
    assert chosen.precision is Precision.EXACT


def test_presets_can_be_one_or_none(panel: ControlsPanel, controls: Controls) -> None:
    buttons = {each: part(panel, QPushButton, f"preset-{each}") for each in Preset}
    buttons[Preset.REFERENCE].click()
    assert controls.preset is Preset.REFERENCE
    assert [each for each, button in buttons.items() if button.isChecked()] == [Preset.REFERENCE]
    buttons[Preset.REFERENCE].click()
    assert buttons[Preset.REFERENCE].isChecked()
    controls.change(steps=199)
    assert not any(button.isChecked() for button in buttons.values())


@pytest.mark.parametrize("name", ["steps", "steps-slider", "eta", "sampler", "width", "count"])
def test_the_wheel_changes_nothing_that_has_no_focus(
    panel: ControlsPanel, controls: Controls, name: str
) -> None:
    controls.change(sampler=SamplerName.DDIM, eta=0.5, count=3)
    before = controls.choices
    widget = part(panel, QWidget, name)
    widget.clearFocus()
    turn(widget)
    assert controls.choices == before
    panel.activateWindow()
    widget.setFocus()
    turn(widget)
    assert controls.choices != before


def turn(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_arrow_keys_on_the_slider_go_by_whole_steps(
    qtbot: QtBot, panel: ControlsPanel, controls: Controls
) -> None:
    slider = part(panel, QAbstractSlider, "steps-slider")
    controls.change(steps=10)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert controls.choices.steps == 11
    controls.change(steps=998)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert controls.choices.steps == 999
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert controls.choices.steps == 989
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert controls.choices.steps == controls.limits.least_steps


def test_steps_keep_to_what_the_sampler_takes(panel: ControlsPanel, controls: Controls) -> None:
    spin = part(panel, QSpinBox, "steps")
    controls.change(sampler=SamplerName.PNDM)
    assert (spin.minimum(), spin.maximum()) == (4, 1000)
    controls.change(sampler=SamplerName.UNIPC)
    assert (spin.minimum(), spin.maximum()) == (1, 999)


def test_eta_says_why_it_is_off(panel: ControlsPanel, controls: Controls) -> None:
    controls.change(sampler=SamplerName.UNIPC)
    eta = part(panel, QDoubleSpinBox, "eta")
    assert not eta.isEnabled()
    assert note(panel, "eta-hint") == "Only DDIM adds noise"
    assert eta.accessibleDescription() == "Only DDIM adds noise"
    controls.change(sampler=SamplerName.DDIM)
    assert eta.isEnabled()
    assert not note(panel, "eta-hint")


def test_the_convention_is_offered_only_where_there_is_one(
    panel: ControlsPanel, controls: Controls
) -> None:
    advanced = part(panel, QWidget, "advanced")
    controls.change(sampler=SamplerName.EULER)
    assert not advanced.isVisibleTo(panel)
    controls.change(sampler=SamplerName.DDIM)
    assert advanced.isVisibleTo(panel)
    assert not part(panel, QComboBox, "convention").isVisibleTo(panel)
    controls.change(convention=Convention.COMPVIS)
    assert part(panel, QComboBox, "convention").isVisibleTo(panel)


def test_a_problem_stands_under_its_field_and_on_the_button(
    panel: ControlsPanel, controls: Controls
) -> None:
    button = part(panel, QPushButton, "generate")
    assert button.isEnabled()
    part(panel, QSpinBox, "width").setValue(100)
    sentence = controls.problems()["width"]
    assert note(panel, "width-problem") == sentence
    assert part(panel, QSpinBox, "width").property("error")
    assert not part(panel, QSpinBox, "height").property("error")
    assert not button.isEnabled()
    assert (button.toolTip(), button.accessibleDescription()) == (sentence, sentence)
    part(panel, QSpinBox, "width").setValue(128)
    assert not note(panel, "width-problem")
    assert button.isEnabled()
    assert "Ctrl+Return" in button.toolTip()


def test_a_problem_below_the_edge_is_scrolled_to(
    qtbot: QtBot, panel: ControlsPanel, controls: Controls
) -> None:
    panel.resize(300, 500)
    panel.activateWindow()
    width = part(panel, QSpinBox, "width")
    width.setFocus()
    qtbot.waitUntil(width.hasFocus)
    width.setValue(100)
    foot = part(panel, QWidget, "count").mapTo(panel, QPoint()).y()
    problem = part(panel, QLabel, "width-problem")
    qtbot.waitUntil(lambda: problem.mapTo(panel, QPoint(0, problem.height())).y() < foot)


def test_the_buttons_run_their_actions(panel: ControlsPanel, actions: Actions) -> None:
    asked: list[str] = []
    for name in ("generate", "add-to-queue"):
        actions[name].triggered.connect(lambda _, name=name: asked.append(name))
        part(panel, QPushButton, name).click()
    assert asked == ["generate", "add-to-queue"]


def test_one_can_ask_for_pictures_while_the_model_opens(
    qtbot: QtBot, dressed: QApplication, controls: Controls, shelf: ModelShelf, actions: Actions
) -> None:
    panel = ControlsPanel(controls, shelf, actions)
    qtbot.addWidget(panel)
    assert note(panel, "model-hint") == "Opening…"
    assert part(panel, QPushButton, "generate").isEnabled()
    assert not part(panel, QSpinBox, "width").isEnabled()
    controls.set_refused(shelf.usual, "Its weights are damaged: get it again.")
    assert note(panel, "model-problem") == "Its weights are damaged: get it again."
    assert not part(panel, QPushButton, "generate").isEnabled()
    controls.set_card(dataclasses.replace(CARD, folder=shelf.usual))
    assert note(panel, "model-hint") == "Apache-2.0 · 128 × 128"
    assert part(panel, QPushButton, "generate").isEnabled()
    assert part(panel, QSpinBox, "width").value() == 128


def test_a_model_that_was_put_into_its_folder_is_in_the_list_when_it_opens(
    qtbot: QtBot, panel: ControlsPanel, controls: Controls, shelf: ModelShelf
) -> None:
    mine = put_model(shelf, "mine")
    combo = part(panel, QComboBox, "model")
    assert combo.findText("mine") < 0
    qtbot.mouseClick(combo, Qt.MouseButton.LeftButton)
    pick(combo, "mine")
    combo.hidePopup()
    assert controls.choices.model == mine
    assert combo.currentText() == "mine"


def test_the_first_model_is_found_without_a_new_start(
    qtbot: QtBot,
    dressed: QApplication,
    tmp_path: Path,
    actions: Actions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_folders, "resources", lambda: tmp_path / "nothing")
    shelf = ModelShelf(folders(tmp_path))
    controls = Controls(tmp_path / "choices.json", shelf.usual)
    panel = ControlsPanel(controls, shelf, actions)
    qtbot.addWidget(panel)
    panel.show()
    combo = part(panel, QComboBox, "model")
    assert (combo.count(), combo.placeholderText()) == (0, "No model yet")
    mine = put_model(shelf, "mine")
    qtbot.mouseClick(combo, Qt.MouseButton.LeftButton)
    pick(combo, "mine")
    combo.hidePopup()
    assert controls.choices.model == mine


def test_shapes_set_both_sides_and_swap_turns_them(
    panel: ControlsPanel, controls: Controls
) -> None:
    shapes = part(panel, QComboBox, "size")
    assert shapes.currentText() == "As trained"
    pick(shapes, "Wide 2 : 1")
    assert controls.choices.size == (256, 128)
    part(panel, QAbstractButton, "swap-size").click()
    assert controls.choices.size == (128, 256)
    assert shapes.currentText() == "Tall 1 : 2"
    controls.change(width=96)
    assert shapes.currentIndex() == -1


def test_auto_precision_says_which_it_is(panel: ControlsPanel, controls: Controls) -> None:
    combo = part(panel, QComboBox, "precision")
    assert combo.currentText() == "Auto – Balanced"
    controls.set_auto(Precision.FAST)
    assert combo.currentText() == "Auto – Fast"
    assert all(combo.itemData(row, Qt.ItemDataRole.ToolTipRole) for row in range(combo.count()))


def test_the_cost_is_measured_estimated_or_unknown(
    panel: ControlsPanel, controls: Controls
) -> None:
    assert note(panel, "cost") == "Not measured yet on this machine"
    controls.set_paces([PACE])
    controls.change(sampler=SamplerName.DDIM, steps=25, count=1)
    assert note(panel, "cost") == "≈ 1.2 s a picture\nmeasured on this machine"
    controls.change(count=20)
    assert note(panel, "cost").startswith("≈ 1.2 s a picture · 20 pictures ≈ 24 s\n")
    controls.change(width=256)
    assert note(panel, "cost").endswith("\nestimated")
    controls.change(forever=True)
    assert "pictures" not in note(panel, "cost")


def test_a_locked_seed_has_no_next_one(panel: ControlsPanel, controls: Controls) -> None:
    controls.change(lock=True)
    assert not part(panel, QWidget, "after-run").isEnabled()
    controls.change(lock=False)
    assert part(panel, QWidget, "after-run").isEnabled()


def test_tab_goes_as_one_reads(panel: ControlsPanel, controls: Controls) -> None:
    controls.change(sampler=SamplerName.DDIM, convention=Convention.COMPVIS, width=256)
    QApplication.processEvents()
    places = [QRect(widget.mapTo(panel, QPoint()), widget.size()) for widget in stops(panel)]
    assert len(places) > 20
    for one, next_one in pairwise(places):
        if one.bottom() < next_one.top():
            continue
        assert one.left() < next_one.left()
        assert abs(one.center().y() - next_one.center().y()) < 4


def test_everything_has_a_name_for_tests_and_for_ears(panel: ControlsPanel) -> None:
    for widget in stops(panel):
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()


def test_letters_of_the_labels_do_not_clash(panel: ControlsPanel) -> None:
    labels = [label for label in panel.findChildren(QLabel) if label.buddy()]
    letters = [QKeySequence.mnemonic(label.text()).toString() for label in labels]
    assert len(letters) > 8
    assert all(letters)
    assert len(set(letters)) == len(letters)


def test_nothing_is_wider_than_the_panel(panel: ControlsPanel, controls: Controls) -> None:
    controls.change(sampler=SamplerName.DDIM, convention=Convention.COMPVIS, width=100)
    for height in (900, 620):
        panel.resize(300, height)
        QApplication.processEvents()
        for widget in panel.findChildren(QWidget):
            if widget.isVisibleTo(panel) and isinstance(widget, (*INTERACTIVE, QLabel)):
                right = widget.mapTo(panel, QPoint(widget.width(), 0)).x()
                assert right <= 300, widget.objectName()
