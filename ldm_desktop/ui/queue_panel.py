"""The queue as a panel: what runs, what waits and what has ended, and buttons for each job."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.session.queue_model import QueueModel, Role
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.job_commands import JobCommands
from ldm_desktop.ui.queue_delegate import QueueDelegate
from ldm_desktop.ui.widgets import IconButton, rule
from ldm_desktop.worker.work import JobView, QueueView

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

JOB_BUTTONS = (
    *("job-pause", "job-cancel", "job-retry", "job-duplicate"),
    *("job-up", "job-down", "job-remove"),
)


class QueuePanel(QFrame):
    """The list of jobs under a heading, and below it what can be done with the chosen one."""

    job_chosen = Signal(object)
    """The UUID of the job a person points at; the stage shows its pictures."""

    def __init__(
        self, model: QueueModel, worker: Worker, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("queue-panel")
        theme.mark(self, "panel")
        self._model = model
        self._actions = actions
        self.list = self._list(model)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self.list)
        self._foot = JobFoot(actions, self)
        self._commands = JobCommands(model, worker, actions, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)
        self.list.selectionModel().currentChanged.connect(self._choose)
        # A screen reader selects without making it the current one.
        self.list.selectionModel().selectionChanged.connect(self._refresh)
        self.list.clicked.connect(self._tell)
        self.list.activated.connect(self._tell)
        # Once for all that comes together, as hundreds of jobs do at the start.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        for signal in (model.rowsInserted, model.rowsRemoved, model.dataChanged, model.rowsMoved):
            signal.connect(self._refresh_soon)
        model.queue_changed.connect(self._show_queue)
        self._show_queue(model.queue)
        self._refresh()

    @property
    def chosen(self) -> JobView | None:
        """The job that buttons and shortcuts act on."""
        selected = self.list.selectionModel().selectedIndexes()
        view: JobView | None = selected[0].data(Role.VIEW) if selected else None
        return view

    def choose(self, job: UUID) -> None:
        """Choose a job as if it had been clicked, without telling anybody."""
        self.list.setCurrentIndex(self._model.index_of(job))

    def _head(self) -> QHBoxLayout:
        heading = QLabel(self.tr("Queue"), self)
        theme.mark(heading, "heading")
        self._count = QLabel(self)
        self._count.setObjectName("queue-count")
        theme.mark(self._count, "muted")
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 10, 6)
        row.setSpacing(4)
        row.addWidget(heading)
        row.addSpacing(4)
        row.addWidget(self._count, 1)
        row.addWidget(button_of(self._actions["pause-queue"], self))
        row.addWidget(button_of(self._actions["clear-ended"], self))
        return row

    def _empty(self) -> QWidget:
        keys = self._actions["generate"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = self.tr("Nothing is waiting.\n{keys} makes a picture.").format(keys=keys)
        label = QLabel(text, self)
        label.setObjectName("queue-empty")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        theme.mark(label, "muted")
        return label

    def _list(self, model: QueueModel) -> QListView:
        view = QListView(self)
        view.setObjectName("queue")
        view.setAccessibleName(self.tr("Queue"))
        view.setModel(model)
        view.setItemDelegate(QueueDelegate(view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        view.setDefaultDropAction(Qt.DropAction.MoveAction)
        view.setDragDropOverwriteMode(False)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        return view

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.list.indexAt(at).isValid():
            for name in JOB_BUTTONS:
                menu.addAction(self._actions[name])
            menu.addSeparator()
        menu.addAction(self._actions["pause-queue"])
        menu.addAction(self._actions["clear-ended"])
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _choose(self, current: QModelIndex) -> None:
        self._refresh()
        # Rows that come and go change the current one too; only a person's choice is told.
        if current.isValid() and self.list.hasFocus():
            self._tell(current)

    def _tell(self, index: QModelIndex) -> None:
        view: JobView = index.data(Role.VIEW)
        self.job_chosen.emit(view.id)

    def _refresh_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        self._stack.setCurrentIndex(1 if self._model.rowCount() else 0)
        self._commands.act_on(self.chosen)
        self._foot.show_job(self.chosen)

    def _show_queue(self, queue: QueueView) -> None:
        pictures = str(queue.waiting_pictures) if queue.waiting_pictures else ""
        paused = self.tr("paused") if queue.paused else ""
        self._count.setText(" · ".join(filter(None, [pictures, paused])))
        self._commands.show_queue(queue)


class JobFoot(QFrame):
    """What can be done with the chosen job, and why it failed if it did."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("job-foot")
        self._job: JobView | None = None
        self._sentence = QLabel(self)
        self._sentence.setObjectName("job-sentence")
        self._sentence.setWordWrap(True)
        theme.mark(self._sentence, "warning")
        self._log = QPushButton(self.tr("Show log"), self)
        self._log.setObjectName("job-log")
        theme.mark(self._log, "flat")
        self._log.clicked.connect(self.show_log)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for name in JOB_BUTTONS:
            buttons.addWidget(button_of(actions[name], self))
        buttons.addStretch(1)
        words = QHBoxLayout()
        words.setContentsMargins(6, 0, 0, 0)
        words.addWidget(self._sentence, 1)
        words.addWidget(self._log, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 6)
        column.setSpacing(4)
        column.addWidget(rule(self))
        column.addLayout(words)
        column.addLayout(buttons)

    def show_job(self, job: JobView | None) -> None:
        """Be there for a job, or for none."""
        self._job = job
        self.setVisible(job is not None)
        if job:
            self._sentence.setText(job.sentence)
            self._sentence.setVisible(bool(job.sentence))
            self._log.setVisible(bool(job.log))

    def show_log(self) -> None:
        """Open what the engine said when the job failed."""
        from ldm_desktop.ui.bug_dialog import ReportDialog

        if self._job:
            dialog = ReportDialog(
                self.tr("Log of a job"), self._job.sentence, self._job.log, self.window()
            )
            dialog.show()


def button_of(action: QAction, parent: QWidget) -> IconButton:
    """Give a button for an action that may go two ways; it shows which, and says so aloud."""
    button = IconButton.of(action, parent)

    def follow() -> None:
        button.setIcon(action.icon())
        button.setAccessibleName(action.text())

    action.changed.connect(follow)
    return button
