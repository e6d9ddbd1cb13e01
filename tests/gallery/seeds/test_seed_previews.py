"""Small pictures are a cache: whatever becomes of it, what was said of seeds is safe."""

from __future__ import annotations

from pathlib import Path

import pytest
from rows import spoil
from seeding import fill, opened, tile_of

from ldm_desktop.gallery.seeds import previews
from ldm_desktop.gallery.seeds.previews import Previews
from ldm_desktop.gallery.seeds.records import TileRow, Verdict


def keys(count: int) -> list[bytes]:
    return [number.to_bytes(25, "big") for number in range(count)]


def test_pictures_come_back_after_a_restart(tmp_path: Path) -> None:
    kept = Previews(tmp_path / "p.db")
    kept.put({b"a": b"1", b"b": b"2"})
    kept.put({b"a": b"3"})
    kept.close()
    again = Previews(tmp_path / "p.db")
    assert again.get([b"a", b"b", b"c"]) == {b"a": b"3", b"b": b"2"}
    again.close()


def test_damaged_ones_are_begun_anew_and_cost_no_word(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        tiles: list[TileRow] = [tile_of(n, Verdict.KEPT, preview=bytes(9000)) for n in range(8)]
        plan = fill(store, tiles)
    spoil(tmp_path / previews.FILE)
    with opened(tmp_path) as store:
        assert [tile.verdict for tile in store.tiles(plan.id)] == [Verdict.KEPT] * 8
        store.tile_previews(plan.id, range(8))
        store.note_tiles([(plan, [tile_of(1, preview=b"new")])])
        store.note_tiles([(plan, [tile_of(1, preview=b"newer")])])
        assert store.tile_previews(plan.id, [1]) == {1: b"newer"}


def test_a_file_of_something_else_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "p.db").write_bytes(b"A letter. " * 999)
    kept = Previews(tmp_path / "p.db")
    kept.put({b"a": b"1"})
    assert kept.get([b"a"]) == {b"a": b"1"}
    kept.close()


def test_where_they_cannot_be_kept_they_are_kept_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "p.db").mkdir()
    kept = Previews(tmp_path / "p.db")
    kept.put({b"a": b"1"})
    assert kept.get([b"a"]) == {b"a": b"1"}
    assert "cannot be kept" in caplog.text
    kept.close()


def test_the_oldest_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MOST", 3)
    kept = Previews(tmp_path / "p.db")
    for key in keys(5):
        kept.put({key: b"1"})
    kept.put({keys(5)[0]: b"again"})
    kept.close()
    again = Previews(tmp_path / "p.db")
    assert sorted(again.get(keys(5))) == sorted([keys(5)[0], *keys(5)[3:]])
    again.close()
