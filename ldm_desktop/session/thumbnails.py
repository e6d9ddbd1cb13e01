"""Small images of saved pictures, read off the GUI thread, what is on screen now first."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.background import Background

K = TypeVar("K")
MOST_WAITING = 128
THREADS = 2


class Thumbnails(QObject):
    """Reads files as images of at most `side` pixels; the latest asked for comes first."""

    loaded = Signal(object, QImage)  # Path, and a null image if the file is broken

    def __init__(self, side: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._reading: set[Path] = set()
        self._background = Background(THREADS, self)

    def ask(self, file: Path) -> None:
        """Ask for a file's image; who no longer needs it need not say so."""
        if file in self._reading:
            return
        self._waiting[file] = None
        self._waiting.move_to_end(file)
        # What was scrolled past long ago is asked for again when it comes back.
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._go_on()

    def forget(self) -> None:
        """Read nothing more of what was asked for."""
        self._waiting.clear()

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._waiting.clear()
        self._background.close()

    def _go_on(self) -> None:
        while self._waiting and len(self._reading) < THREADS:
            file, _ = self._waiting.popitem()
            self._reading.add(file)
            self._background.run(partial(read_small, file, self._side), partial(self._take, file))

    def _take(self, file: Path, image: QImage | KnownError) -> None:
        self._reading.discard(file)
        self.loaded.emit(file, QImage() if isinstance(image, KnownError) else image)
        self._go_on()


class ImageCache(Generic[K]):
    """Images by a key, the ones used last, in at most so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._images: OrderedDict[K, QImage] = OrderedDict()
        self._bytes = 0

    def __getitem__(self, key: K) -> QImage:
        """Give an image, or a null one."""
        if key not in self._images:
            return QImage()
        self._images.move_to_end(key)
        return self._images[key]

    def __setitem__(self, key: K, image: QImage) -> None:
        self.drop(key)
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._most and len(self._images) > 1:
            self.drop(next(iter(self._images)))

    def __contains__(self, key: K) -> bool:
        return key in self._images

    def drop(self, key: K) -> None:
        """Forget an image, if it is there."""
        if (image := self._images.pop(key, None)) is not None:
            self._bytes -= image.sizeInBytes()

    def clear(self) -> None:
        """Forget all images."""
        self._images.clear()
        self._bytes = 0


def read_small(file: Path, side: int) -> QImage:
    """Read an image file, scaled down into a square; a null image if it is broken."""
    reader = QImageReader(str(file))
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(
            size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        )
    return reader.read()


def small(image: QImage, side: int) -> QImage:
    """Scale an image down into a square; a smaller one stays as it is."""
    if max(image.width(), image.height()) <= side:
        return image
    return image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
