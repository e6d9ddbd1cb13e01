"""Pictures on their way out: over the clipboard, by dragging, and as copies of their files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from ldm_desktop.core import codec, paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Recipe


def picture_data(image: QImage, file: Path | None) -> QMimeData:
    """Give a picture as other applications take it: pixels, and its file once it has one."""
    data = QMimeData()
    if not image.isNull():
        data.setImageData(image)
    if file:
        data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def files_data(files: list[Path]) -> QMimeData:
    """Give saved pictures as a file manager takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def recipe_text(recipe: Recipe) -> str:
    """Give a recipe as the text that can be pasted here again."""
    return codec.canonical(recipe)


def copy_file(source: Path, target: Path) -> Path:
    """Copy a saved picture, to the byte, under a name that must be free."""
    from ldm_desktop.gallery import files

    files.check_name(target)
    try:
        data = source.read_bytes()
        with paths.part_file(target) as part:
            paths.write_durably(part, data)
            # Asked again, because writing takes a while and renaming replaces.
            files.check_name(target)
            part.rename(target)
            paths.sync_folder(target.parent)
    except OSError as error:
        reason = files.TROUBLE.get(error.errno or 0) or str(error.strerror or error)
        raise KnownError(f"{target} cannot be written: {reason}.") from error
    return target
