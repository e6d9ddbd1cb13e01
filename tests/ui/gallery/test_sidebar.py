"""The sidebar: places and albums to look at, to name and to put pictures into."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from listing import ListedDesk
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from stages import settle

from ldm_desktop.session.gallery.values import PICTURES_MIME, Counts, Shelf
from ldm_desktop.ui import icons
from ldm_desktop.ui.gallery.shelf_model import Kind, Role
from ldm_desktop.ui.gallery.sidebar import PLACES, Sidebar, drawing_of

Key = Qt.Key
COUNTS = Counts(
    places=(
        Shelf("All pictures", "", 1200),
        Shelf("Picked", "flag:picked", 12),
        Shelf("Trash", "state:trashed", 3),
    ),
    albums=(Shelf("Dusk", "album:Dusk", 7, "Dusk"), Shelf("Empty", "album:Empty", 0, "Empty")),
    smart=(Shelf("Best", "rating:5", 9, "Best", smart=True),),
)


class Scene:
    """A sidebar with two albums and a smart one."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = ListedDesk(5)
        self.desk.counts = COUNTS
        self.bar = Sidebar(self.desk)  # type: ignore[arg-type]
        self.list = self.bar.list
        qtbot.addWidget(self.bar)
        self.bar.resize(220, 500)
        self.bar.show()
        with qtbot.waitActive(self.bar):
            self.bar.activateWindow()
        self.tester = QAbstractItemModelTester(self.list.model())

    @property
    def titles(self) -> list[str]:
        """What the lines say."""
        model = self.list.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def at(self, title: str) -> QPoint:
        """Give the middle of a line."""
        index = self.list.model().index(self.titles.index(title), 0)
        return self.list.visualRect(index).center()

    def click(self, title: str) -> None:
        """Click on a line."""
        viewport = self.list.viewport()
        QTest.mouseClick(
            viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.at(title)
        )

    def say(self, counts: Counts) -> None:
        """Let the desk have counted anew."""
        self.desk.counts = counts
        self.desk.counts_changed.emit(counts)

    def editor(self) -> QLineEdit:
        """Give the field in which an album is being named."""
        return self.list.findChild(QLineEdit)


@pytest.fixture
def scene(qtbot: QtBot, dressed: QApplication) -> Iterator[Scene]:
    """Give a sidebar."""
    made = Scene(qtbot)
    yield made
    made.bar.hide()


def pictures(*numbers: int) -> QMimeData:
    """Give what is dragged from the grid."""
    data = QMimeData()
    data.setData(PICTURES_MIME, " ".join(map(str, numbers)).encode())
    return data


def test_everything_stands_under_its_heading(scene: Scene) -> None:
    assert scene.titles == [
        *("Library", "All pictures", "Picked", "Trash"),
        *("Albums", "Dusk", "Empty", "Smart albums", "Best"),
    ]


def test_a_click_asks_for_what_a_line_stands_for_and_marks_it(scene: Scene) -> None:
    scene.click("Dusk")
    assert scene.desk.query == "album:Dusk"
    assert [index.data() for index in scene.list.selectedIndexes()] == ["Dusk"]
    scene.desk.ask(text="something else")
    assert scene.list.selectedIndexes() == []
    scene.click("Albums")
    assert scene.desk.query == "something else"


def test_arrows_go_past_headings_and_ask_as_well(scene: Scene) -> None:
    scene.click("Trash")
    QTest.keyClick(scene.list, Key.Key_Down)
    assert scene.desk.query == "album:Dusk"


def test_other_counts_change_no_line_and_no_place(scene: Scene) -> None:
    scene.click("Dusk")
    resets: list[None] = []
    scene.list.model().modelReset.connect(lambda: resets.append(None))
    more = Counts(
        COUNTS.places, (Shelf("Dusk", "album:Dusk", 8, "Dusk"), COUNTS.albums[1]), COUNTS.smart
    )
    scene.say(more)
    index = scene.list.currentIndex()
    assert index.data(Role.LINE).shelf.count == 8
    assert resets == []
    assert "8" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_new_album_is_named_where_it_will_stand(scene: Scene) -> None:
    QTest.mouseClick(
        scene.bar.findChild(QPushButton, "gallery-new-album"), Qt.MouseButton.LeftButton
    )
    assert scene.titles.index("New album") == scene.titles.index("Empty") + 1
    QTest.keyClicks(scene.editor(), "Winter")
    scene.say(Counts(COUNTS.places, COUNTS.albums[:1]))
    QTest.keyClick(scene.editor(), Key.Key_Return)
    settle()
    assert scene.desk.named("new_album") == [("Winter",)]
    # What was counted while a name was typed is shown after it.
    assert scene.titles[-1] == "Smart albums"


