"""What stands in the main window: the studio (controls, picture, queue), and the other pages."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QMimeData, QObject, QSize
from PySide6.QtWidgets import QWidget

from ldm_desktop.session.session import Session
from ldm_desktop.ui import icons, menus, theme
from ldm_desktop.ui.action_spec import Group
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.commands import Commands
from ldm_desktop.ui.controls_panel import ControlsPanel
from ldm_desktop.ui.details_panel import DetailsPanel
from ldm_desktop.ui.dialogs import Dialogs
from ldm_desktop.ui.explore.explore_commands import ExploreCommands
from ldm_desktop.ui.explore.ways_bar import WaysBar
from ldm_desktop.ui.filmstrip_view import FilmstripView
from ldm_desktop.ui.layout import Layout
from ldm_desktop.ui.notice_feed import NoticeFeed
from ldm_desktop.ui.notices import Level, Notice, Notices
from ldm_desktop.ui.paged_actions import Page
from ldm_desktop.ui.pages import Pages
from ldm_desktop.ui.picture_commands import PictureCommands
from ldm_desktop.ui.queue_panel import QueuePanel
from ldm_desktop.ui.stage_view import StageView
from ldm_desktop.ui.status_bar import StatusBar
from ldm_desktop.ui.widgets import stacked
from ldm_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from ldm_desktop.ui.gallery.gallery_view import GalleryView

STAGE = QSize(440, 240)
OPENING = ("gallery-find", "gallery-import", "gallery-verify", "gallery-rebuild")
"""Actions that open the gallery when they are asked for in the studio."""


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
        self.gallery: GalleryView | None = None
        self._before = Page.STUDIO
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
        self.pages = Pages(actions, self.notices, whole)
        self.pages.add(Page.STUDIO, division.columns, self._above_stage)
        self.pages.offer(Page.GALLERY, self._build_gallery)
        column.addWidget(WaysBar(actions, whole))
        column.addWidget(self.pages.stack, 1)
        column.addWidget(self.status)
        self._window.setCentralWidget(whole)

    def _stage_column(self) -> QWidget:
        """Notices stand above the picture, where they cover nothing."""
        whole = QWidget()
        theme.mark(whole, "canvas")
        self.stage.setMinimumSize(STAGE)
        self._above_stage = stacked(whole, 0)
        self._above_stage.addWidget(self.notices)
        self._above_stage.addWidget(self.stage, 1)
        return whole

    def _connect(self) -> None:
        session, actions, window = self._session, self.actions, self._window
        Commands(session, actions, window)
        PictureCommands(session, actions, window)
        NoticeFeed(session, self.notices)
        # What needs chosen pictures waits until there is a gallery to choose them in.
        waiting = (action.objectName() for action in actions.group(Group.GALLERY))
        actions.allow(Page.STUDIO, dict.fromkeys((n for n in waiting if n != "gallery"), False))
        opening = {name: partial(self._do_in_gallery, name) for name in OPENING}
        actions.bind(Page.STUDIO, self.stage.slots() | opening)
        actions.bind(Page.STUDIO, {"gallery-show": self._show_in_gallery})
        actions.allow(Page.STUDIO, dict.fromkeys(OPENING, True))
        actions["full-screen"].triggered.connect(self._fill_the_screen)
        actions["gallery"].triggered.connect(self._go_to_gallery)
        actions.page_changed.connect(self._follow_page)
        self.explore = ExploreCommands(
            session, actions, self.pages, self._build_explore, self.find_in_gallery
        )
        actions["quit"].triggered.connect(window.close)
        window.full_screen_changed.connect(actions["full-screen"].setChecked)
        window.dropped.connect(self._take_dropped)
        window.closed.connect(self._end)
        session.status_changed.connect(self.status.show_status)
        session.queue.queue_changed.connect(self.status.show_queue)
        session.tasks.changed.connect(lambda _: self.status.show_tasks(session.tasks.views))
        self.queue.job_chosen.connect(self._show_job)
        self.status.show_status(session.status)
        self.status.show_queue(session.queue.queue)

    def show_page(self, page: Page) -> None:
        """Go to a page, which is built when it is first asked for."""
        self.pages.show(page)

    def _go_to_gallery(self, there: bool) -> None:
        """Go to the gallery, or back to where one came from."""
        self.show_page(Page.GALLERY if there else self._before)

    def _follow_page(self, page: Page) -> None:
        self.actions["gallery"].setChecked(page is Page.GALLERY)
        for name in menus.PANELS:
            self.actions[name].setEnabled(page is Page.STUDIO)
        if page is not Page.GALLERY:
            self._before = page

    def _build_gallery(self, parent: QWidget) -> QWidget:
        from ldm_desktop.ui.gallery.gallery_commands import GalleryCommands
        from ldm_desktop.ui.gallery.gallery_view import GalleryView

        self.gallery = GalleryView(self._session.gallery, self.actions, parent)
        self.division.keep(self.gallery.parts)
        desk = self._session.gallery
        self._gallery_commands = GalleryCommands(desk, self.gallery, self.actions, self.notices)
        self._gallery_commands.left.connect(partial(self.show_page, Page.STUDIO))
        self._gallery_commands.wanted.connect(partial(self.show_page, Page.GALLERY))
        return self.gallery

    def _build_explore(self, page: Page, parent: QWidget) -> QWidget:
        from ldm_desktop.ui.explore import explore_pages

        return explore_pages.build(page, self._session, self.explore, self.actions, parent)

    def _show_job(self, job: UUID) -> None:
        """Show the pictures of a job side by side, and stay with them."""
        self._session.stage.pin()
        self._session.batch.set_job(job)
        self._session.stage.set_grid(True)

    def _take_dropped(self, data: QMimeData) -> None:
        """In the studio settings are taken from what is dropped; in the gallery it is imported."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files and self.actions.page is Page.GALLERY:
            self._gallery_commands.import_files(files)
        else:
            self._session.restoring.restore_data(data)

    def _show_in_gallery(self) -> None:
        if shown := self._session.stage.shown:
            self.find_in_gallery(f"id:{shown.picture}")

    def find_in_gallery(self, query: str) -> None:
        """Show in the gallery what a query finds."""
        self.show_page(Page.GALLERY)
        self._session.gallery.set_query(query)

    def _do_in_gallery(self, name: str) -> None:
        """Do in the gallery what is asked for in the studio."""
        self.show_page(Page.GALLERY)
        self.actions[name].trigger()

    def _fill_the_screen(self, on: bool) -> None:
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def _end(self) -> None:
        self.division.save()
        if self.gallery:
            self.gallery.info.save()
        self._session.shut_down()
