"""What can go wrong while pictures are made: nothing that is saved is lost or broken by it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from processes import Program, finished

from ldm_desktop.core.paths import replace_durably
from ldm_desktop.engine.trajectory import Trajectory
from ldm_desktop.gallery import files

Generate = Callable[..., Any]
KILLS = 4
NOT_OURS = "it was begun in another environment"


def hashes(folder: Path) -> dict[int, str]:
    """Give seed and pixels of every picture under a final name; a broken one fails."""
    found = {}
    for file in folder.glob("*.png"):
        picture = files.read(file)
        assert files.is_intact(picture), file
        found[picture.record.recipe.noise.seed] = picture.frame.sha256  # type: ignore[union-attr]
    return found


def state(out: Path) -> list[tuple[str, int]]:
    """Give what changes in a folder with every picture and every checkpoint."""
    files = [*out.glob("*.png"), *out.glob(".unfinished/*.trajectory")]
    found = []
    for file in files:
        try:
            found.append((file.name, file.stat().st_mtime_ns))
        except FileNotFoundError:
            continue
    return sorted(found)


@pytest.fixture
def words(model: Path, tmp_path: Path) -> list[object]:
    """Give a command that makes three pictures in the folder `out`."""
    out, data = tmp_path / "out", tmp_path / "data"
    return [
        *("generate", "--model", model, "--data-dir", data, "--out", out, "--seeds", "0:3"),
        *("--steps", 24, "--batch", 2, "--resume", "--json"),
    ]


@pytest.mark.parametrize(
    "sampler", [["ddim", "--eta", "0.5"], ["unipc"], ["heun"], ["pndm"]], ids=lambda one: one[0]
)
def test_killed_again_and_again_it_ends_with_the_same_bits(
    generate: Generate, words: list[object], tmp_path: Path, sampler: list[str]
) -> None:
    options = ("--seeds", "0:3", "--steps", 24, "--sampler", *sampler)
    wanted = generate(*options, "--out", tmp_path / "calm").hashes
    out, dice = tmp_path / "out", random.Random(sampler[0])
    for number in range(KILLS):
        program = Program([*words, "--sampler", *sampler], tmp_path, every_step=True)
        before = state(out)
        if program.wait(lambda before=before: state(out) != before) is not None:
            break
        time.sleep(dice.random() * 0.05)
        if number % 3 == 2:
            program.send(signal.SIGINT)
            program.wait()
        program.kill()
        saved = hashes(out)
        assert all(wanted[seed] == pixels for seed, pixels in saved.items())
        told = [json.loads(line) for line in program.out.splitlines()]
        assert all(saved[line["seed"]] == line["pixels_sha256"] for line in told)
    code, _, said = finished([*words, "--sampler", *sampler], tmp_path)
    assert code == 0
    assert "begins anew" not in said
    assert list(hashes(out)) != []
    assert [hashes(out)[seed] for seed in range(3)] == wanted
    assert {path.suffix for path in out.iterdir()} == {".png"}
    assert len(list(out.iterdir())) == 3


def test_a_picture_that_was_announced_survives_the_end_of_the_program(
    words: list[object], tmp_path: Path
) -> None:
    program = Program([*words, "--seeds", "0:200"], tmp_path)
    program.wait(lambda: program.out.count("\n") >= 2)
    program.kill()
    for line in program.out.splitlines():
        told = json.loads(line)
        assert files.read(Path(told["file"])).frame.sha256 == told["pixels_sha256"]


def interrupt_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Press Ctrl-C after so many steps, and count all of them."""
    count = [0]
    advance = Trajectory.advance

    def counted(self: Trajectory, output: Any) -> None:
        advance(self, output)
        count[0] += 1
        if count[0] == steps:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Trajectory, "advance", counted)
    return count


