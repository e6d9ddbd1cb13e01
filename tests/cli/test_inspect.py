"""`show`, `models list`, `reproduce` and `selftest`."""

from __future__ import annotations

import dataclasses
import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from models import make_tiny_model

from ldm_desktop.core import model_folders, paths, recipe
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import Mix, Parent, Seed
from ldm_desktop.core.picture import Environment, Picture
from ldm_desktop.core.recipe import Renoise
from ldm_desktop.gallery import files

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> paths.Folders:
    """Keep models and caches in a folder of the test, and ship none."""
    folders = paths.folders(tmp_path / "data")
    monkeypatch.setattr(paths, "folders", lambda data_dir=None: folders)
    monkeypatch.setattr(model_folders, "resources", lambda: tmp_path / "resources")
    return folders


@pytest.fixture
def file(generate: Run) -> Path:
    """Make one picture."""
    return Path(generate("--seed", 3, "--steps", 6).lines[0]["file"])


def altered(file: Path, by: int = 0, **environment: Any) -> Path:
    """Save a copy whose record claims another environment, or whose pixels are others."""
    picture = files.read(file)
    pixels = bytes(min(255, value + by) for value in picture.frame.pixels)
    frame = Frame(picture.frame.width, picture.frame.height, pixels)
    place: Environment = dataclasses.replace(picture.record.environment, **environment)
    record = dataclasses.replace(picture.record, environment=place)
    if environment and by:
        record = dataclasses.replace(record, pixels_sha256=frame.sha256)
    return files.save_as(Picture(record, frame), file.with_name("altered.png"))


def test_show_says_how_a_picture_was_made(run: Run, file: Path) -> None:
    answer = run("show", file)
    record = files.read_record(file)
    lines = {line.split()[0]: " ".join(line.split()[1:]) for line in answer.out.splitlines()}
    assert (answer.code, answer.err) == (0, "")
    assert lines["picture"] == str(record.id)
    assert lines["noise"] == "seed 3"
    assert lines["sampler"] == "ddim, 6 steps, eta 0, diffusers"
    assert lines["size"] == "32 × 32"
    assert lines["pixels"] == record.pixels_sha256
    told = run("show", file, "--json").lines[0]
    assert told["intact"] is True
    assert {"id", "file", "seed", "recipe", "environment", "created"} < set(told)


def test_show_names_mixes_branches_and_edits(run: Run, file: Path, tmp_path: Path) -> None:
    picture = files.read(file)
    mix = Mix((Parent(Seed(1), 1.0), Parent(Seed(2), 0.5)))
    mixed = dataclasses.replace(picture.record.recipe, noise=mix)
    branch = recipe.fork(mixed, 2, Renoise(Seed(9), 30.0))
    record = dataclasses.replace(picture.record, recipe=branch, pixels_sha256="0" * 64)
    made = files.save(Picture(record, picture.frame), tmp_path)
    answer = run("show", made)
    assert "mix {" in answer.out
    assert "step 2" in answer.out
    assert "changed after they were saved" in answer.out
    told = run("show", made, "--json").lines[0]
    assert (told["intact"], told["seed"]) == (False, 1)


def test_models_are_listed_also_the_broken_ones(run: Run, home: paths.Folders, model: Path) -> None:
    shutil.copytree(model, home.models / "landscapes")
    broken = make_tiny_model(home.models / "broken")
    (broken / "unet" / "config.json").write_text("{")
    answer = run("models", "list")
    assert (answer.code, answer.err) == (0, "")
    first, second = sorted(answer.out.splitlines())
    assert first.startswith("broken: ")
    assert "landscapes" in second
    assert "32×32" in second
    good, bad = sorted(run("models", "list", "--json").lines, key=len, reverse=True)
    assert good["size"] == [32, 32]
    assert set(bad) == {"name", "folder", "shipped", "error"}


# Reproducing


