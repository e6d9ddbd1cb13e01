"""When each model was last verified and found whole: a note in the cache, which may be lost."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from pathlib import Path

from ldm_desktop.core import statefile
from ldm_desktop.core.errors import KnownError

FILE = "checked.json"
LARGEST = 1 << 20


def when(folder: Path, cache: Path) -> str:
    """Give the date and time, or "" if it never was, or was found broken since."""
    return _known(cache).get(str(folder.absolute()), "")


def note(folder: Path, cache: Path, *, whole: bool) -> None:
    """Note what was found just now."""
    known = _known(cache)
    known.pop(str(folder.absolute()), None)
    if whole:
        known[str(folder.absolute())] = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    # Without a place for the note, the check is worth as much.
    with contextlib.suppress(KnownError):
        statefile.write(cache / FILE, json.dumps(known, indent=1, sort_keys=True).encode())


def _known(cache: Path) -> dict[str, str]:
    try:
        with (cache / FILE).open("rb") as stream:
            known = json.loads(stream.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    entries = known.items() if isinstance(known, dict) else ()
    return {folder: moment for folder, moment in entries if isinstance(moment, str)}
