"""An engine in this process, behind the same interface as one in another."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event
from ldm_desktop.core.job import Command
from ldm_desktop.engine.devices import open_device
from ldm_desktop.engine.engine import Engine


class LocalEngine:
    """`core.protocols.EngineLink` without a process: it works while somebody waits."""

    def __init__(self, device: str, threads: int | None, cache: Path) -> None:
        self._events: deque[Event] = deque()
        self._closed = False
        self._engine = Engine(open_device(device, threads), cache, self._events.append)

    def send(self, command: Command) -> None:
        """Take a command."""
        self._engine.handle(command)

    def receive(self) -> Event:
        """Work until there is an event; KnownError when there is nothing left to wait for."""
        while not self._events:
            if self._closed or not self._engine.work():
                raise KnownError("The engine has nothing to do, and nothing to say.")
        return self._events.popleft()

    def close(self) -> None:
        """Write the checkpoints of what is at work."""
        self._closed = True
        self._engine.close()
