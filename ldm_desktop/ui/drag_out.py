"""Dragging saved pictures to other applications."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from ldm_desktop.session import export
from ldm_desktop.session.shown import Shown
from ldm_desktop.ui import painting

SIDE = 96


def start(source: QWidget, shown: Shown) -> bool:
    """Drag the picture on screen as its file and its pixels; one without a file stays."""
    if not shown.file:
        return False
    _drag(source, export.picture_data(shown.image, shown.file), shown.image)
    return True


def start_files(source: QWidget, files: list[Path], image: QImage) -> bool:
    """Drag saved pictures as files, `image` under the pointer; without files nothing happens."""
    if files:
        _drag(source, export.files_data(files), image)
    return bool(files)


def _drag(source: QWidget, data: QMimeData, image: QImage) -> None:
    drag = QDrag(source)
    drag.setMimeData(data)
    if not image.isNull():
        drag.setPixmap(_under_pointer(image, source.devicePixelRatioF()))
        drag.setHotSpot(QPoint(SIDE // 2, SIDE // 2))
    drag.exec(Qt.DropAction.CopyAction)


def _under_pointer(image: QImage, dpr: float) -> QPixmap:
    side = round(SIDE * dpr)
    size = image.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    pixmap = QPixmap.fromImage(painting.scale(image, size.expandedTo(QSize(1, 1))))
    pixmap.setDevicePixelRatio(dpr)
    return pixmap
