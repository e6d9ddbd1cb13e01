"""Facts of pictures that need no files, and stores that hold them."""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from samples import ENVIRONMENT, recipe_of

from ldm_desktop.gallery.index.database import open_database
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Facts, Flag, Label, Made, Origin

CREATED = "2026-11-23T06:30:00+00:00"
LOVED = Annotation(5, Flag.PICKED, Label.RED, ("blue hour", "sea"), ("Best",), "Look at the sky.")


def id_of(number: int) -> UUID:
    """Give the id of an example."""
    return UUID(int=number << 96, version=4)


def made_of(seed: int = 3, **changes: Any) -> Made:
    """Say how an example of ours was made."""
    entries: dict[str, Any] = {
        "origin": Origin.OWN,
        "created": CREATED,
        "recipe": recipe_of(seed),
        "environment": ENVIRONMENT,
        "seconds": 1.5,
        "seed": seed,
        "model": "landscapes",
        "sampler": "ddim",
        "steps": 20,
    }
    return Made(**entries | changes)


def facts_of(number: int = 3, made: Made | None = None, **changes: Any) -> Facts:
    """Give the facts of an example, each number's with pixels and bytes of its own."""
    entries: dict[str, Any] = {
        "id": id_of(number),
        "made": made or made_of(number),
        "width": 16,
        "height": 8,
        "pixels": hashlib.sha256(b"pixels %d" % number).hexdigest(),
        "bytes": hashlib.sha256(b"bytes %d" % number).hexdigest(),
        "look": number,
        "size": 1000 + number,
        "mtime_ns": 10**18 + number,
    }
    return Facts(**entries | changes)


def file_of(number: int = 3) -> Path:
    """Give the place of an example in the library."""
    return Path("2026-11-23", f"landscapes seed {number} 5f3a9c21.png")


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """Open the store of a library in a folder, with the database beside it."""
    library = folder / "library"
    library.mkdir(exist_ok=True)
    connection = open_database(folder / "gallery.db").connection
    try:
        yield Store(connection, library)
    finally:
        connection.close()


def filled(store: Store, *numbers: int) -> list[int]:
    """Add examples; gives their rows."""
    return [store.add(facts_of(number), file_of(number)) for number in numbers]


def words(store: Store, query: str) -> list[int]:
    """Search the words."""
    found = store.connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (query,))
    return [row[0] for row in found.fetchall()]


def make_database(file: Path, count: int = 1) -> None:
    """Make a database of pictures with four stars, and close it."""
    connection = open_database(file).connection
    said = Annotation(rating=4)
    Store(connection, file.parent).add_many(
        (facts_of(number), file_of(number), said) for number in range(count)
    )
    connection.close()


def spoil(file: Path) -> None:
    """Overwrite the middle of a database."""
    data = bytearray(file.read_bytes())
    data[4096:-4096] = random.Random(3).randbytes(len(data) - 8192)
    file.write_bytes(data)
