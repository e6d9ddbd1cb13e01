"""An item view of tiles in lines, which reckons where things are instead of laying them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ldm_desktop.ui.geometry import Geometry
from ldm_desktop.ui.gliding import Gliding
from ldm_desktop.ui.rubber_band import RubberBand

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Flag = QItemSelectionModel.SelectionFlag
Move = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint
NOTCH = 120
"""Eighths of a degree that a wheel turns at once, times eight."""


class QTableView(QAbstractItemView):
    """A view whose rows a screen reader is told of: Qt knows the views it does that for by name."""


class TiledView(QTableView):
    """Says where the rows of a list are, scrolls there, and which of them a person chooses."""

    visible_changed = Signal(int, int)
    """The first and the last row on screen; the last before the first if there is none."""
    turned = Signal(int)
    """A wheel turned with Ctrl held, in eighths of a degree: tiles are to grow, or to shrink."""

    def __init__(self, model: QAbstractListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._side, self._foot = 1, 0
        self._starts: Sequence[int] = ()
        self._geometry = Geometry(0, 1, 1)
        self._visible = range(0)
        self._anchor = QPersistentModelIndex()
        self.band = RubberBand(self, self._choose_in)
        self._gliding = Gliding(self.verticalScrollBar())
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would lay out everything anew.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # Before Qt's own selection model hears of it.
        model.rowsAboutToBeRemoved.connect(self._step_aside)
        # Whoever paints all of it can be scrolled by copying.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_rows(self) -> None:
        """Take the rows in, once all is there that Qt then asks for: it calls at once."""
        self.setModel(self._rows)

    @property
    def tiles(self) -> Geometry:
        """Where everything is in the whole content."""
        return self._geometry

    @property
    def top(self) -> int:
        """How far the content is scrolled."""
        return self.verticalScrollBar().value()

    @property
    def visible(self) -> range:
        """The rows on screen."""
        return self._geometry.rows_between(self.top, self.top + self.viewport().height())

    def lay_out(self, side: int, foot: int, starts: Sequence[int], moved: int = 0) -> None:
        """Lay out anew, tiles being about `side` wide; what was looked at stays in sight.

        It has `moved` down by so many rows, because others came in (or went) above it.
        """
        self._side, self._foot, self._starts = side, foot, starts
        row = self._row_to_keep(moved)
        above = self._geometry.rect(row).top() - self.top if row >= 0 else 0
        width, count = self.viewport().width(), self._rows.rowCount()
        row += moved
        self._geometry = Geometry(count, width, side, foot, starts)
        self.updateGeometries()
        if 0 <= row < count:
            self._keep_at(row, above)
        self.viewport().update()
        self.tell_visible()

    def row_at(self, point: QPoint) -> int:
        """Give the row at a point on screen, or −1."""
        at, pinned = self.in_content(point), self._geometry.pinned(self.top)
        return -1 if pinned and at.y() <= pinned[1].bottom() else self._geometry.row_at(at)

    def group_at(self, point: QPoint) -> int:
        """Give the group whose heading is at a point on screen, or −1."""
        at, pinned = self.in_content(point), self._geometry.pinned(self.top)
        if pinned and at.y() <= pinned[1].bottom():
            return pinned[0]
        return self._geometry.heading_at(at)

    def in_content(self, point: QPoint) -> QPoint:
        """Give where a point on screen is in the whole content."""
        return point + QPoint(0, self.top)

    def selection_of(self, spans: Iterable[range]) -> QItemSelection:
        """Give a selection of rows."""
        selection = QItemSelection()
        for span in spans:
            if span:
                selection.select(self._rows.index(span[0]), self._rows.index(span[-1]))
        return selection

    def chosen_spans(self) -> list[range]:
        """Give the chosen rows, those beside each other as one range, in their order."""
        chosen = self.selectionModel().selection()
        each = map(chosen.at, range(chosen.count()))
        spans = sorted((span.top(), span.bottom()) for span in each)
        return [range(first, last + 1) for first, last in spans]

    def tell_visible(self) -> None:
        """Tell which rows are on screen if others are."""
        if (visible := self.visible) != self._visible:
            self._visible = visible
            self.visible_changed.emit(visible.start, visible.stop - 1)

    def update_rows(self, rows: Iterable[int]) -> None:
        """Have rows painted anew, those that are on screen."""
        seen = self.visible
        for row in rows:
            if row in seen:
                self.viewport().update(self._geometry.rect(row).translated(0, -self.top))

    # What Qt asks of a view.

    def visualRect(self, index: Index) -> QRect:
        """Give where a row is on screen."""
        if not 0 <= index.row() < self._geometry.count:
            return QRect()
        return self._geometry.rect(index.row()).translated(0, -self.top)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Give the row at a point on screen."""
        return self._rows.index(self.row_at(point))

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Bring a row on screen, with the heading above it if it is the first of its group."""
        row, height = index.row(), self.viewport().height()
        if not 0 <= row < self._geometry.count:
            return
        place = self._geometry.rect(row)
        if hint is Hint.PositionAtCenter:
            self._scroll(place.center().y() - height // 2)
        elif hint is Hint.PositionAtTop or place.top() - self._lead(row) < self.top:
            self._scroll(place.top() - self._lead(row))
        elif hint is Hint.PositionAtBottom or place.bottom() >= self.top + height:
            self._scroll(min(place.bottom() + 1 - height, place.top()))

    def moveCursor(self, action: Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Give where a key leads from the current row."""
        current, last = self.currentIndex().row(), self._geometry.count - 1
        if current < 0:
            return self._rows.index(0)
        page = max(self.viewport().height() // self._geometry.tile_height, 1)
        lines = {Move.MoveUp: -1, Move.MoveDown: 1, Move.MovePageUp: -page, Move.MovePageDown: page}
        if action in lines:
            return self._rows.index(self._geometry.moved(current, lines[action]))
        back = action in (Move.MoveLeft, Move.MovePrevious)
        ends = {Move.MoveHome: 0, Move.MoveEnd: last}
        row = ends.get(action, current + (-1 if back else 1))
        return self._rows.index(min(max(row, 0), last))

    def horizontalOffset(self) -> int:
        """Never scroll sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Give how far it is scrolled."""
        return self.top

    def isIndexHidden(self, _index: Index) -> bool:
        """Hide nothing."""
        return False

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Choose the row at a click; with Shift, all from the last one chosen to it."""
        if command & Flag.Current:
            current = self.currentIndex().row()
            anchor = self._anchor.row() if self._anchor.isValid() else current
            rows = range(min(anchor, current), max(anchor, current) + 1)
        else:
            row = self.row_at(rect.center())
            rows = range(row, row + 1) if row >= 0 else range(0)
            self._anchor = QPersistentModelIndex(self._rows.index(row))
        self.selectionModel().select(self.selection_of([rows]), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Give the part of the screen that a selection is on."""
        region, seen = QRegion(), self.visible
        for number in range(selection.count()):
            span = selection.at(number)
            first, end = max(span.top(), seen.start), min(span.bottom() + 1, seen.stop)
            if end - first > len(seen) // 2:
                return QRegion(self.viewport().rect())
            for row in range(first, end):
                region += self._geometry.rect(row).translated(0, -self.top)
        return region

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Paint both anew."""
        super().currentChanged(current, previous)
        self.update_rows([current.row(), previous.row()])

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Let a choice of one row begin what Shift extends."""
        super().selectionChanged(selected, deselected)
        chosen = self.selectionModel().selection()
        if chosen.count() == 1 and chosen.at(0).top() == chosen.at(0).bottom():
            self._anchor = QPersistentModelIndex(self._rows.index(chosen.at(0).top()))

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint anew what has changed, and no more than that."""
        if QAccessible.isActive():
            super().dataChanged(first, last, roles)
        seen = self.visible
        self.update_rows(range(max(first.row(), seen.start), min(last.row() + 1, seen.stop)))

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the content."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(self._geometry.height - height, 0))
        bar.setPageStep(height)
        # A handle that fills its bar is nothing to take hold of: the style sheet leaves it out.
        bar.setEnabled(bar.maximum() > 0)
        bar.setSingleStep(max(self._geometry.tile_height // 4, 1))
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self.lay_out(self._side, self._foot, self._starts)

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move what is painted already, so that only what comes in is painted."""
        if self.band.active or abs(dy) >= self.viewport().height():
            self.viewport().update()
        else:
            self.viewport().scroll(0, dy)
            # The heading that stays was moved along.
            stays = self._geometry.heading + max(dy, 0) if self._geometry.heading else 0
            self.viewport().update(0, 0, self.viewport().width(), stays)
        self.tell_visible()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Glide by whole turns of a wheel; a touch pad scrolls by itself."""
        turned = event.angleDelta().y()
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.turned.emit(turned)
            event.accept()
            return
        if event.modifiers() or not turned or not event.pixelDelta().isNull():
            super().wheelEvent(event)
            return
        step = min(self._geometry.tile_height, self.viewport().height() * 2 // 3)
        self._gliding.by(-turned * step // NOTCH)
        event.accept()

    def keyboardSearch(self, _search: str) -> None:
        """Look for nothing: letters are commands."""

    def _choose_in(self, rect: QRect, before: QItemSelection) -> None:
        selection = self.selection_of(self._geometry.spans_in(rect))
        selection.merge(before, Flag.Select)
        self.selectionModel().select(selection, Flag.ClearAndSelect)

    def _row_to_keep(self, moved: int) -> int:
        """Give the row on screen, as rows were counted before, that is to stay where it is."""
        current, seen = self.currentIndex().row(), self.visible
        if current in seen and not moved:
            return current
        return seen.start if seen and self.top else -1

    def _keep_at(self, row: int, above: int) -> None:
        """Leave a row where it was on screen; the very top stays the top if the row is there."""
        place = self._geometry.rect(row)
        if self.top or place.bottom() >= self.viewport().height():
            self.verticalScrollBar().setValue(place.top() - above)

    def _step_aside(self, _parent: Index, first: int, last: int) -> None:
        """Go on to the next row when the current one goes; Qt would go back to the one before."""
        if first <= self.currentIndex().row() <= last:
            following = self._rows.index(last + 1)
            index = following if following.isValid() else self._rows.index(first - 1)
            self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)

    def _lead(self, row: int) -> int:
        """Give how much of what is above a row is to be seen with it."""
        if self._geometry.heading:
            return self._geometry.heading
        group = self._geometry.group_of(row)
        first = self._geometry.rect(self._geometry.rows_of(group).start)
        if self._geometry.rect(row).top() != first.top():
            return 0
        return first.top()

    def _scroll(self, top: int) -> None:
        self._gliding.stop()
        self.verticalScrollBar().setValue(top)
