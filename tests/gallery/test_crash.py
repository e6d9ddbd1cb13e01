"""A gallery whose processes are killed at any moment loses nothing.

    pytest tests/gallery/test_crash.py --kills 2000

Each round forks a process that saves, rates, trashes, migrates and rebuilds at random, kills it
with SIGKILL at a random moment, and then repairs and looks through everything that is left.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
sys.path.insert(0, str(Path(__file__).parent))

from crash_life import (  # noqa: E402
    Life,
    Migrating,
    database_of,
    grow_older,
    library_of,
    open_store,
    trash_of,
)

from ldm_desktop.gallery import files, sidecar  # noqa: E402
from ldm_desktop.gallery.care.flush import flush  # noqa: E402
from ldm_desktop.gallery.care.verify import verify  # noqa: E402
from ldm_desktop.gallery.index import schema  # noqa: E402
from ldm_desktop.gallery.index.store import Store  # noqa: E402
from ldm_desktop.gallery.records import State  # noqa: E402

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["crash_life"])
ROUNDS = 20
"""Kills that one gallery lives through, so that what one leaves is there for the next."""
LONGEST = 0.25
PATIENCE = 60.0


@dataclass
class Told:
    """What the killed processes have said: nothing of it may be lost."""

    saved: dict[UUID, str] = field(default_factory=dict)
    stars: dict[UUID, set[int]] = field(default_factory=dict)

    def hear(self, line: str) -> None:
        """Take a line; what was begun may be as before or as meant, until its end is told."""
        deed, first, *ids = line.split()
        if deed == "saved":
            self.saved[UUID(first)] = ids[0]
            self.stars[UUID(first)] = {0}
        for each in map(UUID, ids) if deed in ("rating", "rated") else ():
            before = self.stars.setdefault(each, {0}) if deed == "rating" else set()
            self.stars[each] = before | {int(first)}


def live(kind: type[Life], folder: Path, chance: int, channel: Connection) -> None:
    """Be the process that is killed."""
    kind(folder, chance, lambda line: channel.send_bytes(line.encode())).live()


def test_what_is_killed_at_any_moment_loses_nothing(tmp_path: Path, kills: int) -> None:
    for number in range(-(-kills // ROUNDS)):
        rounds = min(ROUNDS, kills - number * ROUNDS)
        with pytest.MonkeyPatch.context() as patches:
            live_through(tmp_path / str(number), rounds, random.Random(number), patches)


def live_through(
    folder: Path, rounds: int, chance: random.Random, patches: pytest.MonkeyPatch
) -> None:
    """Let one gallery live through some kills; half way the next version of the program comes."""
    for part in (library_of(folder), trash_of(folder)):
        part.mkdir(parents=True)
    told = Told()
    kind: type[Life] = Life
    for turn in range(rounds):
        if turn == rounds // 2:
            kind = Migrating
            kill_one(kind, folder, chance, told)
            patches.setattr(schema, "MIGRATIONS", schema.MIGRATIONS)
            patches.setattr(schema, "VERSION", schema.VERSION)
            grow_older()
        else:
            kill_one(kind, folder, chance, told)
        look_through(folder, told)


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """Say how often to kill."""
    return int(request.config.getoption("--kills"))


def kill_one(kind: type[Life], folder: Path, chance: random.Random, told: Told) -> None:
    """Let a process live for a moment, kill it, and hear what it had to say."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    work: Any = (kind, folder, chance.randrange(2**32), theirs)
    process = CONTEXT.Process(target=live, args=work, daemon=True)
    process.start()
    theirs.close()
    assert ours.poll(PATIENCE)
    assert ours.recv_bytes() == b"ready"
    process.join(chance.uniform(0, LONGEST))
    assert process.exitcode is None, "it ended by itself"
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join(PATIENCE)
    while heard := receive(ours):
        if heard != "ready":
            told.hear(heard)
    ours.close()


def receive(channel: Connection) -> str:
    """Give the next line, or nothing at the end."""
    try:
        return channel.recv_bytes().decode()
    except (EOFError, OSError):
        return ""


def look_through(folder: Path, told: Told) -> None:
    """Open the gallery as the next start does, repair it, and miss nothing."""
    store = open_store(folder)
    verify(store, repair=True)
    flush(store)
    try:
        check_pictures(store, folder, told)
        check_rows(store)
        check_stars(store, told)
        check_sidecars(store)
    finally:
        store.connection.close()


def check_pictures(store: Store, folder: Path, told: Told) -> None:
    """Every picture that was said to be saved is whole, in the library or in the trash."""
    whole = {}
    for place in (library_of(folder), trash_of(folder)):
        for file in place.rglob("*.png"):
            picture = files.read(file)
            assert files.is_intact(picture)
            whole[picture.record.id] = picture.record.pixels_sha256
    assert told.saved.items() <= whole.items()


def check_rows(store: Store) -> None:
    """No row without its file, and no file without its row."""
    rows = {each.file for each in store.files() if each.state is not State.TRASHED}
    there = {file.relative_to(store.library) for file in store.library.rglob("*.png")}
    assert rows == there


def check_stars(store: Store, told: Told) -> None:
    """No rating is lost that was shown as saved."""
    for picture, stars in told.stars.items():
        annotation = store.annotation(picture)
        assert annotation.rating in stars
        told.stars[picture] = {annotation.rating}
        if annotation.note:
            assert annotation.note == f"{annotation.rating} of 5"


def check_sidecars(store: Store) -> None:
    """What the database says is in the files, too."""
    for known in store.files():
        said = store.annotation(known.id)
        if known.state is State.PRESENT and said.note:
            kept = sidecar.read(sidecar.sidecar_of(store.library / known.file))
            assert kept
            assert (kept.id, kept.annotation) == (known.id, said)


def test_a_gallery_without_its_database_is_made_again_from_the_files(
    tmp_path: Path, kills: int
) -> None:
    for part in (library_of(tmp_path), trash_of(tmp_path)):
        part.mkdir()
    told = Told()
    for turn in range(max(kills // 20, 1)):
        kill_one(Life, tmp_path, random.Random(f"again {turn}"), told)
        look_through(tmp_path, told)
        # What is in the trash keeps its stars with its file, not here.
        trashed = {file.name.split(" ", 1)[1] for file in trash_of(tmp_path).iterdir()}
        # With the backup beside it, from which it would begin.
        shutil.rmtree(database_of(tmp_path).parent)
        forget(told, library_of(tmp_path), trashed)
        look_through(tmp_path, told)


def forget(told: Told, library: Path, trashed: set[str]) -> None:
    """Ask no more for the stars of pictures that are in the trash."""
    there = {files.read_record(file).id for file in library.rglob("*.png")}
    assert there or trashed
    told.stars = {picture: stars for picture, stars in told.stars.items() if picture in there}
