"""A sheet forms what is looked at, rests where it is told, and is judged."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from uuid import uuid4

import pytest
from fakes import CARD, frame_of
from pytestqt.qtbot import QtBot
from sheets import SheetScene, open_scene, plan_of, settled

from ldm_desktop.core.job import AHEAD_PRIORITY, DRAFT_PRIORITY, IDLE_PRIORITY
from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.attention import MOST
from ldm_desktop.session.explore.sheet import SheetCounts
from ldm_desktop.session.explore.sheet_forming import SHEET
from ldm_desktop.session.explore.sheet_life import MOST_FAILURES
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.worker.draft import Drafted, DraftState
from ldm_desktop.worker.work import QueueView

STEPS, REST = 20, 3


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[SheetScene]:
    """Give a sheet of 100 tiles, the first ten of them on screen."""
    with open_scene() as made:
        yield made


# What forms.


def test_tiles_on_screen_form_first_and_each_by_its_own_seed(scene: SheetScene) -> None:
    levels = scene.levels
    assert [place for place, level in levels.items() if level == DRAFT_PRIORITY] == [*range(10)]
    assert [place for place, level in levels.items() if level == AHEAD_PRIORITY] == [*range(10, 20)]
    assert [place for place, level in levels.items() if level == IDLE_PRIORITY] == [*range(20, 100)]
    plan = scene.sheet.plan
    assert plan
    for draft in scene.drafts:
        assert draft.recipe == plan.tile_recipe(scene.place(draft))
        assert draft.until == REST
    assert len({draft.id for draft in scene.drafts}) == 100
    assert scene.given()[-1].folder == CARD.folder


def test_a_scroll_reorders_the_work_at_once_and_keeps_the_drafts_that_are_wanted_on(
    scene: SheetScene,
) -> None:
    before = {draft.id: draft.recipe for draft in scene.drafts}
    scene.sheet.set_visible(50, 59)
    levels = scene.levels
    assert list(levels)[:10] == [*range(50, 60)]
    assert {levels[place] for place in range(50, 60)} == {DRAFT_PRIORITY}
    assert {levels[place] for place in (*range(40, 50), *range(60, 70))} == {AHEAD_PRIORITY}
    assert levels[0] == IDLE_PRIORITY
    assert {draft.id: draft.recipe for draft in scene.drafts} == before


def test_a_scroll_to_where_one_is_asks_for_nothing_anew(scene: SheetScene) -> None:
    asked = len(scene.given())
    scene.sheet.set_visible(0, 9)
    assert len(scene.given()) == asked


def test_at_most_so_many_form_at_a_time_and_others_follow_those_that_rest(
    scene: SheetScene, qtbot: QtBot
) -> None:
    scene.sheet.open(plan_of(1000))
    scene.sheet.set_visible(0, 9)
    assert len(scene.drafts) == MOST
    assert MOST not in scene.levels
    scene.rest(0, 1)
    qtbot.waitUntil(lambda: 0 not in scene.levels)
    assert len(scene.drafts) == MOST
    assert {MOST, MOST + 1} <= scene.levels.keys()


def test_a_frame_is_shown_and_the_next_asked_for_once_it_was(
    scene: SheetScene, qtbot: QtBot
) -> None:
    told: list[tuple[int, int]] = []
    scene.sheet.model.dataChanged.connect(lambda a, b: told.append((a.row(), b.row())))
    drafts = [scene.form(place) for place in (3, 4, 5, 8)]
    assert scene.worker.called("seen") == []
    assert scene.sheet.model.tile(3).image.isNull()
    settled(scene, qtbot)
    assert scene.worker.called("seen") == [(draft.id,) for draft in drafts]
    assert told == [(3, 5), (8, 8)]
    tile = scene.sheet.model.tile(3)
    assert (tile.state, tile.done, tile.total, tile.seed) == (TileState.FORMING, 1, STEPS, 1003)
    assert tile.image.width() == 32


def test_many_frames_of_one_tile_are_one_repaint(scene: SheetScene, qtbot: QtBot) -> None:
    told: list[int] = []
    scene.sheet.model.dataChanged.connect(lambda a, b: told.append(a.row()))
    for done in (1, 2):
        scene.form(0, done)
    settled(scene, qtbot)
    assert told == [0]
    assert len(scene.worker.called("seen")) == 1
    assert scene.sheet.model.tile(0).done == 2


def test_a_tile_rests_and_is_wanted_no_more(scene: SheetScene, qtbot: QtBot) -> None:
    scene.rest(0)
    settled(scene, qtbot)
    tile = scene.sheet.model.tile(0)
    assert (tile.state, tile.done, tile.image.width()) == (TileState.RESTING, REST, 32)
    assert 0 not in scene.levels
    assert scene.worker.called("seen") == []


def test_news_of_others_drafts_and_of_other_sheets_are_not_taken(
    scene: SheetScene, qtbot: QtBot
) -> None:
    mine = scene.draft(0).id
    frame = frame_of(1, (32, 32))
    for owner, draft in ((uuid4(), mine), (SHEET, uuid4())):
        scene.worker.drafted.emit(Drafted(owner, draft, DraftState.RESTING, REST, STEPS, frame))
    settled(scene, qtbot)
    assert scene.sheet.model.tile(0).state is TileState.WAITING
    assert scene.sheet.counts.formed == 0


def test_drafts_of_few_steps_go_to_their_end(scene: SheetScene) -> None:
    scene.sheet.open(plan_of(4, draft=8))
    assert {draft.until for draft in scene.drafts} == {8}
    assert {draft.recipe.steps for draft in scene.drafts} == {8}
    assert scene.sheet.until == 8


def test_a_sheet_that_is_closed_takes_everything_back(scene: SheetScene) -> None:
    scene.form(0)
    scene.sheet.close()
    assert scene.drafts == ()
    assert scene.sheet.plan is None
    assert (scene.sheet.count, scene.sheet.model.rowCount()) == (0, 0)
    assert scene.sheet.counts == SheetCounts()


# What stands still.


def test_a_paused_sheet_wants_nothing_and_goes_on_as_it_was(
    scene: SheetScene, qtbot: QtBot
) -> None:
    scene.form(0)
    before = scene.levels
    scene.sheet.set_paused(True)
    assert (scene.drafts, scene.sheet.paused) == ((), True)
    settled(scene, qtbot)
    assert scene.sheet.model.tile(0).state is TileState.WAITING
    assert scene.sheet.model.tile(0).done == 1
    scene.sheet.set_visible(10, 19)
    assert scene.drafts == ()
    scene.sheet.set_visible(0, 9)
    scene.sheet.set_paused(False)
    assert scene.levels == before


def test_the_queues_own_pause_is_told_but_not_one_for_the_battery(
    scene: SheetScene, qtbot: QtBot
) -> None:
    scene.worker.queue_changed.emit(QueueView(True, 0, 0.0, reason="On battery."))
    assert not scene.sheet.held
    with qtbot.waitSignal(scene.sheet.state_changed):
        scene.worker.queue_changed.emit(QueueView(True, 0, 0.0))
    assert scene.sheet.held
    scene.worker.queue_changed.emit(QueueView(False, 0, 0.0))
    assert not scene.sheet.held


def test_without_its_model_nothing_forms_until_it_is_there(scene: SheetScene) -> None:
    scene.orders.folder = ""
    plan = plan_of()
    scene.sheet.open(plan)
    scene.sheet.set_visible(0, 9)
    assert scene.drafts == ()
    assert scene.notices == ["The model of this picture, landscapes, is not here."]
    scene.orders.folder = "elsewhere"
    scene.worker.model_ready.emit(dataclasses.replace(CARD, ref=plan.recipe.model))
    assert len(scene.drafts) == 100
    assert scene.given()[-1].folder == "elsewhere"


def test_a_tile_that_fails_says_why_and_is_left_alone_until_it_is_called_back(
    scene: SheetScene, qtbot: QtBot
) -> None:
    scene.fail(0, "There is not enough memory.")
    scene.fail(1, "There is not enough memory.")
    settled(scene, qtbot)
    assert scene.notices == ["There is not enough memory."]
    tile = scene.sheet.model.tile(1)
    assert (tile.state, tile.sentence) == (TileState.FAILED, "There is not enough memory.")
    assert not {0, 1} & scene.levels.keys()
    scene.sheet.call_back([1])
    assert 1 in scene.levels
    assert scene.sheet.model.tile(1).state is TileState.WAITING
    assert not scene.sheet.undo_stack.canUndo()


def test_a_sheet_of_which_every_tile_fails_stands_still_and_tries_them_all_again(
    scene: SheetScene, qtbot: QtBot
) -> None:
    for place in range(MOST_FAILURES):
        assert not scene.sheet.paused
        scene.fail(place, "The model is damaged.")
    assert scene.sheet.paused
    assert scene.drafts == ()
    assert len(scene.notices) == 2
    assert "stands still" in scene.notices[1]
    scene.sheet.set_paused(False)
    assert len(scene.drafts) == 100


def test_failures_far_between_let_a_sheet_go_on(scene: SheetScene) -> None:
    for place in range(MOST_FAILURES - 1):
        scene.fail(place, "The model is damaged.")
    scene.rest(50)
    scene.fail(51, "The model is damaged.")
    assert not scene.sheet.paused


# What is judged.


def test_a_culled_tile_costs_nothing_more_and_can_be_called_back(
    scene: SheetScene, qtbot: QtBot
) -> None:
    scene.form(2, 1)
    scene.sheet.judge([2, 3], Verdict.CULLED)
    assert not {2, 3} & scene.levels.keys()
    tile = scene.sheet.model.tile(2)
    assert (tile.verdict, tile.state, tile.done) == (Verdict.CULLED, TileState.WAITING, 1)
    scene.sheet.call_back([2])
    assert scene.levels[2] == DRAFT_PRIORITY
    assert 3 not in scene.levels
    assert scene.sheet.model.tile(2).verdict is Verdict.OPEN
    assert scene.sheet.model.tile(2).done == 1


def test_late_news_of_a_culled_tile_do_not_set_it_to_work(scene: SheetScene, qtbot: QtBot) -> None:
    draft = scene.form(2, 1)
    scene.sheet.judge([2], Verdict.CULLED)
    scene.tell(2, DraftState.FORMING, 2, draft=draft)
    settled(scene, qtbot)
    assert scene.sheet.model.tile(2).state is TileState.WAITING
    assert 2 not in scene.levels


def test_verdicts_can_be_undone_and_done_again(scene: SheetScene) -> None:
    stack = scene.sheet.undo_stack
    scene.sheet.judge([0], Verdict.KEPT)
    scene.sheet.judge([0, 1, 2], Verdict.CULLED)
    assert stack.undoText() == "Cull 3 seeds"
    stack.undo()
    verdicts = [scene.sheet.model.tile(row).verdict for row in range(3)]
    assert verdicts == [Verdict.KEPT, Verdict.OPEN, Verdict.OPEN]
    assert {0, 1, 2} <= scene.levels.keys()
    assert stack.undoText() == "Keep seed 1000"
    stack.redo()
    assert {scene.sheet.model.tile(row).verdict for row in range(3)} == {Verdict.CULLED}
    assert not {0, 1, 2} & scene.levels.keys()


def test_a_verdict_that_is_there_already_is_no_step(scene: SheetScene) -> None:
    scene.sheet.judge([0], Verdict.KEPT)
    scene.sheet.judge([0], Verdict.KEPT)
    scene.sheet.judge([1], Verdict.OPEN)
    assert scene.sheet.undo_stack.count() == 1


def test_another_sheet_has_nothing_to_undo(scene: SheetScene) -> None:
    scene.sheet.judge([0], Verdict.KEPT)
    scene.sheet.open(plan_of())
    assert not scene.sheet.undo_stack.canUndo()
    assert scene.sheet.counts.kept == 0


# Where tiles rest.


def test_with_a_higher_share_resting_tiles_go_on(scene: SheetScene, qtbot: QtBot) -> None:
    scene.rest(0)
    settled(scene, qtbot)
    scene.sheet.set_share(0.5)
    assert scene.draft(0).until == 10
    assert scene.sheet.model.tile(0).state is TileState.WAITING
    assert (scene.sheet.until, scene.sheet.share) == (10, 0.5)
    assert scene.sheet.counts.formed == 0
    assert scene.seeds.plans[scene.sheet.plan.id].share == 0.5  # type: ignore[union-attr]


def test_with_a_lower_share_nothing_is_lost(scene: SheetScene, qtbot: QtBot) -> None:
    scene.sheet.set_share(0.5)
    scene.form(0, 6)
    scene.form(1, 2)
    settled(scene, qtbot)
    scene.sheet.set_share(0.15)
    first, second = scene.sheet.model.tile(0), scene.sheet.model.tile(1)
    assert (first.state, first.done, first.image.width()) == (TileState.RESTING, 6, 32)
    assert (second.state, second.done) == (TileState.FORMING, 2)
    assert 0 not in scene.levels
    assert scene.draft(1).until == REST
    assert scene.sheet.counts.formed == 1
    scene.sheet.set_share(0.2)
    assert 0 not in scene.levels


def test_a_rest_from_before_the_share_was_raised_is_no_rest(scene: SheetScene) -> None:
    draft = scene.draft(0)
    scene.sheet.set_share(0.5)
    scene.tell(0, DraftState.RESTING, REST, draft=draft)
    assert scene.sheet.model.tile(0).state is TileState.FORMING
    assert 0 in scene.levels


def test_a_sheet_can_be_named_anew(scene: SheetScene, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scene.sheet.plan_changed) as told:
        scene.sheet.rename("Dunes")
    assert told.args[0].name == "Dunes"
    assert scene.seeds.plans[told.args[0].id].name == "Dunes"
