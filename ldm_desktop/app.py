"""The desktop application put together: engine, worker, session, and what stands in the window.

Imported when the window has been painted: a person sees it while all this is still being read.
"""

from __future__ import annotations

import faulthandler
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, QTimer

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event
from ldm_desktop.core.settings import Settings, with_settings
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.opening import Launch, Opened
from ldm_desktop.session import logs
from ldm_desktop.session.announcer import Announcer
from ldm_desktop.session.collecting import Collecting
from ldm_desktop.session.inhibitor import Inhibitor
from ldm_desktop.session.laptop import Laptop
from ldm_desktop.session.power import Power
from ldm_desktop.session.session import Session, engine_options
from ldm_desktop.session.signals import Signals
from ldm_desktop.session.trouble import Trouble
from ldm_desktop.ui import theme, translation
from ldm_desktop.ui.notifier import Notifier
from ldm_desktop.worker.client import EngineProcess, engine_command
from ldm_desktop.worker.supervisor import EngineHandle
from ldm_desktop.worker.thread import Worker
from ldm_desktop.worker.work import EngineOptions

ENDING_SECONDS = 3.0
_log = logging.getLogger(__name__)


def run(opened: Opened) -> int:
    """Furnish the window, keep it until it is closed, and give the exit code."""
    if not opened.window.isVisible():
        # Somebody changed their mind at once.
        return 0
    with logs.kept(opened.folders.data / "logs") as log:
        return Desktop(opened, log).live()


class Desktop:
    """One run of the application, from its first paint to its end."""

    def __init__(self, opened: Opened, log: Path) -> None:
        self._application, self._launch = opened.application, opened.launch
        self._instance, self._trace = opened.instance, opened.trace
        self._folders, self._settings, self._window = opened.folders, opened.settings, opened.window
        self._trouble = Trouble(log)
        self._trouble.install()
        settings = self._settings.settings
        translation.install(self._application, settings.language)
        theme.apply(self._application, settings.theme)
        library = with_settings(self._folders, settings).library
        self._keeper = LibraryKeeper(library, self._folders.data)
        options = engine_options(settings, self._folders)
        self._worker = self._hire(options, log.with_name(logs.ENGINE))
        # From the thread that saves, in which the signal may be emitted like any other of its.
        self._keeper.trouble = self._worker.notice.emit
        self._session = Session(self._worker, self._settings, self._folders)
        self._crash = log.with_name(logs.CRASH).open("ab")
        # Before all others, who wait for files and folders that may not answer.
        self._window.closed.connect(self._limit_the_end)
        self._window.furnish(self._session)
        self._power = Power()
        self._laptop = Laptop(self._worker, self._power, Inhibitor(), settings)
        self._announcer = Announcer(self._worker, self._window.isActiveWindow)
        self._notifier = Notifier(self._window)
        self._signals = Signals()
        self._connect()

    def live(self) -> int:
        """Start the rest behind the window, and end everything when it is closed."""
        # In the event loop, which first paints what is in the window now.
        QTimer.singleShot(0, self._start)
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
        trouble.bug.connect(window.inside.dialogs.show_bug)
        trouble.notice.connect(window.inside.say)
        self._worker.bug.connect(self._show_bug)
        self._session.notice.connect(_log.info)
        self._settings.changed.connect(self._take_settings)
        self._announcer.title_changed.connect(window.setWindowTitle)
        self._announcer.unseen.connect(self._notifier.tell)
        self._instance.files_handed.connect(self._take_files)
        self._signals.asked.connect(window.close)

    def _start(self) -> None:
        """Begin with everything that a painted window does without."""
        self._collecting = Collecting()
        if self._trace:
            self._trace.mark("usable")
            self._trace.start_beating()
        self._make_library()
        self._worker.start()
        self._session.start()
        if self._launch.files:
            self._session.restoring.restore(self._launch.files)
        # In a turn of its own, as it imports what the rest does without.
        QTimer.singleShot(0, self._open_to_others)

    def _open_to_others(self) -> None:
        """Listen to later starts, and to the system."""
        self._instance.listen()
        self._power.start()

    def _make_library(self) -> None:
        """Make the usual library at the first start.

        One that the person has chosen was there, and may lie on a disk that is not in now.
        """
        if not self._settings.settings.library:
            try:
                paths.make_folder(self._folders.library)
            except KnownError as error:
                self._window.inside.say(str(error))

    def _show_bug(self, sentence: str, report: str) -> None:
        _log.error("%s\n%s", sentence, report)
        self._window.inside.dialogs.show_bug(sentence, self._trouble.report(report))

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

    def _limit_the_end(self) -> None:
        """End within a few seconds, whatever hangs: it is written down and left to the system.

        The engine ends with its pipe.
        """
        faulthandler.dump_traceback_later(ENDING_SECONDS, exit=True, file=self._crash)

    def _end(self) -> None:
        """Wait for what the closed window has asked to end."""
        self._instance.close()
        self._collecting.stop()
        self._worker.wait()
        self._keeper.close()
        faulthandler.cancel_dump_traceback_later()
        self._crash.close()
        # The views go before what they show; left to chance, they would ask it while it goes.
        shiboken6.delete(self._window)
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
