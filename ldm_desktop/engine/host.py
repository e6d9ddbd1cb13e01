"""`ldm-desktop engine --stdio`: the engine as a command; the protocol is in `core/protocols.py`."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Failed, Log
from ldm_desktop.core.job import Command
from ldm_desktop.engine import loop
from ldm_desktop.engine.devices import open_device
from ldm_desktop.engine.engine import Engine, LostDeviceError
from ldm_desktop.engine.priority import lower_priority

LOST_DEVICE = 75
"""Exit code: a new engine may go on from the checkpoints; this process can do nothing more."""
GRACE_SECONDS = 60.0
"""How long a unit of work may take after the front end has gone, before the process is ended."""


def serve(
    device: str, threads: int | None, cache: Path, *, keyframes: int = 0, nice: bool = False
) -> None:
    """Speak the protocol on standard input and output until the input ends."""
    if nice:
        lower_priority()
    # The terminal sends Ctrl-C to the whole group; what it means is the front end's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stdin, stdout = sys.stdin.buffer, _private_stdout()
    try:
        place = open_device(device, threads)
    except KnownError as error:
        protocols.write(stdout, Failed(None, None, str(error)))
        return
    inbox: loop.Inbox = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(stdin, inbox), name="commands", daemon=True).start()
    gone = False

    def tell(event: Event) -> None:
        nonlocal gone
        if not gone:
            try:
                protocols.write(stdout, event)
            except BrokenPipeError:
                # The front end has gone, and with it everyone who could be told.
                gone = True
                inbox.put(None)

    # Whoever ends this process politely gets checkpoints too.
    signal.signal(signal.SIGTERM, lambda *_: inbox.put(None))
    engine = Engine(place, cache, tell, keyframes)
    try:
        loop.run(engine, inbox, tell)
    except LostDeviceError as error:
        tell(Log(str(error)))
        os._exit(LOST_DEVICE)
    finally:
        engine.close()
    if gone:
        # Without the complaints of what can no longer be flushed.
        os._exit(1)


def _private_stdout() -> BinaryIO:
    """Keep the pipe for messages; whatever a library prints goes to standard error."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _listen(stdin: BinaryIO, inbox: loop.Inbox) -> None:
    try:
        while (command := _next(stdin)) is not None:
            inbox.put(command)
    except protocols.BrokenStreamError as error:
        inbox.put(Failed(None, None, str(error)))
    finally:
        inbox.put(None)
    killer = threading.Timer(GRACE_SECONDS, os._exit, (1,))
    killer.daemon = True
    killer.start()


def _next(stdin: BinaryIO) -> Command | Failed | None:
    try:
        return protocols.read_command(stdin)
    except protocols.BrokenStreamError:
        raise
    except KnownError as error:
        return Failed(None, None, str(error))
