"""The contact sheet's grid: asks only for what is on screen, is culled by keys."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from fake_sheet import FakeSheet, plan_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from stages import settle

from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.sheet_listing import Filter
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore import sheet_tile
from ldm_desktop.ui.explore.sheet_grid import SheetGrid
from ldm_desktop.ui.explore.sheet_tile import Part

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Scene:
    """A grid of some tiles, five in a line."""

    def __init__(self, qtbot: QtBot, count: int = 60) -> None:
        self.sheet = FakeSheet(plan_of(count))
        self.grid = SheetGrid(self.sheet, Actions())  # type: ignore[arg-type]
        qtbot.addWidget(self.grid)
        self.grid.resize(700, 480)
        self.grid.show()
        with qtbot.waitActive(self.grid):
            self.grid.activateWindow()
        self.grid.setFocus()
        settle()
        assert self.grid.tiles.columns == 5

    @property
    def current(self) -> int:
        """The current row."""
        return self.grid.currentIndex().row()

    @property
    def seen(self) -> tuple[int, int]:
        """What the sheet was told last of what is on screen."""
        first, last = self.sheet.named("set_visible")[-1]
        return first, last

    def key(self, *keys: Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after another."""
        for key in keys:
            QTest.keyClick(self.grid, key, held)

    def at(self, row: int) -> QPoint:
        """Give the middle of a row's tile on screen."""
        return self.grid.visualRect(self.sheet.model.index(row)).center()

    def button(self, row: int, part: Part) -> QPoint:
        """Give the middle of a button of a tile, on screen."""
        place = sheet_tile.picture_place(self.grid.tiles.rect(row), self.grid.shape)
        disc = sheet_tile.buttons(place, hovered=True)[part]
        return disc.center() - QPoint(0, self.grid.top)

    def shot(self) -> QImage:
        """Give what is seen once all tiles have had their time to be painted."""
        settle()
        shot = self.grid.grab().toImage()
        while (later := self.grid.grab().toImage()) != shot:
            shot = later
        return shot

    def judged(self) -> dict[int, Verdict]:
        """Give the verdicts there are."""
        tiles = self.sheet.tiles.values()
        return {tile.place: tile.verdict for tile in tiles if tile.verdict is not Verdict.OPEN}


@pytest.fixture
def scene(qtbot: QtBot, dressed: QApplication) -> Iterator[Scene]:
    """Give a grid."""
    made = Scene(qtbot)
    yield made
    made.grid.hide()


# What is on screen.


def test_painting_ten_thousand_tiles_asks_only_for_those_on_screen(scene: Scene) -> None:
    scene.sheet.open(plan_of(10_000))
    scene.sheet.asked.clear()
    scene.grid.grab()
    assert set(scene.sheet.asked) == set(scene.grid.visible)
    scene.sheet.asked.clear()
    scene.grid.verticalScrollBar().setValue(100_000)
    scene.grid.grab()
    assert set(scene.sheet.asked) == set(scene.grid.visible)
    assert scene.grid.visible.start > 2_000


def test_scrolling_and_resizing_tell_the_sheet_at_once_what_is_seen(scene: Scene) -> None:
    assert scene.seen == (0, scene.grid.visible.stop - 1)
    scene.sheet.open(plan_of(1_000))
    scene.grid.verticalScrollBar().setValue(5_000)
    assert scene.seen == (scene.grid.visible.start, scene.grid.visible.stop - 1)
    assert scene.seen[0] > 100
    rows = len(scene.grid.visible)
    scene.grid.set_side(90)
    assert scene.seen == (scene.grid.visible.start, scene.grid.visible.stop - 1)
    assert len(scene.grid.visible) > rows


def test_other_tiles_in_the_same_places_are_told_of_as_well(scene: Scene) -> None:
    seen, told = scene.seen, len(scene.sheet.named("set_visible"))
    scene.sheet.open(plan_of(60, id=UUID(int=8, version=4)))
    assert len(scene.sheet.named("set_visible")) > told
    assert scene.seen == seen


def test_a_hidden_grid_shows_nothing(scene: Scene) -> None:
    scene.grid.hide()
    assert scene.seen == (0, -1)
    scene.grid.show()
    assert scene.seen[1] > 10


