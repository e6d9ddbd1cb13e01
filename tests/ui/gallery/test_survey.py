"""Two to nine pictures side by side."""

from __future__ import annotations

import pytest
from looking import FakeDesk, entry_of
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.records import Flag
from ldm_desktop.ui.gallery import survey as surveys
from ldm_desktop.ui.gallery.survey import Survey
from ldm_desktop.ui.viewport import Viewport

COUNT = 12
WIDE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(dressed: QApplication) -> FakeDesk:
    return FakeDesk([entry_of(number, width=400, height=300) for number in range(1, COUNT + 1)])


@pytest.fixture
def survey(qtbot: QtBot, desk: FakeDesk) -> Survey:
    survey = Survey(desk)
    qtbot.addWidget(survey)
    survey.resize(900, 600)
    survey.show()
    with qtbot.waitActive(survey):
        survey.activateWindow()
    return survey


def test_it_shows_nine_at_most(survey: Survey) -> None:
    survey.show_pictures(range(1, COUNT + 1))
    assert survey.numbers == tuple(range(1, 10))


@pytest.mark.parametrize("count", range(1, 10))
@pytest.mark.parametrize("shape", [QSize(400, 300), QSize(300, 900), QSize(1600, 300)])
def test_cells_are_of_one_size_apart_and_inside(count: int, shape: QSize) -> None:
    room = QSize(900, 600)
    places = surveys.places(count, room, surveys.columns(count, room, shape))
    assert len({(place.width(), place.height()) for place in places}) == 1
    assert all(QRect(QPoint(0, 0), room).contains(place) for place in places)
    assert not any(
        one.intersects(other) for at, one in enumerate(places) for other in places[at + 1 :]
    )


def test_the_layout_goes_by_the_shape_of_the_pictures() -> None:
    room = QSize(900, 600)
    assert surveys.columns(3, room, QSize(300, 900)) == 3
    assert surveys.columns(3, room, QSize(1600, 300)) == 1
    assert surveys.columns(4, room, QSize(400, 300)) == 2


def test_all_are_zoomed_and_moved_together(survey: Survey, desk: FakeDesk) -> None:
    survey.show_pictures([1, 2, 3, 4])
    desk.open_all()
    survey.grab()
    first, last = survey.cells[0], survey.cells[-1]
    wheel = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 600), Qt.MouseButton.NoButton,
        WIDE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    first.wheelEvent(wheel)
    assert first.viewport is last.viewport
    assert not first.viewport.fits
    before = last.grab().toImage()
    first.viewport.pan(QPointF(-60, -40))
    assert last.grab().toImage() != before


def test_painting_comes_to_rest_with_pictures_of_all_shapes(
    survey: Survey, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.change(2, width=300, height=900)
    desk.change(3, width=64, height=64)
    changes = []
    survey.show_pictures([1, 2, 3])
    viewport: Viewport = survey.cells[0].viewport
    survey.grab()
    viewport.changed.connect(lambda: changes.append(1))
    survey.grab()
    survey.grab()
    assert changes == []


def test_verdicts_go_to_the_active_one(survey: Survey, desk: FakeDesk, qtbot: QtBot) -> None:
    survey.show_pictures([4, 5, 6], active=5)
    desk.set_selected([4, 5, 6])
    assert survey.active == 5
    qtbot.keyClick(survey.cells[1], Qt.Key.Key_P)
    assert desk.named("flag") == [(Flag.PICKED, (5,))]
    assert desk.current_number == 5


def test_with_shift_the_next_one_becomes_active(
    survey: Survey, desk: FakeDesk, qtbot: QtBot
) -> None:
    survey.show_pictures([4, 6, 8])
    qtbot.keyClick(survey.cells[0], Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert desk.named("flag") == [(Flag.REJECTED, (4,))]
    assert survey.active == 6


def test_arrows_move_the_active_one_in_rows_and_columns(survey: Survey, qtbot: QtBot) -> None:
    survey.show_pictures([1, 2, 3, 4])
    for key, active in [
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, 4),
    ]:
        qtbot.keyClick(survey.focusWidget(), key)
        assert survey.active == active


def test_the_focus_makes_active(survey: Survey, desk: FakeDesk, qtbot: QtBot) -> None:
    survey.show_pictures([1, 2])
    qtbot.mouseClick(survey.cells[1], Qt.MouseButton.LeftButton)
    assert survey.active == 2
    assert desk.current_number == 2
    assert "active" in survey.cells[1].accessibleName()


def test_the_keyboard_comes_to_the_active_one(survey: Survey, qtbot: QtBot) -> None:
    survey.show_pictures([1, 2, 3], active=2)
    survey.cells[1].clearFocus()
    survey.setFocus()
    assert survey.cells[1].hasFocus()


def test_x_in_the_corner_takes_a_picture_out_and_keeps_it_in_the_gallery(
    survey: Survey, desk: FakeDesk, qtbot: QtBot
) -> None:
    survey.show_pictures([1, 2, 3], active=2)
    button = survey.findChild(QToolButton, "gallery-survey-close-2")
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert survey.numbers == (1, 3)
    assert survey.active == 3
    assert desk.named("trash") == []


def test_the_last_one_out_goes_back_to_the_grid(survey: Survey, qtbot: QtBot) -> None:
    survey.show_pictures([1])
    with qtbot.waitSignal(survey.closed, timeout=1000):
        qtbot.keyClick(survey.focusWidget(), Qt.Key.Key_Backspace)


def test_what_goes_to_the_trash_leaves_the_survey(
    survey: Survey, desk: FakeDesk, qtbot: QtBot
) -> None:
    survey.show_pictures([1, 2, 3], active=1)
    qtbot.keyClick(survey.focusWidget(), Qt.Key.Key_Delete)
    assert desk.named("trash") == [((1,),)]
    assert survey.numbers == (2, 3)
    assert survey.active == 2


def test_a_picture_that_is_not_read_yet_is_sent_for(survey: Survey, desk: FakeDesk) -> None:
    entry = desk.model.entries.pop(7)
    survey.show_pictures([6, 7])
    assert desk.model.wanted == [7]
    desk.model.entries[7] = entry
    desk.model.entries_read.emit({7: entry})
    assert survey.cells[1].entry == entry


def test_return_looks_at_one_alone(survey: Survey, qtbot: QtBot) -> None:
    survey.show_pictures([1, 2], active=2)
    with qtbot.waitSignal(survey.chosen, timeout=1000) as told:
        qtbot.keyClick(survey.focusWidget(), Qt.Key.Key_Return)
    assert told.args == [2]
