"""The real window with contact sheets, looked through by a script: prints what it took as JSON.

    python explore_window.py DATA-DIR SCROLLS [--blame]

Started by `explore.py`, which makes the sheets. The event loop turns and sleeps as it does for a
person; a heartbeat in it notes how late it comes. With `--blame` a thread writes down (on standard
error) where the window's thread is whenever the heartbeat is overdue, which slows everything.
"""

from __future__ import annotations

import collections
import faulthandler
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explore_engine import turn
from explore_sheets import FEW_NAME, FRESH_NAME, KEPT_NAME
from gallery_window import memory
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSlider

from ldm_desktop.app import Desktop
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import SheetPlan, SheetRow
from ldm_desktop.opening import Launch, open_window
from ldm_desktop.session import logs
from ldm_desktop.session.explore.sheet_model import Tile, TileState
from ldm_desktop.session.session import Session
from ldm_desktop.ui.explore import sheet_grid
from ldm_desktop.ui.explore.sheet_grid import SheetGrid
from ldm_desktop.ui.window import MainWindow
from ldm_desktop.worker.work import EngineState

BEAT_MS = 5
FRAME_MS = 16
FRAMES = 240
WHEEL = 90
"""Pixels a frame, as a wheel turned quickly."""
WHOLE = 8
"""Scrolls of a fresh sheet after which all that is seen is waited for; others go on at once."""
GOING_ON = 0.3
OVERDUE = 0.04


