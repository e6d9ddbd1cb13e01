"""The main window, empty: painted before anything that could be in it is even imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from ldm_desktop.core.paths import NAME
from ldm_desktop.ui.kept_layout import KeptLayout

if TYPE_CHECKING:
    from ldm_desktop.session.session import Session
    from ldm_desktop.ui.furniture import Furniture

USUAL = QSize(1280, 800)
LEAST = QSize(1040, 600)


class MainWindow(QMainWindow):
    """Stands where it was left; `furnish` puts the views into it, and they answer its signals."""

    closed = Signal()
    dropped = Signal(QMimeData)
    """What somebody else's files or text were dropped as, anywhere in the window."""
    full_screen_changed = Signal(bool)

    inside: Furniture

    def __init__(self, layout_file: Path) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.setWindowTitle(NAME)
        self.setMinimumSize(LEAST)
        self.setAcceptDrops(True)
        self.resize(USUAL.boundedTo(self.screen().availableSize()))
        self.kept = KeptLayout(layout_file)
        self.kept.place(self)

    def furnish(self, session: Session) -> None:
        """Build the views and bind them to the session."""
        from ldm_desktop.ui.furniture import Furniture

        self.inside = Furniture(self, session)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and text, but not what comes from here."""
        data = event.mimeData()
        if event.source() is None and (data.hasUrls() or data.hasText()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped anywhere."""
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go at once; what runs beside the window ends behind it."""
        super().closeEvent(event)
        self.hide()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Tell when the system takes the window to the full screen, or back."""
        if event.type() is QEvent.Type.WindowStateChange:
            self.full_screen_changed.emit(self.isFullScreen())
        super().changeEvent(event)
