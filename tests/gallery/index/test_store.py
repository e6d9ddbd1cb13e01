"""Rows: what comes in is found again, and what is known of it is kept."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import strategies
from hypothesis import HealthCheck, given, settings
from rows import LOVED, facts_of, file_of, filled, id_of, made_of, opened, words
from samples import recipe_of

from ldm_desktop.core.noise import (
    Generator,
    Mask,
    Mix,
    Parent,
    Region,
    Rotate,
    Seed,
    Slerp,
    Turn,
    Walk,
)
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Renoise, fork
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_rows import foreign_likeness, likeness, times
from ldm_desktop.gallery.index.store_values import Place
from ldm_desktop.gallery.records import (
    Annotation,
    Change,
    Facts,
    Flag,
    Label,
    Made,
    Origin,
    State,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with opened(tmp_path) as store:
        yield store


# Facts


def test_all_that_is_known_of_a_picture_comes_back(store: Store) -> None:
    made = made_of(parents=(id_of(8), id_of(7)), settings="as found")
    number = store.add(facts_of(made=made), file_of(), LOVED)
    details = store.details(id_of(3))
    assert details.made == made
    assert details.annotation == LOVED
    assert details.children == ()
    assert details.trashed == ""
    assert details.entry == store.entry(number)
    entry = store.entry(number)
    assert (entry.id, entry.file, entry.state) == (id_of(3), file_of(), State.PRESENT)
    assert (entry.seed, entry.model, entry.width, entry.height) == (3, "landscapes", 16, 8)
    assert (entry.rating, entry.flag, entry.label) == (5, Flag.PICKED, Label.RED)
    assert (entry.has_note, entry.has_recipe, entry.pixels) == (True, True, facts_of().pixels)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(picture=strategies.pictures())
def test_any_recipe_comes_back_equal_with_its_environment(
    picture: Picture, tmp_path_factory: pytest.TempPathFactory
) -> None:
    record = picture.record
    made = Made(Origin.OWN, record.created, record.recipe, record.environment, record.parents)
    with opened(tmp_path_factory.mktemp("rows")) as store:
        store.add(facts_of(made=made, id=record.id), file_of())
        found = store.details(record.id).made
    assert found.recipe == record.recipe
    assert found.recipe
    assert found.recipe.model.name == record.recipe.model.name
    assert found.environment == record.environment
    assert found.parents == record.parents


def test_what_another_program_says_comes_back_without_a_recipe(store: Store) -> None:
    made = Made(
        Origin.A1111, "2024-02-29T22:00:00+00:00", seed=2**64 - 1, model="dream", sampler="Euler a",
        steps=30, settings="a castle\nSteps: 30, Seed: 18446744073709551615",
    )  # fmt: skip
    number = store.add(facts_of(made=made), file_of())
    assert store.details(id_of(3)).made == made
    assert not store.entry(number).has_recipe
    assert words(store, "castle") == [number]


def test_a_seed_that_no_64_bits_hold_is_left_to_the_settings(store: Store) -> None:
    for number, seed in enumerate((-1, 2**64)):
        made = Made(
            Origin.OTHER, made_of().created, seed=seed, steps=2**70, settings=f"Seed: {seed}"
        )
        store.add(facts_of(number, made), file_of(number))
        found = store.details(id_of(number)).made
        assert (found.seed, found.steps, found.settings) == (None, None, f"Seed: {seed}")


def test_seeds_sort_as_numbers(store: Store) -> None:
    for number, seed in enumerate((2**63, 1, 2**64 - 1, 256, 255)):
        made = made_of(recipe=recipe_of(noise=Seed(seed, Generator.WIDE)))
        store.add(facts_of(number, made), file_of(number))
    found = store.connection.execute("SELECT number FROM pictures ORDER BY seed").fetchall()
    seeds = [store.entry(number).seed for (number,) in found]
    assert seeds == [1, 255, 256, 2**63, 2**64 - 1]


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_file_name_that_is_no_utf8_comes_back(store: Store) -> None:
    file = Path("2026-11-23", os.fsdecode(b"caf\xe9 \xff.png"))
    number = store.add(facts_of(), file)
    assert store.entry(number).file == file
    assert store.at(file) == store.known(id_of(3))
    assert words(store, "caf*") == [number]


def test_the_perceptual_hash_may_have_its_highest_bit(store: Store) -> None:
    for number, look in enumerate((2**64 - 1, -(2**63))):
        store.add(facts_of(number, look=look), file_of(number))
    found = store.connection.execute("SELECT look FROM pictures ORDER BY number").fetchall()
    assert found == [(-1,), (-(2**63),)]


def test_moments_are_kept_in_utc_and_days_are_those_here(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert times("2026-11-23T23:30:00-05:00") == ("2026-11-24T04:30:00+00:00", "2026-11-24")
        assert times("2026-11-23T16:30:00+00:00") == ("2026-11-23T16:30:00+00:00", "2026-11-24")
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
def test_dates_at_the_ends_of_the_calendar_are_no_trouble(moment: str) -> None:
    assert times(moment) == (f"{moment[:19]}+00:00", moment[:10])


# Likeness


def test_recipes_that_differ_in_their_first_seed_alone_are_alike() -> None:
    mask = Mask.of(1, 1, b"\x80")
    trees = [
        Seed,
        lambda seed: Rotate(Seed(seed), Seed(1), 30),
        lambda seed: Region(Seed(1), Seed(seed), mask),
        lambda seed: Mix((Parent(Seed(seed), 0.9), Parent(Seed(1), 0.1))),
        lambda seed: Walk(Seed(seed), (Turn(Seed(1), 8), Turn(Seed(2), 8, mask))),
        lambda seed: Slerp(Seed(seed), Seed(1), 0.5),
        lambda seed: Slerp(Seed(1), Seed(seed), 0.75),
    ]
    found = [{likeness(recipe_of(noise=tree(seed))) for seed in (3, 4)} for tree in trees]
    assert [len(each) for each in found] == [1] * len(trees)
    assert len(set.union(*found)) == len(trees)
    assert likeness(recipe_of(3)) != likeness(recipe_of(3, steps=21))


def test_branches_of_other_seeds_are_alike_too() -> None:
    branches = [fork(recipe_of(seed), 5, Renoise(Seed(1), 30)) for seed in (3, 4)]
    assert likeness(branches[0]) == likeness(branches[1]) != likeness(recipe_of(3))


def test_of_other_programs_the_settings_without_the_seed_decide() -> None:
    def like(seed: int, text: str) -> str:
        made = Made(Origin.A1111, made_of().created, model="dream", settings=text.format(seed))
        return foreign_likeness(facts_of(seed, made))

    for text in ("a castle\nSteps: 3, Seed: {}, Size: 8x8", '{{"noise_seed": {}, "steps": 3}}'):
        assert like(3, text) == like(4444, text) != like(3, text + " more")


def test_pictures_of_which_nothing_is_known_are_alike_only_in_their_pixels() -> None:
    made = Made(Origin.OTHER, made_of().created)
    assert foreign_likeness(facts_of(1, made)) != foreign_likeness(facts_of(2, made))


# Adding again


def test_adding_again_brings_the_facts_up_to_date_and_keeps_what_a_person_said(
    store: Store,
) -> None:
    number = store.add(facts_of(), file_of(), LOVED)
    store.annotate([id_of(3)], Change(rating=4))
    changed = facts_of(bytes="f" * 64, size=7, recorded="0" * 64)
    assert store.add(changed, file_of()) == number
    known = store.known(id_of(3))
    assert known
    assert (known.bytes, known.size, known.state) == ("f" * 64, 7, State.CHANGED)
    assert store.annotation(id_of(3)) == dataclasses.replace(LOVED, rating=4)
    assert known.dirty
    assert store.count() == 1


def test_an_annotation_that_comes_with_a_file_goes_before_the_rows(store: Store) -> None:
    filled(store, 3)
    store.annotate([id_of(3)], Change(rating=1, add_tags=("old",)))
    store.add(facts_of(), file_of(), LOVED)
    assert store.annotation(id_of(3)) == LOVED
    assert store.tags() == [("blue hour", 1), ("sea", 1)]
    assert words(store, "old") == []


def test_a_picture_that_turns_up_elsewhere_keeps_its_row(store: Store) -> None:
    (number,) = filled(store, 3)
    store.annotate([id_of(3)], Change(note="mine"))
    assert store.add(facts_of(), Path("elsewhere/renamed.png")) == number
    assert store.entry(number).file == Path("elsewhere/renamed.png")
    assert store.annotation(id_of(3)).note == "mine"
    assert words(store, "renamed") == [number]
    assert words(store, "landscapes AND 5f3a9c21") == []


def test_another_picture_at_a_file_takes_its_place_and_the_old_one_is_remembered(
    store: Store,
) -> None:
    store.add(facts_of(3), file_of(), LOVED)
    store.add(facts_of(4), file_of())
    assert store.count() == 1
    assert store.known(id_of(3)) is None
    assert store.annotation(id_of(4)) == Annotation()
    store.add(facts_of(3), file_of(3).with_name("back.png"))
    assert store.annotation(id_of(3)) == LOVED


def test_a_trashed_picture_makes_room_and_can_still_be_put_back(store: Store) -> None:
    number = store.add(facts_of(3), file_of(), LOVED)
    place = Place(State.PRESENT, "/trash/a.png")
    store.set_state(number, State.TRASHED, place)
    store.add(facts_of(4), file_of())
    (binned,) = store.in_trash()
    assert (binned.id, binned.place) == (id_of(3), place)
    assert binned.file == file_of().with_stem(f"{file_of().stem} (2)")
    assert store.annotation(id_of(3)) == LOVED
    assert store.details(id_of(3)).trashed == "/trash/a.png"


def test_a_trashed_picture_that_is_there_again_is_present(store: Store) -> None:
    (number,) = filled(store, 3)
    store.set_state(number, State.TRASHED, Place(State.PRESENT, "/trash/a.png"))
    store.add(facts_of(3), file_of())
    assert store.in_trash() == []
    assert store.details(id_of(3)).trashed == ""


def test_many_are_added_or_none(store: Store) -> None:
    def items() -> Iterator[tuple[Facts, Path, Annotation | None]]:
        yield facts_of(1), file_of(1), LOVED
        yield facts_of(2), file_of(2), None
        if store.count() < 9:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        store.add_many(items())
    assert store.count() == 0
    assert words(store, "landscapes") == []
    assert store.albums() == []
    store.add_many([(facts_of(n), file_of(n), LOVED if n == 1 else None) for n in (1, 2)])
    assert store.count() == 2
    assert len(words(store, "landscapes")) == 2
    assert store.annotation(id_of(1)) == LOVED


def test_what_a_look_has_found_takes_nothing_out_of_the_trash(store: Store) -> None:
    rows = filled(store, 1, 2)
    place = Place(State.PRESENT, "/trash/1.png")
    store.set_state(rows[0], State.TRASHED, place)
    store.saw_states((row, State.MISSING) for row in rows)
    assert [each.place for each in store.in_trash()] == [place]
    assert store.entry(rows[1]).state is State.MISSING
