"""A desktop for tests (Xvfb, a session bus, accessibility), and the real application on it.

    with Desktop() as desktop, Application(desktop, data) as application:
        application.find("generate").do()
        application.wait(lambda: "2" in application.find("seed").text)
        application.screenshot(Path("seen.png"))

Everything has sockets and folders of its own, so that tests can run beside each other and beside a
real desktop. A window manager there is none: windows are where they put themselves.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import atspi
from atspi import PATIENCE, Bus, Node

NEEDED = ("Xvfb", "dbus-daemon", "xdotool", "import")
ENDING_SECONDS = 3.0


def missing() -> list[str]:
    """Give the programs that tests in a real window need and this machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]


class Desktop:
    """An X server on a free display, a session bus and an accessibility bus."""

    def __init__(self, size: tuple[int, int] = (1280, 800)) -> None:
        # Short, because the names of sockets are limited to about a hundred bytes.
        self._folder = Path(tempfile.mkdtemp(prefix="ldm-e2e-"))
        self._log = (self._folder / "desktop.log").open("wb")
        display = self._start_xvfb(size)
        own = {
            "DISPLAY": display,
            "HOME": str(self._folder),
            "XDG_RUNTIME_DIR": str(self._folder),
            "XDG_CACHE_HOME": str(self._folder / "cache"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "OMP_NUM_THREADS": "1",
            "LANG": "C.UTF-8",
            # As installed: compiled once, and not in the source tree.
            "PYTHONPYCACHEPREFIX": str(self._folder / "bytecode"),
        }
        unset = (
            *("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "QT_SCALE_FACTOR", "LDM_DESKTOP_TRACE"),
            "PYTHONDONTWRITEBYTECODE",
        )
        usual = {name: value for name, value in os.environ.items() if name not in unset}
        self.environment = usual | own
        self.session_bus = self._start_bus()
        # The system's bus is nobody's business: what would keep the machine awake stays here.
        both = ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS")
        self.environment |= dict.fromkeys(both, self.session_bus)
        self.accessibility = Bus(self.session_bus)

    def _start_xvfb(self, size: tuple[int, int]) -> str:
        read, write = os.pipe()
        geometry = f"{size[0]}x{size[1]}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", geometry, "-nolisten", "tcp"]
        self._xvfb = subprocess.Popen(command, pass_fds=[write], stderr=self._log)
        os.close(write)
        with os.fdopen(read) as stream:
            number = stream.readline().strip()
        assert number, "Xvfb did not start"
        return f":{number}"

    def _start_bus(self) -> str:
        command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
        self._bus = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=self._log, text=True
        )
        assert self._bus.stdout
        return self._bus.stdout.readline().strip()

    def __enter__(self) -> Desktop:
        return self

    def __exit__(self, *_: object) -> None:
        """End it all; the buses' helpers go with their bus."""
        self.accessibility.close()
        for process in (self._bus, self._xvfb):
            process.terminate()
            process.wait(10)
        assert self._bus.stdout
        self._bus.stdout.close()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, *command: str) -> str:
        """Run a program on this desktop and give its output."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def screenshot(self, file: Path) -> Path:
        """Write what is on the screen to a PNG."""
        self.run("import", "-silent", "-window", "root", str(file))
        return file


class Application:
    """The application in a process of its own, driven from outside: AT-SPI, keys, signals."""

    def __init__(
        self, desktop: Desktop, data: Path, *arguments: str, env: Mapping[str, str] | None = None
    ) -> None:
        self.desktop, self.data = desktop, data
        data.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "ldm_desktop", "window", "--data-dir", str(data)]
        self._output = (data / "output.txt").open("ab")
        self.process = subprocess.Popen(
            [*command, *arguments],
            env={**desktop.environment, **(env or {})},
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Application:
        """Wait for the window."""
        self.window()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """End it; if a test has failed, show what is to be seen in the window and the log."""
        if error:
            error.add_note(self.describe())
        self.kill()

    # What is to be seen

    def window(self) -> Node:
        """Give the main window, and wait for it."""
        return self.find("main-window")

    def find(self, wanted: str = "", *, name: str = "", role: str = "") -> Node:
        """Give a widget by its object name, accessible name or role, and wait for it."""
        what = f"a widget {wanted or name or role}"
        found: Node = self.wait(lambda: self.look(wanted, name=name, role=role), what)
        return found

    def look(self, wanted: str = "", *, name: str = "", role: str = "") -> Node | None:
        """Give a widget, or None if there is none now."""
        root = self.desktop.accessibility.application(self.process.pid)
        return root.find(wanted, name=name, role=role) if root else None

    def wait(self, what: Callable[[], Any], why: str = "", seconds: float = PATIENCE) -> Any:
        """Wait until something is true; fail at once if the application has ended."""

        def alive() -> Any:
            assert self.process.poll() is None, f"it ended with code {self.process.returncode}"
            return what()

        return atspi.wait(alive, why, seconds)

    def screenshot(self, file: Path) -> Path:
        """Write what is on the screen to a PNG."""
        return self.desktop.screenshot(file)

    @property
    def output(self) -> str:
        """What it has printed, of this run and earlier ones in the same folder."""
        return (self.data / "output.txt").read_text(encoding="utf-8", errors="replace")

    def describe(self) -> str:
        """Give the tree of widgets, the output and the end of the log."""
        logs = sorted((self.data / "logs").glob("*.log"))
        parts = [self.output]
        parts += [f"{log.name}: {log.read_text(errors='replace')[-3000:]}" for log in logs]
        with contextlib.suppress(Exception):
            if root := self.desktop.accessibility.application(self.process.pid):
                parts.append(root.tree())
        return "\n".join(parts)

    # What a person does

    def key(self, *keys: str) -> None:
        """Press keys, as `ctrl+Return`, with the main window in front."""
        self.raise_window()
        self.desktop.run("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type text into what has the keyboard."""
        self.desktop.run("xdotool", "type", "--clearmodifiers", text)

    def raise_window(self) -> None:
        """Give the main window the keyboard, which without a window manager nobody else does."""
        if "active" in self.window().states:
            return
        self.desktop.run("xdotool", "windowfocus", "--sync", self.x_window())
        self.wait(lambda: "active" in self.window().states, "the window in front")

    def x_window(self) -> str:
        """Give the X window's number."""
        pid = str(self.process.pid)
        found: str = self.wait(
            lambda: self.desktop.run(
                "xdotool", "search", "--all", "--onlyvisible", "--pid", pid, "--name", "LDM Desktop"
            ).split()[-1:],
            "a window on the screen",
        )[0]
        return found

    # How it ends

    def close(self, seconds: float = ENDING_SECONDS + 2) -> int:
        """Ask it to end, as by SIGTERM, and give the exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        finally:
            self.kill()

    def kill(self) -> None:
        """End it as a power cut would (its engine notices), and wait until it is gone."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._output.close()

    def children(self) -> list[int]:
        """Give the processes that it has started and that live, however deep."""
        return descendants(self.process.pid)


def descendants(pid: int) -> list[int]:
    """Give the children of a process, and theirs."""
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, tasks.read_text().split()):
                found += [child, *descendants(child)]
    return found


def is_running(pid: int) -> bool:
    """Say whether a process lives; one that has ended and that nobody buried does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def wait_until_gone(pids: list[int], seconds: float) -> list[int]:
    """Give those of some processes that still live after a while."""
    end = time.monotonic() + seconds
    while (left := [pid for pid in pids if is_running(pid)]) and time.monotonic() < end:
        time.sleep(0.02)
    return left
