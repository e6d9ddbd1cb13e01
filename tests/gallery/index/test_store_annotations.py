"""What a person says of pictures is kept, come what may, and told to the sidecars."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import LOVED, facts_of, file_of, filled, id_of, made_of, opened, words

from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_reads import NotHereError
from ldm_desktop.gallery.index.store_values import Album, Place
from ldm_desktop.gallery.records import (
    Annotation,
    Change,
    Made,
    Origin,
    State,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with opened(tmp_path) as store:
        yield store


# What people say


def test_a_change_says_what_was_and_can_be_undone(store: Store) -> None:
    filled(store, 1, 2, 3)
    store.annotate([id_of(2)], Change(rating=5, add_tags=("sea",)))
    change = Change(rating=5, add_albums=("Best",))
    before = store.annotate([id_of(n) for n in (1, 2, 3)], change)
    assert dict(before) == {
        id_of(1): Annotation(),
        id_of(2): Annotation(rating=5, tags=("sea",)),
        id_of(3): Annotation(),
    }
    assert store.albums() == [Album("Best", None, 3)]
    store.take_back(change, before)
    assert [store.annotation(id_of(n)) for n in (1, 2, 3)] == [
        Annotation(), Annotation(rating=5, tags=("sea",)), Annotation()
    ]  # fmt: skip
    assert store.albums() == [Album("Best", None, 0)]


def test_what_is_said_already_is_no_change(store: Store) -> None:
    filled(store, 3)
    store.annotate([id_of(3)], Change(rating=2))
    (unwritten,) = store.unwritten(9)
    assert store.annotate([id_of(3)], Change(rating=2)) == ()
    assert store.unwritten(9) == [unwritten]


def test_a_picture_that_is_not_here_cannot_be_annotated_and_nothing_is(store: Store) -> None:
    filled(store, 1)
    with pytest.raises(NotHereError, match=r"#00000009 is not in the gallery"):
        store.annotate([id_of(1), id_of(9)], Change(rating=5))
    assert store.annotation(id_of(1)) == Annotation()
    for ask in (store.details, store.annotation):
        with pytest.raises(NotHereError, match="#00000009"):
            ask(id_of(9))
    with pytest.raises(NotHereError, match="row 77"):
        store.entry(77)


def test_undo_passes_over_what_has_gone_meanwhile(store: Store) -> None:
    rows = filled(store, 1, 2)
    before = store.annotate([id_of(1), id_of(2)], Change(rating=5))
    store.forget(rows[0])
    store.take_back(Change(rating=5), before)
    assert store.annotation(id_of(2)) == Annotation()
    store.add(facts_of(1), file_of(1))
    assert store.annotation(id_of(1)).rating == 5


def test_undo_leaves_what_others_have_said_since(store: Store) -> None:
    filled(store, 1)
    store.annotate([id_of(1)], Change(rating=2, add_tags=("old", "sea")))
    change = Change(rating=5, add_tags=("mine",), remove_tags=("old",))
    before = store.annotate([id_of(1)], change)
    # As another program, or the command line, may do.
    store.annotate([id_of(1)], Change(note="Look!", add_tags=("theirs",), remove_tags=("sea",)))
    store.take_back(change, before)
    assert store.annotation(id_of(1)) == Annotation(2, tags=("old", "theirs"), note="Look!")
    store.annotate([id_of(1)], Change(rating=4))
    store.take_back(change, before)
    assert store.annotation(id_of(1)).rating == 4


texts = st.text(max_size=40) | st.sampled_from(
    ["🌊🏔", "שלום", "e\u0301", "\udc80\0\x07", "x" * 10_000]
)
names = st.text(max_size=20).map(lambda text: f"a{text}")


@settings(max_examples=60, deadline=None)
@given(note=texts, tags=st.lists(names, max_size=4), albums=st.lists(names, max_size=3))
def test_any_text_comes_back(
    note: str, tags: list[str], albums: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = Annotation(note=note, tags=tuple(tags), albums=tuple(albums))
    change = Change(note=note, add_tags=tuple(tags), add_albums=tuple(albums))
    with opened(tmp_path_factory.mktemp("texts")) as store:
        (number,) = filled(store, 3)
        store.annotate([id_of(3)], change)
        assert store.annotation(id_of(3)) == said
        store.forget(number)
        store.add(facts_of(), file_of())
        assert store.annotation(id_of(3)) == said


def test_what_is_said_is_found_by_its_words_and_no_longer_when_it_is_unsaid(store: Store) -> None:
    rows = filled(store, 1, 2)
    said = Change(add_tags=("blue hour",), add_albums=("Küste",), note="Ein schöner Himmel")
    store.annotate([id_of(1)], said)
    for query in ('"blue hour"', "kuste", "schoner", "tags : hour"):
        assert words(store, query) == rows[:1]
    store.annotate(
        [id_of(1)], Change(remove_tags=("blue hour",), remove_albums=("Küste",), note="")
    )
    for query in ('"blue hour"', "kuste", "schoner"):
        assert words(store, query) == []
    assert words(store, "landscapes") == rows


# Sidecars


def test_a_change_is_unwritten_until_the_sidecar_has_it(store: Store) -> None:
    (number,) = filled(store, 3)
    assert store.unwritten(9) == []
    store.annotate([id_of(3)], Change(rating=3))
    (unwritten,) = store.unwritten(9)
    assert (unwritten.number, unwritten.id, unwritten.file) == (number, id_of(3), file_of())
    assert (unwritten.annotation, unwritten.sidecar_hash) == (Annotation(rating=3), "")
    store.annotate([id_of(3)], Change(rating=4))
    store.wrote(number, unwritten.revision, "1" * 64)
    (later,) = store.unwritten(9)
    assert (later.annotation, later.sidecar_hash) == (Annotation(rating=4), "1" * 64)
    store.wrote(number, later.revision, "2" * 64)
    assert store.unwritten(9) == []
    known = store.known(id_of(3))
    assert known
    assert (known.sidecar_hash, known.dirty) == ("2" * 64, False)


def test_undo_and_a_touch_are_unwritten_too(store: Store) -> None:
    (number,) = filled(store, 3)
    before = store.annotate([id_of(3)], Change(rating=3))
    store.wrote(number, store.unwritten(9)[0].revision, "1" * 64)
    store.take_back(Change(rating=3), before)
    assert store.unwritten(9)[0].annotation == Annotation()
    store.wrote(number, store.unwritten(9)[0].revision, "2" * 64)
    store.touch([id_of(3), id_of(9)])
    assert [each.id for each in store.unwritten(9)] == [id_of(3)]


def test_only_files_that_are_there_get_sidecars(store: Store) -> None:
    rows = filled(store, 1, 2, 3, 4)
    store.annotate([id_of(n) for n in (1, 2, 3, 4)], Change(rating=1))
    store.set_state(rows[0], State.MISSING)
    store.set_state(rows[1], State.TRASHED, Place(State.PRESENT))
    store.set_state(rows[2], State.DAMAGED)
    assert [each.number for each in store.unwritten(9)] == rows[2:]
    assert [each.number for each in store.unwritten(1)] == rows[2:3]


def test_a_row_is_never_taken_for_one_that_has_gone(store: Store) -> None:
    (number,) = filled(store, 1)
    store.forget(number)
    assert filled(store, 2) != [number]


# Rows that go


def test_a_forgotten_picture_that_comes_back_has_its_annotation_and_a_sidecar_to_write(
    store: Store,
) -> None:
    number = store.add(facts_of(made=made_of(parents=(id_of(9),))), file_of(), LOVED)
    store.forget(number)
    assert store.count() == 0
    assert words(store, "landscapes OR sky") == []
    for table in ("tags", "album_pictures", "parents"):
        rest = store.connection.execute(f"SELECT count(*) FROM {table}").fetchall()
        assert rest == [(0,)]
    store.add(facts_of(), file_of())
    assert store.annotation(id_of(3)) == LOVED
    assert [each.annotation for each in store.unwritten(9)] == [LOVED]
    left = store.connection.execute("SELECT count(*) FROM remembered").fetchall()
    assert left == [(0,)]


def test_a_stripped_copy_of_a_forgotten_picture_is_known_by_its_pixels(store: Store) -> None:
    store.forget(store.add(facts_of(3), file_of(), LOVED))
    bare = Made(Origin.OTHER, made_of().created)
    store.add(facts_of(8, bare, pixels=facts_of(3).pixels), file_of(8))
    assert store.annotation(id_of(8)) == LOVED
    # The picture itself has not lost it to its copy.
    store.add(facts_of(3), file_of())
    assert store.annotation(id_of(3)) == LOVED


def test_a_new_picture_of_ours_with_equal_pixels_is_not_taken_for_a_forgotten_one(
    store: Store,
) -> None:
    store.forget(store.add(facts_of(3), file_of(), LOVED))
    store.add(facts_of(8, pixels=facts_of(3).pixels), file_of(8))
    assert store.annotation(id_of(8)) == Annotation()


def test_a_moved_file_pushes_out_what_was_noted_there(store: Store) -> None:
    rows = filled(store, 1, 2)
    store.annotate([id_of(2)], Change(rating=4))
    store.move(rows[0], file_of(2))
    assert [known.id for known in store.files()] == [id_of(1)]
    assert store.entry(rows[0]).file == file_of(2)
    store.add(facts_of(2), Path("new.png"))
    assert store.annotation(id_of(2)).rating == 4
