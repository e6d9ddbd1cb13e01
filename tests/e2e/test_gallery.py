"""The gallery in a real window: pictures come, are judged and found, and nothing is ever lost."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from atspi import Node
from desktop import Desktop
from gallery_page import ITEMS, Page, gallery_command, trashed
from samples import picture_of
from window import Start, Window

from ldm_desktop.core import paths
from ldm_desktop.gallery import files, sidecar
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.index.database import open_database
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Change, Flag
from ldm_desktop.gallery.sidecar import sidecar_of

SEEDS = (5, 4, 3, 2, 1)
ALL = tuple(f"Seed {seed}, landscapes" for seed in SEEDS)
SIDECAR_SECONDS = 2.0


def fill(data: Path) -> list[Path]:
    """Save a picture of each seed, the newest first in the gallery; gives the files."""
    library, made = data / "library", []
    library.mkdir(parents=True)
    for seed in SEEDS:
        picture = picture_of(seed=seed)
        record = dataclasses.replace(picture.record, created=f"2026-11-2{seed}T06:30:00+00:00")
        picture = dataclasses.replace(picture, record=record)
        made.append(files.save_in_library(picture, library))
    return made


@pytest.fixture(scope="module")
def page(display: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give the gallery of a window that tests share, with five pictures of which nobody spoke."""
    folder = tmp_path_factory.mktemp("gallery")
    fill(folder / "data")
    window = Start(display, folder)()
    page = Page.open(window)
    page.wait_for(*ALL)
    yield page
    window.kill()


@pytest.fixture
def file(page: Page) -> Path:
    """Give the file of seed 3."""
    (file,) = page.window.data.glob("library/*/landscapes seed 3 *.png")
    return file


def annotation(file: Path) -> Annotation | None:
    """Give what stands in a picture's sidecar."""
    found = sidecar.read(sidecar_of(file))
    return found.annotation if found else None


def say(window: Window, key: str, text: str, end: str) -> None:
    """Write into the field that a key leads to, and leave it by another."""
    window.key(key)
    window.type(text)
    window.key(end)


def test_a_picture_is_there_at_once_and_what_was_said_of_it_outlives_a_kill(start: Start) -> None:
    window = start()
    window.press("preset-draft")
    window.generate(seed=7, steps=4)
    window.picture(7)
    window.find("seed").write("8")
    page = Page.open(window)
    page.wait_for("Seed 7, landscapes")
    window.key("ctrl+Return")
    page.wait_for("Seed 8, landscapes", "Seed 7, landscapes")
    page.choose(7)
    window.key("p")
    say(window, "t", "blue hour", "Return")
    page.part("gallery-tag-blue hour")
    window.key("Escape")
    say(window, "n", "Keep this.", "Escape")
    window.wait(lambda: page.row(7) == "Seed 7, landscapes, picked, with a note", "what was said")
    page.search('tag:"blue hour"')
    page.wait_for("Seed 7, landscapes, picked, with a note")
    window.press("gallery-keep-search")
    window.wait(lambda: "New smart album" in page.places, "a place for its name")
    window.type("Blue")
    window.key("Return")
    window.wait(lambda: "Blue, pictures: 1" in page.places, "the smart album")
    page.clear_search()
    page.choose(7)
    window.key("4")
    window.wait(lambda: "Stars: 4" in page.row(7), "four stars")
    window.kill()

    again = start()
    page = Page.open(again)
    page.wait_for("Seed 8, landscapes", "Seed 7, landscapes, Stars: 4, picked, with a note")
    assert "Blue, pictures: 1" in page.places
    page.choose(7)
    page.part("gallery-tag-blue hour")
    again.wait(lambda: page.part("gallery-note").text == "Keep this.", "the note")
    file = next(file for file in again.library if "seed 7 " in file.name)
    said = Annotation(4, Flag.PICKED, tags=("blue hour",), note="Keep this.")
    again.wait(lambda: annotation(file) == said, "the sidecar", SIDECAR_SECONDS)
    again.key("5")
    again.wait(lambda: "Stars: 5" in page.row(7), "five stars")
    said = dataclasses.replace(said, rating=5)
    again.wait(lambda: annotation(file) == said, "the sidecar", SIDECAR_SECONDS)
    assert again.close() == 0


