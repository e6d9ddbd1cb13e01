"""How many pictures, the button that starts them, and what they will cost."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QSpinBox, QWidget

from ldm_desktop.session.controls import Controls
from ldm_desktop.session.limits import MOST_IN_A_JOB
from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.cost_label import CostLabel
from ldm_desktop.ui.sliding_spin import SPIN_WIDTH
from ldm_desktop.ui.widgets import Field, WheelGuard, beside, named, plain, rule, stacked


class RunBar(QWidget):
    """The foot of the controls; it stays where it is while the rest scrolls."""

    def __init__(self, controls: Controls, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controls = controls
        self._actions = actions
        self._count = QSpinBox(self)
        named(self._count, "count", self.tr("Pictures"))
        self._count.setRange(1, MOST_IN_A_JOB)
        WheelGuard(self._count)
        self._count.setMinimumWidth(SPIN_WIDTH)
        self._forever = QCheckBox(self.tr("For ever"), self)
        named(self._forever, "forever", self.tr("For ever"), self.tr("Until somebody stops it"))
        self._generate = self._button(actions["generate"], "accent_text")
        theme.mark(self._generate, "primary")
        self._queue = self._button(actions["add-to-queue"], "text")
        theme.mark(self._queue, "tall")
        row = beside(self._count, self._forever, stretch=(1, 1))
        row.setSpacing(theme.GRID + theme.GRID // 2)
        self.fields = {"count": Field(self.tr("&Pictures"), row, self._count, self)}
        self._arrange(CostLabel(controls, self))
        self._count.valueChanged.connect(lambda count: controls.change(count=count))
        self._forever.clicked.connect(lambda on: controls.change(forever=on))

    def refresh(self) -> None:
        """Show how many pictures are chosen, and whether they can be made."""
        choices = self._controls.choices
        blocked = QSignalBlocker(self._count)
        if self._count.value() != choices.count:
            self._count.setValue(choices.count)
        blocked.unblock()
        self._count.setEnabled(not choices.forever)
        self._forever.setChecked(choices.forever)
        self._follow()

    def _follow(self) -> None:
        reason = ""
        # What is asked for while the model is being opened begins once it is open.
        if not self._controls.waiting:
            reason = next(iter(self._controls.problems().values()), "")
        for button, name in ((self._generate, "generate"), (self._queue, "add-to-queue")):
            action = self._actions[name]
            button.setEnabled(action.isEnabled() and not reason)
            button.setToolTip(reason or action.toolTip())
            button.setAccessibleDescription(reason)

    def _arrange(self, cost: CostLabel) -> None:
        column = stacked(self, theme.GRID)
        side, below = 2 * theme.GRID, theme.GRID + theme.GRID // 2
        column.setContentsMargins(side, 0, side, below)
        column.addWidget(rule(self))
        column.addWidget(self.fields["count"])
        row = beside(self._generate, self._queue, stretch=(3, 2))
        row.setSpacing(theme.GRID)
        column.addLayout(row)
        column.addWidget(cost)

    def _button(self, action: QAction, tint: icons.Tint) -> QPushButton:
        button = QPushButton(action.text(), self)
        named(button, action.objectName(), plain(action.text()))
        button.setIcon(icons.icon(action.objectName(), tint))
        button.setIconSize(QSize(18, 18))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        return button
