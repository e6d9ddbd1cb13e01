"""What the panel says of several pictures, and what a click says of all of them."""

from __future__ import annotations

import pytest
from looking import FakeDesk, details_of, entry_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.index.store_values import Common
from ldm_desktop.gallery.records import Annotation
from ldm_desktop.session.gallery.values import Summary
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.gallery.info_panel import InfoPanel
from ldm_desktop.ui.gallery.note_field import NoteField
from ldm_desktop.ui.gallery.tag_chip import CROSS, Chip, MoreChip
from ldm_desktop.ui.gallery.tag_field import MOST, TagField, TagLine

LEFT = Qt.MouseButton.LeftButton
ALL = (1, 2, 3)


class Panel:
    """A panel of three chosen pictures, and a person at it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.desk = FakeDesk([entry_of(number) for number in (*ALL, 4)])
        self.panel = InfoPanel(self.desk, Actions())
        qtbot.addWidget(self.panel)
        self.panel.resize(300, 700)
        self.panel.show()
        with qtbot.waitActive(self.panel):
            self.panel.activateWindow()
        self.tags = self.panel.findChild(TagField)
        self.line = self.panel.findChild(TagLine)
        self.note = self.panel.findChild(NoteField)
        self.choose(*ALL)

    def choose(self, *numbers: int) -> None:
        self.desk.set_selected(numbers)
        self.qtbot.waitUntil(lambda: self.panel.numbers == numbers)

    def tell(self, *everywhere: str, numbers: tuple[int, ...] = ALL, **more: object) -> None:
        """Answer what the pictures have in common."""
        common = Common(len(numbers), everywhere, **more)  # type: ignore[arg-type]
        self.desk.summary_changed.emit(Summary(numbers, common))

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.tags.chips]

    def fact(self, name: str) -> str:
        label = self.panel.findChild(QLabel, f"gallery-facts-{name}")
        return label.text() if label.isVisibleTo(self.panel) else ""

    def more(self) -> MoreChip:
        (chip,) = [each for each in self.tags.findChildren(MoreChip) if each.isVisible()]
        return chip


@pytest.fixture
def panel(qtbot: QtBot, dressed: QApplication) -> Panel:
    return Panel(qtbot)


def at_cross(chip: Chip) -> QPoint:
    return QPoint(chip.width() - CROSS // 2, chip.height() // 2)


def test_it_asks_what_several_have_in_common_once_and_of_one_no_more(panel: Panel) -> None:
    assert panel.desk.named("summary")[-1] == (ALL,)
    before = len(panel.desk.named("summary"))
    panel.desk.change(2, rating=3)
    panel.tell("sky")
    assert len(panel.desk.named("summary")) == before
    panel.desk.set_current(4)
    panel.choose(4)
    assert panel.desk.named("summary")[-1] == ((),)


def test_tags_of_all_are_solid_and_those_of_some_outlined_with_their_number(panel: Panel) -> None:
    panel.tell("sky", tags_somewhere=(("sea", 2), ("fog", 1)))
    assert panel.chips() == ["sky", "sea · 2", "fog · 1"]
    assert [bool(chip.property("outlined")) for chip in panel.tags.chips] == [False, True, True]
    assert "sea" in panel.tags.chips[1].toolTip()
    assert "on 2 of 3" in panel.tags.chips[1].toolTip()
    assert "on 2 of 3" in panel.tags.chips[1].accessibleName()


def test_a_click_gives_a_tag_of_some_to_all(panel: Panel) -> None:
    panel.tell("sky", tags_somewhere=(("sea", 2),))
    panel.qtbot.mouseClick(panel.tags.chips[1], LEFT, pos=QPoint(8, 8))
    assert panel.desk.named("add_tags") == [(("sea",), ALL)]
    assert panel.desk.named("remove_tags") == []


def test_a_click_on_the_cross_takes_a_tag_of_some_from_all(panel: Panel) -> None:
    panel.tell(tags_somewhere=(("sea", 2),))
    chip = panel.tags.chips[0]
    panel.qtbot.mouseClick(chip, LEFT, pos=at_cross(chip))
    assert panel.desk.named("remove_tags") == [(("sea",), ALL)]
    assert panel.desk.named("add_tags") == []


def test_keys_add_a_tag_of_some_or_take_it_away(panel: Panel) -> None:
    panel.tell("sky", tags_somewhere=(("sea", 2),))
    chip = panel.tags.chips[1]
    panel.qtbot.mouseClick(chip, LEFT, pos=at_cross(chip))
    panel.qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert panel.desk.named("add_tags") == [(("sea",), ALL)]
    panel.qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert panel.desk.named("remove_tags") == [(("sea",), ALL)] * 2


def test_a_click_anywhere_takes_a_tag_of_all_away(panel: Panel) -> None:
    panel.tell("sky")
    panel.qtbot.mouseClick(panel.tags.chips[0], LEFT, pos=QPoint(8, 8))
    assert panel.desk.named("remove_tags") == [(("sky",), ALL)]


def test_the_second_click_of_two_does_nothing_more(panel: Panel) -> None:
    panel.tell("sky", tags_somewhere=(("sea", 2),))
    for chip in panel.tags.chips:
        panel.qtbot.mouseClick(chip, LEFT, pos=QPoint(8, 8))
        panel.qtbot.mouseDClick(chip, LEFT, pos=QPoint(8, 8))
        panel.qtbot.mouseRelease(chip, LEFT, pos=QPoint(8, 8))
    assert panel.desk.named("remove_tags") == [(("sky",), ALL)]
    assert panel.desk.named("add_tags") == [(("sea",), ALL)]


def test_the_focus_goes_with_a_tag_that_comes_to_the_front(panel: Panel) -> None:
    panel.tell(tags_somewhere=(("sea", 2), ("fog", 1)))
    panel.tags.chips[1].setFocus()
    panel.tell("fog", tags_somewhere=(("sea", 2),))
    assert panel.tags.chips[0].hasFocus()
    panel.tell("sky", tags_somewhere=(("sea", 2),))
    assert panel.tags.chips[0].hasFocus()


def test_the_note_that_all_have_is_shown_and_changed_for_all(panel: Panel) -> None:
    panel.tell(note="Fog")
    assert panel.note.toPlainText() == "Fog"
    panel.note.setFocus()
    panel.note.moveCursor(panel.note.textCursor().MoveOperation.End)
    panel.qtbot.keyClicks(panel.note, ", later")
    panel.line.setFocus()
    assert panel.desk.named("set_note") == [("Fog, later", ALL)]


def test_that_notes_differ_is_said_and_saves_nothing(panel: Panel) -> None:
    panel.tell(note=None)
    assert panel.note.toPlainText() == ""
    assert panel.note.placeholderText() == "Different notes"
    assert panel.note.accessibleDescription() == "Different notes"
    panel.panel.save()
    assert panel.desk.named("set_note") == []
    panel.tell(note="")
    assert panel.note.placeholderText() != "Different notes"


def test_what_is_written_takes_the_place_of_different_notes(panel: Panel) -> None:
    panel.tell(note=None)
    panel.note.setFocus()
    panel.qtbot.keyClicks(panel.note, "Fog")
    panel.tell("sky", note=None)
    assert panel.note.toPlainText() == "Fog"
    panel.line.setFocus()
    assert panel.desk.named("set_note") == [("Fog", ALL)]


def test_albums_are_told_and_how_many_are_in_those_that_not_all_are_in(panel: Panel) -> None:
    assert panel.fact("albums") == ""
    panel.tell(albums_everywhere=("Trip",), albums_somewhere=(("Best", 2),))
    assert panel.fact("albums") == "Trip, Best (2 of 3)"
    panel.desk.change(1, rating=2)
    panel.panel.set_alone(False)
    assert panel.fact("albums") == "Trip, Best (2 of 3)"


def test_the_albums_of_one_picture_are_told(panel: Panel) -> None:
    panel.desk.set_current(4)
    panel.choose(4)
    entry = panel.desk.model.entries[4]
    panel.desk.details_changed.emit(details_of(entry, Annotation(albums=("Best", "Trip"))))
    assert panel.fact("albums") == "Best, Trip"


def test_what_others_have_in_common_is_not_shown(panel: Panel) -> None:
    panel.tell("sky", note="Fog", numbers=(1, 2))
    assert panel.chips() == []
    assert panel.note.toPlainText() == ""


def test_what_was_shared_goes_at_once_with_another_selection(panel: Panel) -> None:
    panel.tell("sky", note=None, albums_everywhere=("Trip",))
    panel.choose(1, 2)
    assert panel.chips() == []
    assert panel.note.placeholderText() != "Different notes"
    assert panel.fact("albums") == ""


def test_of_many_tags_the_first_are_shown_until_one_asks_for_all(panel: Panel) -> None:
    tags = [f"tag {number:02}" for number in range(60)]
    panel.tell(*tags)
    assert panel.chips() == tags[:MOST]
    assert panel.more().text() == "+48 more"
    assert "48" in panel.more().accessibleName()
    panel.qtbot.mouseClick(panel.more(), LEFT)
    assert panel.chips() == tags
    panel.tell(*tags[:50])
    assert panel.chips() == tags[:50]
    panel.qtbot.mouseClick(panel.more(), LEFT)
    assert panel.chips() == tags[:MOST]


def test_as_many_tags_as_there_is_room_for_need_no_more_chip(panel: Panel) -> None:
    panel.tell(*[f"tag {number}" for number in range(MOST)])
    assert len(panel.chips()) == MOST
    assert not [chip for chip in panel.tags.findChildren(MoreChip) if chip.isVisible()]


def test_all_tags_are_reached_by_keys(panel: Panel) -> None:
    panel.tell(*[f"tag {number:02}" for number in range(20)])
    panel.line.setFocus()
    panel.qtbot.keyClick(panel.line, Qt.Key.Key_Backspace)
    more = panel.more()
    assert more.hasFocus()
    panel.qtbot.keyClick(more, Qt.Key.Key_Space)
    assert panel.tags.chips[MOST].hasFocus()
    panel.qtbot.keyClick(panel.tags.chips[MOST], Qt.Key.Key_Left)
    assert panel.tags.chips[MOST - 1].hasFocus()


def test_tags_of_other_pictures_are_folded_again(panel: Panel) -> None:
    tags = [f"tag {number:02}" for number in range(20)]
    panel.tell(*tags)
    panel.qtbot.mouseClick(panel.more(), LEFT)
    panel.choose(1, 2)
    panel.tell(*tags, numbers=(1, 2))
    assert len(panel.chips()) == MOST
