"""Pictures go to the system's trash, and come back: nothing is removed behind anybody's back.

That a picture is to go is committed before its sidecar moves, and then the picture; where they
went is committed after each. What a killed process has left half done, `settle` mends.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import files, sidecar
from ldm_desktop.gallery.care import ledger, scan
from ldm_desktop.gallery.index import locks
from ldm_desktop.gallery.index.sql import DatabaseError
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Binned, Known, Place
from ldm_desktop.gallery.records import Annotation, State
from ldm_desktop.gallery.sidecar import sidecar_of

MoveToTrash = Callable[[Path], str]
"""Moves a file to the system's trash; gives where it is there, or "" if nobody says."""


@dataclass(frozen=True)
class Trashed:
    """The pictures that went to the trash, or came back, and a sentence for each that did not."""

    ids: tuple[UUID, ...]
    problems: tuple[str, ...]


def trash(store: Store, pictures: Sequence[UUID], move_to_trash: MoveToTrash) -> Trashed:
    """Move pictures and their sidecars to the trash; UnreachableError if the library is away."""
    with locks.binning(store.connection.filename):
        ledger.reach(store)
        _settle(store, _binned(store, pictures))
        return _trash(store, pictures, move_to_trash)


def _trash(store: Store, pictures: Sequence[UUID], move_to_trash: MoveToTrash) -> Trashed:
    there, moved, problems = [], [], []
    for each in map(store.known, pictures):
        if each is None or each.state is State.TRASHED:
            continue
        if os.path.lexists(store.library / each.file):
            there.append(each)
        else:
            problems.append(
                f"{each.file} cannot go to the trash: it is not in the library's folder any more."
            )
    store.set_states((each.number, State.TRASHED, Place(each.state)) for each in there)
    for each in there:
        try:
            _throw(store, each, move_to_trash)
        except KnownError as error:
            problems.append(str(error))
        else:
            moved.append(each.id)
    return Trashed(tuple(moved), tuple(problems))


def put_back(store: Store, pictures: Sequence[UUID]) -> Trashed:
    """Move pictures from the trash to where they were; UnreachableError if the library is away."""
    with locks.binning(store.connection.filename):
        ledger.reach(store)
        return _put_back(store, _binned(store, pictures))


def _binned(store: Store, pictures: Iterable[UUID]) -> list[Binned]:
    return [each for each in map(store.binned, pictures) if each]


def _put_back(store: Store, binned: Iterable[Binned]) -> Trashed:
    back, problems = [], []
    for each in binned:
        try:
            _note_back(store, each, _fetch(store, each))
        except KnownError as error:
            problems.append(str(error))
        else:
            back.append(each.id)
    return Trashed(tuple(back), tuple(problems))


def settle(store: Store) -> tuple[UUID, ...]:
    """Mend what a killed process has left half done; gives the pictures that are in place again.

    With the library's disk out, nothing is known and nothing changes, nor while somebody is about
    it, who has not been killed. What cannot be mended now, as on a disk that can only be read, is
    left for the next start.
    """
    if all(map(_is_away, store.in_trash())) or not store.library.is_dir():
        return ()
    with locks.unless_binning(store.connection.filename) as is_alone:
        return _settle(store, store.in_trash()) if is_alone else ()


def _settle(store: Store, binned: Iterable[Binned]) -> tuple[UUID, ...]:
    back = []
    for each in binned:
        with contextlib.suppress(KnownError):
            if not _is_away(each) and _is_mended(store, each):
                back.append(each.id)
    return tuple(back)


def _is_mended(store: Store, binned: Binned) -> bool:
    """Put a picture in place again that has not gone; say whether that was so."""
    if _is_in_place(store, binned):
        _note_back(store, binned, _fetch(store, binned))
        return True
    if binned.place.file is None:
        # It was moved, and nobody noted where: the system's trash has it.
        nowhere = dataclasses.replace(binned.place, file="")
        store.set_state(binned.number, State.TRASHED, nowhere)
    return False


def _is_in_place(store: Store, binned: Binned) -> bool:
    """Say whether a picture is where it was; another's file there is for `refresh` to look at."""
    if binned.place.file is None:
        return os.path.lexists(store.library / binned.file)
    seen, known = scan.see(store.library, binned.file), store.known(binned.id)
    if seen is None or known is None:
        return False
    return (seen.size, seen.mtime_ns) == (known.size, known.mtime_ns)


def _is_away(binned: Binned) -> bool:
    """Say whether the trash has the picture, as noted."""
    return bool(binned.place.file) and os.path.lexists(binned.place.file or "")


