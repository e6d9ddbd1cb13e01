"""Where a model was downloaded from is a remark of its recipes, so that it can be had again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from models import make_tiny_model

from ldm_desktop.engine.folder import RECORD, read_folder

COMMIT = "c0ffee" + "0" * 34


@pytest.mark.parametrize(
    ("entries", "source"),
    [
        ({"source": "someone/tiny", "commit": COMMIT}, f"someone/tiny@{COMMIT}"),
        ({"source": "someone/tiny", "commit": ""}, "someone/tiny"),
        ({"source": "", "commit": ""}, ""),
        ({"source": 3, "commit": None}, ""),
        ({"source": "a\n\x1b/b", "commit": ""}, "a/b"),
        ([], ""),
    ],
)
def test_what_was_recorded_is_the_source_of_the_recipes(
    tmp_path: Path, entries: object, source: str
) -> None:
    folder = make_tiny_model(tmp_path / "tiny")
    (folder / RECORD).write_text(json.dumps(entries))
    assert read_folder(folder).card("0" * 64).ref.source == source


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000])
def test_a_damaged_record_is_no_source_and_no_harm(tmp_path: Path, text: str) -> None:
    folder = make_tiny_model(tmp_path / "tiny")
    (folder / RECORD).write_text(text)
    assert read_folder(folder).card("0" * 64).ref.source == ""
