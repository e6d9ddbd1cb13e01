"""One row of recent pictures: shown by a click or Return, and following what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from samples import picture_of, recipe_of
from stages import Scene, settle

from ldm_desktop.gallery import files
from ldm_desktop.session.filmstrip import FilmstripModel
from ldm_desktop.ui import filmstrip_view
from ldm_desktop.ui.filmstrip_view import FilmstripView


class Strip(Scene):
    """A filmstrip of a library of twelve pictures."""

    def __init__(self, qtbot: QtBot, library: Path) -> None:
        super().__init__()
        self.model = FilmstripModel(self.worker)  # type: ignore[arg-type]
        self.view = FilmstripView(self.model, self.stage, self.actions)
        qtbot.addWidget(self.view)
        folder = library / "2026-11-23"
        folder.mkdir()
        for seed in range(12):
            files.save(picture_of(recipe_of(seed, size=(64, 64)), seed), folder)
        self.view.resize(600, self.view.sizeHint().height())
        self.view.show()
        with qtbot.waitActive(self.view):
            self.view.activateWindow()

    def open(self, qtbot: QtBot, library: Path) -> None:
        """Show the library."""
        self.model.set_library(library)
        qtbot.waitUntil(lambda: self.model.rowCount() == 12)
        settle()


@pytest.fixture
def strip(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Strip:
    """Give a filmstrip."""
    made = Strip(qtbot, tmp_path)
    yield made
    made.model.close()
    made.close()


def test_before_the_first_picture_it_says_what_it_is_for(strip: Strip) -> None:
    image = strip.view.grab().toImage()
    middle = {image.pixel(x, image.height() // 2 - 4) for x in range(200, 400)}
    assert len(middle) > 3


def test_return_shows_a_picture_and_arrows_only_go_there(
    strip: Strip, qtbot: QtBot, tmp_path: Path
) -> None:
    strip.open(qtbot, tmp_path)
    strip.view.setFocus()
    qtbot.keyClick(strip.view, Qt.Key.Key_Right)
    assert strip.view.currentIndex().row() == 1
    assert strip.stage.shown is None
    qtbot.keyClick(strip.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: strip.stage.shown is not None)
    assert strip.stage.shown.file == strip.model.files()[1]
    assert strip.stage.pinned


def test_the_picture_on_screen_is_marked_in_the_row(
    strip: Strip, qtbot: QtBot, tmp_path: Path
) -> None:
    strip.open(qtbot, tmp_path)
    strip.stage.show_file(strip.model.files()[9])
    qtbot.waitUntil(lambda: [each.row() for each in strip.view.selectedIndexes()] == [9])
    middle = strip.view.visualRect(strip.model.index(9)).center()
    assert strip.view.viewport().rect().contains(middle)
    strip.stage.unpin()
    strip.run(strip.begin())
    assert strip.view.selectedIndexes() == []


def test_the_wheel_goes_sideways(strip: Strip, qtbot: QtBot, tmp_path: Path) -> None:
    strip.open(qtbot, tmp_path)
    wheel = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip.view.viewport(), wheel)
    assert strip.view.horizontalScrollBar().value() > 0


def test_all_pictures_stand_in_one_row(strip: Strip, qtbot: QtBot, tmp_path: Path) -> None:
    strip.open(qtbot, tmp_path)
    tops = {strip.view.visualRect(strip.model.index(row)).top() for row in range(12)}
    assert len(tops) == 1
    assert strip.view.verticalScrollBar().maximum() == 0


def test_the_menu_waits_until_its_picture_is_the_one_on_screen(
    strip: Strip, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip.open(qtbot, tmp_path)
    shown_for: list[Path] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown_for.append(strip.stage.shown.file))
    point = strip.view.visualRect(strip.model.index(2)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, QPoint(9, 9))
    strip.view.contextMenuEvent(event)
    assert shown_for == []
    qtbot.waitUntil(lambda: bool(shown_for))
    assert shown_for == [strip.model.files()[2]]


def test_a_picture_is_dragged_as_its_file(
    strip: Strip, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip.open(qtbot, tmp_path)
    dragged: list[list[Path]] = []
    monkeypatch.setattr(
        filmstrip_view.drag_out, "start_files", lambda view, files, image: dragged.append(files)
    )
    strip.view.setCurrentIndex(strip.model.index(3))
    strip.view.startDrag(Qt.DropAction.CopyAction)
    assert dragged == [[strip.model.files()[3]]]
