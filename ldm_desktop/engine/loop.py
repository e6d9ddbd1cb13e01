"""The engine's life: take commands, do work, sleep; in a process (`host`) or a thread (`local`)."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from ldm_desktop.core.events import Event, Failed
from ldm_desktop.core.job import Command

if TYPE_CHECKING:
    from ldm_desktop.engine.engine import Engine

Inbox: TypeAlias = "queue.SimpleQueue[Command | Failed | None]"
"""Commands, answers to what was no command, and None for the end."""


def run(engine: Engine, inbox: Inbox, tell: Callable[[Event], None]) -> None:
    """Take every command that has come, then do one unit of work; sleep if there is neither."""
    busy = False
    while True:
        try:
            message = inbox.get(block=not busy)
        except queue.Empty:
            busy = engine.work()
            continue
        if message is None:
            return
        if isinstance(message, Failed):
            tell(message)
        else:
            engine.handle(message)
        busy = True
