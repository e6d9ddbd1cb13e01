"""The page of variations of a real window: its keys, its brush, and what is kept there.

page = vary(window, record_of(window, 7), 20)
step_aside(window, page)
(record,) = made(window, lambda: window.key("k"))
"""

from __future__ import annotations

import math

from atspi import Node
from explore_page import Way, drag, focused, go, look_at, made, part
from window import LONG, Window

from ldm_desktop.core.noise import Mask, Walk
from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.gallery import files


def walk(record: PictureRecord) -> Walk:
    """Give how a variation's noise was turned."""
    assert isinstance(record.recipe.noise, Walk)
    return record.recipe.noise


def vary(window: Window, picture: PictureRecord, degrees: float = 20) -> Node:
    """Go to the variations of a picture, at a distance."""
    look_at(window, picture.id)
    page = go(window, Way.VARIATIONS)
    window.wait(lambda: focused(page) == "variations-centre", "the centre with the keyboard")
    part(page, "variations-distance").set_value(degrees)
    first = part(page, "variation-0")
    wanted = f"Variation 1, {degrees:g}° away"
    window.wait(lambda: first.name == wanted, f"{wanted}: {first.name}")
    return page


def until_at(window: Window, page: Node, said: str) -> None:
    """Wait until a picture is in the middle."""
    centre = part(page, "variations-centre")
    window.wait(lambda: centre.description.startswith(said), f"{said}: {centre.description}", LONG)


def step_aside(window: Window, page: Node) -> None:
    """Go from the picture in the middle to a neighbour by the keyboard."""
    window.key("Right")
    window.wait(lambda: focused(page).removeprefix("variation-").isdigit(), "a neighbour chosen")


def paint_left(window: Window, page: Node) -> None:
    """Paint over the left third of the picture in the middle."""
    window.key("b")
    window.wait(lambda: "showing" in part(page, "mask-bar").states, "a brush")
    x, y, width, height = part(page, "variations-centre").extents
    columns = [x + width * share for share in (0.05, 0.12, 0.19, 0.26)]
    way = [(at, y + height * share) for at in columns for share in (0.02, 0.5, 0.98, 0.5)]
    drag(window, *way)


def keep_a_neighbour(window: Window, page: Node) -> PictureRecord:
    """Keep a variation as the paint has it now."""
    part(page, "variations-centre").focus()
    window.wait(lambda: focused(page) == "variations-centre", "the centre with the keyboard")
    step_aside(window, page)
    (record,) = made(window, lambda: window.key("k"))
    return record


def halves(mask: Mask) -> tuple[int, int]:
    """Give a mask's middle grey values at its left and its right edge."""
    row = mask.values()[mask.width * (mask.height // 2) :][: mask.width]
    return row[mask.width // 8], row[mask.width * 7 // 8]


def pixels_of(window: Window, record: PictureRecord) -> bytes:
    """Give the pixels of a saved picture."""
    pictures = map(files.read, window.library)
    return next(each.frame.pixels for each in pictures if each.record.id == record.id)


def differences(before: bytes, after: bytes, size: tuple[int, int]) -> tuple[float, float]:
    """Give how much a picture has changed in the first and the last eighth of its columns."""
    width = 3 * size[0]
    found = []
    for columns in (range(width // 8), range(width * 7 // 8, width)):
        places = (row + at for row in range(0, len(before), width) for at in columns)
        found.append(math.fsum(abs(before[place] - after[place]) for place in places))
    return found[0], found[1]
