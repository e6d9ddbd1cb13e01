"""The window's two pages: making pictures, and looking through all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from looking import entry_of
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from windows import make_session, saved_file

from ldm_desktop.core import codec
from ldm_desktop.gallery import files
from ldm_desktop.gallery.records import State
from ldm_desktop.session.gallery.values import Reproduction, Verdict
from ldm_desktop.session.session import Session
from ldm_desktop.ui.gallery.gallery_commands import possible_with
from ldm_desktop.ui.gallery.gallery_view import GalleryView, Looking
from ldm_desktop.ui.menus import PANELS
from ldm_desktop.ui.paged_actions import Page
from ldm_desktop.ui.window import MainWindow

SEEDS = (7, 8, 9)


class Pages:
    """A window over a library of three pictures."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.files = [saved_file(folder / "library" / "2026-11-23", seed) for seed in SEEDS]
        self.session: Session = make_session(folder)
        self.window = MainWindow(folder / "window.ini")
        self.window.furnish(self.session)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.session.start()

    def do(self, name: str) -> None:
        """Trigger an action, which must be possible."""
        assert self.window.inside.actions[name].isEnabled(), name
        self.window.inside.actions[name].trigger()

    def can(self, name: str) -> bool:
        """Whether an action is possible now."""
        return self.window.inside.actions[name].isEnabled()

    def open(self) -> GalleryView:
        """Go to the gallery and wait for all pictures."""
        self.do("gallery")
        view = self.window.inside.gallery
        assert view
        self.until(lambda: self.session.gallery.model.rowCount() == len(SEEDS))
        return view

    def choose(self, seed: int) -> None:
        """Make a picture current."""
        desk = self.session.gallery
        desk.step(-len(SEEDS))
        for _ in SEEDS:
            self.until(lambda: desk.current is not None)
            if desk.current.seed == seed:
                return
            desk.step(1)
        raise AssertionError(f"no seed {seed}")

    def until(self, what: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(what()))


@pytest.fixture
def pages(qtbot: QtBot, tmp_path: Path, dressed: QApplication) -> Iterator[Pages]:
    """Give a window that stands in the studio."""
    made = Pages(qtbot, tmp_path)
    yield made
    made.window.close()
    # The views go before what they show, as when the application ends.
    shiboken6.delete(made.window)


def test_the_gallery_is_built_when_it_is_first_asked_for(pages: Pages) -> None:
    assert pages.window.inside.gallery is None
    view = pages.open()
    assert view.isVisible()
    assert not pages.window.inside.stage.isVisible()
    pages.do("gallery")
    assert pages.window.inside.stage.isVisible()
    pages.do("gallery")
    assert pages.window.inside.gallery is view


def test_the_buttons_for_the_pages_go_along(pages: Pages) -> None:
    pages.window.findChild(QWidget, "page-gallery").click()
    assert pages.window.inside.actions.page is Page.GALLERY
    assert pages.window.inside.actions["gallery"].isChecked()
    pages.window.findChild(QWidget, "page-studio").click()
    assert pages.window.inside.actions.page is Page.STUDIO


def test_notices_stand_where_they_are_seen(pages: Pages) -> None:
    pages.open()
    pages.window.inside.say("Something.")
    assert pages.window.inside.notices.isVisible()
    pages.do("gallery")
    pages.until(lambda: pages.window.inside.notices.isVisible())


def test_the_panels_of_the_studio_are_left_alone_in_the_gallery(pages: Pages) -> None:
    pages.open()
    assert not any(map(pages.can, PANELS))
    pages.do("gallery")
    assert all(map(pages.can, PANELS))


def test_what_needs_a_chosen_picture_is_impossible_without_one(pages: Pages) -> None:
    for name in ("gallery-export", "gallery-trash", "gallery-show"):
        assert not pages.can(name), name
    pages.open()
    pages.choose(8)
    for name in ("gallery-export", "gallery-trash", "gallery-reproduce"):
        assert pages.can(name), name
    assert not pages.can("fork")


def test_the_gallery_is_searched_from_the_studio(pages: Pages) -> None:
    pages.do("gallery-find")
    assert pages.window.inside.actions.page is Page.GALLERY
    pages.until(lambda: pages.window.focusWidget() is pages.window.inside.gallery.search.line)


