"""Who made this, and what it stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from ldm_desktop import __version__
from ldm_desktop.ui import theme


class AboutDialog(QDialog):
    """Version, purpose and licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about-dialog")
        self.setWindowTitle(self.tr("About LDM Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = QLabel("LDM Desktop", self)
        font = title.font()
        font.setPixelSize(22)
        title.setFont(font)
        version = self._muted(self.tr("Version {version}").format(version=__version__))
        words = QLabel(
            self.tr(
                "Explore the seeds of latent diffusion models, offline, on your own computer. "
                "Nothing you make leaves it."
            ),
            self,
        )
        words.setWordWrap(True)
        stands = [self.tr("Made with PyTorch, diffusers and Qt {qt}.").format(qt=qVersion())]
        stands.append(self.tr("Free software under the Apache License 2.0."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 16)
        column.setSpacing(8)
        for widget in (title, version, words, self._muted("\n".join(stands))):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(buttons)
        self.setFixedWidth(420)

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.mark(label, "muted")
        return label
