"""The grid: only what is on screen is asked for; keys, mouse and desk agree on what is chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from listing import ListedDesk
from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from stages import settle

from ldm_desktop.gallery.finding.query import Group, Grouping
from ldm_desktop.gallery.records import Flag, Label
from ldm_desktop.session.gallery.model import dragged
from ldm_desktop.session.gallery.values import NOT_LISTED, Shelf
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.gallery import dragging, group_words, tile
from ldm_desktop.ui.gallery.grid import Grid

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class Scene:
    """A grid of some pictures, four in a line."""

    def __init__(self, qtbot: QtBot, count: int = 60) -> None:
        self.desk = ListedDesk(count)
        self.grid = Grid(self.desk, Actions())  # type: ignore[arg-type]
        qtbot.addWidget(self.grid)
        self.grid.resize(730, 500)
        self.grid.show()
        with qtbot.waitActive(self.grid):
            self.grid.activateWindow()
        settle()
        assert self.grid.tiles.columns == 4

    @property
    def current(self) -> int:
        """The current row."""
        return self.grid.currentIndex().row()

    @property
    def rows(self) -> list[int]:
        """The selected rows."""
        return sorted(index.row() for index in self.grid.selectedIndexes())

    def go_to(self, row: int) -> None:
        """Make a row current and the only one chosen."""
        self.grid.setFocus()
        self.grid.setCurrentIndex(self.desk.model.index(row))

    def key(self, *keys: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys one after another."""
        for key in keys:
            QTest.keyClick(self.grid, key, held)

    def at(self, row: int) -> QPoint:
        """Give the middle of a row's tile on screen."""
        return self.grid.visualRect(self.desk.model.index(row)).center()

    def click(
        self, point: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Click at a point."""
        QTest.mouseClick(self.grid.viewport(), LEFT, held, point)

    def star(self, row: int, number: int) -> QPoint:
        """Give where a star of a row is on screen."""
        foot = tile.foot_room(self.grid.tiles.rect(row))
        across = QPoint((number - 1) * tile.PITCH + tile.PITCH // 2, foot.height() // 2)
        return foot.topLeft() + across - QPoint(0, self.grid.top)


@pytest.fixture
def scene(qtbot: QtBot, dressed: QApplication) -> Iterator[Scene]:
    """Give a grid."""
    made = Scene(qtbot)
    yield made
    made.grid.hide()


# What is on screen.


def test_only_what_is_on_screen_is_said_to_be_so(scene: Scene) -> None:
    scene.desk.list(range(1, 5001))
    settle()
    assert scene.desk.model.visible == scene.grid.visible
    assert 8 <= len(scene.desk.model.visible) <= 16
    scene.grid.verticalScrollBar().setValue(20_000)
    settle()
    assert scene.desk.model.visible == scene.grid.visible
    assert scene.desk.model.visible.start > 300


def test_thumbnails_are_as_large_as_pictures_are_painted(scene: Scene, qtbot: QtBot) -> None:
    scene.grid.set_side(300)
    wide = tile.picture_room(scene.grid.tiles.rect(0)).width()
    qtbot.waitUntil(lambda: scene.desk.thumbs.side == wide)


def test_what_is_looked_at_stays_in_sight_when_the_grid_is_resized(scene: Scene) -> None:
    scene.go_to(42)
    before = scene.at(42).y()
    scene.grid.set_side(110)
    settle()
    assert 42 in scene.grid.visible
    scene.grid.resize(900, 500)
    settle()
    assert 42 in scene.grid.visible
    assert abs(scene.at(42).y() - before) < 150


def test_a_picture_that_comes_later_is_painted_when_it_comes(scene: Scene) -> None:
    scene.desk.thumbs.broken.add(2)
    scene.grid.viewport().repaint()
    before = scene.grid.grab().toImage().pixelColor(scene.at(1) + QPoint(0, 30))
    scene.desk.thumbs.broken.clear()
    scene.desk.thumbs.loaded.emit(frozenset([2]))
    settle()
    assert scene.grid.grab().toImage().pixelColor(scene.at(1) + QPoint(0, 30)) != before


def test_a_rating_that_changes_is_painted_at_once(scene: Scene) -> None:
    def bright() -> bool:
        shot = scene.grid.grab().toImage()
        return shot.pixelColor(scene.star(0, 3)).lightness() > 150

    assert not bright()
    scene.desk.change([1], rating=3)
    settle()
    assert bright()


def test_it_says_what_its_rows_are_to_who_cannot_see_them(scene: Scene) -> None:
    scene.desk.change([7], rating=4, flag=Flag.PICKED)
    row = QAccessible.queryAccessibleInterface(scene.grid).child(6)
    spoken = row.text(QAccessible.Text.Name)
    assert "Seed 7" in spoken
    assert "4" in spoken
    assert "picked" in spoken


# Keys.


def test_arrows_go_along_and_between_the_lines(scene: Scene) -> None:
    scene.go_to(5)
    scene.key(Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Left, Key.Key_Up)
    assert scene.current == 9
    scene.key(Key.Key_End)
    assert scene.current == 59
    assert 59 in scene.grid.visible
    scene.key(Key.Key_PageUp)
    assert scene.current < 56
    scene.key(Key.Key_Home)
    assert scene.current == 0
    assert scene.desk.current_number == 1
    assert scene.desk.selected == (1,)


def test_shift_chooses_from_the_last_one_chosen_on(scene: Scene) -> None:
    scene.go_to(5)
    scene.key(Key.Key_Down, Key.Key_Right, held=SHIFT)
    assert scene.rows == [5, 6, 7, 8, 9, 10]
    scene.key(Key.Key_Up, Key.Key_Up, held=SHIFT)
    assert scene.rows == [2, 3, 4, 5]
    assert scene.desk.selected == (3, 4, 5, 6)


def test_keys_judge_all_that_is_chosen(scene: Scene) -> None:
    scene.go_to(1)
    scene.key(Key.Key_Right, held=SHIFT)
    scene.key(Key.Key_4, Key.Key_P, Key.Key_6)
    for number in (2, 3):
        entry = scene.desk.entries[number]
        assert (entry.rating, entry.flag, entry.label) == (4, Flag.PICKED, Label.RED)
    assert scene.current == 2


def test_culling_with_shift_goes_on_to_the_next(scene: Scene) -> None:
    scene.go_to(0)
    scene.key(Key.Key_X, Key.Key_P, held=SHIFT)
    assert [scene.desk.entries[number].flag for number in (1, 2)] == [Flag.REJECTED, Flag.PICKED]
    assert scene.current == 2
    assert scene.rows == [2]


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_C, Key.Key_G, Key.Key_T])
def test_what_is_the_pages_is_left_to_the_page(scene: Scene, qtbot: QtBot, key: Key) -> None:
    heard: list[int] = []

    class Page(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
            heard.append(event.key())

    page = Page()
    qtbot.addWidget(page)
    scene.grid.setParent(page)
    page.show()
    scene.go_to(3)
    scene.key(key)
    assert heard == [key]
    assert scene.rows == [3]
    scene.grid.setParent(None)


def test_letters_look_for_nothing(scene: Scene) -> None:
    scene.go_to(3)
    scene.key(Key.Key_S)
    assert scene.current == 3


def test_ctrl_a_chooses_everything_in_one_piece(scene: Scene) -> None:
    scene.desk.list(range(1, 10_001))
    scene.go_to(0)
    scene.key(Key.Key_A, held=CTRL)
    assert scene.desk.selected == tuple(range(1, 10_001))
    assert scene.grid.selectionModel().selection().count() == 1


def test_the_focus_makes_a_picture_current_that_is_on_screen(scene: Scene) -> None:
    scene.grid.clearFocus()
    scene.desk.list(range(1, 2001))
    scene.grid.setCurrentIndex(QModelIndex())
    scene.grid.verticalScrollBar().setValue(10_000)
    scene.grid.setFocus()
    assert scene.current in scene.grid.visible
    assert scene.current > 0
    assert scene.rows == []


# The mouse.


def test_clicks_choose_as_everywhere(scene: Scene) -> None:
    scene.click(scene.at(1))
    assert scene.rows == [1]
    scene.click(scene.at(6), CTRL)
    assert scene.rows == [1, 6]
    scene.click(scene.at(9), SHIFT)
    assert scene.rows == [1, 6, 7, 8, 9]
    scene.click(scene.at(4))
    assert scene.rows == [4]
    assert scene.desk.current_number == 5


def test_a_click_on_a_star_gives_it_and_a_second_one_takes_it_back(scene: Scene) -> None:
    scene.click(scene.at(8))
    scene.click(scene.star(2, 4))
    assert scene.desk.entries[3].rating == 4
    assert scene.rows == [8]
    scene.click(scene.star(2, 4))
    assert scene.desk.entries[3].rating == 0


def test_the_stars_show_where_the_pointer_is(scene: Scene) -> None:
    def stars() -> QImage:
        return (
            scene.grid.grab()
            .toImage()
            .copy(tile.foot_room(scene.grid.tiles.rect(1)).translated(0, -scene.grid.top))
        )

    before = stars()
    QTest.mouseMove(scene.grid.viewport(), scene.at(1))
    settle()
    over = stars()
    assert over != before
    QTest.mouseMove(scene.grid.viewport(), scene.at(2))
    settle()
    assert stars() == before


def test_a_frame_drawn_beside_the_pictures_chooses_what_it_touches(scene: Scene) -> None:
    viewport = scene.grid.viewport()
    start = scene.at(0) - QPoint(scene.grid.tiles.tile_width // 2 + 6, 0)
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, scene.at(0))
    QTest.mouseMove(viewport, scene.at(5))
    assert scene.rows == [0, 1, 4, 5]
    assert scene.grid.band.active
    QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, scene.at(5))
    assert not scene.grid.band.active
    assert scene.desk.selected == (1, 2, 5, 6)


def test_a_frame_with_ctrl_adds_and_a_click_beside_chooses_nothing(scene: Scene) -> None:
    scene.click(scene.at(3))
    viewport = scene.grid.viewport()
    beside = scene.at(4) - QPoint(scene.grid.tiles.tile_width // 2 + 6, 0)
    QTest.mousePress(viewport, LEFT, CTRL, beside)
    QTest.mouseMove(viewport, scene.at(4))
    QTest.mouseRelease(viewport, LEFT, CTRL, scene.at(4))
    assert scene.rows == [3, 4]
    scene.click(beside)
    assert scene.rows == []


def test_a_frame_scrolls_when_the_pointer_leaves_below(scene: Scene, qtbot: QtBot) -> None:
    viewport = scene.grid.viewport()
    start = scene.at(0) - QPoint(scene.grid.tiles.tile_width // 2 + 6, 0)
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, QPoint(scene.at(1).x(), viewport.height() + 40))
    qtbot.waitUntil(lambda: scene.grid.top > 400)
    assert {0, 1, 8, 9} <= set(scene.rows)
    QTest.mouseRelease(viewport, LEFT)


def test_a_double_click_shows_a_picture_large(scene: Scene, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scene.grid.opened):
        QTest.mouseDClick(scene.grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, scene.at(2))


def test_pictures_are_dragged_by_number_and_as_files(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[tuple[QMimeData, int]] = []
    monkeypatch.setattr(dragging, "start", lambda _at, data, _image, n: taken.append((data, n)))
    scene.click(scene.at(1))
    scene.click(scene.at(3), SHIFT)
    scene.grid.startDrag(Qt.DropAction.CopyAction)
    data, count = taken[0]
    assert count == 3
    assert dragged(data) == (2, 3, 4)
    assert [url.fileName() for url in data.urls()] == ["seed-2.png", "seed-3.png", "seed-4.png"]


def test_several_pictures_are_dragged_with_their_count() -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    one = dragging.under_pointer(image, 1, 1.0).toImage()
    many = dragging.under_pointer(image, 12, 1.0).toImage()
    assert one.pixelColor(12, 12) == QColor("white")
    assert many != one


def test_the_menu_is_for_what_is_chosen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: menus.append(menu))
    scene.desk.counts = scene.desk.counts.__class__(
        albums=(Shelf("Dusk", "album:Dusk", 3, "Dusk"),)
    )
    scene.click(scene.at(2))
    reason = QContextMenuEvent.Reason.Mouse
    scene.grid.contextMenuEvent(QContextMenuEvent(reason, scene.at(2), QPoint(9, 9)))
    names = {action.objectName() for action in menus[0].actions()}
    assert {"gallery-loupe", "use-settings", "gallery-export", "gallery-trash"} <= names
    by_text = {action.text(): action for action in menus[0].actions()}
    by_text["Add to album"].menu().actions()[0].trigger()
    assert scene.desk.named("add_to_album") == [("Dusk",)]
    by_text["Stars"].menu().actions()[3].trigger()
    assert scene.desk.entries[3].rating == 3


# What the desk says.


def test_what_the_desk_makes_current_is_shown(scene: Scene) -> None:
    scene.go_to(0)
    scene.desk.step(40)
    assert scene.current == 40
    assert scene.rows == [40]
    assert 40 in scene.grid.visible


def test_another_listing_keeps_what_was_current_and_chosen(scene: Scene) -> None:
    scene.click(scene.at(1))
    scene.click(scene.at(4), CTRL)
    scene.desk.list([90, 5, 80, 2, 70])
    assert scene.desk.current_number == 5
    assert scene.current == 1
    assert scene.rows == [1, 3]
    assert scene.desk.selected == (2, 5) or scene.desk.selected == (5, 2)


def test_another_search_begins_at_its_top_if_the_current_picture_is_not_in_it(
    scene: Scene,
) -> None:
    scene.desk.list(range(1, 2001))
    scene.go_to(1500)
    scene.desk.ask(text="rating:5")
    scene.desk.list(range(3000, 5000, 2))
    assert scene.current == 0
    assert scene.desk.current_number == 3000
    assert scene.grid.top < scene.grid.tiles.tile_height


def test_pictures_that_go_leave_the_next_one_current(scene: Scene) -> None:
    scene.go_to(10)
    scene.desk.list([number for number in range(1, 61) if number != 11])
    assert scene.current == 10
    assert scene.desk.current_number == 12


def test_new_pictures_on_top_leave_what_is_chosen_alone(scene: Scene) -> None:
    scene.go_to(3)
    scene.desk.list([100, 101, *range(1, 61)])
    assert scene.current == 5
    assert scene.rows == [5]
    assert scene.desk.current_number == 4


def test_new_pictures_do_not_move_what_is_looked_at(scene: Scene) -> None:
    scene.desk.list(range(1, 2001))
    scene.go_to(0)
    scene.grid.verticalScrollBar().setValue(30 * scene.grid.tiles.tile_height)
    settle()
    row = scene.grid.visible.start
    number, above = scene.desk.model.number_at(row), scene.at(row)
    scene.desk.list([*range(3000, 3008), *range(1, 2001)])
    assert scene.desk.model.row_of(number) == row + 8
    assert scene.at(row + 8) == above
    scene.desk.list([*range(3000, 3008), *range(1, number - 8), *range(number, 2001)])
    assert scene.at(scene.desk.model.row_of(number)) == above


def test_groups_have_headings_and_a_click_on_one_chooses_its_pictures(scene: Scene) -> None:
    scene.desk.ask(grouping=Grouping.DAY)
    groups = (Group("2026-11-23", 0, 5), Group(None, 5, 55))
    scene.desk.list(range(1, 61), groups)
    settle()
    assert scene.grid.tiles.groups == 2
    heading = scene.grid.tiles.heading_rect(0)
    scene.click(heading.center())
    assert scene.rows == [0, 1, 2, 3, 4]
    shot = scene.grid.grab(heading).toImage()
    assert len({shot.pixel(x, heading.height() - 18) for x in range(200)}) > 4
    scene.go_to(5)
    scene.key(Key.Key_Up)
    assert scene.current == 4


def test_an_empty_listing_is_no_trouble(scene: Scene) -> None:
    scene.go_to(5)
    scene.desk.list([])
    scene.key(Key.Key_Right, Key.Key_End, Key.Key_3, Key.Key_PageDown)
    scene.grid.grab()
    assert scene.desk.current_number == NOT_LISTED
    assert list(scene.grid.visible) == []
    scene.desk.list([7])
    assert scene.grid.tiles.count == 1


def test_selecting_by_program_tells_the_desk_in_the_order_of_the_listing(scene: Scene) -> None:
    for row in (9, 2, 5):
        scene.grid.selectionModel().select(
            scene.desk.model.index(row), QItemSelectionModel.SelectionFlag.Select
        )
    assert scene.desk.selected == (3, 6, 10)


# Headings, and what stays of them.


def grouped(scene: Scene) -> None:
    """List three groups of twenty."""
    groups = tuple(Group(f"2026-11-{day}", start, 20) for day, start in ((3, 0), (2, 20), (1, 40)))
    scene.desk.ask(grouping=Grouping.DAY)
    scene.desk.list(range(1, 61), groups)
    settle()


def test_the_heading_of_a_group_that_begins_above_stays_and_chooses_it(scene: Scene) -> None:
    grouped(scene)
    grid = scene.grid
    grid.verticalScrollBar().setValue(grid.tiles.rect(24).top() + 20)
    top = QPoint(60, 10)
    assert grid.tiles.pinned(grid.top) is not None
    assert grid.row_at(top) == NOT_LISTED
    scene.click(top)
    assert scene.rows == list(range(20, 40))


def test_what_keys_lead_to_is_not_covered_by_the_heading(scene: Scene) -> None:
    grouped(scene)
    scene.go_to(39)
    scene.key(Key.Key_Up, Key.Key_Up, Key.Key_Up)
    place = scene.grid.visualRect(scene.grid.currentIndex())
    assert scene.grid.row_at(place.topLeft() + QPoint(8, 8)) == scene.current == 27


def test_a_group_without_words_of_its_own_still_has_a_heading() -> None:
    assert group_words.title(Group(("", "", 0), 0, 1), Grouping.LIKENESS) == "No recipe"
    words = group_words.title(Group(("sky", "ddim", 25), 0, 1), Grouping.LIKENESS)
    assert words == "sky · DDIM · 25 steps"


# Other listings.


def test_what_is_chosen_after_another_search_is_what_is_current(scene: Scene) -> None:
    scene.go_to(2)
    scene.grid.clearSelection()
    scene.desk.ask(text="is:trashed")
    scene.desk.list(range(101, 104))
    settle()
    assert scene.current == 0
    assert scene.rows == [0]
    assert scene.desk.targets == (101,)


def test_a_wheel_with_ctrl_held_is_for_the_size(scene: Scene, qtbot: QtBot) -> None:
    middle = QPointF(scene.grid.viewport().rect().center())
    with qtbot.waitSignal(scene.grid.turned) as told:
        event = QWheelEvent(
            middle,
            scene.grid.viewport().mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            CTRL,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(scene.grid.viewport(), event)
    assert told.args == [120]
    assert scene.grid.top == 0
