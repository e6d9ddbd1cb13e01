"""A neighbour as one sees it: its picture as it forms, how far it is, and what it is at."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from ldm_desktop.session.explore.variation_place import Kept, Tile, TileState
from ldm_desktop.ui import icons, painting, theme, tile_parts
from ldm_desktop.ui.explore import variation_words as words
from ldm_desktop.ui.explore.variation_layout import FOOT

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SIGN = 14
PALE = 0.3


class VariationTile(QAbstractButton):
    """One neighbour: a click chooses it, a double click goes there, keys are the page's."""

    chosen = Signal(int)
    opened = Signal(int)
    menu_wished = Signal(object)  # QPoint on the screen

    def __init__(self, number: int, scaled: painting.Scaled, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self._scaled = scaled
        self._tile: Tile | None = None
        self._before = QImage()
        self._chosen = False
        self.setObjectName(f"variation-{number}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._choose)
        theme.LOOK.changed.connect(self._refresh)

    def forget(self) -> None:
        """Let go of what was there before: another neighbour comes, not the same one anew."""
        self._tile, self._before = None, QImage()

    def show_tile(self, tile: Tile, *, chosen: bool) -> None:
        """Show how a neighbour is now; what there was of it stays, pale, until something comes."""
        if self._tile and not self._tile.image.isNull():
            self._before = self._tile.image
        self._tile, self._chosen = tile, chosen
        self.setAccessibleName(words.spoken(self.number, tile))
        self.setAccessibleDescription(tile.sentence or words.state(tile))
        self.setToolTip(tile.sentence)
        self.update()

    # What Qt tells.

    def sizeHint(self) -> QSize:
        """Leave its size to the ring."""
        return QSize(1, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the page, which knows more than one of them."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the page."""
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self.number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose it, and offer what can be done with it."""
        self.click()
        self.menu_wished.emit(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, and its words below."""
        if self._tile is None:
            return
        painter = QPainter(self)
        place = self._place(self._tile)
        paint_picture(painter, place, self._tile, self._scaled)
        if self._tile.image.isNull() and not self._before.isNull():
            painter.setOpacity(PALE)
            paint_image(painter, place, self._before, self._scaled)
            painter.setOpacity(1.0)
        if self._chosen:
            paint_frame(painter, place, focused=self.hasFocus())
        elif self.underMouse():
            paint_outline(painter, place, theme.current().border)
        self._paint_words(painter, self._tile)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be chosen, if the keyboard came here."""
        super().focusInEvent(event)
        self._choose()

    def _choose(self) -> None:
        self.chosen.emit(self.number)

    def _refresh(self) -> None:
        self.update()

    def _place(self, tile: Tile) -> QRect:
        room = self.rect().adjusted(2, 2, -2, -FOOT)
        return painting.fitted(QSize(*tile.subject.recipe.size), room)

    def _paint_words(self, painter: QPainter, tile: Tile) -> None:
        colours = theme.current()
        room = QRect(2, self.height() - FOOT, self.width() - 4, FOOT)
        painter.setFont(font_of(self.font(), self._chosen))
        painter.setPen(QColor(colours.text if self._chosen else colours.muted))
        painter.drawText(room, LEFT, words.degrees(tile.degrees))
        if tile.kept is Kept.YES:
            corner = room.topRight() - QRect(0, 0, SIGN, 0).topRight()
            corner.setY(room.top() + (FOOT - SIGN) // 2)
            icons.draw(painter, "check", colours.accent, corner, SIGN)
            room.setRight(corner.x() - 4)
        if tile.state is TileState.FAILED:
            painter.setPen(QColor(colours.danger))
        painter.setFont(painting.text_font(self.font()))
        painter.drawText(room, RIGHT, words.state(tile))


def font_of(base: QFont, strong: bool) -> QFont:
    """Give the font of what a picture is called."""
    return painting.text_font(base, strong=strong)


def paint_frame(painter: QPainter, place: QRect, *, focused: bool) -> None:
    """Paint the frame of what is chosen, which says where the keyboard is."""
    colours = theme.current()
    paint_outline(painter, place, colours.focus if focused else colours.accent)


def paint_outline(painter: QPainter, place: QRect, colour: str) -> None:
    """Paint a frame just outside a picture."""
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(place).adjusted(-1, -1, 1, 1))


def paint_picture(painter: QPainter, place: QRect, tile: Tile, scaled: painting.Scaled) -> None:
    """Paint what there is of a picture, and how far what forms has come."""
    if tile.image.isNull():
        tile_parts.paint_place(painter, place)
    else:
        paint_image(painter, place, tile.image, scaled)
    if tile.state is TileState.FAILED:
        side = max(16, min(28, place.width() // 5))
        corner = place.center() - QRect(0, 0, side, side).center()
        icons.draw(painter, "warning", theme.current().danger, corner, side)
    elif 0 < tile.done < tile.total:
        painting.paint_progress(painter, QRectF(place), tile.share, 2)


def paint_image(painter: QPainter, place: QRect, image: QImage, scaled: painting.Scaled) -> None:
    """Paint an image as large as its place."""
    scale = painter.device().devicePixelRatioF()
    painter.drawPixmap(place, scaled.pixmap(image, painting.on_device(place, scale).size()))
