"""Strips and angles: each question has an answer, whatever becomes of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from samples import recipe_of
from scripted import Shop

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Looked, Measured, Stripped
from ldm_desktop.core.job import Command, Look, Measure, Strip
from ldm_desktop.core.noise import Seed

MEASURE = Measure(uuid4(), (3, 32, 32), (Seed(1), Seed(2), Seed(3)))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Give a desk with an engine of clockwork."""
    shop = Shop(tmp_path)
    yield shop
    if not shop.desk.closed:
        shop.shut_down()


def measure(shop: Shop) -> None:
    shop.desk.questions.measure(MEASURE)
    shop.go()


def test_a_strip_and_angles_are_asked_and_answered(shop: Shop) -> None:
    picture, recipe = uuid4(), recipe_of(3)
    shop.desk.questions.strip(picture, recipe)
    measure(shop)
    assert shop.engine.sent == [Strip(picture, recipe), MEASURE]
    (stripped,) = shop.of("stripped")
    assert (stripped.picture, stripped.steps) == (picture, (1, 2))
    assert shop.of("measured") == [Measured(MEASURE.number, (90.0, 90.0))]
    shop.engine.die()
    shop.sleep(5)
    assert (len(shop.of("stripped")), len(shop.of("measured"))) == (1, 1)
    assert shop.engine.sent == []


def test_without_an_engine_there_is_no_strip(shop: Shop) -> None:
    picture = uuid4()
    shop.greets = False
    shop.engine.die()
    shop.go()
    shop.desk.questions.strip(picture, recipe_of(3))
    assert shop.of("stripped") == [Stripped(picture, (), None)]


def test_a_strip_that_an_engine_took_with_it_is_empty(shop: Shop) -> None:
    first, second = uuid4(), uuid4()
    shop.engine.deaf = True
    for picture in (first, second):
        shop.desk.questions.strip(picture, recipe_of(3))
    shop.engine.die()
    shop.go()
    assert shop.of("stripped") == [Stripped(first, (), None), Stripped(second, (), None)]
    shop.engine.deliver(Stripped(first, (4,), None))
    shop.go()
    shop.engine.die()
    shop.go()
    assert len(shop.of("stripped")) == 3


def test_what_is_too_large_to_be_asked_is_nothing_and_the_next_is_asked(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, questions = uuid4(), uuid4(), shop.desk.questions
    with monkeypatch.context() as narrow:
        narrow.setattr(shop.engine, "send", _too_much)
        questions.look(first, recipe_of(3), 1)
        questions.strip(first, recipe_of(3))
    assert shop.of("looked") == [Looked(first, 1, 0, None)]
    assert shop.of("stripped") == [Stripped(first, (), None)]
    questions.look(second, recipe_of(3), 1)
    assert shop.engine.sent == [Look(second, recipe_of(3), 1)]


def _too_much(_: Command) -> None:
    raise KnownError("This is too much for one message.")


def test_angles_wait_for_the_engine(shop: Shop) -> None:
    shop.greets = False
    shop.engine.die()
    shop.sleep(0)
    measure(shop)
    assert shop.of("measured") == []
    shop.engine.greet()
    shop.go()
    assert [event.number for event in shop.of("measured")] == [MEASURE.number]
    shop.go()
    assert shop.engine.sent == [MEASURE]


def test_angles_are_asked_of_the_next_engine_once_more_and_then_given_up(shop: Shop) -> None:
    for left in (1, 0):
        shop.engine.deaf = True
        if left:
            measure(shop)
        shop.go()
        assert shop.engine.sent == [MEASURE]
        assert shop.of("measured") == []
        shop.engines[-1].die()
        shop.greets = False
        shop.sleep(5)
        shop.engine.deaf = True
        shop.engine.greet()
        shop.go()
        assert shop.engine.sent == [MEASURE] * left
    (answer,) = shop.of("measured")
    assert answer.degrees == ()
    assert "twice" in answer.sentence


def test_an_engine_that_never_comes_measures_nothing(shop: Shop) -> None:
    shop.greets = False
    measure_at_once = list(shop.of("measured"))
    for _ in range(4):
        shop.engine.die()
        shop.sleep(10)
    measure(shop)
    assert measure_at_once == []
    (answer,) = shop.of("measured")
    assert answer.sentence == shop.status.sentence != ""
