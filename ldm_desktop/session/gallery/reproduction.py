"""A picture made once more from its recipe: to compare it with the first, or in `exact`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Precision, Recipe, in_precision
from ldm_desktop.gallery.records import Details
from ldm_desktop.session.background import Background
from ldm_desktop.session.gallery.values import Reproduction, Verdict
from ldm_desktop.session.orders import not_here
from ldm_desktop.worker.work import JobState, JobView, Request, Saved

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

VISUALLY_EQUAL_DB = 40.0
PIXELS_AT_ONCE = 1 << 20
NO_MORE = (JobState.CANCELLED, JobState.FAILED, JobState.SET_ASIDE)
translate = QCoreApplication.translate


@dataclass(frozen=True)
class First:
    """The picture that is made again."""

    id: UUID
    file: Path
    pixels: str
    recipe: Recipe
    environment: Environment | None


class Reproducer(QObject):
    """Submits recipes again, and compares what comes of them with what there was."""

    reproduced = Signal(object)  # Reproduction
    notice = Signal(str)

    def __init__(
        self,
        worker: Worker,
        find_folder: Callable[[Recipe], str],
        preview: Callable[[], PreviewPolicy],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._find_folder = find_folder
        self._preview = preview
        self._waiting: dict[UUID, First] = {}
        self._background = Background(1, self)
        worker.saved.connect(self._take_saved)
        worker.job_changed.connect(self._take_job)
        worker.job_removed.connect(self._drop_job)

    def reproduce(self, details: Details, file: Path) -> None:
        """Make a picture again as it was made; `reproduced` compares it, once it is saved."""
        if not (recipe := self._recipe(details)):
            return
        if request := self._submit(recipe, details.made.parents):
            entry = details.entry
            self._waiting[request] = First(
                entry.id, file, entry.pixels, recipe, details.made.environment
            )

    def render_exact(self, details: Details) -> None:
        """Make a picture again in the precision that repeats to the last bit."""
        if not (recipe := self._recipe(details)):
            return
        if recipe.precision is Precision.EXACT:
            self.notice.emit(self.tr("This picture was made in exact already: reproduce it."))
            return
        self._submit(in_precision(recipe, Precision.EXACT), (details.entry.id,))

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._background.close()

    def _recipe(self, details: Details) -> Recipe | None:
        if not details.made.recipe:
            text = self.tr("This picture has no recipe, so it cannot be made again.")
            self.notice.emit(text)
        return details.made.recipe

    def _submit(self, recipe: Recipe, parents: tuple[UUID, ...]) -> UUID | None:
        if not (folder := self._find_folder(recipe)):
            self.notice.emit(not_here(recipe.model))
            return None
        request = Request(
            id=uuid4(),
            recipe=recipe,
            model_folder=folder,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            priority=INTERACTIVE_PRIORITY,
            preview=self._preview(),
            parents=parents,
        )
        self._worker.submit(request)
        return request.id

    # What the worker tells.

    def _take_saved(self, saved: Saved) -> None:
        if first := self._waiting.pop(saved.job, None):
            self._background.run(partial(compare, first, saved), partial(self._take, first))

    def _take_job(self, view: JobView) -> None:
        if view.state in NO_MORE and (first := self._waiting.pop(view.id, None)):
            sentence = view.sentence or self.tr("The picture was not made again.")
            self.reproduced.emit(Reproduction(first.id, Verdict.FAILED, sentence))

    def _drop_job(self, job: UUID) -> None:
        if first := self._waiting.pop(job, None):
            sentence = self.tr("The picture was not made again: its job was removed.")
            self.reproduced.emit(Reproduction(first.id, Verdict.FAILED, sentence))

    def _take(self, first: First, found: Reproduction | KnownError) -> None:
        if isinstance(found, KnownError):
            found = Reproduction(first.id, Verdict.FAILED, str(found))
        self.reproduced.emit(found)


def compare(first: First, again: Saved) -> Reproduction:
    """Say how equal two pictures of one recipe are, and why they are not; it reads the first."""
    record = again.record
    if again.frame.sha256 == first.pixels:
        return _identical(first, again)
    from ldm_desktop.gallery import files

    psnr = psnr_of(files.read(first.file).frame, again.frame)
    if psnr == math.inf:
        return _identical(first, again)
    same = psnr is not None and psnr >= VISUALLY_EQUAL_DB
    return Reproduction(
        first.id,
        Verdict.VISUALLY_EQUAL if same else Verdict.DIFFERENT,
        _sentence(same, psnr),
        psnr,
        again.file,
        record.id,
        tuple(_reasons(first, again)),
    )


def _identical(first: First, again: Saved) -> Reproduction:
    sentence = translate("Reproduction", "Identical: every pixel is the same.")
    return Reproduction(
        first.id, Verdict.IDENTICAL, sentence, file=again.file, again=again.record.id
    )


def psnr_of(a: Frame, b: Frame) -> float | None:
    """Give the peak signal-to-noise ratio in dB; None where the sizes differ.

    10 log₁₀(255² / mean squared error); infinite for equal pixels.
    """
    import numpy as np

    if (a.width, a.height) != (b.width, b.height):
        return None
    one, two = (np.frombuffer(frame.pixels, np.uint8) for frame in (a, b))
    total = 0
    for start in range(0, len(one), PIXELS_AT_ONCE):
        here = slice(start, start + PIXELS_AT_ONCE)
        total += int(np.square(one[here].astype(np.int64) - two[here]).sum())
    return 10 * math.log10(255**2 * len(one) / total) if total else math.inf


def _sentence(same: bool, psnr: float | None) -> str:
    if psnr is None:
        return translate("Reproduction", "Different: the new picture has another size.")
    if same:
        text = translate("Reproduction", "Not to be told apart by eye (PSNR {level} dB).")
    else:
        text = translate("Reproduction", "Different (PSNR {level} dB).")
    return text.format(level=f"{psnr:.1f}")


def _reasons(first: First, again: Saved) -> list[str]:
    record = again.record
    reasons = record.environment.differences(first.environment) if first.environment else []
    if record.recipe != first.recipe:
        text = translate("Reproduction", "made in precision {precision}")
        reasons.append(text.format(precision=record.recipe.precision))
    return reasons
