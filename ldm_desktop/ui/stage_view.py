"""The middle of the window: one picture, its batch, or a comparison, with a slim bar of tools."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.session.batch_model import BatchModel
from ldm_desktop.session.scrubber import Scrubber
from ldm_desktop.session.shown import View
from ldm_desktop.session.stage import Stage
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.batch_grid import BatchGrid
from ldm_desktop.ui.canvas import Canvas
from ldm_desktop.ui.compare import Compare
from ldm_desktop.ui.paged_actions import Page
from ldm_desktop.ui.trajectory_bar import TrajectoryBar
from ldm_desktop.ui.viewport import Viewport
from ldm_desktop.ui.widgets import IconButton, chip

CHECKED = {"grid": View.GRID, "compare-wipe": View.WIPE, "compare-flicker": View.FLICKER}


class StageView(QWidget):
    """Shows the stage in the way it is looked at; `slots` say which actions end here."""

    def __init__(
        self,
        stage: Stage,
        batch: BatchModel,
        scrubber: Scrubber,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        theme.mark(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stage = stage
        self._scrubber = scrubber
        self._actions = actions
        self.port = Viewport(self)
        self.canvas = Canvas(stage, scrubber, actions, self.port, self)
        self.compare = Compare(stage, actions, self.port, self)
        self.grid = BatchGrid(batch, stage, actions, self)
        self.trajectory = TrajectoryBar(scrubber, actions, self)
        self._stack = QStackedWidget(self)
        for widget in (self.canvas, self.compare, self.grid):
            self._stack.addWidget(widget)
        self._zoom = QLabel(self)
        self._follow = chip(actions["follow"], self)
        self._ways_to_end = [chip(actions[name], self) for name in ("stop-here", "cancel")]
        self._back = IconButton("close", "compare-back", self.tr("Back to one picture (Esc)"), self)
        self._back.clicked.connect(lambda: stage.show_as(View.SINGLE))
        self._lay_out()
        stage.view_changed.connect(self._show_view)
        for signal in (stage.shown_changed, stage.pinned_changed, scrubber.changed):
            signal.connect(self._show_state)
        self.port.changed.connect(self._show_zoom)
        self._show_view(stage.view)
        self._show_zoom()

    def slots(self) -> dict[str, Callable[[], object]]:
        """Give what actions do here, by their ids; whoever owns the actions connects them."""
        stage, scrubber = self._stage, self._scrubber
        return {
            "zoom-in": self.port.zoom_in,
            "zoom-out": self.port.zoom_out,
            "zoom-fit": self.port.fit,
            "zoom-actual": self.port.actual,
            "grid": lambda: self._toggle(View.GRID),
            "compare-wipe": lambda: self._toggle(View.WIPE),
            "compare-flicker": self._flicker,
            "compare-mark": stage.mark,
            "step-back": lambda: scrubber.step_by(-1),
            "step-forward": lambda: scrubber.step_by(1),
            "fork": self._fork,
            "follow": stage.follow,
            "previous-picture": stage.show_previous,
            "next-picture": stage.show_next,
            "copy-picture": stage.copy_picture,
            "copy-seed": stage.copy_seed,
            "copy-recipe": stage.copy_recipe,
        }

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._tools())
        column.addWidget(self._stack, 1)
        column.addWidget(self.trajectory)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 2)
        row.setSpacing(theme.GRID // 2)
        for name in ("zoom-fit", "zoom-actual"):
            row.addWidget(IconButton.of(self._actions[name], self))
        self._zoom.setObjectName("zoom")
        theme.mark(self._zoom, "muted")
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("3200 %") + 8)
        row.addWidget(self._zoom)
        row.addStretch(1)
        row.addWidget(self._follow)
        for button in self._ways_to_end:
            row.addWidget(button)
        row.addStretch(1)
        for name in ("grid", "compare-mark", "compare-wipe", "compare-flicker"):
            row.addWidget(IconButton.of(self._actions[name], self))
        row.addWidget(self._back)
        return row

    def _show_view(self, view: View) -> None:
        had_focus = self._stack.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        widget = {View.SINGLE: self.canvas, View.GRID: self.grid}.get(view, self.compare)
        self._stack.setCurrentWidget(widget)
        if had_focus:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        for name, each in CHECKED.items():
            self._actions[name].setChecked(each is view)
        self._back.setVisible(view is not View.SINGLE)
        self._show_zoom()
        self._show_state()

    def _show_state(self) -> None:
        stage, scrubber = self._stage, self._scrubber
        single = stage.view is View.SINGLE
        self.trajectory.setVisible(single and scrubber.active)
        possible = dict.fromkeys(("step-back", "step-forward", "fork"), single and scrubber.active)
        self._actions.allow(Page.STUDIO, possible | {"follow": stage.pinned})
        self._follow.setVisible(stage.pinned and stage.shown is not None)
        for button in self._ways_to_end:
            button.setVisible(stage.shown is not None and stage.shown.live)

    def _show_zoom(self) -> None:
        self._zoom.setVisible(self._stage.view is not View.GRID)
        text = self.tr("Fit") if self.port.fits else f"{round(self.port.scale * 100)} %"
        self._zoom.setText(text)

    def _toggle(self, view: View) -> None:
        self._stage.show_as(View.SINGLE if self._stage.view is view else view)

    def _flicker(self) -> None:
        if self._stage.view is View.FLICKER:
            self.compare.switch()
            self._actions["compare-flicker"].setChecked(True)
        else:
            self._stage.show_as(View.FLICKER)

    def _fork(self) -> None:
        if self._scrubber.obstacle:
            self._stage.trouble.emit(self._scrubber.obstacle)
        else:
            self.trajectory.fork()
