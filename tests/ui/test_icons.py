"""The icons: all there, all drawn, in the right colour and sharp."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication

from ldm_desktop.core.paths import resources
from ldm_desktop.core.settings import Theme
from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.colours import DARK, LIGHT

DRAWINGS = sorted((resources() / "icons").glob("*.svg"))
SOURCES = sorted((Path(icons.__file__).parent).glob("*.py"))
SIZE = QSize(24, 24)
HALF = 127
LARGE = QSize(96, 96)


def inked(image: QImage, least: int = HALF) -> set[str]:
    """Give the colours in a picture where they are more than a blur."""
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in colours if colour.alpha() >= least}


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_drawing_shows_something_sharply(
    dressed: QApplication, file: Path, scale: float
) -> None:
    pixmap = icons.icon(file.stem).pixmap(SIZE, scale)
    assert pixmap.size() == SIZE * scale
    assert pixmap.deviceIndependentSize().toSize() == SIZE
    assert inked(pixmap.toImage())


def test_every_action_has_a_drawing(qapp: QApplication) -> None:
    for spec in Actions():
        assert icons.path(spec.id).is_file(), spec.id


def test_every_other_name_leads_to_a_drawing() -> None:
    for name in icons.ALIASES:
        assert icons.path(name).is_file(), name


def test_every_icon_that_the_views_name_is_drawn() -> None:
    named = re.compile(r"""(?:icons\.icon|icons\.draw|IconButton)\(\s*(?:painter, )?"([\w-]+)\"""")
    found = {name for file in SOURCES for name in named.findall(file.read_text("utf-8"))}
    assert found
    for name in found:
        assert icons.path(name).is_file(), name


def test_a_name_that_nobody_drew_is_a_bug() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        icons.icon("unicorn")


def test_icons_follow_the_theme_by_themselves(dressed: QApplication) -> None:
    kept = icons.icon("stop")
    assert inked(kept.pixmap(LARGE).toImage(), 255) == {DARK.text}
    theme.apply(dressed, Theme.LIGHT)
    assert inked(kept.pixmap(LARGE).toImage(), 255) == {LIGHT.text}


def test_a_disabled_icon_is_fainter(dressed: QApplication) -> None:
    faint = icons.icon("stop").pixmap(LARGE, QIcon.Mode.Disabled)
    assert inked(faint.toImage(), 255) == {DARK.disabled}


def test_the_applications_icon_has_its_own_colours(dressed: QApplication) -> None:
    assert len(inked(icons.icon("app").pixmap(QSize(64, 64)).toImage())) > 20
