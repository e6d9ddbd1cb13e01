"""One tile of a contact sheet, large: to look closely, to judge, to go on to the next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.sheet import Sheet
from ldm_desktop.session.explore.sheet_model import Tile, TileState, spoken
from ldm_desktop.ui import painting, placeholder, theme
from ldm_desktop.ui.explore import sheet_keys, sheet_tile
from ldm_desktop.ui.explore.sheet_grid import SheetGrid
from ldm_desktop.ui.gallery import picture_overlay
from ldm_desktop.ui.gallery.culling import moves_on
from ldm_desktop.ui.surface import KEYPAD, Surface
from ldm_desktop.ui.viewport import Viewport

INSET = 10
WAYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}
NOTHING = (-1, 0)
"""No tile, and no step of one."""
LEAVING = (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SheetLoupe(Surface):
    """Shows the grid's current tile, decoded as soon as it can be."""

    closed = Signal()
    """Back to the grid."""

    def __init__(self, sheet: Sheet, grid: SheetGrid, parent: QWidget | None = None) -> None:
        super().__init__(Viewport(), parent)
        self.viewport.setParent(self)
        self.setObjectName("sheet-loupe")
        self.setAccessibleName(self.tr("Tile"))
        self._sheet = sheet
        self._grid = grid
        self._sharp = QImage()
        self._wanted = NOTHING
        sheet.sharp_changed.connect(self._take_sharp)
        sheet.model.dataChanged.connect(self._refresh)
        grid.chosen_changed.connect(self._follow)

    @property
    def tile(self) -> Tile | None:
        """The tile that is shown."""
        row = self._grid.currentIndex().row()
        return self._sheet.model.tile(row) if row >= 0 else None

    @property
    def sharp(self) -> bool:
        """Whether it is decoded."""
        return not self._sharp.isNull()

    # What is painted.

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile as far as it has formed, and say what it is."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().canvas))
        tile = self.tile
        if tile is None:
            placeholder.paint_hint(painter, QRectF(self.rect()), self.tr("No tile is chosen."))
        else:
            self._paint_tile(painter, tile)
        self.paint_focus(painter)
        painter.end()

    def _paint_tile(self, painter: QPainter, tile: Tile) -> None:
        assert self._sheet.plan
        self.place(self._sheet.plan.recipe.size)
        visible = self.on_screen()
        image = self._sharp if self.sharp else tile.image
        culled = tile.verdict is Verdict.CULLED
        painter.setOpacity(0.4 if culled else 1.0)
        if image.isNull():
            placeholder.paint_forming(painter, visible)
        else:
            self.paint_image(painter, self.viewport.target, image)
        painter.setOpacity(1.0)
        sheet_tile.paint_verdict(painter, visible, tile.verdict)
        if share := sheet_tile.progress_of(tile, self._sheet.until):
            painting.paint_progress(painter, visible, share)
        if tile.state is TileState.FAILED:
            title = self.tr("Seed {seed} cannot be formed").format(seed=tile.seed)
            picture_overlay.paint_trouble(painter, visible, title, tile.sentence)
        room = visible.adjusted(INSET, INSET, -INSET, -INSET)
        painting.paint_pill(painter, self._parts(tile), room, Qt.Corner.TopLeftCorner)

    def _parts(self, tile: Tile) -> list[str]:
        row, count = self._grid.currentIndex().row(), self._sheet.model.rowCount()
        place = self.tr("{row} of {count}").format(row=row + 1, count=count)
        look = "" if self.sharp or tile.image.isNull() else self.tr("rough")
        parts = [self.tr("Seed {seed}").format(seed=tile.seed), place, self._steps(tile), look]
        return [part for part in parts if part]

    def _steps(self, tile: Tile) -> str:
        if tile.state is TileState.FINISHED:
            return self.tr("finished")
        return self.tr("step {done} of {total}").format(done=tile.done, total=tile.total)

    # What is heard.

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look."""
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look at nothing any more, and let go of the pixels."""
        super().hideEvent(event)
        self._sharp, self._wanted = QImage(), NOTHING
        self._sheet.look_sharp(-1)

    def _follow(self) -> None:
        """Show what is current now; it is what is on screen."""
        row = self._grid.currentIndex().row()
        if self.isVisible():
            self._sheet.set_visible(row, row)
            self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        tile = self.tile
        self.setAccessibleDescription(spoken(tile) if tile else "")
        wanted = _wanted(tile) if tile else NOTHING
        if wanted != self._wanted:
            # What was decoded is another tile's, or this one's of a step before.
            self._wanted, self._sharp = wanted, QImage()
            self._sheet.look_sharp(self._grid.currentIndex().row() if wanted[1] else -1)
        self.update()

    def _take_sharp(self, place: int, image: QImage) -> None:
        if place == self._wanted[0]:
            self._sharp = image
            self.update()

    # What is done.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Judge, go to neighbours, look closer, go back."""
        verdict = sheet_keys.verdict_of(event)
        if verdict is not None:
            self._judge(verdict, go_on=moves_on(event))
        elif event.modifiers() & ~KEYPAD or not self._do(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the tile."""
        if self.tile:
            self._grid.make_menu().popup(event.globalPos())

    def _judge(self, verdict: Verdict, *, go_on: bool) -> None:
        row = self._grid.currentIndex().row()
        if row >= 0:
            self._grid.go_to(row)
            self._grid.judge(verdict, go_on=go_on)

    def _do(self, key: Qt.Key) -> bool:
        last = self._sheet.model.rowCount() - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if key in WAYS or key in ends:
            row = ends.get(key, self._grid.currentIndex().row() + WAYS.get(key, 0))
            self._grid.go_to(min(max(row, 0), last))
        elif key in LEAVING:
            self.closed.emit()
        elif key is Qt.Key.Key_Z:
            (self.viewport.actual if self.viewport.fits else self.viewport.fit)()
        else:
            return False
        return True


def _wanted(tile: Tile) -> tuple[int, int]:
    """Give which step of a tile is to be decoded; of one that is at work, none yet."""
    at_work = tile.state in (TileState.FORMING, TileState.FINISHING)
    return tile.place, 0 if at_work else tile.done
