"""New contact sheets and those of before: what is asked, what is refused, what is said."""

from __future__ import annotations

from uuid import UUID

import pytest
from fake_sheet import FakeSeeds, plan_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import SheetPlan, SheetRow
from ldm_desktop.session.explore.sheet_plans import Source
from ldm_desktop.ui.explore.sheet_list import SheetsDialog
from ldm_desktop.ui.explore.sheet_new import NewSheetDialog, Offer

LEFT = Qt.MouseButton.LeftButton
SOURCE = Source(recipe_of(42, steps=50, size=(128, 128)), "models/landscapes")


def dialog_of(qtbot: QtBot, seconds: float | None = None) -> NewSheetDialog:
    """Give the dialog for a new sheet."""
    offer = Offer(SOURCE, "As seed 42 was made", 42)
    seeds = FakeSeeds(liked=(7, 9, 11))
    dialog = NewSheetDialog(offer, seeds, lambda _: seconds)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def press(dialog: QWidget, name: str) -> None:
    """Click a button."""
    button = dialog.findChild(QWidget, name)
    assert isinstance(button, QWidget), name
    QTest.mouseClick(button, LEFT)


def planned(dialog: NewSheetDialog) -> SheetPlan:
    """Give what the dialog plans when it is accepted."""
    plans: list[SheetPlan] = []
    dialog.planned.connect(plans.append)
    press(dialog, "sheet-new-open")
    return plans[0]


# A new one.


def test_a_thousand_seeds_from_the_picture_on_is_what_is_offered(
    qtbot: QtBot, dressed: QApplication
) -> None:
    dialog = dialog_of(qtbot)
    label = dialog.findChild(QLabel, "sheet-new-settings")
    assert isinstance(label, QLabel)
    assert "landscapes" in label.text()
    assert "50 steps" in label.text()
    plan = planned(dialog)
    assert (plan.first, plan.count, plan.share, plan.draft) == (42, 1000, 0.15, 0)
    assert plan.name == dialog.name.placeholderText()
    assert plan.model_folder == "models/landscapes"


