"""Completion says what there is, by how often, and what it gives is understood as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import facts_of, file_of, id_of, made_of, opened

from ldm_desktop.gallery.finding import query_keys
from ldm_desktop.gallery.finding.complete import MOST, Completion, complete
from ldm_desktop.gallery.finding.query import parse
from ldm_desktop.gallery.finding.search import Search
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Label, State


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store with some pictures."""
    with opened(tmp_path_factory.mktemp("library")) as store:
        fill(store)
        yield store


def fill(store: Store) -> None:
    """Add examples of which something is said, one of them in the trash."""
    said = [
        Annotation(5, label=Label.RED, tags=("blue hour", "sea"), albums=("For the show",)),
        Annotation(4, tags=("sea", "Éclair", 'a "b", c*')),
        Annotation(tags=("blue hour", "sea", "by the sea")),
        Annotation(tags=("sea", "gone"), albums=("For the show",)),
    ]
    for number, annotation in enumerate(said, 1):
        store.add(facts_of(number, made_of(number)), file_of(number), annotation)
    store.set_state(4, State.TRASHED)
    store.make_album("Loved ones", "rating:5")


def offered(store: Store, text: str, cursor: int | None = None) -> list[str]:
    """Give the texts that could stand at the end, or at the cursor."""
    place = len(text) if cursor is None else cursor
    return [each.text for each in complete(store.connection, text, place)]


def taken(text: str, chosen: Completion) -> str:
    """Put what was chosen into a text."""
    return text[: chosen.start] + chosen.text + text[chosen.end :]


def test_at_first_all_keys_are_offered_with_an_example(store: Store) -> None:
    found = complete(store.connection, "", 0)
    assert [each.text for each in found] == [f"{key.name}:" for key in query_keys.KEYS]
    assert found[0] == Completion("seed:", 0, 0, "seed:3")


def test_a_word_is_completed_to_keys_tags_and_albums(store: Store) -> None:
    assert offered(store, "se") == ["seed:", "settings:", "seconds:", "tag:sea", 'tag:"by the sea"']
    assert offered(store, "sho") == ['album:"For the show"']
    assert offered(store, "a st", 4) == ["steps:", "step:", "state:", "rating:"]


def test_names_are_offered_with_their_number_of_pictures(store: Store) -> None:
    found = complete(store.connection, "tag:", 4)
    assert [(each.text, each.count) for each in found] == [
        ("sea", 3),
        ('"blue hour"', 2),
        ('"a \\"b\\", c*"', 1),
        ('"by the sea"', 1),
        ("Éclair", 1),
    ]
    assert offered(store, "tag:eCl") == ["Éclair"]
    assert offered(store, "album:") == ['"For the show"', '"Loved ones"']


def test_a_name_is_found_by_each_of_its_words_and_in_quotes(store: Store) -> None:
    assert offered(store, "tag:hou") == ['"blue hour"']
    assert offered(store, 'tag:"blue h') == ['"blue hour"']
    assert offered(store, "tag:sea,blu") == ['"blue hour"']


def test_what_is_chosen_takes_the_place_of_what_was_typed(store: Store) -> None:
    text = "a -tag:sea,bl b"
    (chosen,) = complete(store.connection, text, 13)
    assert taken(text, chosen) == 'a -tag:sea,"blue hour" b'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "label:",
            [("red", 1), ("yellow", 0), ("green", 0), ("blue", 0), ("purple", 0), ("none", 2)],
        ),
        ("flag:re", [("rejected", 0)]),
        ("state:tr", [("trashed", 1)]),
        ("is:dup", [("duplicate", None)]),
        ("rating:>", [(">=4", None), (">=3", None), (">=2", None), (">=1", None)]),
        ("seed:", [("1", 1), ("2", 1), ("3", 1)]),
        ("steps:>=2", [(">=20", 3)]),
        ("size:", [("16x8", 3)]),
        ("date:2", [("2026-11", 3)]),
        ("date:last-w", [("last-week", None)]),
        ("note:a", []),
        ("qqq:a", []),
        ('"se', []),
    ],
)
def test_values_are_offered_as_their_keys_ask_for(
    store: Store, text: str, expected: list[tuple[str, int | None]]
) -> None:
    found = complete(store.connection, text, len(text))
    assert [(each.text, each.count) for each in found] == expected


def test_pictures_are_offered_by_the_first_digits_of_their_ids(store: Store) -> None:
    ids = [f"#{id_of(number).hex[:8]}" for number in (1, 2, 3, 4)]
    assert offered(store, "#000") == ids
    assert offered(store, f"parent:{ids[1]}") == [ids[1]]
    assert offered(store, "parent:xyz") == []


def test_every_value_offered_is_understood_and_found(store: Store) -> None:
    search = Search(store.connection)
    for key in query_keys.KEYS:
        text = f"{key.name}:"
        for chosen in complete(store.connection, text, len(text)):
            query = parse(taken(text, chosen)).finished()
            if chosen.count is not None:
                assert search.count(query) == chosen.count, taken(text, chosen)


@settings(deadline=None, max_examples=100)
@given(st.text('se#tag:"“,()*\\-|>é夜 OR', max_size=12), st.integers(0, 12))
def test_wherever_the_cursor_is_completion_answers(store: Store, text: str, cursor: int) -> None:
    for each in complete(store.connection, text, min(cursor, len(text))):
        assert 0 <= each.start <= each.end <= len(text)


def test_of_many_names_the_most_used_are_offered(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for number in range(1, 31):
            tags = tuple(f"tag {each}" for each in range(number))
            store.add(facts_of(number), file_of(number), Annotation(tags=tags))
        found = complete(store.connection, "tag:", 4)
    assert [each.text for each in found] == [f'"tag {each}"' for each in range(MOST)]
