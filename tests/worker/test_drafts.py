"""Drafts: the engine has what the views want to see, no more and no less; the queue is whole."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from clockwork import Task
from fakes import CARD
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import recipe_of
from scripted import Shop

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Failed, Stepped
from ldm_desktop.core.job import (
    AHEAD_PRIORITY,
    DRAFT_PRIORITY,
    IDLE_PRIORITY,
    INTERACTIVE_PRIORITY,
    Cancel,
    Command,
    Job,
    Load,
    Ping,
    Reprioritise,
    Seen,
    Submit,
)
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.recipe import ModelRef, Precision
from ldm_desktop.worker.desk import Desk
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState
from ldm_desktop.worker.drafts import PROGRESS_SECONDS
from ldm_desktop.worker.pace import kind_of
from ldm_desktop.worker.work import EngineState, JobState

SHEET, RING = uuid4(), uuid4()
UNTIL = 3
STEPS = 5
SLOW = 1.5
"""Seconds of a draft's evaluation: so few that they could be a part of a picture's own."""
CRASH = "crash"
GONE = recipe_of(1, model=ModelRef("ab" * 32, "gone"))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Give a desk with an engine of clockwork, whose model is open."""
    shop = Shop(tmp_path)
    shop.desk.open_model(CARD.folder, Precision.EXACT)
    shop.go()
    yield shop
    if not shop.desk.closed:
        shop.shut_down()


def name(seed: int) -> UUID:
    """Give the id of the draft of a seed."""
    return uuid5(SHEET, str(seed))


def draft_of(seed: int, **changes: Any) -> Draft:
    """Give a draft of a seed."""
    recipe = recipe_of(seed, steps=STEPS, size=(128, 128), precision=Precision.BALANCED)
    entries: dict[str, Any] = {"id": name(seed), "recipe": recipe, "until": UNTIL}
    return Draft(**entries | changes)


def want(shop: Shop, *drafts: Draft, owner: UUID = SHEET, **changes: Any) -> None:
    """Say what a view wants to see from now on, and let it happen."""
    shop.desk.drafts.want(Drafts(owner, CARD.folder, drafts, **changes))
    shop.go()


def _ask(wanted: Drafts, desk: Desk) -> None:
    desk.drafts.want(wanted)


def orders(shop: Shop) -> list[Task]:
    """Give what the engine has of drafts."""
    return [task for task in shop.engine.tasks if task.order.until]


def seeds(shop: Shop) -> list[int]:
    """Give the seeds of what the engine has of drafts, as they will advance."""
    ranked = sorted(orders(shop), key=lambda task: (-task.priority, task.number))
    return [task.order.recipe.noise.seed for task in ranked]  # type: ignore[union-attr]


def sent(shop: Shop, kind: type) -> list[Any]:
    """Give the commands of a kind that the engine got."""
    return [command for command in shop.engine.sent if isinstance(command, kind)]


def news(shop: Shop, seed: int) -> list[Drafted]:
    """Give what was told of the draft of a seed."""
    return [each for each in shop.of("drafted") if each.id == name(seed)]


def last(shop: Shop, seed: int) -> Drafted:
    """Give what was told last of the draft of a seed."""
    return news(shop, seed)[-1]


def state(shop: Shop) -> EngineState:
    """Give what the engine is said to be at."""
    return shop.status.state


# What the engine gets


def test_drafts_are_given_in_one_job_and_rest_with_a_frame(shop: Shop) -> None:
    policy = PreviewPolicy(PreviewKind.LINEAR, share=0.1, seconds=0.2)
    want(shop, draft_of(1), draft_of(2, sharp=True), preview=policy)
    (submit,) = sent(shop, Submit)
    assert isinstance(submit.job, Job)
    assert submit.job.id not in (SHEET, *shop.desk._ledger.queue.jobs)
    assert (submit.job.batch, submit.job.priority) == (1024, DRAFT_PRIORITY)
    assert submit.job.preview == policy
    assert [order.until for order in submit.job.orders] == [UNTIL, UNTIL]
    assert [order.checkpoint for order in submit.job.orders] == [None, None]
    shop.finish()
    told = last(shop, 1)
    assert (told.owner, told.state, told.done, told.total) == (
        SHEET,
        DraftState.RESTING,
        UNTIL,
        STEPS,
    )
    assert told.frame
    assert not told.sharp
    assert last(shop, 2).sharp
    assert not shop.of("saved")
    assert not shop.of("picture")
    assert not shop.of("job")


