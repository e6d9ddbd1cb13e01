"""Finished pictures on their way to the library; until they are there, they are kept here."""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from ldm_desktop.core.events import Finished
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.worker.jobs import JobEntry, PictureEntry
from ldm_desktop.worker.work import Keeper, Saved


@dataclass(frozen=True)
class Unsaved:
    """A picture that is finished and not durable; a `folder` is for frames, which are no more."""

    entry: PictureEntry
    record: PictureRecord
    frame: Frame
    folder: Path | None = None


class Saver:
    """Saves one picture at a time; after `trouble` it waits for somebody to say `again`."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._unsaved: deque[Unsaved] = deque()
        self.trouble = ""

    def __len__(self) -> int:
        return len(self._unsaved)

    def holds(self, entry: PictureEntry) -> bool:
        """Whether a picture is finished and waits here."""
        return any(each.entry is entry for each in self._unsaved)

    def add(self, job: JobEntry, entry: PictureEntry, event: Finished) -> None:
        """Take a finished picture of a job."""
        record = PictureRecord(
            id=entry.id,
            recipe=event.recipe,
            environment=event.environment,
            pixels_sha256=event.frame.sha256,
            created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            seconds=round(event.seconds, 3),
            parents=job.request.parents,
        )
        self._unsaved.append(Unsaved(entry, record, event.frame, _folder(job)))

    @property
    def next(self) -> Unsaved | None:
        """The picture to save, if there is one and nothing is in the way."""
        return self._unsaved[0] if self._unsaved and not self.trouble else None

    def save(self, unsaved: Unsaved) -> Saved:
        """Make a picture durable; whatever goes wrong, it is still here afterwards."""
        try:
            file = self._keep(Picture(unsaved.record, unsaved.frame), unsaved.folder)
        except Exception as error:
            self.trouble = str(error) or type(error).__name__
            raise
        self._unsaved.popleft()
        return Saved(unsaved.entry.job, unsaved.record, file, unsaved.frame)

    def _keep(self, picture: Picture, folder: Path | None) -> Path:
        return self._keeper.save_frame(picture, folder) if folder else self._keeper.save(picture)

    def find(self, job: JobEntry, entry: PictureEntry) -> Path | None:
        """Give the file of a picture that was saved before a restart, though nobody noted it.

        Of a frame, that of any picture of its recipe, whoever asked for it.
        """
        folder = _folder(job)
        if folder:
            return self._keeper.find_frame(entry.recipe, folder)
        return self._keeper.find(entry.recipe, entry.id)


def _folder(job: JobEntry) -> Path | None:
    return Path(job.request.folder) if job.is_morph else None
