"""What stands in the main window: controls left, the picture in the middle, the queue right."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QWidget

from ldm_desktop.session.session import Session
from ldm_desktop.ui import icons, menus, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.commands import Commands
from ldm_desktop.ui.controls_panel import ControlsPanel
from ldm_desktop.ui.details_panel import DetailsPanel
from ldm_desktop.ui.dialogs import Dialogs
from ldm_desktop.ui.filmstrip_view import FilmstripView
from ldm_desktop.ui.layout import Layout
from ldm_desktop.ui.notice_feed import NoticeFeed
from ldm_desktop.ui.notices import Level, Notice, Notices
from ldm_desktop.ui.picture_commands import PictureCommands
from ldm_desktop.ui.queue_panel import QueuePanel
from ldm_desktop.ui.stage_view import StageView
from ldm_desktop.ui.status_bar import StatusBar
from ldm_desktop.ui.widgets import stacked
from ldm_desktop.ui.window import MainWindow

STAGE = QSize(440, 240)


class Furniture(QObject):
    """Builds the views in a window and binds them to the session."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        window.setWindowIcon(icons.icon("app"))
        self.actions = Actions(window)
        window.addActions(list(self.actions.all()))
        menus.fill(window.menuBar(), self.actions)
        self.notices = Notices(window)
        self.dialogs = Dialogs(session, self.actions, window)
        self.division = Layout(window, window.kept)
        self._build()
        self._connect()
        self.division.restore()

    def say(self, sentence: str, level: Level = Level.INFO) -> None:
        """Show a sentence above the picture."""
        self.notices.say(Notice(sentence, level))

    def _build(self) -> None:
        session, actions, division = self._session, self.actions, self.division
        self.controls = ControlsPanel(session.controls, session.shelf, actions)
        self.stage = StageView(session.stage, session.batch, session.scrubber, actions)
        self.filmstrip = FilmstripView(session.filmstrip, session.stage, actions)
        self.queue = QueuePanel(session.queue, session.worker, actions)
        self.details = DetailsPanel(session.stage, actions)
        self.status = StatusBar(actions)
        division.arrange(
            self.controls, self._stage_column(), self.filmstrip, self.queue, self.details
        )
        division.bind(self.controls, actions["panel-controls"])
        division.bind(self.filmstrip, actions["panel-filmstrip"])
        division.bind(division.side, actions["panel-queue"])
        whole = QWidget(self._window)
        column = stacked(whole, 0)
        column.addWidget(division.columns, 1)
        column.addWidget(self.status)
        self._window.setCentralWidget(whole)

    def _stage_column(self) -> QWidget:
        """Notices stand above the picture, where they cover nothing."""
        whole = QWidget()
        theme.mark(whole, "canvas")
        self.stage.setMinimumSize(STAGE)
        column = stacked(whole, 0)
        column.addWidget(self.notices)
        column.addWidget(self.stage, 1)
        return whole

    def _connect(self) -> None:
        session, actions, window = self._session, self.actions, self._window
        Commands(session, actions, window)
        PictureCommands(session, actions, window)
        NoticeFeed(session, self.notices)
        for name, do in self.stage.slots().items():
            actions[name].triggered.connect(lambda _=False, do=do: do())
        actions["full-screen"].triggered.connect(self._fill_the_screen)
        actions["quit"].triggered.connect(window.close)
        window.full_screen_changed.connect(actions["full-screen"].setChecked)
        window.dropped.connect(session.restoring.restore_data)
        window.closed.connect(self._end)
        session.status_changed.connect(self.status.show_status)
        session.queue.queue_changed.connect(self.status.show_queue)
        session.tasks.changed.connect(lambda _: self.status.show_tasks(session.tasks.views))
        self.queue.job_chosen.connect(self._show_job)
        self.status.show_status(session.status)
        self.status.show_queue(session.queue.queue)

    def _show_job(self, job: UUID) -> None:
        """Show the pictures of a job side by side, and stay with them."""
        self._session.stage.pin()
        self._session.batch.set_job(job)
        self._session.stage.set_grid(True)

    def _fill_the_screen(self, on: bool) -> None:
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def _end(self) -> None:
        self.division.save()
        self._session.shut_down()
