"""The gallery's threads with real files: all is written, and what hangs holds nobody up."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import gallery_rows
import pytest
from gallery_desks import Opened, build, wait
from gallery_rows import Sample
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.export.export import ExportOptions
from ldm_desktop.gallery.records import State
from ldm_desktop.gallery.sidecar import sidecar_of
from ldm_desktop.session.gallery import chores
from ldm_desktop.session.gallery.model import Role
from ldm_desktop.session.gallery.values import Task
from ldm_desktop.session.gallery.watch import Watch

COUNT = 3


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    """A library of pictures that no database knows, and a trash of its own."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    sample = Sample(tmp_path / "data", tmp_path / "library")
    for number in range(COUNT):
        gallery_rows.write(sample.library / gallery_rows.file_of(number), number)
    return sample


@pytest.fixture
def gallery(qtbot: QtBot, sample: Sample) -> Iterator[Opened]:
    opened = build(sample)
    opened.start(qtbot)
    wait(qtbot, lambda: opened.desk.model.rowCount() == COUNT)
    yield opened
    opened.end()


def file_at(gallery: Opened, row: int) -> Path:
    found = gallery.desk.model.index(row).data(Role.FILE)
    assert isinstance(found, Path)
    return found


def read_all(qtbot: QtBot, gallery: Opened) -> tuple[int, ...]:
    model = gallery.desk.model
    wait(qtbot, lambda: all(model.entry_at(row) for row in range(model.rowCount())))
    return gallery.numbers()


def test_a_library_without_a_database_is_read(qtbot: QtBot, sample: Sample) -> None:
    opened = build(sample)
    tasks: list[Task] = []
    opened.desk.task_done.connect(lambda done: tasks.append(done.task))
    opened.librarian.set_library(sample.library)
    wait(qtbot, lambda: tasks == [Task.REBUILDING])
    wait(qtbot, lambda: opened.desk.model.rowCount() == COUNT)
    opened.end()


def test_a_rating_is_soon_beside_the_picture(qtbot: QtBot, gallery: Opened) -> None:
    numbers = read_all(qtbot, gallery)
    gallery.desk.rate(4, numbers[:1])
    sidecar = sidecar_of(file_at(gallery, 0))
    wait(qtbot, sidecar.exists)
    wait(qtbot, lambda: b'Rating="4"' in sidecar.read_bytes() or b">4<" in sidecar.read_bytes())


def test_a_sidecar_that_was_taken_away_is_soon_written_again(qtbot: QtBot, gallery: Opened) -> None:
    numbers = read_all(qtbot, gallery)
    gallery.desk.rate(4, numbers[:1])
    sidecar = sidecar_of(file_at(gallery, 0))
    wait(qtbot, sidecar.exists)
    wait(qtbot, lambda: not gallery.sample.store().unwritten(9))
    sidecar.unlink()
    gallery.librarian.refresh()
    wait(qtbot, sidecar.exists)


def test_closing_writes_what_is_not_written_and_backs_up(qtbot: QtBot, gallery: Opened) -> None:
    numbers = read_all(qtbot, gallery)
    sidecar = sidecar_of(file_at(gallery, 0))
    gallery.desk.rate(5, numbers[:1])
    wait(qtbot, lambda: gallery.desk.model.index(0).data(Role.RATING) == 5)
    gallery.desk.close()
    assert sidecar.exists()
    database = gallery.sample.database
    assert database.with_name(f"{database.name}.backup").exists()


