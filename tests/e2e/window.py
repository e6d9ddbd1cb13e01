"""The real window in a person's words: what it shows, what one asks of it, what it has made.

window = start()
window.press("preset-draft")
window.generate(seed=7)
picture = window.picture(7)
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from atspi import BUTTON, CHECK_BOX, PATIENCE, GoneError, Node, wait
from desktop import Application, Desktop
from PIL import Image

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import first_seed
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery import files

MENU_ITEM = "menu item"
CLIENTS = Path(__file__).with_name("clients.py")
MIDDLE = 200
"""Pixels: a square of the picture on which nothing else is painted."""
LONGEST = 1 << 16
LONG = 120.0
"""Seconds for what takes a while on a machine that has other things to do."""

Box: TypeAlias = tuple[int, int, int, int]


class Window(Application):
    """The application and its window, which may not be there any more."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._parts: dict[str, Node] = {}

    # What it shows

    def part(self, name: str) -> Node:
        """Give a widget that stays as long as the window does."""
        if name not in self._parts:
            self._parts[name] = self.find(name)
        return self._parts[name]

    @property
    def shown(self) -> str:
        """What is on screen in words, as `Seed 7, step 3 / 25`."""
        return self.part("canvas").description

    @property
    def step(self) -> int:
        """At which step the picture on screen is; -1 if it is not forming."""
        at = re.search(r"step (\d+)", self.shown)
        return int(at[1]) if at else -1

    @property
    def seed(self) -> int:
        """The seed that is shown for the picture on screen."""
        return int(self.part("details-seed").name.removeprefix("Seed "))

    @property
    def engine(self) -> str:
        """What the engine is said to be at."""
        return self.part("engine-state").name

    @property
    def jobs(self) -> list[str]:
        """The queue from the top, as `Seed 7, Running, 3 s left`."""
        return [job.name for job in self.part("queue").children]

    @property
    def notices(self) -> str:
        """The sentences that stand above the picture."""
        found = []
        for notice in self.part("notices").children:
            with contextlib.suppress(GoneError):
                found.append(notice.name)
        return "\n".join(found)

    def image(self, box: Box | None = None) -> Image.Image:
        """Give what is on the screen, or a part of it: x, y, width and height."""
        x, y, width, height = box or self.window().extents
        file = self.data / "seen.png"
        crop = ("-crop", f"{width}x{height}+{x}+{y}", "+repage")
        self.desktop.run("import", "-silent", "-window", "root", *crop, str(file))
        with Image.open(file) as image:
            return image.convert("RGB")

    @property
    def middle(self) -> Box:
        """The middle of the picture."""
        x, y, width, height = self.part("canvas").extents
        return x + (width - MIDDLE) // 2, y + (height - MIDDLE) // 2, MIDDLE, MIDDLE

    # What a person asks of it

    def press(self, name: str) -> None:
        """Press a button, wherever the focus is, and wait until it has come up again."""
        button = self.button(name)
        button.do()
        # Only then is it done; what a notice offers goes along with the notice.
        with contextlib.suppress(GoneError):
            while "pressed" in button.states:
                time.sleep(0.01)

    def choose(self, name: str) -> None:
        """Choose an entry of a menu, as a screen reader does without opening it."""
        self.find(name, role=MENU_ITEM).do()

    def button(self, name: str) -> Node:
        """Give a button, be it one that stays down or not."""

        def look() -> Node | None:
            return self.look(name, role=BUTTON) or self.look(name, role=CHECK_BOX)

        found: Node = self.wait(look, f"a button {name}")
        return found

    def generate(self, *, seed: int | None = None, steps: int | None = None) -> None:
        """Ask for what is chosen, but for what is named."""
        if steps is not None:
            self.find("steps").set_value(steps)
        if seed is not None:
            self.find("seed").write(str(seed))
        self.press("generate")

    def until_ready(self) -> None:
        """Wait for an engine that has nothing to do."""
        self.wait(lambda: "Ready" in self.engine, f"an engine that is ready: {self.engine}", LONG)

    def until_step(self, step: int) -> int:
        """Wait until the picture on screen has come so far, and give how far that is."""
        found: int = self.wait(lambda: (at := self.step) >= step and at, f"step {step}", LONG)
        return found

    # What it has made

    @property
    def library(self) -> list[Path]:
        """The files of the pictures."""
        return sorted((self.data / "library").rglob("*.png"))

    @property
    def seeds(self) -> list[int]:
        """The seeds of the saved pictures, in order; one that was made twice is there twice."""
        return sorted(seed_of(files.read_record(file).recipe) for file in self.library)

    def picture(self, seed: int) -> Picture:
        """Wait for the picture of a seed."""

        def look() -> Picture | None:
            pictures = map(files.read, self.library)
            return next((each for each in pictures if seed_of(each.record.recipe) == seed), None)

        found: Picture = self.wait(look, f"the picture of seed {seed}", LONG)
        return found

    # The process

    @property
    def engine_pid(self) -> int:
        """The engine's process."""
        (pid,) = self.wait(self.children, "an engine")
        return int(pid)


class Start:
    """Starts the application, as often as a test wishes, on the same data unless told otherwise."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self._desktop, self.folder = desktop, folder
        self.started: list[Window] = []

    def __call__(self, *arguments: str, data: Path | None = None, **options: Any) -> Window:
        """Start it and wait for its window."""
        folder = data or self.folder / "data"
        window = Window(self._desktop, folder, *arguments, **options)
        self.started.append(window)
        window.window()
        return window


def seed_of(recipe: Recipe) -> int:
    """Give the seed that names a picture."""
    return first_seed(recipe.noise).seed


def libraries(pid: int) -> str:
    """Name the shared libraries that a process has loaded, a line each."""
    return Path(f"/proc/{pid}/maps").read_text()


@contextlib.contextmanager
def client(desktop: Desktop, *words: str) -> Iterator[Callable[[str], None]]:
    """Run another program on the desktop; what is given waits until it has said something."""
    with tempfile.TemporaryFile() as said:

        def wait_for(text: str) -> None:
            wait(lambda: text in os.pread(said.fileno(), LONGEST, 0).decode(), text)

        command = [sys.executable, str(CLIENTS), *words]
        with subprocess.Popen(command, env=desktop.environment, stdout=said) as process:
            try:
                wait_for("ready")
                yield wait_for
            finally:
                process.kill()


def ask(desktop: Desktop, *words: str) -> str:
    """Run another program on the desktop to its end, and give what it says."""
    return desktop.run(sys.executable, str(CLIENTS), *words).rstrip("\n")


def command_line(desktop: Desktop, *words: str) -> str:
    """Run `ldm-desktop` without a window and give its output."""
    done = subprocess.run(
        [sys.executable, "-m", "ldm_desktop", *words],
        env=desktop.environment,
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def frame_of(image: Image.Image) -> Frame:
    """Give an image as the engine's pixels."""
    return Frame(image.width, image.height, image.tobytes())
