"""The gallery's page of a real window: what it shows, and the ways a person goes about in it.

page = Page.open(window)
page.choose(7)
window.key("4")
page.wait_for("Seed 7, landscapes, Stars: 4")
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from atspi import Node
from window import LONG, Window, command_line

PART, TABLE = "filler", "table"
ITEMS = ("list item", "table cell", "cell")
SHOWING = "showing"


class Page:
    """A window whose gallery is on screen."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.all = window.find("gallery", role=PART)
        self.grid = self.part("gallery-grid", role=TABLE)

    @classmethod
    def open(cls, window: Window) -> Page:
        """Go to the gallery by its keys."""
        window.key("ctrl+shift+g")
        page = cls(window)
        window.wait(lambda: "focused" in page.grid.states, "pictures that have the keyboard", LONG)
        return page

    # What it shows.

    @property
    def rows(self) -> list[str]:
        """The pictures, as `Seed 7, landscapes, Stars: 4`; empty while they are read."""
        return [row.name for row in self.grid.children]

    def row(self, seed: int) -> str:
        """The picture of a seed, as it is said, or nothing if it is not listed."""
        return next((row for row in self.rows if row.split(",")[0] == f"Seed {seed}"), "")

    def wait_for(self, *rows: str) -> None:
        """Wait until just these pictures are listed, in this order."""
        self.window.wait(lambda: self.rows == list(rows), f"just {rows}", LONG)

    @property
    def places(self) -> list[str]:
        """The lines at the left, as `Trash, pictures: 0`."""
        return [line.name for line in self.part("gallery-places").children]

    @property
    def current(self) -> str:
        """The picture that is described at the right, as `Seed 7`."""
        return self.part("gallery-info-title").name

    @property
    def trouble(self) -> str:
        """What is in the way of the library; nothing if nothing is, or it is not shown."""
        shown = [node for node in self.part("gallery-trouble").walk() if SHOWING in node.states]
        return next((node.name for node in shown if node.role == "label"), "")

    def part(self, name: str, role: str = "") -> Node:
        """Give a part of the page, which stays as long as the window does."""
        found: Node = self.window.wait(lambda: self.all.find(name, role=role), f"a part {name}")
        return found

    @property
    def shown(self) -> list[Node]:
        """All parts that are on screen."""
        return [node for node in self.all.walk() if SHOWING in node.states]

    # What a person does.

    def choose(self, seed: int) -> None:
        """Go to a picture by the keys that lead there."""
        self.window.raise_window()
        self.grid.focus()
        self.window.wait(lambda: "focused" in self.grid.states, "pictures that have the keyboard")
        row = self.window.wait(lambda: self.row(seed), f"seed {seed} among {self.rows}")
        place = self.rows.index(row)
        self.window.key("Home", *["Right"] * place)
        self.window.wait(lambda: self.current == f"Seed {seed}", f"seed {seed} described")

    def search(self, text: str) -> None:
        """Search by typing; what was there is typed over."""
        self.window.key("F3")
        line = self.part("gallery-search")
        self.window.wait(lambda: "focused" in line.states, "a search field with the keyboard")
        self.window.type(text)
        self.window.wait(lambda: line.text == text, f"{text} in the search field: {line.text}")

    def clear_search(self) -> None:
        """Search for nothing, by the keys."""
        self.window.key("F3")
        line = self.part("gallery-search")
        self.window.wait(lambda: "focused" in line.states, "a search field with the keyboard")
        self.window.key("ctrl+a", "BackSpace")
        self.window.wait(lambda: line.text == "", "an empty search field")

    def begin(self) -> None:
        """Go to the grid with all pictures in it, wherever one is."""
        if SHOWING not in self.all.states:
            self.window.key("ctrl+shift+g")
        self.clear_search()
        self.window.key("Return", "g")
        self.window.wait(lambda: "focused" in self.grid.states, "pictures that have the keyboard")

    @property
    def focused(self) -> Node | None:
        """The part that has the keyboard."""
        # An item of a list that has not the keyboard says that it would have it.
        found = (each for each in self.shown if {"focusable", "focused"} <= each.states)
        return next((each for each in found if each.role not in ITEMS), None)


def gallery_command(window: Window, *words: str) -> list[dict[str, Any]]:
    """Run `ldm-desktop gallery` on a window's data, and give the objects that it prints."""
    data = ("--data-dir", str(window.data), "--json")
    said = command_line(window.desktop, "gallery", *words, *data)
    return [json.loads(line) for line in said.splitlines()]


def trashed(window: Window) -> list[str]:
    """Give the names of the files in the desktop's trash."""
    home = Path(window.desktop.environment["HOME"])
    return sorted(file.name for file in (home / ".local/share/Trash/files").glob("*"))
