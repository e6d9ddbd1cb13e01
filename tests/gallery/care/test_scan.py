"""A quick look at the library's folder: what is there, and what is passed over."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ldm_desktop.gallery.care import scan
from ldm_desktop.gallery.files import UnreachableError


def filled(library: Path, *names: str) -> Path:
    """Make files with these names."""
    for name in names:
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).write_bytes(name.encode())
    return library


def test_files_are_seen_at_any_depth_with_size_and_time(tmp_path: Path) -> None:
    filled(tmp_path, "a.png", "2026-11-23/b ü.png", "2026-11-23/deep/er/c.png")
    seen = {each.path.as_posix(): each for each in scan.walk(tmp_path)}
    assert set(seen) == {"a.png", "2026-11-23/b ü.png", "2026-11-23/deep/er/c.png"}
    assert seen["a.png"].size == len("a.png")
    assert seen["a.png"].mtime_ns == (tmp_path / "a.png").stat().st_mtime_ns


def test_hidden_and_unfinished_files_links_and_what_the_gallery_keeps_are_passed_over(
    tmp_path: Path,
) -> None:
    library = filled(
        tmp_path / "library", ".a.png", ".unfinished/b.png", "c.png.part", "albums.json",
        "albums.json.damaged-1", "day/d.png.xmp.damaged-1", "day/albums.json",
    )  # fmt: skip
    outside = filled(tmp_path / "outside", "far.png")
    (library / "link.png").symlink_to(outside / "far.png")
    (library / "folder").symlink_to(outside, target_is_directory=True)
    (library / "loop").symlink_to(library, target_is_directory=True)
    os.mkfifo(library / "pipe.png")
    assert [each.path.as_posix() for each in scan.walk(library)] == ["day/albums.json"]


def test_sidecars_are_listed_apart(tmp_path: Path) -> None:
    listing = scan.list_library(filled(tmp_path, "a.png", "a.png.xmp", "B.XMP"))
    assert set(listing.pictures) == {b"a.png"}
    assert set(listing.sidecars) == {b"a.png.xmp", b"B.XMP"}


def test_a_library_that_is_not_there_cannot_be_reached(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="disk was taken out"):
        list(scan.walk(tmp_path / "away"))
    with pytest.raises(UnreachableError, match="a file stands where a folder"):
        scan.list_library(filled(tmp_path, "file") / "file")


def test_what_is_below_a_folder_that_cannot_be_listed_is_unknown_not_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, "a.png", "shut/b.png", "shutter/c.png")
    scandir = os.scandir

    def refusing(folder: bytes) -> object:
        if folder.endswith(b"shut"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    listing = scan.list_library(tmp_path)
    assert set(listing.pictures) == {b"a.png", b"shutter/c.png"}
    assert listing.has_unknown(b"shut/b.png")
    assert not listing.has_unknown(b"shutter/b.png")
    assert "no permission" in listing.problems[0]


def test_names_that_are_no_text_are_kept_to_the_byte(tmp_path: Path) -> None:
    name = b"caf\xe9.png"
    (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    (seen,) = scan.walk(tmp_path)
    assert seen.file == name
    assert scan.see(tmp_path, seen.path) == seen


def test_only_files_are_seen_by_name(tmp_path: Path) -> None:
    filled(tmp_path, "a/b.png")
    (tmp_path / "link").symlink_to("a")
    for name in ("a", "link", "gone", "a/b.png/c"):
        assert scan.see(tmp_path, Path(name)) is None
