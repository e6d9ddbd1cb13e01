"""The models: those at hand, described; those that come in; and where more can be had."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.model_list import ModelRow, Role
from ldm_desktop.session.model_tasks import Order, TaskView, Verb, check_folder
from ldm_desktop.session.opened import whole
from ldm_desktop.session.session import Session
from ldm_desktop.session.wanted import Wanted
from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.arrival_page import ArrivalPage
from ldm_desktop.ui.hub_page import HubPage
from ldm_desktop.ui.model_delegate import ModelDelegate
from ldm_desktop.ui.model_page import ModelPage
from ldm_desktop.ui.model_parts import button_of
from ldm_desktop.ui.samples import SampleImages
from ldm_desktop.ui.widgets import Note, stacked

LIST = 264


class ModelsDialog(QDialog):
    """A list at the left and one page at the right; what runs goes on when this is closed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("models-dialog")
        self.setWindowTitle(self.tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(940, 640)
        self._session = session
        self._models, self._tasks = session.models, session.tasks
        self._images = SampleImages(self)
        self._shown = self._left = ""
        self.list = self._make_list()
        self._trouble = Note("models-trouble", "error", self)
        self._pages = QStackedWidget(self)
        self._make_pages()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        line = QFrame(self)
        line.setFixedWidth(1)
        theme.mark(line, "rule")
        row.addWidget(self._side())
        row.addWidget(line)
        row.addWidget(self._pages, 1)
        self.setMinimumHeight(440)
        self._connect()
        self._choose_first()
        self._models.refresh()

    def get(self, wanted: Wanted) -> None:
        """Offer to get what a picture was made by."""
        self.show_hub()
        self.hub.fill_in(wanted)

    def show_hub(self) -> None:
        """Show where models can be looked up."""
        # The current row stays, as a list without one takes the first when it gets the focus.
        self.list.clearSelection()
        self._shown = ""
        self._pages.setCurrentWidget(self.hub)
        self.hub.begin()

    def browse(self) -> None:
        """Let the person look for the folder of a model."""
        dialog = QFileDialog(self, self.tr("Add a model from a folder"))
        dialog.setObjectName("file-dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.add(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self, folder: Path) -> None:
        """Bring in a model from a folder."""
        try:
            check_folder(folder)
        except KnownError as error:
            self._trouble.say(str(error))
            return
        self._trouble.say("")
        self._begin(Order(Verb.ADD, whole(str(folder))))

    def done(self, result: int) -> None:
        """Go; what runs beside the window goes on."""
        self._tasks.forget_plan()
        self._images.close()
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in the folders that were dropped."""
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                path = Path(url.toLocalFile())
                self.add(path.parent if path.name == "model_index.json" else path)

    # --- what it is made of

    def _make_list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("model-list")
        view.setAccessibleName(self.tr("Models"))
        # Before the view hears of it, and goes on to another row.
        self._models.rowsAboutToBeRemoved.connect(self._note_removal)
        view.setModel(self._models)
        self._delegate = ModelDelegate(self._images, view)
        view.setItemDelegate(self._delegate)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._images.loaded.connect(view.viewport().update)
        return view

    def _side(self) -> QWidget:
        side = QWidget(self)
        side.setFixedWidth(LIST)
        column = stacked(side, theme.GRID)
        column.setContentsMargins(0, theme.GRID, 0, 12)
        column.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(theme.GRID)
        hub = button_of("models-from-hub", self.tr("Get from the Hub…"), self)
        hub.setIcon(icons.icon("down"))
        hub.clicked.connect(self.show_hub)
        tip = self.tr("Its files are copied; a folder can be dropped here too")
        folder = button_of("models-from-folder", self.tr("Add a folder…"), self, tip)
        folder.setIcon(icons.icon("folder"))
        folder.clicked.connect(self.browse)
        for widget in (self._trouble, hub, folder):
            foot.addWidget(widget)
        column.addLayout(foot)
        return side

    def _make_pages(self) -> None:
        self.page = ModelPage(self._images, self)
        self.arrival = ArrivalPage(self._images, self)
        self.hub = HubPage(self)
        for page in (self.page, self.arrival, self.hub):
            self._pages.addWidget(page)

    def _connect(self) -> None:
        tasks, page, arrival, hub = self._tasks, self.page, self.arrival, self.hub
        self.list.selectionModel().currentChanged.connect(self._change_current)
        self.list.clicked.connect(self._go_to)
        self.list.activated.connect(self._activate)
        self._models.row_changed.connect(self._follow)
        self._models.rowsInserted.connect(self._show_current)
        self._models.trouble_changed.connect(self._trouble.say)
        self._session.controls.changed.connect(self._show_current)
        page.used.connect(self._use)
        page.verified.connect(lambda name: self._begin(Order(Verb.VERIFY, name)))
        page.removed.connect(self._remove)
        page.kept.connect(tasks.dismiss)
        page.revealed.connect(lambda name: QDesktopServices.openUrl(QUrl.fromLocalFile(name)))
        for part in (page, arrival):
            part.cancelled.connect(tasks.cancel)
        arrival.continued.connect(self._go_on)
        arrival.dismissed.connect(tasks.dismiss)
        hub.asked.connect(tasks.look_up)
        hub.forgotten.connect(tasks.forget_plan)
        hub.ordered.connect(self._begin)
        tasks.planned.connect(hub.show_plan)
        tasks.plan_failed.connect(hub.show_trouble)
        tasks.ended.connect(self._take_end)
        self._models.rowsRemoved.connect(self._show_current)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(page.ask_to_remove)

    # --- what is shown

    def choose(self, key: str) -> None:
        """Show a model, or one that is coming."""
        index = self._models.index_of(key)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
            self._go_to(index)

    @property
    def _chosen(self) -> str:
        folder = self._session.controls.choices.model
        return whole(folder) if folder else ""

    def _choose_first(self) -> None:
        """Show what goes on, or the model in use, or any, or where there are some."""
        busy = [row.key for row in self._models.rows if row.busy and not row.folder]
        keys = [*busy, self._chosen, *(row.key for row in self._models.rows)]
        key = next((key for key in keys if self._models.row(key)), "")
        if key:
            self.choose(key)
            self.list.setFocus()
        else:
            self.show_hub()
        self._show_current()

    def _show_current(self) -> None:
        """Show the current row as it is now, unless the Hub is what is looked at."""
        self._delegate.chosen = self._chosen
        self.list.viewport().update()
        row: ModelRow | None = self.list.currentIndex().data(Role.ROW)
        if self._pages.currentWidget() is self.hub:
            return
        if row:
            self._show(row)
        else:
            self._choose_first()

    def _change_current(self, current: QModelIndex) -> None:
        # Rows that come and go change the current one too; only a person leaves the Hub.
        if self.list.hasFocus() or self._pages.currentWidget() is not self.hub:
            self._go_to(current)

    def _go_to(self, index: QModelIndex) -> None:
        row: ModelRow | None = index.data(Role.ROW)
        if row:
            self._show(row)

    def _follow(self, row: ModelRow) -> None:
        if row.key == self._shown:
            self._show(row)

    def _show(self, row: ModelRow) -> None:
        self._shown = row.key
        if row.folder:
            self.page.show_row(row, row.folder == self._chosen)
            self._pages.setCurrentWidget(self.page)
        elif row.task:
            self.arrival.show_task(row.task)
            self._pages.setCurrentWidget(self.arrival)

    # --- what is done

    def _activate(self, index: QModelIndex) -> None:
        row: ModelRow = index.data(Role.ROW)
        if row.key != self._shown:
            self._go_to(index)
        elif row.folder and row.facts and not row.facts.error:
            self._use(row.folder)

    def _use(self, folder: str) -> None:
        self._session.controls.change(model=folder)

    def _remove(self, name: str, for_good: bool) -> None:
        self._begin(Order(Verb.REMOVE, name, for_good=for_good))

    def _begin(self, order: Order) -> None:
        self._tasks.begin(order)
        if order.verb.brings:
            self.choose(order.about)
            self.list.setFocus()

    def _go_on(self, about: str) -> None:
        if view := self._tasks.view(about):
            self._begin(view.order)

    def _take_end(self, task: TaskView) -> None:
        """Show a model that has come, if somebody was looking at how it came."""
        if task.model and self._left == task.about:
            self.choose(whole(task.model.folder))

    def _note_removal(self, _parent: QModelIndex, first: int, _last: int) -> None:
        key = self._models.rows[first].key
        self._left = key if key == self._shown else ""
