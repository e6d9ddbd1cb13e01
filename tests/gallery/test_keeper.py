"""The library as the worker sees it: pictures go in, and what nobody noted is found again."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from uuid import uuid4

import pytest
from samples import picture_of, recipe_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Precision, in_precision
from ldm_desktop.gallery import files
from ldm_desktop.gallery.keeper import LibraryKeeper


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
