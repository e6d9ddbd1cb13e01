"""An engine in this process, behind the same interfaces as one in another.

Importing this module is cheap: torch, which takes seconds, is imported by whoever makes an engine,
and by `EngineThread` in its thread.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event
from ldm_desktop.core.job import Command
from ldm_desktop.engine import loop

if TYPE_CHECKING:
    from ldm_desktop.engine.engine import Engine

CLOSING_SECONDS = 30.0


def _open(
    device: str, threads: int | None, cache: Path, emit: Callable[[Event], None], keyframes: int
) -> Engine:
    from ldm_desktop.engine.devices import open_device
    from ldm_desktop.engine.engine import Engine

    return Engine(open_device(device, threads), cache, emit, keyframes)


class LocalEngine:
    """`core.protocols.EngineLink` without a process: it works while somebody waits."""

    def __init__(
        self, device: str, threads: int | None, cache: Path, *, keyframes: int = 0
    ) -> None:
        self._events: deque[Event] = deque()
        self._closed = False
        self._engine = _open(device, threads, cache, self._events.append, keyframes)

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


class EngineThread:
    """An engine in a thread of this process, used as `worker.client.EngineProcess` is.

    `deliver` gets every event and at the end a KnownError, in the engine's thread; the latter,
    after `kill`, in its caller's.
    """

    pid: int | None = None
    """Of a process of its own, which this engine has not."""

    def __init__(
        self,
        device: str,
        threads: int | None,
        cache: Path,
        deliver: Callable[[Event | KnownError], None],
        *,
        keyframes: int = 0,
    ) -> None:
        self._inbox: loop.Inbox = queue.SimpleQueue()
        self._deliver = deliver
        self._lock = threading.Lock()
        self._ended = False
        self._thread = threading.Thread(
            target=self._live, args=(device, threads, cache, keyframes), name="engine", daemon=True
        )
        self._thread.start()

    def send(self, command: Command) -> None:
        """Ask for something; an engine that has gone has said so."""
        self._inbox.put(command)

    def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Let the engine write its checkpoints and end; one that does not is given up."""
        self._inbox.put(None)
        self._thread.join(seconds)
        if self._thread.is_alive():
            self.kill()

    def kill(self) -> None:
        """Give the engine up: nothing more is heard of it.

        A thread cannot be ended from outside. It runs on until its unit of work is done, which a
        hung one never is, and ends with the process at the latest.
        """
        self._end(KnownError("The engine did not answer and was given up."))
        self._inbox.put(None)

    def _live(self, device: str, threads: int | None, cache: Path, keyframes: int) -> None:
        # What is said last, if it is not something better.
        news = KnownError("The engine has ended unexpectedly (by a bug).")
        try:
            engine = _open(device, threads, cache, self._tell, keyframes)
            try:
                loop.run(engine, self._inbox, self._tell)
            finally:
                if not self._ended:
                    engine.close()
            news = KnownError("The engine has ended.")
        except KnownError as error:
            news = error
        finally:
            self._end(news)

    def _tell(self, event: Event) -> None:
        with self._lock:
            if not self._ended:
                self._deliver(event)

    def _end(self, news: KnownError) -> None:
        """Say why there will be no more events, unless that was said already."""
        with self._lock:
            if not self._ended:
                self._ended = True
                self._deliver(news)
