"""The real window with a large gallery, looked through by a script: prints what it took as JSON.

    python gallery_window.py DATA-DIR

Started by `gallery.py`, which makes the gallery. Everything is asked for and painted as for a
person; between two frames the script sleeps until 16 ms have passed, as a screen does.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from ldm_desktop.app import Desktop
from ldm_desktop.opening import Launch, open_window
from ldm_desktop.session import logs
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.ui.window import MainWindow
from ldm_desktop.worker.work import EngineState, EngineStatus

FRAME = 1 / 60
FRAMES = 240
PATIENCE = 120.0
TYPED = (
    *("landscapes", "seed:12", "rating:>=4", "steps:>100", "tag:dusk", "harbour"),
    *('model:land* rating:>=3 tag:"blue hour"', "date:2026-11", "-tag:dusk rating:5"),
)


class Painted(QObject):
    """Counts the paints of a view that has something to show."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.count = 0
        view.viewport().installEventFilter(self)

    def eventFilter(  # noqa: N802
        self, _watched: QObject, event: QEvent
    ) -> bool:
        """Count, and let the view paint."""
        if event.type() is QEvent.Type.Paint and self._view.model().rowCount():
            self.count += 1
        return False


def turn(until: Callable[[], object], what: str) -> float:
    """Let the event loop turn until something is so; give the seconds it took."""
    begun = time.perf_counter()
    while not until():
        QApplication.processEvents()
        if time.perf_counter() - begun > PATIENCE:
            raise SystemExit(f"no {what} within {PATIENCE:.0f} s")
    return time.perf_counter() - begun


def memory() -> int:
    """Give the bytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


class Probe:
    """Goes through the gallery and notes how long everything takes."""

    def __init__(
        self, window: MainWindow, desk: GalleryDesk, status: Callable[[], EngineStatus]
    ) -> None:
        self._window, self._desk, self._status = window, desk, status
        self.found: dict[str, object] = {}

    def run(self) -> None:
        """Measure all, and close the window."""
        working: list[bool] = []
        self._desk.work_changed.connect(lambda work: working.append(not work.ended))
        turn(lambda: self._desk.ready, "gallery")
        turn(lambda: working and not working[-1], "end of the first look")
        turn(lambda: self._status().state is EngineState.READY, "engine")
        self.found["memory before"] = memory()
        self.found["shown"] = self._show()
        self.found["rows"] = self._grid.model().rowCount()
        self.found["memory shown"] = memory()
        bar = self._grid.verticalScrollBar()
        self.found["wheel"] = self._scroll(bar.value() + 90 * at for at in range(FRAMES))
        self.found["memory wheel"] = memory()
        pages = range(0, bar.maximum(), max(bar.maximum() // FRAMES, 1))
        self.found["drag"] = self._scroll(iter(pages))
        self.found["memory drag"] = memory()
        self.found["search"] = dict(self._search())
        print(json.dumps(self.found))
        self._window.close()

    def _show(self) -> float:
        begun = time.perf_counter()
        self._window.inside.actions["gallery"].setChecked(True)
        found = self._window.findChild(QAbstractItemView, "gallery-grid")
        assert found
        self._grid = found
        self._painted = Painted(found)
        turn(lambda: self._painted.count, "painted grid")
        return time.perf_counter() - begun

    def _scroll(self, places: Iterator[int]) -> list[float]:
        """Give the seconds that each frame took: scrolling, painting, and what else came in."""
        frames = []
        for place in places:
            begun = time.perf_counter()
            self._grid.verticalScrollBar().setValue(place)
            self._grid.viewport().repaint()
            QApplication.processEvents()
            frames.append(time.perf_counter() - begun)
            time.sleep(max(FRAME - frames[-1], 0))
        return frames

    def _search(self) -> Iterator[tuple[str, float]]:
        """Type queries letter by letter; give the seconds from a letter to its results painted."""
        listed: list[str] = []
        self._desk.listing_changed.connect(lambda: listed.append(self._desk.query))
        for text in TYPED:
            for end in range(1, len(text) + 1):
                yield text[:end], self._ask(text[:end], listed)
            self._ask("", listed)

    def _ask(self, text: str, listed: list[str]) -> float:
        listed.clear()
        trouble: list[str] = []
        self._desk.query_trouble.connect(trouble.append)
        begun = time.perf_counter()
        self._desk.set_query(text)
        turn(lambda: listed or any(trouble), f"answer to {text}")
        self._grid.viewport().repaint()
        took = time.perf_counter() - begun
        self._desk.query_trouble.disconnect(trouble.append)
        return took


def main() -> None:
    """Open the window and let the probe loose in it."""
    opened = open_window(Launch(data_dir=Path(sys.argv[1])))
    assert opened
    with logs.kept(opened.folders.data / "logs") as log:
        desktop = Desktop(opened, log)
        session = desktop._session
        probe = Probe(opened.window, session.gallery, lambda: session.status)
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, probe.run))
        sys.exit(desktop.live())


if __name__ == "__main__":
    main()
