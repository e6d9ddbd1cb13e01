"""The queue: what runs when, what survives, and what is never done twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fakes import CARD, request_of
from samples import recipe_of
from scripted import Shop, look_of

from ldm_desktop.core.job import (
    INTERACTIVE_PRIORITY,
    Cancel,
    Load,
    Look,
    Pause,
    Reprioritise,
    Seen,
    Submit,
)
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import ModelRef, Precision, Stop, fork, in_precision
from ldm_desktop.worker.work import (
    EngineOptions,
    JobState,
    PictureState,
    SeedOrder,
)

URGENT: dict[str, Any] = {"priority": INTERACTIVE_PRIORITY}
GONE = recipe_of(3, model=ModelRef("ab" * 32, "gone"))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Give a desk with an engine of clockwork."""
    shop = Shop(tmp_path)
    yield shop
    if not shop.desk.closed:
        shop.shut_down()


# The order of things


def test_jobs_are_made_in_their_order_and_saved(shop: Shop) -> None:
    first, second = shop.submit(10, 3), shop.submit(20, 2)
    shop.finish()
    assert shop.seeds() == [10, 11, 12, 20, 21]
    assert shop.job(first).state is JobState.FINISHED
    assert (shop.job(second).saved, shop.job(second).share) == (2, 1.0)
    assert shop.picture(second, 1).file == shop.saved[-1].file
    assert not any((shop.folder / "unfinished").glob("*"))


def test_random_seeds_are_the_same_after_a_restart(shop: Shop) -> None:
    request = request_of(5, 6, seeds=SeedOrder.RANDOM)
    shop.wishes.submit(request)
    shop.go()
    shop.finish(lambda: len(shop.saved) == 3)
    made = shop.seeds()
    shop.crash()
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()
    expected = [request.recipe_at(number).noise.seed for number in range(6)]
    assert made + shop.seeds() == expected
    assert expected[0] == 5
    assert expected[1:] != list(range(6, 11))


def test_an_endless_job_has_no_more_pictures_than_are_at_work(shop: Shop) -> None:
    request = shop.submit(1, None)
    shop.finish(lambda: len(shop.saved) == 4)
    assert shop.job(request).total is None
    assert len(shop.engine.tasks) == 2
    assert len(shop.desk._opened.store.pictures(request)) == 6


def test_the_engine_always_has_one_picture_more_than_advance(shop: Shop) -> None:
    shop.submit(1, 10, batch=3)
    other = shop.submit(50)
    at_hand = []
    for _ in range(MANY):
        at_hand.append(len(shop.engine.tasks))
        if not shop.engine.work():
            break
        waits = len(shop.inbox) and not shop.engine.front()
        assert not (waits and len(shop.saved) < 10)
        shop.go()
    assert max(at_hand) == 4
    assert len(shop.saved) == 11
    assert shop.saved[-1].job == other.id


MANY = 2000


def test_a_round_advances_together_and_the_next_waits_for_all_of_it(shop: Shop) -> None:
    request = shop.submit(1, 7, batch=3)
    shop.finish(lambda: len(shop.saved) == 1)
    behind = [t for t in shop.engine.tasks if not t.begun]
    assert [t.order.recipe.noise for t in behind] == [Seed(4)]
    shop.finish()
    assert shop.seeds() == list(range(1, 8))
    assert shop.job(request).state is JobState.FINISHED


def test_an_interactive_job_overtakes_a_batch_within_one_unit(shop: Shop) -> None:
    batch = shop.submit(1, 3)
    shop.units(4)
    urgent = shop.submit(90, **URGENT)
    shop.units(1)
    assert shop.engine.front()[0].job == urgent.id
    assert shop.job(urgent).state is JobState.RUNNING
    shop.finish()
    assert shop.seeds() == [90, 1, 2, 3]
    assert shop.job(batch).saved == 3


def test_many_interactive_jobs_are_given_a_few_at_a_time(shop: Shop) -> None:
    for seed in range(30):
        shop.submit(seed, **URGENT)
    assert len(shop.engine.tasks) <= 9
    shop.finish()
    assert shop.seeds() == list(range(30))


