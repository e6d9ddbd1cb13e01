"""A look at the library that is killed at its every step: a repeat ends in order, all kept."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from libraries import (
    LOVED,
    assert_at_one,
    foreign,
    id_of,
    loved,
    move,
    paint_over,
    save,
    strip,
)
from rows import opened

from ldm_desktop.gallery import beside, files, sidecar
from ldm_desktop.gallery.care import said
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.care.verify import verify
from ldm_desktop.gallery.index import database, sql
from ldm_desktop.gallery.index import store as store_module
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import State
from ldm_desktop.gallery.sidecar import sidecar_of

Deed = Callable[[Store], object]
DEEDS: dict[str, Deed] = {
    "flush": flush,
    "refresh": refresh,
    "repair": lambda store: verify(store, repair=True),
}
MOST_STEPS = 200


class KilledError(BaseException):
    """Stands for the end of the process."""


class Steps:
    """Counts the steps that change something, and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.left = last

    def step(self) -> None:
        """Do one more, or be killed."""
        if self.left == 0:
            raise KilledError
        self.left -= 1

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Make a function two steps: it may be killed before it and after it."""

        def stepping(*arguments: Any) -> Any:
            self.step()
            result = function(*arguments)
            self.step()
            return result

        return stepping

    @contextlib.contextmanager
    def transaction(self, connection: apsw.Connection) -> Iterator[None]:
        """Be killed before, within or after a transaction."""
        self.step()
        with sql.transaction(connection):
            yield
            self.step()
        self.step()


def trouble(store: Store) -> None:
    """Leave a library as hands and other programs do, and ratings that no sidecar has yet."""
    *paths, stripped, copied, painted, gone = loved(store, 8)
    move(paths[0], store.library / "moved.png", with_sidecar=False)
    move(paths[1], store.library / "aside", with_sidecar=False)
    move(paths[2], paths[1], with_sidecar=False)
    move(store.library / "aside", paths[2], with_sidecar=False)
    save(store, 12)
    strip(stripped)
    shutil.copy(copied, store.library / "copy.png")
    copied.unlink()
    paint_over(painted)
    paths[3].write_bytes(b"broken")
    sidecar_of(painted).unlink()
    gone.unlink()
    foreign(store.library / "deep" / "tea.png")
    store.make_album("Empty")
    store.touch([id_of(3), id_of(7)])


def assert_kept(store: Store) -> None:
    """See that every picture that has a file is there, with all that was said of it."""
    assert_at_one(store)
    for seed in range(3, 10):
        assert store.annotation(id_of(seed)) == LOVED, seed
    assert store.known(id_of(12))
    assert store.count(State.MISSING) == 0
    assert [album.name for album in store.albums()] == ["Empty"]
    assert store.unwritten(9) == []
    for row in store.files():
        if store.annotation(row.id) == LOVED:
            found = sidecar.read(sidecar_of(store.library / row.file))
            assert found
            assert (found.id, found.annotation) == (row.id, LOVED)


@pytest.mark.parametrize("name", DEEDS)
def test_killed_at_whatever_step_a_repair_ends_with_nothing_lost(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is on the disk after a power cut is not the question here, and takes long.
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(database, "SETTINGS", ("foreign_keys = ON", "synchronous = OFF"))
    master = tmp_path / "master"
    master.mkdir()
    with opened(master) as store:
        trouble(store)
    for last in range(MOST_STEPS):
        folder = shutil.copytree(master, tmp_path / f"{name} {last}")
        with opened(folder) as store:
            is_whole = _lived_through(DEEDS[name], store, last)
        with opened(folder) as store:
            verify(store, repair=True)
            flush(store)  # As it is done every few seconds.
            assert_kept(store)
        shutil.rmtree(folder)
        if is_whole:
            break
    assert last > 4


def _lived_through(deed: Deed, store: Store, last: int) -> bool:
    steps = Steps(last)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store_module, "transaction", steps.transaction)
        patched.setattr(said, "transaction", steps.transaction)
        patched.setattr(files, "_place", steps.around(files._place))
        patched.setattr(beside, "write", steps.around(beside.write))
        try:
            deed(store)
        except KilledError:
            return False
    return True
