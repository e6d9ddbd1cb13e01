"""Where things are on a contact sheet: how many pictures on a page, and how large."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.export.export_names import Words
from ldm_desktop.gallery.export.sheet_text import line_of

MOST_COLUMNS = 24
DPI = 300
LARGEST_SIDE = 16384
LARGEST_SHEET = 2**26
"""Pixels of a PNG; many viewers take more for an attack."""
USUAL_CELL, SMALLEST_CELL = 384, 48
"""Pixels across for one picture in a PNG."""
TALLEST = 2.0
"""How many times as high as wide a picture is shown at most; higher ones are narrower."""


class Paper(StrEnum):
    """What a PDF is to be printed on."""

    A4 = "a4"
    LETTER = "letter"


class Caption(StrEnum):
    """What can stand under a picture."""

    SEED = "seed"
    ID = "id"
    RATING = "rating"
    MODEL = "model"
    NAME = "name"


INCHES = {Paper.A4: (8.27, 11.69), Paper.LETTER: (8.5, 11.0)}


@dataclass(frozen=True)
class Shown:
    """A picture on a sheet."""

    file: Path
    words: Words
    size: tuple[int, int]


@dataclass(frozen=True)
class SheetOptions:
    """How a sheet looks; the paper is a PDF's."""

    columns: int = 5
    captions: tuple[Caption, ...] = (Caption.SEED, Caption.ID, Caption.RATING)
    paper: Paper = Paper.A4
    landscape: bool = False
    dark: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.columns <= MOST_COLUMNS:
            raise BadArgumentError(
                f"A contact sheet has 1 to {MOST_COLUMNS} columns, not {self.columns}."
            )


@dataclass(frozen=True)
class Plan:
    """Where things are on a page, in pixels."""

    page: tuple[int, int]
    margin: int
    gap: int
    cell: tuple[int, int]
    font: int
    columns: int
    rows: int
    words: int

    def pages(self, count: int) -> int:
        """Give the number of pages that so many pictures take."""
        return math.ceil(count / (self.columns * self.rows))

    def place(self, number: int) -> tuple[int, int]:
        """Give the upper left corner of a picture's cell on its page."""
        row, column = divmod(number, self.columns)
        x = self.margin + column * (self.cell[0] + self.gap)
        return x, self.margin + row * (self.cell[1] + self.words + self.gap)


def _words_height(captions: Sequence[Caption], font: int) -> int:
    """Give the height of the words under a picture, with the air above and below them."""
    first = {Caption.SEED, Caption.ID} & set(captions)
    lines = bool(first) + len(set(captions) - {Caption.SEED, Caption.ID})
    return lines * line_of(font) + font if lines else 0


def _tallest(pictures: Sequence[Shown]) -> float:
    return min(max(shown.size[1] / shown.size[0] for shown in pictures), TALLEST)


def page_plan(pictures: Sequence[Shown], options: SheetOptions) -> Plan:
    """Give the plan of a page of paper."""
    sides = sorted((round(inch * DPI) for inch in INCHES[options.paper]), reverse=options.landscape)
    width, height = sides
    margin, gap = DPI // 2, DPI // 10
    across = (width - 2 * margin - (options.columns - 1) * gap) // options.columns
    font = max(16, min(40, across // 13))
    words = _words_height(options.captions, font)
    room = height - 2 * margin
    cell = (across, min(round(across * _tallest(pictures)), room - words))
    rows = (room + gap) // (cell[1] + words + gap)
    return Plan((width, height), margin, gap, cell, font, options.columns, max(1, rows), words)


def png_plan(pictures: Sequence[Shown], options: SheetOptions) -> Plan:
    """Give the plan of the largest cells, up to the usual ones, with which a PNG is no bomb."""
    columns = min(options.columns, len(pictures))
    rows = math.ceil(len(pictures) / columns)
    for across in range(USUAL_CELL, SMALLEST_CELL - 1, -8):
        margin, gap, font = across // 8, across // 16, max(9, across // 16)
        cell = (across, max(1, round(across * _tallest(pictures))))
        words = _words_height(options.captions, font)
        width = 2 * margin + columns * (across + gap) - gap
        height = 2 * margin + rows * (cell[1] + words + gap) - gap
        if max(width, height) <= LARGEST_SIDE and width * height <= LARGEST_SHEET:
            return Plan((width, height), margin, gap, cell, font, columns, rows, words)
    raise BadArgumentError(
        f"{len(pictures)} pictures are too many for one PNG: make a PDF, or choose more columns."
    )
