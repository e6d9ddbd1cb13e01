"""Settings out of pictures, recipes and seeds that were dropped or pasted."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path

import pytest
from fakes import CARD
from PIL import Image
from samples import picture_of, recipe_of

from ldm_desktop.core import codec, paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Recipe, Stop, fork
from ldm_desktop.gallery import files
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.recall import recall

RECIPE = fork(recipe_of(2**32 - 1), 9, Stop())


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    """Give a shelf on which the model of the recipes stands."""
    folder = tmp_path / "data" / "models" / "here"
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text("{}")
    made = ModelShelf(paths.folders(tmp_path / "data"))
    made.set_card(dataclasses.replace(CARD, folder=str(folder)))
    return made


@pytest.fixture
def png(tmp_path: Path) -> Path:
    """Save a picture."""
    return files.save_as(picture_of(RECIPE), tmp_path / "a picture.png")


def written(file: Path, recipe: Recipe = RECIPE) -> Path:
    """Write a recipe."""
    file.write_text(codec.canonical(recipe))
    return file


def test_a_picture_that_was_saved_gives_its_recipe(shelf: ModelShelf, png: Path) -> None:
    found = recall([png], shelf)
    assert (found.recipe, found.file, found.sentence) == (RECIPE, png, "")
    assert found.model_folder == shelf.find(RECIPE.model)


@pytest.mark.parametrize("name", ["recipe.json", "recipe.JSON", "recipe.txt"])
def test_a_recipe_in_a_file_is_read(shelf: ModelShelf, tmp_path: Path, name: str) -> None:
    assert recall([written(tmp_path / name)], shelf).recipe == RECIPE


def test_a_pasted_recipe_is_read(shelf: ModelShelf) -> None:
    found = recall(f"\n {codec.canonical(RECIPE)} ", shelf)
    assert (found.recipe, found.file) == (RECIPE, None)


@pytest.mark.parametrize("wrap", [("recipe",), ("record", "recipe")])
def test_a_recipe_is_found_in_what_it_stands_in(shelf: ModelShelf, wrap: tuple[str, ...]) -> None:
    data = codec.to_json(RECIPE)
    for name in reversed(wrap):
        data = {"id": "x", name: data}
    assert recall(json.dumps(data), shelf).recipe == RECIPE


def test_files_that_were_copied_in_a_file_manager_are_read(shelf: ModelShelf, png: Path) -> None:
    assert recall(f"{png.as_uri()}\r\n", shelf).file == png


@pytest.mark.parametrize("text", ["3", " 0:16", "3,4,5", str(2**40)])
def test_a_seed_or_range_is_left_to_the_seed_field(shelf: ModelShelf, text: str) -> None:
    found = recall(text, shelf)
    assert (found.recipe, found.seed) == (None, text.strip())


@pytest.mark.parametrize("text", ["", "hello", "3 4", "https://example.org/a.png", "x" * 10**6])
def test_another_text_is_refused_briefly(shelf: ModelShelf, text: str) -> None:
    with pytest.raises(KnownError, match="neither a recipe nor a seed") as refusal:
        recall(text, shelf)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize("text", ["{", "{}", '{"version": 1}', '{"version": 9, "seed": "12"}'])
def test_a_text_that_is_no_whole_recipe_is_explained(shelf: ModelShelf, text: str) -> None:
    with pytest.raises(KnownError):
        recall(text, shelf)


def test_a_newer_recipe_is_refused_with_its_seed(shelf: ModelShelf) -> None:
    with pytest.raises(KnownError, match="Its seed: 12"):
        recall('{"version": 9, "noise": {"seed": "12"}}', shelf)


def test_a_model_that_is_not_here_is_explained(tmp_path: Path, png: Path) -> None:
    shelf = ModelShelf(paths.folders(tmp_path / "empty"))
    recipe = dataclasses.replace(
        recipe_of(), model=dataclasses.replace(CARD.ref, fingerprint="ab" * 32, name="lakes")
    )
    found = recall(codec.canonical(recipe), shelf)
    assert (found.recipe, found.model_folder) == (recipe, None)
    for words in ("lakes (abababab…)", str(tmp_path / "empty" / "models"), "all the same"):
        assert words in found.sentence


def test_a_picture_of_another_program_is_explained(shelf: ModelShelf, tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "photo.png")
    with pytest.raises(KnownError, match="no recipe in it"):
        recall([tmp_path / "photo.png"], shelf)


@pytest.mark.parametrize("name", ["photo.jpg", "notes", "folder.png"])
def test_what_is_no_picture_and_no_recipe_is_not_even_opened(
    shelf: ModelShelf, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(KnownError, match="neither a PNG"):
        recall([tmp_path / name], shelf)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
@pytest.mark.parametrize("name", ["pipe.png", "pipe.json"])
def test_a_pipe_is_not_waited_for(shelf: ModelShelf, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(KnownError, match="neither a PNG"):
        recall([tmp_path / name], shelf)


def test_a_file_that_has_gone_is_explained(shelf: ModelShelf, tmp_path: Path) -> None:
    for name in ("gone.png", "gone.json"):
        with pytest.raises(KnownError, match=name):
            recall([tmp_path / name], shelf)


def test_a_huge_file_is_refused(shelf: ModelShelf, tmp_path: Path) -> None:
    for name in ("huge.png", "huge.json"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(1 << 40)
        with pytest.raises(KnownError, match=r"large"):
            recall([tmp_path / name], shelf)


def test_of_several_files_the_first_that_can_be_read_is_used_and_said_so(
    shelf: ModelShelf, tmp_path: Path, png: Path
) -> None:
    found = recall([tmp_path / "notes.doc", png, written(tmp_path / "b.json", recipe_of(5))], shelf)
    assert (found.recipe, found.file) == (RECIPE, png)
    assert "3 files only a picture.png" in found.sentence


def test_of_several_files_none_of_which_can_be_read_the_first_is_explained(
    shelf: ModelShelf, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match=r"a\.doc"):
        recall([tmp_path / "a.doc", tmp_path / "b.doc"], shelf)
    with pytest.raises(KnownError, match="no file"):
        recall([], shelf)
