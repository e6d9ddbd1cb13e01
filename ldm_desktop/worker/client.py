"""The engine command as a child process; the protocol is in `core/protocols.py`."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
from pathlib import Path

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Hello, Stepped
from ldm_desktop.core.job import Command, Seen

CLOSING_SECONDS = 30.0


def engine_command(device: str, threads: int | None, cache: Path) -> list[str]:
    """Give the command line that starts an engine: this program itself, also when frozen."""
    own = (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ldm_desktop"]
    )
    options = ["engine", "--stdio", "--device", device, "--cache", str(cache)]
    return own + options + (["--threads", str(threads)] if threads is not None else [])


class EngineProcess:
    """`core.protocols.EngineLink` to a child; one thread reads its events."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1
        )
        self._events: queue.SimpleQueue[Event | KnownError] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="engine events", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def send(self, command: Command) -> None:
        """Write a command; an engine that has gone says so in `receive`."""
        assert self._process.stdin
        try:
            protocols.write(self._process.stdin, command)
        except BrokenPipeError:
            return

    def receive(self) -> Event:
        """Wait for the next event; KnownError when the engine has ended."""
        event = self._events.get()
        if isinstance(event, KnownError):
            self._events.put(event)
            raise event
        if isinstance(event, Hello) and event.protocol != protocols.VERSION:
            raise KnownError(
                f"The engine speaks version {event.protocol} of the protocol and this program "
                f"version {protocols.VERSION}: install both from one release."
            )
        if isinstance(event, Stepped) and event.preview:
            self.send(Seen(event.picture))
        return event

    def _read(self) -> None:
        assert self._process.stdout
        try:
            while (event := protocols.read_event(self._process.stdout)) is not None:
                self._events.put(event)
        except KnownError as error:
            self._events.put(error)
        code = self._process.wait()
        self._events.put(KnownError(f"The engine has ended unexpectedly ({_reason(code)})."))

    def close(self) -> None:
        """Let the engine write its checkpoints and end; one that does not is killed."""
        assert self._process.stdin
        assert self._process.stdout
        with contextlib.suppress(BrokenPipeError):  # If it has ended already, so much the better.
            self._process.stdin.close()
        try:
            self._process.wait(CLOSING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reader.join()
        self._process.stdout.close()


def _reason(code: int) -> str:
    if code == -9:
        return "it was killed, perhaps because the memory did not suffice"
    return f"signal {-code}" if code < 0 else f"exit code {code}"
