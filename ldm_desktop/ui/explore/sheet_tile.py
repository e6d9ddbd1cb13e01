"""One tile of a contact sheet: its x̂₀ as it forms, and what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ldm_desktop.gallery.seeds.records import Verdict
from ldm_desktop.session.explore.sheet_model import Tile, TileState
from ldm_desktop.ui import icons, painting, theme, tile_parts
from ldm_desktop.ui.colours import DARK
from ldm_desktop.ui.stamps import Face
from ldm_desktop.ui.tile_parts import TilePainter

PAD = 5
FOOT = 22
"""Logical pixels below a picture, for its seed."""
DISC = 22
SIGN = 14
FRAME = 2
DIMMED = 0.2
BUTTONS_FROM = 88
"""Logical pixels of width below which a tile has no room for its buttons."""
LINE = 3
SIGNS = {TileState.FINISHED: "image", TileState.QUEUED: "queue-add", TileState.FAILED: "warning"}


class Part(IntEnum):
    """What of a tile can be pressed."""

    NONE = 0
    KEEP = 1
    CULL = 2


@dataclass(frozen=True)
class Look:
    """How a tile stands among the others."""

    selected: bool = False
    current: bool = False
    focused: bool = False
    hovered: bool = False
    pointed: Part = Part.NONE


class Painter(TilePainter):
    """Paints tiles; only progress and choice are painted anew."""

    def paint(
        self, painter: QPainter, room: QRect, tile: Tile, shape: QSize, until: int, look: Look
    ) -> bool:
        """Paint a tile whose picture is of a shape; say whether it wants another frame."""
        if look.selected or look.hovered:
            tile_parts.paint_ground(painter, room, selected=look.selected, scale=self.scale)
        place = picture_place(room, shape)
        draw = partial(self._draw, room.size(), tile, shape, look)
        there, done = self.paint_face(painter, room, tile.place, _face(tile, look), draw)
        if not there:
            tile_parts.paint_place(painter, place)
        if share := progress_of(tile, until):
            painting.paint_progress(painter, QRectF(place), share, LINE)
        if look.current:
            tile_parts.paint_current(painter, _outside(place), focused=look.focused)
        return done

    def _draw(self, size: QSize, tile: Tile, shape: QSize, look: Look, painter: QPainter) -> None:
        room = QRect(QPoint(0, 0), size)
        place = picture_place(room, shape)
        self._draw_picture(painter, place, tile)
        if tile.verdict is Verdict.KEPT:
            _draw_frame(painter, place)
        if drawing := SIGNS.get(tile.state):
            _draw_sign(painter, sign_place(place), drawing, failed=drawing == "warning")
        for part, disc in buttons(place, hovered=look.hovered).items():
            _draw_button(painter, disc, part, tile.verdict, pointed=look.pointed is part)
        if tile.verdict is Verdict.KEPT and not look.hovered:
            _draw_button(painter, _corner(place), Part.KEEP, tile.verdict, pointed=False)
        self._draw_seed(painter, room, tile)

    def _draw_picture(self, painter: QPainter, place: QRect, tile: Tile) -> None:
        culled = tile.verdict is Verdict.CULLED
        if tile.image.isNull():
            tile_parts.paint_place(painter, place)
        else:
            painter.setOpacity(DIMMED if culled else 1.0)
            tile_parts.paint_picture(painter, place, tile.image, self.scale)
            painter.setOpacity(1.0)
        if culled:
            _draw_cross(painter, place)

    def _draw_seed(self, painter: QPainter, room: QRect, tile: Tile) -> None:
        text = str(tile.seed)
        foot = QRect(room.left(), room.bottom() + 1 - FOOT, room.width(), FOOT)
        # A part of a number says nothing; a screen reader and the tool tip have all of it.
        if self.metrics.horizontalAdvance(text) > foot.width() - 4:
            return
        colours = theme.current()
        culled = tile.verdict is Verdict.CULLED
        painter.setFont(self.font)
        painter.setPen(QColor(colours.disabled if culled else colours.muted))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, text)


def _face(tile: Tile, look: Look) -> Face:
    """Give all that what is kept of a tile depends on."""
    sign = SIGNS.get(tile.state)
    return tile.seed, tile.verdict, sign, tile.image.cacheKey(), look.hovered, look.pointed


def picture_place(room: QRect, shape: QSize) -> QRect:
    """Give where in a tile its picture is."""
    return painting.fitted(shape, room.adjusted(PAD, PAD, -PAD, -FOOT))


def sign_place(place: QRect) -> QRect:
    """Give where on a picture the sign of its state is."""
    return QRect(place.right() - DISC - 3, place.top() + 5, DISC, DISC)


def buttons(place: QRect, *, hovered: bool) -> dict[Part, QRect]:
    """Give what can be pressed on a picture, and where; nothing on one that is too small."""
    if not hovered or place.width() < BUTTONS_FROM:
        return {}
    keep = _corner(place)
    return {Part.KEEP: keep, Part.CULL: keep.translated(DISC + 4, 0)}


def part_at(room: QRect, shape: QSize, point: QPoint) -> Part:
    """Give what can be pressed at a point of a tile that is pointed at."""
    places = buttons(picture_place(room, shape), hovered=True)
    return next((part for part, disc in places.items() if disc.contains(point)), Part.NONE)


def progress_of(tile: Tile, until: int) -> float:
    """Give how far a tile is on its way to rest, or its picture to its end; 0 for no line."""
    if tile.verdict is Verdict.CULLED or not tile.done:
        return 0.0
    if tile.state is TileState.FINISHING:
        return tile.done / max(tile.total, 1)
    if tile.state in (TileState.FORMING, TileState.WAITING) and tile.done < until:
        return tile.done / until
    return 0.0


def _corner(place: QRect) -> QRect:
    return QRect(place.left() + 5, place.top() + 5, DISC, DISC)


def _outside(place: QRect) -> QRect:
    """Give the frame that leaves the one of a kept picture in sight."""
    return place.adjusted(-1, -1, 1, 1)


def _draw_frame(painter: QPainter, place: QRect) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(theme.current().accent), FRAME)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    inside = FRAME / 2
    painter.drawRect(QRectF(place).adjusted(inside, inside, -inside, -inside))


def _draw_cross(painter: QPainter, place: QRect) -> None:
    colour = QColor(theme.current().muted)
    colour.setAlphaF(0.55)
    painter.setPen(QPen(colour, 1.25))
    frame = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawLine(frame.topLeft(), frame.bottomRight())
    painter.drawLine(frame.topRight(), frame.bottomLeft())


def _draw_sign(painter: QPainter, disc: QRect, drawing: str, *, failed: bool) -> None:
    tile_parts.paint_scrim(painter, QRectF(disc), DISC / 2)
    # On the scrim, which is dark in every theme.
    colour = DARK.warning if failed else DARK.scrim_text
    icons.draw(painter, drawing, colour, disc.topLeft() + QPoint(4, 4), SIGN)


def _draw_button(
    painter: QPainter, disc: QRect, part: Part, verdict: Verdict, *, pointed: bool
) -> None:
    on = verdict is (Verdict.KEPT if part is Part.KEEP else Verdict.CULLED)
    if on or pointed:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(DARK.accent if part is Part.KEEP else DARK.danger))
        painter.drawEllipse(QRectF(disc))
    else:
        tile_parts.paint_scrim(painter, QRectF(disc), DISC / 2)
    drawing = "check" if part is Part.KEEP else "close"
    colour = DARK.accent_text if on or pointed else DARK.scrim_text
    icons.draw(painter, drawing, colour, disc.topLeft() + QPoint(4, 4), SIGN)


def paint_verdict(painter: QPainter, place: QRectF, verdict: Verdict) -> None:
    """Paint what was said of a tile onto its large picture."""
    if verdict is Verdict.OPEN:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = place.toAlignedRect()
    if verdict is Verdict.KEPT:
        _draw_frame(painter, whole)
    else:
        _draw_cross(painter, whole)
    disc = QRect(whole.right() - DISC - 9, whole.top() + 11, DISC, DISC)
    part = Part.KEEP if verdict is Verdict.KEPT else Part.CULL
    _draw_button(painter, disc, part, verdict, pointed=False)
    painter.restore()
