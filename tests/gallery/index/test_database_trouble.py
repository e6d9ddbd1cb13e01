"""Trouble that the database meets on its way: one sentence, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from rows import facts_of, file_of, id_of, make_database, opened, spoil

from ldm_desktop.gallery.index.database import connect, open_database, transaction
from ldm_desktop.gallery.index.sql import DamagedError, DatabaseError, rows
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Change


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Name a database in a folder that is not there yet."""
    return tmp_path / "galleries" / "5f3a.db"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a store with one rated picture."""
    with opened(tmp_path) as store:
        store.add(facts_of(), file_of())
        store.annotate([id_of(3)], Change(rating=3))
        yield store


class _Failing(apsw.VFS):
    """A file system whose disk fails on command."""

    fails = False

    def __init__(self) -> None:
        super().__init__("failing", "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - apsw's name
        return _FailingFile(name, flags)


class _FailingFile(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - apsw's name
        if _Failing.fails:
            raise apsw.IOError
        super().xWrite(data, offset)


def full(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    pages = store.connection.pragma("page_count")
    store.connection.pragma("max_page_count", pages)
    return lambda: store.connection.pragma("max_page_count", 2**30)


def read_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    store.connection.pragma("query_only", True)
    return lambda: store.connection.pragma("query_only", False)


def locked(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    other = apsw.Connection(store.connection.filename)
    other.execute("BEGIN IMMEDIATE")
    store.connection.set_busy_timeout(20)
    return other.close


def failing(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    name = store.connection.filename
    store.connection.close()
    vfs = _Failing()
    store.connection = apsw.Connection(name, vfs="failing")
    store.connection.execute("PRAGMA foreign_keys = ON")
    monkeypatch.setattr(_Failing, "fails", True)

    def mend() -> None:
        assert vfs
        monkeypatch.setattr(_Failing, "fails", False)

    return mend


@pytest.mark.parametrize(
    ("begin", "reason"),
    [
        (full, "the disk is full; free some space and try again"),
        (read_only, "it can only be read"),
        (locked, "another LDM Desktop is writing in it; try again"),
        (failing, "the disk reports an error"),
    ],
)
def test_trouble_is_one_sentence_changes_nothing_and_passes(
    store: Store,
    begin: Callable[..., Callable[[], object]],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mend = begin(store, monkeypatch)
    note = "sea " * 100_000
    with pytest.raises(DatabaseError, match=f"database .*gallery.db cannot be used: {reason}"):
        store.annotate([id_of(3)], Change(rating=5, note=note))
    with pytest.raises(DatabaseError, match=reason):
        store.add_many((facts_of(n), file_of(n), Annotation(note=note)) for n in range(9))
    mend()
    assert store.annotation(id_of(3)) == Annotation(rating=3)
    assert store.count() == 1
    store.annotate([id_of(3)], Change(rating=5, note=note))
    assert store.annotation(id_of(3)).rating == 5
    store.connection.close()


def test_damage_met_on_the_way_is_one_sentence_that_says_what_helps(tmp_path: Path) -> None:
    make_database(tmp_path / "gallery.db", 500)
    connection = connect(tmp_path / "gallery.db")
    spoil(tmp_path / "gallery.db")
    with pytest.raises(DamagedError, match=r"gallery\.db is damaged: start LDM Desktop again"):
        Store(connection, tmp_path).annotate([id_of(3)], Change(rating=1))
    with pytest.raises(DamagedError, match=r"gallery\.db is damaged"):
        list(Store(connection, tmp_path).files())
    connection.close()


def test_a_damaged_index_of_words_is_found_out_when_it_is_used_and_mended_at_the_next_start(
    file: Path,
) -> None:
    make_database(file, 500)
    connection = open_database(file).connection
    connection.execute("UPDATE words_data SET block = randomblob(length(block)) WHERE id > 10")
    connection.close()
    opened = open_database(file)
    assert opened.notices == ()
    with pytest.raises(DamagedError, match="start LDM Desktop again"):
        rows(opened.connection, "SELECT rowid FROM words WHERE words MATCH 'landscapes'")
    opened.connection.close()
    opened = open_database(file)
    assert "damaged and is kept as" in opened.notices[0]
    opened.connection.close()
    again = open_database(file)
    assert again.notices == ()
    again.connection.close()


def test_a_bug_in_a_statement_is_no_trouble_of_the_disk(store: Store) -> None:
    with pytest.raises(apsw.SQLError), transaction(store.connection):
        store.connection.execute("UPDATE nothing SET x = 1")
    assert not store.connection.in_transaction


@pytest.mark.parametrize("obstacle", ["a file", "a folder"])
def test_a_place_that_takes_no_database_is_one_sentence(tmp_path: Path, obstacle: str) -> None:
    if obstacle == "a file":
        (tmp_path / "galleries").write_text("")
    else:
        (tmp_path / "galleries" / "5f3a.db").mkdir(parents=True)
    with pytest.raises(DatabaseError, match=r"database .*5f3a\.db cannot be used: "):
        open_database(tmp_path / "galleries" / "5f3a.db")
