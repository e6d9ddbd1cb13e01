"""The picture on screen against a marked one, in the same place: by wiping, or by flicker."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ldm_desktop.session.shown import Shown, View
from ldm_desktop.session.stage import Stage
from ldm_desktop.ui import overlay, painting, placeholder, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.colours import DARK
from ldm_desktop.ui.surface import KEYPAD, Surface
from ldm_desktop.ui.viewport import Viewport

NEAR = 12
"""Logical pixels from the divider within which it can be taken."""
NUDGE = 0.02
KNOB = 22.0


class Compare(Surface):
    """A is the marked picture, B the one on screen; both fill the place of B."""

    def __init__(
        self, stage: Stage, actions: Actions, viewport: Viewport, parent: QWidget | None = None
    ) -> None:
        super().__init__(viewport, parent)
        self.setObjectName("compare")
        self.setAccessibleName(self.tr("Comparison"))
        self._stage = stage
        self._actions = actions
        self._divider = 0.5
        self._taken = False
        self._shows_marked = False
        for signal in (stage.shown_changed, stage.image_changed, stage.marked_changed):
            signal.connect(self._refresh)
        stage.view_changed.connect(self._view_changed)
        self._refresh()

    @property
    def divider(self) -> float:
        """How much of the width shows A, 0 … 1."""
        return self._divider

    @property
    def shows_marked(self) -> bool:
        """Whether flicker shows A now."""
        return self._shows_marked

    def set_divider(self, share: float) -> None:
        """Show A on so much of the width."""
        self._divider = min(max(share, 0.0), 1.0)
        self._refresh()

    def switch(self) -> None:
        """Show the other one of the two."""
        self._shows_marked = not self._shows_marked
        self._refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both, or say what is missing."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().canvas))
        pair = self._pair()
        if isinstance(pair, str):
            placeholder.paint_hint(painter, QRectF(self.rect()), pair)
        else:
            self.place(pair[1].recipe.size)
            if self._stage.view is View.WIPE:
                self._paint_wipe(painter, *pair)
            else:
                self._paint_flicker(painter, *pair)
        self.paint_focus(painter)
        painter.end()
        self._stage.painted()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the divider, if it is near."""
        wiping = self._stage.view is View.WIPE
        near = abs(event.position().x() - self._divider_x()) <= NEAR
        self._taken = wiping and near and event.button() is Qt.MouseButton.LeftButton
        if not self._taken:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the divider."""
        if self._taken:
            place = self.on_screen()
            self.set_divider((event.position().x() - place.x()) / max(place.width(), 1))
            return
        super().mouseMoveEvent(event)
        near = abs(event.position().x() - self._divider_x()) <= NEAR
        if near and self._stage.view is View.WIPE:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self._show_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the divider."""
        self._taken = False
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the divider by arrows; Return switches A and B; Escape ends it."""
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~KEYPAD
        wiping = self._stage.view is View.WIPE
        if key is Qt.Key.Key_Escape:
            self._stage.show_as(View.SINGLE)
        elif wiping and plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.set_divider(self._divider + (NUDGE if key is Qt.Key.Key_Right else -NUDGE))
        elif not wiping and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.switch()
        else:
            super().keyPressEvent(event)

    def _pair(self) -> tuple[Shown, Shown] | str:
        """Give A and B, or say what is missing."""
        marked, shown = self._stage.marked, self._stage.shown
        if marked and shown and not shown.image.isNull() and marked.picture != shown.picture:
            return marked, shown
        if marked:
            text = self.tr("Seed {seed} is marked. Show another picture to compare it with.")
            return text.format(seed=marked.seed)
        mark = self._actions["compare-mark"].shortcut()
        text = self.tr("Mark a picture with {keys}, then show the one to compare it with.")
        return text.format(keys=mark.toString(QKeySequence.SequenceFormat.NativeText))

    def _paint_wipe(self, painter: QPainter, marked: Shown, shown: Shown) -> None:
        self.paint_image(painter, self.viewport.target, shown.image)
        place, edge = self.on_screen(), self._divider_x()
        left = QRectF(place.left(), place.top(), edge - place.left(), place.height())
        painter.save()
        painter.setClipRect(left)
        self._paint_marked(painter, marked)
        painter.restore()
        right = QRectF(edge, place.top(), place.right() - edge, place.height())
        self._paint_label(painter, left, "A", marked, Qt.Corner.TopLeftCorner)
        self._paint_label(painter, right, "B", shown, Qt.Corner.TopRightCorner)
        self._paint_divider(painter, edge, place)

    def _paint_flicker(self, painter: QPainter, marked: Shown, shown: Shown) -> None:
        if self._shows_marked:
            self._paint_marked(painter, marked)
        else:
            self.paint_image(painter, self.viewport.target, shown.image)
        name, which = ("A", marked) if self._shows_marked else ("B", shown)
        self._paint_label(painter, self.on_screen(), name, which, Qt.Corner.TopLeftCorner)

    def _paint_marked(self, painter: QPainter, marked: Shown) -> None:
        target = self.viewport.target
        dpr = self.devicePixelRatioF()
        size = QSize(*marked.recipe.size)
        inner = painting.fitted(size, target)
        if inner.size() != target.size():
            # What A leaves of B's place is not B's.
            place = QRectF(QRect(target))
            corner, extent = place.topLeft() / dpr, place.size() / dpr
            painter.fillRect(QRectF(corner, extent), QColor(theme.current().canvas))
        self.paint_image(painter, inner, marked.image)

    def _paint_label(
        self, painter: QPainter, room: QRectF, name: str, which: Shown, corner: Qt.Corner
    ) -> None:
        inset = overlay.INSET
        inner = room.adjusted(inset, inset, -inset, -inset)
        if inner.width() > 2 * KNOB:
            seed = self.tr("seed {seed}").format(seed=which.seed)
            painting.paint_pill(painter, [name, seed], inner, corner)

    def _paint_divider(self, painter: QPainter, x: float, place: QRectF) -> None:
        colours = theme.current()
        top, bottom = QPointF(x, place.top()), QPointF(x, place.bottom())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.scrim), 4))
        painter.drawLine(top, bottom)
        painter.setPen(QPen(QColor(colours.scrim_text), 2))
        painter.drawLine(top, bottom)
        centre = QPointF(x, place.center().y())
        painter.setPen(QPen(QColor(colours.scrim), 1))
        painter.setBrush(QColor(colours.scrim_text))
        painter.drawEllipse(centre, KNOB / 2, KNOB / 2)
        painter.setPen(QPen(QColor(DARK.canvas), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = centre + QPointF(side * 6.5, 0)
            painter.drawLine(tip, tip + QPointF(-side * 3, -3))
            painter.drawLine(tip, tip + QPointF(-side * 3, 3))

    def _divider_x(self) -> float:
        place = self.on_screen()
        return place.left() + self._divider * place.width()

    def _view_changed(self, _view: View) -> None:
        self._shows_marked = False
        self._refresh()

    def _refresh(self) -> None:
        pair = self._pair()
        if isinstance(pair, str):
            words = pair
        elif self._stage.view is View.WIPE:
            text = self.tr("Seed {a} on the left {share} %, seed {b} on the right")
            words = text.format(a=pair[0].seed, b=pair[1].seed, share=round(self._divider * 100))
        else:
            text = self.tr("Seed {seed} is shown")
            words = text.format(seed=pair[0 if self._shows_marked else 1].seed)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.update()
