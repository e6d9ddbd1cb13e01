"""Pictures from elsewhere: copied into the library, with what others said of them."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import beside, files, inspect, sidecar
from ldm_desktop.gallery.care import adopt, copying, ledger, reading, scan
from ldm_desktop.gallery.care.adopt import Decision, Fate
from ldm_desktop.gallery.care.intake import Intake
from ldm_desktop.gallery.care.reading import Read
from ldm_desktop.gallery.care.scan import Cancelled, Progress
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_rows import times
from ldm_desktop.gallery.index.store_values import Known
from ldm_desktop.gallery.records import Facts, State
from ldm_desktop.gallery.sidecar import sidecar_of

NOT_MEANT = (".xmp", ".part", "albums.json")
LINK = "it is a link, and links are not followed: take the picture itself"
IN_TRASH = "it is in the gallery's trash: restore it from there"


class Refused(NamedTuple):
    """A file that was not taken, and a sentence that says why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Brought:
    """What became of files: new in the gallery, in it already, or refused."""

    added: tuple[UUID, ...] = ()
    known: tuple[UUID, ...] = ()
    refused: tuple[Refused, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True)
class _Arrival:
    """A file from elsewhere as it was read; `facts` or the reason why not."""

    path: Path
    facts: Facts | None = None
    reason: str = ""


def bring_in(
    store: Store,
    paths: Iterable[Path],
    progress: Progress = scan.no_progress,
    cancelled: Cancelled = scan.never,
) -> Brought:
    """Copy pictures, and those in folders, into the library; the originals stay as they are.

    UnreachableError if the library is not there. A file that is refused stops no other one.
    """
    ledger.reach(store)
    return _Import(store).run([*paths], progress, cancelled)


class _Import:
    """One import."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._intake = Intake(store)
        self._added: list[UUID] = []
        self._known: list[UUID] = []
        self._refused: list[Refused] = []

    def run(self, paths: list[Path], progress: Progress, cancelled: Cancelled) -> Brought:
        wanted = list(self._expand(paths))
        progress(0, len(wanted))
        look = partial(_look, self._store.library)
        for done, arrival in enumerate(reading.in_threads(look, wanted, cancelled), 1):
            try:
                self._take(arrival)
            except files.UnreachableError as error:
                self._refuse(arrival.path, str(error))
            progress(done, len(wanted))
        self._intake.write()
        return Brought(tuple(self._added), tuple(self._known), tuple(self._refused), cancelled())

    # What there is

    def _expand(self, paths: Iterable[Path]) -> Iterator[Path]:
        """Give the files that are meant; links are refused, hidden ones in folders passed over."""
        for path in paths:
            try:
                if path.is_symlink():
                    self._refuse(path, f"{path} is not taken: {LINK}.")
                elif path.is_dir():
                    with files.explained(path, "be listed"):
                        inside = sorted(path.iterdir())
                    yield from self._expand(each for each in inside if _is_meant(each))
                else:
                    yield path
            except KnownError as error:
                self._refuse(path, str(error))

    def _refuse(self, path: Path, reason: str) -> None:
        self._refused.append(Refused(path, reason))

    # What becomes of it

    def _take(self, arrival: _Arrival) -> None:
        inside = _inside(self._store.library, arrival.path)
        if inside is not None:
            self._adopt(inside, arrival)
        elif arrival.facts is None:
            self._refuse(arrival.path, arrival.reason)
        else:
            self._intake.write()
            known = adopt.known_as(self._store, arrival.facts)
            if known:
                self._tell_known(arrival.path, known)
            else:
                self._copy(arrival.path, arrival.facts)

    def _tell_known(self, path: Path, known: Known) -> None:
        if known.state is State.TRASHED:
            self._refuse(path, f"{path} is not taken: {IN_TRASH}.")
        else:
            self._known.append(known.id)

    def _adopt(self, file: Path, arrival: _Arrival) -> None:
        """Take a file that is in the library already, where it is."""
        seen = scan.see(self._store.library, file)
        if seen is None:
            self._refuse(arrival.path, arrival.reason or f"{arrival.path} has gone.")
            return
        self._told(arrival.path, self._intake.take(reading.read(self._store.library, seen)))

    def _copy(self, path: Path, facts: Facts) -> None:
        library = self._store.library
        folder = library / times(facts.made.created)[1]
        with files.explained(folder, "be written to"):
            files.make_folder(folder)
        try:
            final = copying.copy_in(path, self._beside(path), folder, facts.bytes)
        except KnownError as error:
            self._refuse(path, str(error))
            return
        seen = scan.see(library, final.relative_to(library))
        if seen:
            as_copied = dataclasses.replace(facts, size=seen.size, mtime_ns=seen.mtime_ns)
            read = Read(seen, as_copied, sidecar.read(sidecar_of(final)))
            self._told(path, self._intake.take(read))
            self._intake.write()

    def _beside(self, path: Path) -> bytes:
        """Give the sidecar that lies beside a picture; one that cannot be read is told of."""
        for place in (sidecar_of(path), reading.of_others(path)):
            try:
                if sidecar.read(place):
                    return beside.read(place) or b""
            except KnownError as error:
                self._refuse(place, str(error))
        return b""

    def _told(self, path: Path, decision: Decision) -> None:
        picture = decision.row.id if decision.row else None
        if decision.fate in (Fate.NEW, Fate.FOUND) and decision.facts:
            self._added.append(decision.facts.id)
        elif decision.fate in (Fate.KNOWN, Fate.COPY) and picture:
            self._known.append(picture)
        else:
            self._refuse(path, decision.reason or f"{path} has gone.")


def _look(library: Path, path: Path) -> _Arrival:
    if _inside(library, path) is not None:
        return _Arrival(path)  # It is read where it is taken in.
    try:
        return _Arrival(path, inspect.facts_of(path))
    except KnownError as error:
        return _Arrival(path, reason=str(error))


def _inside(library: Path, path: Path) -> Path | None:
    """Give a file's place in the library, if it is in that."""
    whole = Path(os.path.realpath(path.parent)) / path.name
    home = Path(os.path.realpath(library))
    return whole.relative_to(home) if whole.is_relative_to(home) else None


def _is_meant(path: Path) -> bool:
    """Say whether a file in a folder may be a picture: not hidden, unfinished, or a sidecar."""
    return not path.name.startswith(".") and not path.name.lower().endswith(NOT_MEANT)
