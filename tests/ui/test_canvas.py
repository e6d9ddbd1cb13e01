"""The canvas paints what is on stage, at the scale that was asked for, and says what it is."""

from __future__ import annotations

import pytest
from fakes import frame_of
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stages import Scene, settle

from ldm_desktop.core.events import Looked
from ldm_desktop.session import wording
from ldm_desktop.session.shown import image_of
from ldm_desktop.ui import overlay, painting, theme
from ldm_desktop.ui.canvas import Canvas
from ldm_desktop.ui.colours import DARK
from ldm_desktop.ui.viewport import Viewport


class Easel(Scene):
    """A canvas of 600 x 400."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.viewport = Viewport()
        self.canvas = Canvas(self.stage, self.scrubber, self.actions, self.viewport)
        qtbot.addWidget(self.canvas)
        self.canvas.resize(600, 400)
        self.canvas.show()
        with qtbot.waitActive(self.canvas):
            self.canvas.activateWindow()
        self.point(at_it=False)

    def point(self, *, at_it: bool) -> None:
        """Move the pointer onto the canvas, or away from it."""
        spot = QPointF(300, 200)
        event = QEnterEvent(spot, spot, spot) if at_it else QEvent(QEvent.Type.Leave)
        QApplication.sendEvent(self.canvas, event)

    def grab(self) -> QImage:
        """Give what is on screen."""
        return self.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def pixels(self) -> QImage:
        """Give what is where the picture should be."""
        return self.grab().copy(self.viewport.target)


@pytest.fixture
def easel(qtbot: QtBot, dressed: QApplication) -> Easel:
    """Give an empty canvas."""
    made = Easel(qtbot)
    yield made
    made.close()


def test_before_the_first_picture_there_is_an_invitation(easel: Easel) -> None:
    picture = easel.grab()
    colours = {picture.pixel(x, y) for x in range(0, 600, 3) for y in range(150, 300, 3)}
    assert len(colours) > 5
    assert "no picture yet" in easel.canvas.accessibleDescription()


def test_a_finished_picture_is_fitted_and_alone(easel: Easel) -> None:
    easel.finish()
    settle()
    assert easel.viewport.target == QRect(116, 16, 368, 368)
    expected = painting.scale(easel.stage.image, QSize(368, 368))
    assert easel.pixels() == expected
    assert easel.grab().pixelColor(5, 5) == QColor(theme.current().canvas)


def test_pointing_at_a_finished_picture_says_its_seed(easel: Easel) -> None:
    easel.finish()
    settle()
    alone = easel.pixels()
    easel.point(at_it=True)
    said = easel.pixels()
    assert said != alone
    assert said.copy(0, 0, 368, 320) == alone.copy(0, 0, 368, 320)


def test_at_actual_size_every_pixel_is_one_of_the_screen(easel: Easel) -> None:
    easel.finish()
    easel.viewport.actual()
    assert easel.pixels() == easel.stage.image


def test_far_in_pixels_are_squares(easel: Easel) -> None:
    easel.finish(side=64)
    easel.viewport.actual()
    easel.viewport.zoom_by(4)
    assert easel.pixels() == easel.stage.image.scaled(256, 256)


def test_a_preview_fills_the_place_of_the_finished_picture(easel: Easel) -> None:
    view = easel.run(easel.begin())
    settle()
    before = QRect(easel.viewport.target)
    easel.save(view)
    settle()
    assert easel.viewport.target == before


def test_the_stage_hears_that_a_preview_was_painted(easel: Easel) -> None:
    view = easel.run(easel.begin())
    easel.canvas.repaint()
    assert easel.worker.called("seen") == [(view.id,)]


def test_progress_stands_on_the_picture_only_while_it_forms(easel: Easel) -> None:
    view = easel.run(easel.begin(), done=10)
    settle()
    line = easel.pixels().copy(0, 366, 368, 1)
    accent = QColor(DARK.accent)
    assert line.pixelColor(10, 0) == accent
    assert line.pixelColor(360, 0) != accent
    easel.save(view)
    settle()
    assert easel.pixels().copy(0, 366, 368, 1).pixelColor(10, 0) != accent


def test_the_words_on_a_picture_that_forms(easel: Easel) -> None:
    easel.run(easel.begin(), done=12)
    assert overlay.live_parts(easel.stage.shown) == [
        "seed 7",
        "step 12 / 20",
        "8.5 steps/s",
        "3 s left",
    ]
    assert wording.pace(0.25) == "4.0 s/step"


def test_a_look_back_is_painted_instead_of_the_picture(easel: Easel) -> None:
    saved = easel.finish()
    easel.scrubber.set_step(9)
    easel.worker.looked.emit(Looked(saved.record.id, 9, 8, frame_of(99, (32, 32))))
    settle()
    assert easel.canvas.image == image_of(frame_of(99, (32, 32)))
    easel.scrubber.set_step(20)
    assert easel.canvas.image == easel.stage.image


def test_a_screen_reader_hears_seed_and_state(easel: Easel) -> None:
    view = easel.run(easel.begin(), done=12)
    assert easel.canvas.accessibleDescription() == "Seed 7, step 12 / 20"
    easel.save(view)
    assert easel.canvas.accessibleDescription() == "Seed 7, finished"


def test_the_wheel_zooms_at_the_pointer(easel: Easel) -> None:
    easel.finish()
    settle()
    spot = QPointF(200, 100)
    before = (spot.x() - easel.viewport.target.x()) / easel.viewport.target.width()
    easel.viewport.zoom_by(3, spot)
    after = (spot.x() - easel.viewport.target.x()) / easel.viewport.target.width()
    assert after == pytest.approx(before, abs=0.002)
    assert easel.viewport.scale == pytest.approx(3 * 368 / 128)


def test_arrows_move_a_picture_that_is_larger_than_the_view(easel: Easel, qtbot: QtBot) -> None:
    easel.finish()
    easel.canvas.repaint()
    qtbot.keyClick(easel.canvas, Qt.Key.Key_Right)
    assert easel.viewport.target.x() == 116
    easel.viewport.zoom_by(4)
    before = easel.viewport.target.x()
    qtbot.keyClick(easel.canvas, Qt.Key.Key_Right)
    assert easel.viewport.target.x() == before - 64
    for _ in range(40):
        qtbot.keyClick(easel.canvas, Qt.Key.Key_Right)
    assert easel.viewport.target.right() + 1 == 600


def test_a_double_click_goes_to_the_pixels_and_back(easel: Easel, qtbot: QtBot) -> None:
    easel.finish()
    settle()
    qtbot.mouseDClick(easel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert (easel.viewport.fits, easel.viewport.scale) == (False, 1.0)
    qtbot.mouseDClick(easel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert easel.viewport.fits


def test_dragging_moves_a_picture_that_is_larger_than_the_view(easel: Easel, qtbot: QtBot) -> None:
    easel.finish()
    settle()
    easel.viewport.zoom_by(4)
    before = easel.viewport.target.topLeft()
    qtbot.mousePress(easel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(easel.canvas, QPoint(310, 230))
    qtbot.mouseRelease(easel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(310, 230))
    assert easel.viewport.target.topLeft() == before + QPoint(10, 30)


def test_a_picture_that_is_repainted_is_not_scaled_again(
    easel: Easel, monkeypatch: pytest.MonkeyPatch
) -> None:
    easel.finish(side=1024)
    easel.canvas.repaint()
    monkeypatch.setattr(painting, "scale", None)
    easel.canvas.repaint()
    assert not easel.grab().isNull()


def test_little_room_leaves_out_what_matters_least(easel: Easel) -> None:
    image = QImage(600, 40, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    parts = ["seed 7", "step 12 / 20", "8.5 steps/s", "3 s left"]
    corner = Qt.Corner.BottomLeftCorner
    wide = painting.paint_pill(painter, parts, image.rect().toRectF(), corner)
    narrow = painting.paint_pill(
        painter,
        parts,
        image.rect().toRectF().adjusted(0, 0, 20 - 600 + wide.width() - 30, 0),
        corner,
    )
    painter.end()
    assert 0 < narrow.width() < wide.width() - 30


def test_zoom_steps_come_by_actual_size() -> None:
    viewport = Viewport()
    viewport.place(QSize(600, 400), 16, QSize(512, 512))
    viewport.zoom_in()
    viewport.zoom_in()
    assert viewport.scale == 1.5
    viewport.zoom_out()
    assert viewport.scale == 1.0
    viewport.zoom_by(0.9)
    viewport.zoom_by(1.3)
    assert viewport.scale == 1.0
    viewport.fit()
    assert viewport.scale == pytest.approx(368 / 512)
