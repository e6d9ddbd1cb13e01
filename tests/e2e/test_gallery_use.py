"""What one does with pictures of the gallery in a real window: use, make again, export, import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from atspi import Node
from desktop import Desktop
from gallery_page import Page
from PIL import Image, PngImagePlugin
from window import LONG, Start, Window, client

from ldm_desktop.core.recipe import Precision
from ldm_desktop.gallery import files
from ldm_desktop.gallery.records import short

EXACT, DRAFT = 21, 22
STEPS = 4
A1111 = (
    "a lake in the blue hour\n"
    "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 965400086, Size: 16x8, Model: lakes"
)


@pytest.fixture(scope="module")
def page(display: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give the gallery of a window that has made two pictures, the older one in exact."""
    window = Start(display, tmp_path_factory.mktemp("use"))()
    window.press("preset-reference")
    window.generate(seed=EXACT, steps=STEPS)
    window.picture(EXACT)
    window.press("preset-draft")
    window.generate(seed=DRAFT, steps=STEPS)
    window.picture(DRAFT)
    window.until_ready()
    page = Page.open(window)
    page.wait_for(f"Seed {DRAFT}, landscapes", f"Seed {EXACT}, landscapes")
    yield page
    window.kill()


@pytest.fixture(autouse=True)
def _in_the_grid(page: Page) -> None:
    """Begin with all pictures in sight."""
    page.begin()


def file_of(window: Window, seed: int) -> Path:
    """Give the file of a seed."""
    return next(file for file in window.library if f"seed {seed} " in file.name)


def test_settings_are_used_in_the_studio(page: Page) -> None:
    window = page.window
    page.choose(EXACT)
    window.key("ctrl+u")
    window.wait(lambda: "showing" in window.part("canvas").states, "the studio")
    window.wait(lambda: window.find("seed").text == str(EXACT), "its seed")
    assert window.find("steps").value == STEPS
    assert "Exact" in window.find("precision").name


def test_an_exact_picture_is_made_again_identically_and_compared(page: Page) -> None:
    window = page.window
    page.choose(EXACT)
    window.key("ctrl+shift+r")
    window.wait(lambda: "Identical: every pixel is the same." in window.notices, "a verdict", LONG)
    assert window.seeds == [EXACT, EXACT, DRAFT]
    window.wait(lambda: window.look(name="Compare"), "its button").do()
    survey = page.part("gallery-survey", role="filler")
    names = [f"Seed {EXACT}, landscapes", f"Seed {EXACT}, landscapes, active"]
    window.wait(lambda: sorted(cell.name for cell in survey.children) == names, "two pictures")
    assert "showing" in survey.states
    window.key("Escape")


def test_what_is_rendered_exactly_is_a_child_in_the_family(page: Page) -> None:
    window = page.window
    made = files.read_record(file_of(window, DRAFT))
    page.choose(DRAFT)
    window.press("gallery-info-render-exact")
    window.wait(lambda: window.seeds.count(DRAFT) == 2, "the child", LONG)
    records = [files.read_record(file) for file in window.library]
    (child,) = (record for record in records if made.id in record.parents)
    assert child.recipe.precision is Precision.EXACT
    window.wait(lambda: sum(f"Seed {DRAFT}" in row for row in page.rows) == 2, "it in the grid")
    page.search(f"id:{child.id}")
    page.wait_for(f"Seed {DRAFT}, landscapes")
    page.choose(DRAFT)
    window.key("alt+5")
    family = window.find("family-graph")
    (parent,) = window.wait(lambda: relatives(family, "Came from"), "its family")
    parent.do()
    window.wait(lambda: relatives(family, "Became"), "the parent in the middle")
    window.wait(lambda: not relatives(family, "Came from"), "nobody above it")
    window.key("ctrl+j")
    window.wait(lambda: page.part("gallery-info-id").name == short(made.id), "it in the gallery")
    assert page.part("gallery-search").text == f"id:{made.id}"


def relatives(family: Node, relation: str) -> list[Node]:
    """Give the pictures of a family that are what they are to the one in the middle."""
    return [tile for tile in family.children if tile.description == relation]