def test_what_forms_is_painted_as_it_comes(scene: Scene) -> None:
    white = QImage(8, 8, QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    before = scene.shot().pixelColor(scene.at(3))
    scene.sheet.put(3, state=TileState.FORMING, done=2, image=white)
    settle()
    after = scene.shot().pixelColor(scene.at(3))
    assert after.lightness() > 250
    assert after != before


def test_a_thin_line_tells_how_far_a_tile_is_until_it_rests(scene: Scene) -> None:
    place = sheet_tile.picture_place(scene.grid.tiles.rect(0), scene.grid.shape)
    at = QPoint(place.left() + 4, place.bottom() - 1)

    def line() -> str:
        settle()
        return scene.shot().pixelColor(at).name()

    resting = line()
    scene.sheet.put(0, state=TileState.FORMING, done=4)
    assert line() == "#8cc3a3"
    scene.sheet.put(0, state=TileState.RESTING, done=7)
    assert line() == resting


@pytest.mark.parametrize(
    ("changes", "share"),
    [
        ({"state": TileState.FORMING, "done": 3}, 3 / 7),
        ({"state": TileState.WAITING, "done": 3}, 3 / 7),
        ({"state": TileState.WAITING, "done": 0}, 0),
        ({"state": TileState.RESTING, "done": 7}, 0),
        ({"state": TileState.FINISHING, "done": 25}, 0.5),
        ({"state": TileState.FORMING, "done": 3, "verdict": Verdict.CULLED}, 0),
    ],
)
def test_a_tile_has_a_line_while_it_is_on_its_way(changes: dict[str, object], share: float) -> None:
    sheet = FakeSheet(plan_of())
    sheet.put(0, **changes)
    assert sheet_tile.progress_of(sheet.tiles[0], sheet.until) == pytest.approx(share)


def test_a_culled_tile_is_dim_and_a_kept_one_framed(scene: Scene) -> None:
    corner = sheet_tile.picture_place(scene.grid.tiles.rect(1), scene.grid.shape)
    beside = corner.center() + QPoint(20, 0)
    shot = scene.shot()
    scene.sheet.judge([1], Verdict.CULLED)
    settle()
    culled = scene.shot()
    assert culled.pixelColor(beside).lightness() < shot.pixelColor(beside).lightness()
    scene.sheet.judge([1], Verdict.KEPT)
    settle()
    kept = scene.shot()
    assert kept.pixelColor(corner.bottomLeft() + QPoint(1, -20)).name() == "#8cc3a3"
    assert kept.pixelColor(beside) == shot.pixelColor(beside)


def test_rows_are_read_out_by_their_seeds(scene: Scene) -> None:
    scene.sheet.put(7, verdict=Verdict.KEPT)
    row = QAccessible.queryAccessibleInterface(scene.grid).child(7)
    spoken = row.text(QAccessible.Text.Name)
    assert "7" in spoken
    assert "kept" in spoken


# Keys.


def test_arrows_pages_and_ends_lead_through_the_tiles(scene: Scene) -> None:
    scene.grid.go_to(6)
    scene.key(Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up)
    assert scene.current == 6
    scene.key(Key.Key_PageDown)
    assert scene.current > 10
    scene.key(Key.Key_End)
    assert scene.current == 59
    assert 59 in scene.grid.visible
    scene.key(Key.Key_Home)
    assert scene.current == 0


def test_p_x_and_u_judge_what_is_chosen(scene: Scene) -> None:
    scene.grid.go_to(2)
    scene.key(Key.Key_P)
    scene.key(Key.Key_Right)
    scene.key(Key.Key_Right, held=SHIFT)
    scene.key(Key.Key_X)
    assert scene.judged() == {2: Verdict.KEPT, 3: Verdict.CULLED, 4: Verdict.CULLED}
    assert scene.current == 4
    scene.key(Key.Key_U)
    assert scene.judged() == {2: Verdict.KEPT}


def test_shift_goes_on_to_the_next_that_is_undecided(scene: Scene) -> None:
    scene.sheet.judge([1, 2], Verdict.CULLED)
    scene.grid.go_to(0)
    scene.key(Key.Key_P, held=SHIFT)
    assert scene.current == 3
    assert scene.grid.targets == (3,)
    scene.key(Key.Key_X, held=SHIFT)
    assert scene.current == 4
    assert scene.judged()[0] is Verdict.KEPT
    assert scene.judged()[3] is Verdict.CULLED


def test_after_the_last_undecided_one_it_stays_where_it_is(scene: Scene) -> None:
    scene.grid.go_to(59)
    scene.key(Key.Key_X, held=SHIFT)
    assert scene.current == 59


def test_a_verdict_with_ctrl_or_alt_is_none(scene: Scene) -> None:
    scene.grid.go_to(0)
    scene.key(Key.Key_P, held=CTRL)
    scene.key(Key.Key_X, held=Qt.KeyboardModifier.AltModifier)
    assert scene.judged() == {}


# The mouse.


def test_a_frame_drawn_beside_the_tiles_chooses_them(scene: Scene) -> None:
    viewport = scene.grid.viewport()
    start = QPoint(2, scene.at(0).y())
    QTest.mousePress(viewport, LEFT, NONE, start)
    QTest.mouseMove(viewport, scene.at(0))
    QTest.mouseMove(viewport, scene.at(6))
    QTest.mouseRelease(viewport, LEFT, NONE, scene.at(6))
    assert scene.grid.targets == (0, 1, 5, 6)


def test_the_buttons_of_a_tile_judge_it_and_take_it_back(scene: Scene) -> None:
    scene.grid.go_to(9)
    viewport = scene.grid.viewport()
    QTest.mouseMove(viewport, scene.at(2))
    QTest.mouseClick(viewport, LEFT, NONE, scene.button(2, Part.KEEP))
    assert scene.judged() == {2: Verdict.KEPT}
    QTest.mouseClick(viewport, LEFT, NONE, scene.button(2, Part.CULL))
    assert scene.judged() == {2: Verdict.CULLED}
    QTest.mouseClick(viewport, LEFT, NONE, scene.button(2, Part.CULL))
    assert scene.judged() == {}
    assert scene.current == 9


def test_a_small_tile_has_no_buttons(scene: Scene) -> None:
    scene.grid.set_side(64)
    place = sheet_tile.picture_place(scene.grid.tiles.rect(0), scene.grid.shape)
    assert sheet_tile.buttons(place, hovered=True) == {}


def test_the_menu_judges_and_lets_failed_tiles_try_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: menus.append(menu))

    def entries() -> dict[str, object]:
        reason = QContextMenuEvent.Reason.Mouse
        scene.grid.contextMenuEvent(QContextMenuEvent(reason, scene.at(4), QPoint(9, 9)))
        return {action.text().split("\t")[0]: action for action in menus[-1].actions()}

    scene.grid.go_to(4)
    assert "Try again" not in entries()
    entries()["Keep"].trigger()  # type: ignore[attr-defined]
    assert scene.judged() == {4: Verdict.KEPT}
    scene.sheet.put(4, state=TileState.FAILED, sentence="It failed.")
    entries()["Try again"].trigger()  # type: ignore[attr-defined]
    assert scene.sheet.named("call_back") == [((4,),)]


