"""The family of a picture, walked through by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import shiboken6
from fakes import frame_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samples import ENVIRONMENT, recipe_of
from windows import make_session

from ldm_desktop.core.noise import Seed, Turn, Walk
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.core.recipe import with_noise
from ldm_desktop.gallery import files
from ldm_desktop.session.explore.subject import Subject, subject_of
from ldm_desktop.session.session import Session
from ldm_desktop.session.shown import read
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.family_page import FamilyPage

MADE = "2026-11-23T06:30:0{}+00:00"


class House:
    """A library with a grandparent, a parent, two siblings and a child, and the page."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.session: Session = make_session(folder)
        library = folder / "library"
        library.mkdir(exist_ok=True)
        self.files: dict[str, Path] = {}
        self.ids: dict[str, UUID] = {}
        for name, parent in (
            ("grandparent", ""),
            ("parent", "grandparent"),
            ("first", "parent"),
            ("second", "parent"),
            ("child", "first"),
        ):
            self._save(name, parent, library)
        self.session.start()
        self.until(lambda: self.session.gallery.model.rowCount() == len(self.files))
        self.said: list[str] = []
        self.session.explore.notice.connect(self.said.append)
        self.page = FamilyPage(self.session.explore.family, Actions())
        qtbot.addWidget(self.page)
        self.page.resize(1200, 640)
        self.page.show()

    def _save(self, name: str, parent: str, library: Path) -> None:
        number = len(self.files)
        recipe = recipe_of(7, size=(64, 64))
        if parent:
            recipe = with_noise(recipe, Walk(recipe.noise, (Turn(Seed(number), 12.5),)))
        frame = frame_of(number, (64, 64))
        parents = (self.ids[parent],) if parent else ()
        made = MADE.format(number)
        record = PictureRecord(uuid4(), recipe, ENVIRONMENT, frame.sha256, made, 1.0, parents)
        self.ids[name] = record.id
        self.files[name] = files.save_in_library(Picture(record, frame), library)

    def subject(self, name: str) -> Subject:
        """Give a picture as somebody looks at it."""
        return subject_of(read(self.files[name]))

    def show(self, name: str) -> None:
        """Come to the page with a picture."""
        self.page.take((self.subject(name),))
        self.until(lambda: self.at == name)

    @property
    def at(self) -> str:
        """The picture that one is at, once it was read."""
        found = [s.picture for s in self.page.subjects()]
        return next((name for name, each in self.ids.items() if found == [each]), "")

    def until(self, what: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(what()))


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    """Give the page without a picture."""
    made = House(qtbot, tmp_path)
    yield made
    shiboken6.delete(made.page)
    made.session.shut_down()


def test_generations_stand_above_one_another(house: House) -> None:
    house.show("first")
    tiles = house.page.graph.tiles
    tops = {name: tiles[each].y() for name, each in house.ids.items()}
    assert tops["grandparent"] < tops["parent"] < tops["first"] < tops["child"]
    assert tops["first"] == tops["second"]
    assert tiles[house.ids["first"]].x() < tiles[house.ids["second"]].x()


def test_one_walks_by_the_arrows(house: House) -> None:
    house.show("first")
    keys = (
        (Qt.Key.Key_Right, "second"),
        (Qt.Key.Key_Left, "first"),
        (Qt.Key.Key_Up, "parent"),
        (Qt.Key.Key_Down, "first"),
        (Qt.Key.Key_Down, "child"),
    )
    for key, name in keys:
        house.qtbot.keyClick(house.page.graph.tiles[house.page.subjects()[0].picture], key)
        house.until(lambda name=name: house.at == name)


def test_the_way_down_leads_back_to_where_one_came_from(house: House) -> None:
    house.show("second")
    house.page.slots()["family-parent"]()
    house.until(lambda: house.at == "parent")
    house.page.slots()["family-child"]()
    house.until(lambda: house.at == "second")


def test_a_click_makes_a_relative_the_middle(house: House) -> None:
    house.show("first")
    tile = house.page.graph.tiles[house.ids["grandparent"]]
    house.qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    house.until(lambda: house.at == "grandparent")


def test_what_is_impossible_is_said(house: House) -> None:
    house.show("grandparent")
    assert not house.page.possible()["family-parent"]
    house.page.slots()["family-parent"]()
    assert house.said == ["This picture came from no other."]


def test_it_is_said_how_a_picture_came_from_its_parent(house: House) -> None:
    house.show("first")
    shown = house.page.findChild(type(house.page._relation), "family-relation")
    assert shown.text() == "Turned 12.5° from its parent."


def test_a_draft_shows_the_family_that_it_came_from(house: House) -> None:
    draft = replace(house.subject("child"), picture=None, parents=(house.ids["first"],))
    house.page.take((draft,))
    house.until(lambda: house.at == "first")


def test_a_draft_without_parents_has_no_family_yet(house: House) -> None:
    house.show("first")
    house.page.take((replace(house.subject("child"), picture=None, parents=()),))
    assert house.page.subjects() == ()
    assert house.page._empty.isVisible()


def test_a_relative_of_what_is_looked_at_elsewhere_is_read(house: House) -> None:
    from ldm_desktop.session.explore.kin import Way

    found: list[Subject] = []
    family = house.session.explore.family
    family.relative(Way.PARENT, house.ids["first"], found.append)
    house.until(lambda: found)
    assert found[0].picture == house.ids["parent"]
    family.relative(Way.OLDER, house.ids["first"], found.append)
    house.until(lambda: house.said)
    assert house.said == ["This is the oldest of its siblings."]
