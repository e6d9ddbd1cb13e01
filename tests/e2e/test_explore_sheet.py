"""A thousand seeds in the real window: they form, are culled, survive, and stay remembered."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from atspi import Node
from desktop import Desktop
from explore_page import Way, arrived, go, made, part
from explore_sheet import Sheet
from gallery_page import ITEMS
from safetensors.numpy import load_file, save_file
from window import LONG, Start, Window, seed_of

from ldm_desktop.core.paths import resources

FIRST, STEPS = 500, 12
SEEN = range(FIRST, FIRST + 20)
"""Seeds whose tiles are on the first screen."""
COLUMNS = 8
"""Of the list of sheets."""
KEPT, CULLED = (501, 504), (502, 503)
RESTS = f"rests at step 2 of {STEPS}"
OTHER = "uplands"
WEIGHTS = "unet/diffusion_pytorch_model.safetensors"


def copy_model(folder: Path) -> None:
    """Copy the starter, with other weights."""
    shutil.copytree(resources() / "models/landscapes", folder)
    weights = load_file(folder / WEIGHTS)
    weights["conv_out.bias"] = weights["conv_out.bias"] + 0.125
    save_file(weights, folder / WEIGHTS)


class Life:
    """A sheet over more than one start of the application."""

    def __init__(self, start: Start) -> None:
        self._start = start
        window = start()
        window.until_ready()
        window.generate(seed=FIRST, steps=STEPS)
        window.picture(FIRST)
        window.wait(lambda: window.shown == f"Seed {FIRST}, finished", "the picture on stage")
        self.sheet = Sheet.begin(window, FIRST)

    def restart(self) -> Window:
        """End the application, and start it again."""
        assert self.sheet.window.close() == 0
        return self._start()


@pytest.fixture(scope="module")
def life(display: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Give a sheet of a thousand seeds, with a second model at hand."""
    start = Start(display, tmp_path_factory.mktemp("sheet"))
    copy_model(start.folder / "data/models" / OTHER)
    yield Life(start)
    for window in start.started:
        window.kill()


@pytest.fixture
def sheet(life: Life) -> Sheet:
    """Begin with all tiles of the sheet in sight."""
    go(life.sheet.window, Way.SHEET)
    life.sheet.list("all")
    return life.sheet


def test_tiles_form_together_and_stop_where_asked(sheet: Sheet) -> None:
    sheet.wait_for_all(SEEN, RESTS)
    assert f"step 2 of {STEPS}" in part(sheet.page, "sheet-step").name
    assert sheet.window.seeds == [FIRST]


def test_what_one_scrolls_to_forms_before_what_lies_between(sheet: Sheet) -> None:
    sheet.choose(FIRST)
    sheet.window.key("End")
    last = FIRST + 999
    sheet.wait_for(last, RESTS)
    assert sheet.tile(FIRST + 700) == "waiting"
    sheet.window.key("Home")


def test_seeds_are_culled_by_keys_and_just_the_survivors_are_finished(sheet: Sheet) -> None:
    window = sheet.window
    sheet.wait_for_all(SEEN, RESTS)
    sheet.choose(501)
    window.key("shift+p", "shift+x", "shift+x", "shift+p", "shift+x")
    sheet.wait_for(505, f"culled, {RESTS}")
    window.key("ctrl+z")
    sheet.wait_for(505, RESTS)
    assert [sheet.tile(seed) for seed in KEPT] == [f"kept, {RESTS}"] * 2
    assert [sheet.tile(seed) for seed in CULLED] == [f"culled, {RESTS}"] * 2
    sheet.list("kept")
    kept = [f"Seed {seed}, kept, {RESTS}" for seed in KEPT]
    window.wait(lambda: sheet.tiles == kept, f"just those kept: {sheet.tiles[:5]}")
    records = made(window, lambda: window.key("ctrl+alt+Return"), len(KEPT))
    assert sorted(seed_of(record.recipe) for record in records) == [*KEPT]
    assert {record.recipe.steps for record in records} == {STEPS}
    sheet.list("finished")
    done = [f"Seed {seed}, kept, finished" for seed in KEPT]
    window.wait(lambda: sheet.tiles == done, f"just those finished: {sheet.tiles[:5]}", LONG)
    assert window.seeds == [FIRST, *KEPT]


def test_what_is_culled_costs_nothing_until_it_is_called_back(sheet: Sheet) -> None:
    window, culled, beside = sheet.window, 507, 508
    sheet.wait_for(culled, RESTS)
    sheet.choose(culled)
    window.key("x")
    sheet.wait_for(culled, f"culled, {RESTS}")
    sheet.stop_at(25)
    further = f"rests at step 3 of {STEPS}"
    sheet.wait_for(beside, further)
    assert sheet.tile(culled) == f"culled, {RESTS}"
    sheet.list("culled")
    window.wait(lambda: any(f"Seed {culled}," in tile for tile in sheet.tiles), "it among culled")
    sheet.list("all")
    sheet.choose(culled)
    window.key("u")
    sheet.wait_for(culled, further)
    (record,) = made(window, lambda: window.key("p", "ctrl+alt+Return"))
    assert seed_of(record.recipe) == culled


