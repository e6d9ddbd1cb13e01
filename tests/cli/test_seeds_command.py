"""`ldm-desktop seeds`: what people and programs see of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest
from seeding import fill, keys_of, opened, tile_of

from ldm_desktop.gallery.seeds.records import SeedNote, Verdict

Run = Callable[..., Any]


@pytest.fixture
def seeds(run: Run, tmp_path: Path) -> Run:
    """Run a command of `seeds` on a folder of its own."""
    return lambda name, *more: run("seeds", name, "--data-dir", tmp_path, *more)


def test_stars_names_and_notes_are_kept_and_listed(seeds: Run, tmp_path: Path) -> None:
    assert seeds("star", "3,7:9").code == 0
    assert seeds("name", "3", "fox").code == 0
    answer = seeds("note", "3", "look again", "--json")
    assert answer.lines[0]["note"] == "look again"
    with opened(tmp_path) as store:
        assert store.notes(keys_of(3, 8)) == {
            keys_of(3)[0]: SeedNote(True, "fox", "look again"),
            keys_of(8)[0]: SeedNote(True),
        }
    assert seeds("star", "7", "--remove").code == 0
    listed = seeds("list", "--json", "star:")
    assert {line["seed"] for line in listed.lines} == {"3", "8"}
    assert "fox, look again" in seeds("list", "fox").out


def test_a_listing_tells_how_seeds_were_tried(seeds: Run, tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        fill(store, [tile_of(0, Verdict.KEPT), tile_of(1, Verdict.CULLED)])
    (line,) = seeds("list", "verdict:kept", "--json").lines
    met = line.pop("met")
    assert met.startswith("20")
    assert line == {
        "seed": "0",
        "generator": "torch",
        "star": False,
        "name": "",
        "note": "",
        "models": ["landscapes"],
        "trials": 1,
        "pictures": 0,
        "kept": 1,
        "culled": 0,
    }


def test_a_seed_of_another_program_is_reduced_and_that_is_said(seeds: Run) -> None:
    answer = seeds("star", str(2**32 + 5), "--json")
    assert answer.lines[0]["seed"] == "5"
    assert "was reduced to 5" in answer.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("star", "fox"), "'fox' is no seed"),
        (("list", "mood:calm"), "There is no key “mood”"),
        (("list", 'sheet:"old'), "The query is not finished at"),
        (("paint",), "invalid choice"),
        (("name", "3"), "required"),
    ],
)
def test_wrong_arguments_are_one_sentence_and_change_nothing(
    seeds: Run, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    answer = seeds(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "seeds.db").exists()


def test_a_newer_memory_is_refused_with_one_sentence(seeds: Run, tmp_path: Path) -> None:
    assert seeds("star", "3").code == 0
    connection = apsw.Connection(str(tmp_path / "seeds.db"))
    connection.execute("PRAGMA user_version = 99").fetchall()
    connection.close()
    answer = seeds("list")
    assert (answer.code, answer.out) == (1, "")
    assert "The seeds' database" in answer.err
    assert "newer LDM Desktop" in answer.err
