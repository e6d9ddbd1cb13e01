"""Where the frames of the strips come from: keyframes, drafts, forks that are made, and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from PySide6.QtCore import QCoreApplication, QObject, QSize, QTimer, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Stepped, Stripped
from ldm_desktop.core.job import DRAFT_PRIORITY
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session import shown
from ldm_desktop.session.background import Background
from ldm_desktop.session.explore.strip_drafts import DraftWishes
from ldm_desktop.session.explore.strip_way import Way, WayState, cut
from ldm_desktop.session.forking import parent_at
from ldm_desktop.session.orders import not_here
from ldm_desktop.session.shown import Shown, image_of
from ldm_desktop.worker.draft import Draft, Drafted, DraftState
from ldm_desktop.worker.work import JobState, JobView, PictureState, PictureView, Saved

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

RESTS = 250
"""Milliseconds at a step after which it is decoded."""
SHARP_PRIORITY = DRAFT_PRIORITY + 2
"""One decode, of what is being looked at, goes before whole strips."""


class Feed(QObject):
    """Fills ways with frames, and decodes the steps that are looked at once the cursor rests."""

    changed = Signal(object)  # Way
    notice = Signal(str)

    def __init__(
        self, worker: Worker, folder_of: Callable[[Recipe], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._folder_of = folder_of
        self._drafts = DraftWishes(worker)
        self._files = Background(1, self)
        self._ways: dict[UUID, Way] = {}
        self._fills: dict[UUID, tuple[str, Draft]] = {}
        self._looks: dict[UUID, tuple[UUID, str, Draft]] = {}
        self._steps: dict[UUID, int] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTS)
        self._rest.timeout.connect(self._look_sharply)
        worker.stripped.connect(self._take_strip)
        worker.drafted.connect(self._take_draft)
        worker.job_changed.connect(self._take_job)
        worker.job_removed.connect(self._give_up)
        worker.picture_changed.connect(self._take_progress)
        worker.previewed.connect(self._take_preview)
        worker.saved.connect(self._take_saved)

    def close(self) -> None:
        """Want nothing any more, and end what is being read."""
        self._rest.stop()
        self._drafts.want(())
        self._files.close()

    def begin(self, way: Way) -> None:
        """Have a way filled with frames."""
        self._ways[way.id] = way
        self._find_end(way)
        if way.state is not WayState.FORMING:
            self._ask(way)

    def drop(self, way: Way) -> None:
        """Need no more frames of a way."""
        self._ways.pop(way.id, None)
        self._fills.pop(way.id, None)
        self._looks = {n: look for n, look in self._looks.items() if look[0] != way.id}
        self._want()

    def look_at(self, steps: Mapping[UUID, int]) -> None:
        """Decode these steps of the ways, by their ids, if they are still looked at in a moment."""
        if steps == self._steps:
            return
        self._steps = dict(steps)
        if self._looks:
            self._looks.clear()
            self._want()
        self._rest.start()

    # Whole ways.

    def _ask(self, way: Way) -> None:
        way.state = WayState.ASKED
        self._worker.strip(way.id, way.recipe)

    def _take_strip(self, stripped: Stripped) -> None:
        way = self._ways.get(stripped.picture)
        if not way:
            return
        if stripped.frame:
            frames = cut(stripped.frame, len(stripped.steps))
            way.take_strip(dict(zip(stripped.steps, frames, strict=True)))
        if way.state is WayState.ASKED:
            self._go_on(way)
        self.changed.emit(way)

    def _go_on(self, way: Way) -> None:
        """Run what no keyframe tells of a way, if there is something left."""
        if way.reaches_end:
            self._settle(way)
        elif folder := self._folder_of(way.recipe):
            way.state = WayState.FORMING
            sharp = way.final.isNull()
            self._fills[way.id] = folder, Draft(way.id, way.recipe, way.end, sharp=sharp)
            self._want()
        else:
            self._fail(way, not_here(way.recipe.model))

    def _take_fill(self, way: Way, drafted: Drafted) -> None:
        if drafted.frame:
            keep = way.keep if drafted.sharp else way.take
            keep(drafted.done, image_of(drafted.frame))
        way.done = drafted.done
        if drafted.state is not DraftState.FORMING:
            self._fills.pop(way.id)
            self._want()
        if drafted.state is DraftState.RESTING:
            self._settle(way)
            # What went by too quickly to be seen was kept.
            self._worker.strip(way.id, way.recipe)
        elif drafted.state is DraftState.FAILED:
            self._fail(way, drafted.sentence)
        self.changed.emit(way)

    def _settle(self, way: Way) -> None:
        way.state, way.sentence = WayState.WHOLE, ""
        self._rest.start()

    def _fail(self, way: Way, sentence: str) -> None:
        way.state, way.sentence = WayState.FAILED, sentence

    # The finished picture.

    def _find_end(self, way: Way) -> None:
        subject = way.subject
        if not subject.picture:
            return
        if subject.image.size() == QSize(*way.recipe.size):
            way.keep(way.end, subject.image)
        elif subject.file:
            self._files.run(partial(shown.read, subject.file), partial(self._take_end, way))

    def _take_end(self, way: Way, outcome: Shown | KnownError) -> None:
        # A file that cannot be read any more is no loss here: its last step is made again.
        if isinstance(outcome, Shown) and outcome.recipe == way.recipe:
            way.keep(way.end, outcome.image)
            self.changed.emit(way)

    # Single steps.

    def _look_sharply(self) -> None:
        for name, step in self._steps.items():
            way = self._ways.get(name)
            if way and way.state is WayState.WHOLE and not way.look(step).exact:
                self._look(way, step)
        self._want()

    def _look(self, way: Way, step: int) -> None:
        if folder := self._folder_of(way.recipe):
            recipe = parent_at(way.recipe, step)
            draft = Draft(uuid5(way.id, str(step)), recipe, step, SHARP_PRIORITY, sharp=True)
            self._looks[draft.id] = way.id, folder, draft

    def _take_look(self, way: Way, drafted: Drafted) -> None:
        if drafted.state is DraftState.FORMING:
            return
        step = self._looks.pop(drafted.id)[2].until
        if drafted.frame and drafted.state is DraftState.RESTING:
            way.keep(step, image_of(drafted.frame))
            self.changed.emit(way)
        else:
            self.notice.emit(drafted.sentence)
        self._want()

    # Drafts.

    def _want(self) -> None:
        looks = ((folder, draft) for _, folder, draft in self._looks.values())
        self._drafts.want((*self._fills.values(), *looks))

    def _take_draft(self, drafted: Drafted) -> None:
        if drafted.id in self._fills:
            self._take_fill(self._ways[drafted.id], drafted)
        elif look := self._looks.get(drafted.id):
            self._take_look(self._ways[look[0]], drafted)
        else:
            return
        if drafted.state is DraftState.FORMING and drafted.frame:
            self._worker.seen(drafted.id)

    # Forks, which are jobs.

    def _made_by(self, job: UUID) -> Way | None:
        return next((way for way in self._ways.values() if way.request == job), None)

    def _take_job(self, job: JobView) -> None:
        """Hear of a job that ends without its picture, or is taken up again."""
        way = self._made_by(job.id)
        if job.state.ended and job.state is not JobState.FINISHED:
            self._give_up(job.id, job.sentence)
        elif way and way.state is WayState.FAILED and not job.state.ended:
            way.state, way.sentence = WayState.FORMING, ""
            self.changed.emit(way)

    def _give_up(self, job: UUID, sentence: str = "") -> None:
        if way := self._made_by(job):
            cancelled = QCoreApplication.translate("Strips", "This fork was cancelled.")
            self._fail(way, sentence or cancelled)
            self.changed.emit(way)

    def _take_progress(self, view: PictureView) -> None:
        way = self._made_by(view.job)
        if not way or view.state is PictureState.SAVED:
            return
        way.done = max(way.done, view.done)
        if view.state is PictureState.CANCELLED:
            self._give_up(view.job)
        elif view.state is PictureState.FAILED:
            self._fail(way, view.sentence)
        elif view.state is PictureState.RUNNING:
            way.state, way.sentence = WayState.FORMING, ""
        self.changed.emit(way)

    def _take_preview(self, stepped: Stepped) -> None:
        way = self._made_by(stepped.job)
        if way and stepped.preview:
            way.take(stepped.done, image_of(stepped.preview))
            self._worker.seen(stepped.picture)
            self.changed.emit(way)

    def _take_saved(self, saved: Saved) -> None:
        if way := self._made_by(saved.job):
            record, image = saved.record, image_of(saved.frame)
            way.subject = replace(way.subject, picture=record.id, image=image, file=saved.file)
            way.keep(way.end, image)
            way.request = None
            self._settle(way)
            self._worker.strip(way.id, way.recipe)
            self.changed.emit(way)
