"""A small gallery in which everything is still to be done, and the deeds that do it."""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock
from uuid import UUID

import apsw
from crash_life import (
    NEXT_SCHEMA,
    database_of,
    library_of,
    move_to,
    new_picture,
    open_store,
    trash_of,
)

from ldm_desktop.core.picture import Picture
from ldm_desktop.gallery import files, sidecar
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.incoming import bring_in
from ldm_desktop.gallery.care.rebuild import rebuild
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.care.verify import verify
from ldm_desktop.gallery.export import export_job
from ldm_desktop.gallery.export.export import ExportOptions
from ldm_desktop.gallery.export.export_job import ExportJob, TableJob
from ldm_desktop.gallery.index import bin as trash_bin
from ldm_desktop.gallery.index import database, schema
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.gallery.records import Annotation, Change, State


def _picture(number: int) -> Picture:
    """Make a picture that is the same in every process."""
    made = new_picture(random.Random(number))
    return replace(made, record=replace(made.record, id=UUID(int=number, version=4)))


WRITTEN, RATED, BINNED, BY_HAND, ELSEWHERE, NEW = map(_picture, range(6))
"""Pictures: with its sidecar; with one to be written; in the trash; added by hand, without a row;
not in the library; and not saved yet."""
LOVED = Change(rating=5, note="The sky!", add_tags=("sea",), add_albums=("Best",))
STARS = Change(rating=3, note="Perhaps", add_tags=("hills",), add_albums=("Later",))


@dataclass
class Gallery:
    """An open gallery, and what it has told: nothing of that may be lost."""

    folder: Path
    store: Store
    ratings: dict[UUID, Annotation] = field(default_factory=dict)
    saved: set[UUID] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keeper = LibraryKeeper(self.library, self.folder, self.sentences.append)
        self.saved = {each.record.id for each in (WRITTEN, RATED, BINNED, BY_HAND)}
        self.ratings = {
            each.record.id: LOVED.apply(Annotation()) for each in (WRITTEN, RATED, BINNED)
        } | {ELSEWHERE.record.id: LOVED.apply(Annotation())}

    @property
    def library(self) -> Path:
        """Where the pictures are."""
        return library_of(self.folder)

    @property
    def out(self) -> Path:
        """Where exports go."""
        return self.folder / "out"

    def close(self) -> None:
        """Let go of all connections."""
        # Of a log that cannot be deleted SQLite says nothing then; only apsw does, for our VFS.
        with contextlib.suppress(apsw.IOError):
            self.store.connection.close()
        with contextlib.suppress(apsw.IOError):
            self.keeper.close()

    @property
    def is_open(self) -> bool:
        """Whether the connection can be used."""
        try:
            return self.store.count() >= 0
        except apsw.ConnectionClosedError:
            return False

    def state(self, picture: Picture) -> State | None:
        """Say how a picture is, if it has a row."""
        known = self.store.known(picture.record.id)
        return known and known.state


def make_gallery(folder: Path) -> None:
    """Make the gallery, with its connections closed."""
    for part in (library_of(folder), trash_of(folder), folder / "elsewhere"):
        part.mkdir(parents=True)
    gallery = Gallery(folder, open_store(folder))
    for picture in (WRITTEN, BINNED, RATED):
        gallery.keeper.save(picture)
        gallery.store.annotate([picture.record.id], LOVED)
        if picture is not RATED:
            flush(gallery.store)
    trash_bin.trash(gallery.store, [BINNED.record.id], move_to(trash_of(folder)))
    gallery.store.make_album("Empty")
    database.back_up(gallery.store.connection)
    gallery.close()
    files.save_in_library(BY_HAND, gallery.library)
    file = files.save(ELSEWHERE, folder / "elsewhere")
    said = LOVED.apply(Annotation())
    sidecar.write(sidecar.sidecar_of(file), ELSEWHERE.record.id, said)


