"""Width and height: usual shapes to choose from, and figures that fit the model."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QLabel, QSpinBox, QVBoxLayout, QWidget

from ldm_desktop.core.model import ModelCard
from ldm_desktop.session.controls import Controls
from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import Combo, IconButton, Option, WheelGuard, beside, named, stacked

Size: TypeAlias = tuple[int, int]
SPIN_WIDTH = 62
translate = QCoreApplication.translate


class SizeField(QWidget):
    """A list of shapes over width × height, and a button that turns the picture on its side."""

    def __init__(self, controls: Controls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controls = controls
        self.shapes = Combo(self)
        named(self.shapes, "size", self.tr("Size"))
        self.width_spin = self._spin("width", self.tr("Width in pixels"))
        self.height_spin = self._spin("height", self.tr("Height in pixels"))
        self._swap = IconButton("swap", "swap-size", self.tr("Swap width and height"), self)
        times = QLabel("×", self)
        theme.mark(times, "muted")
        column: QVBoxLayout = stacked(self, theme.GRID // 2)
        column.addWidget(self.shapes)
        column.addLayout(
            beside(self.width_spin, times, self.height_spin, self._swap, stretch=(1, 0, 1, 0))
        )
        self.shapes.chosen.connect(self._shape_chosen)
        self.width_spin.valueChanged.connect(lambda side: controls.change(width=side))
        self.height_spin.valueChanged.connect(lambda side: controls.change(height=side))
        self._swap.clicked.connect(self._swap_sides)

    def refresh(self) -> None:
        """Show the size chosen, and the shapes that the model offers."""
        choices, card = self._controls.choices, self._controls.card
        for spin, side in (
            (self.width_spin, choices.width),
            (self.height_spin, choices.height),
        ):
            self._show_side(spin, side)
            spin.setEnabled(card is not None)
        self.shapes.setEnabled(card is not None)
        self._swap.setEnabled(choices.width != choices.height)
        self.shapes.offer(shapes(card) if card else ())
        self.shapes.setPlaceholderText(self.tr("Other") if card else "")
        self.shapes.choose(choices.size)

    def _show_side(self, spin: QSpinBox, side: int) -> None:
        limits = self._controls.limits
        blocked = QSignalBlocker(spin)
        spin.setRange(limits.least_side, limits.most_side)
        spin.setSingleStep(limits.multiple)
        # Without a model, 0 stands for a size that nobody knows yet.
        spin.setSpecialValueText("" if self._controls.card else "–")
        if spin.value() != side:
            spin.setValue(side)
        blocked.unblock()

    def _spin(self, name: str, spoken: str) -> QSpinBox:
        spin = QSpinBox(self)
        named(spin, name, spoken)
        WheelGuard(spin)
        spin.setMinimumWidth(SPIN_WIDTH)
        spin.setMinimum(0)
        return spin

    def _shape_chosen(self, size: Size) -> None:
        self._controls.change(width=size[0], height=size[1])

    def _swap_sides(self) -> None:
        choices = self._controls.choices
        self._controls.change(width=choices.height, height=choices.width)


def shapes(card: ModelCard) -> tuple[Option, ...]:
    """Give the usual shapes for a model: its own, wide, tall, and larger ones."""
    width, height = card.size
    half = tuple(-(-side * 3 // 2 // card.multiple) * card.multiple for side in card.size)
    offered = (
        (translate("SizeField", "As trained"), (width, height)),
        (translate("SizeField", "Wide 2 : 1"), (2 * width, height)),
        (translate("SizeField", "Tall 1 : 2"), (width, 2 * height)),
        (translate("SizeField", "Larger"), (half[0], half[1])),
        (translate("SizeField", "Twice as large"), (2 * width, 2 * height)),
    )
    return tuple(Option(size, name, f"{size[0]} × {size[1]}") for name, size in offered)