def test_escape_gives_an_album_up(scene: Scene) -> None:
    scene.bar.new_album()
    QTest.keyClicks(scene.editor(), "Winter")
    QTest.keyClick(scene.editor(), Key.Key_Escape)
    settle()
    assert scene.desk.named("new_album") == []
    assert "New album" not in scene.titles


def test_a_search_becomes_a_smart_album_and_nothing_does_not(scene: Scene) -> None:
    button = scene.bar.findChild(QPushButton, "gallery-new-smart-album")
    assert not button.isEnabled()
    scene.desk.ask(text="rating:>=4")
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert scene.titles[-1] == "New smart album"
    QTest.keyClicks(scene.editor(), "Good ones")
    QTest.keyClick(scene.editor(), Key.Key_Return)
    settle()
    assert scene.desk.named("save_smart_album") == [("Good ones", "rating:>=4")]


def test_albums_are_renamed_in_place_and_places_are_not(scene: Scene) -> None:
    scene.click("Dusk")
    QTest.keyClick(scene.list, Key.Key_F2)
    scene.editor().selectAll()
    QTest.keyClicks(scene.editor(), "Dawn")
    QTest.keyClick(scene.editor(), Key.Key_Return)
    settle()
    assert scene.desk.named("rename_album") == [("Dusk", "Dawn")]
    scene.click("Picked")
    QTest.keyClick(scene.list, Key.Key_F2)
    assert scene.list.state() is not scene.list.State.EditingState


def test_the_same_name_and_no_name_rename_nothing(scene: Scene) -> None:
    for typed in ("Dusk", "   "):
        scene.click("Dusk")
        QTest.keyClick(scene.list, Key.Key_F2)
        scene.editor().selectAll()
        QTest.keyClicks(scene.editor(), typed)
        QTest.keyClick(scene.editor(), Key.Key_Return)
        settle()
    assert scene.desk.named("rename_album") == []


@pytest.mark.parametrize(("title", "takes"), [("Dusk", True), ("Best", False), ("Picked", False)])
def test_pictures_go_into_the_album_they_are_dropped_on(
    scene: Scene, title: str, takes: bool
) -> None:
    data, point = pictures(3, 5), scene.at(title)
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    over = QDragMoveEvent(point, action, data, button, none)
    scene.list.dragMoveEvent(over)
    assert over.isAccepted() is takes
    assert scene.list.target.isValid() is takes
    scene.list.dropEvent(QDropEvent(QPointF(point), action, data, button, none))
    assert scene.desk.named("add_to_album") == ([("Dusk", (3, 5))] if takes else [])
    assert not scene.list.target.isValid()


def test_other_things_are_not_taken(scene: Scene) -> None:
    data = QMimeData()
    data.setText("3 5")
    index = scene.list.indexAt(scene.at("Dusk"))
    assert not scene.list.model().dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, index)
    assert scene.desk.named("add_to_album") == []


def test_the_menu_of_an_album_removes_only_the_album(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: menus.append(menu))
    for title in ("Picked", "Dusk"):
        reason = QContextMenuEvent.Reason.Mouse
        scene.list.contextMenuEvent(QContextMenuEvent(reason, scene.at(title), QPoint(1, 1)))
    assert len(menus) == 1
    menus[0].actions()[-1].trigger()
    assert scene.desk.named("remove_album") == [("Dusk",)]


def test_every_line_has_a_drawing_of_its_own_kind(scene: Scene) -> None:
    model = scene.list.model()
    lines = [model.index(row, 0).data(Role.LINE) for row in range(model.rowCount())]
    drawings = [drawing_of(line) for line in lines if line.kind is not Kind.HEADING]
    assert drawings == ["all-pictures", "flag-pick", "trash", "album", "album", "smart-album"]
    for name in PLACES.values():
        assert icons.path(name).is_file(), name
