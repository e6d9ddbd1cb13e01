"""The gallery's page: its parts together, and the ways from one to another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from listing import ListedDesk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stages import settle

from ldm_desktop.gallery.finding.query import Grouping, Order, SortField
from ldm_desktop.session.gallery.values import Counts, Shelf, Task, Work
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.gallery.gallery_view import GalleryView, Looking
from ldm_desktop.ui.gallery.toolbar import STEP

Key = Qt.Key
COUNTS = Counts(places=(Shelf("All pictures", "", 100_000),))


class Scene:
    """The page with some pictures."""

    def __init__(self, qtbot: QtBot, count: int = 40) -> None:
        self.desk = ListedDesk(0)
        self.desk.counts = COUNTS
        self.actions = Actions()
        self.view = GalleryView(self.desk, self.actions)  # type: ignore[arg-type]
        qtbot.addWidget(self.view)
        self.view.resize(1280, 720)
        self.view.show()
        self.desk.list(range(1, count + 1))
        with qtbot.waitActive(self.view):
            self.view.activateWindow()
        self.view.setFocus()
        settle()

    def key(self, *keys: Key) -> None:
        """Press keys wherever the keyboard is."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)

    def text(self, name: str) -> str:
        """Give what a label says."""
        return self.view.findChild(QLabel, name).text()


@pytest.fixture
def scene(qtbot: QtBot, dressed: QApplication) -> Iterator[Scene]:
    """Give the page."""
    made = Scene(qtbot)
    yield made
    made.view.hide()


def test_keys_lead_to_the_loupe_and_back(scene: Scene) -> None:
    view = scene.view
    scene.key(Key.Key_Right, Key.Key_Return)
    assert view.looking is Looking.LOUPE
    assert view.loupe.isVisible()
    assert QApplication.focusWidget() is view.loupe
    scene.key(Key.Key_Right)
    assert scene.desk.current_number == 3
    scene.key(Key.Key_G)
    assert view.looking is Looking.GRID
    assert view.grid.currentIndex().row() == 2
    assert QApplication.focusWidget() is view.grid


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_E, Key.Key_F])
def test_other_keys_lead_there_too(scene: Scene, key: Key) -> None:
    scene.key(key)
    assert scene.view.looking is Looking.LOUPE


def test_the_chosen_pictures_are_compared(scene: Scene) -> None:
    view = scene.view
    scene.key(Key.Key_C)
    assert view.survey.numbers == (1, 2)
    scene.key(Key.Key_Escape)
    assert view.looking is Looking.GRID
    view.grid.selectAll()
    scene.key(Key.Key_C)
    assert view.survey.numbers == tuple(range(1, 10))
    assert view.looking is Looking.SURVEY


def test_without_a_picture_there_is_nothing_to_look_at(scene: Scene) -> None:
    scene.desk.list([])
    scene.view.show_loupe()
    scene.view.show_survey()
    assert scene.view.looking is Looking.GRID


def test_full_screen_leaves_the_picture_alone_and_the_grid_has_its_company_back(
    scene: Scene,
) -> None:
    view, fill = scene.view, scene.actions["full-screen"]
    scene.key(Key.Key_F)
    assert fill.isChecked()
    assert not view.sidebar.isVisible()
    assert not view.info.isVisible()
    scene.key(Key.Key_Escape)
    assert not fill.isChecked()
    assert view.looking is Looking.LOUPE
    assert view.sidebar.isVisible()
    scene.key(Key.Key_F, Key.Key_G)
    assert not fill.isChecked()
    assert view.info.isVisible()


def test_another_place_is_looked_at_in_the_grid(scene: Scene) -> None:
    scene.key(Key.Key_Return)
    scene.desk.set_query("flag:picked")
    assert scene.view.looking is Looking.GRID


def test_typing_a_search_keeps_the_keyboard_in_it(scene: Scene) -> None:
    slots = scene.view.slots()
    slots["gallery-loupe"]()
    slots["gallery-find"]()
    QTest.keyClicks(QApplication.focusWidget(), "sky")
    assert scene.desk.query == "sky"
    assert QApplication.focusWidget() is scene.view.search.line
    scene.key(Key.Key_Down)
    assert QApplication.focusWidget() is scene.view.grid


