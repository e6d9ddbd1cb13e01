"""Finished pictures on their way to the library; until they are there, they are kept here."""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ldm_desktop.core.events import Finished
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.worker.jobs import PictureEntry
from ldm_desktop.worker.work import Keeper, Saved


@dataclass(frozen=True)
class Unsaved:
    """A picture that is finished and not durable."""

    entry: PictureEntry
    record: PictureRecord
    frame: Frame


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

    def add(self, entry: PictureEntry, event: Finished, parents: tuple[UUID, ...]) -> None:
        """Take a finished picture."""
        record = PictureRecord(
            id=entry.id,
            recipe=event.recipe,
            environment=event.environment,
            pixels_sha256=event.frame.sha256,
            created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            seconds=round(event.seconds, 3),
            parents=parents,
        )
        self._unsaved.append(Unsaved(entry, record, event.frame))

    @property
    def next(self) -> Unsaved | None:
        """The picture to save, if there is one and nothing is in the way."""
        return self._unsaved[0] if self._unsaved and not self.trouble else None

    def save(self, unsaved: Unsaved) -> Saved:
        """Make a picture durable; whatever goes wrong, it is still here afterwards."""
        try:
            file = self._keeper.save(Picture(unsaved.record, unsaved.frame))
        except Exception as error:
            self.trouble = str(error) or type(error).__name__
            raise
        self._unsaved.popleft()
        return Saved(unsaved.entry.job, unsaved.record, file, unsaved.frame)

    def find(self, entry: PictureEntry) -> Path | None:
        """Give the file of a picture that was saved before a restart, though nobody noted it."""
        return self._keeper.find(entry.recipe, entry.id)
