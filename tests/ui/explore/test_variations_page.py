"""By keys and mouse one walks among variations, keeps some, and paints what is to stay."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from fakes import CARD, FakeWorker, frame_of, saved_of
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core.noise import Mask, Seed, Turn, Walk
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.core.settings import Theme
from ldm_desktop.session.explore import ring
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.explore.variation_place import Around
from ldm_desktop.session.explore.variations import CENTRE, Variations
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore import variation_words as words
from ldm_desktop.ui.explore.variation_path import shown
from ldm_desktop.ui.explore.variations_page import VariationsPage
from ldm_desktop.ui.paged_actions import Page
from ldm_desktop.worker.draft import Drafted, DraftState
from ldm_desktop.worker.work import QueueView

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
PICTURE = UUID(int=7)


class Shelf(QObject):
    """Knows where the model is."""

    folder = CARD.folder

    def folder_of(self, recipe: Recipe) -> str:
        """Give the folder."""
        return self.folder


class Desk:
    """The page of 1280 x 660 with a worker that tests can speak for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.worker, self.actions, self.orders = FakeWorker(), Actions(), Shelf()
        self.part = Variations(self.worker, self.orders)  # type: ignore[arg-type]
        self.page = VariationsPage(self.part, self.actions)
        qtbot.addWidget(self.page)
        self.page.possible_changed.connect(self._allow)
        self.actions.bind(Page.VARIATIONS, self.page.slots())
        self.actions.show_page(Page.VARIATIONS)
        self.page.resize(1280, 660)
        self.page.show()
        with qtbot.waitActive(self.page):
            self.page.activateWindow()
        self._allow()

    def _allow(self) -> None:
        self.actions.allow(Page.VARIATIONS, self.page.possible())

    def take(self) -> None:
        """Come here with a saved picture of 50 steps."""
        image = QImage(128, 128, QImage.Format.Format_RGB32)
        image.fill(QColor("#4060a0"))
        recipe = recipe_of(3, size=(128, 128), steps=50)
        self.page.take((Subject(recipe, PICTURE, image, Path("3.png")),))
        self.page.ring.centre.setFocus()

    def rest(self) -> None:
        """Let all that is wanted come to its end."""
        drafts = self.worker.called("draft")[-1][0]
        for number, each in enumerate(drafts.drafts):
            news = (DraftState.RESTING, each.until, each.until, frame_of(number), True)
            self.worker.drafted.emit(Drafted(drafts.owner, each.id, *news))

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)

    def tile(self, number: int) -> QWidget:
        """Give a neighbour's widget."""
        return self.page.ring.tiles[number]

    def drag(self, start: tuple[float, float], end: tuple[float, float], **held: object) -> None:
        """Drag over the centre; points are shares of its picture."""
        centre = self.page.ring.centre
        place = centre._place()
        first, last = (
            QPointF(place.x() + place.width() * x, place.y() + place.height() * y).toPoint()
            for x, y in (start, end)
        )
        left = Qt.MouseButton.LeftButton
        modifier = held.get("modifier", NONE)
        QTest.mousePress(centre, left, modifier, first)
        for share in (0.25, 0.5, 0.75, 1.0):
            QTest.mouseMove(centre, first + (last - first) * share)
        QTest.mouseRelease(centre, left, modifier, last)

    @property
    def note(self) -> str:
        """What is said in place."""
        labels = (self.page.note, self.page.hint)
        return " ".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, dressed: QApplication) -> Desk:
    """Give the page without a picture."""
    made = Desk(qtbot)
    yield made
    made.part.close()


def test_without_a_picture_it_says_how_to_come_here_with_one(desk: Desk) -> None:
    assert desk.page.empty.isVisible()
    keys = desk.actions["explore-variations"].shortcut()
    sentence = desk.page.findChild(QLabel, "variations-empty-sentence").text()
    assert keys.toString(QKeySequence.SequenceFormat.NativeText) in sentence
    assert desk.page.subjects() == ()
    assert not any(desk.page.possible().values())
    desk.press(Key.Key_N)
    desk.take()
    assert not desk.page.empty.isVisible()
    assert all(tile.isVisible() for tile in desk.page.ring.tiles)


