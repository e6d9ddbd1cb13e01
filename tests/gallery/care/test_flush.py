"""What was said on its way to the files: written once, kept while the disk is in the way."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from libraries import LOVED, id_of, love, loved, save
from rows import opened

from ldm_desktop.gallery import beside, sidecar
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.files import UnreachableError
from ldm_desktop.gallery.index import database, locks
from ldm_desktop.gallery.index.sql import DatabaseError
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Change
from ldm_desktop.gallery.sidecar import Sidecar, sidecar_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a gallery with an empty library."""
    with opened(tmp_path) as store:
        yield store


def beside_it(file: Path) -> Sidecar:
    """Read a picture's sidecar, which must be there."""
    found = sidecar.read(sidecar_of(file))
    assert found
    return found


def test_what_was_said_is_written_once_with_the_pictures_id(store: Store) -> None:
    file = save(store)
    refresh(store)
    assert flush(store) == 0
    assert not sidecar_of(file).exists()
    love(store, written=False)
    assert flush(store) == 1
    assert (beside_it(file).id, beside_it(file).annotation) == (id_of(), LOVED)
    assert flush(store) == 0
    assert store.unwritten(9) == []


def test_no_more_are_written_than_wanted_and_the_rest_later(store: Store) -> None:
    loved(store, 3)
    for seed in (3, 4, 5):
        store.annotate([id_of(seed)], Change(rating=1))
    assert [flush(store, 2), flush(store, 2), flush(store, 2)] == [2, 1, 0]


def test_pictures_that_have_gone_hold_up_none_behind_them(store: Store) -> None:
    paths = loved(store, 5)
    for seed in range(3, 8):
        store.annotate([id_of(seed)], Change(rating=1))
    for path in paths[:3]:
        path.unlink()
    assert flush(store, 2) == 2
    assert [beside_it(path).annotation.rating for path in paths[3:]] == [1, 1]


def _flush_elsewhere(store: Store) -> None:
    """Do it as another thread or program does: with a connection of its own."""
    with contextlib.closing(database.connect(Path(store.connection.filename))) as connection:
        flush(Store(connection, store.library))


