"""The desktop application put together: folders, logs, engine, worker, session, window.

The order is what a person waits for: the window is painted first, and then everything behind it
starts. Whoever starts the program a second time is handed on to the first.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

import ldm_desktop
from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event
from ldm_desktop.core.paths import Folders
from ldm_desktop.core.settings import Settings, with_settings
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.session import logs, trace
from ldm_desktop.session.announcer import Announcer
from ldm_desktop.session.inhibitor import Inhibitor
from ldm_desktop.session.instance import Instance
from ldm_desktop.session.laptop import Laptop
from ldm_desktop.session.power import Power
from ldm_desktop.session.session import Session, engine_options
from ldm_desktop.session.settings_store import SettingsStore
from ldm_desktop.session.signals import Signals
from ldm_desktop.session.trouble import Trouble
from ldm_desktop.ui import theme, translation
from ldm_desktop.ui.notifier import Notifier
from ldm_desktop.ui.window import MainWindow
from ldm_desktop.worker.client import EngineProcess, engine_command
from ldm_desktop.worker.supervisor import EngineHandle
from ldm_desktop.worker.thread import Worker
from ldm_desktop.worker.work import EngineOptions

ENDING_MS = 3_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Launch:
    """What the command line asks for; None leaves it to the settings."""

    files: tuple[Path, ...] = ()
    data_dir: Path | None = None
    in_process: bool = False
    device: str | None = None
    threads: int | None = None


def run(launch: Launch) -> int:
    """Show the window until it is closed, and give the exit code."""
    # What a start makes stays: looking through it for garbage costs 50 ms, in the middle of things.
    gc.disable()
    application = _application()
    folders = paths.folders(launch.data_dir and launch.data_dir.absolute())
    try:
        _make(folders.data)
        instance = Instance(folders.data)
        if not instance.claim():
            instance.hand_over(launch.files)
            return 0
        with logs.kept(folders.data / "logs") as log:
            return Desktop(application, launch, folders, instance, log).live()
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


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(
            f"The folder {folder} cannot be made ({error.strerror}): check the rights of the one "
            "it is in, or name another."
        ) from error


class Desktop:
    """One run of the application, from its first paint to its end."""

    def __init__(
        self,
        application: QApplication,
        launch: Launch,
        folders: Folders,
        instance: Instance,
        log: Path,
    ) -> None:
        self._application, self._launch, self._instance = application, launch, instance
        self._trouble = Trouble(log)
        self._trouble.install()
        self._trace = trace.wished()
        self._settings = SettingsStore(folders.data / "settings.json")
        settings = self._settings.settings
        translation.install(application, settings.language)
        theme.apply(application, settings.theme)
        self._keeper = LibraryKeeper(with_settings(folders, settings).library)
        self._folders = folders
        self._worker = self._hire(engine_options(settings, folders), log.with_name(logs.ENGINE))
        self._session = Session(self._worker, self._settings, folders)
        self._window = MainWindow(self._session, folders.data / "window.ini")
        self._power = Power()
        self._laptop = Laptop(self._worker, self._power, Inhibitor(), settings)
        self._announcer = Announcer(self._worker, self._window.isActiveWindow)
        self._notifier = Notifier(self._window)
        self._signals = Signals()
        self._connect()

    def live(self) -> int:
        """Show the window, start the rest behind it, and end everything when it is closed."""
        first_paint = FirstPaint(self._window)
        first_paint.happened.connect(self._start)
        self._window.show()
        code = self._application.exec()
        self._end()
        return code

    def _hire(self, options: EngineOptions, log: Path) -> Worker:
        launch = self._launch
        return Worker(
            database=self._folders.data / "queue.db",
            open_engine=partial(open_engine, launch, log),
            options=options,
            keeper=self._keeper,
            checkpoints=self._folders.cache / "checkpoints",
            log=log,
        )

    def _connect(self) -> None:
        window, trouble = self._window, self._trouble
        trouble.bug.connect(window.show_bug)
        trouble.notice.connect(window.say)
        self._worker.bug.connect(self._show_bug)
        self._session.notice.connect(_log.info)
        self._settings.changed.connect(self._take_settings)
        self._announcer.title_changed.connect(window.setWindowTitle)
        self._announcer.unseen.connect(self._notifier.tell)
        self._instance.files_handed.connect(self._take_files)
        self._signals.asked.connect(window.close)

    def _start(self) -> None:
        """Begin with everything that a painted window does without."""
        gc.freeze()
        gc.enable()
        if self._trace:
            self._trace.mark("first-paint")
            self._trace.start_beating()
        self._make_library()
        self._worker.start()
        self._session.start()
        self._instance.listen()
        self._power.start()
        if self._launch.files:
            self._session.restoring.restore(self._launch.files)

    def _make_library(self) -> None:
        """Make the usual library at the first start.

        One that the person has chosen was there, and may lie on a disk that is not in now.
        """
        if not self._settings.settings.library:
            try:
                _make(self._folders.library)
            except KnownError as error:
                self._window.say(str(error))

    def _show_bug(self, sentence: str, report: str) -> None:
        _log.error("%s\n%s", sentence, report)
        self._window.show_bug(sentence, self._trouble.report(report))

    def _take_settings(self, new: Settings, old: Settings) -> None:
        if new.theme is not old.theme:
            theme.apply(self._application, new.theme)
        if new.library != old.library:
            self._keeper.library = with_settings(self._folders, new).library
        self._laptop.apply(new)

    def _take_files(self, files: tuple[Path, ...]) -> None:
        """Come up, because the program was started again, and take the files it was given."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if files:
            self._session.restoring.restore(files)

    def _end(self) -> None:
        """Wait for what the closed window has asked to end, but not for ever."""
        self._instance.close()
        if not self._worker.wait(ENDING_MS):
            _log.error("The worker has not ended in time")
            logging.shutdown()
            # What hangs is left to the system; the engine ends with its pipe.
            os._exit(1)
        self._signals.close()
        self._trouble.uninstall()
        if self._trace:
            self._trace.close()


def open_engine(
    launch: Launch, log: Path, options: EngineOptions, deliver: Callable[[Event | KnownError], None]
) -> EngineHandle:
    """Start an engine: as a child process, or in this one if that is wished."""
    device = launch.device or options.device
    threads = launch.threads or options.threads or None
    keyframes = options.keyframe_bytes
    if launch.in_process:
        from ldm_desktop.engine.local import EngineThread

        return EngineThread(device, threads, options.cache, deliver, keyframes=keyframes)
    command = engine_command(device, threads, options.cache, nice=True, keyframes=keyframes)
    return EngineProcess(command, deliver, log)


class FirstPaint(QObject):
    """Says once when a window has been painted for the first time."""

    happened = Signal()

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Wait until the paint event is done and what it painted is on its way to the screen."""
        if event.type() is QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, self.happened.emit)
        return False
