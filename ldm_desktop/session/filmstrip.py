"""The newest saved pictures as a list for views, read from the library's newest days."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QFileSystemWatcher,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QImage

from ldm_desktop.core.errors import KnownError
from ldm_desktop.session import export
from ldm_desktop.session.background import Background
from ldm_desktop.session.shown import image_of
from ldm_desktop.session.thumbnails import Thumbnails, small
from ldm_desktop.worker.work import Saved

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST = 400
SIDE = 192
"""Pixels: twice what is painted, for screens of scale 2."""
SETTLES = 300
"""Milliseconds to wait after a folder has changed, as files come in droves."""
SEED_IN_NAME = re.compile(r" seed ([0-9]+)\b")


class Role(IntEnum):
    """What a view can ask of a saved picture."""

    FILE = Qt.ItemDataRole.UserRole + 1
    IMAGE = Qt.ItemDataRole.UserRole + 2
    BROKEN = Qt.ItemDataRole.UserRole + 3
    SEED = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True)
class Scan:
    """What lies in the library: files, newest first, and the folders to watch for more."""

    files: tuple[Path, ...]
    watched: tuple[Path, ...]


class FilmstripModel(QAbstractListModel):
    """At most 400 pictures, newest first; their images come when a view asks for them."""

    NAMES: ClassVar[dict[int, bytes]] = {role: role.name.lower().encode() for role in Role}

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Path | None = None
        self._files: list[Path] = []
        self._fresh: list[Path] = []
        self._images: dict[Path, QImage] = {}
        self._thumbnails = Thumbnails(SIDE, self)
        self._thumbnails.loaded.connect(self._take_image)
        self._background = Background(1, self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._folder_changed)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLES)
        self._settling.timeout.connect(self.scan)
        worker.saved.connect(self._take_saved)

    def files(self) -> tuple[Path, ...]:
        """Give all files, newest first."""
        return tuple(self._files)

    def index_of(self, file: Path | None) -> QModelIndex:
        """Give a file's place, or an invalid index."""
        return self.index(self._files.index(file)) if file in self._files else QModelIndex()

    def set_library(self, library: Path) -> None:
        """Show the pictures of another library."""
        self.beginResetModel()
        self._library = library
        self._files.clear()
        self._images.clear()
        self._thumbnails.forget()
        self.endResetModel()
        self.scan()

    def scan(self) -> None:
        """Look, away from the GUI thread, for what has come and gone."""
        if self._library:
            self._fresh.clear()
            library = self._library
            self._background.run(partial(scan, library), partial(self._take_scan, library))

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._settling.stop()
        self._thumbnails.close()
        self._background.close()

    # What Qt asks of a model.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Give how many pictures there are."""
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is known of a picture; an image that is not there yet is sent for."""
        if not (index.isValid() and index.row() < len(self._files)):
            return None
        file = self._files[index.row()]
        if role == Role.FILE:
            return file
        if role in (Role.IMAGE, Role.BROKEN):
            image = self._image(file)
            return image if role == Role.IMAGE else image is not None and image.isNull()
        found = SEED_IN_NAME.search(file.stem)
        if role == Role.SEED:
            return found[1] if found else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("Seed {seed}").format(seed=found[1]) if found else file.stem
        return file.name if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let pictures be dragged out."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else usual

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """Give pictures as files; PySide's stub asks for a wider sequence than Qt ever gives."""
        return export.files_data([self._files[index.row()] for index in indexes])

    def roleNames(self) -> dict[int, bytes]:  # type: ignore[override]
        """Name the roles; PySide's stub has QByteArray where it takes and gives bytes."""
        return self.NAMES

    # What comes in.

    def _image(self, file: Path) -> QImage | None:
        if file not in self._images:
            self._thumbnails.ask(file)
        return self._images.get(file)

    def _take_image(self, file: Path, image: QImage) -> None:
        if (index := self.index_of(file)).isValid():
            self._images[file] = image
            self.dataChanged.emit(index, index, [Role.IMAGE, Role.BROKEN])

    def _take_saved(self, saved: Saved) -> None:
        self._fresh.append(saved.file)
        self._images[saved.file] = small(image_of(saved.frame), SIDE)
        if (index := self.index_of(saved.file)).isValid():
            self.dataChanged.emit(index, index, [Role.IMAGE, Role.BROKEN])
        else:
            self._insert(0, saved.file)
            self._trim()
        if str(saved.file.parent) not in self._watcher.directories():
            self._settling.start()

    def _take_scan(self, library: Path, found: Scan | KnownError) -> None:
        if library != self._library or isinstance(found, KnownError):
            return
        # What was saved while the folders were read may not be in the answer yet.
        unseen = [file for file in reversed(self._fresh) if file not in found.files]
        self._become([*unseen, *found.files])
        self._watch(found.watched)

    def _become(self, files: list[Path]) -> None:
        """Take away and put in row by row, so that selection and scrolling stay."""
        wanted = set(files)
        for row in reversed(range(len(self._files))):
            if self._files[row] not in wanted:
                self._remove(row)
        present = set(self._files)
        for row, file in enumerate(files):
            if file not in present:
                self._insert(min(row, len(self._files)), file)
        self._trim()

    def _trim(self) -> None:
        while len(self._files) > MOST:
            self._remove(len(self._files) - 1)

    def _insert(self, row: int, file: Path) -> None:
        self.beginInsertRows(QModelIndex(), row, row)
        self._files.insert(row, file)
        self.endInsertRows()

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        self._images.pop(self._files.pop(row), None)
        self.endRemoveRows()

    def _watch(self, folders: tuple[Path, ...]) -> None:
        wanted, watched = {str(folder) for folder in folders}, set(self._watcher.directories())
        if gone := list(watched - wanted):
            self._watcher.removePaths(gone)
        if new := list(wanted - watched):
            self._watcher.addPaths(new)

    def _folder_changed(self, _folder: str) -> None:
        self._settling.start()


def scan(library: Path) -> Scan:
    """Find the newest pictures of a library, by the day and then by when they were written."""
    from ldm_desktop.gallery import files

    if not library.is_dir():
        return Scan((), ())
    days = sorted((day for day in library.glob(files.DAYS) if day.is_dir()), reverse=True)
    found: list[Path] = []
    for day in days:
        found += _pictures(day)
        if len(found) >= MOST:
            break
    return Scan(tuple(found[:MOST]), (library, *days[:1]))


def _pictures(folder: Path) -> list[Path]:
    found = []
    # A folder that goes away or is closed to us meanwhile has no pictures to show.
    with contextlib.suppress(OSError):
        found = [
            (file.stat().st_mtime_ns, file.name, file)
            for file in folder.iterdir()
            if file.suffix.lower() == ".png" and not file.name.startswith(".")
        ]
    return [file for _, _, file in sorted(found, reverse=True)]
