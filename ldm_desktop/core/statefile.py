"""Small JSON files of the application's own: read if they can be, set aside whole if not."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import replace_durably

T = TypeVar("T")
LARGEST = 64 << 20


class NewerError(KnownError):
    """A later version of the program has written the file."""


def load(file: Path, version: int, parse: Callable[[Any], T]) -> tuple[T | None, str]:
    """Give what `parse` makes of a file's JSON object, or None and a notice.

    What cannot be used, because it is damaged or newer, is kept under another name.
    """
    try:
        return parse(_entries(file, version)), ""
    except FileNotFoundError:
        return None, ""
    except NewerError as error:
        return None, f"{error} {_set_aside(file, 'newer')}"
    except (KnownError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return None, f"{file.name} cannot be used: {reason} {_set_aside(file, 'damaged')}"


def _entries(file: Path, version: int) -> dict[str, Any]:
    with file.open("rb") as stream:
        text = stream.read(LARGEST)
    data = codec.parse(text, "It")
    if not isinstance(data, dict):
        raise codec.CodecError("It holds no entries.")
    found = data.pop("version", None)
    if type(found) is int and found > version:
        raise NewerError(f"{file.name} was written by a newer LDM Desktop.")
    if found != version or type(found) is not int:
        raise codec.CodecError("It does not say of which version it is.")
    return data


def _set_aside(file: Path, ending: str) -> str:
    names = (file.with_name(f"{file.name}.{ending}-{n}") for n in itertools.count(1))
    free = next(name for name in names if not os.path.lexists(name))
    try:
        file.rename(free)
    except OSError as error:
        return f"It could not be set aside either ({error.strerror}); usual values apply."
    return f"It was set aside as {free.name}; usual values apply."


def save(file: Path, version: int, value: object) -> None:
    """Write a value's fields durably; KnownError if the disk does not take them."""
    write(file, text_of(version, value))


def text_of(version: int, value: object) -> bytes:
    """Give the text of a value's fields, as `load` reads it."""
    entries = {"version": version, **codec.to_json(value)}
    # Escaped, so that half a character of a file name that is not UTF-8 can be written, too.
    return json.dumps(entries, indent=1, sort_keys=True, allow_nan=False).encode()


def write(file: Path, text: bytes) -> None:
    """Write a text durably, in a folder that is made if need be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_durably(file, text)
    except OSError as error:
        raise KnownError(f"{file} cannot be written: {error.strerror}.") from error
