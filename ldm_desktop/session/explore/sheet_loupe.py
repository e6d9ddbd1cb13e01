"""A closer look at a tile: what it is at now, decoded at full size."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core.job import DRAFT_PRIORITY
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.shown import image_of
from ldm_desktop.session.thumbnails import ImageCache
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

LOUPE = UUID("b0e2a7d4-3f19-4d6a-8c55-71e9f04ac3d2")
"""The owner of these drafts."""
MOST_BYTES = 32 << 20


class Loupe(QObject):
    """Looks at one tile at a time; the last few looks are kept to come back to."""

    seen = Signal(int, object)  # place, QImage
    failed = Signal(str)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._looks: ImageCache[tuple[int, Recipe, int]] = ImageCache(MOST_BYTES)
        self._place = -1
        self._draft: Draft | None = None
        worker.drafted.connect(self._hear)

    def look(self, folder: str, place: int, recipe: Recipe, until: int) -> None:
        """Have a tile decoded as it is after so many evaluations, instead of the last one."""
        key = (place, recipe, until)
        if self._draft and (self._place, self._draft.recipe, self._draft.until) == key:
            return
        self.look_away()
        if key in self._looks:
            self.seen.emit(place, self._looks[key])
            return
        self._place = place
        # Before its neighbours, which form behind it meanwhile.
        self._draft = Draft(uuid4(), recipe, until, DRAFT_PRIORITY + 1, sharp=True)
        self._worker.draft(Drafts(LOUPE, folder, (self._draft,)))

    def look_away(self) -> None:
        """Look at nothing any more."""
        if self._draft:
            self._draft = None
            self._worker.draft(Drafts(LOUPE, "", ()))

    def forget(self) -> None:
        """Keep no looks, as places will be other tiles."""
        self.look_away()
        self._looks.clear()

    def _hear(self, news: Drafted) -> None:
        if not self._draft or news.id != self._draft.id:
            return
        if news.state is DraftState.FAILED:
            self.look_away()
            self.failed.emit(news.sentence)
        elif news.state is DraftState.RESTING and news.frame:
            image = image_of(news.frame)
            self._looks[self._place, self._draft.recipe, self._draft.until] = image
            self.look_away()
            self.seen.emit(self._place, image)
        elif news.frame:
            self._worker.seen(news.id)
