"""What is in the way is said once, and tried again until it is over."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ldm_desktop.session.gallery import troubles
from ldm_desktop.session.gallery.troubles import Troubles


def test_a_sentence_is_said_once_and_taken_back(qtbot: QtBot) -> None:
    said: list[str] = []
    found = Troubles()
    found.said.connect(said.append)
    for _ in range(3):
        found.add("sidecars", "The disk is full.")
    found.add("library", "It is not there.")
    found.over("sidecars")
    found.over("library")
    assert said == ["The disk is full.", "It is not there.", ""]


def test_it_is_tried_again_less_and_less_often(qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(troubles, "FIRST", 1)
    found = Troubles()
    found._timer.setInterval(1)
    found.add("library", "It is not there.")
    waits = []
    for _ in range(3):
        with qtbot.waitSignal(found.again, timeout=5000):
            found.add("library", "It is not there.")
        waits.append(found._timer.interval())
    assert waits == [2, 4, 8]
    found.over("library")
    assert not found._timer.isActive()


def test_a_person_can_have_it_tried_at_once(qtbot: QtBot) -> None:
    found = Troubles()
    found.add("library", "It is not there.")
    with qtbot.waitSignal(found.again):
        found.hurry()
