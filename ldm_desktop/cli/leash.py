"""A command that another program has started ends with it: when its standard input is closed.

The window starts its `models` commands so; however it ends, none of them is left behind.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

OPTION = "--leashed"
GRACE_SECONDS = 5.0
"""How long a command may take to end politely, before it is ended all the same."""


class _Leash(argparse.Action):
    """Holds from the moment that the option is read."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        _options: argparse.Namespace,
        _values: str | Sequence[Any] | None,
        _name: str | None = None,
    ) -> None:
        hold()


def add_argument(parser: argparse.ArgumentParser) -> None:
    """Let a command be told that it is held by its standard input."""
    parser.add_argument(
        OPTION,
        action=_Leash,
        nargs=0,
        dest=argparse.SUPPRESS,
        help="end when standard input ends; for programs that run this one",
    )


def hold() -> None:
    """End this process as SIGTERM would as soon as standard input has ended."""
    threading.Thread(target=_wait_for_end, name="leash", daemon=True).start()


def _wait_for_end() -> None:
    try:
        while os.read(sys.stdin.fileno(), 4096):
            pass
    except OSError:
        # A standard input that cannot be read is held by nobody.
        pass
    killer = threading.Timer(GRACE_SECONDS, os._exit, (143,))
    killer.daemon = True
    killer.start()
    # Of the process, not of this thread, as only the main one has handlers.
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        os.kill(os.getpid(), signal.SIGTERM)
