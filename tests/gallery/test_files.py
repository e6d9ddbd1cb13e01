"""Pictures are saved whole or not at all, and hostile files are refused in a sentence."""

from __future__ import annotations

import dataclasses
import errno
import os
import random
import re
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import picture_of, recipe_of

from ldm_desktop.core import paths
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import (
    Generator,
    Mask,
    Mix,
    Parent,
    Region,
    Rotate,
    Seed,
    Slerp,
    Turn,
    Walk,
)
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import ModelRef, Stop, fork
from ldm_desktop.gallery import files, metadata

ROOT = Path(__file__).parents[2]
IMPORTS = f"""\
import os, sys, time
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from samples import picture_of, recipe_of
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import files
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def named(model: str) -> Picture:
    return picture_of(recipe_of(model=ModelRef("5f3a9c21" * 8, model)))


# Saving


def test_a_picture_is_read_as_it_was_saved(tmp_path: Path) -> None:
    saved = files.save(picture_of(), tmp_path)
    assert files.read(saved) == picture_of()
    assert files.read_record(saved) == picture_of().record
    assert files.is_intact(files.read(saved))
    assert names(tmp_path) == [saved.name]


@settings(max_examples=60, deadline=None)
@given(strategies.pictures())
def test_any_picture_survives_its_file(picture: Picture) -> None:
    record, pixels = metadata.take_apart(files.encode(picture))
    assert Picture(record, files._decode(pixels)) == picture
    assert record.recipe.model.name == picture.record.recipe.model.name


def test_the_name_says_model_seed_and_the_begin_of_the_recipes_id(tmp_path: Path) -> None:
    saved = files.save(picture_of(), tmp_path)
    assert saved.name == f"landscapes seed 3 {recipe_of().id[:8]}.png"


@pytest.mark.parametrize(
    ("noise", "words"),
    [
        (Mix((Parent(Seed(1), 0.2), Parent(Seed(2), 0.8))), "seed 2 mix"),
        (Rotate(Seed(4), Seed(5), 10), "seed 4 rotate"),
        (Region(Seed(6), Seed(7), Mask.of(1, 1, b"\0")), "seed 7 region"),
        (Walk(Seed(8), (Turn(Seed(9), 8),)), "seed 8 variation"),
        (Slerp(Seed(8), Seed(9), 0.75), "seed 9 morph"),
        (Seed(2**64 - 1, Generator.WIDE), "seed 18446744073709551615"),
    ],
)
def test_a_composed_picture_is_named_after_its_first_seed_and_kind(noise, words: str) -> None:
    assert f" {words} " in files.name(picture_of(recipe_of(noise=noise)).record)
    branched = fork(recipe_of(noise=noise), 5, Stop())
    assert f" {words} branch " in files.name(picture_of(branched).record)


@pytest.mark.parametrize(
    ("model", "start"),
    [
        ("CompVis/ldm-celebahq-256", "CompVis_ldm-celebahq-256"),
        ("..\\..\\evil", "_.._evil"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("  .hidden. ", "hidden"),
        ("--out", "out"),
        ("con.x", "con_x"),
        ("COM1.tar", "COM1_tar"),
        ("new\nline\0\u202egnp", "new line gnp"),
        ("half \udc80", "half"),
        ("Übung – 山水 🏔", "Übung – 山水 🏔"),
        ("é", "é"),
        ("", "5f3a9c21"),
        ("...", "5f3a9c21"),
    ],
)
def test_model_names_become_file_names_for_all_systems(
    tmp_path: Path, model: str, start: str
) -> None:
    saved = files.save(named(model), tmp_path)
    assert saved.parent == tmp_path
    assert saved.name.startswith(f"{start} seed 3 ")


@given(st.text() | strategies.words, st.integers(0, 2**32 - 1))
def test_any_model_name_gives_a_short_plain_file_name(model: str, seed: int) -> None:
    name = files.name(picture_of(recipe_of(seed, model=ModelRef("0" * 64, model))).record)
    assert 0 < len(f"{name} (99).png".encode()) <= 143
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]|^[ .-]|[ .]$', name)
    found = files.HASH_IN_NAME.search(f"{name}.png")
    again = files.HASH_IN_NAME.search(f"{name} (2).png")
    assert found
    assert again
    assert found[1] == again[1] == name[-8:]


def test_a_number_before_the_hash_is_not_taken_for_it() -> None:
    found = files.HASH_IN_NAME.search("landscapes seed 12345678 87654321.png")
    assert found
    assert found[1] == "87654321"


def test_the_library_has_a_folder_a_day(tmp_path: Path) -> None:
    saved = files.save_in_library(picture_of(), tmp_path)
    assert saved.parent.parent == tmp_path
    assert re.fullmatch(r"2026-11-2[234]", saved.parent.name)
    assert files.save_in_library(picture_of(), tmp_path).parent == saved.parent


def test_a_taken_name_gets_a_number_and_nothing_is_replaced(tmp_path: Path) -> None:
    saved = [files.save(picture_of(), tmp_path) for _ in range(3)]
    stem = saved[0].stem
    assert [path.name for path in saved] == [f"{stem}.png", f"{stem} (2).png", f"{stem} (3).png"]
    assert all(files.is_intact(files.read(path)) for path in saved)


def test_an_exact_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "mine.png"
    assert files.save_as(picture_of(), target) == target
    before = target.read_bytes()
    with pytest.raises(BadArgumentError, match="exists and is not replaced"):
        files.save_as(picture_of(seed=4), target)
    assert target.read_bytes() == before
    assert names(tmp_path) == ["mine.png"]


def test_an_exact_name_taken_while_the_picture_was_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "check_name", lambda file: None)
    (tmp_path / "mine.png").symlink_to("nowhere")
    with pytest.raises(BadArgumentError, match="exists and is not replaced"):
        files.save_as(picture_of(), tmp_path / "mine.png")
    assert names(tmp_path) == ["mine.png"]


@pytest.mark.parametrize("name", ["mine.jpg", "mine", "mine.png.part"])
def test_another_format_is_not_promised(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadArgumentError, match="PNG"):
        files.save_as(picture_of(), tmp_path / name)


@pytest.fixture(params=["hard links", "no hard links"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Save as on a usual disk, and as on one without hard links (FAT)."""
    if request.param == "no hard links":
        monkeypatch.setattr(os, "link", _no_links)
    return str(request.param)


