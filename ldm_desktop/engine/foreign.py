"""Files that others wrote: where they may lie, how they are read, how trouble is told.

Whoever reads a model raises `ModelError` with a clause that names the file, the reason and the
way out; `explained` makes it one sentence that names the model.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError, ModelError


@contextlib.contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn whatever goes wrong with a model into one sentence that names it."""
    start = f"The model {describe(tidy(folder).name)} cannot be used"
    try:
        yield
    except ModelError as error:
        raise ModelError(f"{start}: {error}.") from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ModelError(
            f"{start}: a file of it cannot be read ({why}); check that its drive is connected."
        ) from error
    except MemoryError as error:
        raise ModelError(
            f"{start}: it does not fit into the free memory; close other programs."
        ) from error


def tidy(folder: Path) -> Path:
    """Make a path absolute and free of `..`, but follow no link: its name is the model's."""
    return Path(os.path.abspath(folder))  # noqa: PTH100 - pathlib keeps `..`


def inside(folder: Path, name: str, most: int) -> Path:
    """Give the path of a regular file of the folder, refusing links that lead out of it."""
    path = folder / name
    try:
        real = path.resolve(strict=True)
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(f"its file {name} is missing; get the model again") from None
    except RuntimeError:  # a loop of links, before Python 3.13
        raise ModelError(f"its file {name} is a link to itself; get the model again") from None
    if not real.is_relative_to(folder.resolve()):
        raise ModelError(
            f"its file {name} is a link that leads out of the folder; copy the real file there"
        )
    status = real.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ModelError(f"its {name} is not an ordinary file; get the model again")
    if status.st_size > most:
        raise ModelError(f"its file {name} is larger than {most:,} bytes; it is no such file")
    return path


def parse(text: bytes, what: str) -> dict[str, Any]:
    """Read a JSON object."""
    try:
        data = codec.parse(text, what)
    except KnownError as error:
        raise ModelError(f"{what} is not valid JSON; get the model again") from error
    if not isinstance(data, dict):
        raise ModelError(f"{what} holds no JSON object; get the model again")
    return data


def describe(value: Any) -> str:
    """Give a foreign value in one short line."""
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "…"
