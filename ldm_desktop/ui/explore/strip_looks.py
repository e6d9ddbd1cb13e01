"""The large pictures over the strips: each row at the cursor's step, and what is being tried."""

from __future__ import annotations

import math
from uuid import UUID

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ldm_desktop.session.explore.strip_trials import Trial
from ldm_desktop.session.explore.strip_way import Way, WayState
from ldm_desktop.session.explore.strips import Strips
from ldm_desktop.ui import painting, placeholder, theme
from ldm_desktop.ui.explore import trajectory_words
from ldm_desktop.ui.gallery import survey
from ldm_desktop.ui.widgets import named

CAPTION = 28
INSET = 6
WORDS = 205
"""Logical pixels that name and step take, also under a narrower picture."""


class LookCell(QWidget):
    """One large picture with its name and its step under it."""

    pressed = Signal()

    def __init__(self, scaled: painting.Scaled, parent: QWidget) -> None:
        super().__init__(parent)
        self._scaled = scaled
        self._image = QImage()
        self._size = QSize(1, 1)
        self._title = self._note = self._short = ""
        self._share = 0.0
        self._active = False

    @property
    def note(self) -> str:
        """What is said of the picture."""
        return self._note

    @property
    def image(self) -> QImage:
        """What is painted."""
        return self._image

    @property
    def picture(self) -> QSize:
        """How large the picture is, in its own pixels."""
        return self._size

    def show_image(self, image: QImage, size: tuple[int, int], share: float) -> None:
        """Show pixels in the place of a picture of a size; `share` of a forming one is done."""
        self._image, self._size, self._share = image, QSize(*size), share
        self.update()

    def show_words(self, title: str, note: str, short: str) -> None:
        """Say what it is; where there is no room for the note, in short."""
        self._title, self._note, self._short = title, note, short
        if self.accessibleName() != title:
            self.setAccessibleName(title)
        if self.accessibleDescription() != note:
            self.setAccessibleDescription(note)
        self.update()

    def set_active(self, active: bool) -> None:
        """Frame it, if it is the one that is meant among others."""
        if active != self._active:
            self._active = active
            self.update()

    def place(self) -> QRect:
        """Give where the picture is."""
        return painting.fitted(
            self._size, self.rect().adjusted(INSET, INSET, -INSET, -INSET - CAPTION)
        )

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Mean this one."""
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture and what is said of it."""
        painter, place = QPainter(self), self.place()
        if self._image.isNull():
            placeholder.paint_forming(painter, QRectF(place))
        else:
            size = painting.on_device(place, self.devicePixelRatioF()).size()
            painter.drawPixmap(place, self._scaled.pixmap(self._image, size))
        if self._share:
            painting.paint_progress(painter, QRectF(place), self._share)
        if self._active:
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRect(QRectF(place).adjusted(-3, -3, 3, 3))
        self._paint_caption(painter, place)
        painter.end()

    def _paint_caption(self, painter: QPainter, place: QRect) -> None:
        colours = theme.current()
        left, width = self._caption_room(place)
        room = QRect(left, place.bottom() + 4, width, CAPTION - 4)
        painter.setFont(painting.text_font(self.font(), strong=True))
        painter.setPen(QColor(colours.text))
        aligned = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, aligned | Qt.AlignmentFlag.AlignLeft, self._title)
        taken = painter.fontMetrics().horizontalAdvance(self._title) + 12
        painter.setFont(painting.text_font(self.font()))
        painter.setPen(QColor(colours.muted))
        fits = painter.fontMetrics().horizontalAdvance(self._note) + taken <= width
        note = self._note if fits else self._short
        painter.drawText(room, aligned | Qt.AlignmentFlag.AlignRight, note)

    def _caption_room(self, place: QRect) -> tuple[int, int]:
        """Give left and width of the words; a narrow picture's may be wider than it is."""
        width = min(max(place.width(), WORDS), self.width() - 2 * INSET)
        return place.center().x() - width // 2, width


