"""How the window looks: its colours, put into QPalette and one style sheet."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import Literal, TypeAlias, get_args

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ldm_desktop.core.paths import resources
from ldm_desktop.core.settings import Theme
from ldm_desktop.ui.colours import DARK, LIGHT, Colours

GRID = 8
"""Spacing is a multiple of this many pixels, or its half."""
RADIUS = 6
SCROLL_BAR = 10
TEXT_SIZE = 13
"""Pixels; small text is 12."""

Mark: TypeAlias = Literal[
    "primary",  # the one button that matters
    "tall",  # a button beside the primary one
    "bare",  # a field without a frame
    "danger",  # what cannot be taken back
    "flat",  # a button without a frame until it is pointed at
    "segment",  # one of a row of exclusive buttons
    "disclosure",  # a heading that opens and closes
    "chip",  # a small button that says a state and ends it
    "outlined",  # a chip of what holds only in part
    "panel",  # a widget on the colour of panels
    "canvas",  # a widget on the colour behind pictures
    "heading",  # the name of a group
    "muted",  # text that matters less
    "value",  # a figure beside what it measures
    "figure",  # the number that matters
    "rule",  # a thin line
    "warning",  # text about trouble that has a way out
    "error",  # text about trouble
]
MARKS = get_args(Mark)
GROUNDS = frozenset({"panel", "canvas"})


class Look(QObject):
    """What the window wears now; `changed` comes after it has changed clothes."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.colours = DARK
        self._theme = Theme.DARK
        self._app: QApplication | None = None

    def wear(self, app: QApplication, theme: Theme) -> None:
        """Dress the application, and follow the system from now on if that is wished."""
        self._theme = theme
        if self._app is not app:
            self._app = app
            QDir.setSearchPaths("icons", [str(resources() / "icons")])
            # A QStyle of its own, because a name alone would be looked for among plug-ins.
            app.setStyle(QStyleFactory.create("Fusion"))
            font = app.font()
            font.setPixelSize(TEXT_SIZE)
            app.setFont(font)
            app.styleHints().colorSchemeChanged.connect(self._follow)
        # So the system's title bar and dialogs go with it.
        app.styleHints().setColorScheme(SCHEMES[theme])
        self._put_on(app, app.styleHints().colorScheme())

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        if self._app and self._theme is Theme.SYSTEM:
            self._put_on(self._app, scheme)

    def _put_on(self, app: QApplication, system: Qt.ColorScheme) -> None:
        # A system that does not say gets the dark one.
        scheme = system if self._theme is Theme.SYSTEM else SCHEMES[self._theme]
        colours = LIGHT if scheme is Qt.ColorScheme.Light else DARK
        if app.styleSheet() and colours is self.colours:
            return
        self.colours = colours
        app.setPalette(palette(self.colours))
        app.setStyleSheet(style_sheet(self.colours))
        self.changed.emit(self.colours)


SCHEMES = {
    Theme.DARK: Qt.ColorScheme.Dark,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
}
LOOK = Look()


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application; what is on screen changes at once."""
    LOOK.wear(app, theme)


def current() -> Colours:
    """Give the colours worn now; who paints with them repaints after `LOOK.changed`."""
    return LOOK.colours


def mark(widget: QWidget, kind: Mark, on: bool = True) -> None:
    """Say what a widget is for, so that the style sheet knows how it looks."""
    assert kind in MARKS, kind
    if bool(widget.property(kind)) == on:
        return
    widget.setProperty(kind, on)
    if kind in GROUNDS:
        # Otherwise Qt paints no background for subclasses of QWidget.
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    # A style sheet looks at properties only when it meets a widget.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def style_sheet(colours: Colours) -> str:
    """Give the style sheet in some colours; it lies in resources, where `$name` is a colour."""
    text = (resources() / "window.qss").read_text(encoding="utf-8")
    return Template(text).substitute(
        asdict(colours), radius=f"{RADIUS}px", scroll=f"{SCROLL_BAR}px"
    )


def palette(colours: Colours) -> QPalette:
    """Give the palette for whatever the style sheet leaves to the style."""
    role = QPalette.ColorRole
    roles = {
        role.Window: colours.panel,
        role.WindowText: colours.text,
        role.Base: colours.field,
        role.AlternateBase: colours.panel,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.Light: colours.hover,
        role.Midlight: colours.raised,
        role.Mid: colours.line,
        role.Dark: colours.border,
        role.Shadow: colours.canvas,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.selection_text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.tooltip,
        role.ToolTipText: colours.tooltip_text,
        role.PlaceholderText: colours.muted,
    }
    result = QPalette()
    for each, colour in roles.items():
        result.setColor(QPalette.ColorGroup.All, each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        result.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.disabled))
    result.setColor(QPalette.ColorGroup.Disabled, role.Accent, QColor(colours.disabled))
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.pressed))
    return result
