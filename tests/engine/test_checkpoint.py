"""Trajectories on the disk: whole or not there, and continued by another process."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from studio import Studio, local_studio

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Finished, Log, Stepped
from ldm_desktop.core.job import Pause, Resume
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Renoise
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.engine import checkpoint
from ldm_desktop.engine.checkpoint import Checkpoint

STEPS = 8
CASES = [(name, 0.0) for name in SamplerName] + [(SamplerName.DDIM, 0.6)]
FINISH = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from studio import local_studio
from ldm_desktop.core import recipe
from ldm_desktop.core.events import Stepped
studio = local_studio(Path(sys.argv[2]), Path(sys.argv[3]))
for path in map(Path, sys.argv[4:]):
    wanted = recipe.read(json.loads(path.with_suffix(".json").read_text()))
    [result] = studio.render(wanted, checkpoints=[path])
    steps = [e for e in studio.of(Stepped) if e.picture == result.picture]
    done = steps[0].done
    print(json.dumps([path.name, done, result.frame.sha256]))
"""


def leave(studio: Studio, wanted: recipe.Recipe, path: Path, after: int) -> None:
    """Stop a picture after some evaluations, with its checkpoint and its recipe on the disk."""
    [picture] = studio.submit([wanted], checkpoints=[path])
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == after)
    studio.link.send(Pause(picture))
    path.with_suffix(".json").write_text(codec.canonical(wanted))


def test_another_process_goes_on_to_the_same_bits(
    studio: Studio, model: Path, tmp_path: Path
) -> None:
    expected = {}
    for name, eta in CASES:
        wanted = studio.recipe(3, sampler=name, eta=eta, steps=STEPS)
        path = tmp_path / f"{name}-{eta}.trajectory"
        leave(studio, wanted, path, after=5)
        expected[path.name] = studio.render(wanted)[0].frame.sha256
    wanted = recipe.fork(studio.recipe(3, steps=STEPS), 3, Renoise(Seed(8), 50.0))
    path = tmp_path / "fork.trajectory"
    leave(studio, wanted, path, after=5)
    expected[path.name] = studio.render(wanted)[0].frame.sha256
    tests = Path(__file__).parent.parent
    names = [str(tmp_path / name) for name in expected]
    command = [sys.executable, "-c", FINISH, str(tests), str(model), str(tmp_path), *names]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    for line in lines:
        name, first_step, pixels = json.loads(line)
        assert first_step == 6, "it should go on where it was"
        assert pixels == expected.pop(name), name
    assert not expected


def kept(studio: Studio, tmp_path: Path, **changes: object) -> tuple[recipe.Recipe, Path]:
    wanted = studio.recipe(3, steps=STEPS)
    path = tmp_path / "one.trajectory"
    leave(studio, wanted, path, after=4)
    return wanted, path


def first_step(studio: Studio, wanted: recipe.Recipe, path: Path) -> int:
    """Make a picture that may have a checkpoint; give the number of its first step."""
    studio.events.clear()
    [result] = studio.render(wanted, checkpoints=[path])
    return next(e.done for e in studio.of(Stepped) if e.picture == result.picture)


@pytest.mark.parametrize("damage", ["truncate", "flip", "empty", "foreign", "text"])
def test_a_damaged_checkpoint_begins_anew_and_says_so(
    studio: Studio, model: Path, tmp_path: Path, damage: str
) -> None:
    wanted, path = kept(studio, tmp_path)
    data = bytearray(path.read_bytes())
    data[len(data) - 100] ^= 1
    path.write_bytes(
        {
            "truncate": bytes(data[:-50]),
            "flip": bytes(data),
            "empty": b"",
            "foreign": bytes(data).replace(b'\\"done\\": 4', b'\\"done\\": 5'),
            "text": b"hello",
        }[damage]
    )
    again = local_studio(model, tmp_path)
    assert first_step(again, wanted, path) == 1
    assert "begins anew" in again.of(Log)[0].sentence


def test_another_environment_begins_anew_and_names_the_difference(
    studio: Studio, model: Path, tmp_path: Path
) -> None:
    wanted, path = kept(studio, tmp_path)
    again = local_studio(model, tmp_path)
    before = torch.get_num_threads()
    torch.set_num_threads(before + 1)
    try:
        assert first_step(again, wanted, path) == 1
    finally:
        torch.set_num_threads(before)
    assert f"threads {before} / {before + 1}" in again.of(Log)[0].sentence


def test_a_checkpoint_of_another_recipe_is_not_used(
    studio: Studio, model: Path, tmp_path: Path
) -> None:
    _, path = kept(studio, tmp_path)
    again = local_studio(model, tmp_path)
    assert first_step(again, again.recipe(4, steps=STEPS), path) == 1
    assert "another recipe" in again.of(Log)[0].sentence


def test_a_folder_that_cannot_be_written_costs_the_checkpoint_and_not_the_picture(
    studio: Studio, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    wanted = studio.recipe(3)
    path = tmp_path / "file" / "x.trajectory"
    [picture] = studio.submit([wanted], checkpoints=[path])
    studio.wait(lambda event: isinstance(event, Stepped))
    studio.link.send(Pause(picture))
    studio.link.send(Resume(picture))
    assert isinstance(studio.result(picture), Finished)
    assert "could not be kept" in studio.of(Log)[0].sentence


WRITER = """
import sys
from pathlib import Path
import torch
sys.path.insert(0, sys.argv[1])
import samples
from uuid import UUID
from ldm_desktop.engine import checkpoint, trajectory as t
way = t.Trajectory(samples.recipe_of(3, steps=900), (1, 3, 64, 64), torch.device("cpu"))
print("ready", flush=True)
while True:
    way.model_input()
    way.advance(torch.zeros(1, 3, 64, 64))
    checkpoint.save(Path(sys.argv[2]), UUID(int=1), way, samples.ENVIRONMENT)
    if way.done == 900:
        way = t.Trajectory(samples.recipe_of(3, steps=900), (1, 3, 64, 64), torch.device("cpu"))
"""


def test_a_kill_at_any_moment_leaves_a_whole_checkpoint(tmp_path: Path) -> None:
    tests = Path(__file__).parent.parent
    path = tmp_path / "one.trajectory"
    chance = random.Random(5)
    for _ in range(6):
        command = [sys.executable, "-c", WRITER, str(tests), str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(0.05 + chance.random() * 0.3)
            child.send_signal(signal.SIGKILL)
        assert isinstance(checkpoint.load(path), Checkpoint)


def test_what_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        checkpoint.load(tmp_path / "none.trajectory")