def test_t_and_n_write_tags_and_notes(scene: Scene) -> None:
    scene.key(Key.Key_T)
    assert scene.view.info.isAncestorOf(QApplication.focusWidget())
    scene.view.setFocus()
    scene.key(Key.Key_N)
    assert scene.view.info.isAncestorOf(QApplication.focusWidget())


def test_every_slot_is_of_an_action_that_there_is(scene: Scene) -> None:
    for name, slot in scene.view.slots().items():
        assert scene.actions[name].objectName() == name
        assert callable(slot)


# What stands where pictures would.


def test_before_anything_is_listed_nothing_is_claimed(qtbot: QtBot, dressed: QApplication) -> None:
    desk = ListedDesk(0)
    view = GalleryView(desk, Actions())  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.show()
    assert not view.empty.isVisible()
    desk.listing_changed.emit()
    assert view.empty.isVisible()


def test_a_page_that_is_built_late_knows_what_was_told_before(
    qtbot: QtBot, dressed: QApplication
) -> None:
    desk = ListedDesk(0)
    desk.listed = True
    view = GalleryView(desk, Actions())  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.show()
    assert view.empty.accessibleName() == "No pictures yet"
    desk.in_the_way = "The disk with the library is not there."
    late = GalleryView(desk, Actions())  # type: ignore[arg-type]
    qtbot.addWidget(late)
    late.show()
    assert late.empty.accessibleDescription() == desk.in_the_way


def test_the_keyboard_goes_along_to_what_stands_where_pictures_would_and_back(
    scene: Scene,
) -> None:
    scene.desk.list([])
    assert QApplication.focusWidget() is scene.view.empty.findChild(QPushButton)
    scene.desk.list([1, 2])
    assert QApplication.focusWidget() is scene.view.grid
    scene.view.search.focus()
    scene.desk.list([])
    assert QApplication.focusWidget() is scene.view.search.line


def test_a_library_out_of_reach_is_no_blank_page(qtbot: QtBot, dressed: QApplication) -> None:
    desk = ListedDesk(0)
    view = GalleryView(desk, Actions())  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.show()
    desk.trouble.emit("The disk with the library is not there. Plug it in; nothing is lost.")
    assert view.empty.isVisible()
    assert not view.trouble.isVisible()


def test_each_emptiness_says_what_it_is_and_helps(scene: Scene) -> None:
    view, desk, asked = scene.view, scene.desk, []
    scene.actions["gallery-import"].triggered.connect(lambda: asked.append("import"))
    verb = view.empty.findChild(QPushButton)
    desk.list([])
    assert view.empty.isVisible()
    first = view.empty.accessibleName()
    verb.click()
    assert asked == ["import"]
    desk.ask(text="sky")
    desk.list([])
    desk.listing_changed.emit()
    assert view.empty.accessibleName() != first
    verb.click()
    assert desk.query == ""
    assert QApplication.focusWidget() is view.search.line
    desk.trouble.emit("The disk with the library is not there. Plug it in; nothing is lost.")
    assert "Plug it in" in view.empty.accessibleDescription()
    assert not view.trouble.isVisible()
    verb.click()
    assert ("retry",) in [call[:1] for call in desk.calls]
    desk.trouble.emit("")
    desk.list([1, 2])
    assert view.grid.isVisible()


def test_trouble_stands_over_pictures_that_can_still_be_seen(scene: Scene) -> None:
    scene.desk.trouble.emit("The disk is full. Make room; nothing is lost.")
    assert scene.view.trouble.isVisible()
    assert scene.view.grid.isVisible()
    scene.desk.trouble.emit("")
    assert not scene.view.trouble.isVisible()


# The bar.


def test_it_says_how_many_pictures_there_are(scene: Scene) -> None:
    assert scene.text("gallery-count") == "40"
    scene.desk.ask(text="sky")
    scene.desk.list(range(1, 1235))
    assert scene.text("gallery-count") == "1,234 of 100,000"
    scene.view.grid.selectAll()
    assert "1,234 chosen" in scene.text("gallery-count")


