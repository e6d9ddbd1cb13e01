"""Settings that come back from outside: dropped, pasted, or named at a second start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from atspi import PATIENCE
from window import Window, ask, client

SEED, STEPS = 4321, 7
OTHER, OTHER_STEPS = 5, 9


@pytest.fixture(scope="module")
def file(studio: Window) -> Path:
    """Give the file of a picture."""
    studio.generate(seed=SEED, steps=STEPS)
    studio.picture(SEED)
    return studio.library[0]


@pytest.fixture(autouse=True)
def others(studio: Window, file: Path) -> None:
    """Let another picture be on screen, made by other settings, before something comes back."""
    studio.generate(seed=OTHER, steps=OTHER_STEPS)
    studio.picture(OTHER)
    studio.wait(lambda: studio.seed == OTHER, "the other picture")
    studio.until_ready()


def came_back(studio: Window, seed: int, steps: int) -> None:
    """See that the settings of a seed have come back."""
    studio.wait(lambda: studio.find("seed").text == str(seed), "its seed")
    studio.wait(lambda: studio.find("steps").value == steps, "its steps")
    studio.wait(lambda: f"Settings restored: Seed {seed}." in studio.notices, "the notice")
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
        came_back(studio, SEED, STEPS)
    studio.wait(lambda: studio.seed == SEED, "its picture")


def test_a_picture_that_a_second_start_names(studio: Window, file: Path) -> None:
    command = [sys.executable, "-m", "ldm_desktop", "window", "--data-dir", str(studio.data)]
    second = subprocess.run(
        [*command, str(file)], env=studio.desktop.environment, timeout=PATIENCE, check=False
    )
    assert second.returncode == 0
    assert studio.process.poll() is None
    came_back(studio, SEED, STEPS)
    studio.wait(lambda: studio.seed == SEED, "its picture")


def test_a_recipe_that_is_pasted(studio: Window) -> None:
    studio.press("copy-recipe")
    recipe = ask(studio.desktop, "read")
    assert str(OTHER) in recipe
    studio.find("seed").write(str(SEED))
    studio.find("steps").set_value(STEPS)
    studio.wait(lambda: studio.find("steps").value == STEPS)
    # Copied by somebody else, as out of a mail.
    with client(studio.desktop, "copy", recipe):
        studio.find("canvas").focus()
        studio.key("ctrl+v")
        came_back(studio, OTHER, OTHER_STEPS)