def test_what_is_deleted_is_in_the_trash_and_undo_brings_it_back(page: Page, file: Path) -> None:
    window = page.window
    page.choose(3)
    window.key("4")
    window.wait(lambda: "Stars: 4" in page.row(3), "four stars")
    window.wait(lambda: sidecar_of(file).is_file(), "the sidecar")
    window.key("Delete")
    page.wait_for(*(row for row in ALL if "Seed 3" not in row))
    window.wait(lambda: trashed(window) == [file.name, sidecar_of(file).name], "both in the trash")
    assert not file.exists()
    assert "Trash, pictures: 1" in page.places
    window.key("ctrl+z")
    window.wait(lambda: page.row(3) == "Seed 3, landscapes, Stars: 4", "the picture, four stars")
    assert file.is_file()
    assert annotation(file) == Annotation(4)
    assert trashed(window) == []
    page.choose(3)
    window.key("0")
    page.wait_for(*ALL)


def test_searching_narrows_the_grid_and_says_what_is_wrong(page: Page) -> None:
    window = page.window
    page.search("seed:<=3")
    page.wait_for(*ALL[2:])
    window.type(" -seed:2")
    page.wait_for(ALL[2], ALL[4])
    problem = page.part("gallery-search-problem")
    assert "showing" not in problem.states
    page.search("seed:2")
    page.wait_for(ALL[3])
    window.type("x")
    window.wait(lambda: "showing" in problem.states, "a sentence")
    assert "2x" in problem.name
    assert page.part("gallery-search").description == problem.name
    # What was found before stays.
    assert page.rows == [ALL[3]]
    page.clear_search()
    page.wait_for(*ALL)
    assert "showing" not in problem.states


def test_looking_closely_and_side_by_side(page: Page) -> None:
    window = page.window
    page.choose(5)
    window.key("space")
    loupe = page.part("gallery-loupe", role="filler")
    window.wait(lambda: loupe.description == "Seed 5, landscapes, 1 of 5", "the first, large")
    assert "showing" not in page.grid.states
    window.key("Right", "Right", "Left")
    window.wait(lambda: loupe.description == "Seed 4, landscapes, 2 of 5", "the second")
    window.key("g")
    window.wait(lambda: "focused" in page.grid.states, "the grid")
    assert page.current == "Seed 4"
    window.key("shift+Right", "shift+Right")
    chosen = page.part("gallery-count")
    window.wait(lambda: "3 chosen" in chosen.name, "three pictures chosen")
    window.key("c")
    survey = page.part("gallery-survey", role="filler")
    names = [ALL[1], ALL[2], f"{ALL[3]}, active"]
    window.wait(lambda: [cell.name for cell in survey.children] == names, "three side by side")
    assert len({cell.extents[2:] for cell in survey.children}) == 1
    window.key("Escape")
    window.wait(lambda: "focused" in page.grid.states, "the grid")
    assert "3 chosen" in chosen.name


def test_the_window_and_the_command_line_see_each_other_s_ratings(page: Page) -> None:
    window = page.window
    (found,) = gallery_command(window, "search", "seed:2")
    (rated,) = gallery_command(window, "rate", found["id"], "5")
    assert rated["rating"] == 5
    window.wait(lambda: page.row(2) == "Seed 2, landscapes, Stars: 5", "five stars")
    page.choose(1)
    window.key("3", "x")
    window.wait(lambda: page.row(1) == "Seed 1, landscapes, Stars: 3, rejected", "three stars")
    said = {each["seed"]: each for each in gallery_command(window, "list")}
    assert [(said[seed]["rating"], said[seed]["flag"]) for seed in ("2", "1")] == [
        (5, "none"),
        (3, "rejected"),
    ]
    window.key("0", "u")
    page.choose(2)
    window.key("0")
    page.wait_for(*ALL)


