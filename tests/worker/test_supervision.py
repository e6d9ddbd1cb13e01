"""An engine that dies, hangs or never comes: what is said, who is blamed, and what goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import CARD
from samples import recipe_of
from scripted import Shop, look_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Failed, Log, Pong
from ldm_desktop.core.job import Load, Ping, Submit
from ldm_desktop.core.recipe import Precision
from ldm_desktop.worker.blame import LOG_BYTES
from ldm_desktop.worker.client import EngineProcess
from ldm_desktop.worker.supervisor import LOST_DEVICE, lost_its_device
from ldm_desktop.worker.work import EngineState, JobState, PictureState

KILLED = "The engine has ended unexpectedly (it was killed)."


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Give a desk with an engine of clockwork."""
    shop = Shop(tmp_path)
    yield shop
    if not shop.desk.closed:
        shop.shut_down()


def states(shop: Shop) -> list[EngineState]:
    """Give the states that were told, each once in a row."""
    found: list[EngineState] = []
    for status in shop.of("status"):
        if not found or found[-1] is not status.state:
            found.append(status.state)
    return found


# Death


def test_a_dead_engine_is_said_and_its_work_goes_on_in_the_next(shop: Shop) -> None:
    request = shop.submit(10, 2)
    shop.units(6)
    shop.wishes.pause(request.id)  # Which writes a checkpoint.
    shop.go()
    shop.wishes.resume(request.id)
    shop.go()
    first = next(c for c in shop.engine.sent if isinstance(c, Submit)).job.orders[0]
    shop.engine.die()
    shop.inbox[:1][0](shop.desk)
    shop.inbox.clear()
    shop.desk._report()
    assert shop.status.state is EngineState.RESTARTING
    assert shop.status.sentence == f"{KILLED} It starts again, and the queue goes on."
    assert shop.picture(request).state is PictureState.WAITING
    shop.sleep(0)
    assert shop.of("notice") == [f"{KILLED} It starts again, and the queue goes on."]
    again = next(c for c in shop.engine.sent if isinstance(c, Submit)).job.orders[0]
    assert len(shop.engines) == 2
    assert again == first
    shop.units(2)
    assert shop.picture(request).done == 6
    shop.finish()
    assert shop.seeds() == [10, 11]
    assert states(shop)[-4:] == [
        EngineState.RESTARTING,
        EngineState.LOADING,
        EngineState.BUSY,
        EngineState.READY,
    ]


def test_a_job_that_ends_the_engine_twice_is_set_aside_with_its_log(shop: Shop) -> None:
    (shop.folder / "engine.log").write_text("x" * 40_000 + "the last words")
    bad, good = shop.submit(10, 3), shop.submit(20)
    for _ in range(2):
        shop.units(3)
        shop.engine.die()
        shop.sleep(5)
    view = shop.job(bad)
    assert view.state is JobState.SET_ASIDE
    assert "twice" in view.sentence
    assert view.log.endswith("the last words")
    assert len(view.log) == LOG_BYTES
    shop.finish()
    assert shop.seeds() == [20]
    assert shop.job(good).state is JobState.FINISHED
    shop.crash()
    assert shop.job(bad).state is JobState.SET_ASIDE
    shop.wishes.retry(bad.id)
    shop.go()
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()
    assert shop.seeds() == [10, 11, 12]


def test_a_finished_picture_forgives_a_crash(shop: Shop) -> None:
    request = shop.submit(10, 3)
    for number in range(1, 4):
        shop.units(3)
        shop.engine.die()
        shop.sleep(5)
        shop.finish(lambda number=number: len(shop.saved) == number)  # type: ignore[misc]
    assert shop.job(request).state is JobState.FINISHED


def test_a_lost_device_is_no_pictures_fault(shop: Shop) -> None:
    request = shop.submit(10)
    for _ in range(3):
        shop.units(3)
        shop.engine.die(f"The engine has ended unexpectedly (exit code {LOST_DEVICE}).")
        shop.sleep(5)
    shop.finish()
    assert shop.job(request).state is JobState.FINISHED


