"""The pages of exploring of a real window: the ways there, and what comes into the library there.

page = go(window, Way.VARIATIONS)
(record,) = made(window, lambda: window.key("k"))
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from uuid import UUID

from atspi import Node
from gallery_page import ITEMS, Page
from window import LONG, Window

from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.gallery import files
from ldm_desktop.gallery.records import short

PAGE = "filler"
ENTRY = "menu item"


class Way(Enum):
    """A page of exploring: its shortcut, its action, and its widget."""

    SHEET = ("alt+1", "explore-sheet", "sheet-page")
    VARIATIONS = ("alt+2", "explore-variations", "variations-page")
    TRAJECTORIES = ("alt+3", "explore-trajectory", "trajectories-page")
    MORPH = ("alt+4", "explore-morph", "morph-page")
    FAMILY = ("alt+5", "explore-family", "family-page")
    SEEDS = ("alt+6", "explore-seeds", "seeds-page")

    def __init__(self, keys: str, action: str, widget: str) -> None:
        self.keys, self.action, self.widget = keys, action, widget

    @property
    def tab(self) -> str:
        """The tab that leads to it from another of these pages."""
        return f"way-{self.widget.removesuffix('-page')}"


def go(window: Window, way: Way) -> Node:
    """Go to a page by its keys, and wait for it."""
    window.key(way.keys)
    return arrived(window, way)


def arrived(window: Window, way: Way) -> Node:
    """Wait until a page is on screen."""
    page = window.find(way.widget, role=PAGE)
    window.wait(lambda: is_shown(page), f"{way.widget} on screen")
    return page


def is_shown(node: Node) -> bool:
    """Say whether something is on screen."""
    return "showing" in node.states


def studio(window: Window) -> None:
    """Go back to the studio."""
    window.key("alt+0")
    window.wait(lambda: is_shown(window.part("canvas")), "the studio")


def part(page: Node, wanted: str = "", *, name: str = "", role: str = "") -> Node:
    """Give a part of a page, which has all of them as soon as it is there."""
    found = page.find(wanted, name=name, role=role)
    assert found, f"{page} has no {wanted or name or role}"
    return found


def focused(page: Node) -> str:
    """Give the object name of what has the keyboard on a page."""
    found = (node for node in page.walk() if {"focused", "focusable"} <= node.states)
    return next((node.id for node in found), "")


# The mouse.


def click(window: Window, node: Node) -> None:
    """Click on the middle of something."""
    x, y, width, height = node.extents
    at = (str(x + width // 2), str(y + height // 2))
    window.desktop.run("xdotool", "mousemove", *at, "click", "1")


def choose_in_menu(window: Window, menu: str, entry: str) -> None:
    """Choose an entry of a menu by two clicks."""
    click(window, part(window.window(), name=menu, role=ENTRY))
    found = window.find(entry, role=ENTRY)
    window.wait(lambda: is_shown(found) and found.extents[2] > 0, f"the menu {menu} open")
    click(window, found)


def drag(window: Window, *way: tuple[float, float]) -> None:
    """Press the mouse at the first of some places, go to all the others, and let it go."""
    words = ["mousedown", "1"]
    for x, y in way:
        # A hand takes its time, too: what comes at once is taken for one movement.
        words += ["mousemove", str(round(x)), str(round(y)), "sleep", "0.03"]
    window.desktop.run("xdotool", *words[2:5], *words, "mouseup", "1")


# The library.


def made(window: Window, do: Callable[[], object], count: int = 1) -> list[PictureRecord]:
    """Do something, and give the pictures that come into the library of it."""
    before = set(window.library)
    do()
    window.wait(lambda: len(window.library) >= len(before) + count, "a new picture", LONG)
    fresh = sorted(set(window.library) - before)
    return sorted(map(files.read_record, fresh), key=lambda record: record.created)


def record_of(window: Window, seed: int) -> PictureRecord:
    """Give the record of the picture that was made of a seed itself."""
    return window.picture(seed).record


def look_at(window: Window, *pictures: UUID) -> Page:
    """Look at pictures in the gallery, all of them chosen."""
    page = Page.open(window)
    page.search(" OR ".join(f"id:{picture}" for picture in pictures))
    window.wait(lambda: len(page.rows) == len(pictures), f"{len(pictures)} pictures", LONG)
    window.key("Return", "g", "Home")
    identity, wanted = page.part("gallery-info-id"), {short(picture) for picture in pictures}
    window.wait(lambda: identity.name in wanted, f"one of {wanted} described: {identity.name}")
    window.key("ctrl+a")
    cells = [cell for cell in page.grid.children if cell.role in ITEMS]
    window.wait(lambda: all("selected" in cell.states for cell in cells), "all of them chosen")
    return page
