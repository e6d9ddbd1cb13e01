"""Memory: what is needed is known before it is taken."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from studio import Studio

from ldm_desktop.core.errors import NotEnoughMemoryError
from ldm_desktop.core.recipe import Precision
from ldm_desktop.engine import memory
from ldm_desktop.engine.devices import free_memory
from ldm_desktop.engine.memory import RESERVE, Need, admit

UNDER_A_LIMIT = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from studio import local_studio
studio = local_studio(Path(sys.argv[2]), Path(sys.argv[3]))
small = studio.recipe(3)
expected = studio.pixels(small)
used = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmData"))
resource.setrlimit(resource.RLIMIT_DATA, ((used << 10) + (700 << 20), resource.RLIM_INFINITY))
side = 96 * studio.card.multiple
[large] = studio.submit([studio.recipe(3, size=(side, side), precision="exact")])
print(studio.result(large).sentence)
middle = 4 * studio.card.multiple
print(len(studio.pixels(*[studio.recipe(s, size=(middle, middle)) for s in range(4)], batch=4)))
print(studio.pixels(small) == expected)
"""


def test_a_picture_too_large_for_the_limit_is_refused_and_smaller_ones_still_work(
    model: Path, tmp_path: Path
) -> None:
    tests = Path(__file__).parent.parent
    command = [sys.executable, "-c", UNDER_A_LIMIT, str(tests), str(model), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    sentence, made, same = done.stdout.splitlines()
    assert "needs about" in sentence
    assert "MB are free: make it smaller" in sentence
    assert (made, same) == ("4", "True")


def test_the_dry_run_predicts_what_a_real_run_takes(studio: Studio) -> None:
    shelf = studio.link._engine._shelf  # type: ignore[attr-defined]
    model = shelf.model(studio.card.ref, Precision.EXACT)
    need = memory.measure(model)
    side = 160
    sample = torch.randn(1, 3, side, side)
    for run, predicted in (
        (lambda: model.unet(sample, 0), need.of(side**2, 1, 0)),
        (lambda: model.vae.decoder(sample), need.of(0, 1, side**2)),
    ):
        taken = peak(run)
        assert taken < predicted + RESERVE < 4 * taken + 2 * RESERVE


@torch.no_grad()
def peak(run: object) -> int:
    """Run once to warm up, then measure what the resident set grows by at most."""
    assert callable(run)
    run()
    # What earlier tests have given back, the C library keeps; it would be used again unseen.
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    before = status("VmRSS")
    run()
    return status("VmHWM") - before


def status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(name))


def test_as_many_samples_are_admitted_as_fit() -> None:
    need = Need(unet=1000, decoder=1000, codes=0)
    room = RESERVE + need.of(1000, 3, 1000)
    assert admit(need, 1000, 1000, room) == 3
    assert admit(need, 1000, 1000, room - 1) == 2
    assert admit(need, 1000, 1000, None) > 100
    with pytest.raises(NotEnoughMemoryError, match="needs about"):
        admit(need, 1000, 1000, RESERVE)


def test_free_memory_is_no_more_than_the_machine_has() -> None:
    free = free_memory(torch.device("cpu"))
    total = int(Path("/proc/meminfo").read_text().split()[1]) << 10
    assert free is not None
    assert 0 < free < total
