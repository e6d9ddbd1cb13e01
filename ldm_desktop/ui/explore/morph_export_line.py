"""How far exports are, each in a line: cancel it, go on with it, or see what it has become."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ldm_desktop.session import wording
from ldm_desktop.session.explore.morph_export import Exports, ExportStage, ExportView
from ldm_desktop.ui import theme
from ldm_desktop.ui.model_parts import button_of
from ldm_desktop.ui.picture_commands import reveal
from ldm_desktop.ui.widgets import beside, stacked

MOST = 3
"""Lines that are shown; older exports come up when these have gone."""


class ExportLines(QFrame):
    """The newest exports, one under the other; hidden if there is none."""

    def __init__(self, exports: Exports, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("morph-exports")
        theme.mark(self, "panel")
        self._exports = exports
        self._lines: list[ExportLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 12, 6)
        self._column.setSpacing(theme.GRID)
        exports.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        views = self._exports.views[:MOST]
        while len(self._lines) < len(views):
            line = ExportLine(self._exports, len(self._lines), self)
            self._lines.append(line)
            self._column.addWidget(line)
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(views))
            if number < len(views):
                line.show_view(views[number])
        self.setVisible(bool(views))


class ExportLine(QWidget):
    """Words, a bar and what can be done."""

    def __init__(self, exports: Exports, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exports = exports
        self._view: ExportView | None = None
        name = f"morph-export-{number}"
        self._words, self._amount = QLabel(self), QLabel(self)
        self._words.setObjectName(f"{name}-words")
        self._amount.setObjectName(f"{name}-amount")
        theme.mark(self._amount, "muted")
        self._bar = QProgressBar(self)
        self._bar.setObjectName(f"{name}-progress")
        self._bar.setAccessibleName(self.tr("Progress of the export"))
        self._bar.setTextVisible(False)
        self._buttons = self._make_buttons(name)
        left = QWidget(self)
        column = stacked(left, 4)
        column.addLayout(beside(self._words, self._amount, stretch=(1,)))
        column.addWidget(self._bar)
        row = beside(left, *self._buttons.values(), stretch=(1,))
        row.setSpacing(theme.GRID)
        self.setLayout(row)

    def show_view(self, view: ExportView) -> None:
        """Show how far an export is."""
        self._view = view
        stage = view.stage
        self._words.setText(self._sentence(view))
        self._words.setToolTip(view.kept.target)
        self._amount.setText(self._amounts(view))
        self._bar.setRange(0, view.total)
        self._bar.setValue(view.done)
        self._bar.setVisible(stage is not ExportStage.DONE)
        ended = stage in (ExportStage.DONE, ExportStage.STOPPED)
        shown = {
            "cancel": not ended,
            "go-on": stage is ExportStage.STOPPED,
            "discard": stage is ExportStage.STOPPED,
            "reveal": stage is ExportStage.DONE,
            "dismiss": stage is ExportStage.DONE,
        }
        for key, on in shown.items():
            self._buttons[key].setVisible(on)

    def _make_buttons(self, name: str) -> dict[str, QPushButton]:
        entries = {
            "cancel": (self.tr("Cancel"), self.tr("Stop; what is made stays"), self._cancel),
            "go-on": (self.tr("Go on"), self.tr("Make what is missing"), self._go_on),
            "discard": (
                self.tr("Give up"),
                self.tr("Remove the frames that are made"),
                self._discard,
            ),
            "reveal": (self.tr("Show in folder"), "", self._reveal),
            "dismiss": (self.tr("Close"), "", self._dismiss),
        }
        buttons = {}
        for key, (text, tip, act) in entries.items():
            buttons[key] = button_of(f"{name}-{key}", text, self, tip)
            buttons[key].clicked.connect(act)
        return buttons

    def _sentence(self, view: ExportView) -> str:
        name = Path(view.kept.target).name
        text = {
            ExportStage.MAKING: self.tr("Making the pictures of {name}"),
            ExportStage.PAUSED: self.tr("{name} is paused in the queue"),
            ExportStage.ASSEMBLING: self.tr("Putting {name} together"),
            ExportStage.DONE: self.tr("{name} is saved"),
            ExportStage.STOPPED: self.tr("{name} is not finished"),
        }[view.stage]
        words = text.format(name=name)
        return f"{words}: {view.sentence}" if view.sentence else words

    def _amounts(self, view: ExportView) -> str:
        if view.stage is ExportStage.DONE:
            return ""
        numbers = QLocale()
        text = self.tr("{done} of {total}")
        counted = text.format(done=numbers.toString(view.done), total=numbers.toString(view.total))
        return " · ".join(filter(None, [counted, wording.left(view.eta)]))

    def _cancel(self) -> None:
        if self._view:
            self._exports.cancel(self._view.id)

    def _go_on(self) -> None:
        if self._view:
            self._exports.go_on(self._view.id)

    def _discard(self) -> None:
        if self._view:
            self._exports.discard(self._view.id)

    def _dismiss(self) -> None:
        if self._view:
            self._exports.dismiss(self._view.id)

    def _reveal(self) -> None:
        if self._view:
            reveal(Path(self._view.kept.target))
