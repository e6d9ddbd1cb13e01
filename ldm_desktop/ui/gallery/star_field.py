"""Stars, flags and colour labels as fields: what is said of one picture, or of many at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from ldm_desktop.gallery.records import MOST_STARS, Flag, Label
from ldm_desktop.session.gallery import wording
from ldm_desktop.ui import icons, painting, theme
from ldm_desktop.ui.widgets import HEIGHT, IconButton, WheelGuard, named

STAR = 20
GAP = 4
DOT = 16
LABEL_COLOURS = {
    Label.RED: "#d9574e",
    Label.YELLOW: "#d8b53c",
    Label.GREEN: "#5aa856",
    Label.BLUE: "#4d86d1",
    Label.PURPLE: "#9a6cc9",
}
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
}


class StarField(QSlider):
    """Zero to five stars, given by a click, by arrows or by a figure; mixed ones show as dashes."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        named(self, name, self.tr("Rating"), self.tr("Rating: 0 to 5"))
        self._mixed = False
        self._pointed = 0
        self.setRange(0, MOST_STARS)
        self.setPageStep(1)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        WheelGuard(self)
        self.valueChanged.connect(self.chosen)

    def show_rating(self, rating: int | None) -> None:
        """Show so many stars, or that the pictures differ; nobody is told."""
        blocked = QSignalBlocker(self)
        self._mixed = rating is None
        self.setValue(rating or 0)
        blocked.unblock()
        words = self.tr("Mixed") if rating is None else self.tr("Stars: {n}").format(n=rating)
        self.setAccessibleDescription(words)
        self.update()

    def choose(self, rating: int) -> None:
        """Give so many stars, and tell."""
        mixed, self._mixed = self._mixed, False
        if mixed and rating == self.value():
            self.chosen.emit(rating)
        self.setValue(rating)
        self.update()

    def sizeHint(self) -> QSize:
        """Give room for five stars."""
        return QSize(MOST_STARS * (STAR + GAP) + GAP, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Be never smaller."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the stars: the given ones filled, the others as dots."""
        painter = QPainter(self)
        lit = self._pointed or self.value()
        for number in range(1, MOST_STARS + 1):
            self._paint_star(painter, number, number <= lit)
        if self.hasFocus():
            painting.paint_focus(painter, self.rect().toRectF(), theme.RADIUS)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give as many stars as the pointer is at; the last one given is taken back."""
        if event.button() is Qt.MouseButton.LeftButton:
            rating = self._at(event.position().toPoint())
            self._pointed = 0
            same = rating == self.value() and not self._mixed
            self.choose(0 if same else rating)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would give."""
        self._pointed = self._at(event.position().toPoint())
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Leave everything to the press."""

    def leaveEvent(self, event: QEvent) -> None:
        """Show what is given."""
        self._pointed = 0
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take arrows and the figures 0 to 5."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.choose(min(max(self.value() + STEPS[key], 0), MOST_STARS))
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_0 + MOST_STARS:
            self.choose(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _at(self, point: QPoint) -> int:
        return min(max((point.x() - GAP // 2) // (STAR + GAP) + 1, 1), MOST_STARS)

    def _place(self, number: int) -> QRect:
        left = GAP + (number - 1) * (STAR + GAP)
        return QRect(left, (self.height() - STAR) // 2, STAR, STAR)

    def _paint_star(self, painter: QPainter, number: int, lit: bool) -> None:
        colours, place = theme.current(), self._place(number)
        if lit:
            colour = colours.accent if self._pointed else colours.text
            icons.draw(painter, "star-filled", colour, place.topLeft(), STAR)
        elif self._mixed and not self._pointed:
            middle = place.center()
            painter.fillRect(QRect(middle.x() - 4, middle.y(), 9, 2), QColor(colours.muted))
        else:
            icons.draw(painter, "star", colours.disabled, place.topLeft(), STAR)


class FlagField(QWidget):
    """Two buttons: picked and rejected; pressing the one that is on takes the flag away."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        drawings = {
            Flag.PICKED: ("flag-pick", "gallery-flag-pick", self.tr("Pick (P)")),
            Flag.REJECTED: ("flag-reject", "gallery-flag-reject", self.tr("Reject (X)")),
        }
        self._buttons: dict[Flag, IconButton] = {}
        row = _row(self)
        for flag, (drawing, name, tip) in drawings.items():
            button = self._buttons[flag] = IconButton(drawing, name, tip, self)
            button.setCheckable(True)
            button.clicked.connect(partial(self._clicked, flag))
            row.addWidget(button)

    def show_flag(self, flag: Flag | None) -> None:
        """Show a flag, or none where pictures differ; nobody is told."""
        for each, button in self._buttons.items():
            button.setChecked(each is flag)

    def _clicked(self, flag: Flag) -> None:
        self.chosen.emit(flag if self._buttons[flag].isChecked() else Flag.NONE)


class LabelField(QWidget):
    """A dot for each colour; pressing the one that is on takes the label away."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[Label, IconButton] = {}
        row = _row(self)
        for label in LABEL_COLOURS:
            spoken = self.tr("Label: {colour}").format(colour=wording.label(label))
            button = IconButton("tag", f"gallery-label-{label.value}", spoken, self)
            button.setFixedSize(24, HEIGHT)
            button.setCheckable(True)
            button.clicked.connect(partial(self._clicked, label))
            self._buttons[label] = button
            row.addWidget(button)
        theme.LOOK.changed.connect(self._draw)
        self._draw()

    def show_label(self, label: Label | None) -> None:
        """Show a label, or none where pictures differ; nobody is told."""
        for each, button in self._buttons.items():
            button.setChecked(each is label)

    def _clicked(self, label: Label) -> None:
        self.chosen.emit(label if self._buttons[label].isChecked() else Label.NONE)

    def _draw(self) -> None:
        for label, button in self._buttons.items():
            button.setIcon(dot(label, self.devicePixelRatioF()))


def dot(label: Label, scale: float, side: int = DOT) -> QIcon:
    """Give a label's colour as a dot that can be told from every background."""
    pixmap = QPixmap(round(side * scale), round(side * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_dot(painter, label, QRect(2, 2, side - 4, side - 4))
    painter.end()
    return QIcon(pixmap)


def paint_dot(painter: QPainter, label: Label, place: QRect) -> None:
    """Paint a label's colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.current().border), 1))
    painter.setBrush(QColor(LABEL_COLOURS[label]))
    painter.drawEllipse(place)


def _row(parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    return row
