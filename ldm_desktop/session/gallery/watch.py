"""Sees that others have changed the gallery: the command line, another window, a file manager."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QElapsedTimer, QFileSystemWatcher, QObject, QTimer, Signal

ROWS_SETTLE = 120
ROWS_SETTLE_IN_A_TASK = 1500
"""Milliseconds to gather changes of the database; a task writes all the time."""
FOLDERS_SETTLE = 1000
OURS = 800
"""Milliseconds within which a change of a folder is taken to be our own writing there."""
IDLE = 10_000
"""Milliseconds after which our own writing is looked at as well: it may not have been ours."""
MOST_FOLDERS = 60


class Watch(QObject):
    """Watches the database's log and the folders of the library."""

    rows_changed = Signal()
    folders_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = ""
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._file_changed)
        self._watcher.directoryChanged.connect(self._folder_changed)
        self._rows = self._timer(ROWS_SETTLE, self.rows_changed)
        self._look = self._timer(FOLDERS_SETTLE, self.folders_changed)
        self._idle = self._timer(IDLE, self.folders_changed)
        self._wrote = QElapsedTimer()

    def set_database(self, database: Path) -> None:
        """Watch a database: whoever writes to it writes to its log first."""
        if self._log:
            self._watcher.removePath(self._log)
        self._log = f"{database}-wal"
        self._watcher.addPath(self._log)

    def set_folders(self, folders: Iterable[Path]) -> None:
        """Watch these folders and no others."""
        wanted = {str(folder) for folder in folders}
        watched = set(self._watcher.directories())
        if gone := list(watched - wanted):
            self._watcher.removePaths(gone)
        if new := list(wanted - watched):
            self._watcher.addPaths(new)

    def set_busy(self, busy: bool) -> None:
        """Gather more changes into one while a task writes to the database."""
        self._rows.setInterval(ROWS_SETTLE_IN_A_TASK if busy else ROWS_SETTLE)

    def wrote_rows(self) -> None:
        """Hear that rows were changed here; where watching fails that is all there is."""
        self._start(self._rows)

    def wrote_files(self) -> None:
        """Hear that files in the library were changed here: what was seen of it can wait."""
        self._wrote.start()
        if self._look.isActive():
            self._look.stop()
            self._start(self._idle)

    def stop(self) -> None:
        """Watch nothing ever again."""
        for timer in (self._rows, self._look, self._idle):
            timer.stop()
        # Here and now: Python may collect what is left of it in any thread, and Qt crashes then.
        if shiboken6.isValid(self._watcher):
            shiboken6.delete(self._watcher)

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _file_changed(self, _file: str) -> None:
        # A log that was deleted and made again is watched no more.
        if self._log not in self._watcher.files():
            self._watcher.addPath(self._log)
        self._start(self._rows)

    def _folder_changed(self, _folder: str) -> None:
        ours = self._wrote.isValid() and self._wrote.elapsed() < OURS
        if ours:
            self._start(self._idle)
        else:
            self._look.start()

    def _start(self, timer: QTimer) -> None:
        # Not restarted, as who writes without pause would never be seen.
        if not timer.isActive():
            timer.start()
