"""What the gallery's long tasks have to say: import, check and rebuild, each in its dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import Task, TaskDone, Work
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery import finding_words
from ldm_desktop.ui.gallery.report_view import Heading, ReportView
from ldm_desktop.ui.gallery.task_watch import TaskWatch
from ldm_desktop.ui.gallery.work_strip import WorkStrip
from ldm_desktop.ui.model_parts import SIDE, button_of, title_of
from ldm_desktop.ui.widgets import Note, rule

if TYPE_CHECKING:
    from ldm_desktop.gallery.care.incoming import Brought
    from ldm_desktop.gallery.care.scan import Report
    from ldm_desktop.gallery.care.verify import Findings

SIZE = QSize(640, 440)
WIDTH = 520

translate = QCoreApplication.translate


class TaskDialog(QDialog):
    """A task of the desk: a title, what it is or was, how far it is, and what it found."""

    def __init__(
        self, desk: GalleryDesk, task: Task, name: str, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}-dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._task = task
        self._name = name
        self._build(title)
        self.setMinimumWidth(WIDTH)
        self._watch = TaskWatch(desk, task, self)
        self._watch.progressed.connect(self._strip.show_work)
        self._watch.done.connect(self._take_done)
        self._watch.failed.connect(self._take_trouble)

    @property
    def waiting(self) -> bool:
        """Whether the task was begun here and has not ended."""
        return self._watch.waiting

    def begin(self) -> None:
        """Wait for the task, which begins now."""
        self._watch.begin()
        self._view.hide()
        self._strip.show_work(Work(self._task))
        self._refresh()

    # For each task.

    def take(self, done: TaskDone) -> None:
        """Show what the task has found."""
        raise NotImplementedError

    def refresh(self, waiting: bool) -> None:
        """Let buttons fit to whether the task is being done."""

    def say(self, words: str, headings: Sequence[Heading] = ()) -> None:
        """Show a sentence and findings."""
        self._words.say(words)
        self._view.show_headings(headings)
        self._copy.setVisible(bool(self._view.text()))
        if self._view.text():
            self.resize(self.size().expandedTo(SIZE))

    def add_button(self, name: str, text: str) -> QPushButton:
        """Give one more button, where in every dialog that stands for what it does."""
        button = button_of(f"{self._name}-{name}", text, self)
        theme.mark(button, "tall")
        self._buttons.addWidget(button)
        return button

    # Parts.

    def _build(self, title: str) -> None:
        label: QLabel = title_of(f"{self._name}-title", self)
        label.setText(title)
        self._words = Note(f"{self._name}-words", "value", self)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._strip = WorkStrip(self._name, self)
        self._strip.cancelled.connect(self._desk.cancel)
        self._view = ReportView(f"{self._name}-report", title, self)
        self._view.hide()
        inner = QVBoxLayout()
        inner.setContentsMargins(SIDE, SIDE - 4, SIDE, theme.GRID + 4)
        inner.setSpacing(theme.GRID + 4)
        for widget in (label, self._words, self._strip):
            inner.addWidget(widget)
        inner.addWidget(self._view, 1)
        inner.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inner, 1)
        whole.addWidget(rule(self))
        whole.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self._copy = button_of(f"{self._name}-copy", self.tr("Copy"), self)
        self._copy.clicked.connect(self._view.copy)
        self._copy.hide()
        self._close = button_of(f"{self._name}-close", self.tr("Close"), self)
        self._close.clicked.connect(self.reject)
        for button in (self._copy, self._close):
            theme.mark(button, "tall")
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(SIDE, theme.GRID + 4, SIDE, theme.GRID + 4)
        self._buttons.setSpacing(theme.GRID)
        self._buttons.addWidget(self._copy)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._close)
        return self._buttons

    def _refresh(self) -> None:
        self.refresh(self._watch.waiting)

    def _take_done(self, done: TaskDone) -> None:
        self._end()
        self.take(done)

    def _take_trouble(self, sentence: str) -> None:
        self._end()
        self.say(sentence)

    def _end(self) -> None:
        self._strip.hide()
        self._refresh()


class ImportReport(TaskDialog):
    """How an import goes, and afterwards what came in and what did not, and why."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, Task.IMPORTING, "import", translate("GalleryDialogs", "Import"), parent
        )
        self.say(self.tr("Pictures are copied into the library; yours stay where they are."))

    def take(self, done: TaskDone) -> None:
        """Show what came in."""
        brought: Brought = done.report
        self.say(finding_words.brought(brought), finding_words.refused(brought))


class VerifyReport(TaskDialog):
    """Compares database and files, says what was found, and mends it if that is wished."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, Task.VERIFYING, "verify", translate("GalleryDialogs", "Check the library"), parent
        )
        self._repair = self.add_button("repair", self.tr("Repair"))
        self._repair.clicked.connect(self._start_repair)
        self._repair.hide()
        self._again = False

    def start(self) -> None:
        """Begin to check; nothing is changed."""
        self._begin(repair=False)

    def take(self, done: TaskDone) -> None:
        """Show what was found."""
        findings: Findings = done.report
        self.say(
            finding_words.found(findings, repaired=self._again),
            finding_words.headings(findings),
        )
        open_ones = [each for each in findings.findings if not each.repaired]
        self._repair.setVisible(bool(open_ones) and not self._again)

    def refresh(self, waiting: bool) -> None:
        """Offer no repair while it checks."""
        self._repair.setEnabled(not waiting)

    def _start_repair(self) -> None:
        self._begin(repair=True)

    def _begin(self, *, repair: bool) -> None:
        self._again = repair
        words = self.tr("Every file is read and compared; nothing is changed.")
        if repair:
            words = self.tr("Every file is read and compared; what can be mended is.")
        self.say(words)
        self._repair.hide()
        self.begin()
        self._desk.verify(repair)


class RebuildDialog(TaskDialog):
    """Asks before the database is made again, and says how far that is."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            Task.REBUILDING,
            "rebuild",
            translate("GalleryDialogs", "Rebuild the gallery"),
            parent,
        )
        self.say(
            self.tr(
                "Everything the gallery knows is read again from the pictures and the notes beside "
                "them. No file is changed, and it can be stopped at any time."
            )
        )
        self._start = self.add_button("start", self.tr("Rebuild"))
        theme.mark(self._start, "primary")
        self._start.clicked.connect(self._begin)

    def take(self, done: TaskDone) -> None:
        """Show how it ended."""
        report: Report = done.report
        problems = finding_words.problems(report.problems)
        self.say(finding_words.rebuilt(report), problems)

    def refresh(self, waiting: bool) -> None:
        """Rebuild only once at a time."""
        self._start.setEnabled(not waiting)

    def _begin(self) -> None:
        self.begin()
        self._desk.rebuild()