def test_moving_a_job_to_the_front_gives_it_the_turn_at_once(shop: Shop) -> None:
    first, second, third = (shop.submit(seed, 2) for seed in (10, 20, 30))
    shop.units(3)
    shop.wishes.move(third.id, first.id)
    shop.go()
    assert shop.of("ordered")[-1] == (third.id, first.id, second.id)
    assert shop.engine.front()[0].job == third.id
    shop.finish()
    assert shop.seeds() == [30, 31, 10, 11, 20, 21]
    shop.crash()
    assert shop.of("ordered")[-1] == (third.id, first.id, second.id)


def test_a_job_can_be_moved_to_the_end(shop: Shop) -> None:
    first, second = shop.submit(10), shop.submit(20)
    shop.wishes.move(first.id, None)
    shop.go()
    shop.finish()
    assert shop.seeds() == [20, 10]
    shop.wishes.move(uuid4(), second.id)
    shop.go()
    assert shop.of("ordered")[-1] == (second.id, first.id)


# Pause, cancel, retry


def test_a_paused_job_lets_the_next_one_go_on_and_loses_nothing(shop: Shop) -> None:
    first, second = shop.submit(10), shop.submit(20)
    shop.units(6)
    shop.wishes.pause(first.id)
    shop.go()
    assert Pause(first.id) in shop.engine.sent
    assert shop.job(first).state is JobState.PAUSED
    shop.finish()
    assert shop.seeds() == [20]
    shop.wishes.resume(first.id)
    shop.go()
    assert shop.picture(first).done == 5
    shop.units(1)
    assert shop.picture(first).done == 6
    shop.finish()
    assert shop.seeds() == [20, 10]
    assert shop.job(second).state is JobState.FINISHED


def test_a_paused_job_comes_back_paused_and_goes_on_from_its_checkpoint(shop: Shop) -> None:
    request = shop.submit(10)
    shop.units(6)
    shop.wishes.pause(request.id)
    shop.go()
    shop.crash()
    assert shop.job(request).state is JobState.PAUSED
    assert shop.picture(request).done == 5
    shop.wishes.resume_queue()
    shop.go()
    assert not shop.engine.tasks
    shop.wishes.resume(request.id)
    shop.go()
    shop.units(2)
    assert shop.picture(request).done == 6


def test_cancelling_keeps_what_is_saved_and_retrying_makes_the_rest(shop: Shop) -> None:
    request = shop.submit(10, 4)
    shop.finish(lambda: len(shop.saved) == 1)
    shop.units(3)
    shop.wishes.cancel(request.id)
    shop.go()
    view = shop.job(request)
    assert (view.state, view.saved) == (JobState.CANCELLED, 1)
    assert not shop.engine.tasks
    assert not any((shop.folder / "unfinished").glob("*"))
    shop.wishes.retry(request.id)
    shop.go()
    shop.finish()
    assert shop.seeds() == [10, 11, 12, 13]
    assert shop.job(request).state is JobState.FINISHED


def test_pictures_that_are_left_out_cost_nothing_more_and_the_others_are_made(shop: Shop) -> None:
    request = shop.submit(10, 6, batch=2)
    shop.units(3)
    shop.wishes.leave_out(request.id, (1, 4))
    shop.go()
    shop.crash()
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()
    assert shop.seeds() == [10, 12, 13, 15]
    assert shop.job(request).state is JobState.FINISHED


def test_leaving_out_all_that_is_left_ends_a_job(shop: Shop) -> None:
    request = shop.submit(10, 3)
    shop.units(3)
    shop.wishes.leave_out(request.id, (0, 1, 2))
    shop.go()
    assert shop.job(request).state is JobState.CANCELLED
    assert not shop.engine.tasks


def test_cancelling_and_retrying_in_one_moment_gives_nothing_twice(shop: Shop) -> None:
    request = shop.submit(10, 2)
    shop.units(5)
    shop.wishes.cancel(request.id)
    shop.wishes.retry(request.id)
    shop.go()
    assert not [c for c in shop.engine.sent if isinstance(c, Cancel)]
    shop.finish()
    assert shop.seeds() == [10, 11]


