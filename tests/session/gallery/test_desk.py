"""The gallery as views bind to it, with its real threads and a real database."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gallery_rows
import pytest
from gallery_desks import Opened, build, wait
from gallery_rows import id_of
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.finding.query import Grouping, Order, SortField
from ldm_desktop.gallery.index.store_values import Common
from ldm_desktop.gallery.records import Change, Flag, Label
from ldm_desktop.session.gallery import chores
from ldm_desktop.session.gallery.model import Role
from ldm_desktop.session.gallery.values import NOT_LISTED, Changed, Summary

COUNT = 60


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nobody look at files that were never written."""
    monkeypatch.setattr(chores, "refresh", lambda *_: None)
    monkeypatch.setattr(chores, "flush_some", lambda _: 0)


@pytest.fixture
def gallery(qtbot: QtBot, tmp_path: Path, quiet: None) -> Iterator[Opened]:
    opened = build(gallery_rows.make(tmp_path, COUNT))
    opened.start(qtbot)
    yield opened
    opened.end()


def test_everything_is_listed_newest_first(gallery: Opened) -> None:
    assert gallery.desk.model.rowCount() == COUNT
    created = [gallery.desk.model.index(row).data(Role.ENTRY).created for row in range(COUNT)]
    assert created == sorted(created, reverse=True)


def test_that_a_library_is_empty_is_told_once(qtbot: QtBot, tmp_path: Path, quiet: None) -> None:
    opened = build(gallery_rows.make(tmp_path, 0))
    opened.start(qtbot)
    assert opened.desk.listed
    assert opened.desk.model.rowCount() == 0
    with qtbot.waitSignal(opened.desk.query_trouble, timeout=10_000):
        opened.librarian.changed.emit(Changed(None))
    assert opened.heard.listings == 1
    opened.end()


def test_a_search_lists_what_was_asked_for_last(qtbot: QtBot, gallery: Opened) -> None:
    for text in ("seed:1", "seed:12", "seed:123", "seed:1234", "seed:17"):
        gallery.desk.set_query(text)
    wait(qtbot, lambda: gallery.numbers() == (gallery.number(17),))
    assert gallery.desk.query == "seed:17"
    assert gallery.heard.listings <= 4


def test_what_cannot_be_understood_is_said_and_the_listing_stays(
    qtbot: QtBot, gallery: Opened
) -> None:
    with qtbot.waitSignal(gallery.desk.query_trouble):
        gallery.desk.set_query("nonsense:3 seed:1")
    assert "nonsense" in gallery.heard.query_troubles[-1]
    assert gallery.desk.model.rowCount() == COUNT
    gallery.search(qtbot, "seed:1")
    assert gallery.heard.query_troubles[-1] == ""


def test_it_sorts_and_groups(qtbot: QtBot, gallery: Opened) -> None:
    with qtbot.waitSignal(gallery.desk.listing_changed):
        gallery.desk.set_order(Order(SortField.SEED, descending=False))
    seeds = [gallery.desk.model.index(row).data(Role.ENTRY).seed for row in range(COUNT)]
    assert seeds == list(range(COUNT))
    with qtbot.waitSignal(gallery.desk.listing_changed):
        gallery.desk.set_grouping(Grouping.DAY)
    groups = gallery.desk.model.groups
    assert len(groups) == 28
    assert sum(group.count for group in groups) == COUNT


def test_a_rating_is_committed_when_it_is_shown(qtbot: QtBot, gallery: Opened) -> None:
    desk, number = gallery.desk, gallery.number(7)
    desk.set_current(number)
    wait(qtbot, lambda: desk.current is not None)
    shown: list[tuple[int, int]] = []

    def note(entry: Any) -> None:
        shown.append((entry.rating, gallery.stored(7).rating))

    desk.current_changed.connect(note)
    desk.rate(4)
    wait(qtbot, lambda: bool(shown))
    assert shown[0] == (4, 4)
    index = desk.model.index(desk.model.row_of(number))
    wait(qtbot, lambda: index.data(Role.RATING) == 4)


def test_many_are_changed_in_one_step_that_can_be_undone(qtbot: QtBot, gallery: Opened) -> None:
    desk, numbers = gallery.desk, tuple(gallery.number(which) for which in (3, 4, 5))
    desk.rate(2, numbers[:1])
    desk.set_selected(numbers)
    desk.rate(5)
    desk.add_tags(["blue hour"])
    desk.flag(Flag.PICKED)
    desk.label(Label.RED)
    assert desk.undo_stack.undoText() == "Label 3 pictures"
    wait(qtbot, lambda: gallery.stored(5).label is Label.RED)
    assert gallery.stored(4).tags == ("blue hour",)
    for _ in range(4):
        desk.undo_stack.undo()
    wait(qtbot, lambda: gallery.stored(3).rating == 2 and gallery.stored(5).rating == 0)
    assert gallery.stored(4).tags == ()
    for _ in range(4):
        desk.undo_stack.redo()
    wait(qtbot, lambda: gallery.stored(5).label is Label.RED)
    assert gallery.stored(3).rating == 5


