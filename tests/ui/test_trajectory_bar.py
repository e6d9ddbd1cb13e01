"""The bar under a finished picture goes through its steps, and leaves from one of them."""

from __future__ import annotations

import pytest
from fakes import job_of, picture_view_of, request_of, saved_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSlider, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot
from samples import recipe_of
from stages import Scene, settle

from ldm_desktop.core.recipe import Renoise, Stop
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.ui.trajectory_bar import TrajectoryBar


class Rail(Scene):
    """A bar with its parts."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.bar = TrajectoryBar(self.scrubber, self.actions)
        qtbot.addWidget(self.bar)
        self.bar.resize(700, 44)
        self.slider = self.bar.findChild(QSlider, "trajectory")
        self.label = self.bar.findChild(QLabel, "trajectory-step")
        self.fork = self.bar.findChild(QPushButton, "fork-here")
        self.keep = self.bar.findChild(QPushButton, "keep-step")

    def submitted(self) -> object:
        """Give the recipe that was submitted last."""
        return self.worker.called("submit")[-1][0].recipe


@pytest.fixture
def rail(qtbot: QtBot, dressed: QApplication) -> Rail:
    """Give a bar with nothing to go through."""
    made = Rail(qtbot)
    yield made
    made.close()


def test_it_is_there_for_finished_pictures_only(rail: Rail) -> None:
    view = rail.run(rail.begin())
    assert rail.bar.isHidden()
    rail.save(view)
    assert not rail.bar.isHidden()
    assert (rail.slider.minimum(), rail.slider.maximum(), rail.slider.value()) == (1, 20, 20)


def test_the_slider_and_its_keys_go_through_the_steps(rail: Rail, qtbot: QtBot) -> None:
    rail.finish()
    qtbot.keyClick(rail.slider, Qt.Key.Key_Left)
    assert (rail.scrubber.step, rail.label.text()) == (19, "Step 19 of 20")
    qtbot.keyClick(rail.slider, Qt.Key.Key_Home)
    assert rail.scrubber.step == 1
    qtbot.keyClick(rail.slider, Qt.Key.Key_End)
    assert rail.scrubber.step == 20


def test_it_follows_steps_taken_elsewhere_without_taking_them_again(rail: Rail) -> None:
    rail.finish()
    rail.scrubber.set_step(9)
    assert rail.slider.value() == 9
    assert len(rail.worker.called("look")) == 1


def test_a_step_is_kept_by_a_button_that_the_finished_picture_does_not_need(
    rail: Rail, qtbot: QtBot
) -> None:
    rail.finish()
    rail.bar.show()
    assert not rail.keep.isEnabled()
    rail.scrubber.set_step(9)
    qtbot.mouseClick(rail.keep, Qt.MouseButton.LeftButton)
    branch = rail.submitted().branch
    assert (branch.step, branch.change) == (9, Stop())


def test_a_fork_takes_the_angle_that_is_set(rail: Rail, qtbot: QtBot) -> None:
    rail.finish()
    rail.bar.show()
    rail.scrubber.set_step(9)
    spin = rail.bar.findChild(QSpinBox, "fork-degrees")
    assert (spin.minimum(), spin.value(), spin.maximum()) == (5, 30, 180)
    spin.setValue(70)
    qtbot.mouseClick(rail.fork, Qt.MouseButton.LeftButton)
    change = rail.submitted().branch.change
    assert isinstance(change, Renoise)
    assert change.degrees == 70


def test_the_panel_of_the_angle_forks_too(rail: Rail, qtbot: QtBot) -> None:
    rail.finish()
    rail.bar.show()
    rail.scrubber.set_step(9)
    qtbot.mouseClick(rail.bar.findChild(QToolButton, "fork-turn"), Qt.MouseButton.LeftButton)
    go = rail.bar.findChild(QPushButton, "fork-go")
    qtbot.waitUntil(go.isVisible)
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert rail.submitted().branch.step == 9
    assert not go.isVisible()


def test_it_says_at_which_step_noise_enters_if_it_is_another(rail: Rail) -> None:
    rail.finish()
    assert rail.fork.text() == "Fork at 19"
    rail.scrubber.set_step(9)
    assert rail.fork.text() == "Fork here"


def test_what_cannot_be_forked_is_explained_on_the_button(rail: Rail) -> None:
    request = request_of(recipe=recipe_of(3, SamplerName.PNDM, size=(128, 128)))
    rail.worker.job_changed.emit(job_of(request))
    view = picture_view_of(request)
    rail.worker.picture_changed.emit(view)
    rail.worker.saved.emit(saved_of(request.id, view.recipe, "a.png", view.id))
    settle()
    assert not rail.fork.isEnabled()
    assert "PNDM" in rail.fork.toolTip()
