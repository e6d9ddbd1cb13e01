"""A sheet is found as it was left, and its tiles can be looked at closely."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes import frame_of
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from sheets import FakeSeeds, SheetScene, open_scene, plan_of, preview_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import TileRow, Verdict
from ldm_desktop.session.explore import sheet_life
from ldm_desktop.session.explore.sheet_loupe import LOUPE
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.worker.draft import Drafted, DraftState

STEPS, REST = 20, 3


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[SheetScene]:
    """Give a sheet of 100 tiles, the first ten of them on screen."""
    with open_scene() as made:
        yield made


# What is kept.


def test_a_sheet_is_found_as_it_was_left(scene: SheetScene, qtbot: QtBot) -> None:
    scene.rest(0, 1)
    scene.form(2, 2)
    scene.sheet.judge([1], Verdict.CULLED)
    scene.sheet.judge([7], Verdict.KEPT)
    plan = scene.sheet.plan
    assert plan
    scene.sheet.close()
    again = SheetScene(seeds=scene.seeds)
    again.sheet.open(plan)
    tiles = [again.sheet.model.tile(place) for place in range(8)]
    assert [tile.verdict for tile in tiles] == [0, -1, 0, 0, 0, 0, 0, 1]
    assert [tile.done for tile in tiles[:4]] == [REST, REST, 2, 0]
    assert [tile.state for tile in tiles[:3]] == [
        TileState.RESTING,
        TileState.RESTING,
        TileState.WAITING,
    ]
    assert not {0, 1} & again.levels.keys()
    assert {2, 7} <= again.levels.keys()
    counts = again.sheet.counts
    assert (counts.formed, counts.kept, counts.culled) == (2, 1, 1)
    assert (counts.evaluations_done, counts.evaluations_saved) == (2 * REST + 2, STEPS - REST)
    qtbot.waitUntil(lambda: not again.sheet.model.tile(0).image.isNull())
    assert again.sheet.model.tile(0).image == scene_image(1000)
    qtbot.waitUntil(lambda: not again.sheet.model.tile(2).image.isNull())
    again.close()


def scene_image(seed: int) -> QImage:
    """Give what a tile's frame looks like."""
    return QImage.fromData(preview_of(seed)).convertToFormat(QImage.Format.Format_RGB32)


def test_changes_are_kept_soon_without_the_sheet_being_closed(
    scene: SheetScene, qtbot: QtBot
) -> None:
    scene.rest(0)
    scene.sheet.judge([5], Verdict.KEPT)
    plan = scene.sheet.plan
    assert plan
    qtbot.waitUntil(lambda: {0, 5} <= scene.seeds.rows.get(plan.id, {}).keys())
    rows = scene.seeds.rows[plan.id]
    assert (rows[0].done, rows[0].total, bool(rows[0].preview)) == (REST, STEPS, True)
    assert (rows[5].verdict, rows[5].preview) == (Verdict.KEPT, b"")


def test_nothing_forms_until_it_is_known_what_was_culled(qtbot: QtBot) -> None:
    seeds = FakeSeeds()
    seeds.slow = True
    plan = plan_of(10)
    seeds.note_tiles(plan, [TileRow(3, Verdict.CULLED, 1, STEPS)])
    scene = SheetScene(seeds=seeds)
    scene.sheet.open(plan)
    scene.sheet.set_visible(0, 9)
    assert (scene.drafts, scene.sheet.ready) == ((), False)
    seeds.answer()
    assert (set(scene.levels), scene.sheet.ready) == ({*range(10)} - {3}, True)
    scene.close()


def test_an_answer_about_a_sheet_that_is_open_no_longer_is_not_taken(qtbot: QtBot) -> None:
    seeds = FakeSeeds()
    seeds.slow = True
    first, second = plan_of(10), plan_of(10)
    seeds.note_tiles(first, [TileRow(3, Verdict.CULLED, 1, STEPS)])
    scene = SheetScene(seeds=seeds)
    scene.sheet.open(first)
    scene.sheet.open(second)
    seeds.answer()
    assert len(scene.drafts) == 10
    assert scene.sheet.counts.culled == 0
    scene.close()


def test_a_memory_that_cannot_be_read_is_told_and_the_sheet_forms(qtbot: QtBot) -> None:
    seeds = FakeSeeds()
    seeds.trouble = KnownError("The disk is gone: plug it in.")
    scene = SheetScene(seeds=seeds)
    scene.sheet.open(plan_of(10))
    assert scene.notices == ["The disk is gone: plug it in."]
    assert len(scene.drafts) == 10
    scene.close()


