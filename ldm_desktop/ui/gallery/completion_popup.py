"""What could be typed next, in a list below a line; the keyboard stays in the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.widgets import named

if TYPE_CHECKING:
    from ldm_desktop.gallery.finding.complete import Completion

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW = 28
MOST_ROWS = 9
WIDEST = 520
EDGE = 4
DETAIL = Qt.ItemDataRole.UserRole + 1


class CompletionPopup(QFrame):
    """Lies over the window below a line; a click or the line's keys choose."""

    taken = Signal(object)  # Completion

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self.hide()
        self._line = line
        self._found: tuple[Completion, ...] = ()
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        named(self._list, "gallery-completions", self.tr("Completions"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(CompletionDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._clicked)
        theme.mark(self, "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.addWidget(self._list)

    @property
    def found(self) -> tuple[Completion, ...]:
        """What is offered."""
        return self._found

    @property
    def chosen(self) -> Completion | None:
        """The one that is marked, if any is."""
        index = self._list.currentIndex()
        return self._found[index.row()] if index.isValid() else None

    def offer(self, found: tuple[Completion, ...]) -> None:
        """Show what could be typed, below the line; none of it is marked yet."""
        self._found = found
        self._model.clear()
        for completion in found:
            item = QStandardItem(completion.text)
            item.setData(_detail(completion), DETAIL)
            item.setEditable(False)
            self._model.appendRow(item)
        self._list.scrollToTop()
        height = min(len(found), MOST_ROWS) * ROW + 2 * EDGE + 2
        window = self._line.window()
        self.setParent(window)
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        self.setGeometry(corner.x(), corner.y(), min(self._line.width(), WIDEST), height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Mark another one; beyond the ends none is marked."""
        count = len(self._found)
        row = (self._list.currentIndex().row() + 1 + by) % (count + 1) - 1
        self._list.setCurrentIndex(self._model.index(row, 0))
        # The keyboard is in the line, so that is where a screen reader listens.
        self._line.setAccessibleDescription(self._found[row].text if row >= 0 else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint an edge, because nothing else parts it from the window."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(theme.current().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _clicked(self, index: QModelIndex) -> None:
        self.taken.emit(self._found[index.row()])


def _detail(completion: Completion) -> str:
    count = "" if completion.count is None else QLocale().toString(completion.count)
    return "   ".join(part for part in (completion.detail, count) if part)


class CompletionDelegate(QStyledItemDelegate):
    """Paints what would be typed, and at the right what it means."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give all the same height."""
        return QSize(1, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one of them."""
        colours = theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.hover))
            painter.drawRoundedRect(QRectF(option.rect), EDGE, EDGE)
        inner = option.rect.adjusted(10, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.selection_text if selected else colours.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, index.data())
        left = painter.fontMetrics().horizontalAdvance(index.data()) + 16
        room = inner.adjusted(left, 0, 0, 0)
        painter.setFont(painting.text_font(painter.font()))
        painter.setPen(QColor(colours.selection_text if selected else colours.muted))
        detail = painter.fontMetrics().elidedText(
            index.data(DETAIL) or "", Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, detail)
        painter.restore()
