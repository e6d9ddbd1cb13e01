"""Where a picture came from and what came of it: parents, it and its siblings, children."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldm_desktop.gallery.records import Entry, short
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import Lineage
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery.lineage_tile import CAPTION, FamilyTile
from ldm_desktop.ui.widgets import named

GAP = theme.GRID
LINK = 28
"""Logical pixels between generations at least, for the lines."""
COLUMNS = 3
SMALLEST = 40
WAYS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class LineageView(QWidget):
    """Three generations in columns; a click or Return goes to a relative, arrows move about."""

    chosen = Signal(object)  # Entry
    searched = Signal(str)
    """A query for relatives that there is no room for."""

    def __init__(
        self, desk: GalleryDesk, rows: int = 3, largest: int = 72, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, "gallery-lineage", self.tr("Family of the picture"))
        self._desk = desk
        self._rows = rows
        self._largest = largest
        self._lineage: Lineage | None = None
        self._columns: tuple[list[FamilyTile], ...] = ([], [], [])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.LOOK.changed.connect(self._refresh)

    @property
    def lineage(self) -> Lineage | None:
        """What is shown."""
        return self._lineage

    @property
    def tiles(self) -> tuple[tuple[FamilyTile, ...], ...]:
        """Parents, the picture among its siblings, children."""
        return tuple(tuple(column) for column in self._columns)

    @property
    def tile(self) -> FamilyTile | None:
        """The picture's own tile."""
        return next((tile for tile in self._columns[1] if tile.own), None)

    def show_lineage(self, lineage: Lineage | None) -> None:
        """Show a picture's relatives."""
        had_focus = any(tile.hasFocus() for column in self._columns for tile in column)
        for column in self._columns:
            for tile in column:
                tile.hide()
                tile.deleteLater()
        self._lineage = lineage
        self._columns = self._tiles(lineage) if lineage else ([], [], [])
        self._describe()
        self._arrange()
        self.updateGeometry()
        if had_focus and (own := self.tile):
            own.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown.

    def _tiles(self, lineage: Lineage) -> tuple[list[FamilyTile], ...]:
        own = lineage.picture
        parents = [self._of(each) for each in lineage.parents]
        parents += [self._tile(FamilyTile.unknown(short(each), self)) for each in lineage.unknown]
        siblings = [self._of(each) for each in lineage.siblings]
        middle = [self._of(own, own=True), *siblings]
        children = [self._of(each) for each in lineage.children]
        elder = lineage.parents[0].id if lineage.parents else None
        return (
            self._capped(parents, f"child:{short(own.id)}"),
            self._capped(middle, f"parent:{short(elder)}" if elder else ""),
            self._capped(children, f"parent:{short(own.id)}"),
        )

    def _of(self, entry: Entry, *, own: bool = False) -> FamilyTile:
        tile = self._tile(FamilyTile(self._desk, entry, own, self))
        tile.clicked.connect(partial(self.chosen.emit, entry))
        return tile

    def _tile(self, tile: FamilyTile) -> FamilyTile:
        tile.show()
        return tile

    def _describe(self) -> None:
        """Say of each relative what the columns show."""
        words = self.tr("Came from"), self.tr("Sibling"), self.tr("Became")
        for column, word in zip(self._columns, words, strict=True):
            for tile in column:
                own = self.tr("The picture itself")
                tile.setAccessibleDescription(own if tile.own else word)

    def _capped(self, tiles: list[FamilyTile], query: str) -> list[FamilyTile]:
        """Keep as many as there is room for; the last place tells how many more there are."""
        if len(tiles) <= self._rows:
            return tiles
        for tile in tiles[self._rows - 1 :]:
            tile.deleteLater()
        kept = tiles[: self._rows - 1]
        more = self._tile(FamilyTile.more(len(tiles) - len(kept), self))
        more.clicked.connect(partial(self.searched.emit, query))
        return [*kept, more]

    # Where it is shown.

    def sizeHint(self) -> QSize:
        """Ask for the room of the fullest column."""
        side = self._side(self.width())
        return QSize(COLUMNS * self._largest + 2 * LINK, self._height(side))

    def minimumSizeHint(self) -> QSize:
        """Need at least small tiles."""
        return QSize(COLUMNS * SMALLEST + 2 * LINK, self._height(SMALLEST))

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow one is lower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of the fullest column."""
        return self._height(self._side(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the tiles their places."""
        super().resizeEvent(event)
        self._arrange()

    def _refresh(self) -> None:
        self.update()

    def _side(self, width: int) -> int:
        return min(max((width - 2 * LINK) // COLUMNS, SMALLEST), self._largest)

    def _height(self, side: int) -> int:
        fullest = max([1, *map(len, self._columns)])
        return fullest * (side + CAPTION + GAP) - GAP

    def _arrange(self) -> None:
        side = self._side(self.width())
        step = (self.width() - side) // (COLUMNS - 1)
        for number, column in enumerate(self._columns):
            high = len(column) * (side + CAPTION + GAP) - GAP
            top = max((self.height() - high) // 2, 0)
            for row, tile in enumerate(column):
                tile.setGeometry(
                    QRect(number * step, top + row * (side + CAPTION + GAP), side, side + CAPTION)
                )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines of descent."""
        own = self.tile
        if own is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().border), 1.5))
        for parent in self._columns[0]:
            for tile in self._columns[1]:
                painter.drawPath(_line(parent, tile))
        for child in self._columns[2]:
            painter.drawPath(_line(own, child))
        painter.end()

    # Walking.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move about by arrows."""
        way = WAYS.get(Qt.Key(event.key()))
        if way is None or not self._walk(way):
            super().keyPressEvent(event)

    def _walk(self, way: QPoint) -> bool:
        here = self._focused()
        if here is None:
            return False
        column, row = here.x() + way.x(), here.y() + way.y()
        if not 0 <= column < COLUMNS or not self._columns[column]:
            return False
        tiles = self._columns[column]
        if way.x() and column == 1 and (own := self.tile):
            row = tiles.index(own)
        tiles[min(max(row, 0), len(tiles) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _focused(self) -> QPoint | None:
        for number, column in enumerate(self._columns):
            for row, tile in enumerate(column):
                if tile.hasFocus():
                    return QPoint(number, row)
        return None


def _line(left: FamilyTile, right: FamilyTile) -> QPainterPath:
    start, end = left.exit, right.entrance
    path = QPainterPath(QPointF(start))
    bend = (end.x() - start.x()) / 2
    path.cubicTo(
        QPointF(start.x() + bend, start.y()), QPointF(end.x() - bend, end.y()), QPointF(end)
    )
    return path
