"""Take the pictures of the window that README shows, in the real one, under Xvfb.

    .venv/bin/python packaging/screenshots.py [--out FOLDER] [--only PART …]

Needs what `packaging/linux/setup.sh dev` installs. Everything seen is made on the spot: the same
seeds of the starter model, in a library of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "e2e")]

from desktop import Desktop  # noqa: E402
from window import Window  # noqa: E402

SIZE = (1280, 800)
SEEDS = (3, 12, 21, 37, 48, 64, 77, 85, 93)
WAITING = (31, 32)
FAMILY = 64
STEPS = 200
BATCH = 16
PICTURES = len(SEEDS) + 1 + len(WAITING) + BATCH


@contextmanager
def window(data: Path, scale: int = 1, theme: str = "dark") -> Iterator[Window]:
    """Start the application on a screen of its own that it fills, with an engine that is ready."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "settings.json").write_text(json.dumps({"version": 1, "theme": theme}))
    (data / "window.ini").unlink(missing_ok=True)
    width, height = SIZE
    screen, environment = (width * scale, height * scale), {"QT_SCALE_FACTOR": str(scale)}
    with Desktop(screen) as desktop, Window(desktop, data, env=environment) as shown:
        shown.until_ready()
        yield shown
        assert shown.close() == 0


def fill_library(shown: Window) -> None:
    """Make the pictures of the filmstrip."""
    for seed in SEEDS:
        shown.generate(seed=seed, steps=25)
    for seed in SEEDS:
        shown.picture(seed)
    shown.press("clear-ended")


def begin(shown: Window) -> None:
    """Begin a picture of many steps, and let others wait behind it."""
    shown.generate(seed=2026, steps=STEPS)
    for seed in WAITING:
        shown.find("seed").write(str(seed))
        shown.press("add-to-queue")


