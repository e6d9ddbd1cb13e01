"""One picture of a survey: framed when it is the active one, with a way out of the survey."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
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

from ldm_desktop.gallery.records import Entry, short
from ldm_desktop.session.gallery import wording
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import OpenedImage
from ldm_desktop.ui import icons, painting, placeholder, theme
from ldm_desktop.ui.colours import DARK
from ldm_desktop.ui.gallery import picture_overlay, picture_words
from ldm_desktop.ui.gallery.picture_overlay import Shortly
from ldm_desktop.ui.surface import Surface
from ldm_desktop.ui.viewport import Viewport
from ldm_desktop.ui.widgets import IconButton

INSET = 8
FRAME = 2
AIR = 5
SCRIM = 24
ICON = 14


class ScrimButton(IconButton):
    """A round button that can be seen on every picture."""

    def __init__(self, drawing: str, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(drawing, name, tip, parent)
        self._drawing = drawing
        self.setFixedSize(SCRIM, SCRIM)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a disk, and the drawing on it."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.scrim if not self.underMouse() else DARK.hover))
        painter.drawEllipse(self.rect())
        corner = QPoint((SCRIM - ICON) // 2, (SCRIM - ICON) // 2)
        icons.draw(painter, self._drawing, colours.scrim_text, corner, ICON)
        if self.hasFocus():
            painting.paint_focus(painter, QRectF(self.rect()), SCRIM / 2)
        painter.end()


class SurveyCell(Surface):
    """Paints its picture in the place that all cells share; it tells what is done to it."""

    focused = Signal()
    closed = Signal()

    def __init__(
        self, desk: GalleryDesk, number: int, viewport: Viewport, parent: QWidget | None = None
    ) -> None:
        super().__init__(viewport, parent)
        self.setObjectName(f"gallery-survey-{number}")
        self.setMinimumSize(1, 1)
        self._desk = desk
        self.number = number
        self.frame = QSize(1, 1)
        self._entry: Entry | None = None
        self._image = QImage()
        self._sentence = ""
        self._active = False
        self._verdict = Shortly(self)
        self._verdict.changed.connect(self.update)
        tip = self.tr("Take it out of the survey (Backspace)")
        self._close = ScrimButton("close", f"gallery-survey-close-{number}", tip, self)
        self._close.clicked.connect(self.closed)
        self._close.hide()

    @property
    def entry(self) -> Entry | None:
        """The picture, once it has been read."""
        return self._entry

    @property
    def image(self) -> QImage:
        """Its pixels, a small version until they have been read."""
        return self._image

    @property
    def picture_size(self) -> QSize | None:
        """How large it is in its own pixels, if that is known."""
        if self._entry is None or not (self._entry.width and self._entry.height):
            return None
        return QSize(self._entry.width, self._entry.height)

    def show_entry(self, entry: Entry) -> None:
        """Show a reading of the picture."""
        before, self._entry = self._entry, entry
        if before is None or before.state is not entry.state:
            self._open(entry)
        if picture_overlay.judged(before, entry):
            self._verdict.show()
        self._describe()
        self.update()

    def set_frame(self, frame: QSize) -> None:
        """Be zoomed as if the picture were so large: as the largest of the survey is."""
        if frame != self.frame:
            self.frame = frame
            self.update()

    def set_active(self, active: bool) -> None:
        """Be the one that verdicts go to, or no longer."""
        self._active = active
        self._close.setVisible(active or self.underMouse())
        self._describe()
        self.update()

    def take(self, opened: OpenedImage) -> None:
        """Show the pixels, if they are this picture's."""
        if self._entry is None or opened.picture != self._entry.id:
            return
        self._sentence = opened.sentence
        if not opened.image.isNull():
            self._image = opened.image
        self._describe()
        self.update()

    def place(self, picture: tuple[int, int]) -> None:
        """Say how large the picture is; side by side, less air is left around it."""
        dpr = self.devicePixelRatioF()
        view = QSize(round(self.width() * dpr), round(self.height() * dpr))
        self.viewport.place(view, round((AIR + FRAME) * dpr), QSize(*picture))

    # What Qt tells.

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, what is said of it, and the frame of the active one."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().canvas))
        self.place((self.frame.width(), self.frame.height()))
        if self._entry and self._sentence:
            title = wording.title(self._entry)
            picture_overlay.paint_trouble(painter, QRectF(self.rect()), title, self._sentence)
        elif self._entry:
            self._paint_picture(painter, self._entry)
        if self._active:
            self._paint_frame(painter)
        painter.end()
        self._move_close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the way out in the corner."""
        super().resizeEvent(event)
        self._move_close()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the active one."""
        super().focusInEvent(event)
        self.focused.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Become the active one, and begin to move all pictures."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys to the survey."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave keys to the survey."""
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offer the way out to whoever points at the picture."""
        self._close.show()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Offer the way out only where it is active."""
        self._close.setVisible(self._active)
        super().leaveEvent(event)

    # Parts.

    def _move_close(self) -> None:
        """Keep the way out in the corner of what is seen of the picture."""
        seen = self.on_screen()
        right, top = seen.right(), seen.top()
        self._close.move(round(right) - SCRIM - INSET, round(top) + INSET)

    def _open(self, entry: Entry) -> None:
        self._sentence = picture_words.trouble(entry.state) if picture_words.unseen(entry) else ""
        self._image = self._desk.kept_image(entry.id)
        if self._image.isNull():
            self._image = self._desk.thumbnail(entry) or QImage()
        if not self._sentence:
            self._desk.open_image(entry.id)

    def _place(self) -> QRect:
        """Give where this picture lies within the place that all share."""
        size = self.picture_size or self.frame
        return painting.fitted(size, self.viewport.target)

    def _paint_picture(self, painter: QPainter, entry: Entry) -> None:
        visible = self.on_screen()
        if self._image.isNull():
            placeholder.paint_forming(painter, visible)
        else:
            self.paint_image(painter, self._place(), self._image)
        room = visible.adjusted(INSET, INSET, -INSET - SCRIM - INSET, -INSET)
        painting.paint_pill(painter, self._parts(entry), room, Qt.Corner.TopLeftCorner)
        if self._verdict.on:
            picture_overlay.paint_verdict(painter, entry, visible)

    def _parts(self, entry: Entry) -> list[str]:
        verdict = " ".join(filter(None, [wording.flag(entry.flag), wording.label(entry.label)]))
        parts = [wording.title(entry), "★" * entry.rating, verdict, short(entry.id)]
        return [part for part in parts if part]

    def _paint_frame(self, painter: QPainter) -> None:
        colours, half = theme.current(), FRAME / 2
        around = self.on_screen().adjusted(-AIR, -AIR, AIR, AIR)
        inside = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.focus if self.hasFocus() else colours.border), FRAME))
        painter.drawRoundedRect(around.intersected(inside), theme.RADIUS, theme.RADIUS)

    def _describe(self) -> None:
        name = wording.spoken(self._entry) if self._entry else self.tr("Picture")
        if self._active:
            name = self.tr("{picture}, active").format(picture=name)
        if self._sentence:
            name = f"{name}, {self._sentence}"
        if name != self.accessibleName():
            self.setAccessibleName(name)
