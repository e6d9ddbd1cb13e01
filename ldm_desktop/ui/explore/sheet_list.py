"""The contact sheets there are: to open one again, to rename it, to remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import SheetRow
from ldm_desktop.ui import theme
from ldm_desktop.ui.explore import sheet_words
from ldm_desktop.ui.explore.sheet_frame import Frame
from ldm_desktop.ui.model_parts import button_of
from ldm_desktop.ui.widgets import Note, beside, named

if TYPE_CHECKING:
    from ldm_desktop.session.explore.seeds import SeedDesk

SIZE = QSize(860, 460)
NAME = 0
FIGURES = range(1, 6)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SheetsDialog(Frame):
    """Lists the sheets, the one opened last on top; `chosen` gives the plan of one to open."""

    chosen = Signal(object)  # SheetPlan
    renamed = Signal(object, str)  # UUID, name
    removed = Signal(object)  # UUID

    def __init__(self, seeds: SeedDesk, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("SheetsDialog", "Contact sheets")
        super().__init__("sheets-dialog", title, parent)
        self._seeds = seeds
        self._rows: tuple[SheetRow, ...] = ()
        self.table = self._table()
        self.words = Note("sheets-words", "muted", self)
        self.open_button = button_of("sheets-open", self.tr("Open"), self)
        self.rename_button = button_of("sheets-rename", self.tr("Rename"), self)
        self.remove_button = button_of("sheets-remove", self.tr("Remove…"), self)
        self.confirm = button_of("sheets-remove-really", self.tr("Remove it"), self)
        self._lay_out()
        self._connect()
        self._refresh()
        self.words.say(self.tr("Reading…"))
        seeds.sheets(self._take)

    @property
    def current(self) -> SheetRow | None:
        """The sheet that is chosen."""
        row = self.table.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    # What is listed.

    def _take(self, found: tuple[SheetRow, ...] | KnownError) -> None:
        if self.gone:
            return
        if isinstance(found, KnownError):
            self.words.say(str(found))
            return
        self._rows = found
        self.table.blockSignals(True)
        self.table.setRowCount(len(found))
        for number, row in enumerate(found):
            self._fill(number, row)
        self.table.blockSignals(False)
        if found:
            self.table.setCurrentCell(0, NAME)
        self.table.setFocus()
        self._refresh()

    def _fill(self, number: int, row: SheetRow) -> None:
        figures = (row.plan.count, row.formed, row.kept, row.culled, row.finished)
        texts = [row.plan.name, *map(sheet_words.number, figures)]
        texts += [row.plan.recipe.model.name, _day(row.opened)]
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            fixed = item.flags() & ~Qt.ItemFlag.ItemIsEditable
            if column != NAME:
                item.setFlags(fixed)
            if column in FIGURES:
                item.setTextAlignment(RIGHT)
            item.setToolTip(sheet_words.settings(row.plan.recipe, row.plan.draft))
            self.table.setItem(number, column, item)

    def _refresh(self) -> None:
        """Take back a question that was not answered; say that there are none if so."""
        there = self.current is not None
        for button in (self.open_button, self.rename_button, self.remove_button):
            button.setEnabled(there)
        self.confirm.hide()
        self.words.say("" if self._rows else self.tr("There are no contact sheets yet."))

    # What is done.

    def _open(self) -> None:
        if row := self.current:
            self.chosen.emit(row.plan)
            self.accept()

    def _rename(self) -> None:
        if item := self.table.item(self.table.currentRow(), NAME):
            self.table.editItem(item)

    def _take_name(self, item: QTableWidgetItem) -> None:
        row, name = self._rows[item.row()], item.text().strip()
        if item.column() != NAME or name == row.plan.name:
            return
        if name:
            self.renamed.emit(row.plan.id, name)
        self._seeds.sheets(self._take)

    def _ask(self) -> None:
        """Say what is lost, and let it be confirmed."""
        if row := self.current:
            text = self.tr(
                "“{name}” goes, and {count} tiles without a verdict are forgotten. Seeds you "
                "judged or noted stay remembered, and finished pictures stay."
            )
            count = row.plan.count - row.kept - row.culled
            words = text.format(name=row.plan.name, count=sheet_words.number(max(count, 0)))
            self.words.say(words)
            self.confirm.show()
            self.confirm.setFocus()

    def _remove(self) -> None:
        if row := self.current:
            self.removed.emit(row.plan.id)
            self._seeds.sheets(self._take)

    # How it is put together.

    def _table(self) -> QTableWidget:
        headings = [
            *(self.tr("Name"), self.tr("Seeds"), self.tr("Formed"), self.tr("Kept")),
            *(self.tr("Culled"), self.tr("Finished"), self.tr("Model"), self.tr("Opened")),
        ]
        table = QTableWidget(0, len(headings), self)
        named(table, "sheets-table", self.tr("Contact sheets"))
        table.setHorizontalHeaderLabels(headings)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in FIGURES:
            table.model().setHeaderData(
                column, Qt.Orientation.Horizontal, RIGHT, Qt.ItemDataRole.TextAlignmentRole
            )
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        for button in (self.remove_button, self.confirm):
            theme.mark(button, "danger")
        self.column.addWidget(self.table, 1)
        self.column.addLayout(beside(self.words, self.confirm, stretch=(1,)))
        close = button_of("sheets-close", self.tr("Close"), self)
        close.clicked.connect(self.reject)
        self.finish((self.rename_button, self.remove_button), (close, self.open_button))
        self.resize(SIZE)

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._refresh)
        self.table.itemActivated.connect(lambda _: self._open())
        self.table.itemChanged.connect(self._take_name)
        self.open_button.clicked.connect(self._open)
        self.rename_button.clicked.connect(self._rename)
        self.remove_button.clicked.connect(self._ask)
        self.confirm.clicked.connect(self._remove)


def _day(when: str) -> str:
    """Say when something was, short and in the person's time."""
    moment = QDateTime.fromString(when, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
