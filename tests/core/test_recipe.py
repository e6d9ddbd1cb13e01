"""A picture is its recipe: what is equal, what is refused, and what opens for ever."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import random
from pathlib import Path

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from samples import recipe_of

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.noise import (
    Generator,
    Mask,
    Mix,
    Noise,
    Parent,
    Region,
    Rotate,
    Seed,
    Slerp,
    Turn,
    Walk,
    count_seeds,
    first_seed,
)
from ldm_desktop.core.recipe import (
    Decode,
    ModelRef,
    NoiseSchedule,
    Precision,
    Recipe,
    Renoise,
    Sampler,
    Stop,
    fork,
)
from ldm_desktop.core.samplers import Convention, SamplerName

FIXTURE = Path(__file__).with_name("recipe-1.json")
FIXTURE_ID = "34b8e10025f092c3bf490aee16182ea852249f9e5132ddc71e640129cc469f66"


def again(made: Recipe) -> Recipe:
    return recipe.read(codec.parse(codec.canonical(made), "recipe"))


@given(strategies.recipes)
def test_a_recipe_survives_the_round_trip_through_json(made: Recipe) -> None:
    back = again(made)
    assert back == made
    assert back.id == made.id
    assert back.model.name == made.model.name
    assert codec.canonical(back) == codec.canonical(made)


@given(strategies.recipes)
def test_canonical_json_is_utf8_on_one_line_with_sorted_keys(made: Recipe) -> None:
    text = codec.canonical(made)
    assert "\n" not in text
    text.encode()
    data = json.loads(text)
    sorted_again = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8", "backslashreplace")
    assert sorted_again.decode() == text


@given(strategies.recipes, strategies.recipes)
def test_equal_recipes_and_only_those_have_equal_ids(one: Recipe, other: Recipe) -> None:
    assert (one == other) == (one.id == other.id)


@given(strategies.recipes, strategies.words, strategies.words)
def test_remarks_about_the_model_change_neither_equality_nor_id(
    made: Recipe, name: str, source: str
) -> None:
    other = _renamed(made, ModelRef(made.model.fingerprint, name, source))
    assert other == made
    assert hash(other) == hash(made)
    assert other.id == made.id


def _renamed(made: Recipe, model: ModelRef) -> Recipe:
    branch = made.branch
    if branch:
        branch = dataclasses.replace(branch, parent=_renamed(branch.parent, model))
    return dataclasses.replace(made, model=model, branch=branch)


@given(
    st.lists(st.builds(Parent, strategies.noises, strategies.weights), min_size=1),
    st.randoms(use_true_random=False),
)
def test_the_order_of_a_mix_is_no_part_of_it(parents: list[Parent], chance: random.Random) -> None:
    shuffled = list(parents)
    chance.shuffle(shuffled)
    one, other = Mix(tuple(parents)), Mix(tuple(shuffled))
    assert one == other
    assert recipe_of(noise=one).id == recipe_of(noise=other).id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"eta": 1}, {"eta": 1.0}),
        ({"eta": 0.0}, {"eta": -0.0}),
        ({"noise": Mix((Parent(Seed(1), 2),))}, {"noise": Mix((Parent(Seed(1), 2.0),))}),
        ({"noise": Rotate(Seed(1), Seed(2), 0)}, {"noise": Rotate(Seed(1), Seed(2), -0.0)}),
    ],
)
def test_numbers_that_are_equal_are_written_alike(one: dict, other: dict) -> None:
    assert recipe_of(**one) == recipe_of(**other)
    assert recipe_of(**one).id == recipe_of(**other).id


@pytest.mark.parametrize(
    "change",
    [
        {"model": ModelRef("0" * 64)},
        {"noise": Seed(4)},
        {"noise": Seed(3, Generator.WIDE)},
        {"steps": 21},
        {"eta": 0.5},
        {"size": (8, 16)},
        {"precision": Precision.FAST},
        {"decode": Decode(64, 8)},
    ],
)
def test_everything_that_decides_pixels_changes_the_id(change: dict) -> None:
    assert recipe_of(**change) != recipe_of()
    assert recipe_of(**change).id != recipe_of().id


def test_a_recipe_of_version_1_opens_for_ever() -> None:
    text = FIXTURE.read_text(encoding="utf-8").strip()
    made = recipe.read(json.loads(text))
    assert made.id == FIXTURE_ID
    assert codec.canonical(made) == text
    assert first_seed(made.noise) == Seed(2**32 - 1)
    assert [step for step, _ in made.changes] == [5, 12]
    assert made.evaluations == 12
    assert made.sampler.schedule.trained_betas is None
    assert made.root.branch is None


def test_a_seed_is_written_as_text_because_other_readers_round_large_numbers() -> None:
    data = codec.to_json(recipe_of(noise=Seed(2**64 - 1, Generator.WIDE)))
    assert data["noise"] == {"kind": "seed", "seed": "18446744073709551615", "generator": "wide"}


def changed(**entries: object) -> dict:
    return codec.to_json(recipe_of(seed=271828)) | entries


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (changed(version=2), "version 2"),
        (changed(version="1"), "version '1'"),
        (changed(version=None), "version None"),
        (changed(colour="red"), "colour"),
        (changed(noise={"kind": "perlin", "seed": "271828"}), "perlin"),
        (changed(noise={"kind": "seed", "seed": 271828}), "text"),
        (changed(noise={"kind": "seed", "seed": "271828", "hue": 1}), "hue"),
        (changed(precision="auto"), "auto"),
        (changed(steps=True), "steps"),
        (changed(steps=20.0), "steps"),
        (changed(size=[16]), "size"),
        (changed(eta=10**400), "eta"),
        (changed(eta=float("nan")), "eta"),
        (changed(branch={"step": 1}), "parent"),
        ({"version": 1, "noise": {"kind": "seed", "seed": "271828"}}, "lacks"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_seed_still_shown(
    data: dict, words: str
) -> None:
    with pytest.raises(KnownError, match=words) as caught:
        recipe.read(data)
    assert "271828" in str(caught.value)


DEEP = json.loads("[" * 800 + "]" * 800)


@pytest.mark.parametrize(
    "value",
    ["x" * 10**6, DEEP, list(range(10**5)), 10**4000],
    ids=["text", "deep", "list", "number"],
)
@pytest.mark.parametrize(
    "entry", ["version", "noise", "size", "steps", "model", "eta", "x" * 10**6], ids=lambda e: e[:9]
)
def test_a_refusal_stays_one_short_sentence_whatever_was_found(entry: str, value: object) -> None:
    with pytest.raises(KnownError) as caught:
        recipe.read(changed(**{entry: value}))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("data", [None, 3, "recipe", [], {}, [[[]]]])
def test_what_is_no_recipe_at_all_is_refused(data: object) -> None:
    with pytest.raises(KnownError):
        recipe.read(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(strategies.recipes, json_values, st.data())
def test_a_recipe_with_one_value_replaced_is_read_or_refused(
    made: Recipe, value: object, data: st.DataObject
) -> None:
    broken = json.loads(codec.canonical(made))
    place, key = data.draw(st.sampled_from(list(_places(broken))))
    place[key] = value
    with contextlib.suppress(KnownError):
        assert isinstance(recipe.read(broken), Recipe)


def _places(data: object):
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        yield data, key
        if isinstance(value, dict | list):
            yield from _places(value)


def test_noise_nested_without_end_is_refused() -> None:
    noise: object = {"kind": "seed", "seed": "7"}
    for _ in range(3000):
        noise = {"kind": "rotate", "base": noise, "toward": changed()["noise"], "degrees": 1}
    with pytest.raises(KnownError, match="deep"):
        recipe.read(changed(noise=noise))


def test_noise_of_too_many_seeds_is_refused() -> None:
    inner = Mix(tuple(Parent(Seed(n), 1) for n in range(256)))
    four = tuple(Parent(Rotate(inner, Seed(n), n), 1) for n in range(3))
    assert count_seeds(Mix(four)) == 3 * 257
    with pytest.raises(BadArgumentError, match="1024"):
        Mix((*four, Parent(inner, 1)))
    with pytest.raises(BadArgumentError, match="1024"):
        Walk(Seed(1), (Turn(Seed(2), 1),) * 1024)
    with pytest.raises(BadArgumentError, match="1024"):
        Slerp(Mix(four), Mix(four), 0.5)


def test_every_recipe_that_can_be_made_can_be_read_again() -> None:
    mixed, branched = recipe_of(steps=200), recipe_of(steps=200)
    for generation in range(50):
        noise = Mix((Parent(mixed.noise, 1), Parent(Seed(generation), 0.5)))
        mixed = dataclasses.replace(mixed, noise=noise)
        branched = fork(branched, generation, Renoise(Seed(generation), 10))
    assert again(mixed) == mixed
    assert again(branched) == branched
    longest = _forked_as_often_as_possible(recipe_of(steps=200))
    assert len(longest.changes) < 199
    assert again(longest) == longest


def _forked_as_often_as_possible(made: Recipe) -> Recipe:
    try:
        return _forked_as_often_as_possible(fork(made, len(made.changes), Renoise(Seed(1), 10)))
    except BadArgumentError:
        return made


@pytest.mark.parametrize(
    "make",
    [
        lambda: Seed(-1),
        lambda: Seed(2**32),
        lambda: Seed(2**64, Generator.WIDE),
        lambda: ModelRef("5F" * 32),
        lambda: ModelRef("5f"),
        lambda: Mix(()),
        lambda: Mix(tuple(Parent(Seed(n), 1) for n in range(257))),
        lambda: Parent(Seed(1), 0),
        lambda: Parent(Seed(1), float("nan")),
        lambda: Parent(Seed(1), float("inf")),
        lambda: Rotate(Seed(1), Seed(2), 361),
        lambda: Rotate(Seed(1), Seed(2), float("nan")),
        lambda: Walk(Seed(1), ()),
        lambda: Turn(Seed(1), -361),
        lambda: Turn(Seed(1), float("nan")),
        lambda: Slerp(Seed(1), Seed(2), 1.01),
        lambda: Slerp(Seed(1), Seed(2), float("nan")),
        lambda: Mask(2, 2, "AAAA"),
        lambda: Mask(2, 2, "no base64!"),
        lambda: Mask(2, 2, "é"),
        lambda: Mask(0, 2, ""),
        lambda: Mask(1, 1025, ""),
        lambda: Decode(-1),
        lambda: Decode(16, 9),
        lambda: Decode(0, 1),
        lambda: recipe_of(version=2),
        lambda: recipe_of(steps=0),
        lambda: recipe_of(eta=float("nan")),
        lambda: recipe_of(size=(0, 8)),
        lambda: recipe_of(size=(8, 16385)),
    ],
)
def test_impossible_values_cannot_be_made(make) -> None:
    with pytest.raises(BadArgumentError):
        make()


def test_betas_given_as_whole_numbers_are_the_same_schedule() -> None:
    def with_betas(*betas: float) -> Recipe:
        schedule = NoiseSchedule(
            3, 0, 1, "trained_betas", "epsilon", False, 1, True, 0, trained_betas=betas
        )
        return recipe_of(
            sampler=Sampler(SamplerName.DDIM, Convention.DIFFUSERS, "x", schedule), steps=2
        )

    assert with_betas(0, 1) == with_betas(0.0, 1.0)
    assert with_betas(0, 1).id == with_betas(-0.0, 1.0).id


class TestBranches:
    def test_a_branch_remembers_its_way_from_the_root(self) -> None:
        first = fork(recipe_of(), 5, Renoise(Seed(1), 20))
        second = fork(first, 5, Renoise(Seed(2), 20))
        last = fork(second, 12, Stop())
        assert [step for step, _ in last.changes] == [5, 5, 12]
        assert last.root == recipe_of()
        assert last.evaluations == 12
        assert second.evaluations == 20

    def test_a_branch_shares_everything_but_the_change(self) -> None:
        child = fork(recipe_of(), 5, Stop())
        for change in ({"steps": 21}, {"noise": Seed(4)}, {"precision": Precision.FAST}):
            with pytest.raises(BadArgumentError, match="shares everything"):
                dataclasses.replace(child, **change)

    def test_a_stopped_picture_has_no_later_steps(self) -> None:
        with pytest.raises(BadArgumentError, match="stopped"):
            fork(fork(recipe_of(), 5, Stop()), 5, Renoise(Seed(1), 20))

    @pytest.mark.parametrize("step", [-1, 21])
    def test_a_branch_lies_inside_its_parent(self, step: int) -> None:
        with pytest.raises(BadArgumentError):
            fork(recipe_of(), step, Stop())

    def test_there_is_no_picture_before_the_first_step(self) -> None:
        with pytest.raises(BadArgumentError, match="first step"):
            fork(recipe_of(), 0, Stop())
        assert fork(recipe_of(), 0, Renoise(Seed(1), 20)).evaluations == 20

    def test_a_branch_cannot_leave_before_its_parent_did(self) -> None:
        with pytest.raises(BadArgumentError, match="before its parent"):
            fork(fork(recipe_of(), 5, Renoise(Seed(1), 20)), 4, Renoise(Seed(2), 20))

    @pytest.mark.parametrize(
        ("name", "step", "valid"),
        [
            (SamplerName.DDIM, 19, True),
            (SamplerName.DDIM, 20, False),
            (SamplerName.HEUN, 4, True),
            (SamplerName.HEUN, 5, False),
            (SamplerName.PNDM, 0, True),
            (SamplerName.PNDM, 12, False),
        ],
    )
    def test_new_noise_enters_only_between_whole_steps(
        self, name: SamplerName, step: int, valid: bool
    ) -> None:
        parent = recipe_of(name=name)
        if valid:
            assert fork(parent, step, Renoise(Seed(1), 20)).branch
            return
        with pytest.raises(BadArgumentError, match="New noise"):
            fork(parent, step, Renoise(Seed(1), 20))

    @given(strategies.recipes, st.sampled_from(Precision))
    def test_another_precision_takes_the_whole_past_along(
        self, made: Recipe, precision: Precision
    ) -> None:
        other = recipe.in_precision(made, precision)
        assert other.precision == other.root.precision == precision
        assert other.changes == made.changes
        assert recipe.in_precision(other, made.precision) == made


def test_the_heaviest_parent_names_a_mix_and_the_base_all_else() -> None:
    mix = Mix((Parent(Seed(1), 0.2), Parent(Seed(2), -0.9), Parent(Seed(3), 0.5)))
    assert first_seed(mix) == Seed(2)
    assert first_seed(Rotate(mix, Seed(9), 5)) == Seed(2)
    region = Region(Seed(9), Rotate(Seed(4), Seed(5), 1), Mask.of(1, 1, b"\xff"))
    assert first_seed(region) == Seed(4)
    assert first_seed(Walk(region, (Turn(Seed(9), 5),))) == Seed(4)


def test_a_place_between_two_noises_is_named_by_the_nearer() -> None:
    between = [Slerp(Seed(1), Seed(2), share) for share in (0, 0.5, 0.51, 1)]
    assert [first_seed(each) for each in between] == [Seed(1), Seed(1), Seed(2), Seed(2)]


@given(strategies.noises, st.lists(st.integers(0, 99), min_size=2, max_size=6), st.data())
def test_a_walk_that_goes_on_is_one_walk(
    base: Noise, toward: list[int], data: st.DataObject
) -> None:
    turns = tuple(Turn(Seed(seed), seed) for seed in toward)
    place = data.draw(st.integers(1, len(turns) - 1))
    in_two = Walk(Walk(base, turns[:place]), turns[place:])
    assert in_two == Walk(base, turns)
    assert not isinstance(in_two.base, Walk)
    assert recipe_of(noise=in_two).id == recipe_of(noise=Walk(base, turns)).id


def test_a_walk_can_go_on_for_hundreds_of_turns_and_be_read_again() -> None:
    noise: Noise = Seed(1)
    for seed in range(500):
        noise = Walk(noise, (Turn(Seed(seed), 8),))
    assert count_seeds(noise) == 501
    assert again(recipe_of(noise=noise)) == recipe_of(noise=noise)


@given(strategies.recipes, strategies.noises)
def test_another_noise_goes_the_same_way(made: Recipe, noise: Noise) -> None:
    other = recipe.with_noise(made, noise)
    assert other.noise == other.root.noise == noise
    assert other.changes == made.changes
    assert recipe.with_noise(other, made.noise) == made
