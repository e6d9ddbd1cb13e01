"""A model of the reference's full size (1.3 GB, random weights) comes in, opens and is verified.

It is made once for these tests, as it was published: `.bin` files with old names.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.engine import REFERENCE
from models import make_model

from ldm_desktop.cli import reference
from ldm_desktop.hub import record

Run = Callable[..., Any]
NAME = "ldm-celebahq-256"
UNET = "unet/diffusion_pytorch_model.safetensors"

MEMORY = """
import json, pathlib, sys, time
def memory(name):
    status = pathlib.Path("/proc/self/status").read_text().split(name + ":")[1]
    return int(status.split()[0]) * 1024
"""
ADD = """
from ldm_desktop.cli.main import main
import ldm_desktop.engine.convert
before = memory("VmRSS")
code = main(["models", "add", sys.argv[1], "--data-dir", sys.argv[2], "--no-samples"])
print(json.dumps([code, memory("VmHWM") - before]))
"""
LOAD = """
import torch
from ldm_desktop.engine.models import load_model
before = memory("VmRSS")
model = load_model(
    pathlib.Path(sys.argv[1]), device=torch.device("cpu"), dtype=torch.float32,
    channels_last=False, cache=pathlib.Path(sys.argv[2]), progress=lambda share: None,
)
print(json.dumps([model.card.ref.fingerprint, memory("VmHWM") - before]))
"""


def child(code: str, *arguments: Path) -> list[Any]:
    """Run a program of its own and give what it says at last."""
    if sys.platform != "linux":
        pytest.skip("memory is measured through /proc")
    command = [sys.executable, "-c", MEMORY + code, *map(str, arguments)]
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        command, env={"PYTHONPATH": root}, capture_output=True, text=True, check=True, timeout=300
    )
    answer: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder that has the model among its models, and what adding it took."""
    here = tmp_path_factory.mktemp("full")
    source = make_model(here / NAME, format="bin", old_names=True, **REFERENCE)
    size = sum(file.stat().st_size for file in source.rglob("*.bin"))
    assert size > 1_300_000_000
    code, most = child(ADD, source, here / "data")
    shutil.rmtree(source)
    (here / "took.json").write_text(json.dumps([code, most, size]))
    yield here / "data"
    shutil.rmtree(here)


def test_it_is_converted_in_a_fraction_of_its_size(data: Path) -> None:
    code, most, size = json.loads((data.parent / "took.json").read_text())
    assert code == 0
    assert most < size / 4
    assert [file.suffix for file in (data / "models" / NAME).rglob("diffusion*")] == [
        ".safetensors"
    ] * 2


def test_it_is_loaded_in_little_more_than_its_size_and_known_at_once(data: Path) -> None:
    folder = data / "models" / NAME
    size = sum(file.stat().st_size for file in folder.rglob("*.safetensors"))
    fingerprint, most = child(LOAD, folder, data / "cache")
    assert most <= 1.1 * size
    recorded = record.read(folder)
    assert recorded
    assert fingerprint == recorded.fingerprint


def test_one_bit_of_its_ten_thousand_million_is_found(run: Run, data: Path) -> None:
    assert run("models", "verify", NAME, "--data-dir", data).code == 0
    file = data / "models" / NAME / UNET
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2)
        byte = stream.read(1)[0]
        stream.seek(-1, 1)
        stream.write(bytes([byte ^ 1]))
        stream.flush()
        answer = run("models", "verify", NAME, "--data-dir", data, "--json")
        stream.seek(-1, 1)
        stream.write(bytes([byte]))
    assert answer.code == 1
    assert [problem["file"] for problem in answer.lines[-1]["problems"]] == [UNET]


def test_selftest_makes_its_picture_and_compares_it(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "STEPS", 2)
    answer = run("selftest", "--model", NAME, "--data-dir", data, "--json")
    assert answer.code == 3, "random weights make no face"
    told = answer.lines[-1]
    assert told["verdict"] == "different"
    assert told["published"][0] == 0.4399
    assert len(told["numbers"]) == 9
