"""The bar that forks: how much fresh noise, how many, to try them first or to make them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from ldm_desktop.session.explore.strip_rows import MOST_ROWS
from ldm_desktop.session.explore.strips import MOST_DEGREES, Strips
from ldm_desktop.ui import theme
from ldm_desktop.ui.sliding_spin import SlidingSpin
from ldm_desktop.ui.widgets import IconButton, Note, named, plain

SLIDER = 230


class ForkBar(QFrame):
    """Sets and starts forks of the row that is meant, and says what keeps them from leaving."""

    def __init__(self, strips: Strips, fork: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fork-bar")
        theme.mark(self, "panel")
        self._strips = strips
        self._turn = self._make_turn()
        self._count = self._make_count()
        self._note = Note("fork-note", parent=self)
        self._try = QPushButton(self)
        self._try.clicked.connect(strips.try_forks)
        self._stop = IconButton("close", "trials-stop", self.tr("Stop trying (Esc)"), self)
        self._stop.clicked.connect(strips.trials.stop)
        self._fork = QPushButton(self)
        self._fork.clicked.connect(strips.fork_here)
        self._tip = f"{plain(fork.text())} ({fork.shortcut().toString()})"
        self._lay_out()
        for signal in (
            *(strips.step_changed, strips.rows_changed, strips.strength_changed),
            *(strips.paused_changed, strips.trials.changed),
        ):
            signal.connect(self._show)
        self._show()

    def _make_turn(self) -> SlidingSpin:
        spin = QSpinBox()
        named(spin, "fork-strength", self.tr("How much fresh noise, in degrees"))
        spin.setRange(0, round(MOST_DEGREES))
        spin.setSuffix("°")
        turn = SlidingSpin(spin, parent=self)
        turn.slider.setToolTip(
            self.tr("0° is the same picture again; 90° forgets all the noise that is left")
        )
        turn.setFixedWidth(SLIDER)
        turn.changed.connect(self._set)
        return turn

    def _make_count(self) -> QSpinBox:
        spin = QSpinBox(self)
        named(spin, "fork-count", self.tr("How many forks"))
        spin.setRange(1, MOST_ROWS - 1)
        spin.setFixedWidth(56)
        spin.valueChanged.connect(self._set)
        return spin

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 12, 6)
        row.setSpacing(theme.GRID)
        strength = QLabel(self.tr("How much fresh noise"), self)
        strength.setBuddy(self._turn.spin)
        forks = QLabel(self.tr("Forks"), self)
        forks.setBuddy(self._count)
        row.addWidget(strength)
        row.addWidget(self._turn)
        row.addSpacing(theme.GRID)
        row.addWidget(forks)
        row.addWidget(self._count)
        row.addSpacing(theme.GRID)
        row.addWidget(self._note, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(0)
        row.addWidget(self._try)
        row.addWidget(self._stop)
        row.addWidget(self._fork)

    def _set(self) -> None:
        self._strips.set_strength(float(self._turn.spin.value()), self._count.value())

    def _show(self) -> None:
        strips = self._strips
        obstacle, step = strips.obstacle, strips.fork_step
        self._turn.show_value(round(strips.degrees), 0, round(MOST_DEGREES))
        if self._count.value() != strips.count:
            self._count.setValue(strips.count)
        text = self.tr("Fork at step {step}") if step else self.tr("Fork")
        named(self._fork, "fork-go", text.format(step=step), obstacle or self._tip)
        self._fork.setText(text.format(step=step))
        trying = strips.trials.active
        words = self.tr("Try others") if trying else self.tr("Try")
        tip = self.tr("See drafts of what forks from here would give")
        named(self._try, "fork-try", words, obstacle or tip)
        self._try.setText(words)
        self._stop.setVisible(trying)
        for button in (self._try, self._fork):
            button.setEnabled(not obstacle)
        self._note.say(self._sentence(obstacle, step))

    def _sentence(self, obstacle: str, step: int | None) -> str:
        strips = self._strips
        if strips.paused:
            return self.tr("The queue is paused: strips and forks form when it goes on.")
        if obstacle or step is None or step == min(strips.step, strips.total):
            return obstacle
        return self.tr("New noise can enter at step {step}, the nearest to this one.").format(
            step=step
        )
