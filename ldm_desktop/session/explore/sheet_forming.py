"""The tiles that form: given to the worker as drafts, and what comes of them taken in."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core.noise import Seed
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.seeds.records import SheetPlan
from ldm_desktop.session.explore.sheet_model import TileState
from ldm_desktop.session.explore.sheet_tiles import Tiles
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

SHEET = UUID("6c1d4f3a-52e8-4f0b-9a57-0d6b5c2f7e11")
"""The owner of these drafts."""
PLACES = (1 << 32) - 1


class Forming(QObject):
    """One sheet's drafts; frames wait until they are taken."""

    rested = Signal()
    failed = Signal(str)

    def __init__(
        self,
        worker: Worker,
        plan: SheetPlan,
        tiles: Tiles,
        seed: Callable[[int], int],
        parent: QObject | None = None,
    ) -> None:
        """`seed` gives that of a place."""
        super().__init__(parent)
        self._worker = worker
        self._sheet = plan.id
        self._seed = seed
        self._template = plan.tile_recipe(0)
        self._tiles = tiles
        self._wanted: dict[int, Draft] = {}
        self._given = Drafts(SHEET, "", ())
        self._frames: dict[int, Drafted] = {}
        worker.drafted.connect(self._hear)

    @property
    def places(self) -> Iterable[int]:
        """The tiles that are to form."""
        return self._wanted

    def want(
        self, folder: str, wanted: Iterable[tuple[int, int]], preview: PreviewPolicy
    ) -> list[int]:
        """Have exactly these places formed, each with its priority; give those taken back."""
        drafts = {place: self._draft(place, level) for place, level in wanted}
        gone = (place for place in self._wanted if place not in drafts)
        left = [place for place in gone if self._tiles.states[place] < TileState.RESTING]
        self._wanted = drafts
        for place in left:
            self._tiles.leave(place)
        given = Drafts(SHEET, folder, tuple(drafts.values()), preview)
        if given != self._given:
            self._given = given
            self._worker.draft(given)
        return left

    def take_frames(self) -> dict[int, tuple[QImage, bool]]:
        """Give the images that came since the last time, and whether their tiles rest."""
        frames, self._frames = self._frames, {}
        images = {}
        for place, news in frames.items():
            assert news.frame
            images[place] = image_of(news.frame), news.state is DraftState.RESTING
            if news.state is DraftState.FORMING:
                self._worker.seen(news.id)
        return images

    def close(self) -> list[int]:
        """Take back all drafts, and hear no more of them; give those that have not rested yet."""
        self._worker.drafted.disconnect(self._hear)
        return self.want("", (), self._given.preview)

    def _draft(self, place: int, level: int) -> Draft:
        until, known = self._tiles.until, self._wanted.get(place)
        if known is None:
            recipe = with_seed(self._template, self._seed(place))
            return Draft(self._id(place), recipe, until, level)
        if (known.until, known.level) == (until, level):
            return known
        return Draft(known.id, known.recipe, until, level)

    def _hear(self, news: Drafted) -> None:
        place = self._place(news)
        if place is None or self._tiles.states[place] > TileState.RESTING:
            return
        if news.state is DraftState.FAILED:
            self._fail(place, news.sentence)
            return
        if news.frame:
            self._frames[place] = news
        self._tiles.form(place, news.done, at_work=place in self._wanted)
        if news.state is DraftState.RESTING:
            self.rested.emit()

    def _fail(self, place: int, sentence: str) -> None:
        if place in self._wanted:
            self._tiles.fail(place, sentence)
            self.failed.emit(sentence)

    def _id(self, place: int) -> UUID:
        """Give the id of a tile's draft: the sheet's, with the place for its last 32 bits."""
        return UUID(int=self._sheet.int & ~PLACES | place)

    def _place(self, news: Drafted) -> int | None:
        place = news.id.int & PLACES
        mine = news.owner == SHEET and place < len(self._tiles) and news.id == self._id(place)
        return place if mine else None


def with_seed(recipe: Recipe, seed: int) -> Recipe:
    """Give a plain seed's recipe from that of another plain seed.

    Whatever a recipe is checked for does not depend on its seed, and checking 256 of them anew
    would take longer than a scroll may.
    """
    made = copy.copy(recipe)
    object.__setattr__(made, "noise", Seed(seed))
    return made
