"""What pictures have in common is told of few and of many alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rows import facts_of, file_of, id_of, opened

from ldm_desktop.gallery.index import store_common
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Common
from ldm_desktop.gallery.records import Annotation, Change

SAID = {
    1: Annotation(tags=("blue", "sky"), albums=("Best", "Trip"), note="Fog"),
    2: Annotation(tags=("sea", "sky"), albums=("Trip",), note="Fog"),
    3: Annotation(tags=("sea", "sky"), albums=("Trip",), note="Later"),
    4: Annotation(tags=("cat",), albums=("Best",)),
    5: Annotation(),
}


@pytest.fixture(params=["few", "many"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """Open a store of some pictures; of which either few are asked for, or many."""
    monkeypatch.setattr(store_common, "FEW", 100 if request.param == "few" else 0)
    with opened(tmp_path) as store:
        store.add_many((facts_of(n), file_of(n), said) for n, said in SAID.items())
        yield store


def ask(store: Store, *examples: int) -> Common:
    return store.common([store.row(id_of(each)) for each in examples])


def test_what_all_have_is_told_apart_from_what_only_some_have(store: Store) -> None:
    found = ask(store, 1, 2, 3)
    assert found.pictures == 3
    assert found.tags_everywhere == ("sky",)
    assert found.tags_somewhere == (("sea", 2), ("blue", 1))
    assert found.albums_everywhere == ("Trip",)
    assert found.albums_somewhere == (("Best", 1),)


def test_what_most_have_comes_first_and_then_the_alphabet(store: Store) -> None:
    found = ask(store, 1, 2, 3, 4)
    assert found.tags_everywhere == ()
    assert found.tags_somewhere == (("sky", 3), ("sea", 2), ("blue", 1), ("cat", 1))
    assert found.albums_somewhere == (("Trip", 3), ("Best", 2))


@pytest.mark.parametrize(
    ("examples", "note"),
    [
        ((1, 2), "Fog"),
        ((2, 3), None),
        ((1, 4), None),
        ((4, 1), None),
        ((4, 5), ""),
        ((3,), "Later"),
    ],
)
def test_a_note_is_shared_only_if_all_have_the_same(
    store: Store, examples: tuple[int, ...], note: str | None
) -> None:
    assert ask(store, *examples).note == note


def test_pictures_that_nothing_was_said_of_have_nothing_in_common(store: Store) -> None:
    assert ask(store, 5) == Common(1)


def test_rows_that_are_gone_do_not_count(store: Store) -> None:
    here = [store.row(id_of(each)) for each in (1, 2)]
    found = store.common([*here, 999_999])
    assert found.pictures == 2
    assert found.tags_everywhere == ("sky",)
    assert found.note == "Fog"


def test_it_is_of_now(store: Store) -> None:
    store.annotate([id_of(1), id_of(3)], Change(note="Night", add_tags=("cat",)))
    assert ask(store, 1, 3).note == "Night"
    assert ask(store, 1, 3).tags_everywhere == ("cat", "sky")


def test_of_no_pictures_there_is_nothing_to_tell(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert store.common([]) == Common(0)
