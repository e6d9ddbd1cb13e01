"""Keyframes on the disk: going back in a picture costs few steps, and never another picture."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from studio import NEVER, Studio

from ldm_desktop.core import recipe, samplers
from ldm_desktop.core.events import Changed, Finished, Log, Stepped
from ldm_desktop.core.job import Cancel
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe, Renoise, Stop
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.engine import keyframes, stored
from ldm_desktop.engine.local import LocalEngine

Open = Callable[..., Studio]
STEPS = 26
ROOM = 1 << 30
WAYS = [(name, 0.0) for name in SamplerName] + [(SamplerName.DDIM, 0.7)]


@pytest.fixture
def open_studio(model: Path, tmp_path: Path) -> Open:
    """Give a function that opens an engine, each time a new one, all with the same cache."""

    def open_studio(room: int = ROOM) -> Studio:
        return Studio(LocalEngine("cpu", None, tmp_path / "cache", keyframes=room), model)

    return open_studio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of the keyframes."""
    return tmp_path / "cache" / "keyframes"


def file_of(folder: Path, made: Recipe) -> Path:
    return folder / f"{made.id}.safetensors"


def steps_in(folder: Path, made: Recipe) -> list[int]:
    """Give the steps whose states lie on the disk."""
    head, _ = stored.read(file_of(folder, made))
    return [frame["done"] for frame in head["frames"]]


def make(studio: Studio, made: Recipe) -> tuple[bytes, list[int]]:
    """Make a picture; give its pixels and the steps that it took."""
    studio.events.clear()
    [result] = studio.render(made)
    # What is kept is kept after the picture was given away.
    studio.drain()
    return result.frame.pixels, [event.done for event in studio.of(Stepped)]


@pytest.mark.parametrize(("name", "eta"), WAYS)
def test_after_a_restart_forks_and_stops_go_on_from_the_disk_to_the_same_bits(
    open_studio: Open, folder: Path, name: SamplerName, eta: float
) -> None:
    studio = open_studio()
    parent = studio.recipe(3, sampler=name, eta=eta, steps=STEPS)
    make(studio, parent)
    point = samplers.restart_points(name, STEPS)[-1]
    stopped = recipe.fork(parent, 17, Stop())
    forked = recipe.fork(parent, point, Renoise(Seed(8), 50.0))
    for child, at in ((stopped, 17), (forked, point)):
        pixels, steps = make(open_studio(), child)
        expected, all_steps = make(open_studio(room=0), child)
        assert pixels == expected
        assert all_steps[0] == 1
        # PNDM takes new noise at its start only.
        assert steps[0] > at - 3 if at else steps[0] == 1


def test_a_fork_of_a_fork_goes_on_from_its_grandparent(open_studio: Open, folder: Path) -> None:
    studio = open_studio()
    first = studio.recipe(3, steps=STEPS)
    make(studio, first)
    second = recipe.fork(first, 12, Renoise(Seed(8), 50.0))
    third = recipe.fork(second, 20, Renoise(Seed(9), 50.0))
    pixels, steps = make(open_studio(), third)
    assert steps[0] == 13
    assert pixels == make(open_studio(room=0), third)[0]
    # What it shares with its ancestors is its own past too.
    assert steps_in(folder, third) == list(range(2, STEPS + 1, 2))


