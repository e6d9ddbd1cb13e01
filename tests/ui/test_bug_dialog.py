"""The one dialog for bugs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ldm_desktop.ui.bug_dialog import MOST, BugDialog


@pytest.fixture
def dialog(qtbot: QtBot, dressed: QApplication) -> Iterator[BugDialog]:
    dialog = BugDialog()
    dialog.show()
    yield dialog
    if isValid(dialog):
        dialog.close()


def test_it_says_what_happened_and_shows_the_report(dialog: BugDialog) -> None:
    dialog.add("This is a bug.", "ValueError: 3")
    assert dialog.sentence.text() == "This is a bug."
    assert dialog.field.toPlainText() == "ValueError: 3"
    assert dialog.field.isReadOnly()


def test_more_bugs_join_the_first(dialog: BugDialog) -> None:
    dialog.add("One.", "ValueError: 1")
    dialog.add("Two.", "ValueError: 2")
    dialog.add("Two.", "ValueError: 2")
    assert dialog.sentence.text() == "Two."
    assert dialog.field.toPlainText() == "ValueError: 1\n\nValueError: 2"


def test_a_fault_without_end_does_not_fill_it(dialog: BugDialog) -> None:
    for number in range(MOST + 5):
        dialog.add("Again.", f"ValueError: {number}")
    text = dialog.field.toPlainText()
    assert f"ValueError: {MOST - 1}\n" in text
    assert f"ValueError: {MOST}" not in text
    assert text.endswith("Reports left out: 5")


def test_the_report_is_copied(dialog: BugDialog) -> None:
    dialog.add("This is a bug.", "ValueError: 3")
    dialog.findChild(QPushButton, "report-copy").click()
    assert QGuiApplication.clipboard().text() == "ValueError: 3"


def test_one_goes_on_with_return(dialog: BugDialog) -> None:
    go_on = dialog.findChild(QPushButton, "report-close")
    assert go_on.text() == "Go on"
    assert go_on.isDefault()
    go_on.click()
    assert not dialog.isVisible()
