"""What a process does with a gallery until it is killed: it says before and after every deed."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

from samples import ENVIRONMENT, recipe_of

from ldm_desktop.core import paths
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.rebuild import rebuild
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.index import bin as trash_bin
from ldm_desktop.gallery.index import database, schema
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.gallery.records import Change, State

SIDE = 8
NEXT_SCHEMA = """
    ALTER TABLE pictures ADD COLUMN mood TEXT NOT NULL DEFAULT '';
    UPDATE pictures SET mood = 'calm ' || number;
    CREATE INDEX pictures_mood ON pictures (mood);
"""


class Life:
    """One process's deeds, drawn at random; `say` takes lines like `rated <id> 4`."""

    def __init__(self, folder: Path, chance: int, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._random = random.Random(chance)
        self._say = say
        self._keeper = LibraryKeeper(library_of(folder), folder)
        self._store = open_store(folder)
        self._deeds: dict[Callable[[], None], int] = {
            self._save: 5,
            self._rate: 6,
            self._trash: 2,
            self._put_back: 2,
            self._flush: 2,
            self._refresh: 1,
            self._rebuild: 1,
            self._back_up: 1,
        }

    def live(self) -> None:
        """Do one thing after another, for ever."""
        deeds, weights = list(self._deeds), list(self._deeds.values())
        self._say("ready")
        while True:
            self._random.choices(deeds, weights)[0]()

    def _save(self) -> None:
        picture = new_picture(self._random)
        self._keeper.save(picture)
        self._say(f"saved {picture.record.id} {picture.record.pixels_sha256}")

    def _rate(self) -> None:
        if not (chosen := self._some(State.PRESENT)):
            return
        stars = self._random.randrange(6)
        words = " ".join(map(str, chosen))
        self._say(f"rating {stars} {words}")
        self._store.annotate(chosen, Change(rating=stars, note=f"{stars} of 5"))
        self._say(f"rated {stars} {words}")

    def _trash(self) -> None:
        if chosen := self._some(State.PRESENT):
            trash_bin.trash(self._store, chosen, move_to(trash_of(self._folder)))

    def _put_back(self) -> None:
        if chosen := self._some(State.TRASHED):
            trash_bin.put_back(self._store, chosen)

    def _flush(self) -> None:
        flush(self._store)

    def _refresh(self) -> None:
        refresh(self._store)

    def _rebuild(self) -> None:
        rebuild(self._store)

    def _back_up(self) -> None:
        database.back_up(self._store.connection)

    def _some(self, state: State) -> list[UUID]:
        known = [each.id for each in self._store.files() if each.state is state]
        return self._random.sample(known, min(len(known), self._random.randint(1, 3)))


class Migrating(Life):
    """Opens the gallery as the next version of the program does."""

    def __init__(self, folder: Path, chance: int, say: Callable[[str], None]) -> None:
        say("ready")
        grow_older()
        super().__init__(folder, chance, say)


def grow_older() -> None:
    """Let this process be of a version that has one more migration."""
    schema.MIGRATIONS = (*schema.MIGRATIONS, NEXT_SCHEMA)
    schema.VERSION = len(schema.MIGRATIONS)


def library_of(folder: Path) -> Path:
    """Give where the pictures are."""
    return folder / "library"


def database_of(folder: Path) -> Path:
    """Give where the index is."""
    return paths.gallery_database(folder, library_of(folder))


def trash_of(folder: Path) -> Path:
    """Give where trashed files go."""
    return folder / "trash"


def open_store(folder: Path) -> Store:
    """Open the gallery as every start does."""
    store = Store(database.open_database(database_of(folder)).connection, library_of(folder))
    trash_bin.settle(store)
    return store


def move_to(trash: Path) -> Callable[[Path], str]:
    """Give a trash that takes files and says where they went, as the system's does."""

    def move(file: Path) -> str:
        place = trash / f"{uuid4().hex} {file.name}"
        file.rename(place)
        return os.fspath(place)

    return move


def new_picture(chance: random.Random) -> Picture:
    """Make a small picture that no other has the pixels of."""
    frame = Frame(SIDE, SIDE, chance.randbytes(SIDE * SIDE * 3))
    recipe = replace(recipe_of(chance.randrange(2**32)), size=(SIDE, SIDE))
    day = chance.randrange(1, 28)
    made = f"2026-11-{day:02}T12:00:00+00:00"
    return Picture(PictureRecord(uuid4(), recipe, ENVIRONMENT, frame.sha256, made, 0.1), frame)
