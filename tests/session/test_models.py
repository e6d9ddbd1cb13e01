"""The models at hand, and which of them a recipe means."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from fakes import CARD
from pytestqt.qtbot import QtBot

from ldm_desktop.core import model_folders, paths
from ldm_desktop.core.recipe import ModelRef
from ldm_desktop.session.models import ModelEntry, ModelShelf


def put(place: Path, name: str) -> str:
    """Put a folder there that looks like a model's."""
    (place / name).mkdir(parents=True)
    (place / name / "model_index.json").write_text("{}")
    return str(place / name)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> paths.Folders:
    """Give folders of the test; nothing ships but what is put into `resources`."""
    monkeypatch.setattr(model_folders, "resources", lambda: tmp_path / "resources")
    return paths.folders(tmp_path / "data")


def test_models_that_ship_and_those_of_the_person_are_listed(
    qtbot: QtBot, folders: paths.Folders, tmp_path: Path
) -> None:
    starter = put(tmp_path / "resources" / "models", model_folders.STARTER)
    faces = put(folders.models, "faces")
    (folders.models / "no model").mkdir()
    shelf = ModelShelf(folders)
    assert shelf.entries == (ModelEntry("landscapes", starter), ModelEntry("faces", faces))
    assert shelf.usual == starter
    assert shelf.folder == str(folders.models)


def test_without_the_starter_any_model_is_the_usual_one(folders: paths.Folders) -> None:
    assert ModelShelf(folders).usual == ""
    faces = put(folders.models, "faces")
    assert ModelShelf(folders).usual == faces


def test_a_model_that_comes_is_told_of_when_somebody_looks(
    qtbot: QtBot, folders: paths.Folders, tmp_path: Path
) -> None:
    shelf = ModelShelf(folders)
    faces = put(tmp_path / "other", "faces")
    with qtbot.assertNotEmitted(shelf.entries_changed):
        shelf.look()
    with qtbot.waitSignal(shelf.entries_changed) as told:
        shelf.look(dataclasses.replace(folders, models=tmp_path / "other"))
    assert told.args == [(ModelEntry("faces", faces),)]


def test_a_model_is_known_by_its_fingerprint_once_it_was_open(folders: paths.Folders) -> None:
    renamed, other = put(folders.models, "renamed"), put(folders.models, "landscapes")
    shelf = ModelShelf(folders)
    assert shelf.find(CARD.ref) == other
    shelf.set_card(dataclasses.replace(CARD, folder=renamed))
    assert shelf.find(CARD.ref) == renamed
    shelf.look()
    assert shelf.find(CARD.ref) == renamed


def test_a_model_of_the_name_that_turned_out_to_be_another_is_not_meant(
    folders: paths.Folders,
) -> None:
    folder = put(folders.models, "landscapes")
    shelf = ModelShelf(folders)
    shelf.set_card(dataclasses.replace(CARD, folder=folder, ref=ModelRef("1" * 64, "landscapes")))
    assert shelf.find(CARD.ref) is None


def test_fingerprints_that_the_engine_noted_earlier_are_used(folders: paths.Folders) -> None:
    folder = put(folders.models, "renamed")
    folders.cache.mkdir(parents=True)
    noted = {folder: {"stamp": [], "fingerprint": CARD.ref.fingerprint}}
    (folders.cache / "fingerprints.json").write_text(json.dumps(noted))
    assert ModelShelf(folders).find(CARD.ref) == folder


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": {"fingerprint": 3}}'])
def test_a_damaged_cache_is_no_trouble(folders: paths.Folders, text: str) -> None:
    folders.cache.mkdir(parents=True)
    (folders.cache / "fingerprints.json").write_text(text)
    folder = put(folders.models, "landscapes")
    assert ModelShelf(folders).find(CARD.ref) == folder
