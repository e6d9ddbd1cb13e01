"""A model's copy for this program: read whole and checked, pickles made into safetensors, once.

`check` reads everything and keeps nothing. `write_copy` writes what the program needs of a model,
and nothing else of its folder, into an empty one: tensor by tensor, under today's names, as
published or in half the size. One tensor is in memory at a time. Neither changes the model, so
whoever is interrupted throws the half-written copy away and begins again.

The safetensors format (github.com/huggingface/safetensors): the length of the header as 64 bits,
the header as JSON, then the tensors' bytes without gaps. Its own writer wants all of them at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from ldm_desktop.core.errors import KnownError, ModelError
from ldm_desktop.engine import fingerprints, weights
from ldm_desktop.engine.fingerprints import Digest, Stamp
from ldm_desktop.engine.folder import INDEX, MOST_TEXT, WEIGHTS, ModelFolder, read_folder
from ldm_desktop.engine.foreign import explained, inside
from ldm_desktop.engine.models import Prepared, prepare
from ldm_desktop.engine.weights import CHUNK, Entry

Tell = Callable[[str, int], None]
"""Hears of a file's name, and of its bytes as they are done."""
CPU = torch.device("cpu")
HALF = torch.float16
SCHEDULER = "scheduler/scheduler_config.json"
REMARKS = ("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt")
_NAMES = {dtype: name for name, dtype in weights.DTYPES.items()}


@dataclass(frozen=True)
class Checked:
    """A model that was read whole: all its values are finite and it fits together.

    `bytes` and `half_bytes` are what a copy takes; `pickled` says whether it has `.bin` files.
    """

    fingerprint: str
    pickled: bool
    bytes: int
    half_bytes: int
    stamp: Stamp


def check(folder: Path, tell: Tell) -> Checked:
    """Read a whole model and keep nothing of it; ModelError says why it could not be used."""
    with explained(folder):
        described = read_folder(folder)
        before = fingerprints.stamp(described)
        parts = _prepared(described)
        digest = Digest(described)
        for prepared in parts:
            for name, tensor in _tensors(prepared, tell):
                digest.add(prepared.part, name, tensor)
    entries = [entry for prepared in parts for entry in prepared.entries.values()]
    return Checked(
        digest.finish(),
        any(prepared.part.weights.suffix == ".bin" for prepared in parts),
        sum(entry.bytes for entry in entries),
        sum(entry.bytes // entry.dtype.itemsize * 2 for entry in entries),
        before,
    )


def size(folder: Path) -> int:
    """Give the bytes that `check` reads, before it does."""
    with explained(folder):
        described = read_folder(folder)
        return sum(part.weights.stat().st_size for part in (described.unet, described.vae))


def note(folder: Path, checked: Checked, cache: Path) -> None:
    """Spare the engine the reading of a model that was checked, if it is still the same."""
    fingerprints.remember(read_folder(folder), checked.stamp, cache, checked.fingerprint)


def write_copy(folder: Path, target: Path, *, half: bool, own: bool, tell: Tell) -> None:
    """Write a model's copy into an empty folder, durably; `half` of 32 bits stores 16.

    Files that stay as they are get a second name where the disk can do that and they are `own`:
    nobody else will change them.
    """
    with explained(folder):
        described = read_folder(folder)
        for name in _texts(described):
            _write_text(inside(described.path, name, MOST_TEXT), target / name)
        for prepared in _prepared(described):
            source = prepared.part.weights
            place = target / source.parent.name / WEIGHTS[0]
            if half or source.suffix == ".bin":
                _write_weights(prepared, place, half, tell)
            elif not (own and _linked(source, place)):
                _copy(source, place, tell)


def _prepared(folder: ModelFolder) -> tuple[Prepared, ...]:
    return tuple(prepare(part) for part in (folder.unet, folder.vae))


def _texts(folder: ModelFolder) -> Iterator[str]:
    yield from (INDEX, SCHEDULER)
    for part in (folder.unet, folder.vae):
        yield part.config_file.relative_to(folder.path).as_posix()
    for name in REMARKS:
        # No more than remarks: one that is too large, or leads elsewhere, is left behind.
        with contextlib.suppress(ModelError, OSError):
            inside(folder.path, name, MOST_TEXT)
            yield name


def _tensors(prepared: Prepared, tell: Tell) -> Iterator[tuple[str, torch.Tensor]]:
    """Read a part's tensors by name, as they were stored, refusing values that are not finite."""
    file = weights.in_words(prepared.part.weights)
    with prepared.part.weights.open("rb", buffering=0) as stream:
        for name, entry in prepared.entries.items():
            tensor = weights.read_tensor(stream, name, entry, lambda count: tell(file, count))
            yield name, weights.placed(tensor, name, entry.dtype, CPU, False)


def _write_weights(prepared: Prepared, place: Path, half: bool, tell: Tell) -> None:
    """Write a part's weights as safetensors, in the order of their names."""
    types = {name: _type(entry, half) for name, entry in prepared.entries.items()}
    with _written(place) as write:
        write(_header(prepared, types))
        for name, tensor in _tensors(prepared, tell):
            stored = weights.placed(tensor, name, types[name], CPU, False)
            write(stored.flatten().view(torch.uint8).numpy().data)


def _type(entry: Entry, half: bool) -> torch.dtype:
    return HALF if half and entry.dtype.itemsize > HALF.itemsize else entry.dtype


def _header(prepared: Prepared, types: dict[str, torch.dtype]) -> bytes:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, entry in prepared.entries.items():
        begin, end = end, end + entry.bytes // entry.dtype.itemsize * types[name].itemsize
        header[name] = {
            "dtype": _NAMES[types[name]],
            "shape": list(entry.shape),
            "data_offsets": [begin, end],
        }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text


def _write_text(source: Path, place: Path) -> None:
    with source.open("rb") as stream:
        text = stream.read(MOST_TEXT)
    with _written(place) as write:
        write(text)


def _linked(source: Path, place: Path) -> bool:
    try:
        place.parent.mkdir(exist_ok=True)
        os.link(source, place)
    except OSError:
        # Some disks know no second names.
        return False
    return True


def _copy(source: Path, place: Path, tell: Tell) -> None:
    file = weights.in_words(source)
    with source.open("rb") as stream, _written(place) as write:
        while piece := stream.read(CHUNK):
            write(piece)
            tell(file, len(piece))


@contextlib.contextmanager
def _written(place: Path) -> Iterator[Callable[[bytes | memoryview], None]]:
    """Give what writes to a new file, which is on the disk at the end."""

    def write(data: bytes | memoryview) -> None:
        rest = memoryview(data)
        with _writing(place):
            while rest:
                rest = rest[stream.write(rest) :]

    with _writing(place):
        place.parent.mkdir(exist_ok=True)
        opened = place.open("xb", buffering=0)
    with opened as stream:
        yield write
        with _writing(place):
            os.fsync(stream.fileno())


@contextlib.contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Say of trouble that it was with the copy, not with the model."""
    try:
        yield
    except OSError as error:
        raise KnownError(
            f"{place.parent.name}/{place.name} cannot be written ({error.strerror}): free some "
            "space, or choose another folder for models."
        ) from error