def test_order_and_grouping_go_both_ways(scene: Scene) -> None:
    bar, desk = scene.view.toolbar, scene.desk
    bar.field.chosen.emit(SortField.RATING)
    assert desk.order == Order(SortField.RATING, descending=True)
    bar.field.chosen.emit(SortField.NAME)
    assert desk.order == Order(SortField.NAME, descending=False)
    bar.direction.click()
    assert desk.order.descending
    bar.grouping.chosen.emit(Grouping.DAY)
    assert desk.grouping is Grouping.DAY
    desk.ask(order=Order(SortField.SEED), grouping=Grouping.NONE)
    assert bar.field.currentText() == "Seed"
    assert bar.grouping.currentText() == "No groups"


def test_the_slider_changes_how_large_pictures_are(scene: Scene) -> None:
    before = scene.view.grid.tiles.tile_width
    scene.view.toolbar.slider.setValue(300)
    assert scene.view.grid.tiles.tile_width > before
    assert scene.desk.thumb_side == 300


def test_zooming_in_the_grid_makes_its_pictures_larger(scene: Scene) -> None:
    slots, before = scene.view.slots(), scene.desk.thumb_side
    slots["zoom-in"]()
    assert scene.desk.thumb_side == before + STEP
    scene.key(Key.Key_Minus)
    assert scene.desk.thumb_side == before
    scene.view.grid.turned.emit(120)
    assert scene.desk.thumb_side == before + STEP
    scene.view.show_loupe()
    slots["zoom-in"]()
    assert scene.desk.thumb_side == before + STEP
    assert not scene.view.port.fits


def test_ctrl_f_is_for_finding(scene: Scene) -> None:
    QTest.keyClick(QApplication.focusWidget(), Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is scene.view.search.line


def test_the_bar_says_how_it_is_looked_at_whatever_becomes_possible(scene: Scene) -> None:
    for name in ("gallery-grid", "gallery-loupe"):
        scene.actions[name].setEnabled(False)
        scene.actions[name].setEnabled(True)
    assert [button.isChecked() for button in scene.view.toolbar.views] == [True, False, False]


def test_clicks_in_the_bar_leave_the_keyboard_with_the_pictures(scene: Scene) -> None:
    bar = scene.view.toolbar
    QTest.mouseClick(bar.slider, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is scene.view.grid
    for combo in (bar.grouping, bar.field):
        assert not combo.focusPolicy() & Qt.FocusPolicy.ClickFocus


def test_a_narrow_bar_keeps_its_words(scene: Scene) -> None:
    bar = scene.view.toolbar
    assert bar.slider.isVisible()
    scene.view.resize(1000, 600)
    settle()
    assert not bar.slider.isVisible()
    assert not bar.grouping.geometry().intersects(bar.field.geometry())


def test_work_that_takes_long_is_shown_and_can_be_stopped(scene: Scene) -> None:
    scene.desk.work_changed.emit(Work(Task.REBUILDING, 500, 1000))
    line = scene.view.findChild(QWidget, "gallery-work")
    assert line.isVisible()
    line.findChild(QWidget, "gallery-stop").click()
    assert scene.desk.calls[-1][0] == "cancel"
    scene.desk.work_changed.emit(Work(Task.REBUILDING, 1000, 1000, ended=True))
    assert not line.isVisible()


def test_every_part_that_takes_the_keyboard_has_a_name_and_says_it(scene: Scene) -> None:
    reached = [
        widget
        for widget in scene.view.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]
    assert len(reached) > 12
    own = [widget for widget in reached if not widget.objectName().startswith("qt_")]
    for widget in own:
        assert widget.objectName(), widget
        assert widget.accessibleName() or widget.focusProxy(), widget.objectName()


def test_nothing_heavy_is_imported_with_the_page() -> None:
    folder = Path(__file__).parents[3] / "ldm_desktop" / "ui" / "gallery"
    for name in (
        "gallery_view",
        "grid",
        "../tiled_view",
        "../tile_grid",
        "tile",
        "sidebar",
        "search_field",
        "toolbar",
    ):
        source = (folder / f"{name}.py").read_text(encoding="utf-8")
        assert "import numpy" not in source
        assert "apsw" not in source
        assert "PIL" not in source
