"""The page of morphs as a person uses it: with keys, the mouse and the dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import frame_of
from morph_scenes import ANGLE, MorphScene, film_of
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ldm_desktop.core.morph import Easing, moments
from ldm_desktop.core.noise import Seed, Slerp
from ldm_desktop.gallery.animation.reading import read_path
from ldm_desktop.session.explore.morph_export import ExportStage
from ldm_desktop.session.explore.morph_model import Role
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.morph_export_dialog import MorphExportDialog
from ldm_desktop.ui.explore.morph_page import MorphPage
from ldm_desktop.ui.explore.morph_strip import CELL, PAD, SIDE
from ldm_desktop.ui.explore.morph_view import MorphView
from ldm_desktop.ui.paged_actions import Page
from ldm_desktop.worker.work import JobState, Pace, QueueView

PLAIN = Qt.KeyboardModifier.NoModifier


class Stand(MorphScene):
    """The page in a window of its own."""

    def __init__(self, data: Path, qtbot: QtBot) -> None:
        super().__init__(data)
        self.qtbot = qtbot
        self.actions = Actions()
        self.page = MorphPage(self.morphs, self.actions)
        qtbot.addWidget(self.page)
        self.actions.bind(Page.MORPH, self.page.slots())
        self.page.possible_changed.connect(self._allow)
        self._allow()
        self.actions.show_page(Page.MORPH)
        self.page.resize(1100, 700)
        self.page.show()
        self.strip = self.page.strip
        done: list[object] = []
        self.morphs._background.run(lambda: None, done.append)
        qtbot.waitUntil(lambda: bool(done))

    def _allow(self) -> None:
        self.actions.allow(Page.MORPH, self.page.possible())

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        """Give a part of the page."""
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def click(self, row: int) -> None:
        """Click a picture of the path."""
        rect = self.strip.visualRect(self.strip.model().index(row, 0))
        self.qtbot.mouseClick(
            self.strip.viewport(),
            Qt.MouseButton.LeftButton,
            pos=rect.topLeft() + QPoint(PAD + SIDE // 2, PAD + SIDE // 2),
        )

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key on the row of pictures."""
        self.qtbot.keyClick(self.strip, key, modifier)

    def seeds(self) -> list[int]:
        """Give the seeds of the path."""
        return [station.subject.seed for station in self.morphs.waypoints]


@pytest.fixture
def stand(tmp_path: Path, qtbot: QtBot, dressed: QApplication) -> Iterator[Stand]:
    """Give the page with an empty path."""
    made = Stand(tmp_path, qtbot)
    yield made
    made.page.close()
    made.close()


# The path


def test_an_empty_page_says_how_pictures_come_here(stand: Stand) -> None:
    view = stand.find(MorphView, "morph-view")
    assert "Ctrl+Shift+A" in view._invitation()
    assert stand.strip.isHidden()
    assert stand.page.subjects() == ()
    assert not stand.actions["morph-play"].isEnabled()


def test_pictures_that_one_comes_with_are_put_on_the_path_once(stand: Stand) -> None:
    subjects = tuple(stand.subject(seed) for seed in (1, 2))
    stand.page.take(subjects)
    stand.page.take(subjects)
    stand.page.take(())
    assert stand.seeds() == [1, 2]
    assert stand.strip.isVisible()


def test_angles_stand_between_neighbours(stand: Stand) -> None:
    stand.travel(1, 2, 3)
    model = stand.strip.model()
    angles = [model.index(row, 0).data(Role.ANGLE) for row in range(3)]
    assert angles == [ANGLE, ANGLE, None]
    assert [model.index(row, 0).data(Role.GOES_ON) for row in range(3)] == [True, True, False]
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Seed 1, 84° to the next"


def test_the_model_of_the_row_keeps_its_promises(stand: Stand) -> None:
    model = stand.strip.model()
    assert isinstance(model, QAbstractItemModel)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, mode, stand.page)
    stand.travel(1, 2, 3)
    stand.morphs.move(0, 3)
    stand.morphs.remove([1])
    stand.morphs.undo_stack.undo()
    stand.morphs.clear()


