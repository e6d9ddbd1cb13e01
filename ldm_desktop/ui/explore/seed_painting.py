"""How seeds and their trials look in lists: a picture, two lines of words, what was said."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ldm_desktop.gallery.seeds.records import SeedRow, Verdict
from ldm_desktop.session.explore import seed_wording
from ldm_desktop.session.explore.seed_model import Role, Seen
from ldm_desktop.session.explore.seed_trials_model import TRIED_ROLE, Tried
from ldm_desktop.ui import icons, painting, theme
from ldm_desktop.ui.samples import paint_rounded

Index: TypeAlias = QModelIndex | QPersistentModelIndex
SEED_HEIGHT, TRIAL_HEIGHT = 76, 72
PAD, GAP = 8, 12
STAR, SIGN = 16, 14
LINE = 20
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SIGNS = {Verdict.KEPT: ("flag-pick", "success"), Verdict.CULLED: ("flag-reject", "danger")}


class RowDelegate(QStyledItemDelegate):
    """Paints a row's ground, its picture and the words beside it."""

    height = TRIAL_HEIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give every row the same height."""
        return QSize(200, self.height)

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> QRect:
        """Paint what says how a row stands among the others; gives the room inside."""
        rect, colours = option.rect.adjusted(4, 1, -4, -1), theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.pressed))
            painter.drawRoundedRect(rect, theme.RADIUS, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painting.paint_focus(painter, QRectF(rect), theme.RADIUS)
        return rect.adjusted(PAD, PAD - 1, -PAD, -PAD + 1)

    @staticmethod
    def paint_picture(painter: QPainter, room: QRect, image: QImage) -> QRect:
        """Paint a picture as a square on the left, or its place; gives the room beside it."""
        tile = QRect(room.topLeft(), QSize(room.height(), room.height()))
        if image.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().line))
            painter.drawRoundedRect(tile, theme.RADIUS, theme.RADIUS)
            corner = tile.center() - QPoint(SIGN // 2 - 1, SIGN // 2 - 1)
            icons.draw(painter, "seed", theme.current().disabled, corner, SIGN)
        else:
            paint_rounded(painter, image, QRectF(tile))
        return room.adjusted(tile.width() + GAP, 0, 0, 0)

    @staticmethod
    def colours(option: QStyleOptionViewItem) -> tuple[str, str]:
        """Give the colours of what matters and of what matters less."""
        worn = theme.current()
        selected = option.state & QStyle.StateFlag.State_Selected
        return (worn.selection_text,) * 2 if selected else (worn.text, worn.muted)


class SeedDelegate(RowDelegate):
    """A seed: its name and number, models and counts; the star can be clicked."""

    height = SEED_HEIGHT
    star_wished = Signal(int)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a seed, or the place of one that is being read."""
        seen: Seen | None = index.data(Role.SEEN)
        painter.save()
        # Over the bar that a table paints below what is selected.
        painter.fillRect(option.rect, QColor(theme.current().canvas))
        room = self.paint_ground(painter, option)
        words = self.paint_picture(painter, room, seen.image if seen else QImage())
        if seen:
            self._paint_words(painter, option, words, seen.row)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Take a click on the star."""
        if isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            at_star = star_place(option.rect).adjusted(-6, -6, 6, 6)
            if at_star.contains(event.position().toPoint()):
                if event.type() is QEvent.Type.MouseButtonRelease:
                    self.star_wished.emit(index.row())
                return True
        return super().editorEvent(event, model, option, index)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, row: SeedRow
    ) -> None:
        strong, pale = self.colours(option)
        lines = QRect(room.left(), room.center().y() - LINE, room.width(), LINE)
        day = paint_line(painter, lines, seed_wording.day(row.when), pale, flags=RIGHT)
        name = seed_wording.title(row)
        paint_line(
            painter, lines.adjusted(0, 0, -day - GAP, 0), name, strong, theme.TEXT_SIZE, bold=True
        )
        star = star_place(option.rect)
        drawing, colour = ("star-filled", strong) if row.note.star else ("star", pale)
        icons.draw(painter, drawing, colour, star.topLeft(), STAR)
        below = lines.translated(0, LINE + 2).adjusted(0, 0, -STAR - GAP, 0)
        signs = self._paint_signs(painter, below, row, pale)
        models = ", ".join(row.models) or seed_wording.counts(row)
        more = row.note.note.partition("\n")[0]
        text = " · ".join(filter(None, [models, more]))
        paint_line(painter, below.adjusted(0, 0, -signs, 0), text, pale)

    @staticmethod
    def _paint_signs(painter: QPainter, line: QRect, row: SeedRow, pale: str) -> int:
        """Paint how many were kept, culled and finished; gives how much room that takes."""
        worn = theme.current()
        kept, culled = (*SIGNS[Verdict.KEPT], row.kept), (*SIGNS[Verdict.CULLED], row.culled)
        right = line.right()
        for drawing, colour, count in (culled, kept, ("image", "muted", row.pictures)):
            if count:
                room = QRect(line.left(), line.top(), right - line.left(), line.height())
                right -= paint_line(painter, room, str(count), pale, flags=RIGHT) + SIGN + 3
                corner = QPoint(right, line.center().y() - SIGN // 2 + 1)
                icons.draw(painter, drawing, getattr(worn, colour), corner, SIGN)
                right -= GAP
        return line.right() - right


class TrialDelegate(RowDelegate):
    """A trial: its model, by what settings, how far it came, on which sheet."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a trial."""
        tried: Tried = index.data(TRIED_ROLE)
        trial = tried.trial
        strong, pale = self.colours(option)
        painter.save()
        words = self.paint_picture(painter, self.paint_ground(painter, option), tried.image)
        line = QRect(words.left(), words.center().y() - 27, words.width(), 18)
        room = line
        if sign := SIGNS.get(trial.verdict):
            corner = QPoint(line.right() - SIGN, line.center().y() - SIGN // 2)
            icons.draw(painter, sign[0], getattr(theme.current(), sign[1]), corner, SIGN)
            room = line.adjusted(0, 0, -SIGN - 4, 0)
        paint_line(painter, room, trial.recipe.model.name, strong)
        facts = f"{seed_wording.trial_facts(trial)} · {seed_wording.trial_progress(trial)}"
        paint_line(painter, line.translated(0, 18), facts, pale)
        where = " · ".join(filter(None, [tried.sheet, seed_wording.day(trial.when)]))
        paint_line(painter, line.translated(0, 36), where, pale)
        painter.restore()


def star_place(row: QRect) -> QRect:
    """Give where a row's star is."""
    right, middle = row.right() - 4 - PAD - STAR, row.center().y()
    return QRect(right, middle + 2, STAR, STAR)


def paint_line(
    painter: QPainter,
    room: QRect,
    text: str,
    colour: str,
    pixels: int = painting.SMALL,
    *,
    bold: bool = False,
    flags: Qt.AlignmentFlag = LEFT,
) -> int:
    """Paint a line of text, cut short if need be; gives how wide it is."""
    painter.setFont(painting.text_font(painter.font(), pixels, strong=bold))
    painter.setPen(QColor(colour))
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, flags, shown)
    return metrics.horizontalAdvance(shown)
