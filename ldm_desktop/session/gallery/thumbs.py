"""Thumbnails: kept in memory and in the cache on disk, made off the GUI thread, latest first."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtGui import QImage, QImageWriter

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.records import Entry
from ldm_desktop.session.background import Background
from ldm_desktop.session.thumbnails import ImageCache, read_small, small

_log = logging.getLogger(__name__)
SMALLEST, USUAL, LARGEST = 64, 256, 512
LARGEST_KEPT = LARGEST
QUALITY = 88
MOST_BYTES = 160 << 20
MOST_WAITING = 512
THREADS = 2
TOGETHER = 12
"""Milliseconds within which images that arrive are told of together: one painting for all."""


@dataclass(frozen=True)
class Wish:
    """A picture to be made small: `key` names its pixels, `file` is where they are."""

    key: str
    file: Path
    side: int


class Thumbs(QObject):
    """Gives images at most `side` pixels long, at once if they are kept, or else by `loaded`.

    On disk they are JPEGs of 512 pixels named by the hash of the picture's pixels, so that
    they outlive a rebuild, a moved file and an unplugged disk. The folder can be deleted.
    """

    loaded = Signal(object)
    """frozenset[int]: the numbers of the pictures whose images have come."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._side = USUAL
        self._kept: ImageCache[str] = ImageCache(MOST_BYTES)
        self._sides: dict[str, int] = {}
        self._broken: set[str] = set()
        self._waiting: OrderedDict[str, Wish] = OrderedDict()
        self._working: set[str] = set()
        self._numbers: dict[str, set[int]] = {}
        self._arrived: set[int] = set()
        self._background = Background(THREADS, self)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(TOGETHER)
        self._telling.timeout.connect(self._tell)

    @property
    def side(self) -> int:
        """How long the longer side of an image is at most, in pixels."""
        return self._side

    def set_side(self, side: int) -> None:
        """Make images of another size from now on."""
        self._side = side
        self._waiting.clear()

    def image(self, entry: Entry, file: Path) -> QImage | None:
        """Give a picture's image; null if it cannot be read, None if it is on its way.

        While one of a new size is on its way, the one of the former size is given.
        """
        key = key_of(entry)
        is_kept = key in self._kept
        if not (is_kept and self._sides[key] == self._side):
            self._ask(Wish(key, file, self._side), entry.number)
        return self._kept[key] if is_kept else None

    def forget(self) -> None:
        """Make no more of what was asked for; what is kept in memory goes as well."""
        self._waiting.clear()
        self._numbers.clear()
        self._kept.clear()
        self._sides.clear()

    def forget_broken(self) -> None:
        """Try again what could not be read, as its file may be another one now."""
        for key in self._broken:
            self._kept.drop(key)
        self._broken.clear()

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._telling.stop()
        self._waiting.clear()
        self._background.close()

    def _ask(self, wish: Wish, number: int) -> None:
        self._numbers.setdefault(wish.key, set()).add(number)
        if wish.key in self._working:
            return
        self._waiting[wish.key] = wish
        self._waiting.move_to_end(wish.key)
        # What was scrolled past long ago is asked for again when it comes back.
        while len(self._waiting) > MOST_WAITING:
            key, _ = self._waiting.popitem(last=False)
            self._numbers.pop(key, None)
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and len(self._working) < THREADS:
            key, wish = self._waiting.popitem()
            self._working.add(key)
            self._background.run(partial(load, self._folder, wish), partial(self._take, wish))

    def _take(self, wish: Wish, image: QImage | KnownError) -> None:
        self._working.discard(wish.key)
        made = QImage() if isinstance(image, KnownError) else image
        self._kept[wish.key] = made
        if made.isNull():
            self._broken.add(wish.key)
        self._sides[wish.key] = wish.side
        self._drop_forgotten()
        self._arrived |= self._numbers.pop(wish.key, set())
        if not self._telling.isActive():
            self._telling.start()
        self._go_on()

    def _drop_forgotten(self) -> None:
        """Keep no side of an image that is kept no more; seldom, as it looks at all."""
        if len(self._sides) > 2 * MOST_WAITING + 2 * sum(key in self._kept for key in self._sides):
            self._sides = {key: side for key, side in self._sides.items() if key in self._kept}

    def _tell(self) -> None:
        arrived, self._arrived = frozenset(self._arrived), set()
        self.loaded.emit(arrived)


def key_of(entry: Entry) -> str:
    """Name a picture's pixels: equal pictures share a thumbnail."""
    return entry.pixels or entry.id.hex


def place_of(folder: Path, key: str) -> Path:
    """Give where a thumbnail is kept on disk."""
    return folder / key[:2] / f"{key}.jpg"


def load(folder: Path, wish: Wish) -> QImage:
    """Give a picture made small, from the cache if it is there; null if it cannot be read."""
    place = place_of(folder, wish.key)
    image = read_small(place, wish.side) if place.exists() else QImage()
    if image.isNull():
        image = read_small(wish.file, LARGEST_KEPT)
        if image.isNull():
            return image
        keep(place, image)
    # RGB32 is what painting is fast on.
    return small(image, wish.side).convertToFormat(QImage.Format.Format_RGB32)


def keep(place: Path, image: QImage) -> None:
    """Write a thumbnail into the cache, whole or not at all; without a cache nothing is lost."""
    part = place.with_name(f".{place.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        writer = QImageWriter(str(part), QByteArray(b"JPEG"))
        writer.setQuality(QUALITY)
        if writer.write(image):
            part.replace(place)
    except OSError as error:
        _log.warning("No thumbnail is kept in %s: %s.", place.parent, error)
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
