"""Which model this is: one number for its weights and the settings that change its pictures.

The fingerprint is the SHA-256 of, in this order,

    the line `ldm-desktop model 1`;
    a line of canonical JSON, {"unet": {…}, "vae": {…}}: of each the class and every setting of
    its configuration that changes pixels and differs from its default (`configs.of_pixels`);
    for each tensor of the two, sorted by `unet.` or `vae.` and its current name: a line of
    canonical JSON, [name, dtype, shape], and its bytes, row by row, little-endian.

So a model converted from `.bin` to safetensors, or from the old attention names to the current
ones, keeps its fingerprint; one bit of a weight or another `norm_eps` changes it. The schedule
stands in each recipe and is no part of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

import torch

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import replace_durably
from ldm_desktop.engine import configs, pickled, weights
from ldm_desktop.engine.folder import ModelFolder, Part, read_folder
from ldm_desktop.engine.foreign import explained
from ldm_desktop.engine.weights import Entry

FORMAT = "ldm-desktop model 1"
CACHE = "fingerprints.json"
MOST_CACHED = 1000

Stamp = list[list[Any]]


def fingerprint(folder: Path, cache: Path) -> str:
    """Give a model's fingerprint without building it."""
    with explained(folder):
        described = read_folder(folder)
        return look_up(described, cache) or _compute(described, cache)


def read_entries(part: Part) -> dict[str, Entry]:
    """Give what a part's weights file holds, under current names, sorted."""
    is_bin = part.weights.suffix == ".bin"
    entries = (pickled.read_bin if is_bin else weights.read_safetensors)(part.weights)
    return weights.current_names(entries, weights.in_words(part.weights))


class Digest:
    """The fingerprint while it is computed, tensor by tensor."""

    def __init__(self, folder: ModelFolder) -> None:
        self._hash = hashlib.sha256(f"{FORMAT}\n".encode())
        settings = {part.name: _settings(part) for part in (folder.unet, folder.vae)}
        self._line(settings)

    def add(self, part: Part, name: str, tensor: torch.Tensor) -> None:
        """Add the next tensor, contiguous and as it was stored."""
        dtype = str(tensor.dtype).removeprefix("torch.")
        self._line([f"{part.name}.{name}", dtype, list(tensor.shape)])
        self._hash.update(tensor.flatten().view(torch.uint8).numpy().data)

    def finish(self) -> str:
        """Give the fingerprint in hex digits."""
        return self._hash.hexdigest()

    def _line(self, value: Any) -> None:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
        self._hash.update(text.encode() + b"\n")


def _settings(part: Part) -> dict[str, Any]:
    table = configs.CLASSES[part.class_name]
    return {"class": part.class_name, **configs.of_pixels(table, part.config)}


def _compute(folder: ModelFolder, cache: Path) -> str:
    before = stamp(folder)
    digest = Digest(folder)
    for part in (folder.unet, folder.vae):
        entries = read_entries(part)
        with part.weights.open("rb", buffering=0) as stream:
            for name, entry in entries.items():
                digest.add(part, name, weights.read_tensor(stream, name, entry, _ignore))
    remember(folder, before, cache, digest.finish())
    return digest.finish()


def _ignore(count: int) -> None:
    """Nobody waits for the progress of a fingerprint."""


def stamp(folder: ModelFolder) -> Stamp:
    """Give what shows whether a model's files are still the same."""
    stats = [(file, file.stat()) for file in folder.files]
    rows = [
        [file.name, s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns]
        for file, s in stats
    ]
    return [[FORMAT], *rows]


def present_stamp(folder: Path) -> Stamp:
    """Give the stamp of what is in a folder now; empty if that is no model."""
    try:
        return stamp(read_folder(folder))
    except (KnownError, OSError):
        return []


def look_up(folder: ModelFolder, cache: Path) -> str | None:
    """Give the fingerprint if it was computed since the files last changed."""
    match _read(cache).get(str(folder.path)):
        case {"stamp": list(known), "fingerprint": str(value)} if known == stamp(folder):
            return value if len(value) == 64 else None
    return None


def remember(folder: ModelFolder, before: Stamp, cache: Path, value: str) -> None:
    """Keep a fingerprint, if the files are still those it was computed from."""
    if stamp(folder) != before:
        return
    known = _read(cache)
    known.pop(str(folder.path), None)
    newest = dict(list(known.items())[1 - MOST_CACHED :])
    newest[str(folder.path)] = {"stamp": before, "fingerprint": value}
    # A cache that cannot be written costs time at the next start, nothing else.
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        replace_durably(cache / CACHE, json.dumps(newest, indent=1).encode())


def _read(cache: Path) -> dict[str, Any]:
    try:
        with (cache / CACHE).open("rb") as stream:
            known = json.loads(stream.read(2**22))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}