def copy_gallery(source: Path, folder: Path) -> Gallery:
    """Open a copy at the place where the gallery was made, as it knows its trash by that."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return Gallery(folder, open_store(folder))


# Deeds


@dataclass(frozen=True)
class Deed:
    """Something that writes; it gives the sentences about what did not work in part.

    `is_done` holds when it has worked at last; `prepare` comes before it, on a sound disk.
    """

    do: Callable[[Gallery], Sequence[str]]
    is_done: Callable[[Gallery], bool]
    prepare: Callable[[Gallery], None] = lambda gallery: None


def _save(gallery: Gallery) -> Sequence[str]:
    gallery.keeper.save(NEW)
    gallery.saved.add(NEW.record.id)
    return ()


def _annotate(gallery: Gallery) -> Sequence[str]:
    ids = [WRITTEN.record.id, RATED.record.id]
    gallery.store.annotate(ids, STARS)
    gallery.ratings |= {each: STARS.apply(LOVED.apply(Annotation())) for each in ids}
    return ()


def _flush(gallery: Gallery) -> Sequence[str]:
    flush(gallery.store)
    return ()


def _is_flushed(gallery: Gallery) -> bool:
    return not gallery.store.unwritten(9) and gallery.store.unwritten_albums() is None


def _trash(gallery: Gallery) -> Sequence[str]:
    ids = [WRITTEN.record.id, RATED.record.id]
    return trash_bin.trash(gallery.store, ids, move_to(trash_of(gallery.folder))).problems


def _is_trashed(gallery: Gallery) -> bool:
    return gallery.state(WRITTEN) is gallery.state(RATED) is State.TRASHED


def _put_back(gallery: Gallery) -> Sequence[str]:
    return trash_bin.put_back(gallery.store, [BINNED.record.id]).problems


class Killed(BaseException):
    """The process ends here."""


def _begin_to_trash(gallery: Gallery) -> None:
    """Be killed between a sidecar and its picture."""
    move = move_to(trash_of(gallery.folder))

    def moving(file: Path) -> str:
        if file.suffix == ".png":
            raise Killed
        return move(file)

    with contextlib.suppress(Killed):
        trash_bin.trash(gallery.store, [WRITTEN.record.id], moving)


def _settle(gallery: Gallery) -> Sequence[str]:
    trash_bin.settle(gallery.store)
    return () if gallery.state(WRITTEN) is State.PRESENT else ("It is left for the next start.",)


def _is_settled(gallery: Gallery) -> bool:
    known = gallery.store.known(WRITTEN.record.id)
    there = known and sidecar.read(sidecar.sidecar_of(gallery.library / known.file))
    return bool(there)


def _refresh(gallery: Gallery) -> Sequence[str]:
    return refresh(gallery.store).problems


def _rebuild(gallery: Gallery) -> Sequence[str]:
    return rebuild(gallery.store).problems


def _repair(gallery: Gallery) -> Sequence[str]:
    return verify(gallery.store, repair=True).problems


def _has_all(gallery: Gallery) -> bool:
    return gallery.state(BY_HAND) is State.PRESENT


def _open_again(gallery: Gallery) -> Sequence[str]:
    gallery.close()
    gallery.store = open_store(gallery.folder)
    return ()


def _migrate(gallery: Gallery) -> Sequence[str]:
    newer = (*schema.MIGRATIONS[:1], NEXT_SCHEMA)
    with (
        mock.patch.object(schema, "MIGRATIONS", newer),
        mock.patch.object(schema, "VERSION", len(newer)),
    ):
        return _open_again(gallery)


def _is_migrated(gallery: Gallery) -> bool:
    moods = gallery.store.connection.execute("SELECT DISTINCT substr(mood, 1, 4) FROM pictures")
    return gallery.store.connection.pragma("user_version") == 2 and moods.fetchall() == [("calm",)]


def _damage(gallery: Gallery) -> None:
    gallery.close()
    with database_of(gallery.folder).open("rb+") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * 4096)


def _is_mended(gallery: Gallery) -> bool:
    return len(list(database_of(gallery.folder).parent.glob("*.db.damaged-*"))) == 1


def _back_up(gallery: Gallery) -> Sequence[str]:
    gallery.store.set_meta("backed up", "yes")
    database.back_up(gallery.store.connection)
    return ()


def _is_backed_up(gallery: Gallery) -> bool:
    backup = database.connect(database_of(gallery.folder).with_suffix(".db.backup"))
    found = Store(backup, gallery.library).meta("backed up")
    backup.close()
    return found == "yes"


def _import(gallery: Gallery) -> Sequence[str]:
    brought = bring_in(gallery.store, [gallery.folder / "elsewhere"])
    return [reason for _, reason in brought.refused]


def _export(gallery: Gallery) -> Sequence[str]:
    return _run(gallery, ExportOptions(gallery.out))


def _is_exported(gallery: Gallery) -> bool:
    found = {files.read(file).record.id for file in gallery.out.glob("*.png")}
    return found == {WRITTEN.record.id, RATED.record.id}


def _table(gallery: Gallery) -> Sequence[str]:
    return _run(gallery, TableJob(gallery.folder / "recipes.json"))


def _run(gallery: Gallery, wish: ExportOptions | TableJob) -> Sequence[str]:
    job = ExportJob((WRITTEN.record.id, RATED.record.id), wish)
    return export_job.run(gallery.store, job, lambda done, total: None, lambda: False).problems


DEEDS = {
    "save": Deed(_save, lambda gallery: NEW.record.id in gallery.saved),
    "annotate": Deed(_annotate, lambda g: g.store.annotation(RATED.record.id).rating == 3),
    "flush": Deed(_flush, _is_flushed),
    "trash": Deed(_trash, _is_trashed),
    "put back": Deed(_put_back, lambda gallery: gallery.state(BINNED) is State.PRESENT),
    "settle": Deed(_settle, _is_settled, _begin_to_trash),
    "refresh": Deed(_refresh, _has_all),
    "rebuild": Deed(_rebuild, _has_all),
    "repair": Deed(_repair, _has_all),
    "open": Deed(_open_again, lambda gallery: gallery.store.count() == 3),
    "migrate": Deed(_migrate, _is_migrated),
    "mend": Deed(_open_again, _is_mended, _damage),
    "back up": Deed(_back_up, _is_backed_up),
    "import": Deed(_import, lambda gallery: gallery.state(ELSEWHERE) is State.PRESENT),
    "export": Deed(_export, _is_exported),
    "table": Deed(_table, lambda gallery: (gallery.folder / "recipes.json").stat().st_size > 0),
}
