"""The gallery from its files alone: whatever the database knew or not, it comes out the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from libraries import (
    LOVED,
    assert_at_one,
    foreign,
    id_of,
    love,
    loved,
    paint_over,
    relative,
    save,
    states,
    strip,
)
from rows import opened

from ldm_desktop.gallery import beside
from ldm_desktop.gallery.care import intake
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.rebuild import rebuild
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.files import UnreachableError
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Change, Details, State


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a gallery with an empty library."""
    with opened(tmp_path) as store:
        yield store


def everything(store: Store) -> dict[str, object]:
    """Give all that a gallery tells, without the numbers of its rows."""
    found: dict[str, object] = {"albums": store.albums(), "tags": store.tags()}
    for row in store.files():
        found[str(row.id)] = _told(store.details(row.id)), row.bytes, row.mtime_ns, row.dirty
    found["others"] = [(each.file, each.size) for each in store.others()]
    return found


def _told(details: Details) -> tuple[object, ...]:
    entry = details.entry
    return details.made, details.annotation, details.children, entry.file, entry.state, entry.pixels


def varied(store: Store) -> None:
    """Fill a library with everything that may be in one."""
    files = loved(store, 4)
    shutil.copy(files[0], store.library / "copy.png")
    strip(files[1], store.library / "stripped.png")
    paint_over(files[2])
    foreign(store.library / "deep" / "er" / "tea.jpg")
    (store.library / "notes.txt").write_text("no picture")
    store.make_album("Empty")
    store.make_album("Best", "rating:>=4")
    store.annotate([id_of(4)], Change(add_albums=("Sea",)))
    refresh(store)
    flush(store)


def test_from_the_files_alone_comes_all_that_was_there(store: Store, tmp_path: Path) -> None:
    varied(store)
    (tmp_path / "again").mkdir()
    store.library.rename(tmp_path / "again" / "library")
    with opened(tmp_path / "again") as again:
        report = rebuild(again)
        flush(again)
        assert everything(again) == everything(store)
        assert (report.added, report.copies, report.refused) == (5, 2, 1)
        assert_at_one(again)


def test_in_place_nothing_changes_but_what_the_files_have_changed(store: Store) -> None:
    varied(store)
    before = everything(store)
    assert not rebuild(store).has_news
    assert everything(store) == before
    file = store.library / "deep" / "er" / "tea.jpg"
    status = file.stat()
    file.write_bytes(file.read_bytes()[:-40] + bytes(40))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not refresh(store).has_news
    assert rebuild(store).has_news


def test_a_rating_that_only_the_database_has_is_in_the_sidecar_first(store: Store) -> None:
    save(store)
    refresh(store)
    love(store, written=False)
    rebuild(store)
    assert store.annotation(id_of()) == LOVED
    assert store.unwritten(9) == []


def test_where_nothing_can_be_written_it_is_kept_and_the_trouble_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    loved(store)
    store.annotate([id_of()], Change(rating=1))

    def read_only(path: Path, data: bytes) -> None:
        raise UnreachableError(f"{path} cannot be written: the disk can only be read.")

    monkeypatch.setattr(beside, "write", read_only)
    report = rebuild(store)
    assert "can only be read" in report.problems[0]
    assert store.annotation(id_of()).rating == 1
    assert len(store.unwritten(9)) == 1


def test_a_picture_that_is_not_seen_is_missing_and_never_forgotten(store: Store) -> None:
    loved(store, 2)[0].unlink()
    assert rebuild(store).missing == 1
    assert sorted(states(store).values()) == [State.MISSING, State.PRESENT]
    assert store.annotation(id_of(3)) == LOVED


def test_cancelled_it_leaves_the_gallery_as_far_as_it_came(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 3)
    for seed in range(3, 43):
        save(store, seed)
    done = 0

    def progress(count: int, total: int) -> None:
        nonlocal done
        done = count
        assert total == 40

    report = rebuild(store, progress, lambda: done >= 6)
    assert report.cancelled
    assert 6 <= store.count() < 40
    assert rebuild(store).added == 40 - report.added
    assert store.count() == 40


def test_without_its_library_nothing_is_touched(store: Store) -> None:
    (file,) = loved(store)
    store.library.rename(store.library.with_name("aside"))
    with pytest.raises(UnreachableError):
        rebuild(store)
    assert states(store) == {relative(store, file): State.PRESENT}
