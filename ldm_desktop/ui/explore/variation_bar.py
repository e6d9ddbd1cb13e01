"""What can be done among variations: ways to go, how far, how many, and what is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ldm_desktop.session.explore.variation_looks import QUICK_STEPS
from ldm_desktop.session.explore.variation_place import COUNTS, Around
from ldm_desktop.session.explore.variations import Variations
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.variation_distance import DistanceField
from ldm_desktop.ui.widgets import Segments, named, plain


class VariationBar(QFrame):
    """The row below the pictures."""

    distance_wished = Signal(float)

    def __init__(
        self, variations: Variations, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("variations-bar")
        theme.mark(self, "panel")
        self._variations = variations
        self.distance = DistanceField(self)
        self.distance.changed.connect(self.distance_wished)
        tr = self.tr
        ways = (
            WayButton(actions["variations-back"], tr("Parent"), tr("Backspace"), self),
            WayButton(actions["variations-sideways"], tr("Sideways"), "S", self),
            WayButton(actions["variations-further"], tr("Further"), "F", self),
            WayButton(actions["variations-again"], tr("Others"), "N", self),
        )
        self.lock = WayButton(actions["variations-lock"], tr("Paint"), "B", self)
        self.keep = WayButton(actions["variations-keep"], tr("Keep"), "K", self)
        self._lay_out(ways)

    def _lay_out(self, ways: Sequence[WayButton]) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(theme.GRID // 2)
        for way in ways:
            row.addWidget(way)
        row.addSpacing(theme.GRID)
        row.addWidget(self.distance, 1)
        row.addSpacing(theme.GRID)
        row.addWidget(self.lock)
        row.addWidget(self.keep)

    def refresh(self) -> None:
        """Show what is so now."""
        if place := self._variations.place:
            self.distance.setEnabled(place.around is Around.CHILDREN)
            self.distance.show_degrees(place.angle)


class WayButton(QPushButton):
    """A button of an action, with one word, that says by which single key it goes as well."""

    def __init__(self, action: QAction, word: str, key: str, parent: QWidget) -> None:
        super().__init__(action.icon(), word, parent)
        self._action = action
        self._key = key
        named(self, action.objectName(), plain(action.text()))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(action.isCheckable())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
        key = self.tr("Here also: {key}").format(key=self._key)
        self.setToolTip(f"{self._action.toolTip()}\n{key}")


class Options(QWidget):
    """How many neighbours there are, and how they form."""

    def __init__(self, variations: Variations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._variations = variations
        tr = self.tr
        self.steps = Segments("variations-steps", tr("How neighbours form"), self)
        drafts = tr("In {steps} steps first, and in all of them when there is time").format(
            steps=QUICK_STEPS
        )
        self.steps.add(True, tr("Draft"), drafts, "variations-steps-draft")
        self.steps.add(False, tr("Full"), tr("In all steps at once"), "variations-steps-full")
        self.steps.chosen.connect(self._set_steps)
        self.counts = Segments("variations-count", tr("Number of neighbours"), self)
        for count in COUNTS:
            tip = tr("{count} neighbours").format(count=count)
            self.counts.add(count, str(count), tip, f"variations-count-{count}")
        self.counts.chosen.connect(self._set_count)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        _widen(self.steps, self.counts)
        for each in (self.steps, self.counts):
            row.addWidget(each)

    def refresh(self) -> None:
        """Show what is so now."""
        self.counts.choose(self._variations.count)
        self.steps.choose(self._variations.quickly)

    def _set_count(self, count: int) -> None:
        self._variations.set_count(count)

    def _set_steps(self, quickly: bool) -> None:
        self._variations.set_quickly(quickly)


def _widen(*segments: Segments) -> None:
    """Give each word room, as rows of segments take no more than they must."""
    for each in segments:
        buttons: Sequence[QPushButton] = each.findChildren(QPushButton)
        for button in buttons:
            button.setMinimumWidth(button.sizeHint().width() + theme.GRID)
