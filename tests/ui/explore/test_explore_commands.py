"""The ways to the pages of exploring, from whatever picture is looked at, in the whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from windows import make_session, open_model, saved_file, submitted

from ldm_desktop.core import codec
from ldm_desktop.core.noise import Generator
from ldm_desktop.gallery import files
from ldm_desktop.gallery.seeds.records import SeedKey
from ldm_desktop.session.session import Session
from ldm_desktop.ui.explore_actions import WAYS
from ldm_desktop.ui.paged_actions import EXPLORING, Page
from ldm_desktop.ui.window import MainWindow

SEEDS = (7, 8, 9)


class Studio:
    """A window over a library of three pictures, the second of which is on stage."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.files = [saved_file(folder / "library" / "2026-11-23", seed) for seed in SEEDS]
        self.session: Session = make_session(folder)
        self.window = MainWindow(folder / "window.ini")
        self.window.furnish(self.session)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.session.start()
        open_model(self.session)
        self.session.stage.show_file(self.files[1])
        self.until(lambda: self.session.stage.shown)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.window.inside.actions.page

    def do(self, name: str) -> None:
        """Trigger an action, which must be possible."""
        assert self.window.inside.actions[name].isEnabled(), name
        self.window.inside.actions[name].trigger()

    def press(self, keys: str) -> None:
        """Press a shortcut."""
        QTest.keySequence(self.window, keys)

    def seeds(self, page: Page) -> list[int]:
        """Give the seeds of what is looked at on a page."""
        view = self.window.inside.explore.view(page)
        return [subject.seed for subject in view.subjects()] if view else []

    def until(self, what: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(what()))


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path, dressed: QApplication) -> Iterator[Studio]:
    """Give a window that stands in the studio."""
    made = Studio(qtbot, tmp_path)
    yield made
    made.window.close()
    # The views go before what they show, as when the application ends.
    shiboken6.delete(made.window)


@pytest.mark.parametrize("page", [Page.VARIATIONS, Page.TRAJECTORIES, Page.MORPH])
def test_a_shortcut_takes_the_picture_on_stage_along(studio: Studio, page: Page) -> None:
    studio.press(studio.window.inside.actions[WAYS[page]].shortcut().toString())
    assert studio.page is page
    studio.until(lambda: studio.seeds(page) == [8])


def test_the_family_is_read_from_the_library(studio: Studio) -> None:
    studio.until(lambda: studio.session.gallery.model.rowCount() == len(SEEDS))
    studio.do("explore-family")
    studio.until(lambda: studio.seeds(Page.FAMILY) == [8])


def test_the_chosen_pictures_of_the_gallery_are_taken_along(studio: Studio) -> None:
    desk = studio.session.gallery
    studio.do("gallery")
    studio.until(lambda: desk.model.rowCount() == len(SEEDS))
    desk.set_selected([desk.model.number_at(row) for row in range(2)])
    desk.set_current(desk.model.number_at(0))
    studio.until(lambda: len(studio.session.explore.in_gallery()) == 2)
    studio.do("explore-trajectory")
    studio.until(lambda: studio.page is Page.TRAJECTORIES)
    assert len(studio.session.explore.strips.rows) == 2


def test_from_page_to_page_what_is_looked_at_goes_along(studio: Studio) -> None:
    studio.do("explore-variations")
    studio.do("explore-trajectory")
    assert studio.seeds(Page.TRAJECTORIES) == [8]
    studio.do("studio")
    assert studio.page is Page.STUDIO


def test_tabs_lead_to_every_page_in_two_clicks(studio: Studio) -> None:
    studio.window.findChild(QWidget, "page-explore").click()
    assert studio.page is Page.SHEET
    for page in EXPLORING[1:]:
        tab = studio.window.findChild(QWidget, f"way-{page}")
        assert tab.isVisible()
        tab.click()
        assert studio.page is page
    studio.window.findChild(QWidget, "page-studio").click()
    assert not studio.window.findChild(QWidget, "explore-ways").isVisible()
    studio.window.findChild(QWidget, "page-explore").click()
    assert studio.page is Page.SEEDS


def test_the_gallery_leads_back_to_where_one_came_from(studio: Studio) -> None:
    studio.do("explore-variations")
    studio.do("gallery")
    assert studio.page is Page.GALLERY
    studio.do("gallery")
    assert studio.page is Page.VARIATIONS


def test_seed_recipe_and_picture_of_what_is_explored_are_copied(studio: Studio) -> None:
    studio.do("explore-variations")
    clipboard = QGuiApplication.clipboard()
    studio.do("copy-seed")
    assert clipboard.text() == "8"
    studio.do("copy-recipe")
    recipe = files.read_record(studio.files[1]).recipe
    assert clipboard.text() == codec.canonical(recipe)
    studio.do("copy-picture")
    assert Path(clipboard.mimeData().urls()[0].toLocalFile()) == studio.files[1]


def test_the_settings_of_what_is_explored_lead_to_the_studio(studio: Studio) -> None:
    studio.do("explore-variations")
    studio.do("use-settings")
    assert studio.page is Page.STUDIO
    assert studio.session.controls.choices.seed == 8


def test_what_is_explored_is_found_in_the_gallery(studio: Studio) -> None:
    studio.do("explore-trajectory")
    studio.do("gallery-show")
    assert studio.page is Page.GALLERY
    record = files.read_record(studio.files[1])
    assert studio.session.gallery.query == f"id:{record.id}"


def test_the_seed_on_stage_is_starred_by_one_key(studio: Studio) -> None:
    seeds = studio.session.explore.seeds
    studio.until(lambda: seeds.ready)
    studio.press("Ctrl+B")
    studio.until(lambda: seeds.record(SeedKey(8, Generator.TORCH)).star)


def test_pictures_are_put_on_the_morphs_path_from_the_studio(studio: Studio) -> None:
    said: list[str] = []
    studio.session.notice.connect(said.append)
    studio.do("morph-add")
    assert said == ["Pictures on the path of the morph: 1"]
    studio.do("explore-morph")
    assert studio.seeds(Page.MORPH) == [8]


def test_a_picture_without_parents_says_so_in_the_studio(studio: Studio) -> None:
    said: list[str] = []
    studio.session.notice.connect(said.append)
    studio.until(lambda: studio.session.librarian.ready)
    studio.until(lambda: studio.session.gallery.model.rowCount() == len(SEEDS))
    studio.do("family-parent")
    studio.until(lambda: said == ["This picture came from no other."])


def test_without_a_picture_there_is_nothing_to_star(studio: Studio) -> None:
    studio.do("explore-sheet")
    assert not studio.window.inside.actions["star-seed"].isEnabled()
    assert not studio.window.inside.actions["copy-seed"].isEnabled()


def test_a_kept_variation_is_ordered_with_its_parent(studio: Studio) -> None:
    studio.do("explore-variations")
    studio.session.explore.variations.select(2)
    studio.do("variations-keep")
    (request,) = submitted(studio.session)
    assert request.parents == (files.read_record(studio.files[1]).id,)
