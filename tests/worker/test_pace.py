"""What pictures cost, measured on clocks that are set by hand, and what is foretold from that."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from samples import recipe_of
from scripted import Clock, Shop

from ldm_desktop.core.events import Stage
from ldm_desktop.core.recipe import Precision
from ldm_desktop.worker.pace import Kind, Paces, kind_of
from ldm_desktop.worker.work import JobView, Pace, Request

KIND = kind_of(recipe_of(1))
TOGETHER = kind_of(recipe_of(1, precision=Precision.BALANCED))
FOUR = [uuid4() for _ in range(4)]


@pytest.fixture
def clock() -> Clock:
    """Give a clock."""
    return Clock()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Give a desk with an engine of clockwork."""
    shop = Shop(tmp_path)
    yield shop
    shop.shut_down()


def evaluation(paces: Paces, kind: Kind = KIND, batch: int = 1) -> float:
    pace = paces.pace(kind, batch)
    assert pace
    return pace.evaluation


def steps(paces: Paces, clock: Clock, picture: UUID, seconds: list[float]) -> None:
    for each in seconds:
        clock.now += each
        paces.stepped(KIND, picture)


def test_nothing_is_known_at_first(clock: Clock) -> None:
    paces = Paces([], clock)
    assert paces.pace(KIND, 1) is None
    steps(paces, clock, FOUR[0], [1.0, 1.0])
    assert paces.pace(KIND, 1) is None


def test_ten_uneven_steps_suffice(clock: Clock) -> None:
    paces, rng = Paces([], clock), random.Random(1)
    steps(paces, clock, FOUR[0], [9.0] + [rng.uniform(0.8, 1.2) for _ in range(9)])
    assert evaluation(paces) == pytest.approx(1.0, rel=0.1)


@pytest.mark.parametrize("pause", [3.1, 8.0, 3600.0])
def test_a_suspend_is_no_step(clock: Clock, pause: float) -> None:
    paces = Paces([], clock)
    steps(paces, clock, FOUR[0], [1.0] * 6 + [pause] + [1.0] * 6)
    assert evaluation(paces) == pytest.approx(1.0, rel=0.01)


def test_a_machine_that_becomes_slower_is_believed(clock: Clock) -> None:
    paces = Paces([], clock)
    steps(paces, clock, FOUR[0], [1.0] * 30 + [4.0] * 26)
    assert evaluation(paces) == pytest.approx(4.0, rel=0.01)


def test_pictures_that_take_turns_share_the_time(clock: Clock) -> None:
    paces = Paces([], clock)
    for _ in range(4):
        for picture in FOUR:
            clock.now += 1.0
            paces.stepped(KIND, picture)
    assert evaluation(paces, batch=4) == pytest.approx(1.0)
    assert evaluation(paces, batch=1) == pytest.approx(1.0)


def test_pictures_in_one_call_share_its_time_in_whatever_order_they_are_told(clock: Clock) -> None:
    paces, rng = Paces([], clock), random.Random(2)
    for _ in range(10):
        clock.now += 2.0
        for picture in rng.sample(FOUR, 4):
            paces.stepped(TOGETHER, picture)
    assert evaluation(paces, TOGETHER, 4) == pytest.approx(0.5)


def test_decodes_and_other_jobs_are_no_steps(clock: Clock) -> None:
    paces = Paces([], clock)
    other = kind_of(recipe_of(1, size=(256, 256)))
    for _ in range(6):
        steps(paces, clock, FOUR[0], [1.0] * 4)
        paces.working(FOUR[1], Stage.DECODING)
        clock.now += 2.5
        paces.finished(KIND, FOUR[1])
        for _ in range(3):
            clock.now += 1.7
            paces.stepped(other, FOUR[2])
    assert evaluation(paces) == pytest.approx(1.0)
    assert evaluation(paces, other) == pytest.approx(1.7)


def picture(paces: Paces, clock: Clock, start: float, decode: float) -> Pace | None:
    one = uuid4()
    paces.working(one, Stage.STARTING)
    clock.now += start
    steps(paces, clock, one, [1.0] * 5)
    clock.now += 0.0
    paces.working(one, Stage.DECODING)
    clock.now += decode
    return paces.finished(KIND, one)


def test_a_picture_costs_its_start_its_steps_and_its_decode(clock: Clock) -> None:
    paces = Paces([], clock)
    for _ in range(3):
        pace = picture(paces, clock, 0.25, 3.0)
    assert pace == Pace(*KIND, 1.0, 3.25)
    assert paces.all() == (pace,)
    assert pace.seconds(20) == 23.25
    assert paces.pace(KIND, 8) == pace


