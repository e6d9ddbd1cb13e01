"""The middle of the window shows the stage in the way that was asked for."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot
from stages import Scene, settle

from ldm_desktop.session.shown import View
from ldm_desktop.ui.paged_actions import Page
from ldm_desktop.ui.stage_view import StageView


class Middle(Scene):
    """The view with its actions connected, as the window does it."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.view = StageView(self.stage, self.batch, self.scrubber, self.actions)
        self.actions.bind(Page.STUDIO, self.view.slots())
        qtbot.addWidget(self.view)
        self.view.resize(900, 620)
        self.view.show()
        with qtbot.waitActive(self.view):
            self.view.activateWindow()

    @property
    def front(self) -> QWidget:
        """What is seen."""
        return self.view.findChild(QStackedWidget).currentWidget()

    def do(self, name: str) -> None:
        """Trigger an action."""
        self.actions[name].trigger()
        settle()


@pytest.fixture
def middle(qtbot: QtBot, dressed: QApplication) -> Middle:
    """Give an empty stage."""
    made = Middle(qtbot)
    yield made
    made.close()


def test_grid_and_comparisons_come_and_go(middle: Middle) -> None:
    middle.do("grid")
    assert middle.front is middle.view.grid
    assert middle.actions["grid"].isChecked()
    middle.do("compare-wipe")
    assert middle.front is middle.view.compare
    assert not middle.actions["grid"].isChecked()
    middle.do("compare-wipe")
    assert middle.front is middle.view.canvas
    assert not middle.actions["compare-wipe"].isChecked()


def test_flicker_switches_and_is_left_by_its_own_button(middle: Middle, qtbot: QtBot) -> None:
    middle.finish(3)
    middle.do("compare-mark")
    middle.finish(4)
    middle.do("compare-flicker")
    assert not middle.view.compare.shows_marked
    middle.do("compare-flicker")
    assert middle.view.compare.shows_marked
    assert middle.actions["compare-flicker"].isChecked()
    middle.view.findChild(QWidget, "compare-back").click()
    assert middle.stage.view is View.SINGLE


def test_zoom_is_said_and_kept_in_a_comparison(middle: Middle) -> None:
    middle.finish(3)
    settle()
    label = middle.view.findChild(QLabel, "zoom")
    assert label.text() == "Fit"
    middle.do("zoom-actual")
    assert label.text() == "100 %"
    middle.do("compare-wipe")
    assert label.text() == "100 %"
    middle.do("zoom-in")
    assert label.text() == "150 %"
    middle.do("zoom-fit")
    assert label.text() == "Fit"


def test_a_chosen_picture_has_a_way_back_to_the_newest(middle: Middle) -> None:
    chip = middle.view.findChild(QPushButton, "follow")
    middle.finish(3)
    assert chip.isHidden()
    middle.stage.pin()
    assert not chip.isHidden()
    chip.click()
    settle()
    assert chip.isHidden()
    assert not middle.stage.pinned


def test_a_forming_picture_can_be_ended_by_what_stands_above_it(middle: Middle) -> None:
    buttons = [middle.view.findChild(QPushButton, name) for name in ("stop-here", "cancel")]
    assert all(button.isHidden() for button in buttons)
    view = middle.run(middle.begin())
    for button in buttons:
        asked = QSignalSpy(middle.actions[button.objectName()].triggered)
        assert button.isVisible()
        button.click()
        assert asked.count() == 1
    middle.save(view)
    assert all(button.isHidden() for button in buttons)


def test_the_trajectory_is_under_a_single_finished_picture(middle: Middle) -> None:
    view = middle.run(middle.begin())
    assert not middle.view.trajectory.isVisible()
    assert not middle.actions["step-back"].isEnabled()
    middle.save(view)
    assert middle.view.trajectory.isVisible()
    middle.do("step-back")
    assert middle.scrubber.step == 19
    middle.do("grid")
    assert not middle.view.trajectory.isVisible()


def test_fork_goes_on_from_the_step_shown(middle: Middle) -> None:
    middle.finish()
    middle.do("step-back")
    middle.do("fork")
    assert middle.worker.called("submit")[0][0].recipe.branch.step == 19


def test_every_way_to_look_can_be_reached_by_keyboard(middle: Middle) -> None:
    middle.finish()
    for view, widget in (
        (View.SINGLE, middle.view.canvas),
        (View.GRID, middle.view.grid),
        (View.WIPE, middle.view.compare),
    ):
        middle.stage.show_as(view)
        assert widget.focusPolicy().value & 1
        assert widget.accessibleName()


def test_nothing_is_awake_when_nothing_changes(middle: Middle, qtbot: QtBot) -> None:
    middle.finish()
    qtbot.waitUntil(lambda: bool(middle.worker.called("seen")))
    settle()
    from PySide6.QtCore import QTimer

    objects = (middle.stage, middle.batch, middle.scrubber, middle.view)
    timers = [timer for each in objects for timer in each.findChildren(QTimer)]
    assert [timer for timer in timers if timer.isActive()] == []