def test_removing_a_running_job_cancels_it(shop: Shop) -> None:
    first, second = shop.submit(10, 2), shop.submit(20)
    shop.units(3)
    shop.wishes.remove(first.id)
    shop.go()
    assert shop.of("job_removed") == [first.id]
    shop.finish()
    assert shop.seeds() == [20]
    shop.wishes.clear_ended()
    shop.go()
    assert shop.of("job_removed") == [first.id, second.id]
    shop.crash()
    assert shop.of("job") == []
    assert not shop.queue.paused


def test_a_duplicate_is_a_job_of_its_own(shop: Shop) -> None:
    request = shop.submit(10, 2)
    shop.wishes.duplicate(request.id)
    shop.go()
    shop.finish()
    assert shop.seeds() == [10, 11, 10, 11]
    assert len({saved.job for saved in shop.saved}) == 2


def test_what_fails_is_said_and_costs_nothing_else(shop: Shop) -> None:
    shop.failures[Seed(11)] = "It went wrong."
    request = shop.submit(10, 3)
    shop.finish()
    assert shop.seeds() == [10, 12]
    failed = shop.picture(request, 1)
    assert (failed.state, failed.sentence, failed.report) == (
        PictureState.FAILED,
        "It went wrong.",
        "Traceback",
    )
    assert (shop.job(request).state, shop.job(request).failed) == (JobState.FINISHED, 1)
    shop.failures.clear()
    shop.wishes.retry(request.id)
    shop.go()
    shop.finish()
    assert shop.seeds() == [10, 12, 11]
    assert shop.job(request).failed == 0


def test_a_job_of_which_everything_fails_is_stopped(shop: Shop) -> None:
    for seed in range(100):
        shop.failures[Seed(seed)] = "The weights are damaged."
    endless, other = shop.submit(0, None), shop.submit(500)
    shop.finish()
    assert shop.job(endless).state is JobState.FAILED
    assert "damaged" in shop.job(endless).sentence
    assert shop.job(endless).failed == 8
    assert shop.job(other).state is JobState.FINISHED


# The whole queue


def test_the_persons_pause_holds_everything_and_a_reason_holds_batches(shop: Shop) -> None:
    batch = shop.submit(10)
    shop.units(3)
    shop.wishes.pause_queue("The computer runs on battery.")
    shop.go()
    assert (shop.queue.paused, shop.queue.reason) == (True, "The computer runs on battery.")
    urgent = shop.submit(90, **URGENT)
    shop.finish()
    assert shop.seeds() == [90]
    shop.wishes.pause_queue("")
    shop.go()
    assert (shop.queue.paused, shop.queue.reason) == (True, "")
    held = shop.submit(91, **URGENT)
    shop.wishes.pause_queue("The computer runs on battery.")
    shop.go()
    assert shop.queue.reason == ""
    assert not shop.engine.work()
    assert shop.job(held).state is JobState.WAITING
    assert shop.job(batch).state is JobState.WAITING
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()
    assert shop.seeds() == [90, 91, 10]
    assert shop.job(urgent).state is JobState.FINISHED


def test_after_a_crash_the_queue_comes_back_paused_and_one_wish_goes_on(shop: Shop) -> None:
    first, urgent = shop.submit(10, 3), shop.submit(90, **URGENT)
    shop.units(2)
    shop.crash()
    assert shop.queue.paused
    assert shop.queue.reason.endswith("4 pictures are waiting from last time.")
    assert shop.queue.reason.startswith("LDM Desktop ended unexpectedly.")
    assert shop.queue.waiting_pictures == 4
    assert not shop.engine.work()
    new, batch = shop.submit(91, **URGENT), shop.submit(40)
    shop.finish()
    assert shop.seeds() == [91]
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()
    assert shop.seeds() == [91, 90, 10, 11, 12, 40]
    assert not shop.queue.paused
    assert {shop.job(r).state for r in (first, urgent, new, batch)} == {JobState.FINISHED}


