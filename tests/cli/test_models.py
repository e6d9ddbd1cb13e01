"""`models add`, `verify`, `remove` and `selftest --model`: what is among the models is whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from models import WEIGHTS, make_tiny_model
from processes import CONTEXT, Program, finished

from ldm_desktop.cli import incoming, reference, samples
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import files
from ldm_desktop.hub import care, record

Run = Callable[..., Any]
UNET = f"unet/{WEIGHTS}.safetensors"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a folder that everything is kept under."""
    return tmp_path / "data"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Give a model as it was published: `.bin` files with old names."""
    return make_tiny_model(tmp_path / "published", format="bin", old_names=True)


def tree(folder: Path) -> dict[str, tuple[int, str]]:
    """Give every file of a folder with its time and its hash."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names(data: Path) -> list[str]:
    """Give what lies in the folder of models."""
    folder = data / "models"
    return sorted(path.name for path in folder.iterdir() if path.name != care.INCOMING)


def left_over(data: Path) -> list[str]:
    """Give what was left behind on the way."""
    return [path.name for path in (data / "models" / care.INCOMING).glob(f"*{care.ENDING}")]


def test_a_folder_is_copied_converted_recorded_and_shown(
    run: Run, published: Path, data: Path
) -> None:
    before = tree(published)
    answer = run("models", "add", published, "--data-dir", data, "--json")
    assert answer.code == 0, answer.err
    events = [line["event"] for line in answer.lines]
    stages = [line["stage"] for line in answer.lines if line["event"] == "progress"]
    assert list(dict.fromkeys(stages)) == ["checking", "converting", "sampling"]
    assert events.count("sample") == 4
    assert events[-1] == "done"
    told = answer.lines[-1]["model"]
    folder = data / "models" / "published"
    recorded = record.read(folder)
    assert recorded
    assert recorded.converted
    assert (told["name"], told["state"]) == ("published", "recorded")
    assert told["fingerprint"] == recorded.fingerprint
    assert not list(folder.rglob("*.bin"))
    assert tree(published) == before
    assert left_over(data) == []
    pictures = [files.read(Path(file)) for file in told["samples"]]
    assert [picture.record.recipe.noise.seed for picture in pictures] == [0, 1, 2, 3]  # type: ignore[union-attr]
    assert {picture.record.recipe.steps for picture in pictures} == {20}
    assert {picture.record.recipe.model.fingerprint for picture in pictures} == {
        told["fingerprint"]
    }
    assert len(told["seconds_a_picture"]["seconds"]) == 4
    assert run("models", "verify", "published", "--data-dir", data).code == 0


def test_what_was_added_makes_the_pictures_of_its_original(
    run: Run, published: Path, data: Path, tmp_path: Path
) -> None:
    run("models", "add", published, "--data-dir", data, "--no-samples")
    made = []
    for model in (published, "published"):
        out = tmp_path / f"out {len(made)}"
        words = ("--model", model, "--steps", 3, "--data-dir", data, "--out", out, "--json")
        made.append(run("generate", *words).hashes)
    assert made[0] == made[1]


