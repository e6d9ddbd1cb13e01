"""The `models` commands as programs of their own: what they say, how long they take, how large."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 120.0
PROGRAM = """
import pathlib, sys
folder = pathlib.Path(sys.argv[1])
def hear(event, values):
    if event == "socket.connect" and isinstance(values[1], tuple):
        with (folder / "connections").open("a") as file:
            print(*values[1][:2], sep=":", file=file)
sys.addaudithook(hear)
from ldm_desktop.__main__ import start
try:
    code = start(sys.argv[2:])
finally:
    # Not getrusage: that remembers how large the tests were that started this.
    status = pathlib.Path("/proc/self/status").read_text()
    (folder / "peak").write_text(status.split("VmHWM:")[1].split()[0])
sys.exit(code)
"""


@dataclass(frozen=True)
class Ended:
    """How a command has ended; `peak` is the most memory it had, in bytes.

    `connections` are the addresses it has connected to, whether anybody was there or not.
    """

    code: int
    out: str
    err: str
    seconds: float
    peak: int
    connections: frozenset[str]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON objects on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The events of a kind."""
        return [line for line in self.lines if line["event"] == kind]

    @property
    def refusal(self) -> str:
        """The one sentence it ended with."""
        last = self.err.strip().splitlines()[-1]
        assert self.code == 1, self.err
        assert last.startswith("ldm-desktop: ")
        assert last.endswith(".")
        assert "Traceback" not in self.err
        return last.removeprefix("ldm-desktop: ")


class Command:
    """A command that runs."""

    def __init__(
        self,
        arguments: Sequence[object],
        folder: Path,
        environment: Mapping[str, str],
        before: Sequence[str] = (),
    ) -> None:
        self._folder, self._begun = folder, time.monotonic()
        folder.mkdir(exist_ok=True)
        words = [str(argument) for argument in arguments]
        known = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
        with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
            self.process = subprocess.Popen(
                [*before, sys.executable, "-c", PROGRAM, str(folder), *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env={**known, "OMP_NUM_THREADS": "1", **environment},
            )

    def wait(self) -> Ended:
        """Wait for the end."""
        code = self.process.wait(PATIENCE)
        seconds = time.monotonic() - self._begun
        peak = int(self._read("peak") or "0") * 1024
        connections = frozenset(self._read("connections").split())
        return Ended(code, self._read("out"), self._read("err"), seconds, peak, connections)

    def _read(self, name: str) -> str:
        file = self._folder / name
        return file.read_text() if file.exists() else ""

    def until(self, happens: Callable[[], object]) -> None:
        """Wait for an event before the end."""
        end = time.monotonic() + PATIENCE
        while not happens():
            assert self.process.poll() is None, (self._folder / "err").read_text()
            assert time.monotonic() < end
            time.sleep(0.01)

    def end_by(self, number: signal.Signals) -> Ended:
        """End it by a signal."""
        self.process.send_signal(number)
        return self.wait()
