"""The real window on a real (virtual) screen: it comes up, makes a picture, and goes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop import ENDING_SECONDS, PATIENCE, wait_until_gone
from window import Start


def test_the_first_picture_is_one_key_away(start: Start) -> None:
    window = start()
    window.wait(lambda: "enabled" in window.find("generate").states, "a button to press")
    window.key("ctrl+Return")
    library = window.data / "library"
    (file,) = window.wait(lambda: list(library.rglob("*.png")), "a picture")
    show = [sys.executable, "-m", "ldm_desktop", "show", str(file)]
    shown = subprocess.run(show, capture_output=True, text=True, check=True).stdout
    assert "landscapes" in shown


def test_a_window_that_is_closed_leaves_no_process(start: Start) -> None:
    window = start()
    children = window.wait(window.children, "an engine")
    assert window.close() == 0
    assert wait_until_gone(children, ENDING_SECONDS) == []


def test_a_window_that_is_killed_leaves_no_process(start: Start) -> None:
    window = start()
    children = window.wait(window.children, "an engine")
    window.kill()
    # An engine that is importing torch notices only afterwards.
    assert wait_until_gone(children, PATIENCE) == []


def test_the_screen_shows_the_window(start: Start, tmp_path: Path) -> None:
    from PIL import Image

    window = start()
    window.find("generate")
    colours = (
        Image.open(window.screenshot(tmp_path / "screen.png")).convert("RGB").getcolors(1 << 24)
    )
    assert colours is not None
    assert len(colours) > 10
