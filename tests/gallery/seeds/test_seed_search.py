"""What seeds are found by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from samples import recipe_of
from seeding import CREATED, faces_recipe, fill, found, keys_of, opened, plan_of, tile_of

from ldm_desktop.gallery.finding.query_terms import QueryError
from ldm_desktop.gallery.seeds import query
from ldm_desktop.gallery.seeds.records import Finished, SeedChange, Verdict
from ldm_desktop.gallery.seeds.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("seeds")) as store:
        fill(store, [tile_of(0), tile_of(1, Verdict.KEPT), tile_of(2, Verdict.CULLED)])
        faces = plan_of(2, recipe=faces_recipe(), name="Old harbours", first=100)
        fill(store, [tile_of(0, Verdict.CULLED), tile_of(1)], faces)
        store.saw([Finished(UUID(int=1), recipe_of(50), CREATED)])
        store.note(keys_of(1, 7), SeedChange(star=True, name="Élan rouge"))
        store.note(keys_of(100), SeedChange(note="Fog over the sea_wall\n日本の霧"))
        yield store


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("", [0, 1, 2, 7, 50, 100, 101]),
        ("star:", [1, 7]),
        ("star:no seed:0..9", [0, 2]),
        ("seed:1", [1]),
        ("seed:2..100", [2, 7, 50, 100]),
        ("seed>=100", [100, 101]),
        ("100", [100]),
        ("model:landscapes", [0, 1, 2, 50]),
        ("model:f*", [100, 101]),
        ("model:land", []),
        ("sheet:'x", []),
        ('sheet:"old harbours"', [100, 101]),
        ("verdict:kept", [1]),
        ("verdict:culled", [2, 100]),
        ("verdict:open", [0, 101]),
        ("verdict:kept,culled", [1, 2, 100]),
        ("steps:>20", [100, 101]),
        ("sampler:ddim seed:..1", [0, 1]),
        ("has:picture", [50]),
        ("has:name", [1, 7]),
        ("elan", [1, 7]),
        ("note:fog", [100]),
        ("name:fog", []),
        ("harb", [100, 101]),
        ("landsc -verdict:culled", [0, 1, 50]),
        ("elan OR fog", [1, 7, 100]),
        ("elan verdict:kept OR seed:50", [1, 50]),
        ("*wall", [100]),
        ("*a_wall", [100]),
        ("*a%wall", []),
        ("本の", [100]),
        ('"over the sea"', [100]),
        ("-star: -model:*", []),
    ],
)
def test_a_query_finds(store: Store, text: str, seeds: list[int]) -> None:
    assert found(store, text) == seeds


def test_those_met_last_come_first_and_a_limit_keeps_those(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for day, seed in ((3, 5), (1, 6), (2, 7)):
            store.saw([Finished(UUID(int=seed), recipe_of(seed), f"2026-11-0{day}T00:00:00+00:00")])
        assert [row.key.seed for row in store.list_seeds("", 2)] == [5, 7]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mood:calm", "There is no key “mood” for seeds: write one of star:, seed:"),
        ("(star:)", "Brackets have no meaning here"),
        ("seed:fox", "“seed” takes whole numbers"),
        ("verdict:great", "“verdict” takes one of kept, open, culled"),
        ("x" * 5000, "longer than 4000 characters"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as caught:
        query.parse(text)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("text", ['sheet:"old', "verdict:ke", "seed:", "note:"])
def test_a_term_that_is_being_typed_is_left_out_until_it_is_finished(
    store: Store, text: str
) -> None:
    assert query.parse(text).unfinished == text
    assert found(store, f"star: {text}") == [1, 7]