@pytest.mark.parametrize("name", ["verify", "rebuild"])
def test_the_care_of_the_library_is_asked_for_from_anywhere(pages: Pages, name: str) -> None:
    pages.until(lambda: pages.session.gallery.ready)
    pages.do(f"gallery-{name}")
    pages.until(lambda: pages.window.inside.gallery.findChildren(QDialog))


def test_a_picture_on_stage_is_shown_in_the_gallery(pages: Pages) -> None:
    record = files.read_record(pages.files[1])
    pages.session.stage.show_file(pages.files[1])
    pages.until(lambda: pages.can("gallery-show"))
    pages.do("gallery-show")
    assert pages.session.gallery.query == f"id:{record.id}"
    pages.until(lambda: pages.session.gallery.model.rowCount() == 1)


def test_seed_and_recipe_of_a_gallery_picture_are_copied(pages: Pages) -> None:
    pages.open()
    pages.choose(9)
    pages.do("copy-seed")
    assert QGuiApplication.clipboard().text() == "9"
    pages.until(lambda: pages.can("copy-recipe"))
    pages.do("copy-recipe")
    recipe = files.read_record(pages.files[2]).recipe
    assert QGuiApplication.clipboard().text() == codec.canonical(recipe)


def test_a_gallery_picture_is_copied_with_its_file(pages: Pages) -> None:
    pages.open()
    pages.choose(7)
    pages.do("copy-picture")
    pages.until(lambda: QGuiApplication.clipboard().mimeData().hasUrls())
    (url,) = QGuiApplication.clipboard().mimeData().urls()
    assert Path(url.toLocalFile()) == pages.files[0]
    assert not QGuiApplication.clipboard().image().isNull()


def test_settings_of_a_gallery_picture_lead_to_the_studio(pages: Pages) -> None:
    pages.open()
    pages.choose(8)
    pages.do("use-settings")
    assert pages.window.inside.actions.page is Page.STUDIO
    pages.until(lambda: pages.session.controls.choices.seed == 8)


def test_undo_means_what_was_done_in_the_gallery(pages: Pages) -> None:
    pages.session.controls.change(seed=1234)
    pages.open()
    pages.choose(7)
    assert not pages.can("undo")
    pages.session.gallery.rate(5)
    pages.until(lambda: pages.session.gallery.current.rating == 5)
    pages.do("undo")
    pages.until(lambda: pages.session.gallery.current.rating == 0)
    assert pages.session.controls.choices.seed == 1234


def test_files_dropped_on_the_gallery_are_imported(pages: Pages, tmp_path: Path) -> None:
    other = saved_file(tmp_path / "elsewhere", 21)
    pages.open()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other))])
    pages.window.dropped.emit(data)
    pages.until(lambda: pages.session.gallery.model.rowCount() == len(SEEDS) + 1)
    assert other.exists()


def test_a_reproduction_is_told_and_compared_side_by_side(pages: Pages) -> None:
    view = pages.open()
    first, second = (files.read_record(file).id for file in pages.files[:2])
    again = Reproduction(first, Verdict.DIFFERENT, "Different (PSNR 20 dB).", again=second)
    pages.session.gallery.reproduced.emit(again)
    (notice,) = pages.window.inside.notices.shown
    assert notice.sentence == "Different (PSNR 20 dB)."
    notice.do()
    pages.until(lambda: view.looking is Looking.SURVEY)


def test_a_note_that_was_being_written_is_kept_when_the_window_closes(pages: Pages) -> None:
    view = pages.open()
    pages.choose(9)
    pages.until(lambda: pages.can("copy-recipe"))
    view.info.edit_note()
    note = pages.window.findChild(QWidget, "gallery-note")
    pages.qtbot.keyClicks(note, "a quiet one")
    pages.window.close()
    kept = Path(f"{pages.files[2]}.xmp")
    assert "a quiet one" in kept.read_text()


def test_a_picture_in_the_trash_is_only_looked_at() -> None:
    whole = entry_of(1)
    assert possible_with(whole, None)["gallery-reproduce"]
    assert not possible_with(whole, None)["copy-recipe"]
    trashed = possible_with(replace(whole, state=State.TRASHED), None)
    assert {name for name, can in trashed.items() if can} == {
        *("gallery-loupe", "gallery-survey", "copy-seed", "use-settings")
    }
    foreign = possible_with(replace(whole, has_recipe=False, seed=None), None)
    assert not foreign["use-settings"]
    assert foreign["reveal"]
