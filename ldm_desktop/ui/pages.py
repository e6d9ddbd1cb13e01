"""The pages of the window, one at a time: each is built when somebody first goes there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.paged_actions import Page
from ldm_desktop.ui.widgets import stacked

Build = Callable[[QWidget], QWidget]


class Pages(QObject):
    """Shows pages in `stack`, with the notices above what is in them, where they are seen."""

    built = Signal(object)  # Page

    def __init__(self, actions: Actions, notices: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget(parent)
        self._actions = actions
        self._notices = notices
        self._builds: dict[Page, Build] = {}
        self._wholes: dict[Page, QWidget] = {}
        self._above: dict[Page, QVBoxLayout] = {}

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._actions.page

    def add(self, page: Page, whole: QWidget, above: QVBoxLayout) -> None:
        """Take a page that is built, and the column at whose top notices stand."""
        self._wholes[page], self._above[page] = whole, above
        self.stack.addWidget(whole)

    def offer(self, page: Page, build: Build) -> None:
        """Have a page built when it is first asked for."""
        self._builds[page] = build

    def show(self, page: Page) -> None:
        """Go to a page."""
        if page not in self._wholes:
            self._build(page)
        self._actions.show_page(page)
        whole = self._wholes[page]
        self.stack.setCurrentWidget(whole)
        self._above[page].insertWidget(0, self._notices)
        self.focus()

    def focus(self) -> None:
        """Put the focus where it belongs on the page that is shown."""
        self._wholes[self.page].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, page: Page) -> None:
        whole = QWidget(self.stack)
        column = stacked(whole, 0)
        view = self._builds[page](whole)
        column.addWidget(view, 1)
        whole.setFocusProxy(view)
        self.add(page, whole, column)
        self.built.emit(page)
