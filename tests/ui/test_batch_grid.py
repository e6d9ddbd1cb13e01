"""The grid gives every picture of a batch a cell, and paints a cell when its picture changes."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from uuid import uuid4

import pytest
from fakes import frame_of
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stages import Scene, settle

from ldm_desktop.core.events import Stepped
from ldm_desktop.session.shown import View
from ldm_desktop.ui import batch_grid
from ldm_desktop.ui.batch_grid import BatchDelegate, BatchGrid, cell_size, scrolled_cell
from ldm_desktop.worker.work import PictureState


class Wall(Scene):
    """A grid of 800 x 600."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.grid = BatchGrid(self.batch, self.stage, self.actions)
        qtbot.addWidget(self.grid)
        self.grid.resize(800, 600)
        self.grid.show()
        with qtbot.waitActive(self.grid):
            self.grid.activateWindow()
        self.stage.show_as(View.GRID)


@pytest.fixture
def wall(qtbot: QtBot, dressed: QApplication) -> Wall:
    """Give an empty grid."""
    made = Wall(qtbot)
    yield made
    made.close()


@pytest.mark.parametrize("count", range(1, 17))
def test_up_to_sixteen_pictures_are_all_seen_without_scrolling(wall: Wall, count: int) -> None:
    wall.run(wall.begin(count=count))
    settle()
    room = wall.grid.viewport().rect()
    for row in range(count):
        assert room.contains(wall.grid.visualRect(wall.batch.index(row)))
    assert not wall.grid.verticalScrollBar().isVisible()


def test_more_of_them_scroll_and_fill_the_width(wall: Wall) -> None:
    wall.run(wall.begin(count=40))
    settle()
    cell, width = wall.grid.gridSize(), wall.grid.viewport().width()
    assert wall.grid.verticalScrollBar().maximum() > 0
    assert width - (width // cell.width()) * cell.width() < cell.width() / 2


def test_few_pictures_have_large_cells() -> None:
    room = QSize(800, 600)
    assert cell_size(room, 1, (128, 128)) == QSize(799, 599)
    assert cell_size(room, 4, (128, 128)) == QSize(399, 299)
    assert cell_size(QSize(100, 100), 16, (128, 128)) is None
    assert scrolled_cell(QSize(300, 100), (100, 200)) == QSize(149, 274 + 12 + 24)


def test_a_preview_paints_its_own_cell_only(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    request = wall.begin(count=9)
    views = [wall.run(request, number) for number in range(4)]
    settle()
    painted: list[int] = []
    # Not `paint` itself, which Qt has looked up already.
    monkeypatch.setattr(
        BatchDelegate, "_paint_picture", lambda _, painter, view, *rest: painted.append(view.number)
    )
    frame = frame_of(9, (32, 32))
    wall.worker.previewed.emit(Stepped(request.id, views[2].id, 9, 20, frame))
    settle()
    assert painted == [2]


def test_every_state_is_painted(wall: Wall) -> None:
    request = wall.begin(count=6)
    views = [wall.run(request, number) for number in range(4)]
    ends = (PictureState.SAVED, PictureState.FAILED, PictureState.CANCELLED)
    for view, state in zip(views, ends, strict=False):
        wall.worker.picture_changed.emit(dataclasses.replace(view, state=state))
    settle()
    image = wall.grid.grab().toImage()
    cells = [image.copy(wall.grid.visualRect(wall.batch.index(row))) for row in range(5)]
    assert all(one != other for n, one in enumerate(cells) for other in cells[n + 1 :])


def test_what_is_chosen_is_on_stage_and_return_shows_it_alone(wall: Wall, qtbot: QtBot) -> None:
    request = wall.begin(count=4)
    views = [wall.run(request, number) for number in range(4)]
    settle()
    wall.grid.setFocus()
    assert wall.grid.currentIndex().row() == 0
    qtbot.keyClick(wall.grid, Qt.Key.Key_Right)
    assert wall.stage.shown.picture == views[1].id
    assert wall.stage.pinned
    qtbot.keyClick(wall.grid, Qt.Key.Key_Return)
    assert wall.stage.view is View.SINGLE


def test_a_place_that_is_kept_cannot_be_shown(wall: Wall, qtbot: QtBot) -> None:
    wall.run(wall.begin(count=4))
    settle()
    wall.grid.activated.emit(wall.batch.index(3))
    assert wall.stage.view is View.GRID


def test_keys_clicks_and_all_choose_no_place_that_is_kept(wall: Wall, qtbot: QtBot) -> None:
    request = wall.begin(count=4)
    views = [wall.run(request, number) for number in range(2)]
    settle()
    wall.grid.setFocus()
    for _ in range(3):
        qtbot.keyClick(wall.grid, Qt.Key.Key_Right)
    assert wall.stage.shown.picture == views[1].id
    at = wall.grid.visualRect(wall.batch.index(3)).center()
    qtbot.mouseClick(wall.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wall.stage.shown.picture == views[1].id
    wall.grid.selectAll()
    assert sorted(index.row() for index in wall.grid.selectedIndexes()) == [0, 1]


def test_the_menu_is_there_for_pictures_and_not_for_places(
    wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []

    class Menu:
        def exec(self, at: QPoint) -> None:
            opened.append(wall.grid.indexAt(at).row())

    monkeypatch.setattr(batch_grid.canvas, "menu_of", lambda *_: Menu())
    wall.run(wall.begin(count=4))
    settle()
    for row in range(4):
        at = wall.grid.visualRect(wall.batch.index(row)).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at)
        wall.grid.contextMenuEvent(event)
    assert opened == [0]


def test_a_place_looks_like_a_picture_that_waits(wall: Wall) -> None:
    request = wall.begin(count=3)
    views = [wall.run(request, number) for number in range(3)]
    settle()
    waiting = dataclasses.replace(views[0], state=PictureState.WAITING, done=0)
    wall.batch.set_job(None)
    wall.batch.set_job(request.id)
    wall.worker.picture_changed.emit(dataclasses.replace(waiting, id=uuid4()))
    settle()
    image = wall.grid.viewport().grab().toImage()
    real, kept = (wall.grid.visualRect(wall.batch.index(row)) for row in (0, 1))
    # But for the seeds.
    half = QSize(kept.width() // 2, kept.height())
    right = [QRect(QPoint(each.center().x(), each.y()), half) for each in (real, kept)]
    assert image.copy(right[0]) == image.copy(right[1])


def test_only_saved_pictures_are_dragged(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged: list[list[Path]] = []
    monkeypatch.setattr(
        batch_grid.drag_out, "start_files", lambda view, files, image: dragged.append(files)
    )
    request = wall.begin(count=2)
    view = wall.run(request)
    wall.run(request, 1)
    wall.worker.picture_changed.emit(
        dataclasses.replace(view, state=PictureState.SAVED, file=Path("a.png"))
    )
    wall.grid.selectAll()
    wall.grid.startDrag(Qt.DropAction.CopyAction)
    assert dragged == [[Path("a.png")]]
