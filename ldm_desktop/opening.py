"""The window's first moment: it is painted empty, before the rest is even read from the disk.

Whoever starts the program a second time is handed on to the first.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QMessageBox

import ldm_desktop
from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import Folders
from ldm_desktop.core.settings import Theme
from ldm_desktop.session import trace
from ldm_desktop.session.instance import Instance
from ldm_desktop.session.settings_store import SettingsStore
from ldm_desktop.ui.colours import DARK, LIGHT
from ldm_desktop.ui.window import MainWindow

PATIENCE_MS = 500
"""A window that starts minimised, or on another desktop, is not painted at all."""


@dataclass(frozen=True)
class Launch:
    """What the command line asks for; None leaves it to the settings, and folders to the system."""

    files: tuple[Path, ...] = ()
    data_dir: Path | None = None
    in_process: bool = False
    device: str | None = None
    threads: int | None = None


@dataclass(frozen=True)
class Opened:
    """A painted window that is still empty, and what it took to get there."""

    application: QApplication
    launch: Launch
    folders: Folders
    instance: Instance
    settings: SettingsStore
    window: MainWindow
    trace: trace.Trace | None


def open_window(launch: Launch) -> Opened | None:
    """Paint the window; None if another start has one already, which then takes the files."""
    # What a start makes stays: looking through it for garbage costs 50 ms, in the middle of things.
    gc.disable()
    application = _application()
    folders = paths.folders(launch.data_dir and launch.data_dir.absolute())
    paths.make_folder(folders.data)
    instance = Instance(folders.data)
    if not instance.claim():
        instance.hand_over(launch.files)
        return None
    tracing = trace.wished()
    settings = SettingsStore(folders.data / "settings.json")
    application.setPalette(_ground(application, settings.settings.theme))
    window = MainWindow(folders.data / "window.ini")
    window.show()
    _wait_for_paint(application, window)
    if tracing:
        tracing.mark("first-paint")
    return Opened(application, launch, folders, instance, settings, window, tracing)


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Show a KnownError also to somebody who started the program without a terminal."""
    try:
        yield
    except KnownError as error:
        if not sys.stderr.isatty():
            QMessageBox.critical(None, paths.NAME, str(error))
        raise


def _application() -> QApplication:
    application = QApplication(sys.argv[:1])
    application.setApplicationName(paths.ID)
    application.setApplicationDisplayName(paths.NAME)
    application.setApplicationVersion(ldm_desktop.__version__)
    application.setDesktopFileName(paths.ID)
    return application


def _ground(application: QApplication, theme: Theme) -> QPalette:
    """Give the colour of an empty window; `Qt` is left alone if it can, as it takes 18 ms."""
    light = theme is Theme.LIGHT
    if theme is Theme.SYSTEM:
        from PySide6.QtCore import Qt

        light = application.styleHints().colorScheme() is Qt.ColorScheme.Light
    return QPalette(QColor((LIGHT if light else DARK).window))


def _wait_for_paint(application: QApplication, window: MainWindow) -> None:
    painted = _Painted(window)
    alarm = QTimer(singleShot=True)
    alarm.start(PATIENCE_MS)
    while not painted.happened and alarm.isActive():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    window.removeEventFilter(painted)
    # Once more, so that what was painted has gone to the screen.
    application.processEvents()


class _Painted(QObject):
    """Notes that a window has been painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.happened = False
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Take note, and let the window paint."""
        self.happened = self.happened or event.type() is QEvent.Type.Paint
        return False