def test_looking_back_without_keyframes_leaves_them_for_the_next_look(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    parent = studio.recipe(3, steps=STEPS)
    assert make(studio, recipe.fork(parent, 9, Stop()))[1][0] == 1
    assert steps_in(folder, parent) == [2, 4, 6, 8]
    later = recipe.fork(parent, 13, Stop())
    pixels, steps = make(open_studio(), later)
    assert steps == [9, 10, 11, 12, 13]
    assert pixels == make(open_studio(room=0), later)[0]
    assert steps_in(folder, parent) == [2, 4, 6, 8, 10, 12]
    assert make(open_studio(), recipe.fork(parent, 8, Stop()))[1] == []
    make(studio, parent)
    assert steps_in(folder, parent) == list(range(2, STEPS + 1, 2))
    assert len(list(folder.iterdir())) == 1


def test_a_look_that_was_given_up_leaves_what_it_has_passed(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    parent = studio.recipe(3, steps=STEPS)
    [look] = studio.submit([recipe.fork(parent, 20, Stop())])
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 7)
    studio.link.send(Cancel(look))
    studio.wait(lambda event: isinstance(event, Changed))
    assert steps_in(folder, parent) == [2, 4, 6]


def test_at_most_twenty_four_are_kept_and_a_picture_itself_is_made_from_its_noise(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    parent = studio.recipe(3, steps=50)
    make(studio, parent)
    kept = steps_in(folder, parent)
    assert len(kept) <= 24
    written = file_of(folder, parent).read_bytes()
    make(studio, recipe.fork(parent, 20, Stop()))
    assert make(open_studio(), parent)[1] == list(range(1, 51))
    assert file_of(folder, parent).read_bytes() == written


@pytest.mark.parametrize("damage", ["truncate", "flip", "empty", "text", "foreign"])
def test_damaged_keyframes_are_removed_and_count_as_absent(
    open_studio: Open, folder: Path, damage: str
) -> None:
    studio = open_studio()
    parent, other = (studio.recipe(seed, steps=STEPS) for seed in (3, 4))
    make(studio, parent)
    file = file_of(folder, parent)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    damaged = {"truncate": bytes(data[:-50]), "flip": bytes(data), "empty": b"", "text": b"hello"}
    if damage == "foreign":
        make(studio, other)
        shutil.copy(file_of(folder, other), file)
    else:
        file.write_bytes(damaged[damage])
    child = recipe.fork(parent, 3, Stop())
    pixels, steps = make(open_studio(), child)
    assert steps == [1, 2, 3]
    assert pixels == make(open_studio(room=0), child)[0]
    assert steps_in(folder, parent) == [2]


def test_keyframes_of_another_environment_are_not_gone_on_from_in_exact(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    parent = studio.recipe(3, steps=STEPS)
    make(studio, parent)
    before = torch.get_num_threads()
    torch.set_num_threads(before + 1)
    try:
        assert make(open_studio(), recipe.fork(parent, 3, Stop()))[1] == [1, 2, 3]
    finally:
        torch.set_num_threads(before)
    # They were written over: two environments have no place in one file.
    assert steps_in(folder, parent) == [2]


def test_the_longest_unused_goes_first_when_the_room_is_used_up(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    recipes = [studio.recipe(seed, steps=STEPS) for seed in range(4)]
    for made in recipes[:3]:
        make(studio, made)
    sizes = [file_of(folder, made).stat().st_size for made in recipes[:3]]
    for age, made in enumerate(recipes[:3]):
        stamp = time.time() - 1000 + age
        os.utime(file_of(folder, made), (stamp, stamp))
    again = open_studio(room=sum(sizes) + sizes[0] // 2)
    make(again, recipe.fork(recipes[0], 20, Stop()))
    make(again, recipes[3])
    assert {path.stem for path in folder.iterdir()} == {recipes[n].id for n in (0, 2, 3)}
    tight = open_studio(room=1000)
    make(tight, studio.recipe(5, steps=STEPS))
    assert len(list(folder.iterdir())) == 3


def test_without_room_nothing_is_written_and_nothing_is_read(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio(room=0)
    parent = studio.recipe(3, steps=STEPS)
    make(studio, parent)
    assert not folder.exists()
    make(open_studio(), parent)
    assert make(open_studio(room=0), recipe.fork(parent, 3, Stop()))[1][0] == 1


def test_a_full_disk_costs_no_picture_and_is_said_once(
    open_studio: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = open_studio()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    studio.submit([studio.recipe(seed) for seed in range(3)])
    studio.drain()
    assert len(studio.of(Finished)) == 3
    [told] = studio.of(Log)
    assert "cannot be kept" in told.sentence
    assert "No space left" in told.sentence
    assert not list(folder.iterdir())


def test_a_bug_in_keeping_costs_no_picture(
    open_studio: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = open_studio()
    monkeypatch.setattr(keyframes, "_to_bytes", lambda *_: 1 / 0)
    studio.submit([studio.recipe(seed) for seed in range(2)], preview=NEVER)
    studio.drain()
    assert len(studio.of(Finished)) == 2
    assert len(studio.of(Log)) == 1


def test_what_a_kill_has_left_is_cleared_away(open_studio: Open, folder: Path) -> None:
    folder.mkdir(parents=True)
    left, fresh = folder / ".a.safetensors.1.part", folder / ".b.safetensors.2.part"
    left.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(left, (1, 1))
    studio = open_studio()
    make(studio, studio.recipe(3))
    assert not left.exists()
    assert fresh.exists(), "somebody may be writing it"
