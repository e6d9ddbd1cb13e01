"""The trash: pictures go there with all that was said of them, and come back whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rows import facts_of, file_of, id_of, opened

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import sidecar
from ldm_desktop.gallery.files import UnreachableError
from ldm_desktop.gallery.index import bin as trash_bin
from ldm_desktop.gallery.index import locks
from ldm_desktop.gallery.index.bin import MoveToTrash, Trashed, put_back, settle, trash
from ldm_desktop.gallery.index.sql import DatabaseError
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Place
from ldm_desktop.gallery.records import Annotation, Change, State
from ldm_desktop.gallery.sidecar import sidecar_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a store with three pictures, of which the first is rated."""
    with opened(tmp_path) as store:
        for number in (1, 2, 3):
            bring(store, number)
        store.annotate([id_of(1)], Change(rating=5))
        (unwritten,) = store.unwritten(9)
        place = sidecar_of(store.library / file_of(1))
        digest = sidecar.write(place, id_of(1), unwritten.annotation)
        store.wrote(unwritten.number, unwritten.revision, digest)
        yield store


@pytest.fixture
def can(tmp_path: Path) -> Path:
    """Make a trash as freedesktop.org describes it."""
    for name in ("files", "info"):
        (tmp_path / "Trash" / name).mkdir(parents=True)
    return tmp_path / "Trash" / "files"


def bring(store: Store, number: int) -> Path:
    """Put a file in the library with its row."""
    file = store.library / file_of(number)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"picture %d" % number)
    status = file.stat()
    facts = facts_of(number, size=status.st_size, mtime_ns=status.st_mtime_ns)
    store.add(facts, file_of(number))
    return file


def into(can: Path) -> MoveToTrash:
    """Move to a trash as a system does."""

    def move(file: Path) -> str:
        record = can.parent / "info" / f"{file.name}.trashinfo"
        record.write_text(f"[Trash Info]\nPath={file}\n")
        return str(file.rename(can / file.name))

    return move


def state(store: Store, number: int) -> State:
    known = store.known(id_of(number))
    assert known
    return known.state


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_pictures_go_with_their_sidecars_and_come_back_as_they_were(
    store: Store, can: Path
) -> None:
    day = store.library / file_of(1).parent
    before = {path.name: path.read_bytes() for path in day.iterdir()}
    assert len(before) == 4
    ids = (id_of(1), id_of(2))
    assert trash(store, ids, into(can)) == Trashed(ids, ())
    assert names(day) == [file_of(3).name]
    assert names(can) == [name for name in sorted(before) if name != file_of(3).name]
    assert [state(store, number) for number in (1, 2, 3)] == [
        State.TRASHED, State.TRASHED, State.PRESENT
    ]  # fmt: skip
    assert store.details(id_of(1)).trashed == str(can / file_of(1).name)
    assert settle(store) == ()
    assert put_back(store, ids) == Trashed(ids, ())
    assert {path.name: path.read_bytes() for path in day.iterdir()} == before
    assert [state(store, number) for number in (1, 2)] == [State.PRESENT] * 2
    assert names(can) == names(can.parent / "info") == []
    assert store.annotation(id_of(1)).rating == 5
    assert store.unwritten(9) == []


def test_what_was_wrong_with_a_picture_is_still_wrong_when_it_is_back(
    store: Store, can: Path
) -> None:
    known = store.known(id_of(2))
    assert known
    store.set_state(known.number, State.DAMAGED)
    trash(store, [id_of(2)], into(can))
    put_back(store, [id_of(2)])
    assert state(store, 2) is State.DAMAGED


def test_a_picture_comes_back_beside_what_took_its_name(store: Store, can: Path) -> None:
    trash(store, [id_of(1)], into(can))
    (store.library / file_of(1)).write_bytes(b"another picture")
    sidecar_of(store.library / file_of(1)).write_bytes(b"its sidecar")
    assert put_back(store, [id_of(1)]).ids == (id_of(1),)
    back = file_of(1).with_stem(f"{file_of(1).stem} (2)")
    known = store.known(id_of(1))
    assert known
    assert (known.file, known.state) == (back, State.PRESENT)
    assert (store.library / back).read_bytes() == b"picture 1"
    assert sidecar.read(sidecar_of(store.library / back))
    assert (store.library / file_of(1)).read_bytes() == b"another picture"


