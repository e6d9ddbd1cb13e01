"""The library as the worker sees it: pictures go in, and what nobody noted is found again."""

from __future__ import annotations

import dataclasses
import sys
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import apsw
import pytest
from rows import spoil
from samples import picture_of, recipe_of

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import gallery_database
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Precision, in_precision
from ldm_desktop.gallery import files
from ldm_desktop.gallery.index.database import open_database
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.gallery.records import Details, State


def another(picture: Picture) -> Picture:
    """Give a picture of the same recipe with an id of its own."""
    return dataclasses.replace(picture, record=dataclasses.replace(picture.record, id=uuid4()))


def test_a_saved_picture_is_found_by_a_later_run_and_only_by_its_own_id(tmp_path: Path) -> None:
    first, second = picture_of(), another(picture_of())
    keeper = LibraryKeeper(tmp_path)
    assert keeper.find(first.record.recipe, first.record.id) is None
    saved = [keeper.save(first), keeper.save(second)]
    assert saved[0] != saved[1]
    later = LibraryKeeper(tmp_path)
    assert later.find(second.record.recipe, second.record.id) == saved[1]
    assert later.find(first.record.recipe, first.record.id) == saved[0]
    assert later.find(first.record.recipe, uuid4()) is None


def test_a_damaged_picture_is_not_found_and_so_made_again(tmp_path: Path) -> None:
    picture = picture_of()
    saved = LibraryKeeper(tmp_path).save(picture)
    saved.write_bytes(saved.read_bytes()[:-40])
    assert LibraryKeeper(tmp_path).find(picture.record.recipe, picture.record.id) is None


def test_what_overflowed_in_fast_is_found_in_balanced(tmp_path: Path) -> None:
    fast = recipe_of(precision=Precision.FAST)
    made = picture_of(in_precision(fast, Precision.BALANCED))
    saved = LibraryKeeper(tmp_path).save(made)
    assert LibraryKeeper(tmp_path).find(fast, made.record.id) == saved


def test_another_library_is_listed_anew(tmp_path: Path) -> None:
    picture = picture_of()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    saved = files.save_in_library(picture, tmp_path / "two")
    keeper = LibraryKeeper(tmp_path / "one")
    assert keeper.find(picture.record.recipe, picture.record.id) is None
    keeper.library = tmp_path / "two"
    assert keeper.find(picture.record.recipe, picture.record.id) == saved


def test_a_library_that_cannot_be_listed_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    LibraryKeeper(tmp_path).save(picture_of())

    def broken(path: Path) -> list[Path]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "iterdir", broken)
    with pytest.raises(KnownError, match="cannot be listed: the disk reports an error"):
        LibraryKeeper(tmp_path).find(recipe_of(), uuid4())


def test_a_library_whose_disk_is_out_does_not_say_that_a_picture_was_not_saved(
    tmp_path: Path,
) -> None:
    picture, library = picture_of(), tmp_path / "library"
    library.mkdir()
    saved = LibraryKeeper(library).save(picture)
    library.rename(tmp_path / "away")
    keeper = LibraryKeeper(library)
    with pytest.raises(KnownError, match="it is not there"):
        keeper.find(picture.record.recipe, picture.record.id)
    (tmp_path / "away").rename(library)
    assert keeper.find(picture.record.recipe, picture.record.id) == saved


# Rows


def details_of(picture: Picture, data: Path, library: Path) -> Details:
    """Give what the gallery knows of a picture."""
    connection = open_database(gallery_database(data, library)).connection
    try:
        return Store(connection, library).details(picture.record.id)
    finally:
        connection.close()


