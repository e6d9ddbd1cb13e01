"""The whole library against its rows: findings say what they mean, and repairs end in order."""

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
    move,
    others,
    paint_over,
    relative,
    save,
    states,
)
from rows import opened

from ldm_desktop.gallery import sidecar
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.care.verify import Findings, Kind, verify
from ldm_desktop.gallery.files import UnreachableError
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, State
from ldm_desktop.gallery.sidecar import sidecar_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a gallery with an empty library."""
    with opened(tmp_path) as store:
        yield store


def kinds(findings: Findings) -> dict[str, Kind]:
    """Give what was found, by file."""
    return {each.file.as_posix(): each.kind for each in findings.findings}


def rot(file: Path) -> None:
    """Turn a bit of a file, as a failing disk does: neither size nor time tell."""
    status, data = file.stat(), bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_where_all_is_well_nothing_is_found(store: Store) -> None:
    loved(store, 3)
    progress: list[tuple[int, int]] = []
    found = verify(store, progress=lambda done, total: progress.append((done, total)))
    assert (found.findings, found.problems, found.checked) == ((), (), 3)
    assert progress[-1] == (3, 3)


def test_each_kind_of_trouble_is_told_and_nothing_is_changed_without_a_repair(
    store: Store,
) -> None:
    missing, changed, damaged, moved, whole = loved(store, 5)
    missing.unlink()
    paint_over(changed)
    rot(damaged)
    move(moved, store.library / "moved.png")
    shutil.copy(whole, store.library / "copy.png")
    foreign(store.library / "new.png")
    (store.library / "notes.txt").write_text("no picture")
    before = states(store)
    found = verify(store)
    assert kinds(found) == {
        relative(store, missing): Kind.MISSING,
        relative(store, sidecar_of(missing)): Kind.ORPHANED,
        relative(store, changed): Kind.CHANGED,
        relative(store, damaged): Kind.DAMAGED,
        "moved.png": Kind.MOVED,
        "copy.png": Kind.DUPLICATE,
        "new.png": Kind.UNINDEXED,
        "notes.txt": Kind.FOREIGN,
    }
    assert all(each.sentence.endswith(".") and not each.repaired for each in found.findings)
    assert states(store) == before


def test_a_repair_ends_with_a_row_for_each_file_and_a_file_for_each_row(store: Store) -> None:
    missing, changed, damaged, moved, whole = loved(store, 5)
    missing.unlink()
    paint_over(changed)
    rot(damaged)
    move(moved, store.library / "moved.png", with_sidecar=False)
    shutil.copy(whole, store.library / "copy.png")
    foreign(store.library / "new.png")
    (store.library / "notes.txt").write_text("no picture")
    found = verify(store, repair=True)
    repaired = {each.file.as_posix() for each in found.findings if each.repaired}
    assert repaired == {
        relative(store, missing), "moved.png", relative(store, sidecar_of(moved)), "new.png",
    }  # fmt: skip
    assert_at_one(store)
    assert store.known(id_of(3)) is None
    assert store.annotation(id_of(6)) == LOVED
    assert sidecar_of(store.library / "moved.png").exists()
    left = kinds(verify(store, repair=True))
    assert set(left.values()) == {
        Kind.ORPHANED, Kind.CHANGED, Kind.DAMAGED, Kind.DUPLICATE, Kind.FOREIGN,
    }  # fmt: skip


def test_a_picture_that_a_repair_took_out_comes_back_with_all_that_was_said(store: Store) -> None:
    file = save(store)
    refresh(store)
    love(store, written=False)
    shutil.move(file, store.library.parent / "away.png")
    (finding,) = verify(store, repair=True).findings
    assert (finding.kind, finding.repaired) == (Kind.MISSING, True)
    assert store.count() == 0
    kept = sidecar.read(sidecar_of(file))
    assert kept
    assert kept.annotation == LOVED  # Nobody else had it.
    shutil.move(store.library.parent / "away.png", store.library / "back.png")
    refresh(store)
    assert store.annotation(id_of()) == LOVED
    flush(store)
    assert verify(store).findings == ()


def test_a_good_copy_takes_the_place_of_a_damaged_picture(store: Store) -> None:
    (file,) = loved(store)
    whole = file.read_bytes()
    rot(file)
    (store.library / "backup.png").write_bytes(whole)
    verify(store, repair=True)
    assert states(store) == {"backup.png": State.PRESENT}
    assert "cannot be opened" in others(store)[relative(store, file)]
    assert store.annotation(id_of()) == LOVED
    assert_at_one(store)


def test_a_damaged_sidecar_is_told_and_a_good_one_written_in_its_place(store: Store) -> None:
    (file,) = loved(store)
    sidecar_of(file).write_text("<rdf")
    assert verify(store, repair=True).problems
    found = sidecar.read(sidecar_of(file))
    assert found
    assert found.annotation == LOVED
    orphan = store.library / "nobody.png.xmp"
    orphan.write_text("<rdf")
    assert kinds(verify(store)) == {"nobody.png.xmp": Kind.DAMAGED}


def test_a_sidecar_of_a_stranger_without_a_picture_is_told(store: Store) -> None:
    save(store)
    sidecar.write(store.library / "gone.png.xmp", id_of(9), Annotation(5))
    refresh(store)
    (finding,) = verify(store, repair=True).findings
    assert (finding.kind, finding.picture, finding.repaired) == (Kind.ORPHANED, id_of(9), False)
    assert (store.library / "gone.png.xmp").exists()


def test_a_library_that_is_away_is_not_repaired(store: Store) -> None:
    loved(store)
    store.library.rename(store.library.with_name("aside"))
    with pytest.raises(UnreachableError):
        verify(store, repair=True)
    assert store.count(State.PRESENT) == 1


def test_a_cancelled_repair_takes_nothing_out(store: Store) -> None:
    loved(store, 3)[0].unlink()
    found = verify(store, repair=True, cancelled=lambda: True)
    assert found.cancelled
    assert store.count() == 3
