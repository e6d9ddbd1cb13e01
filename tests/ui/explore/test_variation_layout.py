"""The centre and its neighbours fill a room of any shape, and arrows lead where they point."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from ldm_desktop.ui.explore.variation_layout import FOOT, places, toward

ROOMS = [QSize(1256, 520), QSize(1576, 840), QSize(2500, 1300), QSize(600, 900), QSize(480, 280)]
SQUARE = QSize(128, 128)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room.width()}x{room.height()}")
@pytest.mark.parametrize("count", [0, 1, 8, 15, 24])
@pytest.mark.parametrize("picture", [SQUARE, QSize(192, 128), QSize(128, 256)])
def test_all_are_inside_none_lies_on_another_and_the_centre_is_largest(
    room: QSize, count: int, picture: QSize
) -> None:
    centre, tiles = places(count, room, picture)
    every = [centre, *tiles]
    assert len(tiles) == count
    assert all(QRect(QPoint(0, 0), room).adjusted(-1, -1, 1, 1).contains(each) for each in every)
    assert not any(one.intersects(other) for one, other in itertools.combinations(every, 2))
    assert all(centre.width() >= 2 * tile.width() - 2 for tile in tiles)


@pytest.mark.parametrize("room", ROOMS[:3], ids=lambda room: f"{room.width()}x{room.height()}")
@pytest.mark.parametrize("count", [8, 15, 24])
def test_pictures_take_most_of_a_wide_room(room: QSize, count: int) -> None:
    centre, tiles = places(count, room, SQUARE)
    area = sum(each.width() * (each.height() - FOOT) for each in [centre, *tiles])
    assert area > 0.55 * room.width() * room.height()


def test_a_high_room_has_neighbours_above_and_below() -> None:
    centre, tiles = places(8, QSize(500, 1100), SQUARE)
    assert {tile.top() < centre.top() for tile in tiles} == {True, False}
    assert not any(tile.intersects(centre.adjusted(-999, 0, 999, 0)) for tile in tiles)


def test_arrows_lead_to_the_nearest_in_their_direction_and_stay_at_the_edge() -> None:
    centre, tiles = places(8, QSize(1256, 520), SQUARE)
    every = [centre, *tiles]
    left, right, down = QPoint(-1, 0), QPoint(1, 0), QPoint(0, 1)
    inner = toward(every, 0, left)
    outer = toward(every, inner, left)
    assert every[outer].right() < every[inner].left() < centre.left()
    assert toward(every, outer, left) == outer
    assert every[toward(every, outer, down)].left() == every[outer].left()
    assert toward(every, toward(every, 0, right), left) == 0


def test_every_neighbour_can_be_reached_by_arrows() -> None:
    ways = [QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)]
    for count in (8, 15, 24):
        centre, tiles = places(count, QSize(1256, 520), SQUARE)
        every, reached, edge = [centre, *tiles], {0}, [0]
        while edge:
            edge = [
                found
                for here in edge
                for way in ways
                if (found := toward(every, here, way)) not in reached and not reached.add(found)
            ]
        assert reached == set(range(count + 1))