def test_delete_takes_the_chosen_picture_out(stand: Stand) -> None:
    stand.travel(1, 2, 3)
    stand.click(1)
    stand.key(Qt.Key.Key_Delete)
    assert stand.seeds() == [1, 3]
    assert stand.strip.row == 1
    stand.actions["undo"].trigger()
    assert stand.seeds() == [1, 2, 3]


def test_shift_and_arrows_move_the_chosen_picture_along(stand: Stand) -> None:
    stand.travel(1, 2, 3)
    stand.click(0)
    stand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert (stand.seeds(), stand.strip.row) == ([2, 1, 3], 1)
    stand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    stand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert (stand.seeds(), stand.strip.row) == ([2, 3, 1], 2)
    stand.key(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert stand.seeds() == [2, 1, 3]


def test_a_dragged_picture_is_dropped_between_others(stand: Stand) -> None:
    stand.travel(1, 2, 3)
    model = stand.strip.model()
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert model.moveRow(model.index(-1, -1), 0, model.index(-1, -1), 2)
    assert stand.seeds() == [2, 1, 3]


def test_a_click_goes_to_the_picture_on_the_way(stand: Stand) -> None:
    stand.travel(1, 2, 3)
    stand.click(1)
    assert stand.morphs.player.share == pytest.approx(0.5)
    assert stand.page.subjects() == (stand.morphs.waypoints[1].subject,)
    stand.actions["next-picture"].trigger()
    assert stand.morphs.player.share == 1.0
    stand.actions["previous-picture"].trigger()
    stand.actions["previous-picture"].trigger()
    assert stand.morphs.player.share == 0.0


def test_fields_change_how_one_travels_and_follow_what_is_undone(stand: Stand) -> None:
    stand.travel(1, 2, 3)
    seconds = stand.find(QDoubleSpinBox, "morph-seconds")
    seconds.setValue(8.5)
    stand.find(QSpinBox, "morph-fps").setValue(24)
    easing = stand.find(QComboBox, "morph-easing")
    easing.setCurrentIndex(1)
    easing.activated.emit(1)
    stand.find(QCheckBox, "morph-closed").click()
    stand.click(1)
    stand.find(QDoubleSpinBox, "morph-hold").setValue(1.5)
    route = stand.morphs.route
    assert (route.seconds, route.fps, route.easing, route.closed) == (8.5, 24, Easing.SMOOTH, True)
    assert [station.hold for station in route.stations] == [0, 1.5, 0]
    for _ in range(5):
        stand.actions["undo"].trigger()
    assert seconds.value() == 6.0
    assert not stand.find(QCheckBox, "morph-closed").isChecked()
    assert stand.find(QDoubleSpinBox, "morph-hold").value() == 0.0


def test_what_is_in_the_way_is_said_in_place(stand: Stand) -> None:
    stand.morphs.add([stand.subject(1), stand.subject(2, size=(64, 64))])
    note = stand.find(QLabel, "morph-obstacle")
    assert note.isVisible()
    assert "another size" in note.text()
    assert not stand.actions["morph-export"].isEnabled()
    stand.morphs.remove([1])
    assert "Add another" in note.text()
    assert note.property("muted")


# Looking


def test_space_plays_wherever_the_keyboard_is(stand: Stand, qtbot: QtBot) -> None:
    stand.travel(1, 2)
    player = stand.morphs.player
    for part in (
        stand.strip,
        stand.find(MorphView, "morph-view"),
        stand.find(QSlider, "morph-place"),
    ):
        qtbot.keyClick(part, Qt.Key.Key_Space)
        assert player.playing
        qtbot.keyClick(part, Qt.Key.Key_Space)
        assert not player.playing
    qtbot.mouseClick(stand.find(QToolButton, "morph-play"), Qt.MouseButton.LeftButton)
    assert player.playing


def test_the_slider_looks_at_a_place_and_follows_the_play(stand: Stand, qtbot: QtBot) -> None:
    stand.travel(1, 2)
    slider = stand.find(QSlider, "morph-place")
    slider.setValue(2500)
    assert stand.morphs.player.share == 0.25
    (here,) = stand.page.subjects()
    assert here.recipe.noise == Slerp(Seed(1), Seed(2), 0.25)
    assert stand.find(QLabel, "morph-time").text().endswith("of 6.1 s")
    stand.morphs.player.look_at(0.75)
    assert slider.value() == 7500
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert stand.morphs.player.share == 1.0


def test_drafts_form_while_the_page_is_seen_only(stand: Stand) -> None:
    stand.travel(1, 2)
    assert stand.wanted()
    stand.morphs.player.play()
    stand.page.hide()
    assert stand.wanted() == ()
    assert not stand.morphs.player.playing
    stand.page.show()
    assert stand.wanted()


def test_it_says_how_many_drafts_there_are_and_when_they_stand_still(stand: Stand) -> None:
    path = stand.travel(1, 2)
    view = stand.find(MorphView, "morph-view")
    stand.rest(stand.wanted()[0])
    total = stand.morphs.drafts.total
    assert view.words() == f"Drafts 1 of {total}"
    assert view.accessibleDescription() == view.words()
    stand.worker.queue_changed.emit(QueueView(True, 0, 0.0))
    assert "paused" in view.words()
    stand.worker.queue_changed.emit(QueueView(False, 0, 0.0))
    while wanted := stand.wanted():
        stand.rest(wanted[0])
    assert view.words() == ""
    assert len(moments(path)) == 73


def test_the_draft_at_the_place_is_what_is_painted(stand: Stand, qtbot: QtBot) -> None:
    stand.travel(1, 2)
    stand.morphs.player.look_at(0.5)
    draft = next(each for each in stand.wanted() if isinstance(each.recipe.noise, Slerp))
    bright = frame_of(99, (128, 128))
    stand.rest(draft, bright)
    view = stand.find(MorphView, "morph-view")
    painted = view.grab().toImage()
    middle = painted.pixelColor(painted.width() // 2, painted.height() // 2)
    expected = bright.pixels[3 * (64 * 128 + 64) :][:3]
    found = (middle.red(), middle.green(), middle.blue())
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) < 12


def test_an_in_between_is_kept_by_a_button(stand: Stand, qtbot: QtBot) -> None:
    stand.travel(1, 2)
    stand.morphs.player.look_at(0.5)
    qtbot.mouseClick(stand.find(QPushButton, "morph-keep"), Qt.MouseButton.LeftButton)
    assert stand.submitted().recipe.noise == Slerp(Seed(1), Seed(2), 0.5)


# Exporting


@pytest.fixture
def dialog(stand: Stand, tmp_path: Path) -> Iterator[MorphExportDialog]:
    """Give the export dialog of a path."""
    made = MorphExportDialog(stand.morphs, stand.travel(1, 2), tmp_path / "out", stand.page)
    made.show()
    yield made
    made.close()


def part(dialog: MorphExportDialog, kind: type[QWidget], name: str) -> QWidget:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def test_the_action_opens_the_dialog(stand: Stand) -> None:
    stand.travel(1, 2)
    stand.actions["morph-export"].trigger()
    dialog = stand.page.findChild(MorphExportDialog, "morph-export-dialog")
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_the_dialog_says_what_an_export_takes(stand: Stand, dialog: MorphExportDialog) -> None:
    facts = part(dialog, QLabel, "morph-export-facts")
    assert facts.text().startswith("73 pictures · plays 6.1 s · ")
    assert "not measured" in facts.text()
    recipe = stand.morphs.route.recipe
    pace = Pace(recipe.model.fingerprint, recipe.precision, recipe.size, 0.05, 0.0)
    stand.morphs.set_paces([pace])
    again = MorphExportDialog(stand.morphs, stand.morphs.path, Path("/x"), stand.page)
    assert "takes ≈ 73 s" in part(again, QLabel, "morph-export-facts").text()
    again.close()


def test_the_format_changes_the_name_and_what_can_be_chosen(
    dialog: MorphExportDialog, qtbot: QtBot
) -> None:
    target = part(dialog, QLineEdit, "morph-export-target")
    assert target.text().endswith("morph 1 to 2.webp")
    for name, ending in (
        ("gif", ".gif"),
        ("mp4", ".mp4"),
        ("png", "morph 1 to 2"),
        ("webp", ".webp"),
    ):
        qtbot.mouseClick(
            part(dialog, QPushButton, f"morph-export-{name}"), Qt.MouseButton.LeftButton
        )
        assert target.text().endswith(ending)
        assert part(dialog, QCheckBox, "morph-export-lossless").isVisible() == (name == "webp")
        assert part(dialog, QSpinBox, "morph-export-quality").isVisible() == (
            name in ("webp", "mp4")
        )


def test_a_name_that_is_taken_is_replaced_only_when_that_is_ticked(
    stand: Stand, dialog: MorphExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    taken = tmp_path / "mine.webp"
    taken.write_text("mine")
    part(dialog, QLineEdit, "morph-export-target").setText(str(taken))
    start = part(dialog, QPushButton, "morph-export-start")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert not start.isEnabled()
    assert stand.morphs.exports.views == ()
    part(dialog, QCheckBox, "morph-export-replace").click()
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert stand.morphs.exports.views[0].kept.replace
    qtbot.waitUntil(lambda: bool(stand.worker.called("submit")))


def test_an_export_is_followed_stopped_and_gone_on_with_on_the_page(
    stand: Stand, dialog: MorphExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    qtbot.mouseClick(part(dialog, QPushButton, "morph-export-start"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(stand.worker.called("submit")))
    words = stand.find(QLabel, "morph-export-0-words")
    stand.tell(JobState.RUNNING, 5, eta=30.0)
    assert words.text() == "Making the pictures of morph 1 to 2.webp"
    assert stand.find(QLabel, "morph-export-0-amount").text() == "5 of 73 · 30 s left"
    qtbot.mouseClick(stand.find(QPushButton, "morph-export-0-cancel"), Qt.MouseButton.LeftButton)
    assert words.text() == "morph 1 to 2.webp is not finished"
    request = stand.submitted()
    film_of(request.morph, Path(request.folder))
    qtbot.mouseClick(stand.find(QPushButton, "morph-export-0-go-on"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stand.morphs.exports.views[0].stage is ExportStage.DONE, timeout=20_000)
    assert words.text() == "morph 1 to 2.webp is saved"
    assert read_path(tmp_path / "out" / "morph 1 to 2.webp") == request.morph
    dismiss = stand.find(QPushButton, "morph-export-0-dismiss")
    qtbot.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert stand.find(QWidget, "morph-exports").isHidden()


def test_giving_up_is_offered_for_what_is_stopped(
    stand: Stand, dialog: MorphExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    qtbot.mouseClick(part(dialog, QPushButton, "morph-export-start"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(stand.worker.called("submit")))
    discard = stand.find(QPushButton, "morph-export-0-discard")
    assert discard.isHidden()
    stand.tell(JobState.FAILED, 5, sentence="It does not fit.")
    assert "It does not fit." in stand.find(QLabel, "morph-export-0-words").text()
    qtbot.mouseClick(discard, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not Path(stand.submitted().folder).exists())


def test_everything_that_can_be_used_has_a_name_and_can_be_reached(stand: Stand) -> None:
    stand.travel(1, 2)
    kinds = (QPushButton, QToolButton, QSpinBox, QDoubleSpinBox, QComboBox, QCheckBox, QSlider)
    for widget in stand.page.findChildren(QWidget):
        if isinstance(widget, kinds) and widget.objectName() != "qt_spinbox_lineedit":
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()


def test_the_row_is_as_high_as_its_cells(stand: Stand) -> None:
    stand.travel(1, 2)
    assert stand.strip.viewport().height() >= CELL.height()
