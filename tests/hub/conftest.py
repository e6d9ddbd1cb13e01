"""A hub on this machine that has one small model, and the commands that fetch it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hub_commands import Command, Ended
from hub_server import COMMIT, Hub, Repo
from models import make_tiny_model

REPO = "someone/tiny-landscapes"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a model's folder as it is published: pickled weights and a card."""
    folder = make_tiny_model(tmp_path_factory.mktemp("hub") / "tiny", format="bin", old_names=True)
    (folder / "README.md").write_text("---\nlicense: apache-2.0\n---\n# Tiny\n")
    return folder


@pytest.fixture
def hub(published: Path) -> Iterator[Hub]:
    """Open a hub."""
    with Hub({REPO: Repo.of(published)}) as hub:
        yield hub


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Give the folder that models come into."""
    return tmp_path / "data" / "models"


@pytest.fixture
def staging(models: Path) -> Path:
    """Give the folder in which the files of the hub's model are gathered."""
    return models / ".incoming" / f"{REPO.replace('/', '--')}@{COMMIT}"


Start = Callable[..., Command]
Run = Callable[..., Ended]


@pytest.fixture
def start(hub: Hub, tmp_path: Path) -> Iterator[Start]:
    """Start a `models` command that asks the hub and keeps everything in the test's folder."""
    begun: list[Command] = []

    def start(*words: object, environment: dict[str, str] | None = None, **more: Any) -> Command:
        folder = tmp_path / f"run-{len(begun)}"
        given = {"HF_ENDPOINT": hub.address, **(environment or {})}
        arguments = ("models", *words, "--json", "--data-dir", tmp_path / "data")
        begun.append(Command(arguments, folder, given, **more))
        return begun[-1]

    yield start
    for command in begun:
        command.process.kill()
        command.process.wait()


@pytest.fixture
def run(start: Start) -> Run:
    """Run a `models` command to its end."""
    return lambda *words, **more: start(*words, **more).wait()


@pytest.fixture
def download(run: Run) -> Run:
    """Download the hub's model, waiting less long than a person would."""

    def download(*words: object, **more: Any) -> Ended:
        return run("download", REPO, "--no-samples", "--patience", 3, *words, **more)

    return download
