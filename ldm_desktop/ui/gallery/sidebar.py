"""The left side of the gallery: where to look, albums to put pictures into, kept searches."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import Counts
from ldm_desktop.ui import icons, painting, theme
from ldm_desktop.ui.gallery.shelf_model import Kind, Line, Role, ShelfModel
from ldm_desktop.ui.widgets import named, stacked

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemDelegate.EndEditHint
ROW, HEADING = 28, 34
ICON = 16
LEFT = 12
TEXT_FROM = LEFT + ICON + 8
PLACES = {
    "flag:picked": "flag-pick",
    "flag:rejected": "flag-reject",
    "is:unrated": "unrated",
    "is:duplicate": "duplicate",
    "is:imported": "import",
    "state:missing": "missing",
    "state:damaged": "warning",
    "state:trashed": "trash",
}
"""Drawings by how a place's query begins; every other one has that of all pictures."""


class Sidebar(QFrame):
    """The list of places and albums, and below it buttons for new ones."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery-sidebar")
        theme.mark(self, "panel")
        self._desk = desk
        self.list = ShelfList(desk, self)
        album = self._button("gallery-new-album", self.tr("Album"), self.tr("New album"))
        album.clicked.connect(self.new_album)
        self._smart = self._button(
            "gallery-new-smart-album",
            self.tr("Smart album"),
            self.tr("New smart album: keeps what is searched for now"),
        )
        self._smart.clicked.connect(self.new_smart_album)
        row = QHBoxLayout()
        row.setContentsMargins(4, 4, 4, 8)
        row.setSpacing(0)
        row.addWidget(album)
        row.addWidget(self._smart)
        row.addStretch(1)
        column = stacked(self, 0)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        desk.question_changed.connect(self._allow)
        self._allow()

    def new_album(self) -> None:
        """Let the person name a new album, in the list."""
        self.list.draft(Kind.ALBUM)

    def new_smart_album(self) -> None:
        """Let the person name what is searched for now, in the list."""
        if self._desk.query.strip():
            self.list.draft(Kind.SMART, self._desk.query)

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(icons.icon("plus", "muted"), text, self)
        named(button, name, tip, tip)
        theme.mark(button, "flat")
        button.setIconSize(QSize(14, 14))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _allow(self) -> None:
        self._smart.setEnabled(bool(self._desk.query.strip()))


class ShelfList(QListView):
    """Choosing a line asks for its pictures; the line that is asked for is marked."""

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "gallery-places", self.tr("Places and albums"))
        self._desk = desk
        self._shelves = ShelfModel(desk, self)
        self._late: Counts | None = None
        self.target = QPersistentModelIndex()
        self.setModel(self._shelves)
        delegate = ShelfDelegate(self)
        delegate.closeEditor.connect(self._edited)
        self.setItemDelegate(delegate)
        self._behave()
        self.clicked.connect(self._open)
        desk.counts_changed.connect(self.show_counts)
        desk.question_changed.connect(self._mark)
        self.show_counts(desk.counts)

    def show_counts(self, counts: Counts) -> None:
        """Show other lines, once nothing is being named."""
        if self.state() is QAbstractItemView.State.EditingState:
            self._late = counts
        else:
            self._shelves.show_counts(counts)
            self._mark()

    def draft(self, kind: Kind, query: str = "") -> None:
        """Let the person name a new album."""
        index = self._shelves.add_draft(kind, query)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Ask for what the arrows lead to."""
        super().currentChanged(current, previous)
        line: Line | None = current.data(Role.LINE)
        if self.hasFocus() and line and not line.draft:
            self._desk.set_query(line.shelf.query)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with an album."""
        index = self.indexAt(event.pos())
        line: Line | None = index.data(Role.LINE)
        if line and line.kind in (Kind.ALBUM, Kind.SMART) and not line.draft:
            self._menu(index, line).popup(event.globalPos())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark the album that pictures would go into."""
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        takes = self._shelves.canDropMimeData(event.mimeData(), event.dropAction(), -1, -1, index)
        event.setAccepted(takes)
        self._set_target(index if takes else QModelIndex())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Mark none."""
        super().dragLeaveEvent(event)
        self._set_target(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        """Put pictures into the album they are dropped on."""
        index = self.indexAt(event.position().toPoint())
        action = Qt.DropAction.CopyAction
        if self._shelves.dropMimeData(event.mimeData(), action, -1, -1, index):
            event.setDropAction(action)
            event.accept()
        self._set_target(QModelIndex())

    def _behave(self) -> None:
        theme.mark(self, "panel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)

    def _open(self, index: QModelIndex) -> None:
        line: Line = index.data(Role.LINE)
        if not line.draft and line.kind is not Kind.HEADING:
            self._desk.set_query(line.shelf.query)

    def _mark(self) -> None:
        index = self._shelves.index(self._shelves.row_of(self._desk.query))
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self.clearSelection()

    def _menu(self, index: QModelIndex, line: Line) -> QMenu:
        desk, album = self._desk, line.shelf.album
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line.kind is Kind.ALBUM:
            add = menu.addAction(self.tr("Put in the chosen pictures"))
            add.triggered.connect(lambda: desk.add_to_album(album))
            out = menu.addAction(self.tr("Take out the chosen pictures"))
            out.triggered.connect(lambda: desk.remove_from_album(album))
            for action in (add, out):
                action.setEnabled(bool(desk.targets))
            menu.addSeparator()
        kept = QPersistentModelIndex(index)
        menu.addAction(self.tr("Rename")).triggered.connect(lambda: self.edit(kept))
        remove = menu.addAction(self.tr("Remove the album; its pictures stay"))
        remove.triggered.connect(lambda: desk.remove_album(album))
        return menu

    def _edited(self, _editor: QWidget, _hint: Hint = Hint.NoHint) -> None:
        self._shelves.drop_draft()
        if self._late:
            counts, self._late = self._late, None
            self._shelves.show_counts(counts)
        self._mark()

    def _set_target(self, index: QModelIndex) -> None:
        self.target = QPersistentModelIndex(index)
        self.viewport().update()


class ShelfDelegate(QStyledItemDelegate):
    """Paints a line: a heading, or a drawing, a name and a count."""

    def __init__(self, view: ShelfList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give headings room above them."""
        line: Line = index.data(Role.LINE)
        return QSize(1, HEADING if line.kind is Kind.HEADING else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        line: Line = index.data(Role.LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.kind is Kind.HEADING:
            _paint_heading(painter, option.rect, line)
        else:
            self._paint_ground(painter, option, index)
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            _paint_shelf(painter, option.rect, line, selected=selected)
        painter.restore()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Name an album where its name stands."""
        editor.setGeometry(option.rect.adjusted(TEXT_FROM - 8, 0, -6, 0))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Rename only what has another name now; a new album takes the name that is offered."""
        line: Line = index.data(Role.LINE)
        name = editor.property("text")
        if line.draft or name != line.shelf.title:
            model.setData(index, name)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.current()
        selected = option.state & QStyle.StateFlag.State_Selected
        hovered = option.state & QStyle.StateFlag.State_MouseOver
        ground = QRectF(option.rect.adjusted(6, 1, -6, -1))
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.raised))
            painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        if self._view.target.isValid() and self._view.target == QPersistentModelIndex(index):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painting.paint_focus(painter, ground, theme.RADIUS)


