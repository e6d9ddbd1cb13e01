"""The actions of exploring: the ways to its pages from everywhere, and what is done on them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ldm_desktop.ui.action_spec import ActionSpec, define
from ldm_desktop.ui.paged_actions import Page

translate = QCoreApplication.translate
WAYS = {
    Page.SHEET: "explore-sheet",
    Page.VARIATIONS: "explore-variations",
    Page.TRAJECTORIES: "explore-trajectory",
    Page.MORPH: "explore-morph",
    Page.FAMILY: "explore-family",
    Page.SEEDS: "explore-seeds",
}
"""The actions that lead to the pages."""


def specs() -> tuple[ActionSpec, ...]:
    """Give them in the order of the pages."""
    return (*_ways(), *_family(), *_sheet(), *_variations(), *_morph())


def _ways() -> tuple[ActionSpec, ...]:
    return (
        define(
            "studio",
            translate("Explore", "Back to the studio"),
            "Alt+0",
            translate("Explore", "Go back to making pictures."),
        ),
        define(
            "explore-sheet",
            translate("Explore", "Contact sheet"),
            "Alt+1",
            translate("Explore", "See a thousand seeds begin, and go on with those you like."),
        ),
        define(
            "explore-variations",
            translate("Explore", "Variations"),
            "Alt+2",
            translate("Explore", "See the neighbours of this picture, near or far."),
        ),
        define(
            "explore-trajectory",
            translate("Explore", "Trajectory"),
            "Alt+3",
            translate("Explore", "See this picture come out of the noise, and fork it on its way."),
        ),
        define(
            "explore-morph",
            translate("Explore", "Morph"),
            "Alt+4",
            translate("Explore", "Travel from picture to picture."),
        ),
        define(
            "explore-family",
            translate("Explore", "Family"),
            "Alt+5",
            translate("Explore", "See from which pictures this one came, and what came of it."),
        ),
        define(
            "explore-seeds",
            translate("Explore", "Seeds"),
            "Alt+6",
            translate("Explore", "Look up what was tried with a seed, and what you said of it."),
        ),
        define(
            "star-seed",
            translate("Explore", "Star this seed"),
            "Ctrl+B",
            translate("Explore", "Remember it, whatever becomes of the picture."),
        ),
        define(
            "morph-add",
            translate("Explore", "Add to the morph"),
            "Ctrl+Shift+A",
            translate("Explore", "Put this picture at the end of the morph's path."),
        ),
    )


def _family() -> tuple[ActionSpec, ...]:
    return (
        define("family-parent", translate("Explore", "To the parent"), "Alt+Up"),
        define("family-child", translate("Explore", "To the child"), "Alt+Down"),
        define("family-older", translate("Explore", "To the older sibling"), "Alt+PgUp"),
        define("family-younger", translate("Explore", "To the younger sibling"), "Alt+PgDown"),
    )


def _sheet() -> tuple[ActionSpec, ...]:
    return (
        define("sheet-new", translate("Explore", "New contact sheet…"), "Ctrl+N"),
        define("sheet-open", translate("Explore", "Open a contact sheet…"), "Ctrl+Shift+O"),
        define(
            "sheet-finish",
            translate("Explore", "Finish the survivors"),
            "Ctrl+Alt+Return",
            translate("Explore", "Go on with the tiles you kept, from where they stopped."),
        ),
        define(
            "sheet-refine",
            translate("Explore", "Refine the drafts"),
            "Ctrl+Alt+F",
            translate("Explore", "Make the drafts you kept once more, in all their steps."),
        ),
    )


def _variations() -> tuple[ActionSpec, ...]:
    return (
        define("variations-back", translate("Explore", "Back to the parent"), "Ctrl+Alt+Up"),
        define(
            "variations-sideways",
            translate("Explore", "Sideways"),
            "Ctrl+Alt+Right",
            translate("Explore", "Other children of the same parent, as far from it."),
        ),
        define(
            "variations-further",
            translate("Explore", "Further in this direction"),
            "Ctrl+Alt+Down",
        ),
        define(
            "variations-again",
            translate("Explore", "Other neighbours"),
            "Ctrl+Alt+N",
            translate("Explore", "Draw new directions around the same picture."),
        ),
        define(
            "variations-keep",
            translate("Explore", "Keep this variation"),
            "Ctrl+Alt+K",
            translate("Explore", "Make it in all its steps, and save it."),
        ),
        define(
            "variations-lock",
            translate("Explore", "Paint what stays"),
            "Ctrl+Alt+L",
            translate("Explore", "Lock a region, and vary only the rest; or the reverse."),
        ),
    )


def _morph() -> tuple[ActionSpec, ...]:
    return (
        define("morph-play", translate("Explore", "Play the morph"), "Ctrl+Alt+Space"),
        define("morph-export", translate("Explore", "Export the morph…"), "Ctrl+Alt+E"),
        define("morph-open", translate("Explore", "Open a path…"), "Ctrl+Alt+I"),
        define("morph-save", translate("Explore", "Save the path…"), "Ctrl+Alt+S"),
    )