def _no_links(part: Path, final: Path) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def test_with_or_without_hard_links_nothing_is_replaced(tmp_path: Path, disk: str) -> None:
    first = files.save(picture_of(), tmp_path)
    second = files.save(picture_of(), tmp_path)
    assert names(tmp_path) == sorted([first.name, second.name])
    files.save_as(picture_of(), tmp_path / "mine.png")
    with pytest.raises(BadArgumentError, match="exists"):
        files.save_as(picture_of(), tmp_path / "mine.png")


def test_the_order_of_a_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str) -> None:
    done: list[str] = []
    fsync, place = os.fsync, files._place

    def note_fsync(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        done.append("fsync folder" if is_folder else "fsync file")
        fsync(handle)

    def note_place(part: Path, final: Path) -> None:
        assert part.suffix == ".part"
        done.append("place")
        place(part, final)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(files, "_place", note_place)
    files.save(picture_of(), tmp_path)
    assert done == ["fsync file", "place", "fsync folder"]


def test_the_folder_of_a_day_is_durable_before_its_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(paths, "sync_folder", synced.append)
    saved = files.save_in_library(picture_of(), tmp_path)
    assert synced == [tmp_path, saved.parent]


def run(code: str, *arguments: object, **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", IMPORTS + code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more)


RACE = """\
def no_links(part, final): raise PermissionError(1, "no links")
if sys.argv[2] == "no hard links": os.link = no_links
sys.stdin.readline()
for seed in range(40):
    print(files.save(picture_of(seed=seed), Path(sys.argv[1])), flush=True)
"""


def test_two_processes_saving_the_same_names_lose_nothing(tmp_path: Path, disk: str) -> None:
    both = [run(RACE, tmp_path, disk, stdin=subprocess.PIPE) for _ in range(2)]
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [line for process in both for line in process.communicate()[0].splitlines()]
    assert len(set(printed)) == 80
    assert sorted(Path(line).name for line in printed) == names(tmp_path)
    assert all(files.is_intact(files.read(Path(line))) for line in printed)


KILLED = """\
def no_links(part, final): raise PermissionError(1, "no links")
if sys.argv[2] == "no hard links": os.link = no_links
pictures = [picture_of(recipe_of(seed, size=(96, 64))) for seed in range(50)]
print("ready", flush=True)
for picture in pictures:
    print(files.save_in_library(picture, Path(sys.argv[1])), flush=True)
"""


def test_a_kill_at_any_moment_of_50_saves_breaks_and_loses_nothing(
    tmp_path: Path, disk: str
) -> None:
    chance, acknowledged, midway = random.Random(disk), [], 0
    for _ in range(25):
        process = run(KILLED, tmp_path, disk)
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        printed = process.communicate()[0].splitlines(keepends=True)
        acknowledged += [Path(line[:-1]) for line in printed if line.endswith("\n")]
        midway += 0 < len(printed) < 50
    assert midway > 5
    assert all(path.exists() for path in acknowledged)
    for path in tmp_path.glob("*/*.png"):
        assert files.is_intact(files.read(path)), path
    left = [path for path in tmp_path.glob("*/*") if path.suffix != ".png"]
    assert all(files.PART.fullmatch(path.name) for path in left)
    print(f"{len(acknowledged)} acknowledged, {midway} kills midway, {len(left)} part files left")


# Trouble with the disk


def test_a_vanished_folder_is_named_and_not_made_again(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    for save in (files.save, files.save_in_library):
        with pytest.raises(KnownError, match=r"gone.* cannot be written to: it is not there"):
            save(picture_of(), gone)
    with pytest.raises(KnownError, match="it is not there"):
        files.save_as(picture_of(), gone / "mine.png")
    assert not gone.exists()


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    stone = tmp_path / "stone"
    stone.write_text("x")
    for attempt in (
        lambda: files.save(picture_of(), stone),
        lambda: files.save_in_library(picture_of(), stone),
        lambda: files.save_as(picture_of(), stone / "mine.png"),
        lambda: files.prepare(stone),
        lambda: files.prepare(stone / "inner"),
    ):
        with pytest.raises(KnownError, match="a file stands where a folder should be"):
            attempt()
    (tmp_path / files.day(picture_of().record)).write_text("x")
    with pytest.raises(KnownError, match="a file stands where a folder should be"):
        files.save_in_library(picture_of(), tmp_path)


def test_a_name_that_is_too_long_or_impossible_is_said(tmp_path: Path) -> None:
    for name in ("m" * 300 + ".png", "a\0b.png"):
        with pytest.raises(KnownError):
            files.save_as(picture_of(), tmp_path / name)
    assert names(tmp_path) == []
    files.save_as(picture_of(), tmp_path / ("m" * 251 + ".png"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE])
@pytest.mark.parametrize("call", ["fsync", "link", "open"])
def test_any_failing_call_leaves_no_file_and_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, call: str
) -> None:
    def fail(*arguments: object, **more: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path if call == "open" else os, call, fail)
    if call == "link":
        monkeypatch.setattr(files, "_place_locked", fail)
    with pytest.raises(KnownError, match=r"cannot be written to: .*\.$"):
        files.save(picture_of(), tmp_path)
    assert names(tmp_path) == []


def test_preparing_makes_folders_and_leaves_nothing_in_them(tmp_path: Path) -> None:
    files.prepare(tmp_path / "a" / "b")
    files.prepare(tmp_path / "a" / "b")
    assert names(tmp_path / "a" / "b") == []


MOUNTED = """\
import subprocess
place = Path(sys.argv[1])
options = sys.argv[2]
first = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k,mode=777", "none", place])
if first.returncode: sys.exit(77)
if options == "ro":
    (place / "inner").mkdir()
    if subprocess.run(["mount", "-o", "remount,ro", place]).returncode: sys.exit(77)
saved = []
try:
    if options == "ro": files.save_in_library(picture_of(), place)
    for seed in range(2000):
        saved.append(files.save(picture_of(recipe_of(seed, size=(96, 64))), place))
except KnownError as error:
    print(error)
for again in (files.prepare, lambda place: files.save_as(picture_of(), place / "mine.png")):
    try: again(place)
    except KnownError as error: print(error)
assert all(files.is_intact(files.read(path)) for path in saved)
assert {path.name for path in place.glob("*.png")} - {"mine.png"} == {path.name for path in saved}
assert not list(place.glob("**/.*")), list(place.glob("**/.*"))
print(len(saved))
"""


def in_a_mount(place: Path, options: str) -> list[str]:
    """Run MOUNTED in a mount namespace of its own, as root or as root of a user namespace."""
    place.mkdir()
    flags = "-m" if os.geteuid() == 0 else "-rm"
    command = ["unshare", flags, sys.executable, "-c", IMPORTS + MOUNTED, str(place), options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `unshare` to make a mount with")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"a tmpfs cannot be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_read_only_disk_is_named(tmp_path: Path) -> None:
    lines = in_a_mount(tmp_path / "disk", "ro")
    assert lines[-1] == "0"
    assert len(lines) == 4
    assert all(
        line.endswith("the disk can only be read; choose another folder.") for line in lines[:3]
    )


def test_a_full_disk_is_named_and_what_was_saved_is_whole(tmp_path: Path) -> None:
    lines = in_a_mount(tmp_path / "disk", "full")
    assert "the disk is full; free some space" in lines[0]
    assert int(lines[-1]) > 3


def test_leftovers_of_killed_processes_are_swept_once_they_are_old(tmp_path: Path) -> None:
    today = tmp_path / "2026-11-23"
    today.mkdir()
    kept = ["a.png", ".other.part", f".{'0' * 32}.77.part"]
    swept = [f".{'1' * 32}.77.part"]
    for folder in (tmp_path, today):
        for name in kept + swept:
            (folder / name).write_bytes(b"x")
        for name in (*swept, "a.png", ".other.part"):
            os.utime(folder / name, (1e9, 1e9))
    files.sweep(tmp_path)
    assert names(today) == sorted(kept)
    assert names(tmp_path) == sorted([*kept, today.name])
    files.sweep(tmp_path / "gone")


# Finding


def test_the_picture_of_a_recipe_is_found_among_many(tmp_path: Path) -> None:
    for seed in range(5):
        files.save_in_library(picture_of(seed=seed), tmp_path)
    plain = files.save(picture_of(seed=7), tmp_path)
    index = files.Index(tmp_path)
    for seed in range(5):
        found = index.find(recipe_of(seed))
        assert found
        assert files.read_record(found).recipe == recipe_of(seed)
    assert index.find(recipe_of(7)) == plain
    assert index.find(recipe_of(8)) is None
    assert files.Index(tmp_path / "gone").find(recipe_of(1)) is None


def test_a_picture_is_found_whatever_its_model_was_called(tmp_path: Path) -> None:
    saved = files.save(named("renamed"), tmp_path)
    assert files.Index(tmp_path).find(recipe_of()) == saved


def test_only_intact_pictures_of_an_equal_recipe_are_found(tmp_path: Path) -> None:
    saved = files.save(picture_of(), tmp_path)
    whole = saved.read_bytes()
    saved.write_bytes(whole[:-20])
    assert files.Index(tmp_path).find(recipe_of()) is None
    retouched = dataclasses.replace(picture_of(), frame=Frame(16, 8, bytes(16 * 8 * 3)))
    saved.write_bytes(files.encode(retouched))
    assert not files.is_intact(files.read(saved))
    assert files.Index(tmp_path).find(recipe_of()) is None
    saved.write_bytes(files.encode(picture_of(seed=4)))
    assert files.Index(tmp_path).find(recipe_of()) is None
    second = files.save(picture_of(), tmp_path)
    assert second.name.endswith(" (2).png")
    assert files.Index(tmp_path).find(recipe_of()) == second


def test_a_folder_that_cannot_be_a_picture_is_not_found(tmp_path: Path) -> None:
    (tmp_path / f"{files.name(picture_of().record)}.png").mkdir()
    assert files.Index(tmp_path).find(recipe_of()) is None


def test_a_recipe_too_long_for_a_file_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    mask = Mask.of(1024, 1024, bytes(1 << 20))
    noise = Seed(0)
    for seed in range(13):
        noise = Region(Seed(seed), noise, mask)
    with pytest.raises(BadArgumentError, match="masks"):
        files.save(picture_of(recipe_of(noise=noise)), tmp_path)
    assert names(tmp_path) == []
    large = picture_of(recipe_of(noise=noise.outside.outside))
    assert files.read(files.save(large, tmp_path)) == large
