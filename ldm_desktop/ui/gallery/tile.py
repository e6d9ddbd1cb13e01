"""One picture in the grid: as large as its tile allows, and below it what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ldm_desktop.gallery.records import MOST_STARS, Entry, Flag, Label, State
from ldm_desktop.ui import icons, painting, theme, tile_parts
from ldm_desktop.ui.gallery.star_field import LABEL_COLOURS
from ldm_desktop.ui.tile_parts import TilePainter

PAD = 6
FOOT = 26
"""Logical pixels below a picture, for its stars."""
STAR = 14
PITCH = 16
STRIPE = 3
SIGN = 22
WORDS_FROM = 108
"""Logical pixels of width below which a sign goes without words."""
DIMMED = 0.32
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Look:
    """How a tile stands among the others; `pointed` is the star under the pointer, if one is."""

    selected: bool = False
    current: bool = False
    focused: bool = False
    hovered: bool = False
    pointed: int = 0
    captions: bool = True


class Painter(TilePainter):
    """Paints tiles; what they show is kept, how they stand among the others is painted anew."""

    def paint(
        self, painter: QPainter, tile: QRect, entry: Entry | None, image: QImage | None, look: Look
    ) -> bool:
        """Paint a tile; say whether it is as it should be, or wants another frame."""
        if look.selected or look.hovered:
            tile_parts.paint_ground(painter, tile, selected=look.selected, scale=self.scale)
        if entry is None:
            tile_parts.paint_place(painter, picture_room(tile))
            return True
        done = self._paint_face(painter, tile, entry, image, look)
        if look.current:
            tile_parts.paint_current(painter, place_of(tile, entry, image), focused=look.focused)
        return done

    def _paint_face(
        self, painter: QPainter, tile: QRect, entry: Entry, image: QImage | None, look: Look
    ) -> bool:
        pixels = None if image is None else image.cacheKey()
        face = entry, pixels, look.hovered, look.pointed, look.captions
        draw = partial(self._draw, tile.size(), entry, image, look)
        there, done = self.paint_face(painter, tile, entry.number, face, draw)
        if not there:
            tile_parts.paint_place(painter, place_of(tile, entry, image))
        return done

    def _draw(
        self, size: QSize, entry: Entry, image: QImage | None, look: Look, painter: QPainter
    ) -> None:
        tile = QRect(QPoint(0, 0), size)
        place = place_of(tile, entry, image)
        self._draw_picture(painter, place, entry, image)
        if entry.label is not Label.NONE:
            stripe = QRect(place.left(), place.bottom() + 1, place.width(), STRIPE)
            painter.fillRect(stripe, QColor(LABEL_COLOURS[entry.label]))
        if entry.flag is not Flag.NONE:
            _draw_flag(painter, place, entry.flag)
        if sign := sign_of(entry.state, broken=image is not None and image.isNull()):
            self._draw_sign(painter, place, *sign)
        self._draw_foot(painter, foot_room(tile), entry, look)

    def _draw_picture(
        self, painter: QPainter, place: QRect, entry: Entry, image: QImage | None
    ) -> None:
        if image is None or image.isNull():
            tile_parts.paint_place(painter, place)
            return
        if entry.flag is Flag.REJECTED or entry.state is State.MISSING:
            painter.setOpacity(DIMMED)
        tile_parts.paint_picture(painter, place, image, self.scale)
        painter.setOpacity(1.0)

    def _draw_sign(self, painter: QPainter, place: QRect, drawing: str, words: str) -> None:
        """Say what is wrong with a file, in words where there is room."""
        colours = theme.current()
        width = self.metrics.horizontalAdvance(words) + SIGN + 12
        if place.width() < max(WORDS_FROM, width + 8):
            words, width = "", SIGN + 6
        pill = QRect(0, 0, width, SIGN + 4)
        pill.moveCenter(place.center())
        tile_parts.paint_scrim(painter, QRectF(pill), pill.height() / 2)
        icons.draw(painter, drawing, colours.scrim_text, pill.topLeft() + QPoint(6, 5), 16)
        painter.setFont(self.font)
        painter.setPen(QColor(colours.scrim_text))
        painter.drawText(pill.adjusted(SIGN + 4, 0, 0, 0), LEFT, words)

    def _draw_foot(self, painter: QPainter, foot: QRect, entry: Entry, look: Look) -> None:
        shown = MOST_STARS if look.hovered else entry.rating
        _draw_stars(painter, foot, look.pointed or entry.rating, shown, pointed=look.pointed > 0)
        left, right = foot.left() + shown * PITCH, foot.right() + 1
        if entry.has_note:
            right -= STAR
            corner = QPoint(right, foot.center().y() - STAR // 2 + 1)
            icons.draw(painter, "note", theme.current().muted, corner, STAR)
            right -= 4
        if look.captions and entry.seed is not None:
            room = QRect(left, foot.top(), right - left, foot.height())
            self._draw_seed(painter, room, str(entry.seed))

    def _draw_seed(self, painter: QPainter, room: QRect, text: str) -> None:
        # A part of a number says nothing; the panel beside the grid has all of it.
        if self.metrics.horizontalAdvance(text) <= room.width() - 4:
            painter.setFont(self.font)
            painter.setPen(QColor(theme.current().muted))
            painter.drawText(room, RIGHT, text)


def picture_room(tile: QRect) -> QRect:
    """Give where in a tile its picture may be."""
    return tile.adjusted(PAD, PAD, -PAD, -FOOT)


def place_of(tile: QRect, entry: Entry, image: QImage | None) -> QRect:
    """Give where in a tile its picture is."""
    unknown = image is None or image.isNull()
    shape = QSize(entry.width, entry.height) if unknown or image is None else image.size()
    return painting.fitted(shape.expandedTo(QSize(1, 1)), picture_room(tile))


def foot_room(tile: QRect) -> QRect:
    """Give where in a tile stars and caption are."""
    top = tile.bottom() + 1 - FOOT + STRIPE
    return QRect(tile.left() + PAD, top, tile.width() - 2 * PAD, FOOT - STRIPE - 2)


def star_at(tile: QRect, point: QPoint) -> int:
    """Give the star of a tile at a point, 1 to 5, or 0."""
    foot = foot_room(tile)
    if not foot.contains(point):
        return 0
    star = (point.x() - foot.left()) // PITCH + 1
    return star if star <= MOST_STARS else 0


def sign_of(state: State, *, broken: bool) -> tuple[str, str] | None:
    """Give the drawing and the words for what is wrong with a picture's file."""
    if state is State.MISSING:
        return "missing", translate("Tile", "File is missing")
    if state is State.DAMAGED:
        return "warning", translate("Tile", "Damaged file")
    if state is State.CHANGED:
        return "warning", translate("Tile", "Changed pixels")
    return ("warning", translate("Tile", "Cannot be read")) if broken else None


def _draw_flag(painter: QPainter, place: QRect, flag: Flag) -> None:
    disc = QRect(place.left() + 4, place.top() + 4, SIGN, SIGN)
    tile_parts.paint_scrim(painter, QRectF(disc), SIGN / 2)
    drawing = "flag-pick" if flag is Flag.PICKED else "flag-reject"
    corner = disc.topLeft() + QPoint(4, 4)
    icons.draw(painter, drawing, theme.current().scrim_text, corner, STAR)


def _draw_stars(painter: QPainter, foot: QRect, lit: int, shown: int, *, pointed: bool) -> None:
    colours = theme.current()
    top = foot.center().y() - STAR // 2 + 1
    bright = colours.accent if pointed else colours.text
    for number in range(shown):
        corner = QPoint(foot.left() + number * PITCH, top)
        filled = number < lit
        drawing, colour = ("star-filled", bright) if filled else ("star", colours.disabled)
        icons.draw(painter, drawing, colour, corner, STAR)
