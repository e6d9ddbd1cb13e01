"""What is on screen, as values: made of what the worker tells and of what files say."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QImage

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import first_seed
from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.worker.work import JobState, JobView, PictureState, PictureView

FORMING = (PictureState.WAITING, PictureState.RUNNING)


class View(StrEnum):
    """The ways to look at the stage: one picture, its whole batch, or it against another."""

    SINGLE = "single"
    GRID = "grid"
    WIPE = "wipe"
    FLICKER = "flicker"


@dataclass(frozen=True)
class Shown:
    """The picture on screen: its pixels and everything said of them, exchanged only together.

    `image` is the latest preview or the finished pixels, and null before the first preview.
    `job` is None for a picture opened from its file; `record` is there once it is finished.
    """

    picture: UUID
    recipe: Recipe
    state: PictureState
    image: QImage = field(default_factory=QImage, compare=False, repr=False)
    job: UUID | None = None
    done: int = 0
    total: int = 0
    decoding: bool = False
    paused: bool = False
    set_aside: bool = False
    eta: float | None = None
    steps_per_second: float | None = None
    file: Path | None = None
    record: PictureRecord | None = None
    sentence: str = ""
    report: str = ""

    @property
    def live(self) -> bool:
        """Whether it is still forming."""
        return self.state in FORMING

    @property
    def seed(self) -> int:
        """The seed that names it."""
        return first_seed(self.recipe.noise).seed

    @property
    def share(self) -> float:
        """How much of it is done, 0 … 1."""
        return self.done / self.total if self.total else 0.0

    def after(self, view: PictureView) -> Shown:
        """Give it as the worker tells of it now."""
        return dataclasses.replace(
            self,
            state=view.state,
            job=view.job,
            done=view.done,
            total=view.total,
            decoding=view.decoding,
            eta=view.eta,
            file=view.file,
            sentence=view.sentence,
            report=view.report,
        )

    def beside(self, job: JobView | None) -> Shown:
        """Give it with what is known of its job now."""
        if job is None:
            return self
        return dataclasses.replace(
            self,
            steps_per_second=job.steps_per_second,
            paused=job.state is JobState.PAUSED,
            set_aside=job.state is JobState.SET_ASIDE,
        )


def image_of(frame: Frame) -> QImage:
    """Give a frame as an image that owns its pixels."""
    image = QImage(
        frame.pixels, frame.width, frame.height, 3 * frame.width, QImage.Format.Format_RGB888
    )
    # RGB32 is what painting and scaling are fast on; the conversion copies.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def shown_of_record(
    record: PictureRecord, image: QImage, file: Path, job: UUID | None = None
) -> Shown:
    """Give a finished picture as it is shown."""
    total = record.recipe.evaluations
    return Shown(
        record.id,
        record.recipe,
        PictureState.SAVED,
        image,
        job=job,
        done=total,
        total=total,
        file=file,
        record=record,
    )


def read(file: Path, job: UUID | None = None) -> Shown:
    """Read a saved picture; it takes a while, so away from the GUI thread."""
    from ldm_desktop.gallery import files

    picture = files.read(file)
    return shown_of_record(picture.record, image_of(picture.frame), file, job)
