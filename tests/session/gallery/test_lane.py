"""A gallery's thread does one thing after another, and what is outdated not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.gallery.lane import Lane


class Held:
    """What only the lane's thread may touch."""

    def __init__(self) -> None:
        self.made_in = threading.get_ident()
        self.released_in: int | None = None

    def release(self) -> None:
        """Note which thread lets go."""
        self.released_in = threading.get_ident()


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane[Held]]:
    lane = Lane("test", Held, Held.release)
    yield lane
    lane.close()
    assert lane.join(5)


def test_it_works_in_its_own_thread_and_answers_in_this_one(qtbot: QtBot, lane: Lane[Held]) -> None:
    answers: list[tuple[int, int, int]] = []

    def take(worked_in: tuple[int, int]) -> None:
        answers.append((*worked_in, threading.get_ident()))

    lane.do(lambda held: (held.made_in, threading.get_ident()), take)
    qtbot.waitUntil(lambda: bool(answers))
    made_in, worked_in, answered_in = answers[0]
    assert made_in == worked_in != answered_in == threading.get_ident()


def test_what_it_holds_is_let_go_in_its_thread(qtbot: QtBot) -> None:
    lane = Lane("test", Held, Held.release)
    found: list[Held] = []
    lane.do(lambda held: held, found.append)
    qtbot.waitUntil(lambda: bool(found))
    lane.close()
    assert lane.join(5)
    assert found[0].released_in == found[0].made_in


def test_of_jobs_with_one_key_only_the_latest_is_answered(qtbot: QtBot, lane: Lane[Held]) -> None:
    go_on, done, answers = threading.Event(), [], []

    def work(number: int, _: Held) -> int:
        go_on.wait(5)
        done.append(number)
        return number

    for number in range(5):
        lane.do(partial(work, number), answers.append, "listing")
    go_on.set()
    qtbot.waitUntil(lambda: 4 in answers)
    assert answers == [4]
    # The first was being done already, and nobody hears of it; those between were never begun.
    assert done in ([0, 4], [4])


def test_what_is_urgent_goes_first(qtbot: QtBot, lane: Lane[Held]) -> None:
    go_on, answers = threading.Event(), []
    lane.do(lambda _: go_on.wait(5), lambda _: None)
    lane.do(lambda _: "later", answers.append, urgency=9)
    lane.do(lambda _: "now", answers.append, urgency=0)
    go_on.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == ["now", "later"]


def test_a_sentence_is_an_answer(qtbot: QtBot, lane: Lane[Held]) -> None:
    answers: list[object] = []

    def fail(_: Held) -> None:
        raise KnownError("No.")

    lane.do(fail, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert isinstance(answers[0], KnownError)


def test_a_bug_is_raised_in_this_thread(qtbot: QtBot, lane: Lane[Held]) -> None:
    with qtbot.captureExceptions() as raised:
        lane.do(lambda _: 1 // 0, lambda _: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_what_waits_is_done_before_it_ends_and_nobody_is_told(qtbot: QtBot) -> None:
    lane = Lane("test", Held, Held.release)
    done: list[int] = []
    for number in range(3):
        lane.do(lambda _, number=number: done.append(number), lambda _: done.append(-1))
    lane.close()
    assert lane.join(5)
    qtbot.wait(1)
    assert done == [0, 1, 2]


def test_what_is_forgotten_is_not_done(qtbot: QtBot, lane: Lane[Held]) -> None:
    go_on, done = threading.Event(), []
    lane.do(lambda _: go_on.wait(5), lambda _: done.append("first"))
    lane.do(lambda _: done.append("second"), lambda _: None)
    lane.forget()
    lane.do(lambda _: "third", done.append)
    go_on.set()
    qtbot.waitUntil(lambda: "third" in done)
    assert done == ["third"]
