"""Recipes as JSON and CSV: read back whole, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from samples import ENVIRONMENT, recipe_of

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.export import tables
from ldm_desktop.gallery.recipes import recipe_in_text
from ldm_desktop.gallery.records import (
    Annotation,
    Details,
    Entry,
    Flag,
    Label,
    Made,
    Origin,
    State,
)

LIBRARY = Path("/library")
CREATED = "2026-11-23T06:30:00+00:00"
SAID = Annotation(4, Flag.PICKED, Label.BLUE, ("blue hour", "sea"), ("best",), "a\nnote")


def details_of(recipe: Recipe | None = None, **changes: Any) -> Details:
    entry = Entry(
        number=1,
        id=UUID(int=3, version=4),
        file=Path("2026-11-23/meadow.png"),
        state=State.PRESENT,
        created=CREATED,
        width=16,
        height=8,
        pixels="ab" * 32,
        seed=2**64 - 1,
        model="landscapes",
        rating=4,
        flag=Flag.PICKED,
        label=Label.BLUE,
        has_note=True,
        has_recipe=recipe is not None,
    )
    made = Made(Origin.OWN, CREATED, recipe, ENVIRONMENT, (UUID(int=9),), 1.5, sampler="ddim")
    return dataclasses.replace(Details(entry, made, SAID, ()), **changes)


def rows(pictures: list[Details]) -> list[dict[str, str]]:
    text = "".join(tables.csv_pieces(pictures, LIBRARY))
    assert text.startswith(tables.BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(tables.BOM), newline="")))


@given(st.lists(strategies.pictures(), max_size=3))
def test_json_is_an_array_whose_recipes_can_be_opened(pictures: list[Any]) -> None:
    wanted = [picture.record.recipe for picture in pictures]
    text = "".join(tables.json_pieces(map(details_of, wanted), LIBRARY))
    entries = json.loads(text)
    assert [recipe_in_text(json.dumps(entry), "It") for entry in entries] == wanted


def test_json_says_all_that_is_known() -> None:
    (entry,) = json.loads("".join(tables.json_pieces([details_of(recipe_of())], LIBRARY)))
    assert entry["seed"] == "18446744073709551615"
    assert entry["file"] == str(LIBRARY / "2026-11-23" / "meadow.png")
    assert (entry["rating"], entry["flag"], entry["label"]) == (4, "picked", "blue")
    assert (entry["tags"], entry["albums"], entry["note"]) == (
        ["blue hour", "sea"],
        ["best"],
        "a\nnote",
    )
    assert entry["parents"] == [str(UUID(int=9))]
    assert entry["environment"]["torch"] == ENVIRONMENT.torch


def test_csv_has_a_row_for_each_picture_with_seeds_as_text() -> None:
    (row,) = rows([details_of(recipe_of())])
    assert tuple(row) == tables.COLUMNS
    assert row["seed"] == "18446744073709551615"
    assert row["tags"] == "blue hour\nsea"
    assert (row["steps"], row["eta"], row["noise"]) == ("20", "0.0", "seed")
    assert recipe_in_text(row["recipe"], "It") == recipe_of()
    text = "".join(tables.csv_pieces([details_of(recipe_of())], LIBRARY))
    assert '"18446744073709551615"' in text
    assert ",20," in text


def test_pictures_without_a_recipe_have_their_rows_too() -> None:
    (row,) = rows([details_of(entry=dataclasses.replace(details_of().entry, seed=None))])
    assert (row["seed"], row["recipe"], row["eta"], row["sampler"]) == ("", "", "", "ddim")
    assert "".join(tables.json_pieces([], LIBRARY)) == "[]\n"
    assert rows([]) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    evil = f"{start}cmd|' /C calc'!A0"
    assert tables._safe(evil) == f"'{evil}"
    note = Annotation(note=evil.lstrip("\t\r") if start in "\t\r" else evil, tags=("=1+1",))
    (row,) = rows([details_of(annotation=note)])
    assert not row["note"].startswith(("=", "+", "-", "@"))
    assert row["tags"] == "'=1+1"


@given(st.text(), st.text())
def test_no_text_breaks_a_row_or_begins_a_formula(note: str, settings: str) -> None:
    said, made = Annotation(note=note), dataclasses.replace(details_of().made, settings=settings)
    try:
        (row,) = rows([details_of(annotation=said, made=made)])
    except csv.Error:
        assert "\0" in settings  # A database never gives one.
        return
    assert row["note"].lstrip("'") == said.note.lstrip("'")
    assert not row["settings"].startswith(tables.FORMULA)


def test_tables_are_files_that_replace_nothing(tmp_path: Path) -> None:
    heard: list[int] = []
    pictures = [details_of(recipe_of(seed)) for seed in range(3)]
    for name in ("a.csv", "a.json"):
        file = tables.write_table(pictures, LIBRARY, tmp_path / name, heard.append)
        assert file == tmp_path / name
        before = file.read_bytes()
        with pytest.raises(BadArgumentError, match="exists and is not replaced"):
            tables.write_table(pictures, LIBRARY, file, heard.append)
        assert file.read_bytes() == before
    assert heard == [0, 1, 2, 3] * 2
    assert len(json.loads((tmp_path / "a.json").read_bytes())) == 3
    with pytest.raises(BadArgumentError, match=r"call it a\.json or \.csv"):
        tables.write_table(pictures, LIBRARY, tmp_path / "a.xlsx", heard.append)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_name_that_is_not_utf_8_can_be_written(tmp_path: Path) -> None:
    entry = dataclasses.replace(details_of().entry, file=Path("a\udcff.png"))
    for name in ("a.csv", "a.json"):
        file = tables.write_table([details_of(entry=entry)], LIBRARY, tmp_path / name, len_of)
        assert "udcff" in file.read_text("utf-8")


def len_of(_done: int) -> None:
    """Hear nothing."""
