"""Jobs of picked seeds and of a morph's frames: what is made, what is adopted, what comes back."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fakes import frames_of, morph_of
from samples import recipe_of
from scripted import Shop

from ldm_desktop.core import codec
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.morph import Morph
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.worker import giving
from ldm_desktop.worker.work import JobState, PictureState, Request

PICKED = (7, 3, 90, 12, 55)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Give a desk with an engine of clockwork."""
    shop = Shop(tmp_path)
    yield shop
    if not shop.desk.closed:
        shop.shut_down()


def picked(shop: Shop, seeds: tuple[int, ...] = PICKED, **changes: Any) -> Request:
    """Ask for picked seeds."""
    return shop.submit(seeds[0], len(seeds), picked=seeds, **changes)


def export(shop: Shop, morph: Morph, folder: str = "frames", **changes: Any) -> Request:
    """Ask for the frames of a path."""
    request = frames_of(morph, str(shop.folder / folder), **changes)
    shop.wishes.submit(request)
    shop.go()
    return request


def recipes(request: Request) -> list[Recipe]:
    """Give the recipes of a job."""
    assert request.count
    return [request.recipe_at(number) for number in range(request.count)]


def go_on(shop: Shop) -> None:
    """Let the queue go on after a restart."""
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()


# Picked seeds


def test_picked_seeds_are_made_in_their_order(shop: Shop) -> None:
    request = picked(shop, batch=2)
    assert shop.queue.waiting_pictures == len(PICKED)
    shop.finish()
    assert shop.seeds() == list(PICKED)
    assert shop.job(request).state is JobState.FINISHED


def test_picked_seeds_go_on_after_a_restart(shop: Shop) -> None:
    request = picked(shop)
    shop.finish(lambda: len(shop.saved) == 2)
    shop.units(3)
    shop.crash()
    assert shop.queue.reason.endswith("3 pictures are waiting from last time.")
    assert shop.job(request).request.picked == PICKED
    go_on(shop)
    assert shop.seeds() == list(PICKED[2:])


def test_picked_seeds_are_tried_again_and_asked_for_again(shop: Shop) -> None:
    shop.failures[Seed(90)] = "It cannot be."
    request = picked(shop)
    shop.finish()
    assert shop.job(request).failed == 1
    shop.failures.clear()
    shop.wishes.retry(request.id)
    shop.go()
    shop.finish()
    assert shop.seeds() == [7, 3, 12, 55, 90]
    shop.wishes.duplicate(request.id)
    shop.go()
    shop.finish()
    assert shop.seeds()[5:] == list(PICKED)


def test_a_picked_picture_can_be_kept_as_it_is(shop: Shop) -> None:
    request = picked(shop)
    shop.units(4)
    shop.wishes.stop_here(shop.picture(request).id)
    shop.go()
    shop.finish()
    kept = shop.saved[0].record.recipe
    assert kept.branch
    assert kept.branch.parent.noise == Seed(7)
    assert shop.seeds()[1:] == [3, 90, 12, 55]


