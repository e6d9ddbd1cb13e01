"""The least a PySide6 program can do: an empty window, and when it was painted.

python tests/benchmarks/empty_window.py TRACE
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    """Notes its first paint and ends."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and note the time once that has gone to the screen."""
        super().paintEvent(event)
        QTimer.singleShot(0, self._end)

    def _end(self) -> None:
        Path(sys.argv[1]).write_text(f"first-paint {time.monotonic():.6f}\n")
        QApplication.quit()


def main() -> None:
    """Show it."""
    application = QApplication(sys.argv)
    window = Window()
    window.resize(1280, 800)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
