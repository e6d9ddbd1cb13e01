"""`gallery`: pictures found, described and taken care of from the command line."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from rows import spoil
from samples import picture_of

from ldm_desktop.cli import output
from ldm_desktop.cli.gallery_progress import Count
from ldm_desktop.cli.main import main
from ldm_desktop.core import paths
from ldm_desktop.core.picture import Picture
from ldm_desktop.gallery import files, sidecar
from ldm_desktop.gallery.index import database
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Change, Flag, Label

Run = Callable[..., Any]
KEYS = {
    *("id", "file", "seed", "model", "rating", "flag", "tags", "albums", "note", "created"),
    *("parents", "pixels_sha256"),
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Make the library of the data folder."""
    folder = tmp_path / "data" / "library"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def gallery(run: Run, tmp_path: Path) -> Run:
    """Run a command of `gallery` in the data folder."""

    def gallery(name: str, *arguments: object) -> Any:
        return run("gallery", *name.split(), "--data-dir", tmp_path / "data", *arguments)

    return gallery


def saved(library: Path, seed: int = 3, **changes: Any) -> Picture:
    """Save a picture with an id of its own, as a run without a gallery would."""
    picture = picture_of(seed=seed)
    record = dataclasses.replace(picture.record, id=changes.pop("id", uuid4()), **changes)
    picture = dataclasses.replace(picture, record=record)
    files.save_in_library(picture, library)
    return picture


def short(picture: Picture) -> str:
    return f"#{picture.record.id.hex[:8]}"


def store_of(library: Path) -> Store:
    file = paths.gallery_database(library.parent, library)
    return Store(database.open_database(file).connection, library)


# Finding


def test_a_library_that_was_never_looked_at_is_listed_whole(gallery: Run, library: Path) -> None:
    pictures = [saved(library, seed) for seed in (1, 2, 3)]
    answer = gallery("list", "--json", "--sort", "seed", "--ascending")
    assert (answer.code, answer.err) == (0, "")
    assert [line["seed"] for line in answer.lines] == ["1", "2", "3"]
    for line, picture in zip(answer.lines, pictures, strict=True):
        assert set(line) == KEYS
        assert UUID(line["id"]) == picture.record.id
        assert files.read(Path(line["file"])) == picture
        assert Path(line["file"]).is_absolute()
        assert line["pixels_sha256"] == picture.frame.sha256
        assert (line["rating"], line["flag"], line["note"]) == (0, "none", "")
        assert (line["tags"], line["albums"], line["parents"]) == ([], [], [])
    people = gallery("list", "--limit", 2).out.splitlines()
    assert len(people) == 2
    assert people[0].startswith("#")


def test_an_empty_gallery_has_no_lines(gallery: Run, tmp_path: Path) -> None:
    answer = gallery("list", "--json")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert not (tmp_path / "data" / "library").exists()


def test_a_query_finds_what_it_asks_for(gallery: Run, library: Path) -> None:
    first = saved(library, 1)
    second = saved(library, 2, parents=(first.record.id,))
    gallery("rate", short(first), 4)
    assert [line["seed"] for line in gallery("search", "--json", "rating:>=4").lines] == ["1"]
    assert [line["seed"] for line in gallery("search", "--json", "seed:2", "steps:20").lines] == [
        "2"
    ]
    (child,) = gallery("search", "--json", f"parent:{short(first)}").lines
    assert UUID(child["id"]) == second.record.id
    assert child["parents"] == [str(first.record.id)]
    assert gallery("search", "--json", "--", "-rating:>=4").lines[0]["seed"] == "2"
    assert gallery("search", "nothing like it").out == ""


@pytest.mark.parametrize("query", ["flavour:red", "rating:many", "(seed:3", "tag:"])
def test_a_query_that_cannot_be_understood_is_one_sentence(gallery: Run, query: str) -> None:
    answer = gallery("search", query)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1


def test_show_tells_everything(gallery: Run, library: Path) -> None:
    first = saved(library, 1)
    second = saved(library, 2, parents=(first.record.id,))
    (told,) = gallery("show", "--json", short(first)).lines
    assert told["recipe"]["steps"] == 20
    assert told["children"] == [str(second.record.id)]
    assert told["state"] == "present"
    assert "landscapes" in gallery("show", short(first)).out