def test_the_folder_of_the_day_is_made_again(store: Store, can: Path) -> None:
    ids = [id_of(number) for number in (1, 2, 3)]
    trash(store, ids, into(can))
    (store.library / file_of(1).parent).rmdir()
    assert put_back(store, ids).problems == ()
    assert len(names(store.library / file_of(1).parent)) == 4


def test_a_trash_on_another_disk_gives_back_whole_files(
    store: Store, can: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trash(store, [id_of(1)], into(can))
    link = trash_bin.files.os.link

    def refusing(source: Path, target: Path) -> None:
        if Path(source).parent == can:
            raise OSError(18, "Invalid cross-device link")
        link(source, target)

    class Elsewhere:
        st_dev = -1

    stat = Path.stat
    monkeypatch.setattr(trash_bin.files.os, "link", refusing)
    monkeypatch.setattr(
        Path, "stat", lambda path, **how: Elsewhere() if path.parent == can else stat(path, **how)
    )
    monkeypatch.setattr("shutil.copystat", lambda *_, **__: None)
    assert put_back(store, [id_of(1)]) == Trashed((id_of(1),), ())
    monkeypatch.undo()
    assert (store.library / file_of(1)).read_bytes() == b"picture 1"
    assert names(can) == []
    assert len(names(store.library / file_of(1).parent)) == 4


def test_a_picture_that_is_not_there_does_not_go_and_keeps_its_state(
    store: Store, can: Path
) -> None:
    (store.library / file_of(2)).unlink()
    done = trash(store, [id_of(2), id_of(3)], into(can))
    assert done.ids == (id_of(3),)
    assert done.problems == (
        f"{file_of(2)} cannot go to the trash: it is not in the library's folder any more.",
    )
    assert state(store, 2) is State.PRESENT


@pytest.mark.parametrize("error", [KnownError("The trash is full."), OSError(28, "No space left")])
def test_a_picture_that_the_system_does_not_take_stays_with_its_sidecar(
    store: Store, can: Path, error: Exception
) -> None:
    move = into(can)

    def refusing(file: Path) -> str:
        if file.name == file_of(1).name:
            raise error
        return move(file)

    done = trash(store, [id_of(1), id_of(2)], refusing)
    assert done.ids == (id_of(2),)
    (problem,) = done.problems
    assert "full" in problem
    assert state(store, 1) is State.PRESENT
    assert sidecar.read(sidecar_of(store.library / file_of(1)))
    assert (store.library / file_of(1)).exists()


def test_a_system_that_does_not_say_where_is_no_obstacle_to_the_trash(
    store: Store, can: Path
) -> None:
    move = into(can)

    def silent(file: Path) -> str:
        move(file)
        return ""

    assert trash(store, [id_of(1)], silent).ids == (id_of(1),)
    assert settle(store) == ()
    assert state(store, 1) is State.TRASHED
    (problem,) = put_back(store, [id_of(1)]).problems
    assert "look for it in the system's trash" in problem
    # The person takes it out of the trash by hand.
    (can / file_of(1).name).rename(store.library / file_of(1))
    assert settle(store) == (id_of(1),)
    assert store.annotation(id_of(1)).rating == 5
    assert [each.id for each in store.unwritten(9)] == [id_of(1)]


def test_with_the_library_away_nothing_goes_and_nothing_is_said_of_it(
    store: Store, can: Path, tmp_path: Path
) -> None:
    store.library.rename(tmp_path / "away")
    for verb in (lambda: trash(store, [id_of(1)], into(can)), lambda: put_back(store, [id_of(1)])):
        with pytest.raises(UnreachableError, match="it is not there; perhaps it was moved"):
            verb()
    assert settle(store) == ()
    assert state(store, 1) is State.PRESENT


def test_what_is_in_the_trash_does_not_go_twice_nor_come_back_twice(
    store: Store, can: Path
) -> None:
    trash(store, [id_of(1)], into(can))
    assert trash(store, [id_of(1)], into(can)).ids == ()
    assert store.details(id_of(1)).trashed == str(can / file_of(1).name)
    put_back(store, [id_of(1)])
    assert put_back(store, [id_of(1)]) == Trashed((), ())


def test_what_somebody_is_just_moving_is_not_settled(store: Store, can: Path) -> None:
    move, settled = into(can), []

    def moving(file: Path) -> str:
        settled.append(settle(store))
        return move(file)

    ids = (id_of(1), id_of(2))
    assert trash(store, ids, moving).ids == ids
    assert settled == [(), (), ()]
    assert [state(store, number) for number in (1, 2)] == [State.TRASHED] * 2


def test_nobody_writes_the_sidecar_of_a_picture_that_is_just_moved(
    store: Store, can: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0)
    move = into(can)

    def moving(file: Path) -> str:
        with pytest.raises(DatabaseError), locks.writing(store.connection.filename):
            pass
        return move(file)

    assert trash(store, [id_of(1)], moving).ids == (id_of(1),)


def test_another_picture_in_the_place_of_one_in_an_emptied_trash_is_not_taken_for_it(
    store: Store, can: Path
) -> None:
    trash(store, [id_of(1)], into(can))
    for file in can.iterdir():
        file.unlink()
    (store.library / file_of(1)).write_bytes(b"another picture")
    assert settle(store) == ()
    assert state(store, 1) is State.TRASHED


def test_a_picture_that_is_back_in_place_unnoted_is_noted(store: Store, can: Path) -> None:
    trash(store, [id_of(2)], into(can))
    (can / file_of(2).name).rename(store.library / file_of(2))
    assert settle(store) == (id_of(2),)
    assert state(store, 2) is State.PRESENT


class Killed(BaseException):
    """The process ends here."""


def killed_at(step: int, can: Path) -> MoveToTrash:
    """Move to the trash and be killed: before (0) or after (1) the first move, and so on."""
    move, steps = into(can), iter(range(99))

    def moving(file: Path) -> str:
        if next(steps) == step:
            raise Killed
        place = move(file)
        if next(steps) == step:
            raise Killed
        return place

    return moving


@pytest.mark.parametrize("step", range(4))
def test_whenever_a_process_is_killed_the_picture_is_in_one_place_and_nothing_is_lost(
    store: Store, can: Path, step: int
) -> None:
    with pytest.raises(Killed):
        trash(store, [id_of(1)], killed_at(step, can))
    back = settle(store)
    here, there = (store.library / file_of(1)).exists(), (can / file_of(1).name).exists()
    assert here != there
    assert here == (step < 3) == (back == (id_of(1),)) == (state(store, 1) is State.PRESENT)
    assert store.annotation(id_of(1)) == Annotation(rating=5)
    if here and not sidecar_of(store.library / file_of(1)).exists():
        assert [each.id for each in store.unwritten(9)] == [id_of(1)]


def test_whenever_putting_back_is_cut_short_it_can_be_done_again(
    store: Store, can: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = trash_bin.files.place_first_free
    for allowed in (0, 1):
        trash(store, [id_of(1)], into(can))
        left = iter([True] * allowed)

        def cut(*arguments: object, left: Iterator[bool] = left) -> Path:
            if not next(left, False):
                raise Killed
            return place(*arguments)

        monkeypatch.setattr(trash_bin.files, "place_first_free", cut)
        with pytest.raises(Killed):
            put_back(store, [id_of(1)])
        monkeypatch.undo()
        assert settle(store) == ()
        assert put_back(store, [id_of(1)]).ids == (id_of(1),)
        assert sidecar.read(sidecar_of(store.library / file_of(1)))
        assert state(store, 1) is State.PRESENT


def test_a_database_in_trouble_lets_the_picture_stay(
    store: Store, can: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int, state: State, place: Place | None = None) -> None:
        raise DatabaseError("The disk is full.")

    monkeypatch.setattr(store, "set_state", full)
    done = trash(store, [id_of(1)], into(can))
    assert (done.ids, done.problems) == ((), ("The disk is full.",))
    monkeypatch.undo()
    assert (store.library / file_of(1)).exists()
    assert sidecar_of(store.library / file_of(1)).exists()
    assert settle(store) == (id_of(1),)
    assert state(store, 1) is State.PRESENT
