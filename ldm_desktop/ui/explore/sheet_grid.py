"""All tiles of the open contact sheet: to see them form, to choose among them, to cull."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from itertools import chain, islice

from PySide6.QtCore import QItemSelection, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.sheet import Sheet
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.ui import placeholder
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore import sheet_keys, sheet_tile, sheet_words
from ldm_desktop.ui.explore.sheet_tile import Part
from ldm_desktop.ui.gallery.culling import moves_on
from ldm_desktop.ui.tile_grid import KEYPAD, TileGrid
from ldm_desktop.ui.tiled_view import Flag, Index

SIDE = 132
SMALLEST, LARGEST = 64, 384
SQUARE = QSize(1, 1)
NOWHERE = -1
MOST_ASKED = 64
"""Chosen tiles among which a failed one is looked for."""
TALLEST = 2.0
"""Times its width, as high as a tile becomes."""
PAGE_KEYS = frozenset(
    [
        *(Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape),
        *(Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus),
    ]
)
"""Keys that the page around the grid takes."""
MENU = ("copy-seed", "copy-recipe", "copy-picture", "use-settings", "star-seed", "")
WAYS = ("explore-variations", "explore-trajectory", "gallery-show")


class SheetGrid(TileGrid):
    """Tells the sheet which rows are on screen and what is said of tiles; asks for those only."""

    chosen_changed = Signal()
    """Another tile is current, or others are chosen."""

    def __init__(self, sheet: Sheet, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(sheet.model, parent)
        self.setObjectName("sheet-grid")
        self.setAccessibleName(self.tr("Tiles of the sheet"))
        self._sheet = sheet
        self._actions = actions
        self._painter = sheet_tile.Painter()
        self._side = SIDE
        self._place = NOWHERE
        self._shown = sheet.plan.id if sheet.plan else None
        self.show_rows()
        model = sheet.model
        model.modelAboutToBeReset.connect(self._note_place)
        model.modelReset.connect(self._take_reset)
        model.rowsInserted.connect(self._arrange)
        model.rowsRemoved.connect(self._arrange)
        self.visible_changed.connect(self._tell)
        self._arrange()

    @property
    def shape(self) -> QSize:
        """The proportions of the sheet's pictures."""
        return QSize(*self._sheet.plan.recipe.size) if self._sheet.plan else SQUARE

    @property
    def targets(self) -> tuple[int, ...]:
        """The chosen rows, or else the current one."""
        return self.first_targets(self._sheet.count)

    def first_targets(self, most: int) -> tuple[int, ...]:
        """Give the first of the chosen rows, or else the current one."""
        rows = tuple(islice(chain.from_iterable(self.chosen_spans()), most))
        current = self.currentIndex().row()
        return rows or ((current,) if current >= 0 else ())

    def set_side(self, side: int) -> None:
        """Show tiles of another size, in logical pixels."""
        self._side = side
        self._arrange()

    def go_to(self, row: int) -> None:
        """Make a row current, and the only one chosen."""
        index = self._sheet.model.index(row)
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)

    def judge(self, verdict: Verdict, *, go_on: bool = False) -> None:
        """Say what becomes of the chosen tiles; of one alone, go on to the next undecided."""
        rows = self.targets
        if not rows:
            return
        self._sheet.judge(rows, verdict)
        # A verdict on many at once leaves nothing to go on to.
        if go_on and len(rows) == 1:
            following = sheet_keys.next_undecided(self._sheet, rows[0])
            if following >= 0:
                self.go_to(following)

    def show_large(self) -> None:
        """Have the current tile shown large."""
        self.opened.emit()

    # What is painted.

    def begin_frame(self) -> None:
        """Make ready for one frame."""
        self._painter.begin_frame(self.font(), self.devicePixelRatioF())

    def paint_tile(self, painter: QPainter, row: int) -> bool:
        """Paint a tile as far as it has formed."""
        current = row == self.currentIndex().row()
        look = sheet_tile.Look(
            selected=self.selectionModel().isSelected(self._sheet.model.index(row)),
            current=current,
            focused=current and self.hasFocus(),
            hovered=row == self.hovered,
            pointed=Part(self.pointed) if row == self.hovered else Part.NONE,
        )
        tile, room = self._sheet.model.tile(row), self.tiles.rect(row)
        return self._painter.paint(painter, room, tile, self.shape, self._sheet.until, look)

    def paint_over(self, painter: QPainter) -> None:
        """Say why nothing is listed."""
        if self._sheet.ready and self._sheet.count and not self.tiles.count:
            room = self.viewport().rect().toRectF()
            placeholder.paint_hint(painter, room, sheet_words.nothing(self._sheet.filter))

    # What a person does.

    def part_at(self, row: int, point: QPoint) -> int:
        """Give the button at a point."""
        return sheet_tile.part_at(self.tiles.rect(row), self.shape, self.in_content(point))

    def press_part(self, row: int, part: int) -> None:
        """Keep or cull a tile; pressed again, it is undecided."""
        wanted = Verdict.KEPT if part == Part.KEEP else Verdict.CULLED
        said = self._sheet.model.tile(row).verdict
        self._sheet.judge([row], Verdict.OPEN if said is wanted else wanted)

    def make_menu(self) -> QMenu:
        """Give the menu of the chosen tiles; it goes when it is closed."""
        menu = QMenu(self)
        menu.setObjectName("sheet-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, keys, verdict in (
            (self.tr("Keep"), "P", Verdict.KEPT),
            (self.tr("Cull"), "X", Verdict.CULLED),
            (self.tr("Undecided"), "U", Verdict.OPEN),
        ):
            menu.addAction(f"{text}\t{keys}").triggered.connect(partial(self._say, verdict))
        menu.addAction(self.tr("Look closely\tSpace")).triggered.connect(self.show_large)
        if any(self._failed(row) for row in self.first_targets(MOST_ASKED)):
            menu.addAction(self.tr("Try again")).triggered.connect(self._try_again)
        menu.addSeparator()
        for name in (*MENU, *WAYS):
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cull; leave to the page what is the page's; the rest moves about."""
        verdict = sheet_keys.verdict_of(event)
        if verdict is not None:
            self.judge(verdict, go_on=moves_on(event))
        elif not event.modifiers() & ~KEYPAD and Qt.Key(event.key()) in PAGE_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    # What Qt tells.

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that others are chosen."""
        super().currentChanged(current, previous)
        self.chosen_changed.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that others are chosen."""
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell what is on screen."""
        super().showEvent(event)
        self._tell_all()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nothing is."""
        super().hideEvent(event)
        self._sheet.set_visible(0, -1)

    # Details.

    def _say(self, verdict: Verdict) -> None:
        self.judge(verdict)

    def _failed(self, row: int) -> bool:
        return self._sheet.model.tile(row).state is TileState.FAILED

    def _try_again(self) -> None:
        self._sheet.call_back(self.targets)

    def _arrange(self) -> None:
        """Lay out anew; other rows on the same screen are to be told of, too."""
        self.lay_out(self._side, self._foot_of(self._side), ())
        self._tell_all()

    def _foot_of(self, side: int) -> int:
        """Give how much higher than wide a tile is, by the shape of its picture."""
        shape = self.shape
        wide = side - 2 * sheet_tile.PAD
        high = wide * min(shape.height() / shape.width(), TALLEST)
        return round(high) + sheet_tile.PAD + sheet_tile.FOOT - side

    def _note_place(self) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self._place = self._sheet.model.place_at(row)

    def _take_reset(self) -> None:
        """Stay with the tile that was current, or go to the next one that is listed."""
        plan, rows = self._sheet.plan, range(self._sheet.model.rowCount())
        if (sheet := plan.id if plan else None) != self._shown:
            self._shown, self._place = sheet, NOWHERE
        self._arrange()
        if self._place >= 0 and rows:
            row = bisect_left(rows, self._place, key=self._sheet.model.place_at)
            self.go_to(min(row, rows[-1]))
        self.chosen_changed.emit()

    def _tell_all(self) -> None:
        seen = self.visible
        self._tell(seen.start, seen.stop - 1)

    def _tell(self, first: int, last: int) -> None:
        if self.isVisible():
            self._sheet.set_visible(first, last)