def drawing_of(line: Line) -> str:
    """Give the name of the drawing for a line."""
    if line.kind is not Kind.PLACE:
        return "album" if line.kind is Kind.ALBUM else "smart-album"
    found = (name for begin, name in PLACES.items() if line.shelf.query.startswith(begin))
    return next(found, "all-pictures")


def _paint_heading(painter: QPainter, rect: QRect, line: Line) -> None:
    painter.setFont(painting.text_font(painter.font(), 11, strong=True))
    painter.setPen(QColor(theme.current().muted))
    bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
    painter.drawText(rect.adjusted(LEFT, 0, -LEFT, -5), bottom, line.shelf.title)


def _paint_shelf(painter: QPainter, rect: QRect, line: Line, *, selected: bool) -> None:
    colours = theme.current()
    text = colours.selection_text if selected else colours.text
    muted = colours.selection_text if selected else colours.muted
    corner = rect.topLeft() + QPoint(LEFT, (rect.height() - ICON) // 2)
    icons.draw(painter, drawing_of(line), muted, corner, ICON)
    middle = Qt.AlignmentFlag.AlignVCenter
    right, room = rect.right() - 14, rect.width() - TEXT_FROM - 14
    if line.shelf.count is not None:
        painter.setFont(painting.text_font(painter.font()))
        painter.setPen(QColor(muted))
        count = QLocale().toString(line.shelf.count)
        width = painter.fontMetrics().horizontalAdvance(count)
        place = QRect(right - width, rect.top(), width + 1, rect.height())
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, count)
        room -= width + 8
    painter.setFont(painting.text_font(painter.font(), theme.TEXT_SIZE))
    painter.setPen(QColor(text))
    name = painter.fontMetrics().elidedText(line.shelf.title, Qt.TextElideMode.ElideRight, room)
    place = QRect(rect.left() + TEXT_FROM, rect.top(), room, rect.height())
    painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, name)
