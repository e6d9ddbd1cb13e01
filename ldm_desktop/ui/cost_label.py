"""What the chosen pictures cost on this machine, in one line under the button that starts them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ldm_desktop.session.controls import Controls
from ldm_desktop.session.cost import CostKind
from ldm_desktop.session.wording import duration, number
from ldm_desktop.ui import theme

SHORT = 10
"""Seconds below which tenths matter."""


class CostLabel(QLabel):
    """Says the seconds of a picture and of the whole job, and how they are known."""

    def __init__(self, controls: Controls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controls = controls
        self.setObjectName("cost")
        theme.mark(self, "muted")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # Always the room of two lines, so that the button above stays where it is.
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        controls.changed.connect(self.refresh)
        controls.facts_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what the choices of now cost."""
        cost = self._controls.cost()
        if cost.picture is None:
            self.setText(self.tr("Not measured yet on this machine"))
            return
        parts = [self.tr("≈ {time} a picture").format(time=fine_duration(cost.picture))]
        pictures = self._controls.choices.pictures
        if cost.total is not None and pictures is not None and pictures > 1:
            text = self.tr("{count} pictures ≈ {time}")
            parts.append(text.format(count=pictures, time=fine_duration(cost.total)))
        measured = cost.kind is CostKind.MEASURED
        known = self.tr("measured on this machine") if measured else self.tr("estimated")
        self.setText(" · ".join(parts) + f"\n{known}")
        self.setToolTip(
            ""
            if measured
            else self.tr("Scaled by pixels from another size; after one picture it is measured.")
        )


def fine_duration(seconds: float) -> str:
    """Write a time, a short one with its tenths: `1.2 s`, `10 s`, `3 min`."""
    if seconds >= SHORT:
        return duration(seconds)
    return f"{number(max(seconds, 0.1))} s"
