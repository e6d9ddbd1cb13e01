"""A new sheet has the settings of a picture, its own seeds, and a name that says which."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from fakes import CARD
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.noise import Generator, Rotate, Seed
from ldm_desktop.core.recipe import Stop, fork
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.explore import sheet_plans as plans

SOURCE = plans.Source(recipe_of(3), "models/landscapes")


def test_a_sheet_of_seeds_in_order() -> None:
    plan = plans.in_order(SOURCE, 1000, 1000)
    assert (plan.name, plan.count) == ("Seeds 1000–1999", 1000)
    assert (plan.seed(0), plan.seed(999)) == (1000, 1999)
    assert plan.model_folder == SOURCE.folder
    assert plan.recipe_at(7) == recipe_of(1007)


def test_seeds_in_order_go_round_at_the_end() -> None:
    plan = plans.in_order(SOURCE, 2**32 - 1, 2)
    assert (plan.seed(0), plan.seed(1)) == (2**32 - 1, 0)
    assert plan.name == "Seeds 4294967295–0"


def test_a_sheet_of_random_seeds_is_another_each_time() -> None:
    one, two = plans.at_random(SOURCE, 50), plans.at_random(SOURCE, 50)
    assert one.name == "Random seeds: 50"
    assert [one.seed(n) for n in range(50)] != [two.seed(n) for n in range(50)]


def test_a_sheet_of_chosen_seeds_has_each_once() -> None:
    plan = plans.of_seeds(SOURCE, [7, 3, 7, 2**32 + 3], name="Mine")
    assert (plan.picked, plan.count, plan.name) == ((7, 3), 2, "Mine")
    assert plans.of_seeds(SOURCE, [7]).name == "Seed 7"
    with pytest.raises(BadArgumentError):
        plans.of_seeds(SOURCE, [])


def test_drafts_take_as_many_steps_as_their_sampler_can() -> None:
    assert plans.in_order(SOURCE, 0, 5, draft=8).tile_recipe(0).steps == 8
    pndm = plans.Source(recipe_of(3, SamplerName.PNDM), "")
    with pytest.raises(BadArgumentError):
        plans.in_order(pndm, 0, 5, draft=2)


def test_any_picture_gives_its_settings_and_its_first_seed() -> None:
    turned = recipe_of(noise=Rotate(Seed(2**40 + 5, Generator.WIDE), Seed(9), 20.0))
    assert plans.plain(turned) == recipe_of(5)
    assert plans.plain(fork(recipe_of(3), 4, Stop())) == recipe_of(3)


def controls_in(folder: Path) -> Controls:
    """Give controls with a model that is still being opened."""
    model = folder / "model"
    model.mkdir()
    (model / "model_index.json").write_text(json.dumps({}))
    return Controls(folder / "choices.json", str(model))


def test_what_is_chosen_in_the_studio_gives_its_settings(qtbot: QtBot, tmp_path: Path) -> None:
    controls = controls_in(tmp_path)
    with pytest.raises(BadArgumentError):
        plans.chosen(controls)
    controls.set_card(dataclasses.replace(CARD, folder=controls.choices.model))
    controls.change(seed=77, steps=25)
    history = controls.history
    source = plans.chosen(controls)
    assert source.recipe.noise == Seed(77)
    assert source.recipe.steps == 25
    assert source.folder == controls.choices.model
    assert controls.history == history
    controls.save()
