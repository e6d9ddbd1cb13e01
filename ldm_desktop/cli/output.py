"""What programs read: lines on standard output; sentences for people go to standard error."""

from __future__ import annotations

import io
import os
import sys

from ldm_desktop.core.errors import KnownError


def line(text: str) -> None:
    """Print a line at once; whoever reads it may act on it."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        discard()
        raise KnownError(f"Standard output cannot be written to ({error.strerror}).") from error


def discard() -> None:
    """Write to nowhere from now on; without this, Python complains again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def ensure_streams() -> None:
    """Make standard streams of any kind take any text.

    A program without a console has none, and a file's name may have no place in their encoding.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
