"""What `models list` knows of a model, from its small files alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from models import make_tiny_model

from ldm_desktop.cli import samples
from ldm_desktop.cli.model_facts import facts
from ldm_desktop.core import paths
from ldm_desktop.core.paths import Folders
from ldm_desktop.hub import record
from ldm_desktop.hub.record import ModelRecord, RecordedFile

CONFIG = "unet/config.json"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Keep everything in the test's folder."""
    return paths.folders(tmp_path / "data")


@pytest.fixture
def model(folders: Folders) -> Path:
    """Give a model of the person's, recorded by one of its files."""
    folder = make_tiny_model(folders.models / "mine")
    file = folder / CONFIG
    files = (RecordedFile(CONFIG, file.stat().st_size, record.sha256_of(file)),)
    source, added = "someone/mine", "2026-01-01T00:00:00+00:00"
    known = ModelRecord(source, "c" * 40, "mit", added, files, "f" * 64, converted=False)
    record.write(folder, known)
    return folder


def test_a_recorded_model_is_described_from_its_record(model: Path, folders: Folders) -> None:
    known = facts(model, folders)
    assert known["state"] == "recorded"
    assert (known["source"], known["commit"], known["licence"]) == ("someone/mine", "c" * 40, "mit")
    assert (known["fingerprint"], known["shipped"]) == ("f" * 64, False)
    assert (known["samples"], known["seconds_a_picture"]) == ([], None)


def test_its_samples_and_its_speed_are_told(model: Path, folders: Folders) -> None:
    place = samples.folder_of("f" * 64, folders.cache)
    place.mkdir(parents=True)
    (place / "seed-0.png").touch()
    card = {"seconds": [1.5], "device": "cpu", "dtype": "float32", "threads": 1}
    (place / samples.CARD).write_text(json.dumps(card))
    known = facts(model, folders)
    assert known["samples"] == [str(place / "seed-0.png")]
    assert known["seconds_a_picture"] == card
    (place / samples.CARD).write_text("[[")
    assert facts(model, folders)["seconds_a_picture"] is None


def test_a_file_of_another_size_or_none_is_seen_at_once(model: Path, folders: Folders) -> None:
    config = (model / CONFIG).read_text()
    (model / CONFIG).write_text(config + " ")
    assert facts(model, folders)["state"] == "changed"
    (model / CONFIG).write_text(config)
    assert facts(model, folders)["state"] == "recorded"


def test_a_model_that_was_never_recorded_says_so(model: Path, folders: Folders) -> None:
    (model / record.RECORD).unlink()
    known = facts(model, folders)
    assert (known["state"], known["commit"], known["added"]) == ("unrecorded", "", "")


def test_a_damaged_record_is_told_with_the_model(model: Path, folders: Folders) -> None:
    (model / record.RECORD).write_text("[")
    assert "ldm-desktop.json in mine is not valid JSON" in facts(model, folders)["error"]


def test_a_list_needs_neither_torch_nor_the_hubs_library(tmp_path: Path) -> None:
    heavy = "('torch', 'diffusers', 'numpy', 'httpx2', 'huggingface_hub', 'PySide6')"
    program = f"""
import sys
from ldm_desktop.__main__ import start
assert start(["models", "list", "--data-dir", {str(tmp_path)!r}]) == 0
sys.exit(str([name for name in {heavy} if name in sys.modules]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "[]"