def test_what_could_not_be_read_is_never_written_over_unseen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_life, "READ_AGAIN", 10)
    seeds, plan = FakeSeeds(), plan_of(10)
    kept = [TileRow(n, Verdict.CULLED, 0, STEPS) for n in (3, 4)]
    seeds.note_tiles(plan, [*kept, TileRow(5, Verdict.KEPT, REST, STEPS)])
    seeds.trouble = KnownError("It is busy: try again.")
    scene = SheetScene(seeds=seeds)
    scene.sheet.open(plan)
    scene.rest(3)
    scene.sheet.judge([4], Verdict.KEPT)
    seeds.trouble = None
    qtbot.waitUntil(lambda: seeds.rows[plan.id][4].verdict == Verdict.KEPT)
    assert scene.notices == ["It is busy: try again."]
    assert [scene.sheet.model.tile(n).verdict for n in (3, 4, 5)] == [-1, 1, 1]
    assert [scene.sheet.model.tile(n).done for n in (3, 4, 5)] == [REST, 0, REST]
    assert (scene.sheet.counts.kept, scene.sheet.counts.culled) == (2, 1)
    scene.close()
    assert [seeds.rows[plan.id][n].verdict for n in (3, 4, 5)] == [-1, 1, 1]


def test_a_sheet_that_was_never_read_keeps_only_what_was_said_of_it(qtbot: QtBot) -> None:
    seeds, plan = FakeSeeds(), plan_of(10)
    seeds.note_tiles(plan, [TileRow(3, Verdict.CULLED, 0, STEPS)])
    seeds.trouble = KnownError("It is busy: try again.")
    scene = SheetScene(seeds=seeds)
    scene.sheet.open(plan)
    scene.rest(3, 4)
    scene.sheet.judge([4], Verdict.KEPT)
    scene.close()
    assert [seeds.rows[plan.id][n].verdict for n in (3, 4)] == [Verdict.CULLED, Verdict.KEPT]


def test_a_tile_whose_image_is_lost_forms_again(qtbot: QtBot) -> None:
    seeds, plan = FakeSeeds(), plan_of(10)
    seeds.note_tiles(plan, [TileRow(3, Verdict.OPEN, REST, STEPS)])
    scene = SheetScene(seeds=seeds)
    scene.sheet.open(plan)
    assert 3 not in scene.levels
    assert scene.sheet.model.tile(3).image.isNull()
    qtbot.waitUntil(lambda: 3 in scene.levels)
    assert scene.sheet.model.tile(3).done == 0
    scene.close()


def test_images_are_read_a_few_at_a_time_and_once(qtbot: QtBot) -> None:
    seeds, plan = FakeSeeds(), plan_of(200)
    seeds.note_tiles(
        plan, [TileRow(n, Verdict.OPEN, REST, STEPS, preview_of(n)) for n in range(200)]
    )
    scene = SheetScene(seeds=seeds)
    scene.sheet.open(plan)
    model = scene.sheet.model
    for _ in range(3):
        for row in range(100):
            model.tile(row)
    qtbot.waitUntil(lambda: not any(model.tile(row).image.isNull() for row in range(100)))
    asked = [place for places in seeds.asked for place in places]
    assert sorted(asked) == [*range(100)]
    assert max(map(len, seeds.asked)) <= 64
    scene.close()


# A closer look.


def test_a_resting_tile_is_looked_at_as_it_is(scene: SheetScene, qtbot: QtBot) -> None:
    scene.rest(4)
    scene.sheet.set_share(0.1)
    scene.sheet.look_sharp(4)
    given = [drafts for drafts in scene.given() if drafts.owner == LOUPE][-1]
    (draft,) = given.drafts
    assert (draft.until, draft.sharp, draft.recipe.noise.seed) == (REST, True, 1004)  # type: ignore[union-attr]
    frame = frame_of(4, (128, 128))
    with qtbot.waitSignal(scene.sheet.sharp_changed) as told:
        scene.worker.drafted.emit(
            Drafted(LOUPE, draft.id, DraftState.RESTING, REST, STEPS, frame, sharp=True)
        )
    assert told.args[0] == 4
    assert told.args[1].width() == 128
    asked = len(scene.given())
    with qtbot.waitSignal(scene.sheet.sharp_changed):
        scene.sheet.look_sharp(4)
    assert len(scene.given()) == asked


def test_who_looks_away_is_shown_nothing_more(scene: SheetScene) -> None:
    told: list[int] = []
    scene.sheet.sharp_changed.connect(lambda place, _image: told.append(place))
    scene.sheet.look_sharp(4)
    (draft,) = scene.given()[-1].drafts
    assert draft.until == REST
    scene.sheet.look_sharp(-1)
    assert scene.given()[-1].drafts == ()
    frame = frame_of(4, (128, 128))
    scene.worker.drafted.emit(Drafted(LOUPE, draft.id, DraftState.RESTING, 3, 20, frame))
    assert told == []
