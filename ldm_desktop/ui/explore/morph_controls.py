"""How one travels along the path: how long, how smoothly, whether round and round, with rests."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QWidget,
)

from ldm_desktop.core.morph import Easing
from ldm_desktop.session.explore.morphs import Morphs
from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import Combo, FieldLabel, Option, WheelGuard, named, plain

LONGEST = 3600
LONGEST_REST = 600


class MorphControls(QWidget):
    """Fields for the path, for the chosen picture on it, and for the place one is at."""

    def __init__(self, morphs: Morphs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._morphs = morphs
        self._row = -1
        self._seconds = self._real("morph-seconds", self.tr("Seconds on the way"), LONGEST)
        self._seconds.setMinimum(0.1)
        self._fps = self._whole()
        self._easing = self._easings()
        self._closed = QCheckBox(self.tr("Back to the first"), self)
        named(
            self._closed,
            "morph-closed",
            self.tr("Back to the first"),
            self.tr("Close the path, so that it plays round and round"),
        )
        self._hold = self._real("morph-hold", self.tr("Rest at the chosen picture"), LONGEST_REST)
        self._keep = QPushButton(self.tr("Keep this in-between"), self)
        named(
            self._keep,
            "morph-keep",
            self.tr("Keep this in-between"),
            self.tr("Make what is at this place in all its steps, and save it in the library"),
        )
        self._lay_out()
        self._connect()
        morphs.changed.connect(self._show)
        self._show()

    def choose(self, row: int) -> None:
        """Let the rest be that of another picture of the path."""
        self._row = row
        self._show()

    def _real(self, name: str, spoken: str, most: float) -> QDoubleSpinBox:
        spin = QDoubleSpinBox(self)
        named(spin, name, spoken)
        spin.setDecimals(1)
        spin.setSingleStep(0.5)
        spin.setRange(0, most)
        spin.setSuffix(" s")
        spin.setFixedWidth(84)
        WheelGuard(spin)
        return spin

    def _whole(self) -> QSpinBox:
        spin = QSpinBox(self)
        named(spin, "morph-fps", self.tr("Frames a second"))
        spin.setRange(1, 60)
        spin.setFixedWidth(64)
        WheelGuard(spin)
        return spin

    def _easings(self) -> Combo:
        combo = Combo(self)
        named(combo, "morph-easing", self.tr("Speed"))
        combo.offer(easing_options())
        return combo

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 8)
        row.setSpacing(theme.GRID)
        for text, field in (
            (self.tr("&Takes"), self._seconds),
            (self.tr("Frames a se&cond"), self._fps),
            (self.tr("Spee&d"), self._easing),
        ):
            row.addWidget(self._label(text, field))
            row.addWidget(field)
            row.addSpacing(theme.GRID)
        row.addWidget(self._closed)
        row.addStretch(1)
        self._hold_label = self._label(self.tr("&Rest at the picture"), self._hold)
        for widget in (self._hold_label, self._hold, self._keep):
            row.addWidget(widget)

    def _label(self, text: str, field: QWidget) -> FieldLabel:
        label = FieldLabel(text, field, self)
        label.setFixedWidth(label.fontMetrics().horizontalAdvance(plain(text)) + 4)
        return label

    def _connect(self) -> None:
        edit, tr = self._morphs.edit, self.tr
        self._seconds.valueChanged.connect(
            lambda value: edit(tr("Length of the morph"), "seconds", seconds=value)
        )
        self._fps.valueChanged.connect(lambda value: edit(tr("Frames a second"), "fps", fps=value))
        self._easing.chosen.connect(lambda value: edit(tr("Speed"), easing=value))
        self._closed.toggled.connect(lambda on: edit(tr("Back to the first"), closed=on))
        self._hold.valueChanged.connect(self._rest)
        self._keep.clicked.connect(lambda: self._morphs.keep_here())

    def _rest(self, seconds: float) -> None:
        if 0 <= self._row < len(self._morphs.waypoints):
            self._morphs.rest(self._row, seconds)

    def _show(self) -> None:
        route = self._morphs.route
        fields = (self._seconds, self._fps, self._closed, self._hold)
        blockers = [QSignalBlocker(field) for field in fields]
        self._seconds.setValue(route.seconds)
        self._fps.setValue(route.fps)
        self._closed.setChecked(route.closed)
        chosen = 0 <= self._row < len(route.stations)
        self._hold.setValue(route.stations[self._row].hold if chosen else 0.0)
        for blocker in blockers:
            blocker.unblock()
        self._easing.choose(route.easing)
        self._hold.setEnabled(chosen)
        self._hold_label.setEnabled(chosen)
        self._keep.setEnabled(self._morphs.path is not None)


def easing_options() -> tuple[Option, ...]:
    """Name the ways to begin and end."""
    translate = QCoreApplication.translate
    return (
        Option(
            Easing.NONE,
            translate("Easing", "Constant"),
            translate("Easing", "Every frame turns the noise by the same angle"),
        ),
        Option(
            Easing.SMOOTH,
            translate("Easing", "Slow at rests"),
            translate("Easing", "Speeds up from a rest, and slows down to the next"),
        ),
        Option(
            Easing.IN,
            translate("Easing", "Slow start"),
            translate("Easing", "Speeds up all the way from a rest to the next"),
        ),
        Option(
            Easing.OUT,
            translate("Easing", "Slow end"),
            translate("Easing", "Slows down all the way from a rest to the next"),
        ),
    )
