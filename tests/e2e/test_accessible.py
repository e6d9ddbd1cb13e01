"""By a screen reader alone, and on a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from atspi import Node
from desktop import Application, Desktop
from window import MENU_ITEM, Start, Window, ask

SMALL = (1280, 720)
NEEDED = (
    *("model", "preset-draft", "seed", "roll-seed", "after-run-random", "sampler", "steps", "eta"),
    *("width", "height", "precision", "count", "forever", "generate", "add-to-queue", "cost"),
    *("canvas", "filmstrip", "pause-queue", "copy-recipe", "engine-state", "grid"),
)


def test_a_screen_reader_generates_cancels_and_copies_the_seed(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No key and no mouse.
    for way in ("key", "type", "raise_window"):
        monkeypatch.delattr(Application, way)
    window = start()
    window.press("preset-reference")
    window.press("roll-seed")
    rolled = window.find("seed").text
    assert rolled != "0"
    window.press("generate")
    window.until_step(2)
    window.choose("cancel")
    window.wait(lambda: window.shown == f"Seed {rolled}, cancelled", "the end of the run")
    window.press("roll-seed")
    assert window.find("seed").text != rolled
    window.press("copy-seed")
    assert ask(window.desktop, "read") == rolled
    assert window.part("details-seed").name == f"Seed {rolled}"
    assert window.library == []


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Window]:
    """Give a window that has just come up on a small screen."""
    with Desktop(SMALL) as desktop:
        window = Start(desktop, tmp_path)()
        yield window
        window.kill()


def test_everything_is_within_a_small_screen(small: Window) -> None:
    x, y, width, height = small.window().extents
    assert x >= 0
    assert y >= 0
    assert (x + width, y + height) <= SMALL
    for name in NEEDED:
        node = part_on_screen(small, name)
        left, top, wide, high = node.extents
        assert min(wide, high) > 0, name
        assert x <= left <= left + wide <= x + width, name
        assert y <= top <= top + high <= y + height, name
        assert node.name, f"{name} has no name"


def part_on_screen(window: Window, name: str) -> Node:
    """Give the part of a name that is a part of the window, and no entry of a menu."""
    found = [node for node in window.window().walk() if node.id == name and node.role != MENU_ITEM]
    shown = [node for node in found if "showing" in node.states]
    assert shown, f"{name} is not on screen"
    return shown[0]
