"""The page scrubs all rows together, forks, and says what it shows."""

from __future__ import annotations

import pytest
from fakes import frame_of
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from strip_scenes import StripScene, draft_subject, saved_subject

from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.core.settings import Theme
from ldm_desktop.session.explore.strip_way import share_of
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.shown import image_of
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.strip_axis import StripAxis
from ldm_desktop.ui.explore.strip_board import StripBoard
from ldm_desktop.ui.explore.strip_looks import LookCell, StripLooks
from ldm_desktop.ui.explore.strip_row import StripRow
from ldm_desktop.ui.explore.trajectories_page import TrajectoriesPage
from ldm_desktop.worker.draft import DraftState
from ldm_desktop.worker.work import QueueView


class PageScene(StripScene):
    """A page of 1280 x 640."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.page = TrajectoriesPage(self.strips, Actions())
        qtbot.addWidget(self.page)
        self.page.resize(1280, 640)
        self.page.show()
        with qtbot.waitActive(self.page):
            self.page.activateWindow()
        self.axis = self.page.findChild(StripAxis, "strip-axis")
        self.board = self.page.findChild(StripBoard, "strip-board")
        self.looks = self.page.findChild(StripLooks, "strip-looks")

    def take(self, *subjects: Subject) -> None:
        """Come to the page with pictures, whose keyframes are at hand."""
        self.page.take(subjects)
        for way in self.rows:
            self.fill(way)
        QApplication.processEvents()

    def row(self, number: int) -> StripRow:
        """Give the widget of a row."""
        return self.page.findChild(StripRow, f"strip-{self.rows[number].id}")

    def button(self, name: str) -> QPushButton:
        """Give a button of the fork bar."""
        return self.page.findChild(QPushButton, name)

    def x(self, step: int, total: int = 20) -> int:
        """Give where a step is on the axis."""
        return round(self.board.places().x(share_of(step, total)))


@pytest.fixture
def scene(qtbot: QtBot, dressed: QApplication) -> PageScene:
    """Give a page without rows."""
    made = PageScene(qtbot)
    yield made
    made.strips.close()


def test_without_pictures_it_says_how_they_come_here(scene: PageScene) -> None:
    assert not scene.looks.isVisible()
    assert scene.page.subjects() == ()
    scene.take(saved_subject())
    assert scene.looks.isVisible()
    scene.page.take(())
    assert len(scene.rows) == 1


def test_the_rows_share_one_axis(scene: PageScene) -> None:
    scene.take(saved_subject(3, steps=20), saved_subject(4, steps=200))
    ends = [scene.row(number).frames()[-1] for number in (0, 1)]
    assert ends[0][0].center().x() == pytest.approx(ends[1][0].center().x(), abs=1)
    assert [step for _, step in ends] == [20, 200]
    assert scene.x(20) == pytest.approx(ends[0][0].center().x(), abs=1)


@pytest.mark.parametrize("count", range(1, 9))
def test_up_to_eight_rows_are_all_seen_and_their_frames_keep_their_shape(
    scene: PageScene, count: int
) -> None:
    scene.take(*(saved_subject(seed) for seed in range(count)))
    scene.page.resize(1280, 560)
    QApplication.processEvents()
    for number in range(count):
        row = scene.row(number)
        assert scene.board.rect().contains(row.geometry().translated(row.parentWidget().pos()))
        for place, _ in row.frames():
            assert place.width() == place.height() >= 24
            assert row.rect().contains(place.toRect())
    for cell in scene.looks.cells:
        assert scene.looks.rect().contains(cell.geometry())
        assert cell.place().width() == cell.place().height() >= 90


def test_pressing_and_dragging_in_a_row_scrubs_all_of_them(scene: PageScene, qtbot: QtBot) -> None:
    scene.take(saved_subject(3), saved_subject(4))
    row = scene.row(1)
    qtbot.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(scene.x(5), 10))
    assert (scene.strips.step, scene.strips.focus) == (5, scene.rows[1])
    qtbot.mouseMove(row, QPoint(scene.x(11), 10))
    qtbot.mouseRelease(row, Qt.MouseButton.LeftButton, pos=QPoint(scene.x(11), 10))
    assert scene.strips.step == 11
    # Its name is no place on the way.
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert scene.strips.step == 11


def test_the_axis_is_a_slider_that_says_its_step(scene: PageScene, qtbot: QtBot) -> None:
    scene.take(saved_subject())
    assert isinstance(scene.axis, QSlider)
    assert (scene.axis.minimum(), scene.axis.maximum(), scene.axis.value()) == (1, 20, 20)
    qtbot.keyClick(scene.axis, Qt.Key.Key_Left)
    assert scene.strips.step == 19
    assert scene.axis.accessibleDescription() == "Step 19 of 20"
    qtbot.keyClick(scene.axis, Qt.Key.Key_Home)
    assert scene.strips.step == 1
    qtbot.mouseClick(scene.axis, Qt.MouseButton.LeftButton, pos=QPoint(scene.x(8), 20))
    assert (scene.strips.step, scene.axis.value()) == (8, 8)


def test_the_axis_catches_the_step_of_a_fork(scene: PageScene, qtbot: QtBot) -> None:
    scene.take(saved_subject(3, steps=200))
    scene.strips.fork(scene.rows[0].id, 100, 30.0)
    near = QPoint(scene.x(100, 200) + 4, 20)
    assert scene.board.places().share(near.x()) > share_of(100, 200)
    qtbot.mouseClick(scene.axis, Qt.MouseButton.LeftButton, pos=near)
    assert scene.strips.step == 100


def test_keys_in_a_row_step_jump_change_rows_and_take_it_off(
    scene: PageScene, qtbot: QtBot
) -> None:
    scene.take(saved_subject(3), saved_subject(4))
    first = scene.row(0)
    assert first.hasFocus()
    for key, step in (
        (Qt.Key.Key_Left, 19),
        (Qt.Key.Key_PageUp, 9),
        (Qt.Key.Key_Right, 10),
        (Qt.Key.Key_Home, 1),
        (Qt.Key.Key_End, 20),
    ):
        qtbot.keyClick(first, key)
        assert scene.strips.step == step
    qtbot.keyClick(first, Qt.Key.Key_Down)
    second = scene.row(1)
    assert second.hasFocus()
    assert scene.page.subjects() == (scene.rows[1].subject,)
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert [way.subject.seed for way in scene.rows] == [3]
    assert first.hasFocus()


def turn(widget: QWidget, angle: int) -> bool:
    """Turn the wheel over a widget; say whether it goes no further up."""
    middle = widget.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_the_wheel_goes_a_step_a_notch_wherever_it_turns(scene: PageScene) -> None:
    scene.take(saved_subject())
    # What is sent goes no way up by itself, as what a person turns does.
    assert not turn(scene.row(0), 120)
    assert not turn(scene.axis, 120)
    assert scene.strips.step == 20
    assert turn(scene.board, 120)
    assert scene.strips.step == 19
    # Half notches add up, as touchpads send them.
    turn(scene.board, 60)
    assert scene.strips.step == 19
    turn(scene.board, 60)
    assert scene.strips.step == 18
    turn(scene.board, -240)
    assert scene.strips.step == 20


def test_a_row_is_taken_off_by_its_button(scene: PageScene, qtbot: QtBot) -> None:
    scene.take(saved_subject(3), saved_subject(4))
    close = scene.row(0).findChild(QToolButton)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert [way.subject.seed for way in scene.rows] == [4]


def test_rows_are_named_and_say_where_they_are(scene: PageScene) -> None:
    scene.take(saved_subject(3), saved_subject(4, steps=200))
    scene.strips.set_step(5)
    scene.strips.fork(scene.rows[0].id, 5, 30.0)
    names = [scene.row(number).accessibleName() for number in range(3)]
    assert names == [
        "Row 1: seed 3",
        "Row 2: fork of seed 3 at step 5 by 30°",
        "Row 3: seed 4",
    ]
    assert scene.row(2).accessibleDescription() == "Step 50 of 200"
    scene.run(scene.submitted()[0], 9)
    assert scene.row(1).accessibleDescription() == "Forming 9 of 20"


def test_the_large_pictures_are_rough_and_then_sharp(scene: PageScene, qtbot: QtBot) -> None:
    scene.take(saved_subject())
    (cell,) = scene.looks.cells
    assert cell.note == "Step 20 of 20"
    scene.strips.set_step(9)
    assert cell.note == "Step 9 of 20, rough"
    assert cell.image == image_of(frame_of(9, (8, 8)))
    qtbot.waitUntil(lambda: bool(scene.wanted()))
    (draft,) = scene.wanted()
    scene.drafted(draft, 9, DraftState.RESTING, sharp=True)
    assert cell.note == "Step 9 of 20"
    assert cell.image == image_of(frame_of(9))


def test_pressing_a_large_picture_means_its_row(scene: PageScene, qtbot: QtBot) -> None:
    scene.take(saved_subject(3), saved_subject(4))
    qtbot.mouseClick(scene.looks.cells[1], Qt.MouseButton.LeftButton)
    assert scene.strips.focus is scene.rows[1]


def test_the_strip_of_a_fork_begins_at_its_line(scene: PageScene) -> None:
    scene.take(saved_subject())
    scene.strips.fork(scene.rows[0].id, 10, 30.0)
    QApplication.processEvents()
    parent, child = scene.row(0), scene.row(1)
    place, step = child.frames()[0]
    assert place.left() >= scene.x(10)
    assert step > 10
    assert parent.lines == (0.5,)
    assert child.lines == ()
    accent = theme.current().accent
    shown = child.grab().toImage()
    assert shown.pixelColor(scene.x(10), child.height() // 2).name() == accent


def test_forking_takes_strength_and_number_that_are_set(scene: PageScene, qtbot: QtBot) -> None:
    scene.take(saved_subject())
    scene.strips.set_step(12)
    spin = scene.page.findChild(QSpinBox, "fork-strength")
    assert (spin.minimum(), spin.value(), spin.maximum()) == (0, 30, 90)
    spin.setValue(55)
    scene.page.findChild(QSpinBox, "fork-count").setValue(2)
    assert scene.button("fork-go").text() == "Fork at step 12"
    qtbot.mouseClick(scene.button("fork-go"), Qt.MouseButton.LeftButton)
    changes = [request.recipe.branch.change for request in scene.submitted()]
    assert [change.degrees for change in changes] == [55.0, 55.0]
    assert len(scene.rows) == 3


def test_trying_shows_drafts_beside_their_row_and_one_can_be_kept(
    scene: PageScene, qtbot: QtBot
) -> None:
    scene.take(saved_subject(3), saved_subject(4))
    scene.strips.set_step(12)
    scene.strips.set_strength(30.0, 2)
    qtbot.mouseClick(scene.button("fork-try"), Qt.MouseButton.LeftButton)
    assert [cell.accessibleName() for cell in scene.looks.cells] == [
        *("Seed 3", "Draft 1", "Draft 2", "Seed 4"),
    ]
    assert scene.button("fork-try").text() == "Try others"
    scene.drafted(scene.strips.trials.shown[1].id, 15)
    assert scene.looks.cells[2].note == "15 / 20"
    tried = scene.strips.trials.shown[1].recipe
    qtbot.mouseClick(scene.button("trial-keep-2"), Qt.MouseButton.LeftButton)
    assert [request.recipe for request in scene.submitted()] == [tried]
    assert len(scene.looks.cells) == 4
    qtbot.keyClick(scene.row(0), Qt.Key.Key_Escape)
    assert not scene.strips.trials.active
    assert len(scene.looks.cells) == 3


def test_nothing_is_tried_on_a_page_that_is_left(scene: PageScene) -> None:
    scene.take(saved_subject())
    scene.strips.try_forks()
    scene.page.hide()
    assert not scene.strips.trials.active


def test_what_keeps_a_fork_from_leaving_is_said_and_the_buttons_rest(scene: PageScene) -> None:
    note = scene.page.findChild(QLabel, "fork-note")
    scene.take(saved_subject())
    assert note.text() == "New noise can enter at step 19, the nearest to this one."
    scene.strips.set_step(12)
    assert note.text() == ""
    told: list[bool] = []
    scene.page.possible_changed.connect(lambda: told.append(True))
    scene.take(draft_subject(4, name=SamplerName.PNDM))
    assert "PNDM" in note.text()
    assert not scene.button("fork-go").isEnabled()
    assert not scene.button("fork-try").isEnabled()
    assert told
    assert not scene.page.possible()["fork"]


def test_a_paused_queue_is_said(scene: PageScene) -> None:
    scene.take(saved_subject())
    scene.worker.queue_changed.emit(QueueView(True, 0, 0.0))
    assert "paused" in scene.page.findChild(QLabel, "fork-note").text()


def test_the_actions_of_the_page_step_and_fork(scene: PageScene) -> None:
    slots = scene.page.slots()
    assert slots.keys() == scene.page.possible().keys()
    assert not any(scene.page.possible().values())
    scene.take(saved_subject())
    assert scene.page.possible() == {"step-back": True, "step-forward": False, "fork": True}
    slots["step-back"]()
    slots["step-back"]()
    slots["step-forward"]()
    assert scene.strips.step == 19
    slots["fork"]()
    assert len(scene.submitted()) == 1


def test_other_clothes_are_painted_at_once(scene: PageScene, dressed: QApplication) -> None:
    scene.take(saved_subject(3), saved_subject(4))
    dark = scene.page.grab().toImage()
    theme.apply(dressed, Theme.LIGHT)
    light = scene.page.grab().toImage()
    theme.apply(dressed, Theme.DARK)
    assert dark.pixelColor(4, 4) != light.pixelColor(4, 4)
    assert isinstance(scene.looks.cells[0], LookCell)
