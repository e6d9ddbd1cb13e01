"""Settings that come back from outside: dropped, pasted, or named at a second start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from atspi import PATIENCE
from window import Window, ask, client

SEED, STEPS = 4321, 7


@pytest.fixture(scope="module")
def file(studio: Window) -> Path:
    """Give the file of a picture."""
    studio.generate(seed=SEED, steps=STEPS)
    studio.picture(SEED)
    return studio.library[0]


@pytest.fixture(autouse=True)
def others(studio: Window, file: Path) -> Iterator[None]:
    """Let other settings be chosen, and see that those of the file have come back."""
    studio.find("seed").write("5")
    studio.find("steps").set_value(30)
    studio.wait(lambda: studio.find("steps").value == 30)
    yield
    studio.wait(lambda: studio.find("seed").text == str(SEED), "its seed")
    assert studio.find("steps").value == STEPS
    studio.wait(lambda: studio.seed == SEED, "its seed beside the picture")
    assert f"Settings restored: Seed {SEED}." in studio.notices
    studio.press("notice-close")


def move(window: Window, *to: tuple[int, int]) -> None:
    """Move the mouse from place to place."""
    words = [word for x, y in to for word in ("mousemove", str(x), str(y))]
    window.desktop.run("xdotool", *words)


def test_a_picture_that_is_dropped_from_another_program(studio: Window, file: Path) -> None:
    x, y, width, height = studio.part("canvas").extents
    with client(studio.desktop, "offer", str(file)) as wait_for:
        move(studio, (20, 20))
        studio.desktop.run("xdotool", "mousedown", "1")
        move(studio, (24, 24), (30, 30))
        wait_for("dragging")
        # The window answers where the mouse is; there it is let go.
        move(studio, (x + 10, y + 10), (x + width // 2, y + height // 2))
        wait_for("welcome CopyAction")
        studio.desktop.run("xdotool", "mouseup", "1")
        wait_for("dropped CopyAction")
        # Whoever lets go of it gives it only now.
        studio.wait(lambda: studio.find("seed").text == str(SEED), "its seed")


def test_a_picture_that_a_second_start_names(studio: Window, file: Path) -> None:
    command = [sys.executable, "-m", "ldm_desktop", "window", "--data-dir", str(studio.data)]
    second = subprocess.run(
        [*command, str(file)], env=studio.desktop.environment, timeout=PATIENCE, check=False
    )
    assert second.returncode == 0
    assert studio.process.poll() is None


def test_a_recipe_that_is_pasted(studio: Window) -> None:
    studio.press("copy-recipe")
    recipe = ask(studio.desktop, "read")
    assert str(SEED) in recipe
    # Copied by somebody else, as out of a mail.
    with client(studio.desktop, "copy", recipe):
        studio.find("canvas").focus()
        studio.key("ctrl+v")
        studio.wait(lambda: studio.find("seed").text == str(SEED), "its seed")
