"""The contact sheet's page: bars, loupe, survivors, and where a sheet begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from fake_sheet import FakeSeeds, FakeSheet, plan_of
from looking import image_of
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot
from samples import recipe_of
from stages import settle

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.noise import Rotate, Seed
from ldm_desktop.core.recipe import ModelRef
from ldm_desktop.gallery.seeds.records import SheetPlan, Verdict
from ldm_desktop.session.explore.sheet_listing import Filter
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.session.explore.sheet_plans import Source
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.sheet_beginning import Sources
from ldm_desktop.ui.explore.sheet_list import SheetsDialog
from ldm_desktop.ui.explore.sheet_new import NewSheetDialog
from ldm_desktop.ui.explore.sheet_page import SheetPage
from ldm_desktop.ui.paged_actions import Page

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Scene:
    """A page with its actions bound as in the window."""

    def __init__(self, qtbot: QtBot, plan: SheetPlan | None) -> None:
        self.sheet = FakeSheet(plan)
        self.seeds = FakeSeeds()
        self.actions = Actions()
        self.refusal = ""
        sources = Sources(self._chosen, lambda _: "models/landscapes")
        self.page = SheetPage(self.sheet, self.seeds, self.actions, sources)  # type: ignore[arg-type]
        self.actions.bind(Page.SHEET, self.page.slots())
        self.actions.show_page(Page.SHEET)
        self.page.possible_changed.connect(self.follow)
        self.follow()
        qtbot.addWidget(self.page)
        self.page.resize(1200, 600)
        self.page.show()
        with qtbot.waitActive(self.page):
            self.page.activateWindow()
        self.page.setFocus()
        settle()

    def follow(self) -> None:
        """Let actions be possible as the page says."""
        self.actions.allow(Page.SHEET, self.page.possible())

    def _chosen(self) -> Source:
        if self.refusal:
            raise BadArgumentError(self.refusal)
        return Source(recipe_of(100, steps=50), "models/landscapes")

    def find(self, name: str) -> QAbstractButton:
        """Give a button by its name."""
        found = self.page.findChild(QAbstractButton, name)
        assert isinstance(found, QAbstractButton), name
        return found

    def key(self, *keys: Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page, key, held)

    def verdicts(self) -> dict[int, Verdict]:
        """Give what was said of tiles."""
        return {place: tile.verdict for place, tile in self.sheet.tiles.items()}


@pytest.fixture
def scene(qtbot: QtBot, dressed: QApplication) -> Iterator[Scene]:
    """Give a page with a sheet of sixty tiles."""
    made = Scene(qtbot, plan_of(60))
    yield made
    made.page.hide()


@pytest.fixture
def bare(qtbot: QtBot, dressed: QApplication) -> Iterator[Scene]:
    """Give a page without a sheet."""
    made = Scene(qtbot, None)
    yield made
    made.page.hide()


# Beginning.


def test_without_a_sheet_the_page_offers_one_by_the_studios_settings(bare: Scene) -> None:
    page = bare.page
    assert page.centre.currentWidget() is page.empty
    assert not page.bar.isVisible()
    assert page.subjects() == ()
    assert "100" in page.empty.from_here.text()
    assert "50 steps" in page.empty.settings.text()
    bare.key(Key.Key_Space)
    (plan,) = bare.sheet.named("open")[0]
    assert (plan.count, plan.first, plan.recipe.steps) == (1000, 100, 50)
    assert page.centre.currentWidget() is page.grid
    assert page.bar.isVisible()


def test_who_comes_with_a_picture_is_offered_a_sheet_by_its_settings(bare: Scene) -> None:
    bare.page.take((Subject(recipe_of(4711, steps=30)),))
    assert "4711" in bare.page.empty.from_here.text()
    assert "30 steps" in bare.page.empty.settings.text()
    QTest.mouseClick(bare.page.empty.from_here, LEFT)
    (plan,) = bare.sheet.named("open")[0]
    assert (plan.first, plan.recipe.steps) == (4711, 30)


def test_of_a_variation_the_first_seed_begins_a_sheet(bare: Scene) -> None:
    recipe = recipe_of(0, noise=Rotate(Seed(12), Seed(13), 20.0))
    bare.page.take((Subject(recipe),))
    QTest.mouseClick(bare.page.empty.from_here, LEFT)
    (plan,) = bare.sheet.named("open")[0]
    assert plan.first == 12


def test_why_no_sheet_can_begin_is_said_in_place(bare: Scene) -> None:
    bare.refusal = "There is no model yet: put one into the models folder."
    bare.page.hide()
    bare.page.show()
    assert bare.page.empty.settings.text() == bare.refusal
    assert not bare.page.empty.from_here.isEnabled()
    said: list[str] = []
    bare.sheet.notice.connect(said.append)
    bare.actions["sheet-new"].trigger()
    assert said == [bare.refusal]


def test_a_new_sheet_is_asked_for_and_opened(bare: Scene) -> None:
    bare.actions["sheet-new"].trigger()
    dialog = bare.page.findChild(NewSheetDialog)
    assert isinstance(dialog, NewSheetDialog)
    dialog.seeds.count.setValue(200)
    dialog.accept()
    (plan,) = bare.sheet.named("open")[0]
    assert plan.count == 200


def test_a_picture_that_is_on_the_sheet_is_gone_to(scene: Scene) -> None:
    scene.page.take((Subject(recipe_of(33, size=(96, 96))),))
    assert scene.page.grid.currentIndex().row() == 33
    assert not scene.page.offer.isVisible()


def test_a_picture_that_the_filter_leaves_out_is_gone_to_as_well(scene: Scene) -> None:
    scene.sheet.judge([1, 2], Verdict.KEPT)
    scene.sheet.set_filter(Filter.KEPT)
    scene.page.take((Subject(recipe_of(33, size=(96, 96))),))
    assert scene.sheet.filter is Filter.ALL
    assert scene.page.grid.currentIndex().row() == 33


def test_one_that_is_not_is_offered_a_sheet_of_its_own(scene: Scene) -> None:
    scene.page.grid.go_to(5)
    scene.page.take((Subject(recipe_of(900)),))
    assert scene.page.grid.currentIndex().row() == 5
    assert scene.page.offer.isVisible()
    assert "900" in scene.page.offer.sentence
    QTest.mouseClick(scene.page.offer.button, LEFT)
    dialog = scene.page.findChild(NewSheetDialog)
    assert isinstance(dialog, NewSheetDialog)
    assert dialog.seeds.first.text() == "900"
    dialog.reject()


def test_the_same_seed_of_another_model_is_not_on_the_sheet(scene: Scene) -> None:
    other = replace(recipe_of(33), model=ModelRef("ab" * 32, "faces"))
    scene.page.take((Subject(other),))
    assert scene.page.offer.isVisible()


def test_who_comes_with_nothing_finds_the_sheet_as_it_was(scene: Scene) -> None:
    scene.page.grid.go_to(5)
    scene.page.take(())
    assert scene.page.grid.currentIndex().row() == 5
    assert not scene.page.offer.isVisible()


def test_a_sheet_of_before_is_chosen_in_a_list(scene: Scene) -> None:
    scene.actions["sheet-open"].trigger()
    dialog = scene.page.findChild(SheetsDialog)
    assert isinstance(dialog, SheetsDialog)
    other = plan_of(5, id=UUID(int=9, version=4))
    dialog.chosen.emit(other)
    dialog.renamed.emit(other.id, "Fog")
    dialog.renamed.emit(UUID(int=1, version=4), "Sea")
    assert scene.page.bar.name.text() == "Fog"
    assert scene.seeds.calls == [("rename_sheet", UUID(int=1, version=4), "Sea")]
    dialog.removed.emit(other.id)
    assert scene.sheet.count == 0
    assert scene.page.centre.currentWidget() is scene.page.empty
    dialog.reject()


# Culling and finishing.


def test_survivors_are_counted_on_the_button_that_finishes_them(scene: Scene) -> None:
    assert not scene.page.bar.finish.isEnabled()
    scene.page.grid.go_to(0)
    scene.key(Key.Key_P, Key.Key_P, Key.Key_X, held=SHIFT)
    assert scene.page.bar.finish.text() == "Finish survivors: 2"
    QTest.mouseClick(scene.page.bar.finish, LEFT)
    assert scene.sheet.named("finish") == [((0, 1),)]
    assert not scene.page.bar.finish.isEnabled()


def test_verdicts_are_undone_and_redone(scene: Scene) -> None:
    scene.page.grid.go_to(0)
    assert not scene.actions["undo"].isEnabled()
    scene.key(Key.Key_X)
    scene.actions["undo"].trigger()
    assert scene.verdicts()[0] is Verdict.OPEN
    scene.actions["redo"].trigger()
    assert scene.verdicts()[0] is Verdict.CULLED


def test_drafts_are_refined_instead(scene: Scene) -> None:
    scene.sheet.open(plan_of(20, draft=8, share=1.0))
    bar = scene.page.bar
    assert bar.refine.isVisible()
    assert not bar.finish.isVisible()
    assert not bar.stop.isVisible()
    scene.sheet.judge([4], Verdict.KEPT)
    assert bar.refine.text() == "Refine 1 to 50 steps"
    QTest.mouseClick(bar.refine, LEFT)
    assert scene.sheet.named("finish") == [((4,),)]


def test_several_chosen_drafts_are_refined_as_they_are_chosen(scene: Scene) -> None:
    scene.sheet.open(plan_of(20, draft=8, share=1.0))
    scene.page.grid.go_to(2)
    scene.key(Key.Key_Right, held=SHIFT)
    scene.actions["sheet-refine"].trigger()
    assert scene.sheet.named("refine") == [((2, 3), 50)]


# The bars.


def test_filters_show_how_many_there_are_and_list_them(scene: Scene) -> None:
    scene.sheet.judge([1, 2], Verdict.KEPT)
    scene.sheet.judge([3], Verdict.CULLED)
    texts = [scene.page.bar.buttons[each].text() for each in Filter]
    assert texts == ["All 60", "Undecided 57", "Kept 2", "Culled 1", "Finished 0"]
    QTest.mouseClick(scene.find("sheet-filter-kept"), LEFT)
    assert scene.sheet.filter is Filter.KEPT
    assert scene.page.grid.tiles.count == 2


def test_tiles_that_no_longer_match_wait_to_be_tidied_up(scene: Scene) -> None:
    assert not scene.page.bar.stale.isVisible()
    scene.sheet.stale = 3
    scene.sheet.filter_changed.emit()
    assert "3" in scene.page.bar.stale.text()
    QTest.mouseClick(scene.page.bar.stale, LEFT)
    assert not scene.page.bar.stale.isVisible()


def test_the_share_is_shown_in_steps_and_taken_once_it_rests(scene: Scene, qtbot: QtBot) -> None:
    step = scene.page.findChild(QLabel, "sheet-step")
    assert isinstance(step, QLabel)
    assert step.text() == "step 7 of 50"
    spin = scene.page.bar.stop.spin
    spin.setValue(30)
    spin.setValue(40)
    assert scene.sheet.named("set_share") == []
    qtbot.waitUntil(lambda: scene.sheet.named("set_share") == [(0.4,)])
    assert step.text() == "step 20 of 50"


def test_what_verdicts_save_is_said(scene: Scene) -> None:
    scene.sheet.judge([1, 2], Verdict.CULLED)
    assert "UNet evaluations saved: 86" in scene.page.bar.progress.text()


def test_the_sheet_is_renamed_where_its_name_stands(scene: Scene) -> None:
    name = scene.page.bar.name
    assert name.text() == "Dunes"
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "Fog")
    scene.key(Key.Key_Escape)
    assert name.text() == "Dunes"
    assert scene.sheet.named("rename") == []
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "Fog")
    scene.key(Key.Key_Return)
    assert scene.sheet.named("rename") == [("Fog",)]
    assert scene.page.grid.hasFocus()


def test_a_sheet_stands_still_and_goes_on(scene: Scene) -> None:
    button = scene.find("sheet-pause")
    QTest.mouseClick(button, LEFT)
    assert scene.sheet.paused
    assert "go on" in button.accessibleName()
    QTest.mouseClick(button, LEFT)
    assert not scene.sheet.paused


def test_a_paused_queue_is_said_in_place_with_a_way_on(scene: Scene) -> None:
    assert not scene.page.held.isVisible()
    scene.sheet.held = True
    scene.sheet.state_changed.emit()
    assert scene.page.held.isVisible()
    asked: list[bool] = []
    scene.actions["pause-queue"].triggered.connect(lambda: asked.append(True))
    QTest.mouseClick(scene.page.held.button, LEFT)
    assert len(asked) == 1
    scene.sheet.held = False
    scene.sheet.state_changed.emit()
    assert not scene.page.held.isVisible()


def test_slider_keys_and_wheel_change_the_size_of_tiles(scene: Scene) -> None:
    columns = scene.page.grid.tiles.columns
    scene.page.bar.slider.setValue(250)
    assert scene.page.grid.tiles.columns < columns
    scene.page.bar.slider.setValue(132)
    scene.page.grid.setFocus()
    scene.key(Key.Key_Plus, Key.Key_Plus)
    assert scene.page.bar.slider.value() == 196
    turn = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(scene.page.grid.viewport(), turn)
    assert scene.page.bar.slider.value() == 164


def test_everything_to_click_has_a_name_and_is_reached_by_tab(scene: Scene) -> None:
    for button in scene.page.findChildren(QAbstractButton):
        assert button.accessibleName(), button
        assert button.objectName(), button
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, button.objectName()


# The loupe.


def test_space_shows_the_current_tile_large_and_escape_goes_back(scene: Scene) -> None:
    scene.page.grid.go_to(4)
    scene.key(Key.Key_Space)
    page = scene.page
    assert page.centre.currentWidget() is page.loupe
    assert page.loupe.hasFocus()
    assert scene.sheet.named("look_sharp")[-1] == (4,)
    assert scene.sheet.named("set_visible")[-1] == (4, 4)
    scene.key(Key.Key_Escape)
    assert page.centre.currentWidget() is page.grid
    assert page.grid.hasFocus()
    assert scene.sheet.named("look_sharp")[-1] == (-1,)
    assert scene.sheet.named("set_visible")[-1][1] > 10


def test_in_the_loupe_arrows_go_on_and_keys_judge(scene: Scene) -> None:
    scene.page.grid.go_to(0)
    scene.key(Key.Key_Return, Key.Key_Right)
    assert scene.page.grid.currentIndex().row() == 1
    scene.key(Key.Key_P)
    assert scene.verdicts() == {1: Verdict.KEPT}
    scene.key(Key.Key_X, held=SHIFT)
    assert scene.page.grid.currentIndex().row() == 2
    assert scene.verdicts()[1] is Verdict.CULLED
    assert "Seed 2" in scene.page.loupe.accessibleDescription()


def test_the_loupe_has_the_menu_of_its_tile(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: menus.append(menu))
    scene.page.grid.go_to(4)
    scene.key(Key.Key_Space)
    reason = QContextMenuEvent.Reason.Mouse
    scene.page.loupe.contextMenuEvent(QContextMenuEvent(reason, QPoint(9, 9), QPoint(9, 9)))
    cull = next(action for action in menus[0].actions() if action.text().startswith("Cull"))
    cull.trigger()
    assert scene.verdicts() == {4: Verdict.CULLED}


def test_the_sharp_look_takes_the_place_of_the_rough_one(scene: Scene) -> None:
    loupe = scene.page.loupe

    def sharp() -> bool:
        return loupe.sharp

    scene.page.grid.go_to(4)
    scene.key(Key.Key_Space)
    settle()
    rough = loupe.grab().toImage()
    scene.sheet.sharpen(5, image_of(50, 96, 96))
    assert not sharp()
    scene.sheet.sharpen(4, image_of(50, 96, 96))
    assert sharp()
    settle()
    assert loupe.grab().toImage() != rough
    scene.key(Key.Key_Right)
    assert not sharp()


def test_what_forms_is_decoded_once_it_rests(scene: Scene) -> None:
    scene.sheet.put(4, state=TileState.FORMING, done=2)
    scene.page.grid.go_to(4)
    scene.key(Key.Key_Space)
    scene.sheet.put(4, state=TileState.FORMING, done=5)
    assert (4,) not in scene.sheet.named("look_sharp")
    scene.sheet.put(4, state=TileState.RESTING, done=7)
    assert scene.sheet.named("look_sharp")[-1] == (4,)


# What is looked at.


def test_the_current_tile_is_what_is_looked_at_with_the_chosen_ones(scene: Scene) -> None:
    picture = UUID(int=5, version=4)
    scene.sheet.put(3, state=TileState.FINISHED, picture=picture)
    scene.page.grid.go_to(2)
    scene.key(Key.Key_Right, held=SHIFT)
    first, second = scene.page.subjects()
    assert (first.seed, first.picture) == (3, picture)
    assert (second.seed, second.picture) == (2, None)
    assert not second.image.isNull()


def test_a_draft_is_looked_at_as_the_draft_it_is(scene: Scene) -> None:
    scene.sheet.open(plan_of(20, draft=8, share=1.0))
    scene.page.grid.go_to(0)
    assert scene.page.subjects()[0].recipe.steps == 8
    scene.sheet.put(0, state=TileState.FINISHED, picture=UUID(int=5, version=4))
    assert scene.page.subjects()[0].recipe.steps == 50


def test_every_key_of_the_page_is_possible_only_when_it_does_something(scene: Scene) -> None:
    assert set(scene.page.possible()) <= set(scene.page.slots())
    possible = scene.page.possible()
    assert not possible["sheet-finish"]
    assert not possible["sheet-refine"]
    assert possible["next-picture"]
    scene.sheet.close()
    assert not scene.page.possible()["next-picture"]
