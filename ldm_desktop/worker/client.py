"""The engine command as a child process; the protocol is in `core/protocols.py`."""

from __future__ import annotations

import contextlib
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event
from ldm_desktop.core.job import Command
from ldm_desktop.core.program import program

CLOSING_SECONDS = 30.0
ENDING_SECONDS = 1.0
"""How long after its last bytes the death of a process may become known."""
KILLING_SECONDS = 5.0
"""How long a process that has ended or was killed may be waited for."""
SIGNALS = {
    "SIGILL": "illegal instruction",
    "SIGABRT": "abort",
    "SIGBUS": "bus error",
    "SIGFPE": "arithmetic error",
    "SIGSEGV": "segmentation fault",
    "SIGTERM": "asked to end",
}

Deliver = Callable[[Event | KnownError], None]


def engine_command(
    device: str,
    threads: int | None,
    cache: Path,
    *,
    nice: bool = False,
    keyframes: int | None = None,
) -> list[str]:
    """Give the command line that starts an engine: this program itself, also when frozen."""
    options = ["engine", "--stdio", "--device", device, "--cache", str(cache)]
    if threads is not None:
        options += ["--threads", str(threads)]
    if keyframes is not None:
        options += ["--keyframes", str(keyframes)]
    return program() + options + (["--nice"] if nice else [])


class EngineProcess:
    """An engine in a child process; one thread reads its events, one writes what it is sent.

    `deliver` gets every event and at the end a KnownError that says why it came, in the reader's
    thread. Without it, this is a `core.protocols.EngineLink`: `receive` gives them in turn.
    """

    def __init__(
        self, command: list[str], deliver: Deliver | None = None, stderr: Path | None = None
    ) -> None:
        """Start a child; what it writes on standard error goes to the end of a file, or to ours."""
        # A group of its own: Ctrl-C in the terminal is for the front end, which then says what
        # it means; at the start, before it can ignore it, it would end the engine.
        pipe = subprocess.PIPE
        try:
            with _appended(stderr) as log:
                self._process = subprocess.Popen(
                    command, stdin=pipe, stdout=pipe, stderr=log, bufsize=-1, process_group=0
                )
        except OSError as error:
            raise KnownError(f"The engine cannot be started ({error.strerror}).") from error
        self._events: queue.SimpleQueue[Event | KnownError] = queue.SimpleQueue()
        self._deliver = deliver or self._events.put
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="engine events", daemon=True)
        self._writer = threading.Thread(target=self._write, name="engine commands", daemon=True)
        self._reader.start()
        self._writer.start()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def send(self, command: Command) -> None:
        """Ask for something, without waiting; an engine that has gone says so as an event."""
        data = protocols.encode(command)
        if self._writer.is_alive():
            self._outbox.put(data)

    def receive(self) -> Event:
        """Wait for the next event; KnownError when the engine has ended."""
        event = self._events.get()
        if isinstance(event, KnownError):
            self._events.put(event)
            raise event
        return event

    def _write(self) -> None:
        """Write what is to be sent until there is no more, or nobody to read it."""
        stdin = self._process.stdin
        assert stdin
        # The pipe of an engine that has gone is broken; the reader says why it has gone.
        with contextlib.suppress(OSError), stdin:
            while (data := self._outbox.get()) is not None:
                stdin.write(data)
                if self._outbox.empty():
                    stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout as stdout:
            trouble = None
            try:
                while (event := self._next(stdout)) is not None:
                    self._deliver(event)
            except KnownError as error:
                trouble = error
            news = self._end(trouble)
        self._outbox.put(None)
        self._deliver(news)

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
            self._process.wait()
            return trouble
        return KnownError(f"The engine has ended unexpectedly ({_reason(code)}).")

    def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Let the engine write its checkpoints and end; one that does not is killed."""
        self._outbox.put(None)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        for thread in (self._reader, self._writer):
            # One that waits for a driver cannot be killed, and would keep us for ever.
            thread.join(KILLING_SECONDS)

    def kill(self) -> None:
        """End the engine at once, also one that is hung or stopped; what it was at is lost."""
        self._process.kill()


@contextlib.contextmanager
def _appended(path: Path | None) -> Iterator[IO[bytes] | None]:
    """Open the end of a file; None if there is none to open."""
    if path is None:
        yield None
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError:
        # Without its log the engine is still an engine.
        yield None
        return
    with file:
        yield file


def _reason(code: int) -> str:
    if code == -9:
        return "it was killed, perhaps because the memory did not suffice"
    if code >= 0:
        return f"exit code {code}"
    return f"signal {-code}" + _meaning(-code)


def _meaning(number: int) -> str:
    """Say what a signal means, in brackets, if it is one that means something to a person."""
    name = next((each.name for each in signal.Signals if each == number), "")
    return f" ({SIGNALS[name]})" if name in SIGNALS else ""