def test_what_is_seen_forms_before_what_is_ahead_and_all_else_idles(shop: Shop) -> None:
    batch = shop.submit(10, recipe=recipe_of(10, steps=2))
    want(
        shop,
        draft_of(1, level=IDLE_PRIORITY),
        draft_of(2, level=AHEAD_PRIORITY),
        draft_of(3),
        draft_of(4),
    )
    urgent = shop.submit(90, recipe=recipe_of(90, steps=2), priority=INTERACTIVE_PRIORITY)
    assert seeds(shop) == [3, 4, 2, 1]
    ended: list[object] = []
    while shop.engine.work():
        shop.go()
        ended += [s.job for s in shop.saved if s.job not in ended]
        rest = [d for d in shop.of("drafted") if d.state is DraftState.RESTING]
        ended += [d.id for d in rest if d.id not in ended]
    assert ended == [urgent.id, name(3), name(4), name(2), batch.id, name(1)]


def test_a_scroll_ranks_takes_back_and_gives_only_what_has_changed(shop: Shop) -> None:
    want(shop, *(draft_of(n) for n in (1, 2)), *(draft_of(n, level=4) for n in (3, 4)))
    shop.units(5)
    before = {t.order.recipe.noise: t.order.picture for t in orders(shop)}
    shop.engine.sent.clear()
    want(shop, *(draft_of(n) for n in (3, 4)), *(draft_of(n, level=4) for n in (2, 5)))
    commands = [type(command) for command in shop.engine.sent]
    assert commands == [Cancel, Reprioritise, Reprioritise, Reprioritise, Submit]
    (cancel,) = sent(shop, Cancel)
    assert cancel.target == before[Seed(1)]
    assert {c.target: c.priority for c in sent(shop, Reprioritise)} == {
        before[Seed(2)]: AHEAD_PRIORITY,
        before[Seed(3)]: DRAFT_PRIORITY,
        before[Seed(4)]: DRAFT_PRIORITY,
    }
    assert seeds(shop) == [3, 4, 2, 5]
    assert shop.engine.front()[0].order.recipe.noise == Seed(3)


def test_the_same_wish_again_costs_nothing(shop: Shop) -> None:
    want(shop, draft_of(1), draft_of(2))
    shop.engine.sent.clear()
    for _ in range(5):
        want(shop, draft_of(1), draft_of(2))
    assert shop.engine.sent == []
    shop.finish()
    shop.told.clear()
    for _ in range(5):
        want(shop, draft_of(1), draft_of(2))
    assert not orders(shop)
    assert not shop.of("drafted")


def test_of_many_wishes_at_once_only_the_last_reaches_the_engine(shop: Shop) -> None:
    for first in range(60):
        drafts = tuple(draft_of(first + n) for n in range(8))
        wanted = Drafts(SHEET, CARD.folder, drafts)
        shop.inbox.append(partial(_ask, wanted))
    shop.go()
    assert len(sent(shop, Submit)) == 1
    assert not sent(shop, Cancel)
    assert seeds(shop) == list(range(59, 67))


def test_nothing_more_is_taken_back_by_one_word(shop: Shop) -> None:
    want(shop, *(draft_of(n) for n in range(20)))
    want(shop, draft_of(99), owner=RING)
    shop.units(3)
    want(shop)
    assert len(sent(shop, Cancel)) == 1
    assert seeds(shop) == [99]
    assert not shop.desk.drafts.named(name(3))


def test_many_drafts_go_in_messages_of_a_bearable_length(shop: Shop) -> None:
    want(shop, *(draft_of(n) for n in range(150)))
    assert [len(submit.job.orders) for submit in sent(shop, Submit)] == [64, 64, 22]
    assert len({submit.job.id for submit in sent(shop, Submit)}) == 1
    shop.finish()
    assert [last(shop, n).state for n in range(150)] == [DraftState.RESTING] * 150