def test_undo_right_after_a_change_undoes_it(qtbot: QtBot, gallery: Opened) -> None:
    desk = gallery.desk
    desk.set_selected([gallery.number(3)])
    desk.rate(1)
    wait(qtbot, lambda: gallery.stored(3).rating == 1)
    desk.rate(5)
    desk.undo_stack.undo()
    wait(qtbot, lambda: desk.model.entry_of(gallery.number(3)) is not None)
    done: list[object] = []
    gallery.librarian.write(lambda books: books.store.annotation(id_of(3)).rating, done.append)
    wait(qtbot, lambda: bool(done))
    assert done == [1]


def test_what_cannot_be_done_is_said_and_is_no_step(qtbot: QtBot, gallery: Opened) -> None:
    desk = gallery.desk
    desk.rate(9, [gallery.number(3)])
    wait(qtbot, lambda: bool(gallery.heard.notices))
    assert "rating" in gallery.heard.notices[0].lower()
    assert desk.undo_stack.count() == 0


def test_albums_are_made_filled_renamed_and_removed(qtbot: QtBot, gallery: Opened) -> None:
    desk, three = gallery.desk, [gallery.number(which) for which in (1, 2, 3)]

    def albums() -> dict[str, int | None]:
        return {shelf.title: shelf.count for shelf in desk.counts.albums}

    desk.new_album("for the show", three)
    wait(qtbot, lambda: albums() == {"for the show": 3})
    desk.add_to_album("for the show", [gallery.number(9)])
    wait(qtbot, lambda: albums() == {"for the show": 4})
    desk.rename_album("for the show", "Show")
    wait(qtbot, lambda: albums() == {"Show": 4})
    desk.remove_album("Show")
    wait(qtbot, lambda: albums() == {})
    desk.undo_stack.undo()
    wait(qtbot, lambda: albums() == {"Show": 4})
    assert set(gallery.search(qtbot, "album:Show")) == {*three, gallery.number(9)}
    for _ in range(3):
        desk.undo_stack.undo()
    wait(qtbot, lambda: albums() == {})


def test_smart_albums_are_counted(qtbot: QtBot, gallery: Opened) -> None:
    desk = gallery.desk
    desk.save_smart_album("Early", "seed:<10")

    def counted() -> list[tuple[str, int | None]]:
        return [(shelf.title, shelf.count) for shelf in desk.counts.smart]

    wait(qtbot, lambda: counted() == [("Early", 10)])
    places = {shelf.query: shelf.count for shelf in desk.counts.places}
    wait(qtbot, lambda: desk.counts.places[0].count == COUNT)
    assert places.keys() >= {"", "flag:picked", "state:trashed"}


def test_current_and_selection_outlast_another_listing(qtbot: QtBot, gallery: Opened) -> None:
    desk = gallery.desk
    desk.set_current(gallery.number(15))
    desk.set_selected([gallery.number(which) for which in (15, 16, 40)])
    gallery.search(qtbot, "seed:10..20")
    assert desk.current_number == gallery.number(15)
    assert desk.selected == (gallery.number(15), gallery.number(16))


def test_where_the_current_picture_leaves_the_listing_the_next_is_current(
    qtbot: QtBot, gallery: Opened
) -> None:
    desk = gallery.desk
    with qtbot.waitSignal(desk.listing_changed):
        desk.set_order(Order(SortField.SEED, descending=False))
    gallery.search(qtbot, "flag:none")
    desk.set_current(gallery.number(7))
    with qtbot.waitSignal(desk.listing_changed, timeout=10_000):
        desk.flag(Flag.REJECTED)
    assert desk.current_number == gallery.number(8)
    assert desk.model.row_of(gallery.number(7)) == NOT_LISTED


def test_one_steps_from_picture_to_picture(qtbot: QtBot, gallery: Opened) -> None:
    desk, listed = gallery.desk, gallery.numbers()
    desk.step(1)
    assert desk.current_number == listed[1]
    desk.step(-9)
    assert desk.current_number == listed[0]
    desk.step(1000)
    assert (desk.current_number, desk.selected) == (listed[-1], (listed[-1],))


def test_what_others_write_is_shown(qtbot: QtBot, gallery: Opened) -> None:
    desk = gallery.desk
    gallery.search(qtbot, "rating:5")
    assert gallery.numbers() == ()
    store = gallery.sample.store()
    store.annotate([id_of(11)], Change(rating=5))
    wait(qtbot, lambda: gallery.numbers() == (store.row(id_of(11)),))
    store.connection.close()
    assert desk.model.index(0).data(Role.RATING) == 5


