"""A folder in Qt's own list of files, looked through by a script: prints what it took as JSON.

    python plain_browser.py FOLDER

What `gallery.py` compares with: a `QListView` of icons over a `QFileSystemModel`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from gallery_window import FRAME, FRAMES, Painted, memory, turn
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QFileSystemModel, QListView


def main() -> None:
    """Show the folder and scroll through it."""
    folder = Path(sys.argv[1])
    count = sum(1 for _ in folder.iterdir())
    application = QApplication([])
    before = memory()
    begun = time.perf_counter()
    model = QFileSystemModel()
    loaded: list[str] = []
    model.directoryLoaded.connect(loaded.append)
    view = QListView()
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setUniformItemSizes(True)
    view.setGridSize(QSize(160, 160))
    view.setModel(model)
    view.setRootIndex(model.setRootPath(str(folder)))
    view.resize(1280, 800)
    painted = Painted(view)
    view.show()
    root = view.rootIndex()
    turn(lambda: loaded and model.rowCount(root) == count and painted.count, "folder")
    view.viewport().repaint()
    shown = time.perf_counter() - begun
    bar, frames = view.verticalScrollBar(), []
    for place in range(FRAMES):
        started = time.perf_counter()
        bar.setValue(90 * place)
        view.viewport().repaint()
        application.processEvents()
        frames.append(time.perf_counter() - started)
        time.sleep(max(FRAME - frames[-1], 0))
    print(json.dumps({"shown": shown, "wheel": frames, "memory": memory() - before}))


if __name__ == "__main__":
    main()
