"""The page of trajectories: strips of whole ways, large pictures at one step, and forks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ldm_desktop.session.explore.strips import Strips
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.ui import placeholder, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.strip_board import StripBoard
from ldm_desktop.ui.explore.strip_looks import StripLooks
from ldm_desktop.ui.explore.trajectory_fork_bar import ForkBar
from ldm_desktop.ui.widgets import stacked


class TrajectoriesPage(QWidget):
    """Shows strips, and says what actions do with them; see ui/explore for what pages share."""

    possible_changed = Signal()

    def __init__(self, strips: Strips, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trajectories-page")
        self.setAccessibleName(self.tr("Trajectories"))
        self._strips = strips
        self._arranged = False
        self._told: object = None
        self._empty = EmptyStrips(actions["explore-trajectory"].shortcut(), self)
        self._looks = StripLooks(strips, self)
        self._board = StripBoard(strips, self)
        self._split = self._lay_out(ForkBar(strips, actions["fork"], self))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._split)
        stacked(self, 0).addWidget(self._stack)
        strips.rows_changed.connect(self._show_rows)
        for signal in (
            *(strips.rows_changed, strips.row_changed),
            *(strips.step_changed, strips.strength_changed),
        ):
            signal.connect(self._tell)
        self._show_rows()

    def subjects(self) -> tuple[Subject, ...]:
        """Give the picture of the row that is meant."""
        subject = self._strips.subject()
        return (subject,) if subject else ()

    def take(self, subjects: tuple[Subject, ...]) -> None:
        """Show the ways of these pictures; without any, stay as it was left."""
        self._strips.show(subjects)
        self._board.take_focus()

    def slots(self) -> dict[str, Callable[[], object]]:
        """Give what actions do here, by their ids."""
        strips = self._strips
        return {
            "step-back": lambda: strips.step_by(-1),
            "step-forward": lambda: strips.step_by(1),
            "fork": strips.fork_here,
        }

    def possible(self) -> dict[str, bool]:
        """Say which of them can be done now."""
        strips = self._strips
        return {
            "step-back": strips.step > 1,
            "step-forward": strips.step < strips.total,
            "fork": bool(strips.rows) and not strips.obstacle,
        }

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Put the keyboard on the row that is meant, whoever gives it to the page."""
        self._board.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends trying."""
        if event.key() == Qt.Key.Key_Escape and self._strips.trials.active:
            self._strips.trials.stop()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the room anew, unless a person has."""
        super().resizeEvent(event)
        self._divide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Try nothing that is not seen; a window that is only put away stays as it is."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._strips.trials.stop()

    def _lay_out(self, bar: ForkBar) -> QSplitter:
        upper = QWidget(self)
        column = stacked(upper, 0)
        column.addWidget(self._looks, 1)
        column.addWidget(bar)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(self._board)
        split.setStretchFactor(0, 1)
        split.splitterMoved.connect(self._leave_divided)
        return split

    def _leave_divided(self) -> None:
        self._arranged = True

    def _divide(self) -> None:
        if not self._arranged:
            lower = self._board.wanted_height(self.height())
            self._split.setSizes([self.height() - lower, lower])

    def _show_rows(self) -> None:
        self._stack.setCurrentWidget(self._split if self._strips.rows else self._empty)
        self._divide()

    def _tell(self) -> None:
        """Say that something else can be done now; with each frame that comes nothing does."""
        subjects = self.subjects()
        now = self.possible(), subjects, [each.image.isNull() for each in subjects]
        if now != self._told:
            self._told = now
            self.possible_changed.emit()


class EmptyStrips(QWidget):
    """Says how pictures come here."""

    def __init__(self, keys: QKeySequence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trajectories-empty")
        text = self.tr(
            "See how a picture came out of the noise: choose one in the studio, or up to eight in "
            "the gallery, and press {keys}."
        )
        self._words = text.format(keys=keys.toString(QKeySequence.SequenceFormat.NativeText))
        self.setAccessibleName(self._words)
        theme.LOOK.changed.connect(self._repaint)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().canvas))
        width = min(self.width(), 520)
        room = QRectF((self.width() - width) / 2, 0, width, self.height())
        placeholder.paint_hint(painter, room, self._words)
        painter.end()

    def _repaint(self) -> None:
        self.update()
