"""Pictures as an export, each a file of its own: a page of the export dialog.

Values of `gallery.export` are named here by their text, because that module brings Pillow along;
it is imported when the wish is made.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.records import Entry
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery import picture_words
from ldm_desktop.ui.widgets import Field, Note, Segments, WheelGuard, named, stacked

if TYPE_CHECKING:
    from ldm_desktop.gallery.export.export import ExportOptions
    from ldm_desktop.gallery.export.export_names import Words

PNG, JPEG, WEBP = "png", "jpeg", "webp"
ENDINGS = {JPEG: "jpg"}
QUALITY = 90
INDENT = 24


class PicturesPage(QWidget):
    """Each picture as a file of its own."""

    changed = Signal()

    def __init__(self, entry: Entry | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self._format, self._metadata = PNG, "recipe"
        column = stacked(self, theme.GRID + 4)
        column.addWidget(self._format_field())
        column.addWidget(self._quality_field())
        column.addWidget(self._metadata_field())
        column.addWidget(self._names_field())
        self._refresh()

    @property
    def problem(self) -> str:
        """Why there can be no export, or nothing."""
        from ldm_desktop.gallery.export import export_names

        try:
            export_names.check(self._names.text())
        except KnownError as error:
            return str(error)
        return ""

    def wish(self, folder: Path) -> ExportOptions:
        """Give what is wished for."""
        from ldm_desktop.gallery.export.export import ExportOptions, Format
        from ldm_desktop.gallery.export.export_texts import Keep

        return ExportOptions(
            folder,
            Format(self._format),
            Keep(self._metadata),
            self._names.text(),
            self._quality.value(),
            self._format == WEBP and self._lossless.isChecked(),
        )

    def _format_field(self) -> Field:
        formats = Segments("export-format", self.tr("Format"), self)
        for value, text in ((PNG, "PNG"), (JPEG, "JPEG"), (WEBP, "WebP")):
            formats.add(value, text, "", f"export-format-{value}")
        formats.choose(PNG)
        formats.chosen.connect(self._choose_format)
        self._format_part = Field(self.tr("&Format"), formats, formats, self)
        return self._format_part

    def _quality_field(self) -> Field:
        self._quality = QSpinBox(self)
        named(self._quality, "export-quality", self.tr("Quality"))
        self._quality.setRange(1, 100)
        self._quality.setValue(QUALITY)
        self._quality.setSuffix(" %")
        self._quality.setFixedWidth(96)
        WheelGuard(self._quality)
        self._lossless = QCheckBox(self.tr("Lossless"), self)
        named(self._lossless, "export-lossless", self.tr("Lossless"))
        self._lossless.toggled.connect(self._refresh)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._quality)
        row.addWidget(self._lossless)
        row.addStretch(1)
        self._quality_part = Field(self.tr("&Quality"), row, self._quality, self)
        return self._quality_part

    def _metadata_field(self) -> Field:
        column = QVBoxLayout()
        column.setSpacing(2)
        self._kept: dict[str, QRadioButton] = {}
        for value, (text, meaning) in self._meanings().items():
            button = self._kept[value] = QRadioButton(text, self)
            named(button, f"export-metadata-{value}", text)
            button.setAccessibleDescription(meaning)
            button.setChecked(value == self._metadata)
            button.toggled.connect(self._choose_metadata)
            note = Note(f"export-meaning-{value}", "muted", self)
            note.setContentsMargins(INDENT, 0, 0, 4)
            note.say(meaning)
            column.addWidget(button)
            column.addWidget(note)
        return Field(self.tr("&Metadata"), column, self._kept["recipe"], self)

    def _meanings(self) -> dict[str, tuple[str, str]]:
        return {
            "recipe": (
                self.tr("With its recipe"),
                self.tr("Whoever gets the file can see how it was made, and make it again."),
            ),
            "mark": (
                self.tr("Only the mark that it was made by AI"),
                self.tr("The IPTC mark that platforms and laws ask for; no seed and no settings."),
            ),
            "none": (
                self.tr("Nothing"),
                self.tr("Pixels only: the file is read back to be sure that it says nothing else."),
            ),
        }

    def _names_field(self) -> Field:
        self._names = QLineEdit("{name}", self)
        named(self._names, "export-names", self.tr("Names"))
        self._names.textChanged.connect(self._refresh)
        self._names_part = Field(self.tr("&Names"), self._names, self._names, self)
        return self._names_part

    def _choose_format(self, value: object) -> None:
        self._format = str(value)
        self._refresh()

    def _choose_metadata(self) -> None:
        self._metadata = next(key for key, each in self._kept.items() if each.isChecked())

    def _refresh(self) -> None:
        self._format_part.set_hint(
            {
                PNG: self.tr("Every pixel as it is; large files."),
                JPEG: self.tr("Small files that every program opens; a little is lost."),
                WEBP: self.tr("Smaller than JPEG; most programs open it."),
            }[self._format]
        )
        self._quality_part.setVisible(self._format != PNG)
        self._lossless.setVisible(self._format == WEBP)
        self._quality.setEnabled(not (self._format == WEBP and self._lossless.isChecked()))
        problem = self.problem
        self._names_part.set_problem(problem)
        self._names_part.set_hint("" if problem else self._example())
        self.changed.emit()

    def _example(self) -> str:
        from ldm_desktop.gallery.export import export_names

        fields = "{name} {seed} {model} {date} {id} {rating} {n:03}"
        if self._entry is None:
            return fields
        made = export_names.fill(self._names.text(), _words(self._entry))
        text = self.tr("For example {file}. There is {fields}.")
        ending = ENDINGS.get(self._format, self._format)
        return text.format(file=f"{made}.{ending}", fields=fields)


def _words(entry: Entry) -> Words:
    from ldm_desktop.gallery.export.export_names import Words

    day = picture_words.iso_day(entry.created)
    return Words(entry.file.stem, entry.id, entry.seed, entry.model, day, entry.rating)