def test_a_seed_is_starred_where_it_is_seen_found_by_its_verdict_and_named(sheet: Sheet) -> None:
    window, starred, culled = sheet.window, 510, 511
    sheet.choose(starred)
    window.key("ctrl+b")
    sheet.choose(culled)
    window.key("x")
    sheet.choose(starred)
    page = go(window, Way.SEEDS)
    window.wait(lambda: part(page, "seed-title").name == f"Seed {starred}", "the seed")
    window.wait(lambda: "checked" in part(page, "seed-star").states, "its star")
    search(window, page, f"verdict:culled seed:{culled}")
    (row,) = window.wait(lambda: listed(page, f"Seed {culled},"), "what was culled", LONG)
    assert "culled: 1" in row
    window.key("Return", "F2")
    name = part(page, "seed-name")
    window.wait(lambda: "focused" in name.states, "the name with the keyboard")
    window.type("Fog")
    window.key("Return")
    search(window, page, "fog")
    window.wait(lambda: listed(page, f"Fog · Seed {culled},"), "it by its name", LONG)
    window.key("Escape")


def search(window: Window, page: Node, text: str) -> None:
    """Search among seeds by typing."""
    line = part(page, "seeds-search")
    window.key("F3")
    window.wait(lambda: "focused" in line.states, "a search field with the keyboard")
    window.key("ctrl+a")
    window.type(text)
    window.wait(lambda: line.text == text, f"{text}: {line.text}")


def listed(page: Node, beginning: str) -> list[str]:
    """Give the seeds that are listed, if they all begin so."""
    rows = [row.name for row in part(page, "seeds-list").children if row.role in ITEMS]
    return rows if all(row.startswith(beginning) for row in rows) else []


def test_liked_seeds_are_tried_on_another_model(sheet: Sheet) -> None:
    window, starred = sheet.window, 513
    sheet.choose(starred)
    window.key("ctrl+b")
    page = go(window, Way.SEEDS)
    search(window, page, "star: OR verdict:kept")
    liked = window.wait(lambda: seeds_of(part(page, "seeds-list")), "liked seeds", LONG)
    window.wait(lambda: starred in liked, f"{starred} among {liked}")
    model = part(page, "seeds-liked-model")
    assert model.name == OTHER
    part(page, "seeds-liked-open").do()
    arrived(window, Way.SHEET)
    settings = part(sheet.page, "sheet-settings")
    window.wait(lambda: settings.name.startswith(f"{OTHER} · "), f"a sheet: {settings.name}", LONG)
    window.wait(lambda: seeds_of(sheet.grid) == liked, f"just {liked}: {sheet.tiles}")
    window.wait(lambda: all(RESTS in tile for tile in sheet.tiles), "their tiles", LONG)


def seeds_of(table: Node) -> list[int]:
    """Give the seeds of a table's rows, the smallest first."""
    found = (re.search(r"Seed (\d+)", row.name) for row in table.children)
    return sorted(int(seed[1]) for seed in found if seed)


def test_a_sheet_is_as_it_was_when_the_application_starts_again(sheet: Sheet, life: Life) -> None:
    window, survivor, culled = sheet.window, 515, 516
    reopen(window)
    sheet.choose(survivor)
    window.key("shift+p", "x")
    window.wait(lambda: sheet.tile(culled).startswith("culled"), "a verdict")
    seen = sheet.tiles[: len(SEEN)]
    window.key("ctrl+alt+Return")
    window.wait(lambda: not sheet.tile(survivor).startswith("kept, rests"), "it in the queue")
    again = life.restart()
    again.until_ready()
    go(again, Way.SHEET)
    reopen(again)
    life.sheet = Sheet(again, FIRST)
    if survivor not in again.seeds:
        waiting = "1 picture is waiting from last time."
        again.wait(lambda: waiting in again.notices, "what was left undone")
        part(again.part("notices"), name="Go on").do()
    life.sheet.wait_for(survivor, "kept, finished")
    same = [tile for tile in life.sheet.tiles[: len(SEEN)] if str(survivor) not in tile]
    assert same == [tile for tile in seen if str(survivor) not in tile]
    life.sheet.list("culled")
    said = f"Seed {culled}, culled, "
    again.wait(lambda: any(tile.startswith(said) for tile in life.sheet.tiles), "what was culled")


def reopen(window: Window) -> None:
    """Open the sheet of the thousand seeds from the list of sheets."""
    name = f"Seeds {FIRST}–{FIRST + 999}"
    window.key("ctrl+shift+o")
    dialog = window.find("sheets-dialog")
    table = part(dialog, "sheets-table")
    cells = window.wait(lambda: [cell.name for cell in table.children if cell.role == "cell"], "it")
    row = cells.index(name) // COLUMNS
    table.focus()
    window.desktop.run("xdotool", "key", *["Down"] * row, "Return")
    window.wait(lambda: window.look("sheets-dialog") is None, "the dialog closed")
    title = window.find("sheet-name")
    window.wait(lambda: title.text == name, f"the sheet: {title.text}")
