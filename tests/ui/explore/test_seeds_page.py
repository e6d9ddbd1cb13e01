"""The page of remembered seeds, used by keyboard and mouse."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from samples import recipe_of
from seeding import CREATED, FACES, faces_recipe, fill, keys_of, opened, plan_of, tile_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.seeds.records import Finished, SeedChange, SeedKey, SheetPlan, Verdict
from ldm_desktop.session.explore.seed_images import encoded
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.models import ModelEntry
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.seed_painting import star_place
from ldm_desktop.ui.explore.seeds_page import SeedsPage
from ldm_desktop.ui.widgets import Combo

PICTURE = UUID(int=77, version=4)
SWEEP = plan_of(1, name="First sweep")


class FakeChoices:
    """Two models, of which the second cannot be opened if so wished."""

    refusal = ""

    def models(self) -> tuple[ModelEntry, ...]:
        own = recipe_of().model
        return (
            ModelEntry("landscapes", "/m/landscapes", own.fingerprint),
            ModelEntry("faces", "/m/faces", FACES.fingerprint),
        )

    def present(self) -> Recipe | None:
        return recipe_of(0)

    def recipe_for(self, folder: str, then: Callable[[Recipe | KnownError], None]) -> None:
        then(KnownError(self.refusal) if self.refusal else faces_recipe())


def green() -> bytes:
    image = QImage(32, 32, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    return encoded(image)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[SeedDesk]:
    with opened(tmp_path) as store:
        tiles = [tile_of(n, Verdict.CULLED, preview=green()) for n in range(8)]
        tiles[5] = tile_of(5, Verdict.KEPT, preview=green())
        fill(store, tiles, SWEEP)
        store.saw([Finished(PICTURE, faces_recipe(3), CREATED, green())])
    desk = SeedDesk(tmp_path)
    yield desk
    desk.close()
    gc.collect()


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication, desk: SeedDesk) -> SeedsPage:
    actions = Actions()
    page = SeedsPage(desk, FakeChoices(), actions)
    actions.setParent(page)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 8, timeout=10_000)
    page.list.setFocus()
    return page


def go_to(qtbot: QtBot, page: SeedsPage, seed: int) -> None:
    page.show_seed(SeedKey(seed))
    qtbot.waitUntil(lambda: page.list.current == SeedKey(seed), timeout=10_000)
    qtbot.waitUntil(lambda: page.panel.tried is not None, timeout=10_000)


def starred(desk: SeedDesk) -> list[int]:
    return [seed for seed in range(10) if desk.record(SeedKey(seed)).star]


def test_arrows_go_through_the_seeds_and_the_panel_tells_of_each(
    qtbot: QtBot, page: SeedsPage
) -> None:
    page.list.go_to(0)
    qtbot.waitUntil(lambda: page.list.current == SeedKey(7), timeout=10_000)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.list.current == SeedKey(6), timeout=10_000)
    assert page.panel._title.text() == "Seed 6"
    qtbot.waitUntil(lambda: page.panel.trials.rowCount() == 1, timeout=10_000)
    assert not page.panel._picture._image.isNull()
    page.slots()["next-picture"]()
    qtbot.waitUntil(lambda: page.list.current == SeedKey(5), timeout=10_000)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Period])
def test_a_key_stars_all_that_is_chosen(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage, key: Qt.Key
) -> None:
    go_to(qtbot, page, 5)
    QTest.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.list, key)
    qtbot.waitUntil(lambda: starred(desk) == [5, 6], timeout=10_000)
    page.slots()["undo"]()
    qtbot.waitUntil(lambda: starred(desk) == [], timeout=10_000)


def test_a_click_on_a_rows_star_stars_it_and_chooses_nothing(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage
) -> None:
    go_to(qtbot, page, 7)
    row = page.list.visualRect(page.model.index(2))
    at = star_place(row).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: starred(desk) == [5], timeout=10_000)
    assert page.list.chosen == keys_of(7)
    QTest.mouseClick(
        page.list.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(90, 20)
    )
    assert page.list.chosen == keys_of(5)


def test_the_panels_star_says_what_is_and_changes_it(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage
) -> None:
    go_to(qtbot, page, 5)
    star = page.findChild(QToolButton, "seed-star")
    assert star
    assert not star.isChecked()
    QTest.mouseClick(star, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: starred(desk) == [5], timeout=10_000)
    assert star.isChecked()


def test_f2_names_a_seed_and_return_leads_back(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage
) -> None:
    go_to(qtbot, page, 5)
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    field = page.findChild(QLineEdit, "seed-name")
    assert field
    QTest.keyClicks(field, "Harbour")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.record(SeedKey(5)).name == "Harbour", timeout=10_000)
    assert page.list.currentIndex().data() == "Harbour · Seed 5"


def test_what_is_written_goes_to_the_seed_it_was_written_for(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage
) -> None:
    go_to(qtbot, page, 5)
    name, note = page.findChild(QLineEdit, "seed-name"), page.findChild(QPlainTextEdit, "seed-note")
    assert name
    assert note
    QTest.keyClicks(name, "five")
    QTest.keyClicks(note, "fog")
    page.list.go_to(0)
    qtbot.waitUntil(lambda: desk.record(SeedKey(5)).note == "fog", timeout=10_000)
    assert desk.record(SeedKey(5)).name == "five"
    assert desk.record(SeedKey(7)) == desk.record(SeedKey(99))
    assert (name.text(), note.toPlainText()) == ("", "")


def test_the_search_finds_and_says_in_place_what_is_wrong(qtbot: QtBot, page: SeedsPage) -> None:
    QTest.keyClicks(page.search, "verdict:kept")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.list.current == SeedKey(5), timeout=10_000)
    page.search.setText("mood:calm")
    qtbot.waitUntil(page._problem.isVisible, timeout=10_000)
    assert "mood" in page._problem.text()
    page.search.setText("nothing-like-this")
    qtbot.waitUntil(lambda: page._empty.isVisible(), timeout=10_000)
    assert page._empty.reason
    assert page._empty.reason.title == "No seed matches"
    page._empty.wished.emit()
    qtbot.waitUntil(lambda: page.model.rowCount() == 8, timeout=10_000)


def test_what_is_chosen_stays_so_when_the_list_becomes_another(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage
) -> None:
    go_to(qtbot, page, 3)
    with qtbot.waitSignal(page.model.modelReset, timeout=10_000):
        page.search.setText("seed:1..6")
        desk.star(keys_of(2, 30))
    qtbot.waitUntil(lambda: page.model.rowCount() == 6, timeout=10_000)
    assert page.list.chosen == keys_of(3)


def test_a_seed_one_comes_with_is_shown_even_if_the_search_hides_it(
    qtbot: QtBot, page: SeedsPage
) -> None:
    page.search.setText("verdict:kept")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
    page.take((Subject(recipe_of(3)),))
    qtbot.waitUntil(lambda: page.list.current == SeedKey(3), timeout=10_000)
    assert page.search.text() == ""


def test_a_seed_that_was_never_met_can_be_starred_and_named(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage
) -> None:
    page.take((Subject(recipe_of(9)),))
    qtbot.waitUntil(lambda: page.panel._title.text() == "Seed 9", timeout=10_000)
    assert [subject.recipe.noise for subject in page.subjects()] == [Seed(9)]
    page.slots()["star-seed"]()
    qtbot.waitUntil(lambda: starred(desk) == [9], timeout=10_000)


def test_it_gives_the_trial_that_is_looked_at(qtbot: QtBot, page: SeedsPage) -> None:
    assert page.possible()["star-seed"] is False
    go_to(qtbot, page, 3)
    qtbot.waitUntil(lambda: page.panel.trials.rowCount() == 2, timeout=10_000)
    (subject,) = page.subjects()
    assert (subject.recipe, subject.picture) == (faces_recipe(3), PICTURE)
    assert not subject.image.isNull()
    sheet = page.findChild(QPushButton, "seed-sheet")
    assert sheet
    assert not sheet.isEnabled()
    row = next(r for r in range(2) if page.panel.trials.index(r).data() == "landscapes")
    with qtbot.waitSignal(page.possible_changed, timeout=10_000):
        page.panel._list.setCurrentIndex(page.panel.trials.index(row))
    assert page.subjects()[0].recipe == SWEEP.recipe_at(3)
    assert page.possible()["use-settings"]
    with qtbot.waitSignal(page.sheet_opened, timeout=10_000) as told:
        QTest.mouseClick(sheet, Qt.MouseButton.LeftButton)
    assert told.args == [SWEEP.id]


def test_the_ways_to_pictures_and_settings(qtbot: QtBot, page: SeedsPage) -> None:
    go_to(qtbot, page, 3)
    pictures = page.findChild(QPushButton, "seed-pictures")
    assert pictures
    with qtbot.waitSignal(page.gallery_wanted, timeout=10_000) as told:
        QTest.mouseClick(pictures, Qt.MouseButton.LeftButton)
    assert told.args == ["seed:3"]
    use = page._actions["use-settings"]
    with qtbot.waitSignal(use.triggered, timeout=10_000):
        QTest.keyClick(page.list, Qt.Key.Key_Return)


def test_liked_seeds_go_onto_a_sheet_of_another_model_by_one_button(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage
) -> None:
    desk.star(keys_of(1))
    models = page.findChild(Combo, "seeds-liked-model")
    button = page.findChild(QPushButton, "seeds-liked-open")
    assert models
    assert button
    assert models.currentText() == "faces"
    with qtbot.waitSignal(page.sheet_wanted, timeout=10_000) as told:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    plan: SheetPlan = told.args[0]
    assert set(plan.picked) == {1, 5}
    assert (plan.recipe.model, plan.model_folder) == (FACES, "/m/faces")


def test_several_chosen_seeds_go_there_instead(qtbot: QtBot, page: SeedsPage) -> None:
    go_to(qtbot, page, 4)
    QTest.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(page.list.chosen) == 2, timeout=10_000)
    assert "2 chosen seeds" in page.liked._words.text()
    with qtbot.waitSignal(page.sheet_wanted, timeout=10_000) as told:
        page.liked.open()
    assert set(told.args[0].picked) == {4, 5}


def test_a_model_that_cannot_be_opened_is_told_and_the_button_stays(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeChoices, "refusal", "It is broken.")
    with qtbot.waitSignal(desk.notice, timeout=10_000) as told:
        page.liked.open()
    assert told.args == ["It is broken."]
    assert page.liked._open.isEnabled()


def test_all_that_is_selected_is_starred_read_or_not(
    qtbot: QtBot, desk: SeedDesk, page: SeedsPage
) -> None:
    page.list.selectAll()
    page.model._seen.clear()
    page.list._take_selection()
    assert (page.list.count, page.list.chosen) == (8, ())
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: starred(desk) == list(range(8)), timeout=10_000)


def test_delete_removes_nothing(qtbot: QtBot, desk: SeedDesk, page: SeedsPage) -> None:
    go_to(qtbot, page, 3)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    answers: list[object] = []
    desk.list_seeds("", 99, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert len(answers[0]) == 8  # type: ignore[arg-type]  # it is a tuple


def test_an_empty_memory_explains_itself(
    qtbot: QtBot, dressed: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk = SeedDesk(tmp_path_factory.mktemp("empty"))
    page = SeedsPage(desk, FakeChoices(), Actions())
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page._empty.isVisible(), timeout=10_000)
    assert page._empty.reason
    assert "Ctrl+B stars the seed" in page._empty.reason.sentence
    desk.note(keys_of(3), SeedChange(name="fox"))
    qtbot.waitUntil(page.list.isVisible, timeout=10_000)
    desk.close()


def test_every_field_can_be_reached_and_says_its_name(page: SeedsPage) -> None:
    for name in ("seeds-search", "seeds-list", "seed-name", "seed-note", "seeds-liked-model"):
        widget = next(each for each in page.findChildren(object) if each.objectName() == name)
        assert widget.accessibleName()  # type: ignore[attr-defined]  # a widget
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus  # type: ignore[attr-defined]
