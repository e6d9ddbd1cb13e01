"""One picture of the gallery, large: to look closely, to judge, and to go on to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from ldm_desktop.gallery.records import Entry, short
from ldm_desktop.session.gallery import wording
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import NOT_LISTED, OpenedImage
from ldm_desktop.ui import drag_out, painting, placeholder, theme
from ldm_desktop.ui.gallery import culling, picture_overlay, picture_words
from ldm_desktop.ui.gallery.picture_overlay import Shortly
from ldm_desktop.ui.surface import ARROWS, KEYPAD, Surface
from ldm_desktop.ui.viewport import Viewport

INSET = 10
WAYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
}
FAR = 1 << 30
ENDS = {Qt.Key.Key_Home: -FAR, Qt.Key.Key_End: FAR}


class Loupe(Surface):
    """Shows the desk's current picture; zoom and place stay from one picture to the next."""

    closed = Signal()
    """Back to the grid."""
    full_screen_wished = Signal()
    """Nothing but the picture, or the rest again."""

    def __init__(
        self, desk: GalleryDesk, viewport: Viewport | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(viewport or Viewport(), parent)
        self.setObjectName("gallery-loupe")
        self.setAccessibleName(self.tr("Picture"))
        if viewport is None:
            self.viewport.setParent(self)
        self._desk = desk
        self._entry: Entry | None = None
        self._image = QImage()
        self._sentence = ""
        self._hovered = False
        self._full_screen = False
        self._verdict, self._caption = Shortly(self), Shortly(self)
        for moment in (self._verdict, self._caption):
            moment.changed.connect(self.update)
        desk.current_changed.connect(self._follow)
        desk.image_opened.connect(self._take)

    @property
    def entry(self) -> Entry | None:
        """The picture that is shown."""
        return self._entry

    @property
    def image(self) -> QImage:
        """Its pixels, a small version until they have been read; null if there is none yet."""
        return self._image

    @property
    def sentence(self) -> str:
        """Why it cannot be seen, if it cannot."""
        return self._sentence

    @property
    def judging(self) -> bool:
        """Whether the verdict stands on the picture now."""
        return self._verdict.on

    def set_full_screen(self, on: bool) -> None:
        """Hear that there is nothing but the picture, so that Escape ends that first."""
        self._full_screen = on

    # What is painted.

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, or say why there is none."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().canvas))
        if self._entry is None:
            self._paint_nothing(painter)
        elif self._sentence:
            title = wording.title(self._entry)
            picture_overlay.paint_trouble(painter, QRectF(self.rect()), title, self._sentence)
        else:
            self._paint_picture(painter, self._entry)
        self.paint_focus(painter)
        painter.end()

    def _paint_nothing(self, painter: QPainter) -> None:
        """Say that no picture is chosen, unless it only has to be read."""
        if self._desk.current_number == NOT_LISTED:
            placeholder.paint_hint(painter, QRectF(self.rect()), self.tr("No picture is chosen."))

    def _paint_picture(self, painter: QPainter, entry: Entry) -> None:
        self.place((max(entry.width, 1), max(entry.height, 1)))
        visible = self.on_screen()
        if self._image.isNull():
            placeholder.paint_forming(painter, visible)
        else:
            self.paint_image(painter, self.viewport.target, self._image)
        if self._verdict.on:
            picture_overlay.paint_verdict(painter, entry, visible)
        if self._hovered or self._caption.on:
            room = visible.adjusted(INSET, INSET, -INSET, -INSET)
            painting.paint_pill(painter, self._parts(entry), room, Qt.Corner.TopLeftCorner)

    def _parts(self, entry: Entry) -> list[str]:
        scale = "" if self.viewport.fits else f"{round(self.viewport.scale * 100)} %"
        parts = [wording.title(entry), short(entry.id), self._position(), scale]
        return [part for part in parts if part]

    def _position(self) -> str:
        row = self._desk.model.row_of(self._desk.current_number)
        if row == NOT_LISTED:
            return ""
        text = self.tr("{row} of {count}")
        return text.format(row=row + 1, count=self._desk.model.rowCount())

    # What is heard.

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is current now; while hidden nothing is read."""
        super().showEvent(event)
        self._follow(self._desk.current)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the pixels."""
        super().hideEvent(event)
        self._entry, self._image = None, QImage()

    def _follow(self, entry: Entry | None) -> None:
        if not self.isVisible():
            return
        before, self._entry = self._entry, entry
        if entry is None:
            self._image, self._sentence = QImage(), ""
        elif before is None or before.id != entry.id or before.state is not entry.state:
            self._open(entry)
        if picture_overlay.judged(before, entry):
            self._verdict.show()
        self._describe()
        self.update()

    def _open(self, entry: Entry) -> None:
        """Show what there is at once, and ask for the rest."""
        self._sentence = picture_words.trouble(entry.state) if picture_words.unseen(entry) else ""
        self._image = self._desk.kept_image(entry.id)
        if self._image.isNull():
            self._image = self._desk.thumbnail(entry) or QImage()
        if not self._sentence:
            self._desk.open_image(entry.id)
        self._caption.show()
        if picture_overlay.has_verdict(entry):
            self._verdict.show()
        else:
            self._verdict.hide()

    def _take(self, opened: OpenedImage) -> None:
        if self._entry is None or opened.picture != self._entry.id:
            return
        self._sentence = opened.sentence
        if not opened.image.isNull():
            self._image = opened.image
        self._describe()
        self.update()

    def _describe(self) -> None:
        unread = self._desk.current_number != NOT_LISTED
        words = "" if unread else self.tr("No picture is chosen.")
        if self._entry:
            parts = [wording.spoken(self._entry), self._position(), self._sentence]
            words = ", ".join(part for part in parts if part)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    # What is done.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to neighbours, judge, look closer, go back; what is left is the gallery's."""
        numbers = [self._desk.current_number] if self._entry else []
        if self._go(event) or self._look(event):
            return
        if not culling.handle(event, self._desk, numbers):
            QWidget.keyPressEvent(self, event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave the space bar to `keyPressEvent`."""
        QWidget.keyReleaseEvent(self, event)

    def _go(self, event: QKeyEvent) -> bool:
        """Go to another picture; with Shift held, arrows move this one instead."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~KEYPAD
        rows = (WAYS | ENDS).get(key)
        if modifiers is Qt.KeyboardModifier.NoModifier and rows is not None:
            self._desk.step(rows)
        elif key in ARROWS and modifiers in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            self.viewport.pan(QPointF(ARROWS[key]) * self.devicePixelRatioF())
        else:
            return False
        return True

    def _look(self, event: QKeyEvent) -> bool:
        """Do what a key means for how the picture is shown."""
        if event.modifiers() & ~KEYPAD:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_F, Qt.Key.Key_Space):
            self.full_screen_wished.emit()
        elif key in (Qt.Key.Key_Z, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._zoom()
        elif key is Qt.Key.Key_Escape and self._full_screen:
            self.full_screen_wished.emit()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_G):
            self.closed.emit()
        else:
            return False
        return True

    def _zoom(self) -> None:
        if self.viewport.fits:
            self.viewport.actual()
        else:
            self.viewport.fit()
        self._caption.show()

    def drag_out(self) -> bool:
        """Drag the picture to other applications."""
        if self._entry is None or self._sentence:
            return False
        return drag_out.start_files(self, [self._desk.model.file_of(self._entry)], self._image)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say what it is to whoever points at it."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Leave it alone."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)
