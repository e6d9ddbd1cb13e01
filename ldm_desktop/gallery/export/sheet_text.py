"""Words and stars on contact sheets, in whatever fonts this system has.

Pillow's own font has little more than ASCII, so that the usual fonts of Linux, Windows and macOS
are asked first, character by character. What none of them has is a box; accents, emoji and
letters that join are drawn as well as a single font can.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator

from PIL import ImageDraw, ImageFont

FONTS = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf",
    "segoeui.ttf", "arial.ttf", "Arial.ttf", "Arial Unicode.ttf", "seguisym.ttf",
    "NotoSansCJK-Regular.ttc", "NotoSansSymbols2-Regular.ttf", "DroidSansFallbackFull.ttf",
    "wqy-microhei.ttc", "msyh.ttc", "msgothic.ttc", "malgun.ttf", "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
)  # fmt: skip
NOTHING = "\U0010ffff"
"""A code point that no font has a glyph for."""
ELLIPSIS = "…"
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Colour = tuple[int, int, int]


def line_of(size: int) -> int:
    """Give the height of a line in a size."""
    return math.ceil(size * 1.4)


class Pen:
    """Writes in one size and colour; what does not fit ends in an ellipsis."""

    def __init__(self, size: int, colour: Colour) -> None:
        self.size = size
        self._colour = colour
        self._fonts = _fonts(size)

    @property
    def line(self) -> int:
        """The height of a line."""
        return line_of(self.size)

    def write(
        self, draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, room: int
    ) -> None:
        """Write a line of text beginning at its upper left corner."""
        x = float(place[0])
        for font, run in self._runs(self._fitting(text, room)):
            draw.text((x, place[1] + self.size), run, self._colour, font=font, anchor="ls")
            x += font.getlength(run)

    def stars(self, draw: ImageDraw.ImageDraw, place: tuple[int, int], count: int) -> None:
        """Draw as many stars; few fonts have one."""
        radius = self.size * 0.45
        for number in range(count):
            x, y = place[0] + radius + number * self.size * 1.1, place[1] + self.size * 0.65
            draw.polygon(list(_star(x, y, radius)), fill=self._colour)

    def _fitting(self, text: str, room: int) -> str:
        if self._width(text) <= room:
            return text
        # As the widths of beginnings grow with their length, the longest is found by halving.
        fits, not_so = 0, len(text)
        while not_so - fits > 1:
            middle = (fits + not_so) // 2
            wide = self._width(text[:middle] + ELLIPSIS)
            fits, not_so = (middle, not_so) if wide <= room else (fits, middle)
        return text[:fits].rstrip() + ELLIPSIS

    def _width(self, text: str) -> float:
        return sum(font.getlength(run) for font, run in self._runs(text))

    def _runs(self, text: str) -> Iterator[tuple[Font, str]]:
        """Give pieces of a text with the font that has all their characters."""
        for number, run in itertools.groupby(text, lambda char: _font_for(self.size, char)):
            yield self._fonts[number], "".join(run)


@functools.lru_cache(4)
def _fonts(size: int) -> tuple[Font, ...]:
    found: list[Font] = []
    for name in FONTS:
        try:
            found.append(ImageFont.truetype(name, size))
        except OSError:
            continue
    return (*found, ImageFont.load_default(size))


@functools.lru_cache(4096)
def _font_for(size: int, char: str) -> int:
    """Give the number of the first font that has a character; 0 draws its box if none has."""
    if char.isspace():
        return 0
    return next((n for n, font in enumerate(_fonts(size)) if _has(font, char)), 0)


def _has(font: Font, char: str) -> bool:
    return bytes(font.getmask(char)) != bytes(font.getmask(NOTHING))


def _star(x: float, y: float, radius: float) -> Iterator[tuple[float, float]]:
    for point in range(10):
        reach = radius * (0.42 if point % 2 else 1.0)
        angle = math.pi * (point / 5 - 0.5)
        yield x + reach * math.cos(angle), y + reach * math.sin(angle)
