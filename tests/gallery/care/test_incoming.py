"""Pictures from elsewhere: copied, never moved, with what was said; what is not taken is told."""

from __future__ import annotations

import errno
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
    loved,
    others,
    paint_over,
    relative,
    save,
    states,
    strip,
)
from PIL import Image
from rows import opened
from samples import picture_of

from ldm_desktop.core import paths
from ldm_desktop.gallery import files, sidecar
from ldm_desktop.gallery.care import copying
from ldm_desktop.gallery.care.incoming import bring_in
from ldm_desktop.gallery.care.rebuild import rebuild
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.files import UnreachableError
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Place
from ldm_desktop.gallery.records import State
from ldm_desktop.gallery.sidecar import sidecar_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a gallery with an empty library."""
    with opened(tmp_path) as store:
        yield store


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Make a folder that is not the library."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def test_a_picture_comes_into_its_days_folder_under_its_name_and_the_original_stays(
    store: Store, elsewhere: Path
) -> None:
    file = files.save(picture_of(), elsewhere)
    os.utime(file, ns=(1, 10**18))
    brought = bring_in(store, [file])
    assert (brought.added, brought.known, brought.refused) == ((id_of(),), (), ())
    known = store.known(id_of())
    assert known
    assert known.file == Path(files.day(picture_of().record)) / file.name
    copy = store.library / known.file
    assert copy.read_bytes() == file.read_bytes()
    assert copy.stat().st_mtime_ns == 10**18
    assert not refresh(store).has_news


def test_one_without_a_date_goes_by_its_files_day_and_names_are_never_taken(
    store: Store, elsewhere: Path
) -> None:
    for folder, colour in (("a", "red"), ("b", "blue")):
        file = foreign(elsewhere / folder / "tea.png", colour)
        os.utime(file, (10**9, 10**9))
    assert len(bring_in(store, [elsewhere]).added) == 2
    assert set(states(store)) == {"2001-09-09/tea.png", "2001-09-09/tea (2).png"}
    before = {str(row.id): row.file for row in store.files()}
    rebuild(store)
    assert {str(row.id): row.file for row in store.files()} == before


@pytest.mark.parametrize("name", ["tea.png.xmp", "tea.xmp"])
def test_what_others_said_comes_along(store: Store, elsewhere: Path, name: str) -> None:
    file = foreign(elsewhere / "tea.png")
    sidecar.write(elsewhere / name, id_of(), LOVED)
    brought = bring_in(store, [elsewhere])
    assert (brought.added, brought.refused) == ((id_of(),), ())
    assert store.annotation(id_of()) == LOVED
    known = store.known(id_of())
    assert known
    place = sidecar_of(store.library / known.file)
    assert place.read_bytes() == (elsewhere / name).read_bytes()
    assert file.exists()


def test_names_by_which_files_are_passed_over_are_not_kept(store: Store, elsewhere: Path) -> None:
    file = foreign(elsewhere / "tea.png")
    names = [".hidden.png", "half.png.part"]
    for name in names:
        shutil.copy(file, elsewhere / name)
    bring_in(store, [elsewhere / names[1]])
    Image.new("RGB", (9, 9)).save(elsewhere / names[0])
    bring_in(store, [elsewhere / names[0]])
    assert sorted(Path(each).name for each in states(store)) == ["half.png", "hidden.png"]
    assert refresh(store).missing == 0


def test_a_damaged_sidecar_is_told_and_its_picture_still_comes(
    store: Store, elsewhere: Path
) -> None:
    file = foreign(elsewhere / "tea.png")
    sidecar_of(file).write_text("<rdf")
    brought = bring_in(store, [file])
    assert len(brought.added) == 1
    assert [each.path for each in brought.refused] == [sidecar_of(file)]


def test_what_is_known_already_is_told_as_known(store: Store, elsewhere: Path) -> None:
    (file,) = loved(store)
    tea = foreign(store.library / "tea.png")
    refresh(store)
    shutil.copy(file, elsewhere / "same id.png")
    strip(file, elsewhere / "same pixels.png")
    shutil.copy(tea, elsewhere / "same bytes.png")
    brought = bring_in(store, [elsewhere, file])
    assert (brought.added, brought.refused) == ((), ())
    assert sorted(brought.known) == sorted(
        [id_of(), id_of(), id_of(), *(row.id for row in store.files() if row.id != id_of())]
    )
    assert store.count() == 2
    assert others(store) == {}


def test_one_that_comes_twice_in_one_import_comes_in_once(store: Store, elsewhere: Path) -> None:
    foreign(elsewhere / "a.png")
    shutil.copy(elsewhere / "a.png", elsewhere / "b.png")
    brought = bring_in(store, [elsewhere])
    assert len(brought.added) == 1
    assert brought.known == brought.added


def test_a_changed_file_with_a_known_id_comes_in_as_a_picture_of_its_own(
    store: Store, elsewhere: Path
) -> None:
    file = save(store)
    refresh(store)
    shutil.copy(file, elsewhere / "edited.png")
    paint_over(elsewhere / "edited.png")
    (added,) = bring_in(store, [elsewhere]).added
    assert store.children(id_of()) == (added,)
    assert_at_one(store)


def test_a_missing_picture_that_is_brought_again_has_all_that_was_said(
    store: Store, elsewhere: Path
) -> None:
    (file,) = loved(store)
    shutil.move(file, elsewhere / "rescued.png")
    sidecar_of(file).unlink()
    refresh(store)
    assert bring_in(store, [elsewhere]).added == (id_of(),)
    assert list(states(store).values()) == [State.PRESENT]
    assert store.annotation(id_of()) == LOVED


def test_one_in_the_trash_is_to_be_restored_from_there(store: Store, elsewhere: Path) -> None:
    file = save(store)
    refresh(store)
    shutil.move(file, elsewhere / "bin.png")
    place = Place(State.PRESENT, str(elsewhere / "bin.png"))
    store.set_state(store.row(id_of()), State.TRASHED, place)
    shutil.copy(elsewhere / "bin.png", elsewhere / "again.png")
    ((path, reason),) = bring_in(store, [elsewhere / "again.png"]).refused
    assert path.name == "again.png"
    assert "restore it from there" in reason


def test_what_is_no_usable_picture_is_refused_with_its_reason_and_the_rest_comes(
    store: Store, elsewhere: Path
) -> None:
    good = foreign(elsewhere / "good.png")
    (elsewhere / "broken.png").write_bytes(good.read_bytes()[:-20])
    (elsewhere / "notes.txt").write_text("no picture")
    (elsewhere / "link.png").symlink_to(good)
    (elsewhere / "loop").symlink_to(elsewhere)
    (elsewhere / ".hidden.png").write_text("nothing")
    Image.new("1", (20_000, 20_000)).save(elsewhere / "bomb.png")
    os.mkfifo(elsewhere / "pipe.png")
    brought = bring_in(store, [elsewhere, elsewhere / "gone.png"])
    assert len(brought.added) == 1
    told = {each.path.name: each.reason for each in brought.refused}
    assert set(told) == {
        "broken.png", "notes.txt", "link.png", "loop", "bomb.png", "pipe.png", "gone.png",
    }  # fmt: skip
    assert "links are not followed" in told["link.png"]
    assert "not there" in told["gone.png"]
    assert all(name in reason for name, reason in told.items())
    assert_at_one(store)


def test_a_folder_that_cannot_be_listed_is_refused_and_the_others_come(
    store: Store, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign(elsewhere / "open" / "tea.png")
    foreign(elsewhere / "shut" / "tea.png", "red")
    iterdir = Path.iterdir

    def refusing(folder: Path) -> Iterator[Path]:
        if folder.name == "shut":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", refusing)
    brought = bring_in(store, [elsewhere])
    assert len(brought.added) == 1
    assert "no permission" in brought.refused[0].reason


def test_files_inside_the_library_are_taken_in_where_they_are(store: Store) -> None:
    file = foreign(store.library / "by hand" / "tea.png")
    link = store.library.parent / "link to the library"
    link.symlink_to(store.library)
    assert len(bring_in(store, [link / "by hand" / "tea.png"]).added) == 1
    assert len(bring_in(store, [store.library]).known) == 1
    assert states(store) == {relative(store, file): State.PRESENT}


def test_a_full_disk_is_told_of_each_file_and_leaves_nothing_behind(
    store: Store, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign(elsewhere / "tea.png")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        brought = bring_in(store, [elsewhere])
    assert brought.added == ()
    assert "the disk is full" in brought.refused[0].reason
    assert [each for each in store.library.rglob("*") if each.is_file()] == []
    assert len(bring_in(store, [elsewhere]).added) == 1


def test_an_import_killed_after_the_sidecar_is_ended_by_the_next_one(
    store: Store, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = foreign(elsewhere / "tea.png")
    sidecar.write(sidecar_of(file), id_of(), LOVED)
    place = files._place

    def killed(part: Path, final: Path) -> None:
        if final.suffix == ".png":
            raise KeyboardInterrupt
        place(part, final)

    with monkeypatch.context() as patched:
        patched.setattr(files, "_place", killed)
        with pytest.raises(KeyboardInterrupt):
            bring_in(store, [file])
    assert [each.name for each in store.library.rglob("*.*")] == ["tea.png.xmp"]
    assert bring_in(store, [file]).added == (id_of(),)
    assert sorted(each.name for each in store.library.rglob("*.*")) == ["tea.png", "tea.png.xmp"]
    assert store.annotation(id_of()) == LOVED


def test_a_picture_copied_by_an_import_that_was_cut_short_is_not_copied_again(
    store: Store, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = foreign(elsewhere / "tea.png")
    with monkeypatch.context() as patched:
        patched.setattr(files, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            bring_in(store, [file])
    (copy,) = store.library.rglob("*.png")
    with monkeypatch.context() as patched:
        patched.setattr(copying.paths, "sync_folder", broken)
        assert "reports an error" in bring_in(store, [file]).refused[0].reason
    assert copy.exists()
    assert len(bring_in(store, [file]).added) == 1
    assert set(states(store)) == {relative(store, copy)}
    assert_at_one(store)


def killed(final: Path) -> None:
    """End the process."""
    raise KeyboardInterrupt


def broken(folder: Path) -> None:
    """Be a broken disk."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_name_taken_while_it_is_copied_leaves_that_picture_without_our_sidecar(
    store: Store, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = foreign(elsewhere / "tea.png")
    sidecar.write(sidecar_of(file), id_of(), LOVED)
    write = paths.write_durably

    def quick(path: Path, data: bytes) -> None:
        write(path, data)
        foreign(path.with_name("tea.png"), "red")

    monkeypatch.setattr(copying.paths, "write_durably", quick)
    bring_in(store, [file])
    known = store.known(id_of())
    assert known
    assert known.file.name == "tea (2).png"
    assert not (store.library / known.file.with_name("tea.png.xmp")).exists()


def test_a_file_that_changes_while_it_is_copied_is_refused(
    store: Store, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = foreign(elsewhere / "tea.png")
    monkeypatch.setattr(copying, "_blocks", lambda source: iter([b"something else"]))
    brought = bring_in(store, [file])
    assert "changed while it was copied" in brought.refused[0].reason
    assert [each for each in store.library.rglob("*") if each.is_file()] == []


def test_without_its_library_or_when_cancelled_nothing_comes_in(
    store: Store, elsewhere: Path
) -> None:
    foreign(elsewhere / "tea.png")
    brought = bring_in(store, [elsewhere], cancelled=lambda: True)
    assert (brought.added, brought.cancelled) == ((), True)
    store.library.rmdir()
    with pytest.raises(UnreachableError):
        bring_in(store, [elsewhere])
