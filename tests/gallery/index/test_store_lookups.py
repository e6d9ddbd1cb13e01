"""Pictures, files and albums are found by what one has of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from rows import facts_of, file_of, filled, id_of, made_of, opened, words

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.index.database import connect
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Album, Place
from ldm_desktop.gallery.records import (
    Annotation,
    Change,
    State,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with opened(tmp_path) as store:
        yield store


# Looking things up


def test_ids_are_found_by_their_beginning_in_any_writing(store: Store) -> None:
    ids = [UUID(f"5f3a01bc-1111-4111-8111-1111111111{n:02d}") for n in (11, 12)]
    other = UUID("5f3b0000-0000-4000-8000-000000000000")
    for number, key in enumerate([*ids, other]):
        store.add(facts_of(number, id=key), file_of(number))
    assert store.find("#5f3a") == store.find("5F3A01BC") == tuple(ids)
    assert store.find("5f3a01bc-1111-4") == store.find("#5f3a01bc11114") == tuple(ids)
    assert store.find(str(ids[1])) == store.find(ids[1].hex) == (ids[1],)
    assert store.find("5f3") == (*ids, other)
    for nothing in ("", "#", "sea", "5f3a%", "5f3c", ids[0].hex + "0"):
        assert store.find(nothing) == ()


def test_lineage_goes_both_ways_and_need_not_be_here(store: Store) -> None:
    away = uuid4()
    store.add(facts_of(1), file_of(1))
    for number, hour in ((2, "08"), (3, "07")):
        made = made_of(parents=(id_of(1), away), created=f"2026-11-23T{hour}:00:00+00:00")
        store.add(facts_of(number, made), file_of(number))
    assert store.parents(id_of(2)) == (id_of(1), away)
    assert store.children(id_of(1)) == store.children(away) == (id_of(3), id_of(2))
    assert store.details(id_of(1)).children == (id_of(3), id_of(2))
    assert store.children(id_of(2)) == ()


def test_the_files_are_listed_page_by_page_while_others_write(store: Store) -> None:
    store.add_many((facts_of(n), file_of(n), None) for n in range(2100))
    seen = []
    for known in store.files():
        if known.number % 1000 == 0:
            store.set_state(known.number, State.DAMAGED)
        seen.append(known.id)
    assert seen == [id_of(n) for n in range(2100)]
    assert store.count(State.DAMAGED) == 2
    assert store.count() == 2100


def test_files_are_found_by_pixels_by_bytes_and_by_place(store: Store) -> None:
    store.add(facts_of(1), file_of(1))
    store.add(facts_of(2, pixels=facts_of(1).pixels), file_of(2))
    assert [known.id for known in store.by_pixels(facts_of(1).pixels)] == [id_of(1), id_of(2)]
    assert [known.id for known in store.by_bytes(facts_of(2).bytes)] == [id_of(2)]
    assert store.by_pixels("0" * 64) == store.by_bytes("0" * 64) == []
    known = store.at(file_of(2))
    assert known
    assert known.id == id_of(2)
    assert store.at(Path("nothing.png")) is None


def test_entries_ids_and_numbers_leave_out_what_is_not_there(store: Store) -> None:
    rows = filled(store, 1, 2)
    assert list(store.entries([rows[1], 999])) == [rows[1]]
    assert store.ids([*rows, 999]) == dict(zip(rows, (id_of(1), id_of(2)), strict=True))
    assert store.numbers([id_of(2), id_of(9)]) == {id_of(2): rows[1]}


def test_trashed_pictures_do_not_count_for_tags_and_albums(store: Store) -> None:
    rows = filled(store, 1, 2)
    store.annotate([id_of(1), id_of(2)], Change(add_tags=("sea",), add_albums=("Best",)))
    store.set_state(rows[0], State.TRASHED, Place(State.PRESENT))
    assert store.tags() == [("sea", 1)]
    assert store.albums() == [Album("Best", None, 1)]


def test_a_change_of_another_connection_shows_in_the_data_version(
    store: Store, tmp_path: Path
) -> None:
    before = store.data_version()
    filled(store, 1)
    assert store.data_version() == before
    other = connect(tmp_path / "gallery.db")
    Store(other, store.library).annotate([id_of(1)], Change(rating=1))
    other.close()
    assert store.data_version() != before
    assert store.annotation(id_of(1)).rating == 1


def test_other_files_are_noted_until_they_are_dropped_or_become_pictures(store: Store) -> None:
    rows = filled(store, 1)
    store.note_other(Path("copy.png"), 5, 6, rows[0], "")
    store.note_other(Path("bomb.png"), 7, 8, None, "It is too large.")
    store.note_other(Path("bomb.png"), 9, 8, None, "It is too large.")
    noted = [(o.file.name, o.size, o.picture, o.reason) for o in store.others()]
    assert noted == [("bomb.png", 9, None, "It is too large."), ("copy.png", 5, rows[0], "")]
    store.drop_other(Path("bomb.png"))
    store.add(facts_of(2), Path("copy.png"))
    assert store.others() == []


# Albums


def test_albums_are_made_renamed_and_removed_without_their_pictures(store: Store) -> None:
    (number,) = filled(store, 3)
    store.make_album("Best")
    store.make_album("Loved", "rating:>=4")
    store.annotate([id_of(3)], Change(add_albums=("Best",)))
    store.wrote(number, store.unwritten(9)[0].revision, "1" * 64)
    assert store.albums() == [Album("Best", None, 1), Album("Loved", "rating:>=4", None)]
    store.rename_album("Best", "Very best")
    assert store.annotation(id_of(3)).albums == ("Very best",)
    assert words(store, 'albums : "very best"') == [number]
    assert [each.annotation.albums for each in store.unwritten(9)] == [("Very best",)]
    assert store.remove_album("Very best") == (id_of(3),)
    assert store.albums() == [Album("Loved", "rating:>=4", None)]
    assert store.annotation(id_of(3)) == Annotation()
    assert words(store, "albums : best") == []
    assert store.count() == 1


def test_names_that_are_taken_or_empty_are_refused(store: Store) -> None:
    store.make_album("Best")
    store.make_album("Sea")
    for refused in ("Best", "  Best\n"):
        with pytest.raises(KnownError, match="There is an album 'Best' already"):
            store.make_album(refused)
        with pytest.raises(KnownError, match="There is an album 'Best' already"):
            store.rename_album("Sea", refused)
    with pytest.raises(KnownError, match="at least one character"):
        store.make_album(" \0")
    for verb in (store.remove_album, lambda name: store.rename_album(name, "New")):
        with pytest.raises(KnownError, match="There is no album 'Hills'"):
            verb("Hills")
    assert [album.name for album in store.albums()] == ["Best", "Sea"]


def test_a_smart_album_cannot_be_filled_by_hand(store: Store) -> None:
    filled(store, 3)
    store.make_album("Loved", "rating:>=4")
    with pytest.raises(KnownError, match="'Loved' is filled by its search"):
        store.annotate([id_of(3)], Change(rating=1, add_albums=("Loved",)))
    assert store.annotation(id_of(3)) == Annotation()


def test_every_change_of_the_albums_is_unwritten_until_the_file_has_it(store: Store) -> None:
    filled(store, 3)
    assert store.unwritten_albums() is None
    changes = [
        lambda: store.make_album("One"),
        lambda: store.annotate([id_of(3)], Change(add_albums=("Two",))),
        lambda: store.rename_album("One", "Three"),
        lambda: store.remove_album("Three"),
        lambda: store.add_albums([Album("Four", "seed:3"), Album("Two")]),
    ]
    for change in changes:
        change()
        revision = store.unwritten_albums()
        assert revision is not None
        store.wrote_albums(revision)
        assert store.unwritten_albums() is None
    store.add_albums([Album("Four"), Album("Two", "seed:3")])
    store.annotate([id_of(3)], Change(rating=1))
    assert store.unwritten_albums() is None
    assert store.albums() == [Album("Four", "seed:3", None), Album("Two", None, 1)]


def test_remarks_on_the_whole_are_kept(store: Store) -> None:
    assert store.meta("restored") == ""
    store.set_meta("restored", "2026")
    assert store.meta("restored") == "2026"