def _throw(store: Store, known: Known, move_to_trash: MoveToTrash) -> None:
    # Nobody writes its sidecar meanwhile, which would stay behind.
    with locks.writing(store.connection.filename):
        _throw_both(store, known, move_to_trash)


def _throw_both(store: Store, known: Known, move_to_trash: MoveToTrash) -> None:
    picture = store.library / known.file
    beside, place = sidecar_of(picture), Place(known.state)
    try:
        with files.explained(picture, "go to the trash"):
            if os.path.lexists(beside):
                place = dataclasses.replace(place, sidecar=move_to_trash(beside))
                store.set_state(known.number, State.TRASHED, place)
            place = dataclasses.replace(place, file=move_to_trash(picture))
            store.set_state(known.number, State.TRASHED, place)
    except KnownError:
        binned = Binned(known.number, known.id, known.file, place)
        # What the database cannot note now, `settle` finds at the next start.
        with contextlib.suppress(DatabaseError):
            _note_back(store, binned, _fetch(store, binned))
        raise


def _fetch(store: Store, binned: Binned) -> Path:
    """Move what the trash has of a picture back; gives its place in the library."""
    place = binned.place
    if not _is_away(binned):
        file = binned.file
        if not os.path.lexists(store.library / file):
            raise KnownError(
                f"{file} is not where the trash had it: look for it in the system's trash and "
                "restore it from there."
            )
    else:
        file = _free(store, binned)
    target = store.library / file
    # The sidecar first, so that nobody finds the picture without it.
    if place.sidecar and _has_sidecar(binned):
        _move(Path(place.sidecar), sidecar_of(target))
    if place.file and os.path.lexists(place.file):
        _move(Path(place.file), target)
    return file


def _free(store: Store, binned: Binned) -> Path:
    """Give the place a picture was at, or one beside it that is free for it and its sidecar."""
    return next(name for name in _names(binned.file) if _is_free(store, binned, name))


def _names(file: Path) -> Iterator[Path]:
    yield file
    yield from (file.with_stem(f"{file.stem} ({number})") for number in itertools.count(2))


def _is_free(store: Store, binned: Binned, file: Path) -> bool:
    target, known = store.library / file, store.at(file)
    taken = os.path.lexists(target) or not _is_free_for_sidecar(sidecar_of(target), binned)
    return not taken and (known is None or known.number == binned.number)


def _is_free_for_sidecar(place: Path, binned: Binned) -> bool:
    """Say whether there is no sidecar, or the picture's own, which has come back before it."""
    with contextlib.suppress(KnownError):
        there = sidecar.read(place)
        return there is None or (there.id == binned.id and not _has_sidecar(binned))
    return False


def _has_sidecar(binned: Binned) -> bool:
    """Say whether the trash has the picture's sidecar."""
    return bool(binned.place.sidecar) and os.path.lexists(binned.place.sidecar or "")


def _move(source: Path, target: Path) -> None:
    """Move a file durably, replacing nothing, from another disk, too."""
    with files.explained(target, "be put back"):
        files.make_folder(target.parent)
        with paths.part_file(target.with_name(uuid4().hex)) as part:
            here = source.stat().st_dev == target.parent.stat().st_dev
            whole = source if here else _copied(source, part)
            _place(whole, target)
        _let_go(source, target)
        _drop_record(source)
        paths.sync_folder(target.parent)


def _let_go(source: Path, target: Path) -> None:
    """Remove a file from where it was, or else from where it is now: it must not be in both."""
    try:
        source.unlink(missing_ok=True)
    except OSError:
        if os.path.lexists(source):
            target.unlink(missing_ok=True)
        raise


def _copied(source: Path, part: Path) -> Path:
    shutil.copy2(source, part)
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    return part


def _place(whole: Path, target: Path) -> None:
    try:
        files.place_first_free(whole, target.parent, iter([target.name]))
    except FileExistsError as error:
        raise KnownError(f"{target} cannot be put back: another file took its name.") from error


def _drop_record(source: Path) -> None:
    """Remove what the trash says of a file that it no longer has (freedesktop.org's trash)."""
    if source.parent.name == "files":
        record = source.parent.parent / "info" / f"{source.name}.trashinfo"
        record.unlink(missing_ok=True)


def _note_back(store: Store, binned: Binned, file: Path) -> None:
    if file != binned.file:
        store.move(binned.number, file)
    store.set_state(binned.number, binned.place.was)
    has_sidecar = os.path.lexists(sidecar_of(store.library / file))
    if not has_sidecar and store.annotation(binned.id) != Annotation():
        store.touch([binned.id])
