"""Small pictures of seeds: as image files' bytes for the memory, and as images for the views."""

from __future__ import annotations

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QImageWriter

from ldm_desktop.session.thumbnails import small

SIDE = 160
"""Pixels of the longer side: for rows, and for tiles on screens of scale 1."""
QUALITY = 85


def encoded(image: QImage, side: int = SIDE) -> bytes:
    """Give an image made small as a JPEG file's bytes."""
    buffer = QBuffer()
    writer = QImageWriter(buffer, b"jpg")
    writer.setQuality(QUALITY)
    writer.write(small(image, side))
    return bytes(buffer.data().data())


def decoded(preview: bytes) -> QImage:
    """Give the image of a preview; a null one for none, or one that cannot be read."""
    image = QImage.fromData(preview) if preview else QImage()
    # RGB32 is what painting is fast on.
    return image if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
