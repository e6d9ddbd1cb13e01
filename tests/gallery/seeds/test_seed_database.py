"""The seeds' database is the truth: nothing acknowledged is lost, and damage costs little."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import apsw
import pytest
from rows import spoil
from seeding import found, keys_of, opened

from ldm_desktop.gallery.index.sql import DatabaseError
from ldm_desktop.gallery.seeds import database, schema
from ldm_desktop.gallery.seeds.records import SeedChange, SeedNote

ROOT = Path(__file__).parents[3]
NOTING = f"""\
import itertools, sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from seeding import keys_of, opened
from ldm_desktop.gallery.seeds.records import SeedChange
first, last = int(sys.argv[2]), int(sys.argv[3])
with opened(Path(sys.argv[1])) as store:
    for seed in range(first, last):
        store.note(keys_of(seed), SeedChange(name=f"seed {{seed}}"))
        print(seed, flush=True)
"""


def noting(data: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", NOTING, str(data), str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def note_many(data: Path, name: str, count: int = 400) -> None:
    """Give so many seeds a name, which fills more than a page."""
    with opened(data) as store:
        store.note(keys_of(*range(count)), SeedChange(name=name, note="look again"))


def names(data: Path) -> set[str]:
    with opened(data) as store:
        return {note.name for note in store.noted().values()}


def test_nothing_that_was_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    process = noting(tmp_path, 0, 1_000_000)
    assert process.stdout
    told = [int(process.stdout.readline()) for _ in range(40)]
    process.send_signal(signal.SIGKILL)
    told += [int(line) for line in process.stdout.read().split()]
    process.wait(timeout=30)
    process.stdout.close()
    with opened(tmp_path) as store:
        notes = store.notes(keys_of(*told))
        assert notes == {key: SeedNote(name=f"seed {key.seed}") for key in notes}
        assert len(found(store, "has:name")) in (len(told), len(told) + 1)


def test_two_processes_note_at_once_and_both_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path):
        processes = [noting(tmp_path, 0, 30), noting(tmp_path, 15, 45)]
        for process in processes:
            process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    assert names(tmp_path) == {f"seed {seed}" for seed in range(45)}


def test_a_newer_database_is_refused_by_its_name_and_left_alone(tmp_path: Path) -> None:
    note_many(tmp_path, "fox")
    connection = apsw.Connection(str(database.file_in(tmp_path)))
    connection.execute("PRAGMA user_version = 99").fetchall()
    connection.close()
    before = database.file_in(tmp_path).read_bytes()
    with (
        pytest.raises(DatabaseError, match=r"The seeds' database .* written by a newer LDM"),
        opened(tmp_path),
    ):
        pass
    assert database.file_in(tmp_path).read_bytes() == before


def test_an_older_database_is_brought_up_to_date_and_kept_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_many(tmp_path, "fox")
    more = "ALTER TABLE seeds ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, more))
    with opened(tmp_path) as store:
        assert store.all("SELECT DISTINCT name, mood FROM seeds") == [("fox", "calm")]
    assert (tmp_path / f"seeds.db.version-{schema.VERSION}").exists()


def test_the_last_two_backups_are_kept(tmp_path: Path) -> None:
    for name in ("first", "second", "third"):
        note_many(tmp_path, name)
        with opened(tmp_path) as store:
            database.back_up(store.connection)
    for ending, name in (("backup", "third"), ("backup-before", "second")):
        copy = apsw.Connection(str(tmp_path / f"seeds.db.{ending}"))
        assert copy.execute("SELECT DISTINCT name FROM seeds").fetchall() == [(name,)]
        copy.close()


@pytest.mark.parametrize(("spoilt", "left"), [(0, "second"), (1, "first")])
def test_the_latest_sound_backup_takes_the_place_of_a_damaged_database(
    tmp_path: Path, spoilt: int, left: str
) -> None:
    for name in ("first", "second"):
        note_many(tmp_path, name)
        with opened(tmp_path) as store:
            database.back_up(store.connection)
    note_many(tmp_path, "third")
    spoil(database.file_in(tmp_path))
    if spoilt:
        spoil(tmp_path / "seeds.db.backup")
    opening = database.open_database(database.file_in(tmp_path))
    (notice,) = opening.notices
    assert "The seeds' database was damaged and is kept as seeds.db.damaged-1" in notice
    assert "what was said of seeds after that is missing" in notice
    opening.connection.close()
    assert names(tmp_path) == {left}
    assert (tmp_path / "seeds.db.damaged-1").exists()


def test_without_a_sound_backup_it_says_that_everything_begins_anew(tmp_path: Path) -> None:
    note_many(tmp_path, "fox")
    spoil(database.file_in(tmp_path))
    opening = database.open_database(database.file_in(tmp_path))
    assert "there was no sound backup of it" in opening.notices[0]
    assert opening.fresh
    opening.connection.close()


def test_trouble_on_the_way_names_the_seeds_and_not_the_gallery(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.connection.pragma("query_only", True)
        with pytest.raises(DatabaseError, match=r"The seeds' database .*seeds\.db cannot be used"):
            store.note(keys_of(3), SeedChange(star=True))
        store.connection.pragma("query_only", False)
        assert store.noted() == {}
