"""What becomes a notice: sentences from the session, and states that want something done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from ldm_desktop.session.model_news import ModelFacts
from ldm_desktop.session.model_tasks import TaskView
from ldm_desktop.session.opened import whole
from ldm_desktop.session.session import Session
from ldm_desktop.session.wanted import Wanted
from ldm_desktop.ui.notices import Level, Notice, Notices
from ldm_desktop.ui.picture_commands import reveal
from ldm_desktop.worker.work import EngineState, EngineStatus, QueueView


class NoticeFeed(QObject):
    """Shows notices as they come, and takes away those that are no longer true."""

    def __init__(self, session: Session, notices: Notices) -> None:
        super().__init__(notices)
        self._session = session
        self._notices = notices
        self._paused = ""
        session.notice.connect(lambda text: notices.say(Notice(text)))
        session.restoring.restored.connect(self._show_restored)
        session.restoring.missing.connect(self._offer_model)
        session.arrivals.came.connect(self._show_arrival)
        session.arrivals.failed.connect(self._show_failure)
        session.orders.waits.connect(self._show_waiting)
        session.stage.copied.connect(self._show_copied)
        session.queue.queue_changed.connect(self._follow_queue)
        session.status_changed.connect(self._follow_engine)

    def _show_restored(self, text: str) -> None:
        undo = self._session.controls.undo_stack.undo
        self._notices.say(Notice(text, button=self.tr("Undo"), do=undo, key="restored"))

    def _show_waiting(self, waits: bool) -> None:
        if waits:
            text = self.tr("This begins as soon as the model is open.")
            self._notices.say(Notice(text, key="waits"))
        else:
            self._notices.withdraw("waits")

    def _offer_model(self, text: str, wanted: Wanted) -> None:
        ask = partial(self._session.arrivals.ask, wanted)
        self._lasting("missing", text, self.tr("Get it…"), ask)

    def _show_arrival(self, model: ModelFacts) -> None:
        text = self.tr("{name} is here, and works without the network from now on.")
        use = partial(self._session.controls.change, model=whole(model.folder))
        self._notices.say(
            Notice(text.format(name=model.name), button=self.tr("Use it"), do=use, key=model.folder)
        )

    def _show_failure(self, task: TaskView) -> None:
        self._notices.say(Notice(task.sentence, Level.ERROR, key=task.about))

    def _show_copied(self, copy: Path) -> None:
        text = self.tr("Saved as {name}.").format(name=copy.name)
        self._notices.say(
            Notice(text, button=self.tr("Show"), do=lambda: reveal(copy), key="copied")
        )

    def _follow_queue(self, queue: QueueView) -> None:
        reason = queue.reason if queue.paused else ""
        unsaved = bool(reason and queue.unsaved)
        if unsaved:
            text = self.tr("{reason} Pictures that wait to be saved: {count}.")
            again = self._session.worker.retry_saving
            text = text.format(reason=reason, count=queue.unsaved)
            self._lasting("unsaved", text, self.tr("Try again"), again, Level.ERROR)
        else:
            self._notices.withdraw("unsaved")
        if reason and queue.waiting_pictures and not unsaved:
            text = self.tr("The queue is paused: {reason}.")
            text = reason if reason.endswith(".") else text.format(reason=reason)
            if text != self._paused:
                self._lasting("paused", text, self.tr("Go on"), self._session.worker.resume_queue)
            self._paused = text
        else:
            self._paused = ""
            self._notices.withdraw("paused")

    def _follow_engine(self, status: EngineStatus) -> None:
        if status.state is EngineState.SILENT:
            text = status.sentence or self.tr("The engine has not answered for a while.")
            self._lasting("engine", text, self.tr("Replace it"), self._replace)
        elif status.state is EngineState.FAILED:
            text = status.sentence or self.tr("The engine could not be started.")
            self._lasting("engine", text, self.tr("Try again"), self._replace, Level.ERROR)
        elif status.state is EngineState.RESTARTING and status.sentence:
            self._notices.say(Notice(status.sentence, Level.WARNING, key="engine"))
        elif status.state in (EngineState.READY, EngineState.BUSY):
            self._notices.withdraw("engine")

    def _replace(self) -> None:
        self._session.worker.replace_engine()

    def _lasting(
        self,
        key: str,
        text: str,
        button: str,
        do: Callable[[], None],
        level: Level = Level.WARNING,
    ) -> None:
        self._notices.say(Notice(text, level, button, do, key))
