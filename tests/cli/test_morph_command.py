"""`ldm-desktop morph`: from seeds or a path to an animation, and on from where it was stopped."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from ldm_desktop.cli import main
from ldm_desktop.cli.ending import guarded
from ldm_desktop.cli.morph_arguments import add_morph
from ldm_desktop.cli.morph_frames import Frames
from ldm_desktop.cli.parser import Parser
from ldm_desktop.core import codec
from ldm_desktop.core.morph import Easing, Morph, duration, moments
from ldm_desktop.core.noise import Seed
from ldm_desktop.gallery import files
from ldm_desktop.gallery.animation.reading import read_path


class Answer(NamedTuple):
    """What the command has answered."""

    code: int
    out: str
    err: str


Travel = Callable[..., Answer]
SHORT = ("--steps", 2, "--seconds", 1, "--fps", 4)


@pytest.fixture
def travel(capsys: pytest.CaptureFixture[str], model: Path, tmp_path: Path) -> Travel:
    """Run `morph` with the tiny model, keeping everything under one folder."""
    parser = Parser()
    add_morph(parser)
    main._add_engine(parser)

    def travel(*arguments: object) -> Answer:
        words = ["--data-dir", tmp_path / "data", "--model", model, *arguments]
        capsys.readouterr()

        def run() -> int:
            options = parser.parse_args([str(word) for word in words])
            code: int = options.run(options)
            return code

        return Answer(guarded(run), *capsys.readouterr())

    return travel


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note the frames that are made."""
    made: list[Path] = []
    real = files.save_as

    def save_as(picture: object, file: Path) -> Path:
        made.append(file)
        return real(picture, file)

    monkeypatch.setattr(files, "save_as", save_as)
    return made


def test_seeds_become_an_animation_that_carries_its_path(travel: Travel, tmp_path: Path) -> None:
    out = tmp_path / "a.webp"
    answer = travel("--seeds", 1, 2, 3, "--out", out, *SHORT)
    assert (answer.code, answer.out.strip()) == (0, str(out)), answer.err
    path = read_path(out)
    assert [each.noise for each in path.waypoints] == [Seed(1), Seed(2), Seed(3)]
    assert all(60 < angle < 120 for angle in path.angles)
    with Image.open(out) as image:
        assert image.n_frames == len(moments(path)) == 5
        assert image.size == path.recipe.size


@pytest.mark.parametrize("name", ["a.gif", "a.mp4", "frames"])
def test_the_name_says_what_it_becomes(travel: Travel, tmp_path: Path, name: str) -> None:
    answer = travel("--seeds", 1, 2, "--out", tmp_path / name, *SHORT)
    assert answer.code == 0, answer.err
    made = tmp_path / name
    assert read_path(made / "frame 00001.png" if made.is_dir() else made).fps == 4


def test_options_decide_how_one_travels(travel: Travel, tmp_path: Path) -> None:
    out = tmp_path / "a.webp"
    words = ("--closed", "--easing", "smooth", "--hold", 0.5)
    assert travel("--seeds", "1,2", 3, "--out", out, *SHORT, *words).code == 0
    path = read_path(out)
    assert (path.closed, path.easing, len(path.angles)) == (True, Easing.SMOOTH, 3)
    assert duration(path) == pytest.approx(1.0 + 3 * 0.5, abs=3 * 0.5 / path.fps)


def test_a_path_of_a_file_is_followed(travel: Travel, tmp_path: Path) -> None:
    first, file = tmp_path / "a.webp", tmp_path / "a.morph.json"
    travel("--seeds", 1, 2, "--out", first, *SHORT)
    file.write_text(codec.canonical(read_path(first)), encoding="utf-8")
    for source, name in ((file, "b.webp"), (first, "c.webp")):
        answer = travel(source, "--out", tmp_path / name)
        assert answer.code == 0, answer.err
        assert read_path(tmp_path / name) == read_path(first)
    assert (tmp_path / "b.webp").stat().st_size == first.stat().st_size


def test_a_path_can_be_made_otherwise(travel: Travel, tmp_path: Path) -> None:
    first, second = tmp_path / "a.webp", tmp_path / "b.webp"
    travel("--seeds", 1, 2, 3, "--out", first, *SHORT)
    answer = travel(first, "--out", second, "--steps", 3, "--fps", 3, "--closed", "--hold", 0.1)
    assert answer.code == 0, answer.err
    path = read_path(second)
    assert (path.recipe.steps, path.fps, path.closed, len(path.angles)) == (3, 3, True, 3)
    assert [each.hold for each in path.waypoints] == [0.1] * 3


def test_it_goes_on_where_it_was_stopped_and_makes_no_frame_twice(
    travel: Travel, saves: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.webp"
    words = ("--seeds", 1, 2, "--out", out, *SHORT)
    real = Frames._save

    def save(self: Frames, event: object) -> None:
        real(self, event)
        if len(saves) == 2:
            os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr(Frames, "_save", save)
        answer = travel(*words)
    assert answer.code == 130
    assert "goes on" in answer.err
    assert (len(saves), out.exists()) == (2, False)
    assert travel(*words).code == 0
    assert len(saves) == len(set(saves)) == len(moments(read_path(out)))


def test_its_frames_go_when_the_animation_is_whole(travel: Travel, tmp_path: Path) -> None:
    travel("--seeds", 1, 2, "--out", tmp_path / "a.webp", *SHORT)
    assert list((tmp_path / "data" / "morphs").iterdir()) == []


def test_frames_that_the_window_has_begun_are_used_and_stay_with_it(
    travel: Travel, saves: list[Path], tmp_path: Path
) -> None:
    travel("--seeds", 1, 2, "--out", tmp_path / "a.webp", *SHORT)
    path = read_path(tmp_path / "a.webp")
    place = tmp_path / "data" / "morphs" / path.id
    place.mkdir()
    (place / "export.json").write_text("{}")
    travel("--seeds", 1, 2, "--out", tmp_path / "b.webp", *SHORT)
    saves.clear()
    assert travel("--seeds", 1, 2, "--out", tmp_path / "c.gif", *SHORT).code == 0
    assert saves == []
    assert len(list(place.glob("*.png"))) == len(moments(path))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--out", "a.webp"), "Name a path, or pictures"),
        (("--seeds", "1", "--out", "a.webp"), "2 to 128"),
        (("--seeds", "1", "x", "--out", "a.webp"), "seed"),
        (("--seeds", "1", "2", "--out", "a.avi"), "webp"),
        (("--seeds", "1", "1", "--out", "a.webp", "--steps", "2"), "differ"),
        (("--seeds", "1", "2", "--out", "a.webp", "--quality", "0"), "Quality"),
        (("--seeds", "1", "2", "--out", "a.webp", "--width", "33"), "multiple"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(
    travel: Travel, saves: list[Path], tmp_path: Path, words: tuple[str, ...], sentence: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    answer = travel(*words)
    assert answer.code == 2, answer.err
    assert sentence in answer.err
    assert saves == []


def test_a_file_that_is_there_is_replaced_only_when_told_to(
    travel: Travel, saves: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "a.webp"
    out.write_text("mine")
    words = ("--seeds", 1, 2, "--out", out, *SHORT)
    assert travel(*words).code == 2
    assert (out.read_text(), saves) == ("mine", [])
    assert travel(*words, "--replace").code == 0
    assert isinstance(read_path(out), Morph)
