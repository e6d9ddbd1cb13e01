"""The menu bar, out of the table of actions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QWidget

from ldm_desktop.ui import icons
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.widgets import IconButton

translate = QCoreApplication.translate
PANELS = ("panel-controls", "panel-filmstrip", "panel-queue")


def fill(bar: QMenuBar, actions: Actions) -> None:
    """Put every action into a menu, with a line between those that belong together."""
    for title, parts in _menus():
        menu = bar.addMenu(title)
        for number, names in enumerate(parts):
            if number:
                menu.addSeparator()
            menu.addActions([actions[name] for name in names.split()])
    bar.setCornerWidget(_panel_buttons(bar, actions))


def _menus() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (translate("Menus", "&File"), ("open save-as reveal", "models settings", "quit")),
        (
            translate("Menus", "&Edit"),
            ("undo redo", "copy-picture copy-seed copy-recipe paste", "palette"),
        ),
        (
            translate("Menus", "&Seed"),
            (
                "roll-seed lock-seed seed-up seed-down seed-history",
                "preset-draft preset-balanced preset-reference",
            ),
        ),
        (
            translate("Menus", "&Picture"),
            (
                "generate add-to-queue stop-here cancel",
                "use-settings render-exact fork step-back step-forward",
                "previous-picture next-picture follow",
            ),
        ),
        (
            translate("Menus", "&View"),
            (
                "zoom-in zoom-out zoom-fit zoom-actual",
                "grid compare-mark compare-wipe compare-flicker",
                "panel-controls panel-filmstrip panel-queue full-screen",
            ),
        ),
        (
            translate("Menus", "&Queue"),
            (
                "pause-queue clear-ended",
                "job-pause job-cancel job-retry job-duplicate job-up job-down job-remove",
                "replace-engine",
            ),
        ),
        (translate("Menus", "&Help"), ("shortcuts", "about")),
    ]


def _panel_buttons(bar: QMenuBar, actions: Actions) -> QWidget:
    """Give small buttons for the panels; those of closed panels are pale."""
    corner = QWidget(bar)
    corner.setStyleSheet("QToolButton:checked { background: transparent; }")
    row = QHBoxLayout(corner)
    row.setContentsMargins(0, 0, 8, 0)
    row.setSpacing(2)
    for name in PANELS:
        button = IconButton.of(actions[name], corner)
        button.setFixedSize(28, 26)
        row.addWidget(button)
        actions[name].toggled.connect(partial(_tint, button, name))
    return corner


def _tint(button: IconButton, drawing: str, opened: bool) -> None:
    button.setIcon(icons.icon(drawing, "text" if opened else "muted"))
