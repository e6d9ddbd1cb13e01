"""Anything by typing: a field over the window, and under it what fits."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.palette_commands import Command, Source, find
from ldm_desktop.ui.widgets import stacked

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WIDTH = 560
ROW = 34
MOST_ROWS = 10
STEPS: dict[int, int] = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: 1 - MOST_ROWS,
    Qt.Key.Key_PageDown: MOST_ROWS - 1,
}


class Role(IntEnum):
    """What a view can ask of a command."""

    COMMAND = Qt.ItemDataRole.UserRole + 1


class PaletteModel(QAbstractListModel):
    """The commands that fit, the best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands: list[Command] = []

    def show_commands(self, commands: list[Command]) -> None:
        """Show others."""
        self.beginResetModel()
        self._commands = commands
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count them."""
        return 0 if parent.isValid() else len(self._commands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Tell of one."""
        if not index.isValid():
            return None
        command = self._commands[index.row()]
        match role:
            case Role.COMMAND:
                return command
            case Qt.ItemDataRole.DisplayRole:
                return command.text
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = [command.text, command.group, command.shortcut]
                return ", ".join(filter(None, parts))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what is possible be chosen."""
        command: Command | None = self.data(index, Role.COMMAND)
        if command is None or not command.enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class CommandDelegate(QStyledItemDelegate):
    """Paints icon, text and group of a command, and its shortcut at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give every command the same height."""
        return QSize(WIDTH, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one command."""
        command: Command = index.data(Role.COMMAND)
        colours = theme.current()
        rect = option.rect.adjusted(6, 1, -6, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(QRectF(rect), theme.RADIUS, theme.RADIUS)
        muted = colours.selection_text if selected else colours.muted
        text = colours.selection_text if selected else colours.text
        if not command.enabled:
            muted = text = colours.disabled
        inner = rect.adjusted(10, 0, -12, 0)
        if command.icon:
            corner = inner.topLeft() + QPoint(0, (inner.height() - 16) // 2)
            icons.draw(painter, command.icon, muted, corner, 16)
        _line(painter, inner.adjusted(28, 0, 0, 0), command, text, muted)
        painter.restore()


def _line(painter: QPainter, rect: QRect, command: Command, text: str, muted: str) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    metrics = QFontMetrics(painter.font())
    painter.setPen(QColor(muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | middle, command.shortcut)
    rect = rect.adjusted(0, 0, -metrics.horizontalAdvance(command.shortcut) - 16, 0)
    painter.setPen(QColor(text))
    title = metrics.elidedText(command.text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | middle, title)
    rect = rect.adjusted(metrics.horizontalAdvance(title) + 12, 0, 0, 0)
    painter.setPen(QColor(muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | middle, command.group)


class CommandPalette(QFrame):
    """A popup at the top of a window; Return runs what is chosen, Escape does nothing."""

    def __init__(self, sources: Sequence[Source], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAccessibleName(self.tr("Command palette"))
        self.setWindowTitle(self.tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.mark(self, "panel")
        self._window = parent.window()
        self._sources = sources
        self._model = PaletteModel(self)
        self._field = self._make_field()
        self._list = self._make_list()
        self._nothing = QLabel(self.tr("Nothing fits."), self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setFixedHeight(ROW)
        theme.mark(self._nothing, "muted")
        column = stacked(self, 6)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._field)
        column.addWidget(self._list)
        column.addWidget(self._nothing)
        self.setFixedWidth(WIDTH)
        self._find("")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint an edge, because nothing else parts it from the window."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(theme.current().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def open(self) -> None:
        """Come up at the top of the window, ready to be typed into."""
        corner = QPoint((self._window.width() - self.width()) // 2, 64)
        self.move(self._window.mapToGlobal(corner))
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows in the field choose in the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            by = STEPS.get(event.key(), 0)
            self._step(by)
            return bool(by)
        return super().eventFilter(watched, event)

    def _make_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("palette-field")
        field.setAccessibleName(self.tr("Command"))
        field.setPlaceholderText(self.tr("Type a command, a seed, a model or a sampler"))
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._find)
        field.returnPressed.connect(self._run_chosen)
        field.installEventFilter(self)
        return field

    def _make_list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("palette-list")
        view.setAccessibleName(self.tr("What fits"))
        view.setModel(self._model)
        view.setItemDelegate(CommandDelegate(view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(self._run)
        return view

    def _find(self, typed: str) -> None:
        found = find(self._sources, typed)
        self._model.show_commands(found)
        self._list.setFixedHeight(ROW * min(len(found), MOST_ROWS) + 2)
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            self._list.setCurrentIndex(self._model.index(0))
        self.adjustSize()

    def _step(self, by: int) -> None:
        row = self._list.currentIndex().row() + by
        row = max(0, min(row, self._model.rowCount() - 1))
        self._list.setCurrentIndex(self._model.index(row))

    def _run_chosen(self) -> None:
        if self._list.currentIndex().isValid():
            self._run(self._list.currentIndex())

    def _run(self, index: QModelIndex) -> None:
        command: Command = index.data(Role.COMMAND)
        if command.enabled:
            self.close()
            # Once the popup has gone, so that what opens next gets the focus.
            QTimer.singleShot(0, self._window, command.run)
