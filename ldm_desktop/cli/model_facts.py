"""What is known of a model at hand, as `models list` and the `done` of those that bring one in say.

Only small files are read, and torch is not imported: a list is there at once.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ldm_desktop.cli import checked, samples
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.model_folders import cached_fingerprints
from ldm_desktop.core.paths import Folders
from ldm_desktop.engine.folder import read_folder
from ldm_desktop.engine.foreign import explained
from ldm_desktop.hub import record
from ldm_desktop.hub.record import ModelRecord

LARGEST_CARD = 1 << 16


def facts(folder: Path, folders: Folders) -> dict[str, Any]:
    """Describe a model; of a broken one, what is wrong with it."""
    entry: dict[str, Any] = {"name": folder.name, "folder": str(folder)}
    entry["shipped"] = folder.parent != folders.models
    try:
        with explained(folder):
            described = read_folder(folder)
            card = described.card("0" * 64)
            size = sum(file.stat().st_size for file in described.files)
        recorded = record.read(folder)
    except KnownError as error:
        return {**entry, "error": str(error)}
    entry |= {"size": list(card.size), "bytes": size}
    entry |= {"checked": checked.when(folder, folders.cache)}
    entry |= {"licence": card.licence, "source": card.ref.source, "commit": "", "added": ""}
    if recorded:
        entry |= {"commit": recorded.commit, "added": recorded.added}
        entry["licence"] = recorded.licence or card.licence
        entry["source"] = recorded.source or card.ref.source
    return {**entry, **_identity(folder, recorded, folders), "state": _state(folder, recorded)}


def _identity(folder: Path, recorded: ModelRecord | None, folders: Folders) -> dict[str, Any]:
    """Give the fingerprint as far as it is known, and the samples that were made of it."""
    cached = cached_fingerprints(folders.cache).get(str(folder.absolute()), "")
    fingerprint = recorded.fingerprint if recorded else cached
    place = samples.folder_of(fingerprint or "unknown", folders.cache)
    pictures = sorted(place.glob("seed-*.png"), key=lambda file: (len(file.name), file.name))
    return {
        "fingerprint": fingerprint,
        "samples": [str(file) for file in pictures],
        "seconds_a_picture": _card(place / samples.CARD),
    }


def _card(file: Path) -> dict[str, Any] | None:
    try:
        with file.open("rb") as stream:
            card = json.loads(stream.read(LARGEST_CARD))
    except (OSError, ValueError, RecursionError):
        return None
    return card if isinstance(card, dict) else None


def _state(folder: Path, recorded: ModelRecord | None) -> str:
    """Say whether the files still have their sizes; `models verify` compares every byte."""
    if not recorded:
        return "unrecorded"
    whole = all(_size(folder / file.name) == file.bytes for file in recorded.files)
    return "recorded" if whole else "changed"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
