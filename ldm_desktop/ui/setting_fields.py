"""The fields of the settings dialog: a folder, a number."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QSpinBox, QWidget

from ldm_desktop.ui.widgets import WheelGuard, beside, named


class FolderField(QWidget):
    """A folder to type or to look for; empty is the usual one, which is shown pale."""

    chosen = Signal(str)

    def __init__(self, name: str, spoken: str, usual: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._usual = usual
        self._spoken = spoken
        self._edit = QLineEdit(self)
        named(self._edit, f"{name}-edit", spoken)
        self._edit.setPlaceholderText(usual)
        self._edit.editingFinished.connect(lambda: self.chosen.emit(self._edit.text().strip()))
        browse = QPushButton(self.tr("Browse…"), self)
        named(browse, f"{name}-browse", self.tr("Browse: {what}").format(what=spoken))
        browse.setAutoDefault(False)
        browse.clicked.connect(self.browse)
        row = beside(self._edit, browse, stretch=(1,))
        self.setLayout(row)
        self.setFocusProxy(self._edit)

    def show_value(self, folder: str) -> None:
        """Show a folder, or that it is the usual one."""
        if self._edit.text() != folder:
            self._edit.setText(folder)

    def browse(self) -> None:
        """Let the person look for a folder."""
        dialog = QFileDialog(self, self._spoken, self._edit.text() or self._usual)
        dialog.setObjectName("file-dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class NumberField(QSpinBox):
    """A number that the wheel leaves alone unless it has the focus."""

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        WheelGuard(self)
        self.setKeyboardTracking(False)

    def show_value(self, value: int) -> None:
        """Show a number without telling that it changed."""
        with QSignalBlocker(self):
            self.setValue(value)