def test_the_engine_need_not_read_an_added_model_to_know_it(
    run: Run, published: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("models", "add", published, "--data-dir", data, "--no-samples")
    from ldm_desktop.engine import fingerprints

    monkeypatch.setattr(fingerprints, "_compute", None)
    recorded = record.read(data / "models/published")
    assert recorded
    found = fingerprints.fingerprint(data / "models/published", data / "cache")
    assert found == recorded.fingerprint


def test_what_is_there_already_is_not_added_again(run: Run, published: Path, data: Path) -> None:
    run("models", "add", published, "--data-dir", data, "--no-samples")
    answer = run("models", "add", published, "--data-dir", data, "--name", "x", "--no-samples")
    assert answer.code == 0
    assert answer.err == "This model is here already, as published: nothing was added.\n"
    assert names(data) == ["published"]
    for _ in range(2):
        run("models", "add", published, "--data-dir", data, "--half", "--no-samples")
    assert names(data) == ["published", "published-half"]


def test_a_damaged_copy_does_not_keep_the_good_one_out(
    run: Run, published: Path, data: Path
) -> None:
    run("models", "add", published, "--data-dir", data, "--no-samples")
    flip(data / "models/published" / UNET)
    answer = run("models", "add", published, "--data-dir", data, "--no-samples")
    assert names(data) == ["published", "published-2"]
    assert "Another model is called published, so this one is called published-2." in answer.err


def test_half_the_size_says_that_it_is_another_model(run: Run, published: Path, data: Path) -> None:
    answer = run("models", "add", published, "--data-dir", data, "--half", "--no-samples")
    assert "published-half stores 16 bits a number" in answer.err
    whole = run("models", "add", published, "--data-dir", data, "--no-samples", "--json")
    half = record.read(data / "models/published-half")
    assert half
    assert half.fingerprint != whole.lines[-1]["model"]["fingerprint"]
    folder = data / "models/published-half"
    again = run("models", "add", folder, "--data-dir", data, "--half", "--no-samples")
    assert again.code == 2
    assert "16 bits a number already" in again.err


def test_samples_that_cannot_be_made_fail_no_import(
    run: Run, published: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise KnownError("There is no room.")

    monkeypatch.setattr(samples, "make", refuse)
    answer = run("models", "add", published, "--data-dir", data)
    assert answer.code == 0
    assert answer.err == "The model is there, but has no sample pictures: There is no room.\n"
    assert names(data) == ["published"]


def test_a_model_that_changes_while_it_is_copied_does_not_come_in(
    run: Run, published: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ldm_desktop.engine import convert

    write = convert.write_copy

    def changed(folder: Path, target: Path, **options: Any) -> None:
        shutil.rmtree(folder)
        make_tiny_model(folder, format="bin", seed=5)
        write(folder, target, **options)

    monkeypatch.setattr(convert, "write_copy", changed)
    answer = run("models", "add", published, "--data-dir", data)
    assert answer.code == 1
    assert "has changed while it was copied" in answer.err
    assert names(data) == left_over(data) == []


def flip(file: Path) -> None:
    """Turn one bit over, in the middle of the last number's mantissa."""
    data = bytearray(file.read_bytes())
    data[-3] ^= 1
    file.write_bytes(data)


def test_verify_names_what_has_changed(run: Run, published: Path, data: Path) -> None:
    run("models", "add", published, "--data-dir", data, "--no-samples")
    flip(data / "models/published" / UNET)
    answer = run("models", "verify", "published", "--data-dir", data, "--json")
    assert answer.code == 1
    assert answer.err.endswith("Not as it should be: published; what is wrong is said above.\n")
    verified = answer.lines[-1]
    assert (verified["event"], verified["name"], verified["ok"]) == ("verified", "published", False)
    [problem] = verified["problems"]
    assert (problem["file"], problem["what"]) == (UNET, "changed")
    damaged = run("selftest", "--model", "published", "--data-dir", data)
    assert damaged.code == 3
    assert "not the model that came in" in damaged.out
    (data / "models/published" / record.RECORD).write_text("{")
    answer = run("models", "verify", "--data-dir", data)
    assert answer.code == 1
    assert "landscapes: as it was shipped." in answer.out
    assert "is not valid JSON" in answer.out


def test_verify_is_honest_about_what_was_never_recorded(
    run: Run, published: Path, data: Path
) -> None:
    answer = run("models", "verify", published, "--data-dir", data, "--json")
    assert answer.code == 0
    assert "nobody can say whether single bits of it have changed" in answer.lines[-1]["sentence"]
    (published / "unet" / f"{WEIGHTS}.bin").write_bytes(b"PK\3\4")
    answer = run("models", "verify", published, "--data-dir", data)
    assert answer.code == 1
    assert "cut off or damaged" in answer.out


def test_verify_knows_the_starter_by_its_own_picture(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ldm_desktop.cli import model_care
    from ldm_desktop.core.paths import resources

    copy = tmp_path / "resources/models/landscapes"
    shutil.copytree(resources() / "models/landscapes", copy)
    monkeypatch.setattr(model_care, "resources", lambda: tmp_path / "resources")
    assert "as it was shipped" in run("models", "verify", copy, "--data-dir", data).out
    flip(copy / UNET)
    answer = run("models", "verify", copy, "--data-dir", data)
    assert answer.code == 1
    assert "Install LDM Desktop again." in answer.out


def test_a_model_is_moved_to_the_trash(
    run: Run, published: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    (tmp_path / "share").mkdir()
    added = run("models", "add", published, "--data-dir", data, "--json").lines[-1]["model"]
    answer = run("models", "remove", "published", "--data-dir", data)
    assert (answer.code, names(data)) == (0, [])
    assert (tmp_path / "share/Trash/files/published/model_index.json").exists()
    assert not any(Path(file).exists() for file in added["samples"])


def test_without_a_trash_a_model_stays_until_it_is_deleted_for_good(
    run: Run, published: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no" / "share"))
    run("models", "add", published, "--data-dir", data, "--no-samples")
    answer = run("models", "remove", "published", "--data-dir", data)
    assert (answer.code, names(data)) == (1, ["published"])
    assert "--for-good" in answer.err
    answer = run("models", "remove", "published", "--data-dir", data, "--for-good", "--json")
    assert (answer.code, names(data), left_over(data)) == (0, [], [])
    assert answer.lines == [{"event": "removed", "name": "published", "trash": False}]


@pytest.mark.parametrize("name", ["landscapes", "nowhere", "..", ".incoming", "../data", "/", ""])
def test_nothing_but_a_persons_own_model_is_removed(run: Run, data: Path, name: str) -> None:
    (data / "models" / ".incoming").mkdir(parents=True)
    answer = run("models", "remove", name, "--data-dir", data, "--for-good")
    assert answer.code == 2
    assert (data / "models" / ".incoming").exists()


def test_selftest_says_that_nothing_is_published_of_a_model(
    run: Run, model: Path, data: Path
) -> None:
    answer = run("selftest", "--model", model, "--data-dir", data)
    assert answer.code == 0
    assert "no published numbers" in answer.out
    assert "makes the same bits twice" in answer.out


@pytest.mark.parametrize(("off", "code"), [(0.0, 0), (0.009, 0), (0.02, 3)])
def test_selftest_compares_with_the_published_numbers(
    run: Run, published: Path, data: Path, monkeypatch: pytest.MonkeyPatch, off: float, code: int
) -> None:
    added = published.rename(published.parent / "ldm-celebahq-256")
    first = run("selftest", "--model", added, "--data-dir", data, "--json").lines[-1]
    assert (first["verdict"], len(first["published"])) == ("different", 9)
    numbers = tuple(number + off for number in first["numbers"])
    monkeypatch.setattr(reference, "PUBLISHED", {"CompVis/ldm-celebahq-256": numbers})
    answer = run("selftest", "--model", added, "--data-dir", data)
    assert answer.code == code
    assert ("reproduces the reference" in answer.out) == (code == 0)


def test_the_corner_is_the_last_three_by_three_of_blue() -> None:
    from ldm_desktop.core.frame import Frame

    pixels = bytes(range(4 * 5 * 3))
    corner = [round(255 * value) for value in reference.corner(Frame(4, 5, pixels))]
    assert corner == [29, 32, 35, 41, 44, 47, 53, 56, 59]


def test_a_download_is_brought_in_and_its_own_folder_goes(published: Path, data: Path) -> None:
    from ldm_desktop.cli.model_report import Report
    from ldm_desktop.core import paths

    place = data / "models" / care.INCOMING / "a--b@0"
    shutil.copytree(published, place)
    origin = care.Origin("a/b", "0" * 40, "mit")
    wish = incoming.Wish(samples=False)
    folder = incoming.finish(place, "b", origin, paths.folders(data), wish, Report(json=True))
    recorded = record.read(folder)
    assert recorded
    assert (recorded.source, recorded.commit, recorded.licence) == ("a/b", "0" * 40, "mit")
    assert (names(data), place.exists()) == (["b"], False)


def test_a_download_that_has_come_in_leaves_nothing_while_its_samples_are_made(
    published: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ldm_desktop.cli.model_report import Report
    from ldm_desktop.core import paths

    source = data / "models" / care.INCOMING / "a--b@0"
    shutil.copytree(published, source)
    seen = []
    monkeypatch.setattr(samples, "make", lambda *_: seen.append((source.exists(), names(data))))
    report = Report(json=True)
    origin, wish = care.Origin(), incoming.Wish()
    incoming.finish(source, "b", origin, paths.folders(data), wish, report)
    assert seen == [(False, ["b"])]


def _killed(arguments: list[str], folder: str, number: int) -> None:
    """End as a power cut would at the n-th time that something is done in a folder."""
    left, fsync = [number], os.fsync

    def count() -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(event: str, values: tuple[Any, ...]) -> None:
        reads = event == "open" and not values[2] & (os.O_WRONLY | os.O_RDWR)
        if event in EVENTS and str(values[0]).startswith(folder) and not reads:
            count()

    def counted(handle: int) -> None:
        count()
        fsync(handle)

    from ldm_desktop.cli.main import main

    sys.stdout = sys.stderr = io.StringIO()
    os.fsync = counted
    sys.addaudithook(hear)
    sys.exit(main(arguments))


EVENTS = {"open", "os.rename", "os.mkdir", "os.link", "os.remove", "shutil.rmtree"}
EVERY = 2


def killed(arguments: Sequence[object], folder: Path, number: int) -> bool:
    """Run a command until its n-th touch of a folder; False if it had fewer."""
    words = [str(word) for word in arguments]
    process = CONTEXT.Process(target=_killed, args=(words, str(folder), number))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def test_killed_anywhere_there_is_no_model_or_a_whole_one(
    run: Run, published: Path, data: Path
) -> None:
    before, kills = tree(published), 0
    words = ("models", "add", published, "--data-dir", data, "--no-samples")
    seen = set()
    while killed(words, data, 1 + EVERY * kills):
        kills += 1
        assert tree(published) == before
        there = names(data) if (data / "models").exists() else []
        seen.add(bool(there))
        assert there in ([], ["published"])
        if there:
            assert run("models", "verify", "published", "--data-dir", data).code == 0
            shutil.rmtree(data)
    assert kills > 8
    assert seen == {False, True}
    answer = run(*words)
    assert answer.code == 0
    assert (names(data), left_over(data)) == (["published"], [])
    assert run("models", "verify", "published", "--data-dir", data).code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ended_politely_it_leaves_nothing_behind(
    published: Path, data: Path, tmp_path: Path, number: signal.Signals
) -> None:
    words = ["models", "add", published, "--data-dir", data, "--json"]
    program = Program(words, tmp_path)
    program.wait(lambda: '"sampling"' in program.out)
    program.send(number)
    assert program.wait() == 128 + number
    assert (names(data), left_over(data)) == (["published"], [])
    code, out, _ = finished(words, tmp_path)
    assert code == 0
    last = json.loads(out.splitlines()[-1])
    assert len(last["model"]["samples"]) == 4
