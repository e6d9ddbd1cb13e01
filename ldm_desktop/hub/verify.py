"""Whether a model is still what came in: every file is read again from the disk and compared.

Of a model that was recorded, one other bit in a gigabyte is found and its file named. Of one that
never was, nobody knows which bits are right.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ldm_desktop.hub.record import RECORD, ModelRecord, RecordedFile, sha256_of

Tell = Callable[[str, int], None]
LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}


class What(StrEnum):
    """What is wrong with a file."""

    MISSING = "missing"
    CHANGED = "changed"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"
    BROKEN = "broken"


@dataclass(frozen=True)
class Problem:
    """A file that is not as it should be; `file` is its path in the model's folder."""

    file: str
    what: What
    sentence: str


def verify(folder: Path, record: ModelRecord, tell: Tell) -> tuple[Problem, ...]:
    """Compare every file of a model with what was recorded."""
    known = {file.name: file for file in record.files}
    there = set(_files(folder))
    problems = []
    for file in known.values():
        problem = _compare(folder, file, tell)
        if problem:
            problems.append(problem)
    for name in sorted(there - known.keys()):
        sentence = f"{name} was not there when the model came in; nothing needs it."
        problems.append(Problem(name, What.FOREIGN, sentence))
    return tuple(problems)


def _files(folder: Path) -> Iterator[str]:
    """Give what is in a folder, following no links."""
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*files, *links):
            path = (Path(place) / name).relative_to(folder).as_posix()
            if path != RECORD and name not in LEFT_BY_SYSTEMS:
                yield path


def _compare(folder: Path, file: RecordedFile, tell: Tell) -> Problem | None:
    path = folder / file.name
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return _problem(file, What.CHANGED, "is no ordinary file any more")
        if status.st_size != file.bytes:
            sizes = f"has {status.st_size:,} bytes and had {file.bytes:,}"
            return _problem(file, What.CHANGED, sizes)
        _forget(path)
        digest = sha256_of(path, lambda count: tell(file.name, count))
    except (FileNotFoundError, NotADirectoryError):
        return _problem(file, What.MISSING, "is missing")
    except OSError as error:
        why = f"cannot be read ({error.strerror}); its disk may be failing"
        return _problem(file, What.UNREADABLE, why)
    if digest != file.sha256:
        return _problem(file, What.CHANGED, "has other bits than when it came in")
    return None


def _problem(file: RecordedFile, what: What, why: str) -> Problem:
    if file.name.endswith((".safetensors", ".json", ".bin")):
        advice = "get the model again, or put the file back from a copy"
    else:
        advice = "no picture depends on it"
    return Problem(file.name, what, f"{file.name} {why}: {advice}.")


def _forget(path: Path) -> None:
    """Let the system forget what it has read of a file, so that the disk itself is read."""
    if not hasattr(os, "posix_fadvise"):
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