def test_drafts_that_are_too_much_for_a_message_go_in_smaller_ones(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = shop.engine.send

    def narrow(command: Command) -> None:
        seeds = [order.recipe.noise for order in getattr(command, "job", Job(SHEET, ())).orders]
        if len(seeds) > 3 or Seed(7) in seeds:
            raise KnownError("This is too much for one message.")
        send(command)

    monkeypatch.setattr(shop.engine, "send", narrow)
    want(shop, *(draft_of(n) for n in range(10)))
    shop.finish()
    states = [last(shop, n).state for n in range(10)]
    assert [n for n, state in enumerate(states) if state is DraftState.FAILED] == [7]
    assert states.count(DraftState.RESTING) == 9
    assert last(shop, 7).sentence == "This is too much for one message."


def test_what_is_taken_back_and_wanted_again_goes_on_from_there(shop: Shop) -> None:
    want(shop, draft_of(1))
    shop.units(3)
    want(shop)
    assert not orders(shop)
    want(shop, draft_of(1))
    shop.units(2)
    assert last(shop, 1).done == 3


def test_a_picture_of_the_queue_goes_on_from_a_draft(shop: Shop) -> None:
    want(shop, draft_of(1))
    shop.finish()
    request = shop.submit(recipe=draft_of(1).recipe)
    shop.units(2)
    assert shop.picture(request).done == UNTIL + 1


def test_a_draft_at_rest_goes_on_when_it_is_to_go_further(shop: Shop) -> None:
    want(shop, draft_of(1))
    shop.finish()
    want(shop, draft_of(1, until=UNTIL - 1))
    assert not orders(shop)
    want(shop, draft_of(1, until=99))
    (task,) = orders(shop)
    assert (task.order.until, task.done) == (STEPS, UNTIL)
    shop.finish()
    assert (last(shop, 1).state, last(shop, 1).done) == (DraftState.RESTING, STEPS)


def test_a_draft_at_rest_is_made_sharp(shop: Shop) -> None:
    want(shop, draft_of(1))
    shop.finish()
    want(shop, draft_of(1, sharp=True))
    shop.finish()
    assert last(shop, 1).sharp
    want(shop, draft_of(1))
    assert not orders(shop)


def test_a_draft_that_is_to_go_further_while_it_forms_is_not_disturbed(shop: Shop) -> None:
    want(shop, draft_of(1, until=2))
    shop.units(2)
    shop.engine.sent.clear()
    want(shop, draft_of(1, until=4))
    assert shop.engine.sent == []
    shop.finish()
    states = [each.state for each in news(shop, 1)]
    assert states.count(DraftState.RESTING) == 1
    assert (last(shop, 1).state, last(shop, 1).done) == (DraftState.RESTING, 4)


def test_a_draft_that_would_go_too_far_stops_at_once(shop: Shop) -> None:
    want(shop, draft_of(1, until=5))
    shop.units(4)
    want(shop, draft_of(1, until=2))
    shop.units(1)
    assert (last(shop, 1).state, last(shop, 1).done) == (DraftState.RESTING, 3)


def test_another_recipe_under_the_same_id_is_another_draft(shop: Shop) -> None:
    want(shop, draft_of(1))
    shop.units(2)
    want(shop, dataclasses.replace(draft_of(2), id=name(1)))
    assert seeds(shop) == [2]
    shop.finish()
    assert last(shop, 1).state is DraftState.RESTING


def test_a_draft_of_no_evaluation_has_one(shop: Shop) -> None:
    want(shop, draft_of(1, until=0))
    shop.finish()
    assert last(shop, 1).done == 1


def test_another_preview_reaches_what_is_at_work(shop: Shop) -> None:
    want(shop, draft_of(1))
    off = PreviewPolicy(PreviewKind.OFF)
    want(shop, draft_of(1), preview=off)
    assert [submit.job.preview for submit in sent(shop, Submit)][1:] == [off]
    want(shop, draft_of(1), preview=off)
    assert len(sent(shop, Submit)) == 2


# What the views hear


def test_a_forming_draft_shows_a_frame_and_the_next_when_that_was_seen(shop: Shop) -> None:
    shop.previews = True
    want(shop, draft_of(1))
    shop.units(2)
    told = last(shop, 1)
    assert (told.state, told.done) == (DraftState.FORMING, 1)
    assert told.frame
    (task,) = orders(shop)
    shop.desk.seen(name(1))
    assert sent(shop, Seen)[-1].picture == task.order.picture


def test_progress_without_a_frame_is_not_told_more_often_than_eyes_need(shop: Shop) -> None:
    shop.evaluation = 1 / 16
    long = recipe_of(1, steps=100, precision=Precision.BALANCED)
    want(shop, draft_of(1, recipe=long, until=99))
    shop.units(17)
    assert shop.desk.deadline == shop.clock.now + PROGRESS_SECONDS - 3 / 16
    assert [each.done for each in news(shop, 1)] == [1, 5, 9, 13]
    shop.sleep(1)
    assert last(shop, 1).done == 16


def test_nobody_hears_of_what_nobody_wants_any_more(shop: Shop) -> None:
    want(shop, draft_of(1), draft_of(2))
    shop.units(3)
    gone = orders(shop)[0]
    failed = Failed(gone.job, gone.order.picture, "It cannot be.")
    shop.told.clear()
    shop.desk.drafts.want(Drafts(SHEET, CARD.folder, (draft_of(2),)))
    shop.engine.deliver(Stepped(gone.job, gone.order.picture, 2, STEPS))
    shop.engine.tasks.remove(gone)
    shop.engine.deliver(failed)
    shop.go()
    assert not news(shop, 1)
    want(shop, draft_of(1), draft_of(2))
    shop.engine.deliver(failed)
    shop.go()
    assert not news(shop, 1)
    assert seeds(shop) == [2, 1]


def test_a_draft_that_fails_says_why_and_is_left_alone_while_it_is_wanted(shop: Shop) -> None:
    shop.failures[Seed(1)] = "It cannot be."
    want(shop, draft_of(1), draft_of(2))
    shop.finish()
    assert (last(shop, 1).state, last(shop, 1).sentence) == (DraftState.FAILED, "It cannot be.")
    assert last(shop, 2).state is DraftState.RESTING
    want(shop, draft_of(1), draft_of(3))
    assert seeds(shop) == [3]
    want(shop, draft_of(3))
    want(shop, draft_of(1), draft_of(3))
    assert seeds(shop) == [3, 1]


def test_what_the_engine_does_not_take_fails_in_its_words(shop: Shop) -> None:
    want(shop, draft_of(1), draft_of(2))
    shop.engine.deliver(Failed(orders(shop)[0].job, None, "It cannot be."))
    shop.go()
    assert [last(shop, n).sentence for n in (1, 2)] == ["It cannot be."] * 2
    assert not orders(shop)
    assert shop.of("notice") == []


# Models


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Shop]:
    """Give a desk whose engine has no model open."""
    shop = Shop(tmp_path)
    yield shop
    shop.shut_down()


