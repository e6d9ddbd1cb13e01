"""Broken and hostile models are refused in one sentence, at once and without large allocations."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile import CASES, MARKER
from models import make_tiny_model

SECONDS = 30
MEGABYTES = 300

CHILD = """
import json, pathlib, resource, signal, sys, time
import torch
from ldm_desktop.core.errors import ModelError
from ldm_desktop.engine.models import load_model

def memory(name):
    status = pathlib.Path("/proc/self/status").read_text().split(name + ":")[1]
    return int(status.split()[0]) / 1024

def load(folder):
    try:
        load_model(
            folder, device=torch.device("cpu"), dtype=torch.float32, channels_last=False,
            cache=pathlib.Path("cache"), progress=lambda share: None,
        )
    except ModelError as error:
        return str(error)

folders = [pathlib.Path(name) for name in sys.argv[3:]]
assert load(folders[0]) is None
limit = int(memory("VmSize") + 4 * int(sys.argv[2])) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for folder in folders[1:]:
    signal.alarm(int(sys.argv[1]))
    pathlib.Path("/proc/self/clear_refs").write_text("5")
    before, start = memory("VmRSS"), time.monotonic()
    sentence = load(folder)
    print(json.dumps([sentence, time.monotonic() - start, memory("VmHWM") - before]), flush=True)
"""


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one child process said to all of them: sentence, seconds, megabytes."""
    if sys.platform != "linux":
        pytest.skip("memory is measured through /proc")
    here = tmp_path_factory.mktemp("hostile")
    (here / "planted.py").write_text(f"open({MARKER!r}, 'w').close()")
    folders = [make_tiny_model(here / "good")]
    for name, (spoil, _) in CASES.items():
        folders.append(make_tiny_model(here / name))
        spoil(folders[-1])
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(SECONDS), str(MEGABYTES), *map(str, folders)],
        cwd=here,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert child.returncode == 0, child.stdout[-500:] + child.stderr
    assert not (here / MARKER).exists()
    return dict(zip(CASES, map(json.loads, child.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_one_sentence_that_names_it(refusals: dict[str, Any], name: str) -> None:
    sentence, seconds, megabytes = refusals[name]
    assert sentence is not None, "it was loaded"
    assert sentence.startswith(f"The model {name!r} cannot be used: ")
    assert CASES[name][1] in sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert len(sentence) < 400
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
