"""Liked seeds on another model, by the settings that are chosen now."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fakes import CARD, FakeWorker
from pytestqt.qtbot import QtBot
from samples import recipe_of
from seeding import FACES, keys_of

from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.noise import Generator, Seed
from ldm_desktop.gallery.seeds.records import SeedKey
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.explore.seed_sheets import PresentSettings, sheet_of
from ldm_desktop.session.models import ModelEntry

LANDSCAPES = dataclasses.replace(CARD, folder="/models/landscapes")
OTHER = dataclasses.replace(CARD, ref=FACES, folder="/models/faces", size=(256, 256))
ENTRIES = tuple(ModelEntry(card.ref.name, card.folder) for card in (LANDSCAPES, OTHER))


@dataclasses.dataclass
class Desk:
    """The present settings with what is around them."""

    settings: PresentSettings
    controls: Controls
    worker: FakeWorker
    made: list[Any]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    controls, worker = Controls(tmp_path / "choices.json", LANDSCAPES.folder), FakeWorker()
    shelf: Any = SimpleNamespace(entries=ENTRIES)
    settings = PresentSettings(shelf, controls, worker)  # type: ignore[arg-type]  # a fake
    yield Desk(settings, controls, worker, [])
    controls.save()


def test_of_the_chosen_model_the_recipe_is_there_at_once(desk: Desk) -> None:
    assert desk.settings.models() == ENTRIES
    assert desk.settings.present() is None
    desk.controls.set_card(LANDSCAPES)
    desk.controls.change(steps=33, seed=7)
    desk.settings.recipe_for(LANDSCAPES.folder, desk.made.append)
    (recipe,) = desk.made
    assert (recipe.steps, recipe.noise, recipe.model) == (33, Seed(0), CARD.ref)
    assert desk.settings.present() == recipe
    assert not desk.worker.called("open_model")


def test_another_model_is_opened_first_and_has_its_own_size(desk: Desk) -> None:
    desk.controls.set_card(LANDSCAPES)
    desk.controls.change(steps=33)
    desk.settings.recipe_for(OTHER.folder, desk.made.append)
    assert desk.worker.called("open_model")[0][0] == OTHER.folder
    desk.worker.model_ready.emit(LANDSCAPES)
    assert desk.made == []
    desk.worker.model_ready.emit(OTHER)
    (recipe,) = desk.made
    assert (recipe.model, recipe.size, recipe.steps) == (FACES, (256, 256), 33)
    desk.settings.recipe_for(OTHER.folder, desk.made.append)
    assert desk.made == [recipe, recipe]
    assert desk.controls.choices.model == LANDSCAPES.folder


def test_a_model_that_is_refused_says_why(desk: Desk) -> None:
    desk.settings.recipe_for(OTHER.folder, desk.made.append)
    desk.worker.model_refused.emit(OTHER.folder, "It is broken.")
    assert isinstance(desk.made[0], KnownError)
    assert str(desk.made[0]) == "It is broken."


def test_the_sheet_has_one_tile_of_each_torch_seed(qtbot: QtBot) -> None:
    keys = (*keys_of(5, 2, 9), SeedKey(2**40, Generator.WIDE))
    plan = sheet_of(keys, recipe_of(0, model=FACES), "/models/faces")
    assert [plan.recipe_at(place).noise for place in range(3)] == [Seed(5), Seed(2), Seed(9)]
    assert (plan.count, plan.model_folder, plan.name) == (
        3,
        "/models/faces",
        "Liked seeds on faces",
    )


def test_without_liked_seeds_there_is_no_sheet_but_a_sentence(qtbot: QtBot) -> None:
    with pytest.raises(BadArgumentError, match="No seed is liked yet"):
        sheet_of((), recipe_of(0), "/models/faces")
