"""The models at hand: those that ship with the application and those of the person."""

from __future__ import annotations

import json
from pathlib import Path

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.paths import Folders, resources

STARTER = "landscapes"
INDEX = "model_index.json"
FINGERPRINTS = "fingerprints.json"
"""The engine's file in the cache folder: {folder: {"fingerprint": …, "stamp": …}, …}."""
LARGEST_CACHE = 4 << 20


def model_folders(folders: Folders) -> dict[str, Path]:
    """Give the models that ship and those of the person, by name."""
    found = {}
    for place in (resources() / "models", folders.models):
        if place.is_dir():
            for index in sorted(place.glob(f"*/{INDEX}")):
                found[index.parent.name] = index.parent
    return found


def find_model(name: str, folders: Folders) -> Path:
    """Give the folder of a model by its name or path."""
    known = model_folders(folders)
    if name in known:
        return known[name]
    if Path(name).is_dir():
        return Path(name)
    names = ", ".join(known) or "none"
    raise BadArgumentError(
        f"There is no model {name!r}: give the folder of one, or a name at hand ({names})."
    )


def cached_fingerprints(cache: Path) -> dict[str, str]:
    """Give by folder what models were when an engine last read them; only a hint."""
    try:
        with (cache / FINGERPRINTS).open("rb") as stream:
            known = json.loads(stream.read(LARGEST_CACHE))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        folder: entry["fingerprint"]
        for folder, entry in known.items()
        if isinstance(entry, dict) and isinstance(entry.get("fingerprint"), str)
    }