def test_the_model_of_drafts_is_opened_once(bare: Shop) -> None:
    want(bare, draft_of(1))
    want(bare, draft_of(2), owner=RING)
    assert len(sent(bare, Load)) == 1
    assert not bare.of("model_ready")
    bare.finish()
    assert [last(bare, n).state for n in (1, 2)] == [DraftState.RESTING] * 2


def test_a_model_that_is_refused_fails_its_drafts_in_a_sentence(bare: Shop) -> None:
    bare.models.clear()
    want(bare, draft_of(1), draft_of(2))
    told = [last(bare, n) for n in (1, 2)]
    assert [each.state for each in told] == [DraftState.FAILED] * 2
    assert told[0].sentence == f"There is no model in {CARD.folder}."
    want(bare, draft_of(1), draft_of(2))
    assert len(sent(bare, Load)) == 1


def test_a_model_that_is_refused_is_no_other_drafts_trouble(bare: Shop) -> None:
    want(bare, draft_of(1))
    bare.desk.drafts.want(Drafts(RING, "elsewhere", (draft_of(2, recipe=GONE),)))
    bare.models["third"] = "cd" * 32
    third = draft_of(3, recipe=recipe_of(3, model=ModelRef("cd" * 32, "third")))
    bare.desk.drafts.want(Drafts(uuid4(), "third", (third,)))
    bare.go()
    assert last(bare, 2).state is DraftState.FAILED
    bare.finish()
    assert [last(bare, n).state for n in (1, 3)] == [DraftState.RESTING] * 2


