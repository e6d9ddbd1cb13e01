"""A sheet in the real memory of seeds: what was judged and formed is there at the next start."""

from __future__ import annotations

from pathlib import Path

from fakes import FakeWorker, saved_of
from pytestqt.qtbot import QtBot
from sheets import SheetScene, plan_of

from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.session.explore.sheet_model import TileState


def test_the_next_start_finds_a_sheet_as_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    plan = plan_of(50)
    desk = SeedDesk(tmp_path)
    scene = SheetScene(FakeWorker(), desk)  # type: ignore[arg-type]
    scene.sheet.open(plan)
    qtbot.waitUntil(lambda: scene.sheet.ready)
    scene.sheet.set_visible(0, 9)
    scene.rest(0, 1, 2)
    scene.sheet.judge([1, 9], Verdict.CULLED)
    scene.sheet.set_share(0.5)
    scene.close()
    desk.close()

    desk = SeedDesk(tmp_path)
    found: list[object] = []
    desk.sheets(found.append)
    qtbot.waitUntil(lambda: bool(found))
    (row,) = found[0]  # type: ignore[misc]
    assert row.plan.share == 0.5
    scene = SheetScene(FakeWorker(), desk)  # type: ignore[arg-type]
    scene.sheet.open(row.plan)
    qtbot.waitUntil(lambda: scene.sheet.ready)
    tiles = [scene.sheet.model.tile(place) for place in (0, 1, 9)]
    assert [tile.verdict for tile in tiles] == [Verdict.OPEN, Verdict.CULLED, Verdict.CULLED]
    assert [tile.done for tile in tiles] == [3, 3, 0]
    assert scene.draft(0).until == 10
    assert scene.sheet.model.tile(0).state is TileState.WAITING
    qtbot.waitUntil(lambda: not scene.sheet.model.tile(1).image.isNull())
    assert not {1, 9} & scene.levels.keys()
    scene.close()
    desk.close()


def test_pictures_saved_while_another_sheet_is_open_are_found_later(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = SeedDesk(tmp_path)
    scene = SheetScene(FakeWorker(), desk)  # type: ignore[arg-type]
    scene.worker.saved.connect(desk.saw)
    plan = plan_of(50)
    scene.sheet.open(plan)
    qtbot.waitUntil(lambda: scene.sheet.ready)
    scene.sheet.set_visible(0, 9)
    scene.rest(4)
    scene.sheet.judge([4], Verdict.KEPT)
    request = scene.sheet.finish()
    assert request
    scene.sheet.open(plan_of(10))
    saved = saved_of(request.id, request.recipe_at(0), tmp_path / "p.png")
    scene.worker.saved.emit(saved)
    scene.sheet.open(plan)
    qtbot.waitUntil(lambda: scene.sheet.ready)
    tile = scene.sheet.model.tile(4)
    assert (tile.state, tile.picture) == (TileState.FINISHED, saved.record.id)
    assert tile.verdict is Verdict.KEPT
    scene.close()
    desk.close()
