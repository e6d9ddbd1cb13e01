"""How everything that leaves the gallery gets its name: durable, whole, and replacing nothing."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

from ldm_desktop.core import paths
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.gallery import files


def keep(folder: Path, stem: str, ending: str, write: Callable[[Path], None]) -> Path:
    """Let a file be written, and give it the first name that is free in an existing folder."""
    names = itertools.chain([stem + ending], (f"{stem} ({n}){ending}" for n in itertools.count(2)))
    return _keep(folder, names, write)


def keep_as(file: Path, write: Callable[[Path], None]) -> Path:
    """Let a file be written under exactly this name, which must be free."""
    # Asked now, too, as the writing may take long.
    if os.path.lexists(file):
        raise _exists(file)
    try:
        return _keep(file.parent, iter([file.name]), write)
    except FileExistsError as error:
        raise _exists(file) from error


def _exists(file: Path) -> KnownError:
    return BadArgumentError(f"{file} exists and is not replaced: choose another name.")


def _keep(folder: Path, names: Iterator[str], write: Callable[[Path], None]) -> Path:
    with files.explained(folder, "be written to"), paths.part_file(folder / uuid4().hex) as part:
        write(part)
        _sync(part)
        final = files.place_first_free(part, folder, names)
        files.settle(final)
        return final


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
