"""How the window is divided: three columns whose sizes and closed panels are remembered."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from ldm_desktop.ui.kept_layout import KeptLayout


class Layout(QObject):
    """The splitters of the window, and the actions that open and close their panels."""

    def __init__(self, window: QMainWindow, kept: KeptLayout) -> None:
        super().__init__(window)
        self._window = window
        self._kept = kept
        self.columns = _splitter("columns", Qt.Orientation.Horizontal)
        self.middle = _splitter("middle", Qt.Orientation.Vertical)
        self.side = _splitter("side", Qt.Orientation.Vertical)
        self._more: list[QSplitter] = []
        self._panels: dict[str, tuple[QWidget, QAction]] = {}

    def arrange(
        self,
        controls: QWidget,
        stage: QWidget,
        filmstrip: QWidget,
        queue: QWidget,
        details: QWidget,
    ) -> None:
        """Put the panels where they belong, at sizes to begin with."""
        _fill(self.middle, (stage, filmstrip), (560, 120), stretches=0)
        _fill(self.side, (queue, details), (310, 340), stretches=1)
        _fill(self.columns, (controls, self.middle, self.side), (300, 700, 288), stretches=1)
        # The picture is what the window is for: it can be made small, but not closed.
        self.middle.setCollapsible(0, False)
        self.columns.setCollapsible(1, False)

    def bind(self, panel: QWidget, action: QAction) -> None:
        """Let an action open and close a panel, and tell when it was closed by dragging."""
        self._panels[action.objectName()] = panel, action
        action.setChecked(True)
        action.toggled.connect(lambda opens: self._open(panel, opens))
        splitter = panel.parent()
        assert isinstance(splitter, QSplitter)
        splitter.splitterMoved.connect(lambda: self._follow(splitter, panel, action))

    def keep(self, splitter: QSplitter) -> None:
        """Divide one more splitter as it was left, and remember it with the others."""
        self._more.append(splitter)
        self._restore(splitter)

    def save(self) -> None:
        """Remember the division for the next start."""
        states = {each.objectName(): each.saveState() for each in self._splitters()}
        panels = {name: action.isChecked() for name, (_, action) in self._panels.items()}
        self._kept.save(self._window, states, panels)

    def restore(self) -> None:
        """Divide the window as it was left; what cannot be read is left as it is."""
        for splitter in self._splitters():
            self._restore(splitter)
        for name, (_, action) in self._panels.items():
            action.setChecked(not self._kept.is_closed(name))

    def _splitters(self) -> tuple[QSplitter, ...]:
        return self.columns, self.middle, self.side, *self._more

    def _restore(self, splitter: QSplitter) -> None:
        if state := self._kept.state(splitter.objectName()):
            splitter.restoreState(state)

    def _open(self, panel: QWidget, opens: bool) -> None:
        panel.setVisible(opens)
        splitter = panel.parent()
        assert isinstance(splitter, QSplitter)
        sizes, place = splitter.sizes(), splitter.indexOf(panel)
        if opens and self._window.isVisible() and not sizes[place]:
            # It was dragged shut: a panel of no size would be open only in name.
            sizes[place] = _usual(splitter, panel)
            splitter.setSizes(sizes)

    def _follow(self, splitter: QSplitter, panel: QWidget, action: QAction) -> None:
        if not panel.isHidden() and not splitter.sizes()[splitter.indexOf(panel)]:
            action.setChecked(False)


def _usual(splitter: QSplitter, panel: QWidget) -> int:
    hint = panel.sizeHint()
    return hint.width() if splitter.orientation() is Qt.Orientation.Horizontal else hint.height()


def _splitter(name: str, orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setHandleWidth(3)
    return splitter


def _fill(
    splitter: QSplitter, panels: tuple[QWidget, ...], sizes: tuple[int, ...], stretches: int
) -> None:
    for number, panel in enumerate(panels):
        splitter.addWidget(panel)
        splitter.setStretchFactor(number, 1 if number == stretches else 0)
    splitter.setSizes(list(sizes))
