"""A dialog's ear for the one task that it has begun at the desk."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import Task, TaskDone, Work


class TaskWatch(QObject):
    """Tells how a task goes from `begin` on; it ends in `done` or in `failed`, whatever happens."""

    progressed = Signal(object)  # Work
    done = Signal(object)  # TaskDone
    failed = Signal(str)

    def __init__(self, desk: GalleryDesk, task: Task, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._waiting = False
        self._running = False
        self._last = QTimer(self)
        self._last.setSingleShot(True)
        self._last.timeout.connect(self._give_up)
        desk.work_changed.connect(self._take_work)
        desk.task_done.connect(self._take_done)
        desk.notice.connect(self._take_sentence)
        desk.trouble.connect(self._take_sentence)

    @property
    def waiting(self) -> bool:
        """Whether the task was begun and has not ended."""
        return self._waiting

    def begin(self) -> None:
        """Wait for the task, which begins now."""
        self._waiting, self._running = True, False

    def _take_work(self, work: Work) -> None:
        if not self._waiting or work.task is not self._task:
            return
        self._running = not work.ended
        if work.ended:
            # The outcome is told in the same turn of the event loop, if it is told at all.
            self._last.start()
        else:
            self.progressed.emit(work)

    def _take_done(self, done: TaskDone) -> None:
        if self._waiting and done.task is self._task:
            self._end()
            self.done.emit(done)

    def _take_sentence(self, sentence: str) -> None:
        """Hear why it could not begin, or why it has ended; while it runs, others are talking."""
        if self._waiting and not self._running and sentence:
            self._end()
            self.failed.emit(sentence)

    def _give_up(self) -> None:
        if self._waiting and not self._running:
            self._end()
            self.failed.emit(self.tr("It was not done, because the library is out of reach."))

    def _end(self) -> None:
        self._waiting = self._running = False
        self._last.stop()
