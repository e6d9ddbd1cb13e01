"""The database file: sound, of the present form, shared in peace, and replaceable."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest
from rows import make_database, spoil

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import gallery_database
from ldm_desktop.gallery.index import locks, schema
from ldm_desktop.gallery.index.database import RESTORED, back_up, connect, open_database
from ldm_desktop.gallery.index.schema import MIGRATIONS, VERSION
from ldm_desktop.gallery.index.sql import DatabaseError, rows
from ldm_desktop.gallery.index.store import Store

ROOT = Path(__file__).parents[3]
IMPORTS = f"""\
import sys, time
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Name a database in a folder that is not there yet."""
    return tmp_path / "galleries" / "5f3a.db"


def ratings(connection: apsw.Connection) -> list[int]:
    """Give the ratings in a database."""
    return [rating for (rating,) in rows(connection, "SELECT rating FROM pictures")]


def names(file: Path) -> list[str]:
    return sorted(path.name.removeprefix(file.name) for path in file.parent.iterdir())


# Opening


def test_a_new_database_is_fresh_and_keeps_what_is_committed(file: Path) -> None:
    opened = open_database(file)
    assert (opened.notices, opened.fresh) == ((), True)
    settings = [opened.connection.pragma(name) for name in ("journal_mode", "synchronous")]
    assert settings == ["wal", 2]
    assert opened.connection.pragma("foreign_keys") == 1
    assert opened.connection.pragma("user_version") == VERSION
    opened.connection.close()
    make_database(file)
    again = open_database(file)
    assert (again.notices, again.fresh) == ((), False)
    assert ratings(again.connection) == [4]
    again.connection.close()


def test_each_library_has_a_database_of_its_own_outside_of_it(tmp_path: Path) -> None:
    one = gallery_database(tmp_path, tmp_path / "one")
    assert one.parent == tmp_path / "galleries"
    assert len(one.stem) == 16
    assert one == gallery_database(tmp_path, tmp_path / "one" / ".")
    assert one != gallery_database(tmp_path, tmp_path / "two")


def test_a_newer_database_is_refused_with_its_version_and_left_alone(file: Path) -> None:
    make_database(file)
    connection = apsw.Connection(str(file))
    connection.execute("PRAGMA user_version = 99").fetchall()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match=f"newer LDM Desktop .it is of version 99.*{VERSION}"):
        open_database(file)
    assert file.read_bytes() == before
    assert not any("damaged" in name for name in names(file))


def test_an_older_database_is_brought_up_to_date_and_kept_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_database(file)
    newer = (*MIGRATIONS, "ALTER TABLE pictures ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")
    monkeypatch.setattr(schema, "MIGRATIONS", newer)
    monkeypatch.setattr(schema, "VERSION", len(newer))
    connection = open_database(file).connection
    assert rows(connection, "SELECT rating, mood FROM pictures") == [(4, "calm")]
    assert connection.pragma("user_version") == len(newer)
    connection.close()
    old = apsw.Connection(str(file.with_name(f"{file.name}.version-{VERSION}")))
    assert old.pragma("user_version") == VERSION
    assert ratings(old) == [4]
    old.close()


def test_a_migration_that_fails_changes_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_database(file)
    broken = (*MIGRATIONS, "CREATE TABLE moods (mood TEXT) STRICT; SELECT no_such_function()")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", broken)
        patch.setattr(schema, "VERSION", len(broken))
        with pytest.raises(apsw.SQLError):
            open_database(file)
    connection = open_database(file).connection
    assert rows(connection, "SELECT name FROM sqlite_schema WHERE name = 'moods'") == []
    assert ratings(connection) == [4]
    connection.close()


def test_many_processes_that_open_at_once_make_one_database(file: Path) -> None:
    code = f"""{IMPORTS}
