"""Wrong arguments: one sentence, exit code 2, and nothing was started."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from processes import finished
from samples import picture_of, recipe_of

from ldm_desktop.core import codec
from ldm_desktop.gallery import files

Run = Callable[..., Any]
WRONG = [
    (["--seed", "-1"], "is no seed"),
    (["--seed", "0x3"], "is no seed"),
    (["--seed", ""], "is no seed"),
    (["--seeds", "3,,4"], "is no seed"),
    (["--seeds", "4:4"], "the end is excluded"),
    (["--seeds", "0:2000000"], "At most 1,000,000"),
    (["--sampler", "euler", "--eta", "0.5"], "adds no noise"),
    (["--eta", "1.5"], "between 0 and 1"),
    (["--eta", "nan"], "between 0 and 1"),
    (["--steps", "0"], "takes 2 to 1000 steps"),
    (["--steps", "1"], "takes 2 to 1000 steps"),
    (["--steps", "1e3"], "--steps"),
    (["--steps", "1001"], "takes 2 to 1000 steps"),
    (["--sampler", "pndm", "--steps", "3"], "takes 4 to 1000 steps"),
    (["--sampler", "euler", "--steps", "1"], "takes 2 to 1000 steps"),
    (["--sampler", "magic"], "--sampler"),
    (["--sampler", "euler", "--convention", "compvis"], "only for ddim"),
    (["--convention", "compvis", "--steps", "1000"], "takes 2 to 999 steps"),
    (["--width", "70"], "the nearest is 68 or 72"),
    (["--height", "70"], "the nearest is 68 or 72"),
    (["--width", "0"], "the nearest is 4"),
    (["--width", "-8"], "multiple of 4"),
    (["--width", "1000000"], "16384 pixels a side"),
    (["--batch", "0"], "from 1 to 1024"),
    (["--batch", "-1"], "--batch"),
    (["--threads", "0"], "from 1 to 1024"),
    (["--threads", "two"], "from 1 to 1024"),
    (["--shard", "0/3"], "no part 0 of 3"),
    (["--shard", "4/3"], "no part 4 of 3"),
    (["--shard", "x"], "write --shard 2/8"),
    (["--shard", "1/"], "write --shard 2/8"),
    (["--device", "abacus"], "'abacus'"),
    (["--precision", "vague"], "--precision"),
    (["--out", "a.jpg"], "call the file a.png"),
    (["--out", "a.png", "--seeds", "0:2"], "name a folder"),
    (["--model", "nowhere"], "no model 'nowhere'"),
    (["--recipe", "gone.json"], "gone.json"),
    (["--recipe", "a.png", "--seed", "3"], "--seed"),
    (["--recipe", "a.png", "--steps", "3"], "leave out --steps"),
    (["--recipe", "a.png", "--shard", "1/2"], "leave out --shard"),
    (["--colour", "red"], "--colour"),
]


@pytest.fixture
def wrong(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command that is wrong, and give the sentence."""
    monkeypatch.chdir(tmp_path)

    def wrong(*arguments: object, code: int = 2) -> str:
        answer = run(*arguments)
        assert (answer.code, answer.out) == (code, "")
        assert answer.err.startswith("ldm-desktop: ")
        assert answer.err.endswith(".\n")
        assert answer.err.count("\n") == 1
        assert not list(tmp_path.rglob("*.png"))
        return str(answer.err)

    return wrong


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_a_wrong_argument_is_explained_in_one_sentence(
    wrong: Callable[..., str], model: Path, arguments: list[str], words: str
) -> None:
    usual = [] if "--model" in arguments else ["--model", model]
    assert words in wrong("generate", "--data-dir", "data", *usual, *arguments)


@pytest.mark.parametrize(
    "arguments", [[], ["draw"], ["show"], ["models"], ["engine"], ["selftest", "--threads", "0"]]
)
def test_a_wrong_command_is_explained_in_one_sentence(
    wrong: Callable[..., str], arguments: list[str]
) -> None:
    assert "--help" in wrong(*arguments)


def test_a_device_that_is_not_here_is_named_also_by_an_engine_in_a_child(
    model: Path, tmp_path: Path
) -> None:
    words = ["generate", "--data-dir", tmp_path / "data", "--model", model, "--engine", "process"]
    code, _, said = finished([*words, "--device", "abacus"], tmp_path)
    assert code == 2
    assert "'abacus'" in said
    assert said.count("\n") == 1


def test_a_file_that_holds_no_recipe_is_explained(
    wrong: Callable[..., str], tmp_path: Path, model: Path
) -> None:
    def refused(file: Path) -> str:
        return wrong("generate", "--data-dir", "data", "--model", model, "--recipe", file)

    garbage = tmp_path / "garbage.json"
    garbage.write_bytes(b"\xff\x00{")
    assert "not valid JSON" in refused(garbage)
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps({**codec.to_json(recipe_of(4711)), "version": 2}))
    assert "Its seed: 4711." in refused(newer)
    foreign = tmp_path / "foreign.PNG"
    foreign.write_bytes(b"no picture")
    assert "cannot be opened" in refused(foreign)
    assert "cannot be opened" in wrong("show", foreign, code=1)
    assert "cannot be opened" in wrong("reproduce", foreign, code=1)


def test_a_folder_may_have_a_dot_in_its_name(run: Run, model: Path, tmp_path: Path) -> None:
    for name in ("run 0.5", "photos.jpg"):
        out = tmp_path / name
        out.mkdir()
        data = ("--data-dir", tmp_path / "data", "--model", model)
        answer = run("generate", *data, "--steps", 2, "--out", out)
        assert answer.code == 0
        assert len(list(out.glob("*.png"))) == 1


def test_show_of_a_picture_does_not_import_torch_to_say_so(tmp_path: Path) -> None:
    file = files.save(picture_of(), tmp_path)
    code = (
        "import sys; from ldm_desktop.cli.main import main; code = main(sys.argv[1:]);"
        "assert 'torch' not in sys.modules; sys.exit(code)"
    )
    subprocess.run([sys.executable, "-c", code, "show", file], check=True, capture_output=True)
