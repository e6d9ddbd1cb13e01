"""The images of a sheet's tiles: those looked at last in memory, the others read when asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QBuffer, QObject, QTimer, Signal
from PySide6.QtGui import QImage, QImageWriter

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session.background import Background
from ldm_desktop.session.explore import seed_images
from ldm_desktop.session.thumbnails import ImageCache

if TYPE_CHECKING:
    from ldm_desktop.session.explore.seeds import SeedDesk

MOST_BYTES = 64 << 20
SIDE = 256
"""The longer side of a finished picture's thumbnail."""
SMALL = 96
"""Up to this side, images are kept without loss: JPEG would show on so few pixels."""
MOST_ASKED = 512
AT_ONCE = 64


class TileImages(QObject):
    """Images by place; `read` names those that have come, `missing` those that are not kept."""

    read = Signal(object)  # frozenset[int]
    missing = Signal(object)  # frozenset[int]
    trouble = Signal(str)

    def __init__(
        self,
        seeds: SeedDesk,
        sheet: UUID,
        kept: bytearray,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        """`kept` has 1 at each place of which an image has been kept."""
        super().__init__(parent)
        self._seeds = seeds
        self._sheet = sheet
        self._kept = kept
        self._background = background
        self._images: ImageCache[int] = ImageCache(MOST_BYTES)
        self._asked: OrderedDict[int, None] = OrderedDict()
        self._reading: frozenset[int] = frozenset()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read)

    def __contains__(self, place: int) -> bool:
        return place in self._images

    def image(self, place: int) -> QImage:
        """Give a tile's image, or a null one; one that was let go is sent for."""
        if place not in self._images and self._kept[place] and place not in self._reading:
            self._asked[place] = None
            self._asked.move_to_end(place)
            # What was scrolled past is asked for again when it comes back.
            while len(self._asked) > MOST_ASKED:
                self._asked.popitem(last=False)
            if not self._reading and not self._soon.isActive():
                self._soon.start()
        return self._images[place]

    def put(self, place: int, image: QImage) -> None:
        """Take a newer image."""
        self._asked.pop(place, None)
        self._images[place] = image

    def _read(self) -> None:
        """Have those read that were asked for last."""
        places = [self._asked.popitem()[0] for _ in range(min(AT_ONCE, len(self._asked)))]
        self._reading = frozenset(places)
        if places:
            self._seeds.previews(self._sheet, places, self._decode)

    def _decode(self, found: Mapping[int, bytes] | KnownError) -> None:
        if isinstance(found, KnownError):
            self.trouble.emit(str(found))
            self._let_go(self._reading)
        else:
            self._background.run(partial(decoded, found), self._take)

    def _take(self, images: dict[int, QImage] | KnownError) -> None:
        assert not isinstance(images, KnownError)
        # What has formed since it was asked for is newer than what was kept.
        came = {place: image for place, image in images.items() if place not in self._images}
        for place, image in came.items():
            self._images[place] = image
        lost = frozenset(place for place in self._reading if place not in self._images)
        self._let_go(lost)
        if came:
            self.read.emit(frozenset(came))
        if lost:
            self.missing.emit(lost)

    def _let_go(self, lost: frozenset[int]) -> None:
        """Ask no more for what cannot be had, and for what else is wanted."""
        for place in lost:
            self._kept[place] = 0
        self._reading = frozenset()
        if self._asked:
            self._soon.start()


def encoded(images: Mapping[int, QImage]) -> dict[int, bytes]:
    """Write images as files' bytes; it takes a while, so away from the GUI thread."""
    return {place: _bytes(image) for place, image in images.items()}


def _bytes(image: QImage) -> bytes:
    if max(image.width(), image.height()) > SMALL:
        return seed_images.encoded(image, SIDE)
    buffer = QBuffer()
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def decoded(files: Mapping[int, bytes]) -> dict[int, QImage]:
    """Read images from files' bytes, without those that are damaged."""
    images = {place: seed_images.decoded(data) for place, data in files.items()}
    return {place: image for place, image in images.items() if not image.isNull()}