def test_a_library_that_is_out_of_reach_is_rated_and_written_once_it_is_back(
    page: Page, file: Path
) -> None:
    window, library = page.window, page.window.data / "library"
    away = library.rename(library.with_name("elsewhere"))
    page.choose(3)
    window.key("2")
    window.wait(lambda: page.row(3) == "Seed 3, landscapes, Stars: 2", "two stars")
    window.wait(lambda: str(library) in page.trouble, "a sentence")
    assert len(page.rows) == len(ALL)
    assert not library.exists()
    away.rename(library)
    window.wait(lambda: annotation(file) == Annotation(2), "the sidecar")
    window.wait(lambda: page.trouble == "", "the end of the trouble")
    page.wait_for(*(row + ", Stars: 2" if "Seed 3" in row else row for row in ALL))
    window.key("0")
    page.wait_for(*ALL)


def test_a_database_that_is_broken_is_set_aside_and_made_again(start: Start) -> None:
    data = start.folder / "data"
    fill(data)
    database = paths.gallery_database(data, data / "library")
    with contextlib.closing(open_database(database).connection) as connection:
        store = Store(connection, data / "library")
        refresh(store)
        store.annotate([picture_of(seed=seed).record.id for seed in SEEDS], Change(rating=4))
        flush(store)
    database.write_bytes(b"no database" * 1000)
    window = start()
    sentence = "The gallery's database was damaged and is kept as"
    window.wait(lambda: sentence in window.notices, "a notice")
    page = Page.open(window)
    page.wait_for(*(f"{row}, Stars: 4" for row in ALL))
    assert [file for file in database.parent.iterdir() if "damaged" in file.name]


def test_everything_on_the_page_can_be_reached_and_has_a_name(page: Page) -> None:
    window = page.window
    page.choose(5)
    parts = [part for part in page.shown if {"focusable", "enabled"} <= part.states]
    assert [f"{part.role} {part.id}" for part in parts if not part.name] == []
    page.part("gallery-places").focus()
    window.wait(lambda: "focused" in page.part("gallery-places").states, "the first of all")
    order: list[Node] = []
    while (here := page.focused) and here not in order:
        order.append(here)
        window.key("Tab")
    wanted = ("gallery-search", "gallery-size", "gallery-grid", "gallery-rating", "gallery-note")
    reached = [part.id for part in order if part.role != "check box"]
    assert [part for part in reached if part in wanted] == list(wanted)
    reachable = [part for part in parts if part.role not in (*ITEMS, "label")]
    assert [str(part) for part in reachable if part not in order] == []


def test_a_damaged_file_is_shown_as_such_until_it_is_whole_again(page: Page, file: Path) -> None:
    window, whole = page.window, file.read_bytes()
    replace(file, whole[: len(whole) // 2])
    # Told at once by a check in the terminal; the window's own look may come some seconds later.
    gallery_command(window, "rebuild")
    window.wait(lambda: page.row(3) == "Seed 3, landscapes, file damaged", "a damaged picture")
    assert "Damaged, pictures: 1" in page.places
    page.choose(3)
    window.key("space")
    loupe, sentence = page.part("gallery-loupe", role="filler"), "The file is damaged"
    window.wait(lambda: sentence in loupe.description, "a sentence instead of a picture")
    assert page.part("gallery-info-trouble").name.startswith(sentence)
    window.key("g")
    replace(file, whole)
    gallery_command(window, "rebuild")
    page.wait_for(*ALL)


def replace(file: Path, data: bytes) -> None:
    """Put another file into the place of one, as programs save."""
    other = file.with_suffix(".other")
    other.write_bytes(data)
    other.replace(file)