def test_another_model_in_the_folder_fails_the_drafts(bare: Shop) -> None:
    want(bare, draft_of(1, recipe=GONE))
    assert last(bare, 1).state is DraftState.FAILED
    assert "is not the one" in last(bare, 1).sentence


def test_a_model_that_is_nowhere_fails_the_drafts_at_once(bare: Shop) -> None:
    bare.desk.drafts.want(Drafts(SHEET, "", (draft_of(1),)))
    bare.go()
    assert last(bare, 1).state is DraftState.FAILED
    assert "not here" in last(bare, 1).sentence
    assert not sent(bare, Load)


# Pauses


def test_a_persons_pause_holds_all_drafts(shop: Shop) -> None:
    want(shop, draft_of(1), draft_of(2, level=IDLE_PRIORITY))
    shop.units(3)
    shop.wishes.pause_queue("")
    shop.go()
    assert not orders(shop)
    assert shop.status.state is EngineState.READY
    want(shop, draft_of(1), draft_of(3))
    assert not orders(shop)
    shop.wishes.resume_queue()
    shop.go()
    assert seeds(shop) == [1, 3]
    shop.finish()
    assert last(shop, 1).state is DraftState.RESTING


def test_a_pause_with_a_reason_holds_what_nobody_looks_at(shop: Shop) -> None:
    shop.wishes.pause_queue("On battery.")
    shop.go()
    want(shop, draft_of(1), draft_of(2, level=AHEAD_PRIORITY), draft_of(3, level=IDLE_PRIORITY))
    assert seeds(shop) == [1, 2]
    shop.wishes.resume_queue()
    shop.go()
    assert seeds(shop) == [1, 2, 3]


def test_what_waits_from_last_time_holds_no_drafts(shop: Shop) -> None:
    shop.submit(10)
    shop.crash()
    assert shop.queue.paused
    want(shop, draft_of(1), draft_of(2, level=IDLE_PRIORITY))
    shop.finish()
    assert [last(shop, n).state for n in (1, 2)] == [DraftState.RESTING] * 2


def test_trouble_with_saving_holds_no_drafts(shop: Shop) -> None:
    shop.keeper.trouble = "The disk is full."
    shop.submit(10)
    shop.finish()
    assert shop.queue.paused
    want(shop, draft_of(1), draft_of(2, level=IDLE_PRIORITY))
    shop.finish()
    assert [last(shop, n).state for n in (1, 2)] == [DraftState.RESTING] * 2


# Death and silence


def test_drafts_survive_an_engine(shop: Shop) -> None:
    want(shop, draft_of(1))
    shop.finish()
    want(shop, draft_of(1), draft_of(2), draft_of(3, level=AHEAD_PRIORITY))
    shop.units(2)
    shop.engine.die()
    shop.sleep(5)
    assert len(shop.engines) == 2
    assert seeds(shop) == [2, 3]
    shop.finish()
    assert [last(shop, n).state for n in (2, 3)] == [DraftState.RESTING] * 2


def test_drafts_that_end_the_engine_twice_fail_and_the_queue_goes_on(shop: Shop) -> None:
    batch = shop.submit(10)
    want(shop, draft_of(1), draft_of(2))
    want(shop, draft_of(3, level=IDLE_PRIORITY), owner=RING)
    for _ in range(2):
        shop.units(3)
        shop.engine.die()
        shop.sleep(5)
    assert [last(shop, n).state for n in (1, 2)] == [DraftState.FAILED] * 2
    assert "twice" in last(shop, 1).sentence
    shop.finish()
    assert shop.job(batch).state is JobState.FINISHED
    assert last(shop, 3).state is DraftState.RESTING
    want(shop, draft_of(1), draft_of(2), draft_of(4))
    assert seeds(shop) == [4]


def test_a_death_before_the_first_word_is_the_foremosts(shop: Shop) -> None:
    batch = shop.submit(10)
    want(shop, draft_of(1))
    for _ in range(2):
        shop.engine.die()
        shop.sleep(5)
    assert last(shop, 1).state is DraftState.FAILED
    shop.finish()
    assert shop.job(batch).state is JobState.FINISHED


