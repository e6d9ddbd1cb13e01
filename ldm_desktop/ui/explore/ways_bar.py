"""The pages of exploring as a row of tabs, over whichever of them is shown."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore_actions import WAYS
from ldm_desktop.ui.paged_actions import EXPLORING, Page
from ldm_desktop.ui.widgets import Segments


class WaysBar(QWidget):
    """Says on which page one is, and takes what is looked at along to another."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explore-ways")
        theme.mark(self, "panel")
        self._actions = actions
        self._tabs = Segments("explore-way", self.tr("Explore"), self)
        for page, name in WAYS.items():
            action = actions[name]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip = f"{action.statusTip()} ({keys})"
            self._tabs.add(page, action.text(), tip, f"way-{page}")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID // 2)
        row.addWidget(self._tabs)
        row.addStretch(1)
        self._tabs.chosen.connect(self._go)
        actions.page_changed.connect(self._follow)
        self._follow(actions.page)

    def _go(self, page: Page) -> None:
        self._actions[WAYS[page]].trigger()

    def _follow(self, page: Page) -> None:
        self.setVisible(page in EXPLORING)
        self._tabs.choose(page)