from rows import facts_of, file_of
from ldm_desktop.gallery.index.database import open_database
from ldm_desktop.gallery.index.store import Store
number = int(sys.argv[2])
sys.stdin.read(1)
opened = open_database(Path(sys.argv[1]))
Store(opened.connection, Path("/")).add(facts_of(number), file_of(number))
opened.connection.close()
"""
    file.parent.mkdir()
    processes = [
        subprocess.Popen([sys.executable, "-c", code, file, str(n)], stdin=subprocess.PIPE)
        for n in range(4)
    ]
    for process in processes:
        process.communicate(b"\n", timeout=60)
    assert [process.returncode for process in processes] == [0] * 4
    connection = open_database(file).connection
    assert len(ratings(connection)) == 4
    connection.close()


def test_one_that_opens_for_ever_is_named_and_not_waited_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_database(file)
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    with (
        locks.opening(file),
        pytest.raises(DatabaseError, match="is being opened by another LDM Desktop"),
    ):
        open_database(file)
    open_database(file).connection.close()


# Damage and backups


def test_a_backup_is_whole_and_replaces_the_older_one(file: Path) -> None:
    make_database(file)
    connection = open_database(file).connection
    back_up(connection)
    connection.execute("UPDATE pictures SET rating = 5")
    back_up(connection)
    connection.close()
    backup = apsw.Connection(f"{file}.backup")
    assert ratings(backup) == [5]
    backup.close()
    assert not [name for name in names(file) if "part" in name]


@pytest.mark.parametrize("damage", ["spoilt", "cut short", "no database", "another's"])
def test_a_damaged_database_is_set_aside_and_begun_anew(file: Path, damage: str) -> None:
    make_database(file, 500)
    if damage == "spoilt":
        spoil(file)
    elif damage == "cut short":
        os.truncate(file, file.stat().st_size // 2)
    elif damage == "no database":
        file.write_bytes(b"This is a letter. " * 999)
    else:
        file.unlink()
        other = apsw.Connection(str(file))
        other.pragma("journal_mode", "wal")
        other.execute("CREATE TABLE shopping (item TEXT)")
        other.close()
    before = file.read_bytes()
    opened = open_database(file)
    assert opened.fresh
    (notice,) = opened.notices
    assert "damaged and is kept as 5f3a.db.damaged-1; it is made anew" in notice
    assert file.with_name("5f3a.db.damaged-1").read_bytes() == before
    opened.connection.close()
    file.write_bytes(b"Another letter. " * 999)
    again = open_database(file)
    assert "5f3a.db.damaged-2" in again.notices[0]
    again.connection.close()


def test_the_backup_takes_the_place_of_a_damaged_database_and_says_so(file: Path) -> None:
    make_database(file, 500)
    connection = open_database(file).connection
    back_up(connection)
    connection.close()
    spoil(file)
    opened = open_database(file)
    assert not opened.fresh
    (notice,) = opened.notices
    assert "its backup of 20" in notice
    assert "the library is looked through" in notice
    assert ratings(opened.connection) == [4] * 500
    since = Store(opened.connection, file.parent).meta(RESTORED)
    assert since.startswith("20")
    opened.connection.close()
    again = open_database(file)
    assert again.notices == ()
    again.connection.close()


def test_a_damaged_backup_is_of_no_use_and_harms_nothing(file: Path) -> None:
    make_database(file, 500)
    connection = open_database(file).connection
    back_up(connection)
    connection.close()
    spoil(file)
    spoil(file.with_name(f"{file.name}.backup"))
    opened = open_database(file)
    assert opened.fresh
    assert "made anew" in opened.notices[0]
    opened.connection.close()


def test_a_database_that_has_gone_is_begun_from_its_backup(file: Path) -> None:
    # As it has after a kill between setting a damaged one aside and putting the backup there.
    make_database(file)
    connection = open_database(file).connection
    back_up(connection)
    connection.close()
    file.unlink()
    file.with_name(f"{file.name}-wal").write_bytes(b"of another time")
    opened = open_database(file)
    assert "was not there; its backup of" in opened.notices[0]
    assert ratings(opened.connection) == [4]
    opened.connection.close()


def test_a_damaged_database_in_use_is_not_moved_from_under_the_other(file: Path) -> None:
    make_database(file, 500)
    other = connect(file)
    spoil(file)
    with pytest.raises(DatabaseError, match="another LDM Desktop has it open"):
        open_database(file)
    assert not any("damaged" in name for name in names(file))
    other.close()
    opened = open_database(file)
    assert opened.fresh
    opened.connection.close()


def test_unfinished_copies_of_a_killed_process_go_once_they_are_old(file: Path) -> None:
    make_database(file)
    old, young = (file.with_name(f".{file.name}.backup.{pid}.part") for pid in (1, 2))
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (time.time() - 9999,) * 2)
    open_database(file).connection.close()
    assert (old.exists(), young.exists()) == (False, True)


def test_a_full_disk_spares_the_older_backup(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_database(file)
    connection = open_database(file).connection
    back_up(connection)
    before = file.with_name(f"{file.name}.backup").read_bytes()
    connection.execute("UPDATE pictures SET rating = 5")

    def broken(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(KnownError, match=r"5f3a\.db\.backup cannot be used: the disk is full"):
        back_up(connection)
    monkeypatch.undo()
    connection.close()
    assert file.with_name(f"{file.name}.backup").read_bytes() == before
    assert not [name for name in names(file) if name.endswith("part")]
