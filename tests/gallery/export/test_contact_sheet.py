"""Contact sheets: everything in its place, whatever is in the pictures and their names."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PdfParser

from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.gallery.export import contact_sheet as sheets
from ldm_desktop.gallery.export import sheet_plan, sheet_text
from ldm_desktop.gallery.export.contact_sheet import contact_sheet
from ldm_desktop.gallery.export.export_names import Words
from ldm_desktop.gallery.export.sheet_plan import Caption, Paper, SheetOptions, Shown
from ldm_desktop.gallery.export.sheet_text import Pen

WORDS = Words("meadow", UUID(int=7 << 100), 3, "landscapes", "2026-11-23", 4)
RED = (200, 20, 30)


def told(_done: int) -> None:
    """Hear nothing."""


def pictures(folder: Path, count: int, size: tuple[int, int] = (32, 32)) -> list[Shown]:
    file = folder / "red.png"
    Image.new("RGB", size, RED).save(file)
    return [Shown(file, WORDS, size)] * count


def test_a_png_has_every_picture_in_its_cell(tmp_path: Path) -> None:
    shown = pictures(tmp_path, 7)
    heard: list[int] = []
    made = contact_sheet(shown, tmp_path / "sheet.png", SheetOptions(columns=3), heard.append)
    plan = sheet_plan.png_plan(shown, SheetOptions(columns=3))
    assert (made.pages, made.problems) == (1, ())
    assert heard == [1, 2, 3, 4, 5, 6, 7]
    with Image.open(made.file) as image:
        assert image.size == plan.page
        for number in range(9):
            left, top = plan.place(number)
            middle = (left + plan.cell[0] // 2, top + plan.cell[1] // 2)
            assert image.getpixel(middle) == (RED if number < 7 else (255, 255, 255))


@pytest.mark.parametrize("caption", list(Caption))
def test_each_caption_is_written_under_the_picture(tmp_path: Path, caption: Caption) -> None:
    def sheet(name: str, *captions: Caption) -> tuple[int, int]:
        options = SheetOptions(columns=1, captions=captions, dark=True)
        file = contact_sheet(pictures(tmp_path, 1), tmp_path / name, options, told).file
        with Image.open(file) as image:
            bright = image.convert("L").point(lambda value: 255 * (value > 180))
            return image.height, bright.histogram()[255]

    plain, written = sheet("plain.png"), sheet("written.png", caption)
    assert written[0] > plain[0]
    assert plain[1] == 0
    assert written[1] > 50


def test_a_pdf_has_as_many_pages_as_it_takes(tmp_path: Path) -> None:
    shown = pictures(tmp_path, 50)
    options = SheetOptions(columns=4)
    made = contact_sheet(shown, tmp_path / "sheet.pdf", options, told)
    plan = sheet_plan.page_plan(shown, options)
    assert made.pages == -(-50 // (4 * plan.rows)) == 4
    data = made.file.read_bytes()
    assert data.startswith(b"%PDF")
    with PdfParser.PdfParser(str(made.file)) as pdf:
        assert len(pdf.pages) == 4


@pytest.mark.parametrize(
    ("paper", "landscape", "points"),
    [
        (Paper.A4, False, (595, 842)),
        (Paper.A4, True, (842, 595)),
        (Paper.LETTER, False, (612, 792)),
        (Paper.LETTER, True, (792, 612)),
    ],
)
def test_pages_are_of_the_paper_and_all_is_on_them(
    tmp_path: Path, paper: Paper, landscape: bool, points: tuple[int, int]
) -> None:
    for size in [(32, 32), (16, 64), (300, 10), (1, 1000)]:
        shown = [Shown(tmp_path / "x", WORDS, size)] * 40
        for columns in (1, 5, 24):
            options = SheetOptions(columns, tuple(Caption), paper, landscape)
            plan = sheet_plan.page_plan(shown, options)
            assert [round(side / 300 * 72) for side in plan.page] == pytest.approx(points, abs=1)
            left, top = plan.place(plan.columns * plan.rows - 1)
            assert left + plan.cell[0] <= plan.page[0]
            assert top + plan.cell[1] + plan.words <= plan.page[1]


def test_a_png_never_becomes_a_bomb_and_says_when_it_would(tmp_path: Path) -> None:
    few = sheet_plan.png_plan([Shown(tmp_path, WORDS, (8, 8))] * 20, SheetOptions())
    many = sheet_plan.png_plan([Shown(tmp_path, WORDS, (8, 8))] * 2000, SheetOptions(columns=24))
    assert many.cell[0] < few.cell[0] == sheet_plan.USUAL_CELL
    assert many.page[0] * many.page[1] <= sheet_plan.LARGEST_SHEET
    with pytest.raises(BadArgumentError, match="5000 pictures are too many for one PNG"):
        sheet_plan.png_plan([Shown(tmp_path, WORDS, (8, 8))] * 5000, SheetOptions())


def test_a_broken_picture_is_an_empty_place_and_a_sentence(tmp_path: Path) -> None:
    shown = pictures(tmp_path, 2)
    shown[0] = dataclasses.replace(shown[0], file=tmp_path / "gone.png")
    made = contact_sheet(shown, tmp_path / "sheet.png", SheetOptions(columns=2), told)
    assert len(made.problems) == 1
    assert "gone.png" in made.problems[0]
    plan = sheet_plan.png_plan(shown, SheetOptions(columns=2))
    with Image.open(made.file) as image:
        left, top = plan.place(0)
        assert image.getpixel((left + 5, top + 5)) == sheets.GROUNDS[False][2]


def test_nothing_is_replaced_and_nothing_half_made_stays(tmp_path: Path) -> None:
    shown = pictures(tmp_path, 2)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(b"mine")
    with pytest.raises(BadArgumentError, match=r"sheet\.pdf exists and is not replaced"):
        contact_sheet(shown, file, SheetOptions(), told)
    assert file.read_bytes() == b"mine"
    file.unlink()

    def enough(_done: int) -> None:
        raise KeyboardInterrupt

    for name in ("sheet.pdf", "sheet.png"):
        with pytest.raises(KeyboardInterrupt):
            contact_sheet(shown, tmp_path / name, SheetOptions(), enough)
    assert [path.name for path in tmp_path.iterdir()] == ["red.png"]


def test_what_cannot_be_a_sheet_is_explained(tmp_path: Path) -> None:
    shown = pictures(tmp_path, 1)
    with pytest.raises(BadArgumentError, match="choose at least one"):
        contact_sheet([], tmp_path / "a.pdf", SheetOptions(), told)
    with pytest.raises(BadArgumentError, match=r"call it a\.pdf"):
        contact_sheet(shown, tmp_path / "a.gif", SheetOptions(), told)
    with pytest.raises(BadArgumentError, match="1 to 24 columns"):
        SheetOptions(columns=0)
    with pytest.raises(KnownError, match="it is not there"):
        contact_sheet(shown, tmp_path / "gone" / "a.png", SheetOptions(), told)


# Words


def ink(text: str, room: int = 400) -> Image.Image:
    image = Image.new("RGB", (420, 60))
    pen = Pen(20, (255, 255, 255))
    pen.write(ImageDraw.Draw(image), (5, 5), text, room)
    return image


@pytest.mark.parametrize("text", ["seed 3", "Ärger", "日本", "поезд", "\U0010fffd", "🙂"])
def test_every_text_leaves_ink(text: str) -> None:
    assert ink(text).getbbox()


def test_without_any_font_of_the_system_latin_letters_are_still_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheet_text, "FONTS", ())
    for cache in (sheet_text._fonts, sheet_text._font_for):
        cache.cache_clear()
    try:
        assert ink("seed 3").getbbox() != ink("seed 33333").getbbox()
        assert ink("日本").getbbox()
    finally:
        for cache in (sheet_text._fonts, sheet_text._font_for):
            cache.cache_clear()


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_no_text_is_wider_than_its_place(text: str) -> None:
    shown = sheets.readable(text)
    box = ink(shown, room=100).getbbox()
    assert box is None or box[2] <= 5 + 100 + 12


def test_stars_are_counted() -> None:
    def width(count: int) -> int:
        image = Image.new("RGB", (300, 60))
        Pen(20, (255, 255, 255)).stars(ImageDraw.Draw(image), (0, 5), count)
        box = image.getbbox()
        return box[2] if box else 0

    widths = [width(count) for count in range(6)]
    assert widths[0] == 0
    assert widths == sorted(set(widths))
