"""A tile: the picture as large as it can be, and below it calmly what is said of it."""

from __future__ import annotations

import pytest
from looking import entry_of, image_of
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ldm_desktop.gallery.records import MOST_STARS, Entry, Flag, Label, State
from ldm_desktop.ui.gallery import tile
from ldm_desktop.ui.gallery.star_field import LABEL_COLOURS
from ldm_desktop.ui.stamps import Stamps

TILE = QRect(0, 0, 180, 200)
PLAIN = tile.Look()


def painted(
    entry: Entry | None,
    image: QImage | None = None,
    look: tile.Look = PLAIN,
    painter: tile.Painter | None = None,
    scale: float = 1.0,
) -> QImage:
    """Paint a tile on grey."""
    shot = QImage(TILE.size() * scale, QImage.Format.Format_RGB32)
    shot.setDevicePixelRatio(scale)
    shot.fill(QColor("#404040"))
    into = QPainter(shot)
    painter = painter or tile.Painter()
    painter.begin_frame(into.font(), scale)
    painter.paint(into, TILE, entry, image, look)
    into.end()
    return shot


def part(shot: QImage, rect: QRect) -> set[int]:
    """Give the colours in a part of a picture."""
    return {
        shot.pixel(x, y)
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    }


@pytest.fixture(autouse=True)
def _dressed(dressed: QApplication) -> None:
    """Paint in the dark theme."""


