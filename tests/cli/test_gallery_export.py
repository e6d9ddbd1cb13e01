"""`gallery export`: files, contact sheets and tables, checked as whoever gets them would."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from samples import picture_of

from ldm_desktop.core.picture import Picture
from ldm_desktop.gallery import files
from ldm_desktop.gallery.export import export_check, tables
from ldm_desktop.gallery.recipes import recipe_in_text

Run = Callable[..., Any]


@pytest.fixture
def pictures(tmp_path: Path) -> list[Picture]:
    """Save three pictures in the library of the data folder."""
    library = tmp_path / "data" / "library"
    library.mkdir(parents=True)
    made = []
    for seed in range(3):
        picture = picture_of(seed=seed)
        record = dataclasses.replace(picture.record, id=uuid4())
        made.append(dataclasses.replace(picture, record=record))
        files.save_in_library(made[-1], library)
    return made


@pytest.fixture
def export(run: Run, tmp_path: Path) -> Run:
    """Run `gallery export` in the data folder."""

    def export(*arguments: object) -> Any:
        return run("gallery", "export", "--data-dir", tmp_path / "data", *arguments)

    return export


def ids(pictures: list[Picture]) -> list[str]:
    return [str(picture.record.id) for picture in pictures]


def test_files_are_exported_with_their_recipes(
    export: Run, pictures: list[Picture], tmp_path: Path
) -> None:
    out = tmp_path / "new" / "folder"
    answer = export(*ids(pictures), "--out", out, "--names", "{n:02} {seed}", "--json")
    assert (answer.code, answer.err) == (0, "")
    made = [Path(line["file"]) for line in answer.lines]
    assert [file.name for file in made] == ["01 0.png", "02 1.png", "03 2.png"]
    assert [files.read(file) for file in made] == pictures


def test_files_are_exported_without_them(
    export: Run, pictures: list[Picture], tmp_path: Path
) -> None:
    options = ("--format", "webp", "--lossless", "--metadata", "none", "--sort", "seed")
    answer = export("--query", "seed:>=1", "--ascending", "--out", tmp_path / "out", *options)
    made = [Path(line) for line in answer.out.splitlines()]
    assert len(made) == 2
    for file, picture in zip(made, pictures[1:], strict=True):
        assert set(export_check.parts(file.read_bytes())) == {"VP8L"}
        with Image.open(file) as image:
            assert image.tobytes() == picture.frame.pixels


def test_a_picture_that_cannot_be_exported_keeps_none_of_the_others_back(
    export: Run, run: Run, pictures: list[Picture], tmp_path: Path
) -> None:
    lines = run("gallery", "list", "--json", "--data-dir", tmp_path / "data").lines
    Path(lines[1]["file"]).unlink()
    answer = export(*ids(pictures), "--out", tmp_path / "out")
    assert answer.code == 1
    assert len(answer.out.splitlines()) == 2
    assert answer.err.count("\n") == 1
    assert "it is not there" in answer.err


@pytest.mark.parametrize("name", ["sheet.pdf", "sheet.png"])
def test_a_contact_sheet_is_made(
    export: Run, pictures: list[Picture], tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    options = ("--columns", 2, "--captions", "seed,rating,name", "--dark", "--landscape")
    answer = export(*ids(pictures), "--sheet", file, *options)
    assert (answer.code, answer.out) == (0, f"{file}\n")
    assert file.read_bytes().startswith(b"%PDF" if name.endswith("pdf") else b"\x89PNG")
    again = export(*ids(pictures), "--sheet", file)
    assert again.code == 2
    assert "is not replaced" in again.err


def test_tables_have_a_recipe_for_each_picture(
    export: Run, pictures: list[Picture], tmp_path: Path
) -> None:
    assert export(*ids(pictures), "--table", tmp_path / "a.json").code == 0
    entries = json.loads((tmp_path / "a.json").read_bytes())
    wanted = [picture.record.recipe for picture in pictures]
    assert [recipe_in_text(json.dumps(entry), "It") for entry in entries] == wanted
    assert export("--query", "", "--sort", "seed", "--table", tmp_path / "a.csv").code == 0
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == tables.COLUMNS
    assert [row["seed"] for row in rows] == ["2", "1", "0"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--out", "x"], "Name the pictures"),
        (["ID", "--query", "seed:1", "--out", "x"], "Name the pictures"),
        (["ID"], "--help"),
        (["ID", "--out", "x", "--sheet", "a.pdf"], "--help"),
        (["ID", "--out", "x", "--names", "{colour}"], "{colour} is not known"),
        (["ID", "--out", "x", "--quality", "0"], "Quality is 1 to 100"),
        (["ID", "--out", "x", "--format", "jpeg", "--lossless"], "JPEG always loses"),
        (["ID", "--out", "x", "--format", "gif"], "--help"),
        (["ID", "--sheet", "a.gif"], "call it a.pdf"),
        (["ID", "--sheet", "a.pdf", "--captions", "seed,smell"], "'smell' is no caption"),
        (["ID", "--sheet", "a.pdf", "--columns", "99"], "1 to 24 columns"),
        (["ID", "--table", "a.xlsx"], "a.json or .csv"),
    ],
)
def test_what_cannot_be_exported_so_is_one_sentence(
    export: Run,
    pictures: list[Picture],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = export(*(ids(pictures)[0] if word == "ID" else word for word in words))
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert not list(tmp_path.glob("[ax]*"))


def test_a_query_that_finds_nothing_exports_nothing(
    export: Run, pictures: list[Picture], tmp_path: Path
) -> None:
    answer = export("--query", "seed:99", "--out", tmp_path / "out")
    assert (answer.code, answer.out) == (1, "")
    assert "nothing was exported" in answer.err
    assert not (tmp_path / "out").exists()
