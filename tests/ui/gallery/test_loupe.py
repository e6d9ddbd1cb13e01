"""One picture, large."""

from __future__ import annotations

import pytest
from looking import FakeDesk, entry_of, image_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.records import Flag, State
from ldm_desktop.session.gallery.values import NOT_LISTED, OpenedImage
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery import picture_overlay
from ldm_desktop.ui.gallery.loupe import Loupe


@pytest.fixture
def desk(dressed: QApplication) -> FakeDesk:
    return FakeDesk([entry_of(number, width=400, height=300) for number in (1, 2, 3)])


@pytest.fixture
def loupe(qtbot: QtBot, desk: FakeDesk) -> Loupe:
    desk.set_current(2)
    loupe = Loupe(desk)
    qtbot.addWidget(loupe)
    loupe.resize(500, 400)
    loupe.show()
    with qtbot.waitActive(loupe):
        loupe.activateWindow()
    loupe.setFocus()
    return loupe


def middle(loupe: Loupe) -> QColor:
    return loupe.grab().toImage().pixelColor(loupe.width() // 2, loupe.height() // 2)


def test_a_small_version_stands_in_until_the_picture_is_read(loupe: Loupe, desk: FakeDesk) -> None:
    assert desk.named("open_image") == [(entry_of(2).id,)]
    assert loupe.image.size() == image_of(2).size()
    desk.open_all()
    assert loupe.image.width() == 400


def test_a_kept_picture_is_there_at_once(loupe: Loupe, desk: FakeDesk) -> None:
    desk.images[entry_of(3).id] = image_of(3, 400, 300)
    desk.set_current(3)
    assert loupe.image.width() == 400


def test_pixels_of_another_picture_are_not_shown(loupe: Loupe, desk: FakeDesk) -> None:
    before = loupe.image
    desk.image_opened.emit(OpenedImage(entry_of(1).id, image_of(1, 400, 300)))
    assert loupe.image == before


def test_it_paints_the_picture(loupe: Loupe, desk: FakeDesk) -> None:
    red = QImage(400, 300, QImage.Format.Format_RGB32)
    red.fill(QColor("#c03020"))
    desk.image_opened.emit(OpenedImage(entry_of(2).id, red))
    assert middle(loupe).name() == "#c03020"


def test_arrows_go_to_the_neighbours_and_the_zoom_stays(
    loupe: Loupe, desk: FakeDesk, qtbot: QtBot
) -> None:
    loupe.grab()
    loupe.viewport.actual()
    qtbot.keyClick(loupe, Qt.Key.Key_Right)
    assert desk.current_number == 3
    qtbot.keyClick(loupe, Qt.Key.Key_Home)
    assert desk.current_number == 1
    loupe.grab()
    assert not loupe.viewport.fits


def test_shift_and_arrows_move_a_picture_that_is_larger_than_the_view(
    loupe: Loupe, desk: FakeDesk, qtbot: QtBot
) -> None:
    loupe.grab()
    loupe.viewport.zoom_by(4)
    before = loupe.viewport.target
    qtbot.keyClick(loupe, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert loupe.viewport.target.left() < before.left()
    assert desk.current_number == 2


def test_a_verdict_is_shown_shortly(
    loupe: Loupe, desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not loupe.judging
    qtbot.keyClick(loupe, Qt.Key.Key_4)
    assert desk.calls[-1] == ("rate", 4, (2,))
    assert loupe.judging
    qtbot.waitUntil(lambda: not loupe.judging, timeout=2 * picture_overlay.LASTS)


def test_a_verdict_is_for_the_picture_on_screen_whatever_is_selected(
    loupe: Loupe, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.set_selected([1, 3])
    qtbot.keyClick(loupe, Qt.Key.Key_P)
    assert desk.named("flag") == [(Flag.PICKED, (2,))]


def test_a_damaged_picture_is_explained_instead(loupe: Loupe, desk: FakeDesk) -> None:
    desk.change(3, state=State.DAMAGED)
    desk.calls.clear()
    desk.set_current(3)
    assert "damaged" in loupe.sentence
    assert "damaged" in loupe.accessibleDescription()
    assert desk.named("open_image") == []
    assert middle(loupe).name() != theme.current().canvas


def test_a_picture_that_turns_out_to_be_broken_is_explained(loupe: Loupe, desk: FakeDesk) -> None:
    desk.image_opened.emit(OpenedImage(entry_of(2).id, QImage(), "It cannot be read."))
    assert loupe.sentence == "It cannot be read."


def test_a_picture_that_is_still_read_is_not_called_none(loupe: Loupe, desk: FakeDesk) -> None:
    entry = desk.model.entries.pop(3)
    desk.set_current(3)
    empty = loupe.grab().toImage()
    assert middle(loupe).name() == theme.current().canvas
    assert loupe.accessibleDescription() == ""
    desk.model.entries[3] = entry
    desk.current_changed.emit(entry)
    assert loupe.entry == entry
    desk.set_current(NOT_LISTED)
    assert "No picture" in loupe.accessibleDescription()
    assert loupe.grab().toImage() != empty


def test_it_says_where_one_is(loupe: Loupe, desk: FakeDesk) -> None:
    assert "Seed 2" in loupe.accessibleDescription()
    assert "2 of 3" in loupe.accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_G])
def test_escape_and_g_go_back(loupe: Loupe, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(loupe.closed, timeout=1000):
        qtbot.keyClick(loupe, key)


def test_escape_ends_full_screen_first(loupe: Loupe, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loupe.full_screen_wished, timeout=1000):
        qtbot.keyClick(loupe, Qt.Key.Key_F)
    loupe.set_full_screen(True)
    with qtbot.assertNotEmitted(loupe.closed), qtbot.waitSignal(loupe.full_screen_wished):
        qtbot.keyClick(loupe, Qt.Key.Key_Escape)


def test_return_goes_between_the_whole_and_its_pixels(loupe: Loupe, qtbot: QtBot) -> None:
    loupe.grab()
    qtbot.keyClick(loupe, Qt.Key.Key_Return)
    assert loupe.viewport.scale == 1
    qtbot.keyClick(loupe, Qt.Key.Key_Z)
    assert loupe.viewport.fits


def test_hidden_it_reads_nothing(loupe: Loupe, desk: FakeDesk) -> None:
    loupe.hide()
    desk.calls.clear()
    desk.set_current(1)
    assert desk.calls == []
    assert loupe.image.isNull()
    loupe.show()
    assert desk.named("open_image") == [(entry_of(1).id,)]
