"""The life of the engine: it is started, watched, replaced when it ends, and closed.

It sleeps like everything here: `deadline` says when `wake` has something to do, be it to start
the next engine, to ask a quiet one whether it is still there, or to say that it does not answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Protocol, TypeAlias

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import (
    Event,
    Failed,
    Finished,
    Hello,
    Loading,
    Ready,
    Rested,
    Stepped,
)
from ldm_desktop.core.job import Command, Ping
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.protocols import VersionError
from ldm_desktop.worker.work import EngineOptions, EngineState, EngineStatus

News: TypeAlias = Event | KnownError
PATIENCE = 30.0
"""Seconds without a word from a busy engine after which it counts as silent."""
UNITS = 10.0
"""Or so many times the longest silence after which it has spoken again."""
STARTING = 4.0
"""An engine that starts may take so many times the patience: torch may come from a slow disk."""
BACKOFF = (0.0, 1.0, 3.0)
"""Seconds before the next start, by the deaths in a row; after as many it stays down."""
LOST_DEVICE = 75
"""Exit code of an engine whose device has stopped answering (see `engine/host.py`)."""
CLOSING_SECONDS = 2.0
LATE = 5.0
"""Whoever wakes so much later than asked has slept with the whole computer."""
SHORT = {"float32": "fp32", "bfloat16": "bf16", "float16": "fp16"}


class EngineHandle(Protocol):
    """An engine that runs, wherever; what it says comes by the call it was opened with."""

    @property
    def pid(self) -> int | None:
        """Its process id, if it is a process of its own."""

    def send(self, command: Command) -> None:
        """Ask for something, without waiting."""

    def close(self, seconds: float) -> None:
        """Let it write its checkpoints and end; after so many seconds it is ended."""

    def kill(self) -> None:
        """End it at once."""


OpenEngine: TypeAlias = Callable[[EngineOptions, Callable[[News], None]], EngineHandle]


class Supervisor:
    """Keeps one engine running and knows how it is."""

    def __init__(
        self,
        open_engine: OpenEngine,
        options: EngineOptions,
        deliver: Callable[[int, News], None],
        clock: Callable[[], float],
        patience: float,
    ) -> None:
        """Nothing runs before `start`; `deliver` gets the number of the engine that speaks."""
        self._open_engine = open_engine
        self._deliver = deliver
        self._clock = clock
        self._patience = patience
        self.options = options
        self.number = 0
        self.status = EngineStatus(EngineState.STOPPED)
        self._handle: EngineHandle | None = None
        self._hello = False
        self._refusal = ""
        self._deaths = 0
        self._start_at: float | None = None
        self._busy = False
        self._silent = False
        self._heard = 0.0
        self._asked = False
        self._longest = 0.0
        self._share: float | None = None

    @property
    def ready(self) -> bool:
        """Whether commands reach an engine that has said hello."""
        return self._hello

    @property
    def pid(self) -> int | None:
        """The engine's process id, if it is a process."""
        return self._handle.pid if self._handle else None

    def start(self) -> None:
        """Start an engine; what keeps it from starting counts as its death."""
        self.number += 1
        self._start_at, self._hello, self._refusal, self._share = None, False, "", None
        self._hear()
        number = self.number
        if self.status.state is not EngineState.RESTARTING:
            self._say(EngineState.STARTING)
        try:
            self._handle = self._open_engine(self.options, lambda news: self._deliver(number, news))
        except KnownError as error:
            self._deliver(number, error)
        except OSError as error:
            self._deliver(number, KnownError(f"The engine cannot be started ({error.strerror})."))

    def send(self, command: Command) -> None:
        """Pass a command on; without an engine there is nobody to take it."""
        if self._handle:
            self._handle.send(command)

    def take(self, event: Event) -> None:
        """Note what the engine says of itself, and that it is alive."""
        if self._busy:
            self._longest = max(self._longest, self._clock() - self._heard)
        self._hear()
        if isinstance(event, Hello):
            self._hello = True
            self.status = dataclasses.replace(self.status, device=event.device, auto=event.auto)
            self._describe(event.environment)
        elif isinstance(event, Failed) and not self._hello:
            self._refusal = event.sentence
        elif isinstance(event, Stepped | Rested | Finished | Ready):
            self._deaths = 0
        self._share = event.share if isinstance(event, Loading) else None
        if isinstance(event, Finished) and event.recipe.precision is self.status.auto:
            self._describe(event.environment)

    def _describe(self, environment: Environment) -> None:
        dtype = SHORT.get(environment.dtype, environment.dtype)
        self.status = dataclasses.replace(self.status, dtype=dtype)

    def _hear(self) -> None:
        self._heard, self._asked, self._silent = self._clock(), False, False

    def settle(self, *, busy: bool, opening: bool) -> None:
        """Note whether the engine has something to do by now, or a model to open."""
        if busy and not self._busy:
            self._hear()
        self._busy = busy
        if not busy:
            self._longest = 0.0
        if not self._hello or self._silent:
            return
        if opening or self._share is not None:
            self._say(EngineState.LOADING, share=round(self._share or 0.0, 2))
        else:
            self._say(EngineState.BUSY if busy else EngineState.READY)

    def _say(self, state: EngineState, sentence: str = "", share: float = 0.0) -> None:
        self.status = dataclasses.replace(self.status, state=state, sentence=sentence, share=share)

    def died(self, error: KnownError) -> None:
        """Note that the engine has ended, and plan the next."""
        self._drop()
        sentence = self._refusal or str(error)
        final = bool(self._refusal) or isinstance(error, VersionError)
        if final or self._deaths >= len(BACKOFF):
            self._start_at = None
            self._say(EngineState.FAILED, sentence)
        else:
            self._start_at = self._clock() + BACKOFF[self._deaths]
            self._deaths += 1
            self._say(EngineState.RESTARTING, f"{sentence} It starts again, and the queue goes on.")

    def _drop(self) -> None:
        """Forget the engine, whose last words are no longer listened to."""
        handle, self._handle = self._handle, None
        self.number += 1
        self._hello = self._busy = self._silent = False
        if handle:
            handle.kill()

    @property
    def silent(self) -> bool:
        """Whether it has not answered for too long."""
        return self._silent

    def replace(self) -> None:
        """Kill the engine, whatever it is at, and start another."""
        self._drop()
        self._deaths, self._longest = 0, 0.0
        self._say(EngineState.RESTARTING)
        self.start()

    def go_on(self) -> None:
        """Start an engine with the options as they are now, if the last one was closed."""
        if self.stopped:
            self._deaths, self._longest = 0, 0.0
            self.start()

    def close(self, seconds: float) -> None:
        """Let the engine write its checkpoints and end; what it says last is still delivered."""
        handle, self._handle = self._handle, None
        self._start_at, self._hello, self._busy, self._silent = None, False, False, False
        self._say(EngineState.STOPPED)
        if handle:
            handle.close(seconds)

    @property
    def stopped(self) -> bool:
        """Whether it was closed, so that its end is no news."""
        return self.status.state is EngineState.STOPPED

    @property
    def deadline(self) -> float | None:
        """When `wake` has something to do, by the clock."""
        if self._start_at is not None:
            return self._start_at
        waits = self._handle and not self._silent and (self._busy or not self._hello)
        if not waits:
            return None
        return self._heard + (self._limit if self._asked else self._limit / 2)

    @property
    def _limit(self) -> float:
        starting = self._patience * STARTING
        return max(self._patience, UNITS * self._longest) if self._hello else starting

    def wake(self) -> None:
        """Do what is due: start, ask, or find that nobody answers."""
        deadline, now = self.deadline, self._clock()
        if deadline is None or now < deadline:
            return
        if self._start_at is not None:
            self.start()
        elif now > deadline + LATE:
            # The computer was asleep, and the engine with it.
            self._hear()
        elif not self._asked:
            self._asked = True
            if self._hello:
                self.send(Ping(self.number))
        else:
            self._silent = True
            seconds = round(now - self._heard)
            self._say(
                EngineState.SILENT,
                f"The engine has not answered for {seconds} seconds; you can replace it.",
            )


def lost_its_device(error: KnownError) -> bool:
    """Say whether the engine ended because its device did, which is no picture's fault."""
    return f"exit code {LOST_DEVICE}" in str(error)
