"""A tiny model, and the command line in this process."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from models import make_tiny_model

from ldm_desktop.cli.main import main


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Compute in one thread, here and in child processes: on busy cores more only wait."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")
        yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a model of 32-pixel pictures, each of which takes milliseconds."""
    return make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of another model."""
    return make_tiny_model(tmp_path_factory.mktemp("models") / "other", seed=1)


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a command has answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON objects on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def hashes(self) -> list[str]:
        """The hashes of the pictures, in the order of their seeds."""
        return [line["pixels_sha256"] for line in sorted(self.lines, key=lambda one: one["seed"])]


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture
def generate(run: Run, model: Path, tmp_path: Path) -> Run:
    """Run `generate` with the tiny model, as JSON, keeping everything under one folder."""

    def generate(*arguments: object) -> Answer:
        steps = () if "--steps" in arguments or "--recipe" in arguments else ("--steps", 4)
        data = ("--data-dir", tmp_path / "data", "--model", model)
        return run("generate", *data, *steps, "--json", *arguments)

    return generate
