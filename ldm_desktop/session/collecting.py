"""Garbage is collected in the GUI thread only: Qt's objects die with it, and must not elsewhere."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

OFTEN = 200
"""Milliseconds between two looks at how much there is."""


class Collecting(QObject):
    """Does what Python would do by itself in whatever thread happens to run."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # What a start makes stays; looking through it again and again costs 50 ms each time.
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self, interval=OFTEN)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, with those younger."""
        due = [
            many > most > 0 for many, most in zip(gc.get_count(), gc.get_threshold(), strict=True)
        ]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