def test_seeds_share_and_name_are_as_they_are_chosen(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = dialog_of(qtbot)
    dialog.seeds.first.setText("500")
    dialog.seeds.count.setValue(64)
    dialog.mode.percent.setValue(30)
    dialog.name.setText("  Fog ")
    plan = planned(dialog)
    assert (plan.first, plan.count, plan.share, plan.name) == (500, 64, 0.3, "Fog")


def test_drafts_go_to_the_end_of_few_steps(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = dialog_of(qtbot)
    assert not dialog.mode.steps.isEnabled()
    dialog.mode.drafts.setChecked(True)
    assert dialog.mode.steps.isEnabled()
    dialog.mode.steps.setValue(6)
    plan = planned(dialog)
    assert (plan.draft, plan.share) == (6, 1.0)
    assert plan.recipe.steps == 50


def test_random_seeds_need_no_first_one(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = dialog_of(qtbot)
    press(dialog, "sheet-seeds-random")
    assert not dialog.seeds.first.isVisible()
    plan = planned(dialog)
    assert plan.at_random
    assert plan.count == 1000


def test_liked_seeds_are_those_that_are_remembered(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = dialog_of(qtbot)
    press(dialog, "sheet-seeds-liked")
    assert "3" in dialog.seeds.note.text()
    assert not dialog.seeds.count.isVisible()
    assert planned(dialog).picked == (7, 9, 11)


def test_without_liked_seeds_it_says_how_to_like_some(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = dialog_of(qtbot)
    dialog.seeds.set_liked(())
    press(dialog, "sheet-seeds-liked")
    assert "star" in dialog.seeds.note.text()
    assert dialog.problem.isVisible()
    assert not dialog.open_button.isEnabled()


def test_what_is_impossible_is_said_in_place(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = dialog_of(qtbot)
    assert not dialog.problem.isVisible()
    dialog.seeds.first.setText("")
    assert "first seed" in dialog.problem.text()
    assert not dialog.open_button.isEnabled()
    dialog.seeds.first.setText("7")
    assert not dialog.problem.isVisible()
    assert dialog.open_button.isEnabled()


def test_what_it_costs_is_said_if_anybody_knows(qtbot: QtBot, dressed: QApplication) -> None:
    assert not dialog_of(qtbot, None).costs.isVisible()
    assert "20 min" in dialog_of(qtbot, 1200.0).costs.text()


def test_an_answer_that_comes_after_closing_is_let_go(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = dialog_of(qtbot)
    dialog.reject()
    dialog._take_liked(KnownError("The database is out of reach."))
    assert dialog.problem.text() == ""


# Those of before.


def rows_of(count: int) -> tuple[SheetRow, ...]:
    """Give rows of some sheets."""
    return tuple(
        SheetRow(
            plan_of(100 + number, id=UUID(int=number + 1, version=4), name=f"Sheet {number}"),
            "2026-11-23T06:30:00+00:00",
            formed=90,
            kept=4,
            culled=50,
            finished=2,
        )
        for number in range(count)
    )


@pytest.fixture
def listed(qtbot: QtBot, dressed: QApplication) -> SheetsDialog:
    """Give the list of three sheets."""
    dialog = SheetsDialog(FakeSeeds(rows_of(3)))  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def cell(dialog: SheetsDialog, row: int, column: int) -> str:
    """Give what stands in a cell."""
    item = dialog.table.item(row, column)
    assert item
    return item.text()


def test_sheets_are_listed_with_their_counts(listed: SheetsDialog) -> None:
    assert listed.table.rowCount() == 3
    texts = [cell(listed, 1, column) for column in range(7)]
    assert texts == ["Sheet 1", "101", "90", "4", "50", "2", "landscapes"]
    assert listed.current is not None
    assert listed.current.plan.name == "Sheet 0"


def test_one_is_opened_by_its_button_and_by_return(listed: SheetsDialog) -> None:
    opened: list[SheetPlan] = []
    listed.chosen.connect(opened.append)
    listed.table.setCurrentCell(2, 0)
    press(listed, "sheets-open")
    assert [plan.name for plan in opened] == ["Sheet 2"]
    assert not listed.isVisible()


def test_one_is_renamed_in_its_line(listed: SheetsDialog) -> None:
    told: list[tuple[object, str]] = []
    listed.renamed.connect(lambda sheet, name: told.append((sheet, name)))
    item = listed.table.item(1, 0)
    assert item
    item.setText(" Fog ")
    assert told == [(UUID(int=2, version=4), "Fog")]


def test_an_empty_name_is_no_name(listed: SheetsDialog) -> None:
    told: list[tuple[object, str]] = []
    listed.renamed.connect(lambda sheet, name: told.append((sheet, name)))
    item = listed.table.item(1, 0)
    assert item
    item.setText(" ")
    assert told == []
    assert cell(listed, 1, 0) == "Sheet 1"


def test_before_one_is_removed_it_says_what_is_lost(listed: SheetsDialog) -> None:
    told: list[object] = []
    listed.removed.connect(told.append)
    listed.table.setCurrentCell(1, 0)
    assert not listed.confirm.isVisible()
    press(listed, "sheets-remove")
    assert "47" in listed.words.text()
    assert "finished pictures stay" in listed.words.text()
    assert told == []
    press(listed, "sheets-remove-really")
    assert told == [UUID(int=2, version=4)]
    assert not listed.confirm.isVisible()


def test_another_line_takes_the_question_back(listed: SheetsDialog) -> None:
    press(listed, "sheets-remove")
    listed.table.setCurrentCell(2, 0)
    assert not listed.confirm.isVisible()
    assert listed.words.text() == ""


def test_that_there_are_none_is_said(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = SheetsDialog(FakeSeeds())  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert "no contact sheets" in dialog.words.text()
    assert not dialog.open_button.isEnabled()
