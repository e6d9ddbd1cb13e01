"""The way here: the pictures one came from, small, in a row; a click goes back to one of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ldm_desktop.session.explore import ring
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.explore.variations import Variations
from ldm_desktop.ui import painting, theme, tile_parts
from ldm_desktop.ui.explore import variation_words as words
from ldm_desktop.ui.explore.variation_tile import paint_outline
from ldm_desktop.ui.widgets import named

SIDE = 40
LINK = 44
"""Logical pixels between two pictures, for the angle from one to the next."""
TEXT = 11


class VariationPath(QWidget):
    """As many of the last pictures as there is room for, and always the first."""

    def __init__(self, variations: Variations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "variations-path", self.tr("The way here"))
        self._variations = variations
        self._crumbs: list[Crumb] = []
        self.setFixedHeight(SIDE + 4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.LOOK.changed.connect(self._refresh)

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """What can be clicked."""
        return tuple(self._crumbs)

    def refresh(self) -> None:
        """Show the way as it is now."""
        path = self._variations.path
        wanted = shown(len(path), max((self.width() + LINK) // (SIDE + LINK), 2))
        if [crumb.number for crumb in self._crumbs] != wanted:
            self._rebuild(wanted)
        for crumb in self._crumbs:
            subject = self._variations.seen(path[crumb.number])
            crumb.show_subject(subject, here=crumb.number == len(path) - 1)
        self.update()

    def sizeHint(self) -> QSize:
        """Take what room there is."""
        return QSize(2 * SIDE + LINK, SIDE + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more, or fewer."""
        super().resizeEvent(event)
        self.refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the angles from each to the next."""
        path = self._variations.path
        painter = QPainter(self)
        painter.setFont(painting.text_font(self.font(), TEXT))
        painter.setPen(QColor(theme.current().muted))
        for before, crumb in zip(self._crumbs, self._crumbs[1:], strict=False):
            room = QRect(crumb.x() - LINK, 0, LINK, self.height())
            turned = abs(ring.last_turn(path[crumb.number].recipe).degrees)
            text = words.degrees(turned) if crumb.number == before.number + 1 else "…"
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _refresh(self) -> None:
        self.update()

    def _rebuild(self, wanted: list[int]) -> None:
        for crumb in self._crumbs:
            crumb.hide()
            crumb.deleteLater()
        self._crumbs = [Crumb(number, self) for number in wanted]
        for place, crumb in enumerate(self._crumbs):
            crumb.clicked.connect(partial(self._variations.back_to, crumb.number))
            crumb.setGeometry(place * (SIDE + LINK), 2, SIDE, SIDE)
            crumb.show()


class Crumb(QAbstractButton):
    """A picture on the way here."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self._subject: Subject | None = None
        self._here = False
        self._scaled = painting.Scaled(1 << 20)
        self.setObjectName(f"variations-crumb-{number}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_subject(self, subject: Subject, *, here: bool) -> None:
        """Show a picture; `here` if it is where one is."""
        self._subject, self._here = subject, here
        text = self.tr("Back to generation {number}").format(number=self.number)
        if not self.number:
            text = self.tr("Back to where you began")
        if here:
            text = self.tr("You are here")
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Be small."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the middle of the picture in a square."""
        painter = QPainter(self)
        place = self.rect().adjusted(1, 1, -1, -1)
        image = self._subject.image if self._subject else None
        if image is None or image.isNull():
            tile_parts.paint_place(painter, place)
        else:
            scale = self.devicePixelRatioF()
            whole = painting.on_device(place, scale).size()
            size = image.size().scaled(whole, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            middle = QRectF(0, 0, whole.width(), whole.height())
            middle.moveCenter(QRectF(0, 0, size.width(), size.height()).center())
            painter.drawPixmap(QRectF(place), self._scaled.pixmap(image, size), middle)
        colours = theme.current()
        if self.hasFocus():
            painting.paint_focus(painter, QRectF(self.rect()))
        elif self._here or self.underMouse():
            paint_outline(painter, place, colours.accent if self._here else colours.border)
        painter.end()


def shown(count: int, room: int) -> list[int]:
    """Give which of so many are shown where there is room for some: the first, and the last."""
    if count <= room:
        return list(range(count))
    return [0, *range(count - room + 1, count)]