class TrialCell(LookCell):
    """A draft of a fork, which can be kept."""

    kept = Signal()

    def __init__(self, scaled: painting.Scaled, parent: QWidget) -> None:
        super().__init__(scaled, parent)
        self._keep = QPushButton(self.tr("Keep"), self)
        theme.mark(self._keep, "chip")
        self._keep.clicked.connect(self.kept)

    def show_trial(self, trial: Trial, number: int) -> None:
        """Show how far a trial has come."""
        self.setObjectName(f"trial-{number}")
        tip = self.tr("Make this one a picture; it goes on from the draft")
        spoken = self.tr("Keep draft {number}").format(number=number)
        named(self._keep, f"trial-keep-{number}", spoken, tip)
        share = 0.0 if trial.sharp else trial.done / trial.recipe.evaluations
        self.show_image(trial.image, trial.recipe.size, share)
        note = trajectory_words.tried(trial)
        self.show_words(trajectory_words.trial_title(number), note, note)
        self.setToolTip(trial.sentence)
        self._place_button()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in the corner of the picture."""
        super().resizeEvent(event)
        self._place_button()

    def _place_button(self) -> None:
        size, place = self._keep.sizeHint(), self.place()
        self._keep.resize(size)
        self._keep.move(place.right() - size.width() - 6, place.top() + 6)


class StripLooks(QWidget):
    """All of them as large as the room allows; trials stand beside the row they leave."""

    def __init__(self, strips: Strips, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip-looks")
        self.setAccessibleName(self.tr("Pictures at this step"))
        theme.mark(self, "canvas")
        self.setMinimumHeight(140)
        self._strips = strips
        self._scaled = painting.Scaled()
        self._rows: dict[UUID, LookCell] = {}
        self._trials: list[TrialCell] = []
        strips.rows_changed.connect(self._show_rows)
        strips.row_changed.connect(self._show_row)
        strips.step_changed.connect(self._refresh)
        strips.focus_changed.connect(self._refresh)
        strips.trials.changed.connect(self._show_trials)
        theme.LOOK.changed.connect(self._repaint)
        self._show_rows()

    @property
    def cells(self) -> tuple[LookCell, ...]:
        """The large pictures in their order."""
        found: list[LookCell] = []
        trials = self._strips.trials.shown
        for way in self._strips.rows:
            found.append(self._rows[way.id])
            if trials and trials[0].row == way.id:
                found += self._trials
        return tuple(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cells their places."""
        super().resizeEvent(event)
        self._arrange()

    def _show_rows(self) -> None:
        ways = self._strips.rows
        for row in self._rows.keys() - {way.id for way in ways}:
            _discard(self._rows.pop(row))
        for way in ways:
            if way.id not in self._rows:
                self._rows[way.id] = self._make_cell(way)
        self._refresh()
        self._arrange()

    def _make_cell(self, way: Way) -> LookCell:
        cell = LookCell(self._scaled, self)
        cell.setObjectName(f"look-{way.id}")
        cell.pressed.connect(lambda: self._strips.focus_on(way.id))
        cell.show()
        return cell

    def _show_row(self, way: Way) -> None:
        cell = self._rows.get(way.id)
        if not cell:
            return
        step = way.seen_step(self._strips.share)
        look = way.look(step)
        forming = way.state is WayState.FORMING and not look.exact
        cell.show_image(look.image, way.recipe.size, way.done / way.total if forming else 0.0)
        note = trajectory_words.seen(way, step, look)
        cell.show_words(trajectory_words.title(way), note, f"{step} / {way.total}")
        cell.set_active(len(self.cells) > 1 and way is self._strips.focus)

    def _show_trials(self) -> None:
        trials = self._strips.trials.shown
        while len(self._trials) > len(trials):
            _discard(self._trials.pop())
        while len(self._trials) < len(trials):
            self._trials.append(self._make_trial(len(self._trials)))
        for number, (cell, trial) in enumerate(zip(self._trials, trials, strict=True), 1):
            cell.show_trial(trial, number)
        self._refresh()
        self._arrange()

    def _make_trial(self, place: int) -> TrialCell:
        cell = TrialCell(self._scaled, self)
        cell.kept.connect(lambda: self._strips.keep(self._strips.trials.shown[place].id))
        cell.show()
        return cell

    def _refresh(self) -> None:
        for way in self._strips.rows:
            self._show_row(way)

    def _repaint(self) -> None:
        for cell in self.cells:
            cell.update()

    def _arrange(self) -> None:
        cells = self.cells
        if not cells:
            return
        shape = QSize(1, 1)
        for cell in cells:
            shape = shape.expandedTo(cell.picture)
        wide = _columns(len(cells), self.rect(), shape)
        room = _close_together(len(cells), self.rect(), wide, shape)
        for cell, place in zip(cells, survey.places(len(cells), room.size(), wide), strict=True):
            cell.setGeometry(place.translated(room.topLeft()))


def _picture_size(count: int, room: QRect, wide: int, shape: QSize) -> QSize:
    """Give how large pictures of a shape are in so many columns."""
    width = room.width() // wide - 2 * INSET - survey.GAP
    height = room.height() // math.ceil(count / wide) - CAPTION - 2 * INSET - survey.GAP
    inside = QSize(max(width, 1), max(height, 1))
    return shape.scaled(inside, Qt.AspectRatioMode.KeepAspectRatio)


def _columns(count: int, room: QRect, shape: QSize) -> int:
    """Give how many columns let the pictures be largest."""
    return max(
        range(1, count + 1), key=lambda wide: _picture_size(count, room, wide, shape).width()
    )


def _close_together(count: int, room: QRect, wide: int, shape: QSize) -> QRect:
    """Give the middle part of a room, where pictures in so many columns leave no wide gaps."""
    picture = _picture_size(count, room, wide, shape)
    each = max(picture.width(), WORDS) + 2 * INSET + 2 * survey.GAP
    width = min(each * wide + survey.GAP, room.width())
    return QRect((room.width() - width) // 2, room.top(), width, room.height())


def _discard(cell: QWidget) -> None:
    cell.hide()
    cell.deleteLater()