def test_after_an_orderly_end_nothing_unexpected_is_said(shop: Shop) -> None:
    shop.submit(10)
    shop.shut_down()
    shop.begin()
    assert shop.queue.reason == "1 picture is waiting from last time."
    shop.wishes.clear_ended()
    shop.go()
    assert shop.queue.paused


def test_a_queue_of_which_nothing_is_left_from_last_time_is_not_paused(shop: Shop) -> None:
    request = shop.submit(10)
    shop.crash()
    shop.wishes.cancel(request.id)
    shop.go()
    assert not shop.queue.paused
    shop.submit(20)
    shop.finish()
    assert shop.seeds() == [20]


def test_a_battery_does_not_hide_that_pictures_wait_from_last_time(shop: Shop) -> None:
    request = shop.submit(10)
    shop.crash()
    back = shop.queue.reason
    shop.wishes.pause_queue("running on battery")
    shop.go()
    assert shop.queue.reason == back
    shop.wishes.cancel(request.id)
    shop.go()
    assert (shop.queue.paused, shop.queue.reason) == (True, "running on battery")
    shop.wishes.resume_queue()
    shop.go()
    assert not shop.queue.paused


def test_a_persons_pause_outlasts_what_waits_from_last_time(shop: Shop) -> None:
    request = shop.submit(10)
    shop.crash()
    shop.wishes.pause_queue("")
    shop.go()
    shop.wishes.remove(request.id)
    shop.go()
    assert (shop.queue.paused, shop.queue.reason) == (True, "")


def test_a_picture_saved_and_not_noted_is_adopted_and_never_made_twice(shop: Shop) -> None:
    request = shop.submit(10, 2)
    write = shop.desk._opened.store.write
    shop.finish(lambda: shop.engine.tasks and shop.engine.tasks[0].share >= 1)
    shop.desk._opened.store.write = lambda changes: None  # type: ignore[method-assign]
    shop.units(1)
    assert len(shop.keeper.pictures) == 1
    shop.desk._opened.store.write = write  # type: ignore[method-assign]
    shop.crash()
    assert shop.job(request).saved == 1
    assert shop.picture(request).state is PictureState.SAVED
    assert shop.picture(request).file is not None
    assert "1 picture is waiting" in shop.queue.reason
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()
    assert sorted(shop.seeds()) == [11]
    assert len(shop.keeper.pictures) == 2


def test_what_cannot_be_looked_for_at_the_start_is_looked_for_before_it_is_made(shop: Shop) -> None:
    request = shop.submit(10)
    shop.units(3)
    shop.keeper.trouble = "The disk is away."
    shop.crash()
    shop.wishes.resume_queue()
    shop.go()
    assert shop.queue.reason == "The disk is away."
    assert not shop.engine.tasks
    shop.keeper.trouble = ""
    shop.wishes.retry_saving()
    shop.go()
    shop.finish()
    assert len(set(shop.keeper.looked_for)) == 1
    assert shop.job(request).state is JobState.FINISHED


def test_what_cannot_be_saved_is_kept_and_holds_everything(shop: Shop) -> None:
    request = shop.submit(10, 3)
    shop.keeper.trouble = "The disk is full."
    shop.finish()
    assert shop.saved == []
    assert (shop.queue.paused, shop.queue.reason) == (True, "The disk is full.")
    assert shop.queue.unsaved == 1
    assert shop.of("notice") == ["The disk is full."]
    assert not shop.engine.work()
    shop.wishes.retry_saving()
    shop.go()
    assert shop.queue.unsaved == 1
    shop.keeper.trouble = ""
    shop.wishes.retry_saving()
    shop.go()
    assert (shop.queue.paused, shop.queue.unsaved) == (False, 0)
    shop.finish()
    assert shop.seeds() == [10, 11, 12]
    assert shop.job(request).state is JobState.FINISHED


def test_an_unsaved_picture_survives_the_end_of_its_job(shop: Shop) -> None:
    request = shop.submit(10)
    shop.keeper.trouble = "The disk is full."
    shop.finish()
    shop.wishes.cancel(request.id)
    shop.go()
    shop.wishes.remove(request.id)
    shop.go()
    shop.keeper.trouble = ""
    shop.wishes.retry_saving()
    shop.go()
    assert shop.seeds() == [10]


