"""Kept tiles become pictures through the queue, once each, whatever happens in between."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fakes import frame_of, job_of, picture_view_of, saved_of
from pytestqt.qtbot import QtBot
from sheets import SheetScene, plan_of, preview_of

from ldm_desktop.core.events import Stepped
from ldm_desktop.core.job import BATCH_PRIORITY
from ldm_desktop.core.settings import Settings
from ldm_desktop.gallery.seeds.records import SheetPlan, TileRow, Verdict
from ldm_desktop.session.explore.sheet_errands import places_of
from ldm_desktop.session.explore.sheet_images import SIDE
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.worker.draft import DraftState
from ldm_desktop.worker.work import JobState, PictureState, PictureView, Request

STEPS, REST = 20, 3


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[SheetScene]:
    """Give a sheet of 100 tiles, of which 2, 5 and 7 are kept."""
    made = SheetScene()
    made.sheet.open(plan_of())
    made.sheet.set_visible(0, 9)
    made.sheet.judge([2, 5, 7], Verdict.KEPT)
    yield made
    made.close()


def finish(scene: SheetScene) -> Request:
    """Order the kept tiles' pictures."""
    request = scene.sheet.finish()
    assert request
    scene.worker.job_changed.emit(job_of(request))
    return request


def run(scene: SheetScene, request: Request, number: int, **changes: object) -> PictureView:
    """Tell of a picture."""
    view = picture_view_of(request, number, **changes)
    scene.worker.picture_changed.emit(view)
    return view


def save(scene: SheetScene, view: PictureView) -> UUID:
    """Tell that a picture is saved."""
    scene.worker.saved.emit(saved_of(view.job, view.recipe, Path("p.png"), view.id))
    return view.id


def states(scene: SheetScene, *places: int) -> list[TileState]:
    """Give what tiles are at."""
    return [scene.sheet.model.tile(place).state for place in places]


def test_the_kept_tiles_are_ordered_as_a_batch_of_their_seeds(scene: SheetScene) -> None:
    scene.sheet.settings = lambda: Settings(at_a_time=2)
    request = scene.sheet.finish()
    assert request
    assert scene.worker.called("submit") == [(request,)]
    assert request.picked == (1002, 1005, 1007)
    assert (request.count, request.batch, request.priority) == (3, 2, BATCH_PRIORITY)
    assert request.parents == ()
    plan = scene.sheet.plan
    assert plan
    recipes = [request.recipe_at(number) for number in range(3)]
    assert recipes == [plan.recipe_at(place) for place in (2, 5, 7)]
    assert states(scene, 2, 5, 7) == [TileState.QUEUED] * 3


def test_what_is_ordered_no_longer_forms_as_a_draft(scene: SheetScene) -> None:
    assert {2, 5, 7} <= scene.levels.keys()
    finish(scene)
    assert not {2, 5, 7} & scene.levels.keys()


def test_no_tile_is_ordered_twice(scene: SheetScene) -> None:
    finish(scene)
    assert scene.sheet.finishable() == ()
    assert scene.sheet.finish() is None
    assert "nothing to finish" in scene.notices[-1]
    scene.sheet.judge([9], Verdict.KEPT)
    again = scene.sheet.finish()
    assert again
    assert again.picked == (1009,)
    assert scene.sheet.finish([2, 9]) is None


def test_chosen_tiles_are_ordered_but_never_culled_ones(scene: SheetScene) -> None:
    scene.sheet.judge([1], Verdict.CULLED)
    request = scene.sheet.finish([0, 1, 2, 2])
    assert request
    assert request.picked == (1000, 1002)


def test_without_its_model_nothing_is_ordered(scene: SheetScene) -> None:
    scene.orders.folder = ""
    assert scene.sheet.finish() is None
    assert "is not here" in scene.notices[-1]
    assert scene.worker.called("submit") == []


def test_drafts_are_finished_in_all_steps_and_refined_in_as_many_as_one_likes(
    scene: SheetScene,
) -> None:
    scene.sheet.open(plan_of(10, draft=5))
    scene.sheet.judge([0], Verdict.KEPT)
    finished, refined = scene.sheet.finish(), scene.sheet.refine([0, 1, 2], 40)
    assert finished
    assert refined
    assert (finished.recipe.steps, finished.picked) == (STEPS, (1000,))
    assert (refined.recipe.steps, refined.picked) == (40, (1001, 1002))
    assert refined.recipe_at(1).noise.seed == 1002  # type: ignore[union-attr]


def test_a_finished_tile_can_be_refined_and_stays_finished_if_that_is_cancelled(
    scene: SheetScene,
) -> None:
    picture = save(scene, run(scene, finish(scene), 0))
    before = scene.sheet.counts
    request = scene.sheet.refine([2], 40)
    assert request
    assert states(scene, 2) == [TileState.QUEUED]
    assert scene.sheet.counts == before
    scene.worker.job_changed.emit(job_of(request, JobState.CANCELLED))
    tile = scene.sheet.model.tile(2)
    assert (tile.state, tile.picture) == (TileState.FINISHED, picture)


