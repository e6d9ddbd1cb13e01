"""What the window writes down about itself: a log that rotates, and the traces of a crash."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import logging.handlers
import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ldm_desktop.core.errors import KnownError

LARGEST = 1_000_000
OLDER = 4
"""Files kept besides the one in use."""
LARGEST_ENGINE_LOG = 5_000_000
LOG, CRASH, ENGINE = "ldm-desktop.log", "crash.log", "engine.log"
FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def kept(folder: Path) -> Iterator[Path]:
    """Log into a folder, Qt's messages and crashes included, and give the log's file.

    KnownError if the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / LOG, maxBytes=LARGEST, backupCount=OLDER, encoding="utf-8", errors="replace"
        )
        crash = (folder / CRASH).open("ab")
        set_aside(folder / ENGINE, LARGEST_ENGINE_LOG)
    except OSError as error:
        raise KnownError(
            f"The folder {folder} cannot be written to ({error.strerror}): free some space, or "
            "name another one with --data-dir."
        ) from error
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(os.environ.get("LDM_DESKTOP_LOG", "INFO"))
    faulthandler.enable(crash)
    before = qInstallMessageHandler(_note)
    try:
        yield folder / LOG
    finally:
        qInstallMessageHandler(before)
        faulthandler.disable()
        crash.close()
        root.removeHandler(handler)
        handler.close()


def _note(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """Pass a message of Qt's on to the log."""
    category = context.category
    logging.getLogger(f"qt.{category or 'default'}").log(LEVELS[kind], "%s", message)


def set_aside(file: Path, largest: int) -> None:
    """Rename a log that has become too large, over the one that was set aside before."""
    if file.exists() and file.stat().st_size > largest:
        file.replace(file.with_name(f"{file.name}.1"))


def tail(file: Path, lines: int = 40) -> str:
    """Give the last lines of a log, as far as there are any."""
    try:
        with file.open("rb") as stream:
            stream.seek(max(file.stat().st_size - 200 * lines, 0))
            text = stream.read().decode("utf-8", errors="replace")
    except OSError as error:
        return f"({error.strerror})"
    return "\n".join(text.splitlines()[-lines:])