def test_of_two_that_write_at_once_the_newer_words_come_last(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = loved(store)
    store.annotate([id_of()], Change(rating=1))
    begun, may_go_on, write = threading.Event(), threading.Event(), beside.write

    def slow(path: Path, data: bytes) -> None:
        if not begun.is_set():
            begun.set()
            assert may_go_on.wait(9)
        write(path, data)

    monkeypatch.setattr(beside, "write", slow)
    first, second = (threading.Thread(target=_flush_elsewhere, args=[store]) for _ in "ab")
    first.start()
    assert begun.wait(9)
    store.annotate([id_of()], Change(rating=2))
    second.start()
    second.join(0.2)
    may_go_on.set()
    first.join()
    second.join()
    assert beside_it(file).annotation.rating == 2
    assert store.unwritten(9) == []


def test_one_that_writes_for_ever_is_named_and_not_waited_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    loved(store)
    store.annotate([id_of()], Change(rating=1))
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    with (
        locks.writing(store.connection.filename),
        pytest.raises(DatabaseError, match="that another LDM Desktop is writing"),
    ):
        flush(store)
    assert len(store.unwritten(9)) == 1
    assert flush(store) == 1


def test_while_the_library_is_away_it_stays_due(store: Store) -> None:
    save(store)
    refresh(store)
    love(store, written=False)
    aside = store.library.rename(store.library.with_name("aside"))
    with pytest.raises(UnreachableError, match="disk was taken out"):
        flush(store)
    assert len(store.unwritten(9)) == 1
    aside.rename(store.library)
    assert flush(store) == 1


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_a_disk_in_the_way_of_one_folder_stops_no_other_and_nothing_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    stuck, free = loved(store, 2)
    free.rename(store.library / "free.png")
    refresh(store)
    flush(store)
    store.annotate([id_of(3), id_of(4)], Change(rating=1))
    write = beside.write

    def failing(path: Path, data: bytes) -> None:
        if path.parent == stuck.parent:
            raise UnreachableError(os.strerror(code))
        write(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(beside, "write", failing)
        with pytest.raises(UnreachableError):
            flush(store)
    assert beside_it(store.library / "free.png").annotation.rating == 1
    assert beside_it(stuck).annotation.rating == 4
    assert [due.id for due in store.unwritten(9)] == [id_of(3)]
    assert flush(store) == 1
    assert beside_it(stuck).annotation.rating == 1


def test_killed_between_file_and_row_it_is_noted_and_not_written_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = loved(store)
    store.annotate([id_of()], Change(rating=1))
    written = sidecar.write(sidecar_of(file), id_of(), store.annotation(id_of()))
    monkeypatch.setattr(beside, "write", None)
    assert flush(store) == 1
    assert store.unwritten(9) == []
    known = store.known(id_of())
    assert known
    assert known.sidecar_hash == written


def test_a_rating_taken_away_after_a_kill_does_not_come_back_from_the_sidecar(
    store: Store,
) -> None:
    (file,) = loved(store)
    sidecar.write(sidecar_of(file), id_of(), Annotation(5, tags=("sea",)))  # Killed here.
    store.annotate([id_of()], Change(rating=0, remove_tags=LOVED.tags))
    flush(store)
    assert beside_it(file).annotation == Annotation(0, note=LOVED.note)


def test_what_other_programs_keep_in_a_sidecar_stays(store: Store) -> None:
    (file,) = loved(store)
    place = sidecar_of(file)
    text = place.read_text()
    mark = '<rdf:Description xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" rdf:about="" crs:Tint="7"/>'  # noqa: E501
    place.write_text(text.replace("</rdf:RDF>", f"{mark}</rdf:RDF>"))
    store.annotate([id_of()], Change(rating=2))
    flush(store)
    assert beside_it(file).annotation.rating == 2
    assert "Tint" in place.read_text()


def test_the_sidecar_of_another_picture_is_moved_to_that_one_or_kept_aside(store: Store) -> None:
    one, two = loved(store, 2)
    sidecar_of(two).unlink()
    other = beside_it(one)
    sidecar.write(sidecar_of(two), id_of(99), Annotation(5))
    sidecar_of(one).unlink()
    store.touch([id_of(3), id_of(4)])
    flush(store)
    assert (beside_it(one).annotation, beside_it(two).id) == (other.annotation, id_of(4))
    (aside,) = set(two.parent.glob("*.xmp")) - {sidecar_of(one), sidecar_of(two)}
    kept = sidecar.read(aside)
    assert kept
    assert (kept.id, kept.annotation) == (id_of(99), Annotation(5))


def test_nothing_is_written_beside_a_picture_that_has_gone(store: Store) -> None:
    file = save(store)
    refresh(store)
    love(store, written=False)
    file.unlink()
    assert flush(store) == 0
    assert not sidecar_of(file).exists()
    assert len(store.unwritten(9)) == 1


def test_albums_are_written_when_they_change_and_others_of_the_library_are_kept(
    store: Store,
) -> None:
    path = store.library / "albums.json"
    path.write_text('{"format": 1, "albums": [{"name": "From before"}]}')
    store.make_album("New")
    assert flush(store) == 1
    assert "From before" in path.read_text()
    assert "New" in path.read_text()
    before = path.stat().st_mtime_ns
    assert flush(store) == 0
    assert path.stat().st_mtime_ns == before


def test_albums_of_a_newer_program_are_left_alone_and_sidecars_still_written(store: Store) -> None:
    save(store)
    refresh(store)
    love(store, written=False)
    path = store.library / "albums.json"
    path.write_text('{"format": 2, "albums": {}}')
    store.make_album("New")
    with pytest.raises(Exception, match="update LDM Desktop"):
        flush(store)
    assert store.unwritten(9) == []
    assert path.read_text() == '{"format": 2, "albums": {}}'
