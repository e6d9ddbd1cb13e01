"""What there is to know of the picture on screen, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QWidget,
)

from ldm_desktop.session import facts
from ldm_desktop.session.shown import Shown
from ldm_desktop.session.stage import Stage
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.widgets import Disclosure, IconButton, stacked

SEED_SIZE = 22
ICON_BUTTONS = ("copy-picture", "copy-recipe", "save-as", "reveal", "fork")


class DetailsPanel(QFrame):
    """Seed, facts and actions of the picture on screen, also while it forms."""

    def __init__(self, stage: Stage, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details-panel")
        theme.mark(self, "panel")
        self._actions = actions
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._content())
        column = stacked(self, 0)
        column.addLayout(self._head())
        column.addWidget(self._stack, 1)
        stage.shown_changed.connect(self._show)
        self._show(stage.shown)

    def _head(self) -> QHBoxLayout:
        heading = QLabel(self.tr("Details"), self)
        theme.mark(heading, "heading")
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 10, 2)
        row.setSpacing(2)
        row.addWidget(heading, 1)
        for name in ICON_BUTTONS:
            row.addWidget(IconButton.of(self._actions[name], self))
        return row

    def _empty(self) -> QWidget:
        label = QLabel(self.tr("The picture on screen is described here."), self)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        label.setContentsMargins(16, 0, 16, 0)
        theme.mark(label, "muted")
        return label

    def _content(self) -> QWidget:
        body = QWidget()
        theme.mark(body, "panel")
        column = stacked(body, theme.GRID)
        column.setContentsMargins(16, 4, 16, 12)
        column.addLayout(self._seed_row(body))
        column.addLayout(self._buttons(body))
        self._table = FactTable(body)
        column.addWidget(self._table)
        self._environment = self._environment_part(body)
        column.addWidget(self._disclosure)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("details-scroll")
        area.setAccessibleName(self.tr("Details of the picture"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        # It scrolls one way only, so nothing may stick out at the side, in any language.
        bar = area.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        area.setMinimumWidth(body.minimumSizeHint().width() + bar)
        return area

    def _seed_row(self, body: QWidget) -> QHBoxLayout:
        self._seed = QLabel(body)
        self._seed.setObjectName("details-seed")
        font = self._seed.font()
        font.setPixelSize(SEED_SIZE)
        font.setWeight(font.Weight.DemiBold)
        self._seed.setFont(font)
        self._seed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        caption = QLabel(self.tr("Seed"), body)
        theme.mark(caption, "muted")
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(caption, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._seed, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        row.addWidget(IconButton.of(self._actions["copy-seed"], body))
        return row

    def _buttons(self, body: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        for name in ("use-settings", "render-exact"):
            row.addWidget(text_button(self._actions[name], body), 1)
        return row

    def _environment_part(self, body: QWidget) -> QLabel:
        self._disclosure = Disclosure(self.tr("Environment"), "details-environment", body)
        label = QLabel(body)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.mark(label, "muted")
        self._disclosure.body.addWidget(label)
        return label

    def _show(self, shown: Shown | None) -> None:
        self._stack.setCurrentIndex(1 if shown else 0)
        if shown:
            self._seed.setText(str(shown.seed))
            self._seed.setAccessibleName(self.tr("Seed {seed}").format(seed=shown.seed))
            self._table.show_facts(facts.facts(shown))
            self._table.set_tip("file", str(shown.file) if shown.file else "")
            self._environment.setText(facts.environment(shown.record))
            self._disclosure.setVisible(shown.record is not None)


class FactTable(QWidget):
    """Names at the left, what they are at the right; facts without text take no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GRID)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, 64)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, these: tuple[facts.Fact, ...]) -> None:
        """Show facts; only what is another is touched."""
        for fact in these:
            name, text = self._rows.get(fact.id) or self._add(fact)
            if text.text() != fact.text:
                text.setText(fact.text)
                text.setAccessibleName(f"{fact.name}: {fact.text}")
            name.setVisible(bool(fact.text))
            text.setVisible(bool(fact.text))

    def set_tip(self, fact: str, tip: str) -> None:
        """Say more about a fact when it is pointed at."""
        self._rows[fact][1].setToolTip(tip)

    def _add(self, fact: facts.Fact) -> tuple[QLabel, QLabel]:
        name, text = QLabel(fact.name, self), QLabel(self)
        theme.mark(name, "muted")
        text.setObjectName(f"details-{fact.id}")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1)
        self._rows[fact.id] = name, text
        return name, text


def text_button(action: QAction, parent: QWidget) -> QPushButton:
    """Give a button that says what its action does, enabled along with it."""
    button = QPushButton(action.text(), parent)
    button.setObjectName(action.objectName())
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