def test_what_was_measured_earlier_holds_until_there_is_better(clock: Clock) -> None:
    earlier = Pace(*KIND, 5.0, 9.0)
    paces = Paces([earlier], clock)
    assert paces.pace(KIND, 1) == earlier
    steps(paces, clock, FOUR[0], [1.0] * 5)
    assert paces.pace(KIND, 1) == Pace(*KIND, 1.0, 9.0)
    # A decode in which the computer was suspended.
    paces.working(FOUR[0], Stage.DECODING)
    clock.now += 7200
    assert paces.finished(KIND, FOUR[0]) is None
    assert paces.pace(KIND, 1) == Pace(*KIND, 1.0, 9.0)


# What is foretold


def remaining(shop: Shop, request: Request) -> float:
    """Let the job end, and give the seconds that took."""
    begun = shop.clock.now
    shop.finish(lambda: shop.job(request).state.ended)
    return shop.clock.now - begun


def eta(shop: Shop, view: Callable[[], JobView]) -> float:
    """Give a forecast at the present moment."""
    shop.pass_time(0.6)
    shop.units(1)
    found = view().eta
    assert found is not None
    return found


@pytest.mark.parametrize("precision", [Precision.EXACT, Precision.BALANCED])
@pytest.mark.parametrize(("count", "batch"), [(1, 1), (3, 1), (4, 4), (9, 4)])
def test_ten_steps_foretell_the_end(
    shop: Shop, precision: Precision, count: int, batch: int
) -> None:
    recipe = recipe_of(1, steps=40, precision=precision)
    if precision is not Precision.EXACT:
        # What a decode costs, the steps of a batch do not tell.
        shop.submit(recipe=recipe)
        shop.finish()
    request = shop.submit(1, count, recipe=recipe, batch=batch)
    shop.finish(lambda: shop.picture(request).done >= 10)
    foretold = eta(shop, lambda: shop.job(request))
    whole = shop.queue.eta
    assert foretold == pytest.approx(remaining(shop, request), rel=0.2)
    assert whole == pytest.approx(foretold, rel=0.1)


def test_a_suspend_does_not_spoil_the_forecast(shop: Shop) -> None:
    request = shop.submit(1, 4, recipe=recipe_of(1, steps=40), batch=4)
    shop.finish(lambda: shop.picture(request).done >= 5)
    shop.pass_time(9000)
    shop.finish(lambda: shop.picture(request).done >= 7)
    foretold = eta(shop, lambda: shop.job(request))
    assert foretold == pytest.approx(remaining(shop, request), rel=0.2)
    assert shop.job(request).steps_per_second is None


def test_pictures_of_a_round_arrive_together_and_jobs_one_after_the_other(shop: Shop) -> None:
    recipe = recipe_of(1, steps=40)
    first = shop.submit(1, 2, recipe=recipe, batch=2)
    second = shop.submit(50, recipe=recipe_of(50, steps=40))
    shop.finish(lambda: shop.picture(first).done >= 10)
    shop.sleep(6.0)
    shop.units(1)
    etas = [shop.picture(first, number).eta for number in (0, 1)]
    assert None not in etas
    assert shop.job(first).steps_per_second == pytest.approx(1.0, rel=0.05)
    later = shop.job(second).eta
    now = shop.clock.now
    shop.finish(lambda: len(shop.saved) == 1)
    assert etas[0] == pytest.approx(shop.clock.now - now, rel=0.1)
    shop.finish(lambda: len(shop.saved) == 2)
    assert etas[1] == pytest.approx(shop.clock.now - now, rel=0.1)
    shop.finish()
    assert later == pytest.approx(shop.clock.now - now, rel=0.1)


def test_an_endless_job_has_no_end_and_what_is_paused_none_that_is_known(shop: Shop) -> None:
    endless, after = shop.submit(1, None), shop.submit(50)
    shop.finish(lambda: len(shop.saved) == 2)
    shop.units(8)
    assert shop.picture(endless, 2).eta is not None
    assert shop.job(endless).eta is None
    assert shop.queue.eta is None
    shop.wishes.pause(endless.id)
    shop.go()
    shop.pass_time(1.0)
    shop.units(5)
    assert shop.job(after).eta == pytest.approx(remaining(shop, after), rel=0.2)


def test_the_measured_pace_is_told_and_known_after_a_restart(shop: Shop) -> None:
    shop.submit(1, 2)
    shop.finish()
    pace = shop.of("paces")[-1][0]
    assert (pace.evaluation, pace.rest) == (pytest.approx(1.0), pytest.approx(3.0))
    shop.crash()
    assert shop.of("paces") == [(pace,)]
    request = shop.submit(5)
    shop.pass_time(1.0)
    shop.units(1)
    assert shop.job(request).eta == pytest.approx(23.0, rel=0.1)


def test_the_queues_progress_does_not_jump_back_when_a_job_ends(shop: Shop) -> None:
    for seed in (1, 2, 3):
        shop.submit(seed)
    shares = []
    while shop.engine.work():
        shop.go()
        shop.sleep(0.6)
        shares.append(shop.queue.share)
    assert shares[:-1] == sorted(shares[:-1])
    assert max(shares) > 0.9
    assert shares[-1] == 0.0
    assert shop.queue.waiting_pictures == 0