def test_closing_tries_once_more_to_save_and_else_makes_it_again(shop: Shop) -> None:
    shop.submit(10)
    shop.keeper.trouble = "The disk is full."
    shop.finish()
    shop.shut_down()
    assert shop.saved == []
    shop.keeper.trouble = ""
    shop.begin()
    shop.wishes.resume_queue()
    shop.go()
    shop.keeper.trouble = "The disk is full."
    shop.finish()
    shop.keeper.trouble = ""
    shop.shut_down()
    assert shop.seeds() == [10]


def test_a_queue_that_cannot_be_written_down_holds_until_it_can(shop: Shop) -> None:
    store = shop.desk._opened.store
    store._connection.execute("PRAGMA max_page_count = 1")
    request = None
    for seed in range(60):
        request = shop.submit(seed, model_folder=CARD.folder)
    assert "the disk is full" in shop.queue.reason
    assert len(shop.of("notice")) == 1
    store._connection.execute("PRAGMA max_page_count = 100000")
    shop.wishes.retry_saving()
    shop.go()
    shop.finish()
    assert shop.seeds() == list(range(60))
    shop.crash()
    assert request
    assert shop.job(request).state is JobState.FINISHED


# Models


def test_a_model_is_opened_before_its_first_picture_and_once(shop: Shop) -> None:
    shop.submit(10, 3)
    assert [type(command) for command in shop.engine.sent[:2]] == [Load, Submit]
    shop.finish()
    assert len([c for c in shop.engine.sent if isinstance(c, Load)]) == 1


def test_a_model_that_is_refused_fails_its_jobs_in_a_sentence(shop: Shop) -> None:
    lost = shop.submit(1, 5, recipe=GONE, model_folder="gone")
    other = shop.submit(10)
    shop.finish()
    assert shop.job(lost).state is JobState.FAILED
    assert shop.job(lost).sentence == "There is no model in gone."
    assert shop.job(other).state is JobState.FINISHED
    assert shop.of("model_refused") == []


def test_a_model_that_has_moved_is_found_where_it_was_opened(shop: Shop) -> None:
    lost = shop.submit(recipe=GONE, model_folder="gone")
    shop.models["moved"] = "ab" * 32
    shop.desk.open_model("moved", Precision.EXACT)
    shop.go()
    assert [card.folder for card in shop.of("model_ready")] == ["moved"]
    shop.wishes.retry(lost.id)
    shop.go()
    shop.finish()
    assert shop.job(lost).state is JobState.FINISHED


def test_a_folder_with_another_model_is_not_used(shop: Shop) -> None:
    shop.models["gone"] = "cd" * 32
    lost = shop.submit(recipe=GONE, model_folder="gone")
    assert shop.job(lost).state is JobState.FAILED
    assert "not the one" in shop.job(lost).sentence


def test_a_persons_model_is_opened_again_by_the_next_engine_without_ado(shop: Shop) -> None:
    shop.desk.open_model(CARD.folder, Precision.BALANCED)
    shop.go()
    shop.desk.open_model("nowhere", Precision.EXACT)
    shop.go()
    assert [folder for folder, _ in shop.of("model_refused")] == ["nowhere"]
    shop.desk.open_model(CARD.folder, Precision.BALANCED)
    shop.go()
    shop.engine.die()
    shop.sleep(10)
    assert [c for c in shop.engine.sent if isinstance(c, Load)] == [
        Load(CARD.folder, Precision.BALANCED)
    ]
    assert len(shop.of("model_ready")) == 2


# Stopping, looking


