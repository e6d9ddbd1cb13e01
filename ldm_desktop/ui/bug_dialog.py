"""Reports to be read and copied; a bug is said once, plainly, and more of them join the first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.ui import theme

MOST = 20
"""Reports kept in one dialog; a fault in a timer would fill it without end."""


class ReportDialog(QDialog):
    """A sentence, and a long text below it that can be copied."""

    def __init__(self, title: str, sentence: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report-dialog")
        self.setWindowTitle(title)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 420)
        self.sentence = QLabel(sentence, self)
        self.sentence.setObjectName("report-sentence")
        self.sentence.setWordWrap(True)
        self.advice = QLabel(self)
        self.advice.setWordWrap(True)
        self.advice.hide()
        theme.mark(self.advice, "muted")
        self.field = self._field(text)
        self.closer = QPushButton(self.tr("Close"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self.advice)
        column.addWidget(self.field, 1)
        column.addLayout(self._buttons())
        self.closer.setFocus(Qt.FocusReason.PopupFocusReason)

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self.field.toPlainText())

    def _field(self, text: str) -> QPlainTextEdit:
        field = QPlainTextEdit(text, self)
        field.setObjectName("report-text")
        field.setAccessibleName(self.tr("Report"))
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        return field

    def _buttons(self) -> QHBoxLayout:
        copy = QPushButton(self.tr("Copy report"), self)
        copy.setObjectName("report-copy")
        copy.setAutoDefault(False)
        theme.mark(copy, "tall")
        copy.clicked.connect(self.copy)
        self.closer.setObjectName("report-close")
        theme.mark(self.closer, "primary")
        self.closer.setDefault(True)
        self.closer.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(self.closer)
        return row


class BugDialog(ReportDialog):
    """The one dialog for bugs; `add` another while it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Something went wrong"), "", "", parent)
        self.setObjectName("bug-dialog")
        self._reports: list[str] = []
        self._left_out = 0
        self.closer.setText(self.tr("Go on"))
        self.advice.setText(
            self.tr(
                "What is saved and queued is safe. You can go on; if it happens again, please "
                "send this report to the makers. There are no pictures in it."
            )
        )
        self.advice.show()

    def add(self, sentence: str, report: str) -> None:
        """Say what happened; the same report again is not repeated."""
        if report in self._reports:
            return
        self.sentence.setText(sentence)
        if len(self._reports) < MOST:
            self._reports.append(report)
        else:
            self._left_out += 1
        self.field.setPlainText("\n\n".join([*self._reports, *self._more()]))

    def _more(self) -> list[str]:
        text = self.tr("Reports left out: {count}")
        return [text.format(count=self._left_out)] if self._left_out else []