def test_details_come_again_when_they_change(qtbot: QtBot, gallery: Opened) -> None:
    desk, found = gallery.desk, []
    desk.details_changed.connect(found.append)
    desk.details(id_of(21))
    wait(qtbot, lambda: bool(found))
    assert found[-1].made.parents == (id_of(20),)
    desk.set_note("Fog, later.", [gallery.number(21)])
    wait(qtbot, lambda: found[-1].annotation.note == "Fog, later.")


def test_a_summary_comes_again_when_rows_change(qtbot: QtBot, gallery: Opened) -> None:
    desk, found = gallery.desk, []
    desk.summary_changed.connect(found.append)
    numbers = (gallery.number(21), gallery.number(22))
    desk.summary(numbers)
    wait(qtbot, lambda: bool(found))
    assert found[-1] == Summary(numbers, Common(2))
    desk.add_tags(("fog",), numbers)
    desk.set_note("Later.", numbers[:1])
    expected = Common(2, tags_everywhere=("fog",), note=None)
    wait(qtbot, lambda: found[-1].common == expected)
    desk.undo_stack.undo()
    wait(qtbot, lambda: found[-1].common.note == "")


def test_a_summary_is_of_what_was_asked_for_last(qtbot: QtBot, gallery: Opened) -> None:
    desk, found = gallery.desk, []
    desk.summary_changed.connect(found.append)
    numbers = gallery.numbers()
    for count in range(2, 12):
        desk.summary(numbers[:count])
    wait(qtbot, lambda: bool(found) and found[-1].numbers == numbers[:11])
    assert len(found) == 1


def test_a_summary_that_is_wanted_no_more_does_not_come(qtbot: QtBot, gallery: Opened) -> None:
    desk, found = gallery.desk, []
    desk.summary_changed.connect(found.append)
    desk.summary(gallery.numbers())
    desk.summary(())
    with qtbot.waitSignal(desk.details_changed):
        desk.details(id_of(21))
    with qtbot.waitSignal(desk.details_changed):
        desk.rate(4, [gallery.number(21)])
    assert found == []


def test_lineage_has_parents_siblings_and_children(qtbot: QtBot, gallery: Opened) -> None:
    desk, store = gallery.desk, gallery.sample.store()
    lost = id_of(10**6)
    store.add(gallery_rows.facts_of(100, (id_of(20), lost)), gallery_rows.file_of(100))
    store.connection.close()
    with qtbot.waitSignal(desk.lineage_changed) as answered:
        desk.lineage(id_of(100))
    lineage = answered.args[0]
    assert [entry.id for entry in lineage.parents] == [id_of(20)]
    assert [entry.id for entry in lineage.siblings] == [id_of(21)]
    assert (lineage.children, lineage.unknown) == ((), (lost,))
    with qtbot.waitSignal(desk.lineage_changed) as answered:
        desk.lineage(id_of(20))
    assert {entry.id for entry in answered.args[0].children} == {id_of(21), id_of(100)}


def test_settings_go_back_to_the_controls(qtbot: QtBot, gallery: Opened) -> None:
    gallery.desk.use_settings(id_of(5))
    wait(qtbot, lambda: bool(gallery.restoring.texts))
    assert json.loads(gallery.restoring.texts[0])["noise"]["seed"] == "5"


def test_a_library_is_changed_for_another(qtbot: QtBot, gallery: Opened, tmp_path: Path) -> None:
    gallery.desk.rate(3, [gallery.number(1)])
    wait(qtbot, lambda: gallery.stored(1).rating == 3)
    other = tmp_path / "other"
    shutil.copytree(gallery.sample.library, other)
    with qtbot.waitSignal(gallery.desk.opened, timeout=10_000) as opened:
        gallery.librarian.set_library(other)
        assert gallery.desk.model.rowCount() == 0
    assert opened.args[0].library == other
    assert not gallery.desk.undo_stack.canUndo()


def test_a_damaged_database_is_made_anew(qtbot: QtBot, gallery: Opened) -> None:
    def ruin(books: Any) -> None:
        import apsw

        raise apsw.CorruptError("database disk image is malformed")

    with qtbot.waitSignal(gallery.desk.opened, timeout=10_000):
        gallery.librarian.read(ruin, lambda _: None)
    assert any("damaged" in notice for notice in gallery.heard.notices)
    wait(qtbot, lambda: gallery.desk.model.rowCount() == COUNT)


def test_the_first_paint_waits_for_no_heavy_imports() -> None:
    code = (
        "import sys, ldm_desktop.session.gallery.desk\n"
        "print(sorted({'apsw', 'numpy', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
