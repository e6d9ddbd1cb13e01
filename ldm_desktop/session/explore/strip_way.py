"""One row of the strips: a picture's way from noise, as far as frames of it are at hand."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.recipe import Recipe, Renoise
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.forking import parent_at
from ldm_desktop.session.shown import image_of

MOST_FRAMES = 256
"""Rough frames that are kept of a way; of longer ones some steps share one."""
MOST_SHARP = 8
"""Decoded steps that are kept to come back to, besides the end."""
TINGE = 3
"""Levels of 255 by which the mean colours of two previews may differ in their rounding."""
KEYFRAMES = 24
"""About so many states of a way are kept by the engine."""


def share_of(step: int, total: int) -> float:
    """Give the share of the way, 0 … 1, that `step` of `total` evaluations are."""
    return step / total


def step_at(share: float, total: int) -> int:
    """Give the step, 1 … `total`, that is nearest to a share of the way."""
    return min(max(math.floor(share * total + 0.5), 1), total)


def cut(frame: Frame, count: int) -> tuple[QImage, ...]:
    """Cut frames that lie side by side apart."""
    image, width = image_of(frame), frame.width // count
    return tuple(image.copy(QRect(n * width, 0, width, frame.height)) for n in range(count))


class WayState(StrEnum):
    """What a way is at: frames are asked for, come one by one, are there, or cannot come."""

    ASKED = "asked"
    FORMING = "forming"
    WHOLE = "whole"
    FAILED = "failed"


@dataclass(frozen=True)
class Look:
    """What is seen of a way: x̂₀ after `step` evaluations, `exact` if it was decoded for it."""

    image: QImage
    step: int
    exact: bool


class Way:
    """A picture's steps and what is known of them.

    A fork that stands under its `parent`, another row, begins at the step where it left; `request`
    is the job that makes it. Steps count along the whole way, also of a picture stopped on it.
    """

    def __init__(
        self, subject: Subject, parent: UUID | None = None, request: UUID | None = None
    ) -> None:
        self.id = uuid4()
        self.subject = subject
        self.parent = parent
        self.request = request
        self.state = WayState.FORMING if request else WayState.ASKED
        self.done = 0
        self.sentence = ""
        self._steps: list[int] = []
        self._frames: dict[int, QImage] = {}
        self._sharp: OrderedDict[int, QImage] = OrderedDict()
        self._final = QImage()

    @property
    def recipe(self) -> Recipe:
        """Whose way it is."""
        return self.subject.recipe

    @property
    def end(self) -> int:
        """The step at which the picture is finished."""
        return self.recipe.evaluations

    @property
    def total(self) -> int:
        """The steps of the whole way, which a stopped picture has not gone to the end."""
        return parent_at(self.recipe, self.end).evaluations

    @property
    def change(self) -> tuple[int, Renoise] | None:
        """Where and how it last left another way."""
        found = ((step, each) for step, each in reversed(self.recipe.changes))
        return next(((step, each) for step, each in found if isinstance(each, Renoise)), None)

    @property
    def start(self) -> int:
        """The step with which its own row begins; 0 but for a fork under its parent."""
        return self.change[0] if self.parent and self.change else 0

    @property
    def final(self) -> QImage:
        """The finished picture; null until it is known."""
        return self._final

    @property
    def reaches_end(self) -> bool:
        """Whether the frames at hand go on to where the engine keeps the last state."""
        return bool(self._steps) and self._steps[-1] + math.ceil(self.end / KEYFRAMES) >= self.end

    def seen_step(self, share: float) -> int:
        """Give the step that is looked at while the cursor is at a share of the way.

        Where a fork has no step of its own, it is looked at as what it comes to.
        """
        step = min(step_at(share, self.total), self.end)
        return self.end if step <= self.start else step

    def look(self, step: int) -> Look:
        """Give what comes nearest to a step; a null image if nothing is at hand."""
        if step in self._sharp:
            self._sharp.move_to_end(step)
            return Look(self._sharp[step], step, exact=True)
        if step == self.end and not self._final.isNull():
            return Look(self._final, step, exact=True)
        nearest = self._nearest(step)
        if nearest is None:
            return Look(self._final, self.end, exact=False)
        return Look(self._frames[nearest], nearest, exact=False)

    def near(self, step: int, within: float) -> QImage:
        """Give a frame for the strip, at most so many steps away; null if there is none."""
        if step == self.end and not self._final.isNull():
            return self._final
        nearest = self._nearest(step)
        close = nearest is not None and abs(nearest - step) <= within
        return self._frames[nearest] if close and nearest is not None else QImage()

    def take(self, step: int, image: QImage) -> None:
        """Keep a rough frame of a step, unless there is one of about the same."""
        grain = math.ceil(self.total / MOST_FRAMES)
        self.done = max(self.done, step)
        if step < max(self.start, 1) or any(
            step // grain == each // grain for each in self._steps if abs(each - step) < grain
        ):
            return
        insort(self._steps, step)
        self._frames[step] = image

    def take_strip(self, frames: Mapping[int, QImage]) -> None:
        """Keep frames of many steps, which are all seen alike.

        The colours of previews are learnt while the first pictures are made: if frames at hand
        are of other colours, they go, or the strip would be a patchwork.
        """
        shared = frames.keys() & self._frames.keys()
        if any(_differ(frames[step], self._frames[step]) for step in shared):
            self._frames.clear()
            self._steps.clear()
        for step, image in frames.items():
            self.take(step, image)

    def keep(self, step: int, image: QImage) -> None:
        """Keep a step that was decoded."""
        if step == self.end:
            self._final = image
            return
        self._sharp[step] = image
        while len(self._sharp) > MOST_SHARP:
            self._sharp.popitem(last=False)

    def _nearest(self, step: int) -> int | None:
        place = bisect_left(self._steps, step)
        return min(
            self._steps[max(place - 1, 0) : place + 1],
            key=lambda each: abs(each - step),
            default=None,
        )


def _differ(one: QImage, other: QImage) -> bool:
    """Whether two previews of a step have other colours on the whole."""
    first, second = _mean(one), _mean(other)
    return any(abs(a - b) > TINGE for a, b in zip(first, second, strict=True))


def _mean(image: QImage) -> tuple[int, int, int]:
    smooth = Qt.TransformationMode.SmoothTransformation
    point = image.scaled(1, 1, Qt.AspectRatioMode.IgnoreAspectRatio, smooth).pixelColor(0, 0)
    return point.red(), point.green(), point.blue()