# Other tiles.


def test_the_current_tile_stays_current_when_others_are_listed(scene: Scene) -> None:
    scene.sheet.judge([3, 20, 40], Verdict.KEPT)
    scene.grid.go_to(20)
    scene.sheet.set_filter(Filter.KEPT)
    assert scene.current == 1
    scene.sheet.set_filter(Filter.ALL)
    assert scene.current == 20


def test_when_the_current_tile_is_not_listed_the_next_one_becomes_current(scene: Scene) -> None:
    scene.sheet.judge([3, 20, 40], Verdict.KEPT)
    scene.grid.go_to(30)
    scene.sheet.set_filter(Filter.KEPT)
    assert scene.current == 2
    scene.sheet.set_filter(Filter.CULLED)
    scene.sheet.set_filter(Filter.ALL)
    assert scene.current == 40


def test_another_sheet_begins_at_its_top(scene: Scene) -> None:
    scene.grid.go_to(40)
    scene.sheet.open(plan_of(60, id=UUID(int=8, version=4)))
    assert scene.current <= 0


def test_a_filter_that_finds_nothing_says_so(scene: Scene) -> None:
    scene.sheet.set_filter(Filter.FINISHED)
    settle()
    shot = scene.shot()
    middle = shot.height() // 2
    colours = {shot.pixel(x, y) for x in range(shot.width()) for y in range(middle - 8, middle + 8)}
    assert len(colours) > 8
