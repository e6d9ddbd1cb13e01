"""The filmstrip has the newest pictures of the library, whoever put them there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fakes import FakeWorker, saved_of
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from samples import picture_of, recipe_of

from ldm_desktop.gallery import files
from ldm_desktop.session.filmstrip import FilmstripModel, Role, scan
from ldm_desktop.session.shown import image_of
from ldm_desktop.session.thumbnails import ImageCache, read_small, small

OLD, NEW = "2026-11-22", "2026-11-23"


class Strip:
    """A library and its filmstrip."""

    def __init__(self, library: Path) -> None:
        self.library = library
        self.worker = FakeWorker()
        self.model = FilmstripModel(self.worker)  # type: ignore[arg-type]
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.moment = 0

    def put(self, seed: int, day: str = NEW) -> Path:
        """Put a picture into the library, as written a second after the last one."""
        folder = self.library / day
        folder.mkdir(parents=True, exist_ok=True)
        file = files.save(picture_of(seed=seed), folder)
        self.moment += 1
        os.utime(file, (self.moment, self.moment))
        return file

    def look(self, qtbot: QtBot, count: int) -> None:
        """Show the library and wait for its pictures."""
        self.model.set_library(self.library)
        qtbot.waitUntil(lambda: self.model.rowCount() == count)


@pytest.fixture
def strip(qtbot: QtBot, tmp_path: Path) -> Strip:
    """Give a filmstrip of an empty library."""
    made = Strip(tmp_path / "library")
    yield made
    made.model.close()


def test_the_newest_day_comes_first_and_in_it_what_was_written_last(
    strip: Strip, qtbot: QtBot
) -> None:
    first, second, older = strip.put(3), strip.put(4), strip.put(5, OLD)
    (strip.library / NEW / "notes.txt").write_text("no picture")
    (strip.library / "elsewhere").mkdir()
    strip.look(qtbot, 3)
    assert strip.model.files() == (second, first, older)
    assert [strip.model.index(row).data(Role.SEED) for row in range(3)] == ["4", "3", "5"]


def test_a_library_that_is_not_there_has_no_pictures(tmp_path: Path) -> None:
    assert scan(tmp_path / "nowhere").files == ()


def test_images_come_when_they_are_asked_for_and_broken_files_are_told(
    strip: Strip, qtbot: QtBot
) -> None:
    strip.put(3)
    broken = strip.library / NEW / "broken.png"
    broken.write_bytes(b"nothing")
    os.utime(broken, (99, 99))
    strip.look(qtbot, 2)
    whole, bad = strip.model.index(1), strip.model.index(0)
    assert whole.data(Role.IMAGE) is None
    qtbot.waitUntil(lambda: whole.data(Role.IMAGE) is not None and bad.data(Role.BROKEN))
    assert not whole.data(Role.IMAGE).isNull()
    assert not whole.data(Role.BROKEN)


def test_a_saved_picture_is_there_at_once_with_its_image(strip: Strip, qtbot: QtBot) -> None:
    strip.put(3)
    strip.look(qtbot, 1)
    file = strip.library / NEW / "new.png"
    strip.worker.saved.emit(saved_of(picture_of().record.id, recipe_of(9), file))
    assert strip.model.files()[0] == file
    assert not strip.model.index(0).data(Role.IMAGE).isNull()


def test_what_is_saved_while_the_folder_is_read_stays(strip: Strip, qtbot: QtBot) -> None:
    strip.put(3)
    strip.model.set_library(strip.library)
    file = strip.library / NEW / "new.png"
    strip.worker.saved.emit(saved_of(picture_of().record.id, recipe_of(9), file))
    qtbot.waitUntil(lambda: strip.model.rowCount() == 2)
    assert strip.model.files()[0] == file


def test_files_that_come_and_go_by_hand_are_noticed(strip: Strip, qtbot: QtBot) -> None:
    first = strip.put(3)
    strip.look(qtbot, 1)
    second = strip.put(4)
    qtbot.waitUntil(lambda: strip.model.files() == (second, first))
    first.unlink()
    qtbot.waitUntil(lambda: strip.model.files() == (second,))


def test_another_library_takes_the_place_of_the_first(
    strip: Strip, qtbot: QtBot, tmp_path: Path
) -> None:
    strip.put(3)
    strip.look(qtbot, 1)
    strip.model.set_library(tmp_path / "other")
    assert strip.model.rowCount() == 0


def test_files_are_dragged_as_files(strip: Strip, qtbot: QtBot) -> None:
    file = strip.put(3)
    strip.look(qtbot, 1)
    urls = strip.model.mimeData([strip.model.index(0)]).urls()
    assert [url.toLocalFile() for url in urls] == [str(file)]


def test_large_files_are_read_small(tmp_path: Path) -> None:
    picture = picture_of(recipe_of(3, size=(400, 100)))
    image = read_small(files.save(picture, tmp_path), 200)
    assert (image.width(), image.height()) == (200, 50)


def test_the_images_used_last_are_kept_within_a_limit() -> None:
    image = small(image_of(picture_of(recipe_of(3, size=(64, 64))).frame), 16)
    cache: ImageCache[int] = ImageCache(3 * image.sizeInBytes())
    for key in range(3):
        cache[key] = image.copy()
    assert not cache[0].isNull()
    cache[3] = image.copy()
    assert [key for key in range(4) if key in cache] == [0, 2, 3]
