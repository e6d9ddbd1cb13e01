"""One row of the strips: its name, and its frames along the axis that all rows share."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from ldm_desktop.session.explore.strip_way import KEYFRAMES, Way, WayState, share_of, step_at
from ldm_desktop.session.explore.strips import Strips
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.explore import trajectory_words
from ldm_desktop.ui.explore.strip_places import LINE, Places
from ldm_desktop.ui.surface import BY_KEYBOARD
from ldm_desktop.ui.widgets import HEIGHT, IconButton

LABEL = 156
"""Logical pixels for the name on the left."""
EDGE = 40
"""Logical pixels for the button on the right."""
AIR = 4
SMALLEST = 36
INDENT = 14
MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}


class StripRow(QWidget):
    """Paints a way; pressing or dragging in it moves the cursor of all."""

    removed = Signal()
    passed = Signal(int)
    """The row above (-1) or below (1) should have the keyboard."""

    def __init__(
        self, strips: Strips, way: Way, places: Callable[[], Places], scaled: painting.Scaled
    ) -> None:
        super().__init__()
        self.way = way
        self.lines: tuple[float, ...] = ()
        """Shares at which forks pass down from here; the board sets them."""
        self._strips = strips
        self._places = places
        self._scaled = scaled
        self._by_keyboard = False
        self.setObjectName(f"strip-{way.id}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(SMALLEST)
        self._close = IconButton(
            "close", f"strip-remove-{way.id}", self.tr("Take this row off the page (Del)"), self
        )
        self._close.clicked.connect(self.removed)

    def describe(self, number: int) -> None:
        """Say which row this is, and where it stands."""
        spoken = trajectory_words.spoken(self.way, number)
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
        said = trajectory_words.state(self.way, self._step())
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
        self.setToolTip(self.way.sentence)
        self.update()

    def frame_size(self) -> QSize:
        """Give the size of a frame in a row of this height, in the picture's proportions."""
        room = QRect(0, 0, max(self.width() // 4, 1), max(self.height() - 2 * AIR, 1))
        return painting.fitted(QSize(*self.way.recipe.size), room).size()

    def frames(self) -> list[tuple[QRectF, int]]:
        """Give where which steps are shown."""
        way, places, size = self.way, self._places(), self.frame_size()
        begin, end = share_of(way.start, way.total), share_of(way.end, way.total)
        top = (self.height() - size.height()) / 2
        found = []
        for middle in places.middles(size.width(), begin, end):
            step = min(step_at(places.share(middle), way.total), way.end)
            corner = round(middle - size.width() / 2)
            found.append((QRectF(corner, round(top), size.width(), size.height()), step))
        return found

    # What Qt tells.

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the name, the frames, where forks leave, and the cursor over all."""
        painter = QPainter(self)
        focused = self._strips.focus is self.way
        if focused:
            painter.fillRect(self.rect(), QColor(theme.current().panel))
            painter.fillRect(QRect(0, 0, 3, self.height()), QColor(theme.current().accent))
        self._paint_label(painter)
        self._paint_lines(painter)
        self._paint_frames(painter)
        self._paint_cursor(painter)
        if self.hasFocus() and self._by_keyboard:
            painting.paint_focus(painter, QRectF(self.rect()))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button on the right."""
        super().resizeEvent(event)
        left = self.width() - EDGE + (EDGE - HEIGHT) // 2
        self._close.move(left, (self.height() - HEIGHT) // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mean this row, and move the cursor there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._strips.focus_on(self.way.id)
            self._scrub(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the cursor along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step and go to other rows, Home and End jump, Delete takes the row away."""
        key, strips = Qt.Key(event.key()), self._strips
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in MOVES:
            strips.step_by(MOVES[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            strips.set_step(1 if key is Qt.Key.Key_Home else self.way.total)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.passed.emit(-1 if key is Qt.Key.Key_Up else 1)
        elif key is Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mean this row."""
        self._by_keyboard = event.reason() in BY_KEYBOARD
        self._strips.focus_on(self.way.id)
        self.update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Hide the frame of focus."""
        self.update()

    def _scrub(self, event: QMouseEvent) -> None:
        if LABEL <= event.position().x() <= self.width() - EDGE:
            self._strips.set_share(self._places().share(event.position().x()))

    def _step(self) -> int:
        return min(step_at(self._strips.share, self.way.total), self.way.end)

    # Painting.

    def _paint_label(self, painter: QPainter) -> None:
        colours, way = theme.current(), self.way
        left = 14 + (INDENT if way.parent else 0)
        room = QRect(left, 0, LABEL - left - 12, self.height())
        middle = self.height() // 2
        for text, colour, strong, top in (
            (trajectory_words.title(way), colours.text, True, middle - 17),
            (
                trajectory_words.label(way, self._step()),
                colours.warning if way.state is WayState.FAILED else colours.muted,
                False,
                middle + 1,
            ),
        ):
            painter.setFont(painting.text_font(self.font(), strong=strong))
            painter.setPen(QColor(colour))
            elided = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, room.width()
            )
            line = QRect(room.left(), top, room.width(), 16)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_lines(self, painter: QPainter) -> None:
        """Paint the lines of forks under the frames, so that they are seen between the rows."""
        for share in self.lines:
            self._paint_line(painter, self._places().x(share), self.height() / 2, self.height())

    def _paint_frames(self, painter: QPainter) -> None:
        frames, way = self.frames(), self.way
        within = self._reach(len(frames))
        for place, step in frames:
            self._paint_frame(painter, place, step, within)
        if way.state is WayState.FAILED:
            there = [each for each, step in frames[:-1] if not way.near(step, within).isNull()]
            left = there[-1].right() if there else frames[0][0].left()
            self._paint_sentence(painter, left, frames[-1][0].left() - 12)
        if way.change:
            x = self._places().x(share_of(way.change[0], way.total))
            if way.parent:
                x = min(x, frames[0][0].left() - LINE / 2)
            self._paint_line(painter, x, 0, self.height())

    def _reach(self, count: int) -> float:
        """Give how many steps away a frame may be that stands for one of so many."""
        way = self.way
        if way.state is WayState.WHOLE:
            return math.inf
        # Keyframes may lie further apart than frames do; what has not formed yet stays empty.
        return max(way.total / max(count - 1, 1), way.total / KEYFRAMES)

    def _paint_frame(self, painter: QPainter, place: QRectF, step: int, within: float) -> None:
        colours, image = theme.current(), self.way.near(step, within)
        if image.isNull() and self.way.state is WayState.FAILED:
            return
        if image.isNull():
            painter.fillRect(place, painting.mixed(colours.canvas, colours.raised, 0.3))
            return
        size = painting.on_device(place, self.devicePixelRatioF()).size()
        painter.drawPixmap(place.toRect(), self._scaled.pixmap(image, size))

    def _paint_sentence(self, painter: QPainter, left: float, right: float) -> None:
        """Say in the place of the frames that are missing why they are."""
        painter.setFont(painting.text_font(self.font()))
        painter.setPen(QColor(theme.current().warning))
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignVCenter.value
        room = QRectF(left + 4, 0, max(right - left - 4, 0), self.height())
        painter.drawText(room, flags, self.way.sentence)

    def _paint_line(self, painter: QPainter, x: float, top: float, bottom: float) -> None:
        line = QRectF(round(x) - LINE / 2, top, LINE, bottom - top)
        painter.fillRect(line, QColor(theme.current().accent))

    def _paint_cursor(self, painter: QPainter) -> None:
        colours, x = theme.current(), round(self._places().x(self._strips.share))
        painter.fillRect(QRectF(x - 2, 0, 4, self.height()), QColor(colours.scrim))
        painter.fillRect(QRectF(x - 1, 0, 2, self.height()), QColor(colours.scrim_text))
