"""Contact sheets: many pictures with their seeds under them, as one PNG or as pages of a PDF."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, PdfParser

from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.gallery.export import export_place, export_source
from ldm_desktop.gallery.export.export_names import Words
from ldm_desktop.gallery.export.sheet_plan import (
    DPI,
    Caption,
    Plan,
    SheetOptions,
    Shown,
    page_plan,
    png_plan,
)
from ldm_desktop.gallery.export.sheet_text import Colour, Pen
from ldm_desktop.gallery.records import readable, short

JPEG_QUALITY = 92
GROUNDS: dict[bool, tuple[Colour, Colour, Colour]] = {
    True: ((24, 24, 26), (205, 205, 210), (44, 44, 48)),
    False: ((255, 255, 255), (55, 55, 60), (228, 228, 232)),
}
"""Ground, words, and empty places; of a dark sheet and of a light one."""


@dataclass(frozen=True)
class Sheet:
    """A finished sheet, and sentences about pictures that are empty places in it."""

    file: Path
    pages: int
    problems: tuple[str, ...]


def contact_sheet(
    pictures: Sequence[Shown],
    file: Path,
    options: SheetOptions,
    progress: Callable[[int], None],
) -> Sheet:
    """Make a sheet of a name that is free, in PNG or PDF as it ends; durable on return.

    `progress` hears the number of pictures done; what it raises ends the work, and nothing is kept.
    """
    if not pictures:
        raise BadArgumentError("There is no picture for the contact sheet: choose at least one.")
    kind = file.suffix.lower()
    if kind not in (".png", ".pdf"):
        raise BadArgumentError(f"A contact sheet is a PNG or a PDF: call it {file.stem}.pdf.")
    plan = page_plan(pictures, options) if kind == ".pdf" else png_plan(pictures, options)
    drawing = _Drawing(plan, options, progress)
    write = _write_pdf if kind == ".pdf" else _write_png
    made = export_place.keep_as(file, lambda part: write(part, drawing, pictures))
    return Sheet(made, plan.pages(len(pictures)), tuple(drawing.problems))


class _Drawing:
    """Draws page after page."""

    def __init__(self, plan: Plan, options: SheetOptions, progress: Callable[[int], None]) -> None:
        self.plan = plan
        self.problems: list[str] = []
        self._captions = options.captions
        self._ground, words, self._empty = GROUNDS[options.dark]
        self._pen = Pen(plan.font, words)
        self._progress = progress
        self._done = 0

    def pages(self, pictures: Sequence[Shown]) -> Iterator[Image.Image]:
        """Give the pages, each when it is wanted."""
        size = self.plan.columns * self.plan.rows
        for start in range(0, len(pictures), size):
            page = Image.new("RGB", self.plan.page, self._ground)
            for number, shown in enumerate(pictures[start : start + size]):
                self._draw(page, self.plan.place(number), shown)
            yield page

    def _draw(self, page: Image.Image, place: tuple[int, int], shown: Shown) -> None:
        draw, (width, height) = ImageDraw.Draw(page), self.plan.cell
        try:
            image = _fitted(export_source.read(shown.file).image, self.plan.cell)
        except KnownError as error:
            self.problems.append(str(error))
            right, bottom = place[0] + width - 1, place[1] + height - 1
            draw.rectangle((*place, right, bottom), fill=self._empty)
        else:
            # At the foot, next to its words.
            left, top = (width - image.width) // 2, height - image.height
            page.paste(image, (place[0] + left, place[1] + top))
        self._write(draw, (place[0], place[1] + height + self._pen.size // 3), shown.words)
        self._done += 1
        self._progress(self._done)

    def _write(self, draw: ImageDraw.ImageDraw, place: tuple[int, int], words: Words) -> None:
        x, y = place
        head = " · ".join(_head(words, self._captions))
        if {Caption.SEED, Caption.ID} & set(self._captions):
            self._pen.write(draw, (x, y), head, self.plan.cell[0])
            y += self._pen.line
        if Caption.RATING in self._captions:
            self._pen.stars(draw, (x, y), words.rating)
            y += self._pen.line
        for caption, text in ((Caption.MODEL, words.model), (Caption.NAME, words.name)):
            if caption in self._captions:
                self._pen.write(draw, (x, y), readable(text), self.plan.cell[0])
                y += self._pen.line


def _head(words: Words, captions: Sequence[Caption]) -> Iterator[str]:
    if Caption.SEED in captions and words.seed is not None:
        yield str(words.seed)
    if Caption.ID in captions:
        yield short(words.id)


def _fitted(image: Image.Image, cell: tuple[int, int]) -> Image.Image:
    share = min(cell[0] / image.width, cell[1] / image.height)
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _write_png(part: Path, drawing: _Drawing, pictures: Sequence[Shown]) -> None:
    (page,) = drawing.pages(pictures)
    page.save(part, "PNG")
    with Image.open(part) as found:
        found.load()
        if found.size != page.size or found.tobytes() != page.tobytes():
            raise _unlike(part)


def _write_pdf(part: Path, drawing: _Drawing, pictures: Sequence[Shown]) -> None:
    # One after the other, as 25 MB a page would soon fill the memory.
    for number, page in zip(itertools.count(), drawing.pages(pictures), strict=False):
        page.save(part, "PDF", resolution=DPI, quality=JPEG_QUALITY, append=number > 0,
                  title="LDM Desktop")  # fmt: skip
    with PdfParser.PdfParser(str(part)) as found:
        if len(found.pages) != drawing.plan.pages(len(pictures)):
            raise _unlike(part)


def _unlike(part: Path) -> KnownError:
    return KnownError(
        f"The contact sheet in {part.parent} is not as it was written, and was not kept: "
        "check the disk."
    )
