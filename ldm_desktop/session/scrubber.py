"""Going back along a finished picture's trajectory, and leaving it for another one."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core.events import Looked
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Change, Recipe, Renoise, Stop
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.session import forking
from ldm_desktop.session.forking import TURNS, USUAL_TURN, parent_at
from ldm_desktop.session.orders import not_here
from ldm_desktop.session.shown import Shown, image_of
from ldm_desktop.session.stage import Stage
from ldm_desktop.worker.work import USUAL_PREVIEW, LookDone, Purpose, Request

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

RESTS = 250
"""Milliseconds at a step after which it is looked at sharply."""
KEPT = 16
"""Sharp looks that are kept to come back to."""


class Scrubber(QObject):
    """The step of the shown finished picture that is looked at, from 1 to `total`.

    While the step changes, rough looks come from keyframes, at most one on its way; after a
    rest the step is decoded. At `total` the finished picture itself is seen.
    """

    changed = Signal()
    image_changed = Signal(object)  # QImage, null for the finished picture
    notice = Signal(str)

    def __init__(self, worker: Worker, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._stage = stage
        self.find_folder: Callable[[Recipe], str] = _source
        """Where the model of a recipe is; the session sets it."""
        self.preview: PreviewPolicy = USUAL_PREVIEW
        """How forks are previewed; the session sets it."""
        self._shown: Shown | None = None
        self._step = 0
        self._image = QImage()
        self._rough = False
        self._asked: int | None = None
        self._sharp: UUID | None = None
        self._sharp_step = 0
        self._looks: OrderedDict[int, QImage] = OrderedDict()
        self._keyframes: set[int] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTS)
        self._rest.timeout.connect(self._look_sharply)
        stage.shown_changed.connect(self._take_shown)
        worker.looked.connect(self._take_rough)
        worker.look_done.connect(self._take_sharp)

    @property
    def active(self) -> bool:
        """Whether there is a finished picture with steps to go back to."""
        return self._shown is not None and self.total > 1

    @property
    def total(self) -> int:
        """Its UNet evaluations; 0 without a finished picture."""
        return self._shown.recipe.evaluations if self._shown else 0

    @property
    def step(self) -> int:
        """The step looked at; `total` is the finished picture."""
        return self._step

    @property
    def image(self) -> QImage:
        """What it was at this step; null for the finished picture, or if nothing is known yet."""
        return self._image

    @property
    def rough(self) -> bool:
        """Whether `image` only resembles this step, until the sharp one is there."""
        return self._rough

    @property
    def keyframes(self) -> frozenset[int]:
        """The steps that are known to have been kept."""
        return frozenset(self._keyframes)

    def set_step(self, step: int) -> None:
        """Look at another step; the picture then stays on screen."""
        step = max(1, min(step, self.total))
        if not self.active or step == self._step:
            return
        self._stage.pin()
        self._step = step
        self._sharp = None
        if step == self.total:
            self._rest.stop()
            self._put(QImage(), rough=False)
        elif step in self._looks:
            self._rest.stop()
            self._put(self._looks[step], rough=False)
        else:
            self._rough = True
            self._rest.start()
            self._look_roughly()
        self.changed.emit()

    def step_by(self, offset: int) -> None:
        """Go some steps forward, or back."""
        self.set_step(self._step + offset)

    # Leaving the trajectory.

    @property
    def fork_step(self) -> int | None:
        """The step at which new noise can enter, at or before the one looked at."""
        if not self._shown:
            return None
        points = forking.fork_points(self._shown.recipe)
        return max((point for point in points if point <= self._step), default=None)

    @property
    def obstacle(self) -> str:
        """Why it cannot be forked here; empty if it can."""
        if not self._shown:
            return ""
        return forking.obstacle(self._shown.recipe, self._folder, self.fork_step)

    def fork_here(self, degrees: float = USUAL_TURN) -> Request | None:
        """Go on from here with the noise turned toward a new seed's; give what was submitted."""
        if not self._shown or (step := self.fork_step) is None:
            return None
        noise = Seed(secrets.randbelow(TORCH_SEEDS))
        return self._submit(step, Renoise(noise, max(TURNS[0], min(degrees, TURNS[1]))))

    def keep_here(self) -> Request | None:
        """Keep what is seen at this step as a picture of its own; give what was submitted."""
        if not self.active or self._step == self.total:
            return None
        return self._submit(self._step, Stop())

    @property
    def _folder(self) -> str:
        """Where the model of the shown picture is, or ""."""
        if job := self._stage.job:
            return job.request.model_folder
        return self.find_folder(self._shown.recipe) if self._shown else ""

    def _submit(self, step: int, change: Change) -> Request | None:
        request = self._request(step, change, Purpose.KEEP, INTERACTIVE_PRIORITY)
        if request:
            self._stage.unpin()
            self._worker.submit(request)
        return request

    def _request(
        self, step: int, change: Change, purpose: Purpose, priority: int
    ) -> Request | None:
        """Give what is to be asked for, or say that the model is not here."""
        assert self._shown
        if not (folder := self._folder):
            self.notice.emit(not_here(self._shown.recipe.model))
            return None
        return forking.fork_request(
            self._shown.recipe,
            step,
            change,
            folder,
            (self._shown.picture,),
            preview=self.preview,
            purpose=purpose,
            priority=priority,
        )

    # Looking.

    def _look_roughly(self) -> None:
        if self._shown and self._asked is None:
            self._asked = self._step
            recipe = parent_at(self._shown.recipe, self._step)
            self._worker.look(self._shown.picture, recipe, self._step)

    def _look_sharply(self) -> None:
        if not self._shown or self._step == self.total:
            return
        # An engine that was replaced meanwhile never answers; then the next may ask again.
        self._asked = None
        request = self._request(self._step, Stop(), Purpose.LOOK, INTERACTIVE_PRIORITY + 10)
        if not request:
            # What a keyframe has shown is all there is to be seen.
            self._put(self._image, rough=not self._image.isNull())
            return
        self._sharp, self._sharp_step = request.id, self._step
        self._worker.look_sharp(request)

    def _take_rough(self, looked: Looked) -> None:
        if not self._shown or looked.picture != self._shown.picture:
            return
        self._asked = None
        if looked.frame:
            self._keyframes.add(looked.done)
        if self._rough and looked.frame:
            self._put(image_of(looked.frame), rough=True)
        if self._rough and looked.step != self._step:
            self._look_roughly()
        self.changed.emit()

    def _take_sharp(self, done: LookDone) -> None:
        if done.request != self._sharp:
            return
        self._sharp = None
        image = self._looks[self._sharp_step] = image_of(done.frame)
        while len(self._looks) > KEPT:
            self._looks.popitem(last=False)
        self._put(image, rough=False)
        self.changed.emit()

    def _put(self, image: QImage, *, rough: bool) -> None:
        self._image, self._rough = image, rough
        self.image_changed.emit(image)

    def _take_shown(self, shown: Shown | None) -> None:
        finished = shown if shown and shown.record else None
        if (finished and finished.picture) == (self._shown and self._shown.picture):
            return
        self._shown = finished
        self._rest.stop()
        self._asked = self._sharp = None
        self._looks.clear()
        self._keyframes.clear()
        self._step = self.total
        self._put(QImage(), rough=False)
        self.changed.emit()


def _source(recipe: Recipe) -> str:
    return recipe.model.source
