"""Settings survive, and what is wrong with a file is said and set aside."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.core import paths, settings, statefile
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.previews import PreviewKind
from ldm_desktop.core.settings import Settings, Theme


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Name a file of settings that is not there yet."""
    return tmp_path / "data" / "settings.json"


def written(file: Path, content: Any) -> Path:
    """Write a file of settings as some other program might."""
    file.parent.mkdir(exist_ok=True)
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    file.write_bytes(text)
    return file


def names(file: Path) -> list[str]:
    """Give what stands in the folder."""
    return sorted(path.name for path in file.parent.iterdir())


def test_without_a_file_the_settings_are_the_usual_ones_and_nothing_is_said(file: Path) -> None:
    assert settings.load(file) == (Settings(), "")
    assert not file.parent.exists()


@given(
    st.builds(
        Settings,
        library=st.sampled_from(["", str(Path.cwd() / "pictures")]),
        device=st.sampled_from(["auto", "cpu", "cuda:1", "mps"]),
        threads=st.integers(0, 64),
        preview=st.sampled_from(PreviewKind),
        preview_share=st.floats(0, 0.5),
        theme=st.sampled_from(Theme),
        language=st.sampled_from(settings.LANGUAGES),
        at_a_time=st.integers(1, 64),
        pause_on_battery=st.booleans(),
        keep_awake=st.booleans(),
        keyframe_bytes=st.integers(0, 2**40),
    )
)
def test_what_is_saved_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, chosen: Settings
) -> None:
    file = tmp_path_factory.getbasetemp() / "again" / "settings.json"
    settings.save(file, chosen)
    assert settings.load(file) == (chosen, "")
    assert names(file) == ["settings.json"]


def test_a_folder_whose_name_is_no_unicode_is_kept(file: Path) -> None:
    chosen = Settings(library=str(Path.cwd() / "\udc80"))
    settings.save(file, chosen)
    assert settings.load(file) == (chosen, "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[1]",
        b"7",
        {},
        {"theme": "light"},
        {"version": True},
        {"version": "1"},
        {"version": 0},
        {"version": 1, "wallpaper": "x"},
    ],
)
def test_a_damaged_file_is_set_aside_whole_and_said_so(file: Path, content: Any) -> None:
    before = written(file, content).read_bytes()
    found, notice = settings.load(file)
    assert found == Settings()
    assert "settings.json.damaged-1" in notice
    assert "settings.json cannot be used" in notice
    assert names(file) == ["settings.json.damaged-1"]
    assert (file.parent / "settings.json.damaged-1").read_bytes() == before


def test_the_file_of_a_newer_program_is_set_aside_for_it(file: Path) -> None:
    written(file, {"version": 2, "theme": {"base": "dark"}})
    found, notice = settings.load(file)
    assert found == Settings()
    assert "newer" in notice
    assert names(file) == ["settings.json.newer-1"]


def test_nothing_that_was_set_aside_before_is_replaced(file: Path) -> None:
    for number in (1, 2, 3):
        written(file, b"broken %d" % number)
        assert f"damaged-{number}" in settings.load(file)[1]
    assert (file.parent / "settings.json.damaged-1").read_bytes() == b"broken 1"


def test_a_folder_under_the_name_of_the_file_is_set_aside_as_well(file: Path) -> None:
    file.mkdir(parents=True)
    found, notice = settings.load(file)
    assert (found, names(file)) == (Settings(), ["settings.json.damaged-1"])
    assert "damaged-1" in notice


def test_a_file_that_cannot_be_set_aside_does_not_keep_the_program_from_starting(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, "Read-only file system")

    written(file, b"broken")
    monkeypatch.setattr(Path, "rename", refuse)
    found, notice = settings.load(file)
    assert found == Settings()
    assert "Read-only" in notice


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("threads", -1, "threads"),
        ("threads", 2.5, "threads"),
        ("threads", "two", "threads"),
        ("preview_share", 0.9, "preview share"),
        ("at_a_time", 0, "pictures at a time"),
        ("keyframe_bytes", -1, "keyframes"),
        ("device", "abacus", "abacus"),
        ("theme", "pink", "pink"),
        ("language", "tlh", "tlh"),
        ("library", "pictures", "library"),
        ("models", "/a\0b", "models"),
        ("keep_awake", 1, "keep_awake"),
    ],
)
def test_an_impossible_value_is_explained_and_the_others_stay(
    file: Path, name: str, value: Any, word: str
) -> None:
    written(file, {"version": 1, "pause_on_battery": True, name: value})
    found, notice = settings.load(file)
    assert found == Settings(pause_on_battery=True)
    assert word in notice
    assert names(file) == ["settings.json"]


def test_two_impossible_values_are_both_named(file: Path) -> None:
    written(file, {"version": 1, "threads": -1, "theme": "pink"})
    _, notice = settings.load(file)
    assert "threads" in notice
    assert "theme" in notice


def test_impossible_settings_cannot_be_made() -> None:
    with pytest.raises(BadArgumentError, match="threads"):
        Settings(threads=-1)


def test_a_disk_that_takes_nothing_is_explained_and_the_old_file_stays(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.save(file, Settings(threads=1))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError, match="No space left"):
        settings.save(file, Settings(threads=2))
    assert settings.load(file) == (Settings(threads=1), "")


def test_folders_that_are_set_take_the_place_of_the_systems(tmp_path: Path) -> None:
    usual = paths.folders(tmp_path)
    assert settings.with_settings(usual, Settings()) == usual
    library = str(tmp_path / "elsewhere")
    found = settings.with_settings(usual, Settings(library=library))
    assert found.library == Path(library)
    assert (found.models, found.data) == (usual.models, usual.data)


def test_a_huge_file_is_not_read_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statefile, "LARGEST", 10)
    written(file, {"version": 1, "threads": 3})
    assert "damaged-1" in settings.load(file)[1]
