"""Galleries to test with: rows of pictures that need no files, or small real ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QColor, QImage
from samples import ENVIRONMENT, recipe_of

from ldm_desktop.core import paths
from ldm_desktop.gallery.index import database
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Facts, Made, Origin

SIZE = (64, 48)


def id_of(number: int) -> UUID:
    """Give the id of a picture."""
    return UUID(int=(0x5F3A << 112) + number)


def file_of(number: int) -> Path:
    """Give the place of a picture in the library."""
    return Path(f"2026-11-{1 + number % 28:02}") / f"starter seed {number}.png"


def facts_of(number: int, parents: tuple[UUID, ...] = ()) -> Facts:
    """Give what the file of a picture would say."""
    recipe = recipe_of(number, size=(64, 64))
    created = f"2026-11-{1 + number % 28:02}T10:00:{number % 60:02}+00:00"
    pixels = hashlib.sha256(b"%d" % number).hexdigest()
    made = Made(
        Origin.OWN,
        created,
        recipe,
        ENVIRONMENT,
        parents,
        1.5,
        number,
        recipe.model.name,
        "ddim",
        recipe.steps,
    )
    return Facts(id_of(number), made, *SIZE, pixels, pixels, number, 1000 + number, 1)


@dataclass(frozen=True)
class Sample:
    """A gallery on disk: `data` is the application's folder."""

    data: Path
    library: Path

    @property
    def database(self) -> Path:
        """The database's file."""
        return paths.gallery_database(self.data, self.library)

    def store(self) -> Store:
        """Open the gallery as another process would."""
        opened = database.open_database(self.database)
        return Store(opened.connection, self.library)


def make(folder: Path, count: int, *, files: bool = False) -> Sample:
    """Make a gallery of so many pictures."""
    sample = Sample(folder / "data", folder / "library")
    for place in (sample.data, sample.library):
        place.mkdir(parents=True)
    store = sample.store()
    store.add_many(_items(count))
    store.connection.close()
    for number in range(count if files else 0):
        write(sample.library / file_of(number), number)
    return sample


def _items(count: int) -> Iterator[tuple[Facts, Path, Annotation | None]]:
    for number in range(count):
        parents = (id_of(number - 1),) if number % 10 == 1 else ()
        yield facts_of(number, parents), file_of(number), None


def write(file: Path, number: int) -> None:
    """Write a small picture of one colour."""
    file.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number * 37 % 360, 150, 200))
    assert image.save(str(file))
