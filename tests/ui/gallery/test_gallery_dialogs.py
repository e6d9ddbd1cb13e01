"""What long tasks of the gallery have to say."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from looking import FakeDesk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.care.incoming import Brought, Refused
from ldm_desktop.gallery.care.scan import Report
from ldm_desktop.gallery.care.verify import Finding, Findings, Kind
from ldm_desktop.session.gallery.values import Task, TaskDone, Work
from ldm_desktop.ui.gallery import finding_words, report_view
from ldm_desktop.ui.gallery.gallery_dialogs import ImportReport, RebuildDialog, VerifyReport
from ldm_desktop.ui.gallery.report_view import Heading, ReportView

ONE, TWO = UUID(int=1, version=4), UUID(int=2, version=4)
BROUGHT = Brought((ONE, TWO), (), (Refused(Path("notes.txt"), "It is not a picture."),))
GONE = Finding(Kind.MISSING, Path("day/a.png"), ONE, "It is gone.")
TWICE = Finding(Kind.DUPLICATE, Path("day/b.png"), TWO, "The same as c.png.")


@pytest.fixture
def desk(dressed: QApplication) -> FakeDesk:
    return FakeDesk()


def words(dialog: QDialog, name: str) -> str:
    return dialog.findChild(QLabel, name).text()


def button(dialog: QDialog, name: str) -> QPushButton:
    return dialog.findChild(QPushButton, name)


def report(dialog: QDialog) -> str:
    return dialog.findChild(ReportView).text()


def test_an_import_tells_how_far_it_is_and_can_be_stopped(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = ImportReport(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.begin()
    desk.work_changed.emit(Work(Task.IMPORTING, 3, 12))
    bar = dialog.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (3, 12)
    assert words(dialog, "import-amount") == "3 of 12"
    qtbot.mouseClick(button(dialog, "import-cancel"), Qt.MouseButton.LeftButton)
    assert desk.calls == [("cancel",)]
    assert not button(dialog, "import-cancel").isEnabled()


def test_an_import_says_what_came_in_and_why_the_rest_did_not(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = ImportReport(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.begin()
    desk.task_done.emit(TaskDone(Task.IMPORTING, BROUGHT))
    assert words(dialog, "import-words") == "Added: 2 · already here: 0 · refused: 1"
    assert "notes.txt\tIt is not a picture." in report(dialog)
    qtbot.mouseClick(button(dialog, "import-copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == report(dialog)


def test_tasks_of_others_are_not_taken_for_its_own(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = ImportReport(desk)
    qtbot.addWidget(dialog)
    before = words(dialog, "import-words")
    desk.task_done.emit(TaskDone(Task.IMPORTING, BROUGHT))
    dialog.begin()
    desk.task_done.emit(TaskDone(Task.REBUILDING, Report()))
    assert dialog.waiting
    assert words(dialog, "import-words") == before


def test_trouble_ends_a_task(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = ImportReport(desk)
    qtbot.addWidget(dialog)
    dialog.begin()
    desk.notice.emit("The disk is full.")
    assert not dialog.waiting
    assert words(dialog, "import-words") == "The disk is full."


def test_what_others_say_while_it_runs_does_not_end_it(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = ImportReport(desk)
    qtbot.addWidget(dialog)
    dialog.begin()
    desk.work_changed.emit(Work(Task.IMPORTING, 1, 2))
    desk.notice.emit("Nothing can be undone any more.")
    assert dialog.waiting
    desk.work_changed.emit(Work(Task.IMPORTING, ended=True))
    desk.trouble.emit("The library is not there.")
    assert words(dialog, "import-words") == "The library is not there."


def test_a_task_that_ends_without_a_word_ends_all_the_same(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = ImportReport(desk)
    qtbot.addWidget(dialog)
    dialog.begin()
    desk.work_changed.emit(Work(Task.IMPORTING))
    desk.work_changed.emit(Work(Task.IMPORTING, ended=True))
    qtbot.waitUntil(lambda: not dialog.waiting)
    assert "out of reach" in words(dialog, "import-words")


def test_a_check_groups_what_it_found_and_offers_to_mend_it(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = VerifyReport(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.start()
    assert desk.calls == [("verify", False)]
    assert not button(dialog, "verify-repair").isVisible()
    desk.task_done.emit(TaskDone(Task.VERIFYING, Findings(40, (GONE, TWICE), ("No entry.",))))
    text = report(dialog)
    assert text.index("Missing: 1") < text.index("Duplicates: 1") < text.index("No entry.")
    assert "day/a.png\tIt is gone." in text
    qtbot.mouseClick(button(dialog, "verify-repair"), Qt.MouseButton.LeftButton)
    assert desk.calls[-1] == ("verify", True)
    mended = Finding(GONE.kind, GONE.file, GONE.picture, GONE.sentence, repaired=True)
    desk.task_done.emit(TaskDone(Task.VERIFYING, Findings(40, (mended, TWICE))))
    assert words(dialog, "verify-words") == "Files read: 40. Mended: 1. The rest is up to you."
    assert "It is gone. Mended." in report(dialog)
    assert not button(dialog, "verify-repair").isVisible()


def test_a_check_that_finds_nothing_says_so(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = VerifyReport(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.start()
    desk.task_done.emit(TaskDone(Task.VERIFYING, Findings(40, ())))
    assert words(dialog, "verify-words").startswith("Everything is as it should be.")
    assert not button(dialog, "verify-repair").isVisible()
    assert not dialog.findChild(ReportView).isVisible()


def test_every_kind_of_finding_has_words() -> None:
    assert set(finding_words.kind_words()) == {kind.value for kind in Kind}


def test_a_rebuild_begins_when_it_is_wished(desk: FakeDesk, qtbot: QtBot) -> None:
    dialog = RebuildDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert desk.calls == []
    qtbot.mouseClick(button(dialog, "rebuild-start"), Qt.MouseButton.LeftButton)
    assert desk.calls == [("rebuild",)]
    assert not button(dialog, "rebuild-start").isEnabled()
    stopped = Report(looked=70, problems=("x.png cannot be looked at.",), cancelled=True)
    desk.task_done.emit(TaskDone(Task.REBUILDING, stopped, cancelled=True))
    assert words(dialog, "rebuild-words") == "Stopped. Pictures read before that: 70."
    assert "x.png cannot be looked at." in report(dialog)
    assert button(dialog, "rebuild-start").isEnabled()


def test_of_very_many_lines_the_first_are_shown_and_all_are_copied(
    qtbot: QtBot, dressed: QApplication
) -> None:
    view = ReportView("report", "Report")
    qtbot.addWidget(view)
    lines = tuple((f"{number}.png", "gone") for number in range(report_view.MOST_SHOWN + 7))
    view.show_headings([Heading("Missing", "They are gone.", lines), Heading("None", "", ())])
    assert view.topLevelItemCount() == 1
    top = view.topLevelItem(0)
    assert top.childCount() == report_view.MOST_SHOWN + 2
    assert top.child(top.childCount() - 1).text(0) == "… and 7 more."
    assert f"{report_view.MOST_SHOWN + 6}.png\tgone" in view.text()


def test_selected_lines_are_copied_alone(qtbot: QtBot, dressed: QApplication) -> None:
    view = ReportView("report", "Report")
    qtbot.addWidget(view)
    view.show()
    view.show_headings([Heading("Missing", "", (("a.png", "gone"), ("b.png", "gone")))])
    view.topLevelItem(0).child(1).setSelected(True)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "b.png\tgone"
