"""Pictures at full size, for looking closely: a few are kept, and neighbours are expected."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QImage, QImageReader

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.background import Background
from ldm_desktop.session.gallery.values import OpenedImage
from ldm_desktop.session.thumbnails import ImageCache

MOST_BYTES = 384 << 20
MOST_WAITING = 12
THREADS = 2


class Images(QObject):
    """Reads pictures off the GUI thread, the latest asked for first."""

    opened = Signal(object)  # OpenedImage

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: ImageCache[UUID] = ImageCache(MOST_BYTES)
        self._waiting: OrderedDict[UUID, Path] = OrderedDict()
        self._reading: set[UUID] = set()
        self._wanted: set[UUID] = set()
        self._background = Background(THREADS, self)

    def kept(self, picture: UUID) -> QImage:
        """Give a picture if it is kept, or a null image."""
        return self._kept[picture]

    def open(self, picture: UUID, file: Path) -> None:
        """Read a picture, if it is not kept, and say so."""
        if picture in self._kept:
            self.opened.emit(OpenedImage(picture, self._kept[picture]))
            return
        self._wanted.add(picture)
        self._ask(picture, file, last=True)

    def expect(self, picture: UUID, file: Path) -> None:
        """Read a picture that may soon be asked for, when there is nothing else to read."""
        if picture not in self._kept and picture not in self._waiting:
            self._ask(picture, file, last=False)

    def forget(self) -> None:
        """Keep nothing, as files may be others now."""
        self._kept.clear()
        self._waiting.clear()
        self._wanted.clear()

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._waiting.clear()
        self._background.close()

    def _ask(self, picture: UUID, file: Path, *, last: bool) -> None:
        if picture in self._reading:
            return
        self._waiting[picture] = file
        self._waiting.move_to_end(picture, last=last)
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and len(self._reading) < THREADS:
            picture, file = self._waiting.popitem()
            self._reading.add(picture)
            self._background.run(partial(read, picture, file), partial(self._take, picture))

    def _take(self, picture: UUID, opened: OpenedImage | KnownError) -> None:
        self._reading.discard(picture)
        if isinstance(opened, OpenedImage):
            if not opened.image.isNull():
                self._kept[picture] = opened.image
            if picture in self._wanted:
                self._wanted.discard(picture)
                self.opened.emit(opened)
        self._go_on()


def read(picture: UUID, file: Path) -> OpenedImage:
    """Read a picture at full size, or say why it cannot be."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        text = QCoreApplication.translate(
            "Gallery", "{name} cannot be shown ({reason}): use a copy, or check the gallery."
        )
        return OpenedImage(picture, image, text.format(name=file.name, reason=reader.errorString()))
    # RGB32 is what painting and scaling are fast on.
    form = QImage.Format.Format_ARGB32_Premultiplied
    return OpenedImage(
        picture,
        image.convertToFormat(form if image.hasAlphaChannel() else QImage.Format.Format_RGB32),
    )