def test_stop_here_keeps_what_is_seen_and_goes_on_with_the_others(shop: Shop) -> None:
    request = shop.submit(10, 2)
    shop.units(8)
    parent = shop.engine.front()[0].order.recipe
    shop.wishes.stop_here(shop.picture(request).id)
    shop.go()
    sent = shop.engine.sent
    kept = next(c for c in sent if isinstance(c, Submit) and c.job.orders[0].recipe.branch)
    assert kept.job.orders[0].recipe == fork(parent, 7, Stop())
    assert sent.index(kept) < next(i for i, c in enumerate(sent) if isinstance(c, Cancel))
    shop.finish()
    assert [saved.record.recipe.branch is not None for saved in shop.saved] == [True, False]
    assert shop.seeds() == [10, 11]
    assert shop.saved[0].record.parents == ()


@pytest.mark.parametrize("reason", ["", "running on battery"])
def test_stop_here_on_a_paused_queue_uses_what_the_engine_still_has(
    shop: Shop, reason: str
) -> None:
    request = shop.submit(10, 2)
    shop.units(8)
    shop.wishes.pause_queue(reason)
    shop.go()
    shop.wishes.stop_here(shop.picture(request).id)
    shop.go()
    sent = shop.engine.sent
    kept = next(
        i for i, c in enumerate(sent) if isinstance(c, Submit) and c.job.orders[0].recipe.branch
    )
    assert kept < next(i for i, c in enumerate(sent) if isinstance(c, Cancel))
    shop.finish()
    assert len(shop.saved) == 1
    assert shop.queue.paused


def test_a_pause_after_stop_here_holds_also_what_was_kept(shop: Shop) -> None:
    request = shop.submit(10)
    shop.units(8)
    shop.wishes.stop_here(shop.picture(request).id)
    shop.wishes.pause_queue("")
    shop.go()
    shop.finish()
    assert shop.saved == []
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()
    assert len(shop.saved) == 1


def test_stop_here_before_the_first_step_is_explained(shop: Shop) -> None:
    request = shop.submit(10)
    with pytest.raises(Exception, match="before the first step"):
        shop.wishes.stop_here(shop.picture(request).id)
    shop.finish()
    assert shop.seeds() == [10]


def test_a_look_is_shown_and_not_kept_and_the_newest_counts(shop: Shop) -> None:
    batch = shop.submit(10)
    shop.wishes.pause_queue("")
    first, second = look_of(4), look_of(9)
    shop.wishes.submit(first)
    shop.go()
    shop.units(2)
    shop.wishes.look_sharp(second)
    shop.go()
    shop.finish()
    assert [done.request for done in shop.of("look_done")] == [second.id]
    assert shop.saved == []
    assert {view.id for view in shop.of("job")} == {batch.id}
    order = next(c for c in shop.engine.sent if isinstance(c, Submit) and c.job.id == first.id)
    assert order.job.orders[0].checkpoint is None
    shop.crash()
    assert {view.id for view in shop.of("job")} == {batch.id}


def test_of_many_quick_looks_the_last_one_counts(shop: Shop) -> None:
    picture, recipe = uuid4(), recipe_of(3)
    for step in range(10):
        shop.desk.questions.look(picture, recipe, step)
    shop.go()
    assert [c.step for c in shop.engine.sent if isinstance(c, Look)] == [0, 9]
    assert [looked.step for looked in shop.of("looked")] == [0, 9]
    shop.engine.die()
    shop.go()
    shop.supervisor.close(0)
    shop.desk.questions.look(picture, recipe, 3)
    assert shop.of("looked")[-1].frame is None


def test_previews_are_passed_on_and_seen_is_sent(shop: Shop) -> None:
    shop.previews = True
    request = shop.submit(10)
    shop.units(2)
    assert [event.done for event in shop.of("previewed")] == [1]
    picture = shop.picture(request).id
    shop.desk.seen(picture)
    assert shop.engine.sent[-1] == Seen(picture)


def test_what_a_picture_was_really_made_by_is_recorded(shop: Shop) -> None:
    fast = recipe_of(10, precision=Precision.FAST)
    shop.remade[fast] = in_precision(fast, Precision.BALANCED)
    request = shop.submit(recipe=fast)
    shop.finish()
    assert shop.saved[0].record.recipe.precision is Precision.BALANCED
    shop.crash()
    shop.wishes.list_pictures(request.id)
    shop.go()
    assert shop.picture(request).recipe.precision is Precision.BALANCED


