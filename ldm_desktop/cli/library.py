"""Which folder the commands keep pictures in: the named one, the one set, or the usual one."""

from __future__ import annotations

import json
from pathlib import Path

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import Folders

SETTINGS = "settings.json"
LARGEST_SETTINGS = 1 << 20


def library_of(folders: Folders, named: Path | None = None) -> Path:
    """Give the library that is named, or the person's own as set, or the system's usual one."""
    return named or _set_library(folders) or folders.library


def ensure_there(library: Path, folders: Folders) -> None:
    """KnownError if a library of the person's own is not there: its disk may be out.

    The usual one is made when it is needed.
    """
    if library != folders.library and not library.is_dir():
        raise KnownError(
            f"The library {library} is not there: put its disk in, or name another folder."
        )


def _set_library(folders: Folders) -> Path | None:
    """Look into the settings without touching them; whatever is wrong there, the window mends."""
    try:
        with (folders.data / SETTINGS).open("rb") as stream:
            entries = json.loads(stream.read(LARGEST_SETTINGS))
    except (OSError, ValueError, RecursionError):
        return None
    library = entries.get("library") if isinstance(entries, dict) else None
    return Path(library) if isinstance(library, str) and Path(library).is_absolute() else None
