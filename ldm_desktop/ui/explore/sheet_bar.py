"""The bars over a contact sheet: its name and how far it is, what is listed, where tiles stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QWidget,
)

from ldm_desktop.session.explore.sheet import Sheet
from ldm_desktop.session.explore.sheet_listing import Filter
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore import sheet_grid, sheet_words
from ldm_desktop.ui.explore.sheet_name import SheetName
from ldm_desktop.ui.explore.sheet_pace import Pace
from ldm_desktop.ui.sliding_spin import SlidingSpin
from ldm_desktop.ui.widgets import IconButton, Segments, beside, chip, named, stacked

LEAST, MOST = 5, 100
"""Per cent of the steps after which tiles can be stopped."""
SETTLES = 250
"""Milliseconds that a share stays as it is before tiles go on: nobody goes too far in passing."""
SLIDER = 104
SHARE = 176
LITTLE = 1060
"""Logical pixels of width below which there is no room for what keys and tool tips do as well."""


class SheetBar(QWidget):
    """Shows what the open sheet says of itself, and changes it."""

    side_changed = Signal(int)

    def __init__(self, sheet: Sheet, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._pace = Pace()
        self.name = SheetName(sheet, self)
        self.progress = QLabel(self)
        self.progress.setObjectName("sheet-progress")
        theme.mark(self.progress, "muted")
        # It is what there is less of where room is scarce.
        self.progress.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.finish = _primary(actions["sheet-finish"], self)
        self.refine = _primary(actions["sheet-refine"], self)
        self.filters = Segments("sheet-filter", self.tr("Tiles to show"), self)
        self.buttons = self._filter_buttons()
        self.stale = self._chip()
        self.stop = self._stop_at()
        self.pause = IconButton("pause", "sheet-pause", self.tr("Let the sheet stand still"), self)
        self.slider = self._slider()
        self._lay_out(actions)
        self._connect()
        self.refresh()

    def grow(self, by: int) -> None:
        """Show tiles larger by so many logical pixels, or smaller."""
        self.slider.setValue(self.slider.value() + by)

    def refresh(self) -> None:
        """Show the sheet as it is now."""
        self._show_plan()
        self._show_counts()
        self._show_filter()
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make do with the room there is."""
        super().resizeEvent(event)
        for widget in (self.slider, self._settings, self._step):
            widget.setVisible(self.width() >= LITTLE)

    # What is shown.

    def _show_plan(self) -> None:
        plan = self._sheet.plan
        if plan is None:
            self._pace.forget()
            return
        drafts = bool(plan.draft)
        self.finish.setVisible(not drafts)
        self.refine.setVisible(drafts)
        self._stop.setVisible(not drafts)
        self._settings.setText(sheet_words.settings(plan.recipe, plan.draft))
        self._settings.setToolTip(sheet_words.seeds(plan))
        self.stop.show_value(round(100 * self._sheet.share), LEAST, MOST)
        total = plan.recipe.evaluations
        text = self.tr("step {step} of {total}").format(step=self._sheet.until, total=total)
        self._step.setText(text)
        self.stop.spin.setAccessibleDescription(text)

    def _show_counts(self) -> None:
        counts = self._sheet.counts
        for each, count in sheet_words.counted(counts).items():
            words = f"{self._words[each]} {sheet_words.number(count)}"
            if self.buttons[each].text() != words:
                self.buttons[each].setText(words)
                self.buttons[each].setAccessibleName(words)
        self._pace.note(counts)
        still = self._sheet.paused or self._sheet.held
        left = None if still else self._pace.left(counts, self._sheet.until)
        text = sheet_words.progress(counts, left)
        self.progress.setText(text)
        self.progress.setToolTip(text)

    def show_survivors(self, count: int) -> None:
        """Say on the button how many pictures it makes."""
        plan = self._sheet.plan
        steps = plan.recipe.steps if plan else 0
        text = self.tr("Finish survivors: {count}").format(count=sheet_words.number(count))
        self.finish.setText(text if count else self.tr("Finish survivors"))
        text = self.tr("Refine {count} to {steps} steps")
        text = text.format(count=sheet_words.number(count), steps=steps)
        self.refine.setText(text if count else self.tr("Refine drafts"))
        for button in (self.finish, self.refine):
            button.setAccessibleName(button.text())

    def _show_filter(self) -> None:
        self.filters.choose(self._sheet.filter)
        stale = self._sheet.stale
        self.stale.setVisible(stale > 0)
        self.stale.setText(self.tr("Tidy up {count}").format(count=sheet_words.number(stale)))
        self.stale.setAccessibleName(self.stale.text())

    def _show_state(self) -> None:
        paused = self._sheet.paused
        self._pace.forget()
        tip = self.tr("Let the sheet go on") if paused else self.tr("Let the sheet stand still")
        named(self.pause, "sheet-pause", tip, tip)
        self.pause.show_drawing("play" if paused else "pause")

    # How it is put together.

    def _filter_buttons(self) -> dict[Filter, QPushButton]:
        self._words = sheet_words.filters()
        return {
            each: self.filters.add(each, text, "", f"sheet-filter-{each.value}")
            for each, text in self._words.items()
        }

    def _chip(self) -> QPushButton:
        tidy = QPushButton(self)
        tip = self.tr("Let tiles go whose verdict is another now, and let others come.")
        named(tidy, "sheet-tidy", self.tr("Tidy up"), tip)
        theme.mark(tidy, "chip")
        tidy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tidy.clicked.connect(self._sheet.apply_filter)
        return tidy

    def _stop_at(self) -> SlidingSpin:
        spin = QSpinBox()
        spin.setSuffix(self.tr(" %"))
        tip = self.tr("How far tiles go before you judge them; later they go on from there.")
        named(spin, "sheet-share", self.tr("Stop at"), tip)
        stop = SlidingSpin(spin, parent=self)
        stop.setFixedWidth(SHARE)
        stop.slider.setToolTip(tip)
        return stop

    def _slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        named(slider, "sheet-size", self.tr("Size of tiles"), self.tr("Size of tiles"))
        slider.setRange(sheet_grid.SMALLEST, sheet_grid.LARGEST)
        slider.setSingleStep(16)
        slider.setPageStep(48)
        slider.setFixedWidth(SLIDER)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setValue(sheet_grid.SIDE)
        return slider

    def _lay_out(self, actions: Actions) -> None:
        self._settings = QLabel(self)
        self._settings.setObjectName("sheet-settings")
        self._step = QLabel(self)
        self._step.setObjectName("sheet-step")
        for label in (self._settings, self._step):
            theme.mark(label, "muted")
        new = IconButton.of(actions["sheet-new"], self)
        earlier = IconButton.of(actions["sheet-open"], self)
        top = beside(self.name, self._settings, self.progress, stretch=(0, 0, 1))
        top.setSpacing(theme.GRID + 4)
        for widget in (new, earlier, self.refine, self.finish):
            top.addWidget(widget)
        column = stacked(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(top)
        column.addLayout(self._lower_row())

    def _lower_row(self) -> QHBoxLayout:
        self._stop = QWidget(self)
        label = QLabel(self.tr("Stop at"), self._stop)
        label.setBuddy(self.stop.spin)
        theme.mark(label, "muted")
        row = beside(label, self.stop, self._step)
        row.setSpacing(theme.GRID)
        self._stop.setLayout(row)
        lower = beside(self.filters, self.stale)
        lower.setSpacing(theme.GRID + 4)
        lower.addStretch(1)
        for widget in (self._stop, self.pause, self.slider):
            lower.addWidget(widget)
        return lower

    def _connect(self) -> None:
        sheet = self._sheet
        self._settling = QTimer(self, singleShot=True, interval=SETTLES)
        self._settling.timeout.connect(self._stop_there)
        self.stop.changed.connect(lambda _: self._settling.start())
        self.filters.chosen.connect(sheet.set_filter)
        self.pause.clicked.connect(self._toggle)
        self.slider.valueChanged.connect(self.side_changed)
        sheet.plan_changed.connect(self._show_plan)
        sheet.counts_changed.connect(self._show_counts)
        sheet.filter_changed.connect(self._show_filter)
        sheet.state_changed.connect(self._show_state)

    def _stop_there(self) -> None:
        self._sheet.set_share(self.stop.spin.value() / 100)

    def _toggle(self) -> None:
        self._sheet.set_paused(not self._sheet.paused)


def _primary(action: QAction, parent: QWidget) -> QPushButton:
    """Give the button that matters, as wide as its words, for an action."""
    button = chip(action, parent)
    theme.mark(button, "chip", False)
    theme.mark(button, "primary")
    return button