def test_arrows_choose_return_goes_and_backspace_comes_back(desk: Desk) -> None:
    desk.take()
    desk.press(Key.Key_Left)
    chosen = desk.part.selected
    assert chosen != CENTRE
    assert desk.tile(chosen).hasFocus()
    assert desk.page.subjects() == (desk.part.tile(chosen).subject,)
    recipe = desk.part.tile(chosen).subject.recipe
    desk.press(Key.Key_Return)
    assert desk.part.centre.recipe == recipe
    assert desk.page.ring.centre.hasFocus()
    desk.press(Key.Key_Backspace)
    assert desk.part.centre.picture == PICTURE
    assert desk.part.tile(chosen).subject.recipe == recipe


def test_single_keys_go_sideways_further_and_to_others(desk: Desk) -> None:
    desk.take()
    desk.press(Key.Key_Right)
    near = ring.last_turn(desk.page.subjects()[0].recipe)
    desk.press(Key.Key_F)
    assert ring.last_turn(desk.part.centre.recipe) == Turn(near.toward, 30.0)
    desk.press(Key.Key_S)
    assert desk.part.place.around is Around.SIBLINGS
    assert "other children of its parent, 30°" in desk.note
    before = [tile.subject.recipe for tile in desk.part.tiles]
    desk.press(Key.Key_N)
    assert not set(before) & {tile.subject.recipe for tile in desk.part.tiles}
    # The picture in the middle leads back to its own neighbours.
    desk.press(Key.Key_Return)
    assert desk.part.place.around is Around.CHILDREN
    assert not desk.note


def test_a_click_chooses_and_a_double_click_goes(desk: Desk) -> None:
    desk.take()
    recipe = desk.part.tile(5).subject.recipe
    QTest.mouseClick(desk.tile(5), Qt.MouseButton.LeftButton)
    assert desk.part.selected == 5
    assert len(desk.part.path) == 1
    QTest.mouseClick(desk.page.ring.centre, Qt.MouseButton.LeftButton)
    assert desk.part.selected == CENTRE
    QTest.mouseDClick(desk.tile(5), Qt.MouseButton.LeftButton)
    assert desk.part.centre.recipe == recipe


def test_keys_with_modifiers_are_left_to_the_window(desk: Desk) -> None:
    desk.take()
    desk.press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.press(Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert desk.part.undo_stack.count() == 0
    assert desk.worker.called("submit") == []


def test_k_keeps_what_is_chosen_and_its_tile_says_so(desk: Desk) -> None:
    desk.take()
    assert not desk.actions["variations-keep"].isEnabled()
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Left)
    chosen = desk.part.selected
    assert desk.actions["variations-keep"].isEnabled()
    desk.press(Key.Key_K)
    ((request,),) = desk.worker.called("submit")
    assert request.recipe == desk.part.tile(chosen).subject.recipe
    assert request.parents == (PICTURE,)
    assert desk.tile(chosen).accessibleDescription() == "keeping…"
    assert not desk.actions["variations-keep"].isEnabled()
    desk.worker.saved.emit(saved_of(request.id, request.recipe, Path("kept.png")))
    assert desk.tile(chosen).accessibleDescription() == "kept"
    assert desk.page.subjects()[0].file == Path("kept.png")


def test_actions_do_what_the_keys_do(desk: Desk) -> None:
    desk.take()
    assert not desk.actions["variations-back"].isEnabled()
    desk.part.go_to(0)
    for name in ("variations-sideways", "variations-again", "variations-further"):
        assert desk.actions[name].isEnabled()
        desk.actions[name].trigger()
    assert desk.part.undo_stack.count() == 4
    desk.actions["undo"].trigger()
    assert desk.part.place.around is Around.SIBLINGS
    desk.actions["redo"].trigger()
    desk.actions["variations-back"].trigger()
    assert desk.part.centre.picture == PICTURE


def test_each_button_says_its_shortcut_and_its_single_key(desk: Desk) -> None:
    for name, key in (("variations-sideways", "S"), ("variations-keep", "K")):
        button = desk.page.findChild(QPushButton, name)
        keys = desk.actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert keys in button.toolTip()
        assert f"Here also: {key}" in button.toolTip()


# How they are shown.


