"""The pictures of a sheet's tiles on their way through the queue, found again after a restart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Stepped
from ldm_desktop.core.frame import Frame
from ldm_desktop.gallery.seeds.records import SheetPlan
from ldm_desktop.session.background import Background
from ldm_desktop.session.explore.sheet_errands import NOWHERE, Errand, places_of, same_settings
from ldm_desktop.session.explore.sheet_images import SIDE
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.session.explore.sheet_tiles import ORDERED, Tiles
from ldm_desktop.session.shown import image_of
from ldm_desktop.session.thumbnails import read_small, small
from ldm_desktop.worker.work import JobView, PictureState, PictureView, Request, Saved

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker


@dataclass
class Desktop:
    """The sheet that is open: its tiles, and threads for their thumbnails."""

    plan: SheetPlan
    tiles: Tiles
    background: Background


class Finishing(QObject):
    """Tells the open sheet's tiles what becomes of their pictures.

    Of a sheet that is not open, the memory of seeds notes by itself what is saved.
    """

    imaged = Signal(int, object, bool)  # place, QImage, whether of the finished picture
    saved = Signal(int)
    found = Signal()
    """Tiles of the sheet that is open are in the queue, from an earlier time."""

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._errands: dict[UUID, Errand] = {}
        self._running: dict[UUID, int] = {}
        self._desktop: Desktop | None = None
        worker.job_changed.connect(self._take_job)
        worker.job_removed.connect(self._drop_job)
        worker.picture_changed.connect(self._take_picture)
        worker.previewed.connect(self._take_preview)
        worker.saved.connect(self._take_saved)

    def open(
        self, plan: SheetPlan, tiles: Tiles, background: Background, jobs: Iterable[JobView]
    ) -> None:
        """Take up what of a sheet is in the queue."""
        self._desktop = Desktop(plan, tiles, background)
        for errand in self._errands.values():
            if errand.plan.id == plan.id:
                self._resume(errand)
        for job in jobs:
            if job.id not in self._errands and same_settings(job.request, plan):
                background.run(
                    partial(places_of, plan, job.request.picked), partial(self._match, plan, job)
                )

    def leave(self) -> None:
        """Hear that the sheet is open no longer."""
        self._desktop = None
        self._running.clear()

    def order(self, request: Request, places: Sequence[int]) -> None:
        """Put a job for tiles of the open sheet into the queue."""
        assert self._desktop
        self._errands[request.id] = Errand(self._desktop.plan, request, places)
        for place in places:
            self._desktop.tiles.order(place)
        self._worker.submit(request)

    def leave_out(self, places: Collection[int]) -> None:
        """Take tiles back that are in the queue, or at work."""
        if self._desktop is None:
            return
        unwanted, plan = set(places), self._desktop.plan
        for errand in self._errands.values():
            if errand.live and errand.plan.id == plan.id:
                gone = tuple(n for n, place in enumerate(errand.places) if place in unwanted)
                if gone:
                    self._worker.leave_out(errand.request.id, gone)

    def _match(self, plan: SheetPlan, job: JobView, places: tuple[int, ...] | KnownError) -> None:
        assert not isinstance(places, KnownError)
        if self._tiles_of(plan):
            live = not job.state.ended
            errand = self._errands[job.id] = Errand(plan, job.request, places, live)
            self._resume(errand)
            self.found.emit()

    def _resume(self, errand: Errand) -> None:
        if errand.live:
            self._expect(errand)
        # What has become of each picture is told one by one.
        self._worker.list_pictures(errand.request.id)

    def _tiles_of(self, plan: SheetPlan) -> Tiles | None:
        is_open = self._desktop and self._desktop.plan.id == plan.id
        return self._desktop.tiles if self._desktop and is_open else None

    def _expect(self, errand: Errand) -> None:
        """Mark what waits for its picture."""
        if tiles := self._tiles_of(errand.plan):
            done = (*ORDERED, TileState.FINISHED)
            for place in errand.places:
                if place != NOWHERE and tiles.states[place] not in done:
                    tiles.order(place)

    def _release(self, errand: Errand) -> None:
        """Let tiles go whose pictures will not be made."""
        if tiles := self._tiles_of(errand.plan):
            for place in errand.places:
                if place != NOWHERE and tiles.states[place] in ORDERED:
                    tiles.release(place)

    # What the worker tells.

    def _take_job(self, view: JobView) -> None:
        errand = self._errands.get(view.id)
        if errand is None or errand.live is not view.state.ended:
            return
        errand.live = not view.state.ended
        if errand.live:
            self._expect(errand)
        else:
            self._release(errand)

    def _drop_job(self, job: UUID) -> None:
        if errand := self._errands.pop(job, None):
            self._release(errand)

    def _take_picture(self, view: PictureView) -> None:
        errand = self._errands.get(view.job)
        tiles = self._tiles_of(errand.plan) if errand else None
        if errand is None or tiles is None or view.number >= len(errand.places):
            return
        place = errand.places[view.number]
        if place == NOWHERE:
            return
        self._running.pop(view.id, None)
        if view.state is PictureState.SAVED:
            self._take_file(tiles, place, view)
        elif view.state is PictureState.RUNNING:
            self._running[view.id] = place
            tiles.make(place, view.done, view.total)
        elif view.state is PictureState.WAITING:
            tiles.order(place)
        elif view.state is PictureState.FAILED:
            tiles.fail(place, view.sentence)
        else:
            tiles.release(place)

    def _take_preview(self, stepped: Stepped) -> None:
        place = self._running.get(stepped.picture)
        if place is not None and stepped.preview:
            self.imaged.emit(place, image_of(stepped.preview), False)

    def _take_file(self, tiles: Tiles, place: int, view: PictureView) -> None:
        """Hear that a picture was saved, maybe before this start of the program."""
        if tiles.pictures.get(place) == view.id:
            return
        self._finish(tiles, place, view.id)
        if view.file and self._desktop:
            self._desktop.background.run(
                partial(read_small, view.file, SIDE), partial(self._take_thumbnail, tiles, place)
            )

    def _take_saved(self, saved: Saved) -> None:
        errand = self._errands.get(saved.job)
        place = errand.place_of(saved.record.recipe) if errand else NOWHERE
        if errand is None or place == NOWHERE:
            return
        self._running.pop(saved.record.id, None)
        tiles = self._tiles_of(errand.plan)
        if tiles is not None and self._desktop:
            self._finish(tiles, place, saved.record.id)
            self._desktop.background.run(
                partial(thumbnail, saved.frame), partial(self._take_thumbnail, tiles, place)
            )

    def _finish(self, tiles: Tiles, place: int, picture: UUID) -> None:
        tiles.finish(place, picture)
        self.saved.emit(place)

    def _take_thumbnail(self, tiles: Tiles, place: int, image: QImage | KnownError) -> None:
        is_open = self._desktop and self._desktop.tiles is tiles
        if is_open and not isinstance(image, KnownError) and not image.isNull():
            self.imaged.emit(place, image, True)


def thumbnail(frame: Frame) -> QImage:
    """Make a finished picture's small image; it takes a while, so away from the GUI thread."""
    return small(image_of(frame), SIDE)
