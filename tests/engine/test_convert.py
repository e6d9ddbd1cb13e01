"""A copy of a model holds what the model holds, whatever format that came in, and no pickle."""

from __future__ import annotations

import hashlib
import os
import shutil
import weakref
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers.models.unets.unet_2d import UNet2DModel
from models import WEIGHTS, edit_json, make_tiny_model, write_weights
from safetensors import safe_open
from safetensors.torch import load_file
from studio import Studio, local_studio, small_model

from ldm_desktop.core.errors import KnownError, ModelError
from ldm_desktop.core.events import Log
from ldm_desktop.engine import convert, weights
from ldm_desktop.engine.convert import Checked
from ldm_desktop.engine.models import fingerprint


def silent(file: str, count: int) -> None:
    """Nobody listens."""


def check(folder: Path) -> Checked:
    """Read a whole model."""
    return convert.check(folder, silent)


def copied(folder: Path, *, half: bool = False, own: bool = False) -> Path:
    """Write the copy of a model beside it."""
    target = folder.parent / f"{folder.name} copy"
    target.mkdir()
    convert.write_copy(folder, target, half=half, own=own, tell=silent)
    return target


def hashes(folder: Path) -> dict[str, str]:
    """Give every file of a folder with its hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("kind", ["vq", "kl"])
@pytest.mark.parametrize("old_names", [True, False])
def test_a_bin_becomes_safetensors_with_the_same_fingerprint(
    tmp_path: Path, kind: str, old_names: bool
) -> None:
    folder = make_tiny_model(tmp_path / "m", kind=kind, format="bin", old_names=old_names)
    before, whole = hashes(folder), check(folder)
    copy = copied(folder)
    assert whole.pickled
    assert not check(copy).pickled
    assert check(copy).fingerprint == whole.fingerprint == fingerprint(folder, tmp_path / "cache")
    assert {Path(name).suffix for name in hashes(copy)} == {".json", ".safetensors"}
    assert hashes(folder) == before


def test_what_is_written_is_read_by_the_formats_own_library_under_todays_names(
    tmp_path: Path,
) -> None:
    current = make_tiny_model(tmp_path / "current")
    copy = copied(make_tiny_model(tmp_path / "old", format="bin", old_names=True))
    file = f"unet/{WEIGHTS}.safetensors"
    theirs, ours = load_file(current / file), load_file(copy / file)
    assert theirs.keys() == ours.keys()
    assert all(torch.equal(theirs[name], ours[name]) for name in theirs)
    with safe_open(copy / file, "pt") as opened:
        assert opened.metadata() == {"format": "pt"}
    UNet2DModel.from_pretrained(copy / "unet", use_safetensors=True)


def test_tensors_of_several_types_and_layouts_stay_what_they_are(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "m")
    file = folder / "unet" / f"{WEIGHTS}.safetensors"
    types = [torch.float16, torch.float32, torch.bfloat16, torch.float64]
    state = {
        name: value.to(types[i % 4]).to(
            memory_format=torch.channels_last if value.dim() == 4 else torch.contiguous_format
        )
        for i, (name, value) in enumerate(load_file(file).items())
    }
    file.unlink()
    write_weights(folder / "unet", state, "bin")
    copy = copied(folder)
    assert check(copy).fingerprint == check(folder).fingerprint
    written = load_file(copy / "unet" / f"{WEIGHTS}.safetensors")
    assert all(
        written[name].dtype == value.dtype and torch.equal(written[name], value)
        for name, value in state.items()
    )


@pytest.mark.parametrize("form", ["bin", "safetensors"])
def test_half_the_size_is_another_model_of_the_same_values_rounded(
    tmp_path: Path, form: str
) -> None:
    folder = make_tiny_model(tmp_path / "m", format=form)
    plain = make_tiny_model(tmp_path / "plain")
    whole, copy = check(folder), copied(folder, half=True)
    half = check(copy)
    assert (whole.half_bytes, half.bytes, half.half_bytes) == (whole.bytes // 2,) * 3
    assert half.fingerprint != whole.fingerprint
    for part in ("unet", "vqvae"):
        file = f"{part}/{WEIGHTS}.safetensors"
        theirs, ours = load_file(plain / file), load_file(copy / file)
        assert all(torch.equal(theirs[name].half(), ours[name]) for name in theirs)


def test_a_value_too_large_for_half_the_size_is_not_made_infinite(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "m")
    file = folder / "unet" / f"{WEIGHTS}.safetensors"
    state = {name: value.clone() for name, value in load_file(file).items()}
    state["conv_in.bias"][0] = 70_000
    write_weights(folder / "unet", state, "safetensors")
    with pytest.raises(ModelError, match="too large for float16"):
        copied(folder, half=True)


@pytest.mark.parametrize("form", ["bin", "safetensors"])
def test_a_value_that_is_not_finite_is_found_without_building_the_model(
    tmp_path: Path, form: str
) -> None:
    folder = make_tiny_model(tmp_path / "m", format=form)
    for part in ("unet", "vqvae"):
        check(folder)
        file = folder / part / f"{WEIGHTS}.{form}"
        state = load_file(file) if form == "safetensors" else torch.load(file, weights_only=True)
        last = sorted(state)[-1]
        state = {name: value.clone() for name, value in state.items()}
        state[last].view(-1)[-1] = torch.nan
        good = file.read_bytes()
        write_weights(folder / part, state, form)
        with pytest.raises(ModelError, match=f"'{last}' has values that are not finite"):
            check(folder)
        file.write_bytes(good)


def test_only_what_a_model_consists_of_is_copied(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "m")
    needed = set(hashes(folder))
    (folder / "LICENSE").write_text("Apache")
    outside = tmp_path / "secret"
    outside.write_text("secret")
    (folder / "README.md").symlink_to(outside)
    os.mkfifo(folder / "LICENSE.txt")
    (folder / "LICENSE.md").touch()
    os.truncate(folder / "LICENSE.md", 2**30)
    for name in ("evil.py", "unet/evil.py", "notes.txt", f"unet/{WEIGHTS}.bin"):
        (folder / name).write_text("evil")
    assert set(hashes(copied(folder))) == needed | {"LICENSE"}


def test_what_stays_as_it_is_takes_no_room_if_nobody_else_has_it(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "m")
    file = f"unet/{WEIGHTS}.safetensors"
    assert (copied(folder, own=True) / file).samefile(folder / file)
    shutil.rmtree(tmp_path / "m copy")
    assert not (copied(folder) / file).samefile(folder / file)


def test_a_disk_without_second_names_gets_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    folder = make_tiny_model(tmp_path / "m")
    assert hashes(copied(folder, own=True)) == hashes(folder)


def test_a_full_disk_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(KnownError, match=r"cannot be written \(No space left on device\)"):
        copied(make_tiny_model(tmp_path / "m"))


def test_one_tensor_is_in_memory_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, living = weights.read_tensor, [0]
    most = [0]

    def counted(*arguments: Any) -> torch.Tensor:
        tensor = read(*arguments)
        living[0] += 1
        most[0] = max(most[0], living[0])
        weakref.finalize(tensor.untyped_storage(), lambda: living.__setitem__(0, living[0] - 1))
        return tensor

    monkeypatch.setattr(weights, "read_tensor", counted)
    copied(make_tiny_model(tmp_path / "m", format="bin"), half=True)
    assert most[0] <= 2


def make_one(studio: Studio) -> list[str]:
    """Make a picture, and give what was said besides."""
    studio.events.clear()
    studio.render(studio.recipe(0, steps=2))
    return [event.sentence for event in studio.of(Log)]


def test_a_model_in_use_that_changes_on_the_disk_is_noticed_once(tmp_path: Path) -> None:
    folder = small_model(tmp_path / "model")
    studio = local_studio(folder, tmp_path / "cache")
    [before] = studio.pixels(studio.recipe(0, steps=2))
    assert make_one(studio) == []
    file = folder / "vqvae" / f"{WEIGHTS}.safetensors"
    data = bytearray(file.read_bytes())
    data[-2] ^= 1
    file.write_bytes(data)
    [said] = make_one(studio)
    assert said.startswith("The files of the model model have changed since it was opened.")
    assert make_one(studio) == []
    assert studio.pixels(studio.recipe(0, steps=2)) == [before]
    shutil.rmtree(folder)
    assert len(make_one(studio)) == 1


def test_a_model_in_use_that_was_only_touched_is_the_same(tmp_path: Path) -> None:
    folder = small_model(tmp_path / "model")
    studio = local_studio(folder, tmp_path / "cache")
    for file in folder.rglob("*.*"):
        os.utime(file, (1, 1))
    assert make_one(studio) == []


def test_a_setting_of_a_model_in_use_that_changes_is_noticed(tmp_path: Path) -> None:
    folder = small_model(tmp_path / "model")
    studio = local_studio(folder, tmp_path / "cache")
    edit_json(folder / "unet/config.json", norm_eps=1e-4)
    assert len(make_one(studio)) == 1
