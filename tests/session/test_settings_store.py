"""A setting that is changed holds at once, and is written beside the GUI thread."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ldm_desktop.core import settings
from ldm_desktop.core.settings import Settings, Theme
from ldm_desktop.session.settings_store import SettingsStore


def test_a_change_is_told_with_what_was_before_and_is_there_at_the_next_start(
    qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    store = SettingsStore(file)
    with qtbot.waitSignal(store.changed) as told:
        store.change(theme=Theme.LIGHT, threads=2)
    new = Settings(theme=Theme.LIGHT, threads=2)
    assert told.args == [new, Settings()]
    store.save()
    assert (store.settings, SettingsStore(file).settings) == (new, new)


def test_a_disk_that_is_slow_holds_nobody_up(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers: list[int] = []
    usual = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: writers.append(threading.get_ident()) or usual(handle)
    )
    store = SettingsStore(tmp_path / "settings.json")
    store.change(threads=2)
    store.save()
    assert writers
    assert threading.get_ident() not in writers


def test_a_change_is_written_when_nothing_happens_for_a_while(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    store = SettingsStore(file)
    for threads in (1, 2, 3):
        store.change(threads=threads)
    assert not file.exists()
    qtbot.waitUntil(file.exists, timeout=20_000)
    assert settings.load(file) == (Settings(threads=3), "")


def test_a_change_to_the_same_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    with qtbot.assertNotEmitted(store.changed):
        store.change(threads=0)
    store.save()
    assert not list(tmp_path.iterdir())


def test_an_impossible_value_is_explained_and_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    with qtbot.waitSignal(store.trouble) as told, qtbot.assertNotEmitted(store.changed):
        store.change(threads=-1)
    assert "threads" in str(told.args)
    assert store.settings == Settings()


def test_a_full_disk_is_explained_and_the_setting_holds_until_the_end(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    store = SettingsStore(tmp_path / "settings.json")
    monkeypatch.setattr(os, "fsync", full)
    with qtbot.waitSignal(store.trouble) as told:
        store.change(threads=2)
        store.save()
    assert "No space left" in str(told.args)
    assert store.settings.threads == 2


def test_a_damaged_file_is_told_of_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text("{")
    store = SettingsStore(file)
    assert "damaged-1" in store.opening_notice
    store.change(threads=1)
    store.save()
    assert settings.load(file) == (Settings(threads=1), "")