def test_the_real_client_says_that_a_device_was_lost(tmp_path: Path) -> None:
    news: list[object] = []
    ended = threading.Event()

    def deliver(event: object) -> None:
        news.append(event)
        ended.set()

    code = f"import sys; sys.exit({LOST_DEVICE})"
    engine = EngineProcess([sys.executable, "-c", code], deliver, tmp_path / "log")
    assert ended.wait(30)
    engine.close(5)
    assert isinstance(news[0], KnownError)
    assert lost_its_device(news[0])


def test_an_engine_that_dies_idle_blames_nobody(shop: Shop) -> None:
    request = shop.submit(10)
    shop.finish()
    for _ in range(3):
        shop.engine.die()
        shop.sleep(10)
    shop.wishes.duplicate(request.id)
    shop.go()
    shop.finish()
    assert shop.seeds() == [10, 10]


def test_whoever_overtakes_is_blamed_and_not_the_one_that_waits(shop: Shop) -> None:
    batch = shop.submit(10)
    shop.units(1)
    urgent = shop.submit(90, priority=10)
    for _ in range(2):
        shop.finish(lambda: shop.engine.front()[0].done == 2)
        assert shop.engine.front()[0].job == urgent.id
        shop.engine.die()
        shop.sleep(5)
    shop.finish()
    assert shop.job(urgent).state is JobState.SET_ASIDE
    assert shop.job(batch).state is JobState.FINISHED


def test_an_engine_that_never_comes_is_tried_three_times(shop: Shop) -> None:
    request = shop.submit(10)
    shop.greets = False
    begun = shop.clock.now
    for _ in range(4):
        shop.engine.die()
        shop.sleep(10)
    assert shop.status.state is EngineState.FAILED
    assert shop.status.sentence == KILLED
    assert len(shop.engines) == 4
    assert shop.clock.now - begun == 40
    shop.sleep(1000)
    assert len(shop.engines) == 4
    shop.greets = True
    shop.desk.replace_engine()
    shop.go()
    shop.finish()
    assert shop.job(request).state is JobState.FINISHED


def test_an_engine_that_refuses_is_not_tried_again(shop: Shop) -> None:
    shop.greets = False
    shop.engine.die()
    shop.sleep(0)
    shop.engine.deliver(Failed(None, None, "There is no GPU 'cuda:7'."))
    shop.engine.die("The engine has ended unexpectedly (exit code 0).")
    shop.sleep(100)
    assert shop.status.state is EngineState.FAILED
    assert shop.status.sentence == "There is no GPU 'cuda:7'."
    assert shop.of("notice")[1:] == ["There is no GPU 'cuda:7'."]
    assert len(shop.engines) == 2


def test_a_model_that_ends_the_engine_is_given_up(shop: Shop) -> None:
    shop.deadly.add(CARD.folder)
    shop.desk.open_model(CARD.folder, Precision.EXACT)
    request = shop.submit(10)
    shop.sleep(30)
    assert shop.job(request).state is JobState.SET_ASIDE
    assert "twice" in shop.job(request).sentence
    assert [folder for folder, _ in shop.of("model_refused")] == [CARD.folder]
    assert len(shop.engines) == 3
    assert not [c for c in shop.engine.sent if isinstance(c, Load)]


def test_a_look_that_ends_the_engine_is_forgotten(shop: Shop) -> None:
    shop.wishes.look_sharp(look_of(4))
    shop.go()
    shop.units(2)
    shop.engine.die()
    shop.sleep(5)
    assert not shop.engine.work()


# Silence


def test_a_busy_engine_is_asked_then_silent_then_replaced(shop: Shop) -> None:
    request = shop.submit(10)
    shop.units(5)
    shop.engine.deaf = True
    shop.sleep(16)
    assert isinstance(shop.engine.sent[-1], Ping)
    assert shop.status.state is EngineState.BUSY
    shop.sleep(20)
    assert shop.status.state is EngineState.SILENT
    assert "has not answered for 30 seconds" in shop.of("notice")[-1]
    shop.sleep(100)
    assert len(shop.of("notice")) == 1
    shop.desk.replace_engine()
    shop.go()
    assert shop.engines[0].gone
    shop.finish()
    assert shop.seeds() == [10]
    assert shop.job(request).state is JobState.FINISHED