class Camera:
    """Writes what is on the screen under a name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, shown: Window, name: str) -> None:
        """Take a picture, once nothing is being pointed at."""
        shown.desktop.run("xdotool", "mousemove", "2", "2")
        with tempfile.TemporaryDirectory() as folder:
            file = shown.screenshot(Path(folder, "screen.png"))
            with Image.open(file) as image:
                image.convert("RGB").save(self._folder / f"{name}.webp", quality=92, method=6)
        print(self._folder / f"{name}.webp")


def dark(camera: Camera, data: Path) -> None:
    """A generation at one third, a finished one, and a batch."""
    with window(data) as shown:
        fill_library(shown)
        begin(shown)
        shown.until_step(STEPS // 3)
        camera.take(shown, "generating")
        shown.picture(2026)
        shown.wait(lambda: shown.step < 0 and "2026" in shown.shown, "the finished picture", 60)
        camera.take(shown, "finished")
        for seed in WAITING:
            shown.picture(seed)
    with window(data) as shown:
        shown.find("count").set_value(BATCH)
        shown.generate(seed=500, steps=50)
        shown.wait(lambda: len(shown.library) >= PICTURES - BATCH // 2 - 1, "half a batch", 240)
        camera.take(shown, "batch")
        shown.wait(lambda: len(shown.library) >= PICTURES, "a whole batch", 240)
        shown.press("clear-ended")
        shown.find("count").set_value(1)


def gallery(camera: Camera, data: Path) -> None:
    """The grid, culling, a comparison and a search."""
    with window(data) as shown:
        begin_family(shown)
    judge(data)
    (data / "gallery.json").write_text(json.dumps({"version": 1, "thumb_side": 148}))
    with window(data) as shown:
        shown.key("ctrl+shift+g")
        shown.find("gallery-grid")
        shown.key("Down", "Right", "Right")
        settle(shown)
        camera.take(shown, "gallery")
        shown.key("space")
        settle(shown)
        camera.take(shown, "loupe")
        shown.key("g", "shift+Right", "shift+Right", "c")
        settle(shown)
        camera.take(shown, "survey")
        shown.key("g", "F3")
        shown.type("rating:>=3 tag:")
        settle(shown)
        camera.take(shown, "search")


def explore(camera: Camera, data: Path) -> None:
    """A contact sheet being judged, neighbours, a way out of the noise, a path, the memory."""
    with window(data) as shown:
        if not shown.library:
            fill_library(shown)
        shown.generate(seed=FAMILY, steps=25)
        shown.picture(FAMILY)
        shown.key("alt+2")
        settle(shown, 25)
        shown.key("Right", "Down")
        camera.take(shown, "variations")
        shown.key("alt+0", "alt+3")
        settle(shown, 3)
        shown.key(*["alt+Left"] * 12)
        settle(shown, 3)
        camera.take(shown, "trajectory")
        shown.key("alt+0", "ctrl+shift+a")
        for _ in range(4):
            shown.key("ctrl+Right", "ctrl+shift+a")
            settle(shown)
        shown.key("alt+4")
        settle(shown, 30)
        camera.take(shown, "morph")
        shown.key("alt+0", "alt+1")
        settle(shown)
        shown.key("space")
        settle(shown, 40)
        for verdict in "xxpxxxpxpxxxx":
            shown.key(f"shift+{verdict}")
        settle(shown)
        camera.take(shown, "sheet")
        shown.key("alt+6")
        settle(shown)
        camera.take(shown, "seeds")


def begin_family(shown: Window) -> None:
    """Make a picture, and three others that leave it at some step."""
    shown.generate(seed=FAMILY, steps=25)
    shown.picture(FAMILY)
    for steps_back in (20, 19, 18):
        before = len(shown.library)
        walked = shown.find("trajectory-step")
        shown.wait(lambda walked=walked: walked.name == "Step 25 of 25", "a finished picture", 60)
        shown.key(*["alt+Left"] * steps_back)
        shown.key("ctrl+f")
        shown.wait(lambda before=before: len(shown.library) > before, "a branch", 120)
    settle(shown)


def judge(data: Path) -> None:
    """Say of some pictures what a person would."""
    place = ("--data-dir", data)
    listed = command("gallery", "list", "--json", *place).splitlines()
    for number, picture in enumerate(map(json.loads, listed)):
        command("gallery", "rate", picture["id"], (4, 0, 5, 3, 0, 2, 4)[number % 7], *place)
        if number % 3 == 0:
            tag = ("blue hour", "dawn", "water", "dusk")[number % 4]
            command("gallery", "tag", picture["id"], tag, *place)
    chosen = [json.loads(line)["id"] for line in listed[3:11]]
    command("gallery", "flag", *chosen[:3], "picked", *place)
    command("gallery", "note", chosen[2], "Print this one, large.", *place)
    command("gallery", "album", "make", "For the wall", *place)
    command("gallery", "album", "make", "Nights", "--query", 'tag:"blue hour"', *place)
    command("gallery", "album", "add", "For the wall", *chosen, *place)


def command(*words: object) -> str:
    """Run a command of the application and give what it prints."""
    line = [sys.executable, "-m", "ldm_desktop", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout


def settle(shown: Window, seconds: float = 1.5) -> None:
    """Let what was asked for come on the screen."""
    shown.desktop.run("sleep", str(seconds))


def themes(camera: Camera, data: Path) -> None:
    """The light theme, and a screen of twice as many points."""
    with window(data, theme="light") as shown:
        shown.generate(seed=26, steps=50)
        shown.picture(26)
        camera.take(shown, "light")
    with window(data, scale=2) as shown:
        shown.generate(seed=64, steps=50)
        shown.until_step(20)
        camera.take(shown, "scale-2")


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, default=ROOT / "packaging" / "screenshots")
    parts = {each.__name__: each for each in (dark, gallery, explore, themes)}
    parser.add_argument("--only", nargs="+", choices=parts, default=list(parts))
    wished = parser.parse_args()
    camera = Camera(wished.out)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        for name in wished.only:
            parts[name](camera, data)


if __name__ == "__main__":
    main()
