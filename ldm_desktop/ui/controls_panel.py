"""The left of the window: everything that can be chosen about the next pictures."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ldm_desktop.core.recipe import Precision
from ldm_desktop.session import facts
from ldm_desktop.session.choices import AfterRun
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.model_field import ModelFields
from ldm_desktop.ui.run_bar import RunBar
from ldm_desktop.ui.sampling_fields import SamplingFields
from ldm_desktop.ui.seed_field import SeedField
from ldm_desktop.ui.size_field import SizeField
from ldm_desktop.ui.widgets import Combo, Field, Option, Segments, named, rule, stacked

USUAL = QSize(300, 720)
LEAST = QSize(300, 320)
SIDE = 2 * theme.GRID


class ControlsPanel(QWidget):
    """Shows `controls.choices` and hands every edit to it; nothing is kept here."""

    def __init__(
        self,
        controls: Controls,
        shelf: ModelShelf,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controls = controls
        self.setObjectName("controls")
        self.setAccessibleName(self.tr("Controls"))
        theme.mark(self, "panel")
        self.setMinimumSize(LEAST)
        scrolled = self._scrolled()
        self._model = ModelFields(controls, shelf, actions, scrolled)
        self.seed = SeedField(controls, actions, scrolled)
        self._after = self._after_run(scrolled)
        self._sampling = SamplingFields(controls, scrolled)
        self._size = SizeField(controls, scrolled)
        self._precision = Combo(scrolled)
        named(self._precision, "precision", self.tr("Precision"))
        self._precision.chosen.connect(lambda chosen: controls.change(precision=chosen))
        self._run = RunBar(controls, actions, self)
        self._fields = self._all_fields()
        self._arrange(scrolled)
        controls.changed.connect(self.refresh)
        controls.facts_changed.connect(self.refresh)
        shelf.entries_changed.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Give the usual size of the column."""
        return USUAL

    def refresh(self) -> None:
        """Show what is chosen now, what is possible, and what is wrong."""
        choices = self._controls.choices
        for part in (self._model, self._sampling, self._size, self._run):
            part.refresh()
        self._after.choose(choices.after)
        self._after.setEnabled(not choices.lock)
        self._precision.offer(self._precisions())
        self._precision.choose(choices.precision)
        self._show_problems({} if self._controls.waiting else self._controls.problems())

    def _show_problems(self, problems: dict[str, str]) -> None:
        sides = problems.get("width") or problems.get("height", "")
        focus = QApplication.focusWidget()
        for name, field in self._fields.items():
            field.set_problem(sides if name == "size" else problems.get(name, ""))
            if field.problem.text() and focus and field.isAncestorOf(focus):
                # The sentence takes its room only when the layout has gone over it.
                QTimer.singleShot(0, field, partial(self._area.ensureWidgetVisible, field.problem))
        theme.mark(self._size.width_spin, "error", "width" in problems)
        theme.mark(self._size.height_spin, "error", "height" in problems)
        self.seed.set_problem(problems.get("seed", ""))

    def _all_fields(self) -> dict[str, Field]:
        return {
            **self._model.fields,
            "after": Field(self.tr("A&fter a run"), self._after, self._after, self),
            **self._sampling.fields,
            "size": Field(self.tr("Si&ze"), self._size, self._size.width_spin, self),
            "precision": Field(self.tr("Pre&cision"), self._precision, self._precision, self),
            **self._run.fields,
        }

    def _scrolled(self) -> QWidget:
        self._area = area = QScrollArea(self)
        area.setObjectName("controls-scroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.verticalScrollBar().rangeChanged.connect(self._make_room)
        scrolled = QWidget(area)
        theme.mark(scrolled, "panel")
        area.setWidget(scrolled)
        self._column = stacked(scrolled, theme.GRID)
        self._column.setContentsMargins(SIDE, SIDE, SIDE, theme.GRID)
        self._whole = stacked(self, 0)
        self._whole.addWidget(area, 1)
        return scrolled

    def _make_room(self, _least: int, most: int) -> None:
        # The scroll bar comes up inside the margin, so that nothing moves for it.
        right = SIDE - theme.SCROLL_BAR if most else SIDE
        self._column.setContentsMargins(SIDE, SIDE, right, theme.GRID)

    def _arrange(self, scrolled: QWidget) -> None:
        self._group(scrolled, self._model)
        self._group(scrolled, self.seed, self._fields["after"])
        self._group(scrolled, self._sampling)
        self._column.addWidget(self._fields["size"])
        self._column.addWidget(self._fields["precision"])
        self._column.addStretch(1)
        self._whole.addWidget(self._run)

    def _group(self, parent: QWidget, *widgets: QWidget) -> None:
        for widget in widgets:
            self._column.addWidget(widget)
        self._column.addSpacing(theme.GRID // 2)
        self._column.addWidget(rule(parent))
        self._column.addSpacing(theme.GRID // 2)

    def _after_run(self, parent: QWidget) -> Segments:
        row = Segments("after-run", self.tr("Seed after each run"), parent)
        named_tips = {
            AfterRun.FIXED: (self.tr("Fixed"), self.tr("The same seed again")),
            AfterRun.NEXT: (self.tr("+1"), self.tr("The seed after it")),
            AfterRun.RANDOM: (self.tr("Random"), self.tr("A seed by chance")),
        }
        for after, (text, tip) in named_tips.items():
            row.add(after, text, tip, f"after-run-{after.name.lower()}")
        row.chosen.connect(lambda after: self._controls.change(after=after))
        return row

    def _precisions(self) -> list[Option]:
        auto = facts.precision(self._controls.auto)
        what = {
            Precision.EXACT: self.tr("Repeats to the last bit on this machine; slowest"),
            Precision.BALANCED: self.tr(
                "Looks the same every time; a few pixels may differ a little"
            ),
            Precision.FAST: self.tr("16-bit: quicker where the machine is made for it, less alike"),
        }
        return [
            Option(
                None,
                self.tr("Auto – {precision}").format(precision=auto),
                self.tr("What pays on this machine; a picture always records which it was"),
            ),
            *(Option(each, facts.precision(each), tip) for each, tip in what.items()),
        ]