def test_a_picture_is_reproduced_bit_by_bit(run: Run, file: Path, model: Path) -> None:
    answer = run("reproduce", file, "--model", model)
    assert (answer.code, answer.out, answer.err) == (0, "bit-exact\n", "")


@pytest.mark.parametrize("precision", ["balanced", "fast"])
def test_other_precisions_are_reproduced_as_they_were_made(
    generate: Run, run: Run, model: Path, precision: str
) -> None:
    made = generate("--seed", 3, "--precision", precision).lines[0]["file"]
    answer = run("reproduce", made, "--model", model)
    assert answer.code == 0
    assert answer.out.startswith(("bit-exact", "visually equal"))


def test_the_model_is_found_by_what_it_contains(
    run: Run, file: Path, home: paths.Folders, model: Path, other_model: Path
) -> None:
    shutil.copytree(other_model, home.models / "tiny")
    (home.models / "a broken one").mkdir()
    (home.models / "a broken one" / "model_index.json").write_text("[]")
    missing = run("reproduce", file)
    assert (missing.code, missing.out) == (1, "")
    assert "which is not here: name it with --model" in missing.err
    shutil.copytree(model, home.models / "renamed")
    assert run("reproduce", file).out == "bit-exact\n"


def test_an_edited_picture_is_called_so(run: Run, file: Path, model: Path) -> None:
    answer = run("reproduce", altered(file, by=2), "--model", model)
    assert answer.code == 0
    assert answer.out.startswith("visually equal (PSNR 4")
    assert "the file's pixels were changed after it was saved" in answer.out
    assert "torch" not in answer.out


def test_another_environment_is_named_as_a_reason(run: Run, file: Path, model: Path) -> None:
    answer = run("reproduce", altered(file, by=60, threads=61, torch="1.0"), "--model", model)
    assert answer.code == 3
    assert answer.out.startswith("different (PSNR ")
    assert "/ 61" in answer.out
    assert "/ 1.0" in answer.out
    assert "edited" not in answer.out
    assert "changed" not in answer.out


def test_another_environment_with_the_same_bits_is_bit_exact(
    run: Run, file: Path, model: Path
) -> None:
    assert run("reproduce", altered(file, threads=61), "--model", model).out == "bit-exact\n"


# The self test


@pytest.fixture
def starter(file: Path, model: Path, tmp_path: Path) -> Path:
    """Ship the tiny model as the starter, with its picture."""
    folder = tmp_path / "resources" / "models" / model_folders.STARTER
    shutil.copytree(model, folder)
    shutil.copy(file, folder / "selftest.png")
    return folder


def test_the_selftest_passes_where_the_pictures_are_the_same(run: Run, starter: Path) -> None:
    answer = run("selftest")
    assert answer.code == 0
    assert answer.out.endswith("bit-exact\n")
    told = run("selftest", "--json").lines[0]
    assert (told["verdict"], told["psnr"]) == ("bit-exact", None)
    assert told["pixels_sha256"] == told["expected"]
    assert told["environment"]["torch"]


def test_the_selftest_fails_where_the_pictures_are_others(run: Run, starter: Path) -> None:
    picture = starter / "selftest.png"
    altered(picture, by=60, torch="1.0").replace(picture)
    answer = run("selftest")
    assert answer.code == 3
    assert "different (PSNR" in answer.out
    told = run("selftest", "--json").lines[0]
    assert told["verdict"] == "different"
    assert math.isfinite(told["psnr"])
    assert told["pixels_sha256"] != told["expected"]
    assert json.dumps(told, allow_nan=False)


def test_a_damaged_starter_is_explained(run: Run, starter: Path) -> None:
    weights = next(starter.glob("unet/*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-100])
    answer = run("selftest")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    (starter / "selftest.png").unlink()
    assert "cannot be opened" in run("selftest").err
    shutil.rmtree(starter)
    assert "no model 'landscapes'" in run("selftest").err
