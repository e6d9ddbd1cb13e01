"""What the pages of the models dialog are made of: facts, a title, a task that goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.session import model_wording
from ldm_desktop.session.model_tasks import TaskState, TaskView
from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import LABEL_WIDTH, Note, beside, named, stacked

SIDE = 3 * theme.GRID
STEPS = 1000
TITLE = 20


class Facts(QWidget):
    """Names and values in two columns; what is not known has no line."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Details"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GRID)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}

    def show_facts(self, facts: Sequence[tuple[str, str, str]]) -> None:
        """Show facts as (id, name, value)."""
        for key, name, value in facts:
            if key not in self._values:
                self._add(key)
            self._names[key].setText(name)
            label = self._values[key]
            if label.text() != value:
                label.setText(value)
            label.setAccessibleName(f"{name}: {value}")
            label.setVisible(bool(value))
            self._names[key].setVisible(bool(value))

    def text(self, key: str) -> str:
        """Give what a line says."""
        return self._values[key].text() if key in self._values else ""

    def _add(self, key: str) -> None:
        row = len(self._values)
        self._names[key], self._values[key] = QLabel(self), QLabel(self)
        theme.mark(self._names[key], "muted")
        value = self._values[key]
        value.setObjectName(f"{self.objectName()}-{key}")
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.mark(value, "value")
        self._grid.addWidget(self._names[key], row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)


class TaskStrip(QWidget):
    """What goes on: in words, as a bar, and a button that ends it."""

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = QLabel(self)
        self._stage.setObjectName(f"{name}-stage")
        self._amount = QLabel(self)
        self._amount.setObjectName(f"{name}-amount")
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.mark(self._amount, "muted")
        self._bar = QProgressBar(self)
        named(self._bar, f"{name}-progress", self.tr("Progress"))
        self._bar.setTextVisible(False)
        self.button = QPushButton(self.tr("Cancel"), self)
        named(self.button, f"{name}-cancel", self.tr("Cancel"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.cancelled)
        words = stacked(left := QWidget(self), 6)
        words.addLayout(beside(self._stage, self._amount, stretch=(1,)))
        words.addWidget(self._bar)
        row = beside(left, self.button, stretch=(1,))
        row.setSpacing(2 * theme.GRID)
        self.setLayout(row)

    def show_task(self, task: TaskView | None) -> None:
        """Show a task while it runs."""
        self.setVisible(task is not None and task.running)
        if not task:
            return
        stopping = task.state is TaskState.STOPPING
        stage = self.tr("Stopping…") if stopping else model_wording.stage(task)
        self._stage.setText(stage)
        self.button.setEnabled(not stopping)
        progress = task.progress
        self._amount.setText(model_wording.amount(progress) if progress else "")
        if progress and progress.total > 0:
            self._bar.setRange(0, STEPS)
            self._bar.setValue(round(STEPS * progress.share))
        else:
            self._bar.setRange(0, 0)


def title_of(name: str, parent: QWidget) -> QLabel:
    """Give the large line at the top of a page."""
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    font = label.font()
    font.setPixelSize(TITLE)
    font.setWeight(font.Weight.DemiBold)
    label.setFont(font)
    return label


def words_of(name: str, parent: QWidget) -> Note:
    """Give a line of pale text that can be copied."""
    note = Note(name, "muted", parent)
    note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return note


def button_of(name: str, text: str, parent: QWidget, tip: str = "") -> QPushButton:
    """Give a button that Return in a field does not press."""
    button = QPushButton(text, parent)
    named(button, name, text.replace("&", ""), tip)
    button.setAutoDefault(False)
    return button


def scrolled(page: QWidget, name: str) -> tuple[QWidget, QVBoxLayout, QVBoxLayout]:
    """Give a page a body that scrolls, its column, and the page's own column for a foot."""
    whole = stacked(page, 0)
    area = QScrollArea(page)
    area.setObjectName(f"{name}-scroll")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    body = QWidget(area)
    theme.mark(body, "panel")
    column = stacked(body, theme.GRID)
    column.setContentsMargins(SIDE, SIDE - 4, SIDE, theme.GRID)
    area.setWidget(body)
    whole.addWidget(area, 1)
    return body, column, whole
