"""What was recorded when a model came in: where from, and every file's size and SHA-256.

The record lies in the model's own folder, so that it moves with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ldm_desktop.core import codec, statefile
from ldm_desktop.core.errors import KnownError

RECORD = "ldm-desktop.json"
VERSION = 1
LARGEST = 1 << 20
CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}|")


@dataclass(frozen=True)
class RecordedFile:
    """One file of a model as it came in; `name` is its path in the folder, with slashes."""

    name: str
    bytes: int
    sha256: str

    def __post_init__(self) -> None:
        if not is_plain_name(self.name):
            raise ValueError(f"{self.name!r:.80} is no path inside a folder")
        if self.bytes < 0 or not _SHA256.fullmatch(self.sha256):
            raise ValueError(f"{self.name!r:.80} has no size and SHA-256")


@dataclass(frozen=True)
class ModelRecord:
    """Where a model came from and what it consisted of then.

    `source` is a repository of the hub ("" for a folder of one's own), `commit` its pinned
    revision; `converted` says whether published `.bin` files were made into safetensors.
    """

    source: str
    commit: str
    licence: str
    added: str
    files: tuple[RecordedFile, ...]
    fingerprint: str
    converted: bool

    def __post_init__(self) -> None:
        if not _COMMIT.fullmatch(self.commit):
            raise ValueError("its commit is no hash")


def is_plain_name(name: str) -> bool:
    """Say whether a name, with slashes, stays inside a folder on every system."""
    path = PurePosixPath(name)
    return (
        0 < len(name) <= 200
        and name.isprintable()
        and not set(name) & set('\\:*?"<>|')
        and not path.is_absolute()
        and str(path) == name
        and not any(part.startswith(".") or part[-1] in " ." for part in path.parts)
    )


def read(folder: Path) -> ModelRecord | None:
    """Give what was recorded, or None for a model that never was; KnownError if it is damaged."""
    file = folder / RECORD
    try:
        if file.is_symlink() or (file.exists() and not file.is_file()):
            raise KnownError(f"{RECORD} in {folder.name} is not an ordinary file.")
        with file.open("rb") as stream:
            text = stream.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KnownError(f"{RECORD} in {folder.name} cannot be read ({error.strerror}).") from error
    return _parsed(text, f"{RECORD} in {folder.name}")


def _parsed(text: bytes, what: str) -> ModelRecord:
    if len(text) > LARGEST:
        raise codec.CodecError(f"{what} is larger than any record; it is damaged.")
    data: Any = codec.parse(text, what)
    if not isinstance(data, dict):
        raise codec.CodecError(f"{what} holds no entries; it is damaged.")
    version = data.pop("version", None)
    if type(version) is int and version > VERSION:
        raise KnownError(f"{what} was written by a newer LDM Desktop; use that one.")
    if version != VERSION or type(version) is not int:
        raise codec.CodecError(f"{what} does not say of which version it is; it is damaged.")
    try:
        return codec.from_json(ModelRecord, data)
    except codec.CodecError as error:
        raise codec.CodecError(f"{what} is damaged: {error}") from error


def write(folder: Path, record: ModelRecord) -> None:
    """Write a model's record durably into its folder."""
    statefile.write(folder / RECORD, statefile.text_of(VERSION, record))


def sha256_of(path: Path, progress: Callable[[int], None] = lambda _count: None) -> str:
    """Hash a file; `progress` hears of each piece how many bytes it had."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            digest.update(piece)
            progress(len(piece))
    return digest.hexdigest()