def test_an_engine_that_answers_late_is_busy_again(shop: Shop) -> None:
    shop.submit(10)
    shop.units(3)
    shop.engine.deaf = True
    shop.sleep(40)
    shop.engine.deaf = False
    shop.units(1)
    assert shop.status.state is EngineState.BUSY


def test_an_engine_that_answers_between_long_units_is_never_silent(shop: Shop) -> None:
    shop.submit(10)
    shop.units(3)
    for _ in range(20):
        shop.sleep(20)
        shop.engine.deliver(Pong(1))
        shop.go()
    assert EngineState.SILENT not in states(shop)


def test_an_idle_engine_is_left_alone_and_so_is_one_whose_computer_slept(shop: Shop) -> None:
    shop.sleep(1000)
    shop.submit(10)
    shop.units(3)
    shop.pass_time(5000)
    shop.go()
    assert EngineState.SILENT not in states(shop)
    assert not [c for c in shop.engine.sent if isinstance(c, Ping)]


def test_long_units_teach_patience(shop: Shop) -> None:
    shop.evaluation = 10.0
    shop.submit(10)
    shop.units(5)
    shop.engine.deaf = True
    shop.sleep(90)
    assert shop.status.state is EngineState.BUSY
    shop.sleep(20)
    assert shop.status.state is EngineState.SILENT


def test_units_longer_than_the_patience_are_silence_only_once(shop: Shop) -> None:
    shop.evaluation = 0.0
    shop.submit(10)
    shop.units(2)
    for _ in range(4):
        shop.engine.deaf = True
        shop.sleep(40)
        shop.engine.deaf = False
        shop.units(1)
    assert states(shop).count(EngineState.SILENT) == 1
    assert shop.status.state is EngineState.BUSY


def test_to_hang_counts_from_the_second_time(shop: Shop) -> None:
    bad, good = shop.submit(10), shop.submit(20)
    for expected in (JobState.RUNNING, JobState.RUNNING, JobState.SET_ASIDE):
        shop.units(3)
        shop.engine.deaf = True
        shop.sleep(60)
        shop.desk.replace_engine()
        shop.go()
        assert shop.job(bad).state is expected
    shop.finish()
    assert shop.job(good).state is JobState.FINISHED


def test_to_replace_an_engine_that_answers_blames_nobody(shop: Shop) -> None:
    request = shop.submit(10)
    for _ in range(5):
        shop.units(3)
        shop.desk.replace_engine()
        shop.go()
    shop.finish()
    assert shop.job(request).state is JobState.FINISHED


# What else it says


def test_states_are_honest(shop: Shop) -> None:
    assert states(shop) == [EngineState.READY]
    assert (shop.status.device, shop.status.dtype) == ("CPU", "fp32")
    shop.submit(10)
    assert states(shop)[-1] is EngineState.BUSY
    shop.engine.deliver(Log("Something is worth saying."))
    shop.finish()
    assert shop.status.state is EngineState.READY
    assert shop.of("notice") == ["Something is worth saying."]
    shop.shut_down()
    assert shop.status.state is EngineState.STOPPED


def test_a_job_the_engine_does_not_take_fails_in_its_words(shop: Shop) -> None:
    request = shop.submit(10, 3)
    shop.engine.deliver(Failed(request.id, None, "It cannot be."))
    shop.go()
    assert (shop.job(request).state, shop.job(request).sentence) == (
        JobState.FAILED,
        "It cannot be.",
    )
    assert not shop.engine.tasks


def test_what_is_finished_while_the_window_closes_is_saved(shop: Shop) -> None:
    shop.submit(10, recipe=recipe_of(10, steps=2))
    shop.units(3)
    engine = shop.engine
    close = engine.close
    engine.close = lambda seconds: (engine.work(), close(seconds))[1]  # type: ignore[method-assign]
    shop.shut_down()
    assert shop.seeds() == [10]


def test_nothing_starts_after_the_end(shop: Shop) -> None:
    shop.submit(10)
    shop.units(2)
    shop.desk.shut_down()
    shop.desk.shut_down()
    shop.go()
    assert shop.desk.closed
    assert len(shop.engines) == 1