def test_ctrl_c_ends_within_a_step_and_resume_repeats_none(
    generate: Generate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = generate("--seeds", "0:3", "--steps", 10, "--out", tmp_path / "calm").hashes
    out = tmp_path / "out"
    options = ("--seeds", "0:3", "--steps", 10, "--out", out, "--preview", "linear", "--resume")
    count = interrupt_after(17, monkeypatch)
    stopped = generate(*options)
    assert (stopped.code, count) == (130, [17])
    assert "--resume goes on" in stopped.err
    assert len(list((out / ".unfinished").glob("*.trajectory"))) == 1
    assert not list(out.rglob("*.webp"))
    first = next(entry for entry in state(out) if entry[0].endswith(".png"))
    resumed = generate(*options)
    assert (resumed.code, resumed.err, count) == (0, "", [30])
    assert resumed.hashes == wanted
    assert first in state(out)
    assert len(list(out.iterdir())) == 3
    assert generate(*options).lines == resumed.lines
    assert count == [30]


@pytest.mark.parametrize("engine", ["in-process", "process"])
def test_signals_keep_the_checkpoints_and_have_their_own_exit_codes(
    generate: Generate, words: list[object], tmp_path: Path, engine: str
) -> None:
    wanted = generate("--steps", 200, "--out", tmp_path / "calm").hashes
    out = tmp_path / "out"
    options = [*words, "--seed", 0, "--steps", 200, "--preview", "full", "--engine", engine]
    signals = [signal.SIGINT, signal.SIGTERM] if engine == "in-process" else [signal.SIGINT]
    for number in signals:
        program = Program(options, tmp_path)
        program.wait(lambda: list(out.rglob("*.webp")))
        begun = time.monotonic()
        program.send(number)
        assert program.wait() == 128 + number
        assert time.monotonic() - begun < 10
        assert list(out.rglob("*.trajectory"))
        assert not list(out.rglob("*.webp"))
    assert generate("--steps", 200, "--out", out, "--resume").hashes == wanted
    assert len(list(out.iterdir())) == 1


def stop_in_the_middle(
    generate: Generate, out: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, list[int]]:
    """Leave one picture at half its ten steps; give its checkpoint, and a count of steps."""
    count = interrupt_after(5, monkeypatch)
    assert generate("--steps", 10, "--out", out).code == 130
    return next(out.rglob("*.trajectory")), count


@pytest.mark.parametrize("place", [0.02, 0.5, 0.99, None])
def test_a_damaged_checkpoint_begins_anew_and_says_so(
    generate: Generate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: float | None
) -> None:
    calm = generate("--steps", 10)
    assert calm.code == 0, calm.err
    checkpoint, count = stop_in_the_middle(generate, tmp_path / "out", monkeypatch)
    data = bytearray(checkpoint.read_bytes())
    if place is None:
        # The count of steps is in the header, where nothing else would notice.
        data = data.replace(b'\\"done\\": 5', b'\\"done\\": 4')
        assert data != checkpoint.read_bytes()
    else:
        data[int(len(data) * place)] ^= 1
    replace_durably(checkpoint, bytes(data))
    again = generate("--steps", 10, "--out", tmp_path / "out", "--resume")
    assert (again.code, again.hashes, count) == (0, calm.hashes, [15])
    assert "A picture begins anew: " in again.err


def test_a_checkpoint_of_another_environment_begins_anew_and_says_so(
    words: list[object], tmp_path: Path
) -> None:
    program = Program([*words, "--threads", 2], tmp_path, every_step=True)
    out = tmp_path / "out"
    program.wait(lambda: list(out.rglob("*.trajectory")))
    program.kill()
    code, _, said = finished([*words, "--threads", 1], tmp_path)
    assert code == 0
    assert NOT_OURS in said
    assert "threads 2 / 1" in said
    calm = [*words, "--threads", 1, "--out", tmp_path / "calm"]
    assert finished(calm, tmp_path)[0] == 0
    assert hashes(out) == hashes(tmp_path / "calm")


def test_a_picture_too_large_for_the_memory_is_refused_and_a_small_one_is_made(
    words: list[object], tmp_path: Path
) -> None:
    limit = 3 << 30
    huge = [*words, "--seeds", "0", "--width", 4096, "--height", 4096]
    code, out, said = finished(huge, tmp_path, limit=limit)
    assert (code, out) == (1, "")
    assert said.count("\n") == 1
    assert "MB" in said
    assert finished(words, tmp_path, limit=limit)[0] == 0


MOUNTED = """
import subprocess, sys
from pathlib import Path
from ldm_desktop.cli.main import main
place, model, data = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
first = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k,mode=777", "none", place])
if first.returncode: sys.exit(77)
words = ["generate", "--model", model, "--data-dir", data, "--out", str(place), "--steps", "4"]
filling = main([*words, "--seeds", "0:99", "--batch", "3"])
print("code", filling, *sorted(path.name for path in place.rglob(".*")))
from ldm_desktop.gallery import files
assert all(files.is_intact(files.read(file)) for file in place.glob("*.png"))
(place / "filler").touch()
try:
    with (place / "filler").open("wb", buffering=0) as stream:
        while True: stream.write(bytes(512))
except OSError: pass
print("code", main(words))
if subprocess.run(["mount", "-o", "remount,ro", place]).returncode: sys.exit(77)
print("code", main(words))
"""


def test_full_and_read_only_disks_are_named_and_what_was_saved_is_whole(
    model: Path, tmp_path: Path
) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    flags = "-m" if os.geteuid() == 0 else "-rm"
    words = ["unshare", flags, sys.executable, "-c", MOUNTED, place, model, tmp_path / "data"]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `unshare` to make a mount with")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"a tmpfs cannot be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    codes = [line for line in done.stdout.splitlines() if line.startswith("code")]
    pictures = [line for line in done.stdout.splitlines() if line.endswith(".png")]
    assert len(pictures) > 3
    assert codes == ["code 1 .unfinished", "code 1", "code 1"]
    *unfinished, full_later, full, read_only = done.stderr.splitlines()
    assert unfinished
    assert all("if you stop now, it begins anew" in line for line in unfinished)
    assert all("the disk is full" in line for line in (full_later, full))
    assert "the disk can only be read" in read_only