def test_each_neighbour_says_how_far_it_is(desk: Desk) -> None:
    desk.take()
    assert {tile.accessibleName() for tile in desk.page.ring.tiles} == {
        f"Variation {number}, 15° away" for number in range(1, 9)
    }
    desk.part.set_degrees(2.5)
    assert desk.tile(0).accessibleName() == "Variation 1, 2.5° away"


@pytest.mark.parametrize("count", [8, 15, 24])
def test_the_chosen_number_of_neighbours_is_shown(desk: Desk, count: int) -> None:
    desk.take()
    desk.page.findChild(QPushButton, f"variations-count-{count}").click()
    assert len(desk.page.ring.tiles) == count
    room = desk.page.ring.rect()
    assert all(room.contains(tile.geometry()) for tile in desk.page.ring.tiles)


def test_a_draft_is_painted_as_it_forms_and_pale_when_the_distance_changes(desk: Desk) -> None:
    desk.take()
    empty = _middle(desk.tile(2))
    desk.rest()
    formed = _middle(desk.tile(2))
    assert formed != empty
    desk.part.set_degrees(40.0)
    pale = _middle(desk.tile(2))
    assert pale not in (empty, formed)
    # Others have nothing to do with what stood there.
    desk.part.again()
    assert _middle(desk.tile(2)) == empty


def _middle(widget: QWidget) -> str:
    image = widget.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).name()


def test_all_at_once_or_in_few_steps_first(desk: Desk) -> None:
    desk.take()
    desk.page.findChild(QPushButton, "variations-steps-full").click()
    drafts = desk.worker.called("draft")[-1][0].drafts
    assert {draft.recipe.steps for draft in drafts} == {50}


def test_the_space_bar_shows_the_chosen_one_in_the_middle_while_it_is_held(desk: Desk) -> None:
    desk.take()
    desk.rest()
    own = _middle(desk.page.ring.centre)
    desk.press(Key.Key_Left)
    focus = QApplication.focusWidget()
    QTest.keyPress(focus, Key.Key_Space)
    assert _middle(desk.page.ring.centre) != own
    QTest.keyRelease(focus, Key.Key_Space)
    assert _middle(desk.page.ring.centre) == own


def test_a_paused_queue_and_a_missing_model_are_said_in_place(desk: Desk) -> None:
    desk.take()
    desk.worker.queue_changed.emit(QueueView(True, 0, 0.0))
    assert desk.note.startswith("The queue is paused, and so are these drafts")
    desk.worker.queue_changed.emit(QueueView(False, 0, 0.0))
    assert not desk.note
    desk.orders.folder = ""
    desk.part.again()
    assert desk.note == "The model of this picture, landscapes, is not here."


def test_nothing_forms_while_another_page_is_shown(desk: Desk) -> None:
    desk.take()
    desk.page.hide()
    assert desk.worker.called("draft")[-1][0].drafts == ()
    desk.page.show()
    assert len(desk.worker.called("draft")[-1][0].drafts) == 8


def test_a_menu_is_about_the_neighbour_it_is_opened_on(desk: Desk) -> None:
    desk.take()
    tile = desk.tile(6)
    tile.menu_wished.emit(tile.mapToGlobal(QPoint(5, 5)))
    menu = desk.page.findChild(QMenu)
    assert desk.actions["variations-keep"] in menu.actions()
    menu.close()


# How far.


def test_the_slider_the_number_and_the_marks_are_one_angle(desk: Desk, qtbot: QtBot) -> None:
    desk.take()
    distance = desk.page.bar.distance
    distance.field.spin.setValue(33.0)
    qtbot.waitUntil(lambda: desk.part.place.degrees == 33.0)
    assert distance.words.text() == "loosely related"
    scale = distance.scale
    QTest.mouseClick(scale, Qt.MouseButton.LeftButton, pos=QPoint(scale._place(90.0) + 3, 8))
    qtbot.waitUntil(lambda: desk.part.place.degrees == 90.0)
    assert distance.field.spin.value() == 90.0
    assert distance.words.text() == "another picture"
    handle = distance.field.slider.value() / distance.field.slider.maximum()
    assert abs(handle * (scale.width() - 16) + 8 - scale._place(90.0)) < scale.width() / 5


