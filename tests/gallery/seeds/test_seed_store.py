"""What is remembered of sheets, tiles, pictures and words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import recipe_of
from seeding import CREATED, FACES, faces_recipe, fill, found, keys_of, opened, plan_of, tile_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Generator, Rotate, Seed
from ldm_desktop.gallery.seeds.records import (
    Finished,
    SeedChange,
    SeedKey,
    SeedNote,
    Verdict,
)
from ldm_desktop.gallery.seeds.store import Store

KEPT, CULLED, OPEN = Verdict.KEPT, Verdict.CULLED, Verdict.OPEN
PICTURE = UUID(int=7, version=4)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def finished(seed: int, **changes: Any) -> Finished:
    return Finished(PICTURE, recipe_of(seed, **changes), CREATED, b"finished")


# Sheets and tiles


def test_a_sheet_comes_back_as_it_was_planned_with_its_counts(store: Store) -> None:
    plan = plan_of(picked=(5, 9, 2**32 - 1), count=3, share=0.3, draft=4)
    fill(store, [tile_of(0, KEPT), tile_of(1, CULLED), tile_of(2, done=0)], plan)
    (row,) = store.sheets()
    assert row.plan == plan
    assert (row.formed, row.kept, row.culled, row.finished) == (2, 1, 1, 0)


def test_tiles_come_back_by_their_places_without_pictures(store: Store) -> None:
    plan = fill(store, [tile_of(5, KEPT, done=9), tile_of(2)])
    bare = [
        dataclasses.replace(tile, preview=b"") for tile in (tile_of(2), tile_of(5, KEPT, done=9))
    ]
    assert store.tiles(plan.id) == tuple(bare)
    assert store.tile_previews(plan.id, [2, 3, 5]) == {2: b"picture 2", 5: b"picture 5"}


def test_a_tile_that_is_noted_again_keeps_its_preview_and_its_picture(store: Store) -> None:
    plan = fill(store, [tile_of(2, picture=PICTURE)])
    store.note_tiles([(plan, [tile_of(2, CULLED, preview=b"", done=7)])])
    (tile,) = store.tiles(plan.id)
    assert (tile.verdict, tile.done, tile.picture) == (CULLED, 7, PICTURE)
    assert store.tile_previews(plan.id, [2]) == {2: b"picture 2"}


def test_tiles_of_a_sheet_that_was_not_kept_are_noted_on_it_all_the_same(store: Store) -> None:
    store.note_tiles([(plan_of(), [tile_of(3)])])
    assert store.sheets()[0].plan == plan_of()


def test_a_sheet_keeps_the_name_it_was_given_when_it_is_opened_again(store: Store) -> None:
    plan = fill(store, [])
    store.rename_sheet(plan.id, "  Harbours\n")
    store.keep_sheet(dataclasses.replace(plan, share=0.5))
    (row,) = store.sheets()
    assert (row.plan.name, row.plan.share) == ("Harbours", 0.5)


def test_a_removed_sheet_leaves_what_was_judged_noted_or_finished(store: Store) -> None:
    tiles = [tile_of(0), tile_of(1, CULLED), tile_of(2), tile_of(3, picture=PICTURE)]
    plan = fill(store, tiles)
    store.note(keys_of(2), SeedChange(star=True))
    store.remove_sheet(plan.id)
    assert store.sheets() == ()
    assert found(store, "") == [1, 2, 3]
    (trial,) = store.trials(SeedKey(1))
    assert (trial.verdict, trial.sheet) == (CULLED, None)
    with pytest.raises(KnownError, match="not remembered any more"):
        store.remove_sheet(plan.id)


# Trials


def test_a_trial_has_the_whole_recipe_of_its_tile(store: Store) -> None:
    plan = fill(store, [tile_of(3, KEPT)], plan_of(draft=6))
    (trial,) = store.trials(SeedKey(3))
    assert trial.recipe == plan.tile_recipe(3)
    assert (trial.verdict, trial.sheet, trial.preview) == (KEPT, plan.id, b"picture 3")
    assert store.trials(SeedKey(4)) == ()


def test_a_saved_picture_is_noted_on_the_tile_it_finishes(store: Store) -> None:
    plan = fill(store, [tile_of(3)])
    store.saw([finished(3)])
    assert store.tiles(plan.id)[0].picture == PICTURE
    (trial,) = store.trials(SeedKey(3))
    assert (trial.picture, trial.preview) == (PICTURE, b"finished")


def test_a_picture_stands_for_a_seed_also_while_it_forms_again(store: Store) -> None:
    store.saw([finished(3)])
    fill(store, [tile_of(3, done=2), tile_of(4)])
    assert {trial.preview for trial in store.trials(SeedKey(3))} == {b"finished"}
    assert store.trials(SeedKey(4))[0].preview == b"picture 4"


def test_a_saved_picture_of_a_draft_is_a_trial_of_its_own_and_on_the_tile(store: Store) -> None:
    plan = fill(store, [tile_of(3)], plan_of(draft=6))
    store.saw([finished(3)])
    assert store.tiles(plan.id)[0].picture == PICTURE
    assert sorted(trial.recipe.steps for trial in store.trials(SeedKey(3))) == [6, 20]
    (row,) = store.list_seeds("", 9)
    assert (row.trials, row.pictures) == (2, 1)


def test_a_wide_seed_is_another_than_the_torch_seed_of_its_number(store: Store) -> None:
    wide = SeedKey(2**63 + 1, Generator.WIDE)
    noise = Seed(wide.seed, Generator.WIDE)
    store.saw([Finished(PICTURE, recipe_of(noise=noise), CREATED)])
    assert store.trials(wide)[0].recipe.noise == noise
    assert store.trials(SeedKey(1)) == ()
    assert [row.key for row in store.list_seeds(f"seed:{2**63 + 1}", 9)] == [wide]


def test_a_variation_is_no_trial_of_its_seed(store: Store) -> None:
    noise = Rotate(Seed(3), Seed(9), 20)
    store.saw([Finished(PICTURE, recipe_of(noise=noise), CREATED)])
    assert store.list_seeds("", 9) == ()


# What people say


def test_what_is_said_of_a_seed_needs_no_picture_of_it(store: Store) -> None:
    store.note(keys_of(7, 9), SeedChange(star=True, name=" Red\nfox ", note="a\r\nb\x00"))
    assert store.noted() == dict.fromkeys(keys_of(7, 9), SeedNote(True, "Red fox", "a\nb"))
    row = store.list_seeds("fox", 9)[0]
    assert (row.trials, row.models, row.preview) == (0, (), b"")


def test_taking_back_restores_what_was_said_but_for_what_was_said_since(store: Store) -> None:
    store.note(keys_of(7), SeedChange(name="first", note="old"))
    change = SeedChange(name="second", note="new")
    before = store.note(keys_of(7, 8), change)
    store.note(keys_of(7), SeedChange(note="newest"))
    store.take_back(change, before)
    assert store.noted() == {SeedKey(7): SeedNote(name="first", note="newest")}


def test_those_that_are_not_changed_are_not_told_of(store: Store) -> None:
    store.note(keys_of(7), SeedChange(star=True))
    assert store.note(keys_of(7, 8), SeedChange(star=True)) == ((SeedKey(8), SeedNote()),)


CHANGES = st.builds(
    SeedChange,
    star=st.none() | st.booleans(),
    name=st.none() | st.sampled_from(["", "fox"]),
    note=st.none() | st.sampled_from(["", "fog"]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(CHANGES, min_size=1, max_size=6))
def test_changes_that_are_all_taken_back_leave_nothing(
    tmp_path_factory: pytest.TempPathFactory, changes: list[SeedChange]
) -> None:
    with opened(tmp_path_factory.mktemp("seeds")) as store:
        done = [(change, store.note(keys_of(1), change)) for change in changes]
        for change, before in reversed(done):
            store.take_back(change, before)
        assert store.noted() == {}
        assert found(store, "fox") == found(store, "fog") == []


def test_liked_are_the_starred_and_the_kept_perhaps_of_one_model(store: Store) -> None:
    fill(store, [tile_of(0, KEPT), tile_of(1, CULLED), tile_of(2)])
    fill(store, [tile_of(4, KEPT), tile_of(5)], plan_of(2, recipe=faces_recipe()))
    store.note(keys_of(2, 9), SeedChange(star=True))
    assert set(store.liked()) == set(keys_of(0, 2, 4, 9))
    assert set(store.liked(FACES.fingerprint)) == set(keys_of(4))
    assert set(store.liked(recipe_of().model.fingerprint)) == set(keys_of(0, 2))


def test_a_seed_is_shown_by_its_picture_or_else_by_what_came_furthest(store: Store) -> None:
    fill(store, [tile_of(0, done=19)])
    fill(store, [tile_of(0, preview=b"faces")], plan_of(2, recipe=faces_recipe()))
    (row,) = store.list_seeds("", 9)
    assert (row.models, row.preview) == (("faces", "landscapes"), b"picture 0")
    store.saw([Finished(PICTURE, faces_recipe(0), CREATED, b"finished")])
    assert store.list_seeds("", 9)[0].preview == b"finished"
