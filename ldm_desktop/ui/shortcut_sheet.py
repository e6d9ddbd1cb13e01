"""Every shortcut in one table that can be searched."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.ui.action_spec import Group
from ldm_desktop.ui.actions import Actions


class ShortcutSheet(QDialog):
    """The actions by groups with their keys, and a field to search in both."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcut-sheet")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 640)
        self._model = self._fill(actions)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setRecursiveFilteringEnabled(True)
        self._found.setAutoAcceptChildRows(True)
        self._found.setFilterKeyColumn(-1)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._view = self._make_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(10)
        field = self._field()
        column.addWidget(field)
        column.addWidget(self._view, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        field.setFocus(Qt.FocusReason.PopupFocusReason)

    def search(self, text: str) -> None:
        """Show what has these words in its name, its keys or its explanation."""
        self._found.setFilterFixedString(text.strip())
        self._view.expandAll()

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The names and keys that are shown."""
        found = self._found
        heads = [found.index(row, 0) for row in range(found.rowCount())]
        return [
            (found.index(row, 0, head).data(), found.index(row, 1, head).data())
            for head in heads
            for row in range(found.rowCount(head))
        ]

    def _fill(self, actions: Actions) -> QStandardItemModel:
        model = QStandardItemModel(self)
        model.setHorizontalHeaderLabels(
            [self.tr("Action"), self.tr("Keys"), self.tr("What it does")]
        )
        for group in Group:
            head = _item(actions.title(group))
            font = head.font()
            font.setBold(True)
            head.setFont(font)
            for action in actions.group(group):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                texts = (action.text().rstrip("…"), keys, action.statusTip())
                head.appendRow([_item(text) for text in texts])
            model.appendRow([head, _item(""), _item("")])
        return model

    def _make_view(self) -> QTreeView:
        view = QTreeView(self)
        view.setObjectName("shortcut-table")
        view.setAccessibleName(self.tr("Shortcuts"))
        view.setModel(self._found)
        view.setIndentation(14)
        view.setStyleSheet("QTreeView::item { padding: 3px 12px 3px 4px; }")
        view.setRootIsDecorated(False)
        view.setItemsExpandable(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        view.header().setSectionsMovable(False)
        view.expandAll()
        return view

    def _field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("shortcut-search")
        field.setAccessibleName(self.tr("Search"))
        field.setPlaceholderText(self.tr("Search for an action or for keys"))
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self.search)
        return field


def _item(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setEditable(False)
    return item