def part(dialog: Node, wanted: str = "", *, name: str = "") -> Node:
    """Give a part of a dialog, which has all of them as soon as it is there."""
    found = dialog.find(wanted, name=name)
    assert found, f"{dialog} has no {wanted or name}"
    return found


def export(window: Window, kind: str, folder: Path, *choices: str) -> str:
    """Export the chosen pictures by the dialog, and give what it says in the end."""
    window.key("ctrl+shift+e")
    dialog = window.find("export-dialog")
    for name in (f"export-kind-{kind}", *choices):
        part(dialog, name).do()
    part(dialog, "export-folder").write(str(folder))
    part(dialog, "export-start").do()
    result = part(dialog, "export-result")
    said = window.wait(lambda: "showing" in result.states and result.name, "an end", LONG)
    part(dialog, "export-close").do()
    window.wait(lambda: window.look("export-dialog") is None, "the dialog closed")
    return str(said)


def test_pictures_are_exported_without_a_word_and_on_a_sheet(page: Page, tmp_path: Path) -> None:
    window = page.window
    page.choose(EXACT)
    said = export(window, "pictures", tmp_path, "export-metadata-none")
    assert said == "Done. Files made and read back: 1."
    (made,) = tmp_path.iterdir()
    with Image.open(made) as image:
        assert image.tobytes() == files.read(file_of(window, EXACT)).frame.pixels
    assert chunks(made.read_bytes()) == {b"IHDR", b"IDAT", b"IEND"}
    window.key("ctrl+a")
    assert export(window, "sheet", tmp_path) == "Done. Files made and read back: 1."
    (sheet,) = tmp_path.glob("*.pdf")
    assert sheet.read_bytes().startswith(b"%PDF-")


def chunks(data: bytes) -> set[bytes]:
    """Give the kinds of chunks in a PNG: a length, four letters, so much data, a checksum each."""
    found, at = set(), 8
    while at < len(data):
        found.add(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return found


def foreign(file: Path, seed: int) -> Path:
    """Make a picture as A1111 saves them."""
    told = PngImagePlugin.PngInfo()
    told.add_text("parameters", A1111.replace("965400086", str(seed)))
    Image.new("RGB", (16, 8), (seed % 256, 80, 160)).save(file, pnginfo=told)
    return file


def test_pictures_of_others_come_by_the_dialog_and_broken_ones_are_refused(
    page: Page, tmp_path: Path
) -> None:
    window = page.window
    whole, broken = foreign(tmp_path / "lake.png", 965400086), tmp_path / "broken.png"
    broken.write_bytes(b"no picture at all")
    window.key("ctrl+shift+i")
    dialog = window.find("file-dialog")
    part(dialog, "fileNameEdit").write(f'"{whole}" "{broken}"')
    part(dialog, name="Import").do()
    report = window.find("import-dialog")
    words, found = part(report, "import-words"), part(report, "import-report")
    said = "Added: 1 · already here: 0 · refused: 1"
    window.wait(lambda: words.name == said, "what came in")
    assert f"{broken} cannot be opened: it is no" in " ".join(each.name for each in found.children)
    part(report, "import-close").do()
    window.wait(lambda: page.row(965400086), "the picture")
    page.choose(965400086)
    settings = page.part("gallery-settings-text")
    window.wait(lambda: settings.text == A1111, "its settings")
    assert whole.is_file()


def test_a_picture_that_is_dropped_comes_in(page: Page, tmp_path: Path) -> None:
    window = page.window
    file = foreign(tmp_path / "pond.png", 77)
    x, y, width, height = page.grid.extents
    move = window.desktop.run
    with client(window.desktop, "offer", str(file)) as wait_for:
        move("xdotool", "mousemove", "20", "20", "mousedown", "1")
        move("xdotool", "mousemove", "24", "24", "mousemove", "30", "30")
        wait_for("dragging")
        middle = (str(x + width // 2), str(y + height // 2))
        move("xdotool", "mousemove", str(x + 10), str(y + 10), "mousemove", *middle)
        wait_for("welcome CopyAction")
        move("xdotool", "mouseup", "1")
        wait_for("dropped CopyAction")
        # Whoever lets go of it gives it only now.
        window.find("import-close").do()
        window.wait(lambda: page.row(77), "the picture")
