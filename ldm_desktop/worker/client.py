"""The engine command as a child process; the protocol is in `core/protocols.py`."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event
from ldm_desktop.core.job import Command

CLOSING_SECONDS = 30.0
ENDING_SECONDS = 1.0
"""How long after its last bytes the death of a process may become known."""


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
        # A group of its own: Ctrl-C in the terminal is for the front end, which then says what
        # it means; at the start, before it can ignore it, it would end the engine.
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1, process_group=0
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
        if self._process.stdin.closed:
            return
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
        return event

    def _read(self) -> None:
        assert self._process.stdout
        trouble = None
        try:
            while (event := self._next(self._process.stdout)) is not None:
                self._events.put(event)
        except KnownError as error:
            trouble = error
        self._events.put(self._end(trouble))

    def _next(self, stdout: IO[bytes]) -> Event | None:
        """Read the next event, passing over those that only a newer program knows."""
        while True:
            with contextlib.suppress(protocols.UnknownMessageError):
                return protocols.read_event(stdout)

    def _end(self, trouble: KnownError | None) -> KnownError:
        """Wait for the end, and say why it came; one that talks nonsense is ended."""
        try:
            # If it was killed in the middle of a message, that is the news, not the message.
            code = self._process.wait(ENDING_SECONDS if trouble else None)
        except subprocess.TimeoutExpired:
            assert trouble
            self._process.kill()
            return trouble
        return KnownError(f"The engine has ended unexpectedly ({_reason(code)}).")

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
