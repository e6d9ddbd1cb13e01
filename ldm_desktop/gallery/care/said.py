"""Sidecars and rows brought together: whose word holds, and sidecars that lie elsewhere.

What a person said here and is not in its sidecar yet holds; otherwise the sidecar does, as another
program may have written in it.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import beside, sidecar
from ldm_desktop.gallery.care import adopt, copying, reading
from ldm_desktop.gallery.care.scan import SIDECAR, Listing, Seen
from ldm_desktop.gallery.index import locks, store_annotations
from ldm_desktop.gallery.index.sql import transaction
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Known, Unwritten
from ldm_desktop.gallery.records import State
from ldm_desktop.gallery.sidecar import Sidecar, sidecar_of

AWAY = (State.MISSING, State.TRASHED)
TOOK = "UPDATE pictures SET written = revision, sidecar_hash = ? WHERE number = ?"


@dataclass(frozen=True)
class Orphan:
    """A sidecar that is not beside its picture, and whose it is, if it says so."""

    file: Path
    picture: UUID | None
    damage: str = ""


def take_in(store: Store, told: Iterable[tuple[UUID, Sidecar]]) -> int:
    """Let what sidecars tell hold, unless a person has said otherwise here; count those that do.

    Not if they, or their rows, have changed meanwhile: what was said since a sidecar was read,
    and may be written by now, is not lost. No transaction waits for the library's disk.
    """
    news = list(_news(store, told))
    if not news:
        return 0
    taken = {}
    with transaction(store.connection):
        for row, said in news:
            if store.known(row.id) == row:
                taken[row.number] = said.annotation
                store.connection.execute(TOOK, (said.hash, row.number))
        store_annotations.write(store.connection, taken)
        store_annotations.index_words(store.connection, taken)
    return len(taken)


def _news(store: Store, told: Iterable[tuple[UUID, Sidecar]]) -> Iterator[tuple[Known, Sidecar]]:
    """Give the rows for which sidecars, as they are now, say something new."""
    for picture, said in told:
        row = store.known(picture)
        if (
            row
            and adopt.is_news(store, row, said.hash)
            and reading.is_beside(store.library / row.file, said)
        ):
            yield row, said


def take_in_touched(store: Store, listing: Listing, since_ns: int, problems: list[str]) -> int:
    """Read the sidecars that were changed since then; give how many said something new."""
    touched = (seen for seen in listing.sidecars.values() if seen.touched_ns >= since_ns)
    return sum(_take_in_seen(store, listing, seen, problems) for seen in touched)


def _take_in_seen(store: Store, listing: Listing, seen: Seen, problems: list[str]) -> bool:
    file = _picture_of(seen.file, listing)
    row = store.at(Path(os.fsdecode(file))) if file else None
    if row is None or row.state in AWAY:
        return False
    try:
        said = reading.read_beside(store.library / row.file)
    except KnownError as error:
        problems.append(str(error))
        if row.sidecar_hash:
            store.touch([row.id])  # It is set aside when a good one is written.
        return False
    mine = said is not None and said.id in (None, row.id)
    return bool(mine and said and take_in(store, [(row.id, said)]))


def _picture_of(sidecar_file: bytes, listing: Listing) -> bytes | None:
    """Give the picture that a sidecar lies beside."""
    stem = sidecar_file[: -len(SIDECAR)]
    if stem in listing.pictures:
        return stem
    return listing.by_stem.get(stem)


def orphans(store: Store, listing: Listing) -> list[Orphan]:
    """Give the sidecars that have no picture beside them."""
    alone = (file for file in listing.sidecars if _picture_of(file, listing) is None)
    found = (_orphan(store.library, Path(os.fsdecode(file))) for file in alone)
    return [orphan for orphan in found if orphan]


def _orphan(library: Path, file: Path) -> Orphan | None:
    try:
        said = sidecar.read(library / file)
    except KnownError as error:
        return Orphan(file, None, str(error))
    return Orphan(file, said.id) if said else None


def bring_home(store: Store, orphan: Orphan, problems: list[str]) -> bool:
    """Move a sidecar to its picture, which was moved without it; tell whether that was so."""
    try:
        return _bring_home(store, orphan)
    except KnownError as error:
        problems.append(str(error))
        return False


def _bring_home(store: Store, orphan: Orphan) -> bool:
    row = store.known(orphan.picture) if orphan.picture else None
    if row is None or row.state in AWAY:
        return False
    home = sidecar_of(store.library / row.file)
    is_there = os.path.lexists(store.library / row.file)
    if not is_there or not copying.move(store.library / orphan.file, home):
        return False
    said = sidecar.read(home)
    if said:
        take_in(store, [(row.id, said)])
    return True


def write_again(store: Store, pictures: Iterable[UUID]) -> list[Known]:
    """Have sidecars written for pictures that had one and have none of theirs now."""
    rows = (store.known(picture) for picture in pictures)
    bare = [row for row in rows if row and _is_bare(store.library, row)]
    store.touch(row.id for row in bare)
    return bare


def _is_bare(library: Path, row: Known) -> bool:
    if row.state in AWAY or row.dirty or not row.sidecar_hash:
        return False
    try:
        said = reading.read_beside(library / row.file)
    except KnownError:
        return True  # It says nothing any more; the next one takes its place.
    return said is None or said.id not in (None, row.id)


def write(store: Store, picture: UUID) -> bool:
    """Write a picture's sidecar if that is due and the picture there; tell whether it was."""
    with locks.writing(store.connection.filename):
        due = store.due(picture)
        if due is None or not os.path.lexists(store.library / due.file):
            return False  # A picture that is not there is found, or missed, by the next look.
        _write(store, due)
    return True


def _write(store: Store, due: Unwritten) -> None:
    """Write a sidecar, unless the one that is there holds or says the same."""
    place = sidecar_of(store.library / due.file)
    there = _there(place)
    if there and there.id in (None, due.id) and take_in(store, [(due.id, there)]):
        return
    if there and (there.id, there.annotation) == (due.id, due.annotation):
        store.wrote(due.number, due.revision, there.hash)
        return
    if there and there.id not in (None, due.id):
        _make_room(store, place, there)
    store.wrote(due.number, due.revision, sidecar.write(place, due.id, due.annotation))


def _there(place: Path) -> Sidecar | None:
    try:
        return sidecar.read(place)
    except beside.DamagedError:
        return None  # Writing sets it aside.


def _make_room(store: Store, place: Path, stranger: Sidecar) -> None:
    """Keep what a sidecar says of another picture: beside that, or under a name of its own."""
    if _bring_home(store, Orphan(place, stranger.id)):
        return
    if stranger.id:
        store.touch([stranger.id])  # Nobody else may write it, as it is not where it is looked for.
    name = f"{place.stem} {stranger.id}"
    names = (place.with_name(f"{name} ({number}){sidecar.ENDING}") for number in itertools.count(1))
    next(name for name in names if copying.move(place, name))


def keep(store: Store, row: Known) -> None:
    """Write what was said of a missing picture where it was, before its row goes."""
    file = store.library / row.file
    place = sidecar_of(file if file.parent.is_dir() else store.library / file.name)
    there = _there(place)
    if there and there.id not in (None, row.id):
        _make_room(store, place, there)
    sidecar.write(place, row.id, store.annotation(row.id))