def test_reading_only_the_first_line_is_no_error(library: Path, tmp_path: Path) -> None:
    for seed in range(200):
        saved(library, seed)
    words = ["gallery", "list", "--json", "--data-dir", str(tmp_path / "data")]
    command = [sys.executable, "-m", "ldm_desktop", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert json.loads(process.stdout.readline())["id"]
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


# Saying


def test_a_rating_is_kept_in_the_database_and_beside_the_picture(
    gallery: Run, library: Path
) -> None:
    picture = saved(library)
    answer = gallery("rate", short(picture), 4, "--json")
    assert (answer.code, answer.lines[0]["rating"]) == (0, 4)
    found = sidecar.read(sidecar.sidecar_of(Path(answer.lines[0]["file"])))
    assert found
    assert found.annotation.rating == 4
    assert found.id == picture.record.id
    assert store_of(library).unwritten(10) == []


def test_everything_can_be_said_and_taken_back(gallery: Run, library: Path) -> None:
    picture, other = saved(library, 1), saved(library, 2)
    both = f"{short(picture)},{other.record.id}"
    assert len(gallery("rate", short(picture), short(other), 3).out.splitlines()) == 2
    gallery("flag", both, "picked")
    gallery("label", short(picture), "blue")
    gallery("tag", both, "blue hour", "sea")
    gallery("tag", short(other), "sea", "--remove")
    gallery("note", short(picture), "a\nnote")
    said = store_of(library).annotation(picture.record.id)
    assert (said.rating, said.flag, said.label) == (3, Flag.PICKED, Label.BLUE)
    assert (said.tags, said.note) == (("blue hour", "sea"), "a\nnote")
    assert store_of(library).annotation(other.record.id).tags == ("blue hour",)
    gallery("rate", both, 0)
    gallery("flag", both, "none")
    gallery("label", both, "none")
    gallery("tag", both, "blue hour", "sea", "--remove")
    assert gallery("note", short(picture), "").code == 0
    assert store_of(library).annotation(picture.record.id).__class__() == store_of(
        library
    ).annotation(picture.record.id)


def test_albums_are_made_filled_renamed_and_removed(gallery: Run, library: Path) -> None:
    picture = saved(library)
    assert gallery("album make", "best").code == 0
    assert gallery("album make", "fours", "--query", "rating:>=4").code == 0
    assert gallery("album add", "best", short(picture), "--json").lines[0]["albums"] == ["best"]
    assert gallery("album list", "--json").lines == [
        {"name": "best", "query": None, "count": 1},
        {"name": "fours", "query": "rating:>=4", "count": None},
    ]
    gallery("album rename", "best", "better")
    assert gallery("list", "--json").lines[0]["albums"] == ["better"]
    gallery("album take", "better", short(picture))
    assert gallery("list", "--json").lines[0]["albums"] == []
    gallery("album remove", "better")
    assert "better" not in gallery("album list").out
    assert gallery("album add", "better", short(picture)).code == 2
    assert gallery("album make", "bad", "--query", "flavour:red").code == 2
    assert (library / "albums.json").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["rate", "ffff", "3"], "There is no picture 'ffff'"),
        (["rate", "#", "3"], "There is no picture '#'"),
        (["rate", "aaaa", "3"], "'aaaa' could be 2 pictures"),
        (["rate", "aaaa1", "6"], "6 is no rating from 0 to 5"),
        (["rate", "3"], "--help"),
        (["flag", "aaaa1", "maybe"], "--help"),
        (["label", "aaaa1", "pink"], "--help"),
        (["tag", "aaaa1", " "], "A tag needs at least one character"),
        (["search"], "--help"),
        (["list", "--limit", "-1"], "--limit"),
        (["list", "--sort", "beauty"], "--sort"),
        (["delete", "aaaa"], "could be 2 pictures"),
        (["album", "add", "none", "aaaa1"], "There is no album 'none'"),
        (["beautify"], "--help"),
        ([], "--help"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_changes_nothing(
    run: Run, library: Path, words: list[str], sentence: str
) -> None:
    for digit in "12":
        saved(library, id=UUID(f"aaaa{digit}" + "0" * 27))
    place = ["--data-dir", library.parent] if words else []
    answer = run("gallery", *words, *place)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert sentence in answer.err
    assert store_of(library).unwritten(10) == []


def test_with_the_librarys_disk_out_ratings_are_kept_until_it_is_back(
    gallery: Run, library: Path
) -> None:
    picture = saved(library)
    gallery("list")
    library.rename(library.with_name("away"))
    answer = gallery("rate", short(picture), 5, "--json")
    assert (answer.code, answer.lines[0]["rating"]) == (0, 5)
    assert "written beside the pictures later" in answer.err
    library.with_name("away").rename(library)
    (line,) = gallery("rate", short(picture), 5, "--json").lines
    found = sidecar.read(sidecar.sidecar_of(Path(line["file"])))
    assert found
    assert found.annotation.rating == 5


def test_commands_work_while_another_connection_is_open(gallery: Run, library: Path) -> None:
    picture = saved(library)
    gallery("list")
    window = store_of(library)
    before = window.data_version()
    gallery("rate", short(picture), 2)
    assert window.data_version() != before
    assert window.annotation(picture.record.id).rating == 2
    window.annotate([picture.record.id], Change(rating=3))
    assert gallery("list", "--json").lines[0]["rating"] == 3


# Which library


def test_another_library_can_be_named_or_set(run: Run, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    picture = saved(other, 7)
    words = ["gallery", "list", "--json", "--data-dir", library.parent]
    assert run(*words).lines == []
    assert run(*words, "--library", other).lines[0]["id"] == str(picture.record.id)
    settings = library.parent / "settings.json"
    settings.write_text(json.dumps({"version": 1, "library": str(other)}))
    assert run(*words).lines[0]["id"] == str(picture.record.id)
    settings.write_text("{")
    assert run(*words).lines == []
    assert settings.read_text() == "{"
    gone = run(*words, "--library", tmp_path / "gone")
    assert (gone.code, gone.out) == (1, "")
    assert "is not there: put its disk in" in gone.err


# Care


def test_a_rebuild_makes_the_database_again(gallery: Run, library: Path) -> None:
    pictures = [saved(library, seed) for seed in range(3)]
    gallery("rate", short(pictures[1]), 5)
    gallery("tag", short(pictures[2]), "sea")
    before = gallery("list", "--json", "--sort", "seed").lines
    for file in (library.parent / "galleries").iterdir():
        file.unlink()
    answer = gallery("rebuild", "--json")
    assert (answer.code, answer.lines[0]["added"]) == (0, 3)
    assert gallery("list", "--json", "--sort", "seed").lines == before


def test_verify_says_what_is_wrong_and_repairs_it(gallery: Run, library: Path) -> None:
    picture, gone = saved(library, 1), saved(library, 2)
    assert gallery("verify").code == 0
    for line in gallery("list", "--json").lines:
        if UUID(line["id"]) == gone.record.id:
            Path(line["file"]).unlink()
    answer = gallery("verify", "--json")
    assert answer.code == 1
    (finding,) = answer.lines
    assert (finding["kind"], finding["picture"]) == ("missing", str(gone.record.id))
    assert finding["sentence"].endswith(".")
    assert answer.err.count("\n") == 1
    assert gallery("verify", "--repair").code == 0
    assert [line["id"] for line in gallery("list", "--json").lines] == [str(picture.record.id)]


def test_pictures_of_any_program_come_in(gallery: Run, library: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    Image.new("RGB", (8, 8), "red").save(source / "a.png")
    Image.new("RGB", (8, 8), "blue").save(source / "b.jpg")
    (source / "c.png").write_bytes(b"no picture")
    answer = gallery("import", source, "--json")
    assert answer.code == 1
    assert len(answer.lines) == 2
    assert "c.png" in answer.err
    assert answer.err.count("\n") == 1
    for line in answer.lines:
        assert Path(line["file"]).is_relative_to(library)
    assert len(gallery("list").out.splitlines()) == 2
    again = gallery("import", source / "a.png", "--json")
    assert (again.code, again.lines) == (0, [])


def test_the_trash_takes_pictures_and_gives_them_back(
    gallery: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xdg").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    picture, other = saved(library, 1), saved(library, 2)
    gallery("rate", short(picture), 4)
    (line,) = gallery("delete", short(picture), "--json").lines
    assert not Path(line["file"]).exists()
    assert not sidecar.sidecar_of(Path(line["file"])).exists()
    assert [one["id"] for one in gallery("list", "--json").lines] == [str(other.record.id)]
    (back,) = gallery("restore", short(picture), "--json").lines
    assert back == line
    assert files.read(Path(back["file"])) == picture
    assert sidecar.sidecar_of(Path(back["file"])).exists()
    assert len(gallery("list").out.splitlines()) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["rebuild"],
        ["verify"],
        ["import", "source"],
        ["export", "--query", "", "--out", "x"],
        ["export", "--query", "", "--sheet", "x.pdf"],
        ["export", "--query", "", "--table", "x.csv"],
    ],
    ids=lambda words: " ".join(words[:1] + words[3:4]),
)
def test_ctrl_c_ends_long_work_and_leaves_a_gallery_that_can_be_used(
    gallery: Run,
    library: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
) -> None:
    for seed in range(5):
        saved(library, seed)
        (tmp_path / "source" / str(seed)).mkdir(parents=True)
        saved(tmp_path / "source" / str(seed), seed + 10)
    gallery("list")
    monkeypatch.chdir(tmp_path)

    def interrupting(count: Count, what: str) -> Callable[[int, int | None], None]:
        def tell(_done: int, _total: int | None = None) -> None:
            if not heard:
                os.kill(os.getpid(), signal.SIGINT)
            heard.append(what)

        return tell

    heard: list[str] = []
    monkeypatch.setattr(Count, "told", interrupting)
    assert gallery(words[0], *words[1:]).code == 130
    assert 5 <= len(gallery("list").out.splitlines()) <= 10
    assert gallery("verify", "--repair").code == 0
    assert gallery(words[0], *words[1:]).code == 0


def test_ctrl_c_ends_a_listing_between_two_lines(
    gallery: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(3):
        saved(library, seed)
    line = output.line

    def interrupting(text: str) -> None:
        line(text)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(output, "line", interrupting)
    answer = gallery("list", "--json")
    assert (answer.code, len(answer.lines)) == (130, 1)


# Generating


def test_what_is_generated_into_the_library_is_in_the_gallery_at_once(
    generate: Run, gallery: Run, tmp_path: Path
) -> None:
    (made,) = generate("--seed", 5).lines
    store = store_of(tmp_path / "data" / "library")
    assert store.number(UUID(made["id"])) is not None
    (line,) = gallery("list", "--json").lines
    assert (line["id"], line["seed"], line["file"]) == (made["id"], "5", made["file"])
    generate("--seed", 6, "--out", tmp_path / "elsewhere")
    assert len(gallery("list").out.splitlines()) == 1


def test_what_was_there_before_is_found_when_generate_was_first(
    generate: Run, gallery: Run, library: Path
) -> None:
    saved(library, 9)
    generate("--seed", 5)
    assert sorted(line["seed"] for line in gallery("list", "--json").lines) == ["5", "9"]


def test_trouble_with_the_database_never_costs_a_picture(generate: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "galleries").write_text("in the way")
    answer = generate("--seeds", "0:2")
    assert answer.code == 0
    assert [Path(line["file"]).exists() for line in answer.lines] == [True, True]
    assert answer.err.count("\n") == 1
    assert "saved, but not in the gallery yet" in answer.err


def test_the_library_of_the_settings_is_used_or_missed(generate: Run, tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    other.mkdir()
    data.mkdir()
    settings = data / "settings.json"
    settings.write_text(json.dumps({"version": 1, "library": str(other)}))
    (made,) = generate("--seed", 5).lines
    assert Path(made["file"]).is_relative_to(other)
    settings.write_text(json.dumps({"version": 1, "library": str(tmp_path / "unplugged")}))
    answer = generate("--seed", 6)
    assert (answer.code, answer.out) == (1, "")
    assert "is not there" in answer.err
    assert not (tmp_path / "unplugged").exists()


def test_the_engine_does_not_wait_for_the_gallery() -> None:
    code = (
        "import sys; from ldm_desktop.cli.main import main; main(['show', 'none.png']);"
        "assert 'apsw' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_help_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["gallery", "search", "--help"])
    assert 'tag:"blue hour"' in capsys.readouterr().out


def test_in_the_place_of_a_damaged_database_what_is_said_now_goes_before_older_sidecars(
    gallery: Run, library: Path
) -> None:
    picture = saved(library)
    gallery("rebuild")  # Which keeps a backup.
    gallery("rate", short(picture), 3)
    spoil(paths.gallery_database(library.parent, library))
    (line,) = gallery("rate", "--json", short(picture), 5).lines
    assert line["rating"] == 5
    assert gallery("search", "--json", "rating:5").lines == [line]
