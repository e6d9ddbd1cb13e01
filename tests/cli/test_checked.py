"""The note of when a model was found whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldm_desktop.cli import checked


def test_a_model_that_was_found_whole_has_a_date_until_it_is_found_broken(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert checked.when(one, tmp_path) == ""
    for folder in (one, other):
        checked.note(folder, tmp_path, whole=True)
    assert checked.when(one, tmp_path).startswith("20")
    checked.note(one, tmp_path, whole=False)
    assert checked.when(one, tmp_path) == ""
    assert checked.when(other, tmp_path)


@pytest.mark.parametrize("damage", ["", "[1]", "{", '{"x": 3}', "[" * 10_000])
def test_a_damaged_note_is_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / checked.FILE).write_text(damage)
    assert checked.when(tmp_path / "x", tmp_path) == ""
    checked.note(tmp_path / "x", tmp_path, whole=True)
    assert checked.when(tmp_path / "x", tmp_path)