@pytest.mark.parametrize("size", [(64, 64), (96, 32), (20, 90), (4000, 3)])
def test_a_picture_is_as_large_as_its_tile_allows_and_keeps_its_proportions(
    size: tuple[int, int],
) -> None:
    place = tile.place_of(TILE, entry_of(1, width=size[0], height=size[1]), None)
    room = tile.picture_room(TILE)
    assert room.contains(place)
    assert place.width() == room.width() or place.height() == room.height()
    assert abs(place.width() * size[1] - place.height() * size[0]) <= max(size)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_thumbnail_of_the_right_size_is_painted_to_the_pixel(scale: float) -> None:
    entry = entry_of(1, width=64, height=64)
    place = tile.place_of(TILE, entry, None)
    side = round(place.width() * scale)
    image = image_of(1, side, side)
    shot = painted(entry, image, scale=scale)
    corner = QPoint(round(place.left() * scale), round(place.top() * scale))
    for at in (QPoint(5, 5), QPoint(side // 2, side // 3), QPoint(side - 9, side - 9)):
        assert shot.pixel(corner + at) == image.pixel(at)


def test_each_thing_said_of_a_picture_is_seen() -> None:
    image = image_of(1)
    looks = {"plain": painted(entry_of(1), image)}
    said = {
        "rating": 3,
        "flag": Flag.PICKED,
        "label": Label.RED,
        "has_note": True,
        "state": State.MISSING,
    }
    for name, value in said.items():
        looks[name] = painted(entry_of(1, **{name: value}), image)
    looks["rejected"] = painted(entry_of(1, flag=Flag.REJECTED), image)
    looks["damaged"] = painted(entry_of(1, state=State.DAMAGED), image)
    shots = list(looks.values())
    assert all(one != other for place, one in enumerate(shots) for other in shots[:place])


@pytest.mark.parametrize("label", [label for label in Label if label])
def test_a_label_is_a_stripe_below_the_picture(label: Label) -> None:
    entry = entry_of(1, width=64, height=64, label=label)
    place = tile.place_of(TILE, entry, None)
    shot = painted(entry)
    assert shot.pixelColor(place.center().x(), place.bottom() + 2) == QColor(LABEL_COLOURS[label])


def test_a_rejected_picture_is_dimmed() -> None:
    image = image_of(1)
    image.fill(QColor("white"))
    place = tile.place_of(TILE, entry_of(1), image)
    assert painted(entry_of(1), image).pixelColor(place.center()) == QColor("white")
    dim = painted(entry_of(1, flag=Flag.REJECTED), image).pixelColor(place.center())
    assert dim.lightness() < 160


def test_what_is_wrong_with_a_file_is_said_in_words() -> None:
    assert tile.sign_of(State.PRESENT, broken=False) is None
    words = {
        tile.sign_of(State.MISSING, broken=True),
        tile.sign_of(State.DAMAGED, broken=True),
        tile.sign_of(State.CHANGED, broken=False),
        tile.sign_of(State.PRESENT, broken=True),
    }
    assert len(words) == 4
    assert None not in words


def test_stars_are_where_they_are_painted() -> None:
    foot = tile.foot_room(TILE)
    middle = foot.center().y()
    shot = painted(entry_of(1, rating=5, seed=None))
    for number in range(1, MOST_STARS + 1):
        x = foot.left() + (number - 1) * tile.PITCH + tile.STAR // 2
        assert tile.star_at(TILE, QPoint(x, middle)) == number
        assert shot.pixelColor(x, middle + 1).lightness() > 150
    assert tile.star_at(TILE, QPoint(foot.left() + 5 * tile.PITCH + 1, middle)) == 0
    assert tile.star_at(TILE, TILE.center()) == 0


def test_pointing_shows_all_stars_and_those_that_a_click_would_give() -> None:
    foot = tile.foot_room(TILE)
    plain = painted(entry_of(1, seed=None))
    over = painted(entry_of(1, seed=None), look=tile.Look(hovered=True))
    third = painted(entry_of(1, seed=None), look=tile.Look(hovered=True, pointed=3))
    assert len(part(plain, foot)) == 1
    assert part(over, foot) != part(plain, foot)
    assert part(third, foot) != part(over, foot)


def test_captions_can_be_left_out_and_never_show_a_part_of_a_number() -> None:
    foot = tile.foot_room(TILE)
    entry = entry_of(1, seed=2**64 - 1, rating=5)
    long = painted(entry)
    assert long.copy(foot) == painted(entry, look=tile.Look(captions=False)).copy(foot)
    short = entry_of(1, seed=7, rating=5)
    with_seed = painted(short).copy(foot)
    assert with_seed != painted(short, look=tile.Look(captions=False)).copy(foot)


def test_chosen_and_current_can_be_told_apart() -> None:
    entry, image = entry_of(1), image_of(1)
    looks = (PLAIN, tile.Look(selected=True), tile.Look(current=True))
    shots = [painted(entry, image, look) for look in looks]
    shots.append(painted(entry, image, tile.Look(selected=True, current=True, focused=True)))
    assert all(one != other for place, one in enumerate(shots) for other in shots[:place])


def test_a_picture_that_is_not_known_yet_keeps_its_place() -> None:
    assert part(painted(None), tile.picture_room(TILE)) != {QColor("#404040").rgb()}


def test_what_there_is_no_time_for_is_painted_in_a_later_frame() -> None:
    stamps, size = Stamps(), QSize(10, 10)
    calls: list[str] = []

    def paint(into: QPainter) -> None:
        calls.append("painted")
        into.fillRect(0, 0, 10, 10, QColor("red"))

    stamps.begin_frame(seconds=-1)
    assert stamps.get(1, ("a",), size, 1.0, paint) == (None, False)
    stamps.begin_frame(seconds=60)
    first, done = stamps.get(1, ("a",), size, 1.0, paint)
    assert done
    assert stamps.get(1, ("a",), size, 1.0, paint) == (first, True)
    stamps.begin_frame(seconds=-1)
    assert stamps.get(1, ("b",), size, 1.0, paint) == (first, False)
    assert calls == ["painted"]


def test_only_the_stamps_used_last_are_kept() -> None:
    stamps, size = Stamps(most_bytes=3 * 400), QSize(10, 10)
    painted_for: list[int] = []
    stamps.begin_frame(seconds=60)
    for number in (1, 2, 3, 1, 4, 1, 2):
        stamps.get(number, (), size, 1.0, lambda _into, n=number: painted_for.append(n))
    assert painted_for == [1, 2, 3, 4, 2]
