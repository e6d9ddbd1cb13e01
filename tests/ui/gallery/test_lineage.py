"""Families of pictures, to be walked through."""

from __future__ import annotations

from uuid import UUID

import pytest
from looking import FakeDesk, entry_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldm_desktop.session.gallery.values import Lineage
from ldm_desktop.ui.gallery.lineage import LineageView
from ldm_desktop.ui.gallery.lineage_tile import FamilyTile

ENTRIES = [entry_of(number) for number in range(1, 10)]
OWN = ENTRIES[2]
STRANGER = UUID(int=0xABCD1234 << 96, version=4)
FAMILY = Lineage(OWN, (ENTRIES[0],), (ENTRIES[4],), tuple(ENTRIES[5:9]), (STRANGER,))


def names(tiles: tuple[FamilyTile, ...]) -> list[str]:
    return [tile.text() for tile in tiles]


@pytest.fixture
def desk(dressed: QApplication) -> FakeDesk:
    return FakeDesk(ENTRIES)


@pytest.fixture
def view(qtbot: QtBot, desk: FakeDesk) -> LineageView:
    view = LineageView(desk)
    qtbot.addWidget(view)
    view.resize(268, 300)
    view.show()
    with qtbot.waitActive(view):
        view.activateWindow()
    view.show_lineage(FAMILY)
    return view


def test_three_generations_stand_in_columns(view: LineageView) -> None:
    parents, middle, children = view.tiles
    assert names(parents) == ["Seed 1", "#abcd1234"]
    assert names(middle) == ["Seed 3", "Seed 5"]
    assert names(children) == ["Seed 6", "Seed 7", "more"]
    assert view.tile is middle[0]
    assert parents[0].geometry().right() < middle[0].geometry().left()
    assert middle[0].geometry().right() < children[0].geometry().left()


def test_a_parent_that_is_not_here_is_said_to_be_elsewhere(view: LineageView) -> None:
    stranger = view.tiles[0][1]
    assert not stranger.isEnabled()
    assert stranger.accessibleName() == "#abcd1234 is not in this library"


def test_a_click_and_return_go_to_a_relative(view: LineageView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.chosen, timeout=1000) as told:
        qtbot.mouseClick(view.tiles[2][0], Qt.MouseButton.LeftButton)
    assert told.args == [ENTRIES[5]]
    with qtbot.waitSignal(view.chosen, timeout=1000) as told:
        qtbot.keyClick(view.tiles[0][0], Qt.Key.Key_Return)
    assert told.args == [ENTRIES[0]]


def test_those_without_room_are_searched_for(view: LineageView, qtbot: QtBot) -> None:
    more = view.tiles[2][2]
    assert more.accessibleName() == "Show all: 2 more"
    with qtbot.waitSignal(view.searched, timeout=1000) as told:
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert told.args == ["parent:#5f3a0003"]


def test_arrows_move_between_generations(view: LineageView, qtbot: QtBot) -> None:
    parents, middle, children = view.tiles
    middle[0].setFocus()
    for key, tile in [
        (Qt.Key.Key_Right, children[0]),
        (Qt.Key.Key_Down, children[1]),
        (Qt.Key.Key_Left, middle[0]),
        (Qt.Key.Key_Left, parents[0]),
        (Qt.Key.Key_Right, middle[0]),
        (Qt.Key.Key_Down, middle[1]),
    ]:
        qtbot.keyClick(view.focusWidget(), key)
        assert tile.hasFocus()


def test_lines_lead_from_parents_to_the_picture_and_to_its_children(view: LineageView) -> None:
    with_family = view.grab().toImage()
    between = range(view.tiles[0][0].geometry().right() + 2, view.tiles[1][0].geometry().left())
    ground = with_family.pixelColor(0, 0)
    inked = [
        x for x in between for y in range(view.height()) if with_family.pixelColor(x, y) != ground
    ]
    assert set(inked) == set(between)


def test_an_empty_family_shows_nothing(view: LineageView) -> None:
    view.show_lineage(None)
    assert view.tiles == ((), (), ())
    assert view.tile is None
