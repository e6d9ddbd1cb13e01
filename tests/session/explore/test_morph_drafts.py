"""Drafts come from coarse to fine, the near ones first, and are made only while somebody looks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import frame_of
from hypothesis import given
from hypothesis import strategies as st
from morph_scenes import MorphScene, path_of
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core import morph as paths
from ldm_desktop.core.job import AHEAD_PRIORITY, DRAFT_PRIORITY, IDLE_PRIORITY
from ldm_desktop.core.noise import Seed, Slerp, first_seed
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.session.explore.morph_drafts import (
    FINEST,
    MOST_BYTES,
    SIDE,
    in_few_steps,
    levels,
    waypoint_shares,
)
from ldm_desktop.worker.draft import Drafted, DraftState


@pytest.fixture
def scene(tmp_path: Path, qtbot: QtBot) -> Iterator[MorphScene]:
    """Give a path from 1 to 2 that somebody looks at."""
    made = MorphScene(tmp_path)
    made.morphs.drafts.watch(True)
    made.travel(1, 2)
    yield made
    made.close()


def share_of(draft: object) -> float:
    """Give the share of the way that a draft lies at."""
    noise = draft.recipe.noise
    return noise.share if isinstance(noise, Slerp) else float(noise == Seed(2))


def shares(scene: MorphScene) -> list[float]:
    return [share_of(draft) for draft in scene.wanted()]


# Where drafts are


def test_all_places_of_the_longest_path_are_at_hand_at_once() -> None:
    places = paths.MOST_WAYPOINTS + FINEST + 1
    assert places * SIDE * SIDE * 4 < MOST_BYTES


@given(st.integers(2, 6), st.booleans(), st.floats(0.5, 30), st.integers(1, 30))
def test_places_are_apart_and_cover_the_whole_way(
    count: int, closed: bool, seconds: float, fps: int
) -> None:
    path = path_of(*range(count), closed=closed, seconds=seconds, fps=fps)
    found = [share for level in levels(path) for share in level]
    assert len(found) == len(set(found)) <= 128 + 1 + count
    assert {0.0, 1.0} <= set(found) or closed
    assert set(waypoint_shares(path)) <= {*found}
    assert all(0 <= share <= 1 for share in found)
    ordered = sorted(found)
    widest = max(b - a for a, b in itertools.pairwise(ordered))
    frames = len(paths.moments(path))
    assert widest <= 2 / min(128, frames) + 1e-9


def test_the_pictures_come_first_then_halves_then_quarters() -> None:
    found = levels(path_of(1, 2, seconds=20.0, fps=12))
    assert found[:4] == ((0.0, 1.0), (0.5,), (0.25, 0.75), (0.125, 0.375, 0.625, 0.875))
    assert len(found[-1]) == 64


def test_a_short_path_has_no_more_drafts_than_frames_nearly() -> None:
    assert sum(map(len, levels(path_of(1, 2, seconds=1.0, fps=6)))) == 9


def test_a_closed_path_comes_back_to_the_same_draft() -> None:
    path = path_of(1, 2, closed=True)
    assert paths.recipe_at(path, 0.0) == paths.recipe_at(path, paths.length(path))


@pytest.mark.parametrize("name", SamplerName)
def test_drafts_take_few_steps_and_pictures_of_fewer_their_own(name: SamplerName) -> None:
    assert in_few_steps(recipe_of(1, name, steps=50)).steps == 10
    assert in_few_steps(recipe_of(1, name, steps=9)).steps == 8
    assert in_few_steps(recipe_of(1, name, steps=5)).steps == 5


# What is asked for


def test_the_coarse_ones_are_asked_for_first_and_the_next_wait_behind(scene: MorphScene) -> None:
    wanted = scene.wanted()
    assert [share_of(draft) for draft in wanted[:5]] == [0.0, 1.0, 0.5, 0.25, 0.75]
    assert len(wanted) == 24
    levels_of = [draft.level for draft in wanted]
    assert levels_of == [DRAFT_PRIORITY] * 8 + [AHEAD_PRIORITY] * 8 + [IDLE_PRIORITY] * 8
    assert all(draft.sharp and draft.until == 10 for draft in wanted)


def test_of_one_fineness_the_near_ones_come_first(scene: MorphScene) -> None:
    scene.morphs.player.look_at(0.8)
    assert shares(scene)[:5] == [1.0, 0.0, 0.5, 0.75, 0.25]


def test_as_drafts_come_to_rest_others_are_asked_for(scene: MorphScene) -> None:
    first = scene.wanted()[0]
    scene.rest(first)
    assert first.id not in {draft.id for draft in scene.wanted()}
    assert len(scene.wanted()) == 24
    assert scene.morphs.drafts.ready == (0.0,)


def test_in_the_end_all_are_there_and_nothing_is_asked_for(scene: MorphScene) -> None:
    while wanted := scene.wanted():
        scene.rest(wanted[0])
    drafts = scene.morphs.drafts
    assert len(drafts.ready) == drafts.total


def test_nothing_is_made_while_nobody_looks(scene: MorphScene) -> None:
    scene.morphs.drafts.watch(False)
    assert scene.wanted() == ()
    scene.morphs.player.look_at(0.3)
    assert scene.wanted() == ()
    scene.morphs.drafts.watch(True)
    assert len(scene.wanted()) == 24


def test_other_times_need_no_other_drafts(scene: MorphScene) -> None:
    first = scene.wanted()[0]
    scene.rest(first)
    scene.morphs.edit("Length", seconds=9.0)
    assert scene.morphs.drafts.ready == (0.0,)
    assert first.id not in {draft.id for draft in scene.wanted()}


def test_what_two_paths_have_in_common_is_made_once(scene: MorphScene) -> None:
    for _ in range(5):
        scene.rest(scene.wanted()[0])
    scene.add(3)
    scene.measure()
    assert scene.morphs.drafts.ready == (0.0, 0.125, 0.25, 0.375, 0.5)
    scene.morphs.undo_stack.undo()
    assert scene.morphs.drafts.ready == (0.0, 0.25, 0.5, 0.75, 1.0)


def test_a_model_that_has_gone_takes_the_drafts_back(scene: MorphScene) -> None:
    scene.orders.folder = ""
    scene.shelf.entries_changed.emit(())
    assert scene.wanted() == ()


# What is seen


def test_the_nearest_draft_is_seen_and_only_at_its_own_place_it_is_exact(
    scene: MorphScene,
) -> None:
    for draft in scene.wanted()[:3]:
        scene.rest(draft, frame_of(round(share_of(draft) * 100)))
    drafts = scene.morphs.drafts
    at_half, exact = drafts.image_at(0.5)
    assert exact
    beside, exact = drafts.image_at(0.6)
    assert (beside.cacheKey(), exact) == (at_half.cacheKey(), False)
    assert drafts.image_at(0.9)[0].cacheKey() != at_half.cacheKey()


def test_a_forming_draft_is_seen_roughly_and_its_next_frame_asked_for(scene: MorphScene) -> None:
    draft = scene.wanted()[2]
    owner = scene.worker.called("draft")[-1][0].owner
    news = Drafted(owner, draft.id, DraftState.FORMING, 3, 10, frame_of(7, (32, 32)))
    scene.worker.drafted.emit(news)
    assert scene.worker.called("seen") == [(draft.id,)]
    image, exact = scene.morphs.drafts.image_at(0.5)
    assert (image.width(), exact) == (32, True)
    assert scene.morphs.drafts.ready == ()


def test_a_draft_that_fails_is_said_and_not_tried_again(scene: MorphScene) -> None:
    draft = scene.wanted()[0]
    owner = scene.worker.called("draft")[-1][0].owner
    news = Drafted(owner, draft.id, DraftState.FAILED, 0, 10, sentence="It does not fit.")
    scene.worker.drafted.emit(news)
    assert scene.morphs.drafts.trouble == "It does not fit."
    assert draft.id not in {each.id for each in scene.wanted()}


def test_drafts_of_others_are_none_of_its_business(scene: MorphScene) -> None:
    from uuid import uuid4

    draft = scene.wanted()[0]
    scene.worker.drafted.emit(Drafted(uuid4(), draft.id, DraftState.RESTING, 10, 10, frame_of(1)))
    assert scene.morphs.drafts.ready == ()


def test_the_place_one_rests_at_is_made_in_all_its_steps(scene: MorphScene, qtbot: QtBot) -> None:
    scene.morphs.player.look_at(0.3)
    qtbot.waitUntil(lambda: any(draft.until == 20 for draft in scene.wanted()))
    still = scene.wanted()[0]
    assert (still.until, still.recipe.noise) == (20, Slerp(Seed(1), Seed(2), 0.3))
    assert still.sharp
    scene.rest(still, frame_of(77))
    image, exact = scene.morphs.frame()
    assert exact
    assert not image.isNull()
    assert scene.morphs.drafts.ready == ()
    scene.morphs.player.look_at(0.7)
    assert scene.morphs.frame()[1] is False


def test_a_waypoint_without_an_image_borrows_its_draft(scene: MorphScene) -> None:
    from ldm_desktop.session.explore.subject import Subject

    scene.morphs.clear()
    scene.morphs.add([Subject(scene.subject(seed).recipe) for seed in (1, 2)])
    assert scene.morphs.image_of(1).isNull()
    for draft in scene.wanted()[:2]:
        scene.rest(draft, frame_of(first_seed(draft.recipe.noise).seed))
    assert not scene.morphs.image_of(1).isNull()