def test_a_record_says_whose_child_a_picture_is(shop: Shop) -> None:
    parent = uuid4()
    shop.submit(10, parents=(parent,))
    shop.finish()
    assert shop.saved[0].record.parents == (parent,)
    record = shop.saved[0].record
    assert record.pixels_sha256 == shop.saved[0].frame.sha256
    assert record.id in shop.keeper.pictures


def test_listing_tells_of_every_picture_in_its_state(shop: Shop) -> None:
    request = shop.submit(10, 4)
    shop.finish(lambda: len(shop.saved) == 2)
    shop.units(3)
    shop.told.clear()
    shop.wishes.list_pictures(request.id)
    shop.go()
    views = shop.of("picture")
    assert [view.number for view in views] == [0, 1, 2, 3]
    assert [view.state for view in views[:3]] == [
        PictureState.SAVED,
        PictureState.SAVED,
        PictureState.RUNNING,
    ]
    assert views[2].done == 2


# Telling


def test_progress_is_told_at_most_ten_times_a_second_and_the_end_at_once(shop: Shop) -> None:
    shop.evaluation = 0.01
    request = shop.submit(10, recipe=recipe_of(10, steps=200))
    shop.told.clear()
    shop.finish(lambda: shop.engine.front()[0].share >= 1)
    assert 15 <= len(shop.of("picture")) <= 25
    assert 15 <= len(shop.of("job")) <= 25
    shop.finish()
    assert shop.picture(request).state is PictureState.SAVED


def test_the_last_progress_is_told_though_nothing_follows(shop: Shop) -> None:
    shop.evaluation = 0.01
    request = shop.submit(10)
    shop.units(4)
    shop.engine.deaf = True
    shop.sleep(0.2)
    assert shop.picture(request).done == 3


def test_a_thousand_jobs_are_taken_up_again(shop: Shop) -> None:
    requests = [request_of(seed) for seed in range(1000)]
    for request in requests:
        shop.wishes.submit(request)
    shop.go()
    shop.crash()
    assert len(shop.of("job")) == 1000
    assert shop.of("ordered")[-1] == tuple(request.id for request in requests)
    assert shop.queue.waiting_pictures == 1000
    shop.wishes.resume_queue()
    shop.go()
    shop.finish(lambda: len(shop.saved) == 3)
    assert shop.seeds() == [0, 1, 2]


def test_other_options_restart_the_engine_and_lose_nothing(shop: Shop) -> None:
    request = shop.submit(10)
    shop.units(8)
    shop.desk.configure(EngineOptions())
    shop.go()
    assert len(shop.engines) == 1
    shop.desk.configure(dataclasses.replace(EngineOptions(), threads=2))
    shop.go()
    assert [engine.options.threads for engine in shop.engines] == [0, 2]
    shop.units(2)
    assert shop.picture(request).done == 8
    shop.finish()
    assert shop.seeds() == [10]
    assert not [c for c in shop.engine.sent if isinstance(c, Reprioritise)]


@pytest.mark.parametrize("threads", [(2, 3, 4), (2, 0), (2, 3, 2)])
def test_options_changed_several_times_in_a_row_leave_one_engine_with_the_last(
    shop: Shop, threads: tuple[int, ...]
) -> None:
    shop.submit(10)
    shop.units(8)
    for number in threads:
        shop.desk.configure(dataclasses.replace(EngineOptions(), threads=number))
    shop.go()
    (engine,) = (each for each in shop.engines if not each.gone)
    assert engine.options.threads == threads[-1]
    assert engine is shop.engine
    shop.finish()
    assert shop.seeds() == [10]


def test_an_engine_that_is_replaced_while_its_options_change_is_one(shop: Shop) -> None:
    shop.submit(10)
    shop.units(8)
    shop.desk.configure(dataclasses.replace(EngineOptions(), threads=2))
    shop.desk.replace_engine()
    shop.go()
    (engine,) = (each for each in shop.engines if not each.gone)
    assert engine.options.threads == 2
    shop.finish()
    assert shop.seeds() == [10]
