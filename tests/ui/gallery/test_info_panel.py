"""What the panel says of pictures, and what a person says in it."""

from __future__ import annotations

import pytest
from looking import FakeDesk, details_of, entry_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.records import Annotation, Flag, Label, Origin, State
from ldm_desktop.session.gallery.values import Counts, Lineage
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.gallery import info_panel
from ldm_desktop.ui.gallery.info_panel import InfoPanel
from ldm_desktop.ui.gallery.lineage import LineageView
from ldm_desktop.ui.gallery.note_field import NoteField
from ldm_desktop.ui.gallery.star_field import StarField
from ldm_desktop.ui.gallery.tag_chip import Chip
from ldm_desktop.ui.gallery.tag_field import TagField, TagLine


class Panel:
    """A panel of three pictures, and a person at it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.desk = FakeDesk([entry_of(number) for number in (1, 2, 3)])
        self.actions = Actions()
        self.panel = InfoPanel(self.desk, self.actions)
        qtbot.addWidget(self.panel)
        self.panel.resize(300, 700)
        self.panel.show()
        with qtbot.waitActive(self.panel):
            self.panel.activateWindow()
        self.note = self.find(NoteField, "gallery-note")
        self.line = self.find(TagLine, "gallery-tag-line")

    def find(self, kind: type, name: str) -> QWidget:
        return self.panel.findChild(kind, name)

    def text(self, name: str) -> str:
        label = self.panel.findChild(QLabel, name)
        return label.text() if label.isVisibleTo(self.panel) else ""

    def choose(self, number: int, annotation: Annotation | None = None, **made: object) -> None:
        self.desk.set_selected(())
        self.desk.set_current(number)
        self.qtbot.waitUntil(lambda: self.panel.numbers == (number,))
        entry = self.desk.model.entries[number]
        self.desk.details_changed.emit(details_of(entry, annotation, **made))

    def choose_many(self, *numbers: int) -> None:
        self.desk.set_selected(numbers)
        self.qtbot.waitUntil(lambda: self.panel.numbers == numbers)

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.panel.findChild(TagField).chips]


@pytest.fixture
def panel(qtbot: QtBot, dressed: QApplication) -> Panel:
    return Panel(qtbot)


def test_without_a_picture_it_says_what_it_is_for(panel: Panel) -> None:
    assert "Choose a picture" in panel.text("gallery-info-empty")
    assert panel.text("gallery-info-title") == ""


def test_one_picture_is_described(panel: Panel) -> None:
    panel.desk.change(2, rating=3, flag=Flag.PICKED, label=Label.GREEN)
    panel.choose(2, Annotation(3, Flag.PICKED, Label.GREEN, ("sky",), (), "A note"))
    assert panel.text("gallery-info-title") == "Seed 2"
    assert panel.text("gallery-info-id") == "#5f3a0002"
    assert panel.text("gallery-facts-sampler") == "DDIM"
    assert panel.text("gallery-facts-size") == "96 × 64"
    assert panel.text("gallery-facts-file") == "2026-11-23 / seed-2.png"
    assert panel.find(StarField, "gallery-rating").value() == 3
    assert panel.find(QToolButton, "gallery-flag-pick").isChecked()
    assert panel.find(QToolButton, "gallery-label-green").isChecked()
    assert panel.chips() == ["sky"]
    assert panel.note.toPlainText() == "A note"


def test_details_of_another_picture_are_not_shown(panel: Panel) -> None:
    panel.choose(2)
    other = details_of(panel.desk.model.entries[1], Annotation(note="Not this one"))
    panel.desk.details_changed.emit(other)
    assert panel.note.toPlainText() == ""


def test_what_was_known_of_the_last_picture_goes_at_once(panel: Panel) -> None:
    panel.choose(2, Annotation(tags=("sky",), note="A note"))
    panel.desk.set_current(3)
    panel.qtbot.waitUntil(lambda: panel.panel.numbers == (3,))
    assert panel.chips() == []
    assert panel.note.toPlainText() == ""
    assert panel.text("gallery-facts-file") == ""


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.MISSING, "not where it was"),
        (State.CHANGED, "changed the pixels"),
        (State.DAMAGED, "damaged"),
        (State.TRASHED, "trash"),
        (State.PRESENT, ""),
    ],
)
def test_what_is_wrong_with_the_file_is_said(panel: Panel, state: State, word: str) -> None:
    panel.desk.change(1, state=state)
    panel.choose(1)
    assert word in panel.text("gallery-info-trouble")
    assert bool(panel.text("gallery-info-trouble")) == bool(word)


def test_stars_flags_and_labels_are_given(panel: Panel) -> None:
    panel.choose(1)
    stars = panel.find(StarField, "gallery-rating")
    panel.qtbot.keyClick(stars, Qt.Key.Key_4)
    panel.qtbot.keyClick(stars, Qt.Key.Key_Left)
    panel.qtbot.mouseClick(
        panel.find(QToolButton, "gallery-flag-reject"), Qt.MouseButton.LeftButton
    )
    label = panel.find(QToolButton, "gallery-label-purple")
    panel.qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    panel.qtbot.waitUntil(label.isChecked)
    panel.qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert panel.desk.named("rate") == [(4, (1,)), (3, (1,))]
    assert panel.desk.named("flag") == [(Flag.REJECTED, (1,))]
    assert panel.desk.named("label") == [(Label.PURPLE, (1,)), (Label.NONE, (1,))]


def test_a_click_on_the_last_star_takes_all_back(panel: Panel) -> None:
    panel.desk.change(1, rating=5)
    panel.choose(1)
    stars = panel.find(StarField, "gallery-rating")
    last = stars.rect().center()
    last.setX(stars.width() - 8)
    panel.qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=last)
    assert panel.desk.named("rate") == [(0, (1,))]


def test_tags_are_added_and_removed(panel: Panel) -> None:
    panel.choose(1, Annotation(tags=("sky", "trees")))
    panel.qtbot.keyClicks(panel.line, "blue hour, dusk")
    panel.qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.desk.named("add_tags") == [(("blue hour", "dusk"), (1,))]
    assert panel.line.text() == ""
    panel.qtbot.keyClick(panel.line, Qt.Key.Key_Backspace)
    chips = panel.panel.findChild(TagField).chips
    assert chips[1].hasFocus()
    panel.qtbot.keyClick(chips[1], Qt.Key.Key_Delete)
    assert panel.desk.named("remove_tags") == [(("trees",), (1,))]


def test_a_tag_is_completed_by_any_part_of_it_and_added_once(panel: Panel) -> None:
    panel.choose(1)
    panel.desk.counts_changed.emit(Counts(tags=(("sky", 4), ("blue hour", 2))))
    panel.line.setFocus()
    panel.qtbot.keyClicks(panel.line, "hour")
    popup = panel.line.completer().popup()
    panel.qtbot.waitUntil(popup.isVisible)
    panel.qtbot.keyClick(popup, Qt.Key.Key_Down)
    panel.qtbot.keyClick(popup, Qt.Key.Key_Return)
    panel.qtbot.waitUntil(lambda: panel.line.text() == "")
    assert panel.desk.named("add_tags") == [(("blue hour",), (1,))]


def test_a_note_is_saved_after_a_rest(panel: Panel) -> None:
    panel.choose(1)
    panel.note.setFocus()
    panel.qtbot.keyClicks(panel.note, "Too dark")
    assert panel.desk.named("set_note") == []
    panel.qtbot.waitUntil(lambda: panel.desk.named("set_note") == [("Too dark", (1,))])


def test_a_note_is_saved_when_one_leaves_the_field(panel: Panel) -> None:
    panel.choose(1)
    panel.note.setFocus()
    panel.qtbot.keyClicks(panel.note, "Too dark")
    panel.line.setFocus()
    assert panel.desk.named("set_note") == [("Too dark", (1,))]


def test_a_note_goes_to_the_picture_it_was_written_for(panel: Panel) -> None:
    panel.choose(1)
    panel.qtbot.keyClicks(panel.note, "For one")
    panel.choose(2)
    assert panel.desk.named("set_note") == [("For one", (1,))]
    assert panel.note.toPlainText() == ""


def test_news_of_a_picture_leave_what_is_being_written(panel: Panel) -> None:
    panel.choose(1, Annotation(note="Old"))
    panel.qtbot.keyClicks(panel.note, "New ")
    panel.desk.details_changed.emit(details_of(panel.desk.model.entries[1], Annotation(4)))
    assert panel.note.toPlainText() == "New Old"


def test_showing_a_note_saves_nothing(panel: Panel) -> None:
    panel.choose(1, Annotation(note="Old"))
    panel.choose(2, Annotation(note="Other"))
    panel.panel.save()
    assert panel.desk.named("set_note") == []


def test_escape_leaves_a_field(panel: Panel) -> None:
    panel.choose(1)
    panel.panel.edit_note()
    with panel.qtbot.waitSignal(panel.panel.left, timeout=1000):
        panel.qtbot.keyClick(panel.note, Qt.Key.Key_Escape)
    panel.panel.edit_tags()
    assert panel.line.hasFocus()
    with panel.qtbot.waitSignal(panel.panel.left, timeout=1000):
        panel.qtbot.keyClick(panel.line, Qt.Key.Key_Escape)


def test_many_pictures_show_what_they_share_and_that_they_differ(panel: Panel) -> None:
    panel.desk.change(1, rating=4, flag=Flag.PICKED, model="faces")
    panel.desk.change(2, rating=2, flag=Flag.PICKED)
    panel.choose_many(1, 2)
    stars = panel.find(StarField, "gallery-rating")
    assert panel.text("gallery-info-title") == "Pictures: 2"
    assert stars.accessibleDescription() == "Mixed"
    assert panel.find(QToolButton, "gallery-flag-pick").isChecked()
    assert panel.text("gallery-facts-model") == "mixed"
    assert panel.text("gallery-facts-size") == "96 × 64"


def test_edits_of_many_go_to_all_of_them(panel: Panel) -> None:
    panel.desk.change(1, rating=4)
    panel.choose_many(1, 2, 3)
    assert panel.desk.named("details")[-1] == (None,)
    panel.qtbot.keyClick(panel.find(StarField, "gallery-rating"), Qt.Key.Key_0)
    panel.qtbot.keyClicks(panel.line, "dusk, -sky")
    panel.qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.desk.named("rate") == [(0, (1, 2, 3))]
    assert panel.desk.named("add_tags") == [(("dusk",), (1, 2, 3))]
    assert panel.desk.named("remove_tags") == [(("sky",), (1, 2, 3))]


def test_what_is_not_known_of_all_counts_as_mixed(panel: Panel) -> None:
    panel.desk.model.entries.pop(2)
    panel.choose_many(1, 2)
    stars = panel.find(StarField, "gallery-rating")
    assert stars.accessibleDescription() == "Mixed"


def test_beside_the_loupe_only_the_current_picture_counts(panel: Panel) -> None:
    panel.desk.set_current(2)
    panel.choose_many(1, 2)
    panel.panel.set_alone(True)
    assert panel.panel.numbers == (2,)
    assert panel.text("gallery-info-title") == "Seed 2"


def test_a_foreign_picture_shows_what_was_read_and_the_text_as_found(panel: Panel) -> None:
    panel.desk.change(1, seed=None, has_recipe=False)
    settings = "a lighthouse\nSteps: 30, Seed: 1234"
    panel.choose(
        1, recipe=None, origin=Origin.A1111, settings=settings, model="v1-5", steps=30, sampler="k"
    )
    assert panel.text("gallery-info-title") == "seed-1"
    assert panel.text("gallery-facts-by") == "A1111"
    assert panel.text("gallery-facts-steps") == "30"
    assert "Made by A1111" in panel.text("gallery-foreign")
    raw = panel.find(QPlainTextEdit, "gallery-settings-text")
    assert raw.isReadOnly()
    assert raw.toPlainText() == settings
    assert not panel.find(QPushButton, "gallery-info-use-settings").isVisible()


def test_the_seed_of_a_foreign_picture_can_be_used(panel: Panel) -> None:
    panel.desk.change(1, seed=1234, has_recipe=False)
    panel.choose(1, recipe=None, origin=Origin.COMFYUI)
    assert panel.find(QPushButton, "gallery-info-use-settings").isVisible()
    assert not panel.find(QPushButton, "gallery-info-gallery-reproduce").isVisible()


def test_one_of_ours_shows_no_text_as_found(panel: Panel) -> None:
    panel.choose(1)
    assert not panel.find(QPlainTextEdit, "gallery-settings-text").isVisible()
    assert panel.find(QPushButton, "gallery-info-use-settings").isVisible()


@pytest.mark.parametrize("name", info_panel.PLACES)
def test_buttons_are_the_actions(panel: Panel, name: str) -> None:
    panel.choose(1)
    button = panel.find(QPushButton, f"gallery-info-{name}")
    with panel.qtbot.waitSignal(panel.actions[name].triggered, timeout=1000):
        panel.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    panel.actions[name].setEnabled(False)
    assert not button.isEnabled()


def test_a_relative_is_gone_to_by_a_click(panel: Panel) -> None:
    panel.choose(2)
    entries = panel.desk.model.entries
    panel.desk.lineage_changed.emit(Lineage(entries[2], (entries[1],), (), (entries[3],)))
    family = panel.find(LineageView, "gallery-lineage")
    assert family.isVisible()
    panel.qtbot.mouseClick(family.tiles[0][0], Qt.MouseButton.LeftButton)
    assert panel.desk.current_number == 1


def test_a_relative_that_is_not_listed_is_searched_for(panel: Panel) -> None:
    panel.choose(2)
    entries = panel.desk.model.entries
    panel.desk.lineage_changed.emit(Lineage(entries[2], (entries[1],), (), ()))
    panel.desk.model.listed.remove(1)
    family = panel.find(LineageView, "gallery-lineage")
    panel.qtbot.mouseClick(family.tiles[0][0], Qt.MouseButton.LeftButton)
    assert panel.desk.named("set_query") == [(f"id:{entries[1].id}",)]
    assert panel.desk.current_number == 1


def test_a_picture_alone_in_the_world_has_no_family(panel: Panel) -> None:
    panel.choose(2)
    panel.desk.lineage_changed.emit(Lineage(panel.desk.model.entries[2], (), (), ()))
    assert not panel.find(LineageView, "gallery-lineage").isVisible()


def test_it_is_never_wider_than_its_place(panel: Panel) -> None:
    panel.choose(1, Annotation(tags=("a tag that is so long that no panel could ever hold it",)))
    assert panel.panel.width() == 300


def test_long_words_do_not_widen_the_panel(panel: Panel) -> None:
    tag = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
    panel.choose(1, Annotation(tags=(tag,)))
    area = panel.find(QScrollArea, "gallery-info-scroll")
    assert area.widget().width() == area.viewport().width()
    (chip,) = panel.panel.findChildren(Chip)
    assert chip.text().endswith("…")
    assert tag in chip.toolTip()
    title = panel.find(QLabel, "gallery-info-title")
    title.show_name(f"{tag}_final_version.png and more")
    assert "…" in title.text()
    assert title.text().endswith(" and more")
    assert title.toolTip() == title.accessibleName() == f"{tag}_final_version.png and more"
    assert area.widget().width() == area.viewport().width()