def test_dragging_the_slider_is_followed_in_strides_and_undone_as_one(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.take()
    for degrees in range(16, 60):
        desk.page.bar.distance.changed.emit(float(degrees))
    qtbot.waitUntil(lambda: desk.part.place.degrees == 59.0)
    assert len(desk.worker.called("draft")) < 6
    desk.page.bar.distance.changed.emit(12.0)
    qtbot.waitUntil(lambda: desk.part.place.degrees == 12.0)
    desk.part.undo_stack.undo()
    assert desk.part.place.degrees == 15.0


def test_among_siblings_the_distance_is_given(desk: Desk) -> None:
    desk.take()
    desk.part.set_degrees(20.0)
    desk.part.go_to(0)
    desk.part.set_degrees(5.0)
    desk.part.sideways()
    assert not desk.page.bar.distance.isEnabled()
    assert desk.page.bar.distance.field.spin.value() == 20.0


@pytest.mark.parametrize(
    ("angle", "text"), [(0.5, "0.5°"), (2.0, "2°"), (7.26, "7.3°"), (15.4, "15°"), (180.0, "180°")]
)
def test_angles_are_written_as_finely_as_it_matters(angle: float, text: str) -> None:
    assert words.degrees(angle) == text


# The way here.


def test_the_way_here_is_shown_and_a_click_goes_back_on_it(desk: Desk, qtbot: QtBot) -> None:
    desk.take()
    for _ in range(3):
        desk.part.go_to(1)
    crumbs = desk.page.path.crumbs
    assert [crumb.accessibleName() for crumb in crumbs] == [
        "Back to where you began",
        "Back to generation 1",
        "Back to generation 2",
        "You are here",
    ]
    crumbs[1].click()
    assert len(desk.part.path) == 2
    assert len(desk.page.path.crumbs) == 2


@pytest.mark.parametrize(
    ("count", "room", "numbers"),
    [(3, 5, [0, 1, 2]), (5, 5, [0, 1, 2, 3, 4]), (300, 4, [0, 297, 298, 299])],
)
def test_of_a_long_way_the_first_and_the_last_are_shown(
    count: int, room: int, numbers: list[int]
) -> None:
    assert shown(count, room) == numbers


def test_a_very_long_way_fits_the_page(desk: Desk) -> None:
    turns = tuple(Turn(Seed(number + 10), 1.0) for number in range(40))
    desk.page.take((Subject(recipe_of(noise=Walk(Seed(3), turns), size=(128, 128))),))
    for _ in range(20):
        desk.part.go_to(0)
    crumbs = desk.page.path.crumbs
    assert crumbs[-1].number == 20
    assert crumbs[-1].geometry().right() <= desk.page.path.width()
    assert desk.page.path.crumbs[0].number == 0


# Painting.


def test_painting_on_the_centre_locks_it_in_new_turns(desk: Desk) -> None:
    desk.take()
    desk.press(Key.Key_B)
    assert desk.page.mask_bar.isVisible()
    assert desk.actions["variations-lock"].isChecked()
    assert "What is striped stays" in desk.note
    desk.drag((0.1, 0.25), (0.9, 0.25))
    lock = ring.last_turn(desk.part.tile(0).subject.recipe).lock
    assert (lock.width, lock.height) == (32, 32)
    grey = lock.values()
    assert grey[8 * 32 + 16] > 240
    assert grey[24 * 32 + 16] == 0
    assert set(grey) - {0, 255}, "its edges are soft"
    assert desk.part.undo_stack.count() == 1


def test_the_reverse_varies_only_what_is_painted(desk: Desk) -> None:
    desk.take()
    desk.actions["variations-lock"].trigger()
    desk.drag((0.1, 0.25), (0.9, 0.25))
    desk.page.mask_bar.findChild(QPushButton, "mask-vary").click()
    grey = ring.last_turn(desk.part.tile(0).subject.recipe).lock.values()
    assert grey[8 * 32 + 16] < 15
    assert grey[24 * 32 + 16] == 255
    desk.page.mask_bar.findChild(QPushButton, "mask-keep").click()
    assert desk.part.place.lock == desk.part.place.painted


@pytest.mark.parametrize("way", ["alt", "x"])
def test_alt_or_x_erases(desk: Desk, way: str) -> None:
    desk.take()
    desk.press(Key.Key_B)
    desk.drag((0.1, 0.5), (0.9, 0.5))
    if way == "x":
        desk.press(Key.Key_X)
        assert desk.page.mask_bar.eraser.isChecked()
        desk.drag((0.5, 0.5), (0.95, 0.5))
    else:
        desk.drag((0.5, 0.5), (0.95, 0.5), modifier=Qt.KeyboardModifier.AltModifier)
        assert not desk.page.ring.centre.brush.erases
    grey = desk.part.place.painted.values()
    assert grey[16 * 32 + 16] == 0
    assert grey[16 * 32 + 6] > 240


def test_brackets_and_the_bar_change_the_brush(desk: Desk) -> None:
    desk.take()
    desk.press(Key.Key_BracketRight)
    assert desk.page.ring.centre.brush.radius == 0.1
    desk.press(Key.Key_B)
    desk.press(Key.Key_BracketRight)
    assert desk.page.ring.centre.brush.radius == pytest.approx(0.125)
    assert desk.page.mask_bar.size_slider.value() == 125
    desk.press(Key.Key_BracketLeft)
    assert desk.page.ring.centre.brush.radius == pytest.approx(0.1)
    desk.page.mask_bar.size_slider.setValue(300)
    desk.page.mask_bar.soft.click()
    assert desk.page.ring.centre.brush == type(desk.page.ring.centre.brush)(0.3, soft=False)


def test_clear_takes_all_away_and_undo_brings_it_back(desk: Desk) -> None:
    desk.take()
    desk.press(Key.Key_B)
    assert not desk.page.mask_bar.clear.isEnabled()
    desk.drag((0.1, 0.5), (0.9, 0.5))
    painted = desk.part.place.painted
    desk.page.mask_bar.clear.click()
    assert desk.part.place.lock is None
    assert not any(desk.page.ring.centre.paint.values())
    desk.actions["undo"].trigger()
    assert desk.part.place.painted == desk.page.ring.centre.paint == painted


def test_escape_puts_the_brush_away_and_a_click_chooses_again(desk: Desk) -> None:
    desk.take()
    desk.press(Key.Key_B)
    desk.press(Key.Key_Escape)
    assert not desk.page.mask_bar.isVisible()
    assert not desk.actions["variations-lock"].isChecked()
    desk.drag((0.1, 0.5), (0.9, 0.5))
    assert desk.part.place.painted is None


def test_what_stays_is_seen_on_the_picture(desk: Desk) -> None:
    desk.take()
    bare = desk.page.ring.centre.grab().toImage()
    desk.part.paint(Mask.of(32, 32, b"\xff" * 512 + bytes(512)))
    locked = desk.page.ring.centre.grab().toImage()
    middle, high = bare.width() // 2, bare.height()
    rows = range(high // 4, high // 4 + 9)
    assert any(bare.pixel(middle, y) != locked.pixel(middle, y) for y in rows)
    low = range(high * 3 // 4, high * 3 // 4 + 9)
    assert all(bare.pixel(middle, y) == locked.pixel(middle, y) for y in low)
    desk.part.set_inverted(True)
    reverse = desk.page.ring.centre.grab().toImage()
    assert all(bare.pixel(middle, y) == reverse.pixel(middle, y) for y in rows)


def test_it_follows_the_theme(desk: Desk, qapp: QApplication) -> None:
    desk.take()
    dark = desk.page.grab().toImage()
    theme.apply(qapp, Theme.LIGHT)
    light = desk.page.grab().toImage()
    theme.apply(qapp, Theme.DARK)
    assert light.pixelColor(640, 70).lightness() > dark.pixelColor(640, 70).lightness() + 100


def test_all_that_can_be_used_has_names_and_is_reached_by_tab(desk: Desk) -> None:
    desk.take()
    desk.press(Key.Key_B)
    usable = [each for each in desk.page.findChildren(QWidget) if each.focusPolicy().value & 1]
    named = [
        each for each in usable if each.isVisible() and not each.objectName().startswith("qt_")
    ]
    assert len(named) > 25
    assert all(each.objectName() and each.accessibleName() for each in named)
