"""The page of morphs: a path through pictures, seen at once and exported as what plays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ldm_desktop.core import morph as paths
from ldm_desktop.core.morph import ENDING
from ldm_desktop.session.explore.morph_drafts import waypoint_shares
from ldm_desktop.session.explore.morphs import Morphs
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore.morph_controls import MorphControls
from ldm_desktop.ui.explore.morph_export_dialog import MorphExportDialog
from ldm_desktop.ui.explore.morph_export_line import ExportLines
from ldm_desktop.ui.explore.morph_strip import MorphStrip
from ldm_desktop.ui.explore.morph_timeline import MorphTimeline
from ldm_desktop.ui.explore.morph_view import MorphView
from ldm_desktop.ui.widgets import IconButton, Note, named, plain, rule

OPENED = "*.morph.json *.webp *.gif *.mp4 *.png"


class MorphPage(QWidget):
    """The path below, what is at a place of it above, and in between how one travels."""

    possible_changed = Signal()

    def __init__(self, morphs: Morphs, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("morph-page")
        self._morphs = morphs
        self._actions = actions
        add = actions["morph-add"].shortcut()
        keys = add.toString(QKeySequence.SequenceFormat.NativeText)
        self._view = MorphView(morphs, keys, self)
        self._obstacle = Note("morph-obstacle", "warning", self)
        self._obstacle.setContentsMargins(12, 4, 12, 0)
        self._timeline = MorphTimeline(morphs, actions, self)
        self._controls = MorphControls(morphs, self)
        self.strip = MorphStrip(morphs, self)
        self._exports = ExportLines(morphs.exports, self)
        self._lay_out()
        self._connect()
        self._show()

    # What the window asks of a page.

    def subjects(self) -> tuple[Subject, ...]:
        """Give the picture or the draft at the place one is at."""
        if here := self._morphs.here:
            return (here,)
        stations = self._morphs.waypoints
        if not stations:
            return ()
        return (stations[max(0, min(self.strip.row, len(stations) - 1))].subject,)

    def take(self, subjects: tuple[Subject, ...]) -> None:
        """Put pictures at the end of the path that are nowhere on it."""
        there = {station.subject.recipe.noise for station in self._morphs.waypoints}
        fresh = tuple(each for each in subjects if each.recipe.noise not in there)
        if fresh:
            self._morphs.add(fresh)

    def slots(self) -> dict[str, Callable[[], object]]:
        """Say what actions do here, by their ids."""
        stack = self._morphs.undo_stack
        return {
            "morph-play": self._morphs.player.toggle,
            "morph-export": self.export,
            "morph-open": self.open,
            "morph-save": self.save,
            "undo": stack.undo,
            "redo": stack.redo,
            "previous-picture": lambda: self._go(-1),
            "next-picture": lambda: self._go(1),
        }

    def possible(self) -> dict[str, bool]:
        """Say which of them can be done now."""
        stack, path = self._morphs.undo_stack, self._morphs.path is not None
        some = bool(self._morphs.waypoints)
        return {
            **dict.fromkeys(("morph-play", "morph-export", "morph-save"), path),
            **dict.fromkeys(("previous-picture", "next-picture"), some),
            "undo": stack.canUndo(),
            "redo": stack.canRedo(),
        }

    # What its actions do.

    def export(self) -> None:
        """Ask as what the morph is exported."""
        if path := self._morphs.path:
            dialog = MorphExportDialog(self._morphs, path, parent=self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def open(self) -> None:
        """Ask for a file with a path in it."""
        dialog = self._file_dialog("morph-open-dialog", self.tr("Open a path"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Paths and exported morphs ({names})").format(names=OPENED))
        dialog.fileSelected.connect(lambda name: self._morphs.open(Path(name)))
        dialog.open()

    def save(self) -> None:
        """Ask where the path is written to."""
        dialog = self._file_dialog("morph-save-dialog", self.tr("Save the path"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Paths of morphs ({names})").format(names=f"*{ENDING}"))
        dialog.selectFile(f"morph{ENDING}")
        dialog.fileSelected.connect(lambda name: self._morphs.save(Path(name)))
        dialog.open()

    def _file_dialog(self, name: str, title: str) -> QFileDialog:
        place = QStandardPaths.StandardLocation.PicturesLocation
        dialog = QFileDialog(self, title, QStandardPaths.writableLocation(place))
        dialog.setObjectName(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _go(self, by: int) -> None:
        """Go to the picture of the path before or after the chosen one."""
        row = max(0, min(self.strip.row + by, len(self._morphs.waypoints) - 1))
        self.strip.choose(row)
        self._look_at_picture(row)

    def _look_at_picture(self, row: int) -> None:
        if path := self._morphs.path:
            self._morphs.player.look_at(waypoint_shares(path)[row])

    # What Qt tells.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play by Space, and take the chosen picture out by Delete."""
        if event.key() == Qt.Key.Key_Space:
            self._morphs.player.toggle()
        elif event.key() == Qt.Key.Key_Delete:
            self.strip.remove()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Let drafts form while they are seen."""
        super().showEvent(event)
        self._morphs.drafts.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take back what nobody sees."""
        super().hideEvent(event)
        self._morphs.player.pause()
        self._morphs.drafts.watch(False)

    # What it is made of.

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._view, 1)
        column.addWidget(self._obstacle)
        for widget in (self._timeline, self._controls, rule(self), self.strip, self._exports):
            column.addWidget(widget)
        self.setFocusProxy(self.strip)

    def _head(self) -> QHBoxLayout:
        heading = QLabel(self.tr("Morph"), self)
        theme.mark(heading, "heading")
        self._summary = QLabel(self)
        self._summary.setObjectName("morph-summary")
        theme.mark(self._summary, "muted")
        action = self._actions["morph-export"]
        export = QPushButton(plain(action.text()), self)
        named(export, "morph-export", plain(action.text()), action.toolTip())
        export.clicked.connect(action.trigger)
        action.changed.connect(lambda: export.setEnabled(action.isEnabled()))
        export.setEnabled(action.isEnabled())
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(theme.GRID)
        row.addWidget(heading)
        row.addWidget(self._summary, 1)
        for name in ("morph-open", "morph-save"):
            row.addWidget(IconButton.of(self._actions[name], self))
        row.addWidget(export)
        return row

    def _connect(self) -> None:
        morphs = self._morphs
        morphs.changed.connect(self._show)
        morphs.player.moved.connect(self._tell)
        morphs.undo_stack.indexChanged.connect(self._tell)
        self.strip.chosen.connect(self._controls.choose)
        self.strip.activated_at.connect(self._look_at_picture)
        self.strip.choose(0)

    def _tell(self) -> None:
        self.possible_changed.emit()

    def _show(self) -> None:
        morphs = self._morphs
        some = bool(morphs.waypoints)
        self._obstacle.say(morphs.obstacle if some else "")
        # To have but one picture is no trouble.
        theme.mark(self._obstacle, "warning", len(morphs.waypoints) > 1)
        theme.mark(self._obstacle, "muted", len(morphs.waypoints) < 2)
        for part in (self._timeline, self._controls, self.strip):
            part.setVisible(some)
        self._summary.setText(self._words())
        self._tell()

    def _words(self) -> str:
        path = self._morphs.path
        if not path:
            return ""
        parts = [
            self.tr("{count} pictures").format(count=len(path.waypoints)),
            self.tr("{degrees}° of way").format(degrees=round(paths.length(path))),
            self.tr("{count} frames").format(count=len(paths.moments(path))),
        ]
        return " · ".join(parts)