class Beat(QObject):
    """Notes how many seconds late the event loop comes to a timer of 5 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self.last = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        """Begin anew."""
        self.late, self.last = [], time.perf_counter()
        self._timer.start()

    def stop(self) -> list[float]:
        """Give how late each beat was since the start."""
        self._timer.stop()
        return self.late

    @property
    def overdue(self) -> bool:
        """Whether it should have come a while ago."""
        return self._timer.isActive() and time.perf_counter() - self.last > OVERDUE

    def _note(self) -> None:
        now = time.perf_counter()
        self.late.append(max(now - self.last - BEAT_MS / 1000, 0.0))
        self.last = now


class Blame(threading.Thread):
    """Writes down where a thread is while its heartbeat is overdue."""

    def __init__(self, beat: Beat) -> None:
        super().__init__(daemon=True)
        self._beat = beat
        self._watched = f"{threading.get_ident():016x}"
        self._file = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the process lives

    def run(self) -> None:
        """Look every few milliseconds."""
        while True:
            time.sleep(BEAT_MS / 1000)
            if self._beat.overdue:
                # Looked at from Python, its frames would keep Qt's objects, to end in this thread.
                faulthandler.dump_traceback(self._file)

    def tell(self) -> None:
        """Write where it was, the most frequent place first."""
        self._file.seek(0)
        found: collections.Counter[str] = collections.Counter()
        for stack in self._file.read().split("\n\n"):
            head, *lines = stack.strip().splitlines() or [""]
            if self._watched in head:
                places = [each.strip().removeprefix('File "') for each in lines[:4]]
                found[" < ".join(Path(each).name for each in places)] += 1
        for place, times in found.most_common(20):
            print(f"{times:5} {place}", file=sys.stderr)


class Eyes:
    """Notes which tiles have been painted with their image, as it is now."""

    def __init__(self, grid: SheetGrid) -> None:
        self.seen: set[int] = set()
        self._paint = grid._painter.paint
        # In the place of the method: what is drawn and what is put off is known only there.
        grid._painter.paint = self.paint  # type: ignore[method-assign, assignment]

    def paint(self, painter: QPainter, room: Any, tile: Tile, *rest: Any) -> bool:
        """Paint, and note."""
        done = self._paint(painter, room, tile, *rest)
        if done and not tile.image.isNull():
            self.seen.add(tile.place)
        return done


class Scrolling:
    """Scrolls at the rate of a screen, and notes what scrolling and painting took each time."""

    def __init__(self, grid: SheetGrid, places: Iterator[int]) -> None:
        self.frames: list[float] = []
        self.ended = False
        self._grid, self._places = grid, places
        self._timer = QTimer(grid, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._scroll)
        self._timer.start()

    def _scroll(self) -> None:
        place = next(self._places, None)
        if place is None:
            self._timer.stop()
            self.ended = True
            return
        begun = time.perf_counter()
        self._grid.verticalScrollBar().setValue(place)
        self._grid.viewport().repaint()
        self.frames.append(time.perf_counter() - begun)


class Probe:
    """Goes through the sheets and notes how long everything takes."""

    def __init__(self, window: MainWindow, session: Session, scrolls: int, *, blame: bool) -> None:
        self._window, self._session, self._scrolls = window, session, scrolls
        self._sheet = session.explore.sheet
        self._beat = Beat()
        self._blame = Blame(self._beat) if blame else None
        self.found: dict[str, Any] = {}

    def run(self) -> None:
        """Measure all, and close the window."""
        ready = (EngineState.READY, EngineState.BUSY)
        turn(lambda: self._session.status.state in ready, "engine")
        turn(lambda: self._session.controls.card, "model")
        plans = self._plans()
        self._show()
        if self._blame:
            self._blame.start()
        self._few(plans[FEW_NAME])
        self._kept(plans[KEPT_NAME])
        self._fresh(plans[FRESH_NAME])
        print(json.dumps(self.found))
        if self._blame:
            self._blame.tell()
        self._window.close()

    def _plans(self) -> dict[str, SheetPlan]:
        answers: list[tuple[SheetRow, ...] | KnownError] = []
        self._session.explore.seeds.sheets(answers.append)
        turn(lambda: answers, "list of sheets")
        assert not isinstance(answers[0], KnownError), answers[0]
        return {row.plan.name: row.plan for row in answers[0]}

    def _show(self) -> None:
        self._window.inside.actions["explore-sheet"].trigger()
        grid = self._window.findChild(SheetGrid, "sheet-grid")
        slider = self._window.findChild(QSlider, "sheet-size")
        assert grid
        assert slider
        self._grid, self._slider = grid, slider
        self._eyes = Eyes(grid)

    def _few(self, plan: SheetPlan) -> None:
        self._open(plan)
        turn(lambda: len(self._eyes.seen) == plan.count, "images of few tiles")
        self._scroll_through("few", sheet_grid.LARGEST)
        self.found["few memory"] = memory()

    def _kept(self, plan: SheetPlan) -> None:
        self._open(plan)
        self._slider.setValue(sheet_grid.SIDE)
        turn(lambda: self._eyes.seen, "images of many tiles")
        self.found["kept at once"] = memory()
        self.found["kept scrolls"] = [self._jump(row) for row in self._rows()]
        self._scroll_through("many", sheet_grid.LARGEST)
        self._scroll_through("many small", sheet_grid.SIDE)
        self._slider.setValue(sheet_grid.SIDE)
        self.found["walk"] = self._walk()
        self.found["kept memory"] = memory()
        self.found["engine memory"] = engine_memory()

    def _fresh(self, plan: SheetPlan) -> None:
        self._open(plan)
        self._beat.start()
        before = self._sheet.counts.evaluations_done
        begun = time.perf_counter()
        self.found["fresh scrolls"] = [
            self._jump(row, whole=number < WHOLE) for number, row in enumerate(self._rows())
        ]
        self.found["fresh seconds"] = time.perf_counter() - begun
        self.found["fresh evaluations"] = self._sheet.counts.evaluations_done - before
        self.found["fresh beats"] = self._beat.stop()
        self.found["fresh memory"] = memory()

    def _open(self, plan: SheetPlan) -> None:
        self._eyes.seen.clear()
        self._sheet.open(plan)
        turn(lambda: self._sheet.ready, "sheet")

    def _rows(self) -> list[int]:
        """Choose rows to scroll to, no two on one screen, and none on the first."""
        page = len(self._grid.visible)
        pages = range(1, self._sheet.count // page - 1)
        chance = random.Random(0)
        return [page * number for number in chance.sample(pages, min(self._scrolls, len(pages)))]

    def _jump(self, row: int, *, whole: bool = True) -> dict[str, float]:
        """Scroll far; give the seconds to the first tile with an image, and to all that can have.

        On a sheet that was kept, those that are still to form are not waited for.
        """
        self._eyes.seen.clear()
        begun = time.perf_counter()
        self._grid.verticalScrollBar().setValue(self._grid.tiles.rect(row).top())
        rows = set(self._grid.visible)
        kept = self._sheet.plan and self._sheet.plan.name == KEPT_NAME
        wanted = {row for row in rows if not kept or self._state(row) >= TileState.RESTING}
        turn(lambda: rows & self._eyes.seen, "image after a scroll")
        first = time.perf_counter() - begun
        if whole:
            turn(lambda: wanted <= self._eyes.seen, "images after a scroll")
            return {"first": first, "all": time.perf_counter() - begun, "tiles": len(wanted)}
        wait(GOING_ON)
        return {"first": first}

    def _state(self, row: int) -> TileState:
        return self._sheet.model.tile(row).state

    def _scroll_through(self, name: str, side: int) -> None:
        """Scroll by the wheel, then over everything, while the engine works."""
        self._slider.setValue(side)
        wait(GOING_ON)
        working = [self._works()]
        self._beat.start()
        for way, places in (("wheel", self._by_wheel()), ("drag", self._over_all())):
            scrolling = Scrolling(self._grid, places)
            turn(lambda: scrolling.ended, "end of scrolling")  # noqa: B023 - it is over by then
            self.found[f"{name} {way}"] = scrolling.frames
        self.found[f"{name} beats"] = self._beat.stop()
        self.found[f"{name} worked"] = all([*working, self._works()])
        self.found[f"{name} visible"] = len(self._grid.visible)

    def _by_wheel(self) -> Iterator[int]:
        """Give places from the top down, and back from the bottom if it is near."""
        most = max(self._grid.verticalScrollBar().maximum(), 1)
        for frame in range(FRAMES):
            turns, place = divmod(frame * WHEEL, most)
            yield most - place if turns % 2 else place

    def _over_all(self) -> Iterator[int]:
        most = self._grid.verticalScrollBar().maximum()
        return (most * frame // FRAMES for frame in range(FRAMES))

    def _walk(self) -> float:
        """Look at every screen until its kept images are there; give the seconds."""
        begun = time.perf_counter()
        row = 0
        while row < self._sheet.count:
            self._jump(row)
            row = self._grid.visible.stop
        return time.perf_counter() - begun

    def _works(self) -> bool:
        return self._session.status.state is EngineState.BUSY


def wait(seconds: float) -> None:
    """Let the event loop turn for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def engine_memory() -> int:
    """Give the bytes that the engine holds, which is the child that speaks by its pipes."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == os.getpid() and b"--stdio" in words:
            return int((folder / "statm").read_text().split()[1]) * 4096
    return 0


def main() -> None:
    """Open the window and let the probe loose in it."""
    opened = open_window(Launch(data_dir=Path(sys.argv[1])))
    assert opened
    with logs.kept(opened.folders.data / "logs") as log:
        desktop = Desktop(opened, log)
        blame = "--blame" in sys.argv
        probe = Probe(opened.window, desktop._session, int(sys.argv[2]), blame=blame)
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, probe.run))
        code = desktop.live()
    sys.exit(code)


if __name__ == "__main__":
    main()