def test_closing_waits_for_nothing_that_hangs(
    qtbot: QtBot, gallery: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    release: list[bool] = []

    def hang(_: Any) -> int:
        while not release:
            time.sleep(0.05)
        return 0

    monkeypatch.setattr(chores, "flush_some", hang)
    start = time.monotonic()
    gallery.desk.close()
    took = time.monotonic() - start
    release.append(True)
    assert took < 5


def test_ratings_are_kept_while_the_disk_is_out(qtbot: QtBot, gallery: Opened) -> None:
    numbers = read_all(qtbot, gallery)
    file, library = file_at(gallery, 0), gallery.sample.library
    away = library.with_name("away")
    library.rename(away)
    gallery.desk.rate(3, numbers[:1])
    wait(qtbot, lambda: any(gallery.heard.troubles))
    assert str(library) in gallery.heard.troubles[0]
    assert gallery.desk.model.index(0).data(Role.RATING) == 3
    assert gallery.desk.model.rowCount() == COUNT
    away.rename(library)
    gallery.desk.retry()
    wait(qtbot, sidecar_of(file).exists)
    wait(qtbot, lambda: gallery.heard.troubles[-1] == "")
    assert gallery.desk.model.index(0).data(Role.ENTRY).state is State.PRESENT


def test_pictures_go_to_the_trash_and_come_back(qtbot: QtBot, gallery: Opened) -> None:
    numbers = read_all(qtbot, gallery)
    file = file_at(gallery, 1)
    gallery.desk.trash(numbers[1:2])
    wait(qtbot, lambda: gallery.desk.model.rowCount() == COUNT - 1)
    assert not file.exists()
    assert gallery.desk.undo_stack.undoText() == "Move to trash"
    gallery.desk.undo_stack.undo()
    wait(qtbot, lambda: gallery.desk.model.rowCount() == COUNT)
    assert file.exists()
    assert gallery.heard.notices == []


def test_what_is_put_into_the_folder_by_hand_is_found(qtbot: QtBot, gallery: Opened) -> None:
    wait(qtbot, lambda: bool(gallery.librarian._watch._watcher.directories()))
    gallery.librarian._watch._wrote.invalidate()
    gallery_rows.write(gallery.sample.library / "by hand.png", 77)
    wait(qtbot, lambda: gallery.desk.model.rowCount() == COUNT + 1)


def test_pictures_of_others_are_imported(qtbot: QtBot, gallery: Opened, tmp_path: Path) -> None:
    gallery_rows.write(tmp_path / "others" / "a.png", 50)
    (tmp_path / "others" / "b.png").write_bytes(b"no picture")
    with qtbot.waitSignal(
        gallery.desk.task_done,
        check_params_cb=lambda done: done.task is Task.IMPORTING,
        timeout=10_000,
    ) as done:
        gallery.desk.import_files([tmp_path / "others"])
    report = done.args[0].report
    assert (len(report.added), len(report.refused)) == (1, 1)
    wait(qtbot, lambda: gallery.desk.model.rowCount() == COUNT + 1)


def test_it_is_checked(qtbot: QtBot, gallery: Opened) -> None:
    read_all(qtbot, gallery)
    file_at(gallery, 0).unlink()
    with qtbot.waitSignal(
        gallery.desk.task_done,
        check_params_cb=lambda done: done.task is Task.VERIFYING,
        timeout=10_000,
    ) as done:
        gallery.desk.verify(repair=False)
    assert "missing" in {finding.kind for finding in done.args[0].report.findings}


def test_pictures_are_exported_in_the_order_of_the_listing(
    qtbot: QtBot, gallery: Opened, tmp_path: Path
) -> None:
    numbers = read_all(qtbot, gallery)
    names = [file_at(gallery, row).stem for row in range(COUNT)]
    with qtbot.waitSignal(
        gallery.desk.task_done,
        check_params_cb=lambda done: done.task is Task.EXPORTING,
        timeout=10_000,
    ) as done:
        gallery.desk.export(ExportOptions(tmp_path / "out"), numbers[::-1])
    made = done.args[0].report.files
    assert [file.stem for file in made] == names


def test_a_task_can_be_stopped(
    qtbot: QtBot, gallery: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_: Any, told: Any, cancelled: Any) -> str:
        done = 0
        while not cancelled():
            done += 1
            told(done, 1000)
            time.sleep(0.01)
        return "so far"

    monkeypatch.setattr(chores, "rebuild", endless)
    said = []
    gallery.desk.work_changed.connect(said.append)
    gallery.desk.rebuild()
    wait(qtbot, lambda: any(work.done for work in said))
    with qtbot.waitSignal(
        gallery.desk.task_done, check_params_cb=lambda done: done.task is Task.REBUILDING
    ) as done:
        gallery.desk.cancel()
    assert (done.args[0].report, done.args[0].cancelled) == ("so far", True)
    assert said[-1].ended


def test_a_newer_database_is_left_alone_and_said(qtbot: QtBot, sample: Sample) -> None:
    store = sample.store()
    store.connection.pragma("user_version", 999)
    store.connection.close()
    opened = build(sample)
    opened.librarian.set_library(sample.library)
    wait(qtbot, lambda: any(opened.heard.troubles))
    assert "999" in opened.heard.troubles[0]
    opened.desk.rate(3, [1])
    assert opened.heard.notices == opened.heard.troubles
    opened.end()


def test_a_ruined_database_is_set_aside_and_read_again(qtbot: QtBot, sample: Sample) -> None:
    sample.store().connection.close()
    sample.database.write_bytes(b"no database" * 1000)
    opened = build(sample)
    opened.librarian.set_library(sample.library)
    wait(qtbot, lambda: opened.desk.model.rowCount() == COUNT)
    assert any("damaged" in notice for notice in opened.heard.notices)
    opened.end()


def test_thumbnails_and_pictures_come_from_the_files(qtbot: QtBot, gallery: Opened) -> None:
    desk = gallery.desk
    numbers = read_all(qtbot, gallery)
    desk.set_thumb_side(64)
    index = desk.model.index(0)
    wait(qtbot, lambda: index.data(Role.IMAGE) is not None)
    assert index.data(Role.IMAGE).width() == 64
    kept = list((gallery.sample.data / "thumbnails").glob("*/*.jpg"))
    assert len(kept) == 1
    desk.set_current(numbers[0])
    entries = [desk.model.entry_of(number) for number in numbers]
    with qtbot.waitSignal(desk.image_opened) as opened:
        desk.open_image(entries[0].id)
    assert opened.args[0].image.width() == gallery_rows.SIZE[0]
    wait(qtbot, lambda: not desk.kept_image(entries[1].id).isNull())


def test_thumbnails_outlive_their_files(qtbot: QtBot, gallery: Opened) -> None:
    read_all(qtbot, gallery)
    index = gallery.desk.model.index(0)
    wait(qtbot, lambda: index.data(Role.IMAGE) is not None)
    shutil.rmtree(gallery.sample.library)
    gallery.desk.model._thumbs.forget()
    wait(qtbot, lambda: index.data(Role.IMAGE) is not None)
    assert not index.data(Role.IMAGE).isNull()


def test_what_cannot_be_opened_is_said(qtbot: QtBot, gallery: Opened) -> None:
    read_all(qtbot, gallery)
    file_at(gallery, 2).write_bytes(b"no picture")
    entry = gallery.desk.model.entry_at(2)
    with qtbot.waitSignal(gallery.desk.image_opened) as opened:
        gallery.desk.open_image(entry.id)
    assert opened.args[0].image.isNull()
    assert entry.file.name in opened.args[0].sentence


def test_what_changes_while_the_library_is_looked_through_is_seen_by_another_look(
    qtbot: QtBot, gallery: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Event] = []
    may_end = Event()

    def look(*_: Any) -> None:
        looks.append(may_end)
        assert may_end.wait(10)

    wait(qtbot, lambda: not gallery.librarian._tasks)
    monkeypatch.setattr(chores, "refresh", look)
    gallery.librarian.refresh()
    wait(qtbot, lambda: len(looks) == 1)
    for _ in range(3):
        gallery.librarian.refresh()
    may_end.set()
    wait(qtbot, lambda: not gallery.librarian._tasks)
    assert len(looks) == 2


def test_who_writes_without_pause_does_not_put_off_what_others_did(qtbot: QtBot) -> None:
    watch = Watch()
    watch._look.start()
    watch.wrote_files()
    first = watch._idle.remainingTime()
    qtbot.wait(50)
    watch._look.start()
    watch.wrote_files()
    assert watch._idle.remainingTime() < first
    watch.stop()