def rows_of(data: Path, library: Path) -> int:
    """Count the rows of a library."""
    connection = open_database(gallery_database(data, library)).connection
    try:
        return Store(connection, library).count()
    finally:
        connection.close()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Make a library."""
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


def test_a_saved_picture_has_its_row_at_once(tmp_path: Path, library: Path) -> None:
    picture = picture_of()
    keeper = LibraryKeeper(library, tmp_path)
    saved = keeper.save(picture)
    details = details_of(picture, tmp_path, library)
    assert library / details.entry.file == saved
    assert details.entry.state is State.PRESENT
    assert details.entry.pixels == picture.frame.sha256
    assert details.made.recipe == picture.record.recipe
    assert details.made.environment == picture.record.environment
    keeper.close()
    keeper.save(picture_of(seed=4))
    keeper.close()
    assert rows_of(tmp_path, library) == 2


def test_rows_go_to_the_gallery_of_the_library_that_was_saved_to(
    tmp_path: Path, library: Path
) -> None:
    keeper = LibraryKeeper(library, tmp_path)
    keeper.save(picture_of(seed=1))
    keeper.library = tmp_path / "other"
    keeper.library.mkdir()
    keeper.save(picture_of(seed=2))
    keeper.save(picture_of(seed=3))
    keeper.close()
    assert rows_of(tmp_path, library) == 1
    assert rows_of(tmp_path, tmp_path / "other") == 2


def test_the_thread_that_saves_opens_the_database(tmp_path: Path, library: Path) -> None:
    keeper = LibraryKeeper(library, tmp_path)
    assert not (tmp_path / "galleries").exists()
    thread = threading.Thread(target=keeper.save, args=(picture_of(),))
    thread.start()
    thread.join()
    keeper.close()
    assert rows_of(tmp_path, library) == 1


def test_a_gallery_in_trouble_fails_no_save_and_says_so_once_until_it_is_over(
    tmp_path: Path, library: Path
) -> None:
    told: list[str] = []
    keeper = LibraryKeeper(library, tmp_path, told.append)
    (tmp_path / "galleries").write_text("in the way")
    saved = [keeper.save(picture_of(seed=seed)) for seed in (1, 2)]
    assert all(file.exists() for file in saved)
    (sentence,) = told
    assert sentence.startswith(f"{saved[0].name} is saved, but not in the gallery yet. The gallery")
    (tmp_path / "galleries").unlink()
    keeper.save(picture_of(seed=3))
    assert rows_of(tmp_path, library) == 1
    store = keeper._store
    assert store
    store.connection.pragma("query_only", True)
    keeper.save(picture_of(seed=4))
    assert len(told) == 2
    assert "can only be read" in told[1]
    keeper.close()


def test_what_had_to_be_done_to_the_database_is_told(tmp_path: Path, library: Path) -> None:
    told: list[str] = []
    database = gallery_database(tmp_path, library)
    database.parent.mkdir()
    database.write_bytes(b"This is a letter. " * 999)
    keeper = LibraryKeeper(library, tmp_path, told.append)
    keeper.save(picture_of())
    (sentence,) = told
    assert "damaged and is kept as" in sentence
    keeper.close()
    assert rows_of(tmp_path, library) == 1


def test_a_bug_in_the_gallery_fails_no_save_and_is_reported(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[Any] = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: reported.append(error[0]))
    keeper = LibraryKeeper(library, tmp_path)
    keeper.save(picture_of(seed=1))
    store = keeper._store
    assert store
    store.connection.execute("DROP TABLE parents")
    assert keeper.save(picture_of(seed=2)).exists()
    assert reported == [apsw.SQLError]
    keeper.close()


def test_a_database_that_was_damaged_meanwhile_can_be_set_aside(
    tmp_path: Path, library: Path
) -> None:
    told: list[str] = []
    keeper = LibraryKeeper(library, tmp_path, told.append)
    keeper.save(picture_of())
    database = gallery_database(tmp_path, library)
    store = keeper._store
    assert store
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    spoil(database)
    store.connection.execute("PRAGMA shrink_memory").fetchall()
    keeper.save(picture_of(seed=4))
    assert "is damaged" in told[0]
    opened = open_database(database)
    assert "is kept as" in opened.notices[0]
    opened.connection.close()
    keeper.save(picture_of(seed=5))
    assert rows_of(tmp_path, library) == 1
    keeper.close()


def test_a_frame_has_its_recipes_name_and_no_row(tmp_path: Path) -> None:
    picture, folder = picture_of(), tmp_path / "frames"
    keeper = LibraryKeeper(tmp_path / "library", tmp_path / "data")
    assert keeper.find_frame(picture.record.recipe, folder) is None
    file = keeper.save_frame(picture, folder)
    assert file == folder / f"{picture.record.recipe.id}.png"
    assert files.read(file) == picture
    assert keeper.find_frame(picture.record.recipe, folder) == file
    assert keeper.find_frame(recipe_of(99), folder) is None
    assert not (tmp_path / "library").exists()
    assert not (tmp_path / "data").exists()
    assert [each.name for each in folder.iterdir()] == [file.name]


def test_a_damaged_frame_is_not_found_and_is_made_over(tmp_path: Path) -> None:
    picture, keeper = picture_of(), LibraryKeeper(tmp_path / "library")
    file = keeper.save_frame(picture, tmp_path)
    file.write_bytes(file.read_bytes()[:-40])
    assert keeper.find_frame(picture.record.recipe, tmp_path) is None
    assert keeper.save_frame(another(picture), tmp_path) == file
    assert keeper.find_frame(picture.record.recipe, tmp_path) == file


def test_a_frame_of_another_recipe_under_the_name_is_not_taken_for_it(tmp_path: Path) -> None:
    keeper = LibraryKeeper(tmp_path / "library")
    other = keeper.save_frame(picture_of(seed=4), tmp_path)
    other.rename(tmp_path / f"{recipe_of(3).id}.png")
    assert keeper.find_frame(recipe_of(3), tmp_path) is None


def test_a_frame_that_overflowed_in_fast_is_found_in_balanced(tmp_path: Path) -> None:
    fast = recipe_of(precision=Precision.FAST)
    keeper = LibraryKeeper(tmp_path / "library")
    file = keeper.save_frame(picture_of(in_precision(fast, Precision.BALANCED)), tmp_path)
    assert keeper.find_frame(fast, tmp_path) == file


def test_a_frame_that_cannot_be_saved_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = LibraryKeeper(tmp_path / "library")
    with pytest.raises(KnownError, match="cannot be written to: it is not there"):
        keeper.save_frame(picture_of(), tmp_path / "away" / "frames")
    file = keeper.save_frame(picture_of(), tmp_path)

    def full(path: Path, data: bytes) -> None:
        path.write_bytes(data[:20])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paths, "write_durably", full)
    with pytest.raises(KnownError, match="the disk is full"):
        keeper.save_frame(picture_of(), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
    assert keeper.find_frame(recipe_of(), tmp_path) == file
