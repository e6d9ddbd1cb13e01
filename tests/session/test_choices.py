"""Choices become recipes, or say in which field they cannot."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from fakes import CARD
from hypothesis import given
from hypothesis import strategies as st
from samples import SCHEDULE, recipe_of
from strategies import noises

from ldm_desktop.core import codec, samplers
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.noise import Generator, Mix, Parent, Seed
from ldm_desktop.core.recipe import ModelRef, Precision, Recipe, Renoise, Sampler, Stop, fork
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.session import choices as choosing
from ldm_desktop.session.choices import AfterRun, Choices, edited, restored
from ldm_desktop.session.cost import Cost, CostKind, cost_of
from ldm_desktop.session.limits import limits, problems
from ldm_desktop.session.presets import Preset, preset_of, with_preset
from ldm_desktop.session.seed_history import cleaned, remembered
from ldm_desktop.worker.work import Pace

PLAIN = Choices(model=CARD.folder, width=128, height=128)
MIX = Mix((Parent(Seed(3), 1.0), Parent(Seed(7), 0.5)))


def card_of(**schedule: Any) -> ModelCard:
    """Give a model of another schedule."""
    return dataclasses.replace(CARD, schedule=dataclasses.replace(SCHEDULE, **schedule))


cards = st.builds(
    lambda trained, offset, kind, spacing: dataclasses.replace(
        card_of(num_train_timesteps=trained, steps_offset=offset, prediction_type=kind),
        spacing=spacing,
    ),
    st.integers(4, 1200),
    st.integers(0, 1),
    st.sampled_from(["epsilon", "v_prediction", "sample"]),
    st.sampled_from(["leading", "trailing", "linspace"]),
)
sides = st.integers(-64, 20000) | st.integers(1, 40).map(lambda n: 32 * n)
any_choices = st.builds(
    Choices,
    model=st.just(CARD.folder),
    seed=st.integers(-2, 2**32 + 2),
    noise=st.none() | noises,
    lock=st.booleans(),
    after=st.sampled_from(AfterRun),
    count=st.integers(-1, 12000),
    forever=st.booleans(),
    steps=st.integers(-1, 1300),
    sampler=st.sampled_from(SamplerName),
    convention=st.sampled_from(Convention),
    eta=st.floats(-0.5, 1.5) | st.just(0.0),
    width=sides,
    height=sides,
    precision=st.none() | st.sampled_from(Precision),
)


@given(any_choices, cards)
def test_what_has_no_problem_becomes_a_recipe_and_what_has_one_says_so(
    chosen: Choices, card: ModelCard
) -> None:
    found = problems(chosen, card)
    assert all(name in choosing.FIELDS and text.endswith(".") for name, text in found.items())
    if not found:
        made = choosing.recipe_of(chosen, card, Precision.FAST)
        assert made.noise == choosing.noise_of(chosen)
        assert (made.steps, made.size, made.eta) == (chosen.steps, chosen.size, chosen.eta)


@given(any_choices, cards)
def test_a_choice_that_is_refused_is_impossible(chosen: Choices, card: ModelCard) -> None:
    one = dataclasses.replace(chosen, count=1, forever=False)
    if problems(one, card):
        with pytest.raises(KnownError):
            choosing.recipe_of(one, card, Precision.FAST)


@given(any_choices, cards, st.sampled_from(SamplerName))
def test_another_sampler_brings_the_rest_into_its_limits(
    chosen: Choices, card: ModelCard, name: SamplerName
) -> None:
    before = dataclasses.replace(chosen, eta=min(1, max(0, chosen.eta)))
    after = edited(before, card, sampler=name)
    if name is not chosen.sampler and card.schedule.num_train_timesteps > 5:
        assert not {"steps", "eta", "convention"} & set(problems(after, card))


@given(any_choices, cards, st.sampled_from(Preset))
def test_a_preset_is_possible_with_every_model_but_those_its_sampler_does_not_suit(
    chosen: Choices, card: ModelCard, preset: Preset
) -> None:
    after = with_preset(chosen, preset, card)
    if card.schedule.num_train_timesteps > 5:
        assert not {"steps", "eta", "convention"} & set(problems(after, card))
    assert preset_of(after, card) in Preset


@given(any_choices)
def test_choices_are_written_down_and_read_again(chosen: Choices) -> None:
    assert codec.from_json(Choices, codec.to_json(chosen)) == chosen


def test_the_usual_choices_are_the_balanced_ones() -> None:
    assert preset_of(PLAIN, CARD) is Preset.BALANCED


def test_reference_is_the_model_cards_own() -> None:
    found = with_preset(dataclasses.replace(PLAIN, eta=0.3), Preset.REFERENCE, CARD)
    recipe = choosing.recipe_of(found, CARD, Precision.FAST)
    assert recipe == recipe_of(0, size=(128, 128), steps=200, precision=Precision.EXACT, eta=0.0)
    assert preset_of(found, CARD) is Preset.REFERENCE
    assert preset_of(edited(found, CARD, eta=0.5), CARD) is None


@pytest.mark.parametrize(
    ("fields", "name", "words"),
    [
        ({"steps": 1, "sampler": SamplerName.PNDM}, "steps", "4 to 1000"),
        ({"steps": 1000}, "steps", "1 to 999"),
        ({"eta": 0.5}, "eta", "choose DDIM"),
        ({"eta": 1.5}, "eta", "between 0 and 1"),
        ({"width": 100}, "width", "96 / 128"),
        ({"height": 10}, "height", "nearest is 32"),
        ({"height": 0}, "height", "nearest is 32"),
        ({"width": 20000}, "width", "16352 / 16384"),
        ({"width": 16384, "height": 16384}, "height", "67 million"),
        ({"convention": Convention.COMPVIS}, "convention", "DDIM only"),
        ({"seed": 2**32}, "seed", "4294967295"),
        ({"count": 0}, "count", "1 to 9999"),
        ({"count": 2, "noise": MIX}, "count", "more than a seed"),
        ({"forever": True, "noise": Seed(3, Generator.WIDE)}, "count", "more than a seed"),
    ],
)
def test_what_is_impossible_is_explained_in_its_field(
    fields: dict[str, Any], name: str, words: str
) -> None:
    found = problems(dataclasses.replace(PLAIN, **fields), CARD)
    assert list(found) == [name]
    assert words in found[name]


def test_a_sampler_that_does_not_suit_the_model_is_neither_offered_nor_taken() -> None:
    card = card_of(prediction_type="sample")
    assert SamplerName.HEUN not in limits(PLAIN, card).samplers
    found = problems(dataclasses.replace(PLAIN, sampler=SamplerName.HEUN), card)
    assert "DDIM" in found["sampler"]


def test_steps_past_the_training_are_explained_with_a_number_that_works() -> None:
    card = card_of(steps_offset=1)
    chosen = dataclasses.replace(PLAIN, sampler=SamplerName.DDIM, steps=1000)
    assert "take 999" in problems(chosen, card)["steps"]
    assert not problems(edited(chosen, card, steps=999), card)


def test_limits_follow_the_sampler_and_the_model() -> None:
    ddim = dataclasses.replace(PLAIN, sampler=SamplerName.DDIM)
    found = limits(ddim, CARD)
    assert (found.least_steps, found.most_steps, found.takes_eta) == (2, 1000, True)
    assert found.conventions == tuple(Convention)
    assert (found.multiple, found.least_side, found.most_side) == (32, 32, 16384)
    assert limits(edited(ddim, CARD, convention=Convention.COMPVIS), CARD).most_steps == 999
    assert limits(PLAIN, None).least_side == 0


def test_a_sampler_without_eta_takes_it_away_in_the_same_edit() -> None:
    chosen = dataclasses.replace(
        PLAIN, sampler=SamplerName.DDIM, eta=0.5, convention=Convention.COMPVIS, steps=2
    )
    found = edited(chosen, CARD, sampler=SamplerName.PNDM)
    assert (found.eta, found.convention, found.steps) == (0.0, Convention.DIFFUSERS, 4)


def test_another_seed_is_a_plain_seed() -> None:
    found = edited(dataclasses.replace(PLAIN, noise=MIX, seed=3), CARD, seed=4)
    assert choosing.noise_of(found) == Seed(4)


STOPPED = fork(recipe_of(3, size=(128, 128)), 9, Stop())
RENOISED = fork(recipe_of(3, size=(128, 128)), 5, Renoise(Seed(9), 30.0))


@pytest.mark.parametrize(
    "recipe",
    [
        recipe_of(3, size=(128, 128), eta=0.5),
        recipe_of(3, size=(128, 128), noise=MIX),
        recipe_of(3, size=(128, 128), noise=Seed(2**40 + 5, Generator.WIDE)),
        STOPPED,
        RENOISED,
        fork(RENOISED, 9, Stop()),
    ],
)
def test_restored_choices_make_the_very_same_recipe(recipe: Recipe) -> None:
    found = restored(dataclasses.replace(PLAIN, count=9, forever=True), recipe, "elsewhere")
    assert not problems(found, CARD)
    assert choosing.recipe_of(found, CARD, Precision.FAST).id == recipe.id
    assert found.model == "elsewhere"
    assert found.branch == recipe.branch


@pytest.mark.parametrize(
    "fields",
    [
        {"seed": 4},
        {"steps": 30},
        {"sampler": SamplerName.EULER},
        {"eta": 0.5},
        {"width": 256},
        {"convention": Convention.COMPVIS},
        {"model": "another"},
    ],
)
def test_a_branch_is_left_by_any_change_that_decides_pixels(fields: dict[str, Any]) -> None:
    found = restored(PLAIN, STOPPED, CARD.folder)
    assert found.branch
    assert edited(found, CARD, **fields).branch is None
    assert edited(found, CARD, lock=True, after=AfterRun.FIXED, precision=None).branch


def test_a_recalled_recipe_runs_on_its_own_schedule_until_it_is_changed() -> None:
    schedule = dataclasses.replace(SCHEDULE, num_train_timesteps=2000)
    sampler = Sampler(SamplerName.DDIM, Convention.DIFFUSERS, "leading", schedule)
    recipe = recipe_of(3, size=(128, 128), sampler=sampler, steps=1500)
    found = restored(PLAIN, recipe, CARD.folder)
    assert not problems(found, CARD)
    assert choosing.recipe_of(found, CARD, Precision.FAST) == recipe
    assert "2 to 1000" in problems(edited(found, CARD, seed=4), CARD)["steps"]


def test_a_branch_is_made_in_another_precision_with_its_whole_past() -> None:
    found = edited(restored(PLAIN, STOPPED, CARD.folder), CARD, precision=Precision.FAST)
    made = choosing.recipe_of(found, CARD, Precision.EXACT)
    assert made.branch
    assert {made.precision, made.branch.parent.precision} == {Precision.FAST}


def test_without_its_model_a_recipes_settings_are_those_of_the_model_chosen() -> None:
    other = dataclasses.replace(recipe_of(3, size=(128, 128)), model=ModelRef("0" * 64, "gone"))
    found = restored(PLAIN, other, None)
    assert (found.model, found.origin, found.seed) == (PLAIN.model, None, 3)
    assert choosing.recipe_of(found, CARD, Precision.FAST).model == CARD.ref


def test_a_model_has_its_own_size_unless_another_was_chosen() -> None:
    larger = dataclasses.replace(CARD, size=(256, 256))
    assert choosing.fitted_to(Choices(), CARD, None).size == (128, 128)
    assert choosing.fitted_to(PLAIN, larger, CARD).size == (256, 256)
    chosen = dataclasses.replace(PLAIN, width=192)
    assert choosing.fitted_to(chosen, larger, CARD).size == (192, 128)
    coarse = dataclasses.replace(larger, multiple=128)
    assert choosing.fitted_to(chosen, coarse, CARD).size == (256, 256)


def test_a_recalled_recipe_stays_with_its_model_only() -> None:
    found = restored(PLAIN, recipe_of(3, size=(64, 64)), CARD.folder)
    assert choosing.fitted_to(found, CARD, dataclasses.replace(CARD, size=(64, 64))) == found
    other = dataclasses.replace(CARD, ref=ModelRef("0" * 64, "landscapes"))
    assert choosing.fitted_to(found, other, None).origin is None


PACE = Pace(CARD.ref.fingerprint, Precision.EXACT, (128, 128), 0.1, 1.0)


@pytest.mark.parametrize(
    ("size", "kind", "picture"),
    [((128, 128), CostKind.MEASURED, 3.0), ((256, 128), CostKind.ESTIMATED, 6.0)],
)
def test_a_cost_is_measured_or_scaled_by_the_pixels(
    size: tuple[int, int], kind: CostKind, picture: float
) -> None:
    others = (
        dataclasses.replace(PACE, precision=Precision.FAST, evaluation=9.0),
        dataclasses.replace(PACE, size=(512, 512), evaluation=9.0),
    )
    found = cost_of(recipe_of(3, size=size), 4, (*others, PACE))
    assert (found.kind, found.total) == (kind, pytest.approx(4 * picture))
    assert found.picture == pytest.approx(picture)
    assert cost_of(recipe_of(3, size=size), None, [PACE]).total is None


def test_a_cost_counts_evaluations_not_steps() -> None:
    heun = recipe_of(3, SamplerName.HEUN, size=(128, 128))
    assert samplers.evaluations(SamplerName.HEUN, 20) == 39
    assert cost_of(heun, 1, [PACE]).picture == pytest.approx(4.9)
    assert cost_of(STOPPED, 1, [PACE]).picture == pytest.approx(1.9)


def test_a_cost_nobody_has_measured_is_unknown() -> None:
    fast = dataclasses.replace(PACE, precision=Precision.FAST)
    assert cost_of(recipe_of(3, size=(128, 128)), 1, [fast]) == Cost()


@given(st.lists(st.integers(0, 300), max_size=400))
def test_a_history_has_the_newest_200_seeds_once_each(rolled: list[int]) -> None:
    history: tuple[int, ...] = ()
    for seed in rolled:
        history = remembered(history, seed)
    newest = tuple(dict.fromkeys(reversed(rolled)))[:200]
    assert history == newest
    assert cleaned((*history, *history, -1, 2**32)) == history
