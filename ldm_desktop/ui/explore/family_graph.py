"""A family drawn as a graph: generations from top to bottom, lines of descent between them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ldm_desktop.gallery.records import short
from ldm_desktop.session.explore.kin import Kin, Way
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery.lineage_tile import CAPTION, FamilyTile
from ldm_desktop.ui.widgets import named

LARGEST, SMALLEST = 112, 56
ACROSS, BETWEEN = 16, 36
"""Logical pixels between neighbours, and between generations."""
MARGIN = 24
MORE = 48
"""What it takes to say how many there was no room for."""
WAYS = {
    Qt.Key.Key_Up: Way.PARENT,
    Qt.Key.Key_Down: Way.CHILD,
    Qt.Key.Key_Left: Way.OLDER,
    Qt.Key.Key_Right: Way.YOUNGER,
}


class FamilyGraph(QWidget):
    """Shows `Kin`; a click goes to a relative, and so do the arrows from the picture itself."""

    chosen = Signal(object)  # UUID
    opened = Signal(object)  # UUID: Return or a click on the picture itself
    walked = Signal(object)  # Way

    def __init__(self, desk: GalleryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "family-graph", self.tr("Family of the picture"))
        theme.mark(self, "canvas")
        self._desk = desk
        self._kin: Kin | None = None
        self._tiles: dict[UUID, FamilyTile] = {}
        self._more: list[QLabel] = []
        theme.LOOK.changed.connect(self._refresh)

    @property
    def tiles(self) -> dict[UUID, FamilyTile]:
        """The pictures that are shown, by their ids."""
        return dict(self._tiles)

    def show_kin(self, kin: Kin | None) -> None:
        """Show a family; where the focus was in it, it is on the picture itself."""
        had_focus = any(tile.hasFocus() for tile in self._tiles.values())
        for each in (*self._tiles.values(), *self._more):
            each.hide()
            each.deleteLater()
        self._kin = kin
        self._tiles = (
            {each: self._tile(kin, each) for row in kin.rows for each in row} if kin else {}
        )
        self._more = [self._rest(count) for count in kin.left_out] if kin else []
        self.setMinimumSize(self.sizeHint())
        self._arrange()
        self.update()
        if kin:
            self.setFocusProxy(self._tiles[kin.picture])
            if had_focus:
                self.focus_picture()

    def focus_picture(self) -> None:
        """Put the focus on the picture whose family it is."""
        if self._kin:
            self._tiles[self._kin.picture].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tile(self, kin: Kin, picture: UUID) -> FamilyTile:
        entry = kin.entries.get(picture)
        if entry is None:
            tile = FamilyTile.unknown(short(picture), self)
        else:
            own = picture == kin.picture
            tile = FamilyTile(self._desk, entry, own, self)
            tile.clicked.connect(partial((self.opened if own else self.chosen).emit, picture))
            tile.setAccessibleDescription(self._role(kin, picture))
        tile.show()
        return tile

    def _role(self, kin: Kin, picture: UUID) -> str:
        if picture == kin.picture:
            return self.tr("The picture itself")
        row = next(number for number, each in enumerate(kin.rows) if picture in each)
        if row == kin.own_row:
            return self.tr("Sibling")
        return self.tr("Came from") if row < kin.own_row else self.tr("Became")

    def _rest(self, count: int) -> QLabel:
        label = QLabel(self.tr("+{count} more").format(count=count) if count else "", self)
        theme.mark(label, "muted")
        label.setVisible(bool(count))
        return label

    def _refresh(self) -> None:
        self.update()

    # Where everybody stands.

    def sizeHint(self) -> QSize:
        """Ask for small tiles at least."""
        rows = self._kin.rows if self._kin else ()
        widest = max((len(row) for row in rows), default=1)
        return QSize(
            widest * (SMALLEST + ACROSS) + 2 * (MARGIN + MORE),
            len(rows) * (SMALLEST + CAPTION + BETWEEN) + 2 * MARGIN,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give everybody a place."""
        super().resizeEvent(event)
        self._arrange()

    def _side(self, kin: Kin) -> int:
        widest = max(map(len, kin.rows))
        wide = (self.width() - 2 * (MARGIN + MORE)) // widest - ACROSS
        high = (self.height() - 2 * MARGIN) // len(kin.rows) - CAPTION - BETWEEN
        return max(SMALLEST, min(LARGEST, wide, high))

    def _arrange(self) -> None:
        if not self._kin:
            return
        side = self._side(self._kin)
        step = side + CAPTION + BETWEEN
        top = (self.height() - len(self._kin.rows) * step + BETWEEN) // 2
        for number, row in enumerate(self._kin.rows):
            wide = len(row) * (side + ACROSS) - ACROSS
            left = (self.width() - wide) // 2
            for place, picture in enumerate(row):
                x = left + place * (side + ACROSS)
                self._tiles[picture].setGeometry(
                    QRect(x, top + number * step, side, side + CAPTION)
                )
            self._more[number].setGeometry(
                QRect(left + wide + ACROSS, top + number * step, 2 * MORE, side)
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines of descent; those of the picture itself stand out."""
        if not self._kin:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.current()
        own = self._kin.picture
        lines = [(p, child) for child, mine in self._kin.parents.items() for p in mine]
        for parent, child in sorted(lines, key=lambda line: own in line):
            near = own in (parent, child)
            painter.setPen(QPen(QColor(colours.accent if near else colours.border), 1.5))
            painter.drawPath(self._line(self._tiles[parent], self._tiles[child]))
        painter.end()

    def _line(self, parent: FamilyTile, child: FamilyTile) -> QPainterPath:
        start = QPointF(parent.geometry().center().x(), parent.geometry().bottom() + 1)
        end = QPointF(child.geometry().center().x(), child.geometry().top())
        path = QPainterPath(start)
        bend = (end.y() - start.y()) / 2
        path.cubicTo(start + QPointF(0, bend), end - QPointF(0, bend), end)
        return path

    # Walking.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrows."""
        if (way := WAYS.get(Qt.Key(event.key()))) and not event.modifiers():
            self.walked.emit(way)
        else:
            super().keyPressEvent(event)
