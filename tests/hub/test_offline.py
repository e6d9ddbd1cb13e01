"""Only `models plan` and `models download` open connections; all else works without a network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hub_commands import Command
from hub_server import Hub
from models import make_tiny_model

Run = Callable[..., Any]
WITHOUT_NETWORK = ("unshare", "-rn")


def test_the_starter_makes_a_picture_where_there_is_no_network(tmp_path: Path) -> None:
    if subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let us make a name space without a network (unshare)")
    out = tmp_path / "picture.png"
    words = ("generate", "--steps", 2, "--data-dir", tmp_path / "data", "--out", out)
    ended = Command(words, tmp_path / "run", {}, before=WITHOUT_NETWORK).wait()
    assert (ended.code, ended.err) == (0, "")
    assert out.stat().st_size > 1000


@pytest.mark.parametrize(
    "words", [("list",), ("verify",), ("add", "MODEL", "--no-samples"), ("remove", "nothing")]
)
def test_the_other_commands_of_models_connect_to_nobody(
    run: Run, hub: Hub, tmp_path: Path, words: tuple[str, ...]
) -> None:
    model = make_tiny_model(tmp_path / "mine")
    ended = run(*(model if word == "MODEL" else word for word in words))
    assert ended.code in (0, 1, 2)
    assert ended.connections == frozenset()
    assert hub.asked == []


def test_making_a_picture_connects_to_nobody(tmp_path: Path) -> None:
    words = ("generate", "--steps", 2, "--data-dir", tmp_path / "data")
    ended = Command(words, tmp_path / "run", {}).wait()
    assert ended.code == 0
    assert ended.connections == frozenset()


def test_a_plan_connects_to_the_hub_and_the_test_would_see_it(run: Run, hub: Hub) -> None:
    ended = run("plan", "someone/tiny-landscapes")
    assert ended.connections == {hub.address.removeprefix("http://")}


@pytest.mark.parametrize("package", ["ldm_desktop.engine", "ldm_desktop.hub"])
def test_whoever_imports_the_hubs_library_has_it_offline_and_silent(package: str) -> None:
    program = f"""
import {package}
from huggingface_hub import constants
assert constants.is_offline_mode()
assert constants.HF_HUB_DISABLE_TELEMETRY
assert constants.HF_HUB_DISABLE_XET
assert constants.HF_HUB_DISABLE_IMPLICIT_TOKEN
"""
    subprocess.run([sys.executable, "-c", program], check=True)
