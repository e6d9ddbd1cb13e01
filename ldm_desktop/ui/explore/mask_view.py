"""The picture in the middle, on which one paints what is to stay as it is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from ldm_desktop.core.noise import Mask
from ldm_desktop.session.explore import ring
from ldm_desktop.session.explore.variation_place import Tile
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.colours import DARK
from ldm_desktop.ui.explore import mask_brush
from ldm_desktop.ui.explore import variation_words as words
from ldm_desktop.ui.explore.mask_brush import Brush
from ldm_desktop.ui.explore.variation_layout import FOOT
from ldm_desktop.ui.explore.variation_tile import (
    LEFT,
    RIGHT,
    font_of,
    paint_frame,
    paint_picture,
)
from ldm_desktop.ui.widgets import named

RESTING = 0.3
"""How strongly the mask is seen while nobody paints."""
CURSOR = 1.5


class MaskView(QWidget):
    """Shows the centre; while it is painted on, the pointer is a brush, and Alt makes it erase."""

    painted = Signal(object)  # Mask
    opened = Signal()
    chosen = Signal()
    brush_changed = Signal()

    def __init__(self, scaled: painting.Scaled, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "variations-centre", self.tr("The picture that is varied"))
        self._scaled = scaled
        self._tile: Tile | None = None
        self._caption = ""
        self._peeked: Tile | None = None
        self._chosen = False
        self._painting = False
        self._inverted = False
        self._brush = self._stroked = Brush()
        self._mask = mask_brush.blank(1, 1)
        self._overlay: QImage | None = None
        self._last: QPointF | None = None
        self._pointer: QPointF | None = None
        self._touched = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.LOOK.changed.connect(self._repaint_mask)

    # What is shown.

    @property
    def tile(self) -> Tile | None:
        """What is shown in the middle."""
        return self._tile

    @property
    def brush(self) -> Brush:
        """What one paints with."""
        return self._brush

    @property
    def painting(self) -> bool:
        """Whether the pointer is a brush."""
        return self._painting

    @property
    def paint(self) -> Mask:
        """Where the brush was, 255."""
        return mask_brush.mask_of(self._mask)

    def show_tile(self, tile: Tile, caption: str, *, chosen: bool) -> None:
        """Show a picture, and what it is called."""
        self._tile, self._caption, self._chosen = tile, caption, chosen
        self.setAccessibleDescription(f"{caption} {tile.sentence or words.state(tile)}".strip())
        self.setToolTip(tile.sentence)
        self.update()

    def peek(self, tile: Tile | None) -> None:
        """Show a neighbour in its place for a moment, to compare them."""
        self._peeked = tile
        self.update()

    def show_mask(self, mask: Mask | None, picture: tuple[int, int], *, inverted: bool) -> None:
        """Show what is painted; `inverted` if that alone varies."""
        width, height = ring.mask_size(picture)
        self._mask = (
            mask_brush.image_of(mask, width, height) if mask else mask_brush.blank(width, height)
        )
        self._inverted = inverted
        self._repaint_mask()

    def set_painting(self, painting: bool) -> None:
        """Make the pointer a brush, or a pointer again."""
        self._painting = painting
        self._last = None
        self.setCursor(Qt.CursorShape.BlankCursor if painting else Qt.CursorShape.ArrowCursor)
        self._repaint_mask()

    def set_brush(self, brush: Brush) -> None:
        """Paint with another brush."""
        if brush != self._brush:
            self._brush = brush
            self.brush_changed.emit()
            self.update()

    # What Qt tells.

    def sizeHint(self) -> QSize:
        """Leave its size to the ring."""
        return QSize(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what lies over the picture to it."""
        super().resizeEvent(event)
        self._repaint_mask()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke, or choose the picture."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
        elif self._painting:
            # A stroke that began with Alt held erases to its end.
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._stroked = replace(self._brush, erases=self._brush.erases or alt)
            self._last, self._touched = self._share(event.position()), True
            self._stroke(event.position())
        else:
            self.chosen.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a stroke."""
        self._pointer = event.position()
        if self._last is not None:
            self._stroke(event.position())
        elif self._painting:
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End a stroke: the neighbours are told of all of it at once."""
        self._last = None
        if self._touched:
            self._touched = False
            self.painted.emit(self.paint)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the picture; for a brush it is two strokes."""
        if self._painting:
            self.mousePressEvent(event)
        else:
            self.opened.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the brush."""
        self._pointer = event.position()
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Hide the brush."""
        self._pointer = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the picture, if the keyboard came to it."""
        super().focusInEvent(event)
        self.chosen.emit()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the page."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, what is painted over it, its words, and the brush."""
        if self._tile is None:
            return
        painter = QPainter(self)
        place = self._place()
        paint_picture(painter, place, self._peeked or self._tile, self._scaled)
        if self._peeked is None:
            self._paint_mask(painter, place)
        if self._chosen and not self._painting:
            paint_frame(painter, place, focused=self.hasFocus())
        self._paint_words(painter, place)
        if self._painting and self._pointer is not None:
            self._paint_brush(painter, place)
        painter.end()

    # Painting.

    def _place(self) -> QRect:
        """Give where the picture is."""
        picture = QSize(*self._tile.subject.recipe.size) if self._tile else QSize(1, 1)
        return painting.fitted(picture, self.rect().adjusted(2, 2, -2, -FOOT))

    def _share(self, point: QPointF) -> QPointF:
        place = QRectF(self._place())
        return QPointF(
            (point.x() - place.left()) / place.width(), (point.y() - place.top()) / place.height()
        )

    def _stroke(self, point: QPointF) -> None:
        assert self._last is not None
        here = self._share(point)
        mask_brush.stroke(self._mask, self._stroked, self._last, here)
        self._last = here
        self._repaint_mask()

    def _repaint_mask(self) -> None:
        self._overlay = None
        self.update()

    def _paint_mask(self, painter: QPainter, place: QRect) -> None:
        """Lay stripes over what stays, whichever part of it was painted."""
        if self._overlay is None:
            # Light enough in every theme, as it lies on pictures.
            colour = QColor(DARK.danger)
            stays = mask_brush.stays(self._mask, inverted=self._inverted)
            self._overlay = mask_brush.overlay(stays, colour, place.size())
        painter.setOpacity(1.0 if self._painting else RESTING)
        painter.drawImage(place, self._overlay)
        painter.setOpacity(1.0)

    def _paint_words(self, painter: QPainter, place: QRect) -> None:
        colours = theme.current()
        room = QRect(place.left(), self.height() - FOOT, place.width(), FOOT)
        painter.setFont(font_of(self.font(), strong=True))
        painter.setPen(QColor(colours.text))
        state = words.state(self._tile) if self._tile else ""
        taken = painter.fontMetrics().horizontalAdvance(state) + theme.GRID
        caption = painter.fontMetrics().elidedText(
            self._caption, Qt.TextElideMode.ElideRight, room.width() - taken
        )
        painter.drawText(room, LEFT, caption)
        painter.setFont(font_of(self.font(), strong=False))
        painter.setPen(QColor(colours.muted))
        painter.drawText(room, RIGHT, state)

    def _paint_brush(self, painter: QPainter, place: QRect) -> None:
        assert self._pointer is not None
        radius = self._brush.radius * max(place.width(), place.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A dark line beside a light one is seen on every picture.
        for colour, off in ((Qt.GlobalColor.black, CURSOR), (Qt.GlobalColor.white, 0.0)):
            painter.setPen(QPen(colour, CURSOR))
            painter.drawEllipse(self._pointer, radius + off, radius + off)
            if self._brush.erases:
                painter.drawLine(self._pointer + QPointF(-5, off), self._pointer + QPointF(5, off))