def test_steps_that_the_sampler_does_not_take_are_refused_in_a_sentence(
    scene: SheetScene,
) -> None:
    assert scene.sheet.refine([0], 5000) is None
    assert "steps" in scene.notices[-1]
    assert scene.worker.called("submit") == []


def test_the_pictures_progress_and_preview_are_seen_on_their_tiles(scene: SheetScene) -> None:
    request = finish(scene)
    view = run(scene, request, 1, done=12)
    tile = scene.sheet.model.tile(5)
    assert (tile.state, tile.done, tile.total) == (TileState.FINISHING, 12, STEPS)
    stepped = Stepped(request.id, view.id, 12, STEPS, frame_of(9, (48, 48)))
    scene.worker.previewed.emit(stepped)
    assert scene.sheet.model.tile(5).image.width() == 48
    assert scene.worker.called("seen") == []
    assert states(scene, 2, 7) == [TileState.QUEUED] * 2


def test_a_saved_picture_is_on_its_tile_and_is_kept_with_it(
    scene: SheetScene, qtbot: QtBot
) -> None:
    request = finish(scene)
    picture = save(scene, run(scene, request, 1))
    tile = scene.sheet.model.tile(5)
    assert (tile.state, tile.picture) == (TileState.FINISHED, picture)
    assert (tile.done, tile.total) == (STEPS, STEPS)
    assert (scene.sheet.counts.finished, scene.sheet.counts.evaluations_done) == (1, STEPS)
    qtbot.waitUntil(lambda: scene.sheet.model.tile(5).image.width() == 128)
    plan = scene.sheet.plan
    assert plan
    scene.sheet.close()
    row = scene.seeds.rows[plan.id][5]
    assert (row.picture, row.verdict, bool(row.preview)) == (picture, Verdict.KEPT, True)
    scene.sheet.open(plan)
    assert scene.sheet.model.tile(5).picture == picture
    assert scene.sheet.finishable() == ()


