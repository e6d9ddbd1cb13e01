"""Where things are kept, and how they get there whole."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from ldm_desktop.core import paths


def test_one_folder_can_hold_everything(tmp_path: Path) -> None:
    found = paths.folders(tmp_path)
    assert {found.library, found.models, found.cache} == {
        tmp_path / "library",
        tmp_path / "models",
        tmp_path / "cache",
    }
    assert found.data == tmp_path
    assert not list(tmp_path.iterdir())


def test_without_a_choice_the_folders_are_the_systems_own() -> None:
    found = paths.folders()
    assert found.library.name == paths.NAME
    assert all(folder.is_absolute() for folder in vars(found).values())


def test_the_resources_are_found() -> None:
    assert paths.resources().is_dir()


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    paths.replace_durably(target, b"old")
    paths.replace_durably(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_the_order_of_a_durable_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def note_fsync(handle: int) -> None:
        done.append("fsync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "fsync file")
        fsync(handle)

    def note_rename(part: Path, final: Path) -> Path:
        done.append("rename")
        return rename(part, final)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_rename)
    paths.replace_durably(tmp_path / "a.bin", b"new")
    assert done == ["fsync file", "rename", "fsync folder"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.bin"
    paths.replace_durably(target, b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        paths.replace_durably(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_part_file_does_not_end_like_its_final_name(tmp_path: Path) -> None:
    with paths.part_file(tmp_path / "a.png") as part:
        assert part.parent == tmp_path
        assert part.suffix == ".part"
        part.write_bytes(b"x")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("number", "accepted"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_folder_that_cannot_be_synchronised_is_accepted_but_a_disk_error_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, accepted: bool
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    if accepted:
        paths.sync_folder(tmp_path)
        return
    with pytest.raises(OSError):
        paths.sync_folder(tmp_path)
