"""How pictures leave the gallery."""

from __future__ import annotations

from pathlib import Path

import pytest
from looking import FakeDesk, entry_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QProgressBar,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.export.export import ExportOptions, Format
from ldm_desktop.gallery.export.export_job import Exported, SheetJob, TableJob
from ldm_desktop.gallery.export.export_texts import Keep
from ldm_desktop.gallery.export.sheet_plan import Caption, Paper, SheetOptions
from ldm_desktop.session.gallery.values import Task, TaskDone, Work
from ldm_desktop.ui.gallery import export_dialog
from ldm_desktop.ui.gallery.export_dialog import ExportDialog


class Exporting:
    """A dialog for two pictures, and a person at it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.desk = FakeDesk([entry_of(1, rating=4), entry_of(2)])
        self.dialog = ExportDialog(self.desk, (1, 2), folder)
        qtbot.addWidget(self.dialog)
        self.dialog.show()

    def find(self, kind: type, name: str) -> QWidget:
        return self.dialog.findChild(kind, name)

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        button.click()

    def text(self, name: str) -> str:
        label = self.find(QLabel, name)
        return label.text() if label.isVisible() else ""

    def wish(self) -> object:
        self.click("export-start")
        wish, numbers = self.desk.named("export")[-1]
        assert numbers == (1, 2)
        return wish

    def end(self, report: Exported) -> None:
        self.desk.task_done.emit(TaskDone(Task.EXPORTING, report))


@pytest.fixture
def at(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Exporting:
    return Exporting(qtbot, tmp_path)


def test_as_proposed_pictures_go_out_whole(at: Exporting) -> None:
    assert at.wish() == ExportOptions(at.folder, Format.PNG, Keep.RECIPE)


def test_format_quality_and_metadata_are_chosen(at: Exporting) -> None:
    at.click("export-format-jpeg")
    at.find(QSpinBox, "export-quality").setValue(75)
    at.click("export-metadata-none")
    assert at.wish() == ExportOptions(at.folder, Format.JPEG, Keep.NONE, quality=75)


def test_webp_can_keep_every_pixel(at: Exporting) -> None:
    at.click("export-format-webp")
    at.click("export-lossless")
    at.click("export-metadata-mark")
    assert not at.find(QSpinBox, "export-quality").isEnabled()
    assert at.wish() == ExportOptions(at.folder, Format.WEBP, Keep.MARK, lossless=True)


def test_a_choice_for_webp_is_none_for_jpeg(at: Exporting) -> None:
    at.click("export-format-webp")
    at.click("export-lossless")
    at.click("export-format-jpeg")
    assert not at.find(QAbstractButton, "export-lossless").isVisible()
    assert at.wish() == ExportOptions(at.folder, Format.JPEG)


@pytest.mark.parametrize("metadata", ["recipe", "mark", "none"])
def test_each_kind_of_metadata_is_explained(at: Exporting, metadata: str) -> None:
    meaning = at.text(f"export-meaning-{metadata}")
    assert meaning.endswith(".")
    button = at.find(QAbstractButton, f"export-metadata-{metadata}")
    assert button.accessibleDescription() == meaning


def test_names_are_shown_by_an_example_as_one_writes(at: Exporting) -> None:
    at.find(QLineEdit, "export-names").setText("{model} {seed} {rating} {n:03}")
    at.click("export-format-jpeg")
    assert "landscapes 1 4 001.jpg" in at.text("export-names-hint")


def test_a_name_that_cannot_be_is_explained_and_not_exported(at: Exporting) -> None:
    at.find(QLineEdit, "export-names").setText("{colour}")
    assert "{colour} is not known" in at.text("export-names-problem")
    assert not at.find(QAbstractButton, "export-start").isEnabled()
    at.find(QLineEdit, "export-names").setText("{seed}")
    assert at.text("export-names-problem") == ""
    assert at.find(QAbstractButton, "export-start").isEnabled()


def test_a_folder_is_needed(at: Exporting) -> None:
    at.find(QLineEdit, "export-folder").setText("")
    assert at.text("export-folder-problem") == "Choose a folder."
    assert not at.find(QAbstractButton, "export-start").isEnabled()


def test_a_contact_sheet_is_laid_out_as_wished(at: Exporting) -> None:
    at.click("export-kind-sheet")
    at.find(QSpinBox, "export-columns").setValue(3)
    for name in ("caption-id", "caption-model", "dark", "landscape", "paper-letter"):
        at.click(f"export-{name}")
    at.find(QLineEdit, "export-sheet-name").setText("Best of {May}")
    options = SheetOptions(
        3, (Caption.SEED, Caption.RATING, Caption.MODEL), Paper.LETTER, landscape=True, dark=True
    )
    assert at.wish() == SheetJob(at.folder / "Best of {May}.pdf", options)


def test_a_sheet_as_one_picture_has_no_paper(at: Exporting) -> None:
    at.click("export-kind-sheet")
    at.click("export-sheet-png")
    assert not at.find(QAbstractButton, "export-paper-a4").isVisible()
    assert at.wish() == SheetJob(at.folder / "Contact sheet.png", SheetOptions())


def test_tables_are_json_or_csv(at: Exporting) -> None:
    at.click("export-kind-table")
    assert at.wish() == TableJob(at.folder / "Recipes.json")
    at.end(Exported((at.folder / "Recipes.json",)))
    at.click("export-table-csv")
    assert at.wish() == TableJob(at.folder / "Recipes.csv")


def test_while_it_exports_it_says_how_far_it_is_and_can_be_stopped(at: Exporting) -> None:
    at.wish()
    at.desk.work_changed.emit(Work(Task.EXPORTING, 1, 2))
    assert at.find(QProgressBar, "export-progress").value() == 1
    assert not at.find(QAbstractButton, "export-start").isEnabled()
    assert not at.find(QLineEdit, "export-folder").isEnabled()
    at.click("export-cancel")
    assert at.desk.calls[-1] == ("cancel",)
    at.end(Exported((), cancelled=True))
    assert at.text("export-result") == "Stopped. Files that were made before that: 0."


def test_the_result_is_said_and_can_be_shown(
    at: Exporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(export_dialog, "reveal", shown.append)
    at.wish()
    at.end(Exported((at.folder / "a.png", at.folder / "b.png")))
    assert at.text("export-result") == "Done. Files made and read back: 2."
    at.click("export-reveal")
    assert shown == [at.folder / "a.png"]


def test_pictures_that_could_not_be_exported_are_named(at: Exporting) -> None:
    at.wish()
    problems = tuple(f"{number}.png is damaged." for number in range(9))
    at.end(Exported((at.folder / "a.png",), problems))
    assert "0.png is damaged." in at.text("export-problems")
    assert "… and 4 more." in at.text("export-problems")


def test_trouble_with_the_folder_is_said_and_one_may_try_again(at: Exporting) -> None:
    at.wish()
    at.desk.notice.emit("The disk is full.")
    assert at.text("export-result") == "The disk is full."
    assert at.find(QAbstractButton, "export-start").isEnabled()
    assert not at.find(QAbstractButton, "export-reveal").isVisible()


def test_exports_of_others_are_not_taken_for_its_own(at: Exporting) -> None:
    at.end(Exported((at.folder / "a.png",)))
    assert at.text("export-result") == ""


def test_all_words_fit_whatever_is_chosen(at: Exporting) -> None:
    at.click("export-format-webp")
    for label in at.dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            needed = label.heightForWidth(label.width())
            assert label.height() >= needed, label.objectName()


def test_return_exports(at: Exporting, qtbot: QtBot) -> None:
    with qtbot.waitActive(at.dialog):
        at.dialog.activateWindow()
    names = at.find(QLineEdit, "export-names")
    names.setFocus()
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert len(at.desk.named("export")) == 1
