"""`generate` as a person uses it: from seeds and recipes to files."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from processes import Program, finished

from ldm_desktop.cli import generate as command
from ldm_desktop.core import codec, recipe
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import Mask, Mix, Parent, Region, Rotate, Seed
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.recipe import Recipe, Renoise
from ldm_desktop.gallery import files

Generate = Callable[..., Any]
KEYS = {"id", "file", "seed", "seconds", "pixels_sha256", "recipe", "environment"}


@pytest.fixture
def whole(generate: Generate, tmp_path: Path) -> Any:
    """Make five pictures one by one."""
    answer = generate("--seeds", "0:3,7,11", "--out", tmp_path / "whole", "--eta", 0.5)
    assert (answer.code, answer.err) == (0, "")
    return answer


def pixel_hash(file: Path) -> str:
    """Hash a picture as any program sees it."""
    with Image.open(file) as image:
        return Frame(*image.size, image.convert("RGB").tobytes()).sha256


def test_every_picture_is_a_json_line_a_file_and_a_hash_of_its_pixels(
    whole: Any, tmp_path: Path
) -> None:
    assert [line["seed"] for line in whole.lines] == [0, 1, 2, 7, 11]
    assert len(set(whole.hashes)) == 5
    for line in whole.lines:
        file = Path(line["file"])
        record = files.read_record(file)
        assert set(line) == KEYS
        assert file.name.startswith(f"tiny seed {line['seed']} ")
        assert pixel_hash(file) == line["pixels_sha256"]
        assert str(record.id) == line["id"]
        assert codec.to_json(record.recipe) == line["recipe"]
        assert codec.to_json(record.environment) == line["environment"]
    made = sorted(Path(line["file"]) for line in whole.lines)
    assert sorted((tmp_path / "whole").iterdir()) == made


def test_shards_together_are_the_whole(generate: Generate, whole: Any, tmp_path: Path) -> None:
    seeds = ("--seeds", "0:3,7,11", "--eta", 0.5, "--out", tmp_path / "shards")
    parts = [generate(*seeds, "--shard", f"{part}/3") for part in (1, 2, 3)]
    assert [[line["seed"] for line in part.lines] for part in parts] == [[0, 7], [1, 11], [2]]
    lines = sorted((line for part in parts for line in part.lines), key=lambda one: one["seed"])
    assert [line["pixels_sha256"] for line in lines] == whole.hashes


@pytest.mark.parametrize(("batch", "preview"), [(3, "linear"), (8, "full"), (3, "off")])
def test_the_pixels_depend_on_neither_batch_nor_preview(
    generate: Generate,
    whole: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
    preview: str,
) -> None:
    def always(kind: PreviewKind, share: float = 0.0) -> PreviewPolicy:
        return PreviewPolicy(kind, share=100.0, seconds=0.0)

    shown: list[Path] = []
    write = files.write_preview
    monkeypatch.setattr(command, "PreviewPolicy", always)
    monkeypatch.setattr(
        files, "write_preview", lambda frame, file: (shown.append(file), write(frame, file))
    )
    out = tmp_path / "again"
    options = ("--seeds", "11,7,0:3", "--eta", 0.5, "--batch", batch, "--preview", preview)
    assert generate(*options, "--out", out).hashes == whole.hashes
    assert bool(shown) == (preview != "off")
    assert len(list(out.iterdir())) == 5


def test_a_real_program_with_its_engine_in_a_child_keeps_everything_under_one_folder(
    whole: Any, model: Path, tmp_path: Path
) -> None:
    home, data = tmp_path / "home", tmp_path / "everything"
    home.mkdir()
    (data / "models").mkdir(parents=True)
    shutil.copytree(model, data / "models" / "tiny")
    environment = {name: text for name, text in os.environ.items() if name[:4] != "XDG_"}
    words = [sys.executable, "-m", "ldm_desktop", "generate", "--model", "tiny", "--steps", "4"]
    words += ["--seeds", "0:3,7,11", "--eta", "0.5", "--batch", "3", "--preview", "linear"]
    words += ["--json", "--engine", "process", "--data-dir", str(data)]
    done = subprocess.run(
        words,
        env=environment | {"HOME": str(home)},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    lines.sort(key=lambda line: line["seed"])
    assert [line["pixels_sha256"] for line in lines] == whole.hashes
    today = {(dt.datetime.now().astimezone() - dt.timedelta(days=n)).date() for n in (0, 1)}
    assert {Path(line["file"]).parent for line in lines} <= {
        data / "library" / str(day) for day in today
    }
    assert list(home.rglob("*")) == []
    assert {path.name for path in data.iterdir()} == {"library", "models", "cache", "galleries"}


def test_progress_is_for_terminals_and_results_are_for_programs(
    model: Path, tmp_path: Path
) -> None:
    options = ["generate", "--model", model, "--data-dir", tmp_path / "data", "--steps", 40]
    watching, terminal = os.openpty()
    program = Program([*options, "--seeds", "0:3"], tmp_path, stderr=os.ttyname(terminal))
    seen = b""

    def read() -> bool:
        nonlocal seen
        while select.select([watching], [], [], 0)[0]:
            seen += os.read(watching, 4096)
        return False

    assert program.wait(read) == 0
    read()
    assert b"steps/s" in seen
    os.close(terminal)
    os.close(watching)
    assert "loading the model" in seen.decode()
    assert "picture 1/3" in seen.decode()
    names = program.out.splitlines()
    assert len(names) == 3
    assert all(Path(name).is_file() for name in names)
    assert finished([*options, "--seeds", 5], tmp_path)[2] == ""


def test_a_reader_that_has_enough_ends_the_program_quietly(model: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    out = tmp_path / "pictures"
    words = ["generate", "--model", model, "--data-dir", tmp_path / "data", "--out", out]
    program = Program([*words, "--seeds", "0:500", "--steps", 4], tmp_path, stdout=str(pipe))
    with pipe.open() as reader:
        first = reader.readline().strip()
    assert program.wait() == 0
    assert program.err == ""
    assert files.is_intact(files.read(Path(first)))
    made = list(out.glob("*.png"))
    assert len(made) < 100
    assert all(files.is_intact(files.read(file)) for file in made)


def test_a_result_that_nobody_can_be_told_is_saved_all_the_same(
    model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "pictures"
    words = ["generate", "--model", model, "--data-dir", tmp_path / "data", "--out", out]
    code, _, said = finished([*words, "--steps", 4], tmp_path, stdout="/dev/full")
    assert code == 1
    assert said == (
        "ldm-desktop: Standard output cannot be written to (No space left on device).\n"
    )
    assert files.is_intact(files.read(next(out.glob("*.png"))))


def test_one_picture_can_have_a_name_of_its_own(generate: Generate, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "mine.png"
    first = generate("--seed", 3, "--out", file)
    assert (first.code, first.lines[0]["file"]) == (0, str(file))
    again = generate("--seed", 3, "--out", file)
    assert (again.code, again.out) == (2, "")
    assert "exists and is not replaced" in again.err
    assert generate("--seed", 3, "--out", file, "--resume").lines == first.lines
    other = generate("--seed", 4, "--out", file, "--resume")
    assert other.code == 2
    assert "another picture" in other.err
    assert pixel_hash(file) == first.hashes[0]


def test_a_seed_of_another_program_is_reduced_and_the_person_told(generate: Generate) -> None:
    large, small = generate("--seed", 2**32 + 3), generate("--seed", 3)
    assert large.hashes == small.hashes
    assert "4294967299 was reduced to 3" in large.err


def test_auto_precision_is_resolved_before_anything_is_recorded(generate: Generate) -> None:
    assert generate("--precision", "auto").lines[0]["recipe"]["precision"] in ("balanced", "fast")


# Recipes


def mask() -> Mask:
    """Give a soft left half."""
    return Mask.of(4, 1, bytes([255, 160, 40, 0]))


KINDS: dict[str, Callable[[Recipe], Recipe]] = {
    "mix": lambda base: dataclasses.replace(
        base, noise=Mix((Parent(Seed(1), 1.0), Parent(Seed(2), 0.5)))
    ),
    "rotate": lambda base: dataclasses.replace(base, noise=Rotate(Seed(1), Seed(2), 20.0)),
    "region": lambda base: dataclasses.replace(base, noise=Region(Seed(1), Seed(2), mask())),
    "branch": lambda base: recipe.fork(base, 2, Renoise(Seed(9), 30.0)),
    "stop": lambda base: recipe.fork(base, 2, recipe.Stop()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_recipe_is_made_from_json_and_from_a_picture(
    generate: Generate, tmp_path: Path, kind: str
) -> None:
    plain = generate("--seed", 1)
    wanted = KINDS[kind](files.read_record(Path(plain.lines[0]["file"])).recipe)
    written, made, again = tmp_path / "recipe.json", tmp_path / "a.png", tmp_path / "b.png"
    written.write_text(codec.canonical(wanted))
    first = generate("--recipe", written, "--out", made)
    assert first.code == 0
    assert files.read_record(made).recipe == wanted
    assert generate("--recipe", made, "--out", again).hashes == first.hashes != plain.hashes
    assert generate("--recipe", made, "--out", again, "--resume").hashes == first.hashes


def test_a_recipe_finds_its_model_under_another_name(
    generate: Generate, run: Generate, model: Path, tmp_path: Path
) -> None:
    made = generate("--seed", 1)
    models = tmp_path / "data" / "models"
    shutil.copytree(model, models / "renamed")
    (models / "broken").mkdir()
    (models / "broken" / "model_index.json").write_text("{")
    options = ("--data-dir", tmp_path / "data", "--json", "--out", tmp_path / "again.png")
    again = run("generate", *options, "--recipe", made.lines[0]["file"])
    assert (again.code, again.hashes) == (0, made.hashes)


def test_a_recipe_of_another_model_is_refused(
    run: Generate, generate: Generate, other_model: Path, tmp_path: Path
) -> None:
    file = generate("--seed", 1).lines[0]["file"]
    for model, words in ((("--model", other_model), "which this is not"), ((), "is not here")):
        answer = run("generate", "--data-dir", tmp_path / "data", "--recipe", file, *model)
        assert (answer.code, answer.out) == (1, "")
        assert words in answer.err
        assert answer.err.count("\n") == 1
