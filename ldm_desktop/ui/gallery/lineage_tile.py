"""A relative in a family of pictures: small, with its name, to be clicked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ldm_desktop.gallery.records import Entry
from ldm_desktop.session.gallery import wording
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.ui import painting, theme

CAPTION = 18
RADIUS = 4
TEXT = 11
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)

translate = QCoreApplication.translate


class FamilyTile(QAbstractButton):
    """A picture, or words in its place; `own` is the one whose family it is."""

    def __init__(
        self,
        desk: GalleryDesk | None,
        entry: Entry | None,
        own: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.entry = entry
        self.own = own
        self._words = ""
        self._scaled = painting.Scaled(1 << 20)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if entry and desk:
            self.setObjectName(f"gallery-relative-{entry.number}")
            self.setText(wording.title(entry))
            self.setAccessibleName(wording.spoken(entry))
            self.setToolTip(wording.spoken(entry))
            desk.thumbnails_changed.connect(self._refresh)

    @classmethod
    def unknown(cls, name: str, parent: QWidget) -> FamilyTile:
        """Give a place for a picture that is not in this library."""
        tile = cls(None, None, parent=parent)
        tile._say("?", name, translate("Lineage", "{id} is not in this library").format(id=name))
        tile.setEnabled(False)
        return tile

    @classmethod
    def more(cls, count: int, parent: QWidget) -> FamilyTile:
        """Give a place that stands for all that there is no room for."""
        tile = cls(None, None, parent=parent)
        spoken = translate("Lineage", "Show all: {count} more").format(count=count)
        tile._say(f"+{count}", translate("Lineage", "more"), spoken)
        return tile

    def _say(self, words: str, caption: str, spoken: str) -> None:
        self._words = words
        self.setObjectName(f"gallery-relative-{caption}")
        self.setText(caption)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)

    @property
    def entrance(self) -> QPoint:
        """Where a line of descent comes in, in the parent's coordinates."""
        return self._frame().translated(self.pos()).center() - QPoint(self._side() // 2, 0)

    @property
    def exit(self) -> QPoint:
        """Where a line of descent goes out."""
        return self._frame().translated(self.pos()).center() + QPoint(self._side() // 2, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in a square, its name below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, frame = theme.current(), QRectF(self._frame())
        shape = QPainterPath()
        shape.addRoundedRect(frame, RADIUS, RADIUS)
        painter.fillPath(shape, QColor(colours.raised))
        image = self._image()
        if not image.isNull():
            painter.setClipPath(shape)
            self._paint_image(painter, image)
            painter.setClipping(False)
        else:
            painter.setPen(QColor(colours.muted))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._words)
        self._paint_frame(painter, frame)
        self._paint_caption(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows to the family; Return is a click."""
        key = Qt.Key(event.key())
        if key in ARROWS:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Leave its size to the family."""
        return QSize(1, 1)

    def _refresh(self) -> None:
        self.update()

    def _side(self) -> int:
        return min(self.width(), self.height() - CAPTION)

    def _frame(self) -> QRect:
        side = self._side()
        return QRect((self.width() - side) // 2, 0, side, side)

    def _image(self) -> QImage:
        if self._desk is None or self.entry is None:
            return QImage()
        return self._desk.thumbnail(self.entry) or QImage()

    def _paint_image(self, painter: QPainter, image: QImage) -> None:
        """Fill the square with the middle of the picture."""
        scale = self.devicePixelRatioF()
        place = painting.on_device(self._frame(), scale)
        size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        whole = QRect(QPoint(0, 0), size)
        whole.moveCenter(place.center())
        painter.save()
        painter.scale(1 / scale, 1 / scale)
        painter.drawPixmap(whole.topLeft(), self._scaled.pixmap(image, size))
        painter.restore()

    def _paint_frame(self, painter: QPainter, frame: QRectF) -> None:
        colours = theme.current()
        if self.hasFocus():
            painting.paint_focus(painter, frame, RADIUS)
        elif self.own or self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent if self.own else colours.muted), 2))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_caption(self, painter: QPainter) -> None:
        colours = theme.current()
        font = painting.text_font(self.font(), TEXT, strong=self.own)
        painter.setFont(font)
        painter.setPen(QColor(colours.text if self.own else colours.muted))
        place = QRect(0, self._side() + 2, self.width(), CAPTION - 2)
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
