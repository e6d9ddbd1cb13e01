"""What it costs to bring in, open and verify a model of the reference's full size.

    python tests/benchmarks/models.py [--repeats 3] [--kills 5] [--selftest]

Makes a model of the reference's architecture (274 M + 55 M parameters, random weights, 1.3 GB) as
it was published, `.bin` files with old names, in a temporary folder. Each command runs in a process
of its own; printed are its seconds, all and without the imports, and the most memory it took above
what the imports take, as a share of the model's size. Files are in the system's cache.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

NAME = "ldm-celebahq-256"
ROOT = Path(__file__).parents[2]
BEFORE = """
import json, pathlib, sys, time
sys.path.insert(0, sys.argv.pop(1))
def memory(name):
    status = pathlib.Path("/proc/self/status").read_text().split(name + ":")[1]
    return int(status.split()[0]) * 1024
import torch
from ldm_desktop.cli.main import main
from ldm_desktop.engine import convert, engine
from ldm_desktop.engine.devices import open_device
from ldm_desktop.engine.models import load_model
before, begun = memory("VmRSS"), time.perf_counter()
"""
AFTER = """
print(json.dumps([time.perf_counter() - begun, memory("VmHWM") - before]))
"""
COMMAND = """
assert main(sys.argv[1:]) in (0, 3)
"""
LOAD = """
device = open_device("cpu", None)
begun = time.perf_counter()
model = load_model(
    pathlib.Path(sys.argv[1]), device=device.place, dtype=getattr(torch, sys.argv[3]),
    channels_last=sys.argv[3] != "float32", cache=pathlib.Path(sys.argv[2]),
    progress=lambda share: None,
)
"""


def measure(what: str, code: str, words: Sequence[object], size: int, repeats: int = 1) -> None:
    """Run a program of its own a few times and print the best."""
    figures = []
    for _ in range(repeats):
        begun = time.perf_counter()
        command = [sys.executable, "-c", BEFORE + code + AFTER, str(ROOT), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        inside, most = json.loads(done.stdout.splitlines()[-1])
        figures.append((inside, time.perf_counter() - begun, most))
    inside, whole, most = min(figures)
    print(f"{what:<44}{inside:>8.1f} s{whole:>8.1f} s{most >> 20:>8} MB{most / size:>7.2f} ×")


def killed(source: Path, data: Path, kills: int) -> None:
    """Kill conversions at any moment, and see what is left after each."""
    dice = random.Random(0)
    words = [sys.executable, "-m", "ldm_desktop", "models", "add", str(source)]
    seen = []
    for _ in range(kills):
        program = subprocess.Popen(
            [*words, "--data-dir", str(data), "--no-samples"], cwd=ROOT, stderr=subprocess.DEVNULL
        )
        time.sleep(4 + 8 * dice.random())
        program.kill()
        program.wait()
        there = [path.name for path in (data / "models").glob("*/model_index.json")]
        left = "a model" if there or (data / "models" / NAME).exists() else "nothing"
        seen.append("done before" if program.returncode == 0 else left)
        shutil.rmtree(data, ignore_errors=True)
    print(f"killed {kills} times at random, and what was there then: {', '.join(seen)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--selftest", action="store_true")
    options = parser.parse_args()
    from benchmarks.engine import REFERENCE
    from models import make_model

    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        begun = time.perf_counter()
        source = make_model(here / NAME, format="bin", old_names=True, **REFERENCE)
        print(f"made in {time.perf_counter() - begun:.1f} s")
        size = sum(file.stat().st_size for file in source.rglob("*.bin"))
        print(f"{'':<44}{'own':>10}{'whole':>10}{'memory':>11}{'of size':>9}")
        if options.kills:
            killed(source, here / "killed", options.kills)
        report(source, here / "data", size, options)


def report(source: Path, data: Path, size: int, options: argparse.Namespace) -> None:
    """Print all figures."""
    keep = ("--data-dir", data)
    measure("models add (.bin)", COMMAND, ["models", "add", source, *keep, "--no-samples"], size)
    half = ["models", "add", source, *keep, "--half", "--no-samples"]
    measure("models add --half", COMMAND, half, size)
    shutil.rmtree(source)
    folder, times = data / "models" / NAME, options.repeats
    for dtype in ("float32", "bfloat16"):
        words = [folder, data / "cache", dtype]
        measure(f"open, {dtype}, known", LOAD, words, size, times)
    words = [folder, data / "none", "float32"]
    measure("open, float32, first time (fingerprint)", LOAD, words, size, 1)
    words = [f"{folder}-half", data / "cache", "float32"]
    measure("open, float32 of the half-size copy", LOAD, words, size, times)
    measure("models verify", COMMAND, ["models", "verify", NAME, *keep], size, times)
    copy = ["models", "add", folder, *keep, "--no-samples"]
    measure("models add, there already", COMMAND, copy, size)
    if options.selftest:
        measure("selftest --model", COMMAND, ["selftest", "--model", NAME, *keep], size)


if __name__ == "__main__":
    main()
