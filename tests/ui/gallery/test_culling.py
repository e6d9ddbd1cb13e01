"""Keys become verdicts, the same everywhere."""

from __future__ import annotations

import sys

import pytest
from looking import FakeDesk, entry_of
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ldm_desktop.gallery.records import Flag, Label
from ldm_desktop.ui.gallery import culling

SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
FIRST = 10
"""X11's scan code of the key 1."""


def pressed(
    key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, scan: int = 0, native: int = 0
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, native)


@pytest.fixture
def desk(qapp: QApplication) -> FakeDesk:
    desk = FakeDesk([entry_of(number) for number in (1, 2, 3)])
    desk.set_current(1)
    return desk


@pytest.mark.parametrize("stars", range(6))
def test_figures_to_five_are_stars(desk: FakeDesk, stars: int) -> None:
    assert culling.handle(pressed(Qt.Key(Qt.Key.Key_0 + stars)), desk)
    assert desk.calls == [("rate", stars, (1,))]
    assert desk.current_number == 1


@pytest.mark.parametrize(
    ("key", "label"),
    [
        (Qt.Key.Key_6, Label.RED),
        (Qt.Key.Key_7, Label.YELLOW),
        (Qt.Key.Key_8, Label.GREEN),
        (Qt.Key.Key_9, Label.BLUE),
    ],
)
def test_a_label_is_given_and_taken_by_the_same_key(
    desk: FakeDesk, key: Qt.Key, label: Label
) -> None:
    culling.handle(pressed(key), desk)
    culling.handle(pressed(key), desk)
    assert desk.named("label") == [(label, (1,)), (Label.NONE, (1,))]


def test_a_label_that_only_some_have_is_given_to_all(desk: FakeDesk) -> None:
    desk.change(1, label=Label.RED)
    desk.set_selected([1, 2])
    culling.handle(pressed(Qt.Key.Key_6), desk)
    culling.handle(pressed(Qt.Key.Key_6), desk)
    assert [call[0] for call in desk.named("label")] == [Label.RED, Label.NONE]


@pytest.mark.parametrize(
    ("key", "flag"),
    [
        (Qt.Key.Key_P, Flag.PICKED),
        (Qt.Key.Key_X, Flag.REJECTED),
        (Qt.Key.Key_U, Flag.NONE),
    ],
)
def test_letters_are_flags(desk: FakeDesk, key: Qt.Key, flag: Flag) -> None:
    assert culling.handle(pressed(key), desk)
    assert desk.calls == [("flag", flag, (1,))]


@pytest.mark.skipif(sys.platform != "linux", reason="scan codes are X11's")
def test_with_shift_the_next_picture_comes_although_the_key_is_another_sign(
    desk: FakeDesk,
) -> None:
    assert culling.handle(pressed(Qt.Key.Key_Dollar, SHIFT, FIRST + 3), desk)
    assert desk.calls == [("rate", 4, (1,))]
    assert desk.current_number == 2


@pytest.mark.skipif(sys.platform != "linux", reason="the bit is X11's")
def test_with_caps_lock_the_next_picture_comes(desk: FakeDesk) -> None:
    culling.handle(pressed(Qt.Key.Key_P, native=2), desk)
    assert desk.current_number == 2


def test_a_verdict_on_many_moves_nowhere(desk: FakeDesk) -> None:
    desk.set_selected([1, 2])
    culling.handle(pressed(Qt.Key.Key_P, SHIFT), desk)
    assert desk.named("flag") == [(Flag.PICKED, (1, 2))]
    assert desk.current_number == 1


def test_delete_is_the_trash(desk: FakeDesk) -> None:
    assert culling.handle(pressed(Qt.Key.Key_Delete), desk)
    assert desk.named("trash") == [((1,),)]


@pytest.mark.parametrize(
    "event",
    [
        pressed(Qt.Key.Key_A),
        pressed(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier),
        pressed(Qt.Key.Key_Right),
    ],
)
def test_other_keys_mean_nothing(desk: FakeDesk, event: QKeyEvent) -> None:
    assert not culling.handle(event, desk)
    assert desk.calls == []


def test_without_a_picture_no_key_means_anything(qapp: QApplication) -> None:
    assert not culling.handle(pressed(Qt.Key.Key_5), FakeDesk())
