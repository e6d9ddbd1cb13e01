"""The folder of models: how one that is complete comes in, and how one goes.

    models/.incoming/NAME.adding/   a copy that is being written; nobody else looks there
    models/NAME/                    a model: whole and recorded, as it comes in by one rename

Whatever ends the program at whatever moment, what lies under a model's name is whole. What was
left behind is swept away by the next who brings a model in.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.hub.record import ModelRecord, RecordedFile, sha256_of, write

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

INCOMING = ".incoming"
ENDING = ".adding"
LOCK = "lock"
HALF = "-half"
SPARE_BYTES = 64 << 20
LONGEST_NAME = 80


@dataclass(frozen=True)
class Origin:
    """Where a model comes from: a repository of the hub and its commit, or neither."""

    source: str = ""
    commit: str = ""
    licence: str = ""


@contextlib.contextmanager
def staging(models: Path, name: str) -> Iterator[Path]:
    """Give an empty folder for a model on the disk of the others; afterwards it is gone.

    Only one model comes in at a time.
    """
    incoming = models / INCOMING
    paths.make_folder(incoming)
    with locked(incoming / LOCK):
        for left in incoming.glob(f"*{ENDING}"):
            shutil.rmtree(left, ignore_errors=True)
        folder = incoming / f"{name}{ENDING}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep other processes of ours out; KnownError if one is in. It goes with its process."""
    with file.open("ab") as stream:
        try:
            if sys.platform == "win32":
                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            raise KnownError(
                "Another model is just coming in; try again when that is done."
            ) from error
        except OSError:
            # A disk without locks: then nobody can be kept out.
            pass
        yield


def check_room(models: Path, size: int) -> None:
    """Refuse what would not fit on the disk."""
    paths.make_folder(models)
    free = shutil.disk_usage(models).free
    if size + SPARE_BYTES > free:
        raise KnownError(
            f"The model needs {size >> 20:,} MB and the disk of {models} has {free >> 20:,} MB "
            "free: free some space, or choose another folder for models."
        )


def seal(
    folder: Path,
    origin: Origin,
    fingerprint: str,
    *,
    converted: bool,
    tell: Callable[[str, int], None],
) -> ModelRecord:
    """Hash every file of a staged model and write the record beside them."""
    names = sorted(path for path in folder.rglob("*") if path.is_file())
    record = ModelRecord(
        source=origin.source,
        commit=origin.commit,
        licence=origin.licence,
        added=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        files=tuple(_recorded(folder, path, tell) for path in names),
        fingerprint=fingerprint,
        converted=converted,
    )
    write(folder, record)
    for inner in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        paths.sync_folder(inner)
    return record


def _recorded(folder: Path, path: Path, tell: Callable[[str, int], None]) -> RecordedFile:
    name = path.relative_to(folder).as_posix()
    digest = sha256_of(path, lambda count: tell(name, count))
    return RecordedFile(name, path.stat().st_size, digest)


def place(staged: Path, models: Path, name: str) -> Path:
    """Give a staged model its name, or that with a number if another has it; durable on return."""
    final = models / free_name(models, name)
    staged.rename(final)
    paths.sync_folder(models)
    return final


def free_name(models: Path, name: str) -> str:
    """Give the name, or the first with a number that no other model has."""
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    return next(one for one in names if not os.path.lexists(models / one))


def plain_name(text: str) -> str:
    """Make a folder's name one that every system takes and that no path can hide in."""
    plain = unicodedata.normalize("NFC", text)
    plain = re.sub(r"[^\w.()+ -]", "_", plain)
    return plain.strip(" .")[:LONGEST_NAME].strip(" .") or "model"


def erase(folder: Path, models: Path) -> None:
    """Delete a model for good; interrupted, it is no half model but none."""
    incoming = models / INCOMING
    paths.make_folder(incoming)
    hidden = incoming / f"{uuid4().hex}{ENDING}"
    folder.rename(hidden)
    paths.sync_folder(models)
    shutil.rmtree(hidden, ignore_errors=True)
