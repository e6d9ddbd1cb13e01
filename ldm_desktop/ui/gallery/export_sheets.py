"""A contact sheet or a table as an export: pages of the export dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from ldm_desktop.core.errors import KnownError
from ldm_desktop.ui import theme
from ldm_desktop.ui.widgets import Field, Segments, WheelGuard, named, stacked

if TYPE_CHECKING:
    from ldm_desktop.gallery.export.export_job import SheetJob, TableJob

PNG, PDF, JSON, CSV = "png", "pdf", "json", "csv"

translate = QCoreApplication.translate


class SheetPage(QWidget):
    """All pictures on one sheet, with words under them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = PDF
        column = stacked(self, theme.GRID + 4)
        column.addWidget(self._format_field())
        column.addWidget(self._layout_field())
        column.addWidget(self._captions_field())
        column.addWidget(self._paper_field())
        self._name = _name_line("export-sheet-name", self.tr("Contact sheet"), self)
        self._name_part = Field(self.tr("&Name"), self._name, self._name, self)
        self._name.textChanged.connect(self._refresh)
        column.addWidget(self._name_part)
        column.addStretch(1)
        self._refresh()

    @property
    def problem(self) -> str:
        """Why there can be no sheet, or nothing."""
        return _name_problem(self._name.text())

    def wish(self, folder: Path) -> SheetJob:
        """Give what is wished for."""
        from ldm_desktop.gallery.export.export_job import SheetJob
        from ldm_desktop.gallery.export.sheet_plan import Caption, Paper, SheetOptions

        captions = (Caption(key) for key, box in self._captions.items() if box.isChecked())
        options = SheetOptions(
            self._columns.value(),
            tuple(captions),
            Paper(self._paper),
            self._landscape.isChecked(),
            self._dark.isChecked(),
        )
        return SheetJob(_file(folder, self._name.text(), self._format), options)

    def _format_field(self) -> Field:
        formats = Segments("export-sheet-format", self.tr("Format"), self)
        formats.add(PDF, "PDF", self.tr("Pages to print"), "export-sheet-pdf")
        formats.add(PNG, "PNG", self.tr("One picture"), "export-sheet-png")
        formats.choose(PDF)
        formats.chosen.connect(self._choose_format)
        return Field(self.tr("&Format"), formats, formats, self)

    def _layout_field(self) -> Field:
        self._columns = QSpinBox(self)
        named(self._columns, "export-columns", self.tr("Columns"))
        self._columns.setRange(1, 24)
        self._columns.setValue(5)
        self._columns.setFixedWidth(72)
        WheelGuard(self._columns)
        self._dark = QCheckBox(self.tr("Dark background"), self)
        named(self._dark, "export-dark", self.tr("Dark background"))
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._columns)
        row.addWidget(self._dark)
        row.addStretch(1)
        return Field(self.tr("&Columns"), row, self._columns, self)

    def _captions_field(self) -> Field:
        texts = {
            "seed": self.tr("Seed"),
            "id": self.tr("Id"),
            "rating": self.tr("Rating"),
            "model": self.tr("Model"),
            "name": self.tr("File"),
        }
        self._captions: dict[str, QCheckBox] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.GRID + 4)
        for key, text in texts.items():
            box = self._captions[key] = QCheckBox(text, self)
            named(box, f"export-caption-{key}", self.tr("Caption: {what}").format(what=text))
            box.setChecked(key in ("seed", "id", "rating"))
            row.addWidget(box)
        row.addStretch(1)
        return Field(self.tr("C&aptions"), row, self._captions["seed"], self)

    def _paper_field(self) -> Field:
        self._paper = "a4"
        papers = Segments("export-paper", self.tr("Paper"), self)
        papers.add("a4", "A4", "", "export-paper-a4")
        papers.add("letter", self.tr("Letter"), "", "export-paper-letter")
        papers.choose(self._paper)
        papers.chosen.connect(self._choose_paper)
        self._landscape = QCheckBox(self.tr("Landscape"), self)
        named(self._landscape, "export-landscape", self.tr("Landscape"))
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        row.addWidget(papers, 1)
        row.addWidget(self._landscape)
        self._paper_part = Field(self.tr("&Paper"), row, papers, self)
        return self._paper_part

    def _choose_format(self, value: object) -> None:
        self._format = str(value)
        self._refresh()

    def _choose_paper(self, value: object) -> None:
        self._paper = str(value)

    def _refresh(self) -> None:
        self._paper_part.setVisible(self._format == PDF)
        self._name_part.set_problem(self.problem)
        self.changed.emit()


class TablePage(QWidget):
    """What is known of the pictures, for other programs."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = JSON
        formats = Segments("export-table-format", self.tr("Format"), self)
        formats.add(JSON, "JSON", "", "export-table-json")
        formats.add(CSV, "CSV", "", "export-table-csv")
        formats.choose(JSON)
        formats.chosen.connect(self._choose_format)
        self._format_part = Field(self.tr("&Format"), formats, formats, self)
        self._name = _name_line("export-table-name", self.tr("Recipes"), self)
        self._name_part = Field(self.tr("&Name"), self._name, self._name, self)
        self._name.textChanged.connect(self._refresh)
        column = stacked(self, theme.GRID + 4)
        column.addWidget(self._format_part)
        column.addWidget(self._name_part)
        column.addStretch(1)
        self._refresh()

    @property
    def problem(self) -> str:
        """Why there can be no table, or nothing."""
        return _name_problem(self._name.text())

    def wish(self, folder: Path) -> TableJob:
        """Give what is wished for."""
        from ldm_desktop.gallery.export.export_job import TableJob

        return TableJob(_file(folder, self._name.text(), self._format))

    def _choose_format(self, value: object) -> None:
        self._format = str(value)
        self._refresh()

    def _refresh(self) -> None:
        hints = {
            JSON: self.tr("Whole recipes, ratings, tags and notes, for programs and scripts."),
            CSV: self.tr("One line a picture, for spreadsheets; the recipe is one of its columns."),
        }
        self._format_part.set_hint(hints[self._format])
        self._name_part.set_problem(self.problem)
        self.changed.emit()


def _name_line(name: str, text: str, parent: QWidget) -> QLineEdit:
    line = QLineEdit(text, parent)
    named(line, name, translate("ExportSheets", "Name of the file"))
    return line


def _name_problem(text: str) -> str:
    from ldm_desktop.gallery.export import export_names

    # Braces mean nothing here, as there is one file only.
    try:
        export_names.check(text.replace("{", "_").replace("}", "_"))
    except KnownError as error:
        return str(error)
    return ""


def _file(folder: Path, name: str, ending: str) -> Path:
    from ldm_desktop.gallery.export import export_names

    return folder / f"{export_names.plain(name)}.{ending}"
