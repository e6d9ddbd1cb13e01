"""Search finds exactly what a slow reference finds, whatever is asked, and as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import facts_of, file_of, id_of, made_of, opened
from search_reference import ALBUMS, MODELS, TAGS, Reference, fill, grouped, in_order

from ldm_desktop.gallery.finding import query_keys
from ldm_desktop.gallery.finding.query import Grouping, Order, QueryError, SortField, parse
from ldm_desktop.gallery.finding.query_text import quote
from ldm_desktop.gallery.finding.search import Search
from ldm_desktop.gallery.index.database import connect
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Change, Flag, State


@pytest.fixture(scope="module", params=[1, 2])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Search, Reference]]:
    """Give a search in a store of pictures by chance, and its reference."""
    with opened(tmp_path_factory.mktemp("library")) as store:
        reference = fill(store, request.param, 80)
        yield Search(store.connection), reference


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with opened(tmp_path) as store:
        yield store


def add(store: Store, number: int, note: str = "", **said: object) -> int:
    """Add an example of which something is said."""
    annotation = Annotation(note=note, **said)  # type: ignore[arg-type]
    return store.add(facts_of(number), file_of(number), annotation)


def found(store: Store, text: str) -> list[int]:
    """Ask a new search."""
    return list(Search(store.connection).numbers(parse(text), Order(SortField.ADDED, False)))


numbers = st.integers(0, 300) | st.sampled_from([3, 7, 2**32 - 1])
signs = st.sampled_from(["", ">", ">=", "<", "<="])
days = st.dates(datetime(2026, 9, 20).date(), datetime(2027, 1, 10).date())  # noqa: DTZ001
choices = [f"{key.name}:{name}" for key in query_keys.KEYS for name in key.choices]
terms = st.one_of(
    st.sampled_from(choices),
    st.sampled_from(
        ["sea", "s", "fo", "the", '"the sea"', "cafe", "LAND", "夜", "青い", "景", "🌅"]
    ),
    st.sampled_from(
        ['":)"', "%", "_", "100%", "*ark*", "*a*é", "castle", "seed", "a-seed", "note:fog"]
    ),
    st.sampled_from(
        ['note:"fog over"', "note:夜", "file:B", "file:*3*", "settings:cast", "prompt:🌅"]
    ),
    st.builds("tag:{}".format, st.sampled_from(TAGS).map(quote)),
    st.builds("album:{}".format, st.sampled_from(ALBUMS).map(quote)),
    st.builds("model:{}".format, st.sampled_from(MODELS).map(quote)),
    st.sampled_from(
        ["model:land*", "tag:*ea*", "tag:cafe", "sampler:euler*", "sampler:DDIM", "tag:zz"]
    ),
    st.builds(
        "{}:{}{}".format,
        st.sampled_from(["seed", "steps", "width", "height", "step", "seconds", "size", "eta"]),
        signs,
        numbers,
    ),
    st.builds("rating:{}{}".format, signs, st.integers(0, 5)),
    st.builds("date:{}{}".format, signs, days),
    st.builds("date:{:%Y-%m}..{:%Y-%m}".format, days, days),
    st.builds(
        "{}:#{}".format,
        st.sampled_from(["id", "parent", "child", "like"]),
        st.integers(0, 40).map(lambda number: id_of(number).hex[:8]),
    ),
    st.sampled_from(["id:0", "parent:0000", "#00000003"]),
)
queries = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.builds("-({})".format, inner),
        st.builds("{} {}".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(queries, st.sampled_from(SortField), st.booleans())
def test_search_finds_what_a_slow_reference_finds(
    filled: tuple[Search, Reference], text: str, field: SortField, descending: bool
) -> None:
    search, reference = filled
    query, order = parse(text).finished(), Order(field, descending)
    expected = reference.numbers(query.node, order)
    assert list(search.numbers(query, order)) == expected
    assert list(search.numbers(query, order, limit=5)) == expected[:5]
    assert search.count(query) == len(expected)


@settings(deadline=None, max_examples=100)
@given(st.text() | st.lists(terms | st.text(max_size=6), max_size=8).map(" ".join))
def test_whatever_is_asked_is_answered_or_refused(
    filled: tuple[Search, Reference], text: str
) -> None:
    search, _ = filled
    try:
        search.numbers(parse(text))
    except QueryError as error:
        assert str(error).endswith(".")  # noqa: PT017 - to be answered is as well


@pytest.mark.parametrize(
    "text",
    [
        '" OR note:x',
        "a* NEAR(b)",
        "note : x",
        "^a",
        "a + b",
        "{note}:x",
        "' OR 1=1 --",
        "\x00a",
        '"a',
    ],
)
def test_the_language_of_the_index_cannot_be_reached(
    filled: tuple[Search, Reference], text: str
) -> None:
    search, reference = filled
    for phrase in (quote(text), f"note:{quote(text)}", f"tag:{quote(text)}"):
        query = parse(phrase)
        assert list(search.numbers(query)) == reference.numbers(query.node)


KEYS = {
    Grouping.SEED: lambda row: row.facts.made.seed,
    Grouping.DAY: lambda row: row.value("day"),
}


@pytest.mark.parametrize("by", KEYS)
def test_groups_stand_where_their_first_picture_stood(
    filled: tuple[Search, Reference], by: Grouping
) -> None:
    search, reference = filled
    listed = search.numbers(parse("state:*"))
    arranged, groups = search.groups(listed, by)
    parts = [list(arranged[group.start : group.start + group.count]) for group in groups]
    rows = in_order(reference.rows, Order())
    assert parts == grouped(rows, KEYS[by])
    of = {row.number: row for row in rows}
    assert [group.value for group in groups] == [KEYS[by](of[part[0]]) for part in parts]


def test_pictures_of_equal_pixels_are_grouped_and_the_others_come_last(store: Store) -> None:
    for number, pixels in ((1, "a"), (2, "b"), (3, "a"), (4, "c"), (5, "b"), (6, "c")):
        store.add(facts_of(number, pixels=pixels * 64), file_of(number))
    store.set_state(6, State.TRASHED)
    search = Search(store.connection)
    listed = search.numbers(parse(""), Order(SortField.ADDED, False))
    arranged, groups = search.groups(listed, Grouping.DUPLICATES)
    assert list(arranged) == [1, 3, 2, 5, 4]
    assert [tuple(group) for group in groups] == [(1, 0, 2), (2, 2, 2), (None, 4, 1)]
    assert found(store, "is:duplicate") == [1, 2, 3, 5]


def test_pictures_that_look_alike_are_grouped(store: Store) -> None:
    for number, look in ((1, 0), (2, 2**64 - 1), (3, 0b111), (4, 2**64 - 1 - 2**63)):
        store.add(facts_of(number, look=look), file_of(number))
    search = Search(store.connection)
    arranged, groups = search.groups(search.numbers(parse("")), Grouping.NEAR)
    assert list(arranged) == [4, 2, 3, 1]
    assert [tuple(group) for group in groups] == [(4, 0, 2), (3, 2, 2)]
    assert found(store, f"like:#{id_of(4).hex[:8]}") == [2, 4]


def test_recipes_that_differ_in_their_seed_alone_are_grouped(store: Store) -> None:
    store.add(facts_of(1, made_of(1)), file_of(1))
    foreign = made_of(recipe=None, environment=None, settings="castle", sampler="Euler a")
    store.add(facts_of(2, foreign), file_of(2))
    store.add(facts_of(3, made_of(8)), file_of(3))
    search = Search(store.connection)
    listed = search.numbers(parse(""), Order(SortField.ADDED, False))
    arranged, groups = search.groups(listed, Grouping.LIKENESS)
    assert list(arranged) == [1, 3, 2]
    assert groups[0] == (("landscapes", "ddim", 20), 0, 2)
    assert groups[1] == (("landscapes", "Euler a", 20), 2, 1)


def test_without_a_grouping_a_listing_stays_as_it_is(filled: tuple[Search, Reference]) -> None:
    search, _ = filled
    listed = search.numbers(parse(""))
    assert search.groups(listed, Grouping.NONE) == (listed, ())


def test_what_another_connection_writes_is_found(store: Store, tmp_path: Path) -> None:
    add(store, 1, tags=("sea",))
    search = Search(store.connection)
    assert list(search.numbers(parse("tag:sky"))) == []
    other = Store(connect(tmp_path / "gallery.db"), store.library)
    other.annotate([id_of(1)], Change(add_tags=("sky",)))
    other.add(facts_of(2), file_of(2), Annotation(tags=("sky",)))
    assert list(search.numbers(parse("tag:sky"))) == [2, 1]
    other.connection.close()


def test_what_was_undone_is_not_remembered(store: Store) -> None:
    add(store, 1)
    search = Search(store.connection)
    store.connection.execute("BEGIN")
    store.connection.execute("UPDATE pictures SET rating = 5")
    assert list(search.numbers(parse("rating:5"))) == [1]
    store.connection.execute("ROLLBACK")
    assert list(search.numbers(parse("rating:5"))) == []


def test_a_search_leaves_nothing_open(store: Store) -> None:
    search = Search(store.connection)
    store.make_album("Mirror", "album:Mirror")
    with pytest.raises(QueryError):
        search.numbers(parse("album:Mirror"))
    assert not store.connection.in_transaction


def test_an_interrupted_search_can_be_asked_again(store: Store) -> None:
    add(store, 1, "fog")
    search = Search(store.connection)
    store.connection.set_progress_handler(lambda: True, 1)
    with pytest.raises(apsw.InterruptError):
        search.numbers(parse("fog"))
    store.connection.set_progress_handler(None)
    assert list(search.numbers(parse("fog"))) == [1]


def test_smart_albums_stand_for_their_queries(store: Store) -> None:
    add(store, 1, rating=5)
    add(store, 2, rating=5, albums=("Best",))
    add(store, 3, flag=Flag.REJECTED)
    store.make_album("Loved", "rating:5")
    store.make_album("Shown", 'album:"loved" -album:best')
    store.make_album("Both", "album:b* is:rejected OR album:shown")
    assert found(store, "album:loved") == [1, 2]
    assert found(store, "album:shown") == [1]
    assert found(store, "-album:shown") == [2, 3]
    assert found(store, "album:*o*") == [1, 2]
    assert found(store, "album:none") == []


def test_a_smart_album_that_asks_for_itself_is_refused(store: Store) -> None:
    store.make_album("One", "album:two")
    store.make_album("Two", "sea OR -album:One")
    with pytest.raises(QueryError, match=r"“One” → “Two” → “One”.*change one of their queries"):
        found(store, "album:one")


def test_smart_albums_that_multiply_are_refused(store: Store) -> None:
    store.make_album("A0", "sea")
    for level in range(1, 12):
        store.make_album(f"A{level}", f"album:A{level - 1} OR -album:A{level - 1}")
    with pytest.raises(QueryError, match="more than 2000 conditions"):
        found(store, "album:A11")


def test_a_smart_album_whose_query_is_refused_is_named(store: Store) -> None:
    store.make_album("Old", "smapler:ddim")
    with pytest.raises(QueryError, match="“Old” cannot be listed: There is no key “smapler”"):
        found(store, "album:old")


def test_what_is_in_the_trash_is_found_only_when_asked_for(store: Store) -> None:
    add(store, 1)
    add(store, 2)
    store.set_state(2, State.TRASHED)
    store.make_album("Bin", "is:trashed")
    assert found(store, "") == [1]
    assert found(store, "-fog") == [1]
    assert found(store, "state:trashed") == found(store, "album:bin") == [2]
    assert found(store, "state:trashed OR state:present") == [1, 2]
    assert found(store, "-state:trashed") == [1]


def test_words_inside_of_a_run_without_spaces_are_found(store: Store) -> None:
    add(store, 1, "夜の青い海")
    add(store, 2, tags=("夜景",))
    add(store, 3, albums=("서울의밤",))
    assert found(store, "夜") == [1, 2]
    assert found(store, "青い") == [1]
    assert found(store, "밤") == [3]
    assert found(store, '"の青"') == [1]


def test_signs_that_are_no_words_are_found_as_they_are(store: Store) -> None:
    add(store, 1, "so warm 🌅")
    add(store, 2, tags=("100%",))
    add(store, 3, tags=("100_",))
    assert found(store, "🌅") == [1]
    assert found(store, "%") == [2]
    assert found(store, "_") == [3]


def test_long_and_many_names_are_found(store: Store) -> None:
    add(store, 1, "x" * 10_000, tags=tuple(f"tag {number}" for number in range(1000)))
    assert found(store, "tag:tag*") == [1]
    assert found(store, "note:xxx") == [1]


def test_an_empty_gallery_answers(store: Store) -> None:
    search = Search(store.connection)
    for field in SortField:
        assert list(search.numbers(parse(""), Order(field))) == []
    for text in ("a", "-a", "tag:a", "is:duplicate", "like:#0", "album:*", "date:today"):
        assert list(search.numbers(parse(text), limit=200)) == []
