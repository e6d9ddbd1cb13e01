"""What one paints with, and what the paint means; seen while somebody paints."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from ldm_desktop.ui import theme
from ldm_desktop.ui.explore import mask_brush
from ldm_desktop.ui.explore.mask_view import MaskView
from ldm_desktop.ui.widgets import Segments, WheelGuard, named

THOUSAND = 1000
SLIDER = 120


class MaskBar(QFrame):
    """Brush, eraser, and whether what is painted stays or varies."""

    inverted = Signal(bool)
    cleared = Signal()
    done = Signal()

    def __init__(self, view: MaskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mask-bar")
        theme.mark(self, "panel")
        self._view = view
        self.meaning = self._meaning()
        self.size_slider = self._size_slider()
        self.soft = self._box("mask-soft", self.tr("Soft"), self.tr("Let the edge fade out"))
        self.eraser = self._box(
            "mask-erase", self.tr("Erase"), self.tr("Take paint away  (X, or hold Alt)")
        )
        self.soft.toggled.connect(self._set_soft)
        self.eraser.toggled.connect(self._set_eraser)
        self.clear = self._button("mask-clear", self.tr("Clear"), self.tr("Take all paint away"))
        self.clear.clicked.connect(self.cleared)
        self.finish = self._button("mask-done", self.tr("Done"), self.tr("Paint no more  (Esc)"))
        self.finish.clicked.connect(self.done)
        self._lay_out()
        view.brush_changed.connect(self._refresh_brush)
        self._refresh_brush()

    def refresh(self, *, inverted: bool, painted: bool) -> None:
        """Show what the paint means, and whether there is any."""
        self.meaning.choose(inverted)
        self.clear.setEnabled(painted)

    def _meaning(self) -> Segments:
        meaning = Segments("mask-meaning", self.tr("What the paint means"), self)
        keep, vary = self.tr("Keep the painted part"), self.tr("Vary only the painted part")
        meaning.add(False, keep, self.tr("What is painted stays as it is"), "mask-keep")
        meaning.add(True, vary, self.tr("All but what is painted stays as it is"), "mask-vary")
        for button in meaning.findChildren(QPushButton):
            button.setMinimumWidth(button.sizeHint().width() + theme.GRID)
        meaning.chosen.connect(self._set_meaning)
        return meaning

    def _size_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        named(slider, "mask-size", self.tr("Size of the brush"), self.tr("Size  ([ and ])"))
        slider.setRange(round(mask_brush.SMALLEST * THOUSAND), round(mask_brush.LARGEST * THOUSAND))
        slider.setFixedWidth(SLIDER)
        WheelGuard(slider)
        slider.valueChanged.connect(self._set_size)
        return slider

    def _box(self, name: str, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text, self)
        named(box, name, text, tip)
        return box

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        named(button, name, text, tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(theme.GRID)
        label = QLabel(self.tr("Brush"), self)
        label.setBuddy(self.size_slider)
        theme.mark(label, "muted")
        row.addWidget(self.meaning)
        row.addSpacing(theme.GRID)
        for each in (label, self.size_slider, self.soft, self.eraser):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.clear)
        row.addWidget(self.finish)

    def _refresh_brush(self) -> None:
        brush = self._view.brush
        blocked = [QSignalBlocker(each) for each in (self.size_slider, self.soft, self.eraser)]
        self.size_slider.setValue(round(brush.radius * THOUSAND))
        self.soft.setChecked(brush.soft)
        self.eraser.setChecked(brush.erases)
        for each in blocked:
            each.unblock()

    def _set_meaning(self, inverted: bool) -> None:
        self.inverted.emit(inverted)

    def _set_size(self, value: int) -> None:
        self._view.set_brush(replace(self._view.brush, radius=value / THOUSAND))

    def _set_soft(self, soft: bool) -> None:
        self._view.set_brush(replace(self._view.brush, soft=soft))

    def _set_eraser(self, erases: bool) -> None:
        self._view.set_brush(replace(self._view.brush, erases=erases))
