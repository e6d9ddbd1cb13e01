"""The quick look: whatever was done to the library by hand, nothing is lost."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import UUID

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
    strip,
)
from rows import opened

from ldm_desktop.gallery import files, inspect, sidecar
from ldm_desktop.gallery.care import adopt, reading, scan
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.intake import Intake
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.files import UnreachableError
from ldm_desktop.gallery.index.database import connect
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Album, Place
from ldm_desktop.gallery.records import Annotation, Change, Facts, Flag, State
from ldm_desktop.gallery.sidecar import sidecar_of

Deed = Callable[[Store], object]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a gallery with an empty library."""
    with opened(tmp_path) as store:
        yield store


def said_in(file: Path) -> Annotation:
    """Give what a picture's sidecar says."""
    found = sidecar.read(sidecar_of(file))
    assert found
    return found.annotation


# What is new


def test_new_files_get_rows_and_a_second_look_finds_nothing_to_do(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, 3)
    foreign(store.library / "by hand" / "tea.jpg")
    report = refresh(store)
    assert (report.added, report.looked, report.has_news) == (2, 2, True)
    assert store.count(State.PRESENT) == 2
    monkeypatch.setattr(inspect, "facts_of", None)  # Nothing may be opened.
    again = refresh(store)
    assert (again.looked, again.has_news) == (0, False)


def test_what_a_sidecar_says_comes_in_with_its_picture(store: Store) -> None:
    file = foreign(store.library / "tea.png")
    known = UUID(int=77, version=4)
    sidecar.write(sidecar_of(file), known, LOVED)
    refresh(store)
    assert store.annotation(known) == LOVED
    assert store.unwritten(9) == []


def test_what_is_no_usable_picture_is_noted_with_its_reason_and_asked_again_when_it_changes(
    store: Store,
) -> None:
    broken = store.library / "half.png"
    whole = save(store).read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    (store.library / "notes.txt").write_text("no picture")
    assert refresh(store).refused == 2
    assert set(others(store)) == {"half.png", "notes.txt"}
    assert "half.png cannot be opened" in others(store)["half.png"]
    assert refresh(store).refused == 0
    foreign(broken)
    assert refresh(store).added == 1
    assert set(others(store)) == {"notes.txt"}
    (store.library / "notes.txt").unlink()
    refresh(store)
    assert others(store) == {}


