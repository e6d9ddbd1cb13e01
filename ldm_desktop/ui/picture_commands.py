"""What the actions on files do, and what can be done with the picture on screen."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ldm_desktop.session.session import Session
from ldm_desktop.session.shown import Shown
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.paged_actions import Page


class PictureCommands(QObject):
    """Connects actions to the stage, by way of file dialogs where there is a file to name."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.PicturesLocation
        )
        stage = session.stage
        actions["open"].triggered.connect(self._open)
        actions.bind(Page.STUDIO, {"save-as": self._save_as, "reveal": self._reveal})
        stage.shown_changed.connect(self._follow)
        stage.image_changed.connect(lambda _: self._follow(stage.shown))
        self._follow(stage.shown)

    def _follow(self, shown: Shown | None) -> None:
        seen = shown is not None and not shown.image.isNull()
        on_disk = shown is not None and shown.file is not None
        possible = {
            "copy-picture": seen,
            "copy-seed": shown is not None,
            "copy-recipe": shown is not None,
            "save-as": on_disk,
            "reveal": on_disk,
            "gallery-show": on_disk,
        }
        self._actions.allow(Page.STUDIO, possible)

    def _open(self) -> None:
        names = self.tr("Pictures and recipes (*.png *.json)")
        dialog = self._dialog(self.tr("Take settings from"), self.tr("Open"), names)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._session.restoring.restore([Path(name)]))
        dialog.open()

    def _save_as(self) -> None:
        shown = self._session.stage.shown
        if not shown or not shown.file:
            return
        dialog = self._dialog(self.tr("Save a copy"), self.tr("Save"), self.tr("PNG (*.png)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        # Nothing is replaced here, so there is nothing to confirm; a taken name is explained.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(shown.file.name)
        dialog.fileSelected.connect(lambda name: self._session.stage.save_as(Path(name)))
        dialog.open()

    def _dialog(self, title: str, label: str, names: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._folder, names)
        dialog.setObjectName("file-dialog")
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, label)
        dialog.finished.connect(lambda: self._remember(dialog))
        return dialog

    def _remember(self, dialog: QFileDialog) -> None:
        self._folder = dialog.directory().absolutePath()
        dialog.deleteLater()

    def _reveal(self) -> None:
        shown = self._session.stage.shown
        if shown and shown.file:
            reveal(shown.file)


def reveal(file: Path) -> None:
    """Show a file in the system's file manager, selected where the system can do that."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer.exe", ["/select,", str(file)])
    elif sys.platform == "darwin":
        QProcess.startDetached("/usr/bin/open", ["-R", str(file)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
