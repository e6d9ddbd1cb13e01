"""The table of actions."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ldm_desktop.ui import icons
from ldm_desktop.ui.action_spec import CHECKABLE, Group
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.paged_actions import Page


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    return Actions()


def test_every_action_has_a_text_a_shortcut_an_icon_and_a_group(actions: Actions) -> None:
    for spec in actions:
        action = actions[spec.id]
        assert action.text()
        assert not action.shortcut().isEmpty(), spec.id
        assert icons.path(spec.id).is_file(), spec.id
        assert action.property("group") in list(Group)
        assert action.shortcutContext() is Qt.ShortcutContext.WindowShortcut


def test_no_shortcut_means_two_things(actions: Actions) -> None:
    keys = Counter(action.shortcut().toString() for action in actions.all())
    assert [text for text, count in keys.items() if count > 1] == []


def test_no_two_actions_have_the_same_name(actions: Actions) -> None:
    names = Counter(spec.text for spec in actions)
    assert [text for text, count in names.items() if count > 1] == []


def test_the_groups_hold_every_action_once(actions: Actions) -> None:
    grouped = [action for group in Group for action in actions.group(group)]
    assert grouped == list(actions.all())
    assert len(grouped) == len(actions) == 96
    assert all(actions.title(group) for group in Group)


def test_what_is_a_state_can_be_checked(actions: Actions) -> None:
    assert {spec.id for spec in actions if actions[spec.id].isCheckable()} == CHECKABLE


def test_a_tool_tip_tells_the_shortcut_and_what_is_not_obvious(actions: Actions) -> None:
    assert actions["generate"].toolTip().splitlines() == [
        "Generate (Ctrl+Return)",
        "Make it now, ahead of whatever is waiting.",
    ]
    assert actions["open"].toolTip().startswith("Open (Ctrl+O)")


def test_an_action_that_goes_two_ways_says_which(actions: Actions) -> None:
    actions.rename("pause-queue", "Go on with the queue", "play")
    assert actions["pause-queue"].text() == "Go on with the queue"
    assert actions["pause-queue"].toolTip().startswith("Go on with the queue (Ctrl+Shift+P)")


def test_a_shortcut_works_in_the_window_that_has_the_actions(
    qtbot: QtBot, actions: Actions
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.addActions(list(actions.all()))
    with qtbot.waitActive(window):
        window.show()
    with qtbot.waitSignal(actions["roll-seed"].triggered):
        qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)


def test_an_action_means_what_is_on_the_page_that_is_shown(actions: Actions) -> None:
    done: list[str] = []
    actions.bind(Page.STUDIO, {"reveal": lambda: done.append("studio")})
    actions.bind(Page.GALLERY, {"reveal": lambda: done.append("gallery")})
    actions["reveal"].trigger()
    actions.show_page(Page.GALLERY)
    actions["reveal"].trigger()
    assert done == ["studio", "gallery"]


def test_an_action_that_the_page_cannot_do_is_disabled(actions: Actions) -> None:
    actions.bind(Page.STUDIO, {"fork": lambda: None})
    actions.bind(Page.STUDIO, {"reveal": lambda: None})
    actions.bind(Page.GALLERY, {"reveal": lambda: None})
    actions.allow(Page.GALLERY, {"reveal": False})
    assert actions["fork"].isEnabled()
    assert actions["reveal"].isEnabled()
    actions.show_page(Page.GALLERY)
    assert not actions["fork"].isEnabled()
    assert not actions["reveal"].isEnabled()
    actions.allow(Page.GALLERY, {"reveal": True})
    assert actions["reveal"].isEnabled()
    assert actions["generate"].isEnabled()
