"""The file of the library's albums."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ldm_desktop.gallery import albums_file, beside, files
from ldm_desktop.gallery.index.store_values import Album
from ldm_desktop.gallery.records import readable

names = st.text(max_size=12).map(readable).filter(bool)
albums = st.lists(
    st.builds(Album, names, st.none() | st.text(st.characters(codec="utf-8"), max_size=12)),
    unique_by=lambda album: album.name,
    max_size=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(albums)
def test_albums_are_read_back_in_their_order(tmp_path: Path, written: list[Album]) -> None:
    albums_file.write(tmp_path, written)
    assert albums_file.read(tmp_path) == tuple(written)


def test_a_library_without_the_file_has_no_albums(tmp_path: Path) -> None:
    assert albums_file.read(tmp_path) == ()


def test_counts_are_not_written(tmp_path: Path) -> None:
    albums_file.write(tmp_path, [Album("Best", "rating:5", 7)])
    content = json.loads((tmp_path / "albums.json").read_text(encoding="utf-8"))
    assert content == {"format": 1, "albums": [{"name": "Best", "query": "rating:5"}]}


def place(folder: Path, content: object) -> Path:
    file = folder / albums_file.NAME
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[" * 100_000,
        [],
        {},
        {"format": "1", "albums": []},
        {"format": 1},
        {"format": 1, "albums": {}},
        {"format": 1, "albums": ["Best"]},
        {"format": 1, "albums": [{"name": ""}]},
        {"format": 1, "albums": [{"name": "Best", "query": 5}]},
    ],
    ids=lambda content: str(content)[:40],
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, content: object) -> None:
    file = place(tmp_path, content)
    before = file.read_bytes()
    with pytest.raises(beside.DamagedError, match="cannot be read"):
        albums_file.read(tmp_path)
    albums_file.write(tmp_path, [Album("New")])
    assert albums_file.read(tmp_path) == (Album("New"),)
    assert (tmp_path / "albums.json.damaged-1").read_bytes() == before


def test_a_newer_program_s_file_is_left_as_it_is(tmp_path: Path) -> None:
    file = place(tmp_path, {"format": 2, "albums": []})
    before = file.read_bytes()
    for act in (albums_file.read, lambda library: albums_file.write(library, [])):
        with pytest.raises(albums_file.NewerAlbumsError, match="update LDM Desktop"):
            act(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
    assert file.read_bytes() == before


def test_of_two_albums_with_one_name_the_first_counts(tmp_path: Path) -> None:
    entries = [{"name": "a"}, {"name": "b"}, {"name": " a ", "query": "seed:3"}]
    place(tmp_path, {"format": 1, "albums": entries})
    assert albums_file.read(tmp_path) == (Album("a"), Album("b"))


def test_a_library_that_is_away_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(files.UnreachableError, match="it is not there"):
        albums_file.write(tmp_path / "away", [])
