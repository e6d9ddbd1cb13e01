"""The search: as one types, with completions, and what is wrong said in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from listing import ListedDesk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.finding.complete import Completion
from ldm_desktop.ui.gallery.completion_popup import DETAIL
from ldm_desktop.ui.gallery.search_field import SearchField

Key = Qt.Key


class Scene:
    """A search field in a window of some size, listening to a desk."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = ListedDesk(5)
        self.window = QWidget()
        self.field = SearchField(self.desk, self.window)  # type: ignore[arg-type]
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addStretch(1)
        qtbot.addWidget(self.window)
        self.window.resize(600, 400)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.field.focus()

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.field.line.text()

    def type(self, text: str) -> None:
        """Type."""
        QTest.keyClicks(self.field.line, text)

    def key(self, key: Key) -> None:
        """Press a key."""
        QTest.keyClick(self.field.line, key)

    def offer(self, *texts: str, start: int = 0) -> None:
        """Let the desk have found what could be typed."""
        end = self.field.line.cursorPosition()
        self.desk.completions.emit(
            tuple(Completion(text, start, end, "why", 1234) for text in texts)
        )


@pytest.fixture
def scene(qtbot: QtBot, dressed: QApplication) -> Iterator[Scene]:
    """Give a search field."""
    made = Scene(qtbot)
    yield made
    made.window.hide()


def test_it_searches_and_completes_as_one_types(scene: Scene) -> None:
    scene.type("se")
    assert scene.desk.named("set_query") == [("s",), ("se",)]
    assert scene.desk.named("complete") == [("s", 1), ("se", 2)]


def test_what_could_be_typed_stands_below_and_the_keyboard_stays(scene: Scene) -> None:
    scene.type("s")
    scene.offer("seed:", "steps:", "sampler:")
    popup = scene.field.popup
    assert popup.isVisible()
    below = popup.mapTo(scene.window, popup.rect().topLeft()).y()
    assert below > scene.field.line.geometry().bottom()
    assert scene.field.line.hasFocus()
    assert popup.chosen is None
    view = popup.findChild(QListView)
    assert view.model().index(0, 0).data(DETAIL) == "why   1,234"
    scene.key(Key.Key_Down)
    scene.key(Key.Key_Down)
    assert popup.chosen is not None
    assert popup.chosen.text == "steps:"
    assert scene.field.line.accessibleDescription() == "steps:"
    scene.key(Key.Key_Up)
    scene.key(Key.Key_Up)
    assert popup.chosen is None


def test_what_is_chosen_goes_where_it_belongs_and_a_key_is_completed_further(scene: Scene) -> None:
    scene.type("rating:5 sa tag:sky")
    scene.field.line.setCursorPosition(11)
    scene.offer("sampler:", start=9)
    scene.key(Key.Key_Down)
    scene.key(Key.Key_Return)
    assert scene.text == "rating:5 sampler: tag:sky"
    assert scene.field.line.cursorPosition() == 17
    assert scene.desk.query == scene.text
    assert scene.desk.named("complete")[-1] == ("rating:5 sampler: tag:sky", 17)
    assert not scene.field.popup.isVisible()


def test_tab_takes_the_first_and_a_click_the_one_clicked(scene: Scene) -> None:
    scene.type("s")
    scene.offer("seed:", "steps:")
    scene.key(Key.Key_Tab)
    assert scene.text == "seed:"
    scene.offer("seed:7", "seed:12")
    view = scene.field.popup.findChild(QListView)
    second = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert scene.text == "seed:12"
    assert scene.field.line.hasFocus()


def test_return_without_a_choice_goes_on_to_the_pictures(scene: Scene, qtbot: QtBot) -> None:
    scene.type("sky")
    scene.offer("skyline")
    with qtbot.waitSignal(scene.field.left):
        scene.key(Key.Key_Return)
    assert scene.text == "sky"
    assert not scene.field.popup.isVisible()


def test_down_goes_on_to_the_pictures(scene: Scene, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scene.field.left):
        scene.key(Key.Key_Down)


def test_escape_closes_the_list_then_empties_the_line_then_leaves(
    scene: Scene, qtbot: QtBot
) -> None:
    scene.type("sky")
    scene.offer("skyline")
    scene.key(Key.Key_Escape)
    assert not scene.field.popup.isVisible()
    assert scene.text == "sky"
    scene.key(Key.Key_Escape)
    assert scene.text == ""
    assert scene.desk.query == ""
    with qtbot.waitSignal(scene.field.left):
        scene.key(Key.Key_Escape)


def test_what_is_wrong_is_said_in_place_and_to_a_screen_reader(scene: Scene) -> None:
    scene.desk.query_trouble.emit("There is no key “sed”: did you mean seed?")
    assert scene.field.problem.isVisible()
    assert "seed" in scene.field.problem.text()
    assert "seed" in scene.field.line.accessibleDescription()
    assert scene.field.line.property("error") is True
    scene.desk.query_trouble.emit("")
    assert not scene.field.problem.isVisible()
    assert scene.field.line.property("error") is False


def test_what_others_search_for_is_shown(scene: Scene) -> None:
    scene.desk.set_query("album:Dusk")
    assert scene.text == "album:Dusk"
    assert scene.desk.named("complete") == []


def test_a_search_can_be_kept_once_there_is_one(scene: Scene, qtbot: QtBot) -> None:
    assert not scene.field.keep.isEnabled()
    scene.type("x")
    with qtbot.waitSignal(scene.field.save_wished):
        scene.field.keep.click()


def test_completions_that_come_after_the_person_has_gone_stay_away(
    scene: Scene, qtbot: QtBot
) -> None:
    scene.type("s")
    scene.offer("seed:")
    scene.field.keep.setFocus()
    qtbot.waitUntil(lambda: not scene.field.popup.isVisible())
    scene.offer("seed:")
    assert not scene.field.popup.isVisible()
