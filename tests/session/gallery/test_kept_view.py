"""How the gallery is looked at comes back with the next start."""

from __future__ import annotations

import gc
from pathlib import Path

import gallery_rows
from gallery_desks import build
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.finding.query import Grouping, Order, SortField
from ldm_desktop.session.gallery.kept_view import KeptView, load


def test_sorting_grouping_and_size_come_back_and_the_search_does_not(
    qtbot: QtBot, tmp_path: Path
) -> None:
    sample = gallery_rows.make(tmp_path, 3)
    desk = build(sample).desk
    desk.set_order(Order(SortField.SEED, descending=False))
    desk.set_grouping(Grouping.DAY)
    desk.set_thumb_side(300)
    desk.set_query("seed:1")
    desk.close()
    again = build(sample).desk
    assert (again.order, again.grouping) == (Order(SortField.SEED, descending=False), Grouping.DAY)
    assert (again.thumb_side, again.query) == (300, "")
    again.close()
    gc.collect()


def test_what_cannot_be_read_is_the_usual(tmp_path: Path) -> None:
    file = tmp_path / "gallery.json"
    file.write_text("{ half")
    assert load(file) == KeptView()
    assert not file.exists()
