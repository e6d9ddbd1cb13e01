"""The main window: controls left, the picture in the middle, queue and details right."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from ldm_desktop.core.paths import NAME
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

STAGE = QSize(440, 240)
USUAL = QSize(1280, 800)
LEAST = QSize(1040, 600)


class MainWindow(QMainWindow):
    """Builds the views and binds them to the session."""

    def __init__(self, session: Session, layout_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("main-window")
        self.setWindowTitle(NAME)
        self.setWindowIcon(icons.icon("app"))
        self.setMinimumSize(LEAST)
        self.setAcceptDrops(True)
        self._session = session
        self.actions_table = Actions(self)
        self.addActions(list(self.actions_table.all()))
        menus.fill(self.menuBar(), self.actions_table)
        self.notices = Notices(self)
        self.dialogs = Dialogs(session, self.actions_table, self)
        self._layout = Layout(self, layout_file)
        self._build()
        self._connect()
        self.resize(USUAL)
        self._layout.restore()

    def say(self, sentence: str, level: Level = Level.INFO) -> None:
        """Show a sentence above the picture."""
        self.notices.say(Notice(sentence, level))

    def show_bug(self, sentence: str, report: str) -> None:
        """Open the dialog for bugs, or add to it."""
        self.dialogs.show_bug(sentence, report)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and text, but not what comes from here."""
        data = event.mimeData()
        if event.source() is None and (data.hasUrls() or data.hasText()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the settings of what is dropped anywhere."""
        event.acceptProposedAction()
        self._session.restoring.restore_data(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go at once; what runs beside the window ends behind it."""
        self._layout.save()
        self.hide()
        self._session.shut_down()
        super().closeEvent(event)

    def _build(self) -> None:
        session, actions = self._session, self.actions_table
        self.controls = ControlsPanel(session.controls, session.shelf, actions)
        self.stage = StageView(session.stage, session.batch, session.scrubber, actions)
        self.filmstrip = FilmstripView(session.filmstrip, session.stage, actions)
        self.queue = QueuePanel(session.queue, session.worker, actions)
        self.details = DetailsPanel(session.stage, actions)
        self.status = StatusBar(actions)
        self._layout.arrange(
            self.controls, self._stage_column(), self.filmstrip, self.queue, self.details
        )
        self._layout.bind(self.controls, actions["panel-controls"])
        self._layout.bind(self.filmstrip, actions["panel-filmstrip"])
        self._layout.bind(self._layout.side, actions["panel-queue"])
        whole = QWidget(self)
        column = stacked(whole, 0)
        column.addWidget(self._layout.columns, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

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
        session, actions = self._session, self.actions_table
        Commands(session, actions, self)
        PictureCommands(session, actions, self)
        NoticeFeed(session, self.notices)
        for name, do in self.stage.slots().items():
            actions[name].triggered.connect(lambda _=False, do=do: do())
        actions["full-screen"].triggered.connect(self._fill_the_screen)
        actions["quit"].triggered.connect(self.close)
        session.status_changed.connect(self.status.show_status)
        session.queue.queue_changed.connect(self.status.show_queue)
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
            self.showFullScreen()
        else:
            self.showNormal()

    def changeEvent(self, event: QEvent) -> None:
        """Let the action know when the system leaves the full screen by itself."""
        if event.type() is QEvent.Type.WindowStateChange:
            self.actions_table["full-screen"].setChecked(self.isFullScreen())
        super().changeEvent(event)