def test_thumbnails_are_small(scene: SheetScene, qtbot: QtBot) -> None:
    request = finish(scene)
    view = run(scene, request, 0)
    saved = saved_of(request.id, view.recipe, Path("p.png"), view.id)
    scene.worker.saved.emit(dataclasses.replace(saved, frame=frame_of(1, (512, 256))))
    qtbot.waitUntil(lambda: not scene.sheet.model.tile(2).image.isNull())
    image = scene.sheet.model.tile(2).image
    assert (image.width(), image.height()) == (SIDE, SIDE // 2)


def test_late_frames_of_a_draft_do_not_cover_a_finished_picture(
    scene: SheetScene, qtbot: QtBot
) -> None:
    draft = scene.form(2)
    request = finish(scene)
    save(scene, run(scene, request, 0))
    qtbot.waitUntil(lambda: scene.sheet.model.tile(2).image.width() == 128)
    scene.tell(2, DraftState.RESTING, REST, draft=draft)
    qtbot.waitUntil(lambda: not scene.sheet._repaint.isActive())
    assert scene.sheet.model.tile(2).image.width() == 128
    assert states(scene, 2) == [TileState.FINISHED]


def test_tiles_whose_job_is_cancelled_can_be_ordered_again(scene: SheetScene) -> None:
    scene.rest(2)
    request = finish(scene)
    save(scene, run(scene, request, 2))
    run(scene, request, 1, state=PictureState.CANCELLED)
    assert states(scene, 2, 5, 7) == [TileState.QUEUED, TileState.WAITING, TileState.FINISHED]
    scene.worker.job_changed.emit(job_of(request, JobState.CANCELLED))
    assert states(scene, 2, 5, 7) == [TileState.RESTING, TileState.WAITING, TileState.FINISHED]
    assert scene.sheet.finishable() == (2, 5)
    scene.worker.job_changed.emit(job_of(request, JobState.WAITING))
    assert scene.sheet.finishable() == ()
    scene.worker.job_removed.emit(request.id)
    assert scene.sheet.finishable() == (2, 5)


def test_a_tile_that_is_culled_after_all_is_taken_out_of_the_queue(scene: SheetScene) -> None:
    request = finish(scene)
    scene.sheet.judge([5, 8], Verdict.CULLED)
    assert scene.worker.called("leave_out") == [(request.id, (1,))]
    run(scene, request, 1, state=PictureState.CANCELLED)
    assert states(scene, 2, 5, 7) == [TileState.QUEUED, TileState.WAITING, TileState.QUEUED]
    scene.sheet.undo_stack.undo()
    again = scene.sheet.finish()
    assert again
    assert again.picked == (1005,)


def test_a_picture_that_fails_says_why_on_its_tile(scene: SheetScene) -> None:
    request = finish(scene)
    run(scene, request, 0, state=PictureState.FAILED, sentence="Not enough memory.")
    tile = scene.sheet.model.tile(2)
    assert (tile.state, tile.sentence) == (TileState.FAILED, "Not enough memory.")
    assert scene.sheet.finishable() == (2,)


def test_jobs_of_others_change_nothing(scene: SheetScene) -> None:
    request = finish(scene)
    other = dataclasses.replace(request, id=uuid4())
    save(scene, run(scene, other, 0))
    assert states(scene, 2) == [TileState.QUEUED]


def test_a_sheet_opened_again_knows_what_of_it_is_in_the_queue(scene: SheetScene) -> None:
    plan, request = scene.sheet.plan, finish(scene)
    assert plan
    scene.sheet.open(plan_of(10, first=0))
    save(scene, run(scene, request, 1))
    assert scene.sheet.counts.finished == 0
    scene.sheet.open(plan)
    assert states(scene, 2, 7) == [TileState.QUEUED] * 2
    assert scene.worker.called("list_pictures")[-1] == (request.id,)


@pytest.mark.parametrize("changes", [{}, {"at_random": True}, {"picked": tuple(range(4000, 4100))}])
def test_after_a_restart_a_sheet_finds_its_pictures_in_the_queue(
    qtbot: QtBot, changes: dict[str, object], tmp_path: Path
) -> None:
    before = SheetScene()
    plan = plan_of(100, **changes)
    before.sheet.open(plan)
    before.sheet.judge([2, 5, 7], Verdict.KEPT)
    request = before.sheet.finish()
    assert request
    before.close()

    scene = SheetScene(seeds=before.seeds)
    other = dataclasses.replace(request, id=uuid4(), picked=(), count=None)
    scene.sheet.jobs = lambda: (job_of(other), job_of(request))
    left: list[int] = []
    scene.sheet.state_changed.connect(lambda: left.append(len(scene.sheet.finishable())))
    scene.sheet.open(plan)
    qtbot.waitUntil(lambda: states(scene, 2, 5, 7) == [TileState.QUEUED] * 3)
    assert left[-1] == 0
    assert scene.worker.called("list_pictures") == [(request.id,)]
    file = tmp_path / "saved.png"
    file.write_bytes(preview_of(1))
    view = run(scene, request, 0, state=PictureState.SAVED, file=file)
    assert scene.sheet.model.tile(2).picture == view.id
    qtbot.waitUntil(lambda: scene.sheet.model.tile(2).image.width() == 32)
    save(scene, run(scene, request, 2))
    assert states(scene, 2, 5, 7) == [TileState.FINISHED, TileState.QUEUED, TileState.FINISHED]
    scene.close()


def test_a_job_of_other_settings_is_not_taken_for_the_sheets(
    scene: SheetScene, qtbot: QtBot
) -> None:
    plan = scene.sheet.plan
    assert plan
    request = finish(scene)
    scene.worker.job_removed.emit(request.id)
    larger = dataclasses.replace(request.recipe, size=(256, 256))
    scene.sheet.jobs = lambda: (job_of(dataclasses.replace(request, recipe=larger)),)
    scene.sheet.open(plan)
    scene.sheet._board.background._pool.waitForDone()  # type: ignore[union-attr]
    assert states(scene, 2) == [TileState.WAITING]
    assert scene.worker.called("list_pictures") == []


def test_a_draft_costs_besides_its_picture_and_an_early_verdict_does_not(
    qtbot: QtBot,
) -> None:
    done = {}
    for draft in (0, 5):
        scene = SheetScene()
        plan = plan_of(4, draft=draft)
        rest = 5 if draft else REST
        rows = [TileRow(place, Verdict.OPEN, rest, draft or STEPS) for place in (0, 1)]
        scene.seeds.note_tiles(plan, [*rows])
        scene.seeds.rows[plan.id][0] = dataclasses.replace(rows[0], picture=uuid4())
        scene.sheet.open(plan)
        scene.sheet.judge([1], Verdict.CULLED)
        counts = scene.sheet.counts
        done[draft] = counts.evaluations_done, counts.evaluations_saved
        scene.close()
    assert done[0] == (STEPS + REST, STEPS - REST)
    assert done[5] == (5 + STEPS + 5, STEPS)


def plans() -> list[SheetPlan]:
    """Give sheets of each kind."""
    return [
        plan_of(50, first=2**32 - 10),
        plan_of(50, at_random=True),
        plan_of(3, picked=(9, 4, 7)),
    ]


@pytest.mark.parametrize("plan", plans(), ids=["following", "random", "picked"])
def test_places_are_found_by_their_seeds(plan: SheetPlan) -> None:
    seeds = [plan.seed(place) for place in range(plan.count)]
    assert places_of(plan, seeds) == tuple(range(plan.count))
    assert places_of(plan, [seeds[1], 123_456_789]) == (1, -1)
