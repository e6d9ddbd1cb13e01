"""The dialog that exports pictures: as what, with what, where to, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import Task, TaskDone, Work
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery.export_pages import PicturesPage
from ldm_desktop.ui.gallery.export_sheets import SheetPage, TablePage
from ldm_desktop.ui.gallery.task_watch import TaskWatch
from ldm_desktop.ui.gallery.work_strip import WorkStrip
from ldm_desktop.ui.model_parts import SIDE, button_of, title_of
from ldm_desktop.ui.picture_commands import reveal
from ldm_desktop.ui.widgets import Field, Note, Segments, beside, named, rule

if TYPE_CHECKING:
    from ldm_desktop.gallery.export.export_job import Exported

WIDTH = 560
MOST_PROBLEMS = 5
PICTURES, SHEET, TABLE = range(3)


class ExportDialog(QDialog):
    """Asks how to export some pictures, has the desk do it and says what came of it."""

    def __init__(
        self,
        desk: GalleryDesk,
        numbers: Sequence[int],
        folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export-dialog")
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._numbers = tuple(numbers)
        self._made: tuple[Path, ...] = ()
        self._watch = TaskWatch(desk, Task.EXPORTING, self)
        self._build(folder or usual_folder())
        self._watch.progressed.connect(self._take_work)
        self._watch.done.connect(self._take_done)
        self._watch.failed.connect(self._take_trouble)
        self._refresh()

    @property
    def folder(self) -> Path:
        """Where exports go."""
        return Path(self._folder.text().strip())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the button that exports as proposed."""
        super().showEvent(event)
        self._fit()
        self._export.setFocus()

    # What it is made of.

    def _build(self, folder: Path) -> None:
        title = title_of("export-title", self)
        title.setText(self.tr("Export pictures: {count}").format(count=len(self._numbers)))
        self._options = QWidget(self)
        column = QVBoxLayout(self._options)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID + 4)
        column.addWidget(self._kinds())
        column.addWidget(self._pages())
        column.addWidget(self._folder_field(folder))
        inner = QVBoxLayout()
        inner.setContentsMargins(SIDE, SIDE - 4, SIDE, theme.GRID + 4)
        inner.setSpacing(theme.GRID + 4)
        inner.addWidget(title)
        inner.addWidget(self._options)
        inner.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inner, 1)
        whole.addWidget(rule(self))
        whole.addLayout(self._foot())
        self.setMinimumWidth(WIDTH)

    def _fit(self) -> None:
        """Be high enough for all sentences, which Qt leaves to whoever has a window."""
        if layout := self.layout():
            layout.activate()
            high = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), high))

    def _kinds(self) -> Segments:
        kinds = Segments("export-kind", self.tr("Export as"), self)
        kinds.add(PICTURES, self.tr("Pictures"), "", "export-kind-pictures")
        kinds.add(SHEET, self.tr("Contact sheet"), "", "export-kind-sheet")
        kinds.add(TABLE, self.tr("Table of recipes"), "", "export-kind-table")
        kinds.choose(PICTURES)
        kinds.chosen.connect(self._choose)
        return kinds

    def _pages(self) -> QStackedWidget:
        first = self._desk.model.entry_of(self._numbers[0]) if self._numbers else None
        self._choices = (PicturesPage(first, self), SheetPage(self), TablePage(self))
        self._stack = QStackedWidget(self)
        for page in self._choices:
            page.changed.connect(self._refresh)
            self._stack.addWidget(page)
        return self._stack

    def _folder_field(self, folder: Path) -> Field:
        self._folder = QLineEdit(str(folder), self)
        named(self._folder, "export-folder", self.tr("Folder"))
        self._folder.textChanged.connect(self._refresh)
        choose = button_of("export-choose", self.tr("Choose…"), self)
        choose.clicked.connect(self._choose_folder)
        self._folder_part = Field(
            self.tr("F&older"), beside(self._folder, choose, stretch=(1,)), self._folder, self
        )
        return self._folder_part

    def _foot(self) -> QVBoxLayout:
        self._strip = WorkStrip("export", self)
        self._strip.cancelled.connect(self._desk.cancel)
        self._result, self._problems = Note("export-result", "value"), Note("export-problems")
        for note in (self._result, self._problems):
            note.setParent(self)
            note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reveal = button_of("export-reveal", self.tr("Show in folder"), self)
        self._reveal.clicked.connect(self._show_folder)
        self._reveal.hide()
        self._close = button_of("export-close", self.tr("Close"), self)
        self._close.clicked.connect(self.reject)
        self._export = button_of("export-start", self.tr("Export"), self)
        theme.mark(self._export, "primary")
        self._export.setDefault(True)
        self._export.clicked.connect(self._start)
        for button in (self._reveal, self._close):
            theme.mark(button, "tall")
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._reveal)
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._export)
        column = QVBoxLayout()
        column.setContentsMargins(SIDE, theme.GRID + 4, SIDE, theme.GRID + 4)
        column.setSpacing(theme.GRID)
        for widget in (self._strip, self._result, self._problems):
            column.addWidget(widget)
        column.addLayout(row)
        return column

    # What is chosen.

    def _choose(self, kind: object) -> None:
        self._stack.setCurrentIndex(int(str(kind)))
        self._refresh()

    def _choose_folder(self) -> None:
        title = self.tr("Export to")
        dialog = QFileDialog(self, title, self._folder.text())
        dialog.setObjectName("export-folder-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._folder.setText)
        dialog.open()

    def _refresh(self) -> None:
        page = self._choices[self._stack.currentIndex()]
        problem = "" if self.folder.is_absolute() else self.tr("Choose a folder.")
        self._folder_part.set_problem(problem)
        self._export.setEnabled(
            not (self._watch.waiting or problem or page.problem or not self._numbers)
        )
        self._options.setEnabled(not self._watch.waiting)
        if self.isVisible():
            self._fit()

    # What is done.

    def _start(self) -> None:
        wish = self._choices[self._stack.currentIndex()].wish(self.folder)
        self._watch.begin()
        self._result.say("")
        self._problems.say("")
        self._reveal.hide()
        self._refresh()
        self._desk.export(wish, self._numbers)

    def _take_work(self, work: Work) -> None:
        self._strip.show_work(work)
        self._fit()

    def _take_trouble(self, sentence: str) -> None:
        self._end(sentence, "error")

    def _take_done(self, done: TaskDone) -> None:
        self._made = done.report.files
        self._end(self._sentence(done.report), "value")
        self._problems.say(self._list(done.report.problems))
        self._reveal.setVisible(bool(self._made))
        self._fit()

    def _end(self, sentence: str, kind: theme.Mark) -> None:
        self._strip.hide()
        theme.mark(self._result, "value", kind == "value")
        theme.mark(self._result, "error", kind == "error")
        self._result.say(sentence)
        self._refresh()
        self._close.setFocus()

    def _sentence(self, report: Exported) -> str:
        if report.cancelled:
            text = self.tr("Stopped. Files that were made before that: {count}.")
        elif not report.files:
            text = self.tr("Nothing could be exported.")
        elif report.problems:
            text = self.tr("Files made: {count}. Not all pictures could be exported:")
        else:
            text = self.tr("Done. Files made and read back: {count}.")
        return text.format(count=len(report.files))

    def _list(self, problems: Sequence[str]) -> str:
        shown = list(dict.fromkeys(problems))
        more = len(shown) - MOST_PROBLEMS
        rest = [self.tr("… and {count} more.").format(count=more)] if more > 0 else []
        return "\n".join([*shown[:MOST_PROBLEMS], *rest])

    def _show_folder(self) -> None:
        reveal(self._made[0])


def usual_folder() -> Path:
    """Give the folder that exports go to if nobody chose another."""
    place = QStandardPaths.StandardLocation.PicturesLocation
    return Path(QStandardPaths.writableLocation(place)) / "Exports"