def test_a_picture_that_overtakes_drafts_is_blamed_and_not_they(shop: Shop) -> None:
    want(shop, draft_of(1))
    shop.units(2)
    urgent = shop.submit(90, priority=INTERACTIVE_PRIORITY)
    for _ in range(2):
        shop.finish(lambda: shop.engine.front()[0].done == 2)
        shop.engine.die()
        shop.sleep(5)
    assert shop.job(urgent).state is JobState.SET_ASIDE
    shop.finish()
    assert last(shop, 1).state is DraftState.RESTING


def test_a_draft_in_progress_is_blamed_and_not_what_will_overtake_it(shop: Shop) -> None:
    want(shop, draft_of(1, level=IDLE_PRIORITY))
    batch = None
    for _ in range(2):
        shop.finish(lambda: shop.desk._bench._suspect == orders(shop)[0].job)
        batch = batch or shop.submit(10)
        shop.engine.die()
        shop.wishes.pause(batch.id)
        shop.sleep(5)
        shop.wishes.resume(batch.id)
    assert last(shop, 1).state is DraftState.FAILED


def test_a_draft_that_comes_to_rest_forgives_a_crash(shop: Shop) -> None:
    for number in range(3):
        want(shop, draft_of(number), draft_of(99))
        shop.units(2)
        shop.engine.die()
        shop.sleep(5)
        shop.finish(lambda: not orders(shop))
    assert [last(shop, n).state for n in (0, 1, 2, 99)] == [DraftState.RESTING] * 4


def test_an_engine_that_hangs_at_drafts_is_asked_and_found_silent(shop: Shop) -> None:
    want(shop, draft_of(1))
    assert state(shop) is EngineState.BUSY
    for expected in (DraftState.FORMING, DraftState.FORMING, DraftState.FAILED):
        shop.units(2)
        shop.engine.deaf = True
        shop.sleep(60)
        assert sent(shop, Ping)
        assert state(shop) is EngineState.SILENT
        shop.desk.replace_engine()
        shop.go()
        assert last(shop, 1).state is expected
    assert state(shop) is EngineState.READY


def test_a_model_that_ends_the_engine_fails_the_drafts_that_wait_for_it(bare: Shop) -> None:
    bare.deadly.add(CARD.folder)
    want(bare, draft_of(1))
    bare.sleep(30)
    assert last(bare, 1).state is DraftState.FAILED
    assert "twice" in last(bare, 1).sentence


# The queue beside them


@pytest.mark.parametrize("gone", [False, True])
def test_drafts_in_between_are_no_part_of_what_a_picture_costs(shop: Shop, gone: bool) -> None:
    shop.evaluation, shop.decode = 1.0, 3.0
    batch = shop.submit(10, 4, recipe=recipe_of(10, steps=20))
    for number in range(60):
        shop.units(1)
        if number % 3 == 0:
            shop.evaluation = SLOW
            want(shop, draft_of(number, until=1))
            shop.units(1)
            if gone:
                # The engine is at work on it when nobody wants it any more.
                shop.desk.drafts.want(Drafts(SHEET, "", ()))
                shop.engine.work()
                shop.go()
            shop.finish(lambda: not orders(shop))
            shop.evaluation = 1.0
    shop.finish()
    assert shop.job(batch).state is JobState.FINISHED
    pace = shop.desk._paces.pace(kind_of(batch.recipe))
    assert pace
    assert pace.evaluation == pytest.approx(1.0)
    assert pace.rest == pytest.approx(3.0)


def test_the_forecast_of_the_queue_counts_no_drafts(shop: Shop) -> None:
    shop.submit(10, recipe=recipe_of(10, steps=20))
    shop.finish()
    request = shop.submit(20, 2, recipe=recipe_of(20, steps=20))
    shop.units(3)
    before = shop.queue
    want(shop, draft_of(1), draft_of(2, level=IDLE_PRIORITY))
    shop.sleep(1)
    after = shop.queue
    assert (after.waiting_pictures, after.share) == (before.waiting_pictures, before.share)
    assert after.eta == pytest.approx(2 * 20 + 2 * 3 - 2, abs=1)
    assert shop.job(request).eta == pytest.approx(after.eta or 0)


