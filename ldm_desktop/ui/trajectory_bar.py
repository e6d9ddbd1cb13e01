"""The slider along a finished picture's trajectory, with what can be done at a step."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QSpinBox,
    QStyle,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from ldm_desktop.session.forking import TURNS, USUAL_TURN
from ldm_desktop.session.scrubber import Scrubber
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.widgets import IconButton, named

HANDLE = 16
"""Logical pixels: the handle of the style sheet with its border."""


class TrajectoryBar(QFrame):
    """Goes through the steps, and forks or keeps the picture where it stands; hidden if none."""

    def __init__(self, scrubber: Scrubber, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trajectory-bar")
        self._scrubber = scrubber
        self._slider = StepSlider(self)
        named(self._slider, "trajectory", self.tr("Step of the denoising"))
        self._slider.valueChanged.connect(scrubber.set_step)
        self._label = QLabel(self)
        self._label.setObjectName("trajectory-step")
        theme.mark(self._label, "figure")
        self._keep = QPushButton(self.tr("Keep this"), self)
        named(
            self._keep,
            "keep-step",
            self.tr("Keep this step"),
            self.tr("Save what is seen at this step as a picture of its own"),
        )
        self._keep.clicked.connect(scrubber.keep_here)
        self._fork = QPushButton(self)
        self._fork.setObjectName("fork-here")
        self._fork.clicked.connect(self.fork)
        self._turn = TurnPanel(self)
        self._turn.accepted.connect(self._fork_from_panel)
        self._more = IconButton("disclosed", "fork-turn", self.tr("How far to turn the noise"))
        self._menu = self._make_menu()
        self._more.clicked.connect(self._open_menu)
        self._lay_out(actions)
        scrubber.changed.connect(self._show)
        self._show()

    def fork(self) -> None:
        """Fork at the step shown, by the angle that is set."""
        self._scrubber.fork_here(self._turn.degrees)

    def _lay_out(self, actions: Actions) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(theme.GRID // 2)
        row.addWidget(IconButton.of(actions["step-back"], self))
        row.addWidget(self._slider, 1)
        row.addWidget(IconButton.of(actions["step-forward"], self))
        row.addSpacing(theme.GRID // 2)
        row.addWidget(self._label)
        row.addSpacing(theme.GRID)
        for widget in (self._keep, self._fork, self._more):
            row.addWidget(widget)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        panel = QWidgetAction(menu)
        panel.setDefaultWidget(self._turn)
        menu.addAction(panel)
        return menu

    def _open_menu(self) -> None:
        size = self._menu.sizeHint()
        corner = QPoint(self._more.width() - size.width(), -size.height() - 4)
        self._menu.popup(self._more.mapToGlobal(corner))
        self._turn.begin()

    def _fork_from_panel(self) -> None:
        self._menu.close()
        self.fork()

    def _show(self) -> None:
        scrubber = self._scrubber
        self.setVisible(scrubber.active)
        if not scrubber.active:
            return
        self._slider.show_steps(scrubber.step, scrubber.total, scrubber.keyframes)
        text = self.tr("Step {step} of {total}")
        self._label.setText(text.format(step=scrubber.step, total=scrubber.total))
        widest = text.format(step=scrubber.total, total=scrubber.total)
        self._label.setMinimumWidth(self._label.fontMetrics().horizontalAdvance(widest) + 2)
        self._keep.setEnabled(scrubber.step < scrubber.total)
        self._show_fork()

    def _show_fork(self) -> None:
        step, obstacle = self._scrubber.fork_step, self._scrubber.obstacle
        text = self.tr("Fork here")
        tip = self.tr("Go on from this step with other noise")
        if step is not None and step != self._scrubber.step:
            text = self.tr("Fork at {step}").format(step=step)
            tip = self.tr("Go on from step {step}, the nearest before this one").format(step=step)
        self._fork.setText(text)
        self._fork.setAccessibleName(text)
        self._fork.setToolTip(obstacle or tip)
        self._fork.setAccessibleDescription(obstacle)
        for button in (self._fork, self._more):
            button.setEnabled(not obstacle)


class StepSlider(QSlider):
    """A slider with a mark at each step that was kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPageStep(5)
        self._marks: frozenset[int] = frozenset()

    def show_steps(self, step: int, total: int, marks: frozenset[int]) -> None:
        """Show where it stands, without moving anything by it."""
        blocked = self.blockSignals(True)
        self.setRange(1, total)
        self.setValue(step)
        self.blockSignals(blocked)
        self._marks = marks
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks under the groove."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().border))
        for mark in self._marks:
            if self.minimum() <= mark <= self.maximum():
                painter.drawRect(self._place(mark), self.height() // 2 + 6, 1, 3)
        painter.end()
        super().paintEvent(event)

    def _place(self, step: int) -> int:
        span = self.width() - HANDLE
        place = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), step, span)
        return place + HANDLE // 2


class TurnPanel(QWidget):
    """Asks how far the noise is turned when a picture is forked."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spin = QSpinBox(self)
        named(self._spin, "fork-degrees", self.tr("Turn of the noise in degrees"))
        self._spin.setRange(round(TURNS[0]), round(TURNS[1]))
        self._spin.setValue(round(USUAL_TURN))
        self._spin.setSingleStep(5)
        self._spin.setSuffix("°")
        self._spin.lineEdit().returnPressed.connect(self.accepted)
        label = QLabel(self.tr("Turn the noise by"), self)
        label.setBuddy(self._spin)
        note = QLabel(
            self.tr("A small turn stays close to this picture, 180° goes far away from it."), self
        )
        note.setWordWrap(True)
        theme.mark(note, "muted")
        go = QPushButton(self.tr("Fork"), self)
        named(go, "fork-go", self.tr("Fork"))
        go.clicked.connect(self.accepted)
        row = QHBoxLayout()
        for widget in (label, self._spin):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(theme.GRID)
        column.addLayout(row)
        column.addWidget(note)
        column.addWidget(go)
        self.setFixedWidth(260)

    @property
    def degrees(self) -> float:
        """The angle that is set."""
        return float(self._spin.value())

    def begin(self) -> None:
        """Put the keyboard on the angle."""
        self._spin.setFocus(Qt.FocusReason.PopupFocusReason)
        self._spin.selectAll()
