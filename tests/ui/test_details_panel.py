"""What there is to know of the picture on screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import request_of
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from samples import recipe_of
from windows import make_session, saved_file, show_live

from ldm_desktop.core.noise import Mix, Parent, Seed, Slerp, Turn, Walk
from ldm_desktop.core.recipe import Renoise, Stop, fork
from ldm_desktop.session.session import Session
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.details_panel import DetailsPanel


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, dressed: QApplication) -> Iterator[Session]:
    session = make_session(tmp_path)
    yield session
    session.shut_down()


@pytest.fixture
def actions(dressed: QApplication) -> Actions:
    return Actions()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, actions: Actions) -> DetailsPanel:
    panel = DetailsPanel(session.stage, actions)
    qtbot.addWidget(panel)
    panel.resize(300, 500)
    panel.show()
    return panel


def text(panel: DetailsPanel, name: str) -> str:
    """Give what a label says, or nothing if it is not there."""
    label = panel.findChild(QLabel, f"details-{name}")
    return label.text() if label and label.isVisible() else ""


def test_a_forming_picture_is_described_with_how_far_it_is(
    panel: DetailsPanel, session: Session
) -> None:
    assert not panel.findChild(QLabel, "details-seed").isVisible()
    show_live(session, request_of(4711), done=7)
    assert text(panel, "seed") == "4711"
    assert text(panel, "model") == "landscapes"
    assert text(panel, "sampler") == "DDIM"
    assert text(panel, "steps") == "20 (7 of 20 done)"
    assert text(panel, "size") == "128 × 128"
    assert text(panel, "precision") == "Exact"
    assert [text(panel, name) for name in ("time", "made", "file", "eta", "noise")] == [""] * 5
    assert not panel.findChild(QToolButton, "details-environment").isVisible()


def test_a_finished_picture_is_described_with_when_and_where(
    qtbot: QtBot, panel: DetailsPanel, session: Session, tmp_path: Path
) -> None:
    file = saved_file(tmp_path / "pictures")
    session.stage.show_file(file)
    qtbot.waitUntil(lambda: text(panel, "seed") == "7")
    assert text(panel, "steps") == "20"
    assert text(panel, "time") == "1.5 s"
    assert "2026" in text(panel, "made") or "26" in text(panel, "made")
    assert text(panel, "file") == file.name
    assert panel.findChild(QLabel, "details-file").toolTip() == str(file)
    assert panel.findChild(QToolButton, "details-environment").isVisible()


def test_the_seed_is_the_one_of_the_screen_and_spoken(
    panel: DetailsPanel, session: Session
) -> None:
    show_live(session, request_of(3))
    session.controls.change(seed=99)
    assert text(panel, "seed") == "3"
    assert panel.findChild(QLabel, "details-seed").accessibleName() == "Seed 3"


def test_a_branch_and_a_mix_are_told(panel: DetailsPanel, session: Session) -> None:
    base = recipe_of(3, size=(128, 128))
    show_live(session, replace(request_of(3), recipe=fork(base, 8, Renoise(Seed(5), 30.0))))
    assert text(panel, "branch") == "New noise from step 8, turned by 30°"
    show_live(session, replace(request_of(3), recipe=fork(base, 8, Stop())))
    assert text(panel, "branch") == "Stopped at step 8 of 20"
    mix = Mix((Parent(Seed(3), 0.7), Parent(Seed(5), 0.3)))
    show_live(session, replace(request_of(3), recipe=replace(base, noise=mix, eta=0.5)))
    assert text(panel, "noise") == "Mix of 2 seeds around 3"
    walk = Walk(Seed(3), (Turn(Seed(5), 8.0), Turn(Seed(6), 8.0)))
    show_live(session, replace(request_of(3), recipe=replace(base, noise=walk, eta=0.5)))
    assert text(panel, "noise") == "Variation of seed 3"
    morph = Slerp(Seed(3), Seed(5), 0.75)
    show_live(session, replace(request_of(3), recipe=replace(base, noise=morph, eta=0.5)))
    assert text(panel, "noise") == "Morph near seed 5"
    assert text(panel, "eta") == "0.5"
    assert text(panel, "branch") == ""


def test_its_buttons_are_the_actions(
    qtbot: QtBot, panel: DetailsPanel, actions: Actions, session: Session
) -> None:
    show_live(session, request_of(3))
    for name in ("copy-seed", "copy-recipe", "copy-picture", "save-as", "use-settings"):
        button = panel.findChild(QWidget, name)
        assert isinstance(button, QPushButton | QToolButton)
        with qtbot.waitSignal(actions[name].triggered):
            button.click()
    actions["use-settings"].setEnabled(False)
    assert not panel.findChild(QPushButton, "use-settings").isEnabled()


def test_nothing_sticks_out_at_the_side(panel: DetailsPanel, session: Session) -> None:
    show_live(session, request_of(4294967295))
    panel.resize(panel.minimumSizeHint().width(), 400)
    right = panel.width()
    for child in panel.findChildren(QPushButton) + panel.findChildren(QLabel, "details-seed"):
        corner = child.mapTo(panel, child.rect().topRight())
        assert corner.x() < right, child.objectName()
