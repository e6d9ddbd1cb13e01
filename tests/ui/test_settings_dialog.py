"""The settings: what is changed there holds at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ldm_desktop.core.paths import folders
from ldm_desktop.core.previews import PreviewKind
from ldm_desktop.core.settings import Settings, Theme
from ldm_desktop.session.settings_store import SettingsStore
from ldm_desktop.ui.about_dialog import AboutDialog
from ldm_desktop.ui.settings_dialog import SettingsDialog


@pytest.fixture
def store(qtbot: QtBot, tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.json")


@pytest.fixture
def dialog(
    qtbot: QtBot, dressed: QApplication, store: SettingsStore, tmp_path: Path
) -> Iterator[SettingsDialog]:
    dialog = SettingsDialog(store, folders(tmp_path))
    dialog.show()
    yield dialog
    if isValid(dialog):
        dialog.close()


def pick(dialog: SettingsDialog, name: str, text: str) -> None:
    box = dialog.findChild(QComboBox, f"settings-{name}")
    row = box.findText(text)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_choices_hold_at_once_and_are_kept(
    dialog: SettingsDialog, store: SettingsStore, tmp_path: Path
) -> None:
    pick(dialog, "theme", "Light")
    pick(dialog, "device", "CPU")
    pick(dialog, "preview", "No previews")
    pick(dialog, "language", "Deutsch")
    dialog.findChild(QCheckBox, "settings-pause-on-battery").click()
    dialog.findChild(QCheckBox, "settings-keep-awake").click()
    expected = Settings(
        theme=Theme.LIGHT,
        device="cpu",
        preview=PreviewKind.OFF,
        language="de",
        pause_on_battery=True,
        keep_awake=False,
    )
    assert store.settings == expected
    store.save()
    assert SettingsStore(tmp_path / "settings.json").settings == expected


def test_figures_hold_after_a_rest_as_some_restart_the_engine(
    qtbot: QtBot, dialog: SettingsDialog, store: SettingsStore
) -> None:
    threads = dialog.findChild(QSpinBox, "settings-threads")
    changes: list[int] = []
    store.changed.connect(lambda new, _old: changes.append(new.threads))
    for _ in range(3):
        threads.stepUp()
    qtbot.waitUntil(lambda: store.settings.threads == 3)
    assert changes == [3]


def test_closing_takes_what_was_changed_last(dialog: SettingsDialog, store: SettingsStore) -> None:
    dialog.findChild(QSpinBox, "settings-at-a-time").setValue(8)
    dialog.findChild(QSpinBox, "settings-preview-share").setValue(10)
    dialog.findChild(QSpinBox, "settings-keyframe-bytes").setValue(0)
    dialog.findChild(QPushButton, "settings-close").click()
    assert store.settings == Settings(at_a_time=8, preview_share=0.1, keyframe_bytes=0)


def test_no_figure_means_automatic(dialog: SettingsDialog) -> None:
    assert dialog.findChild(QSpinBox, "settings-threads").text() == "Automatic"


def test_a_folder_is_typed_and_the_usual_one_is_shown_pale(
    qtbot: QtBot, dialog: SettingsDialog, store: SettingsStore, tmp_path: Path
) -> None:
    edit = dialog.findChild(QLineEdit, "settings-library-edit")
    assert edit.text() == ""
    assert edit.placeholderText() == str(tmp_path / "library")
    qtbot.keyClicks(edit, str(tmp_path / "mine"))
    assert store.settings.library == ""
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert store.settings.library == str(tmp_path / "mine")
    assert dialog.isVisible()


def test_an_impossible_folder_is_explained_and_changes_nothing(
    qtbot: QtBot, dialog: SettingsDialog, store: SettingsStore
) -> None:
    edit = dialog.findChild(QLineEdit, "settings-models-edit")
    edit.setText("nowhere")
    edit.editingFinished.emit()
    assert store.settings.models == ""
    problem = dialog.findChild(QLabel, "settings-problem")
    assert problem.isVisible()
    assert "whole path" in problem.text()
    pick(dialog, "theme", "Light")
    assert not problem.isVisible()


def test_a_change_from_elsewhere_is_shown(dialog: SettingsDialog, store: SettingsStore) -> None:
    store.change(theme=Theme.SYSTEM, threads=5)
    assert dialog.findChild(QComboBox, "settings-theme").currentText() == "As the system"
    assert dialog.findChild(QSpinBox, "settings-threads").value() == 5


def test_resetting_leaves_the_folders(
    dialog: SettingsDialog, store: SettingsStore, tmp_path: Path
) -> None:
    store.change(library=str(tmp_path / "mine"), threads=5, theme=Theme.LIGHT)
    dialog.findChild(QPushButton, "settings-reset").click()
    assert store.settings == Settings(library=str(tmp_path / "mine"))


def test_every_field_has_a_name_and_is_reached_by_tab(dialog: SettingsDialog) -> None:
    kinds = (QLineEdit, QComboBox, QSpinBox, QCheckBox, QPushButton)
    fields: list[QWidget] = [
        widget
        for kind in kinds
        for widget in dialog.findChildren(kind)
        if widget.objectName().startswith("settings-")
    ]
    assert len(fields) >= 14
    for widget in fields:
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()
        if not isinstance(widget, QPushButton):
            assert widget.accessibleName(), widget.objectName()


def test_the_program_says_what_it_is(qtbot: QtBot, dressed: QApplication) -> None:
    from ldm_desktop import __version__

    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))
