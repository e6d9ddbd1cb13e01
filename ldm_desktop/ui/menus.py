"""The menu bar, out of the table of actions."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QWidget

from ldm_desktop.ui import icons
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore_actions import WAYS
from ldm_desktop.ui.paged_actions import EXPLORING, Page
from ldm_desktop.ui.widgets import IconButton, Segments

translate = QCoreApplication.translate
Part: TypeAlias = str | tuple[tuple[str, str], ...]
"""Actions by their ids, or menus of such by their titles."""
AMONG_VARIATIONS = ("back", "sideways", "further", "again", "keep", "lock")
PANELS = ("panel-controls", "panel-filmstrip", "panel-queue")


def fill(bar: QMenuBar, actions: Actions) -> None:
    """Put every action into a menu, with a line between those that belong together."""
    for title, parts in _menus():
        menu = bar.addMenu(title)
        for number, part in enumerate(parts):
            if number:
                menu.addSeparator()
            _add(menu, actions, part)
    bar.setCornerWidget(_corner(bar, actions))


def _add(menu: QMenu, actions: Actions, part: Part) -> None:
    """Add actions, or menus of actions by their titles."""
    if isinstance(part, str):
        menu.addActions([actions[name] for name in part.split()])
        return
    for title, names in part:
        _add(menu.addMenu(title), actions, names)


def _menus() -> list[tuple[str, tuple[Part, ...]]]:
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
        (
            translate("Menus", "E&xplore"),
            (
                "studio",
                " ".join(WAYS.values()),
                "star-seed morph-add",
                _on_the_pages(),
            ),
        ),
        (
            translate("Menus", "&Gallery"),
            (
                "gallery gallery-show gallery-find",
                "gallery-grid gallery-loupe gallery-survey",
                "gallery-reproduce gallery-export gallery-import",
                "gallery-verify gallery-rebuild",
                "gallery-trash",
            ),
        ),
        (translate("Menus", "&Help"), ("shortcuts", "about")),
    ]


def _on_the_pages() -> tuple[tuple[str, str], ...]:
    """Give what is done on the pages of exploring, by page."""
    return (
        (
            translate("Menus", "On the contact sheet"),
            "sheet-new sheet-open sheet-finish sheet-refine",
        ),
        (
            translate("Menus", "Among variations"),
            " ".join(f"variations-{each}" for each in AMONG_VARIATIONS),
        ),
        (
            translate("Menus", "On a morph"),
            "morph-play morph-open morph-save morph-export",
        ),
        (
            translate("Menus", "In the family"),
            "family-parent family-child family-older family-younger",
        ),
    )


def _corner(bar: QMenuBar, actions: Actions) -> QWidget:
    """Give the way from page to page, and small buttons for the panels of the studio."""
    corner = QWidget(bar)
    corner.setStyleSheet("QToolButton:checked { background: transparent; }")
    row = QHBoxLayout(corner)
    row.setContentsMargins(0, 2, 8, 2)
    row.setSpacing(2)
    row.addWidget(_pages(actions, corner))
    row.addSpacing(8)
    for name in PANELS:
        button = IconButton.of(actions[name], corner)
        button.setFixedSize(28, 26)
        row.addWidget(button)
        actions[name].toggled.connect(partial(_tint, button, name))
        actions.page_changed.connect(partial(_show_in_studio, button))
    return corner


def _show_in_studio(button: IconButton, page: Page) -> None:
    # Its place stays, so that the way back is where the way here was.
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    button.setVisible(page is Page.STUDIO)


def _pages(actions: Actions, parent: QWidget) -> Segments:
    """Show where one is, and lead elsewhere; exploring goes on where it was left."""
    pages = Segments("page", translate("Menus", "Page"), parent)
    tips = {
        "studio": translate("Menus", "Make pictures ({keys})"),
        "explore": translate("Menus", "Explore the picture you are looking at ({keys})"),
        "gallery": translate("Menus", "Look through all pictures ({keys})"),
    }
    keys = {"studio": "studio", "explore": "explore-sheet", "gallery": "gallery"}
    titles = {
        "studio": translate("Menus", "Studio"),
        "explore": translate("Menus", "Explore"),
        "gallery": translate("Menus", "Gallery"),
    }
    for name, title in titles.items():
        shortcut = actions[keys[name]].shortcut()
        text = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
        pages.add(name, title, tips[name].format(keys=text), f"page-{name}")
    last = ["explore-sheet"]

    def follow(page: Page) -> None:
        if page in EXPLORING:
            last[0] = WAYS[page]
        pages.choose("explore" if page in EXPLORING else page.value)

    def go(name: object) -> None:
        action = actions[last[0] if name == "explore" else str(name)]
        follow(actions.page)
        if actions.page.value != name and not (name == "explore" and actions.page in EXPLORING):
            action.trigger()

    follow(actions.page)
    pages.chosen.connect(go)
    actions.page_changed.connect(follow)
    return pages


def _tint(button: IconButton, drawing: str, opened: bool) -> None:
    button.setIcon(icons.icon(drawing, "text" if opened else "muted"))
