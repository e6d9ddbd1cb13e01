"""The keys of whoever culls a contact sheet, the same in its grid and its loupe."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.sheet import Sheet
from ldm_desktop.ui.gallery.culling import HARMLESS

VERDICTS = {
    Qt.Key.Key_P: Verdict.KEPT,
    Qt.Key.Key_X: Verdict.CULLED,
    Qt.Key.Key_U: Verdict.OPEN,
}


def verdict_of(event: QKeyEvent) -> Verdict | None:
    """Give the verdict that a key means, or None."""
    return None if event.modifiers() & ~HARMLESS else VERDICTS.get(Qt.Key(event.key()))


def next_undecided(sheet: Sheet, row: int) -> int:
    """Give the first row after one that nothing was said of yet; -1 if there is none."""
    rows = range(row + 1, sheet.model.rowCount())
    return next((each for each in rows if sheet.model.tile(each).verdict is Verdict.OPEN), -1)
