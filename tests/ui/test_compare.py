"""Two pictures in one place: wiped by a divider, or one after the other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stages import Scene, settle

from ldm_desktop.session.shown import View
from ldm_desktop.ui import theme
from ldm_desktop.ui.compare import Compare
from ldm_desktop.ui.viewport import Viewport


class Pair(Scene):
    """A comparison at actual size, in a view of 600 x 400."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.viewport = Viewport()
        self.compare = Compare(self.stage, self.actions, self.viewport)
        qtbot.addWidget(self.compare)
        self.compare.resize(600, 400)
        self.compare.show()
        with qtbot.waitActive(self.compare):
            self.compare.activateWindow()
        self.stage.show_as(View.WIPE)

    def mark_and_show(self, side: int = 200) -> tuple[QImage, QImage]:
        """Mark seed 3, show seed 4, and give both."""
        self.finish(3, 200)
        self.stage.mark()
        self.finish(4, side)
        self.compare.repaint()
        self.viewport.actual()
        return self.stage.marked.image, self.stage.image

    def row(self) -> QImage:
        """Give the lowest row of the picture, where no words are."""
        target = self.viewport.target
        grabbed = self.compare.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return grabbed.copy(target.x(), target.bottom(), target.width(), 1)


@pytest.fixture
def pair(qtbot: QtBot, dressed: QApplication) -> Pair:
    """Give a comparison of nothing."""
    made = Pair(qtbot)
    yield made
    made.close()


def test_without_a_mark_it_says_how_to_make_one(pair: Pair) -> None:
    assert "Ctrl+M" in pair.compare.accessibleDescription()
    pair.finish(3)
    pair.stage.mark()
    assert "Show another picture" in pair.compare.accessibleDescription()


def test_the_marked_picture_is_left_of_the_divider(pair: Pair) -> None:
    marked, shown = pair.mark_and_show()
    pair.compare.set_divider(0.25)
    row = pair.row()
    assert row.pixel(10, 0) == marked.pixel(10, 199)
    assert row.pixel(46, 0) == marked.pixel(46, 199)
    assert row.pixel(54, 0) == shown.pixel(54, 199)
    assert row.pixel(190, 0) == shown.pixel(190, 199)


def test_the_divider_is_dragged_and_moved_by_arrows(pair: Pair, qtbot: QtBot) -> None:
    pair.mark_and_show()
    qtbot.mousePress(pair.compare, Qt.MouseButton.LeftButton, pos=QPoint(302, 200))
    qtbot.mouseMove(pair.compare, QPoint(350, 200))
    qtbot.mouseRelease(pair.compare, Qt.MouseButton.LeftButton, pos=QPoint(350, 200))
    assert pair.compare.divider == pytest.approx(0.75)
    qtbot.keyClick(pair.compare, Qt.Key.Key_Left)
    assert pair.compare.divider == pytest.approx(0.73)
    pair.compare.set_divider(9)
    assert pair.compare.divider == 1.0


def test_flicker_shows_one_and_then_the_other(pair: Pair, qtbot: QtBot) -> None:
    marked, shown = pair.mark_and_show()
    pair.stage.show_as(View.FLICKER)
    assert pair.row().pixel(10, 0) == shown.pixel(10, 199)
    qtbot.keyClick(pair.compare, Qt.Key.Key_Return)
    assert pair.row().pixel(10, 0) == marked.pixel(10, 199)
    assert pair.compare.accessibleDescription() == "Seed 3 is shown"


def test_a_picture_of_another_shape_keeps_its_own(pair: Pair) -> None:
    pair.finish(3, 200)
    pair.stage.mark()
    marked = pair.stage.marked.image
    request = pair.begin(4)
    wide = request.recipe
    assert wide.size == (128, 128)
    pair.finish(4, 128)
    pair.compare.repaint()
    pair.compare.set_divider(1.0)
    settle()
    assert pair.viewport.picture.width() == 128
    assert marked.width() == 200


def test_escape_goes_back_to_one_picture(pair: Pair, qtbot: QtBot) -> None:
    qtbot.keyClick(pair.compare, Qt.Key.Key_Escape)
    assert pair.stage.view is View.SINGLE
    assert pair.compare.grab().toImage().pixelColor(2, 2) == QColor(theme.current().canvas)
