"""The list of seeds: all rows at once, read by need, followed while somebody looks."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from seeding import faces_recipe, fill, keys_of, opened, plan_of, tile_of

from ldm_desktop.gallery.seeds.records import SeedChange, SeedKey, Verdict
from ldm_desktop.session.explore import seed_model
from ldm_desktop.session.explore.seed_images import encoded
from ldm_desktop.session.explore.seed_model import PAGE, Role, SeedsModel
from ldm_desktop.session.explore.seed_trials_model import TRIED_ROLE, TrialsModel
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.session.gallery.values import NOT_LISTED

MANY = 1000


def red(side: int = 32) -> bytes:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return encoded(image)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[SeedDesk]:
    with opened(tmp_path) as store:
        fill(store, [tile_of(n, preview=red()) for n in range(MANY)], plan_of(count=MANY))
    desk = SeedDesk(tmp_path)
    yield desk
    desk.close()
    gc.collect()


@pytest.fixture
def model(qtbot: QtBot, desk: SeedDesk) -> SeedsModel:
    model = SeedsModel(desk, desk)
    with qtbot.waitSignal(model.listed, timeout=10_000):
        model.set_active(True)
    return model


def test_it_is_a_sound_model_whatever_happens(
    qtbot: QtBot, desk: SeedDesk, model: SeedsModel
) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for query in ("seed:1..9", "seed:1..5", "seed:1..9", "fox", ""):
        with qtbot.waitSignal(model.listed, timeout=10_000):
            model.set_query(query)
    with qtbot.waitSignal(model.listed, timeout=10_000):
        desk.star([SeedKey(5_000_000)])
    assert model.rowCount() == MANY + 1
    assert tester


def test_rows_are_read_when_they_are_looked_at_and_no_others(
    qtbot: QtBot, model: SeedsModel
) -> None:
    assert model.rowCount() == MANY
    index = model.index(500)
    assert index.data(Role.SEEN) is None
    with qtbot.waitSignal(model.dataChanged, timeout=10_000):
        pass
    seen = index.data(Role.SEEN)
    assert seen.row.key == SeedKey(MANY - 1 - 500)
    assert seen.image.pixelColor(5, 5).red() > 200
    assert index.data() == f"Seed {seen.row.key.seed}"
    assert "tried: 1" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert 0 < len(model._seen) <= PAGE


def test_what_is_said_of_a_seed_shows_at_once(
    qtbot: QtBot, desk: SeedDesk, model: SeedsModel
) -> None:
    with qtbot.waitSignal(model.rows_read, timeout=10_000):
        model.seen(0)
    with qtbot.waitSignal(model.dataChanged, timeout=10_000):
        desk.note([SeedKey(MANY - 1)], SeedChange(name="fox"))
    assert model.index(0).data() == f"fox · Seed {MANY - 1}"


def test_seeds_are_found_among_the_rows_that_are_still_at_hand(
    qtbot: QtBot, model: SeedsModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seed_model, "MOST_SEEN", PAGE)
    for row in (0, 500):
        with qtbot.waitSignal(model.rows_read, timeout=10_000):
            model.seen(row)
    assert len(model._seen) == PAGE
    assert model._by_key == {seen.row.key: number for number, seen in model._seen.items()}
    assert model.row_of(SeedKey(MANY - 1)) == NOT_LISTED
    assert model.row_of(SeedKey(MANY - 1 - 500)) == 500


def test_a_query_that_cannot_be_understood_leaves_the_list_and_says_why(
    qtbot: QtBot, model: SeedsModel
) -> None:
    with qtbot.waitSignal(model.problem_changed, timeout=10_000) as told:
        model.set_query("mood:calm")
    assert "There is no key “mood”" in told.args[0]
    assert model.rowCount() == MANY
    with qtbot.waitSignal(model.listed, timeout=10_000):
        model.set_query("seed:1")
    assert model.rowCount() == 1


def test_it_follows_changes_only_while_somebody_looks(
    qtbot: QtBot, desk: SeedDesk, model: SeedsModel
) -> None:
    model.set_active(False)
    with qtbot.waitSignal(desk.seeds_changed, timeout=10_000):
        desk.star([SeedKey(5_000_000)])
    assert not model._settling.isActive()
    assert model.rowCount() == MANY
    with qtbot.waitSignal(model.listed, timeout=10_000):
        model.set_active(True)
    assert model.rowCount() == MANY + 1


def test_any_seed_is_found_in_the_list_or_said_not_to_be_there(
    qtbot: QtBot, model: SeedsModel
) -> None:
    rows: list[int] = []
    for seed in (0, 999_999):
        model.find(SeedKey(seed), rows.append)
        qtbot.waitUntil(lambda seed=seed: len(rows) == (1 if seed == 0 else 2), timeout=10_000)
    assert rows == [MANY - 1, NOT_LISTED]


def test_seeds_of_rows_that_were_never_read_are_looked_up_in_their_order(
    qtbot: QtBot, model: SeedsModel
) -> None:
    found: list[tuple[SeedKey, ...]] = []
    model.keys(range(0, MANY, 400), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    assert found == [keys_of(MANY - 1, MANY - 401, MANY - 801)]
    assert model.key(400) is None
    assert not model._asking.isActive()


def test_the_trials_of_a_seed_come_with_their_sheets_names(qtbot: QtBot, desk: SeedDesk) -> None:
    faces = plan_of(2, recipe=faces_recipe(), name="Old harbours")
    desk.note_tiles(faces, [tile_of(3, Verdict.KEPT)])
    trials = TrialsModel(desk, desk)
    tester = QAbstractItemModelTester(trials, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignal(trials.modelReset, timeout=10_000):
        trials.show_seed(SeedKey(3))
    assert {trials.index(row).data() for row in range(2)} == {"faces", "landscapes"}
    tried = next(t for t in map(trials.tried, range(2)) if t and t.sheet == "Old harbours")
    assert tried.trial.recipe == faces.recipe_at(3)
    row = next(row for row in range(2) if trials.index(row).data(TRIED_ROLE) == tried)
    spoken = trials.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "faces, ddim · 50 steps, kept, at 25 %, Old harbours" in spoken
    trials.show_seed(None)
    assert trials.rowCount() == 0
    assert tester


def test_an_answer_of_a_seed_that_is_shown_no_more_is_dropped(qtbot: QtBot, desk: SeedDesk) -> None:
    trials = TrialsModel(desk, desk)
    trials.show_seed(SeedKey(3))
    trials.show_seed(None)
    done: list[object] = []
    desk.trials(keys_of(3)[0], done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    assert trials.rowCount() == 0