def test_pictures_are_taken_in_beyond_one_batch(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ldm_desktop.gallery.care.intake.BATCH", 4)
    for seed in range(3, 13):
        save(store, seed)
    seen: list[tuple[int, int]] = []
    refresh(store, lambda done, total: seen.append((done, total)))
    assert store.count() == 10
    assert seen[0] == (0, 10)
    assert seen[-1] == (10, 10)


# What has moved


@pytest.mark.parametrize("with_sidecar", [True, False])
def test_a_picture_moved_by_hand_is_found_by_its_id_with_all_that_was_said(
    store: Store, with_sidecar: bool
) -> None:
    (file,) = loved(store)
    there = move(file, store.library / "best" / "sea.png", with_sidecar=with_sidecar)
    report = refresh(store)
    assert (report.found, report.added, report.missing) == (1, 0, 0)
    assert states(store) == {"best/sea.png": State.PRESENT}
    assert store.annotation(id_of()) == said_in(there) == LOVED
    assert not sidecar_of(file).exists()
    assert store.unwritten(9) == []


def test_pictures_that_swapped_their_names_keep_what_was_said_of_each(store: Store) -> None:
    one, two = loved(store, 2)
    store.annotate([id_of(4)], Change(rating=1))
    flush(store)
    move(one, store.library / "aside", with_sidecar=False)
    move(two, one, with_sidecar=False)
    move(store.library / "aside", two, with_sidecar=False)
    refresh(store)
    flush(store)
    refresh(store)
    assert states(store) == {
        relative(store, one): State.PRESENT, relative(store, two): State.PRESENT,
    }  # fmt: skip
    assert (store.annotation(id_of(3)).rating, store.annotation(id_of(4)).rating) == (4, 1)
    assert (said_in(two).rating, said_in(one).rating) == (4, 1)


def test_a_stripped_picture_is_found_again_by_its_pixels_and_keeps_its_recipe(
    store: Store,
) -> None:
    (file,) = loved(store)
    strip(file, store.library / "stripped.png")
    file.unlink()
    report = refresh(store)
    assert (report.found, report.missing) == (1, 0)
    details = store.details(id_of())
    assert details.entry.file == Path("stripped.png")
    assert details.entry.state is State.PRESENT
    assert details.made.recipe is not None
    assert details.annotation == LOVED
    assert_at_one(store)


def test_the_picture_as_it_was_saved_takes_its_row_back_from_a_stripped_one(store: Store) -> None:
    (file,) = loved(store)
    whole = file.read_bytes()
    strip(file)
    refresh(store)
    back = store.library / "from the backup.png"
    back.write_bytes(whole)
    refresh(store)
    known = store.known(id_of())
    assert known
    assert known.file == Path(back.name)
    assert "a copy" in others(store)[relative(store, file)]
    assert store.annotation(id_of()) == LOVED
    assert_at_one(store)


# Copies


def test_a_copy_gets_no_row_and_takes_the_place_of_the_picture_when_that_goes(
    store: Store,
) -> None:
    (file,) = loved(store)
    copy = store.library / "copy.png"
    shutil.copy(file, copy)
    assert refresh(store).copies == 1
    assert str(file) in others(store)["copy.png"]
    assert store.count() == 1
    file.unlink()
    report = refresh(store)
    assert report.missing == 0
    assert states(store) == {"copy.png": State.PRESENT}
    assert store.annotation(id_of()) == LOVED
    flush(store)
    assert said_in(copy) == LOVED
    assert_at_one(store)


def test_a_missing_picture_whose_look_was_cut_short_still_gets_its_copy(store: Store) -> None:
    file = save(store)
    refresh(store)
    shutil.copy(file, store.library / "copy.png")
    refresh(store)
    file.unlink()
    store.set_state(store.row(id_of()), State.MISSING)  # And then it was killed.
    assert refresh(store).missing == 0
    assert states(store) == {"copy.png": State.PRESENT}


def test_a_changed_copy_is_a_picture_of_its_own_with_the_first_as_its_parent(
    store: Store,
) -> None:
    file = save(store)
    edited = store.library / "a edited.png"
    shutil.copy(file, edited)
    paint_over(edited)
    for _ in range(2):
        refresh(store)
        assert states(store) == {
            relative(store, file): State.PRESENT, "a edited.png": State.CHANGED,
        }  # fmt: skip
        assert len(store.children(id_of())) == 1


def test_of_two_files_with_one_id_the_saved_one_has_the_row_whichever_came_first(
    store: Store,
) -> None:
    whole = save(store)
    hidden = store.library.parent / "hidden.png"
    shutil.move(whole, hidden)
    edited = store.library / "edited.png"
    shutil.copy(hidden, edited)
    paint_over(edited)
    refresh(store)
    assert states(store) == {"edited.png": State.CHANGED}
    shutil.move(hidden, whole)
    refresh(store)
    known = store.known(id_of())
    assert known
    assert (known.file, known.state) == (Path(relative(store, whole)), State.PRESENT)
    assert store.count() == 2
    assert_at_one(store)


# What has changed, or is broken


def test_a_picture_painted_over_is_told_as_changed_and_one_cut_short_as_damaged(
    store: Store,
) -> None:
    one, two = loved(store, 2)
    whole = two.read_bytes()
    paint_over(one)
    two.write_bytes(whole[:99])
    assert refresh(store).changed == 2
    assert states(store) == {
        relative(store, one): State.CHANGED, relative(store, two): State.DAMAGED,
    }  # fmt: skip
    assert store.annotation(id_of(4)) == LOVED
    assert not refresh(store).has_news
    two.write_bytes(whole)
    refresh(store)
    assert states(store)[relative(store, two)] is State.PRESENT


def test_a_picture_saved_over_without_its_record_stays_the_same_one_but_changed(
    store: Store,
) -> None:
    (file,) = loved(store)
    foreign(file, "red")
    for _ in range(2):
        refresh(store)
        details = store.details(id_of())
        assert details.entry.state is State.CHANGED
        assert details.made.recipe
        assert details.annotation == LOVED
        os.utime(file)


def test_another_picture_in_the_place_of_one_is_that_other_one(store: Store) -> None:
    file, second = loved(store, 2)
    shutil.move(second, file)
    sidecar_of(second).unlink()
    refresh(store)
    rows = {row.id: row for row in store.files()}
    assert rows[id_of(4)].file == Path(relative(store, file))
    assert rows[id_of(3)].state is State.MISSING
    assert store.annotation(id_of(3)) == LOVED
    assert store.annotation(id_of(4)) == LOVED
    flush(store)
    assert said_in(file) == LOVED
    kept = [each for each in store.library.rglob("*.xmp") if each != sidecar_of(file)]
    assert [getattr(sidecar.read(each), "id", None) for each in kept] == [id_of(3)]


# What has gone


def test_a_picture_whose_file_has_gone_is_missing_keeps_its_rating_and_comes_back(
    store: Store,
) -> None:
    (file,) = loved(store)
    shutil.move(file, store.library.parent / "elsewhere.png")
    assert refresh(store).missing == 1
    assert states(store) == {relative(store, file): State.MISSING}
    assert refresh(store).missing == 0
    shutil.move(store.library.parent / "elsewhere.png", file)
    assert refresh(store).found == 1
    assert states(store) == {relative(store, file): State.PRESENT}
    assert store.annotation(id_of()) == LOVED


def test_a_library_that_is_away_or_an_empty_mount_point_marks_nothing(store: Store) -> None:
    (file,) = loved(store)
    aside = store.library.parent / "aside"
    store.library.rename(aside)
    with pytest.raises(UnreachableError, match="disk was taken out"):
        refresh(store)
    store.library.mkdir()
    with pytest.raises(UnreachableError, match="is empty"):
        refresh(store)
    assert list(states(store).values()) == [State.PRESENT]
    store.library.rmdir()
    aside.rename(store.library)
    assert not refresh(store).has_news
    assert file.exists()


def test_pictures_in_a_folder_that_cannot_be_listed_are_not_missing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    loved(store)
    scandir = os.scandir

    def refusing(folder: bytes) -> object:
        if folder != os.fsencode(store.library):
            raise PermissionError(13, "no")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    report = refresh(store)
    assert list(states(store).values()) == [State.PRESENT]
    assert "no permission" in report.problems[0]


def test_a_picture_the_disk_does_not_give_is_left_as_it_was_and_asked_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = loved(store)
    os.utime(file)

    def failing(path: Path) -> object:
        raise UnreachableError(f"{path} cannot be opened: the disk reports an error.")

    with monkeypatch.context() as patched:
        patched.setattr(inspect, "facts_of", failing)
        assert "reports an error" in refresh(store).problems[0]
        assert list(states(store).values()) == [State.PRESENT]
        assert others(store) == {}
    assert refresh(store).looked == 1


def test_what_was_thrown_away_stays_so_unless_its_file_is_put_back(store: Store) -> None:
    (file,) = loved(store)
    number, bin_ = store.row(id_of()), store.library.parent / "bin.png"
    store.set_state(number, State.TRASHED, Place(State.PRESENT))
    refresh(store)  # It is on its way there.
    assert list(states(store).values()) == [State.TRASHED]
    shutil.move(file, bin_)
    store.set_state(number, State.TRASHED, Place(State.PRESENT, str(bin_)))
    shutil.copy(bin_, store.library / "copy.png")
    refresh(store)
    assert list(states(store).values()) == [State.TRASHED]
    assert "in the trash" in others(store)["copy.png"]
    shutil.move(bin_, file)
    refresh(store)
    assert states(store) == {relative(store, file): State.PRESENT}
    assert store.annotation(id_of()) == LOVED


def test_a_picture_thrown_away_while_it_is_looked_at_stays_in_the_trash(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = loved(store)
    os.utime(file)
    save(store, 9)
    place = Place(State.PRESENT, str(store.library.parent / "bin.png"))
    decide = adopt.decide

    def thrown(store: Store, read: reading.Read) -> adopt.Decision:
        decision = decide(store, read)
        if read.seen.path == Path(relative(store, file)):
            store.set_state(store.row(id_of()), State.TRASHED, place)
            shutil.move(file, store.library.parent / "bin.png")
        return decision

    monkeypatch.setattr(adopt, "decide", thrown)
    refresh(store)
    assert states(store)[relative(store, file)] is State.TRASHED
    assert [each.place for each in store.in_trash()] == [place]
    assert store.count(State.PRESENT) == 1


def test_a_library_that_can_only_be_read_is_still_looked_at(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = loved(store)
    move(file, store.library / "sea.png", with_sidecar=False)

    def read_only(part: Path, final: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patched:
        patched.setattr(files, "_place", read_only)
        report = refresh(store)
    assert "can only be read" in report.problems[0]
    assert states(store) == {"sea.png": State.PRESENT}
    assert store.annotation(id_of()) == LOVED
    flush(store)
    assert said_in(store.library / "sea.png") == LOVED


# What others say


def test_what_another_program_writes_into_a_sidecar_comes_in(store: Store) -> None:
    (file,) = loved(store)
    text = sidecar_of(file).read_text()
    sidecar_of(file).write_text(text.replace("<xmp:Rating>4<", "<xmp:Rating>2<"))
    assert text != sidecar_of(file).read_text()
    assert refresh(store).annotated == 1
    assert store.annotation(id_of()).rating == 2
    assert store.annotation(id_of()).tags == LOVED.tags
    assert store.unwritten(9) == []
    assert refresh(store).annotated == 0


def test_what_a_person_said_here_and_is_not_written_yet_goes_before_a_changed_sidecar(
    store: Store,
) -> None:
    (file,) = loved(store)
    store.annotate([id_of()], Change(rating=0, flag=Flag.PICKED))
    text = sidecar_of(file).read_text()
    sidecar_of(file).write_text(text.replace("<xmp:Rating>4<", "<xmp:Rating>2<"))
    refresh(store)
    assert store.annotation(id_of()).rating == 0
    flush(store)
    assert (said_in(file).rating, said_in(file).flag) == (0, Flag.PICKED)


def test_in_a_database_restored_from_its_backup_sidecars_written_since_hold(store: Store) -> None:
    (file,) = loved(store)
    backup = store.annotation(id_of())
    store.annotate([id_of()], Change(rating=1))  # Unwritten when the backup was made…
    sidecar.write(sidecar_of(file), id_of(), Annotation(5))  # … and long since written over.
    store.set_meta("restored", "2026-11-23")
    refresh(store)
    assert store.annotation(id_of()).rating == 5
    assert store.annotation(id_of()) != backup
    assert store.meta("restored") == ""
    assert store.unwritten(9) == []


@pytest.mark.parametrize("spoil", ["unlink", "damage"])
def test_a_sidecar_that_is_gone_or_damaged_is_written_again(store: Store, spoil: str) -> None:
    (file,) = loved(store)
    place = sidecar_of(file)
    place.unlink() if spoil == "unlink" else place.write_text("<x:xmpmeta")
    refresh(store)
    flush(store)
    assert said_in(file) == LOVED
    kept = list(file.parent.glob("*.damaged-*"))
    assert len(kept) == (spoil == "damage")


def test_sidecars_named_as_other_programs_do_are_read(store: Store) -> None:
    file = foreign(store.library / "tea.jpg")
    sidecar.write(file.with_name("other.xmp"), id_of(), Annotation(3))
    text = file.with_name("other.xmp").read_text()
    file.with_name("other.xmp").unlink()
    file.with_suffix(".xmp").write_text(text.replace(str(id_of()), "nobody"))
    refresh(store)
    (row,) = store.files()
    assert store.annotation(row.id).rating == 3


def test_albums_of_the_library_come_in_and_ones_removed_here_do_not_come_back(
    store: Store,
) -> None:
    save(store)
    text = '{"format": 1, "albums": [{"name": "Empty"}, {"name": "Best", "query": "rating:>=4"}]}'
    (store.library / "albums.json").write_text(text)
    refresh(store)
    assert store.albums() == [Album("Best", "rating:>=4"), Album("Empty", None, 0)]
    store.remove_album("Empty")
    refresh(store)
    assert [album.name for album in store.albums()] == ["Best"]
    flush(store)
    assert "Empty" not in (store.library / "albums.json").read_text()


# The end


def test_a_look_that_is_cancelled_marks_nothing_and_the_next_one_ends_it(store: Store) -> None:
    gone = loved(store)[0]
    gone.unlink()
    for seed in range(13, 23):
        save(store, seed)
    calls = iter(range(100))
    report = refresh(store, cancelled=lambda: next(calls) > 4)
    assert report.cancelled
    assert states(store)[relative(store, gone)] is State.PRESENT
    assert store.count() < 11
    refresh(store)
    assert store.count() == 11
    assert states(store)[relative(store, gone)] is State.MISSING


def test_a_picture_rated_while_its_sidecar_is_read_keeps_that_rating(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = loved(store)
    sidecar.write(sidecar_of(file), id_of(), Annotation(1))
    read = reading.read_beside

    def slow(path: Path) -> object:
        found = read(path)
        love(store, written=False)
        store.annotate([id_of()], Change(rating=5))
        return found

    monkeypatch.setattr(reading, "read_beside", slow)
    refresh(store)
    assert store.annotation(id_of()).rating == 5


def test_a_sidecar_read_before_a_newer_rating_was_written_is_not_believed(store: Store) -> None:
    (file,) = loved(store)
    store.annotate([id_of()], Change(rating=1))
    seen = scan.see(store.library, file.relative_to(store.library))
    assert seen
    read = reading.read(store.library, seen)
    flush(store)
    intake = Intake(store)
    intake.take(read)
    intake.write()
    assert store.annotation(id_of()).rating == said_in(file).rating == 1


def test_what_is_said_while_a_sidecar_is_taken_in_holds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = loved(store)
    sidecar.write(sidecar_of(file), id_of(), Annotation(1))
    is_beside = reading.is_beside

    def slow(path: Path, told: sidecar.Sidecar) -> bool:
        answer = is_beside(path, told)
        store.annotate([id_of()], Change(rating=5))
        return answer

    monkeypatch.setattr(reading, "is_beside", slow)
    refresh(store)
    assert store.annotation(id_of()).rating == 5


def _at_the_last_moment(store: Store, monkeypatch: pytest.MonkeyPatch, deed: Deed) -> None:
    """Have somebody do something when files have been decided about and have no rows yet."""
    add_many = store.add_many

    def late(items: Iterable[tuple[Facts, Path, Annotation | None]]) -> None:
        with contextlib.closing(connect(Path(store.connection.filename))) as connection:
            deed(Store(connection, store.library))
        add_many(items)

    monkeypatch.setattr(store, "add_many", late)


@pytest.mark.parametrize("is_new", [True, False])
def test_a_picture_thrown_away_before_its_batch_is_written_stays_in_the_trash(
    store: Store, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    file = save(store)
    if not is_new:
        refresh(store)
        os.utime(file)
    place = Place(State.PRESENT, str(store.library.parent / "bin.png"))

    def throw(other: Store) -> None:
        number = other.add(inspect.facts_of(file), file.relative_to(store.library))
        other.set_state(number, State.TRASHED, place)
        shutil.move(file, store.library.parent / "bin.png")

    _at_the_last_moment(store, monkeypatch, throw)
    refresh(store)
    assert [each.place for each in store.in_trash()] == [place]


def test_what_is_said_of_a_new_picture_goes_before_the_sidecar_it_was_found_with(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = save(store)
    sidecar.write(sidecar_of(file), id_of(), LOVED)

    def rate(other: Store) -> None:
        other.add(inspect.facts_of(file), file.relative_to(store.library), LOVED)
        other.annotate([id_of()], Change(rating=5))

    _at_the_last_moment(store, monkeypatch, rate)
    refresh(store)
    assert store.annotation(id_of()).rating == 5
