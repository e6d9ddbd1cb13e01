"""Notices above the picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from windows import make_session, worker_of

from ldm_desktop.session.session import Session
from ldm_desktop.ui.notice_feed import NoticeFeed
from ldm_desktop.ui.notices import MOST, Level, Notice, NoticeBar, Notices
from ldm_desktop.worker.work import EngineState, EngineStatus, QueueView

LONG = "A sentence that is far too long to fit into one line of a narrow column. " * 3


@pytest.fixture
def notices(qtbot: QtBot, dressed: QApplication) -> Iterator[Notices]:
    """Give notices at the top of a column."""
    column = QWidget()
    qtbot.addWidget(column)
    notices = Notices(column)
    layout = QVBoxLayout(column)
    layout.addWidget(notices)
    layout.addWidget(QWidget(column), 1)
    column.resize(400, 500)
    column.show()
    yield notices
    column.close()


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, notices: Notices) -> Session:
    session = make_session(tmp_path)
    session.setParent(notices)
    NoticeFeed(session, notices)
    return session


def sentences(notices: Notices) -> list[str]:
    return [notice.sentence for notice in notices.shown]


def button(notices: Notices, name: str = "notice-button") -> QPushButton | QToolButton:
    bars = [bar for bar in notices.findChildren(NoticeBar) if not bar.isHidden()]
    return bars[-1].findChild(QPushButton if name == "notice-button" else QToolButton, name)


def hiding(bar: QObject) -> QTimer:
    """Give the timer that takes a notice away."""
    return bar.findChild(QTimer)


def test_without_notices_there_is_no_room_taken(notices: Notices) -> None:
    assert not notices.isVisible()
    notices.say(Notice("The engine was restarted."))
    assert notices.isVisible()


def test_a_long_sentence_is_shown_whole(qtbot: QtBot, notices: Notices) -> None:
    notices.say(Notice(LONG))
    bar = notices.findChild(NoticeBar)
    qtbot.waitUntil(lambda: bar.height() >= bar.heightForWidth(bar.width()) > 60)


def test_the_same_is_not_said_twice(notices: Notices) -> None:
    notices.say(Notice("Once."))
    notices.say(Notice("Once."))
    assert sentences(notices) == ["Once."]


def test_a_notice_of_the_same_key_takes_the_place_of_the_one_before(notices: Notices) -> None:
    notices.say(Notice("12 wait.", key="paused"))
    notices.say(Notice("11 wait.", key="paused"))
    assert sentences(notices) == ["11 wait."]
    notices.withdraw("paused")
    assert sentences(notices) == []
    assert not notices.isVisible()


def test_at_most_three_are_shown_and_news_make_room_first(notices: Notices) -> None:
    notices.say(Notice("Trouble.", Level.ERROR))
    for number in range(MOST + 1):
        notices.say(Notice(f"News {number}."))
    assert sentences(notices) == ["Trouble.", "News 2.", "News 3."]


def test_news_go_by_themselves_and_trouble_stays(qtbot: QtBot, notices: Notices) -> None:
    notices.say(Notice("News."))
    notices.say(Notice("Trouble.", Level.WARNING))
    news, trouble = notices.findChildren(NoticeBar)
    assert hiding(news).isActive()
    assert not hiding(trouble).isActive()
    hiding(news).setInterval(0)
    qtbot.waitUntil(lambda: sentences(notices) == ["Trouble."])


def test_news_stay_while_the_keyboard_is_on_their_button(qtbot: QtBot, notices: Notices) -> None:
    notices.say(Notice("Restored.", button="Undo", do=lambda: None))
    with qtbot.waitActive(notices.window()):
        notices.window().activateWindow()
    button(notices).setFocus()
    hide = hiding(notices.findChild(NoticeBar))
    hide.setInterval(0)
    with qtbot.waitSignals([hide.timeout, hide.timeout]):
        hide.start()
    assert sentences(notices) == ["Restored."]
    button(notices).clearFocus()
    qtbot.waitUntil(lambda: sentences(notices) == [])


def test_long_news_stay_longer(notices: Notices) -> None:
    notices.say(Notice("Short."))
    notices.say(Notice(LONG))
    short, long = notices.findChildren(NoticeBar)
    assert hiding(long).interval() > hiding(short).interval() >= 6000


def test_the_button_does_what_it_says_and_closes(notices: Notices) -> None:
    done: list[str] = []
    notices.say(Notice("Restored.", button="Undo", do=lambda: done.append("undone")))
    assert button(notices).text() == "Undo"
    button(notices).click()
    assert done == ["undone"]
    assert sentences(notices) == []


def test_a_notice_can_be_closed(notices: Notices) -> None:
    notices.say(Notice("Trouble.", Level.ERROR))
    close = button(notices, "notice-close")
    assert close.accessibleName() == "Close this notice"
    close.click()
    assert sentences(notices) == []


def test_what_the_session_says_is_shown(session: Session, notices: Notices) -> None:
    session.notice.emit("Seed 4294967299 was reduced to 3.")
    assert sentences(notices) == ["Seed 4294967299 was reduced to 3."]


def test_a_queue_of_last_time_goes_on_at_one_click(session: Session, notices: Notices) -> None:
    worker = worker_of(session)
    reason = "12 pictures are waiting from last time."
    worker.queue_changed.emit(QueueView(True, 12, 0.0, reason=reason))
    assert sentences(notices) == [reason]
    button(notices).click()
    assert worker.called("resume_queue") == [()]


def test_a_queue_that_a_person_paused_needs_no_notice(session: Session, notices: Notices) -> None:
    worker_of(session).queue_changed.emit(QueueView(True, 12, 0.0))
    assert sentences(notices) == []


def test_the_notice_of_a_pause_goes_with_it(session: Session, notices: Notices) -> None:
    worker = worker_of(session)
    worker.queue_changed.emit(QueueView(True, 12, 0.0, reason="running on battery"))
    assert sentences(notices) == ["The queue is paused: running on battery."]
    worker.queue_changed.emit(QueueView(False, 12, 0.0))
    assert sentences(notices) == []


def test_the_notice_of_a_pause_stays_closed_until_there_is_another_reason(
    session: Session, notices: Notices
) -> None:
    worker, battery = worker_of(session), "running on battery"
    worker.queue_changed.emit(QueueView(True, 12, 0.0, reason=battery))
    button(notices, "notice-close").click()
    worker.queue_changed.emit(QueueView(True, 11, 0.1, reason=battery))
    assert sentences(notices) == []
    worker.queue_changed.emit(QueueView(True, 11, 0.1, reason="The disk is full."))
    assert sentences(notices) == ["The disk is full."]
    button(notices, "notice-close").click()
    worker.queue_changed.emit(QueueView(False, 11, 0.1))
    worker.queue_changed.emit(QueueView(True, 11, 0.1, reason="The disk is full."))
    assert sentences(notices) == ["The disk is full."]


def test_what_could_not_be_saved_is_tried_again(session: Session, notices: Notices) -> None:
    worker = worker_of(session)
    trouble = "The library cannot be written to: the disk is full."
    worker.queue_changed.emit(QueueView(True, 5, 0.0, reason=trouble, unsaved=2))
    assert sentences(notices) == [f"{trouble} Pictures that wait to be saved: 2."]
    assert notices.shown[0].level is Level.ERROR
    button(notices).click()
    assert worker.called("retry_saving") == [()]


@pytest.mark.parametrize("state", [EngineState.SILENT, EngineState.FAILED])
def test_an_engine_in_trouble_can_be_replaced(
    session: Session, notices: Notices, state: EngineState
) -> None:
    worker = worker_of(session)
    worker.status_changed.emit(EngineStatus(state, sentence="It hangs."))
    assert sentences(notices) == ["It hangs."]
    button(notices).click()
    assert worker.called("replace_engine") == [()]


def test_an_engine_that_works_again_needs_no_notice(session: Session, notices: Notices) -> None:
    worker = worker_of(session)
    worker.status_changed.emit(EngineStatus(EngineState.RESTARTING, sentence="It has ended."))
    assert sentences(notices) == ["It has ended."]
    worker.status_changed.emit(EngineStatus(EngineState.READY))
    assert sentences(notices) == []


def test_restored_settings_can_be_taken_back(session: Session, notices: Notices) -> None:
    session.controls.change(seed=5)
    before = session.controls.choices.seed
    session.controls.settle()
    session.controls.change(seed=6)
    session.restoring.restored.emit("Settings restored: Seed 6.")
    button(notices).click()
    assert session.controls.choices.seed == before
