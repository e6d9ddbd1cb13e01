"""The rows of a sheet: what they say, which are listed, how they are counted; however many."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from fakes import FakeWorker
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sheets import SheetScene, open_scene, plan_of, settled

from ldm_desktop.core.job import AHEAD_PRIORITY, DRAFT_PRIORITY, IDLE_PRIORITY
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.attention import MOST
from ldm_desktop.session.explore.sheet import Filter, SheetCounts
from ldm_desktop.session.explore.sheet_model import Role

STEPS, REST = 20, 3


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[SheetScene]:
    """Give a sheet of 100 tiles, the first ten of them on screen."""
    with open_scene() as made:
        yield made


# Which tiles are listed.


def test_what_is_judged_keeps_its_row_until_the_filter_is_applied_again(
    scene: SheetScene,
) -> None:
    scene.sheet.judge([1], Verdict.CULLED)
    scene.sheet.set_filter(Filter.OPEN)
    model = scene.sheet.model
    assert (model.rowCount(), model.place_at(1), model.row_of(1)) == (99, 2, -1)
    scene.sheet.judge([1], Verdict.KEPT)
    scene.sheet.undo_stack.undo()
    assert scene.sheet.stale == 0
    scene.sheet.undo_stack.redo()
    assert (model.rowCount(), model.place_at(1), scene.sheet.stale) == (99, 2, 1)
    assert model.tile(1).verdict is Verdict.KEPT
    scene.sheet.apply_filter()
    assert (model.rowCount(), model.place_at(1), scene.sheet.stale) == (98, 3, 0)


def test_each_filter_lists_its_own(scene: SheetScene) -> None:
    scene.sheet.judge([1, 4], Verdict.CULLED)
    scene.sheet.judge([2], Verdict.KEPT)
    listed = {}
    for each in Filter:
        scene.sheet.set_filter(each)
        rows = range(scene.sheet.model.rowCount())
        listed[each] = [scene.sheet.model.place_at(row) for row in rows]
    assert listed[Filter.ALL] == [*range(100)]
    assert listed[Filter.CULLED] == [1, 4]
    assert listed[Filter.KEPT] == [2]
    assert listed[Filter.OPEN] == [0, 3, *range(5, 100)]
    assert listed[Filter.FINISHED] == []


def test_with_a_filter_the_rows_on_screen_are_the_filters(scene: SheetScene) -> None:
    scene.sheet.judge(range(20, 40), Verdict.KEPT)
    scene.sheet.set_filter(Filter.KEPT)
    scene.sheet.set_visible(0, 4)
    levels = scene.levels
    assert [place for place in levels if levels[place] == DRAFT_PRIORITY] == [*range(20, 25)]
    assert [place for place in levels if levels[place] == AHEAD_PRIORITY] == [*range(25, 30)]
    assert levels[0] == IDLE_PRIORITY


def test_views_hear_that_tiles_would_come_or_go(scene: SheetScene, qtbot: QtBot) -> None:
    scene.sheet.set_filter(Filter.OPEN)
    with qtbot.waitSignal(scene.sheet.filter_changed):
        scene.sheet.judge([0], Verdict.CULLED)
    assert scene.sheet.stale == 1


def test_rows_say_what_they_are(scene: SheetScene, qtbot: QtBot) -> None:
    index = scene.sheet.model.index(0)
    assert index.data() == "1000"
    assert index.data(Role.TILE).place == 0
    scene.rest(0)
    scene.sheet.judge([0], Verdict.KEPT)
    spoken = index.data(11)  # Qt.ItemDataRole.AccessibleTextRole
    assert spoken == "Seed 1000, kept, rests at step 3 of 20"


# What is counted.


def test_evaluations_are_counted_and_those_that_culling_saves(
    scene: SheetScene, qtbot: QtBot
) -> None:
    scene.rest(0, 1)
    scene.form(2, 2)
    scene.sheet.judge([1, 5], Verdict.CULLED)
    scene.sheet.judge([0], Verdict.KEPT)
    counts = scene.sheet.counts
    assert (counts.total, counts.kept, counts.culled, counts.open) == (100, 1, 2, 97)
    assert (counts.formed, counts.evaluations_done) == (2, REST + REST + 2)
    assert counts.evaluations_saved == (STEPS - REST) + STEPS
    scene.sheet.undo_stack.undo()
    scene.sheet.undo_stack.undo()
    assert scene.sheet.counts.evaluations_saved == 0


def test_evaluations_are_the_samplers_own(scene: SheetScene) -> None:
    plan = plan_of()
    heun = dataclasses.replace(plan.recipe.sampler, name=SamplerName.HEUN, spacing="linspace")
    scene.sheet.open(
        dataclasses.replace(plan, recipe=dataclasses.replace(plan.recipe, sampler=heun))
    )
    assert scene.sheet.model.tile(0).total == 2 * STEPS - 1
    scene.sheet.judge([0], Verdict.CULLED)
    assert scene.sheet.counts.evaluations_saved == 2 * STEPS - 1


def test_counts_are_told_a_few_times_a_second_at_most(scene: SheetScene, qtbot: QtBot) -> None:
    told: list[SheetCounts] = []
    scene.sheet.counts_changed.connect(told.append)
    scene.rest(*range(10))
    settled(scene, qtbot)
    assert [counts.formed for counts in told] == [10]


# Very many.


def test_ten_thousand_tiles_are_judged_listed_and_scrolled(qtbot: QtBot) -> None:
    scene = SheetScene(worker=FakeWorker())
    scene.sheet.open(plan_of(10_000, at_random=True))
    sheet = scene.sheet
    tester = QAbstractItemModelTester(
        sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    sheet.judge(range(0, 10_000, 2), Verdict.CULLED)
    assert sheet.counts.evaluations_saved == 5000 * STEPS
    sheet.set_filter(Filter.OPEN)
    for first in range(0, 5000, 500):
        sheet.set_visible(first, first + 59)
        assert len(scene.drafts) == MOST
        seeds = [draft.recipe.noise.seed for draft in scene.drafts[:60]]  # type: ignore[union-attr]
        assert seeds == [sheet.model.tile(row).seed for row in range(first, first + 60)]
    sheet.undo_stack.undo()
    assert sheet.counts.culled == 0
    assert sheet.stale == 5000
    scene.close()
    tester.deleteLater()