def test_a_request_is_written_once_however_many_seeds_it_names(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    canonical = codec.canonical

    def noted(value: object) -> str:
        written.append(value)
        return canonical(value)

    monkeypatch.setattr(codec, "canonical", noted)
    seeds = tuple(random.Random(1).sample(range(2**32), 5000))
    request = picked(shop, seeds, recipe=recipe_of(seeds[0], steps=2))
    shop.finish(lambda: len(shop.saved) == 5)
    shop.wishes.pause(request.id)
    shop.go()
    assert [value for value in written if isinstance(value, Request)] == [request]
    shop.crash()
    assert shop.job(request).state is JobState.PAUSED
    assert shop.job(request).request == request


def test_a_job_that_is_removed_and_asked_for_again_is_kept(shop: Shop) -> None:
    request = picked(shop)
    shop.wishes.remove(request.id)
    shop.wishes.submit(request)
    shop.go()
    assert (shop.of("notice"), shop.queue.paused) == ([], False)
    shop.crash()
    assert shop.job(request).request == request


# Frames


def test_frames_go_to_their_folder_and_not_to_the_library(shop: Shop) -> None:
    request = export(shop, morph_of(Seed(1), Seed(2)), batch=4)
    shop.finish()
    assert shop.saved == []
    assert shop.keeper.pictures == {}
    assert shop.keeper.made == recipes(request)
    assert shop.job(request).state is JobState.FINISHED
    view = shop.picture(request, 2)
    assert view.state is PictureState.SAVED
    assert view.file == shop.folder / "frames" / f"{request.recipe_at(2).id}.png"


def test_a_job_is_told_of_before_its_pictures(shop: Shop) -> None:
    picked(shop)
    shop.finish()
    shop.told.clear()
    export(shop, morph_of(Seed(1), Seed(2)))
    told = [kind for kind, _ in shop.told]
    assert told.index("job") < told.index("picture")


def test_frames_that_an_earlier_export_has_made_are_not_made_again(shop: Shop) -> None:
    export(shop, morph_of(Seed(1), Seed(2)))
    shop.finish()
    first = list(shop.keeper.made)
    longer = export(shop, morph_of(Seed(1), Seed(2), Seed(3), seconds=8.0))
    shop.finish()
    shared = set(first) & set(recipes(longer))
    assert len(shared) == len(first)
    assert len(shop.keeper.made) == len(recipes(longer))
    assert shop.job(longer).saved == longer.count
    assert shop.picture(longer).file == shop.folder / "frames" / f"{first[0].id}.png"
    other = export(shop, morph_of(Seed(1), Seed(2)), folder="elsewhere")
    shop.finish()
    assert shop.keeper.made[-len(first) :] == recipes(other)


def test_a_path_that_returns_shows_one_frame_twice_and_makes_it_once(shop: Shop) -> None:
    request = export(shop, morph_of(Seed(1), Seed(2), Seed(1)))
    frames = recipes(request)
    assert frames[0] == frames[-1]
    shop.finish()
    assert len(shop.keeper.made) == len(set(frames)) == len(frames) - 1
    assert shop.job(request).saved == request.count
    assert shop.picture(request, 0).file == shop.picture(request, len(frames) - 1).file


def test_one_frame_twice_in_a_round_is_no_trouble(shop: Shop) -> None:
    request = export(shop, morph_of(Seed(1), Seed(2), Seed(1)), batch=16)
    shop.finish()
    assert shop.job(request).saved == request.count
    assert shop.queue.unsaved == 0


def test_an_export_goes_on_after_a_restart(shop: Shop) -> None:
    request = export(shop, morph_of(Seed(1), Seed(2)))
    shop.finish(lambda: len(shop.keeper.made) == 3)
    shop.crash()
    assert shop.queue.paused
    assert shop.job(request).saved == 3
    go_on(shop)
    assert shop.keeper.made == recipes(request)
    assert shop.job(request).state is JobState.FINISHED


def test_a_frame_that_was_saved_and_not_noted_is_adopted(shop: Shop) -> None:
    request = export(shop, morph_of(Seed(1), Seed(2)))
    shop.units(2)
    shop.keeper.frames.add((shop.folder / "frames", request.recipe_at(0)))
    shop.crash()
    assert shop.job(request).saved == 1
    go_on(shop)
    assert shop.keeper.made == recipes(request)[1:]


def test_a_full_disk_costs_no_frame(shop: Shop) -> None:
    request = export(shop, morph_of(Seed(1), Seed(2)))
    shop.finish(lambda: len(shop.keeper.made) == 2)
    shop.keeper.trouble = "The disk is full."
    shop.finish()
    assert (shop.queue.paused, shop.queue.reason) == (True, "The disk is full.")
    assert shop.queue.unsaved >= 1
    assert shop.job(request).saved == 2
    shop.keeper.trouble = ""
    shop.wishes.resume_queue()
    shop.go()
    shop.finish()
    assert shop.keeper.made == recipes(request)


def test_to_look_through_many_frames_does_not_keep_others_waiting(shop: Shop) -> None:
    morph = morph_of(Seed(1), Seed(2), seconds=50.0)
    first = export(shop, morph)
    shop.finish()
    looked: list[int] = []
    find = shop.keeper.find_frame

    def counted(recipe: Recipe, folder: Path) -> Path | None:
        looked[-1] += 1
        return find(recipe, folder)

    shop.keeper.find_frame = counted  # type: ignore[method-assign]
    request = dataclasses.replace(first, id=uuid4())
    shop.wishes.submit(request)
    settle = shop.desk.settle

    def counting() -> None:
        looked.append(0)
        settle()

    shop.desk.settle = counting  # type: ignore[method-assign]
    shop.go()
    assert max(looked) == giving.MOST_ADOPTED
    assert sum(looked) == request.count
    assert shop.job(request).state is JobState.FINISHED
    assert len(shop.keeper.made) == first.count


def test_a_frame_that_is_kept_as_it_is_becomes_a_picture(shop: Shop) -> None:
    request = export(shop, morph_of(Seed(1), Seed(2)), priority=INTERACTIVE_PRIORITY)
    shop.units(2)
    shop.wishes.stop_here(shop.picture(request).id)
    shop.go()
    shop.finish()
    assert len(shop.saved) == 1
    assert len(shop.keeper.made) == len(recipes(request)) - 1
