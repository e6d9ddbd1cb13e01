"""The palettes: legible, neutral, complete, and put on at once."""

from __future__ import annotations

import dataclasses
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ldm_desktop.core.paths import resources
from ldm_desktop.core.settings import Theme
from ldm_desktop.ui import theme
from ldm_desktop.ui.colours import DARK, LIGHT, Colours

GROUNDS = ("window", "panel", "raised", "hover", "pressed", "field")
CONTROLS = ("window", "panel", "field")
TEXT = [
    *((text, ground) for text in ("text", "muted", "danger", "warning") for ground in GROUNDS),
    *(("success", ground) for ground in CONTROLS),
    *(("accent", ground) for ground in CONTROLS),
    *((text, "canvas") for text in ("text", "muted")),
    *(("accent_text", ground) for ground in ("accent", "accent_hover", "accent_pressed")),
    *((text, "selection") for text in ("selection_text", "text", "muted")),
    ("tooltip_text", "tooltip"),
]
EDGES = [
    *(("border", ground) for ground in CONTROLS),
    *(("focus", ground) for ground in (*CONTROLS, "raised", "hover", "canvas", "selection")),
    *(("accent", ground) for ground in ("panel", "window")),
]
NO_PAIR = {"name", "line", "disabled", "scrim", "scrim_text"}
"""Decoration and what is switched off need no contrast; the scrim has a test of its own."""


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str | QColor, other: str | QColor) -> float:
    """Contrast ratio as WCAG 2.2 defines it, 1 … 21."""
    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=lambda colours: colours.name)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_every_text_is_legible_where_it_stands(colours: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=lambda colours: colours.name)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_every_border_and_focus_ring_can_be_seen(colours: Colours, edge: str, ground: str) -> None:
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=lambda colours: colours.name)
@pytest.mark.parametrize("picture", ["#000000", "#808080", "#ffffff"])
def test_text_on_a_picture_is_legible_on_any_picture(colours: Colours, picture: str) -> None:
    scrim, below = QColor(colours.scrim), QColor(picture)
    share = scrim.alphaF()
    mixed = QColor.fromRgbF(
        *(
            share * over + (1 - share) * under
            for over, under in zip(scrim.getRgbF()[:3], below.getRgbF()[:3], strict=True)
        )
    )
    assert contrast(colours.scrim_text, mixed) >= 4.5


def test_every_colour_is_in_some_pair() -> None:
    paired = {name for pair in (*TEXT, *EDGES) for name in pair}
    assert {field.name for field in dataclasses.fields(Colours)} == paired | NO_PAIR


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=lambda colours: colours.name)
def test_greys_around_pictures_have_no_cast(colours: Colours) -> None:
    for name in (*GROUNDS, "canvas", "line", "border"):
        assert QColor(getattr(colours, name)).saturation() == 0, name


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=lambda colours: colours.name)
def test_the_style_sheet_names_only_what_there_is(colours: Colours) -> None:
    sheet = theme.style_sheet(colours)
    assert "$" not in sheet
    for file in re.findall(r"url\(icons:([^)]+)\)", sheet):
        assert (resources() / "icons" / file).is_file(), file


def test_marks_are_all_known_to_the_style_sheet() -> None:
    sheet = theme.style_sheet(DARK)
    marks = set(re.findall(r'\[(\w+)="true"\]', sheet))
    assert marks == set(theme.MARKS)


def test_a_mark_changes_how_a_widget_looks_at_once(qtbot: QtBot, dressed: QApplication) -> None:
    label = QLabel("seed")
    qtbot.addWidget(label)
    label.show()
    before = label.palette().color(QPalette.ColorRole.WindowText)
    theme.mark(label, "muted")
    assert before == QColor(DARK.text)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.muted)


def test_themes_change_live_and_say_so(qtbot: QtBot, dressed: QApplication) -> None:
    with qtbot.waitSignal(theme.LOOK.changed) as news:
        theme.apply(dressed, Theme.LIGHT)
    assert news.args == [LIGHT]
    assert theme.current() is LIGHT
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.panel)
    theme.apply(dressed, Theme.DARK)
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(DARK.panel)


def test_the_systems_scheme_is_followed_only_if_wished(dressed: QApplication) -> None:
    changed = dressed.styleHints().colorSchemeChanged
    theme.apply(dressed, Theme.SYSTEM)
    changed.emit(Qt.ColorScheme.Light)
    assert theme.current() is LIGHT
    changed.emit(Qt.ColorScheme.Dark)
    assert theme.current() is DARK
    changed.emit(Qt.ColorScheme.Unknown)
    assert theme.current() is DARK
    theme.apply(dressed, Theme.LIGHT)
    changed.emit(Qt.ColorScheme.Dark)
    assert theme.current() is LIGHT


def test_fields_are_as_tall_as_buttons_and_do_not_move_with_the_focus(
    qtbot: QtBot, dressed: QApplication
) -> None:
    column = QWidget()
    qtbot.addWidget(column)
    layout = QVBoxLayout(column)
    widgets = [QLineEdit(), QSpinBox(), QComboBox(), QPushButton("Go"), QDoubleSpinBox()]
    for widget in widgets:
        layout.addWidget(widget)
    column.show()
    places = [widget.geometry() for widget in widgets]
    assert {place.height() for place in places} == {28}
    for widget in widgets:
        widget.setFocus()
        QApplication.processEvents()
        assert [widget.geometry() for widget in widgets] == places
