"""The system's trash, as the gallery asks for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QFile, QStandardPaths

from ldm_desktop.core.errors import KnownError


def move_to_trash(file: Path) -> str:
    """Move a file into the trash; gives where it is there, "" if the system does not say."""
    # Qt makes the trash in this folder, but fails where the folder itself was never made.
    usual = QStandardPaths.StandardLocation.GenericDataLocation
    QDir().mkpath(QStandardPaths.writableLocation(usual))
    moving = QFile(str(file))
    if not moving.moveToTrash():
        text = QCoreApplication.translate(
            "Gallery",
            "{name} cannot be moved to the trash ({reason}): it stays where it is. See whether "
            "its disk has a trash, or delete it in the file manager.",
        )
        raise KnownError(text.format(name=file.name, reason=moving.errorString()))
    where = moving.fileName()
    return "" if where == str(file) else where
