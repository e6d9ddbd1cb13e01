"""Scenes on real disks, for processes that can mount them, and for two that share a gallery."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from crash_life import new_picture, open_store
from fault_checks import check, check_ratings, check_sentence, unfinished
from fault_deeds import DEEDS, RATED, WRITTEN, Gallery, make_gallery

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.records import Annotation, Change

NOT_ALLOWED = 77
"""How a process ends that may not mount disks."""
SECONDS = 1.0


def attempt(gallery: Gallery, name: str) -> list[str]:
    """Do a deed; gives the sentences about what did not work."""
    try:
        return list(DEEDS[name].do(gallery))
    except KnownError as error:
        return [str(error)]


def mount(place: Path, *options: str) -> None:
    """Mount a small disk, or the same one in another way."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "none", str(place)]
    if subprocess.run(command, check=False).returncode:
        sys.exit(NOT_ALLOWED)


# A full disk


def fill_up(place: Path) -> None:
    """Leave no room on the disk."""
    with (place / "filler").open("wb", buffering=0) as stream:
        for block in (1 << 16, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while stream.write(b"x" * block):
                    pass
    assert not os.statvfs(place).f_bavail


def full(place: Path) -> None:
    """Do everything on a disk that is full, make room, and do it again."""
    place.mkdir()
    mount(place, "size=4m", "mode=777")
    make_gallery(place / "gallery")
    gallery = Gallery(place / "gallery", open_store(place / "gallery"))
    fill_up(place)
    # Until the log of the database has no place left, some notes still fit.
    words = "sea " * 50_000
    told = note_much(gallery, words)
    assert any("the disk is full; free some space" in sentence for sentence in told)
    deeds = ("save", "annotate", "flush", "refresh", "rebuild", "import", "export", "back up")
    heard = {name: attempt(gallery, name) for name in deeds}
    told += [sentence for sentences in heard.values() for sentence in sentences]
    told += gallery.sentences
    for sentence in told:
        check_sentence(sentence)
    assert all(heard[name] for name in ("save", "import", "export", "back up"))
    assert unfinished(gallery) == []
    check_ratings(gallery)
    (place / "filler").unlink()
    for name in (*deeds, "trash", "put back"):
        assert attempt(gallery, name) == []
        assert DEEDS[name].is_done(gallery)
    check(gallery)


def note_much(gallery: Gallery, words: str) -> list[str]:
    """Write long notes until one is refused; gives the sentence."""
    for number in range(99):
        change = Change(note=f"{number} {words}")
        try:
            gallery.store.annotate([WRITTEN.record.id], change)
        except KnownError as error:
            return [str(error)]
        gallery.ratings[WRITTEN.record.id] = gallery.store.annotation(WRITTEN.record.id)
    return []


# A disk that can only be read


def read_only(place: Path) -> None:
    """Do everything with a library that can only be read, and open a database that can."""
    place.mkdir()
    mount(place, "size=4m", "mode=777")
    make_gallery(place / "gallery")
    disk = place / "gallery" / "library"
    kept = place / "kept"
    disk.rename(kept)
    disk.mkdir()
    mount(disk, "size=4m", "mode=777")
    subprocess.run(["cp", "-a", f"{kept}/.", str(disk)], check=True)
    gallery = Gallery(place / "gallery", open_store(place / "gallery"))
    mount(disk, "remount", "ro")
    heard = {name: attempt(gallery, name) for name in ("save", "flush", "import")}
    for sentences in heard.values():
        assert sentences
        for sentence in sentences:
            check_sentence(sentence)
            assert "the disk can only be read" in sentence
    # What needs no disk works on.
    for name in ("annotate", "refresh", "export"):
        assert attempt(gallery, name) == []
        assert DEEDS[name].is_done(gallery)
    check_ratings(gallery)
    mount(disk, "remount", "rw")
    for name in ("save", "flush", "import"):
        assert attempt(gallery, name) == []
        assert DEEDS[name].is_done(gallery)
    check(gallery)
    gallery.close()
    open_read_only(gallery, place)


def open_read_only(gallery: Gallery, place: Path) -> None:
    """Open a database on a disk that can only be read."""
    mount(place, "remount", "ro")
    (sentence,) = attempt(gallery, "open")
    check_sentence(sentence)
    assert "can only be read" in sentence
    mount(place, "remount", "rw")
    assert attempt(gallery, "open") == []
    check(gallery)
    gallery.close()


# Two programs


def live(folder: Path, number: int, channel: Connection) -> None:
    """Save, rate, flush and refresh for a second beside another process, and tell all of it."""
    sharer = Sharer(Gallery(folder, open_store(folder)), number)
    channel.send("ready")
    channel.recv()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        sharer.act()
    sharer.gallery.close()
    channel.send((sharer.ratings, sharer.gallery.saved, sharer.problems + sharer.gallery.sentences))


class Sharer:
    """One of two processes: it rates only pictures of its own, so that it knows how they are."""

    def __init__(self, gallery: Gallery, number: int) -> None:
        self.gallery = gallery
        self.problems: list[str] = []
        self.ratings: dict[UUID, Annotation] = {}
        self._mine = [(WRITTEN, RATED)[number].record.id]
        self._random = random.Random(f"sharer {number}")

    def act(self) -> None:
        """Do one thing."""
        deeds = (self._save, self._rate, self._rate, self._flush, self._look)
        try:
            self._random.choice(deeds)()
        except KnownError as error:
            self.problems.append(str(error))

    def _save(self) -> None:
        picture = new_picture(self._random)
        self.gallery.keeper.save(picture)
        self.gallery.saved.add(picture.record.id)
        # Its row may come by another way if this one failed; that is not asked for here.
        if self.gallery.store.known(picture.record.id):
            self._mine.append(picture.record.id)

    def _rate(self) -> None:
        stars = self._random.randrange(6)
        change = Change(rating=stars, note=f"{stars} of 5", add_albums=(f"{stars} stars",))
        picture = self._random.choice(self._mine)
        before = self.gallery.store.annotation(picture)
        self.gallery.store.annotate([picture], change)
        self.ratings[picture] = change.apply(before)

    def _flush(self) -> None:
        flush(self.gallery.store)

    def _look(self) -> None:
        self.problems += refresh(self.gallery.store).problems
