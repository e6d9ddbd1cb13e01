"""The seed: typed, pasted, stepped, rolled, locked, or one from before; or more than a seed."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from ldm_desktop.core import seeds
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Slerp, Walk, count_seeds
from ldm_desktop.core.recipe import Stop
from ldm_desktop.session.choices import Choices
from ldm_desktop.session.controls import Controls
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.widgets import FieldLabel, IconButton, Note, beside, named, stacked

SHOWN = 20
"""So many seeds of the history fit into a menu."""
LONGEST = 39
"""Digits; what `seeds.parse` reads."""
HEAD = 24
NOTCH = 120
"""Eighths of a degree in a notch of a wheel."""


class SeedValidator(QValidator):
    """Lets digits and a range through; of pasted text with one number in it, the number."""

    def validate(self, text: str, position: int) -> object:
        """Say whether a text may stand in the field, and what of it."""
        kept = "".join(text.split()).replace("_", "")
        lone = re.findall(r"-?\d+", kept)
        if not re.fullmatch(r"\d*(:\d*)?", kept) and len(lone) == 1 and lone[0].isdigit():
            kept = lone[0]
        if not re.fullmatch(r"\d{0,39}(:\d{0,39})?", kept, re.ASCII):
            return QValidator.State.Invalid, text, position
        whole = re.fullmatch(r"\d+(:\d+)?", kept)
        state = QValidator.State.Acceptable if whole else QValidator.State.Intermediate
        return state, kept, min(position, len(kept)) if kept != text else position


class SeedEdit(QLineEdit):
    """A line of digits; arrow keys step, and so does the wheel once it has the focus."""

    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(SeedValidator(self))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._turned = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys; Return ends typing."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in steps and plain:
            self.stepped.emit(steps[key])
            return
        super().keyPressEvent(event)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person has turned away; `editingFinished` is silent of half a number."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step with the wheel, but only where the person is."""
        if not self.hasFocus():
            event.ignore()
            return
        self._turned += event.angleDelta().y()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        for _ in range(abs(notches)):
            self.stepped.emit(1 if notches > 0 else -1)
        event.accept()


class SeedField(QWidget):
    """The seed of the next picture that is asked for, and the ways to another one."""

    def __init__(self, controls: Controls, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controls = controls
        self._chip = QPushButton(self)
        theme.mark(self._chip, "chip")
        self._chip.setObjectName("more-than-a-seed")
        self._chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.edit = SeedEdit(self)
        named(self.edit, "seed", self.tr("Seed"), self.tr("0 to 4294967295, or a range like 0:16"))
        theme.mark(self.edit, "figure")
        roll = IconButton.of(actions["roll-seed"], self)
        self._lock = IconButton.of(actions["lock-seed"], self)
        history = IconButton.of(actions["seed-history"], self)
        self._note = Note("seed-note", "muted", self)
        self.problem = Note("seed-problem", "warning", self)
        self._arrange(roll, history)
        self._connect(actions["seed-history"])
        self.refresh(controls.choices)

    def _arrange(self, roll: QWidget, history: QWidget) -> None:
        label = FieldLabel(self.tr("&Seed"), self.edit, self)
        label.setFixedHeight(HEAD)
        head = beside(label)
        head.addStretch(1)
        head.addWidget(self._chip)
        column = stacked(self, 0)
        column.addLayout(head)
        column.addLayout(beside(self.edit, roll, self._lock, history, stretch=(1,)))
        for note in (self._note, self.problem):
            note.setContentsMargins(0, theme.GRID // 2, 0, 0)
            column.addWidget(note)

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with the seed, or nothing."""
        self.problem.say(sentence)
        self.edit.setAccessibleDescription(sentence or self._note.text())
        theme.mark(self.edit, "error", bool(sentence))

    def _connect(self, history: QAction) -> None:
        # Not `textEdited`: a screen reader writes in the field too.
        self.edit.textChanged.connect(self._typed)
        self.edit.inputRejected.connect(self._rejected)
        self.edit.left.connect(self._finished)
        self.edit.stepped.connect(self._controls.step)
        self._chip.clicked.connect(lambda: self._controls.change(noise=None, origin=None))
        self._controls.changed.connect(self.refresh)
        self._controls.history_changed.connect(lambda _: self._show_seed())
        history.triggered.connect(self.show_history)

    def refresh(self, choices: Choices) -> None:
        """Show the seed that is chosen, and what more than a seed it is."""
        if self._means() != choices.seed:
            self._note.say("")
            self._show_seed()
        self._lock.show_drawing("lock" if choices.lock else "unlock")
        text = self._more_than_a_seed(choices)
        self._chip.setVisible(bool(text))
        self._chip.setText(f"{text}  ✕")
        spoken = self.tr("{what}: go back to the plain seed").format(what=text)
        self._chip.setAccessibleName(spoken)
        self._chip.setToolTip(spoken)

    def show_history(self) -> None:
        """Open the menu of the seeds used last."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("seed-history-menu")
        menu.setAccessibleName(self.tr("Seeds used before, newest first"))
        for seed in self._controls.history[:SHOWN]:
            entry = menu.addAction(str(seed))
            entry.setCheckable(True)
            entry.setChecked(seed == self._controls.choices.seed)
            entry.triggered.connect(lambda _=False, seed=seed: self._controls.change(seed=seed))
        if menu.isEmpty():
            menu.addAction(self.tr("No seeds yet")).setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.edit.height() + 2)))

    def _means(self) -> int | None:
        # The seed that stands in the field, reduced or not.
        try:
            found, _ = seeds.parse(self.edit.text())
        except KnownError:
            return None
        return found[0]

    def _show_seed(self) -> None:
        blocked = QSignalBlocker(self.edit)
        self.edit.setText(str(self._controls.choices.seed))
        blocked.unblock()

    def _typed(self, text: str) -> None:
        try:
            self._note.say(self._controls.set_seed_text(text))
        except KnownError as error:
            self._note.say(str(error) if self.edit.hasAcceptableInput() else "")
        self.edit.setAccessibleDescription(self._note.text())

    def _rejected(self) -> None:
        self._note.say(self.tr("A seed is a whole number from 0 to 4294967295, in digits."))

    def _finished(self) -> None:
        self._controls.settle()
        if self.edit.text() != str(self._controls.choices.seed):
            self._show_seed()

    def _more_than_a_seed(self, choices: Choices) -> str:
        if isinstance(choices.noise, Walk):
            return self.tr("Variation")
        if isinstance(choices.noise, Slerp):
            return self.tr("Morph")
        if choices.noise:
            return self.tr("Mix of {count} seeds").format(count=count_seeds(choices.noise))
        if not choices.branch:
            return ""
        if isinstance(choices.branch.change, Stop):
            text = self.tr("Stopped at step {step}")
        else:
            text = self.tr("Forked at step {step}")
        return text.format(step=choices.branch.step)