# Whatever is wanted


@dataclasses.dataclass
class Expected:
    """What the engine should have, told from what was wanted and what came to rest."""

    wanted: dict[UUID, tuple[Draft, ...]] = dataclasses.field(default_factory=dict)
    rested: dict[tuple[UUID, UUID], tuple[int, bool]] = dataclasses.field(default_factory=dict)
    paused: str | None = None
    heard: int = 0

    def want(self, owner: UUID, drafts: tuple[Draft, ...]) -> None:
        """Note a wish; what is left out of it is forgotten."""
        self.wanted[owner] = drafts
        kept = {(owner, draft.id) for draft in drafts}
        self.rested = {k: v for k, v in self.rested.items() if k[0] != owner or k in kept}

    def listen(self, told: list[Drafted]) -> None:
        """Note what has come to rest, each as far as it was to go at that time."""
        for each in told[self.heard :]:
            if each.state is DraftState.RESTING:
                draft = next(d for d in self.wanted[each.owner] if d.id == each.id)
                self.rested[each.owner, each.id] = min(draft.until, STEPS), each.sharp
                assert each.done >= min(draft.until, STEPS)
                assert each.sharp or not draft.sharp
        self.heard = len(told)

    def at_work(self) -> list[tuple[int, int]]:
        """Give the seed and the level of everything that should be at the engine."""
        return sorted(
            (draft.recipe.noise.seed, draft.level)  # type: ignore[union-attr]
            for owner, drafts in self.wanted.items()
            for draft in drafts
            if self._due(owner, draft)
        )

    def _due(self, owner: UUID, draft: Draft) -> bool:
        if self.paused == "" or (self.paused and draft.level < AHEAD_PRIORITY):
            return False
        until, sharp = self.rested.get((owner, draft.id), (0, False))
        return until < min(draft.until, STEPS) or (draft.sharp and not sharp)


DRAFTS = st.builds(
    draft_of,
    st.integers(0, 5),
    until=st.integers(1, 7),
    sharp=st.booleans(),
    level=st.sampled_from([DRAFT_PRIORITY, AHEAD_PRIORITY, IDLE_PRIORITY]),
)
WISHES = st.tuples(
    st.sampled_from([SHEET, RING]),
    st.lists(DRAFTS, max_size=6, unique_by=lambda draft: draft.id).map(tuple),
)
PAUSES = st.sampled_from(["", "On battery.", None])
ACTS = st.lists(
    st.one_of(WISHES, WISHES, st.integers(1, 12), PAUSES, st.just(CRASH)), min_size=1, max_size=30
)


@settings(max_examples=60, deadline=None)
@given(acts=ACTS)
def test_the_engine_has_exactly_what_is_wanted_and_not_at_rest(acts: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(Path(folder))
        expected = Expected()
        batch = shop.submit(100, 2)
        crashed = False
        for act in acts:
            crashed = _do(shop, expected, act, crashed)
            expected.listen(shop.of("drafted"))
            found = [(t.order.recipe.noise.seed, t.priority) for t in orders(shop)]  # type: ignore[union-attr]
            assert sorted(found) == expected.at_work()
            assert len({t.order.picture for t in orders(shop)}) == len(found)
        shop.wishes.resume_queue()
        shop.go()
        shop.finish()
        expected.paused = None
        expected.listen(shop.of("drafted"))
        assert expected.at_work() == []
        assert shop.job(batch).state is JobState.FINISHED
        shop.shut_down()


def _do(shop: Shop, expected: Expected, act: Any, crashed: bool) -> bool:
    """Let something happen; the engine ends once only, or somebody would be blamed for it."""
    if isinstance(act, tuple):
        expected.want(*act)
        want(shop, *act[1], owner=act[0])
    elif isinstance(act, int):
        for _ in range(act):
            shop.engine.work()
            shop.go()
    elif act == CRASH and not crashed:
        shop.engine.die()
        shop.sleep(5)
        return True
    elif act is None:
        expected.paused = None
        shop.wishes.resume_queue()
    elif act != CRASH and expected.paused != "":
        expected.paused = act
        shop.wishes.pause_queue(act)
    shop.go()
    return crashed
