"""What has to be said in a sentence stands above the picture: notices, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPropertyAnimation,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.widgets import IconButton

MOST = 3
STAYS = 6000
READS = 50
GLIDES = 140
"""Milliseconds: how long news stay, and for each letter longer; how long they take to open."""
UNBOUNDED = (1 << 24) - 1


class Level(StrEnum):
    """How much a notice matters; only `info` goes by itself."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Notice:
    """A sentence, and what a button beside it does; a new one with an equal key replaces it."""

    sentence: str
    level: Level = Level.INFO
    button: str = ""
    do: Callable[[], None] | None = None
    key: str = ""


class NoticeBar(QFrame):
    """One notice on screen."""

    closed = Signal()

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setObjectName("notice")
        self._label = QLabel(notice.sentence, self)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._icon = QLabel(self)
        self._icon.setFixedSize(20, 20)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        if notice.button:
            row.addWidget(self._button(notice))
        row.addWidget(self._closer())
        self.setAccessibleName(notice.sentence)
        stays = STAYS + READS * len(notice.sentence)
        self._hide = QTimer(self, interval=stays, singleShot=True)
        self._hide.timeout.connect(self._go)
        self._wait()
        self._dress()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while somebody points at it."""
        self._hide.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on waiting."""
        self._wait()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a quiet bar with an edge in the colour of the level."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.setBrush(self._colour())
        painter.drawRoundedRect(QRectF(5, 8, 3, self.height() - 16), 1.5, 1.5)

    def _wait(self) -> None:
        if self.notice.level is Level.INFO:
            self._hide.start()

    def _go(self) -> None:
        """Go by itself, but not from under somebody who is about to press its button."""
        focus = QApplication.focusWidget()
        if focus and self.isAncestorOf(focus):
            self._wait()
        else:
            self.closed.emit()

    def _colour(self) -> QColor:
        colours = theme.current()
        return QColor(
            {
                Level.INFO: colours.accent,
                Level.WARNING: colours.warning,
                Level.ERROR: colours.danger,
            }[self.notice.level]
        )

    def _dress(self) -> None:
        tints: dict[Level, icons.Tint] = {
            Level.INFO: "accent",
            Level.WARNING: "warning",
            Level.ERROR: "danger",
        }
        icon = icons.icon(self.notice.level, tints[self.notice.level])
        self._icon.setPixmap(icon.pixmap(QSize(18, 18), self.devicePixelRatioF()))

    def _button(self, notice: Notice) -> QPushButton:
        button = QPushButton(notice.button, self)
        button.setObjectName("notice-button")
        button.setAccessibleName(notice.button)
        if notice.do:
            button.clicked.connect(notice.do)
        button.clicked.connect(self.closed)
        return button

    def _closer(self) -> IconButton:
        button = IconButton("close", "notice-close", self.tr("Close this notice"), self)
        button.clicked.connect(self.closed)
        return button


class Notices(QWidget):
    """At most three notices, the newest below; they glide in, so that the picture never jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._bars: list[NoticeBar] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 0)
        self._column.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def shown(self) -> tuple[Notice, ...]:
        """The notices on screen, oldest first."""
        return tuple(bar.notice for bar in self._bars)

    def say(self, notice: Notice) -> None:
        """Show a notice; said twice it is shown once, and one of an equal key makes way."""
        same = next((bar for bar in self._bars if _alike(bar.notice, notice)), None)
        if same and same.notice.sentence == notice.sentence and (same.notice.do or not notice.do):
            return
        if same:
            self._remove(same)
        while len(self._bars) >= MOST:
            self._remove(self._least())
        self._add(NoticeBar(notice, self))

    def withdraw(self, key: str) -> None:
        """Take away the notice of a key, because it is no longer true."""
        for bar in [bar for bar in self._bars if bar.notice.key == key]:
            self._remove(bar)

    def _add(self, bar: NoticeBar) -> None:
        self._bars.append(bar)
        bar.closed.connect(lambda: self._remove(bar))
        self._column.addWidget(bar)
        self.show()
        height = bar.sizeHint().height()
        bar.setMaximumHeight(0)
        glide = QPropertyAnimation(bar, b"maximumHeight", bar)
        glide.setDuration(GLIDES)
        glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        glide.setStartValue(0)
        glide.setEndValue(max(height, 36))
        # Afterwards as high as its sentence needs at whatever width.
        glide.finished.connect(lambda: bar.setMaximumHeight(UNBOUNDED))
        glide.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)

    def _remove(self, bar: NoticeBar) -> None:
        if bar not in self._bars:
            return
        self._bars.remove(bar)
        self._column.removeWidget(bar)
        bar.hide()
        bar.deleteLater()
        self.setVisible(bool(self._bars))

    def _least(self) -> NoticeBar:
        """The notice that matters least: what goes by itself, then the oldest."""
        return next((bar for bar in self._bars if bar.notice.level is Level.INFO), self._bars[0])


def _alike(one: Notice, other: Notice) -> bool:
    return one.sentence == other.sentence or bool(one.key and one.key == other.key)
