"""The contact sheet of a real window: its tiles in words, and the keys of whoever culls it.

sheet = Sheet.begin(window, first=500)
sheet.choose(501)
window.key("p")
sheet.wait_for(501, "kept, rests at step 2 of 12")
"""

from __future__ import annotations

from atspi import Node
from explore_page import Way, arrived, go, part
from window import LONG, Window


class Sheet:
    """A window whose contact sheet is on screen, `first` its first seed."""

    def __init__(self, window: Window, first: int) -> None:
        self.window, self.first = window, first
        self.page = arrived(window, Way.SHEET)
        self.grid = part(self.page, "sheet-grid")

    @classmethod
    def begin(cls, window: Window, first: int) -> Sheet:
        """Open a sheet of a thousand seeds from the picture that is looked at."""
        page = go(window, Way.SHEET)
        button = part(page, "sheet-from-here")
        wanted = f"1,000 seeds from {first}"
        window.wait(lambda: button.name == wanted, f"{wanted}: {button.name}")
        button.do()
        sheet = cls(window, first)
        window.wait(lambda: len(sheet.grid.children) == 1000, "a thousand tiles")
        return sheet

    # What it shows.

    @property
    def tiles(self) -> list[str]:
        """The tiles that are listed, as `Seed 7, kept, rests at step 2 of 12`."""
        return [tile.name for tile in self.grid.children]

    def tile(self, seed: int) -> str:
        """A tile, while all are listed."""
        return self._node(seed).name.removeprefix(f"Seed {seed}, ")

    def wait_for(self, seed: int, said: str) -> None:
        """Wait until a tile is said to be something."""
        self.window.wait(lambda: self.tile(seed) == said, f"{seed} {said}: {self.tile(seed)}", LONG)

    def wait_for_all(self, seeds: range, said: str) -> None:
        """Wait until each of some tiles is said to be something."""
        for seed in seeds:
            self.wait_for(seed, said)

    def count(self, kind: str) -> str:
        """How many tiles there are of a kind, as `Kept 2`."""
        return part(self.page, f"sheet-filter-{kind}").name

    # What a person does.

    def choose(self, seed: int) -> None:
        """Go to one of the first tiles by keys, with all of them listed."""
        if self.count("all") and "checked" not in part(self.page, "sheet-filter-all").states:
            self.list("all")
        self.window.raise_window()
        self.grid.focus()
        self.window.key("Home", *["Right"] * (seed - self.first))
        self.window.wait(lambda: "focused" in self._node(seed).states, f"{seed} current")

    def list(self, kind: str) -> None:
        """List tiles of a kind only."""
        button = part(self.page, f"sheet-filter-{kind}")
        button.do()
        self.window.wait(lambda: "checked" in button.states, f"{kind} listed")

    def stop_at(self, percent: int) -> None:
        """Let tiles go on to another share of their steps."""
        part(self.page, "sheet-share").set_value(percent)

    def _node(self, seed: int) -> Node:
        return self.grid.children[seed - self.first]
